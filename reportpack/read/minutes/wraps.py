"""Lines broken at a width put together again as passages, passages of documents taken as they are, and passages cut into sentences.

A passage is all that readers of sentences know of a layout: its words, its lines, the number before it, its heading's level, the column or
the row it stood in, and whether it is quoted. What a file looked like ends here; what a sentence means begins here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.period import WHOLE_MONTH
from reportpack.read.documents.lines import Document, Line, Merged
from reportpack.read.minutes.labels import CODED, begins_block
from reportpack.records import dataclass

_ENDS = (".", "!", "?", ":", ";", ".\u2019", ".\u201d", '."', ".)")
_GOES_ON = re.compile(
    r"(?:[,\u2013&/-]|\b(?:the|a|an|of|and|or|to|for|in|on|at|by|with|from|that|which|his|her|their|its|as|is|are|was|be|into|via|re|to \w{3,12}))$",
    re.IGNORECASE,
)


_DATE_BEGUN = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)$", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?:of )?(?:{WHOLE_MONTH})\b", re.IGNORECASE)
_CODES = "\x00codes"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading, a list entry or a row of a table: `lines` are the named lines it is made of."""

    text: str
    lines: tuple[tuple[str, str], ...]
    mark: str = ""
    level: int = 0
    strong: bool = False
    column: str = ""
    cells: tuple[str, ...] = ()
    table: int = 0
    gap: bool = False
    indent: int = 0
    merged: tuple[Merged, ...] = ()
    quoted: bool = False

    @property
    def line(self) -> str:
        """The name of its first line."""
        return self.lines[0][0]

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
    widths = _widths(document.lines) if document.wrapped else {}
    return tuple(_gather(document.lines, widths))


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
        width = _width_for(open_one, line, widths) if open_one is not None else 0
        if open_one is not None and last is not None and (_hangs(open_one, line, gap) or _joins(last, line, gap, width)):
            open_one = _joined(open_one, line)
        else:
            if open_one is not None:
                yield open_one
            open_one = _passage(line, gap)
        last, gap = line, False
    if open_one is not None:
        yield open_one


def _passage(line: Line, gap: bool) -> Passage:
    return Passage(
        line.text,
        ((line.name, line.text),),
        line.mark,
        line.level,
        line.strong,
        line.column,
        line.cells,
        line.table,
        gap,
        line.indent,
        line.merged,
        line.quoted,
    )


def _joined(passage: Passage, line: Line) -> Passage:
    glue = "" if passage.text[-2:-1].isalnum() and passage.text.endswith("-") else " "
    return replace(passage, text=f"{passage.text}{glue}{line.text}", lines=(*passage.lines, (line.name, line.text)), cells=())


def _width_for(passage: Passage, line: Line, widths: dict[str, int]) -> int:
    """How wide the lines there are: numbered actions of a narrow column have a width of their own."""
    if not widths:
        return 0
    return widths.get(_CODES if CODED.fullmatch(passage.text) else line.column, widths.get(line.column, 72))


def _hangs(entry: Passage, line: Line, gap: bool) -> bool:
    """Whether a line goes on with an entry of a list because it is set in below its bullet."""
    title = len(entry.lines[-1][1]) < 40 and not line.text[:1].islower()
    own = title or gap or line.mark or line.level or line.cells or line.column != entry.column or begins_block(line.text)
    return bool(entry.mark) and not own and line.indent >= entry.indent + 2 and not entry.text.endswith(":")


def _joins(last: Line, line: Line, gap: bool, width: int) -> bool:
    """Whether the line goes on with the one before it."""
    if (
        not width
        or line.mark
        or line.level
        or (line.strong, line.quoted) != (last.strong, last.quoted)
        or line.column != last.column
        or line.cells
        or last.cells
    ):
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
    """How wide the lines of each column are: nearly all are no longer. Numbered actions may have a narrow column of their own."""
    lengths: dict[str, list[int]] = {}
    coded: list[int] = []
    for line in lines:
        if len(line.text) > 15 and not line.cells:
            lengths.setdefault(line.column, []).append(len(line.text))
            if CODED.fullmatch(line.text):
                coded.append(len(line.text))
    widths = {column: sorted(found)[int(len(found) * 0.93)] for column, found in lengths.items()} or {"": 72}
    narrow = sorted(coded)[int(len(coded) * 0.75)] if coded else 0
    if narrow and narrow < 0.75 * max(widths.values()):
        widths[_CODES] = narrow
    return widths


_END = re.compile(r"(?<=[.!?])[\"\u201d\u2019')]*\s+(?=[A-Z\u2018\u201c\"(0-9\u00a3])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|cllr|e\.g|i\.e|eg|ie|etc|approx|vs|rev|sgt|insp|supt|p|pp|para|ref)|\b[A-Z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, the line it begins on, and the index of its passage."""

    words: str
    line: str
    at: int


def sentences_of(passage: Passage, at: int) -> Iterator[Spoken]:
    """The sentences of a passage in their order."""
    text = passage.text
    begin = 0
    for match in _END.finditer(text):
        if _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        yield Spoken(text[begin : match.start()].strip(), line_at(passage, begin), at)
        begin = match.end()
    if text[begin:].strip():
        yield Spoken(text[begin:].strip(), line_at(passage, begin), at)


def line_at(passage: Passage, position: int) -> str:
    """The name of the line on which a character of the passage stands."""
    if len(passage.lines) == 1:
        return passage.lines[0][0]
    reached = 0
    for name, text in passage.lines:
        reached += len(text) + 1
        if position < reached:
            return name
    return passage.lines[-1][0]
