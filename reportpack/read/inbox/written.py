"""The lines of a letter as its sender sees them: how deep each stands in quotation, the table it stands in, and how much is read."""

from reportpack import patterns as re
from reportpack.read.documents.text import squeezed, tidy
from reportpack.records import dataclass


def clean(text: str) -> str:
    """Words without control characters and without halves of characters, which no file could hold."""
    return tidy(text.encode("utf-8", "replace").decode())


def line_of(text: str, longest: int = 300) -> str:
    """The same as one line."""
    return squeezed(clean(text).replace("\n", " "))[:longest]


MAX_FILE_BYTES = 60 * 1024 * 1024
"""Bytes of the file itself."""
MAX_TEXT = 100_000
"""Characters of a reply's words."""
MAX_ATTACHED = 100
"""Files that hang on one reply."""
MAX_PARTS = 2_000
"""Parts of a letter, inside each other or beside."""
MAX_LINES = 2_000
"""Rows of a reply form."""


_QUOTED = re.compile(r"(?: ?>)+ ?")
_WROTE = re.compile(r"\b(?:wrote|writes|ysgrifennodd)\s*:\s*$", re.IGNORECASE)
_DAY_OR_ADDRESS = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}:\d\d|\d{1,2} [A-Z][a-z]+,? (?:19|20)\d\d|@[\w.-]+>?\s*:$")
_COMPARISON = re.compile(r">=?[£$€]?\d(?!\d*/\d).*")
"""`>90% of victims`: a line of the sender's own that begins with "more than"."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A line of a letter. `depth` counts the letters it is quoted from (0: the sender's own); `table` is the number of its table, 0 for none."""

    text: str
    depth: int = 0
    table: int = 0


def plain_lines(text: str) -> list[LetterLine]:
    """The lines of a plain letter. A run of lines that all begin with "more than" a number, and that nothing announces, is the sender's own."""
    rows = [clean(row).rstrip() for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines: list[LetterLine] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end].lstrip().startswith(">"):
            end += 1
        if end == at:
            lines.append(LetterLine(rows[at]))
            at += 1
            continue
        announced = any(_WROTE.search(row) or "@" in row for row in rows[max(0, at - 2) : at])
        own = not announced and all(_COMPARISON.fullmatch(row.strip()) for row in rows[at:end])
        lines.extend(LetterLine(row) if own else _quoted(row) for row in rows[at:end])
        at = end
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
    return [LetterLine(line.text.rstrip(), line.depth) for line in lines]


def announces(line: str) -> bool:
    """Whether a line says that a quotation follows: `On 28 May 2019, A Person wrote:`, or other words that end in a colon and name a day or an address."""
    plain = line.strip().replace("*", "")
    if len(plain) > 300 or not plain.endswith(":"):
        return False
    return _WROTE.search(plain) is not None or _DAY_OR_ADDRESS.search(plain) is not None


def _quoted(row: str) -> LetterLine:
    match = _QUOTED.match(row.lstrip())
    marks = match[0] if match is not None else ""
    return LetterLine(row.lstrip()[len(marks) :], marks.count(">"))
