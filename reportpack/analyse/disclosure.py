"""Which cells an edition that hides small numbers does not print: decided here alone, over all measures and all that was printed before.

A cell is small when a count behind it, or the rest of its base, is at least 1 and under the measure's `small_under` (spc.md section 4.3).
What was hidden before stays hidden. Then whatever still lets a hidden count be worked out, or narrowed to fewer than `small_under`
possible values, hides a further cell: a reader is taken to know each printed figure of each version, that areas add up to their total, and
every sum that the figures themselves keep to (a total of other measures, a rolling or a yearly sum, a numerator that is another measure, a
percentage of one in another).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from fractions import Fraction
from typing import NamedTuple

from reportpack.analyse.bounds import Bounds, Number
from reportpack.analyse.links import Count, Link, Places, bare_of, counts_of, links_between, values_of, with_counts
from reportpack.model.finding import SmallCell
from reportpack.model.judgement import Cell, Printed
from reportpack.model.period import Period
from reportpack.records import Changing, Record


class _Known(NamedTuple):
    """A count that a reader may know. Its value is part of it: revised, it is another."""

    of: Count
    area: str
    period: Period
    value: float


_Sum = tuple[tuple[_Known, int], ...]
"""Counts with their factors; what they come to is printed or is known from the sum itself."""


class Decision(Record):
    """The cells to hide, and those that nothing could protect."""

    hidden: Set[Cell]
    exposed: tuple[Cell, ...] = ()

    def of(self, measure: str) -> tuple[SmallCell, ...]:
        """Those of one measure, period by period."""
        mine = sorted(cell for cell in self.hidden if cell.measure == measure)
        return tuple(SmallCell(cell.area, cell.period) for cell in sorted(mine, key=lambda one: one.period))


class _State(Changing):
    """The figures as one version printed them, with the cells that it hid."""

    hidden: set[Cell]
    given: bool
    counts: dict[Cell, list[_Known]] = field(default_factory=dict)
    cells: dict[_Known, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    sums: list[_Sum] = field(default_factory=list)
    wholes: dict[_Known, list[_Known]] = field(default_factory=lambda: defaultdict(list))
    """The sums over time that hold a count."""
    months: dict[_Known, _Sum] = field(default_factory=dict)
    """What a sum over time is made of, itself first."""

    def seen(self, one: _Known) -> bool:
        return any(cell not in self.hidden for cell in self.cells.get(one, ()))


def related(now: Sequence[Printed]) -> set[str]:
    """The measures that hide small cells, and those whose figures theirs can be worked out from."""
    now = with_counts(now)
    found = {one.measure.id for one in now if one.measure.small_under > 1 and one.areas}
    more = found
    while more:
        links = [{link.count.measure, *(part.measure for part, _ in link.parts)} for link in links_between(now, more)]
        more = {name for link in links if link & found for name in link} - found
        found = found | more
    return found


class Earlier(Record):
    """An earlier version as it was printed; `hidden` None when what it hid was not recorded, `given` when somebody has it."""

    printed: Sequence[Printed]
    hidden: frozenset[Cell] | None = None
    given: bool = True


def decide(now: Sequence[Printed], earlier: Sequence[Earlier] = (), let_out: Collection[Cell] = ()) -> Decision:
    """What to hide of the figures of now, after those of earlier versions; what is `let_out` may be printed again."""
    now = with_counts(now)
    small = dict.fromkeys(small_cells(now))
    there = {
        Cell(one.measure.id, line.area, each.period) for one in now for line in (one.force, *one.areas) for each in line.numbers
    }
    before = [one.hidden if one.hidden is not None else decide(one.printed).hidden for one in earlier]
    kept = {cell for hidden in before for cell in hidden if cell in there and cell not in let_out}
    hidden = [*dict.fromkeys((*sorted(kept), *small))]
    if not hidden:
        return Decision(frozenset())
    links = links_between(now, {one.measure.id for one in now})
    states = [_state(with_counts(one.printed), set(then), links, one.given) for one, then in zip(earlier, before, strict=True)]
    return _Search([_state(now, set(hidden), links, given=False), *states], now).run(hidden)


def small_cells(printed: Iterable[Printed]) -> Iterator[Cell]:
    """The cells that are small by themselves."""
    for one in printed:
        under = one.measure.small_under
        for line in one.areas if under > 1 else ():
            for figure in line.numbers:
                if any(0 < value < under for value in counts_of(figure, one.measure).values()):
                    yield Cell(one.measure.id, line.area, figure.period)


def _state(printed: Sequence[Printed], hidden: set[Cell], links: Sequence[Link], given: bool) -> _State:
    state = _State(hidden, given)
    same = {link.count: link.parts[0][0] for link in links if link.is_same}
    values = values_of(printed)
    for one in printed:
        for line in (one.force, *one.areas):
            for figure in line.numbers:
                cell = Cell(one.measure.id, line.area, figure.period)
                for part, value in (counts_of(figure, one.measure) or {"=": figure.value or 0.0}).items():
                    known = _Known(same.get(count := Count(one.measure.id, part), count), line.area, figure.period, value)
                    state.counts.setdefault(cell, []).append(known)
                    state.cells[known].append(cell)
    for one in printed:
        state.sums += _sums_of_areas(one, same, values)
    bare = {Count(one.measure.id, "="): bare_of(one) for one in printed}
    for link in links:
        for sum_ in _sums_of_link(link, same, {**bare, **values}):
            if link.spans:
                (whole, _), *parts = sum_
                if not link.is_tied:
                    state.months[whole] = sum_
                for month, _ in parts:
                    state.wholes[month].append(whole)
            else:
                state.sums.append(sum_)
    return state


def _sums_of_areas(printed: Printed, same: Mapping[Count, Count], values: Mapping[Count, Places]) -> Iterator[_Sum]:
    """What the areas come to, where the force's own figure says so. Where each has one and its figure is another than their sum, a reader is
    taken to know by how much. What is a share of the force's whole count tells that count in every area."""
    areas, base = [line.area for line in printed.areas], Count(printed.measure.id, "of")
    own, bases = [one for one in values if one.measure == printed.measure.id], values.get(base, {})
    # A base is what is in the share and what is not, whose sums say all.
    for count in [one for one in own if one.part != "of" or one._replace(part="no") not in values]:
        of = values[count]
        for figure in printed.force.numbers if areas else ():
            places = [(area, figure.period) for area in areas if (area, figure.period) in of]
            parts = [(_Known(same.get(count, count), *place, of[place]), 1) for place in places]
            total = of.get((printed.force.area, figure.period))
            adds_up = total is not None and abs(sum(one.value for one, _ in parts) - total) < 0.5
            in_force = {bases.get(place) for place in places} & {bases.get((printed.force.area, figure.period))} - {None}
            whole = _Known(same.get(count, count), printed.force.area, figure.period, total or 0.0)
            if places and (adds_up or (len(places) == len(areas) and not in_force)):
                yield (*parts, (whole, -1)) if adds_up else tuple(parts)
    for (area, period), many in bases.items():
        if area != printed.force.area and bases.get((printed.force.area, period)) == many:
            known = [_Known(same.get(base, base), each, period, many) for each in (area, printed.force.area)]
            yield ((known[0], 1), (known[1], -1))


