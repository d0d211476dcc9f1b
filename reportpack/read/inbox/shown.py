"""A cell's value as the person who filled it in saw it: 45%, £12,500, 27:30, 31 May 2019."""

from datetime import date, datetime, time, timedelta

from reportpack import patterns as re
from reportpack.model.period import long_date
from reportpack.read.workbook.number_formats import Clock, clock

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_PLACES = re.compile(r"[0#?]\.([0#?]+)")


def shown(value: object, code: str) -> str:
    """The words of a cell under its number format; a plain number without the noise of its last digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(float(value), code)
    if isinstance(value, timedelta):
        return _duration(value, code)
    if isinstance(value, datetime | date):
        return _day(value, code)
    if isinstance(value, time):
        return f"{value.hour}:{value:%M:%S}" if value.second else f"{value.hour}:{value:%M}"
    return str(value)


def _number(value: float, code: str) -> str:
    section = code.split(";", maxsplit=1)[0]
    plain = _LITERAL.sub("", _CURRENCY.sub("", section))
    percent = "%" in plain
    number = value * 100 if percent else value
    if clock(code) is Clock.NUMBER and re.search(r"[0#]", plain):
        found = _PLACES.search(plain)
        places = len(found[1]) if found else 0
        text = f"{abs(number):,.{places}f}" if "," in plain else f"{abs(number):.{places}f}"
    else:
        text = f"{abs(number):.10g}"
    currency = next(iter(_CURRENCY.findall(section)), "") or next((sign for sign in "£$€" if sign in section), "")
    return f"{'-' if number < 0 else ''}{currency}{text}{'%' if percent else ''}"


def _duration(value: timedelta, code: str) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02}:{left:02}" if left or "s" in code else f"{sign}{hours}:{minutes:02}"


def _day(value: date, code: str) -> str:
    """A day in full, or the month alone where the format shows no day."""
    letters = _LITERAL.sub("", code).lower()
    if "y" in letters and "m" in letters and "d" not in letters:
        return f"{value:%B %Y}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{long_date(value.date())}, {value.hour}:{value:%M}"
    return long_date(value.date() if isinstance(value, datetime) else value)
