"""A tracker that an office kept before: its own headings against the register's. Only plain synonyms are taken; the rest is asked about.
What its rows say of themselves in other places than the state, typed in place or by the sheet they stand on, is proposed, never taken.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.problem import Problem, Source
from reportpack.model.register_columns import ACTIONS, Heading, RegisterTable, SheetName, table_of
from reportpack.model.register_row import RegisterRow, Said
from reportpack.model.state_words import spelt_state
from reportpack.read.grid import Merge, Sheet, Workbook, cell_name, column_name
from reportpack.read.register.occasions import read_day
from reportpack.read.register.rows import Cell, Row, grid_of, plain, type_row, written
from reportpack.read.workbook import read_workbook
from reportpack.records import Record

_OWN_EXPORT = "sheet"  # the first heading of comma-separated values that the program itself wrote: which sheet a row is of
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")
LEFT_OUT = "-"  # what a person says of a heading that is not to be taken in
_HEADER_WITHIN = 20
_LIKE = 70
Grid = Sequence[Sequence[Cell]]
Names = Mapping[int, str]  # by place
_SHORTEST = 4  # letters: a shorter heading is like too many


class TrackerProposal(Record):
    """What one row would also be given: the words under each heading, and what in the file suggests it."""

    row: RegisterRow
    words: tuple[tuple[str, Said], ...]
    because: str


class Tracker(Record):
    """How a sheet was read: `taken` pairs its headings with the register's, `unsettled` ones with a suggestion (empty: none)."""

    sheet: str
    header_row: int
    taken: tuple[tuple[str, str], ...]
    unsettled: tuple[tuple[str, str], ...]
    rows: tuple[RegisterRow, ...]
    problems: tuple[Problem, ...]
    proposals: tuple[TrackerProposal, ...] = ()
    """What rows say of themselves in other places; a person takes them or leaves them."""
    table: RegisterTable = ACTIONS

    @property
    def shape(self) -> str:
        """Its headings, by which the next file of its kind is known."""
        return " | ".join(sorted(plain(heading) for heading, _ in (*self.taken, *self.unsettled)))

    @property
    def proposed(self) -> dict[str, str]:
        """For each unsettled heading the column it is like, else the one that keeps what has no column of its own."""
        columns, single = {column for _, column in self.taken}, {one.heading for one in self.table.columns if not one.holds.wordy}
        return {
            heading: near if near and not (near in columns and near in single) else self.table.rest or LEFT_OUT
            for heading, near in self.unsettled
        }


def read_tracker(
    path: Path, table_name: str, chosen: Mapping[str, str], sheet: str = ""
) -> tuple[tuple[Tracker, ...], tuple[Problem, ...]]:
    """Each sheet that has headings of such a table (or the one named), as it would be taken in. `chosen` is what a person said of headings."""
    workbook, problems = read_workbook(path, path.name)
    return (trackers_of(workbook, table_name, chosen, sheet) if workbook is not None else ()), problems


def trackers_of(workbook: Workbook, table_name: str, chosen: Mapping[str, str], sheet: str = "") -> tuple[Tracker, ...]:
    """The same of a workbook that is open."""
    table = table_of(table_name)
    said = {plain(heading): column for heading, column in chosen.items()}
    wanted = (one for one in workbook.sheets if plain(sheet) in ("", plain(one.name)))
    trackers = [_read_sheet(one, table, said, Source(workbook.file, one.name, "", workbook.sha256)) for one in wanted]
    return tuple(one for one in trackers if one is not None)


def heads_rows(sheet: Sheet, table_name: str) -> int:
    """How many of the table's columns are named in a row at the sheet's top that names the one without which a row says nothing."""
    table = table_of(table_name)
    names = _names(table)
    rows = ({names.get(plain(value)) for value in row if isinstance(value, str)} - {None} for row in sheet.rows[:_HEADER_WITHIN])
    return max((len(row) for row in rows if table.words in row), default=0)


