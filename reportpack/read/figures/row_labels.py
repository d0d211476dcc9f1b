"""What the labels of each row say: its period, its area, the parts of its measure, whether it is a total, its unit; in Excel's pivot tables
also what is summed, and which rows of the one column of labels stand under which.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import field
from itertools import chain

from reportpack import patterns as re
from reportpack.model.observation import Unit
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.calendars import NOTHING, Moment, read_together
from reportpack.read.figures.columns import Column, Roles, row_moments
from reportpack.read.figures.figure_cells import unit_of_cells
from reportpack.read.figures.headers import Head
from reportpack.read.figures.labels import AREA_CODE, TOTAL_CODE, clean_label, is_area, is_total
from reportpack.read.figures.meanings import SILENT, is_only_unit, said_by, unit_of
from reportpack.read.figures.sheet_view import EMPTY, View
from reportpack.read.grid import CellValue
from reportpack.read.periods import read_period
from reportpack.records import Changing, Record

_SUMMED = re.compile(r"(?i)(?P<how>sum|count|distinct count|average|max|min|product|std ?dev\w*|var\w*) of (?P<what>.+)")
_WORDS = frozenset(("row labels", "column labels", "values", "(blank)"))
_MOST_CHILDREN = 400
Numbers = Sequence[float]


def is_pivot(texts: Sequence[str]) -> bool:
    """Whether a header is that of a pivot table as Excel makes it."""
    return bool(_WORDS & {text.strip().lower() for text in texts})


def is_field(label: str) -> bool:
    """Whether a label says what is summed: "Sum of Offences"."""
    return _SUMMED.fullmatch(label.strip()) is not None


def bare_field(label: str) -> str:
    """ "Offences" for "Sum of Offences", "Days, average" for "Average of Days"; nothing for Excel's own "Row Labels"."""
    if label.strip().lower() in _WORDS:
        return ""
    if (match := _SUMMED.fullmatch(label.strip())) is None:
        return label
    how = match["how"].lower()
    return match["what"] if how in ("sum", "count") else f"{match['what']}, {how}"


def rows_above(labels: Sequence[CellValue], numbers: Sequence[Numbers]) -> list[int | None]:
    """For each row the row that holds it: by indents where labels have them, else because its figures are the sum of those below."""
    texts = [label if isinstance(label, str) else "" for label in labels]
    if any(text[:1].isspace() for text in texts):
        return _by_indents(texts)
    found: list[int | None] = [None] * len(texts)
    tops: list[int] = []
    for row in range(len(texts) - 1, -1, -1):
        if is_total(texts[row]):
            tops = []
            continue
        held = _held(numbers[row], [numbers[top] for top in reversed(tops[-_MOST_CHILDREN:])], is_area(clean_label(texts[row])))
        for child in tops[len(tops) - held :]:
            found[child] = row
        tops = [*tops[: len(tops) - held], row]
    return found


def _by_indents(texts: Sequence[str]) -> list[int | None]:
    found: list[int | None] = []
    open_rows: list[tuple[int, int]] = []
    for row, text in enumerate(texts):
        indent = len(text) - len(text.lstrip())
        while open_rows and open_rows[-1][0] >= indent:
            open_rows.pop()
        found.append(open_rows[-1][1] if open_rows else None)
        open_rows.append((indent, row))
    return found


def _held(whole: Numbers, parts: Sequence[Numbers], one_is_enough: bool) -> int:
    """How many of the rows below add up to a row; one alone does only below an area."""
    left = list(whole)
    for count, part in enumerate(parts, 1):
        left = [rest - number for rest, number in zip(left, part, strict=True)]
        if any(rest < -1e-6 for rest in left):
            return 0
        if all(abs(rest) <= 1e-6 * max(1.0, abs(number)) for rest, number in zip(left, whole, strict=True)):
            return count if count > 1 or one_is_enough else 0
    return 0


class RowLabels(Record):
    """What the labels of one row say."""

    moment: Moment = NOTHING
    area: str | None = None
    parts: tuple[str, ...] = ()
    total: bool = False
    unit: Unit | None = None
    shown: Unit | None = None  # what the row's own cells show, where a row is a measure
    parts_number: int = 0
    number: int = 0  # rows that say the same share these numbers, so that each thing said is worked out once
    words: tuple[str, ...] = ()  # the row's own labels as they stand, where they may say what its figures mean


