"""Lines broken at a width put together again as passages, passages of documents taken as they are, and passages cut into sentences.

A passage is all that readers of sentences know of a layout: its words, its lines, the number before it, its heading's level, the column or
the row it stood in, and whether it is quoted. What a file looked like ends here; what a sentence means begins here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import attrgetter
from typing import Any

from reportpack import patterns as re
from reportpack.model.period import WHOLE_MONTH
from reportpack.read.documents.lines import Document, Line
from reportpack.read.minutes.labels import CODED, begins_block
from reportpack.records import Record

_ENDS = (".", "!", "?", ":", ";", ".\u2019", ".\u201d", '."', ".)")
_GOES_ON = re.compile(
    r"(?i)(?:[,\u2013&/-]|\b(?:the|a|an|of|and|or|to|for|in|on|at|by|with|from|that|which|his|her|their|its|as|is|are|was|be|into|via|re|to \w{3,12}))$"
)


_DATE_BEGUN = re.compile(r"(?i)\b\d{1,2}(?:st|nd|rd|th)$")
_MONTH_FIRST = re.compile(rf"(?i)(?:of )?(?:{WHOLE_MONTH})\b")
_CODES = "\x00codes"
_fields_of = attrgetter(*Line.__dataclass_fields__)


class Passage(Line):
    """A paragraph, a heading, a list entry or a row of a table, called as its first line: `lines` are the named lines it is made of."""

    lines: tuple[tuple[str, str], ...] = ()
    gap: bool = False

    @property
    def line(self) -> str:
        """The name of its first line."""
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its lines."""
        return tuple(dict.fromkeys(name for name, _ in self.lines))

    @property
    def shown(self) -> str:
        """With its number or letter, as it is read aloud; bullets are left out."""
        return f"{self.mark} {self.text}" if self.mark[:1].isdigit() or self.mark.startswith("(") else self.text


def passages_of(document: Document) -> tuple[Passage, ...]:
    """Passages in reading order; blank lines only set `gap` on what follows them."""
    return tuple(_gather(document.lines, _widths(document.lines) if document.wrapped else {}))


def _gather(lines: Sequence[Line], widths: dict[str, int]) -> Iterator[Passage]:
    open_one: Passage | None = None
    last: Line | None = None
    gap, mark = False, ""
    for line in lines:
        if not line.text and not line.cells:
            mark, gap = (line.mark, gap) if line.mark else (mark, True)
            continue
        if mark and not line.mark:
            line = replace(line, mark=mark)  # noqa: PLW2901 - a bullet alone on its line belongs to the next words
        mark = ""
        # Numbered actions of a narrow column have a width of their own.
        column = _CODES if open_one is not None and CODED.fullmatch(open_one.text) else line.column
        width = widths.get(column, widths.get(line.column, 72)) if widths else 0
        if open_one is not None and last is not None and (_hangs(open_one, line, gap) or _joins(last, line, gap, width)):
            glue = "" if open_one.text[-2:-1].isalnum() and open_one.text.endswith("-") else " "
            joined = (*open_one.lines, (line.name, line.text))
            open_one = replace(open_one, text=f"{open_one.text}{glue}{line.text}", lines=joined, cells=())
        else:
            yield from [open_one] if open_one is not None else ()
            fields: tuple[Any, ...] = (*_fields_of(line), ((line.name, line.text),), gap)
            open_one = Passage(*fields)
        last, gap = line, False
    yield from [open_one] if open_one is not None else ()


def _hangs(entry: Passage, line: Line, gap: bool) -> bool:
    title = len(entry.lines[-1][1]) < 40 and not line.text[:1].islower()
    own = title or gap or line.mark or line.level or line.cells or line.column != entry.column or begins_block(line.text)
    return bool(entry.mark) and not own and line.indent >= entry.indent + 2 and not entry.text.endswith(":")


def _joins(last: Line, line: Line, gap: bool, width: int) -> bool:
    alike = (line.strong, line.quoted, line.column) == (last.strong, last.quoted, last.column)
    if not width or not alike or line.mark or line.level or line.cells or last.cells:
        return False
    if _DATE_BEGUN.search(last.text) and _MONTH_FIRST.match(line.text):
        return True
    if begins_block(line.text) or last.text.endswith(":"):
        return False
    small = line.text[:1].islower()
    if gap:
        narrow = width < 45 and _GOES_ON.search(last.text) is not None and len(last.text) > 0.6 * width
        return narrow or (small and not last.text.endswith(_ENDS) and len(last.text) > 0.6 * width and len(line.text) > 20)
    if last.text.isupper() and not line.text.isupper():
        return False
    needed = len(last.text) + 1 + len(line.text.split(" ", 1)[0])
    if last.text.endswith(_ENDS):
        return needed > 0.97 * width
    return small or _GOES_ON.search(last.text) is not None or needed > (0.95 if width < 45 else 0.82) * width


def _widths(lines: Sequence[Line]) -> dict[str, int]:
    lengths: dict[str, list[int]] = {}
    filled = [line for line in lines if len(line.text) > 15 and not line.cells]
    for line in filled:
        lengths.setdefault(line.column, []).append(len(line.text))
    widths = {column: sorted(found)[int(len(found) * 0.93)] for column, found in lengths.items()} or {"": 72}
    coded = sorted(len(line.text) for line in filled if CODED.fullmatch(line.text))
    narrow = coded[int(len(coded) * 0.75)] if coded else 0
    if narrow and narrow < 0.75 * max(widths.values()):
        widths[_CODES] = narrow
    return widths


_END = re.compile(r"(?<=[.!?])[\"\u201d\u2019')]*\s+(?=[A-Z\u2018\u201c\"(0-9\u00a3])")
_ABBREVIATED = re.compile(
    r"(?i)(?:\b(?:mr|mrs|ms|dr|prof|st|no|cllr|e\.g|i\.e|eg|ie|etc|approx|vs|rev|sgt|insp|supt|p|pp|para|ref)|\b[A-Z])\.$"
)


class Spoken(Record):
    """A sentence, and the line it begins on."""

    words: str
    line: str


def sentences_of(passage: Passage) -> Iterator[Spoken]:
    """The sentences of a passage in their order."""
    text, begin = passage.text, 0
    for end, after in (*(match.span() for match in _END.finditer(text)), (len(text), len(text))):
        if end == len(text) or not _ABBREVIATED.search(text[max(0, end - 8) : end]):
            if end < len(text) or text[begin:].strip():
                yield Spoken(text[begin:end].strip(), line_at(passage, begin))
            begin = after


def line_at(passage: Passage, position: int) -> str:
    """The name of the line on which a character of the passage stands."""
    ends = accumulate(len(text) + 1 for _, text in passage.lines)
    return next((name for (name, _), end in zip(passage.lines, ends, strict=True) if position < end), passage.lines[-1][0])
