"""A measure's place in the workbooks: which file, sheet, table and labels it names, and the figures that stand there.

Names are matched whatever their case, spacing and dashes, so that rows may move and columns be added; nothing is taken by position.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.errors import Remedy
from reportpack.model.measure import Measure, Place
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import Area
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.table import Table, TableValue
from reportpack.read.figures.area_names import AreaNames, Stranger
from reportpack.read.figures.figure_cells import PER_CENT_OR_PROPORTION
from reportpack.read.figures.remarks import listed
from reportpack.read.figures.tables import find_tables
from reportpack.read.figures.titles import name_period, timeless
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.workbook.opening import is_named, plain_name
from reportpack.records import Changing, Record

_SHOWN = 8
_SCALED = (Unit.COUNT, Unit.MONEY, Unit.DURATION)
"""Units of which the whole number is kept, whatever the thousands or minutes that the sheet shows it in."""
Found = tuple[list[Observation], list[Problem]]
Find = Callable[[Sheet, str, Sequence[str]], tuple[tuple[Table, ...], tuple[Problem, ...]]]  # as `find_tables`
Labels = tuple[str, str, str]  # the labels of the figure, its numerator and its denominator; empty where there is none


class DatedWorkbook(Record):
    """A workbook, and the day that it speaks of; None when nothing says. `told`: it says so itself, and was not only first seen then."""

    workbook: Workbook
    as_at: date | None
    told: bool = True


class Shelf:
    """The workbooks of a run. Each sheet's tables are found once, when a place first asks for them."""

    def __init__(
        self, workbooks: Sequence[DatedWorkbook], area_names: Sequence[str], broken: Sequence[str] = (), find: Find = find_tables
    ) -> None:
        self.workbooks, self.broken, self._find = workbooks, broken, find
        self.problems: list[Problem] = []
        self._area_names = area_names
        self._tables: dict[tuple[str, str], tuple[Table, ...]] = {}
        self.used: set[tuple[str, str, str]] = set()  # (file, sheet, label) of every figure that some place takes
        self.strangers: dict[str, Stranger] = {}  # names that are none of the office's areas
        self.timed: set[str] = set()  # the ids of measures of no unit whose cells are times
        self.replaced: list[Observation] = []  # what a later workbook gives otherwise
        self.ended: frozenset[str] = frozenset()
        """Areas whose figures end where those of strangers begin, once the figures are read."""

    def age(self, source: Source) -> date:
        """By what one file's figures go before another's: the day it says it is as at, else the month in its name, else the day it was first seen."""
        dated = next((one for one in self.workbooks if one.workbook.file == source.file), None)
        month = name_period(source.file.rpartition("/")[2]) if dated and not dated.told and source.as_at == dated.as_at else None
        return month.end if month is not None else source.as_at or date.min

    def named(self, pattern: str) -> list[DatedWorkbook]:
        """The workbooks whose file matches, with or without its folder."""
        return [one for one in self.workbooks if is_named(one.workbook.file, pattern)]

    def is_looked_at(self, file: str, sheet: str) -> bool:
        """Whether some place asked for the tables of that sheet."""
        return (file, sheet) in self._tables

    def found(self, file: str) -> Iterator[Table]:
        """The tables found in a file so far."""
        return (table for (place, _), tables in self._tables.items() if place == file for table in tables)

    def beside(self, dated: DatedWorkbook) -> list[DatedWorkbook]:
        """The other workbooks whose figures go by the same labels."""
        mine = {label for file, _, label in self.used if file == dated.workbook.file}
        files = {file for file, _, label in self.used if label in mine and file != dated.workbook.file}
        return [one for one in self.workbooks if one.workbook.file in files]

    def tables(self, dated: DatedWorkbook, sheet: Sheet) -> tuple[Table, ...]:
        """The tables of a sheet; what could not be told of them is said once."""
        key = (dated.workbook.file, sheet.name)
        if key not in self._tables:
            tables, problems = self._find(sheet, dated.workbook.file, self._area_names)
            self._tables[key] = tuple(replace(table, values=tuple(table.values)) for table in tables)
            self.problems.extend(problem for problem in problems if problem.kind not in _SETTLED_BY_PLACE)
        return self._tables[key]


