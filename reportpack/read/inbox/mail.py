"""A letter as mail programs save it (.eml): its sender, its day, its words and what hangs on it, by the letter's own structure; and letters that a
machine wrote (delivery reports, automatic replies, answers of calendars), of which none is news of an action."""

import email
import email.policy
import email.utils
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email.message import Message

from reportpack import patterns as re
from reportpack.model.outbox import Delivery
from reportpack.model.period import long_date
from reportpack.model.problem import Source
from reportpack.model.reply import CalendarAnswer, DeliveryTold, Passage, Reply, ReplyKind
from reportpack.read.inbox.letter import Letter, opened_signature, opened_winmail, reply_of, unarmoured
from reportpack.read.inbox.markup import read_markup
from reportpack.read.inbox.own_words import MAX_PARTS, decoded, flowed_lines, line_of, plain_lines, untagged
from reportpack.read.inbox.reported_back import BACK_TITLE, LATE_TITLE, MESSAGE_ID
from reportpack.records import Changing

_DEEPEST = 20
_LETTERS_INSIDE = 2
_ANSWERS = ("re:", "aw:", "sv:", "parthed:", "atb:")
_SILENT = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/rfc822-headers"}
)
"""A signature beside what it signs, and the heads of a letter that came back: nobody's words."""
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_WINMAIL = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