def _read_sheet(sheet: Sheet, table: RegisterTable, said: Mapping[str, str], source: Source) -> Tracker | None:
    grid = list(grid_of(sheet))
    own_names = _names(table)
    names = own_names | dict(said)
    counts = [sum(isinstance(cell.value, str) and plain(cell.value) in names for cell in row) for row in grid[:_HEADER_WITHIN]]
    if max(counts, default=0) < 2:
        return None
    header = _joined_headings(grid, counts.index(max(counts)), names)
    headings = dict(_headings(grid, header))
    own = next((place for place, heading in headings.items() if plain(heading) == _OWN_EXPORT), -1)
    names_sheets = {plain(str(row[own].value or "")) for row in grid[header + 1 :] if 0 <= own < len(row)}
    own = own if plain(table.name) in names_sheets else -1
    taken: dict[int, str] = {}
    unsettled: dict[int, str] = {}
    for place, heading in headings.items():
        column = names.get(plain(heading), "")
        if column == LEFT_OUT or place == own or (own >= 0 and plain(heading) != plain(column)):
            continue
        if column and (plain(heading) in said or column not in taken.values()):
            taken[place] = column
        else:
            unsettled[place] = _suggested(heading, table)
    reference = next((place for place, column in taken.items() if column == Heading.REFERENCE), -1)
    joined = _unmerge(grid, sheet.merges, header, reference)
    shared = {
        place: headings[place]
        for place, column in taken.items()
        if _needs_its_heading(headings[place], column, [*taken.values()], table, own_names)
    }
    typed = [type_row(row, table) for row in _rows(grid, header, taken, source, joined, (own, table.name), shared)]
    wordless = [row for row, _ in typed if not row.text(table.words) and table.words in taken.values()]
    rows = tuple(row for row, _ in typed if row not in wordless)
    # an apostrophe that keeps comma-separated words from being a formula is none of the words
    if source.file.lower().endswith(".csv"):
        bare = (tuple(replace(cell, text=_GUARDED.sub("", cell.text)) for cell in row.cells) for row in rows)
        rows = tuple(replace(row, cells=cells) for row, cells in zip(rows, bare, strict=True))
    return Tracker(
        sheet.name,
        header + 1,
        tuple((headings[place], column) for place, column in taken.items()),
        tuple((headings[place], suggestion) for place, suggestion in unsettled.items()),
        rows,
        (*(problem for _, faults in typed for problem in faults), *map(_wordless, wordless)),
        propose_states(rows, sheet.name, {cell_name(*at) for at in sheet.struck}),
        table,
    )


def _needs_its_heading(heading: str, column: str, taken: Sequence[str], table: RegisterTable, names: Mapping[str, str]) -> bool:
    """Whether words are kept with what they were called: several columns in one, or one that is unlike where it is kept."""
    if taken.count(column) > 1:
        return plain(heading) != plain(column)
    return column == table.rest and plain(heading) not in names and _suggested(heading, table) != column


def _names(table: RegisterTable) -> dict[str, str]:
    """Every plain name of a column of the table; the register's own name goes before a synonym of another."""
    synonyms = {name: column.heading for column in table.columns for name in column.spellings}
    return synonyms | {plain(column.heading): column.heading for column in table.columns}


def _joined_headings(grid: list[list[Cell]], header: int, names: Mapping[str, str]) -> int:
    """Headings on two rows as one, in the lower: "Dates" over "Raised" and "Due", or a heading that stands above the others' row."""
    own, below = _texts(grid[header]), _texts(grid[header + 1]) if header + 1 < len(grid) else {}
    known = {place for place, text in own.items() if plain(text) in names}
    if any(plain(text) in names for text in below.values()) and not known & set(below):
        lower = {place: text if plain(text) in names else f"{own.get(place, '')} {text}" for place, text in below.items()}
        joined = own | lower
        grid[header + 1] = [Cell(joined.get(place)) for place in range(max(joined) + 1)]
        return header + 1
    above = _texts(grid[header - 1]) if header else {}
    if len(above) > 1 or any(plain(text) in names for text in above.values()):
        joined = {**above, **own}
        grid[header] = [Cell(joined.get(place)) for place in range(max(joined) + 1)]
    return header


