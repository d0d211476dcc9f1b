"""Areas beside the rest of the force (spc.md section 4.2): intervals, outliers, how many pass, and merged areas' history.

An area is compared with all the others together, never with a total that holds itself.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportpack.analyse.check import checked
from reportpack.analyse.comparisons import amount_of, amount_over, compare_span, is_too_few, passes
from reportpack.analyse.intervals import TAIL95, TAIL998, Z95, Z998, funnel, poisson_is_high, poisson_is_low, wilson
from reportpack.analyse.series import are_apart, is_number, run_to, sum_of, trusted
from reportpack.analyse.verdict import SMALL_BASE, judge
from reportpack.model.commitment import Comparator
from reportpack.model.finding import AreaFinding, CountAbove, SmallCell, Span, Standing
from reportpack.model.measure import Better, Measure, Target
from reportpack.model.observation import Observation, Series, Unit
from reportpack.model.office import Area, Office
from reportpack.model.period import Period, in_time
from reportpack.records import Record

_LEAST_AREAS = 3
_WEEK = 7
_ANY_AREA = 0.001
_OUTLIERS = (Standing.OUTLIER_HIGH, Standing.OUTLIER_LOW)
_SHARES = (Unit.PER_CENT, Unit.RATE, Unit.DAYS, Unit.DURATION)


class _Exposed(Record):
    """An area's count and what it is a count of: people asked, or residents."""

    area: str
    count: float
    base: float


class BesideRest(Record):
    """How a figure stands beside the rest of the force, or why nobody can say; `is_far` beyond what chance would bring to any of so many
    areas in one pack of a thousand."""

    standing: Standing
    reason: str = ""
    rest: float | None = None
    is_far: bool = False


def area_lines(by_area: dict[str, Series], measure: Measure, office: Office, at: Period) -> dict[str, tuple[Series, str]]:
    """Each area of that period with its series, those of the areas that became it included, and how that history was had."""
    return {area.id: with_history(by_area, area, measure, office) for area in office.parts_on(at.end)}


def with_history(
    by_area: dict[str, Series], area: Area, measure: Measure, office: Office, seen: frozenset[str] = frozenset()
) -> tuple[Series, str]:
    """The area's own figures, and before them those of the areas that became it, where they can be added up."""
    own = by_area.get(area.id, Series(measure.id, area.id, ()))
    earlier = [one for one in office.areas if area.id in one.successors and one.id not in seen | {area.id}]
    if not earlier:
        return own, ""
    if any(len(one.successors) > 1 for one in earlier):
        return own, "split"
    lines = [with_history(by_area, one, measure, office, seen | {area.id})[0] for one in earlier]
    first = own.numbers[0].period if own.numbers else None
    periods = in_time({one.period for line in lines for one in line.numbers if first is None or one.period < first})
    if not periods:
        return own, ""
    own = replace(own, observations=tuple(one for one in own.observations if one.period > periods[-1]))
    if len(earlier) == 1:
        older = tuple(replace(one, area=area.id) for one in lines[0].observations if one.period in set(periods))
        return replace(own, observations=older + own.observations), "renamed"
    sums = [total for period in periods if (total := sum_of(lines, period, area.id, measure)) is not None]
    if not sums:
        return own, "merged-not-summed"
    return replace(own, observations=(*sums, *own.observations)), "merged-summed"


def area_findings(
    lines: dict[str, tuple[Series, str]], measure: Measure, office: Office, at: Period, small: Sequence[SmallCell]
) -> tuple[AreaFinding, ...]:
    """Every area of that period, in the order of the settings."""
    figures = {area: _figure_at(line, at) for area, (line, _) in lines.items()}
    sure = {area: trusted(line) for area, (line, _) in lines.items()}
    held = {area: _figure_at(line, at) for area, line in sure.items()} if small else _pooled(sure, measure, at)
    beside_rest = beside_the_rest(held, measure, office)
    found = []
    for area, (line, history) in lines.items():
        figure, stands = figures[area], beside_rest[area]
        xmr = checked(judge(sure[area], measure, at), sure[area], measure)
        amount = amount_of(figure) if figure is not None else None
        # Against the same month last year; against the month before where there is no such month.
        spans = (compare_span(sure[area], measure, span, at) for span in (Span.SAME_MONTH, Span.MONTH))
        change = next((one for one in spans if one.difference is not None or one.span is Span.MONTH), None)
        is_out = stands.is_far and stands.standing in _OUTLIERS
        stood = stands.standing, stands.reason, change if figure is not None else None, is_too_few(figure, measure)
        of = area, line, xmr, figure, amount, *_interval(figure, measure)
        found.append(AreaFinding(*of, *stood, stands.rest, held[area], is_out, history))
    return tuple(found)


