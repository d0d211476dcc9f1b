"""What a change means for the life of a row: a due that moves is counted with its reason, and a step that cannot be is said."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportpack.errors import InputError, RefusedError
from reportpack.model.action import ActionState, may_follow
from reportpack.model.event import Event, RowChange, Undone
from reportpack.model.problem import Problem
from reportpack.model.register import CellEdit, RegisterMerge
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import CellChange, RegisterRow
from reportpack.model.state_words import spelt_state
from reportpack.read.register.occasions import is_move, move_line

_NEEDS_EVIDENCE = (ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.CLOSED)


def moved(row: RegisterRow, changes: Sequence[CellChange], why: str = "") -> tuple[CellChange, ...]:
    """The changes, with a line for a due that they move, unless they write that line themselves."""
    when, kept = table_of(row.sheet).due, table_of(row.sheet).moves
    move = next((one for one in changes if one.header == when and is_move(one.before, one.after)), None)
    if move is None or kept is None or any(one.header == kept and one.before != one.after for one in changes):
        return tuple(changes)
    before = row.text(kept)
    line = move_line(move.before, move.after, why)
    added = CellChange(kept, before, f"{before}\n{line}" if before else line)
    return (*(one for one in changes if one.header != kept), added)


def with_moves(merge: RegisterMerge, standing: Iterable[RegisterRow]) -> RegisterMerge:
    """What people changed in the workbook, by the same rule: a due that moved is counted there too, its reason not known."""
    known = {(row.sheet, row.ref): row for row in standing}
    changes = tuple(
        replace(one, changes=moved(known[one.sheet, one.ref], one.changes)) if (one.sheet, one.ref) in known else one
        for one in merge.changes
    )
    pairs = zip(changes, merge.changes, strict=True)
    new = [(one, each) for one, before in pairs for each in one.changes if each not in before.changes]
    added = {(one.sheet, one.ref, each.header): each.after for one, each in new}
    if not added:
        return merge
    rows = tuple(
        row.after(row.changes((name, text) for (sheet, ref, name), text in added.items() if (sheet, ref) == (row.sheet, row.ref)))
        for row in merge.rows
    )
    places = {(row.sheet, row.ref): row for row in merge.rows}
    edits = tuple(
        CellEdit(row.source.sheet, at.cell, text)
        for (sheet, ref, header), text in added.items()
        if (at := (row := places[sheet, ref]).at(header)).cell != row.source.cell
    )
    return replace(merge, changes=changes, rows=rows, edits=(*merge.edits, *edits))


def impossible_steps(events: Iterable[Event], changes: Iterable[RowChange], rows: Iterable[RegisterRow]) -> tuple[Problem, ...]:
    """A problem for each action whose latest state cannot follow the one before it; the state stands as it was typed."""
    listed = tuple(events)
    undone = {one.what.event for one in listed if isinstance(one.what, Undone)}
    recorded = [one.what for one in listed if isinstance(one.what, RowChange) and one.number not in undone]
    last: dict[str, CellChange] = {}
    for change in (*recorded, *changes):
        if change.sheet == SheetName.ACTIONS:
            first = change.ref not in last
            step = next((one for one in change.changes if one.header == Heading.STATE), None)
            last |= {change.ref: step or CellChange(Heading.STATE, "", "")} if step is not None or first else {}
            if first and step is not None:
                last[change.ref] = replace(step, before=step.after)
    own = (row for row in rows if row.sheet == SheetName.ACTIONS and row.ref in last)
    return tuple(filter(None, (_impossible(row, last[row.ref]) for row in own)))


def _impossible(row: RegisterRow, step: CellChange) -> Problem | None:
    before, after = spelt_state(step.before), spelt_state(step.after)
    if before is None or after is None or may_follow(before, after) or row.text(Heading.STATE) != step.after:
        return None
    remedy = f"{_remedy(before, after)} It stands as it was typed."
    return Problem("state-impossible", row.at(Heading.STATE), _cannot(row.ref, before, after), remedy)


def refuse_impossible(row: RegisterRow, changes: Sequence[CellChange]) -> None:
    """InputError for a state that cannot follow; RefusedError for one that nothing shows."""
    step = next((one for one in changes if one.header == Heading.STATE), None)
    if step is None or row.sheet != SheetName.ACTIONS:
        return
    before, after = spelt_state(step.before), spelt_state(step.after)
    if before is None or after is None or before is after:
        return
    if not may_follow(before, after):
        raise InputError(_cannot(row.ref, before, after), f"{_remedy(before, after)} Nothing was changed.")
    evidence = next((one.after for one in changes if one.header == Heading.EVIDENCE), row.text(Heading.EVIDENCE))
    if after in _NEEDS_EVIDENCE and not evidence.strip():
        found = f"Nothing says how anybody could see that {row.ref} is done."
        raise RefusedError(found, 'Say where it can be seen: "Evidence=the letter of 3 May 2019". Nothing was changed.')


def refuse_unexplained(row: RegisterRow, changes: Sequence[CellChange], why: str) -> None:
    """A due does not move without a reason."""
    when, kept = table_of(row.sheet).due, table_of(row.sheet).moves
    move = next((one for one in changes if one.header == when and is_move(one.before, one.after)), None)
    explained = why.strip() or any(one.header == kept and one.before != one.after for one in changes)
    if move is not None and not explained:
        found = f"{row.ref} was due {move.before}, and nothing says why it is to be due {move.after or 'on no day'}."
        raise InputError(found, 'Say why: --why "the audit was late". It is kept and counted. Nothing was changed.')


def _cannot(ref: str, before: ActionState, after: ActionState) -> str:
    return f"{ref} is {before.value}, so it cannot become {after.value}."


def _remedy(before: ActionState, after: ActionState) -> str:
    if before is ActionState.OPEN:
        return "First it is proposed complete, with evidence; then a meeting accepts or disputes that."
    if after is ActionState.OPEN:
        return "See what it can become in docs/register.md."
    return "What is over is opened again first."
