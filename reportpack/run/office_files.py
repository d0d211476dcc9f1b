"""What every verb begins with: the folders, the settings, the meetings, the ledger, what lies in the inbox; no workbook is opened. And how it ends:
files are written whole or not at all, a temporary file beside each, flushed to disk, then renamed, all or none."""

import glob
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from reportpack.errors import InputError, OutputError, RefusedError, Remedy, StrictError, fails_as
from reportpack.ledger import Ledger, is_begun, is_missed, no_ledger, open_ledger
from reportpack.model.document import PdfStandard
from reportpack.model.edition import AUDIENCE_FAULTS
from reportpack.model.event import Build, Event, FileRole
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem, Weight
from reportpack.read.meetings import read_meetings
from reportpack.read.register.rows import register_number
from reportpack.records import Record
from reportpack.settings import read_settings
from reportpack.settings.reading import ledger_url, second_place

Progress = Callable[[str], None]


class Folders(Record):
    """The three folders of an office. `templates` is None when the office has none of its own; `pdf` is what PDFs are asked to be this once."""

    inputs: Path
    build: Path
    templates: Path | None = None
    pdf: PdfStandard | None = None

    @property
    def memory(self) -> Path:
        """The ledger's own folder."""
        return self.inputs / "memory"

    @property
    def outbox(self) -> Path:
        """The folder of the outbox's journal, which no restore touches."""
        return self.inputs / "outbox"


def office_folders(inputs: Path | None, build: Path | None, templates: Path | None, pdf: PdfStandard | None = None) -> Folders:
    """The folders as given, else `inputs/`, `build/` and `templates/` here."""
    inputs = inputs or Path("inputs")
    if not inputs.is_dir():
        remedy = Remedy("Run this in the office's folder, name it with --inputs, or make a new one with:", "init", "FOLDER")
        raise InputError(f"There is no folder {inputs}.", remedy)
    own = templates or Path("templates")
    if templates is not None and not templates.is_dir():
        raise InputError(f"There is no folder {templates}.", "Name the folder that holds the office's own templates.")
    return Folders(inputs, build or Path("build"), own if own.is_dir() else None, pdf)


INBOX = "inbox"


REGISTER = "register.xlsx"
_OWN = ("office.toml", "measures.toml", REGISTER)
"""The files of inputs/ that are read where they lie."""


def inbox_files(folders: Folders) -> tuple[Path, ...]:
    """What lies in the inbox itself, the tool's own folder below it left out, and what was dropped into inputs/ beside the office's own files."""
    places = [one for one in (folders.inputs / INBOX, folders.inputs) if one.is_dir()]
    found = (path for place in places for path in sorted(place.iterdir()) if place.name == INBOX or path.name not in _OWN)
    return tuple(path for path in found if not path.is_dir() and not path.name.startswith((".", "~")))


def gather_meetings(folders: Folders) -> tuple[Settings, tuple[Meeting, ...], tuple[Problem, ...]]:
    """The settings and the meetings; InputError with every sentence when there are no settings to go by."""
    settings, of_settings = read_settings(folders.inputs)
    if settings is None:
        refuse_audiences(of_settings)
        found = "\n".join(problem.sentence for problem in of_settings)
        raise InputError(found, "Nothing can be built before the settings are put right.")
    meetings, of_meetings = read_meetings(folders.inputs, settings.office)
    return settings, meetings, (*of_settings, *of_meetings)


def refuse_audiences(problems: Sequence[Problem]) -> None:
    """RefusedError where somebody could be shown what is not for them, accepted or not."""
    found = [one.sentence for one in problems if one.kind in AUDIENCE_FAULTS]
    if found:
        raise RefusedError("\n".join(found), "Nothing is built before it is clear who may read what.")


def which_meeting(meetings: Sequence[Meeting], named: str, today: date) -> Meeting:
    """The meeting with that id, or on that date when only one is; without a name the next one that is not cancelled, else the latest."""
    if not meetings:
        remedy = "Add one named after its date and series, such as inputs/meetings/2019-05-28-assurance.toml; it may be empty."
        raise InputError("No meeting is set: there is no file in inputs/meetings/.", remedy)
    if named:
        same = [meeting for meeting in meetings if meeting.id == named]
        same = same or [meeting for meeting in meetings if named in meeting.also]
        same = same or [meeting for meeting in meetings if named in {day.isoformat() for day in meeting.days}]
        if len(same) == 1:
            return same[0]
        known = ", ".join(sorted(meeting.id for meeting in (same or meetings)))
        if same:
            raise InputError(f"Several meetings are on {named}: {known}.", "Name one of them by its id.")
        raise InputError(f"There is no meeting {named!r}.", f"The meetings are: {known}. Or add inputs/meetings/{named}.toml.")
    held = [meeting for meeting in meetings if not meeting.cancelled] or list(meetings)
    coming = [meeting for meeting in held if meeting.day >= today]
    return (min if coming else max)(coming or held, key=lambda meeting: (meeting.day, meeting.id))


