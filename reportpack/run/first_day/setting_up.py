"""`init NEW --from FOLDER`: the files are read, what they say is written, what no file says is asked; then the register and the history are filled."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from reportpack import patterns as re
from reportpack.errors import InputError, ReportpackError
from reportpack.model.edition import Audience
from reportpack.model.inputs import Settings
from reportpack.records import dataclass
from reportpack.render.sheet import workbook_bytes
from reportpack.run.first_day.drafts import Draft, draft_office
from reportpack.run.first_day.folder import Lying, walk_folder
from reportpack.run.first_day.found import FileKind, FileReading
from reportpack.run.first_day.many_files import Kept, Progress, kept_file, kept_in, read_all
from reportpack.run.first_day.measures import DraftMeasure
from reportpack.run.first_day.questions import Answered, Answers, Ask
from reportpack.run.first_day.texts import measures_text, new_measures, office_text
from reportpack.run.folders import Folders
from reportpack.run.init import office_frame
from reportpack.run.meetings.changes import Change, new_meetings
from reportpack.run.minutes.back_fill import record_back_fill
from reportpack.run.office_files import REGISTER, gather_meetings
from reportpack.run.register.protected_copy import register_sheets
from reportpack.run.register.trackers import import_rows, propose_import
from reportpack.run.writing import write_files

_LETTERS = re.compile(r"[^\w ().,&+'-]+")


@dataclass(frozen=True, slots=True)
class Account:
    """One file: what it is, what was taken of it, or why nothing was."""

    file: str
    what: str
    taken: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class FirstDay:
    """What became of a folder: every file's account, the questions with their answers, and what could not be settled."""

    office: str
    accounts: tuple[Account, ...]
    answered: tuple[Answered, ...]
    counts: tuple[tuple[str, int], ...]
    meeting: str
    folders: Folders


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The files of a folder by what they are, with the name that each will have in inputs/."""

    readings: Mapping[str, FileReading]
    paths: Mapping[str, Lying]
    books: Mapping[str, tuple[str, FileReading]]


def set_up(
    new: Path, folder: Path, given: Mapping[str, str], ask: Ask, now: datetime, today: date, progress: Progress
) -> FirstDay:
    """Make the office, or add to it what is new in the folder."""
    folders = Folders(new / "inputs", new / "build", None)
    settings = _settings(folders, new)
    files = walk_folder(folder, new)
    kept = kept_in(folders.memory)
    readings = read_all(files, kept.readings, progress)
    sorted_ = _sorted(files, readings)
    answers = Answers(given, kept.answers, ask)
    progress("Putting it together")
    draft = draft_office(sorted_.readings, sorted_.books, answers)
    measures = new_measures(draft.measures.measures, settings)
    write_files(dict(_settings_files(folders, new, draft, measures, settings, today)))
    copies, taken = _copies(folders, sorted_, draft, kept)
    write_files(copies)
    taken |= _take_trackers(folders, sorted_, kept, answers, now)
    taken |= _take_notes(folders, taken, now, today, progress)
    meeting = _next_meeting(folders, draft, today, now)
    write_files(dict([kept_file(folders.memory, Kept(readings, answers.all, {**kept.taken, **taken}))]))
    accounts = tuple(_accounts(files, readings, draft, {**kept.taken, **taken}, kept.taken))
    return FirstDay(draft.name, accounts, tuple(answers.said), _counts(draft, measures, accounts), meeting, folders)


def _settings(folders: Folders, new: Path) -> Settings | None:
    """The settings of an office that is there already; None for a new one. InputError for a folder of something else."""
    if not new.exists() or (new.is_dir() and not any(new.iterdir())):
        return None
    if not (folders.inputs / "office.toml").is_file():
        raise InputError(f"{new} is there already and is no office's folder.", "Name a new folder; nothing was written.")
    return gather_meetings(folders)[0]


def _sorted(files: Sequence[Lying], readings: Mapping[str, FileReading]) -> _Sorted:
    own = {one.name: one for one in files if one.sha256 in readings and not one.aside}
    found = {name: readings[one.sha256] for name, one in own.items()}
    books: dict[str, tuple[str, FileReading]] = {}
    for name, reading in found.items():
        if reading.kind is FileKind.FIGURES:
            books[_free_name(name, books)] = (name, reading)
    return _Sorted(found, own, books)


def _free_name(name: str, taken: Mapping[str, object]) -> str:
    """A plain name for a copy: its own, after its folder's where that says nothing or is taken."""
    path = PurePosixPath(name)
    stem = " ".join(_LETTERS.sub(" ", path.stem).split()) or "Figures"
    parent = " ".join(_LETTERS.sub(" ", path.parent.name).split())
    named = stem if re.search(r"[^\W\d_]{3}", stem) or not parent else f"{parent} {stem}"
    choices = (named, f"{parent} {named}".strip(), *(f"{named} {number}" for number in range(2, len(taken) + 3)))
    return next(text for one in choices if (text := f"{one}{path.suffix.lower()}") not in taken)


