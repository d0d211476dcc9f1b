"""The doorway for replies: any file in, a Reply or the reason why not. Never raises, whatever the file holds."""

import hashlib
from dataclasses import replace
from pathlib import PurePath

from reportpack.errors import Remedy
from reportpack.model.problem import Problem, Source
from reportpack.model.reply import Reply
from reportpack.read.documents.opening import document_from
from reportpack.read.inbox.form import Form, cell_marks, document_form, is_form, workbook_form
from reportpack.read.inbox.mail import read_mail
from reportpack.read.inbox.outlook import read_outlook
from reportpack.read.inbox.own_words import MAX_FILE_BYTES, own_words, plain_lines
from reportpack.read.workbook.opening import workbook_from

LETTERS = {".eml": read_mail, ".msg": read_outlook}
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_DOCUMENTS = (".docx", ".odt", ".txt")
SUFFIXES = (*LETTERS, *_BOOKS, *_DOCUMENTS)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_reply(data: bytes, name: str) -> tuple[Reply | None, tuple[Problem, ...]]:
    """The reply in a file of that name, with the forms that hang on it; None where it holds none."""
    source = Source(name, sha256=hashlib.sha256(data).hexdigest())
    suffix = PurePath(name).suffix.lower()
    if len(data) > MAX_FILE_BYTES:
        return None, (too_large(name, len(data)),)
    if suffix not in SUFFIXES:
        return None, (_problem(source, "no-reply", f"A file that ends in {suffix or 'nothing'} is no reply that can be read."),)
    if not data.strip():
        return None, (_problem(source, "reply-empty", "The file is empty."),)
    if suffix in LETTERS:
        return _letter(data, source, ".msg" if data.startswith(_OLE) else ".eml")
    return _file(data, source, suffix)


def too_large(name: str, size: int) -> Problem:
    """For a file that is more than a reply ever is."""
    found = f"The file has {size // 2**20} MB; replies of at most {MAX_FILE_BYTES // 2**20} MB are taken in."
    return Problem("reply-too-large", Source(name), found, "Save the letter without what hangs on it, and put that in its place.")


def _problem(source: Source, kind: str, found: str) -> Problem:
    save = "Save it as .eml, .msg, .docx, .odt, .txt, .xlsx or .ods, or type the update yourself:"
    return Problem(kind, source, found, Remedy(save, "register update", "REFERENCE", "Update=TEXT"))


def _letter(data: bytes, source: Source, kind: str) -> tuple[Reply | None, tuple[Problem, ...]]:
    try:
        reply = LETTERS[kind](data, source)
    except Exception:  # noqa: BLE001 - a damaged letter raises anything, and no file may stop a run
        return None, (_problem(source, "reply-unreadable", "The letter is damaged, or not a letter."),)
    if not any((reply.address, reply.name, reply.title, reply.files)):
        return None, (_problem(source, "reply-unreadable", "The file holds no letter."),)
    called = [(one, PurePath(one.name).suffix.lower()) for one in reply.files]
    read = [(_form(one.data, one.name, suffix)[0], suffix) for one, suffix in called if suffix in (*_BOOKS, *_DOCUMENTS)]
    lines = tuple(line for (found, _), _ in read for line in found)
    outside = tuple(text for (found, beside), suffix in read if found or suffix in _BOOKS for text in beside)
    return replace(reply, lines=(*reply.lines, *lines), outside=(*reply.outside, *outside)), ()


def _form(data: bytes, name: str, suffix: str) -> tuple[Form, str | None, tuple[Problem, ...]]:
    """The form in a file, empty where there is none, and the words of all the rest of a document; None with the reasons where it cannot be read."""
    if suffix in _BOOKS:
        workbook, problems = workbook_from(data, name)
        return workbook_form(workbook, cell_marks(data)) if workbook is not None else ((), ()), "" if workbook else None, problems
    document, _, problems = document_from(data, name, suffix)
    return (*document_form(document), problems) if document is not None else (((), ()), None, problems)


def _file(data: bytes, source: Source, suffix: str) -> tuple[Reply | None, tuple[Problem, ...]]:
    (lines, outside), rest, problems = _form(data, source.file, suffix)
    if rest is None:
        return None, problems
    if suffix in _BOOKS and not (lines or outside):
        workbook, _ = workbook_from(data, source.file)
        blank = workbook is not None and is_form(workbook)
        found = "Nothing is filled in beside a reference." if blank else "The workbook is no reply form."
        return None, (_problem(source, "reply-empty" if blank else "no-reply", found),)
    own = own_words(plain_lines(rest))
    text = "\n\n".join(one.text for one in own.passages)
    reply = Reply(source, text=text, quoted=own.quoted, lines=lines, outside=outside, passages=own.passages, remarks=own.remarks)
    return reply, problems
