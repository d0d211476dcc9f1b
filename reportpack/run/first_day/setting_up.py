"""`init NEW --from FOLDER`: the files are read, what they say is written, what no file says is asked; then the register and the history are filled."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from reportpack import patterns as re
from reportpack.errors import InputError, Remedy, ReportpackError
from reportpack.model.edition import Audience, is_wider
from reportpack.model.inputs import Settings
from reportpack.read.register.tracker import LEFT_OUT
from reportpack.records import Record
from reportpack.render.sheet import workbook_bytes
from reportpack.run.first_day import office as drafts
from reportpack.run.first_day.files import Kept, kept_file, kept_in, read_all
from reportpack.run.first_day.folder import FileKind, FileReading, Lying, walk_folder
from reportpack.run.init import office_frame, write_office
from reportpack.run.meetings.changes import new_meetings
from reportpack.run.minutes.back_fill import record_back_fill
from reportpack.run.office_files import REGISTER, Folders, Progress, gather_meetings, write_files
from reportpack.run.register.export import register_sheets
from reportpack.run.register.trackers import import_rows, propose_import
from reportpack.run.steps.recording import Change

_ODD = re.compile(r"[^\w ().,&+'-]+")
_SHOWN = 6
_OF_MEETINGS = (FileKind.NOTES, FileKind.AGENDA)
_PAPER = "a paper: put it into inputs/papers beside its meeting if it is for one"
_WHY_NOT = {
    FileKind.FIGURES: "its figures are of no month, of no kind that is told, or of no place of yours: look with reportpack inspect",
    FileKind.AGENDA: "a later agenda, or later notes, were taken",
    FileKind.TRACKER: "a later one of its kind was taken",
    FileKind.NOTES: "other notes of that day were taken",
    FileKind.PAPER: _PAPER,
    FileKind.WORDS: _PAPER,
}
"""Why nothing was taken of a file that could be read."""
_EMPTY = "Name the folder with workbooks of figures, notes, agendas or a tracker of actions; or begin with an empty office:"
_LETTERS = re.compile(r"[^\W\d_]{3}")


class Account(Record):
    """One file: what it is, what was taken of it and to where, or why nothing was."""

    file: str
    what: str
    taken: str
    why_not: str = ""


class FirstDay(Record):
    """What became of a folder: every file's account, what was asked and answered, how much there is, and the meeting to come."""

    office: str
    accounts: tuple[Account, ...]
    answered: tuple[drafts.Answered, ...]
    counts: tuple[tuple[str, int], ...]
    meeting: str
    listed: Path
    is_new: bool
    folders: Folders


class _Step(Record):
    """One run: where it writes, the folder's files by name with what they hold, what was kept before, and by hash what is taken now."""

    folders: Folders
    files: Mapping[str, Lying]
    readings: Mapping[str, FileReading]
    kept: Kept
    answers: drafts.Answers
    now: datetime
    taken: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def take(self, file: str, where: str) -> None:
        """Say what became of a file; of one that gives two things, both."""
        sha256 = self.files[file].sha256
        self.taken[sha256] = "; ".join(filter(None, (self.taken.get(sha256), where)))


