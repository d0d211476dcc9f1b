"""Every way in which people write a period, read into one. Days come before months; what is not plainly a period is None.

A month without its year, a year that ends in March, a financial year: what the surroundings know stands in a Context.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from reportpack import patterns as re
from reportpack.model.period import SHORT_MONTHS, Period, add_months
from reportpack.read.period_words import (
    CLOCK,
    DAY,
    FINANCIAL,
    FINANCIAL_TEXT,
    HALF,
    LETTERS,
    LONG_YEAR,
    MONTH,
    QUARTER,
    WEEKDAY,
    WELSH,
    YEAR,
)
from reportpack.records import Record

_NUMBERS: dict[str | int, int] = {"three": 3, "six": 6, "nine": 9, "twelve": 12}

_ARROW = re.compile(r" ?(?:->|\u2192)$")
_LONGEST_MARKS = 40  # Footnote marks are looked for this far from the end: a line of a thousand stars takes no longer than one.
_FOOTNOTES = re.compile(
    r"(?:\s*(?:[\u2020\u2021*\u00a7\u00b9\u00b2\u00b3\u02d2\u2070-\u2079]|[\[(](?:[a-z]|note \d+|\d+)[\])]))+$"
)
_GLUED = re.compile(rf"^(?P<kept>.*?(?:{LONG_YEAR}(?! ?\d{{3}})|[a-z][ '-]*\d\d(?!\d\d))) ?\d{{1,2}}(?:, ?\d{{1,2}})*$")
"""A footnote's number right behind a year: "2018 2", "Mar 191"; "May 2224" is no such year."""
_MARK = re.compile(
    r"(?:(?<=\d)[pre]|[ -]+\(?(?:p|r|e|prov(?:isional)?|rev(?:ised)?|est(?:imated?)?\.?|draft|final|actual|latest|total|to be confirmed|tbc)\)?)$"
)
"""How final a period's figures are, or that they are its total, behind its name: "2018/19p", "May-19 (revised)", "2018-19 Total"."""
_WELSH = re.compile(rf"\b(?:{'|'.join(WELSH)})\b")
_YEARS = range(1950, 2100)  # years that figures can be of; any other is a slip that a person must settle
_DASHES = re.compile("[\u2010-\u2015\u2212]")

