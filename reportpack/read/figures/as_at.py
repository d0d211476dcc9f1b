"""The day that a workbook shows: from its name, else from its title rows. Never from the file's times."""

from datetime import date, datetime

from reportpack import patterns as re
from reportpack.model.period import Period
from reportpack.read.figures.period_search import points_within
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.periods import plain_text

_SAID = re.compile(
    r"\b(?:as at|as of|data (?:extracted|correct|as at|refreshed)|(?:last )?refreshed|refresh date|extract(?:ed)?(?: on| date)?|report date|run (?:on|date)|produced(?: on)?)\b"
)
_DIGITS = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)[-_. ]?(?P<m>0[1-9]|1[0-2])[-_. ]?(?P<d>[0-3]\d)|(?P<d2>[0-3]\d)[-_. ]?(?P<m2>0[1-9]|1[0-2])[-_. ]?(?P<y2>20\d\d|\d\d))(?!\d)"
)
_TITLE_ROWS = 15


def workbook_as_at(workbook: Workbook) -> date | None:
    """The day in the file's name, else the one day that its title rows say it was taken at."""
    return name_as_at(workbook.file) or next((day for sheet in workbook.sheets[:3] if (day := _titled(sheet))), None)


def name_as_at(name: str) -> date | None:
    """A whole day in a file's name: `crime 2019-05-21.xlsx`, `satisfaction_210519`, `report as at 3 June 2019`."""
    stem = re.sub(r"\.[A-Za-z]{3,4}$", "", name.replace("\\", "/").rpartition("/")[2])
    days = _days(points_within(plain_text(re.sub(r"[_]+", " ", stem))))
    if days:
        return days[0]
    found = [day for match in _DIGITS.finditer(stem) if (day := _day(match))]
    return found[0] if len(found) == 1 else None


def _days(periods: tuple[Period, ...]) -> list[date]:
    return [period.start for period in periods if not period.months]


def _day(match: re.Match[str]) -> date | None:
    year, month, day = match["y"] or match["y2"], match["m"] or match["m2"], match["d"] or match["d2"]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _typed(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _titled(sheet: Sheet) -> date | None:
    found = set()
    for row in sheet.rows[:_TITLE_ROWS]:
        texts = [value for value in row[:8] if isinstance(value, str) and len(value) < 200]
        for text in texts:
            if _SAID.search(plain_text(text)):
                found.update(_days(points_within(plain_text(text))))
                found.update(_typed(value) for value in row[:8] if isinstance(value, date))
    return found.pop() if len(found) == 1 else None