_SETTLED_BY_PLACE = frozenset(("area-unknown", "measure-unknown", "per-cent-or-proportion"))
"""What a place in measures.toml may say itself; if it does not, read_place says what is open."""


class _Reading(Changing):
    """What is being read from one sheet for one place."""

    measure: Measure
    place: Place
    dated: DatedWorkbook
    sheet: Sheet
    areas: AreaNames
    strangers: dict[str, Stranger]
    one_area: bool = False
    """Whether the tables name at most one area, as a title may: where a place names its area, it is the place's."""
    unnamed: str = ""  # the first cell for which nothing names an area: the whole force's, by what the office is about

    def source(self, cell: str = "") -> Source:
        as_at = self.place.as_at or self.dated.as_at
        return Source(self.dated.workbook.file, self.sheet.name, cell, self.dated.workbook.sha256, as_at)

    def problem(self, kind: str, found: str, remedy: str, cell: str = "", weight: Weight = Weight.WRONG) -> Problem:
        return Problem(kind, self.source(cell), found, remedy, weight)

    def area(self, value: TableValue) -> Area | None:
        """The area that a cell is about; None when it is none of the office's, which is kept for one sentence."""
        if value.area is None or (self.place.area and self.one_area):
            if self.place.area:
                return next((one for one in self.areas.all if one.id == self.place.area), None)
            if value.total or self.place.peers:
                return None
            self.unnamed = self.unnamed or value.cell
            return self.areas.force
        area = self.areas.find(value.area)
        if area is None and not (value.total or self.measure.whole_force_only or self.place.peers) and value.period is not None:
            periods = self.strangers.setdefault(value.area, Stranger(self.source())).periods
            periods.setdefault(self.measure.id, set()).add(value.period)
        return area


def read_place(measure: Measure, place: Place, shelf: Shelf, areas: AreaNames) -> Found:
    """The figures that stand at the place, in every workbook that its pattern names, and what is wrong there."""
    if not (books := shelf.named(place.file)):
        is_said = any(is_named(name, place.file) for name in shelf.broken)
        hint = _nearest(place.file, sorted({one.workbook.file.rpartition("/")[2] for one in shelf.workbooks}))
        missing = f'no workbook in performance/ is named "{place.file}"{hint}, so there are no figures for {measure.title}.'
        remedy = "Put the workbook there, or change the file of this place."
        return [], [] if is_said else [Problem("workbook-missing", measure.source, missing, remedy)]
    found: list[Observation] = []
    problems: list[Problem] = []
    for dated in books:
        if not (sheets := [one for one in dated.workbook.sheets if not place.sheet or is_named(one.name, place.sheet)]):
            names = ", ".join(one.name for one in dated.workbook.sheets)
            missing = f'there is no sheet "{place.sheet}" with the figures for {measure.title}; there is: {names}.'
            remedy = "Ask the supplier, or change the sheet of this place in measures.toml."
            source = Source(dated.workbook.file, sha256=dated.workbook.sha256)
            problems.append(Problem("sheet-missing", source, missing, remedy))
        for of_sheet, said in _read_sheets(measure, place, dated, sheets, shelf, areas):
            found.extend(of_sheet)
            problems.extend(said)
    return found, problems


