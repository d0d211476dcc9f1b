"""What in a file keeps notes from being read, in a sentence each, turned into Problems at the doorway; and the parts of a zipped document, of which
a bomb or a broken zip is such a sentence."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import archive
from reportpack.archive import Fault
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.documents.lines import LARGEST_PART, Document, Unread, Unseen

SAVE_AS = "Open it in Word or LibreOffice, save it as a Word document (.docx), and give that."
_FAULTS = {
    "notes-empty": ("The file is empty: it holds no words.", "Give the file that holds the notes."),
    "notes-damaged": ("The file is damaged: {what}.", f"Ask for the file again. {SAVE_AS}"),
    "notes-locked": ("The file is locked with a password.", "Save it without a password and give that."),
    "notes-too-large": ("The file is larger than {what} MB, which notes of one meeting never are.",
        "Take out the pictures, or give only the pages that hold the notes."),
    "notes-wrong-kind": ("This is {what}, not notes.", "Give the notes as docx, odt, md, txt, or pdf with text."),
    "notes-scanned": ("The PDF holds pictures of pages and no words: it was scanned.",
        "Give the document it was printed from, or a PDF whose words can be selected."),
    "notes-old-word": ("This is an old Word document (.doc), which is read with LibreOffice, and LibreOffice is not installed here.",
        "Open it in Word, save it as .docx, and give that; or install LibreOffice."),
    "notes-unreadable": ("The file cannot be opened: {what}.", "Check its name."),
    "not-notes": ("This is not a text: it holds bytes that no text has.", "Give the notes as Word, PDF or plain text."),
}  # fmt: skip


class UnreadableNotesError(Exception):
    """Nothing can be had from this file: `kind` is the Problem's slug, the rest its sentences; `what` are the words that those leave open."""

    def __init__(self, kind: str, what: str = "") -> None:
        found, self.remedy = _FAULTS[kind]
        self.kind, self.found = kind, found.format(what=what)
        super().__init__(self.found)

    def problem(self, source: Source) -> Problem:
        """As a Problem of that file."""
        return Problem(self.kind, source, self.found, self.remedy)


def notes_of(document: Document, source: Source) -> Iterator[Problem]:
    """What is worth knowing about a file that is read all the same."""
    if document.cut:
        cut = "The file, or a line of it, is longer than notes of one meeting ever are; only the beginning was read."
        yield Problem("notes-cut", source, cut, "Give the notes of one meeting in a file of their own.")
    if document.macros:
        held = "The document holds macros; they were not run and are not kept."
        yield Problem("notes-macros", source, held, "Save it as .docx if the macros are not yours.", Weight.NOTE)
    if document.changes:
        changes = f"{document.changes} tracked {'change' if document.changes == 1 else 'changes'}"
        tracked = f"The document holds {changes} that nobody has accepted or refused; it was read as if all were accepted."
        remedy = "Accept or refuse them in Word, unless they are the corrections that you want to see."
        yield Problem("notes-tracked", source, tracked, remedy, Weight.NOTE)
    yield from unread_problems(document.unread, source)


_IN_WORDS = "Say in words what they tell, where it matters."
_DESCRIBED = "What is written for a pack may show them: each with a description (Edit Alt Text), uncut, as PNG or JPEG."
_INTO_TEXT = "Put what should stand into the text."
_UNREAD = {
    Unseen.HIDDEN: ("hidden words, which a reader does not see; they are not read", "Unhide them if they count, or delete them."),
    Unseen.STRUCK: ("words that are struck through; they are not read", "Delete them, or take the line out if they stand."),
    Unseen.COMMENT: ("comments, which are no part of the notes", _INTO_TEXT),
    Unseen.PICTURE: ("pictures, which are not taken", f"{_IN_WORDS} {_DESCRIBED}"),
    Unseen.CHART: ("charts or diagrams, which are not read", _IN_WORDS),
    Unseen.OBJECT: ("things put into it from elsewhere, which are not read", _IN_WORDS),
    Unseen.MARGIN: ("words at the head or foot of its pages, which are no part of the notes", _INTO_TEXT),
}
_LONGEST = 160


def unread_problems(unread: Sequence[Unread], source: Source) -> Iterator[Problem]:
    """One for each kind of what a file shows and the notes do not take, with every place and its words; hidden words are never told."""
    for kind, (what, remedy) in _UNREAD.items():
        if every := [one for one in unread if one.kind is kind]:
            told = "; ".join(dict.fromkeys(filter(None, map(_told, every))))
            places = next((one.line for one in every if one.line), "")
            found = f"The document holds {what}{': ' if told else ''}{told}."
            weight = Weight.WRONG if kind in (Unseen.HIDDEN, Unseen.STRUCK) else Weight.NOTE
            yield Problem(f"notes-{kind}", replace(source, cell=places), found, remedy, weight)


def _told(one: Unread) -> str:
    words = "" if one.kind is Unseen.HIDDEN else one.words
    said = f'"{words[:_LONGEST]}{"..." if len(words) > _LONGEST else ""}"' if words else ""
    by = f"{one.author}: " if one.author and said else ""
    where = f" ({one.line})" if one.line and said else one.line
    return f"{by}{said}{where}"


class Archive(archive.Archive):
    """Raises UnreadableNotesError."""

    largest = LARGEST_PART

    def refusal(self, fault: Fault, part: str = "") -> Exception:
        """As readers of notes say it."""
        if fault is Fault.LOCKED:
            return UnreadableNotesError("notes-locked")
        if fault is Fault.TOO_LARGE:
            return UnreadableNotesError("notes-too-large", f"{LARGEST_PART // 1024 // 1024}")
        return UnreadableNotesError(
            "notes-damaged", f"its part {part} cannot be read" if part else "its container cannot be opened"
        )

    def part(self, name: str) -> bytes:
        """The bytes of a part; empty when there is none."""
        return self.read(name) if self.has(name) else b""

    def xml(self, name: str) -> ET.Element | None:
        """A part as XML; None when there is none."""
        data = self.part(name)
        return parsed(data, name) if data else None


def parsed(data: bytes, name: str) -> ET.Element:
    """XML without a document type: what declares entities is refused unread."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise UnreadableNotesError("notes-damaged", f"its part {name} declares entities, which no word processor writes")
    try:
        return ET.fromstring(data)  # noqa: S314 - entities are refused above, and expat limits their growth
    except ET.ParseError as error:
        raise UnreadableNotesError("notes-damaged", f"its part {name} is not well-formed") from error
