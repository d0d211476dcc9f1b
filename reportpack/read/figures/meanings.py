"""What the words around figures say of their meaning: their unit, rolling or to date, target or actual, thousands, provisional, on which basis.

Each text is read by itself; which text goes before which is settled where a table is put together.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from reportpack import patterns as re
from reportpack.model.observation import Finality, Nature, Reach, Unit
from reportpack.model.period import Period
from reportpack.read.figures.titles import find_periods
from reportpack.records import Record

_PER_CENT = re.compile(r"%|\bper ?cent\b|\bpercentages?\b|\bpct\b|\bppts?\b")
_RATE = re.compile(
    r"\bper (?:\d[\d,]*|thousand|hundred thousand|head|officer|household|capita|million)\b|/ ?1,?000\b|\brates?\b(?! card)"
)
_MONEY_WORDS = "gbp|pounds(?: sterling)?|costs?|spend|spending|budget|expenditure|price|salary|income|revenue|savings?|fee|amount paid|value of"
_MONEY = re.compile(rf"[£€]|\$|\b(?:{_MONEY_WORDS})\b")
_DURATION = re.compile(
    r"\b(?:time|wait(?:ing)?(?: time)?|duration|response)s?\b.*\((?:in )?(?:(?:h+:)?m+:s+|h+:m+(?::s+)?|sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?)\)"
    r"|\b(?:average|avg|mean|median|longest|shortest|max(?:imum)?)\b.*\((?:in )?(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?)\)"
    r"|\((?:\[?h+\]?:m+(?::s+)?|m+:s+)\)"
    r"|\b(?:in|\() ?(?:seconds|secs|minutes|mins)\)?$|^(?:seconds|secs|minutes|mins)$"
)
_TARGET_WORDS = re.compile(r"\([^()]*\b(?:targets?|goal|standard)\b[^()]*\)|\b(?:target|standard)(?: of)?:? ?[\d.]+ ?%?")
_CONFIDENCE = re.compile(r"\b(?:9[059]|99) ?(?:%|per ?cent) ?(?=ci\b|cl\b|confidence|lower|upper|limit|interval)")
_WITHIN_TIME = re.compile(
    r"\b(?:within|in under|under|over|in less than|exceeding)\b.*\d+ ?(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|days?)\b"
)
_DAYS = re.compile(
    r"^(?:working |calendar |average |mean |median )*days?\b|\(days\)|\bin days\b|\bdays (?:lost|taken|to)\b"
    r"|\b(?:number of|average|mean|median) (?:working |calendar )?days\b"
)
_RANK = re.compile(
    r"^(?:(?:national|force|msg|overall) )?rank(?:ing)?s?(?: \(?(?:of|out of|position)\b.*)?$"
    r"|\(rank\)|\branking\b|\bposition \(of|^rank of"
)
_COUNT_WORDS = (
    *("numbers?", r"no\. of", "counts?", "volumes?", "headcount", "ftes?", "full[- ]time equivalents?", "population"),
    *("households?", "offences?", "incidents?", "crimes?", "victims?", "thousands?", "quantity", "cases", "arrests"),
    *("complaints", "respondents", "base", "sample size"),
)
_INDEX = re.compile(
    r"\b(?:price|volume|output|severity|deprivation|value|cost|production|confidence) (?:index|indices)\b|\bindex of\b"
)
_COUNT = re.compile(rf"\b(?:{'|'.join(_COUNT_WORDS)})\b|^no\.?$")
_IN_TURN = (
    (Unit.PER_CENT, _PER_CENT),
    (Unit.RANK, _RANK),
    (Unit.RATE, _RATE),
    (Unit.MONEY, _MONEY),
    (Unit.DURATION, _DURATION),
    (Unit.DAYS, _DAYS),
    (Unit.UNKNOWN, _INDEX),
    (Unit.COUNT, _COUNT),
)
"""What a heading says goes by the first of these that it has words of."""
_UNIT_WORDS = (
    *("numbers?", r"no\.?", "n", "counts?", "volumes?", "headcount", "fte", "full[- ]time equivalents?", "%", "per ?cent"),
    *("percentages?", "percentage change", "% change", "rates?", r"rate per [\d,]+(?: [a-z]+)?", "£", "£ ?'?0*s?"),
    *("£ ?(?:m|million|thousand|000s?)", "thousands?", "numbers? and percentages?", "days", "pounds(?: sterling)?", "gbp"),
)
_GLUED_NOTE = re.compile(r"(?<=[a-z]{4})\d{1,2}$")
_BRACKETED = re.compile(r"\(([^()]*)\)$")
_KINDS = r"(?:numbers?|counts?|volumes?|rates?|percentages?|per ?cents?|%|costs?|proportions?|change)"
_SEVERAL = re.compile(rf"\b{_KINDS}(?:,| and| &|/) ?{_KINDS}\b")
"""A title that speaks of figures of several units gives none of them to all columns."""
_NUMBER_OF = re.compile(r"\bnumbers? of\b|, numbers?$")
_ONLY_UNIT = re.compile(f"(?:{'|'.join(_UNIT_WORDS)})")


@lru_cache(maxsize=20_000)
def unit_of(text: str) -> Unit | None:
    """The unit that the words of one heading give."""
    plain = _GLUED_NOTE.sub("", " ".join(text.lower().split()))
    plain = _CONFIDENCE.sub("", _TARGET_WORDS.sub("", plain)).strip()
    if (bracketed := _BRACKETED.search(plain)) and (unit := unit_of(bracketed[1])) is not None:
        return unit
    told = (unit for unit, pattern in _IN_TURN if pattern.search(plain))
    return next((unit for unit in told if unit is not Unit.DURATION or not _WITHIN_TIME.search(plain)), None)


def title_unit(title: str, titles: Sequence[str]) -> Unit | None:
    """The unit that the lines above a table give: a line of its own ("£ million", "Full-time equivalents"), else the title."""
    for text in reversed(titles):
        bare = text.rpartition(":")[2].strip()
        if is_only_unit(bare) and (unit := unit_of(bare)) is not None:
            return unit
    if _NUMBER_OF.search(title.lower()) and not _PER_CENT.search(title.lower()):
        return Unit.COUNT
    if _SEVERAL.search(title.lower()):
        return None
    unit = unit_of(title)
    return unit if unit is not Unit.COUNT else None


@lru_cache(maxsize=20_000)
def is_only_unit(text: str) -> bool:
    """Whether a heading says a unit and nothing else: "Numbers", "%", "Rate per 1,000 population"."""
    plain = " ".join(text.lower().split())
    return plain in ("%", "£") or _ONLY_UNIT.fullmatch(plain.strip("():* 0123456789") or "-") is not None


_ROLLING = re.compile(
    r"\brolling\b|\bmoving (?:annual )?(?:total|average|mean)\b|\bm\.?a\.?t\b|\br ?12 ?m?\b|\b12 ?mth?s? (?:total|avg)\b"
    r"|\b(?:three|six|twelve|\d{1,2})[ -]?(?:months?|mths?|m) (?:rolling|moving|average|total|to|ending|ended)\b|\byear rolling\b|\byears? (?:ending|ended):?$"
)
_MONTHS = re.compile(r"\b(?P<n>\d{1,2}|three|six|twelve)[ -]?(?:months?|mths?|m)\b|\br ?(?P<r>\d{1,2})(?: ?m)?\b")
_WORDS = {"three": 3, "six": 6, "twelve": 12}
_CUMULATIVE = re.compile(r"\bcumulativ\w*\b|\bcum\b\.?|\brunning total\b|\baccumulat\w+\b")
_TO_DATE = re.compile(
    r"\b(?:fy?)?ytd\b|\byear[ -]to[ -]date\b|\bso far this year\b|\(to [a-z]{3,9}\)|\b(?:april|apr|year|fy) to date\b"
)
_MONTHLY = re.compile(r"\bmonthly\b|\b(?:in|this|the|each|per|by) month\b|\bin-month\b|\bdiscrete\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_TARGET = re.compile(
    r"(?<!against )(?<!within )(?<!met )(?<!meeting )(?<!above )(?<!below )(?<!of )(?<!on )(?<!exceeding )(?<!outside )(?<!achieving )"
    r"\b(?:targets?|trajectory|ambition|threshold|plan|planned|budget|budgeted|profiled?)(?: for)?(?: ?\d{4}.*)?(?:$| ?[:/,%£]| \d)|^targets?\b(?! (?:met|hit))"
)
_FORECAST = re.compile(r"\b(?:forecasts?|projected|projections?|predicted|outturn forecast|expected outturn)\b")
_DIFFERENCE = re.compile(
    r"\b(?:% ?)?(?:changes?|difference|diff|variance|var(?=\.|$)|increase|decrease|movement|versus|vs|gap|shortfall|deviation)\b|\bcompared (?:with|to)\b|\+ ?/ ?-|±"
)
_LIMIT = re.compile(
    r"\b(?:lower|upper|low|high|lo|hi)\b.*\b(?:c\.?i\.?|cl|limits?|bounds?|confidence|9[059] ?%)|\b(?:lcl|ucl|lci|uci|l95|u95)\b"
    r"|\b(?:lower|upper)\b.*9[059]|\bconfidence (?:interval|limit)s?\b|\bmargin of error\b|9[059] ?% ?(?:c\.?i\.?|cl)\b"
)
_PER = re.compile(
    r"\bper (?P<base>(?:\d[\d,]*|hundred|thousand|million|hundred thousand)(?: [a-z]+){0,3}|head|officer|household|capita|case)"
)
_SHARE = re.compile(r"(?:%|\bper ?cent(?:age)?|\bproportion|\bshare) of (?P<base>[a-z][a-z -]{2,50})")
_BASE = re.compile(r"\b(?:base|n) ?[:=] ?(?P<base>[^()]{1,60})")
_SCALES = (
    (1e9, re.compile(r"£ ?bn\b|\bbillions?\b|\bgbp ?bn\b|\(bn\)")),
    (1e6, re.compile(r"£ ?mn?\b|\bmillions?\b|\bgbp ?mn?\b|\(m\)|\bm ?£")),
    (
        1e3,
        re.compile(
            r"(?<![\d,.])['\u2018\u2019]?0{3}['\u2018\u2019]?s?\b|\bthousands?\b|£ ?k\b|\bgbp ?k\b|\(k\)|(?<!\d)1,?000s\b"
        ),
    ),
    (1e2, re.compile(r"\bhundreds\b(?! of)")),
)
_MINUTES = re.compile(r"(?:\(|\bin |^)(?P<unit>minutes|mins?|hours|hrs?|seconds|secs?)\)?$")
"""A time that is given as a number of minutes or hours."""
_IN_TITLE = re.compile(
    r"(?:^|[(,:;|-] ?|\bin |\()(?:£ ?|gbp ?|pounds? )?(?:sterling )?['\u2018\u2019]?(?:0{3}['\u2018\u2019]?s?|thousands?|millions?|billions?|m|mn|bn|k|hundreds)"
    r"(?: of (?:pounds|people|hours|households|offences|calls))?\s*(?:$|[),;:|])|£ ?(?:m|mn|bn|k|'?0{3}'?s?|millions?|thousands?|billions?)\b"
)
_FINAL = (
    (
        Finality.PROVISIONAL,
        re.compile(r"\bprovisional\b|\bprov\b|\bdraft\b|\bunvalidated\b|\bnot (?:yet )?validated\b|\bsubject to change\b"),
    ),
    (Finality.REVISED, re.compile(r"\brevised\b|\brevision\b|\(rev\.?\)")),
    (Finality.ESTIMATE, re.compile(r"\bestimate[sd]?\b|\best\.\)|\(est\.?\)|\bapprox\w*\b")),
)
_GLUED = {"p": Finality.PROVISIONAL, "r": Finality.REVISED, "e": Finality.ESTIMATE}
_MARK = re.compile(r"(?:\d ?(?P<m>[pre])|[\[(](?P<b>[pre])[\])])$")
_SAID_OF = re.compile(
    r"\b(?:figures?|data|values?|numbers?|results?|months?|counts?)\b(?:[^.]*?\bfor (?P<when>[^.]*?))? (?:are|is|remain|may be) (?:still |all |currently )?"
    r"(?P<word>provisional|draft|unvalidated|estimated?s?|revised|subject to change)"
)
_BASIS = re.compile(
    r"(?P<basis>[^(),:;]*\b(?:boundar(?:y|ies)|(?:constant|current|\d{4}(?:[/-]\d\d)?) prices|seasonally adjusted|weighted|unweighted"
    r"|exclud\w+|excl\.?|includ\w+|incl\.?|not adjusted|restated|like[- ]for[- ]like)\b[^(),:;]*)"
)


class Said(Record):
    """What one text says. Parts that it does not speak of are None, empty or 0."""

    reach: Reach | None = None
    months: int = 0
    monthly: bool = False
    nature: Nature | None = None
    scale: float = 0.0
    base: str = ""
    finality: Finality | None = None
    basis: str = ""


SILENT = Said()


@lru_cache(maxsize=20_000)
def said_by(text: str, *, title: bool = False) -> Said:
    """What a heading, a row's label or (`title`) a line above the table says; a title alone makes nothing a target or a difference."""
    if len(plain := " ".join(text.lower().replace("\u2019", "'").split())) > 400:
        return SILENT
    bare = _BRACKETS.sub(" ", plain).strip()
    reach, months = _reach(plain)
    nature = _nature(plain, bare) if not title else Nature.CUMULATIVE if _CUMULATIVE.search(plain) else None
    basis = _BASIS.search(plain)
    base = next((match["base"].strip() for match in (_PER.search(plain), _BASE.search(plain), _SHARE.search(bare)) if match), "")
    kind = reach, months, bool(_MONTHLY.search(plain)), nature
    said = Said(*kind, _scale(plain, title), base, _finality(plain), basis["basis"].strip() if basis else "")
    return said if said != SILENT else SILENT


