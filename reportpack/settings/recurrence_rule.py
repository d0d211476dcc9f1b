"""When a series meets, from a rule as calendars write it (RRULE, RFC 5545 section 3.3.10): the parts that a meeting series needs."""

from datetime import date, time

from reportpack import patterns as re
from reportpack.model.recurrence import EVERY_MONTH, DayOfMonth, Recurrence, Step
from reportpack.toml.text import WrongValueError

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL", "WKST")


def read_rule(words: str) -> Recurrence:
    """`DTSTART:20190108 RRULE:FREQ=MONTHLY;BYDAY=-1TU`; WrongValueError for a part that is not known here."""
    text = " ".join(words.split()).upper()
    begun = re.search(r"DTSTART(?:;[^:]*)?[:=](?P<day>\d{8})(?:T(?P<time>\d{4}))?", text)
    parts = dict(re.findall(r"\b([A-Z]+)=([^;\s]*)", re.sub(r"DTSTART\S*", "", text)))
    unknown = [name for name in parts if name not in _KNOWN]
    if unknown:
        raise _wrong(f'"{unknown[0]}" is not used here.')
    start = _date(begun["day"]) if begun else None
    at = _time(begun["time"]) if begun and begun["time"] else None
    every = _whole(parts.get("INTERVAL", "1"), 1, 1200)
    end = _date(parts["UNTIL"][:8]) if "UNTIL" in parts else None
    months = tuple(sorted({_whole(one, 1, 12) for one in parts["BYMONTH"].split(",")})) if "BYMONTH" in parts else EVERY_MONTH
    if parts["FREQ"] == "WEEKLY":
        return Recurrence(words, Step.WEEKS, every, (), _weekdays(parts, start), months, start, end, (), at)
    if parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        raise _wrong("FREQ is WEEKLY, MONTHLY or YEARLY.")
    if parts["FREQ"] == "YEARLY":
        every, months = _yearly(every, months if "BYMONTH" in parts else (), start)
    return Recurrence(words, Step.MONTHS, every, _days(parts, start), (), months, start, end, (), at)


def _yearly(every: int, months: tuple[int, ...], start: date | None) -> tuple[int, tuple[int, ...]]:
    """Every so many months, and in which: one year in two is counted from the month of DTSTART."""
    if every == 1 and (months or start is not None):
        return 1, months or (start.month if start is not None else 1,)
    if start is None or months not in ((), (start.month,)):
        raise _wrong("A yearly rule needs BYMONTH, and one of every second year DTSTART in the one month that it names.")
    return every * 12, (start.month,)


def _weekdays(parts: dict[str, str], start: date | None) -> tuple[int, ...]:
    if "BYDAY" in parts:
        days = parts["BYDAY"].split(",")
        if any(one not in _DAYS for one in days) or "BYMONTHDAY" in parts or "BYSETPOS" in parts:
            raise _wrong("A weekly rule names days such as BYDAY=TU.")
        return tuple(sorted({_DAYS.index(one) for one in days}))
    if start is None:
        raise _wrong("A weekly rule needs BYDAY or DTSTART.")
    return (start.weekday(),)


def _days(parts: dict[str, str], start: date | None) -> tuple[DayOfMonth, ...]:
    if "BYDAY" in parts and "BYMONTHDAY" in parts:
        raise _wrong("Give one of BYDAY and BYMONTHDAY.")
    if "BYMONTHDAY" in parts:
        if "BYSETPOS" in parts:
            raise _wrong("BYSETPOS goes with BYDAY.")
        return tuple(DayOfMonth(_whole(one, -31, 31)) for one in parts["BYMONTHDAY"].split(","))
    if "BYDAY" not in parts:
        return (DayOfMonth(start.day),) if start else ()
    found = [re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", one) for one in parts["BYDAY"].split(",")]
    if "BYSETPOS" in parts:
        weekdays = tuple(sorted({_DAYS.index(one[2]) for one in found if one is not None and not one[1]}))
        if len(weekdays) != len(found):
            raise _wrong("With BYSETPOS, BYDAY names weekdays alone.")
        return tuple(DayOfMonth(_whole(one, -31, 31), weekdays) for one in parts["BYSETPOS"].split(","))
    if any(one is None or not one[1] or not 1 <= abs(int(one[1])) <= 5 for one in found):
        raise _wrong("BYDAY says which of the month's days, such as -1TU for the last Tuesday.")
    return tuple(DayOfMonth(int(one[1]), (_DAYS.index(one[2]),)) for one in found if one is not None)


def _whole(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?\d{1,4}", text) or not least <= int(text) <= most or (int(text) == 0):
        raise _wrong(f'"{text}" is not a number from {least} to {most}.')
    return int(text)


def _date(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        raise _wrong(f'"{text}" is no date such as 20190108.') from None


def _time(text: str) -> time:
    try:
        return time(int(text[:2]), int(text[2:4]))
    except ValueError:
        raise _wrong(f'"{text}" is no time such as 1000.') from None


def _wrong(why: str) -> WrongValueError:
    return WrongValueError(f"{why} Write a rule such as FREQ=MONTHLY;BYDAY=-1TU, or words such as: last Tuesday of the month.")
