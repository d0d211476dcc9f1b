"""Decisions: what stands after `Resolved`, `Decision`, `Agreed`, and sentences in which the meeting decides; one view of the typed clauses.
And figures as they were spoken, each with its type: percentage points are never per cent, a rank is never a rate."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import FigureType, NotedDecision, NotedFigure
from reportpack.read.minutes.action_sentences import LETTER
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.grammar.classes import DECIDING, NUMBERS, listed
from reportpack.read.minutes.grammar.clause import Clause, Mood, Told
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.labels import DECISION
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import GROUPS
from reportpack.read.minutes.wraps import Passage, line_at, sentences_of

_ALONE = listed("resolved decision decisions agreed")
_INTO_POST = listed("appoint elect adopt ratify")
_RULED = frozenset(DECIDING.values()) | listed("appoint elect accept note carry support")


def read_decisions(passages: Sequence[Passage], outline: Outline, taken: frozenset[int]) -> Iterator[NotedDecision]:
    """Labelled decisions first in confidence, then sentences that record one."""
    below = False
    for at, passage in enumerate(passages):
        text = passage.text
        item = outline.item_of_line(passages, passage.line) if passage.column else outline.path_at(at)
        if text.strip(" :.-*\u2013\u2014").lower() in _ALONE:
            below = True
            continue
        label = DECISION.fullmatch(text)
        if below and at not in outline.titles and SLOT.fullmatch(text) is None:
            yield NotedDecision(text, item, passage.line, 0.9)
        elif label is not None and label["text"]:
            for part in _parts(label["text"]):
                yield NotedDecision(part, item, passage.line, 0.95)
        elif passage.column and at not in taken and any(decides(one) for one in clauses_of(text)):
            yield NotedDecision(text, item, passage.line, 0.75)
        elif not passage.column and at not in outline.titles and at not in taken and item is not None:
            for spoken in sentences_of(passage, at):
                if any(decides(one) for one in clauses_of(spoken.words)):
                    yield NotedDecision(spoken.words, item, spoken.line, 0.7)
        below = False


def _parts(text: str) -> Iterator[str]:
    """`(a) that ...; and (b) that ...` are two."""
    for part in LETTER.split(text)[::2]:
        kept = part.strip(" ;")
        if kept:
            yield kept.removesuffix(" and").rstrip(" ;")


def decides(clause: Clause) -> bool:
    """Whether the meeting decides: nobody in particular, or a body, agrees, resolves, approves."""
    if clause.denied or clause.ready or clause.told is not Told.NOW or clause.mood not in (Mood.DECIDED, Mood.AGREED):
        return False
    if clause.mood is Mood.DECIDED or clause.deed in _INTO_POST:
        return True
    who = clause.actor.lower().split()
    return bool(who) and who[-1] in GROUPS - _POSTS and clause.by in _RULED


_POSTS = listed(
    "chair chairman chairwoman chairperson vice-chair officer commissioner constable director deputy secretary treasurer executive chief head manager lead sergeant inspector superintendent commander analyst clerk organiser minister force officers office"
)


_N = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,9}}(?:\.\d+)?|\b(?:{'|'.join(NUMBERS)})\b)"
_PER_CENT = r"\s?(?:%|per ?cent\b)"
_AREA = r"(?:LPAs?|areas?|forces?|districts?|boroughs?|counties|wards|stations|teams|sectors)"
_MOVED = "increase|decrease|reduction|rise|fall|drop|growth|improvement"
_FORMS = {
    FigureType.COUNT_OVER: rf"\b(?P<value>{_N}) (?:of the )?(?:\w+ )?{_AREA} (?:\w+ ){{0,3}}(?:over|above|more than|under|below|at least) \d[\d.,]*{_PER_CENT}?",
    FigureType.POINTS: rf"(?P<value>{_N})\s?(?:percentage[ -]points?|pp\b|ppts?\b|% ?pts?\b)",
    FigureType.RANK: r"\b(?:ranked |ranks |position )?(?P<value>\d{1,3})(?:st|nd|rd|th) (?:place )?(?:out )?of \d{1,3}(?: \w+)?|\branked (?:\w+ )?(?P<other>\d{1,3})(?:st|nd|rd|th)\b",
    FigureType.PER_CENT_CHANGE: rf"(?P<value>{_N}){_PER_CENT} (?:{_MOVED}|up\b|down\b|higher|lower)"
    rf"|(?:increase|decrease|reduc|rise|rose|risen|f[ae]ll|fallen|drop|grow|grew|up|down)\w*(?: in [\w ]{{1,40}})? (?:of|by) (?:about |around |approximately )?(?P<other>{_N}){_PER_CENT}",
    FigureType.SHARE: rf"(?:approximately |about |around |some |only |top |just )?(?P<value>{_N}){_PER_CENT} (?:of|is down to|are|were|is|was|down to)\b",
    FigureType.PER_CENT: rf"(?P<value>{_N}){_PER_CENT}",
    FigureType.MONEY: r"\u00a3(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?)\s?(?P<scale>k\b|m\b|bn\b|million|billion|thousand)?",
}
"""How each is spoken; what an earlier form has taken, a later one does not."""
_PATTERNS = {kind: re.compile(form, re.IGNORECASE) for kind, form in _FORMS.items()}
_SIGNS = listed("% ercent er_cent oint pp pt ranked place \u00a3 st_of nd_of rd_of th_of _out_of")
"""What a text must hold before the forms are tried on it."""
_SCALES = {"bn": 1e9, "billion": 1e9, "million": 1e6, "m": 1e6, "thousand": 1e3, "k": 1e3}


def read_figures(passages: Sequence[Passage], outline: Outline) -> Iterator[NotedFigure]:
    """Every figure with a type, in the order of the notes; a range of characters is read once."""
    for at, passage in enumerate(passages):
        text, item = passage.text[:20_000], outline.path_at(at)
        found: list[tuple[int, int, NotedFigure]] = []
        for kind, pattern in _PATTERNS.items() if item is not None and any(sign in text for sign in _SIGNS) else ():
            for match in pattern.finditer(text):
                if not any(match.start() < end and start < match.end() for start, end, _ in found):
                    figure = NotedFigure(match[0], kind, _value(match), item, line_at(passage, match.start()))
                    found.append((*match.span(), figure))
        yield from (figure for *_, figure in sorted(found, key=lambda one: one[0]))


def _value(match: re.Match[str]) -> float | None:
    fields = match.groupdict()
    text = (fields.get("value") or fields.get("other") or "").lower().replace(",", "")
    value = float(NUMBERS[text]) if text in NUMBERS else float(text) if text else None
    return value * _SCALES.get((fields.get("scale") or "").lower(), 1.0) if value is not None else None
