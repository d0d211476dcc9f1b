"""`ledger backup` and `ledger restore`: the ledger as one plain file, and back."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from shutil import rmtree

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Eraser, Ledger, eraser_of, forget_index, restore_ledger
from reportpack.ledger.seen_words import UnopenedError, plain
from reportpack.model.event import Erased, Event, RegisterSeen, RowChange
from reportpack.model.observation import FigureAnswered
from reportpack.model.period import long_date
from reportpack.model.register import CellEdit
from reportpack.model.register_columns import Heading
from reportpack.model.register_row import RegisterBook, plain_reference
from reportpack.read.register.reading import read_register_book
from reportpack.read.register.rows import PROPERTY
from reportpack.records import Record
from reportpack.render.register_workbook import rewrite_register
from reportpack.run.find import lying_files
from reportpack.run.letters.epochs import note_restored
from reportpack.run.live.draft_journal import erase_drafts
from reportpack.run.office_files import REGISTER, Folders, begun_memory
from reportpack.run.steps.recording import Change, recording
from reportpack.run.steps.standing import is_open
from reportpack.settings.reading import ledger_url


def back_up(folders: Folders, path: Path | None, today: date) -> tuple[Path, int]:
    """Write everything that is remembered, kept files too, to the file (else into `inputs/memory/backups`); gives it and its events."""
    target = path or folders.memory / "backups" / f"whole-ledger-{today.isoformat()}.jsonl"
    with begun_memory(folders) as ledger:
        events = ledger.back_up(target, with_files=True)
        ledger.copy_to_second()
        return target, events


def restore(folders: Folders, path: Path) -> int:
    """Make the ledger from a backup, where there is none; gives how many events it holds."""
    events = restore_ledger(folders.memory, path, ledger_url(folders.inputs))
    with begun_memory(folders) as ledger:
        note_restored(ledger)
    return events


class Wanted(Record):
    """What is to be erased: words as they are given, all that ever stood under a heading of a row, what an event changed, whole kept files."""

    words: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    events: tuple[int, ...] = ()
    files: tuple[str, ...] = ()


class Erasing(Record):
    """How much holds the words, in events, kept files and cells; `left` are the files that only people can change."""

    events: int
    files: int
    cells: int
    left: tuple[str, ...] = ()


def look_for_words(folders: Folders, wanted: Wanted, now: datetime) -> Erasing:
    """What an erasure would change; nothing is changed."""
    with recording(folders, now) as record:
        eraser, whole = _eraser(record.ledger, wanted, now)
        events, files = record.ledger.holders(eraser)
        _, edits = _cells(folders, eraser)
        return Erasing(len(events), len(set(files) | set(whole)), len(edits))


def erase_words(folders: Folders, wanted: Wanted, said: Change) -> Erasing:
    """Erase them, and record that they were, when, by whom and why. The register workbook must be closed; what fails half-way goes on when run again."""
    from reportpack.run.gather import READINGS

    with recording(folders, said.now) as record:
        ledger = record.ledger
        record.record(())
        eraser, whole = _eraser(ledger, wanted, said.now)
        book, edits = _cells(folders, eraser)
        path = folders.inputs / REGISTER
        if edits and is_open(path):
            found = f"{path.name} holds the words, and somebody has it open."
            raise RefusedError(found, "Close it, then erase again. Nothing was erased.")
        written = rewrite_register(path.read_bytes(), edits, (), PROPERTY, ledger.last_write() + 1) if edits else b""
        if edits and book is not None:
            texts = {(edit.sheet, edit.cell): edit.text for edit in edits}
            rows = ledger.keep_rows([row.edited(texts) for row in book.rows])
            seen = RegisterSeen(sha256_of(written), ledger.last_write() + 1, rows, written=True)
            record.record([Event(seen, said.now)], {path: written})
        forget_index(folders.memory)
        erase_drafts(folders, eraser.text)
        rmtree(folders.memory / READINGS, ignore_errors=True)
        held = {one.partition(" (nobody can tell")[0] for one in _holding(folders, eraser)}
        standing = tuple(sha256_of(bytes_of(one)) for one in lying_files(folders) if str(one) in held)
        erased = Erased(said.why.strip(), cells=len(edits), standing=standing)
        event = ledger.erase(eraser, erased, said.by.strip(), said.now, whole)
        events = len(event.what.events) if isinstance(event.what, Erased) else 0
        files = len(event.what.files) if isinstance(event.what, Erased) else 0
    return Erasing(events, files, len(edits), tuple(_holding(folders, eraser)))


def _eraser(ledger: Ledger, wanted: Wanted, now: datetime) -> tuple[Eraser, tuple[str, ...]]:
    words = [*wanted.words, *_words_of_cells(ledger, wanted), *_words_of_events(ledger, wanted)]
    whole = tuple(ledger.kept_name(one) for one in wanted.files)
    return eraser_of(words, f"[erased on {long_date(now.date())}]", or_nothing=bool(whole)), whole


def _words_of_cells(ledger: Ledger, wanted: Wanted) -> Iterable[str]:
    for ref, heading in wanted.cells:
        found = [
            text
            for one in ledger.register_events()
            if isinstance(one.what, RowChange) and plain_reference(one.what.ref) == plain_reference(ref)
            for change in one.what.changes
            if change.header.casefold() == " ".join(heading.split()).casefold()
            for text in (change.before, change.after)
            if text.strip()
        ]
        if not found:
            raise InputError(f'Nothing was ever recorded of {ref} under "{heading}".', Remedy("See:", "register history", ref))
        yield from found


def _words_of_events(ledger: Ledger, wanted: Wanted) -> Iterable[str]:
    known = {one.number: one.what for one in ledger.of_kinds(RowChange, FigureAnswered)}
    for number in wanted.events:
        what = known.get(number)
        if isinstance(what, RowChange):
            yield from (one.after for one in what.changes if one.header != Heading.REFERENCE and one.after.strip())
        elif isinstance(what, FigureAnswered):
            yield what.why
        else:
            found = f"Event {number} is no change of a row of the register, and no answer for a figure."
            raise InputError(found, "Name the words themselves with --words.")


def _cells(folders: Folders, eraser: Eraser) -> tuple[RegisterBook | None, list[CellEdit]]:
    book, _ = read_register_book(folders.inputs / REGISTER, REGISTER)
    rows = book.rows if book is not None else ()
    cells = ((row.source.sheet, cell.cell, cell.text) for row in rows for cell in row.cells if cell.cell)
    return book, [CellEdit(sheet, cell, eraser.text(text)) for sheet, cell, text in cells if eraser.holds(text)]


def _holding(folders: Folders, eraser: Eraser) -> Iterable[str]:
    """The files of people, and those that were made, that still hold the words: only people may change the first; the second can be made again.
    What nobody can look into is named too, among the kept files as well."""
    for folder in (folders.inputs, folders.build):
        for path in sorted(folder.rglob("*")):
            if not path.is_file() or (folders.memory in path.parents and folders.memory / "files" not in path.parents):
                continue
            try:
                if eraser.seen.search(plain(path.name)) or eraser.is_seen_in(bytes_of(path)):
                    yield str(path)
            except OSError as error:
                yield f"{path} (it cannot be read: {error.strerror})"
            except UnopenedError as error:
                yield f"{path} (nobody can tell: {error})"
