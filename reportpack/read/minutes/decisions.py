"""Decisions: what the notes call decided, resolved, approved or agreed; verbatim."""

import re
from collections.abc import Iterator, Sequence

from reportpack.model.minutes import NotedDecision
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.labels import DECISION
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.sentences import sentences_of
from reportpack.read.minutes.wraps import Passage

_AGREED = re.compile(
    r"(?:^|\b)(?:it was (?:also |further )?(?:agreed|decided|resolved|determined)|(?:the )?[A-Z][\w ]{0,40}? (?:agreed|decided|resolved|approved|endorsed)(?: that| to| on| the| with|$)|agreed that|agreed to\b"
    r"|(?:was|were) (?:duly )?(?:approved|endorsed|ratified|appointed|not supported|supported)\b|appointed \w+|minutes (?:were |was )?(?:formally )?(?:agreed|approved|accepted)|motion carried)"
)
_COLUMN = re.compile(r"\b(?:appointed|approved|agreed|accepted|endorsed|noted)\b", re.IGNORECASE)
_PERSON_AGREED = re.compile(r"^(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)? agreed to\b")
_RESOLVED_ALONE = re.compile(r"\W{0,2}(?:resolved|decisions?|agreed)\W{0,3}", re.IGNORECASE)
_LETTER = re.compile(r"\s*;?\s*(?:and )?\((?:[a-z]|[ivx]{1,4})\)\s*")


def read_decisions(passages: Sequence[Passage], outline: Outline, taken: frozenset[int]) -> Iterator[NotedDecision]:
    """Labelled decisions first in confidence, then sentences that record one."""
    below = False
    for at, passage in enumerate(passages):
        text = passage.text
        item = outline.item_of_line(passages, passage.line) if passage.column else outline.path_at(at)
        if _RESOLVED_ALONE.fullmatch(text) and len(text) < 20:
            below = True
            continue
        label = DECISION.fullmatch(text)
        if below and at not in outline.titles and SLOT.fullmatch(text) is None:
            yield NotedDecision(text, item, passage.line, 0.9)
        elif label is not None and label["text"]:
            for part in _LETTER.split(label["text"]):
                if part.strip():
                    yield NotedDecision(part.strip(), item, passage.line, 0.95)
        elif passage.column and at not in taken and _COLUMN.search(text):
            yield NotedDecision(text, item, passage.line, 0.75)
        elif not passage.column and at not in outline.titles and item is not None:
            yield from _said(passage, at, item, taken)
        below = False


def _said(passage: Passage, at: int, item: str, taken: frozenset[int]) -> Iterator[NotedDecision]:
    if at in taken or (
        "gree" not in passage.text
        and "ppro" not in passage.text
        and "ecided" not in passage.text
        and "esolved" not in passage.text
        and "ppointed" not in passage.text
        and "ndorsed" not in passage.text
        and "otion" not in passage.text
    ):
        return
    for spoken in sentences_of(passage, at):
        if _AGREED.search(spoken.words) and not _PERSON_AGREED.match(spoken.words):
            yield NotedDecision(spoken.words, item, spoken.line, 0.7)