def _sums_of_link(link: Link, same: Mapping[Count, Count], values: Mapping[Count, Places]) -> Iterator[_Sum]:
    """The link at each place at which it holds."""
    for (area, period), value in () if link.is_same else values.get(link.count, {}).items():
        places = [(part, factor, each) for part, factor in link.parts for each in link.periods(period)]
        there = [(part, factor, each) for part, factor, each in places if (area, each) in values.get(part, {})]
        parts = [(_Known(same.get(part, part), area, each, values[part][area, each]), factor) for part, factor, each in there]
        whole = _Known(same.get(link.count, link.count), area, period, value)
        left = link.many * value - sum(factor * one.value for one, factor in parts)
        if there == places and (link.is_tied or abs(left) < 0.5 * link.many):
            yield ((whole, -link.many), *parts)
        elif link.has_rest:
            yield from _sums_with_a_rest(whole, parts, left)


def _sums_with_a_rest(whole: _Known, parts: Sequence[tuple[_Known, int]], left: float) -> Iterator[_Sum]:
    """A whole that holds more than its parts, by a count that nobody prints; of parts that overlap, each by itself is no more than the whole."""
    for some in [parts] if left >= 0 else [[one] for one in parts]:
        rest = whole.value - sum(one.value for one, _ in some)
        if some and rest >= 0:
            unprinted = Count(whole.of.measure, f"but {some[0][0].of.measure}")
            yield ((whole, -1), *some, (_Known(unprinted, whole.area, whole.period, rest), 1))


