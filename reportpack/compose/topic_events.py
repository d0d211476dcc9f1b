"""What was promised and asked on a topic, and what came of it, in the order of days."""

from collections.abc import Iterable, Iterator

from reportpack.compose.actions import action_line
from reportpack.compose.commitments import entries_for
from reportpack.compose.matters import matter_id
from reportpack.compose.setting import Setting
from reportpack.model.agenda_view import MatterView, Occasion, TopicView
from reportpack.model.pack import Link, TopicEvent
from reportpack.model.period import Period
from reportpack.model.words import Sentence

_Dated = tuple[str, TopicEvent]
"""The day or month in ISO form, by which events stand in order, and the event."""


def topic_events(view: TopicView, due_here: Iterable[MatterView], setting: Setting) -> tuple[TopicEvent, ...]:
    """Matters that come back here, live actions, commitments and what was asked before: the earliest first, and before them what names no day."""
    dated = (*_matters(due_here), *_actions(view, setting), *_commitments(view, setting), *_questions(view, setting))
    return tuple(event for _, event in sorted(dated, key=lambda one: one[0]))


def _matters(matters: Iterable[MatterView]) -> Iterator[_Dated]:
    for one in matters:
        day = _iso(one.origin)
        link = Link(one.matter.ref, matter_id(one.matter.ref))
        yield day, TopicEvent(_when(day), link, "brought forward", one.matter.words or one.matter.title, Sentence.of())


def _actions(view: TopicView, setting: Setting) -> Iterator[_Dated]:
    for one in view.actions:
        line, day = action_line(one, setting), _iso(one.raised)
        became = Sentence.of(line.due, ". " if line.redated else "", line.redated, ".") if line.due else line.state
        link = Link(f"Action {line.ref}", line.id)
        yield day, TopicEvent(_when(day), link, line.owners or "no owner stated", line.words, became, bad=line.overdue)


def _commitments(view: TopicView, setting: Setting) -> Iterator[_Dated]:
    for one, entry in zip(view.commitments, entries_for(view.commitments, setting), strict=True):
        became = Sentence.of(f"{entry.still or entry.verdict}. ", entry.evidence)
        link = Link(entry.ref, entry.id)
        when = _when(one.said_at)
        yield one.said_at, TopicEvent(when, link, entry.owner or "nobody named", entry.words, became, bad=entry.met is False)


def _questions(view: TopicView, setting: Setting) -> Iterator[_Dated]:
    for one in view.past_questions:
        asked_by = setting.people.title(one.asked_by) if one.asked_by else ""
        became = one.answered.value
        words = Sentence.of(f"{became[:1].upper()}{became[1:]}.")
        yield (
            one.meeting,
            TopicEvent(_when(one.meeting), None, f"asked by {asked_by}" if asked_by else "asked", one.words, words, one.answer),
        )


def _iso(occasion: Occasion | None) -> str:
    day = occasion.day if occasion is not None else None
    return day.isoformat() if day is not None else ""


def _when(day: str) -> str:
    """`Nov 2018` of an ISO day, month or meeting's id; nothing where it is none."""
    year, month = day[:4], day[5:7]
    known = year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year) > 0
    return Period.month(int(year), int(month)).short if known else ""
