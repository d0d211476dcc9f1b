"""What printed figures have to do with each other, as any reader with a calculator can find it: one is another, one is the sum of others."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial
from itertools import chain, islice, permutations, product
from math import log10
from typing import NamedTuple

from reportpack import patterns as re
from reportpack.model.judgement import Printed
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Unit
from reportpack.model.period import Period
from reportpack.records import Record

_FEWEST = 12
_SHARE = 0.9
_MOST_COLUMNS = 24
_LONGEST = 60  # months of a sum over time
_YEAR, _QUARTER = 12, 3
Places = Mapping[tuple[str, Period], float]
"""A count by area and period."""
Spans = Callable[[Period], tuple[Period, ...]]
"""The months that a sum over time holds, by its own period."""
People = Callable[[str, Period], int | None]
"""How many live in an area in a period, as anybody may know."""
_DRIFT = 0.03
_PER_PEOPLE = re.compile(r"(?i)(\d[\d,]*).*\b(?:residents?|people|persons?|population|heads?|inhabitants?)\b")


class Count(NamedTuple):
    """A count that a measure's figures tell: its own, or a part of a share (`yes`, `no`, `of`); `=` is a figure that tells none by itself."""

    measure: str
    part: str


def _itself(period: Period) -> tuple[Period, ...]:
    return (period,)


class Link(Record):
    """`count` times `many` is the sum of the parts, each times its factor, over these periods; `is_same` when it is one other count,
    `has_rest` when more may be in it than the parts, `is_tied` when it is worked out from them in another way."""

    count: Count
    parts: tuple[tuple[Count, int], ...]
    periods: Spans = _itself
    is_same: bool = False
    many: int = 1
    has_rest: bool = False
    is_tied: bool = False

    @property
    def spans(self) -> bool:
        """Whether it adds up over time."""
        return self.periods is not _itself


def counts_of(figure: Observation, measure: Measure) -> dict[str, float]:
    """The counts that a figure tells, by part: of a share those that are in it, those that are not, and all."""
    if measure.unit is Unit.COUNT:
        return {"": figure.value} if figure.value is not None else {}
    top, base = figure.numerator, figure.denominator
    if measure.unit is Unit.PER_CENT and top is not None and base is not None and base >= top:
        return {"yes": top, "no": base - top, "of": base}
    return {part: value for part, value in (("yes", top), ("of", base)) if value is not None}


def with_counts(printed: Sequence[Printed], people: People = lambda *_: None) -> list[Printed]:
    """With the counts of percentages and rates that come without, where counts of other measures or the people of a place give them, as
    exactly as they are told: the points of a chart and the cells of a workbook tell more decimals than a page."""
    values = values_of(printed)
    return [_counted(one, values, people) if one.measure.unit in (Unit.PER_CENT, Unit.RATE) else one for one in printed]


def _counted(printed: Printed, values: Mapping[Count, Places], people: People) -> Printed:
    lines, bare = (printed.force, *printed.areas), bare_of(printed)
    near = _half_a_digit(bare)
    top, base = _behind(bare, near, values, printed)
    if not top and printed.measure.unit is Unit.RATE:
        top = _of_people(bare, near, printed.measure, people)
    if not top:
        return printed

    def counted(one: Observation) -> Observation:
        at = (one.area, one.period)
        return replace(one, numerator=top[at], denominator=base.get(at)) if at in bare and at in top else one

    force, *areas = (replace(one, observations=tuple(map(counted, one.observations))) for one in lines)
    return replace(printed, force=force, areas=tuple(areas))


def bare_of(printed: Printed) -> Places:
    """The figures of percentages, rates and the like that come without their counts."""
    lines = (printed.force, *printed.areas) if printed.measure.unit is not Unit.COUNT else ()
    return {(one.area, each.period): each.value or 0.0 for one in lines for each in one.numbers if each.numerator is None}


def _half_a_digit(told: Places) -> float:
    """How far the last digit that is told leaves each figure open."""
    return 0.5 * 0.1 ** max((len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in told.values()), default=0) + 1e-9


