"""The lines of the form that `minutes new` writes, of which empty ones say nothing; and the notes word for word, without what says nothing."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from reportpack import patterns as re
from reportpack.model.minutes import NotedPassage, NotedQuestion
from reportpack.model.minutes_form import OUTCOMES
from reportpack.read.minutes.labels import ITEM_NUMBER, action_label
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import split_owners
from reportpack.read.minutes.wraps import Passage
from reportpack.records import Record

SLOT = re.compile(
    r"(?i)(?P<slot>outcome|question|answer|commitment|decision|action|discussion|update)s?(?: (?:from|by|of) (?P<who>[A-Z][^:]{0,50}?))?(?: (?:for|to) (?P<whom>[A-Z][^:]{0,50}))?\s*:\s*(?P<text>.*)"
)
HELP = "Type under each heading as you wish"
_TICKED = re.compile(
    r"[\u2611\u2612\u2713\u2714]\s*(?P<after>[^\u2610\u2611\u2612\u2713\u2714\[\]]+)|(?:\[[xX]\]\s*|\b(?i:x|y|yes)\s+|\bx(?=(?i:closed|carried|superseded|not reached)))(?P<plain>[^\u2610\u2611\u2612\u2713\u2714\[\]]+)"
)
_LABELS = re.compile(r"(?:\u2610|\[ ?\]) ?(?:" + "|".join(OUTCOMES) + r")\b")
_FIELDS = ("type:", "date:", "time:", "venue:", "place:")
_BOXES = re.compile(r"[\u2610\u2611\u2612\u2713\u2714]|\[[ xX]\]")


class FormLines(Record):
    """What the form's own lines say: outcomes by the item they stand in, and questions. `passages` say nothing of what was discussed:
    questions, outcomes, empty slots; `slots` are all lines with a label of the form."""

    outcomes: tuple[tuple[str, str], ...]
    questions: tuple[NotedQuestion, ...]
    passages: frozenset[int]
    slots: frozenset[int] = frozenset()


def read_form_lines(passages: Sequence[Passage], outline: Outline) -> FormLines:
    """The slots that are filled, and where all of them stand."""
    outcomes, used, slots = list[tuple[str, str]](), set[int](), set[int]()
    for at, passage in enumerate(passages):
        match = SLOT.fullmatch(passage.text) if ":" in passage.text[:80] else None
        used |= {at} if passage.text.startswith(HELP) else set()
        slots |= {at} if match is not None or passage.text.lower().startswith(_FIELDS) else set()
        if match is None:
            continue
        if (slot := match["slot"].lower()) in ("outcome", "question") or not match["text"]:
            used.add(at)
        item = outline.path_at(at)
        if slot == "outcome" and item is not None and (outcome := ticked(match["text"])):
            outcomes.append((item, outcome))
    return FormLines(tuple(outcomes), tuple(_questions(passages, outline)), frozenset(used), frozenset(slots | used))


def chosen(text: str) -> str | None:
    """A line of boxes with only the one that is ticked; empty when none is, None when it is no such line."""
    if (match := SLOT.fullmatch(text)) is None or match["slot"].lower() != "outcome" or _BOXES.search(match["text"]) is None:
        return None
    outcome = ticked(match["text"])
    return f"Outcome: {outcome}" if outcome else ""


def ticked(text: str) -> str:
    """The outcome that is ticked, else the words that stand there beside the form's own; empty when none is, or several are."""
    if ticks := [" ".join((one["after"] or one["plain"]).split()).strip(" .") for one in _TICKED.finditer(text)]:
        return ticks[0] if len(ticks) == 1 else ""
    return " ".join(_BOXES.sub("", _LABELS.sub("", text)).split()).strip(" .")


def _questions(passages: Sequence[Passage], outline: Outline) -> Iterator[NotedQuestion]:
    for at, passage in enumerate(passages):
        match = SLOT.fullmatch(passage.text) if passage.text[:8].lower() == "question" else None
        if match is None or not match["text"]:
            continue
        asked = split_owners(match["who"]) if match["who"] else ()
        words, line, who = _answer(passages, at, outline)
        yield NotedQuestion(match["text"], asked, outline.path_at(at), passage.line, words, split_owners(who), line)


def _answer(passages: Sequence[Passage], at: int, outline: Outline) -> tuple[str | None, str | None, str]:
    near = takewhile(lambda step: step not in outline.titles, range(at + 1, min(at + 4, len(passages))))
    slots = ((step, match) for step in near if (match := SLOT.fullmatch(passages[step].text)) is not None)
    step, match = next(slots, (0, None))
    if match is None or match["slot"].lower() != "answer":
        return None, None, ""
    step += not match["text"]
    if not match["text"] and (step == len(passages) or step in outline.titles or _is_slot(passages[step].text)):
        return None, None, ""
    return match["text"] or passages[step].text, passages[step].line, match["who"] or ""


def read_passages(passages: Sequence[Passage], outline: Outline, head: frozenset[int]) -> Iterator[NotedPassage]:
    """Every passage that is neither head nor title; what stands before the first item has no item."""
    for at, passage in enumerate(passages):
        if at in head or at in outline.titles or passage.text.startswith(HELP) or _says_nothing(passages, at, outline):
            continue
        item = outline.item_at(at)
        if item is None and at < min(outline.starts, default=0) and len(passage.text) < 60 and not passage.cells:
            continue
        bullet = bool(passage.mark) and not passage.mark[:1].isdigit()
        cells = tuple(cell.strip() for cell in passage.cells)
        shown = chosen(passage.text) or passage.shown
        yield NotedPassage(shown, item.path if item is not None else None, passage.names, bullet, cells)


def _says_nothing(passages: Sequence[Passage], at: int, outline: Outline) -> bool:
    """A number that its title has taken, boxes with none ticked, or a slot of the form that nobody filled: nothing but the next one stands below it."""
    text = passages[at].text
    if ITEM_NUMBER.fullmatch(text) or chosen(text) == "":
        return True
    if not text.endswith(":") or not _is_slot(text):
        return False
    below = at + 1
    return below == len(passages) or below in outline.titles or _is_slot(passages[below].text)


def _is_slot(text: str) -> bool:
    return SLOT.fullmatch(text) is not None or action_label(text) is not None