_Groups = Mapping[str, str]
_POINTS = (
    re.compile(rf"{WEEKDAY}(?P<d>{DAY})[ /.-]?(?:of )?(?P<mon>{MONTH})[ ,/.-]*(?P<y>{YEAR})(?:{CLOCK})?"),
    re.compile(rf"{WEEKDAY}(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d\d)(?:{CLOCK})?"),
    re.compile(rf"(?P<y>{LONG_YEAR})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?:{CLOCK})?"),
    re.compile(rf"(?P<mon>{MONTH})[ ,/_-]*(?P<y>{YEAR})"),
    re.compile(rf"(?P<y>{LONG_YEAR})[ ,/_-]*(?P<mon>{MONTH})"),
    re.compile(rf"(?P<f>{FINANCIAL})[ ,:-]*(?P<mon>{MONTH})"),
    re.compile(rf"(?P<mon>{MONTH})[ ,:-]*(?P<f>{FINANCIAL})"),
    re.compile(rf"(?P<y>{LONG_YEAR})[-/ ]?m?(?P<m>0[1-9]|1[0-2])"),
    re.compile(rf"(?P<m>0?[1-9]|1[0-2])[/-](?P<y>{LONG_YEAR})"),
    re.compile(rf"(?:fy ?)?(?P<f>{FINANCIAL})[ ,:-]*(?P<q>{QUARTER})"),
    re.compile(rf"(?P<q>{QUARTER})[ ,:-]*(?:of )?(?:fy ?)?(?P<f>{FINANCIAL}|\d\d-\d\d)"),
    re.compile(r"(?:fy|f/y) ?(?P<f>\d\d-\d\d)"),
    re.compile(rf"(?P<y>{LONG_YEAR})[ ,:-]*(?P<q>{QUARTER})"),
    re.compile(rf"(?P<q>{QUARTER})[ ,:-]*(?P<y>{LONG_YEAR})"),
    re.compile(rf"(?P<l>{LETTERS})[ ,:/-]*(?:(?P<f>{FINANCIAL})|(?P<y>{YEAR}))"),
    re.compile(rf"(?:(?P<f>{FINANCIAL})|(?P<y>{LONG_YEAR}))[ ,:/-]*(?P<l>{LETTERS})"),
    re.compile(rf"(?P<h>{HALF})[ ,:/-]*(?:of )?(?:fy ?)?(?:(?P<f>{FINANCIAL})|(?P<y>{LONG_YEAR}))"),
    re.compile(rf"(?:fy ?)?(?:(?P<f>{FINANCIAL})|(?P<y>{LONG_YEAR}))[ ,:/-]*(?P<h>{HALF})"),
    re.compile(rf"(?P<y>{LONG_YEAR})[ ,/-]*(?:w|wk|week)[ -]?(?P<w>\d\d?)"),
    re.compile(rf"(?:w|wk|week)[ -]?(?P<w>\d\d?)[ ,/-]*(?:of )?(?P<y>{LONG_YEAR})"),
    re.compile(rf"(?:financial year|fiscal year|fy|f/y|year)?[ :-]*(?P<f>{FINANCIAL})(?: (?:financial year|fy))?"),
    re.compile(rf"fye? ?'?(?P<fy>{YEAR})"),
    re.compile(rf"(?:(?P<cal>calendar year|cy)|year)?[ :-]*(?P<y>{LONG_YEAR})"),
)
_ROLLING = re.compile(
    r"^(?:rolling )?(?:(?P<n>\d{1,2}|three|six|nine|twelve) ?-?(?:months?|mths?|m)"
    r"|(?P<year>(?:financial )?years?|fy(?= ?end)|fy(?=e )|yr|y(?=[ /]?e\b))|(?P<q>quarter|qtr)"
    r"|(?P<m>month))(?: period)?[ /]*(?:ending|ended|to (?:the )?end(?: of)?|end|up to|to|e)[ :]*(?:the )?(?P<end>.+)$"
)
_WINDOW = (
    r"(?:rolling|r) ?(?P<n{0}>\d{{1,2}}|three|six|nine|twelve)? ?-?(?:months?|mths?|m|year)(?: (?:total|average|rolling))?"
    r"|(?P<n{1}>\d{{1,2}})[ -]?(?:months?|mths?|m)(?: (?:rolling|average|total))?|m\.?a\.?t\.?|moving annual total|rolling year"
)
_ROLLED = re.compile(
    rf"^(?:{_WINDOW.format('', 2)})[ :-]*(?:to |ending |ended )?(?P<end>.+)$"
    rf"|^(?P<end2>.+?)[ :-]+\(?(?:{_WINDOW.format(3, 4)})\)?$"
)
"""Windows without a word that says so: "R12M Mar-19", "Rolling 12 mth Nov 2018", "Mar-19 MAT"."""
_QUARTER_OF = re.compile(r"^(?P<end>.+?) (?:quarter|qtr)$")
_NAMED = re.compile(r"^(?:wave|round|sweep|edition|issue|period|month|year|tranche) ?\d{1,3} ?[(:,-] ?(?P<inner>[^()]+)\)?$")
_NAMED_AFTER = re.compile(r"^(?P<inner>[^()]+?) ?\((?:wave|round|sweep|edition|issue|period|tranche) ?\d{1,3}\)$")
_MONTHS_OF = re.compile(
    rf"^(?P<f>{FINANCIAL}|{QUARTER}.*?) ?[(,] ?(?:(?P<a>{MONTH})(?: ?(?:-|to) ?| ?only ?)|to )(?P<b>{MONTH})?\)?$"
)
"""A financial year and which of its months: "2018/19 (to Feb)", "2019/20 (Apr-Sep)"."""
_WEEK = re.compile(r"^(?:(?:week|wk) (?P<word>ending|ended|to|commencing|beginning)|w[/ ]?(?P<letter>[ecb])\b)[ :]*(?P<day>.+)$")
_AS_AT = re.compile(r"^(?:(?:position )?(?:as )?(?:at|of)|snapshot(?: (?:at|of|on))?|on)[ :]+(?P<day>.+)$")
_SO_FAR = r"(?:(?:fy?)?ytd|(?:financial |calendar )?year[ -]to[ -]date|cumulative|cum\.?|running total|to date)"
_TO_DATE = re.compile(rf"^{_SO_FAR}[ :-]*(?:to )?(?P<end>.+)$|^(?P<end2>.+?)[ :-]*\(?\b{_SO_FAR}\)?$")
_DAY_OR_MONTH = re.compile(rf"(?:{DAY}[ -]?)?(?P<mon>{MONTH})")
COMPARED = re.compile(r"compared (?:with|to)|(?: versus | vs\.? )")