class RowReader(Changing):
    """One table's rows being read. `titled_unit` is what the lines above the table say."""

    view: View
    block: Block
    roles: Roles
    heads: Mapping[int, Head]
    office: frozenset[str]
    numbers: frozenset[int]
    titled_unit: Unit | None
    pivot: bool = False  # whether Excel made it as a pivot table, whose one column of labels holds several
    holding: frozenset[int] = field(init=False, default=frozenset())
    """Rows whose figures are those of the rows under them together."""
    measures_down: bool = field(init=False)  # whether each row is a measure of its own, with periods across
    sections: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        """Settle what is the same for all rows."""
        timed = sum(head.moment.tells for head in self.heads.values())
        self.measures_down = bool(self.roles.categories) and timed * 2 >= len(self.heads) and timed > 0
        self.sections = dict(self.block.sections)

    def read(self) -> list[RowLabels]:
        """The labels of every row, in order."""
        moments, areas = self._row_moments(), self._row_areas()
        areas, parts = self._nested(areas, self._row_parts(moments, areas))
        if self.pivot and not any(moment.tells for moment in moments):
            times = {text: one for text in dict.fromkeys(chain(*parts)) if (one := read_together([text])[0]).tells}
            moments = [next((times[text] for text in reversed(part) if text in times), NOTHING) for part in parts]
            parts = [tuple(text for text in part if text not in times) for part in parts]
        totals, units, words = self._row_totals(), self._row_units(), self._row_words()
        said = [
            (next(filter(None, map(unit_of, reversed(part))), None), is_total(part[-1] if part else ""))
            for part in dict.fromkeys(parts)
        ]
        whole = {area for area in dict.fromkeys(areas) if area and is_total(area)}
        found = []
        known: dict[Hashable, RowLabels] = {}
        for index, (moment, number) in enumerate(zip(_numbered(moments), _numbered(parts), strict=True)):
            unit, total = said[number]
            if unit is Unit.MONEY and self.titled_unit not in (None, Unit.COUNT):
                unit = self.titled_unit
            shown = self.titled_unit or self._shown_unit(index) if self.measures_down else None
            total = total or totals[index] or areas[index] in whole or index in self.holding
            key = (moment, areas[index], number, total, units[index], shown, words[index])
            if key not in known:
                named = moments[index], areas[index], parts[index]
                known[key] = RowLabels(*named, total, units[index] or unit, shown, number, len(known), words[index])
            found.append(known[key])
        return found

    def _nested(self, areas: list[str | None], parts: list[tuple[str, ...]]) -> tuple[list[str | None], list[tuple[str, ...]]]:
        """The labels of a pivot, or of a column that indents its areas or what is counted in them, parted: the area that a row
        stands under, and the rest of its labels from the outermost on."""
        columns = sorted((*self.roles.areas, *self.roles.categories), key=lambda column: column.place)
        if not columns or not (self.pivot or len(columns) == 1):
            return areas, parts
        labels = columns[0]
        indents = [self.view.sheet.indents.get((row, labels.place), 0) for row in self.block.data_rows]
        pairs = zip(indents, labels.values, strict=True)
        texts = [f"{' ' * indent}{text}" if isinstance(text, str) else text for indent, text in pairs]
        depths: dict[bool, set[int]] = {True: set(), False: set()}  # of areas, and of what is counted in them
        for text in dict.fromkeys(one for one in texts if isinstance(one, str) and one.strip() and not is_total(one)):
            depths[self._is_area(text)].add(len(text) - len(text.lstrip()))
        if not (self.pivot or (depths[True] and depths[False] and depths[True].isdisjoint(depths[False]))):
            return areas, parts
        numbers = [
            [value if isinstance(value, float) else 0.0 for value in row]
            for row in zip(*(one.values for one in self.roles.figures), strict=True)
        ]
        above = rows_above(texts, numbers)
        self.holding = frozenset(row for row in above if row is not None)
        chains: list[tuple[str, ...]] = []
        for label, holder in zip(labels.values, above, strict=True):
            chains.append((*(chains[holder] if holder is not None else ()), self._label(label, "")))
        named = [next((text for text in reversed(chain) if self._is_area(text)), None) for chain in chains]
        rest = [tuple(text for text in chain if text and not self._is_area(text) and not is_total(text)) for chain in chains]
        if not any(named):
            return areas, [tuple(filter(None, chain)) for chain in chains]
        whole = [area or (chain[-1] if is_total(chain[-1]) else None) for area, chain in zip(named, chains, strict=True)]
        return whole, rest

    def _row_words(self) -> list[tuple[str, ...]]:
        """The texts of periods and categories that speak of more than a name: "May-19 (revised)", "Target"."""
        count = len(self.block.data_rows)
        found: list[tuple[str, ...]] = [()] * count
        for column in (*self.roles.periods, *self.roles.categories, *self.roles.units):
            texts = (text for text in dict.fromkeys(column.values) if isinstance(text, str))
            telling: dict[CellValue, tuple[str, ...]] = {text: (text,) for text in texts if said_by(text) != SILENT}
            if telling:
                labels = filled_down(column, self.roles)
                found = [words + telling.get(text, ()) for words, text in zip(found, labels, strict=True)]
        lines = {text: (clean_label(text),) for text in set(self.sections.values()) if said_by(clean_label(text)) != SILENT}
        if lines:
            above = self._words_above(lines.__contains__)
            found = [words + lines.get(text, ()) for words, text in zip(found, above, strict=True)]
        return found

    def _row_moments(self) -> list[Moment]:
        rows = self.block.data_rows
        above = self._words_above(lambda text: (period := read_period(text)) is not None and period.months > 0)
        periods = [read_period(text) for text in above]  # a day alone is a row without its figures, and names none below it
        current = [Moment(period) if period else NOTHING for period in periods]
        for column in sorted(self.roles.periods, key=lambda column: (not _holds_years(column), column.place)):
            formats = self.view.sheet.formats_of(rows, column.place)
            filled = Column(column.place, column.heading, column.kinds, filled_down(column, self.roles))
            current = [_finer(old, new) for old, new in zip(current, row_moments(filled, formats, current), strict=True)]
        return current

    def _row_areas(self) -> list[str | None]:
        columns = sorted(self.roles.areas, key=lambda column: len(column.texts))
        lines = self._words_above(self._is_area) if not columns else [""] * len(self.block.data_rows)
        found = [self._area_name(text) if text else None for text in lines]
        for column in columns:
            labels = filled_down(column, self.roles)
            names: dict[CellValue, str | None] = {
                value: self._area_name(value) for value in dict.fromkeys(labels) if isinstance(value, str) and value.strip()
            }
            found = [names.get(value, old) for value, old in zip(labels, found, strict=True)]
        return _regions_apart(found)

    def _area_name(self, value: str) -> str:
        bare = clean_label(value)
        return bare if is_area(bare, self.office) else clean_label(value, self.numbers)

    def _row_parts(self, moments: Sequence[Moment], areas: Sequence[str | None]) -> list[tuple[str, ...]]:
        """The labels that name a row's measure: as many columns from the left as it takes to tell the rows apart."""
        count = len(self.block.data_rows)
        # The words above each row that name it; areas among them are no part of its measure.
        short = {text for text in self.sections.values() if len(text) <= 100 and not self._is_area(text)}
        timed = (
            self.roles.periods and self.roles.periods[0].place == self.block.left
        )  # "Week 14" above weeks is a row without its figures
        own = {text for column in self.roles.categories for text in column.texts}
        short = {text for text in short - own if not timed or not read_together([text])[0].tells}
        said = {text for text in short if read_period(text) is None and not is_only_unit(clean_label(text))}
        lines = self._words_above(lambda text: not AREA_CODE.fullmatch(text.strip()))
        parts = [tuple(filter(None, (clean_label(text, self.numbers) if text in said else "",))) for text in lines]
        first, last = self.roles.figures[0].place, self.roles.figures[-1].place
        columns = [one for one in self.roles.categories if not one.texts or sum(map(len, one.texts)) <= 80 * len(one.texts)]
        columns = [one for one in columns if one.heading or one.place < last or one.filled * 2 > count]  # remarks name nothing
        telling = [one for one in columns if count < 5 or one.filled < count or len(one.texts) > 1 or one.numbers > 1]
        columns = telling or columns[:1]
        numbers = _numbered(moments)
        named = [area is not None or moment.tells for area, moment in zip(areas, moments, strict=True)]
        for column in [*[c for c in columns if c.place < first], *[c for c in columns if c.place > first]]:
            told_apart = len(set(zip(numbers, areas, parts, strict=True))) == count
            all_named = all(part or known for part, known in zip(parts, named, strict=True))
            if told_apart and all_named and (column.place > first or count > 1):
                break
            labels = filled_down(column, self.roles)
            numbered = f"{column.heading} " if column.numbers * 2 > column.filled and column.heading else ""
            names = {value: self._label(value, numbered) for value in dict.fromkeys(labels)}
            parts = [(*part, label) if (label := names[value]) else part for part, value in zip(parts, labels, strict=True)]
        for column in self.roles.periods:  # words in a column of periods ("Percent change") name what the row holds
            for index, (value, moment) in enumerate(zip(column.values, moments, strict=True)):
                if isinstance(value, str) and value.strip() and not moment.tells and not moment.odd:
                    parts[index] = (*parts[index], clean_label(value, self.numbers))
        return parts

    def _label(self, value: CellValue, numbered: str) -> str:
        """A label as words; a name that is a number ("3") follows what it numbers ("Decile")."""
        if isinstance(value, str):
            return f"{numbered if value.strip().isdecimal() else ''}{clean_label(value, self.numbers)}"
        return "" if value is None else f"{numbered}{int(value) if isinstance(value, float) and value.is_integer() else value}"

    def _is_area(self, text: str) -> bool:
        return bool(text) and is_area(text, self.office)

    def _words_above(self, wanted: Callable[[str], bool]) -> list[str]:
        """The last of the wanted lines inside the table above each row; an area holds on when a period follows it."""
        if not self.sections:
            return [""] * len(self.block.data_rows)
        lines = sorted(self.sections)
        found, place, current = [], 0, ""
        for row in self.block.data_rows:
            while place < len(lines) and lines[place] < row:
                current = self.sections[lines[place]] if wanted(self.sections[lines[place]]) else current
                place += 1
            found.append(current)
        return found

    def _row_totals(self) -> list[bool]:
        totals = [False] * len(self.block.data_rows)
        told = [
            (column, {text for text in column.texts if TOTAL_CODE.fullmatch(text.strip()) or is_total(text)})
            for column in self.roles.codes
        ]
        told += [(column, {text for text in column.texts if is_total(text)}) for column in self.roles.categories]
        for column, texts in told:
            if texts:
                totals = [total or value in texts for total, value in zip(totals, column.values, strict=True)]
        return totals

    def _row_units(self) -> list[Unit | None]:
        """What a column of units ("Number", "%") says of each row, or a line of its own above them."""
        if not self.roles.units:
            lines = self._words_above(lambda text: is_only_unit(clean_label(text)))
            return [unit_of(clean_label(line)) if line else None for line in lines]
        return [unit_of(value) if isinstance(value, str) else None for value in self.roles.units[0].values]

    def _shown_unit(self, index: int) -> Unit:
        row = self.block.data_rows[index]
        alike = [column for column in self.roles.figures if (head := self.heads[column.place]).moment.tells and head.unit is None]
        values = [column.values[index] for column in alike]
        codes = [self.view.sheet.format(row, column.place) for column in alike] if self.view.sheet.formats else ()
        return unit_of_cells(values, codes)


