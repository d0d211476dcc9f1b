"""Figures beside what was printed and what people said of them: put right, answered cell by cell, revised."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from reportpack import patterns as re
from reportpack.model.event import Event
from reportpack.model.inputs import Settings
from reportpack.model.judgement import Corrected, Revision
from reportpack.model.measure import Correction, Measure
from reportpack.model.observation import FigureAnswered, Observation, Status
from reportpack.model.office import Accepted, Office
from reportpack.model.problem import Problem, Weight

MARK = "corrected"


def apply_corrections(
    observations: Sequence[Observation], measures: Sequence[Measure], office: Office
) -> tuple[tuple[Observation, ...], tuple[Corrected, ...], tuple[Problem, ...]]:
    """The figures with the corrections in place, in the same order; one with no figure in any workbook comes after its area's others."""
    figures = list(observations)
    corrected: list[Corrected] = []
    problems: list[Problem] = []
    for measure in measures:
        for correction in measure.corrections:
            area = correction.area or office.force_area.id
            wanted = (measure.id, area, correction.period)
            place = next((index for index, one in enumerate(figures) if (one.measure, one.area, one.period) == wanted), None)
            before = figures[place] if place is not None else None
            if before is not None and before.value == correction.value:
                problems.append(_agrees(measure, correction, before))
                continue
            now = _corrected(measure, area, correction, before)
            if place is None:
                figures.insert(_place_for(figures, now), now)
            else:
                figures[place] = now
            corrected.append(Corrected(before, now, correction))
    return tuple(figures), tuple(corrected), tuple(problems)


def _corrected(measure: Measure, area: str, correction: Correction, before: Observation | None) -> Observation:
    above, below = correction.numerator, correction.denominator
    return Observation(
        measure.id,
        area,
        correction.period,
        correction.value,
        Status.NUMBER,
        correction.source,
        above,
        below,
        numerator_source=correction.source if above is not None else None,
        denominator_source=correction.source if below is not None else None,
        marks=(MARK,),
        raw="" if before is None else before.raw,
    )


def _place_for(figures: Sequence[Observation], new: Observation) -> int:
    """After the earlier periods of its measure and area, so that every series stays in the order of time."""
    before = [
        index
        for index, one in enumerate(figures)
        if (one.measure, one.area) == (new.measure, new.area)
        and (one.period.start, one.period.iso) < (new.period.start, new.period.iso)
    ]
    same = [index for index, one in enumerate(figures) if (one.measure, one.area) == (new.measure, new.area)]
    if before:
        return before[-1] + 1
    return same[0] if same else len(figures)


def _agrees(measure: Measure, correction: Correction, now: Observation) -> Problem:
    return Problem(
        "correction-agrees",
        correction.source,
        f"{measure.title}: the workbook now gives {correction.value:g} for {correction.period.label} too ({now.source.where}).",
        "The correction is not needed any more: take it out of measures.toml.",
        Weight.NOTE,
    )


_CELL = re.compile(r"[A-Z]{1,3}\d+")
_HIDDEN = "hidden]"  # How the mark of a nought that its format hides ends: accepted, it is a nought.
Place = tuple[str, str, str]


def with_answers(
    settings: Settings, observations: Sequence[Observation], problems: Iterable[Problem], answers: Iterable[Event], on: date
) -> tuple[Settings, tuple[Observation, ...]]:
    """The settings with what people answered by that day, and the figures without the doubts that were answered."""
    given = {one.what.place: one for one in answers if isinstance(one.what, FigureAnswered) and one.recorded.date() <= on}
    held = [(one, given.get(_place(one))) for one in observations] if given else []
    stand = {_place(one): event for one, event in held if event is not None and _answer(event).raw == one.raw}
    if not stand:
        return settings, tuple(observations)
    accepted = [
        Accepted(problem.fingerprint, by=stand[cells[0]].who, reason=_answer(stand[cells[0]]).why, until=date.max)
        for problem in problems
        if (cells := _cells(problem)) and all(cell in stand for cell in cells)
    ]
    office = replace(settings.office, accepted=(*settings.office.accepted, *accepted))
    measures = tuple(
        replace(one, corrections=(*one.corrections, *_corrections(one.id, observations, stand))) for one in settings.measures
    )
    figures = []
    for one in observations:
        hidden = one.value is None and any(mark.endswith(_HIDDEN) for mark in one.marks)
        told = replace(one, value=0.0, status=Status.NUMBER, marks=()) if hidden else one
        figures.append(replace(told, doubt="") if _place(one) in stand else one)
    return replace(settings, office=office, measures=measures), tuple(figures)


def _place(one: Observation) -> Place:
    return one.source.file, one.source.sheet, one.source.cell


def _answer(event: Event) -> FigureAnswered:
    assert isinstance(event.what, FigureAnswered)  # noqa: S101 - only such are kept by place
    return event.what


def _cells(problem: Problem) -> list[Place]:
    """Every cell that a problem names; none where it names more than it lists."""
    source = problem.source
    return [] if "more" in source.cell else [(source.file, source.sheet, cell) for cell in _CELL.findall(source.cell)]


def _corrections(measure: str, observations: Sequence[Observation], stand: dict[Place, Event]) -> Iterable[Correction]:
    for one in observations:
        event = stand.get(_place(one)) if one.measure == measure else None
        value = _answer(event).value if event is not None else None
        if event is not None and value is not None:
            day = event.recorded.date()
            yield Correction(one.area, one.period, value, by=event.who, on=day, reason=_answer(event).why, source=one.source)


def find_revisions(
    before: Sequence[Observation], now: Sequence[Observation], since: str = "the last pack"
) -> tuple[Revision, ...]:
    """Each measure, area and period that had a number in the earlier pack and has another now, in the order of `now`."""
    earlier = {(one.measure, one.area, one.period): one for one in before if one.status is Status.NUMBER}
    found = []
    for one in now:
        then = earlier.get((one.measure, one.area, one.period)) if one.status is Status.NUMBER else None
        was, is_now = (then.value if then is not None else None), one.value
        # A spreadsheet's last binary digit is no revision.
        same = was == is_now or (
            was is not None and is_now is not None and abs(was - is_now) <= 1e-9 * max(1.0, abs(was), abs(is_now))
        )
        if then is not None and not same:
            found.append(Revision(then, one, since))
    return tuple(found)