def set_up(
    new: Path, folder: Path, given: Mapping[str, str], ask: drafts.Ask, now: datetime, today: date, progress: Progress
) -> FirstDay:
    """Make the office, or add to it what is new in the folder."""
    folders = Folders(new / "inputs", new / "build", None)
    settings = _settings(folders, new)
    files = walk_folder(folder, new)
    kept = kept_in(folders.memory)
    by_hash = read_all(files, kept.readings, progress)
    own = {one.name: one for one in files if one.sha256 in by_hash and not one.aside}
    readings = {name: by_hash[one.sha256] for name, one in own.items()}
    step = _Step(folders, own, readings, kept, drafts.Answers(given, kept.answers, ask), now)
    if settings is None and not any(one.figures or one.rows or one.kind in _OF_MEETINGS for one in readings.values()):
        why = Counter(one.aside or by_hash[one.sha256].why or by_hash[one.sha256].kind.value for one in files)
        said = "; ".join(f"{count} x {reason}" for reason, count in why.most_common(5)) or "it is empty"
        raise InputError(f"Nothing in {folder} can be used: {said}. Nothing was written.", Remedy(_EMPTY, "init", "NEW"))
    progress("Putting it together")
    books = _books(readings)
    draft = drafts.draft_office(readings, books, step.answers, settings.office if settings is not None else None)
    measures = drafts.new_measures(draft.measures.measures, settings)
    (folders.inputs / "performance").mkdir(parents=True, exist_ok=True)
    frame = {**dict(office_frame(new)), folders.inputs / REGISTER: workbook_bytes(register_sheets(()), today)}
    write_office(frame if settings is None else {})
    office, of_measures = folders.inputs / "office.toml", folders.inputs / "measures.toml"
    before = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (office, of_measures)]
    text = drafts.office_text(draft, before[0], settings.office if settings is not None else None, today)
    written = text.encode(), drafts.measures_text(measures, draft.audience, before[1], today).encode()
    if settings is not None and given:
        written = drafts.with_later_answers(*written, settings, draft, given)
    write_files({office: written[0], of_measures: written[1]})
    write_files(_copies(step, books, draft))
    _take_trackers(step)
    minutes = folders.inputs / "minutes"
    new_notes = [PurePosixPath(where).name for where in step.taken.values() if where.startswith("inputs/minutes/")]
    if new_notes:  # they go into the register in the order of their meetings
        record_back_fill(folders, minutes, now, today, progress, only=frozenset(minutes / name for name in new_notes))
    meeting = _next_meeting(step, draft, today)
    latest = [of_series.files[-1][0] for of_series, _, _, _ in draft.series if of_series.files]
    for file in latest:
        if readings[file].kind is FileKind.AGENDA and own[file].sha256 not in kept.taken:
            step.take(file, "its agenda, office.toml")
    accounts = tuple(_account(one, by_hash.get(one.sha256), step, draft) for one in files)
    listed = new / "What was read.txt"
    lines = [f"{one.file}: {one.what}; {one.taken}" if one.taken else f"{one.file}: left out; {one.why_not}" for one in accounts]
    keeping = kept_file(folders.memory, Kept(by_hash, step.answers.all, {**kept.taken, **step.taken}))
    write_files({listed: "".join(f"{line}\n" for line in lines).encode(), **dict([keeping])})
    counts = {"files": len(accounts), "taken": sum(bool(one.taken) for one in accounts), "measures": len(measures)}
    counts |= {"areas": len(draft.areas), "people": len(draft.people), "topics": len(draft.topics)}
    new_now = bool(step.taken or measures or given)
    return FirstDay(draft.name[0], accounts, tuple(step.answers.said), tuple(counts.items()), meeting, listed, new_now, folders)


def _settings(folders: Folders, new: Path) -> Settings | None:
    if not new.exists() or (new.is_dir() and not any(new.iterdir())):
        return None
    if not (folders.inputs / "office.toml").is_file():
        raise InputError(f"{new} is there already and is no office's folder.", "Name a new folder; nothing was written.")
    return gather_meetings(folders)[0]


def _books(readings: Mapping[str, FileReading]) -> dict[str, tuple[str, FileReading]]:
    books: dict[str, tuple[str, FileReading]] = {}
    for name, reading in readings.items():
        path = PurePosixPath(name)
        stem, parent = (" ".join(_ODD.sub(" ", text).split()) for text in (path.stem, path.parent.name))
        named = stem if _LETTERS.search(stem) or not parent else f"{parent} {stem}"
        choices = (named, f"{parent} {named}".strip(), *(f"{named or 'Figures'} {number}" for number in range(2, len(books) + 3)))
        if reading.kind is FileKind.FIGURES:
            free = next(text for one in choices if one and (text := f"{one}{path.suffix.lower()}") not in books)
            books[free] = (name, reading)
    return books


