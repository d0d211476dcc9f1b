"""What the lines above a table, its sheet's name and its file's say of the whole of it: title, period, area, and the day that it shows."""

from collections.abc import Sequence
from datetime import date, datetime

from reportpack import patterns as re
from reportpack.model.period import Period
from reportpack.read.figures.labels import clean_label, find_area
from reportpack.read.figures.period_search import name_period, points_within, title_period
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.periods import plain_text, read_period

_NOT_THE_PERIOD = re.compile(
    r"(?i)\b(?:publish\w*|revised|refresh\w*|updated?|releases?|released|issued?|extract\w*|execut\w*|created|printed|run|produced|contact|source|copyright|reviewed|version|generated)\b"
)
_NO_NAME = re.compile(
    r"(?:sheet|table|tab|data|chart|figure|page|main|summary|output|results?|export|extract|report|query|worksheet|book|dataset|all|list)"
    r"[ _.-]*[a-z]?\d*[a-z]?"
)
_AT = re.compile(r"(?i)\b(?:as )?at\b|\bposition\b|\bsnapshot\b|\bon\b")
_TABLE_NAME = re.compile(r"(?i)^(?:table|figure|chart|annex)\b")
_TABLE_PREFIX = re.compile(r"(?i)^(?:(?:table|figure|chart) ?[A-Z]?\d[\w.]*\s*[:.\u2013-]?\s+|title:\s*)")


_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{1,2} [A-Za-z]{3,9} \d{4})"
_FROM_TO = re.compile(
    rf"(?i)\b(?:from|start|begin)[a-z ]*[:=]? *(?P<first>{_DAY})\b.{{0,40}}?\b(?:to|end|until)[a-z ]*[:=]? *(?P<last>{_DAY})"
)
"""A report's parameters: "Date from: 01/04/2019", "Date to: 30/04/2019", on one line or two."""
_FILTERS = ("applied filters", "filters", "parameters")


def fallback_period(titles: Sequence[str], sheet: str, file: str, notes: Sequence[str] = ()) -> Period | None:
    """The period of the whole table, from the lines above it and a report's filters below, else from the names of its sheet and file."""
    filters = [line for line in (*titles, *notes) if line.lower().startswith(_FILTERS)]
    between = _FROM_TO.search(" ".join((*titles, *filters))[:2_000])
    if between and (span := read_period(f"{between['first']} to {between['last']}")):
        return span
    for line in sorted(titles, key=lambda text: not text.lower().startswith(("period", "month", "date range", "reporting"))):
        if not _NOT_THE_PERIOD.search(line) or line.lower().startswith(("period", "month")):
            period = title_period(line)
            if period is not None and (period.months or period.days or _AT.search(line)):
                return period
    filtered = (name_period(line) or title_period(line) for line in filters)
    return next(filter(None, filtered), None) or name_period(sheet) or name_period(file)


def table_title(titles: Sequence[str]) -> str:
    """Of the lines above a table its title: the last that begins with "Table", else the first that is no metadata."""
    named = [place for place, text in enumerate(titles) if _TABLE_NAME.match(text)]
    if named:
        alone = re.fullmatch(r"\w+ [\w.]+[:.]?", titles[named[-1]])
        return " ".join(titles[named[-1] :])[:300] if alone else titles[named[-1]]
    titled = [text[6:].strip() for text in titles if text.lower().startswith("title:")]
    if titled:
        return titled[-1]
    plain = [text for text in titles if not re.match(r"^[A-Z][\w ]{2,20}: ", text)]
    return (plain or list(titles) or [""])[0]


def telling_name(title: str, notes: frozenset[int], sheet: str) -> str | None:
    """The title without "Table 3:" before it and footnote marks behind it, else the sheet's name where that says what is
    counted; "Sheet1", "Data" and "Apr 19" do not."""
    if bare := _TABLE_PREFIX.sub("", clean_label(title, notes)):
        return bare
    name = clean_label(sheet)
    is_told = name and not _NO_NAME.fullmatch(name.lower()) and not name_period(name) and re.search(r"[A-Za-z]{3}", name)
    return name if is_told else None


def titled_area(lines: Sequence[str], office: frozenset[str]) -> str | None:
    """The first area that one of the lines names by itself."""
    return next((area for line in lines if (area := find_area(line, office)) is not None), None)


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
    days = _days(stem.replace("_", " "))
    if days:
        return days[0]
    found = [day for match in _DIGITS.finditer(stem) if (day := _day(match))]
    return found[0] if len(found) == 1 else None


def _days(text: str) -> list[date]:
    return [period.start for period in points_within(plain_text(text)) if not period.months]


def _day(match: re.Match[str]) -> date | None:
    year, month, day = match["y"] or match["y2"], match["m"] or match["m2"], match["d"] or match["d2"]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _titled(sheet: Sheet) -> date | None:
    found: set[date] = set()
    for row in sheet.rows[:_TITLE_ROWS]:
        texts = [value for value in row[:8] if isinstance(value, str) and len(value) < 200]
        for text in texts:
            if _SAID.search(plain_text(text)):
                dates = [value for value in row[:8] if isinstance(value, date)]
                found.update(_days(text), (value.date() if isinstance(value, datetime) else value for value in dates))
    return found.pop() if len(found) == 1 else None
