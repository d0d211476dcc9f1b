"""What one cell's text says: a number, a per cent, money, why there is no number, or just text. Size alone decides nothing."""

from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from unicodedata import normalize

from reportpack import patterns as re
from reportpack.model.observation import Status, Unit
from reportpack.records import Record


class Kind(IntEnum):
    """What a cell is, at first sight: a byte each, so that a sheet's are kept together."""

    EMPTY = 0
    NUMBER = 1
    MARK = 2
    TEXT = 3
    DATE = 4
    ERROR = 5
    NOT_CALCULATED = 6
    LETTER = 7  # a mark or number that is a word of its own in a column of text: `c`, `x`, `nil`


class Reading(Record):
    """A cell read: `number` as typed (79 for "79%"), `unit` where the text itself shows one, `marks` glued to the number."""

    kind: Kind
    number: float | None = None
    unit: Unit | None = None
    status: Status = Status.TEXT
    marks: tuple[str, ...] = ()
    beside: str = ""  # a second number in brackets behind the first ("120 (129)"): kept as written, never a figure by itself


TEXT = Reading(Kind.TEXT)

_SUPPRESSED = frozenset(
    (
        *("*", "**", "***", "[c]", "(c)", "c", "[u]", "u", "[s]", "s", "~", "[low]", "low", "dpa"),
        *("suppressed", "[suppressed]", "confidential", "withheld", "redacted", "disclosive"),
        *("small number", "too small", "not disclosed", "data suppressed"),
    )
)
_NOT_AVAILABLE = frozenset(
    (
        *("-", "--", "---", "+", ".", "..", "...", ":", "[:]", "[..]"),
        *("[x]", "(x)", "x", "[z]", "z", "[w]", "w", "[e]", "nk", "n/k"),
        *("n/a", "n.a.", "n.a", "na", "n\\a", "[n/a]", "(n/a)", "[na]", "null", "none", "nan"),
        *("tbc", "tba", "tbd", "pending", "awaited", "awaiting data", "to follow", "unknown", "missing", "unavailable"),
        *("not available", "data not available", "not yet available", "not applicable", "not known", "not recorded"),
        *("not collected", "not provided", "not supplied", "no data", "no return"),
    )
)
_ERRORS = frozenset({"#ref!", "#div/0!", "#value!", "#name?", "#num!", "#null!", "#n/a", "#getting_data", "#spill!", "#calc!"})
_LETTERS = frozenset(
    ("c", "u", "s", "x", "z", "w", "na", "none", "null", "low", "pending", "unknown", "nk", "missing", "confidential")
)

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_FINAL_WORDS = "provisional|prov|revised|rev|estimated?|est|draft|p|r|e"
_SHORT = dict.fromkeys(("provisional", "prov", "draft"), "p") | dict.fromkeys(("revised", "rev"), "r")
_SHORT |= dict.fromkeys(("estimate", "estimated", "est"), "e")
_SPACES = re.compile("[\\s\xa0\u2007\u2009\u202f]+")
_BELOW = re.compile(r"(?:[<>\u2264\u2265]=?|under|fewer than|less than|below|over|more than) ?£?\d[\d,.]*(?: ?%)?")
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?P<money>[£€$])?(?P<sign2>[+-])?"
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?(?:e[+-]?\d{1,3})?|\.\d+)"
    r" ?(?P<scale>k|m|bn)?(?P<percent> ?%| ?per ?cent| ?pp| ?ppts?)?(?P<after>-)?(?P<close>\))?"
)
_COMMA_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?P<money>[£€$])?(?P<sign2>[+-])?(?P<digits>\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
    r" ?(?P<scale>k|m|bn)?(?P<percent> ?%| ?pp)?(?P<after>-)?(?P<close>\))?"
)
_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|0,\d+) ?%?")
_MARKED = re.compile(
    r"(?P<number>.*?[\d%)]) ?"
    r"(?P<marks>(?:\[(?:[a-z]{1,4}|note \d+|\d{1,2})\]|\((?:[a-z]|note \d+)\)"
    "|[\u00b9\u00b2\u00b3\u02d2\u2070-\u2079\u2020\u2021\u00a7*#^~=]|[\u24d0-\u24e9]"
    rf"|(?<=\d)[rpe]|(?<= )[rpe]|(?:\(|\[|(?<=[ \d]))(?:{_FINAL_WORDS})(?:\)|\]|(?![a-z]))| )+)"
)
_BESIDE = re.compile(r"(?P<first>[^()]*\d ?%?) ?\((?P<second>[+-]?£?\d[\d,.]*\d* ?%?|[+-]?\d ?%?)\)")
_ABOUT = re.compile(r"(?:ca?\. ?|ca? |circa |approx(?:\.|imately)? ?|about |around |~ ?|\u2248 ?|est(?:\.|imated)? ?)(?=[£\d])")
_CLOCK = re.compile(r"(?P<sign>-)?(?:(?P<d>\d+)\.)?(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):(?P<s>[0-5]\d(?:\.\d+)?)")
_SPOKEN = re.compile(
    r"(?:(?P<d>\d+) ?d(?:ays?)?[ ,]*)?(?:(?P<h>\d+) ?(?:h|hrs?|hours?)[ ,]*)?"
    r"(?:(?P<m>\d+(?:\.\d+)?) ?(?:m|mins?|minutes?)[ ,]*)?(?:(?P<s>\d+(?:\.\d+)?) ?(?:s|secs?|seconds?))?"
)
_EPOCH = datetime(1899, 12, 31)  # noqa: DTZ001 - a workbook's times have no zone
"""What Excel shows a duration of more than a day against, where the format is that of a date."""
_SCALES = {None: 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}