def _behind(bare: Places, near: float, values: Mapping[Count, Places], printed: Printed) -> tuple[Places, Places]:
    """The count of another measure that the figures are of, and the one that they are in; a rate may be in people whom nobody prints, and
    an area's share in what the whole force has."""
    is_rate, whole = printed.measure.unit is Unit.RATE, printed.force.area
    wholes = [{at: one[whole, at[1]] for at in bare if (whole, at[1]) in one} for one in values.values()]
    for top, base in chain(permutations(values.values(), 2), product(values.values(), wholes)) if len(bare) >= _FEWEST else ():
        told = (at for at in bare if top.get(at, 0) > 0 and base.get(at, 0) > 0)
        first = list(islice(told, _FEWEST))
        shares = [bare[at] * base[at] / top[at] for at in first if bare[at] > 0] if is_rate else []
        per = 10.0 ** round(log10(shares[0])) if shares else 100.0
        fits = (abs(per * top[at] / base[at] - bare[at]) <= near for at in chain(first, told))
        if _mostly(some := list(islice(fits, _FEWEST))) and _mostly([*some, *fits]):
            return top, base
    in_step = (top for top in values.values() if _in_step(bare, near, top)) if is_rate and len(bare) >= _FEWEST else iter(())
    return next(in_step, {}), {}


def _in_step(bare: Places, near: float, top: Places) -> bool:
    """Whether each area's rates are always the same share of its counts, but for so much as its people change over the years."""
    told: dict[str, list[tuple[float, float]]] = {}
    for at, rate in bare.items():
        if at in top:
            told.setdefault(at[0], []).append((rate, top[at]))
    shares = ((pairs, sum(rate for rate, _ in pairs) / (sum(count for _, count in pairs) or 1)) for pairs in told.values())
    fits = [abs(rate - share * count) <= near + _DRIFT * rate for pairs, share in shares for rate, count in pairs]
    return len({count for pairs in told.values() for _, count in pairs}) > len(told) and _mostly(fits)


def _of_people(bare: Places, near: float, measure: Measure, people: People) -> Places:
    """The counts that rates of residents are of, where they are told so exactly that less than `small_under` is left open."""
    per = _PER_PEOPLE.search(measure.per)
    scale = float(per[1].replace(",", "")) if per is not None else 0.0
    lived = {at: people(*at) for at in bare} if scale else {}
    return {
        at: max(round(bare[at] * many / scale), int(bare[at] > 0))
        for at, many in lived.items()
        if many and 2 * near * many / scale < measure.small_under
    }


def values_of(printed: Sequence[Printed]) -> Mapping[Count, Places]:
    """Every count that they tell, by place."""
    values: dict[Count, dict[tuple[str, Period], float]] = {}
    for one in printed:
        for line in (one.force, *one.areas):
            for figure in line.numbers:
                for part, value in counts_of(figure, one.measure).items():
                    values.setdefault(Count(one.measure.id, part), {})[line.area, figure.period] = value
    return values


def links_between(printed: Sequence[Printed], near: Set[str]) -> list[Link]:
    """Every link that the figures of these measures have with another's, or within themselves."""
    printed = [one for one in printed if one.areas]
    values = values_of(printed)
    links = [
        Link(Count(one.measure.id, "of"), ((Count(one.measure.id, "yes"), 1), (Count(one.measure.id, "no"), 1)))
        for one in printed
        if one.measure.id in near and Count(one.measure.id, "no") in values
    ]
    if not values or len(printed) < 2:
        return links
    # What the settings say is a part of another measure; where some parts are missing, none is more than the whole all the same.
    wholes = {
        one.measure.id: tuple((Count(each.measure.id, ""), 1) for each in printed if each.measure.part_of == one.measure.id)
        for one in printed
    }
    declared = [Link(Count(name, ""), parts, has_rest=True) for name, parts in wholes.items() if parts]
    same = _same(values, near)
    own = {count: places for count, places in values.items() if count not in {link.count for link in same}}
    over_time = list(_over_time(own, near))
    tied = (one for one in _tied(printed, own, over_time) if near & {one.count.measure, one.parts[0][0].measure})
    return [*links, *declared, *same, *over_time, *_added_up(own, near), *tied]


