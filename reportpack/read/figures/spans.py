"""How long each figure of a table spans, and what else the words around it say: one Meaning for each row and column, and its period set right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reportpack.model.observation import Finality, Meaning, Nature, Reach, reach_of
from reportpack.model.period import Period, add_months
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.columns import Roles
from reportpack.read.figures.headers import Head
from reportpack.read.figures.meanings import SILENT, Said, joined, said_by, said_in_notes
from reportpack.read.figures.row_labels import RowLabels
from reportpack.read.figures.sheet_view import View
from reportpack.read.figures.titles import find_periods
from reportpack.read.grid import cell_name, column_name
from reportpack.read.periods import to_date

Words = tuple[str, str, Said]  # a text, where it stands, and what it says
Told = tuple[tuple[str, str], ...]  # where each part of a meaning was said


class Spans:
    """What the words around one table say of the meaning of its figures."""

    def __init__(self, view: View, block: Block, roles: Roles, heads: dict[int, Head]) -> None:
        self.view, self.block, self.roles = view, block, roles
        self.around = tuple(self._around())
        self.title_says_to_date = any(said.reach is Reach.YEAR_TO_DATE for _, _, said in self.around)
        self.titled = next((where for where, text, _ in self.around if find_periods(text)), "title")
        self.title_holds = True
        """False where the months below a title that says "year to date" are plainly months by themselves."""
        self.notes = said_in_notes((*block.notes, *block.titles))
        self.overlapping = overlapping(head.moment.period for head in heads.values())
        corner = (column.heading for column in (*roles.periods, *roles.areas, *roles.categories, *roles.units))
        self.start_month = 1 if any("calendar" in text.lower() for text in (*block.titles, *corner)) else 4
        self._known: dict[tuple[object, ...], tuple[list[Said], Said, Told, Told]] = {}
        self._meanings: dict[tuple[object, ...], Meaning] = {}

    def _around(self) -> Iterable[Words]:
        """The words that hold for the whole table: its corner, the lines above it from the nearest on, its sheet's name."""
        for column in (*self.roles.periods, *self.roles.areas, *self.roles.categories):
            if column.heading and self.block.header_rows and said_by(column.heading, title=True) != SILENT:
                yield cell_name(self.block.header_rows[-1], column.place), column.heading, said_by(column.heading, title=True)
        for line in reversed(self.block.titles):
            said = said_by(line, title=True)
            if said.reach is Reach.ROLLING and find_periods(line):
                said = replace(said, reach=None)  # "Rolling 12 months to March 2019" above months says which months are shown
            yield self._cell_of(line, range(min(self.block.top, 60) - 1, -1, -1)) or "title", line, said
        yield "sheet name", self.view.sheet.name, said_by(self.view.sheet.name, title=True)

    def _cell_of(self, line: str, rows: Iterable[int]) -> str:
        for row in rows:
            for column in range(len(self.view.kinds[row])):
                if (text := self.view.text(row, column)) and line.startswith(text.rstrip(" :")):
                    return cell_name(row, column)
        return ""

    def settle(self, period: Period | None, labels: RowLabels, head: Head) -> tuple[Period | None, Meaning]:
        """The period as the words make it (June "cumulative" is April to June), and all that they say."""
        own = [said for text in labels.words if (said := said_by(text)) is not SILENT]
        key = (*map(id, own), id(head), labels.moment.tells)
        if key not in self._known:
            over = [(cell, text, said_by(text)) for text, cell in head.words]
            around = self.around if self.title_holds else [one for one in self.around if one[2].reach is not Reach.YEAR_TO_DATE]
            said, told = joined((*(("row label", "", said) for said in own), *over, *around))
            where = self.titled  # where the period stands: above the table, in the column of periods, or over the figures
            if labels.moment.tells and self.roles.periods:
                where = f"column {column_name(self.roles.periods[0].place)}"
            if head.moment.tells and self.block.header_rows:
                where = head.words[0][1] if head.words else f"row {self.block.header_rows[-1] + 1}"
            self._known[key] = own, said, told, (("span", where), *told)
        return self._settled(period, *self._known[key][1:])

    def _settled(self, period: Period | None, said: Said, told: Told, told_of_period: Told) -> tuple[Period | None, Meaning]:
        reach = said.reach or reach_of(period)
        if period is not None and said.reach is Reach.ROLLING:
            if period.months == 1 and said.months > 1:  # the window that ends with it; a longer period already is one
                period = Period(add_months(period.start, 1 - said.months), said.months)
            elif self.overlapping.get(period.months) is False:
                reach = reach_of(period)  # "3 months ending" June, September and December: quarters
        elif period is not None and said.reach is Reach.YEAR_TO_DATE and period.months == 1:
            period = to_date(period, self.start_month)
        if period is None:
            reach = said.reach or Reach.NOT_TOLD
        elif said.reach is None and period.months > 1 and self.overlapping.get(period.months):
            reach = Reach.ROLLING
        if period is not None and said.reach is None:
            told = told_of_period
        nature, finality = said.nature or Nature.ACTUAL, said.finality or Finality.NOT_TOLD
        parts = (reach, nature, said.scale or 1.0, said.base, finality, said.basis)
        if (known := self._meanings.get((parts, told))) is None:
            known = self._meanings[parts, told] = Meaning(*parts, told)
        return period, self._noted(known, period)

    def _noted(self, meaning: Meaning, period: Period | None) -> Meaning:
        if meaning.finality is not Finality.NOT_TOLD:
            return meaning
        for periods, finality, note in self.notes:
            within = period is not None and any(one.start <= period.start and period.end <= one.end for one in periods)
            if within or (not periods and "(" not in note[:3]):
                cell = self._cell_of(note, range(self.block.data_rows[-1] + 1, len(self.view.kinds))) or "note"
                told = (*meaning.told, ("finality", cell))
                return Meaning(meaning.reach, meaning.nature, meaning.scale, meaning.base, finality, meaning.basis, told)
        return meaning


