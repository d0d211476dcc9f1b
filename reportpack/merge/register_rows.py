"""Rows of the register: what stands after all events, which row of a workbook is which, and references, given once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from reportpack import patterns as re
from reportpack.model.event import Event, RowChange, Undone
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.records import Changing

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REFERENCE = re.compile(r"([A-Za-z]*)\s*(\d+)\s*/\s*(\d{4})")


def words_of(row: RegisterRow) -> str:
    """The row's words, plain, so that two copies of it are known as one."""
    return " ".join(row.words.casefold().split())


def meeting_of(row: RegisterRow) -> str:
    """The meeting that the row says it comes from, plain."""
    return " ".join(row.text(table_of(row.sheet).said_at).casefold().split())


def next_reference(row: RegisterRow, used: Iterable[str], year: int) -> str:
    """The next of its kind, in the year of the meeting it comes from (else the one given); `used` is every reference of that sheet."""
    said = _YEAR.search(row.text(table_of(row.sheet).said_at))
    year = int(said[0]) if said else year
    prefix = table_of(row.sheet).prefix
    numbers = [
        int(match[2])
        for match in map(_REFERENCE.fullmatch, used)
        if match and match[1].upper() == prefix and int(match[3]) == year
    ]
    return f"{prefix}{max(numbers, default=0) + 1}/{year}"


Key = tuple[str, str]
"""(sheet, reference)."""


class Identity(Changing):
    """`known` pairs a standing row's key with the workbook's row; `new` rows have been given their references; `unclear` ones are neither."""

    known: dict[Key, RegisterRow] = field(default_factory=dict)
    new: dict[Key, RegisterRow] = field(default_factory=dict)
    unclear: list[RegisterRow] = field(default_factory=list)
    given: set[Key] = field(default_factory=set)
    """The new ones whose reference the workbook does not have."""
    problems: list[Problem] = field(default_factory=list)


def identify(rows: Sequence[RegisterRow], standing: Sequence[RegisterRow], year: int) -> Identity:
    """Pair by reference first, then by words; what is left is new."""
    found = Identity()
    stand = {(row.sheet, row.ref): row for row in standing}
    rest: list[RegisterRow] = []
    groups: dict[Key, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        groups[row.sheet, row.ref].append(row)
    for key, same in groups.items():
        if not key[1]:
            rest.extend(same)
        elif len(same) > 1:
            found.unclear.extend(_not_told_apart(same, key, stand, found))
        elif key in stand:
            found.known[key] = same[0]
        else:
            rest.append(same[0])
    _pair_by_words(rest, stand, found)
    used: dict[str, set[str]] = defaultdict(set)
    for sheet, ref in (*stand, *found.new, *((row.sheet, row.ref) for row in rest)):
        used[sheet].add(ref)
    for row in rest:
        ref = row.ref or next_reference(row, used[row.sheet], year)
        used[row.sheet].add(ref)
        found.new[row.sheet, ref] = row if row.ref else _with_reference(row, ref)
        if not row.ref and row.sheet != SheetName.QUESTIONS:
            found.given.add((row.sheet, ref))
    return found


def _not_told_apart(same: list[RegisterRow], key: Key, stand: dict[Key, RegisterRow], found: Identity) -> list[RegisterRow]:
    """Rows with one reference: the one that says what stands (or the first, when nothing does) is the row; the others wait."""
    standing = stand.get(key)
    match = same[0] if standing is None else next((row for row in same if words_of(row) == words_of(standing)), None)
    if match is not None:
        (found.new if standing is None else found.known)[key] = match
    others = [row for row in same if row is not match]
    twice = f"The row {key[1]} is there twice, word for word.", "Delete one of the two.", Weight.NOTE
    same_words = (row for row in others if match is not None and row.texts == match.texts)
    found.problems.extend(Problem("row-doubled", row.source, *twice) for row in same_words)
    return [row for row in others if match is None or row.texts != match.texts]


def _pair_by_words(rest: list[RegisterRow], stand: dict[Key, RegisterRow], found: Identity) -> None:
    """Rows that were given their reference before the workbook could be rewritten, questions, and rows that were renumbered."""
    free: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, row in stand.items():
        if key not in found.known:
            free[row.sheet, words_of(row)].append(key)
    for row in list(rest):
        keys = free.get((row.sheet, words_of(row)), []) if words_of(row) else []
        keys = [key for key in keys if meeting_of(stand[key]) == meeting_of(row)] or keys
        if len(keys) != 1 and not (row.sheet == SheetName.QUESTIONS and keys):
            continue
        key = keys[0]
        free[row.sheet, words_of(row)].remove(key)
        rest.remove(row)
        found.known[key] = row
        if row.ref:
            found.problems.append(_renumbered(row, key))
    _pair_reworded_questions(rest, stand, found)


def _pair_reworded_questions(rest: list[RegisterRow], stand: dict[Key, RegisterRow], found: Identity) -> None:
    """Questions have no references to be known by: one that was only reworded is the same one, if only one is like it."""
    free = [key for key in stand if key[0] == SheetName.QUESTIONS and key not in found.known]
    for row in [one for one in rest if one.sheet == SheetName.QUESTIONS and free]:
        from rapidfuzz import fuzz

        same = [key for key in free if meeting_of(stand[key]) == meeting_of(row)]
        like = [key for key in same if fuzz.ratio(words_of(stand[key]), words_of(row)) >= 80]
        if len(like) == 1:
            found.known[like[0]] = row
            free.remove(like[0])
            rest.remove(row)


def _with_reference(row: RegisterRow, ref: str) -> RegisterRow:
    if row.sheet == SheetName.QUESTIONS:
        return replace(row, ref=ref)
    cells = tuple(RegisterCell(cell.header, ref, cell.cell) if cell.header == Heading.REFERENCE else cell for cell in row.cells)
    return replace(row, ref=ref, cells=cells)


def _renumbered(row: RegisterRow, key: Key) -> Problem:
    return Problem(
        "reference-changed",
        row.at(Heading.REFERENCE),
        f"The row that was {key[1]} is now called {row.ref}; it is still {key[1]}.",
        f"Change the reference back to {key[1]}: minutes and letters name it so.",
    )


def standing_rows(events: Iterable[Event]) -> tuple[RegisterRow, ...]:
    """Every row that was ever added, in the order it was, with the words it has now."""
    listed = tuple(events)
    undone = {one.what.event for one in listed if isinstance(one.what, Undone)}
    rows: dict[tuple[str, str], dict[str, RegisterCell]] = {}
    places: dict[tuple[str, str], Source] = {}
    for one in listed:
        if isinstance(one.what, RowChange) and one.number not in undone:
            key = (one.what.sheet, one.what.ref)
            cells = rows.setdefault(key, {})
            cells |= {change.header: RegisterCell(change.header, change.after, day=change.day) for change in one.what.changes}
            places[key] = one.what.source
    return tuple(RegisterRow(sheet, ref, tuple(cells.values()), places[sheet, ref]) for (sheet, ref), cells in rows.items())


def rows_after(rows: Iterable[RegisterRow], changes: Iterable[RowChange]) -> tuple[RegisterRow, ...]:
    """The rows with the changes made to them, and those that they add."""
    found = {(row.sheet, row.ref): row for row in rows}
    for change in changes:
        row = found.get((change.sheet, change.ref), RegisterRow(change.sheet, change.ref, (), change.source))
        found[change.sheet, change.ref] = row.after(change.changes)
    return tuple(found.values())
