"""People's words for a pack, edited where they stand: a part of the meeting's file of words is changed, every other line of it stays."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, RefusedError, fails_as
from reportpack.model.meeting import Meeting
from reportpack.read.words.agenda_headings import place_heading
from reportpack.read.words.notes import notes_files
from reportpack.records import Record
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.writing import write_files

OFFICERS_NOTE = "Officer's note"
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_LONGEST = 20_000


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
    path, others = _file(folders, meeting)
    parts = tuple(one for one in _parts(folders, meeting, _lines(path)) if one.item == item) if path.exists() else ()
    if not any(one.title == OFFICERS_NOTE for one in parts):
        parts = (*parts, Part(item, OFFICERS_NOTE, "", -1, -1))
    return ItemWords(f"notes/{path.name}", item, agenda.title, parts, ", ".join(one.name for one in others))


def edit_words(folders: Folders, meeting: Meeting, item: str, title: str, text: str, saw: str) -> None:
    """Put the text in the place of the words under that heading, or begin them; RefusedError where somebody changed just these meanwhile."""
    text = text.replace("\r\n", "\n").strip("\n")
    if len(text) > _LONGEST:
        raise InputError("That is more than a page can hold.", f"Keep it under {_LONGEST:,} characters. Nothing was changed.")
    if any(_HEADING.match(line) and len(line) - len(line.lstrip("#")) < 4 for line in text.split("\n")):
        raise InputError("A line begins with # and would be a heading of the agenda.", "Take the # away. Nothing was changed.")
    path, _ = _file(folders, meeting)
    before = _content(path) if path.exists() else b""
    lines = before.decode("utf-8-sig").split("\n") if before else [f"# {meeting.title}, {meeting.day:%d %B %Y}", ""]
    found = next((one for one in _parts(folders, meeting, lines) if (one.item, one.title) == (item, title)), None)
    known = found if found is not None else Part(item, title, "", -1, -1)
    if known.saw != saw:
        raise RefusedError(
            "Somebody else changed these words meanwhile. Theirs stand; yours are below.",
            "Look at both, and save again what should stand.",
        )
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


def _file(folders: Folders, meeting: Meeting) -> tuple[Path, tuple[Path, ...]]:
    """The file of words that a form may change, there or not, and those that it may not."""
    files = notes_files(folders.inputs / "notes", meeting.names)
    own = next((one for one in files if one.suffix.lower() == ".md"), folders.inputs / "notes" / f"{meeting.id}.md")
    return own, tuple(one for one in files if one != own)


def _content(path: Path) -> bytes:
    with fails_as(InputError, f"{path.name} cannot be read", "Close the program that holds it, then try again."):
        return bytes_of(path)


def _lines(path: Path) -> list[str]:
    try:
        return _content(path).decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not text in UTF-8.", "Save it as UTF-8 in the editor.") from error


def _headings(folders: Folders, meeting: Meeting, lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Each heading: its line, its depth, its words, and the agenda item that it names or stands under."""
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
