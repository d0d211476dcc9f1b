"""The register for a run: the workbook against the ledger, recorded, and the workbook brought into step when nobody has it open."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, RefusedError, ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.register_rows import standing_rows
from reportpack.merge.three_way import merge_register
from reportpack.model.action import ActionState, may_follow
from reportpack.model.citing import with_public_references
from reportpack.model.event import Event, RegisterSeen, RowChange, Undone
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register import CellEdit, RegisterMerge
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import CellChange, RegisterBook, RegisterRow
from reportpack.model.state_words import spelt_state
from reportpack.read.register.occasions import is_move, move_line
from reportpack.read.register.reading import read_register_book
from reportpack.read.register.rows import PROPERTY
from reportpack.records import Record
from reportpack.render.register_workbook import rewrite_register
from reportpack.run.office_files import staged_files

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
    said = []
    for row in (row for row in rows if row.sheet == SheetName.ACTIONS and row.ref in last):
        before, after = (spelt_state(text) for text in (last[row.ref].before, last[row.ref].after))
        if before and after and not may_follow(before, after) and row.text(Heading.STATE) == last[row.ref].after:
            remedy = f"{_remedy(before, after)} It stands as it was typed."
            said.append(Problem("state-impossible", row.at(Heading.STATE), _cannot(row.ref, before, after), remedy))
    return tuple(said)


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


class StandingRegister(Record):
    """The rows that stand, and what came of comparing the workbook with them; `merge` is None when there was nothing to compare."""

    rows: tuple[RegisterRow, ...]
    problems: tuple[Problem, ...]
    book: RegisterBook | None = None
    merge: RegisterMerge | None = None


def read_standing(path: Path, ledger: Ledger, before: date | None, year: int) -> StandingRegister:
    """The workbook merged into what the ledger knows; with `before`, what stood at the end of that day, where the ledger knows it."""
    found = _standing(path, ledger, before, year)
    key = ledger.link(1)[1]
    return replace(found, rows=with_public_references(found.rows, key)) if key else found


def _standing(path: Path, ledger: Ledger, before: date | None, year: int) -> StandingRegister:
    events = ledger.register_events()
    if before is not None:
        then = standing_rows(one for one in events if one.recorded.date() <= before)
        if then:
            return StandingRegister(then, ())
    book, problems = read_register_book(path, path.name)
    problems = (*problems, *_copies_beside(path), *_copies_beside(path.parent / "memory" / "ledger.sqlite"))
    standing = standing_rows(events)
    if book is None or not ledger.begun:
        return StandingRegister(book.rows if book is not None else standing, problems, book)
    merge = with_moves(merge_register(book, standing, ledger.snapshots(book.number), year), standing)
    of_lives = impossible_steps(events, merge.changes, merge.rows)
    return StandingRegister(merge.rows, (*problems, *merge.problems, *of_lives), book, merge)


def refuse_conflict(standing: StandingRegister, ending: str = "Settle it first; until then nothing is released or sent.") -> None:
    """Where the register and the ledger say different things, nothing goes out."""
    found = next((one for one in standing.problems if one.kind == "register-conflict"), None)
    if found is not None:
        what = f"The register is in conflict with what was recorded: {found.found}"
        raise RefusedError(what, f"{found.remedy} {ending}".strip())


def record_standing(standing: StandingRegister, ledger: Ledger, now: datetime) -> None:
    """Record what people changed, and the copy that they changed; nothing when neither is new."""
    if standing.book is None or standing.merge is None:
        return
    book, merge = standing.book, standing.merge
    known = ledger.snapshots(book.number, most=1)
    events = [Event(change, now) for change in merge.changes]
    if not known or known[0].sha256 != book.sha256 or _words(known[0].rows) != _words(merge.seen):
        events.append(Event(RegisterSeen(book.sha256, book.number, ledger.keep_rows(merge.seen)), now))
    if events:
        ledger.record(events)


def _words(rows: Sequence[RegisterRow]) -> list[tuple[str, str, dict[str, str]]]:
    """What the rows say, wherever they stand: a copy that was just written has its new rows in places that nobody has seen yet."""
    return [(row.sheet, row.ref, row.texts) for row in rows]


def write_standing(standing: StandingRegister, path: Path, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    """Put into the workbook what stands and it lacks. The ledger knows of the write first; a workbook in use is left for the next run."""
    if standing.book is None or standing.merge is None or not standing.merge.to_write:
        return ()
    book, merge = standing.book, standing.merge
    try:
        data = bytes_of(path)
        if sha256_of(data) != book.sha256 or is_open(path):
            return (_left(book, "it is open, or was saved while this run went on"),)
        number = ledger.last_write() + 1
        written = rewrite_register(data, merge.edits, merge.added, PROPERTY, number)
        texts, known = {(one.sheet, one.cell): one.text for one in merge.edits}, {(one.sheet, one.ref) for one in merge.seen}
        sheets = {row.sheet for row in merge.added}
        new = [row for row in merge.rows if (row.sheet, row.ref) not in known and row.sheet in sheets]
        rows = ledger.keep_rows((*(row.edited(texts) for row in merge.seen), *new))
        with staged_files({path: written}) as put:
            ledger.record([Event(RegisterSeen(sha256_of(written), number, rows, written=True), now)])
            put()
    except ReportpackError as error:
        return (_left(book, error.found.rstrip("."), error.remedy),)
    except OSError as error:
        return (_left(book, error.strerror or "it cannot be read"),)
    return ()


def _copies_beside(path: Path) -> tuple[Problem, ...]:
    """Where two people changed a file at once, OneDrive, SharePoint and others keep one as it is and put the other beside it."""
    if not path.parent.is_dir():
        return ()
    named = re.compile(rf"{re.escape(path.stem)}[-_ (].*{re.escape(path.suffix)}", re.IGNORECASE)
    found = f"It lies beside {path.name} and is not read: a shared drive may have put it there when two people saved at once."
    remedy = f"See whether it holds anything that {path.name} lacks, put that in there, and move the copy elsewhere."
    copies = (one for one in sorted(path.parent.iterdir()) if named.fullmatch(one.name))
    return tuple(Problem("conflict-copy", Source(one.name), found, remedy) for one in copies)


def is_open(path: Path) -> bool:
    """Whether Excel, Word (which leaves out the first letters of a long name) or LibreOffice says that somebody has it open."""
    name = path.name
    return any(path.with_name(lock).exists() for lock in (f"~${name}", f"~${name[2:]}", f".~lock.{name}#"))


def _left(book: RegisterBook, why: str, remedy: str = "Close it and run again.") -> Problem:
    found = f"The register lacks something that the ledger knows, and could not be brought into step: {why}."
    remedy = f"{remedy} Until then the pack shows what stands, and nothing is lost."
    return Problem("register-not-written", Source(book.file, sha256=book.sha256), found, remedy, Weight.NOTE)