def _settings_files(
    folders: Folders, new: Path, draft: Draft, measures: Sequence[DraftMeasure], settings: Settings | None, today: date
) -> Iterator[tuple[Path, bytes]]:
    """The frame of a new office, and the two settings files with what is new in them."""
    office, of_measures = folders.inputs / "office.toml", folders.inputs / "measures.toml"
    if settings is None:
        yield from office_frame(new)
        yield folders.inputs / REGISTER, workbook_bytes(register_sheets(()), today)
    before = office.read_text(encoding="utf-8") if settings is not None else ""
    yield office, office_text(draft, before, settings.office if settings is not None else None, today).encode()
    before = of_measures.read_text(encoding="utf-8") if of_measures.exists() else ""
    yield of_measures, measures_text(measures, draft.audience, before, today).encode()


def _copies(folders: Folders, sorted_: _Sorted, draft: Draft, kept: Kept) -> tuple[dict[Path, bytes], dict[str, str]]:
    """Copies of what is taken, under plain names, with a file for each meeting; and by hash what each became."""
    copies: dict[Path, bytes] = {}
    taken: dict[str, str] = {}
    for name, (source, _) in sorted_.books.items():
        if draft.measures.counts.get(name, (0, 0))[0]:
            _copy(sorted_.paths[source], folders.inputs / "performance" / name, kept, copies, taken)
    for says in draft.series:
        chosen = {reading.day: file for file, reading in says.series.notes if reading.day is not None}
        for day, file in chosen.items():
            meeting = f"{day.isoformat()}-{says.series.id}"
            set_for = folders.inputs / "meetings" / f"{meeting}.toml"
            if not set_for.exists():
                copies[set_for] = f"# Held on this day: {file}\n".encode()
            _copy(
                sorted_.paths[file],
                folders.inputs / "minutes" / f"{meeting}{PurePosixPath(file).suffix.lower()}",
                kept,
                copies,
                taken,
            )
    for file, reading in sorted_.readings.items():
        if reading.kind is FileKind.WORDS and reading.day is not None and draft.audience is not Audience.OFFICE:
            meeting = f"{reading.day.isoformat()}-{draft.series[0].series.id}"
            target = folders.inputs / "notes" / f"{meeting}{PurePosixPath(file).suffix.lower()}"
            _copy(sorted_.paths[file], target, kept, copies, taken)
    return copies, taken


def _copy(one: Lying, target: Path, kept: Kept, copies: dict[Path, bytes], taken: dict[str, str]) -> None:
    """A file that was taken before is left as people may have changed its copy since; so is one of another's name."""
    if one.sha256 in kept.taken or target.exists():
        return
    copies[target] = one.path.read_bytes()
    taken[one.sha256] = f"inputs/{target.parent.name}/{target.name}"


