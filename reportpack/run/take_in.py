"""A file that a person brings: put where its kind belongs, whole or not at all, and never over another that is there."""

import unicodedata
from pathlib import PurePath

from reportpack import patterns as re
from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, RefusedError, fails_as
from reportpack.read.inbox.opening import SUFFIXES as REPLIES
from reportpack.read.workbook.container import EXPECTED
from reportpack.records import Record
from reportpack.run.office_files import Folders
from reportpack.run.steps.taken_notes import KINDS as NOTES
from reportpack.run.writing import write_files

FIGURES, PAPERS, MINUTES, INBOX = "performance", "papers", "minutes", "inbox"
_PAPERS = (".pdf", ".docx", ".doc", ".odt", ".pptx", ".xlsx", ".ods", ".txt", ".md", ".png", ".jpg", ".jpeg")
_KINDS: dict[str, tuple[str, ...]] = {FIGURES: tuple(EXPECTED), PAPERS: _PAPERS, MINUTES: NOTES, INBOX: REPLIES}
_NEVER = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$", re.IGNORECASE)
_LONGEST = 180
"""Bytes of a name: every drive takes as many, and a number beside them."""


class TakenIn(Record):
    """Where the file lies below inputs/; `known` when just these bytes lay there before, `beside` when another of its name did, and stays."""

    name: str
    known: bool = False
    beside: bool = False


def take_in(folders: Folders, kind: str, name: str, data: bytes, below: str = "", called: str = "") -> TakenIn:
    """Put a file into the folder of that kind (and the meeting's `below` it); `called` is the name that it must have there, without its ending.

    Another file of the name is never overwritten: the new one has a number beside its name, or is refused where only one name will do.
    """
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
            raise RefusedError(
                f"There is a file {path.name} already, and it says something else.", "It was left as it is; so was yours."
            )
        number += 1
        path = folder / f"{PurePath(wanted).stem} ({number}){PurePath(wanted).suffix}"
    write_files({path: data})
    return TakenIn(path.relative_to(folders.inputs).as_posix(), beside=number > 1)


def _safe_name(name: str, kind: str) -> str:
    """The file's own name, fit for every drive; InputError for one that is not, or that is no file of that kind."""
    plain = unicodedata.normalize("NFC", name).strip().rstrip(".")
    ending = PurePath(plain).suffix.lower()
    if (
        not plain
        or plain.startswith((".", "~"))
        or _NEVER.search(plain)
        or _RESERVED.match(plain)
        or len(plain.encode()) > _LONGEST
    ):
        raise InputError(
            "The file's name cannot be kept as it is.", "Give it a plain, shorter name, and bring it again. Nothing was kept."
        )
    if ending not in _KINDS[kind]:
        known = ", ".join(_KINDS[kind])
        raise InputError(f"{plain} is no file that belongs there.", f"Its name may end in {known}. Nothing was kept.")
    return plain