@lru_cache(maxsize=100_000)
def read_text(text: str, decimal_comma: bool = False) -> Reading:
    """What a text says: "7,805", "(45)", "79%", "1,204 (r)", "<5", "[c]", "n/a" or words."""
    if not (plain := _SPACES.sub(" ", _DASHES.sub("-", text)).strip().lower()):
        return Reading(Kind.EMPTY)
    if len(plain) > 40:
        return TEXT
    if not plain.isascii():  # full-width and ringed digits as digits; raised ones are footnote marks and stay
        parts = (normalize("NFKC", one) if "\uff00" <= one <= "\uffef" or "\u2460" <= one <= "\u24ff" else one for one in plain)
        plain = "".join(parts)
    if plain in ("nil", "zero"):
        return Reading(Kind.LETTER, 0.0, None, Status.NUMBER)
    if (why := _why_none(plain)) is not None:
        return why
    return _number(plain, decimal_comma) or _marked_number(plain, decimal_comma) or _odd_number(plain, decimal_comma) or TEXT


def _odd_number(plain: str, decimal_comma: bool) -> Reading | None:
    """Times, numbers with another behind them in brackets, numbers that say they are about right."""
    if (seconds := _seconds(plain)) is not None:
        return Reading(Kind.NUMBER, seconds, Unit.DURATION, Status.NUMBER)
    if match := _BESIDE.fullmatch(plain):
        first = _number(match["first"].strip(), decimal_comma)
        return first and Reading(first.kind, first.number, first.unit, first.status, first.marks, beside=match["second"])
    if match := _ABOUT.match(plain):
        rest = _number(plain[match.end() :].strip(), decimal_comma)
        return rest and Reading(rest.kind, rest.number, rest.unit, rest.status, (*rest.marks, "[e]"))
    return None


def _seconds(plain: str) -> float | None:
    """ "12:35", "00:12:35", "2m 31s", "1 hr 5 mins"; a time of day ("09:00") looks the same, and its column's heading decides."""
    match = _CLOCK.fullmatch(plain) or (_SPOKEN.fullmatch(plain) if plain[0].isdecimal() else None)
    if match is None or not any(match[name] for name in "dhms"):
        return None
    if plain[-1] in "dhms" and re.fullmatch(r"[\d.]+ ?[dhms]", plain):
        return None  # "5m" alone may as well be five million, or five metres
    groups = match.groupdict()
    days, hours, minutes, seconds = (float(groups[name] or 0) for name in "dhms")
    whole = 86_400 * days + 3_600 * hours + 60 * minutes + seconds
    return -whole if groups.get("sign") else whole


