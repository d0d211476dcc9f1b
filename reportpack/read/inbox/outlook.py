"""A letter as Outlook saves it (.msg): an OLE file in which every property is a stream, by the numbers of MS-OXPROPS."""

import io
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

from reportpack.model.outbox import Delivery
from reportpack.model.problem import Source
from reportpack.model.reply import CalendarAnswer, DeliveryTold, Passage, Reply, ReplyKind
from reportpack.read.inbox.letter import Letter, reply_of, unpacked_rich_text
from reportpack.read.inbox.mail import is_automatic
from reportpack.read.inbox.markup import read_markup
from reportpack.read.inbox.own_words import decoded, line_of, own_words, plain_lines
from reportpack.read.inbox.reported_back import MESSAGE_ID

_SUBJECT, _BODY, _HTML, _RICH, _HEADS, _CLASS = "0037", "1000", "1013", "1009", "007D", "001A"
_INNER = "__substg1.0_3701000D"  # A letter inside a letter is a folder of its own.
_NAMES = ("0042", "0C1A")
_ADDRESSES = ("5D02", "5D01", "0065", "0C1F")
"""Of who it is sent for, then of who sent it: their SMTP addresses first, then others that may be one."""
_TOLD = dict.fromkeys(("DR", "IPNRN", "IPNNRN"), Delivery.ARRIVED) | {"NDR": Delivery.CAME_BACK, "DELAYED": Delivery.LATE}
_ANSWERS = {"POS": "ACCEPTED", "NEG": "DECLINED", "TENT": "TENTATIVE"}
_OPEN_IT = "open it in Outlook, and save it from there as plain text."
_UID = b"vCal-Uid\x01\0\0\0"
_SENT, _DELIVERED = 0x00390040, 0x0E060040
_FILE_NAMES, _FILE_KIND, _FILE_DATA = ("3707", "3704", "3001"), "370E", "37010102"


def read_outlook(data: bytes, source: Source) -> Reply:
    """The letter. Raises what olefile raises for bytes that are none."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        stored = _Storage(ole, ())
        title = line_of(stored.text(_SUBJECT))
        letter = Letter(answers=title.lower().startswith("re:"))
        _say(letter, stored)
        _attach(letter, ole)
        name = next((found for one in _NAMES if (found := stored.text(one))), "")
        sent = _moment(stored.data("", "__properties_version1.0"))
        kind = _kind(stored, title)
        outcome = stored.text(_CLASS).upper().rpartition(".")[2]
        text = "\n".join(map(stored.text, (_HEADS, _BODY, "1042", "1039")))
        told = _TOLD.get(outcome) if kind is ReplyKind.DELIVERY else None
        report = DeliveryTold(told, (), tuple(dict.fromkeys(MESSAGE_ID.findall(text))), title) if told is not None else None
        if kind is ReplyKind.CALENDAR and outcome in _ANSWERS:
            # The meeting's own id stands in a property whose number each file gives anew (MS-OXCICAL, vCal-Uid).
            names = [path[0] for path in ole.listdir() if len(path) == 1 and path[0].startswith("__substg1.0_8")]
            kept = [one for name in names if _UID in (one := stored.data("", name))]
            uid = kept[0].partition(_UID)[2].partition(b"\0")[0].decode("ascii", "replace") if kept else ""
            letter.calendar = CalendarAnswer(uid, _ANSWERS[outcome], _address(stored))
        return reply_of(letter, source, _address(stored), line_of(name), sent, title, kind, report)


def _kind(stored: "_Storage", title: str) -> ReplyKind:
    """What Outlook itself takes the letter for, by its class."""
    named = stored.text(_CLASS).upper()
    if named.startswith("REPORT."):
        return ReplyKind.DELIVERY
    if named.startswith("IPM.SCHEDULE.MEETING.RESP"):
        return ReplyKind.CALENDAR
    automatic = "RULES.OOFTEMPLATE" in named or is_automatic("", title, ())
    return ReplyKind.AUTOMATIC if automatic else ReplyKind.LETTER


def _say(letter: Letter, stored: "_Storage") -> None:
    """The letter's words: its page, else its rich text, else its plain text. A page that Outlook made of rich text shows no more than that."""
    page = decoded(stored.data(f"{_HTML}0102")) or stored.text(_HTML)
    if page.strip():
        letter.show(read_markup(page, answers=letter.answers))
    elif body := stored.text(_BODY).strip():
        letter.say(plain_lines(body))
    elif packed := stored.data(f"{_RICH}0102"):
        try:
            letter.say_rich(unpacked_rich_text(packed))
        except Exception:  # noqa: BLE001 - the libraries raise whatever a damaged stream makes them stumble over
            letter.remarks.setdefault(f"Its words are rich text that is damaged: {_OPEN_IT}")
            return
    if "SMIME" in stored.text(_CLASS).upper() and not letter.has_words:
        letter.remarks.setdefault(f"It is signed or encrypted, and holds no words here: {_OPEN_IT}")


class _Storage:
    """One folder of properties in the file: the letter itself, or something that hangs on it."""

    def __init__(self, ole: Any, path: tuple[str, ...]) -> None:
        self._ole = ole
        self._path = path

    def data(self, number: str, name: str = "") -> bytes:
        path = [*self._path, name or f"__substg1.0_{number}"]
        if not self._ole.exists(path):
            return b""
        found: bytes = self._ole.openstream(path).read()
        return found

    def text(self, number: str) -> str:
        wide = self.data(f"{number}001F")
        return wide.decode("utf-16-le", "replace").rstrip("\0") if wide else decoded(self.data(f"{number}001E")).rstrip("\0")


def _address(letter: _Storage) -> str:
    """The sender's address. Inside one organisation Outlook keeps a directory's name instead; then the heads of the letter are asked."""
    for number in _ADDRESSES:
        found = letter.text(number).strip()
        if "@" in found and not found.startswith("/"):
            return found.casefold()
    if not (heads := letter.text(_HEADS)):
        return ""
    from reportpack.read.inbox.mail import read_mail

    return read_mail(heads.encode("utf-8", "replace") + b"\r\n\r\n", Source("")).address


def _moment(properties: bytes) -> datetime | None:
    """When it was sent, else delivered: a Windows time among the fixed properties, 16 bytes each after a head of 32."""
    found = {}
    for at in range(32, len(properties) - 15, 16):
        tag, _, ticks = struct.unpack_from("<IIQ", properties, at)
        found[tag] = ticks
    ticks = found.get(_SENT) or found.get(_DELIVERED) or 0
    try:
        return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).replace(microsecond=0) if ticks else None
    except OverflowError:
        return None


def _attach(letter: Letter, ole: Any) -> None:
    for folder in sorted({entry[0] for entry in ole.listdir(storages=True) if entry[0].startswith("__attach_version1.0_")}):
        part = _Storage(ole, (folder,))
        name = next((found for one in _FILE_NAMES if (found := line_of(part.text(one), 200))), "")
        letter.attach(name, part.text(_FILE_KIND) or "application/octet-stream", part.data(_FILE_DATA))
        if ole.exists([folder, _INNER]):
            inner = _Storage(ole, (folder, _INNER))
            said = Letter()
            _say(said, inner)
            by = next((found for one in _NAMES if (found := line_of(inner.text(one)))), "") or _address(inner)
            own = own_words(said.lines, inner.text(_SUBJECT))
            letter.pass_on([Passage(one.text, one.below, one.by or by) for one in own.passages], said.remarks, own.quoted)
