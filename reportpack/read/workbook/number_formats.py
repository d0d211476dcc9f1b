"""Number format codes (which are built in, which show a date or a time, what a serial number means), and dates as ISO 8601 writes them."""

from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

from reportpack import patterns as re

GENERAL = "General"
_POUNDS = ("£#,##0;-£#,##0", "£#,##0;[Red]-£#,##0", "£#,##0.00;-£#,##0.00", "£#,##0.00;[Red]-£#,##0.00")
_ACCOUNTS = (
    *('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', '_-£* #,##0_-;-£* #,##0_-;_-£* "-"_-;_-@_-'),
    *('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', '_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-'),
)
_FROM_1 = (
    *("0", "0.00", "#,##0", "#,##0.00", *_POUNDS, "0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??"),
    *("dd/mm/yyyy", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "dd/mm/yyyy h:mm"),
)
_FROM_37 = (
    *("#,##0;-#,##0", "#,##0;[Red]-#,##0", "#,##0.00;-#,##0.00", "#,##0.00;[Red]-#,##0.00", *_ACCOUNTS),
    *("mm:ss", "[h]:mm:ss", "mm:ss.0", "##0.0E+0", "@"),
)
_DATES = dict.fromkeys([*range(27, 37), *range(50, 59)], "yyyy/mm/dd")
BUILT_IN = dict(enumerate(_FROM_1, 1)) | dict(enumerate(_FROM_37, 37)) | _DATES
"""ECMA-376 part 1, 18.8.30, as Excel shows them in the United Kingdom."""

_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].')
_ELAPSED = re.compile(r"(?i)\[(h+|m+|s+)\]")
_BRACKET = re.compile(r"\[[^\]]*\]")
_DAY = 86_400_000  # milliseconds


class Clock(Enum):
    """What a number under a format is shown as."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    ELAPSED = "elapsed"


@lru_cache(maxsize=4096)
def clock(code: str) -> Clock:
    """DATE for `d mmm yy`, TIME for `h:mm`, ELAPSED for `[h]:mm`, NUMBER for the rest."""
    section = _LITERAL.sub("", code[:500].replace(GENERAL, "")).split(";")[0]
    if _ELAPSED.search(section):
        return Clock.ELAPSED
    letters = re.sub("am/pm|a/p", "h", _BRACKET.sub("", section).lower())
    if "y" in letters or "d" in letters:
        return Clock.DATE
    if "h" in letters or "s" in letters:
        return Clock.TIME
    return Clock.DATE if "m" in letters else Clock.NUMBER


def from_serial(serial: float, code: str, from_1904: bool = False) -> float | date | datetime | time | timedelta:
    """The date, time or duration that Excel shows; the number itself where it has none (before 1900, 29 February 1900)."""
    if (kind := clock(code)) is Clock.NUMBER or not abs(serial) < 3_000_000:
        return serial
    milliseconds = round(serial * _DAY)
    second = round(milliseconds / 1000) * 1000
    if abs(second - milliseconds) <= 1:  # sums of times end a hair's breadth beside the second
        milliseconds = second
    if kind is Clock.ELAPSED:
        return timedelta(milliseconds=milliseconds)
    days, rest = divmod(milliseconds, _DAY)
    if kind is Clock.TIME and days == 0:
        return (datetime(1900, 1, 1) + timedelta(milliseconds=rest)).time()  # noqa: DTZ001 - a workbook's times have no zone
    if (day := _day(days, from_1904)) is None:
        return serial
    return day if rest == 0 else datetime.combine(day, time()) + timedelta(milliseconds=rest)


def _day(days: int, from_1904: bool) -> date | None:
    if from_1904:
        start = date(1904, 1, 1)
    elif days < 1 or days == 60:
        return None
    else:
        start = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
    return None if days < 0 or days > (date.max - start).days else start + timedelta(days=days)


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
    if not (match := _DURATION.fullmatch(text.strip())) or not any(match.groups()[1:]):
        return None
    sign, days, hours, minutes, seconds, fraction = match.groups()
    whole = timedelta(int(days or 0), int(seconds or 0), int((fraction or "0").ljust(6, "0")[:6]))
    length = whole + timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return -length if sign else length