def _same(values: Mapping[Count, Places], near: Set[str]) -> list[Link]:
    found: list[Link] = []
    taken: set[Count] = set()
    counts = list(values)
    for number, first in enumerate(counts):
        for other in counts[number + 1 :]:
            measures = {first.measure, other.measure}
            if len(measures) < 2 or {first, other} & taken or near.isdisjoint(measures):
                continue
            pairs = [(values[first][place], value) for place, value in values[other].items() if place in values[first]]
            if len({one for one, _ in pairs}) > 1 and _mostly(one == two for one, two in pairs):
                found.append(Link(other, ((first, 1),), is_same=True))
                taken.add(other)
    return found


def _mostly(holds: Iterable[bool]) -> bool:
    found = list(holds)
    return len(found) >= _FEWEST and sum(found) >= _SHARE * len(found)


def _over_time(values: Mapping[Count, Places], near: Set[str]) -> Iterator[Link]:
    """A quarter, a year, a rolling window or a year to date of another count's months, or what each month of a window has on average."""
    for whole, of in values.items():
        newest = sorted(of, key=lambda place: place[1], reverse=True)[: 3 * _FEWEST]
        for part, months in values.items():
            if whole.measure != part.measure and not near.isdisjoint({whole.measure, part.measure}):
                fitting = (each for each in _spans_of(of, months, newest) if _adds_up(of, months, *each))
                yield from (Link(whole, ((part, 1),), periods, many=many) for periods, many in islice(fitting, 1))


def _spans_of(of: Places, months: Places, newest: Sequence[tuple[str, Period]]) -> Iterator[tuple[Spans, int]]:
    """The spans of months that fit most of these places, with how many the figure is an average of (1: it is their sum)."""
    found, near = Counter[tuple[int, int, int]](), min(_half_a_digit(of), 0.05)
    for area, period in newest:
        total = 0.0
        for many, each in enumerate(_window(period, _LONGEST), 1):
            if (area, each) not in months:
                break
            total += months[area, each]
            fits = {(many, 0, 1), (0, each.start.month, 1)} if abs(total - of[area, period]) < 0.5 else set()
            found.update(fits or ({(many, 0, many)} if abs(total / many - of[area, period]) <= near else ()))
    for (long, first, many), _ in found.most_common(4):
        yield partial(_to_date, first=first) if first else partial(_window, months=long), many


def _adds_up(of: Places, months: Places, periods: Spans, many: int) -> bool:
    spans = ((at, [months.get((at[0], each)) for each in periods(at[1])]) for at in of)
    sums = [(many * of[at], sum(each or 0.0 for each in span)) for at, span in spans if len(span) > 1 and None not in span]
    near = 0.5 if many == 1 else many * min(_half_a_digit(of), 0.05)
    return len({one for one, _ in sums}) > 1 and _mostly(abs(one - two) <= near for one, two in sums)


def _tied(printed: Iterable[Printed], values: Mapping[Count, Places], over_time: Iterable[Link]) -> Iterator[Link]:
    """What no sum says and what tells counts all the same: their change on an earlier period, a rate or a share of a year of them."""
    summed = {(part.measure, link.count.measure) for link in over_time for part, _ in link.parts}
    for one in printed:
        name, is_count = one.measure.id, one.measure.unit is Unit.COUNT
        told = {(line.area, each.period): each.value or 0.0 for line in (one.force, *one.areas) for each in line.numbers}
        # A year so far less the one a month before is the month, as that sum says already.
        others = {each: counts for each, counts in values.items() if each.measure != name and (name, each.measure) not in summed}
        found: list[tuple[Count, Spans]] = []
        for back in (partial(_earlier, months=months) for months in {_YEAR, *(period.months for _, period in told)} - {0}):
            changes = (each for each, counts in others.items() if _is_change(told, counts, back, per_cent=not is_count))
            found += ((each, back) for each in changes)
        for span in (partial(_window, months=months) for months in (() if is_count else (_YEAR, _QUARTER))):
            sums = {each: _summed(told, counts, span) for each, counts in others.items()}
            behind = _behind(told, _half_a_digit(told), {each: sum_ for each, sum_ in sums.items() if sum_}, one)
            found += ((each, span) for each, sum_ in sums.items() if any(sum_ is of for of in behind))
        for part in ("",) if is_count else ("=", "yes"):
            yield from (Link(Count(name, part), ((each, 1),), span, is_tied=True) for each, span in found)


