"""Letters that a machine wrote: delivery reports, automatic replies, answers of calendars. None of them is news of an action."""

from collections.abc import Iterable
from email.message import Message

from reportpack import patterns as re
from reportpack.model.outbox import Delivery
from reportpack.model.reply import CalendarAnswer, DeliveryTold
from reportpack.read.inbox.own_words import line_of

_MESSAGE_ID = re.compile(r"<[^<>@\s]{1,250}@[^<>@\s]{1,250}>")
_AUTOMATIC_TITLE = re.compile(
    r"(?i)\s*(?:automatic reply|out of (?:the )?office|auto(?:matic)?[ -]?(?:reply|response)|away from (?:the|my) office)\b"
)
_AUTOMATIC_HEADS = frozenset({"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply"})
_BACK_TITLE = re.compile(
    r"(?i)\s*(?:undeliver|returned mail|mail delivery fail|delivery (?:status notification|has failed|failure)|failure notice)"
)
_ACTIONS = dict.fromkeys(("delivered", "relayed", "expanded"), Delivery.ARRIVED)
_ACTIONS |= {"failed": Delivery.CAME_BACK, "delayed": Delivery.LATE}
_LONGEST = 300


def is_automatic(submitted: str, title: str, heads: Iterable[str], precedence: str = "") -> bool:
    """Whether no person wrote it now: its heads (RFC 3834, and those that mail programs add) or its subject say so."""
    if submitted and submitted.split(";", maxsplit=1)[0].strip().lower() != "no":
        return True
    named = {name.lower() for name in heads}
    return bool(named & _AUTOMATIC_HEADS) or precedence.lower() == "auto_reply" or _AUTOMATIC_TITLE.match(title) is not None


def delivery_report(message: Message) -> DeliveryTold | None:
    """What a mail server tells of letters that were sent: a report by RFC 3464, or a letter that came back in one of the older shapes."""
    groups = list(_groups(message))
    title = line_of(str(message.get("Subject", "")))
    if not groups and not _BACK_TITLE.match(title):
        return None
    outcomes = [_ACTIONS[action] for action, *_ in groups if action in _ACTIONS]
    addresses = [address for action, address, _ in groups if address]
    if not groups:
        from flufl.bounce import all_failures

        late, failed = all_failures(message)
        outcomes = [Delivery.CAME_BACK] if failed or not late else [Delivery.LATE]
        addresses = sorted(one.decode("ascii", "replace").casefold() for one in (failed or late))
    worst = next((one for one in (Delivery.CAME_BACK, Delivery.LATE, Delivery.ARRIVED) if one in outcomes), None)
    if worst is None:
        return None
    words = "; ".join(dict.fromkeys(words for _, _, words in groups if words)) or title
    return DeliveryTold(worst, tuple(dict.fromkeys(addresses)), _message_ids(message), words[:_LONGEST])


def calendar_answer(data: bytes) -> CalendarAnswer | None:
    """The answer to an invitation; None for a calendar file that is none, or that cannot be read."""
    import icalendar

    try:
        calendar = icalendar.Calendar.from_ical(data)
        event = next(iter(calendar.walk("VEVENT")), None)
        if str(calendar.get("METHOD", "")).upper() != "REPLY" or event is None:
            return None
        attendees = event.get("ATTENDEE")
        attendee = attendees[0] if isinstance(attendees, list) else attendees
        address = str(attendee or "").removeprefix("mailto:").removeprefix("MAILTO:").casefold()
        answer = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
        return CalendarAnswer(str(event.get("UID", "")), answer, address)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        return None


def _groups(message: Message) -> Iterable[tuple[str, str, str]]:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        payload = part.get_payload()
        for group in payload if isinstance(payload, list) else ():
            if isinstance(group, Message) and group.get("Action"):
                recipient = str(group.get("Original-Recipient") or group.get("Final-Recipient") or "")
                words = " ".join(line_of(str(group.get(name, ""))) for name in ("Status", "Diagnostic-Code")).strip()
                address = recipient.rsplit(";", maxsplit=1)[-1].strip(" <>").casefold()
                yield line_of(str(group["Action"])).strip().lower(), address, words


def _message_ids(message: Message) -> tuple[str, ...]:
    """Every message id that it names, in whatever part: which of them is a letter of ours, the ledger knows."""
    found: dict[str, None] = {}
    for part in message.walk():
        for name in ("In-Reply-To", "References", "Message-ID", "X-Original-Message-ID", "Original-Message-ID"):
            found.update(dict.fromkeys(_MESSAGE_ID.findall(str(part.get(name, "")))))
        if not part.is_multipart() and part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found.update(dict.fromkeys(_MESSAGE_ID.findall(payload[:200_000].decode("utf-8", "replace"))))
    return tuple(found)
