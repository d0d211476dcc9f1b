"""`find`: the newest places where words were said or issued. What was recorded or put in since the last search is taken in first; nothing is recorded."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.errors import InputError
from reportpack.ledger import Ledger, forget_index, open_index
from reportpack.model.edition import Audience, Part, may_read, shows
from reportpack.model.event import AnnexIssued, Build, Erased, Event, FileRole, RowChange
from reportpack.model.outbox import LetterQueued
from reportpack.model.period import iso_day
from reportpack.model.release import Released, ReleasedRole
from reportpack.model.reply import ReplyKept
from reportpack.model.statement import Findable, Line, Passage
from reportpack.records import Record
from reportpack.run.office_files import Folders, open_memory

if TYPE_CHECKING:
    from reportpack.run.office_files import Progress

_KINDS = (Build, Released, AnnexIssued, RowChange, LetterQueued, ReplyKept, Erased)
_FOLDERS = ("minutes", "notes", "papers")
_FILE = "file "
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class FindRequest(Record):
    """What is looked for: each phrase must be in the line. `edition` narrows it to what the readers of that edition have."""

    phrases: tuple[str, ...]
    edition: Audience | None
    most: int


class Found(Record):
    """The passages, newest first, and whether there are more."""

    passages: tuple[Passage, ...]
    more: bool


def find_words(folders: Folders, request: FindRequest, progress: "Progress") -> Found:
    """The newest lines that hold all of it; InputError where nothing is asked for."""
    phrases = tuple(one for one in request.phrases if any(letter.isalnum() for letter in one))
    if not phrases:
        remedy = 'Give words, or a phrase in quotation marks: reportpack find "rural crime"'
        raise InputError("There is no word to look for.", remedy)
    edition = request.edition or Audience.OFFICE
    folders.memory.mkdir(parents=True, exist_ok=True)
    with open_memory(folders) as ledger:
        _take_in(folders, ledger, progress)
    with open_index(folders.memory) as index:
        files = ((path, path.relative_to(folders.inputs).as_posix(), path.stat()) for path in lying_files(folders))
        there = {f"{_FILE}{name} {at.st_size} {at.st_mtime_ns}": path for path, name, at in files}
        known = index.keys(_FILE)
        for key in known - there.keys():
            index.drop(key)
        index.take((lying_file(key, there[key], folders.inputs) for key in sorted(there.keys() - known)), index.taken)
        passages = index.find(phrases, [one for one in Audience if may_read(edition, one)], request.most + 1)
    return Found(passages[: request.most], len(passages) > request.most)


def _take_in(folders: Folders, ledger: Ledger, progress: "Progress") -> None:
    with open_index(folders.memory) as index:
        last = index.taken
    events = ledger.since(last, *_KINDS) if ledger.last_number() > last else ()
    if last and any(isinstance(one.what, Erased) for one in events):
        forget_index(folders.memory)
        events = ledger.since(0, *_KINDS)
    if not events:
        return
    progress("Taking in what was said since")
    with open_index(folders.memory) as index:
        index.take(_records(events, ledger), events[-1].number)


def everything_issued(ledger: Ledger, edition: Audience) -> tuple[Findable, ...]:
    """What that edition's readers have of everything that was ever recorded, in its newest words; nothing of what only lies in inputs/."""
    return tuple(one for one in _records(ledger.since(0, *_KINDS), ledger) if may_read(edition, one.edition))


def _records(events: Sequence[Event], ledger: Ledger) -> Iterator[Findable]:
    newest = {key: one for one in events if (key := _key(one))}
    yield from (record for key, one in newest.items() if (record := _record(key, one, ledger)).lines)


def _key(event: Event) -> str:
    """What its words replace when they are newer; empty for what is not searched: a draft is the office's alone."""
    what = event.what
    if isinstance(what, Build):
        return f"build {event.subject}" if shows(what.edition, Part.WORKINGS) else ""
    if isinstance(what, Released):
        return f"release {event.subject} v{what.version}"
    if isinstance(what, AnnexIssued):
        return f"notes {what.meeting}"
    return f"event {event.number}" if isinstance(what, RowChange | LetterQueued | ReplyKept) else ""


