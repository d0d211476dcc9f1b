"""A letter as a message: the same letter always gives the same bytes. Nothing in a header can begin another one."""

import base64
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache

from reportpack import patterns as re
from reportpack.errors import InputError
from reportpack.model.letter import Enclosure
from reportpack.model.outbox import LetterQueued

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST_NAME = 120
_EMPTY_SUBJECT = re.compile(rb"^(Subject:)\r\n (\S{1,60}) ", re.MULTILINE)


def safe_address(email: str) -> str:
    """The address as a server takes it, its domain in ASCII; InputError for one that is not one plain address."""
    local, at, domain = email.strip().rpartition("@")
    try:
        spelled = f"{local}{at}{domain.encode('idna').decode('ascii')}" if not domain.isascii() else email.strip()
    except UnicodeError:
        spelled = ""
    if (
        email != email.strip()
        or not _ADDRESS.fullmatch(spelled)
        or ".." in spelled
        or local.startswith(".")
        or local.endswith(".")
    ):
        shown = " ".join(one_line(email).split())[:60]
        raise InputError(f'"{shown}" is not an address that a letter can be sent to.', "Put it right in office.toml.")
    return spelled


def one_line(text: str) -> str:
    """Text for a header: line breaks and other characters without a shape become spaces."""
    return " ".join("".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text).split())


def file_name(name: str) -> str:
    """A name that every system takes for a file."""
    stem, dot, ending = _UNSAFE_IN_NAMES.sub(" ", one_line(name)).rpartition(".")
    return f"{stem[:_LONGEST_NAME].strip()}{dot}{ending}" if dot else ending[:_LONGEST_NAME].strip()


def message_id(key: str, sender: str) -> str:
    """The same for the same letter, however often it is handed over."""
    return f"<{key}@{safe_address(sender).rpartition('@')[2]}>"


def build_message(queued: LetterQueued, *, draft: bool = False) -> bytes:
    """The whole message of a letter with its files, lines ended by CRLF. A draft is opened unsent by mail programs, and goes as its sender's own."""
    head = EmailMessage(policy=SMTP)
    _address_message(head, queued)
    if draft:
        head["X-Unsent"] = "1"
    else:
        head["Auto-Submitted"] = "auto-generated"
    head["MIME-Version"] = "1.0"
    words = _words(queued)
    if not queued.letter.enclosures:
        return _head_of(head) + words
    between = f"=_{queued.key}_parts"
    kind = f'Content-Type: multipart/mixed; boundary="{between}"\r\n\r\n'
    mark = f"--{between}\r\n".encode()
    parts = [words, *(_part(one) for one in queued.letter.enclosures)]
    body = b"".join(mark + one.rstrip(b"\r\n") + b"\r\n" for one in parts)
    return _head_of(head) + kind.encode() + body + f"--{between}--\r\n".encode()


def _head_of(head: EmailMessage) -> bytes:
    """The lines of the head. A subject that would begin on a line of its own begins with its first word: programs show the break as a space."""
    lines = _EMPTY_SUBJECT.sub(rb"\1 \2\r\n ", head.as_bytes(), count=1)
    return lines.rstrip(b"\r\n") + b"\r\n"


def _address_message(message: EmailMessage, queued: LetterQueued) -> None:
    message["From"] = _mailbox("", queued.sender)
    message["To"] = _mailbox(queued.letter.to.name, queued.letter.to.email)
    if queued.reply_to:
        message["Reply-To"] = _mailbox("", queued.reply_to)
    message["Subject"] = one_line(queued.letter.subject)
    message["Date"] = queued.dated
    message["Message-ID"] = queued.message_id


def _mailbox(name: str, email: str) -> Address:
    return Address(one_line(name), addr_spec=safe_address(email))


def _words(queued: LetterQueued) -> bytes:
    words = EmailMessage(policy=SMTP)
    words.set_content(_whole_lines(queued.letter.text), cte="quoted-printable")
    words.add_alternative(_whole_lines(queued.letter.html), subtype="html", cte="quoted-printable")
    words.set_boundary(f"=_{queued.key}_words")
    del words["MIME-Version"]
    return words.as_bytes()


@lru_cache(maxsize=32)
def _part(file: Enclosure) -> bytes:
    part = EmailMessage(policy=SMTP)
    part["Content-Type"] = file.media_type
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=file_name(file.name))
    return _head_of(part) + b"\r\n" + base64.encodebytes(file.data).replace(b"\n", b"\r\n")


def _whole_lines(text: str) -> str:
    """Text that a mail program shows as it is: line feeds alone, no other control characters, ended by one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or letter >= " ").rstrip("\n") + "\n"
