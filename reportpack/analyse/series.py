"""Observations become series: a measure's figures for an area, of one length, sums of parts where they add up.

A figure that cannot be true (a part larger than its whole, a negative count) becomes a gap with a Problem; nothing is guessed.
"""

import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Series, Status, Unit
from reportpack.model.office import AreaKind, Office
from reportpack.model.period import Period, in_time
from reportpack.model.problem import Problem

IMPLAUSIBLE = 1e12
_WEEK = 7


def is_number(observation: Observation | None) -> bool:
    """Whether there is a figure."""
    return observation is not None and observation.status is Status.NUMBER and observation.value is not None


def sound(
    observations: Iterable[Observation], measure: Measure, accepts: Callable[[Problem], bool] = lambda _: False
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """The observations, each impossible one turned into a gap and said. A percentage that is not that of its counts, where most others are, is
    doubted until a person accepts it."""
    kept: list[Observation] = []
    problems: list[Problem] = []
    doubts: dict[int, Problem] = {}
    for given in observations:
        one = _from_counts(given, measure)
        fault = _fault(one, measure)
        if fault is None:
            doubts.update((len(kept), problem) for problem in _disagreement(one, measure))
            kept.append(replace(one, value=0.0) if one.value == 0 else one)
        else:
            problems.append(fault)
            kept.append(replace(one, value=None, status=Status.ERROR, numerator=None, denominator=None))
    if 2 * len(doubts) < len(kept):
        for place in (place for place, problem in doubts.items() if not accepts(problem)):
            kept[place] = replace(kept[place], doubt=kept[place].doubt or doubts[place].found)
    return tuple(kept), (*problems, *doubts.values())


def settling(observations: Iterable[Observation], measure: Measure, on: date) -> tuple[Observation, ...]:
    """The observations, those that have not settled by the day they speak of marked provisional."""
    days = timedelta(days=measure.matures_days)
    return tuple(
        replace(one, marks=(*one.marks, "[p]"))
        if measure.matures_days and not one.is_provisional and one.period.end + days > (one.source.as_at or on)
        else one
        for one in observations
    )


def _from_counts(one: Observation, measure: Measure) -> Observation:
    """A percentage that was left to be worked out from its counts."""
    is_left = not one.raw and one.status is Status.NOT_AVAILABLE and measure.unit is Unit.PER_CENT
    if not is_left or one.numerator is None or not one.denominator:
        return one
    return replace(one, value=100 * one.numerator / one.denominator, status=Status.NUMBER)


def _fault(one: Observation, measure: Measure) -> Problem | None:
    if one.value is None or not is_number(one):
        return None
    kind, words = _impossible(one.value, one.numerator, one.denominator, measure.unit) or ("", "")
    if not kind:
        return None
    found = f"{measure.title}, {one.area}, {one.period.label}: {words}"
    return Problem(kind, one.source, found, "Correct the cell; until then the figure is left out.")


def _impossible(value: float, top: float | None, bottom: float | None, unit: Unit) -> tuple[str, str] | None:
    if not math.isfinite(value):
        return "figure-impossible", "the figure is not a finite number."
    if unit is Unit.COUNT and value < 0:
        return "count-negative", f"a count of {value:,.15g} is below nought."
    if unit is Unit.RANK and (value < 1 or (bottom is not None and value > bottom)):
        return "rank-impossible", f"rank {value:,.15g} of {bottom or 0:,.15g} cannot be."
    if unit in (Unit.PER_CENT, Unit.RATE):
        if bottom is not None and bottom <= 0:
            return "denominator-impossible", f"a figure for {bottom:,.15g} cases cannot be."
        if top is not None and top < 0:
            return "count-negative", f"a numerator of {top:,.15g} is below nought."
    if unit is Unit.PER_CENT:
        if top is not None and bottom is not None and top > bottom:
            return "numerator-above-denominator", f"{top:,.15g} of {bottom:,.15g} is more than the whole."
        if not 0 <= value <= 100:
            return "per-cent-impossible", f"{value:,.15g}% is not between 0 and 100."
    return None


def _disagreement(one: Observation, measure: Measure) -> Iterator[Problem]:
    """A percentage that is not that of its counts, by more than rounding to a whole one explains."""
    if measure.unit is not Unit.PER_CENT or one.value is None or one.numerator is None or not one.denominator:
        return
    counted = 100 * one.numerator / one.denominator
    if abs(one.value - counted) > 0.5 + 1e-9:
        found = (
            f"{measure.title}, {one.area}, {one.period.label}: {one.value:,.6g}% here, but {one.numerator:,.15g} of "
            f"{one.denominator:,.15g} is {counted:,.4g}%."
        )
        remedy = "Ask which is right: the month prints the percentage, longer spans are made from the counts."
        yield Problem("per-cent-not-its-counts", one.source, found, remedy)


def of_one_length(lines: Mapping[str, Series]) -> dict[str, Series]:
    """The observations of the period length that is commonest in all lines together (the shorter of two equally common), so that none
    overlap by length; sums that grow within a year are of one kind, whatever their lengths."""
    lengths = Counter(length_of(one) for line in lines.values() for one in line.numbers)
    if not lengths:
        return dict(lines)
    best = max(lengths, key=lambda length: (lengths[length], -length[0], -length[1]))
    return {
        area: replace(line, observations=tuple(one for one in line.observations if length_of(one) == best))
        for area, line in lines.items()
    }


def length_of(one: Observation) -> tuple[int, int]:
    """What figures of one kind share: months, days, or that they grow within a year."""
    return (0, -1) if one.is_to_date else (one.period.months, one.period.days)


def trusted(series: Series) -> Series:
    """The series without what is doubted: a doubted figure is shown, and enters nothing until somebody has answered for it."""
    if not any(one.doubt for one in series.observations):
        return series
    kept = (
        one if not one.doubt else replace(one, value=None, status=Status.NOT_AVAILABLE, numerator=None, denominator=None)
        for one in series.observations
    )
    return replace(series, observations=tuple(kept))


def step_months(series: Series) -> int:
    """How many months lie between one figure and the next: 1 for monthly figures, also for rolling years given monthly."""
    starts = [one.period.start for one in series.numbers]
    steps = [_months(after) - _months(before) for before, after in itertools.pairwise(starts)]
    usual = [step for step in steps if step > 0]
    if usual:
        return min(usual)
    return max(series.numbers[0].period.months, 1) if series.numbers else 1


def is_monthly(series: Series) -> bool:
    """Whether every figure is about one calendar month."""
    return all(one.period.months == 1 and one.period.start.day == 1 for one in series.numbers)


def beside(period: Period, count: int) -> Period:
    """The period that lies so many of its own lengths later: months, quarters, weeks."""
    return (
        period.shifted(count * period.months)
        if period.months
        else replace(period, start=period.start + count * timedelta(period.days))
    )


def are_apart(series: Series) -> bool:
    """Whether the figures are months, quarters, years or weeks that stand one beside the other: none overlap, none lie between two."""
    numbers = series.numbers
    first = numbers[0].period
    if not (first.months or first.days >= _WEEK) or (first.months == 1 and first.start.day != 1):
        return False
    starts = {one.start for one in periods_between(first, numbers[-1].period)}
    alike = {(one.period.months, one.period.days) for one in numbers} == {(first.months, first.days)}
    return alike and all(one.period.start in starts for one in numbers)


@lru_cache(maxsize=256)
def periods_between(first: Period, last: Period) -> tuple[Period, ...]:
    """Every period of that length from the first to the last, both among them."""
    days = (last.start - first.start).days // max(first.days, 1)
    steps = (_months(last.start) - _months(first.start)) // first.months if first.months else days
    return tuple(beside(first, index) for index in range(steps + 1))


def _months(day: date) -> int:
    return day.year * 12 + day.month


def run_to(last: Period, count: int) -> tuple[Period, ...]:
    """So many periods, the last of which is that."""
    return periods_between(beside(last, 1 - count), last)


def counts_behind(figures: Sequence[Observation], unit: Unit) -> tuple[float, float, float] | None:
    """What the numerators and the denominators of percentages or rates come to, and what their quotient is multiplied by; None where
    one of them is not known."""
    tops = [one.numerator for one in figures if one.numerator is not None]
    bottoms = [one.denominator for one in figures if one.denominator is not None]
    scale = scale_of(figures, unit)
    if len(tops) != len(figures) or len(bottoms) != len(figures) or scale is None or not math.fsum(bottoms):
        return None
    return math.fsum(tops), math.fsum(bottoms), scale


def scale_of(observations: Iterable[Observation], unit: Unit) -> float | None:
    """What a proportion is multiplied by: 100 for per cent; for a rate the power of ten that all its figures agree on, else None."""
    if unit is Unit.PER_CENT:
        return 100.0
    scales = set[int]()
    for one in observations:
        if is_number(one) and one.value and one.numerator and one.denominator:
            ratio = one.value * one.denominator / one.numerator
            power = round(math.log10(ratio)) if ratio > 0 else 99
            scales.add(power if abs(ratio / 10.0**power - 1) < 0.02 else 99)
    if len(scales) != 1 or 99 in scales:
        return None
    return 10.0 ** scales.pop()


def added(parts: Sequence[Observation], area: str, unit: Unit) -> Observation | None:
    """The sum of parts of one period: of counts, or of numerators and denominators; None where they cannot be added."""
    if not parts or not all(is_number(one) for one in parts):
        return None
    first = parts[0]
    # One place for a sum: the cells together where they share a sheet, otherwise the first part's.
    source = first.source
    if all((one.source.file, one.source.sheet) == (source.file, source.sheet) for one in parts):
        source = replace(source, cell=", ".join(dict.fromkeys(one.source.cell for one in parts)))
    marks, doubt = (
        tuple(dict.fromkeys(mark for one in parts for mark in one.marks)),
        next(filter(None, (one.doubt for one in parts)), ""),
    )
    total = replace(first, area=area, source=source, marks=marks, raw="", parts=tuple(parts), doubt=doubt)
    if unit in (Unit.COUNT, Unit.MONEY):
        value = math.fsum(one.value for one in parts if one.value is not None)
        return replace(total, value=value, numerator=None, denominator=None)
    counts = counts_behind(parts, unit) if unit in (Unit.PER_CENT, Unit.RATE) else None
    if counts is None:
        return None
    top, bottom, scale = counts
    whole = replace(total, value=scale * top / bottom, numerator=top, denominator=bottom)
    return replace(whole, numerator_source=None, denominator_source=None)


def force_series(by_area: dict[str, Series], measure: Measure, office: Office) -> Series:
    """The force's own figures; where it has none at all, the sums of its parts for the periods in which all of them have one."""
    force = office.force_area.id
    own = by_area.get(force)
    if own is not None and own.numbers:
        return own
    empty = Series(measure.id, force, own.observations if own else ())
    ids = {area.id for area in office.areas if area.kind is AreaKind.PART}
    periods = in_time({one.period for area, line in by_area.items() if area in ids for one in line.numbers})
    nothing = Series(measure.id, "", ())
    lines = [(period, [by_area.get(area.id, nothing) for area in office.parts_on(period.end)]) for period in periods]
    sums = tuple(total for period, parts in lines if (total := sum_of(parts, period, force, measure)) is not None)
    return Series(measure.id, force, sums) if sums else empty


def sum_of(lines: Sequence[Series], period: Period, area: str, measure: Measure) -> Observation | None:
    """What the lines come to in that period, as the figure of the area; None where one has none, or they cannot be added."""
    figures = [one for line in lines if (one := line.at(period)) is not None]
    return added(figures, area, measure.unit) if len(figures) == len(lines) else None
