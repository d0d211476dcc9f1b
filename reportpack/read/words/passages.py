"""A document of words as paragraphs in their order, from Markdown or Word. Text is verbatim but for emphasis marks around whole words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.drive_files import bytes_of
from reportpack.model.passage import Mark
from reportpack.model.statement import Block as Passage
from reportpack.model.statement import BlockKind, Marked
from reportpack.read.documents.blocks import BULLET, Block, Paragraph, Table, accepted
from reportpack.read.documents.lines import Line, Unread, Unseen, decode
from reportpack.read.words.marks import take_typed
from reportpack.read.words.pictures import printed_picture
from reportpack.records import Changing

if TYPE_CHECKING:
    from markdown_it.token import Token

_EMPHASIS = re.compile(r"(?<![\w*])(?P<mark>\*\*\*|\*\*|__|\*|_)(?=[^\s*_])(?P<inner>.+?)(?<=[^\s])(?P=mark)(?![\w*])", re.DOTALL)
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<text>[^*\n]+?)\1:?")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\((?P<to>[^)\n]*?)(?:\s+\"[^\")\n]*\")?\)")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]\n]+)\]\((?P<to>(?:https?://|mailto:)[^)\s]+)\)")
_MARKED = re.compile(f"{_LINK.pattern}|{_EMPHASIS.pattern}", re.DOTALL)
_NOTE = re.compile(r"\[\^([\w-]+)\]:?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[|:\s-]+")
_DEEPER = re.compile(r"(?i)^list .*(\d)$")
_LABELLED = re.compile(r"(?i)\s*(?:from|author|by|written by|audience) ?:")


Words = tuple[tuple[Passage, ...], tuple[Unread, ...], tuple[Mark, ...]]


class Pictures(Changing):
    """The pictures of a file, among all that it shows and is no words; `part` gives the bytes of one."""

    left: list[Unread]
    part: Callable[[str], bytes]

    def at(self, name: str, place: str) -> Iterator[Passage]:
        """Those that stand there, have a description and can be printed; the others are left, and all where a shape may lie over one."""
        here = [one for one in self.left if one.line == name and one.kind is Unseen.PICTURE]
        for one in here if all(each.part for each in here) else ():
            if one.words and (made := printed_picture(self.part(one.part), one.width)) is not None:
                self.left.remove(one)
                yield Passage(BlockKind.PICTURE, one.words, place, picture=made)


NO_PICTURES = Pictures([], str.encode)


def markdown_words(data: bytes, folder: Path) -> Words:
    """A Markdown file's words with its pictures that lie in the folder, the others, and the passages that it marks."""
    text = decode(data)
    pictures = Pictures([], lambda name: bytes_of(folder / name))
    for match in _PICTURE.finditer(text):
        name = match["to"].strip().strip("<>").replace("%20", " ")
        beside = name in (one.name for one in folder.iterdir() if one.resolve().parent == folder.resolve())
        pictures.left.append(Unread(Unseen.PICTURE, match["alt"], match[0], part=name if beside else ""))
    passages, typed = _typed(markdown_passages(text, pictures))
    lines = (text[: text.find(one.line)].count("\n") + 1 for one in pictures.left)
    return passages, tuple(replace(one, line=f"line {line}") for one, line in zip(pictures.left, lines, strict=True)), typed


def markdown_passages(text: str, pictures: Pictures = NO_PICTURES) -> tuple[Passage, ...]:
    """Markdown as an officer types it: headings, paragraphs, lists, tables, bold lines. HTML and code stay as typed."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable(["html_block", "code", "reference", "lheading"])
    parser.inline.ruler.enableOnly(["text"])
    return tuple(_of_tokens(parser.parse(text), pictures))


def _of_tokens(tokens: "list[Token]", pictures: Pictures) -> Iterator[Passage]:
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
            shown: list[Passage] = []
            for name in (one[0] for one in _PICTURE.finditer(text) if not level and text.lstrip()[0] != "|"):
                here = list(pictures.at(name, f"line {line}"))
                text, shown = text.replace(name, "") if here else text, shown + here
            yield from _headings_and_text(text, line, level, kind, depth)
            yield from shown


def _headings_and_text(text: str, line: int, level: int, kind: BlockKind, depth: int) -> Iterator[Passage]:
    if level:
        yield Passage(BlockKind.HEADING, _plain(text), f"line {line}", level=level)
        return
    lines = text.rstrip("\n").split("\n")
    while lines and (bold := _BOLD_LINE.fullmatch(lines[0].strip())) is not None:
        yield Passage(BlockKind.HEADING, bold["text"].strip(), f"line {line}", level=7)
        lines, line = lines[1:], line + 1
    if len(lines) > 1 and all(one.lstrip().startswith("|") for one in lines):
        cells = [_BAR.split(one.strip().removeprefix("|").removesuffix("|")) for one in lines if not _RULE.fullmatch(one.strip())]
        rows = tuple(tuple(_plain(cell.strip().replace("\\|", "|")) for cell in row) for row in cells)
        yield Passage(BlockKind.TABLE, "", f"line {line}", rows=rows)
    elif text := "\n".join(lines).strip():
        joined = _joined(text.split("\n"))
        yield Passage(kind, _plain(joined), f"line {line}", depth=depth, marked=_marked(joined))


def _marked(text: str) -> tuple[Marked, ...]:
    """The links and the emphasis of a paragraph, where its plain words have them; within one another, the outer."""
    said, at, found = "", 0, list[Marked]()
    for match in _MARKED.finditer(text):
        said, shown, at = said + _plain(text[at : match.start()]), _plain(match[0]), match.end()
        found.append((len(said), shown, match["to"] or ("strong" if len(match["mark"]) > 1 else "em")))
        said += shown
    return tuple(found) if said + _plain(text[at:]) == _plain(text) else ()


def _plain(text: str) -> str:
    """Without marks of emphasis; a link keeps its address, a picture its words, a footnote's mark its number, raised."""
    shown = _PICTURE.sub(lambda found: f"[picture: {found['alt']}]" if found["alt"] else "[picture]", text)
    linked = _LINK.sub(lambda found: f"{found['words']} ({found['to']})", shown)
    noted = _NOTE.sub(lambda found: found[1].translate(_RAISED) if found[1].isdecimal() else f"[note {found[1]}]", linked)
    return without_emphasis(noted)


