"""How far a set of sums pins down each number among unknown ones: exact linear programming, for systems of some hundred."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

Number = int | Fraction
Sums = Sequence[tuple[Mapping[Hashable, int], Number]]
"""Equations: the coefficient of each unknown, and what they come to."""

_TOTAL = -1  # The place of the right-hand side in a row.


class Bounds:
    """What the sums, which have a solution, say of numbers none of which is negative. The simplex method, with Bland's rule against circles.

    A row holds what is not nought by the number of its column; numbers stay whole as long as they are."""

    def __init__(self, sums: Sums) -> None:
        self._places = {name: place for place, name in enumerate({name: None for row, _ in sums for name in row})}
        self._rows: list[dict[int, Number]] = []
        for row, total in sums:
            sign = -1 if total < 0 else 1
            line: dict[int, Number] = {self._places[name]: sign * factor for name, factor in row.items() if factor}
            self._rows.append(line | ({_TOTAL: sign * total} if total else {}))
        self._basis: list[int] = []
        self._start()

    def width(self, name: Hashable) -> Number | None:
        """How many more the greatest is than the least that it can be; None where nothing bounds it."""
        place = self._places[name]
        greatest = self._climb({place: 1})
        least = self._climb({place: -1})
        return None if greatest is None or least is None else greatest + least

    def _start(self) -> None:
        """A first solution: an unknown of its own for each sum, driven out again; a sum that says nothing new goes."""
        width = len(self._places)
        self._basis = [width + number for number in range(len(self._rows))]
        for number, row in enumerate(self._rows):
            row[width + number] = 1
        self._climb(dict.fromkeys(self._basis, -1))
        for number, row in enumerate(self._rows):
            column = next((place for place, value in row.items() if 0 <= place < width and value), None)
            if self._basis[number] >= width and column is not None:
                self._turn(number, column)
        kept = [number for number, own in enumerate(self._basis) if own < width]
        self._basis = [self._basis[number] for number in kept]
        self._rows = [{place: value for place, value in self._rows[number].items() if place < width} for number in kept]

    def _climb(self, cost: dict[int, Number]) -> Number | None:
        """The most that the cost can come to from here on; None where there is no end to it."""
        gain: dict[int, Number] = dict(cost)
        for own, row in zip(self._basis, self._rows, strict=True):
            if factor := cost.get(own, 0):
                _take(gain, row, factor)
        while (
            column := min((place for place, value in gain.items() if value > 0 and place != _TOTAL), default=None)
        ) is not None:
            steps = [
                (_divided(row.get(_TOTAL, 0), row[column]), self._basis[number], number)
                for number, row in enumerate(self._rows)
                if row.get(column, 0) > 0
            ]
            if not steps:
                return None
            at = min(steps)[2]
            self._turn(at, column)
            _take(gain, self._rows[at], gain[column])
        return -gain.get(_TOTAL, 0)

    def _turn(self, at: int, column: int) -> None:
        """The unknown of that column takes the place of the one that the row stood for."""
        pivot = self._rows[at][column]
        if pivot != 1:
            self._rows[at] = {place: _divided(value, pivot) for place, value in self._rows[at].items()}
        for number, row in enumerate(self._rows):
            if number != at and (factor := row.get(column, 0)):
                _take(row, self._rows[at], factor)
        self._basis[at] = column


def _take(row: dict[int, Number], other: Mapping[int, Number], factor: Number) -> None:
    for place, value in other.items():
        left = row.get(place, 0) - factor * value
        if left:
            row[place] = left
        else:
            row.pop(place, None)


def _divided(value: Number, by: Number) -> Number:
    if by == 1:
        return value
    found = Fraction(value) / by
    return int(found) if found.denominator == 1 else found