def _read_sheets(
    measure: Measure, place: Place, dated: DatedWorkbook, sheets: Sequence[Sheet], shelf: Shelf, areas: AreaNames
) -> Iterator[Found]:
    """Each sheet's figures. Where the place names no sheet, those without the label are passed over unless all are."""
    reached = False
    failed: list[Found] = []
    for sheet in sheets:
        reading = _Reading(measure, place, dated, sheet, areas, shelf.strangers)
        tables = [one for one in shelf.tables(dated, sheet) if _is_titled(one, place.table)]
        reading.one_area = len({value.area for table in tables for value in table.values if value.area}) < 2
        labels, problem = _choose_labels(reading, tables)
        if labels is None:
            failed.append(([], [problem] if problem else []))
            continue
        reached = True
        shelf.used.update((dated.workbook.file, sheet.name, label) for label in labels if label)
        found = _figures(reading, tables, labels)
        if any(problem.kind == "unit-untold" for problem in found[1]):
            shelf.timed.add(measure.id)
        yield found
    if failed and (place.sheet or not reached):
        yield from failed[: 1 if not place.sheet else None]


def _is_titled(table: Table, words: str) -> bool:
    """Whether the words stand in its title, or in a line between that and the table."""
    lines = (table.title, *table.titles)
    named = any(plain_name(words) in plain_name(line) for line in lines)
    return not words or named or any(timeless(words) == timeless(line) for line in lines)


def _choose_labels(reading: _Reading, tables: Sequence[Table]) -> tuple[Labels | None, Problem | None]:
    place, measure = reading.place, reading.measure
    units, dated = _units_of_labels(tables, named=place.figure != "")
    if not units:
        what = f'no table titled "{place.table}"' if place.table and not tables else "no table of figures"
        remedy = Remedy("See what there is with:", "inspect", f"inputs/{reading.dated.workbook.file}", then=".")
        return None, reading.problem("table-missing", f"there is {what} for {measure.title}.", remedy)
    numerator, denominator = _one_label(place.numerator, units), _one_label(place.denominator, units)
    for wanted, label in ((place.numerator, numerator), (place.denominator, denominator)):
        if wanted and not label:
            return None, _no_label(reading, wanted, units)
    candidates = _labels_like(place.figure, units) if place.figure else [*units]
    numerator = numerator or _part_called("numerator", candidates)
    denominator = denominator or _part_called("denominator", candidates)
    candidates = [one for one in candidates if not one or one not in (numerator, denominator)]
    if len(candidates) > 1:  # a row of totals below months is no figure of its own
        candidates = [one for one in candidates if one in dated] or candidates
    if len(candidates) > 1:
        fitting = [one for one in candidates if units[one] is measure.unit]
        candidates = fitting if len(fitting) == 1 else candidates
    if len(candidates) == 1:
        return (candidates[0], numerator, denominator), None
    if not candidates and numerator and denominator and not place.figure:
        return ("", numerator, denominator), None
    if not candidates:
        return None, _no_label(reading, place.figure, units)
    unclear = f"several figures could be {measure.title}: {_quoted(candidates)}."
    return None, reading.problem("figure-unclear", unclear, 'Say which: figure = "..." at this place in measures.toml.')


def _units_of_labels(tables: Sequence[Table], *, named: bool) -> tuple[dict[str, Unit], set[str]]:
    units: dict[str, Unit] = {}
    dated: set[str] = set()
    for table in tables:
        for value in table.values:
            if value.measure is not None or not named:
                units.setdefault(value.measure or "", value.unit)
            if value.period is not None:
                dated.add(value.measure or "")
    return units, dated


def _figures(reading: _Reading, tables: Sequence[Table], labels: Labels) -> Found:
    figure, numerator, denominator = labels
    counts = {
        label: {(area.id, value.period): (area, value) for area, value in _values(reading, tables, label)}
        for label in (numerator, denominator)
        if label
    }
    if (unclear := _unclear_share(reading, tables, figure)) is not None:
        return [], [unclear]
    observations: list[Observation] = []
    pairs = [*(_values(reading, tables, figure) if figure or not denominator else counts[numerator].values())]
    for area, value in pairs:
        key = (area.id, value.period)
        of_key = (counts[label].get(key) if label else None for label in (numerator, denominator))
        above, below = (pair and pair[1] for pair in of_key)
        observations.append(_observe(reading, area, value, above, below, computed=not figure))
    problems = [*_about_figures(reading, observations), *_other_unit(reading, tables, figure)]
    if not observations:
        force = "" if not reading.measure.whole_force_only else f" for {reading.areas.force.name}"
        found = f'the figures labelled "{figure}" hold none{force} that is about an area of office.toml and a period.'
        remedy = (
            "Add the areas' names as they stand here as aliases in office.toml, or say the area at this place in measures.toml."
        )
        problems.append(reading.problem("figure-without-area", found, remedy))
    return observations, problems