def _copies(step: _Step, books: Mapping[str, tuple[str, FileReading]], draft: drafts.Draft) -> dict[Path, bytes]:
    copies: dict[Path, bytes] = {}
    inputs, first = step.folders.inputs, draft.series[0][0]
    for name, (source, _) in books.items():
        if draft.measures.taken.get(name):
            labels = draft.measures.left.get(name, ())
            more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
            left = f" (not taken of it: {', '.join(labels[:_SHOWN])}{more}; measure add takes one)" if labels else ""
            _copy(step, source, inputs / "performance" / name, copies, left)
    for of_series, _, _, _ in draft.series:
        for file, reading in of_series.notes:
            meeting = f"{reading.day}-{of_series.id}"
            set_for = inputs / "meetings" / f"{meeting}.toml"
            if not set_for.exists():
                copies[set_for] = f"# Held on this day: {file}\n".encode()
            _copy(step, file, inputs / "minutes" / f"{meeting}{PurePosixPath(file).suffix.lower()}", copies)
    for file, reading in step.readings.items():
        if reading.kind is FileKind.WORDS and reading.day is not None and is_wider(draft.audience, Audience.OFFICE):
            _copy(step, file, inputs / "notes" / f"{reading.day}-{first.id}{PurePosixPath(file).suffix.lower()}", copies)
    return copies


def _copy(step: _Step, file: str, target: Path, copies: dict[Path, bytes], besides: str = "") -> None:
    """A file that was taken before is left as people may have changed its copy since; so is one whose place another file has."""
    data = step.files[file].path.read_bytes()
    there = target.stem in {one.stem for one in (*copies, *target.parent.glob("*")) if one.parent == target.parent}
    same = target.exists() and target.read_bytes() == data  # as a run that was cut off leaves it
    if step.files[file].sha256 not in step.kept.taken and (same or not there):
        copies[target] = data
        step.take(file, f"inputs/{target.parent.name}/{target.name}{besides}")


def _take_trackers(step: _Step) -> None:
    latest: dict[tuple[str, str], str] = {}
    for file, reading in step.readings.items():
        for one in reading.rows:
            before = latest.setdefault((one.table, one.shape), file)
            latest[one.table, one.shape] = max(before, file, key=lambda name: (step.readings[name].as_at or date.min, name))
    for (table, shape), file in latest.items():
        if step.files[file].sha256 in step.kept.taken:
            continue
        for rows in (one for one in step.readings[file].rows if (one.table, one.shape) == (table, shape)):
            try:
                step.take(file, f"register, {table}: {_import(step, step.files[file].path, table, rows.sheet)} rows")
            except ReportpackError as fault:
                step.refused[file] = fault.found


def _import(step: _Step, path: Path, table: str, sheet: str) -> int:
    """How many rows of the sheet are new in the register; headings that are not plain go where a person lets them."""
    tracker, proposed = propose_import(path, table, {}, sheet, {})
    if proposed:
        said = "; ".join(f"{heading} = {column}" for heading, column in proposed.items())
        kept = step.answers.of("headings", f"These headings of your tracker are not plain. Are they kept so? {said}", "yes")
        if not drafts.is_yes(kept):
            tracker, _ = propose_import(path, table, dict.fromkeys(proposed, LEFT_OUT), sheet, {})
    return import_rows(step.folders, tracker, path, step.now, take=True).added


def _next_meeting(step: _Step, draft: drafts.Draft, today: date) -> str:
    """The meeting to come: one that is set, one that an agenda or the notes name, else the next by the series' rule; set where none is."""
    _, meetings, _ = gather_meetings(step.folders)
    coming = [one for one in meetings if one.day >= today and not one.cancelled]
    if coming:
        return coming[0].id
    series = draft.series[0][0]
    named = [day for _, one in series.files for day in (one.day, one.next_day) if day is not None and day >= today]
    made, _ = new_meetings(step.folders, min(named, default=None), series.id, 1, Change(step.now), lambda _: True)
    return made[0].meeting.id


def _account(one: Lying, reading: FileReading | None, step: _Step, draft: drafts.Draft) -> Account:
    if one.aside or reading is None:
        return Account(one.name, FileKind.NOTHING.value, "", one.aside)
    taken, before, kind = step.taken.get(one.sha256, ""), step.kept.taken.get(one.sha256, ""), reading.kind
    if taken or before:
        return Account(one.name, kind.value, taken or f"{before}, taken before")
    why = step.refused.get(one.name) or reading.why
    if why:
        return Account(one.name, kind.value, "", why)
    if kind in _OF_MEETINGS and one.name in draft.others:
        why = f"of another body, for it names nobody of yours: {reading.title}"
    elif kind is FileKind.WORDS and not is_wider(draft.audience, Audience.OFFICE):
        why = "words for a pack: put it into inputs/notes once it is settled who may read the topics"
    return Account(one.name, kind.value, "", why or _WHY_NOT.get(kind, ""))