def overlapping(periods: Iterable[Period | None]) -> dict[int, bool]:
    """For lengths in months of which there are several periods whether those overlap: years to March and to April are windows that roll."""
    starts: dict[int, list[int]] = {}
    for period in dict.fromkeys(one for one in periods if one is not None and one.months > 1):
        starts.setdefault(period.months, []).append(period.start.year * 12 + period.start.month)
    found = {}
    for months, ones in starts.items():
        if (steps := [later - earlier for earlier, later in pairwise(sorted(ones))]) and max(steps) > 0:
            found[months] = sum(0 < step < months for step in steps) * 2 > len(steps)
    return found


_BACK = {"year before": -12, "same month last year": -12, "month before": -1, "quarter before": -3}


def moved(period: Period | None, relative: str, labels: Iterable[str] = ()) -> Period | None:
    """The period that "Previous year", "Last month", "Year to date" or "2017/18 YTD" means beside the table's own; None where that cannot be."""
    years = [one for label in labels for one in find_periods(label.upper().replace("YTD", "")) if one.months == 12]
    if years and period is not None:
        return period.shifted(12 * (years[0].start.year - to_date(period).start.year))
    if period is None or relative in ("this", ""):
        return period
    if relative == "month":
        return period if period.months == 1 else None
    if relative in ("year to date", "year to date before"):
        if period.months not in (1, 12) and period.start.month != 4:
            return None
        reached = to_date(period) if period.months == 1 else period
        return reached.shifted(-12) if relative.endswith("before") else reached
    if not period.months or period.months != {"month before": 1, "quarter before": 3}.get(relative, period.months):
        return None
    return period.shifted(_BACK.get(relative, -period.months))


def in_order(run: Iterable[tuple[Period, float]]) -> list[tuple[Period, float]]:
    """A run of periods of one length in the order of time."""
    return sorted(run, key=lambda each: (each[0].start, each[1]))


def grow(runs: Mapping[object, Sequence[tuple[Period, float]]], first_month: int = 4) -> bool | None:
    """Whether runs of months only ever rise within a year and fall where one begins, as sums to date do; None where too few tell."""
    rises = falls = 0
    for run in runs.values():
        for (earlier, one), (later, two) in pairwise(in_order(run)):
            before, after = ((period.start.month - first_month) % 12 for period in (earlier, later))
            if after >= before and later.start.year <= earlier.start.year + 1 and two != one:
                rises, falls = rises + (two > one), falls + (two < one)
    return None if rises + falls < 2 else falls * 20 <= rises + falls