class Context(Record):
    """What the surroundings of a label know: the month a year ends in, a day of the year, what its neighbours show."""

    year_ends: int | None = None
    as_at: tuple[int, int] | None = None  # (month, day) of a yearly snapshot: "As at 31 March" above a year
    months: bool = False  # real dates stand for their whole month
    snapshots: bool = False  # "As at" stands above: a month or a date is the position at its end
    week: str = ""  # "ending" or "starting": a day stands for its week
    month_first: bool = False  # 3/25/2011 stands among the neighbours: their first number is the month
    iso_months: bool = False  # `2008-09` is September 2008 and not the financial year, as its neighbours show
    window: int = 0  # "Quarter ending" or "12 months to" stands above: a month or a day is the end of so many months


PLAIN = Context()


def read_period(value: object, context: Context = PLAIN) -> Period | None:
    """The period that a text, a date or a number (2019, 201904) says, None where it says none."""
    if isinstance(value, date):
        found = _of_date(value.date() if isinstance(value, datetime) else value, context)
        return _ending(found, context.window) if found and context.window else found
    if isinstance(value, float) and value.is_integer() and 1900 <= value <= 210012:
        return _read_text(str(int(value)), context)
    return _read_text(plain_text(value), context) if isinstance(value, str) and 2 <= len(value) <= 80 else None


def _of_date(day: date, context: Context) -> Period | None:
    if day.year not in _YEARS:
        return None
    if context.week:
        return Period(day if context.week == "starting" else day - timedelta(6), 0, 7)
    return Period.month(day.year, day.month) if context.months else Period(day, 0, 0)


def plain_text(text: str) -> str:
    """Lower case, single spaces, one kind of dash and apostrophe, no footnote marks at the end."""
    text = _DASHES.sub("-", text).replace("\u2019", "'").replace("\u2018", "'").replace("\xa0", " ")
    text = " ".join(text.lower().split())
    if _WELSH.search(text):
        text = _WELSH.sub(lambda match: WELSH[match.group()], text)
    return f"{text[:-_LONGEST_MARKS]}{_FOOTNOTES.sub('', _ARROW.sub('', text[-_LONGEST_MARKS:]))}".strip(" :;,")


def read_plain(text: str) -> Period | None:
    """What `read_period` says of a text that `plain_text` has made plain."""
    return _read_text(text, PLAIN)


@lru_cache(maxsize=20_000)
def _read_text(text: str, context: Context) -> Period | None:
    if (found := _read_whole(text, context)) is None and (mark := _MARK.search(text)):
        found = _read_text(text[: mark.start()].strip(" -("), context) if mark.start() > 2 else None
    if found is None and (glued := _GLUED.match(text)):
        found = _read_whole(glued["kept"], context)
    if found is not None and found.start.year not in _YEARS:
        return None
    if context.window and found is not None and found.months < 2 and found.days < 2:
        return _ending(found, context.window)  # a month or day below "Quarter ending" is the end of that quarter
    return found


