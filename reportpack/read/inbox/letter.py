"""A letter while it is read, whatever kind of file it came in: its lines and tables, what hangs on it, and what a reader ought to know; and wrappers of
letters: signatures with the words inside (S/MIME), and Outlook's winmail.dat (MS-OXTNEF)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reportpack import patterns as re
from reportpack.model.problem import Source
from reportpack.model.reply import CalendarAnswer, DeliveryTold, FormLine, Passage, Reply, ReplyFile, ReplyKind
from reportpack.read.inbox.form import forms_in
from reportpack.read.inbox.markup import Markup, read_markup
from reportpack.read.inbox.own_words import MAX_ATTACHED, LetterLine, decoded, line_of, own_words, plain_lines, tables_of_earlier
from reportpack.read.inbox.reported_back import reported_back


class Letter:
    """What has been found in a letter so far. `answers`: its heads say that it is a reply."""

    def __init__(self, *, answers: bool = False) -> None:
        self.answers = answers
        self.kind = ReplyKind.LETTER
        self.lines: list[LetterLine] = []
        self.files: list[ReplyFile] = []
        self.form_lines: list[FormLine] = []
        self.outside: list[str] = []
        self.remarks: dict[str, None] = {}  # What its reader ought to know, each once.
        self.passed_on: list[Passage] = []
        self.calendar: CalendarAnswer | None = None
        self.report: DeliveryTold | None = None
        self.quoted = 0

    @property
    def has_words(self) -> bool:
        """Whether it says anything yet."""
        return any(line.text.strip() for line in self.lines) or bool(self.form_lines) or self.calendar is not None

    def say(self, lines: Iterable[LetterLine]) -> None:
        """Lines of its words, below those there are."""
        self.lines.extend([LetterLine("")] if self.lines else [])
        self.lines.extend(lines)

    def say_rich(self, data: bytes) -> None:
        """The words of a file of rich text, without what it only carries along; plain words cannot show that some are struck through."""
        from striprtf.striprtf import rtf_to_text

        read: Any = rtf_to_text  # the library has types, and none for this
        self.say(plain_lines(read(data[:_LARGEST].decode("cp1252", "replace"), errors="replace")))
        if _STRUCK.search(data) is not None:
            self.remarks.setdefault("Some of its words are struck through, which cannot be told here: read the letter itself.")

    def show(self, page: Markup) -> None:
        """A page of HTML: its tables that are forms are read as such, the rest is words."""
        depths = {line.table: line.depth for line in page.lines if line.table}
        earlier = tables_of_earlier(page.lines) if self.answers else set()
        own = {number: grid for number, grid in page.tables.items() if not depths.get(number) and number not in earlier}
        forms, told = forms_in(own, page.within)
        self.form_lines.extend(line for lines, _ in forms.values() for line in lines)
        self.outside.extend(text for _, outside in forms.values() for text in outside)
        self.say(line for line in page.lines if line.table not in told)
        left = [("are struck through", words) for words in page.struck] + [("nobody can see", words) for words in page.hidden]
        self.remarks.update(dict.fromkeys(f'Words that {why} were left out: "{words[:200]}".' for why, words in left))
        if page.cut:
            self.remarks.setdefault("Its page is nested deeper than can be read: read the letter itself.")

    def attach(self, name: str, media_type: str, data: bytes) -> None:
        """A file hangs on it."""
        self.files.append(ReplyFile(name or f"attachment {len(self.files) + 1}", media_type, data))

    def pass_on(self, passages: Sequence[Passage], remarks: Iterable[str], quoted: int) -> None:
        """It carries a letter of somebody else, which quotes so many lines."""
        self.passed_on.extend(passages)
        self.quoted += quoted
        self.remarks.update(dict.fromkeys(remarks))


def reply_of(
    letter: Letter, source: Source, address: str, name: str, sent: datetime | None, title: str, kind: ReplyKind, report: DeliveryTold | None = None
) -> Reply:  # fmt: skip
    """The letter as a reply: the sender's own words apart from what it quotes."""
    back = reported_back(letter.lines, title) if kind is ReplyKind.LETTER and report is None else None
    own = own_words(letter.lines[: back[1]] if back is not None else letter.lines, "" if back is not None else title, name)
    passages = (*own.passages, *letter.passed_on)
    if back is not None:
        report = replace(back[0], words=f"reported by {name or address or 'somebody'}")
        kind = kind if passages else ReplyKind.DELIVERY
    nothing = kind is ReplyKind.LETTER and not passages and not letter.form_lines and not letter.remarks and letter.lines
    only = ("Nothing in it is its sender's own: it only quotes.",) if nothing and own.quoted else ()
    remarks = (*letter.remarks, *own.remarks, *only)
    return Reply(
        source, address, name, sent, title, "\n\n".join(one.text for one in passages), own.quoted + letter.quoted,
        tuple(letter.files[:MAX_ATTACHED]), tuple(letter.form_lines), tuple(letter.outside), kind, passages, remarks,
        letter.calendar, report,
    )  # fmt: skip