def _record(key: str, event: Event, ledger: Ledger) -> Findable:
    what, day = event.what, event.recorded.date()
    if isinstance(what, Build):
        sha256 = next((one.sha256 for one in what.files_of(FileRole.PAGE_SOURCE)), "")
        lines, title = _printed(sha256, ledger), f"{what.document} of {what.meeting}, as built"
        return Findable(key, title, what.document, day, what.edition, lines)
    if isinstance(what, Released):
        source = what.file(ReleasedRole.PAGE_SOURCE)
        lines = _printed(source.sha256 if source is not None else "", ledger)
        title = f"{what.document} of {what.meeting}, v{what.version} {what.edition}"
        return Findable(key, title, what.document, day, what.edition, lines)
    if isinstance(what, AnnexIssued):
        from reportpack.read.documents.opening import document_from

        data = b"" if ledger.is_erased(what.sha256) else ledger.kept(what.sha256)
        document, _, _ = document_from(data, what.file, Path(what.file).suffix.lower())
        lines = tuple(Line(one.text, f"line {one.name}") for one in document.lines if one.text) if document is not None else ()
        return Findable(key, f"notes of {what.meeting}, as issued", what.file, day, Audience.OFFICE, lines)
    if isinstance(what, RowChange):
        lines = tuple(Line(one.after, one.header) for one in what.changes if one.after)
        file = what.source.file or "register.xlsx"
        return Findable(key, f"{what.sheet} {what.ref}, {what.cause}", file, day, Audience.OFFICE, lines)
    if isinstance(what, LetterQueued):
        letter = what.letter
        return Findable(key, letter.subject, f"letter to {letter.to.name}", day, Audience.OFFICE, _text(letter.text))
    if isinstance(what, ReplyKept):
        return Findable(key, what.title or "reply", what.file, day, Audience.OFFICE, _text(what.text))
    return Findable(key, "", "", day, Audience.OFFICE)


def _text(text: str) -> tuple[Line, ...]:
    return tuple(Line(words, f"line {number}") for number, words in enumerate(text.splitlines(), 1) if words.strip())


def _printed(sha256: str, ledger: Ledger) -> tuple[Line, ...]:
    if not sha256 or ledger.is_erased(sha256):
        return ()
    from reportpack.render.element import block_lines
    from reportpack.render.page_source import parse_page_source

    document = parse_page_source(ledger.kept(sha256).decode(), "page source")
    found: dict[str, Line] = {}
    for section in document.sections:
        for block in section.elements:
            for words in block_lines(block):
                if any(letter.isalpha() for letter in words):
                    found.setdefault(words, Line(words, f"section {section.get('id')}, line {block.line}"))
    return tuple(found.values())


def lying_files(folders: Folders) -> Iterator[Path]:
    """Notes and papers in inputs/, whether anything was recorded of them or not."""
    found = (path for one in _FOLDERS for path in sorted((folders.inputs / one).rglob("*")))
    return (path for path in found if path.is_file() and not path.name.startswith((".", "~")))


def lying_file(key: str, path: Path, inputs: Path) -> Findable:
    """What is said in one of them."""
    from reportpack.read.documents.opening import open_notes

    name = path.relative_to(inputs).as_posix()
    document, _, _ = open_notes(path, name)
    pages = document.pages if document is not None else 1
    lines = document.lines if document is not None else ()
    dated = _DATED.search(name)
    day = iso_day(dated[0]) if dated is not None else None
    day = day or datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    said = tuple(Line(one.text, f"page {one.page}" if pages > 1 else f"line {one.name}") for one in lines if one.text)
    return Findable(key, "as it lies in inputs", name, day, Audience.OFFICE, said)
