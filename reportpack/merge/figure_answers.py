"""Answers about single cells, put where doubts, sanity, scale and the analyst's check all find them: in what is accepted and corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from reportpack import patterns as re
from reportpack.model.event import Event
from reportpack.model.inputs import Settings
from reportpack.model.measure import Correction
from reportpack.model.observation import FigureAnswered, Observation, Status
from reportpack.model.office import Accepted
from reportpack.model.problem import Problem

_CELL = re.compile(r"[A-Z]{1,3}\d+")
_HIDDEN = "hidden]"
"""How the mark of a nought that its format hides ends: accepted, it is a nought."""
Place = tuple[str, str, str]


def with_answers(
    settings: Settings, observations: Sequence[Observation], problems: Iterable[Problem], answers: Iterable[Event], on: date
) -> tuple[Settings, tuple[Observation, ...]]:
    """The settings with what people answered by that day, and the figures without the doubts that were answered."""
    given = {one.what.place: one for one in answers if isinstance(one.what, FigureAnswered) and one.recorded.date() <= on}
    held = [(one, given.get(_place(one))) for one in observations] if given else []
    stand = {_place(one): event for one, event in held if event is not None and _holds(event, one)}
    if not stand:
        return settings, tuple(observations)
    accepted = [
        Accepted(problem.fingerprint, stand[cells[0]].who, _answer(stand[cells[0]]).why, date.max)
        for problem in problems
        if (cells := _cells(problem)) and all(cell in stand for cell in cells)
    ]
    office = replace(settings.office, accepted=(*settings.office.accepted, *accepted))
    measures = tuple(
        replace(one, corrections=(*one.corrections, *_corrections(one.id, observations, stand))) for one in settings.measures
    )
    figures = tuple(_accepted(one) if (_place(one) in stand) else one for one in observations)
    return replace(settings, office=office, measures=measures), figures


def _place(one: Observation) -> Place:
    return one.source.file, one.source.sheet, one.source.cell


def _answer(event: Event) -> FigureAnswered:
    assert isinstance(event.what, FigureAnswered)  # noqa: S101 - only such are kept by place
    return event.what


def _holds(event: Event, one: Observation) -> bool:
    return _answer(event).raw == one.raw


def _cells(problem: Problem) -> list[Place]:
    """Every cell that a problem names; none where it names more than it lists."""
    source = problem.source
    return [] if "more" in source.cell else [(source.file, source.sheet, cell) for cell in _CELL.findall(source.cell)]


def _accepted(one: Observation) -> Observation:
    hidden = one.value is None and any(mark.endswith(_HIDDEN) for mark in one.marks)
    return replace(one, doubt="", value=0.0, status=Status.NUMBER, marks=()) if hidden else replace(one, doubt="")


def _corrections(measure: str, observations: Sequence[Observation], stand: dict[Place, Event]) -> Iterable[Correction]:
    for one in observations:
        event = stand.get(_place(one)) if one.measure == measure else None
        value = _answer(event).value if event is not None else None
        if event is not None and value is not None:
            day = event.recorded.date()
            yield Correction(one.area, one.period, value, event.who, day, _answer(event).why, one.source)
