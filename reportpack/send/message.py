"""A letter as a message: the same letter always gives the same bytes; nothing in a header can begin another one. And calendar files (RFC 5545,
RFC 5546) that Outlook and Google take: UTC instants, one method a file, never a list of other people."""

import base64
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.errors import InputError, RefusedError
from reportpack.model.letter import CalendarEntry, CalendarPerson, Enclosure, Method
from reportpack.model.outbox import LetterQueued
from reportpack.toml.checks import is_address

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST_NAME = 120
PRODUCT = "-//reportpack//reportpack//EN"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029]")
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
    head["From"] = _mailbox("", queued.sender)
    head["To"] = _mailbox(queued.letter.to.name, queued.letter.to.email)
    if queued.reply_to:
        head["Reply-To"] = _mailbox("", queued.reply_to)
    head["Subject"] = one_line(queued.letter.subject)
    head["Date"] = queued.dated
    head["Message-ID"] = queued.message_id
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
    return _EMPTY_SUBJECT.sub(rb"\1 \2\r\n ", head.as_bytes(), count=1).rstrip(b"\r\n") + b"\r\n"


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


def calendar_file(
    entries: Sequence[CalendarEntry],
    method: Method,
    stamp: datetime,
    *,
    organiser: CalendarPerson | None = None,
    attendee: CalendarPerson | None = None,
    name: str = "",
) -> bytes:
    """The entries as one file. REQUEST and CANCEL carry one meeting, who calls it, and the one person who is asked; PUBLISH nobody.

    `stamp` is when this was written; `name` is what a calendar that shows the file calls it."""
    from icalendar import Calendar

    if method is not Method.PUBLISH and (organiser is None or attendee is None or len(entries) != 1):
        found = "An invitation is for one meeting, from the sender in office.toml, to one person."
        raise RefusedError(found, 'Give [mail] from = "..." in office.toml, or publish the calendar without names.')
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method.value)):
        calendar.add(key, value)
    if name and method is Method.PUBLISH:
        calendar.add("x-wr-calname", _plain(name))
    for entry in entries:
        calendar.add_component(_event(entry, method, stamp, organiser, attendee))
    text: bytes = calendar.to_ical()
    return text


def media_type(method: Method) -> str:
    """What a mail says the attachment is, so that a mail program offers to answer it."""
    return f'text/calendar; charset="utf-8"; method={method.value}'


def _event(
    entry: CalendarEntry, method: Method, stamp: datetime, organiser: CalendarPerson | None, attendee: CalendarPerson | None
) -> "Event":
    from icalendar import Event

    event = Event()
    cancelled = entry.cancelled or method is Method.CANCEL
    said = {"uid": entry.uid, "dtstamp": stamp, "sequence": entry.sequence, "summary": _plain(entry.title)}
    said |= {"dtstart": entry.start, "dtend": entry.end}
    said |= {key: _plain(words) for key, words in (("location", entry.place), ("description", entry.notes)) if words}
    said |= {"status": "CANCELLED" if cancelled else "CONFIRMED"}
    said |= {"transp": "TRANSPARENT" if entry.is_day or cancelled else "OPAQUE"}
    for key, value in said.items():
        event.add(key, value)
    if method is not Method.PUBLISH and organiser is not None and attendee is not None:
        event.add("organizer", _person(organiser))
        event.add("attendee", _person(attendee, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE"))
    return event


def _person(person: CalendarPerson, **parameters: str) -> "vCalAddress":
    """An address with its name. A quotation mark cannot stand in a name there (RFC 5545 section 3.2)."""
    from icalendar import vCalAddress, vText

    if not is_address(person.email):
        raise RefusedError("An address in a calendar file is no e-mail address.", "Correct it in office.toml.")
    address = vCalAddress(f"mailto:{person.email}")
    if person.name:
        address.params["CN"] = vText(_plain(person.name).replace('"', "'").replace("\n", " "))
    for key, value in parameters.items():
        address.params[key] = vText(value)
    return address


def _plain(words: str) -> str:
    """Without control characters; lines stay lines. What cannot be written as UTF-8 becomes a question mark."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", lines).encode("utf-8", "replace").decode("utf-8")