def _ending(last: Period, months: int) -> Period:
    end = last.end
    return Period(add_months(date(end.year, end.month, 1), 1 - months), months)


def window_of(text: str) -> int:
    """How many months "Quarter ending", "12 months to" or "Rolling year" span, as a heading above periods; 0 for anything else."""
    match = _ROLLING.match(f"{text} x") or _ROLLED.match(f"{text} x")
    groups = match.groupdict() if match else {}
    words = groups.get("n") or groups.get("n2") or (3 if groups.get("q") else 1 if groups.get("m") else 12)
    return _NUMBERS.get(words) or int(words) if (groups.get("end") or "").strip() == "x" else 0


def _read_whole(text: str, context: Context) -> Period | None:
    if not any(character.isdigit() for character in text) and text[:3] not in SHORT_MONTHS:
        return None
    if match := _WEEK.match(text):
        if (day := _point(match["day"], replace(context, week=""))) is None or day.months:
            return None
        starts = match["word"] in ("commencing", "beginning") or match["letter"] in ("c", "b")
        return Period(day.start if starts else day.start - timedelta(6), 0, 7)
    if match := _ROLLING.match(text):
        return _rolling(match, context)
    if (found := _dressed(text, context)) is not None:
        return found
    if match := _AS_AT.match(text):
        point = _point(match["day"], context)
        return None if point is None else Period(point.end, 0, 0)
    if match := _TO_DATE.match(text):
        return _year_to_date(match["end"] or match["end2"], context)
    text = text.removeprefix("month of ")
    return _point(text, context) or _span(text)


def _dressed(text: str, context: Context) -> Period | None:
    """A period in other words than its own: "R12M Mar-19", "Wave 12 (Q1 2018/19)", "Jun-18 quarter", "2018/19 (to Feb)"."""
    if (match := _ROLLED.match(text)) and (found := _rolled(match, context)):
        return found
    if (match := _NAMED.match(text) or _NAMED_AFTER.match(text)) and (found := _read_text(match["inner"], context)):
        return found
    if (match := _QUARTER_OF.match(text)) and (last := _point(match["end"], context)) and last.months == 1:
        return _ending(last, 3)
    return _months_of(match, context) if (match := _MONTHS_OF.match(text)) else None


def _rolling(match: re.Match[str], context: Context) -> Period | None:
    parts = [part.strip() for part in COMPARED.split(match["end"])]  # of "... compared with year ending December 2018" the later
    last = max(filter(None, (_read_text(part, context) for part in parts)), key=lambda period: period.end, default=None)
    if last is None:
        return None
    word = match["n"] or (12 if match["year"] else 3 if match["q"] else 1)
    months = _NUMBERS.get(word) or int(word)
    if last.months == 12 and last.start.month == 1 and match["year"] and not context.year_ends:
        return Period(date(last.start.year - 1, 4, 1), 12) if match["year"].startswith("f") else last
    return _ending(last, months) if months else None


def _rolled(match: re.Match[str], context: Context) -> Period | None:
    groups = match.groupdict()
    if (last := _point((match["end"] or match["end2"]).strip("( )"), context)) is None or last.months != 1:
        return None
    words = next((groups[name] for name in ("n", "n2", "n3", "n4") if groups[name]), "")
    months = _NUMBERS.get(words) or int(words or 12)
    return _ending(last, months) if 0 < months <= 60 else None


def _months_of(match: re.Match[str], context: Context) -> Period | None:
    if (whole := _read_whole(match["f"], context)) is None or whole.months != 12 or whole.start.month != 4:
        return whole  # "Q1 2018/19 (Apr-Jun)": the months only say again which quarter it is
    first = month_within(month_number(match["a"]), whole) if match["a"] else whole.start
    last = month_within(month_number(match["b"]), whole) if match["b"] else first
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return Period(first, months) if months > 0 else None


