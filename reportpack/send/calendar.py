"""Calendar files (RFC 5545, RFC 5546) that Outlook and Google take: UTC instants, one method a file, never a list of other people."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.errors import RefusedError
from reportpack.model.letter import CalendarEntry, CalendarPerson, Method
from reportpack.toml.checks import is_address

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

PRODUCT = "-//reportpack//reportpack//EN"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029]")


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

    `stamp` is when this was written; `name` is what a calendar that shows the file calls it.
    """
    from icalendar import Calendar

    if method is not Method.PUBLISH and (organiser is None or attendee is None or len(entries) != 1):
        found = "An invitation is for one meeting, from the sender in office.toml, to one person."
        raise RefusedError(found, 'Give [mail] from = "..." in office.toml, or publish the calendar without names.')
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
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
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", entry.sequence)
    event.add("summary", _plain(entry.title))
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    if entry.place:
        event.add("location", _plain(entry.place))
    if entry.notes:
        event.add("description", _plain(entry.notes))
    cancelled = entry.cancelled or method is Method.CANCEL
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_day or cancelled else "OPAQUE")
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
