"""The register for a run: the workbook against the ledger, recorded, and the workbook brought into step when nobody has it open."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import RefusedError, ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.register_rows import standing_rows
from reportpack.merge.three_way import merge_register
from reportpack.model.event import Event, RegisterSeen
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register import RegisterMerge
from reportpack.model.register_row import RegisterBook, RegisterRow
from reportpack.read.register.reading import read_register_book
from reportpack.read.register.workbook import PROPERTY
from reportpack.records import dataclass
from reportpack.render.register_workbook import rewrite_register
from reportpack.run.steps.life import impossible_steps, with_moves
from reportpack.run.writing import staged_files


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows that stand, and what came of comparing the workbook with them; `merge` is None when there was nothing to compare."""

    rows: tuple[RegisterRow, ...]
    problems: tuple[Problem, ...]
    book: RegisterBook | None = None
    merge: RegisterMerge | None = None


def read_standing(path: Path, ledger: Ledger, before: date | None, year: int) -> Standing:
    """The workbook merged into what the ledger knows; with `before`, what stood at the end of that day, where the ledger knows it."""
    events = ledger.register_events()
    if before is not None:
        then = standing_rows(one for one in events if one.recorded.date() <= before)
        if then:
            return Standing(then, ())
    book, problems = read_register_book(path, path.name)
    problems = (*problems, *_copies_beside(path), *_copies_beside(path.parent / "memory" / "ledger.sqlite"))
    standing = standing_rows(events)
    if book is None or not ledger.begun:
        return Standing(book.rows if book is not None else standing, problems, book)
    merge = with_moves(merge_register(book, standing, ledger.snapshots(book.number), year), standing)
    of_lives = impossible_steps(events, merge.changes, merge.rows)
    return Standing(merge.rows, (*problems, *merge.problems, *of_lives), book, merge)


def refuse_conflict(standing: Standing, ending: str = "Settle it first; until then nothing is released or sent.") -> None:
    """Where the register and the ledger say different things, nothing goes out."""
    found = next((one for one in standing.problems if one.kind == "register-conflict"), None)
    if found is not None:
        what = f"The register is in conflict with what was recorded: {found.found}"
        raise RefusedError(what, f"{found.remedy} {ending}".strip())


def record_standing(standing: Standing, ledger: Ledger, now: datetime) -> None:
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


def write_standing(standing: Standing, path: Path, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
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
        rows = ledger.keep_rows(_after(merge))
        with staged_files({path: written}) as put:
            ledger.record([Event(RegisterSeen(sha256_of(written), number, rows, written=True), now)])
            put()
    except ReportpackError as error:
        return (_left(book, error.found.rstrip("."), error.remedy),)
    except OSError as error:
        return (_left(book, error.strerror or "it cannot be read"),)
    return ()


def _after(merge: RegisterMerge) -> tuple[RegisterRow, ...]:
    edits = {(edit.sheet, edit.cell): edit.text for edit in merge.edits}
    rows = [row.edited(edits) for row in merge.seen]
    known = {(row.sheet, row.ref) for row in rows}
    sheets = {row.sheet for row in merge.added}
    rows.extend(row for row in merge.rows if (row.sheet, row.ref) not in known and row.sheet in sheets)
    return tuple(rows)


def _copies_beside(path: Path) -> tuple[Problem, ...]:
    """Where two people changed a file at once, OneDrive, SharePoint and others keep one as it is and put the other beside it."""
    if not path.parent.is_dir():
        return ()
    named = re.compile(rf"{re.escape(path.stem)}[-_ (].*{re.escape(path.suffix)}", re.IGNORECASE)
    return tuple(
        Problem(
            "conflict-copy",
            Source(one.name),
            f"It lies beside {path.name} and is not read: a shared drive may have put it there when two people saved at once.",
            f"See whether it holds anything that {path.name} lacks, put that in there, and move the copy elsewhere.",
        )
        for one in sorted(path.parent.iterdir())
        if named.fullmatch(one.name)
    )


def is_open(path: Path) -> bool:
    """Whether Excel or LibreOffice says that somebody has it open."""
    return any(lock.exists() for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")))


def _left(book: RegisterBook, why: str, remedy: str = "Close it and run again.") -> Problem:
    found = f"The register lacks something that the ledger knows, and could not be brought into step: {why}."
    remedy = f"{remedy} Until then the pack shows what stands, and nothing is lost."
    return Problem("register-not-written", Source(book.file, sha256=book.sha256), found, remedy, Weight.NOTE)
