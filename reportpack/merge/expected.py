"""Which figures should be there by a day and are not: by each measure's own rhythm and its supplier's delay."""

from collections.abc import Sequence
from datetime import date, timedelta

from reportpack.model.measure import Measure
from reportpack.model.observation import Observation
from reportpack.model.period import Period
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Awaited:
    """Figures of a measure for a period that are not there; they were expected on `day`."""

    measure: Measure
    period: Period
    day: date


def awaited_figures(measures: Sequence[Measure], observations: Sequence[Observation], by: date) -> tuple[Awaited, ...]:
    """For each measure the next period after its last figures, where that is expected by the day; a month where it has no figure yet."""
    periods: dict[str, set[Period]] = {}
    for one in observations:
        if one.period.months:
            periods.setdefault(one.measure, set()).add(one.period)
    found = []
    for measure in measures:
        if measure.expected_days is None:
            continue
        known = periods.get(measure.id)
        period = _next(known) if known else _last_month(by, measure.expected_days)
        day = period.end + timedelta(days=measure.expected_days)
        if day <= by:
            found.append(Awaited(measure, period, day))
    return tuple(found)


def _next(known: set[Period]) -> Period:
    """The period after the last, as far on as that is from the one before it: a year's figures may come each quarter."""
    ordered = sorted(known, key=lambda one: (one.end, one.months))
    last = ordered[-1]
    before = next((one for one in reversed(ordered) if one.months == last.months and one.end < last.end), None)
    step = (
        (last.start.year - before.start.year) * 12 + last.start.month - before.start.month if before is not None else last.months
    )
    return last.shifted(step)


def _last_month(by: date, delay: int) -> Period:
    month = Period.month(by.year, by.month).shifted(-1)
    while month.end + timedelta(days=delay) > by:
        month = month.shifted(-1)
    return month
