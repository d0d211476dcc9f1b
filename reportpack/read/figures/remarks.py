"""What is said of a table, before its file and sheet are added: where, what was found and what to do."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportpack.model.problem import Problem, Source, Weight

FIRST = 3  # so many cells are named one by one


class Remark(NamedTuple):
    """One problem of a table. `cells` are as they are shown: `B3, B7 and 4 more`."""

    kind: str
    cells: str
    found: str
    remedy: str
    weight: Weight = Weight.WRONG

    def problem(self, file: str, sheet: str) -> Problem:
        """It with its file and sheet."""
        return Problem(self.kind, Source(file, sheet, self.cells), self.found, self.remedy, self.weight)


def first_of(cells: Sequence[str], count: int = 0) -> str:
    """ "B3, B4, B5 and 4 more"; `count` where there are more than are given."""
    more = max(count, len(cells)) - FIRST
    return f"{', '.join(cells[:FIRST])}{f' and {more} more' if more > 0 else ''}"


def listed(names: Iterable[str], most: int, between: str = ", ") -> str:
    """The first so many of the names that are any, and how many more there are."""
    every = [*names]
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return f"{between.join(filter(None, every[:most]))}{more}"