def _reach(plain: str) -> tuple[Reach | None, int]:
    if _CUMULATIVE.search(plain) or _TO_DATE.search(plain):
        return Reach.YEAR_TO_DATE, 0
    if not _ROLLING.search(plain):
        return None, 0
    match = _MONTHS.search(plain)
    words = (match["n"] or match["r"]) if match else ""
    months = _WORDS.get(words) or int(words or 12)
    return Reach.ROLLING, months if 1 < months <= 60 else 12


def _nature(plain: str, bare: str) -> Nature | None:
    if _LIMIT.search(plain):
        return Nature.LIMIT
    in_turn = ((Nature.DIFFERENCE, _DIFFERENCE), (Nature.TARGET, _TARGET), (Nature.FORECAST, _FORECAST))
    plainly = Nature.CUMULATIVE if _CUMULATIVE.search(plain) else None
    return next((nature for nature, pattern in in_turn if pattern.search(bare)), plainly)


def _scale(plain: str, title: bool) -> float:
    """1,000 for "£000s" or "thousands"; what stands behind "per" is a base and no scale."""
    if match := _MINUTES.search(plain):
        return {"h": 3600.0, "m": 60.0, "s": 0.0}[match["unit"][0]]
    without = _PER.sub("", plain)
    if title and not _IN_TITLE.search(without):
        return 0.0
    return next((scale for scale, pattern in _SCALES if pattern.search(without)), 0.0)


