"""What a person gives at the desk. A form changes a file by the line, and only where it is what the person saw: office.toml and measures.toml with
every comment kept, and people's words for a pack. A file is put where its kind belongs, whole or not at all, and never over another that is there."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, RefusedError, fails_as
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem
from reportpack.read.inbox.opening import SUFFIXES as REPLIES
from reportpack.read.words.agenda_headings import place_heading
from reportpack.read.words.notes import notes_files
from reportpack.read.workbook.opening import EXPECTED
from reportpack.records import Record
from reportpack.run.office_files import Folders, gather_meetings, write_files
from reportpack.run.steps.taken_notes import KINDS as NOTES
from reportpack.settings import read_settings
from reportpack.toml.edit import Value, with_entry, with_keys

FIGURES, PAPERS, MINUTES, INBOX = "performance", "papers", "minutes", "inbox"
_PAPERS = (".pdf", ".docx", ".doc", ".odt", ".pptx", ".xlsx", ".ods", ".txt", ".md", ".png", ".jpg", ".jpeg")
_KINDS: dict[str, tuple[str, ...]] = {
    FIGURES: tuple(EXPECTED),
    PAPERS: _PAPERS,
    MINUTES: NOTES,
    INBOX: tuple(dict.fromkeys((*REPLIES, *EXPECTED, *NOTES, *_PAPERS))),
}
_NEVER = re.compile(r'\A[.~]|[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$", re.IGNORECASE)
_LONGEST_NAME = 180  # Bytes of a name: every drive takes as many, and a number beside them.


class TakenIn(Record):
    """Where the file lies below inputs/; `known` when just these bytes lay there before, `beside` when another of its name did, and stays."""

    name: str
    known: bool = False
    beside: bool = False


def take_in(folders: Folders, kind: str, name: str, data: bytes, below: str = "", called: str = "") -> TakenIn:
    """Put a file into the folder of that kind (and the meeting's `below` it); `called` is the name that it must have there, without its ending.
    Another file of the name is never overwritten: the new one has a number beside its name, or is refused where only one name will do."""
    plain = _safe_name(name, kind)
    if not data:
        raise InputError(f"{plain} is empty.", "Save it again where it was made, and bring it again. Nothing was kept.")
    folder = folders.inputs / kind / below if below else folders.inputs / kind
    wanted = f"{called}{PurePath(plain).suffix.lower()}" if called else plain
    path, number = folder / wanted, 1
    while path.exists():
        with fails_as(InputError, f"{path.name} cannot be read", "Close what holds it, and bring the file again."):
            same = bytes_of(path) == data
        if same:
            return TakenIn(path.relative_to(folders.inputs).as_posix(), known=True)
        if called:
            found = f"There is a file {path.name} already, and it says something else."
            raise RefusedError(found, "It was left as it is; so was yours.")
        number += 1
        path = folder / f"{PurePath(wanted).stem} ({number}){PurePath(wanted).suffix}"
    write_files({path: data})
    return TakenIn(path.relative_to(folders.inputs).as_posix(), beside=number > 1)


def _safe_name(name: str, kind: str) -> str:
    plain = unicodedata.normalize("NFC", name).strip().rstrip(".")
    ending = PurePath(plain).suffix.lower()
    if not plain or _NEVER.search(plain) or _RESERVED.match(plain) or len(plain.encode()) > _LONGEST_NAME:
        found = "The file's name cannot be kept as it is."
        raise InputError(found, "Give it a plain, shorter name, and bring it again. Nothing was kept.")
    if ending not in _KINDS[kind]:
        known = ", ".join(_KINDS[kind])
        raise InputError(f"{plain} is no file that belongs there.", f"Its name may end in {known}. Nothing was kept.")
    return plain


OFFICE, MEASURES = "office.toml", "measures.toml"


def seen(folders: Folders, file: str) -> str:
    """What a form must bring back, so that it changes what was shown and nothing else."""
    return sha256_of(_content(folders.inputs / file))


def change_entry(
    folders: Folders, file: str, array: str, place: int, words: Mapping[str, Value | None], saw: str, comment: str = ""
) -> None:
    """Set keys of the table at that place of the array, or take them out (None)."""
    content = _unchanged(folders, file, saw)
    _write_settings(folders, file, with_keys(content, file, words, comment, (array, place)))


def add_entry(folders: Folders, file: str, array: str, words: Mapping[str, Value], saw: str) -> None:
    """One more table at the end of the array."""
    _write_settings(folders, file, with_entry(_unchanged(folders, file, saw), file, array, words))


def entries(folders: Folders, file: str, array: str) -> Sequence[Mapping[str, object]]:
    """The tables of that array as they stand in the file."""
    try:
        whole = tomllib.loads(_content(folders.inputs / file).decode("utf-8-sig"))
    except ValueError as error:
        raise InputError(f"{file} cannot be read: {error}.", "Put it right in an editor first.") from error
    found = whole.get(array, [])
    return found if isinstance(found, list) else []


def name_area(folders: Folders, area: str, name: str) -> str:
    """The name is one more that the area has; gives what the area is called in print."""
    listed = entries(folders, OFFICE, "area")
    place = next((place for place, one in enumerate(listed) if one.get("id") == area), None)
    if place is None:
        raise InputError("There is no such area.", "Choose one of the list.")
    known = listed[place].get("aliases", [])
    names = [str(one) for one in known] if isinstance(known, list) else []
    if name not in names:
        change_entry(folders, OFFICE, "area", place, {"aliases": [*names, name]}, "")
    return str(listed[place].get("name", area))


def accept_problem(folders: Folders, problem: Problem, by: str, why: str, until: date) -> None:
    """A person takes a problem as known until a day; it comes back when it is another."""
    if not why.strip():
        raise InputError("No reason is given.", "Say why it may stay, in a few words.")
    words: dict[str, Value] = {"problem": problem.fingerprint, "by": by, "reason": " ".join(why.split()), "until": until}
    add_entry(folders, OFFICE, "accepted", words, "")


def _unchanged(folders: Folders, file: str, saw: str) -> bytes:
    content = _content(folders.inputs / file)
    if saw and sha256_of(content) != saw:
        found = "Somebody changed the settings while you were writing. Theirs stand."
        raise RefusedError(found, "Look again, then say yours once more: your words are still here.")
    return content


def _write_settings(folders: Folders, file: str, content: bytes) -> None:
    """The file as it is now; refused where the settings would not be read as well with it as before."""
    _, problems = read_settings(folders.inputs)
    known = {one.found for one in problems}
    with TemporaryDirectory() as trial:
        for name in (OFFICE, MEASURES):
            (Path(trial) / name).write_bytes(content if name == file else _content(folders.inputs / name))
        settings, problems = read_settings(Path(trial))
    new = [one for one in problems if one.found not in known]
    if settings is None or new:
        found, remedy = (new[0].found, new[0].remedy) if new else ("The settings could not be read with that.", "")
        raise InputError(found, f"{remedy} Nothing was changed.".strip())
    write_files({folders.inputs / file: content})


OFFICERS_NOTE = "Officer's note"
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_LONGEST_NAME = 20_000


class Part(Record):
    """Words under one heading of an agenda item, from line `start` up to line `end` (counted from 0); `saw` is what they are known by."""

    item: str
    title: str
    text: str
    start: int
    end: int

    @property
    def saw(self) -> str:
        """What a form brings back, so that nothing but what was shown is replaced."""
        return sha256_of(self.text.encode())


class ItemWords(Record):
    """The parts that an agenda item has in the file; none in a file that is not there yet. `elsewhere` names a file that is edited in Word."""

    file: str
    item: str
    title: str
    parts: tuple[Part, ...]
    elsewhere: str = ""


def words_at(folders: Folders, meeting: Meeting, item: str) -> ItemWords:
    """The words for that agenda item; an officer's note is offered where there is none."""
    agenda = next((one for one in meeting.agenda if one.number == item), None)
    if agenda is None:
        raise InputError(f"The agenda has no item {item}.", "Choose one of its items.")
    path, others = _words_file(folders, meeting)
    parts = tuple(one for one in _parts(folders, meeting, _lines_of(path)) if one.item == item) if path.exists() else ()
    if not any(one.title == OFFICERS_NOTE for one in parts):
        parts = (*parts, Part(item, OFFICERS_NOTE, "", -1, -1))
    return ItemWords(f"notes/{path.name}", item, agenda.title, parts, ", ".join(one.name for one in others))


def edit_words(folders: Folders, meeting: Meeting, item: str, title: str, text: str, saw: str) -> None:
    """Put the text in the place of the words under that heading, or begin them; RefusedError where somebody changed just these meanwhile."""
    text = text.replace("\r\n", "\n").strip("\n")
    if len(text) > _LONGEST_NAME:
        remedy = f"Keep it under {_LONGEST_NAME:,} characters. Nothing was changed."
        raise InputError("That is more than a page can hold.", remedy)
    if any(_HEADING.match(line) and len(line) - len(line.lstrip("#")) < 4 for line in text.split("\n")):
        raise InputError("A line begins with # and would be a heading of the agenda.", "Take the # away. Nothing was changed.")
    path, _ = _words_file(folders, meeting)
    before = _content(path) if path.exists() else b""
    lines = before.decode("utf-8-sig").split("\n") if before else [f"# {meeting.title}, {meeting.day:%d %B %Y}", ""]
    found = next((one for one in _parts(folders, meeting, lines) if (one.item, one.title) == (item, title)), None)
    known = found if found is not None else Part(item, title, "", -1, -1)
    if known.saw != saw:
        theirs = "Somebody else changed these words meanwhile. Theirs stand; yours are below."
        raise RefusedError(theirs, "Look at both, and save again what should stand.")
    body = ["", *text.split("\n"), ""]
    if found is not None:
        lines[found.start : found.end] = body
    else:
        at = _end_of_item(folders, meeting, lines, item)
        heading = [] if at >= 0 else ["", f"## {item} {next(one.title for one in meeting.agenda if one.number == item)}", ""]
        place = at if at >= 0 else len(lines)
        lines[place:place] = [*heading, f"### {title}", *body]
    if before and _content(path) != before:
        raise RefusedError("The file was saved by somebody just now.", "Save yours once more: your words are still here.")
    write_files({path: "\n".join(lines).rstrip("\n").encode() + b"\n"})


def _words_file(folders: Folders, meeting: Meeting) -> tuple[Path, tuple[Path, ...]]:
    """The file of words that a form may change, there or not, and those that it may not."""
    files = notes_files(folders.inputs / "notes", meeting.names)
    own = next((one for one in files if one.suffix.lower() == ".md"), folders.inputs / "notes" / f"{meeting.id}.md")
    return own, tuple(one for one in files if one != own)


def _content(path: Path) -> bytes:
    with fails_as(InputError, f"{path.name} cannot be read", "Close the program that holds it, then try again."):
        return bytes_of(path)


def _lines_of(path: Path) -> list[str]:
    try:
        return _content(path).decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not text in UTF-8.", "Save it as UTF-8 in the editor.") from error


def _headings(folders: Folders, meeting: Meeting, lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    office = gather_meetings(folders)[0].office
    item, depth = "", 0
    for number, line in enumerate(lines):
        found = _HEADING.match(line.rstrip("\r"))
        if found is None:
            continue
        level = len(found[1])
        if not item or level <= depth:
            placed = place_heading(found[2], meeting.agenda, office)
            item, depth = (placed.item, level) if placed is not None else ("", 0)
        yield number, level, found[2], item


def _parts(folders: Folders, meeting: Meeting, lines: Sequence[str]) -> Iterator[Part]:
    headings = list(_headings(folders, meeting, lines))
    ends = [*(number for number, _, _, _ in headings[1:]), len(lines)]
    for (number, _, title, item), end in zip(headings, ends, strict=True):
        text = "\n".join(line.rstrip("\r") for line in lines[number + 1 : end]).strip("\n")
        if item and text:
            yield Part(item, title, text, number + 1, end)


def _end_of_item(folders: Folders, meeting: Meeting, lines: Sequence[str], item: str) -> int:
    """The line at which another part of the item would begin; -1 where the file does not name it."""
    headings = list(_headings(folders, meeting, lines))
    own = [place for place, one in enumerate(headings) if one[3] == item]
    if not own:
        return -1
    return headings[own[-1] + 1][0] if own[-1] + 1 < len(headings) else len(lines)