def _take_trackers(folders: Folders, sorted_: _Sorted, kept: Kept, answers: Answers, now: datetime) -> dict[str, str]:
    """The latest tracker of each shape goes into the register; what its unsure headings are is asked once for all."""
    latest: dict[tuple[str, str], tuple[str, FileReading]] = {}
    for file, reading in sorted_.readings.items():
        for one in reading.rows:
            before = latest.get((one.table, one.shape))
            if before is None or (reading.as_at or date.min, file) > (before[1].as_at or date.min, before[0]):
                latest[one.table, one.shape] = (file, reading)
    taken: dict[str, str] = {}
    for (table, shape), (file, reading) in latest.items():
        source = sorted_.paths[file]
        if source.sha256 in kept.taken:
            continue
        rows = next(one for one in reading.rows if (one.table, one.shape) == (table, shape))
        try:
            tracker, proposed = propose_import(source.path, table, {}, rows.sheet, {})
            if proposed:
                said = "; ".join(f"{heading} = {column}" for heading, column in proposed.items())
                answers.of("headings", f"These headings of your tracker are not plain. Are they kept so? {said}", "yes")
            imported = import_rows(folders, tracker, source.path, now, take=True)
            words = f"register, {table}: {imported.added} rows"
            taken[source.sha256] = "; ".join(filter(None, (taken.get(source.sha256), words)))
        except ReportpackError as fault:
            taken.setdefault(source.sha256, f"!{fault.found}")
    return taken


def _take_notes(folders: Folders, taken: Mapping[str, str], now: datetime, today: date, progress: Progress) -> dict[str, str]:
    """What the notes that were copied now put into the register, in the order of their meetings."""
    new = [folders.inputs.parent / where for where in taken.values() if where.startswith("inputs/minutes/")]
    if not new:
        return {}
    filled = record_back_fill(folders, folders.inputs / "minutes", now, today, progress, only=frozenset(new))
    said = {f"inputs/minutes/{one.path.name}": len(one.filled.changes) for one in filled.notes}
    return {sha: f"{where}, {said[where]} rows of history" for sha, where in taken.items() if said.get(where)}


def _next_meeting(folders: Folders, draft: Draft, today: date, now: datetime) -> str:
    """The meeting to come: one that is set, one that an agenda or the notes name, else the next by the series' rule; set where none is."""
    _, meetings, _ = gather_meetings(folders)
    coming = [one for one in meetings if one.day >= today and not one.cancelled]
    if coming:
        return coming[0].id
    series = draft.series[0].series
    named = [day for _, one in series.files for day in (one.day, one.next_day) if day is not None and day >= today]
    made, _ = new_meetings(folders, min(named, default=None), series.id, 1, today, Change(now), lambda _: True)
    return made[0].meeting.id


def _accounts(
    files: Sequence[Lying], readings: Mapping[str, FileReading], draft: Draft, taken: Mapping[str, str], before: Mapping[str, str]
) -> Iterator[Account]:
    for one in files:
        if one.aside:
            yield Account(one.name, FileKind.NOTHING.value, "", one.aside)
            continue
        reading = readings[one.sha256]
        where = taken.get(one.sha256, "")
        if where.startswith("!"):
            yield Account(one.name, reading.kind.value, "", where[1:])
        elif where:
            again = ", taken before" if one.sha256 in before else ""
            yield Account(one.name, reading.kind.value, f"{where}{again}")
        else:
            yield Account(one.name, reading.kind.value, "", _why_not(one, reading, draft))


def _why_not(one: Lying, reading: FileReading, draft: Draft) -> str:
    """Why nothing was taken of a file that could be read."""
    match reading.kind:
        case FileKind.NOTES | FileKind.AGENDA if one.name in draft.others:
            return f"of another body: {draft.others[one.name]}"
        case FileKind.FIGURES:
            return "its figures are of no month, or of no place of yours: look with reportpack inspect"
        case FileKind.AGENDA:
            return "its lines are in office.toml where it is the latest"
        case FileKind.TRACKER:
            return "a later one of its kind was taken"
        case FileKind.NOTES:
            return "other notes of that day were taken"
        case FileKind.WORDS if draft.audience is Audience.OFFICE:
            return "words for a pack: put it into inputs/notes once it is settled who may read the topics"
        case FileKind.PAPER | FileKind.WORDS:
            return reading.why or "a paper: put it into inputs/papers beside its meeting if it is for one"
        case _:
            return reading.why


def _counts(draft: Draft, measures: Sequence[DraftMeasure], accounts: Sequence[Account]) -> tuple[tuple[str, int], ...]:
    return (
        ("files", len(accounts)),
        ("files taken", sum(bool(one.taken) for one in accounts)),
        ("measures", len(measures)),
        ("areas", len(draft.places)),
        ("people", len({one.name for one in draft.people})),
        ("topics", len(draft.topics)),
        ("meetings with notes", sum(len(one.series.days) for one in draft.series)),
    )