def _joined(lines: list[str]) -> str:
    """A line that the editor wrapped goes on; one that ends in two spaces or a backslash, and a label, stand alone."""
    text = lines[0]
    for before, line in pairwise(lines):
        breaks = before.endswith(("  ", "\\")) or _LABELLED.match(before) or _LABELLED.match(line)
        text = text.removesuffix("\\").rstrip() + "\n" + line if breaks else f"{text.rstrip()} {line.lstrip()}"
    return text


def without_emphasis(text: str) -> str:
    """`**important**` as `important`; `2*3*4` and `a_b_c` as they are."""
    return _EMPHASIS.sub(r"\g<inner>", text)


def document_words(data: bytes, _: Path) -> Words:
    """The same of a Word document or an OpenDocument text; UnreadableNotesError when the bytes are neither. Inserted text counts; deleted,
    hidden and struck text does not."""
    from reportpack.read.documents.odt import open_odt
    from reportpack.read.documents.word import read_word

    file = open_odt(data) if b"vnd.oasis.opendocument.text" in data[:100] else read_word(data)
    pictures = Pictures(list(file.unread), file.parts.archive.part)
    passages, typed = _typed(tuple(_of_blocks(file.body, pictures)))
    return passages, tuple(pictures.left), (*file.marks, *typed)


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


def _of_blocks(blocks: Sequence[Block], pictures: Pictures) -> Iterator[Passage]:
    """Paragraphs in the order of the page, those in tables too, each with its pictures and what hangs on it below it."""
    for block in accepted(blocks):
        if isinstance(block, Table):
            rows = [[_cell_words(cell.blocks) for cell in row.cells if not cell.goes_on] for row in block.rows if row.stands]
            if (wide := max(map(len, rows), default=0)) > 1:
                yield Passage(BlockKind.TABLE, "", block.name, rows=tuple((*row, *[""] * (wide - len(row))) for row in rows))
            else:
                for cell in (cell for row in block.rows if row.stands for cell in row.cells if not cell.goes_on):
                    yield from _of_blocks(cell.blocks, pictures)
            for row in block.rows:
                yield from pictures.at(row.name, block.name)
            continue
        place = f"paragraph {block.name[1:]}" if block.name[1:].isdigit() else block.name
        words, marked = _linked(block)
        if text := words.strip():
            kind, level = _kind_of(block)
            named = _DEEPER.search(block.style.name)  # a style such as List Bullet 2, which Word sets in without a level
            depth = max(block.depth, int(named[1]) - 1 if named is not None else 0)
            yield Passage(kind, text, place, level=level, depth=depth, marked=marked)
        yield from pictures.at(block.name, place)
        yield from _of_blocks(block.hung, pictures)


def _cell_words(blocks: Sequence[Block]) -> str:
    return "\n".join(passage.text or " ".join(map(" ".join, passage.rows)) for passage in _of_blocks(blocks, NO_PICTURES))


def _linked(paragraph: Paragraph) -> tuple[str, tuple[Marked, ...]]:
    words, marked = "", list[Marked]()
    said = (piece for piece in paragraph.pieces if piece.said)
    for (link, bold), run in groupby(said, lambda one: (one.link, one.bold and not one.link and not paragraph.bold)):
        shown = "".join([one.words for one in run])
        shown = f"{shown} ({link})" if link.startswith("http") and link not in shown else shown
        if shown.strip() and (bold or (link.startswith(("http://", "https://")) and len(link.split()) == 1)):
            marked.append((len(words), shown.rstrip(), link or "strong"))
        words += shown
    return words, tuple(marked)


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