def _finality(plain: str) -> Finality | None:
    if match := _MARK.search(plain):
        return _GLUED[match["m"] or match["b"]]
    return next((finality for finality, pattern in _FINAL if pattern.search(plain)), None)


def said_in_notes(notes: Iterable[str]) -> tuple[tuple[tuple[Period, ...], Finality, str], ...]:
    """Of notes below a table what they say of its figures: the periods (none: of all), how final, and the note."""
    found = []
    for note in notes:
        if match := _SAID_OF.search(" ".join(note.lower().split())[:500]):
            finality = _finality(match["word"]) or Finality.PROVISIONAL
            found.append((find_periods(match["when"] or ""), finality, note))
    return tuple(found)


_PARTS = ("reach", "nature", "scale", "base", "finality", "basis")


def joined(parts: Iterable[tuple[str, str, Said]]) -> tuple[Said, tuple[tuple[str, str], ...]]:
    """One meaning of many texts, the first that speaks of a part deciding it; and for each part where it was said."""
    kept: dict[str, Said] = {}
    told: dict[str, str] = {}
    monthly = False
    for where, _, said in parts:
        monthly = monthly or (said.monthly and not said.reach and "reach" not in kept)
        for part in _PARTS:
            if getattr(said, part) and part not in kept and not (part == "reach" and monthly):
                kept[part], told["span" if part == "reach" else part] = said, where
    reach, nature, scale, base, finality, basis = (kept.get(part, SILENT) for part in _PARTS)
    whole = Said(reach.reach, reach.months, monthly, nature.nature, scale.scale, base.base, finality.finality, basis.basis)
    return whole, tuple(told.items())
