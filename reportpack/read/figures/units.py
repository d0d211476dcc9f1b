"""Which unit a heading's words give: count, per cent, rate, money, days, rank. None where they give none."""

from collections.abc import Sequence
from functools import lru_cache

from reportpack import patterns as re
from reportpack.model.observation import Unit

_PER_CENT = re.compile(r"%|\bper ?cent\b|\bpercentages?\b|\bpct\b|\bppts?\b")
_RATE = re.compile(
    r"\bper (?:\d[\d,]*|thousand|hundred thousand|head|officer|household|capita|million)\b|/ ?1,?000\b|\brates?\b(?! card)"
)
_MONEY_WORDS = "gbp|pounds(?: sterling)?|costs?|spend|spending|budget|expenditure|price|salary|income|revenue|savings?|fee|amount paid|value of"
_MONEY = re.compile(rf"[£€]|\$|\b(?:{_MONEY_WORDS})\b")
_DURATION = re.compile(
    r"\b(?:time|wait(?:ing)?(?: time)?|duration|response)s?\b.*\((?:in )?(?:(?:h+:)?m+:s+|h+:m+(?::s+)?|sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?)\)"
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
_COUNT = re.compile(rf"\b(?:{'|'.join(_COUNT_WORDS)})\b|^no\.?$")
_IN_TURN = (
    (Unit.PER_CENT, _PER_CENT),
    (Unit.RANK, _RANK),
    (Unit.RATE, _RATE),
    (Unit.MONEY, _MONEY),
    (Unit.DURATION, _DURATION),
    (Unit.DAYS, _DAYS),
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
    bracketed = _BRACKETED.search(plain)
    if bracketed and (unit := unit_of(bracketed[1])) is not None:
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