def month_within(month: int, year: Period) -> date:
    """The first day of a month of the year that begins with that period."""
    return date(year.start.year + (month < year.start.month), month, 1)


def _year_to_date(text: str, context: Context) -> Period | None:
    text = text.strip("( )")
    last = _point(text, context) or _span(text)
    if last is None or last.months != 1:
        # "YTD 18/19" does not say up to which month.
        return last if last is not None and last.months < 12 else None
    return to_date(last)


def to_date(last: Period, first_month: int = 4) -> Period:
    """From the start of the year (April, unless said otherwise) to the end of that month."""
    return _ending(last, (last.end.month - first_month) % 12 + 1)


def _point(text: str, context: Context) -> Period | None:
    matches = (match for pattern in _POINTS if (match := pattern.fullmatch(text)))
    return next((found for match in matches if (found := _read_point(match, context)) is not None), None)


def _read_point(match: re.Match[str], context: Context) -> Period | None:
    """By the pieces that the pattern found: `d`ay, `mon`th or `m`, `q`uarter, `l`etters, `h`alf, `w`eek, financial year, year."""
    groups = match.groupdict()
    if groups.get("d"):
        return _day(groups, context)
    if groups.get("mon") or groups.get("m"):
        return _month(match.string, groups, context)
    if quarter := groups.get("q"):
        return _part_of_year(groups, 3, 3 * int(quarter[-1]) - 3)
    if letters := groups.get("l"):
        return _part_of_year(groups, 3, ({"jfm": 1, "amj": 4, "jas": 7, "ond": 10}[letters] - (4 if groups["f"] else 1)) % 12)
    if half := groups.get("h"):
        return _part_of_year(groups, 6, 6 * (half.startswith(("second", "2nd")) or half.endswith("2")))
    if week := groups.get("w"):
        return week_of(int(groups["y"]), int(week))
    if ends := groups.get("fy"):
        return Period(date(_year(ends) - 1, 4, 1), 12)
    return _part_of_year(groups, 12) if groups.get("f") else _calendar_year(groups, context)


def _year(text: str) -> int:
    text = text.strip("'")
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 80 else 1900)


