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
from reportpack.records import dataclass

_COMPARABLE = (Unit.PER_CENT, Unit.RATE, Unit.DAYS, Unit.DURATION)


def quartile_rank(of: int) -> int:
    """The last rank of the top quartile; 0 where fewer than four are ranked."""
    return of // 4


def supplied_rank(force: Series, measure: Measure) -> RankFinding | None:
    """The latest of ranks that came as figures, with the one before. Lower is better unless the measure says higher."""
    ranks = [_supplied(one, measure) for one in force.numbers[-2:]]
    return replace(ranks[-1], previous=ranks[0] if len(ranks) > 1 else None) if ranks else None


def _supplied(one: Observation, measure: Measure) -> RankFinding:
    of = round(one.denominator) if one.denominator else 0
    last_is_best = measure.better is Better.HIGHER
    quarter = quartile_rank(of)
    top = of - quarter + 1 if last_is_best and quarter else quarter
    return RankFinding(
        round(one.value or 0), of, 1, one.period, one.cells, top, last_is_best=last_is_best, joint="=" in str(one.raw)
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """Everybody's figure for one period, the force's among them, best first."""

    period: Period
    entries: tuple[Observation, ...]


def peer_finding(force: Series, peers: Sequence[Series], measure: Measure, office: Office) -> PeerFinding | None:
    """The force beside others in the newest period that it and at least one of them have a figure for."""
    peers = [line for line in peers if line.numbers]
    if not peers:
        return None
    periods = sorted({one.period for line in peers for one in line.numbers}, reverse=True)
    fields = [field for period in periods if (field := _field(force, peers, measure, period)) is not None]
    if not fields:
        newest = tuple(one for line in peers if (one := line.at(periods[0])) is not None and is_number(one))
        return PeerFinding(newest, None, None, weighted=False, force=force.area, period=periods[0], reason="force-missing")
    now = fields[0]
    reason = "no-direction" if measure.better is Better.NEITHER else ""
    reason = reason if measure.unit in _COMPARABLE else "counts-without-populations"
    mean, weighted = _mean([one for one in now.entries if one.area != force.area], office, measure)
    found = PeerFinding(now.entries, None, mean, weighted, force.area, now.period, reason)
    if found.reason:
        return found
    earlier = next((field for field in fields[1:] if field.period.months == now.period.months), None)
    previous = _rank(earlier, force.area, measure) if earlier is not None else None
    beside = beside_the_rest({one.area: one for one in now.entries}, measure, office)[force.area]
    rank = replace(_rank(now, force.area, measure), previous=previous)
    return replace(
        found,
        rank=rank,
        standing=beside.standing,
        standing_reason=beside.reason,
        similar=_similar(now, force.area, measure, office),
    )


def _similar(field: _Field, force: str, measure: Measure, office: Office) -> PeerFinding | None:
    """The force among the most similar ones alone; none where the settings name none, or all others are."""
    group = {one.id for one in office.areas if one.similar} | {force}
    entries = tuple(one for one in field.entries if one.area in group)
    if len(entries) < 2 or len(entries) == len(field.entries):
        return None
    mean, weighted = _mean([one for one in entries if one.area != force], office, measure)
    return PeerFinding(entries, _rank(_Field(field.period, entries), force, measure), mean, weighted, force, field.period)


def _field(force: Series, peers: Sequence[Series], measure: Measure, period: Period) -> _Field | None:
    ours = _force_figure(force, measure, period)
    others = [one for line in peers if (one := line.at(period)) is not None and is_number(one)]
    if ours is None or not others:
        return None
    best_last = measure.better is Better.LOWER
    ordered = sorted([ours, *others], key=lambda one: (_key(one) if best_last else -_key(one), one.area))
    return _Field(period, tuple(ordered))


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


def _rank(field: _Field, force: str, measure: Measure) -> RankFinding:
    keys = [_key(one) for one in field.entries]
    mine = next(_key(one) for one in field.entries if one.area == force)
    of = len(keys)
    top = quartile_rank(of)
    cells = cells_of(*field.entries)
    ordered = [one.value or 0.0 for one in field.entries]
    marks = [ordered[top - 1], middle_of(ordered), ordered[of - top]] if top else [None] * 3
    better = sum(key < mine if measure.better is Better.LOWER else key > mine for key in keys)
    return RankFinding(1 + better, of, keys.count(mine), field.period, cells, top, *marks)


def _mean(others: Sequence[Observation], office: Office, measure: Measure) -> tuple[float | None, bool]:
    """The average of the others, weighted by the counts or populations behind them where all are known."""
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
