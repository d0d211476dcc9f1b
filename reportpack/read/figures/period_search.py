"""Periods that stand within longer texts: titles, notes, filter lines, the names of sheets and files."""

from functools import lru_cache

from reportpack import patterns as re
from reportpack.model.period import Period
from reportpack.read.period_words import DAY, FINANCIAL, LONG_YEAR, MONTH, QUARTER, YEAR
from reportpack.read.periods import COMPARED, month_number, plain_text, read_plain

_POINT_TEXTS = (
    *(rf"{DAY} ?{MONTH}[ ,]*{YEAR}", r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)", rf"{LONG_YEAR}-\d\d-\d\d"),
    *(rf"{MONTH}[ ,/_-]*{FINANCIAL}", rf"{MONTH}[ ,/_-]*{YEAR}", rf"{FINANCIAL}[ ,:-]*{QUARTER}"),
    *(rf"{QUARTER}[ ,:-]*(?:of )?(?:fy ?)?{FINANCIAL}", rf"{QUARTER}[ ,:-]*{LONG_YEAR}", rf"{LONG_YEAR}[ ,:-]*{QUARTER}"),
    *(rf"{LONG_YEAR}[-_ ]?(?:0[1-9]|1[0-2])(?!\d)", FINANCIAL, rf"{LONG_YEAR}[ _-]*{MONTH}(?![a-z])", LONG_YEAR),
)
_POINT_TEXT = f"(?:{'|'.join(_POINT_TEXTS)})"
_MONTHS_TO = r"(?:rolling )?(?:\d{1,2}|three|six|nine|twelve) ?-?months? (?:ending|ended|up to|to|period to) "
_LEAD = (
    rf"(?:{_MONTHS_TO}|year ?(?:ending|ended|to) ?(?:the )?|y/?e |quarter (?:ending|ended|to) "
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
    found = find_periods(_IN_BRACKETS.sub(" ", text))
    if not found or (len(found) == 1 and _SINCE.search(plain_text(text))):
        return None
    if len(set(found)) > 1:
        if not COMPARED.search(plain_text(text)):
            return None
        return max(found, key=lambda period: period.end)
    return found[0] if found[0].months <= 12 else None


def name_period(name: str) -> Period | None:
    """The period in the name of a sheet or file: `satisfaction_april_2014`, `tables-sep18`, `2019-01-street`, `2017 ... Aug`."""
    stem = re.sub(r"\.[a-z]{3,4}$", "", name.lower())
    spaced = " ".join(re.sub(r"[_()\[\]]+", " ", stem).split())
    found = find_periods(spaced) or tuple(p for m in _IN_NAME.finditer(spaced) if (p := read_plain(m.group())))
    found = tuple(period for period in found if period.months)
    months = [period for period in found if period.months != 12 or period.start.month != 1]
    if months:
        return months[0] if len(set(months)) == 1 else None
    return _month_and_year_apart(spaced, found)


def _month_and_year_apart(text: str, years: tuple[Period, ...]) -> Period | None:
    if len(set(years)) != 1:
        return None
    names = {match.group() for match in re.finditer(rf"(?<![a-z]){MONTH}(?![a-z])", text)}
    if len(names) == 1:
        return Period.month(years[0].start.year, month_number(names.pop()))
    return years[0]