def _pooled(lines: dict[str, Series], measure: Measure, at: Period) -> dict[str, Observation | None]:
    """Each area's latest year together, or as much of it as all areas have: a single month of an area tells little."""
    found = {area: _figure_at(line, at) for area, line in lines.items()}
    there = [lines[area] for area, one in found.items() if one is not None]
    overlap = any(one.meaning.overlaps for line in there for one in line.numbers)
    if measure.unit not in (Unit.COUNT, Unit.PER_CENT, Unit.RATE) or overlap or not there or not all(map(are_apart, there)):
        return found
    year = {1: 12, 3: 4, 0: 52 if at.days == _WEEK else 1}.get(at.months, 1)
    for count in range(year, 1, -1):
        span = run_to(at, count)
        amounts = {area: amount_over(lines[area], measure, span)[0] for area, one in found.items() if one is not None}
        if all(amount is not None for amount in amounts.values()):
            whole = replace(span[0], months=sum(each.months for each in span), days=sum(each.days for each in span))
            for area, amount in amounts.items():
                one, parts = found[area], tuple(figure for each in span if (figure := lines[area].at(each)) is not None)
                if one is not None and amount is not None:
                    one = replace(one, numerator=amount.numerator, denominator=amount.denominator)
                    found[area] = replace(one, period=whole, value=amount.value, parts=parts)
            return found
    return found


def _figure_at(line: Series, at: Period) -> Observation | None:
    figure = line.at(at)
    return figure if is_number(figure) else None


def _interval(figure: Observation | None, measure: Measure) -> tuple[float | None, float | None]:
    if figure is None or measure.unit is not Unit.PER_CENT or figure.numerator is None or not figure.denominator:
        return None, None
    low, high = wilson(figure.numerator, figure.denominator)
    return 100 * low, 100 * high


def _exposed(figures: Mapping[str, Observation | None], measure: Measure, office: Office) -> tuple[list[_Exposed], str]:
    places = {area.id: area for area in office.areas}
    known: list[_Exposed] = []
    for area, figure in figures.items():
        if figure is None or figure.value is None:
            continue
        if measure.unit is Unit.COUNT:
            people = places[area].population_on(figure.period.end) if area in places else None
            if not people:
                return [], "no-populations"
            known.append(_Exposed(area, figure.value, float(people)))
        elif measure.unit in (Unit.PER_CENT, Unit.RATE):
            if figure.numerator is None or not figure.denominator:
                return [], "no-counts"
            known.append(_Exposed(area, figure.numerator, figure.denominator))
        else:
            return [], "not-comparable"
    return (known, "") if len(known) >= _LEAST_AREAS else ([], "too-few-areas")


def _rest_of(known: Sequence[_Exposed], area: str, odd: str = "") -> float:
    """The count per base of all the others, without the one that is odd."""
    others = [one for one in known if one.area not in (area, odd)]
    return sum(one.count for one in others) / sum(one.base for one in others)


