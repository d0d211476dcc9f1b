"""One row of the register being read: gives values, and gathers a problem for each cell that cannot be read."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from rapidfuzz import fuzz, process

from reportpack.model.audience import Audience
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Weight
from reportpack.read.occasions import read_day, read_occasion
from reportpack.read.posts import nearest_posts, read_owners
from reportpack.read.register_rows import Cell, Column, Row, plain

Choice = TypeVar("Choice", bound=StrEnum)
_REFERENCE_AS_DATE = re.compile(r"\d{1,2}/\d{4}")


class RowReader:
    """Reads the cells of one row for one office. `problems` grows as cells are asked for."""

    def __init__(self, row: Row, office: Office) -> None:
        self.row = row
        self.office = office
        self.problems: list[Problem] = []

    def say(self, kind: str, column: Column, found: str, remedy: str, weight: Weight = Weight.WRONG) -> None:
        """Note a problem with that cell, once."""
        problem = Problem(kind, self.row.at(column), found, remedy, weight)
        if problem not in self.problems:
            self.problems.append(problem)

    def text(self, column: Column) -> str:
        """The cell's words as typed; a number or a date as it would be written."""
        cell = self.row.cell(column)
        if cell.fault:
            self.say(
                "formula-failed",
                column,
                f"{column.header} shows {cell.fault} instead of a value.",
                "Mend the formula, or type the value.",
            )
        return _written(cell)

    def reference(self, column: Column, example: str) -> str:
        """The row's reference. One like 12/2019 that Excel took for a date is read as it was typed."""
        cell = self.row.cell(column)
        if isinstance(cell.value, (date, datetime)) and cell.value.day == 1:
            reference = f"{cell.value.month}/{cell.value.year}"
            self.say(
                "reference-is-date",
                column,
                f"Excel has turned the reference into a date; it is read as {reference}.",
                f"Format the column as text and type {reference} again.",
                Weight.NOTE,
            )
            return reference
        reference = " ".join(self.text(column).split())
        if not reference:
            self.say(
                "reference-missing", column, "The row has no reference.", f"Give it the next one, like {example}.", Weight.NOTE
            )
        return reference

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
        day = read_day(self.row.cell(column).value)
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
        cell = self.row.cell(column)
        occasion = read_occasion(cell.value, cell.format, after)
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
        """Who may read the row: the office alone unless it says otherwise."""
        return self.choice(column, Audience, {}, Audience.OFFICE)

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


def _written(cell: Cell) -> str:
    if isinstance(cell.value, (date, datetime)):
        return long_date(cell.value)
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, (float, int)):
        return f"{cell.value:.15g}"
    return str(cell.value).strip() if cell.value is not None else ""


def _nearest(text: str, known: Mapping[str, StrEnum]) -> str:
    near = process.extractOne(plain(text), list(known), scorer=fuzz.ratio)
    return f'If you meant "{known[near[0]].value}", type that. ' if near is not None and near[1] >= 70 else ""


def _short(text: str) -> str:
    """Enough of a long text to find it by."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
