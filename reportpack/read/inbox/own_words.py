"""The lines of a letter as its sender sees them, and what the sender wrote, told from what it quotes: by how mail programs set one letter
inside another, never by what it says.

An answer may stand above what it answers, below it, or between its lines; each passage knows the quoted lines that it stands under.
"""

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from reportpack import patterns as re
from reportpack.model.reply import Passage
from reportpack.read.documents.lines import squeezed, tidy
from reportpack.records import Record


def clean(text: str) -> str:
    """Words without control characters and without halves of characters, which no file could hold."""
    return tidy(text.encode("utf-8", "replace").decode())


def decoded(data: bytes, charset: str = "utf-8") -> str:
    """Bytes in the encoding that they name; where they are not in it, in Windows' own."""
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


def line_of(text: str, longest: int = 300) -> str:
    """The same as one line."""
    return squeezed(clean(text).replace("\n", " "))[:longest]


MAX_FILE_BYTES = 60 * 1024 * 1024
MAX_TEXT = 100_000
MAX_ATTACHED = 100
MAX_PARTS = 2_000
MAX_LINES = 2_000


_QUOTED = re.compile(r"(?: ?>)+ ?")
_WROTE = re.compile(r"(?i)\b(?:wrote|writes|ysgrifennodd)\s*:\s*$")
_DAY_OR_ADDRESS = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}:\d\d|\d{1,2} [A-Z][a-z]+,? (?:19|20)\d\d|@[\w.-]+>?\s*:$")
_SHORT_ANSWER = re.compile(r"(?:yes|no|not|done|completed?|closed|ongoing|still|awaiting|none|n/a|agreed|we|it|this|see|i)\b")
_COMMENTED = re.compile(r"(.*?)\[([^\[\]]{2,60})\]:?\s*(.+)")
_COMPARISON = re.compile(r">=?[£$€]?\d(?!\d*/\d).*")
"""`>90% of victims`: a line of the sender's own that begins with "more than"."""


class LetterLine(Record):
    """A line of a letter. `depth` counts the letters it is quoted from (0: the sender's own); `table` is the number of its table, 0 for none."""

    text: str
    depth: int = 0
    table: int = 0
    coloured: str = ""  # those of its words that stand in a colour of their own


