"""A document of words as paragraphs in their order, from Markdown or Word. Text is verbatim but for emphasis marks around whole words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.model.passage import Mark
from reportpack.model.statement import BlockKind
from reportpack.read.documents.blocks import BULLET, Block, Paragraph, Table, accepted
from reportpack.read.documents.lines import Line, Unread, Unseen, decode
from reportpack.read.words.marks import take_typed
from reportpack.records import Record

if TYPE_CHECKING:
    from markdown_it.token import Token

_EMPHASIS = re.compile(r"(?<![\w*])(\*\*\*|\*\*|__|\*|_)(?=[^\s*_])(.+?)(?<=[^\s])\1(?![\w*])", re.DOTALL)
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<text>[^*\n]+?)\1:?")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\([^)\n]*\)")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]\n]+)\]\((?P<to>(?:https?://|mailto:)[^)\s]+)\)")
_NOTE = re.compile(r"\[\^([\w-]+)\]:?")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|:\s-]+")
_DEEPER = re.compile(r"(?i)^list .*(\d)$")
_LABELLED = re.compile(r"(?i)\s*(?:from|author|by|written by|audience) ?:")


class Passage(Record):
    """A heading (`level` 1 to 9, 7 for a line that is only bold), a paragraph, a list entry (at its `depth`) or a table (its `rows`).
    `line` says where it stands."""

    kind: BlockKind
    text: str
    line: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    depth: int = 0


Words = tuple[tuple[Passage, ...], tuple[Unread, ...], tuple[Mark, ...]]


def markdown_words(data: bytes) -> Words:
    """A Markdown file's words, its pictures, which are not printed, and the passages that it marks."""
    text = decode(data)
    found = ((match["alt"], text.count("\n", 0, match.start()) + 1) for match in _PICTURE.finditer(text))
    passages, typed = _typed(markdown_passages(text))
    return passages, tuple(Unread(Unseen.PICTURE, told, f"line {line}") for told, line in found), typed


def markdown_passages(text: str) -> tuple[Passage, ...]:
    """Markdown as an officer types it: headings, paragraphs, lists, tables, bold lines. HTML and code stay as typed."""
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
            line, depth = token.map[0] + 1 if token.map else 1, max(len(lists) - 1, 0)
            text = f"{token.info}\n{token.content}" if token.info.strip() else token.content
            yield from _headings_and_text(text, line, level, kind, depth)


def _headings_and_text(text: str, line: int, level: int, kind: BlockKind, depth: int) -> Iterator[Passage]:
    if level:
        yield Passage(BlockKind.HEADING, _plain(text), f"line {line}", level)
        return
    lines = text.rstrip("\n").split("\n")
    while lines and (bold := _BOLD_LINE.fullmatch(lines[0].strip())) is not None:
        yield Passage(BlockKind.HEADING, bold["text"].strip(), f"line {line}", 7)
        lines, line = lines[1:], line + 1
    if len(lines) > 1 and all(one.lstrip().startswith("|") for one in lines):
        cells = [_BAR.split(one.strip().removeprefix("|").removesuffix("|")) for one in lines if not _RULE.fullmatch(one.strip())]
        rows = tuple(tuple(_plain(cell.strip().replace("\\|", "|")) for cell in row) for row in cells)
        yield Passage(BlockKind.TABLE, "", f"line {line}", rows=rows)
    elif text := "\n".join(lines).strip():
        yield Passage(kind, _plain(_joined(text.split("\n"))), f"line {line}", depth=depth)


def _plain(text: str) -> str:
    """Without marks of emphasis; a link keeps its address, a picture its words, a footnote's mark its number."""
    shown = _PICTURE.sub(lambda found: f"[picture: {found['alt']}]" if found["alt"] else "[picture]", text)
    linked = _LINK.sub(lambda found: f"{found['words']} ({found['to']})", shown)
    return without_emphasis(_NOTE.sub(r"[note \1]", linked))


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


def word_passages(data: bytes) -> Words:
    """A Word document's body, what it shows that is none of its words, and the passages that it marks; UnreadableNotesError when the bytes
    are none. Inserted text counts; deleted, hidden and struck text does not."""
    from reportpack.read.documents.word import read_word

    file = read_word(data)
    passages, typed = _typed(tuple(_of_blocks(file.body)))
    return passages, file.unread, (*file.marks, *typed)


def _typed(passages: tuple[Passage, ...]) -> tuple[tuple[Passage, ...], tuple[Mark, ...]]:
    lines = [
        line
        for one in passages
        for line in (
            Line(one.text, one.line, level=one.level, cells=tuple(cell for row in one.rows for cell in row)),
            Line("", ""),
        )
    ]
    kept, marks = take_typed(lines)
    if not marks:
        return passages, ()
    return tuple(map(_without, passages, kept[::2])), marks


def _without(passage: Passage, line: Line) -> Passage:
    cells = iter(line.cells)
    rows = tuple(tuple(next(cells) for _ in row) for row in passage.rows)
    return replace(passage, text="" if rows else line.text, rows=rows)


def _of_blocks(blocks: Sequence[Block]) -> Iterator[Passage]:
    """Paragraphs in the order of the page, those in tables too, each with what hangs on it below it."""
    for block in accepted(blocks):
        if isinstance(block, Table):
            rows = [[_cell_words(cell.blocks) for cell in row.cells if not cell.goes_on] for row in block.rows if row.stands]
            if (wide := max(map(len, rows), default=0)) > 1:
                yield Passage(BlockKind.TABLE, "", block.name, rows=tuple((*row, *[""] * (wide - len(row))) for row in rows))
            else:
                for cell in (cell for row in block.rows if row.stands for cell in row.cells if not cell.goes_on):
                    yield from _of_blocks(cell.blocks)
            continue
        if text := _linked(block).strip():
            kind, level = _kind_of(block)
            place = f"paragraph {block.name[1:]}" if block.name[1:].isdigit() else block.name
            named = _DEEPER.search(block.style.name)  # a style such as List Bullet 2, which Word sets in without a level
            yield Passage(kind, text, place, level, depth=max(block.depth, int(named[1]) - 1 if named is not None else 0))
        yield from _of_blocks(block.hung)


def _cell_words(blocks: Sequence[Block]) -> str:
    return "\n".join(passage.text or " ".join(map(" ".join, passage.rows)) for passage in _of_blocks(blocks))


def _linked(paragraph: Paragraph) -> str:
    said = [piece for piece in paragraph.pieces if piece.said]
    words = ""
    for one, after in zip(said, [*(one.link for one in said[1:]), None], strict=False):
        shown = one.link != after and one.link.startswith("http") and one.link not in one.words
        words += f"{one.words} ({one.link})" if shown else one.words
    return words


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