def _texts(row: Sequence[Cell]) -> dict[int, str]:
    return {place: cell.value for place, cell in enumerate(row) if isinstance(cell.value, str) and cell.value.strip()}


def _headings(grid: Sequence[Sequence[Cell]], header: int) -> Iterator[tuple[int, str]]:
    """The heading of each column that holds anything; one without a heading, or with one that stands before, goes by its letter."""
    seen: set[str] = set()
    for place in range(max(len(row) for row in grid[header:])):
        heading = str(grid[header][place].value or "").strip() if place < len(grid[header]) else ""
        filled = any(place < len(row) and not row[place].is_blank for row in grid[header + 1 :])
        if heading or filled:
            name, letter = " ".join(heading.split()), f"column {column_name(place)}"
            yield place, (f"{name} ({letter})" if plain(name) in seen else name) or letter
            seen.add(plain(name))


def _suggested(heading: str, table: RegisterTable) -> str:
    if len(plain(heading)) < _SHORTEST:
        return ""
    near = process.extractOne(plain(heading), [column.heading for column in table.columns], scorer=fuzz.WRatio, processor=plain)
    return near[0] if near is not None and near[1] >= _LIKE else ""


def _unmerge(grid: list[list[Cell]], merges: Sequence[Merge], header: int, reference: int) -> frozenset[int]:
    """What is merged over several rows is said of each; rows under one merged reference are one, and given by their numbers."""
    joined: set[int] = set()
    for one in (merge for merge in merges if merge.top > header):
        for row in range(one.top + 1, min(one.bottom, len(grid) - 1) + 1):
            if one.left == reference:
                joined.add(row)
            else:
                grid[row].extend([Cell(None)] * (one.left + 1 - len(grid[row])))
                grid[row][one.left] = grid[one.top][one.left]
    return frozenset(joined)


def _wordless(row: RegisterRow) -> Problem:
    said = next(iter(row.texts.values()), "")
    found = f'The row says nothing under "{table_of(row.sheet).words}" ("{said[:40]}"), so it is left out.'
    return Problem("row-without-words", row.source, found, "If it belongs to the row above, put it there; then import again.")


Only = tuple[int, str]  # a column, and what it must say for a row to be taken (-1: any)


def _rows(
    grid: Grid, header: int, taken: Names, source: Source, joined: frozenset[int], only: Only, headings: Names
) -> Iterator[Row]:
    """The rows below the headings that hold something; columns that go under one heading stand below each other, with what each
    was called. Rows in `joined` go on with the one above them."""
    letters = {column: column_name(place) for place, column in reversed(list(taken.items()))}
    waiting: Row | None = None
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        if only[0] >= 0 and (only[0] >= len(row) or plain(str(row[only[0]].value or "")) != plain(only[1])):
            continue
        if number - 1 in joined and waiting is not None:
            waiting = _with_more(waiting, row, taken)
            continue
        if waiting is not None:
            yield waiting
        waiting = None
        cells: dict[str, Cell] = {}
        for place, column in taken.items():
            if place < len(row) and not row[place].is_blank:
                before, cell = cells.get(column), row[place]
                if place in headings:
                    cell = Cell(f"{headings[place]}: {written(cell)}")  # "Update 14 Feb 23: Data received"
                cells[column] = cell if before is None else Cell(f"{before.value}\n{cell.value}")
        if cells:
            waiting = Row(number, cells, letters, source)
    if waiting is not None:
        yield waiting


