"""What in a file keeps notes from being read, in a sentence each; turned into Problems at the doorway."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack.model.problem import Problem, Weight
from reportpack.model.source import Source
from reportpack.read.documents.lines import Document, Unread, UnreadableNotesError, Unseen

SAVE_AS = "Open it in Word or LibreOffice, save it as a Word document (.docx), and give that."


def empty() -> UnreadableNotesError:
    """No words at all."""
    return UnreadableNotesError("notes-empty", "The file is empty: it holds no words.", "Give the file that holds the notes.")


def damaged(what: str) -> UnreadableNotesError:
    """A container that cannot be opened."""
    return UnreadableNotesError("notes-damaged", f"The file is damaged: {what}.", f"Ask for the file again. {SAVE_AS}")


def password() -> UnreadableNotesError:
    """Encrypted."""
    return UnreadableNotesError(
        "notes-locked", "The file is locked with a password.", "Save it without a password and give that."
    )


def too_large(megabytes: int) -> UnreadableNotesError:
    """More than notes of a meeting ever are."""
    return UnreadableNotesError(
        "notes-too-large",
        f"The file is larger than {megabytes} MB, which notes of one meeting never are.",
        "Take out the pictures, or give only the pages that hold the notes.",
    )


def wrong_kind(what: str) -> UnreadableNotesError:
    """Something else altogether."""
    return UnreadableNotesError(
        "notes-wrong-kind", f"This is {what}, not notes.", "Give the notes as docx, odt, md, txt, or pdf with text."
    )


def scanned() -> UnreadableNotesError:
    """Pages without words."""
    return UnreadableNotesError(
        "notes-scanned",
        "The PDF holds pictures of pages and no words: it was scanned.",
        "Give the document it was printed from, or a PDF whose words can be selected.",
    )


def notes_of(document: Document, source: Source, macros: bool) -> tuple[Problem, ...]:
    """What is worth knowing about a file that is read all the same."""
    found: list[Problem] = []
    if document.cut:
        found.append(
            Problem(
                "notes-cut",
                source,
                "The file, or a line of it, is longer than notes of one meeting ever are; only the beginning was read.",
                "Give the notes of one meeting in a file of their own.",
            )
        )
    if macros:
        found.append(
            Problem(
                "notes-macros",
                source,
                "The document holds macros; they were not run and are not kept.",
                "Save it as .docx if the macros are not yours.",
                Weight.NOTE,
            )
        )
    if document.changes:
        found.append(
            Problem(
                "notes-tracked",
                source,
                f"The document holds {document.changes} tracked {'change' if document.changes == 1 else 'changes'} that nobody has accepted or "
                "refused; it was read as if all were accepted.",
                "Accept or refuse them in Word, unless they are the corrections that you want to see.",
                Weight.NOTE,
            )
        )
    return (*found, *unread_problems(document.unread, source))


_UNREAD = {
    Unseen.HIDDEN: (
        "hidden words, which a reader does not see; they are not read",
        "Unhide them if they count, or delete them.",
        Weight.WRONG,
    ),
    Unseen.STRUCK: (
        "words that are struck through; they are not read",
        "Delete them, or take the line out if they stand.",
        Weight.WRONG,
    ),
    Unseen.COMMENT: ("comments, which are no part of the notes", "Put what should stand into the text.", Weight.NOTE),
    Unseen.PICTURE: ("pictures, which are not read", "Say in words what they tell, where it matters.", Weight.NOTE),
    Unseen.CHART: ("charts or diagrams, which are not read", "Say in words what they tell, where it matters.", Weight.NOTE),
    Unseen.OBJECT: (
        "things put into it from elsewhere, which are not read",
        "Say in words what they tell, where it matters.",
        Weight.NOTE,
    ),
    Unseen.MARGIN: (
        "words at the head or foot of its pages, which are no part of the notes",
        "Put what should stand into the text.",
        Weight.NOTE,
    ),
}
_LONGEST = 160
"""Characters of each that are said."""


def unread_problems(unread: Sequence[Unread], source: Source) -> Iterator[Problem]:
    """One for each kind of what a file shows and the notes do not take, with every place and its words; hidden words are never told."""
    for kind, (what, remedy, weight) in _UNREAD.items():
        every = [one for one in unread if one.kind is kind]
        if every:
            told = "; ".join(dict.fromkeys(filter(None, map(_told, every))))
            places = next((one.line for one in every if one.line), "")
            yield Problem(
                f"notes-{kind}",
                replace(source, cell=places),
                f"The document holds {what}{': ' if told else ''}{told}.",
                remedy,
                weight,
            )


def _told(one: Unread) -> str:
    words = "" if one.kind is Unseen.HIDDEN else one.words
    said = f'"{words[:_LONGEST]}{"..." if len(words) > _LONGEST else ""}"' if words else ""
    by = f"{one.author}: " if one.author and said else ""
    where = f" ({one.line})" if one.line and said else one.line
    return f"{by}{said}{where}"
