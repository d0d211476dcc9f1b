"""What in a file keeps notes from being read, in a sentence each; turned into Problems at the doorway."""

from reportpack.model.problem import Problem, Weight
from reportpack.model.source import Source
from reportpack.read.documents.lines import Document, UnreadableNotesError

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
    if document.revisions:
        count = len(document.revisions)
        found.append(
            Problem(
                "notes-tracked",
                source,
                f"The document holds {count} tracked {'change' if count == 1 else 'changes'} or comments that nobody has accepted or refused; "
                "it was read as if all were accepted.",
                "Accept or refuse them in Word, unless they are the corrections that you want to see.",
                Weight.NOTE,
            )
        )
    return tuple(found)