_STRUCK = re.compile(rb"\\striked?1?(?![\da-z])")
_LARGEST = 4 * 1024 * 1024


def unpacked_rich_text(data: bytes) -> bytes:
    """A stream of rich text as Outlook packs it. Raises ValueError where it is damaged."""
    from compressed_rtf import decompress

    if int.from_bytes(data[4:8], "little") > _LARGEST:
        raise ValueError("larger than a letter ever is")
    unpacked: bytes = decompress(data)
    return unpacked


_ENCRYPTED = frozenset({"enveloped_data", "authenticated_enveloped_data", "encrypted_data"})
_OPEN_IT = "open it in your mail program, and save it from there as plain text or type the update yourself."


def opened_signature(letter: Letter, data: bytes) -> bytes:
    """The message inside a signature, as bytes; empty where there is none, which is said. The signature itself is not checked, which is said too."""
    from asn1crypto import cms

    try:
        wrapper: Any = cms.ContentInfo.load(data)
        kind = wrapper["content_type"].native
        inner = wrapper["content"]["encap_content_info"]["content"].native if kind == "signed_data" else None
    except (ValueError, TypeError, KeyError):
        letter.remarks.setdefault(f"It is signed or encrypted, and the wrapper is damaged: {_OPEN_IT}")
        return b""
    if kind in _ENCRYPTED:
        letter.remarks.setdefault(f"It is encrypted, so its words cannot be read here: {_OPEN_IT}")
        return b""
    if not isinstance(inner, bytes) or not inner.strip():
        letter.remarks.setdefault(f"It is signed, and no words are inside the signature: {_OPEN_IT}")
        return b""
    letter.remarks.setdefault("It is signed; the signature was not checked.")
    return inner


def unarmoured(letter: Letter, text: str) -> str:
    """Plain words without what OpenPGP sets around them (RFC 9580); what is encrypted is said, and left out."""
    before, _, rest = text.replace("\r\n", "\n").partition("-----BEGIN PGP SIGNED MESSAGE-----")
    signed, is_signed, behind = rest.partition("-----BEGIN PGP SIGNATURE-----")
    if is_signed:
        letter.remarks.setdefault("It is signed; the signature was not checked.")
        words = re.sub(r"(?m)^- ", "", signed.partition("\n\n")[2])
        text = before + words + behind.partition("-----END PGP SIGNATURE-----")[2]
    before, is_sealed, rest = text.partition("-----BEGIN PGP MESSAGE-----")
    if not is_sealed:
        return text
    letter.remarks.setdefault(f"It is encrypted, so its words cannot be read here: {_OPEN_IT}")
    return before + rest.partition("-----END PGP MESSAGE-----")[2]


def opened_winmail(letter: Letter, data: bytes) -> None:
    """The words and files inside a winmail.dat, put into the letter."""
    from tnefparse import TNEF

    try:
        inside = TNEF(data)
        files = [(line_of(str(one.long_filename() or ""), 200), bytes(one.data or b"")) for one in inside.attachments]
        found = _words_of(letter, inside)
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged wrapper makes it stumble over, and no letter may stop a run
        letter.remarks.setdefault(f"Outlook packed it into a winmail.dat that is damaged: {_OPEN_IT}")
        return
    for name, held in files:
        letter.attach(name, "application/octet-stream", held)
    if not found and not letter.has_words:
        letter.remarks.setdefault(f"Outlook packed it into a winmail.dat that holds no words: {_OPEN_IT}")


def _words_of(letter: Letter, inside: Any) -> bool:
    """Whether it had words: its page before its rich text before its plain text. What was said beside it already is not said twice."""
    if letter.has_words:
        return False
    if inside.htmlbody:
        page = inside.htmlbody
        letter.show(read_markup(page if isinstance(page, str) else decoded(page).rstrip("\0"), answers=letter.answers))
    elif rich_text := inside.rtfbody:
        letter.say_rich(rich_text)
    elif inside.body:
        letter.say(plain_lines(inside.body if isinstance(inside.body, str) else decoded(inside.body).rstrip("\0")))
    return letter.has_words