class _Search:
    """Hides one cell after the other until no hidden count is known too narrowly."""

    def __init__(self, states: Sequence[_State], now: Sequence[Printed]) -> None:
        self.states, self.now = states, states[0]
        lines = [(one, line) for one in now for line in (*one.areas, one.force)]
        self.order = {
            Cell(one.measure.id, line.area, each.period): number
            for number, (one, line) in enumerate(lines)
            for each in line.numbers
        }
        self.totals = {(one.measure.id, one.force.area) for one in now}
        self.under = _least_widths(now, states[0])
        self.known = {one for state in states for one in state.cells if state.seen(one)}
        self.out = {one for state in states if state.given for one in state.cells if state.seen(one)}
        """What a version that somebody has printed: no care of today's takes that back."""
        over_time = (each for state in states for whole, each in state.months.items() if whole in self.out)
        sums = [*(each for state in states for each in state.sums), *over_time]
        self.bounds: dict[tuple[_Sum, ...], Bounds] = {}
        """Of the sums looked at last: the same often serve several counts."""
        self.sums: dict[_Known, list[_Sum]] = defaultdict(list)
        for sum_ in dict.fromkeys(sums):
            for one, _ in sum_:
                self.sums[one].append(sum_)

    def run(self, waiting: list[Cell]) -> Decision:
        """The decision; a cell is exposed when no other is left that could be hidden for it."""
        exposed = dict[Cell, None]()
        while waiting:
            cell = waiting.pop(0)
            waiting += self._hide(self._beside(cell))
            for one in self.now.counts.get(cell, ()):
                while one not in self.known and self._is_too_narrow(one):
                    further = self._next_for(one)
                    if not further:
                        exposed[cell] = None
                        break
                    waiting += self._hide(further)
        return Decision(self.now.hidden, tuple(exposed))

    def _hide(self, cells: Iterable[Cell]) -> list[Cell]:
        """Hide those that are not hidden yet, and give them."""
        new = [cell for cell in dict.fromkeys(cells) if cell not in self.now.hidden]
        for cell in new:
            self.now.hidden.add(cell)
            self.known -= {one for one in self.now.counts[cell] if not any(state.seen(one) for state in self.states)}
        return new

    def _beside(self, cell: Cell) -> Iterator[Cell]:
        """The cells that say the same count, and the sums over time that hold it: without them, what is hidden of its months can be anything
        that it could be before. A sum that is small by itself hides its months."""
        for one in self.now.counts.get(cell, ()):
            yield from self.now.cells[one]
            for whole in self.now.wholes.get(one, ()):
                yield from self.now.cells[whole]
            months = [each for each, _ in self.now.months.get(one, ())[1:]]
            if months and all(each in self.known for each in months):
                yield from (cell for each in months if each.value for cell in self.now.cells[each])

    def _is_too_narrow(self, one: _Known) -> bool:
        sums = tuple(self._around(one))
        if not sums:
            return False
        if sums not in self.bounds:
            self.bounds = {sums: Bounds([(dict(each), _comes_to(each)) for each in sums])}
        width = self.bounds[sums].width(one)
        return width is not None and width < self.under[one.of]

    def _around(self, one: _Known) -> list[_Sum]:
        """The sums of hidden counts that hang together with it."""
        found, waiting, met = dict[_Sum, None](), [one], {one}
        while waiting:
            for sum_ in self.sums.get(waiting.pop(), ()):
                rest = tuple((each, factor) for each, factor in sum_ if each not in self.known)
                found[rest] = None
                new = [each for each, _ in rest if each not in met]
                met.update(new)
                waiting += new
        return sorted(found)

    def _next_for(self, one: _Known) -> list[Cell]:
        """The cells that print the count near it that is best hidden for it; none where nothing is left."""
        near, met = [one], {one}
        while near:
            around = {each for at in near for sum_ in self.sums.get(at, ()) for each, _ in sum_} - met
            choices = [each for each in around if each in self.known and each not in self.out and each in self.now.cells]
            if choices:
                best = min(choices, key=lambda each: self._loss(each, one))
                return [cell for cell in self.now.cells[best] if cell not in self.now.hidden]
            met |= around
            near = [each for each in around if each not in self.known]
        return []

    def _loss(self, one: _Known, target: _Known) -> tuple[bool, bool, bool, float, int]:
        """How much a reader loses with it: the force's own figure most, then a nought, then another month; else as much as it counts."""
        cells = self.now.cells[one]
        total = any((cell.measure, cell.area) in self.totals for cell in cells)
        elsewhen = one.of == target.of and one.period != target.period
        return (total, one.value <= 0, elsewhen, one.value, min(self.order[cell] for cell in cells))


def _comes_to(sum_: _Sum) -> Number:
    total = sum(factor * one.value for one, factor in sum_)
    return int(total) if total == int(total) else Fraction(total).limit_denominator(10**6)


def _least_widths(now: Sequence[Printed], state: _State) -> dict[Count, int]:
    """How wide a hidden count must stay: the greatest `small_under` of the measures that print it, else of all."""
    unders = {one.measure.id: one.measure.small_under for one in now}
    most = max(unders.values())
    found: dict[Count, int] = defaultdict(lambda: most)
    for cell, counts in state.counts.items():
        for one in counts:
            if unders.get(cell.measure, 0) > 1:
                found[one.of] = max(unders[cell.measure], found.get(one.of, 0))
    return found