def _with_more(above: Row, row: Sequence[Cell], taken: Mapping[int, str]) -> Row:
    cells = dict(above.cells)
    for place, column in taken.items():
        if place < len(row) and not row[place].is_blank:
            before = cells.get(column, row[place])
            cells[column] = before if before.value == row[place].value else Cell(f"{before.value}\n{row[place].value}")
    return replace(above, cells=cells)


_DONE = r"(?:action )?(?:(?:agreed (?:as )?)?complete[d]?|closed|done|discharged|implemented)(?:[ ,/\-\u2013\u2014]+(?:and )?(?:can be )?(?:closed|complete[d]?))?"
_DAY = r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{2,4}"
_UPDATE = re.compile(rf"(?i)(?:update[d]?:? *)?(?P<day>{_DAY})\s*[\u2013\u2014:-]\s*(?P<said>.*)")
_IN_PLACE = re.compile(
    rf"^(?P<words>.+?)\s*(?P<update>\bupdate[d]?:? *(?:{_DAY})\s*[\u2013\u2014:-].*)$", re.IGNORECASE | re.DOTALL
)
_PLAINLY_DONE = re.compile(rf"(?i){_DONE}\.?")
_SHEET_OF_DONE = re.compile(r"(?i)\b(?:closed|complete[d]?|discharged|archive[d]?)\b")


def propose_states(rows: Sequence[RegisterRow], sheet: str, struck: Container[str] = ()) -> tuple[TrackerProposal, ...]:
    """For actions alone: closed where the words, the state or the sheet plainly say so, or a line strikes them through; an update
    out of the action's own words. `struck` names the cells that are struck through."""
    found = (_propose(row, sheet, row.at(Heading.ACTION).cell in struck) for row in rows if row.sheet == SheetName.ACTIONS)
    return tuple(one for one in found if one is not None)


def take_proposals(rows: Sequence[RegisterRow], proposals: Sequence[TrackerProposal]) -> tuple[RegisterRow, ...]:
    """The rows with what was proposed for them."""
    words = {id(one.row): one.words for one in proposals}
    return tuple(row.after(row.changes(words.get(id(row), ()))) for row in rows)


def _propose(row: RegisterRow, sheet: str, struck: bool) -> TrackerProposal | None:
    words: dict[str, str] = {}
    because: list[str] = []
    if (typed := _IN_PLACE.match(row.words)) is not None and not row.text(Heading.UPDATE):
        words |= {Heading.ACTION: typed["words"], Heading.UPDATE: typed["update"]}
        because.append("an update is typed into the action's own words")
    state = row.text(Heading.STATE)
    known = spelt_state(state)
    day, said = _last_update(words.get(Heading.UPDATE) or row.text(Heading.UPDATE))
    done = _PLAINLY_DONE.fullmatch(said) is not None
    closed = ""
    if known in (None, ActionState.PROPOSED) and _PLAINLY_DONE.fullmatch(plain(state)):
        closed = f'its state says "{state}"'
    elif not state and done:
        closed = f'its last update says "{said}"'
    elif not state and _SHEET_OF_DONE.search(sheet):
        closed = f'it stands on the sheet "{sheet}"'
    elif struck and (known is None or known.is_live):
        closed = "it is struck through"
    if closed:
        because.append(closed)
        words[Heading.STATE] = ActionState.CLOSED.value
    given: dict[str, Said] = {**words}
    if closed and done and day is not None and not row.text(Heading.CLOSED_ON):
        given[Heading.CLOSED_ON] = day
    return TrackerProposal(row, tuple(given.items()), "; ".join(because)) if given else None


def _last_update(text: str) -> tuple[date | None, str]:
    """The day and the words of the last dated line; nothing where no line is dated."""
    updates = re.split(r"(?i)\n|(?=\bupdate[d]?:? *\d)", text)
    if not (lines := [match for line in updates if (match := _UPDATE.fullmatch(line.strip()))]):
        return None, ""
    return read_day(lines[-1]["day"].replace(".", "/")), lines[-1]["said"].strip()
