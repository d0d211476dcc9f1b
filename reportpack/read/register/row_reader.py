"""One row of the register being read: gives values, and gathers a problem for each cell that cannot be read."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from reportpack.model.audience import ROW_AUDIENCE, Audience
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_row import RegisterRow
from reportpack.read.posts import nearest_posts, read_owners
from reportpack.read.register.occasions import read_day, read_occasion
from reportpack.read.register.rows import Column, plain

Choice = TypeVar("Choice", bound=StrEnum)


class RowReader:
    """Reads the cells of one row for one office. `problems` grows as cells are asked for."""

    def __init__(self, row: RegisterRow, office: Office) -> None:
        self.row = row
        self.office = office
        self.problems: list[Problem] = []

    def say(self, kind: str, column: Column, found: str, remedy: str, weight: Weight = Weight.WRONG) -> None:
        """Note a problem with that cell, once."""
        problem = Problem(kind, self.row.at(column.header), found, remedy, weight)
        if problem not in self.problems:
            self.problems.append(problem)

    def text(self, column: Column) -> str:
        """The cell's words."""
        return self.row.text(column.header)

    def reference(self, column: Column, example: str) -> str:
        """The row's reference; a row may be without one until the ledger has given it one."""
        if not self.row.ref:
            self.say(
                "reference-missing", column, "The row has no reference.", f"Give it the next one, like {example}.", Weight.NOTE
            )
        return self.row.ref

    def words(self, column: Column) -> str:
        """Words that the row cannot do without."""
        words = self.text(column)
        if not words:
            self.say(
                "words-missing", column, f'The row says nothing under "{column.header}".', f"Type them as minuted: {column.means}"
            )
        return words

    def day(self, column: Column) -> date | None:
        """A day, None where the cell is empty or cannot be read."""
        text = self.text(column)
        if not text:
            return None
        day = read_day(text)
        if day is None:
            self.say(
                "date-unreadable",
                column,
                f'"{_short(text)}" under "{column.header}" is not a date.',
                "Type a day, day first, such as 28 May 2019.",
            )
        return day

    def occasion(self, column: Column, after: str = "") -> str:
        """A meeting as an id, a day or a month in ISO form; empty where the cell is empty or cannot be read."""
        text = self.text(column)
        if not text:
            return ""
        occasion = read_occasion(text, after=after)
        if not occasion:
            self.say(
                "meeting-unreadable",
                column,
                f'"{_short(text)}" under "{column.header}" does not say which meeting.',
                "Type its month and year (November 2019), its date, or its id (2019-11-26-assurance).",
            )
        return occasion

    def choice(self, column: Column, kinds: type[Choice], others: Mapping[str, Choice], default: Choice) -> Choice:
        """One of a few words; an empty cell is the default, an unknown word is said and read as the default."""
        text = self.text(column)
        if not text:
            return default
        known = {plain(kind.value): kind for kind in kinds} | {plain(word): kind for word, kind in others.items()}
        kind = known.get(plain(text))
        if kind is not None:
            return kind
        self.say(
            f"{plain(column.header)}-unknown",
            column,
            f'"{_short(text)}" is not one of the words for "{column.header}", so the row is taken as {default.value}.',
            f"{_nearest(text, known)}The words are: {', '.join(kind.value for kind in kinds)}.",
        )
        return default

    def audience(self, column: Column) -> Audience:
        """Who may read the row: the office alone unless it says otherwise. Nothing is built on words that do not tell."""
        text = self.text(column)
        try:
            return Audience(plain(text)) if text else Audience.OFFICE
        except ValueError:
            found = f'"{_short(text)}" is not one of the words for "{column.header}": it does not say who may read the row.'
            self.say(ROW_AUDIENCE, column, found, "Write office, force or public.")
            return Audience.OFFICE

    def owners(self, column: Column) -> tuple[str, ...]:
        """The ids of the posts named; what is not a post is said and left as written."""
        owners = read_owners(self.text(column), self.office)
        for word in owners.unknown:
            self.say(
                "post-unknown",
                column,
                f'"{_short(word)}" under "{column.header}" is not a post of this office or force.',
                nearest_posts(word, self.office),
            )
        return owners.posts


def _nearest(text: str, known: Mapping[str, StrEnum]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extractOne(plain(text), list(known), scorer=fuzz.ratio)
    return f'If you meant "{known[near[0]].value}", type that. ' if near is not None and near[1] >= 70 else ""


def _short(text: str) -> str:
    """Enough of a long text to find it by."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
