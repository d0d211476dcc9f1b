"""Events folded into the rows of the register that stand. What was undone does not count."""

from collections.abc import Iterable

from reportpack.model.event import Event, RowChange, Undone
from reportpack.model.problem import Source
from reportpack.model.register_row import RegisterCell, RegisterRow


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