def seconds_of(value: object) -> float | None:
    """A time that Excel holds as a number, in seconds; None for days and for anything else."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, time):
        return 3_600 * value.hour + 60 * value.minute + value.second + value.microsecond / 1e6
    if isinstance(value, datetime) and value.year <= 1900 and value.time() != time():
        return (value - _EPOCH).total_seconds()
    return None


def is_time(value: object) -> bool:
    """Whether a cell holds a time or duration: no text and no day of a calendar."""
    return isinstance(value, timedelta | time) or (isinstance(value, date) and seconds_of(value) is not None)


def _why_none(plain: str) -> Reading | None:
    if plain in _ERRORS:
        return Reading(Kind.ERROR, status=Status.ERROR)
    kind = Kind.LETTER if plain in _LETTERS else Kind.MARK
    if plain in _SUPPRESSED or _BELOW.fullmatch(plain):
        return Reading(kind, status=Status.SUPPRESSED, marks=(plain,))
    return Reading(kind, status=Status.NOT_AVAILABLE, marks=(plain,)) if plain in _NOT_AVAILABLE else None


def _number(plain: str, decimal_comma: bool) -> Reading | None:
    if plain[0] not in "(+-£€$.0123456789":
        return None
    match = (_COMMA_NUMBER if decimal_comma else _NUMBER).fullmatch(plain)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = (match["sign"], match["sign2"], match["after"], match["open"])
    if sum(sign is not None for sign in signs) > 1 or (match["scale"] and not match["money"]):
        return None
    digits = match["digits"].replace(" ", "")
    digits = digits.replace(".", "").replace(",", ".") if decimal_comma else digits.replace(",", "")
    number = float(digits) * _SCALES[match["scale"]]
    negative = "-" in signs or match["open"] is not None
    unit = Unit.MONEY if match["money"] else Unit.PER_CENT if match["percent"] else None
    return Reading(Kind.NUMBER, -number if negative and number else number, unit, Status.NUMBER)


def _marked_number(plain: str, decimal_comma: bool) -> Reading | None:
    match = _MARKED.fullmatch(plain)
    read = _number(match["number"].strip(), decimal_comma) if match else None
    if match is None or read is None:
        return None
    bare = (mark.strip("[]()") for mark in re.findall(r"\[[^\]]*\]|\([^)]*\)|[^\s\[(]+", match["marks"]))
    marks = tuple(f"[{_SHORT.get(mark, mark)}]" for mark in bare)
    return Reading(Kind.NUMBER, read.number, read.unit, Status.NUMBER, marks)


def has_decimal_comma(text: str) -> bool:
    """Whether the text is a number only under a decimal comma: "0,67", "1.234,5"; "1,234" is not told."""
    return _DECIMAL_COMMA.fullmatch(text.strip()) is not None


def shown_number(value: float, percent: bool) -> float:
    """The number without the noise of binary sums, times 100 where the format shows a per cent: 0.79 gives 79.0."""
    if not percent and (value.is_integer() or len(repr(value)) < 17):
        return value
    clean = f"{value:.15g}"
    if not percent:
        return float(clean)
    if "e" not in clean and len(clean) < 15:
        return float(f"{clean}e2")
    mantissa, _, exponent = clean.partition("e")
    return float(f"{float(f'{mantissa}e{int(exponent or 0) + 2}'):.15g}")


@lru_cache(maxsize=2_000)
def format_unit(code: str) -> Unit | None:
    """The unit that a number format shows, None where it shows none. Text in quotes counts, colours and conditions do not."""
    literal = re.sub(r'"([^"]*)"', r"\1", re.sub(r"\[[^\]$]*\]", "", code.partition(";")[0])).replace("\\", "")
    if "%" in literal:
        return Unit.PER_CENT
    return Unit.MONEY if re.search(r"[£€]|\[\$[£€$]|^_?-?\$", literal) else None


@lru_cache(maxsize=2_000)
def shows_hundredfold(code: str) -> bool:
    """Whether the format shows 0.79 as 79%: a per cent sign of its own, not one in quotes."""
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.partition(";")[0])


@lru_cache(maxsize=2_000)
def hides_nought(code: str) -> bool:
    """Whether a format shows nothing where 0 stands: `0;-0;;@`, `#`, `;;;`."""
    if len(sections := re.sub(r'"[^"]*"|\\.', "x", code).split(";")) > 2:
        return not re.sub(r"\[[^\]]*\]|[_*].|\s", "", sections[2])
    return bool(sections[0]) and re.fullmatch(r"#[#,]*", re.sub(r"\[[^\]]*\]", "", sections[0])) is not None


@lru_cache(maxsize=2_000)
def shows_month_only(code: str) -> bool:
    """Whether a date format shows months without days: `mmm-yy`, `mmmm yyyy`."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.partition(";")[0].lower())
    return "m" in bare and "y" in bare and "d" not in bare and "h" not in bare