def open_memory(folders: Folders, *, begin: bool = False) -> Ledger:
    """The office's ledger, made with `begin` where there is none yet; without it one that holds nothing stands for it."""
    number = register_number(folders.inputs / REGISTER)
    url = ledger_url(folders.inputs)
    second = second_place(folders.inputs)
    if not begin and number is None and not is_begun(folders.memory, url) and (url or not is_missed(folders.memory, second)):
        return no_ledger(folders.memory)
    return open_ledger(folders.memory, url, register_number=number, second=second)


def begun_memory(folders: Folders) -> Ledger:
    """The office's ledger; RefusedError where nothing was ever recorded in it."""
    ledger = open_memory(folders)
    if not ledger.begun:
        found = "Nothing has been built and recorded here yet."
        raise RefusedError(found, Remedy("Build a pack, look at it, and release it first:", "pack"))
    return ledger


def kept_text(ledger: Ledger, event: Event, role: FileRole, name: str = "") -> bytes | None:
    """The first file of that role (and name, when one is given) that the build kept; None where it kept none, or it was erased since."""
    build = event.what
    files = build.files_of(role) if isinstance(build, Build) else ()
    found = next((file for file in files if name in ("", file.name)), None)
    return ledger.kept(found.sha256) if found is not None and not ledger.is_erased(found.sha256) else None


def refuse_wrong(problems: Sequence[Problem], remedy: str) -> None:
    """StrictError with every sentence, where something makes what is built wrong."""
    wrong = [problem.sentence for problem in problems if problem.weight is Weight.WRONG]
    if wrong:
        raise StrictError("\n".join(wrong), remedy)


def without_accepted(
    problems: Sequence[Problem], settings: Settings, today: date
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems that stand, and those that a person has accepted until a day that has not passed."""
    accepted = [one for one in problems if any(known.covers(one, today) for known in settings.office.accepted)]
    return tuple(one for one in problems if one not in accepted), tuple(accepted)


_LOCKED = "If it is open in a viewer, close it there and run it again; the last one is as it was."
_DEAD_AFTER = 600.0  # Seconds, by the drive's own times: a temporary file of a run that was killed.


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file, or leave all of them as they were; files that hold the same bytes already are left alone."""
    with staged_files(files) as put:
        put()


@contextmanager
def staged_files(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """All files written beside their places, and a call that puts them there.
    Between the two comes what must not be recorded when there is no room for them; what was not put is taken away."""
    changed = {path: data for path, data in files.items() if not _holds_already(path, data)}
    staged: dict[Path, Path] = {}

    def put() -> None:
        for path, temporary in list(staged.items()):
            with fails_as(OutputError, f"{path} cannot be replaced", _LOCKED):
                temporary.replace(path)
            del staged[path]

    try:
        for path, data in changed.items():
            staged[path] = _stage(path, data)
        _check_replaceable(staged)
        yield put
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _holds_already(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _stage(path: Path, data: bytes) -> Path:
    """Write the bytes to a temporary file in the same folder, so that the rename cannot cross a disk."""
    remedy = "Check that the folder may be written to, or name another."
    with fails_as(OutputError, f"{path.parent} cannot be written to", remedy):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with fails_as(OutputError, f"{path} could not be written", "Make room on the disk and run it again."):
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(0o644)
    except OutputError:
        temporary.unlink(missing_ok=True)
        raise
    with suppress(OSError):
        new = temporary.stat().st_mtime
        for one in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
            if new - one.stat().st_mtime > _DEAD_AFTER:
                one.unlink()
    return temporary


def _check_replaceable(staged: Mapping[Path, Path]) -> None:
    """Before the first rename, see that no target is held by a program that locks it (a PDF viewer on Windows)."""
    for path in staged:
        if path.is_dir():
            raise OutputError(f"{path}: is a folder, so the file cannot be written.", "Rename that folder and run it again.")
        if path.exists():
            with fails_as(OutputError, f"{path} cannot be replaced", _LOCKED):
                path.open("r+b").close()
