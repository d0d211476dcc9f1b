"""The forward plan: what comes back when."""

from collections.abc import Iterator
from datetime import date

from reportpack.compose.actions import action_id
from reportpack.compose.occasions import occasion_words
from reportpack.compose.setting import Setting
from reportpack.model.agenda_view import ForwardEntry
from reportpack.model.pack import ForwardGroup, ForwardLine
from reportpack.model.period import long_date
from reportpack.model.words import Sentence


def compose_forward(setting: Setting) -> tuple[ForwardGroup, ...]:
    """A group for each later occasion that anything comes back at."""
    return tuple(
        ForwardGroup(_occasion(entry), entry.occasion.meeting is not None, tuple(_lines(entry, setting)))
        for entry in setting.view.forward
        if entry.matters or entry.actions or entry.commitments or entry.occasion.meeting is not None
    )


def _occasion(entry: ForwardEntry) -> str:
    meeting = entry.occasion.meeting
    if meeting is not None:
        return f"{occasion_words(entry.occasion)}, {meeting.title}"
    return occasion_words(entry.occasion) or "No date stated"


def _lines(entry: ForwardEntry, setting: Setting) -> Iterator[ForwardLine]:
    for matter in entry.matters:
        yield ForwardLine(
            "Matter",
            matter.matter.ref,
            matter.matter.title,
            _note(matter.matter.condition, setting.readiness(matter.matter.awaits, matter.measures)),
        )
    for view in entry.actions:
        action = view.action
        yield ForwardLine(
            "Action",
            action.ref,
            action.title or action.words,
            _note(action.condition, setting.readiness(action.awaits, view.measures), action.due),
            action_id(action.ref),
        )
    for commitment in entry.commitments:
        yield ForwardLine("Commitment", commitment.ref, commitment.words, Sentence.of())


def _note(condition: str, readiness: Sentence, due: date | None = None) -> Sentence:
    """The day it is due, where it has one, and what has to happen first."""
    parts = [f"Due {long_date(due)}" if due else "", f"Condition: {condition}" if condition else "", readiness.text]
    return Sentence.of("; ".join(filter(None, parts)))
