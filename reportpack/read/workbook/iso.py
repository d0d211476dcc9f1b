"""Dates, times and durations as ISO 8601 writes them in office files."""

from datetime import date, datetime, time, timedelta

from reportpack import patterns as re

_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,]([0-9]{1,9})[0-9]*)?S)?)?"
)


def from_iso(text: str) -> date | datetime | time | str:
    """A date, a date with its time, or a time; the text itself when it is none of them."""
    text = text.strip()
    try:
        if ":" in text and "-" not in text:
            return time.fromisoformat(text.rstrip("Z"))
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return moment.date() if moment.time() == time() else moment


def duration_from_iso(text: str) -> timedelta | None:
    """`PT08H30M00S`; None when it is no duration."""
    match = _DURATION.fullmatch(text.strip())
    if not match or not any(match.groups()[1:]):
        return None
    sign, days, hours, minutes, seconds, fraction = match.groups()
    length = timedelta(
        days=int(days or 0),
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int((fraction or "0").ljust(6, "0")[:6]),
    )
    return -length if sign else length