def _numbered(values: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


_PART_OF_YEAR = re.compile(r"(?i)\b(?:months?|quarters?|qtr|weeks?|wk|period)\b")


def _holds_years(column: Column) -> bool:
    """Whether it gives the year to the months, quarters or weeks of another column."""
    if _PART_OF_YEAR.search(column.heading):
        return False
    return "year" in column.heading.lower() or column.numbers > 0 or column.heading.lower() in ("fy", "f/y")


def _regions_apart(areas: list[str | None]) -> list[str | None]:
    """Of a region and a force of one name in a table the region stands first, above the forces that belong to it."""
    for name in {area for area in areas if area and area.lower() == "west midlands"}:
        first, *later = [index for index, area in enumerate(areas) if area == name]
        if len(later) == 1 and any(area != name for area in areas[first : later[0]]):
            areas[first] = f"{name} region"
    return areas


def _finer(old: Moment, new: Moment) -> Moment:
    """Of two columns' words the one that says more: a month rather than its year."""
    if not new.tells or (old.period is not None and new.period is None):
        return old if old.tells else new
    if old.period is None or new.period is None:
        return new
    return new if (new.period.months or 0.5) <= (old.period.months or 0.5) and old.period.months else old


def filled_down(column: Column, roles: Roles) -> Sequence[CellValue]:
    """A label written once holds for the rows below it that leave it empty, as long as a later label column goes on."""
    if column.filled == len(column.kinds):
        return column.values
    first = min((figure.place for figure in roles.figures if figure.place > column.place), default=column.place)
    labels = (*roles.areas, *roles.periods, *roles.categories)
    if not (later := [other for other in labels if column.place < other.place < max(first, column.place + 1)]):
        return column.values
    filled: list[CellValue] = []
    current: CellValue = None
    for index, value in enumerate(column.values):
        if column.kinds[index] != EMPTY:
            current = value
            filled.append(value)
        else:
            filled.append(current if any(other.kinds[index] != EMPTY for other in later) else None)
    return filled