def beside_the_rest(figures: Mapping[str, Observation | None], measure: Measure, office: Office) -> dict[str, BesideRest]:
    """Where each figure stands beside all the others together, or why it is not judged."""
    known, reason = _exposed(figures, measure, office)
    # The one outlier farthest from the others is left out of what the others are held against, so that it swamps nobody.
    far = [(abs(_score(one, _rest_of(known, one.area), measure)), one.area) for one in known]
    farthest, area = max(far, default=(0.0, ""))
    odd = area if farthest > Z998 and len(known) > _LEAST_AREAS else ""
    found = {area: BesideRest(Standing.NOT_JUDGED, reason if figure else "no-figure") for area, figure in figures.items()}
    for one in known:
        rest = _rest_of(known, one.area, odd)
        small = measure.unit is Unit.PER_CENT and one.base < SMALL_BASE
        standing = Standing.NOT_JUDGED if small else _standing(one, rest, measure)
        by_chance = math.erfc(abs(_score(one, rest, measure)) / math.sqrt(2)) * len(known)
        found[one.area] = BesideRest(
            standing, "small-base" if small else "", _in_unit(rest, one, figures[one.area], measure), by_chance < _ANY_AREA
        )
    # Where more than half of the judged areas are outliers, the limits are too narrow for these figures: none is called one.
    judged = [area for area, one in found.items() if one.standing is not Standing.NOT_JUDGED]
    if 2 * sum(found[area].standing in _OUTLIERS for area in judged) <= len(judged):
        return found
    silent = {area: replace(found[area], standing=Standing.NOT_JUDGED, reason="over-dispersed") for area in judged}
    return found | silent


def _in_unit(rest: float, one: _Exposed, figure: Observation | None, measure: Measure) -> float | None:
    """The rest of the force in the unit of the figure; for counts, what the area would have at the others' rate."""
    if measure.unit is Unit.PER_CENT:
        return 100 * rest
    if measure.unit is Unit.COUNT:
        return rest * one.base
    return rest * figure.value * one.base / one.count if figure is not None and figure.value is not None and one.count else None


def _score(one: _Exposed, rest: float, measure: Measure) -> float:
    """How many standard deviations an area lies from the rest, about; 0 where there is nothing to tell by."""
    if measure.unit is Unit.PER_CENT:
        return 2 * math.sqrt(one.base) * (math.asin(math.sqrt(min(one.count / one.base, 1))) - math.asin(math.sqrt(min(rest, 1))))
    expected = rest * one.base
    return (one.count - expected) / math.sqrt(expected) if expected else 0.0


def _standing(one: _Exposed, rest: float, measure: Measure) -> Standing:
    """Outside 99.8% limits an outlier, outside 95% worth watching."""
    share, expected = one.count / one.base, rest * one.base
    if measure.unit is Unit.PER_CENT:
        limits = [funnel(rest, one.base, z) for z in (Z998, Z95)]
        sides = [(share > high, share < low) for low, high in limits]
    else:
        tails = (TAIL998, TAIL95)
        sides = [(poisson_is_high(one.count, expected, tail), poisson_is_low(one.count, expected, tail)) for tail in tails]
    names = (Standing.OUTLIER_HIGH, Standing.OUTLIER_LOW, Standing.WATCH_HIGH, Standing.WATCH_LOW)
    holds = (beyond for pair in sides for beyond in pair)
    return next((name for name, beyond in zip(names, holds, strict=True) if beyond), Standing.ORDINARY)


def count_above(areas: Sequence[AreaFinding], measure: Measure, threshold: float | None, at: Period) -> CountAbove | None:
    """How many areas are strictly beyond a threshold, of all that there were; figures too few to print count as missing."""
    if threshold is None or measure.better is Better.NEITHER or measure.unit not in _SHARES or not areas:
        return None
    if not Target(threshold).is_possible(measure.unit):
        return None
    below = measure.better is Better.LOWER
    comparator = Comparator.UNDER if below else Comparator.OVER
    known = [one for one in areas if one.amount is not None and not one.not_printed]
    if not known:
        return None
    passing = tuple(one.area for one in known if one.amount is not None and passes(one.amount.value, comparator, threshold))
    missing = tuple(one.area for one in areas if one not in known)
    cells = tuple(dict.fromkeys(cell for one in known if one.amount is not None for cell in one.amount.sources))
    return CountAbove(len(passing), len(areas), threshold, at, passing, missing, cells, below)
