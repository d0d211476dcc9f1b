"""Ranks: as they were supplied, or made from other forces' figures. 1 is best; ties share the better rank.

The top quartile is a quarter of those ranked, rounded down: 10th or better of 41.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from reportpack.analyse.areas import beside_the_rest
from reportpack.analyse.series import added, is_monthly, is_number, periods_between
from reportpack.analyse.xmr import middle_of
from reportpack.model.finding import PeerFinding, RankFinding
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Observation, Series, Unit, cells_of
from reportpack.model.office import Office
from reportpack.model.period import Period

_COMPARABLE = (Unit.PER_CENT, Unit.RATE, Unit.DAYS, Unit.DURATION)


def quartile_rank(of: int) -> int:
    """The last rank of the top quartile; 0 where fewer than four are ranked."""
    return of // 4


def supplied_rank(force: Series, measure: Measure) -> RankFinding | None:
    """The latest of ranks that came as figures, with the one before. Lower is better unless the measure says higher."""
    found: RankFinding | None = None
    for one in force.numbers[-2:]:
        of, last_is_best = round(one.denominator) if one.denominator else 0, measure.better is Better.HIGHER
        quarter = quartile_rank(of)
        top = of - quarter + 1 if last_is_best and quarter else quarter
        place = round(one.value or 0), of, 1, one.period, one.cells, top
        found = RankFinding(*place, last_is_best=last_is_best, joint="=" in str(one.raw), previous=found)
    return found


_Entries = tuple[Observation, ...]
"""Everybody's figure for one period, the force's among them, best first."""


def peer_finding(force: Series, peers: Sequence[Series], measure: Measure, office: Office) -> PeerFinding | None:
    """The force beside others in the newest period that it and at least one of them have a figure for."""
    peers = [line for line in peers if line.numbers]
    if not peers:
        return None
    periods = sorted({one.period for line in peers for one in line.numbers}, reverse=True)
    fields = [entries for period in periods if (entries := _entries(force, peers, measure, period))]
    if not fields:
        newest = tuple(one for line in peers if (one := line.at(periods[0])) is not None and is_number(one))
        return PeerFinding(newest, None, None, weighted=False, force=force.area, period=periods[0], reason="force-missing")
    now, period = fields[0], fields[0][0].period
    reason = "no-direction" if measure.better is Better.NEITHER else ""
    reason = reason if measure.unit in _COMPARABLE else "counts-without-populations"
    found = PeerFinding(now, None, *_mean(now, force.area, office, measure), force.area, period, reason)
    if found.reason:
        return found
    earlier = next((entries for entries in fields[1:] if entries[0].period.months == period.months), None)
    previous = _rank(earlier, force.area, measure) if earlier is not None else None
    beside = beside_the_rest({one.area: one for one in now}, measure, office)[force.area]
    found = replace(found, rank=replace(_rank(now, force.area, measure), previous=previous))
    # The force among the most similar ones alone; not where the settings name none, or all others are.
    group = {one.id for one in office.areas if one.similar} | {force.area}
    alike, similar = tuple(one for one in now if one.area in group), None
    if 1 < len(alike) < len(now):
        mean = _mean(alike, force.area, office, measure)
        similar = PeerFinding(alike, _rank(alike, force.area, measure), *mean, force.area, period)
    return replace(found, standing=beside.standing, standing_reason=beside.reason, similar=similar)


def _entries(force: Series, peers: Sequence[Series], measure: Measure, period: Period) -> _Entries:
    """None of them where the force or all others have no figure."""
    ours = _force_figure(force, measure, period)
    others = [one for line in peers if (one := line.at(period)) is not None and is_number(one)]
    best_last = measure.better is Better.LOWER
    entries = [ours, *others] if ours is not None and others else []
    return tuple(sorted(entries, key=lambda one: (_key(one) if best_last else -_key(one), one.area)))


def _force_figure(force: Series, measure: Measure, period: Period) -> Observation | None:
    """The force's own figure for the period, or a percentage made from its months."""
    own = force.at(period)
    if own is not None and is_number(own):
        return own
    monthly = replace(force, observations=tuple(one for one in force.numbers if one.period.months == 1))
    if measure.unit is not Unit.PER_CENT or period.months < 2 or not monthly.numbers or not is_monthly(monthly):
        return None
    months = periods_between(Period(period.start), Period(period.start).shifted(period.months - 1))
    found = [one for month in months if (one := monthly.at(month)) is not None]
    total = added(found, force.area, measure.unit) if len(found) == len(months) else None
    return replace(total, period=period) if total is not None else None


def _key(one: Observation) -> float:
    """Values that print alike to nine places are ties."""
    return round(one.value or 0.0, 9)


def _rank(entries: _Entries, force: str, measure: Measure) -> RankFinding:
    keys = [_key(one) for one in entries]
    mine = next(_key(one) for one in entries if one.area == force)
    of, top = len(keys), quartile_rank(len(keys))
    ordered = [one.value or 0.0 for one in entries]
    marks = [ordered[top - 1], middle_of(ordered), ordered[of - top]] if top else [None] * 3
    better = sum(key < mine if measure.better is Better.LOWER else key > mine for key in keys)
    return RankFinding(1 + better, of, keys.count(mine), entries[0].period, cells_of(*entries), top, *marks)


def _mean(entries: _Entries, force: str, office: Office, measure: Measure) -> tuple[float | None, bool]:
    """The average of the others, weighted by the counts or populations behind them where all are known."""
    others = [one for one in entries if one.area != force]
    values = [one.value for one in others if one.value is not None]
    if measure.unit not in _COMPARABLE or not values:
        return None, False
    places = {area.id: area for area in office.areas}
    weights = [one.denominator for one in others]
    if None in weights and measure.unit is Unit.RATE:
        weights = [places[one.area].population_on(one.period.end) if one.area in places else None for one in others]
    known = [weight for weight in weights if weight]
    if len(known) != len(values):
        return math.fsum(values) / len(values), False
    return math.fsum(value * weight for value, weight in zip(values, known, strict=True)) / math.fsum(known), True
