"""What drove a change: the difference between two spans taken apart into the parts of the whole, largest first, and what they leave.

Counts are added. Of a percentage or rate each part's own change counts by its share of the cases (its average share of both spans:
Kitagawa 1955, Components of a difference between two rates); that the shares themselves moved is in the rest.
"""

from collections.abc import Iterator, Mapping, Sequence

from reportpack.analyse.comparisons import ADDITIVE, amount_over, is_redefined
from reportpack.analyse.series import are_apart, beside, periods_between, trusted
from reportpack.model.finding import Amount, Driver, Drivers, SignalKind, Xmr
from reportpack.model.measure import Measure
from reportpack.model.observation import Series, Unit
from reportpack.model.period import Period

_YEARS = {1: 12, 3: 4, 12: 1}
"""How many figures make a year."""
_EXPLAINED = ("goes-with-note", "follows-itself")
"""Reasons why a change has no verdict that leave it worth taking apart."""


def drivers_of(
    force: Series, xmr: Xmr, measure: Measure, areas: Mapping[str, Series], kinds: Mapping[str, Series]
) -> tuple[Drivers, ...]:
    """The difference by areas, where something changed, and by the measures that are parts of this one; the one with the larger part first."""
    changed = bool(xmr.signals) or xmr.reason in _EXPLAINED
    if not (changed or kinds) or measure.unit not in (*ADDITIVE, Unit.PER_CENT, Unit.RATE):
        return ()
    if not force.numbers or force.numbers[-1].meaning.overlaps or not are_apart(force):
        return ()
    for now, then in _spans(force, xmr):
        whole = None if is_redefined(measure, then[0], now[-1]) else _both(force, measure, now, then)
        if whole is not None:
            found = [_taken_apart(whole, parts, measure, now, then) for parts in (areas if changed else {}, kinds)]
            return tuple(sorted((one for one in found if one is not None), key=lambda one: -abs(one.parts[0].change)))
    return ()


def _spans(force: Series, xmr: Xmr) -> Iterator[tuple[Sequence[Period], Sequence[Period]]]:
    """The figures since the change, a year of them at most, and the same months of the year before it; else the latest year and the one before."""
    last = force.numbers[-1].period
    year = _YEARS.get(last.months)
    if year is None:
        return
    signal = next((one for one in xmr.signals if one.kind is not SignalKind.DRIFT), None)
    if signal is not None:
        now = _ending(signal.last, min(signal.months, year))
        yield now, _ending(beside(signal.first, -1) if len(now) == year else beside(signal.last, -year), len(now))
    yield _ending(last, year), _ending(beside(last, -year), year)


def _ending(last: Period, count: int) -> tuple[Period, ...]:
    return periods_between(beside(last, 1 - count), last)


def _both(line: Series, measure: Measure, now: Sequence[Period], then: Sequence[Period]) -> tuple[Amount, Amount] | None:
    amounts = [amount_over(trusted(line), measure, span)[0] for span in (now, then)]
    return (amounts[0], amounts[1]) if amounts[0] is not None and amounts[1] is not None else None


def _taken_apart(
    whole: tuple[Amount, Amount], parts: Mapping[str, Series], measure: Measure, now: Sequence[Period], then: Sequence[Period]
) -> Drivers | None:
    found = []
    for line in parts.values():
        both = _both(line, measure, now, then)
        if both is not None and (change := _share(both, whole, measure)) is not None:
            found.append(Driver(line.measure, line.area, change, both[0], both[1]))
    found.sort(key=lambda one: -abs(one.change))
    total = whole[0].value - whole[1].value
    return Drivers(whole[0], whole[1], tuple(found), total - sum(one.change for one in found)) if found else None


def _share(part: tuple[Amount, Amount], whole: tuple[Amount, Amount], measure: Measure) -> float | None:
    """What of the whole's difference is the part's own."""
    change = part[0].value - part[1].value
    if measure.unit in ADDITIVE:
        return change
    bases = [(mine.denominator, all_.denominator) for mine, all_ in zip(part, whole, strict=True)]
    shares = [mine / all_ for mine, all_ in bases if mine is not None and all_]
    return change * sum(shares) / 2 if len(shares) == len(bases) else None
