"""A document of words as paragraphs in their order, from Markdown or Word. Text is verbatim but for emphasis marks around whole words."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reportpack.model.statement import BlockKind
from reportpack.records import dataclass

if TYPE_CHECKING:
    from markdown_it.token import Token

_EMPHASIS = re.compile(r"(?<![\w*])(\*\*\*|\*\*|__|\*|_)(?=[^\s*_])(.+?)(?<=[^\s])\1(?![\w*])", re.DOTALL)
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<text>[^*\n]+?)\1:?")
_LABELLED = re.compile(r"\s*(?:from|author|by|written by|audience) ?:", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = 100_000_000


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


def word_passages(data: bytes) -> tuple[Passage, ...]:
    """A Word document's body; ValueError when the bytes are none. Inserted text counts, deleted and hidden text does not."""
    import docx
    from docx.document import Document

    try:
        if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist()) > _LARGEST:
            raise ValueError("too large")
        document: Document = docx.Document(io.BytesIO(data))
        return tuple(_of_document(document))
    except (zipfile.BadZipFile, KeyError, AttributeError, TypeError, EOFError, OSError, SyntaxError) as error:
        raise ValueError(str(error)) from error


def _of_document(document: Any) -> Iterator[Passage]:
    """Paragraphs in the order of the page, those in tables too. python-docx's elements are untyped below its own classes."""
    from docx.text.paragraph import Paragraph

    for number, element in enumerate(document.element.body.iter(f"{_WORD}p"), start=1):
        text = _text_of(element)
        if text.strip():
            kind, level = _kind_of(Paragraph(element, document), element)
            yield Passage(kind, text.strip(), f"paragraph {number}", level)


def _text_of(paragraph: Any) -> str:
    parts: list[str] = []
    for run in paragraph.iter(f"{_WORD}r"):
        if run.find(f"{_WORD}rPr/{_WORD}vanish") is not None:
            continue
        for piece in run:
            if piece.tag == f"{_WORD}t":
                parts.append(piece.text or "")
            elif piece.tag in (f"{_WORD}br", f"{_WORD}cr"):
                parts.append("\n")
            elif piece.tag == f"{_WORD}tab":
                parts.append("\t")
            elif piece.tag == f"{_WORD}noBreakHyphen":
                parts.append("\u2011")
    return "".join(parts)


def _kind_of(paragraph: Any, element: Any) -> tuple[BlockKind, int]:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    heading = re.fullmatch(r"(?i)heading (\d)", style)
    if heading or style.casefold() == "title":
        return BlockKind.HEADING, int(heading[1]) if heading else 1
    if "number" in style.casefold():
        return BlockKind.NUMBER, 0
    if "bullet" in style.casefold() or element.find(f"{_WORD}pPr/{_WORD}numPr") is not None:
        return BlockKind.BULLET, 0
    runs = [run for run in paragraph.runs if run.text.strip()]
    if runs and all(run.bold for run in runs) and len(paragraph.text) <= 120:
        return BlockKind.HEADING, 7
    return BlockKind.PARAGRAPH, 0
