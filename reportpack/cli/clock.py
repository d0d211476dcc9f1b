"""The only place that reads a clock. The day that a moment names is the day in London, where the office is."""

from datetime import UTC, date, datetime


def instant(given: datetime | None) -> datetime:
    """Now, or the instant that stands in for it; in London's time, to the second."""
    from zoneinfo import ZoneInfo

    return (given or datetime.now(UTC)).astimezone(ZoneInfo("Europe/London")).replace(microsecond=0)


def london_day(moment: datetime) -> date:
    """The day that it is in London at that moment."""
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo("Europe/London")).date()