def _values(reading: _Reading, tables: Sequence[Table], label: str) -> Iterator[tuple[Area, TableValue]]:
    place, measure = reading.place, reading.measure
    for table in tables:
        for value in table.values:
            if (value.measure or "") != label or value.period is None:
                continue
            area = reading.area(value)
            if area is not None and reading.areas.is_wanted(area, peers=place.peers, force_only=measure.whole_force_only):
                yield area, value


def _observe(
    reading: _Reading, area: Area, value: TableValue, above: TableValue | None, below: TableValue | None, *, computed: bool
) -> Observation:
    number, status = value.value, value.status
    if computed and above is not None and below is not None:
        whole = above.value is not None and below.value not in (None, 0)
        number = _tidy(100 * above.value / below.value) if whole and above.value is not None and below.value else None
        status = Status.NUMBER if whole else (above.status if above.value is None else below.status)
        status = Status.NOT_AVAILABLE if number is None and status is Status.NUMBER else status
    if number is not None and value.meaning.scale != 1 and reading.measure.unit in _SCALED:
        number = _tidy(number * value.meaning.scale)
    assert value.period is not None  # noqa: S101 - _values passes over those without
    return Observation(
        measure=reading.measure.id,
        area=area.id,
        period=value.period,
        value=number if status is Status.NUMBER else None,
        status=status,
        source=reading.source(value.cell),
        numerator=above.value if above else None,
        denominator=below.value if below else None,
        numerator_source=reading.source(above.cell) if above else None,
        denominator_source=reading.source(below.cell) if below else None,
        marks=value.marks,
        doubt=value.doubt,
        raw="" if value.raw is None else str(value.raw),
        meaning=value.meaning,
    )


def _unclear_share(reading: _Reading, tables: Sequence[Table], label: str) -> Problem | None:
    """A problem where figures between 0 and 1 are to be per cents and neither format nor place nor the figures tell which they are."""
    place, measure = reading.place, reading.measure
    if measure.unit is not Unit.PER_CENT or place.unit is not None or not label:
        return None
    values = [value for _, value in _values(reading, tables, label) if value.value is not None]
    doubted = any(value.doubt == PER_CENT_OR_PROPORTION for value in values)
    shown = any(value.unit is Unit.PER_CENT for value in values) and not doubted
    if shown or any(abs(value.value or 0) > 1 for value in values) or all(value.value == 0 for value in values):
        return None
    found = f'{measure.title} is in per cent, but the figures under "{label}" are all between 0 and 1 and their format does not say which they are.'
    remedy = (
        'Ask for the column to be formatted as a percentage, or, when 0.79 means 0.79%, say so: unit = "per cent" at the place in '
        "measures.toml. Until then the pack shows a gap."
    )
    return reading.problem("per-cent-or-proportion", found, remedy, values[0].cell)


def _about_figures(reading: _Reading, observations: Sequence[Observation]) -> Iterator[Problem]:
    """An area that nobody named, and thousands; what the sheet's tables have said already is not said again."""
    measure, force = reading.measure, reading.areas.force
    if reading.unnamed and not measure.whole_force_only:
        found = f"nothing names an area for {measure.title}, so the figures are taken as those of {force.name}."
        remedy = f'If they are, say area = "{force.id}" at this place in measures.toml; if not, name the area.'
        yield reading.problem("area-assumed", found, remedy, reading.unnamed, Weight.NOTE)
    first = next((one for one in observations if one.meaning.scale != 1 and one.value is not None), None)
    if first is not None and measure.unit in _SCALED:
        where = dict(first.meaning.told).get("scale", "the heading")
        found = f"{where} says that the figures for {measure.title} are to be multiplied by {first.meaning.scale:,.0f}: {first.raw} is read as {first.value:,.0f}."
        remedy = "Nothing needs doing if that is so; targets and corrections in measures.toml are in whole numbers."
        yield Problem("figures-scaled", first.source, found, remedy, Weight.NOTE)


