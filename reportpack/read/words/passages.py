"""A document of words as paragraphs in their order, from Markdown or Word. Text is verbatim but for emphasis marks around whole words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.model.statement import BlockKind
from reportpack.read.documents.blocks import BULLET, Block, Paragraph, Table, accepted
from reportpack.read.documents.lines import Unread
from reportpack.read.documents.word import read_word
from reportpack.records import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token

_EMPHASIS = re.compile(r"(?<![\w*])(\*\*\*|\*\*|__|\*|_)(?=[^\s*_])(.+?)(?<=[^\s])\1(?![\w*])", re.DOTALL)
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<text>[^*\n]+?)\1:?")
_LABELLED = re.compile(r"\s*(?:from|author|by|written by|audience) ?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading (`level` 1 to 9, 7 for a line that is only bold), a paragraph, or a list entry; `line` says where it stands."""

    kind: BlockKind
    text: str
    line: str
    level: int = 0


def markdown_passages(text: str) -> tuple[Passage, ...]:
    """Markdown as an officer types it: headings, paragraphs, lists, bold lines. HTML, links and code stay as typed."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable(["html_block", "code", "reference", "lheading"])
    parser.inline.ruler.enableOnly(["text"])
    return tuple(_of_tokens(parser.parse(text)))


def _of_tokens(tokens: "list[Token]") -> Iterator[Passage]:
    lists: list[BlockKind] = []
    level, kind = 0, BlockKind.PARAGRAPH
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(BlockKind.BULLET if token.type.startswith("bullet") else BlockKind.NUMBER)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type in ("heading_open", "paragraph_open", "list_item_open"):
            level = int(token.tag[1]) if token.type == "heading_open" else 0
            kind = lists[-1] if lists else BlockKind.PARAGRAPH
        elif token.type in ("inline", "fence"):
            line = token.map[0] + 1 if token.map else 1
            yield from _headings_and_text(token.content, line, level, kind)


def _headings_and_text(text: str, line: int, level: int, kind: BlockKind) -> Iterator[Passage]:
    """A heading; or a paragraph, whose first line may be a bold label; the lines of a table stay apart."""
    if level:
        yield Passage(BlockKind.HEADING, without_emphasis(text), f"line {line}", level)
        return
    lines = text.rstrip("\n").split("\n")
    while lines and (bold := _BOLD_LINE.fullmatch(lines[0].strip())) is not None:
        yield Passage(BlockKind.HEADING, bold["text"].strip(), f"line {line}", 7)
        lines, line = lines[1:], line + 1
    if lines and all(one.lstrip().startswith("|") for one in lines):
        yield from (Passage(kind, without_emphasis(one.strip()), f"line {line + at}") for at, one in enumerate(lines))
    elif text := "\n".join(lines).strip():
        yield Passage(kind, without_emphasis(_joined(text.split("\n"))), f"line {line}")


def _joined(lines: list[str]) -> str:
    """A line that the editor wrapped goes on; one that ends in two spaces or a backslash, and a label, stand alone."""
    text = lines[0]
    for before, line in pairwise(lines):
        breaks = before.endswith(("  ", "\\")) or _LABELLED.match(before) or _LABELLED.match(line)
        text = text.removesuffix("\\").rstrip() + "\n" + line if breaks else f"{text.rstrip()} {line.lstrip()}"
    return text


def without_emphasis(text: str) -> str:
    """`**important**` as `important`; `2*3*4` and `a_b_c` as they are."""
    return _EMPHASIS.sub(r"\2", text)


def word_passages(data: bytes) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """A Word document's body, and what it shows that is none of its words; UnreadableNotesError when the bytes are none.

    Inserted text counts; deleted, hidden and struck text does not.
    """
    file = read_word(data)
    return tuple(_of_blocks(file.body)), file.unread


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Passage]:
    """Paragraphs in the order of the page, those in tables too, each with what hangs on it below it."""
    for block in accepted(blocks):
        if isinstance(block, Table):
            for cell in (cell for row in block.rows if row.stands for cell in row.cells if not cell.goes_on):
                yield from _of_blocks(cell.blocks)
            continue
        text = block.words.strip()
        if text:
            kind, level = _kind_of(block)
            place = f"paragraph {block.name[1:]}" if block.name[1:].isdigit() else block.name
            yield Passage(kind, text, place, level)
        yield from _of_blocks(block.hung)


def _kind_of(paragraph: Paragraph) -> tuple[BlockKind, int]:
    if paragraph.style.level:
        return BlockKind.HEADING, paragraph.style.level
    style = paragraph.style.name
    if "number" in style or (paragraph.label and paragraph.label != BULLET):
        return BlockKind.NUMBER, 0
    if "bullet" in style or paragraph.label:
        return BlockKind.BULLET, 0
    if paragraph.bold and len(paragraph.words) <= 120:
        return BlockKind.HEADING, 7
    return BlockKind.PARAGRAPH, 0
