"""Figures that a person has put right: printed in place of the workbook's, until the workbook says the same."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack.model.judgement import Corrected
from reportpack.model.measure import Correction, Measure
from reportpack.model.observation import Observation, Status
from reportpack.model.office import Office
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
            place = _find(figures, measure.id, area, correction)
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


def _find(figures: Sequence[Observation], measure: str, area: str, correction: Correction) -> int | None:
    wanted = (measure, area, correction.period)
    return next((index for index, one in enumerate(figures) if (one.measure, one.area, one.period) == wanted), None)


def _corrected(measure: Measure, area: str, correction: Correction, before: Observation | None) -> Observation:
    raw = "" if before is None else before.raw
    fresh = Observation(measure.id, area, correction.period, correction.value, Status.NUMBER, correction.source)
    return replace(
        fresh,
        numerator=correction.numerator,
        denominator=correction.denominator,
        numerator_source=correction.source if correction.numerator is not None else None,
        denominator_source=correction.source if correction.denominator is not None else None,
        marks=(MARK,),
        raw=raw,
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