_OTHER = {
    Unit.COUNT: {Unit.PER_CENT, Unit.RATE, Unit.MONEY, Unit.DURATION},
    Unit.RANK: {Unit.PER_CENT, Unit.MONEY},
    Unit.MONEY: {Unit.PER_CENT},
    Unit.DAYS: {Unit.PER_CENT, Unit.MONEY, Unit.DURATION},
    Unit.DURATION: {Unit.PER_CENT, Unit.MONEY, Unit.RANK},
    Unit.PER_CENT: {Unit.MONEY, Unit.RANK, Unit.DAYS},
    Unit.RATE: {Unit.MONEY, Unit.RANK},
    Unit.UNKNOWN: {Unit.DURATION},
}


def _other_unit(reading: _Reading, tables: Sequence[Table], label: str) -> Iterator[Problem]:
    """Cells that show another unit than the measure's: a count that turned into a per cent."""
    wanted, title = reading.place.unit or reading.measure.unit, reading.measure.title
    other = [value for _, value in _values(reading, tables, label) if value.unit in _OTHER.get(wanted, ())] if label else []
    if other and wanted is Unit.UNKNOWN:
        found = f"{title} has no unit, and its cells are times: they are read as durations."
        remedy = 'If they are, write unit = "duration" at the measure in measures.toml; targets are in seconds.'
        yield reading.problem("unit-untold", found, remedy, other[0].cell, Weight.NOTE)
    elif other:
        found = f"{title} is a {wanted.value}, but {len(other)} of its cells show a {other[0].unit.value}."
        remedy = "Check the figure of this place and the unit of the measure in measures.toml."
        yield reading.problem("unit-differs", found, remedy, other[0].cell)


def _nearest(wanted: str, there: Sequence[str]) -> str:
    """What there is that is spelt most like it, to stand behind it in a sentence; empty when none is near."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(wanted, there, scorer=fuzz.WRatio, score_cutoff=60)
    return f' (is it "{near[0]}"?)' if near else ""


def _no_label(reading: _Reading, wanted: str, units: dict[str, Unit]) -> Problem:
    there = _quoted([*units])
    found = f'there are no figures labelled "{wanted}"{_nearest(wanted, [*filter(None, units)])} for {reading.measure.title}; there is: {there}.'
    remedy = "Ask the supplier what became of it, or change the label at this place in measures.toml."
    return reading.problem("figure-missing", found, remedy)


def _quoted(labels: Sequence[str]) -> str:
    return listed([f'"{one}"' if one else "" for one in labels], _SHOWN)


def _labels_like(wanted: str, units: dict[str, Unit]) -> list[str]:
    """The label itself, else those that have all its parts among theirs."""
    if exact := [one for one in units if plain_name(one) == plain_name(wanted)]:
        return exact
    parts = {plain_name(part) for part in wanted.split(" / ")}
    having = [one for one in units if parts <= {plain_name(part) for part in one.split(" / ")}]
    return having or [one for one in units if one and timeless(one) == timeless(wanted) != ""]


def _one_label(wanted: str, units: dict[str, Unit]) -> str:
    like = _labels_like(wanted, units) if wanted else []
    return like[0] if len(like) == 1 else ""


def _part_called(name: str, labels: Sequence[str]) -> str:
    called = [one for one in labels if name in {plain_name(part) for part in one.split(" / ")}]
    return called[0] if len(called) == 1 else ""


def _tidy(value: float) -> float:
    """Without the noise of binary fractions."""
    return float(f"{value:.12g}")