def plain_lines(text: str) -> list[LetterLine]:
    """The lines of a plain letter. A run of lines that all begin with "more than" a number, and that nothing announces, is the sender's own."""
    rows = [clean(row).rstrip() for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines: list[LetterLine] = []
    before: list[str] = []
    for marked, run in groupby(rows, key=lambda row: row.lstrip().startswith(">") and not _GROUPWISE.fullmatch(row)):
        block = list(run)
        announced = any(_WROTE.search(row) or "@" in row for row in before)
        own = not marked or (not announced and all(_COMPARISON.fullmatch(row.strip()) for row in block))
        for row in (one if own else one.lstrip() for one in block):
            marks = match[0] if not own and (match := _QUOTED.match(row)) is not None else ""
            lines.append(LetterLine(row[len(marks) :], marks.count(">")))
        before = [*before, *block][-2:]
    return _mended(lines)


def _mended(lines: list[LetterLine]) -> list[LetterLine]:
    """The end of a long quoted line that a mail program broke off without its mark goes with it; one that answers is the sender's."""
    for at, (before, line) in enumerate(pairwise(tuple(lines)), 1):
        broken = before.depth and not line.depth and len(before.text) + len(line.text.split(" ")[0]) > 60
        if broken and before.text[-1] not in ".?!:;" and line.text[:1].islower() and not _SHORT_ANSWER.match(line.text):
            lines[at] = LetterLine(line.text, before.depth)
    return lines


def flowed_lines(text: str, *, delsp: bool) -> list[LetterLine]:
    """The same for `format=flowed` (RFC 3676): lines that end in a space go on in the next of their depth, and a stuffed space is taken off."""
    lines: list[LetterLine] = []
    flowing = False
    for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        depth = len(row) - len(row.lstrip(">"))
        words = row[depth:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        shown = clean(words[:-1] if soft and delsp else words)
        if flowing and lines and lines[-1].depth == depth:
            lines[-1] = LetterLine(lines[-1].text + shown, depth)
        else:
            lines.append(LetterLine(shown, depth))
        flowing = soft
    return _mended([LetterLine(line.text.rstrip(), line.depth) for line in lines])


def announces(line: str) -> bool:
    """Whether a line says that a quotation follows: `On 28 May 2019, A Person wrote:`, or other words that end in a colon and name a day or an address."""
    plain = line.strip().replace("*", "")
    return len(plain) <= 300 and plain.endswith(":") and bool(_WROTE.search(plain) or _DAY_OR_ADDRESS.search(plain))


_STARTS = re.compile(
    r"(?i)-{2,}\s*(?:original message|forwarded message|original appointment).*|_{20,}|begin forwarded message:|original message"
    r"|-{3,}.+ wrote:?\s*-{3,}|>>> .+>>>|from:\s.*"
)
_GROUPWISE = re.compile(r">>> .+>>>")
_ENGLISH = {
    "oddi wrth": "From", "anfonwyd": "Sent", "dyddiad": "Date", "at": "To", "pwnc": "Subject",
    "von": "From", "gesendet": "Sent", "datum": "Date", "an": "To", "betreff": "Subject",
    "de": "From", "envoyé": "Sent", "à": "To", "objet": "Subject",
}  # fmt: skip
_MOMENT = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d.*")
_TAGS = re.compile(r"(?:\s*\[[^\]]{1,40}\])+\s*")
_PASSED_ON = re.compile(r"(?i)\s*(?:fwd?|fw|wg|tr)\s*:")
_PREFIX = re.compile(r"(?i)\A(?:\s*(?:fwd?|fw|wg|tr|re|aw|sv|atb|parthed)\s*:)*\s*")
_AMONG = re.compile(r"(?i)\b(?:below|in ?-?line|in (?:red|blue|green|bold|capitals|the text)|in between|against each)\b")
_ANSWERED = re.compile(
    r"(?i)\b(?:comments?|answers?|responses?|repl(?:y|ies)|updates?|table|form|filled|below|in red|in the text)\b"
)
_WARNS = re.compile(r"(?is)\W*(?:caution|warning|external)\b.*\b(?:e-?mail|sender|links?|attachments?)\b")
_OF_MAIL = re.compile(r"(?i)\b(?:e-?mail|message|communication|transmission)s?\b")
_HUNG_ON = re.compile(
    r"(?i)\b(?:disclaimer|scanned|checked for (?:all known )?viruses|swept|confidential"
    r"|intended (?:solely|only|for)|originated (?:from )?outside|external (?:sender|source)|not necessarily (?:reflect|those of)|in error)\b"
)
_LONG = 60
_OPENS = re.compile(r"(?i)\s*(?:on|ar)\b")
_HEADS = ("sent:", "date:", "to:", "subject:", "cc:")


def untagged(title: str) -> str:
    """A subject without what a gateway puts before it: `[EXTERNAL]`."""
    tags = _TAGS.match(title)
    return title[tags.end() :] if tags is not None else title


def without_prefix(title: str) -> str:
    """A subject without what mail programs put before it: `RE:`, `WG:`."""
    return _PREFIX.sub("", untagged(title))


class OwnWords(Record):
    """The passages of a letter, how many lines of earlier letters were left out, and what a reader ought to know."""

    passages: tuple[Passage, ...] = ()
    quoted: int = 0
    remarks: tuple[str, ...] = ()


def own_words(lines: Sequence[LetterLine], title: str = "", name: str = "") -> OwnWords:
    """The sender's passages. Under a title such as `FW:` the letter that is passed on is a passage too, by who wrote it. What stands behind the
    sender's `name` in square brackets, as Outlook marks comments, is the sender's among whatever lines."""
    begins = accumulate((len(line.text) + 1 for line in lines), initial=0)
    left = ((line, MAX_TEXT - begin) for line, begin in zip(lines, begins, strict=False))
    lines = [LetterLine(line.text[:most], line.depth, line.table, line.coloured) for line, most in left if most > 0]
    is_passed_on = _PASSED_ON.match(untagged(title)) is not None
    flat = [LetterLine(line.text) for line in lines] if is_passed_on else lines  # Apple's and Yahoo's quote what they pass on.
    end = next((at for at in range(len(lines)) if begins_letter(flat, at)), len(lines))
    passages, quoted = _passages(lines[:end])
    remarks: list[str] = []
    kept = []
    for one in passages:
        text, notices = _without_notices(re.sub(r"(?m)^[*_=~#-]{5,}$\n?", "", one.text))
        for words in (" ".join(one.split()) for one in notices):
            shown = words if len(words) <= 80 else f"{words[:77]}..."
            remarks.append(f'A notice that is hung on every letter was left out: "{shown}"')
        kept.extend([Passage(text, one.below, one.by)] if text else [])
    below = [line for line in lines[end:] if line.text.strip()]
    if below and (is_passed_on or re.match(r"\W*(?:begin )?forwarded", below[0].text, re.IGNORECASE)):
        inner, by = _passed_on(lines[end:])
        kept.extend(Passage(one.text, one.below, one.by or by) for one in inner.passages)
        return OwnWords(tuple(kept), quoted + inner.quoted, (*remarks, *inner.remarks))
    pairs = list(pairwise([LetterLine(""), *(line for line in lines[:end] if line.depth), *below]))
    marked = [(own[3], own[1].strip() or before.text) for before, line in pairs if (own := _behind_name(line.text, name))]
    kept.extend(Passage(*one) for one in marked)
    said = [(one.coloured, one.text.replace(one.coloured, "").strip() or before.text) for before, one in pairs if one.coloured]
    if said and not marked and any(_ANSWERED.search(one.text) for one in kept):
        kept.extend(Passage(*one) for one in said)
        remarks.append("Words in a colour among those of the earlier letter were taken for answers: check them.")
    elif below and not marked and any(_AMONG.search(one.text) for one in kept):
        among = "It says that answers stand among the lines of the earlier letter, and nothing marks them"
        remarks.append(f"{among}: read the letter itself.")
    return OwnWords(tuple(kept), quoted + len(below), tuple(remarks))


def _behind_name(text: str, name: str) -> re.Match[str] | None:
    """Words behind the sender's name or its first letters in square brackets."""
    found = _COMMENTED.fullmatch(text)
    own, said = re.findall(r"\w+", name.casefold()), re.findall(r"\w+", found[2].casefold()) if found is not None else []
    return found if said and (set(said) <= set(own) or sorted("".join(said)) == sorted(one[0] for one in own)) else None


def _passages(lines: Sequence[LetterLine]) -> tuple[list[Passage], int]:
    passages: list[Passage] = []
    quoted, below = 0, ""
    runs = [(is_quoted, list(run)) for is_quoted, run in groupby(lines, key=lambda line: line.depth > 0)]
    for number, (is_quoted, run) in enumerate(runs):
        if is_quoted:
            said = [line.text for line in run if line.text.strip()]
            quoted += len(said)
            below = "\n".join(said)
            continue
        own, announced = _without_announcement(run) if number + 1 < len(runs) else (run, 0)
        quoted += announced
        if text := "\n".join(line.text for line in own).strip():
            passages.append(Passage(text, below))
    return passages, quoted


def _without_announcement(run: list[LetterLine]) -> tuple[list[LetterLine], int]:
    """Without the lines that say who wrote what is quoted next: one, or two where the mail program broke it."""
    last = next((at for at in range(len(run) - 1, -1, -1) if run[at].text.strip()), 0)
    before = run[last - 1].text if last else ""
    broken = last > 0 and _OPENS.match(before) is not None and not _OPENS.match(run[last].text)
    if run and announces(f"{before} {run[last].text}" if broken else run[last].text):
        return run[: last - broken], 1 + broken
    return run, 0


def tables_of_earlier(lines: Sequence[LetterLine]) -> set[int]:
    """The tables that stand in an earlier letter, where its sender's words do not say that they were filled in."""
    begins = next((at for at in range(len(lines)) if begins_letter(lines, at)), len(lines))
    said = " ".join(line.text for line in lines[:begins] if not line.depth)
    return {line.table for line in lines[begins:]} if said and not _ANSWERED.search(said) else set()


def begins_letter(lines: Sequence[LetterLine], at: int) -> bool:
    """Whether an earlier letter begins here without any marks; `From:` alone does not, only with the other heads of a letter under it."""
    line = lines[at]
    plain = head_of(line)
    if line.depth or not plain:
        return False
    after = [one for one in lines[at + 1 : at + 9] if one.text.strip()]
    if announces(plain) and plain.lower().startswith(("on ", "ar ")):
        return bool(after) and not after[0].depth and plain.lower().endswith("wrote:")
    if [one.text.strip().lower() for one in after[1:2]] == ["to"]:  # Notes: who and when, and below them heads in columns
        return _MOMENT.fullmatch(after[0].text.strip()) is not None
    if not _STARTS.fullmatch(plain):
        return False
    if not plain.lower().startswith("from:"):
        return True
    heads = " ".join((plain, *map(head_of, after))).lower()
    return "to:" in heads and any(one in heads for one in ("sent:", "date:", "subject:"))


def head_of(line: LetterLine) -> str:
    """A line as it heads a letter in English, whatever the mail program's language."""
    plain = line.text.replace("*", "").strip()
    name, _, rest = plain.partition(":")
    return f"{_ENGLISH[known]}: {rest.strip()}" if (known := name.strip().casefold()) in _ENGLISH else plain


def _passed_on(lines: Sequence[LetterLine]) -> tuple[OwnWords, str]:
    """The words of the letter that is passed on, and who wrote it by its own heads."""
    by, title, at = "", "", 0
    while at < len(lines) and at < 12:
        plain = head_of(lines[at])
        low = plain.lower()
        if low.startswith("from:"):
            by = plain[5:].strip()
        elif low.startswith("subject:"):
            title = plain[8:].strip()
        elif plain and not low.startswith(_HEADS) and not _STARTS.fullmatch(plain) and (by or not announces(plain)):
            break
        at += 1
    depth = min((line.depth for line in lines[at:] if line.text.strip()), default=0)
    return own_words([LetterLine(line.text, line.depth - depth, line.table) for line in lines[at:]], title), by


def _without_notices(text: str) -> tuple[str, list[str]]:
    """The words without what a gateway hung on them: a paragraph, or a long line of a page. What stands alone or names a reference is kept."""
    kept: list[str] = []
    notices: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        units = [paragraph] if _is_notice(paragraph) else paragraph.split("\n")
        own = [one for one in units if not (_is_notice(one) and (one == paragraph or len(one) > _LONG))]
        notices.extend(one for one in units if one not in own)
        kept.extend(["\n".join(own)] if own else [])
    return ("\n\n".join(kept).strip(), notices) if any(one.strip() for one in kept) else (text, [])


def _is_notice(words: str) -> bool:
    about = _OF_MAIL.search(words)
    hung = _WARNS.match(words) is not None or (about is not None and _HUNG_ON.search(words[about.end() :]) is not None)
    return hung and re.search(r"\d\s*/\s*\d", words) is None
