"""One row of the register being read: gives values, and gathers a problem for each cell that cannot be read."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from reportpack.model.edition import ROW_AUDIENCE, Audience, edition_names
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_columns import Heading, table_of
from reportpack.model.register_row import RegisterRow
from reportpack.read.posts import nearest_posts, read_owners
from reportpack.read.register.occasions import read_day, read_occasion, why_no_day
from reportpack.read.register.rows import plain

Choice = TypeVar("Choice", bound=StrEnum)


class RowReader:
    """Reads the cells of one row for one office. `problems` grows as cells are asked for."""

    def __init__(self, row: RegisterRow, office: Office) -> None:
        self.row = row
        self.office = office
        self.problems: list[Problem] = []

    def say(self, kind: str, heading: Heading, found: str, remedy: str, weight: Weight = Weight.WRONG) -> None:
        """Note a problem with that cell, once."""
        if (problem := Problem(kind, self.row.at(heading), found, remedy, weight)) not in self.problems:
            self.problems.append(problem)

    def text(self, heading: Heading) -> str:
        """The cell's words."""
        return self.row.text(heading)

    def reference(self, heading: Heading, example: str) -> str:
        """The row's reference; a row may be without one until the ledger has given it one."""
        if not self.row.ref:
            remedy = f"Give it the next one, like {example}."
            self.say("reference-missing", heading, "The row has no reference.", remedy, Weight.NOTE)
        return self.row.ref

    def words(self, heading: Heading) -> str:
        """Words that the row cannot do without."""
        if not (words := self.text(heading)):
            found = f'The row says nothing under "{heading}".'
            self.say("words-missing", heading, found, f"Type them as minuted: {table_of(self.row.sheet).column(heading).means}")
        return words

    def day(self, heading: Heading) -> date | None:
        """A day, None where the cell is empty or cannot be read."""
        text = self.text(heading)
        day = self.row.day(heading) or read_day(text)
        if text and day is None:
            found = f'"{_short(text)}" under "{heading}" is not a date.'
            self.say("date-unreadable", heading, found, "Type a day, day first, such as 28 May 2019.")
        return day

    def occasion(self, heading: Heading, after: str = "") -> str:
        """A meeting as an id, a day or a month in ISO form; empty where the cell is empty or cannot be read."""
        day, text = self.row.day(heading), self.text(heading)
        if day is not None or not text:
            return day.isoformat() if day is not None else ""
        if not (occasion := read_occasion(text, after=after)):
            found = f'"{_short(text)}" under "{heading}" {why_no_day(text) or "does not say which day or meeting"}.'
            remedy = "Type its month and year (November 2019), its date, or its id (2019-11-26-assurance)."
            self.say("meeting-unreadable", heading, found, remedy)
        return occasion

    def choice(self, heading: Heading, kinds: Iterable[Choice], others: Mapping[str, Choice], default: Choice) -> Choice:
        """One of a few words; an empty cell is the default, an unknown word is said and read as the default."""
        if not (text := self.text(heading)):
            return default
        known = {plain(kind.value): kind for kind in kinds} | {plain(word): kind for word, kind in others.items()}
        if (kind := known.get(plain(text))) is not None:
            return kind
        found = f'"{_short(text)}" is not one of the words for "{heading}", so the row is taken as {default.value}.'
        remedy = f"{_nearest(text, known)}The words are: {', '.join(kind.value for kind in kinds)}."
        self.say(f"{plain(heading)}-unknown", heading, found, remedy)
        return default

    def audience(self, heading: Heading) -> Audience:
        """Who may read the row: the office alone unless it says otherwise. Nothing is built on words that do not tell."""
        text = self.text(heading)
        try:
            return Audience(plain(text)) if text else Audience.OFFICE
        except ValueError:
            found = f'"{_short(text)}" is not one of the words for "{heading}": it does not say who may read the row.'
            self.say(ROW_AUDIENCE, heading, found, f"Write {edition_names()}.")
            return Audience.OFFICE

    def owners(self, heading: Heading) -> tuple[str, ...]:
        """The ids of the posts named; what is not a post is said and left as written."""
        owners = read_owners(self.text(heading), self.office)
        for word in owners.unknown:
            found = f'"{_short(word)}" under "{heading}" is not a post of this office or force.'
            self.say("post-unknown", heading, found, nearest_posts(word, self.office))
        return owners.posts


def _nearest(text: str, known: Mapping[str, StrEnum]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extractOne(plain(text), list(known), scorer=fuzz.ratio)
    return f'If you meant "{known[near[0]].value}", type that. ' if near is not None and near[1] >= 70 else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