class _Brief(email.policy.EmailPolicy):
    """Heads of 10,000 letters at most: the library's time for one grows with the square of its length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:10_000]


_POLICY = _Brief()


def read_mail(data: bytes, source: Source) -> Reply:
    """The letter. Raises what the standard library raises for bytes that are none."""
    return _read(email.message_from_bytes(data, policy=_POLICY), source, 0)


def heading(message: Message, name: str) -> str:
    """A head of the letter as one plain line; a broken one is shown as it is."""
    try:
        return line_of(str(message.get(name, "")))
    except (ValueError, LookupError, IndexError, AttributeError):  # the library stumbles over some broken heads
        return ""


def _read(message: Message, source: Source, depth: int) -> Reply:
    name, address = next(iter(email.utils.getaddresses([heading(message, "From")])), ("", ""))
    name, address = line_of(name), line_of(address).strip().casefold() if "@" in address else ""
    title = heading(message, "Subject")
    letter = Letter(answers=untagged(title).lower().startswith(_ANSWERS) or bool(heading(message, "In-Reply-To")))
    _Parts(letter, source, depth).take(message)
    report = delivery_report(message)
    kind = ReplyKind.DELIVERY if report is not None else letter.kind
    submitted, precedence = heading(message, "Auto-Submitted"), heading(message, "Precedence")
    if kind is ReplyKind.LETTER and is_automatic(submitted, title, message.keys(), precedence):
        kind = ReplyKind.AUTOMATIC
    return reply_of(letter, source, address, name, _sent(message), title, kind, report or letter.report)


class _Parts(Changing):
    letter: Letter
    source: Source
    depth: int
    left: int = MAX_PARTS

    def take(self, part: Message, inside: int = 0) -> None:
        self.left -= 1
        kind = part.get_content_type()
        if self.left < 0 or inside > _DEEPEST:
            self.letter.remarks.setdefault("It has more parts inside each other than are opened: read the letter itself.")
        elif kind == "message/rfc822":
            self._passed_on(part)
        elif part.is_multipart():
            self._several(part, kind, inside)
        elif kind in _SILENT:
            return
        elif kind in _SEALED or (part.get_filename() or "").lower().endswith(".p7m"):
            if inner := opened_signature(self.letter, _payload(part)):
                self.take(email.message_from_bytes(inner, policy=_POLICY), inside + 1)
        elif kind in _WINMAIL or (part.get_filename() or "").lower() == "winmail.dat":
            opened_winmail(self.letter, _payload(part))
        elif kind in ("text/calendar", "application/ics") or (part.get_filename() or "").lower().endswith(".ics"):
            self._calendar(part)
        elif part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment" or part.get_filename():
            self.letter.attach(line_of(part.get_filename() or "", 200), kind, _payload(part))
        else:
            self._words(part, kind)

    def _several(self, part: Message, kind: str, inside: int) -> None:
        inner = [one for one in part.get_payload() if isinstance(one, Message)]
        if kind == "multipart/encrypted":
            self.letter.remarks.setdefault("It is encrypted: open it in your mail program, and type the update yourself.")
        elif kind == "multipart/alternative":
            self._best(inner, inside)
        else:
            for one in inner:
                self.take(one, inside + 1)

    def _best(self, ways: Sequence[Message], inside: int) -> None:
        """Of several ways to say the same the one that people are shown: the last that has words. Files inside the others are kept."""
        for way in (one for one in reversed(ways) if one.get_content_type() != "text/calendar"):
            before = self.letter.has_words
            self.take(way, inside + 1)
            if self.letter.has_words and not before:
                break
        for way in ways:
            if way.get_content_type() == "text/calendar":
                self._calendar(way)

    def _words(self, part: Message, kind: str) -> None:
        text = unarmoured(self.letter, decoded(_payload(part), part.get_content_charset() or "utf-8"))
        if kind == "text/html":
            self.letter.show(read_markup(text, answers=self.letter.answers))
        elif kind in ("text/rtf", "text/richtext"):
            self.letter.say_rich(_payload(part))
        elif part.get_param("format") == "flowed":
            self.letter.say(flowed_lines(text, delsp=str(part.get_param("delsp", "no")).lower() == "yes"))
        else:
            self.letter.say(plain_lines(text))

    def _passed_on(self, part: Message) -> None:
        """A letter that hangs on this one: a file, and words of its own sender."""
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        if not isinstance(inner, Message):
            return
        self.letter.attach(f"{heading(inner, 'Subject') or 'letter'}.eml", "message/rfc822", inner.as_bytes())
        if self.depth >= _LETTERS_INSIDE:
            return
        reply = _read(inner, self.source, self.depth + 1)
        by = reply.name or reply.address
        if reply.kind in (ReplyKind.DELIVERY, ReplyKind.AUTOMATIC):
            self.letter.report = reply.delivery
            self.letter.remarks.setdefault(f'It passes on what a machine sent, which is no news: "{reply.title}".')
            return
        passages = [Passage(one.text, one.below, one.by or by) for one in reply.passages]
        self.letter.pass_on(passages, reply.remarks, reply.quoted)

    def _calendar(self, part: Message) -> None:
        if isinstance(answer := read_calendar(_payload(part)), CalendarAnswer):
            self.letter.calendar, self.letter.kind = answer, ReplyKind.CALENDAR
            return
        self.letter.remarks.update({answer: None} if answer else {})
        self.letter.attach(line_of(part.get_filename() or "", 200) or "calendar.ics", "text/calendar", _payload(part))


def _sent(message: Message) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(heading(message, "Date"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


_AUTOMATIC_TITLE = re.compile(
    r"(?i)\s*(?:automatic reply|(?:i am |i'm )?(?:currently )?out of (?:the )?office|auto(?:matic)?[ -]?(?:reply|response)|away from (?:the|my) (?:office|mail)"
    r"|ateb awtomatig|(?:i ffwrdd|allan) o.r swyddfa|automatische (?:antwort|reply)|automatisch antwoord|abwesenheits\w+|abwesend|réponse automatique"
    r"|respuesta automática|risposta automatica|absence du bureau|vacation reply|ooo|(?:not )?read(?= ?: )|(?:auto|(?:on|annual) leave)(?= ?:| re:))\b"
)
_AUTOMATIC_HEADS = frozenset({"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply"})
_SEEN_TITLE = re.compile(r"(?i)\s*(?:(?:not )?read|delivered|relayed|gelesen|zugestellt) ?: |(?:read|return|delivery) receipt\b")
_ACTIONS = dict.fromkeys(("delivered", "relayed", "expanded"), Delivery.ARRIVED)
_ACTIONS |= {"failed": Delivery.CAME_BACK, "delayed": Delivery.LATE, "seen": Delivery.ARRIVED}
_LONGEST = 300


def is_automatic(submitted: str, title: str, heads: Iterable[str], precedence: str = "") -> bool:
    """Whether no person wrote it now: its heads (RFC 3834, and those that mail programs add) or its subject say so."""
    if submitted and submitted.split(";", maxsplit=1)[0].strip().lower() != "no":
        return True
    named = {name.lower() for name in heads}
    return (
        bool(named & _AUTOMATIC_HEADS)
        or precedence.lower() == "auto_reply"
        or _AUTOMATIC_TITLE.match(untagged(title)) is not None
    )


def delivery_report(message: Message) -> DeliveryTold | None:
    """What a mail server tells of letters that were sent: a report by RFC 3464, or a letter that came back in one of the older shapes."""
    groups = list(_groups(message))
    title = untagged(heading(message, "Subject"))
    ids = MESSAGE_ID.findall(f"{heading(message, 'In-Reply-To')} {heading(message, 'References')}")
    if ids and not groups and _SEEN_TITLE.match(title):
        return DeliveryTold(Delivery.ARRIVED, (), tuple(dict.fromkeys(ids)), title[:_LONGEST])
    if not (groups or BACK_TITLE.match(title)):
        return None
    outcomes = [_ACTIONS[action] for action, *_ in groups if action in _ACTIONS]
    addresses: Iterable[str] = ()
    if not groups:
        from flufl.bounce import all_failures

        late, failed = all_failures(message)
        outcomes = [Delivery.LATE if not failed and (late or LATE_TITLE.search(title)) else Delivery.CAME_BACK]
        addresses = sorted(one.decode("ascii", "replace").casefold() for one in (failed or late))
    worst = next((one for one in (Delivery.CAME_BACK, Delivery.LATE, Delivery.ARRIVED) if one in outcomes), None)
    if worst is None:
        return None
    addresses = addresses or [address for action, address, _ in groups if address and _ACTIONS.get(action) is worst]
    told = "; ".join(dict.fromkeys(words for _, _, words in groups if words)) or title
    return DeliveryTold(worst, tuple(dict.fromkeys(addresses)), _message_ids(message), told[:_LONGEST])


def read_calendar(data: bytes) -> CalendarAnswer | str:
    """The answer to an invitation, else what it asks for in a sentence; empty for a calendar file that asks nothing, or that cannot be read."""
    import icalendar

    try:
        calendar = icalendar.Calendar.from_ical(data)
        method, event = str(calendar.get("METHOD", "")).upper(), next(iter(calendar.walk("VEVENT")))
        if method == "REPLY":
            attendees = event.get("ATTENDEE")
            attendee = attendees[0] if isinstance(attendees, list) else attendees
            address = str(attendee or "").removeprefix("mailto:").removeprefix("MAILTO:").casefold()
            status = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
            words = line_of(str(event.get("COMMENT", "")))
            return CalendarAnswer(str(event.get("UID", "")), status, address, words)
        when = event.decoded("DTSTART")
        at = f", {when:%H:%M}" if isinstance(when, datetime) else ""
        asks = {"COUNTER": "It asks for another time", "CANCEL": "It calls off", "REQUEST": "It invites to"}.get(method)
        return line_of(f'{asks}: "{event.get("SUMMARY", "")}", {long_date(when)}{at}.') if asks else ""
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, StopIteration):
        return ""


def _groups(message: Message) -> Iterable[tuple[str, str, str]]:
    for part in _own_parts(message):
        for group in _fields_of(part):
            action = "seen" if group.get("Disposition") else str(group.get("Action") or "")
            if action:
                recipient = str(group.get("Original-Recipient") or group.get("Final-Recipient") or "")
                words = " ".join(
                    line_of(str(group.get(name, ""))) for name in ("Disposition", "Status", "Diagnostic-Code")
                ).strip()
                address = recipient.rsplit(";", maxsplit=1)[-1].strip(" <>").casefold()
                yield line_of(action).strip().lower(), address, words


def _own_parts(message: Message) -> Iterator[Message]:
    """Its parts without those of letters that hang on it."""
    yield message
    payload = message.get_payload() if message.get_content_maintype() == "multipart" else ()
    for one in payload if isinstance(payload, list) else ():
        yield from _own_parts(one) if isinstance(one, Message) else ()


def _fields_of(part: Message) -> Iterable[Message]:
    """The groups of fields in which a server (RFC 3464, RFC 6533) or a reader's own program (RFC 8098) tells what became of a letter."""
    kind, payload = part.get_content_type(), part.get_payload()
    inner = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    if kind == "message/global-delivery-status" and inner:
        return [inner[0], *(email.message_from_string(one) for one in str(inner[0].get_payload()).split("\n\n"))]
    return inner if kind in ("message/delivery-status", "message/disposition-notification") else ()


def _message_ids(message: Message) -> tuple[str, ...]:
    """Every message id that it names, in whatever part: which of them is a letter of ours, the ledger knows."""
    found: dict[str, None] = {}
    for part in message.walk():
        for name in ("In-Reply-To", "References", "Message-ID", "X-Original-Message-ID", "Original-Message-ID"):
            found.update(dict.fromkeys(MESSAGE_ID.findall(str(part.get(name, "")))))
        if not part.is_multipart() and part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found.update(dict.fromkeys(MESSAGE_ID.findall(payload[:200_000].decode("utf-8", "replace"))))
    return tuple(found)
