"""The only place that reads a clock."""

from datetime import UTC, date, datetime


def instant(given: datetime | None) -> datetime:
    """Now, or the instant that stands in for it; in UTC, to the second."""
    return (given or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def london_day(moment: datetime) -> date:
    """The day that it is in London at that moment."""
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo("Europe/London")).date()
