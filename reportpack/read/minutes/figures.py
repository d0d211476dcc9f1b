"""Figures as they were spoken, each with its type: percentage points are never per cent, a rank is never a rate."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import FigureType, NotedFigure
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.wraps import Passage

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_WORD = "|".join(_NUMBERS)
_N = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,9}}(?:\.\d+)?|\b(?:{_WORD})\b)"
_PER_CENT = r"\s?(?:%|per ?cent\b)"
_AREA = r"(?:LPAs?|areas?|forces?|districts?|boroughs?|counties|wards|stations|teams|sectors)"
_PATTERNS = (
    (
        FigureType.COUNT_OVER,
        re.compile(
            rf"\b(?P<value>{_N}) (?:of the )?(?:\w+ )?{_AREA} (?:\w+ ){{0,3}}(?:over|above|more than|under|below|at least) \d[\d.,]*{_PER_CENT}?",
            re.IGNORECASE,
        ),
    ),
    (FigureType.POINTS, re.compile(rf"(?P<value>{_N})\s?(?:percentage[ -]points?|pp\b|ppts?\b|% ?pts?\b)", re.IGNORECASE)),
    (
        FigureType.RANK,
        re.compile(
            r"\b(?:ranked |ranks |position )?(?P<value>\d{1,3})(?:st|nd|rd|th) (?:place )?(?:out )?of \d{1,3}(?: \w+)?|\branked (?:\w+ )?(?P<other>\d{1,3})(?:st|nd|rd|th)\b",
            re.IGNORECASE,
        ),
    ),
    (
        FigureType.PER_CENT_CHANGE,
        re.compile(
            rf"(?P<value>{_N}){_PER_CENT} (?:increase|decrease|reduction|rise|fall|drop|growth|improvement|up\b|down\b|higher|lower)|(?:increase|decrease|reduc|rise|rose|risen|f[ae]ll|fallen|drop|grow|grew|up|down)\w*(?: in [\w ]{{1,40}})? (?:of|by) (?:about |around |approximately )?(?P<other>{_N}){_PER_CENT}",
            re.IGNORECASE,
        ),
    ),
    (
        FigureType.SHARE,
        re.compile(
            rf"(?:approximately |about |around |some |only |top |just )?(?P<value>{_N}){_PER_CENT} (?:of|is down to|are|were|is|was|down to)\b",
            re.IGNORECASE,
        ),
    ),
    (FigureType.PER_CENT, re.compile(rf"(?P<value>{_N}){_PER_CENT}", re.IGNORECASE)),
    (
        FigureType.MONEY,
        re.compile(
            r"\u00a3(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?)\s?(?:k\b|m\b|bn\b|million|billion|thousand)?",
            re.IGNORECASE,
        ),
    ),
)
_PARTS = ("%", "er cent", "ercent")
_SIGNS = {
    FigureType.COUNT_OVER: _PARTS,
    FigureType.POINTS: ("oint", "pp", "pt"),
    FigureType.RANK: ("ranked", "th of", "st of", "nd of", "rd of", "th out", "st out", "nd out", "rd out", "place"),
    FigureType.PER_CENT_CHANGE: _PARTS,
    FigureType.SHARE: _PARTS,
    FigureType.PER_CENT: _PARTS,
    FigureType.MONEY: ("\u00a3",),
}
"""What a text must hold before a pattern is tried on it."""
_SCALES = (("bn", 1e9), ("billion", 1e9), ("million", 1e6), ("m", 1e6), ("thousand", 1e3), ("k", 1e3))


def read_figures(passages: Sequence[Passage], outline: Outline) -> Iterator[NotedFigure]:
    """Every figure with a type, in the order of the notes; a range of characters is read once."""
    for at, passage in enumerate(passages):
        text = passage.text
        if outline.item_at(at) is None:
            continue
        item = outline.path_at(at)
        taken: list[tuple[int, int]] = []
        found: list[tuple[int, NotedFigure]] = []
        for kind, pattern in _PATTERNS:
            if not any(sign in text for sign in _SIGNS[kind]):
                continue
            for match in pattern.finditer(text[:20_000]):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                taken.append(match.span())
                found.append(
                    (match.start(), NotedFigure(match.group(0), kind, _value(match, kind), item, _line(passage, match.start())))
                )
        yield from (figure for _, figure in sorted(found, key=lambda one: one[0]))


def _line(passage: Passage, position: int) -> str:
    from reportpack.read.minutes.sentences import line_at

    return line_at(passage, position)


def _value(match: re.Match[str], kind: FigureType) -> float | None:
    fields = match.groupdict()
    text = (fields.get("value") or fields.get("other") or "").lower().replace(",", "")
    if text in _NUMBERS:
        return float(_NUMBERS[text])
    try:
        value = float(text)
    except ValueError:
        return None
    if kind is FigureType.MONEY:
        tail = match.group(0).lower()
        value *= next((scale for word, scale in _SCALES if tail.endswith(word)), 1.0)
    return value
