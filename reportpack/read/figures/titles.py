"""What the lines above a table, its sheet's name and its file's say of the whole of it: title, period, area, the day that it shows; and
the periods that stand within longer texts such as titles, notes and filter lines.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from reportpack import patterns as re
from reportpack.model.period import Period
from reportpack.read.figures.labels import clean_label
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.period_words import DAY, FINANCIAL, LONG_YEAR, MONTH, QUARTER, YEAR
from reportpack.read.periods import COMPARED, month_number, plain_text, read_period, read_plain

_POINT_TEXTS = (
    *(rf"{DAY} ?{MONTH}[ ,]*{YEAR}", r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)", rf"{LONG_YEAR}-\d\d-\d\d"),
    *(rf"{MONTH}[ ,/_-]*{FINANCIAL}", rf"{MONTH}[ ,/_-]*{YEAR}", rf"{FINANCIAL}[ ,:-]*{QUARTER}"),
    *(rf"{QUARTER}[ ,:-]*(?:of )?(?:fy ?)?{FINANCIAL}", rf"{QUARTER}[ ,:-]*{LONG_YEAR}", rf"{LONG_YEAR}[ ,:-]*{QUARTER}"),
    *(rf"{LONG_YEAR}[-_ ]?(?:0[1-9]|1[0-2])(?!\d)", FINANCIAL, rf"{LONG_YEAR}[ _-]*{MONTH}(?![a-z])", LONG_YEAR),
)
_POINT_TEXT = f"(?:{'|'.join(_POINT_TEXTS)})"
_MONTHS_TO = r"(?:rolling )?(?:\d{1,2}|three|six|nine|twelve) ?-?months? (?:ending|ended|up to|to|period to) "
_LEAD = (
    rf"(?:{_MONTHS_TO}|year ?(?:ending|ended|to (?:the )?end(?: of)?|to) ?(?:the )?|y/?e |quarter (?:ending|ended|to) "
    r"|week (?:ending|commencing|beginning) "
    r"|w/[ecb] |(?:as )?at (?:the )?|ytd (?:to )?)"
)
_FIRST = rf"(?:{_POINT_TEXT}|(?:{DAY} ?)?{MONTH})"
_WITHIN = re.compile(rf"(?<![a-z0-9/.])(?:{_LEAD}{_POINT_TEXT}|{_FIRST} ?(?: to |-| and ) ?{_POINT_TEXT}|{_POINT_TEXT})")
_POINT_WITHIN = re.compile(rf"(?<![a-z0-9/.]){_POINT_TEXT}")
_IN_NAME = re.compile(rf"year ?ending ?{MONTH} ?{YEAR}|{MONTH} ?{YEAR}(?!\d)")


_JOBS = (
    r"acts?|bill|law|regulations|order|code(?: of practice)?|section|schedule|directive|treaty|census|strateg(?:y|ies)|vision|agenda"
    r"|plans?|programme|framework|roadmap|ambitions?|pledges?|mission|manifesto|initiative|standards?|iso(?: \d+)?|version|edition|baseline"
    r"|duty|(?:net |target )?zero|(?:counting )?rules|guidance|charter|campaign|convention|reform|policy|objectives?|priorities"
    r"|population(?: estimates)?|mid-year|boundar(?:y|ies)|prices|price base|weights|base year|index|model|methodology|definition|olympics|games"
)
_JOB_BEFORE = re.compile(
    rf"\b(?:{_JOBS}|by|before|until|since|from|towards|targets?(?: for| of)?|refresh(?:ed)?|updated?)[ :(,'-]*(?:of |in |for |on |to )?$"
)
_JOB_AFTER = re.compile(
    rf"^['\u2019s]*[ )(-]*(?:(?:ward|district|lsoa|area|geographical|local authority|force|standard|european|constant|real|base|rural|urban) )*"
    rf"(?:{_JOBS}|targets?|goals?|refresh|figures? for comparison)\b"
)
_YEARS_ALONE = re.compile(rf"(?:as at |at )?{LONG_YEAR}(?: ?(?:-|to|/|and) ?(?:{LONG_YEAR}|\d\d))?")
_STRONG = re.compile(
    r"\b(?:act|census|boundar\w+|prices|price base|standard|index|population|mid-year|refresh\w*|updated?|baseline)\b"
)


def find_periods(text: str) -> tuple[Period, ...]:
    """The periods that stand within a longer text, in order: a title, a note, a filter line. A year with another job is none."""
    text = plain_text(text)
    matches = (match for match in _WITHIN.finditer(text) if not _has_other_job(text, match))
    found = (read_plain(match.group().strip()) for match in matches)
    return tuple(period for period in found if period is not None)


def _has_other_job(text: str, match: "re.Match[str]") -> bool:
    """Whether a year names a law, a census, a plan, boundaries, prices and not when something was counted."""
    if not _YEARS_ALONE.fullmatch(match.group().strip()):
        return False
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 60]
    job = _JOB_BEFORE.search(before) or _JOB_AFTER.search(after)
    financial = re.fullmatch(FINANCIAL, match.group().strip())
    return job is not None and (not financial or _STRONG.search(job.group()) is not None)


_RELEASE = re.compile(
    r"(?i)\b(?:final|draft|revised|provisional|prov|update[d]?|v ?\d+(?:\.\d+)*|version \d+(?:\.\d+)*|copy|issue \d+)\b"
)
_DANGLING = re.compile(
    r"(?i)(?:[\s,;:_-]|\b(?:and|to|at|as|for|in|from|by|the|on|of|compared|with|ending|ended)\b)+(?=$|[/)])|(?<=\()\s+|\(\s*\)"
)


@lru_cache(maxsize=4096)
def timeless(text: str) -> str:
    """A label without its periods and without the words of one release: "Officers by area, 31 March 2018 and 31 March 2019" next year."""
    plain = plain_text(text)
    for match in reversed([*_WITHIN.finditer(plain)]):
        if read_plain(match.group().strip()) is not None:
            plain = f"{plain[: match.start()]} {plain[match.end() :]}"
    bare = " ".join(_RELEASE.sub(" ", plain).split())
    while (shorter := " ".join(_DANGLING.sub("", bare).split())) != bare:
        bare = shorter
    return bare


def points_within(text: str) -> tuple[Period, ...]:
    """The months, years and days that stand within a text, each by itself: both ends of "Sep-17 to Sep-18"."""
    found = (read_plain(match.group().strip()) for match in _POINT_WITHIN.finditer(plain_text(text)))
    return tuple(period for period in found if period is not None)


_SINCE = re.compile(r"\b(?:from|since) (?:[a-z]+ )?(?:19|20)\d\d(?! ?(?:to|-|/|and|until) ?[\da-z])")
"""A beginning without an end: "quarterly, from 1992"."""


_IN_BRACKETS = re.compile(r"(?i)\([^()]*\b(?:in|shown in|within) (?:brackets|parentheses|italics)[^()]*\)")
"""What stands beside the figures, not what they are: "April 2019 (April 2018 in brackets)"."""


def title_period(text: str) -> Period | None:
    """The one period that a title gives to the whole of its table, None when it names none or a span of years."""
    if not (found := find_periods(_IN_BRACKETS.sub(" ", text))) or (len(found) == 1 and _SINCE.search(plain_text(text))):
        return None
    if len(set(found)) > 1:
        beside = text.rstrip().endswith(")") and found[:-1] == (found[-1].shifted(12),)  # "May 2024 (May 2023)"
        return max(found, key=lambda period: period.end) if beside or COMPARED.search(plain_text(text)) else None
    return found[0] if found[0].months <= 12 else None


def name_period(name: str) -> Period | None:
    """The period in the name of a sheet or file: `satisfaction_april_2014`, `tables-sep18`, `2019-01-street`, `2017 ... Aug`."""
    spaced = " ".join(re.sub(r"[_()\[\]]+", " ", re.sub(r"\.[a-z]{3,4}$", "", name.lower())).split())
    found = find_periods(spaced) or tuple(p for m in _IN_NAME.finditer(spaced) if (p := read_plain(m.group())))
    found = tuple(period for period in found if period.months)
    if months := [period for period in found if period.months != 12 or period.start.month != 1]:
        return months[0] if len(set(months)) == 1 else None
    if len(set(found)) != 1:
        return None
    names = {match.group() for match in re.finditer(rf"(?<![a-z]){MONTH}(?![a-z])", spaced)}  # "2017 ... Aug"
    return Period.month(found[0].start.year, month_number(names.pop())) if len(names) == 1 else found[0]


_MADE = (
    r"(?:publish\w*|publication|revised|refresh\w*|updated?|releases?|released|issued?|extract\w*|execut\w*|created|printed|run|produced|contact|source"
    r"|copyright|reviewed|version|generated)"
)
_NOT_THE_PERIOD = re.compile(
    rf"(?i)^\W*(?:(?:date|day|data|last|next|first|report|figures|tables?|this|statistics|document|sheet|was|were|are|is|as|of|and|to be) )*{_MADE}\b"
    rf"|\b{_MADE}(?: date)?[ :]*(?:\b(?:on|at|by|date|in)\b|: *\d|$)"
)
"""Lines of when a report was made; "Warrants executed, May 2024" is none."""
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
    if named := [place for place, text in enumerate(titles) if _TABLE_NAME.match(text)]:
        alone = re.fullmatch(r"\w+ [\w.]+[:.]?", titles[named[-1]])
        return " ".join(titles[named[-1] :])[:300] if alone else titles[named[-1]]
    if titled := [text[6:].strip() for text in titles if text.lower().startswith("title:")]:
        return titled[-1]
    return ([text for text in titles if not re.match(r"^[A-Z][\w ]{2,20}: ", text)] or list(titles) or [""])[0]


def telling_name(title: str, notes: frozenset[int], sheet: str) -> str | None:
    """The title without "Table 3:" before it and footnote marks behind it, else the sheet's name where that says what is
    counted; "Sheet1", "Data" and "Apr 19" do not."""
    if bare := _TABLE_PREFIX.sub("", clean_label(title, notes)):
        return bare
    name = clean_label(sheet)
    is_told = name and not _NO_NAME.fullmatch(name.lower()) and not name_period(name) and re.search(r"[A-Za-z]{3}", name)
    return name if is_told else None


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
    if days := _days(stem.replace("_", " ")):
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
        for text in [value for value in row[:8] if isinstance(value, str) and len(value) < 200]:
            if _SAID.search(plain_text(text)):
                dates = [value for value in row[:8] if isinstance(value, date)]
                found.update(_days(text), (value.date() if isinstance(value, datetime) else value for value in dates))
    return found.pop() if len(found) == 1 else None