def _day(groups: _Groups, context: Context) -> Period | None:
    if context.month_first and groups.get("sep") == "/":
        groups = {**groups, "d": groups["m"], "m": groups["d"]}
    month = month_number(groups["mon"]) if groups.get("mon") else int(groups["m"])
    try:
        return _of_date(date(_year(groups["y"]), month, int(groups["d"].rstrip("stndrh"))), replace(context, months=False))
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for "jan", "January"."""
    return SHORT_MONTHS.index(name[:3]) + 1


def _month(text: str, groups: _Groups, context: Context) -> Period | None:
    month = month_number(groups["mon"]) if groups.get("mon") else int(groups["m"])
    if groups.get("f"):
        return _part_of_year(groups, 1, (month - 4) % 12)
    if not (groups.get("mon") or context.iso_months) and FINANCIAL_TEXT.fullmatch(text) and financial_start(text):
        return None
    period = Period.month(_year(groups["y"]), month)
    return Period(period.end, 0, 0) if context.snapshots else period


def financial_start(text: str) -> int | None:
    """2018 for 2018/19, 2018-2019 or 18/19; None when the second year does not follow the first."""
    first, _, second = re.sub(r"[ ']", "", text).replace("-", "/").partition("/")
    start, end = _year(first), _year(second) if len(second) == 4 else None
    follows = end == start + 1 if end is not None else int(second) == (start + 1) % 100
    return start if follows else None


def _part_of_year(groups: _Groups, months: int, offset: int = 0) -> Period | None:
    """So many months of the year that a text names, financial (from April) or not; None where its two years do not follow."""
    year = financial_start(groups["f"]) if groups.get("f") else _year(groups["y"])
    return None if year is None else Period(add_months(date(year, 4 if groups.get("f") else 1, 1), offset), months)


def week_of(year: int, week: int) -> Period | None:
    """The ISO week of a year, Monday to Sunday; None where the year has no such week."""
    try:
        return Period(date.fromisocalendar(year, week, 1), 0, 7)
    except ValueError:
        return None


def _calendar_year(groups: _Groups, context: Context) -> Period | None:
    year = int(groups["y"])
    if context.as_at:
        return Period(date(year, *context.as_at), 0, 0)
    if context.year_ends and not groups["cal"]:
        return Period(add_months(date(year, context.year_ends, 1), -11), 12)
    return Period(date(year, 1, 1), 12)


def _span(text: str) -> Period | None:
    """`April to June 2020`, `Apr '10 to Mar '11`, `1 April 2018 - 31 March 2019`, `2017 to 2018`."""
    text = re.sub(r"^(?:from|between|period) ", "", text)
    for match in re.finditer(r"\s?(?: to | until | through | and |-)\s?", text):
        last = _point(text[match.end() :].strip(), PLAIN) if match.start() else None
        first = None if last is None else _first_of_span(text[: match.start()].strip(), last)
        if last is not None and first is not None and (joined := _joined(first, last)):
            return joined
    return None


def _first_of_span(text: str, last: Period) -> Period | None:
    """The beginning, whose year may stand only at the end: "1 April - 31 May 2018", "Oct to March 2019"."""
    bare = _DAY_OR_MONTH.fullmatch(text)
    found = _point(text, PLAIN)
    if bare is None or found is not None:
        return found
    return _point(f"{text} {last.start.year - (month_number(bare['mon']) > last.start.month)}", PLAIN)


def _joined(first: Period, last: Period) -> Period | None:
    if bool(first.months) != bool(last.months) or last.start <= first.start or last.months != first.months:
        return None
    if not first.months:
        after = last.start + timedelta(1)
        months = (after.year - first.start.year) * 12 + after.month - first.start.month
        if after.day == first.start.day and months > 0:
            return Period(first.start, months)
        return Period(first.start, 0, (last.start - first.start).days + 1)
    if first.months == 12 and first.start.month == 1:
        # "2017 to 2018" is how statistics now write the financial year; longer ones are a span of years.
        return Period(date(first.start.year, 4, 1), 12) if last.start.year == first.start.year + 1 else None
    return Period(first.start, (last.end.year - first.start.year) * 12 + last.end.month - first.start.month + 1)


_ODD_YEAR = re.compile(rf"(?:\b{MONTH}[ ,'/-]*|\d[/.-]\d{{1,2}}[/.-])(?P<y>\d{{4}})\b")


def has_odd_year(value: object) -> bool:
    """Whether a day or month has a year that no figure can be of: a date of 2224, "May 1924"."""
    if isinstance(value, date):
        return value.year not in _YEARS
    text = value.lower() if isinstance(value, str) and len(value) < 300 else ""
    years = [int(match["y"]) for match in _ODD_YEAR.finditer(text)]
    return bool(years) and all(year not in _YEARS for year in years)


def is_year(value: object) -> bool:
    """Whether a cell could be a year standing alone: 1950 to 2079, as a number or as four digits."""
    if isinstance(value, float):
        return value.is_integer() and 1950 <= value < 2080
    return isinstance(value, str) and len(value.strip()) == 4 and value.strip().isdecimal() and 1950 <= int(value) < 2080


def is_year_month(value: object) -> bool:
    """Whether a cell could be a month written 201904."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else value.strip() if isinstance(value, str) else ""
    return len(text) == 6 and text.isdecimal() and 1950 <= int(text[:4]) < 2080 and 1 <= int(text[4:]) <= 12