def _is_change(told: Places, counts: Places, back: Spans, *, per_cent: bool) -> bool:
    near = _half_a_digit(told)
    pairs = ((value, [counts.get((area, each), 0.0) for each in back(period)]) for (area, period), value in told.items())
    changes = ((value, (100 * (now / then - 1) if per_cent else now - then)) for value, (now, then) in pairs if now and then)
    return len(set(told.values())) > 1 and _mostly(abs(value - change) <= near for value, change in changes)


def _summed(of: Places, counts: Places, span: Spans) -> Places:
    """What the counts come to over the span of each of these places that has them all."""
    found = {(area, period): [counts.get((area, each)) for each in span(period)] for area, period in of}
    return {at: sum(each or 0.0 for each in parts) for at, parts in found.items() if parts and None not in parts}


def _earlier(period: Period, months: int) -> tuple[Period, ...]:
    return (period, period.shifted(-months))


@cache
def _window(period: Period, months: int) -> tuple[Period, ...]:
    if not period.months:
        return ()
    last = period.shifted(period.months - 1)
    return tuple(Period.month(one.start.year, one.start.month) for one in (last.shifted(-back) for back in range(months)))


@cache
def _to_date(period: Period, first: int) -> tuple[Period, ...]:
    """The months up to the period's last, of the year that begins with that month."""
    return _window(period, (period.shifted(period.months - 1).start.month - first) % 12 + 1) if period.months else ()


def _added_up(values: Mapping[Count, Places], near: Set[str]) -> Iterator[Link]:
    """Every sum that the counts of the same places keep to, by elimination."""
    for group in (one for one in _alike(values) if any(count.measure in near for count in one)):
        rows = sorted(set.intersection(*(set(values[count]) for count in group)), key=lambda place: (place[1], place[0]))
        table = [[values[count][place] for count in group] for place in rows]
        half = max(len(table) // 2, 2 * len(group))
        seen: set[tuple[int, ...]] = set()
        for sample in (table[-half:], table[:half]):
            for factors in _relations(sample):
                if factors in seen:
                    continue
                seen.add(factors)
                if _mostly(abs(sum(f * v for f, v in zip(factors, row, strict=True))) < 0.5 for row in table):
                    yield _link(group, factors)


def _alike(values: Mapping[Count, Places]) -> Iterator[list[Count]]:
    """Counts that have figures for mostly the same places, each group once."""
    left = list(values)
    while left:
        first = left.pop(0)
        group = [first]
        for other in list(left):
            both = len(values[first].keys() & values[other].keys())
            if both >= _FEWEST and both >= _SHARE * len(values[first]) and len(group) < _MOST_COLUMNS:
                group.append(other)
                left.remove(other)
        if len(group) > 2:
            yield group


def _relations(table: Sequence[Sequence[float]]) -> Iterator[tuple[int, ...]]:
    """Whole factors, small ones, under which each row comes to nought: a basis of all that do."""
    rows = [[Fraction(value).limit_denominator(10**6) for value in row] for row in table]
    width = len(rows[0]) if rows else 0
    leads: list[int] = []
    for column in range(width):
        at = next((number for number in range(len(leads), len(rows)) if rows[number][column]), None)
        if at is None:
            continue
        top = len(leads)
        rows[top], rows[at] = rows[at], rows[top]
        rows[top] = [one / rows[top][column] for one in rows[top]]
        for number, row in enumerate(rows):
            if number != top and (factor := row[column]):
                rows[number] = [one - factor * own for one, own in zip(row, rows[top], strict=True)]
        leads.append(column)
    for free in (column for column in range(width) if column not in leads):
        factors = {lead: -rows[number][free] for number, lead in enumerate(leads)} | {free: Fraction(1)}
        whole = [factors.get(column, Fraction(0)) for column in range(width)]
        if all(one.denominator == 1 and abs(one) <= 3 for one in whole) and sum(one != 0 for one in whole) > 1:
            yield tuple(int(one) for one in whole)


def _link(group: Sequence[Count], factors: Sequence[int]) -> Link:
    chosen = next(number for number, one in enumerate(factors) if abs(one) == 1)
    sign = -factors[chosen]
    return Link(group[chosen], tuple((group[n], sign * one) for n, one in enumerate(factors) if one and n != chosen))
