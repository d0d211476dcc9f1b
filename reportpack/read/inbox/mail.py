"""A letter as mail programs save it (.eml): its sender, its day, its words and what hangs on it."""

import email
import email.policy
import email.utils
from datetime import UTC, datetime
from email.message import EmailMessage, Message

from reportpack.model.reply import Reply, ReplyFile
from reportpack.model.source import Source
from reportpack.read.inbox.limits import MAX_ATTACHED, MAX_PARTS
from reportpack.read.inbox.words import line_of, own_words, plain_text


def read_mail(data: bytes, source: Source) -> Reply:
    """The letter. Raises what the standard library raises for bytes that are none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    name, address = _sender(message)
    texts, pages, files = _parts(message)
    text, quoted = own_words("\n".join(texts) if any(one.strip() for one in texts) else plain_text("\n".join(pages)))
    return Reply(source, address, name, _sent(message), heading(message, "Subject"), text, quoted, tuple(files))


def heading(message: Message, name: str) -> str:
    """A head of the letter as one plain line; a broken one is shown as it is."""
    try:
        return line_of(str(message.get(name, "")))
    except (ValueError, LookupError, IndexError, AttributeError):  # the library stumbles over some broken heads
        return ""


def _sender(message: Message) -> tuple[str, str]:
    found = email.utils.getaddresses([heading(message, "From")])
    name, address = found[0] if found else ("", "")
    return line_of(name), line_of(address).strip().casefold() if "@" in address else ""


def _sent(message: Message) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(heading(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None


def _parts(message: EmailMessage | Message) -> tuple[list[str], list[str], list[ReplyFile]]:
    """Plain words, pages of HTML, and files. What is inside an attached letter belongs to that letter."""
    texts: list[str] = []
    pages: list[str] = []
    files: list[ReplyFile] = []
    waiting = [message]
    for _ in range(MAX_PARTS):
        if not waiting:
            break
        part = waiting.pop(0)
        kind = part.get_content_type()
        if part.is_multipart() and kind != "message/rfc822":
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, Message)]
        elif _is_attached(part):
            files.extend(_file(part, len(files)))
        elif kind == "text/plain":
            texts.append(_text(part))
        elif kind == "text/html":
            pages.append(_text(part))
    return texts, pages, files[:MAX_ATTACHED]


def _is_attached(part: Message) -> bool:
    kind = part.get_content_maintype()
    return kind != "text" or part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


def _file(part: Message, number: int) -> list[ReplyFile]:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        if not isinstance(first, Message):
            return []
        return [ReplyFile(f"{heading(first, 'Subject') or 'letter'}.eml", kind, first.as_bytes())]
    payload = part.get_payload(decode=True)
    name = line_of(part.get_filename() or "", 200) or f"attachment {number + 1}"
    return [ReplyFile(name, kind, payload if isinstance(payload, bytes) else b"")]
