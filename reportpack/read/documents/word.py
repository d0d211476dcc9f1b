"""Word documents as lines: paragraphs, lists with the numbers Word shows, rows of tables, footnotes where they are called, tracked changes as if
accepted; and their comments: who said what of which words, in answer to whom, and what is marked as resolved."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from itertools import chain

from reportpack.model.passage import Mark
from reportpack.read.documents.blocks import Around, Block, document_of_blocks, marks_in
from reportpack.read.documents.faults import UnreadableNotesError
from reportpack.read.documents.lines import MOST_LINES, Document, Unread, Unseen
from reportpack.read.documents.word_styles import W, WordParts, made_by, styles_of, word_parts
from reportpack.read.documents.word_walk import Walk
from reportpack.read.words.marks import is_mark
from reportpack.records import Record


class WordFile(Record):
    """A Word file taken apart: its body, its headers and footers by part, and what it shows that is no words."""

    parts: WordParts
    body: tuple[Block, ...]
    margins: tuple[tuple[str, tuple[Block, ...]], ...]
    unread: tuple[Unread, ...]
    changes: int
    cut: bool
    marks: tuple[Mark, ...] = ()


def read_docx(data: bytes) -> Document:
    """The document."""
    file = read_word(data)
    macros = any(name.endswith("vbaproject.bin") for name in file.parts.archive.names)
    return document_of_blocks(file.body, file.margins, file.unread, file.changes, cut=file.cut, macros=macros, marks=file.marks)


def read_word(data: bytes) -> WordFile:
    """A file taken apart; UnreadableNotesError when nothing can be had from it."""
    try:
        return _taken_apart(word_parts(data))
    except RecursionError as error:
        raise UnreadableNotesError("notes-damaged", "its parts stand too deep inside each other") from error


def _taken_apart(parts: WordParts) -> WordFile:
    root = parts.xml(parts.main)
    body = root.find(f"{W}body") if root is not None else None
    if root is None or body is None:
        raise UnreadableNotesError("notes-damaged", "its Word document has no body")
    walk = Walk(parts, styles_of(parts.data("styles")), parts.relations, dict(_notes(parts)))
    blocks = tuple(walk.blocks(body, "", Around(shaded=root.find(f"{W}background") is not None)))
    cut = walk.made >= MOST_LINES
    margins: list[tuple[str, tuple[Block, ...]]] = []
    for name in chain(parts.named("header"), parts.named("footer")):
        if (part := parts.xml(name)) is not None:
            walk.relations = parts.related(name)
            margins.append((name, tuple(walk.blocks(part, name.rsplit("/", maxsplit=1)[-1]))))
    comments = list(read_comments(parts))
    marking = {one.id: one.words for one in comments if is_mark(one.words)}
    marks = marks_in(blocks, marking, walk.absent)
    said = (
        Unread(Unseen.COMMENT, one.words, walk.spoken.get(one.id, ""), one.author) for one in comments if one.id not in marking
    )
    tracked = [(change, part) for tag, part in (("ins", "t"), ("del", "delText")) for change in body.iter(f"{W}{tag}")]
    changes = sum(any((words.text or "").strip() for words in change.iter(f"{W}{part}")) for change, part in tracked)
    return WordFile(parts, blocks, tuple(margins), (*walk.unread, *said), changes, cut, marks)


def _notes(parts: WordParts) -> Iterator[tuple[str, ET.Element]]:
    """Footnotes and endnotes by kind and id; the lines that part them from the text are none."""
    for kind in ("footnote", "endnote"):
        root = parts.first(f"{kind}s")
        for note in root if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                yield kind + note.get(f"{W}id", ""), note


_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class CopyComment(Record):
    """What somebody said of some words."""

    id: str
    author: str
    made: date | None
    words: str
    resolved: bool = False
    reply_to: str = ""


def read_comments(parts: WordParts) -> Iterator[CopyComment]:
    """Every comment; an answer to another names it, and what Word marks as resolved says so."""
    if (root := parts.first("comments")) is None:
        return
    extended = parts.first("commentsExtended")
    threads = {
        one.get(f"{_W15}paraId", ""): (one.get(f"{_W15}paraIdParent", ""), one.get(f"{_W15}done", "0") in ("1", "true"))
        for one in (extended.iter(f"{_W15}commentEx") if extended is not None else ())
    }
    comments = list(root.iter(f"{W}comment"))
    words: dict[str, str] = {}
    for one in comments:
        rows = ("".join(part.text or "" for part in paragraph.iter(f"{W}t")).strip() for paragraph in one.iter(f"{W}p"))
        words[one.get(f"{W}id", "")] = "\n".join(filter(None, rows))
    paragraphs = {one: [paragraph.get(f"{_W14}paraId", "") for paragraph in one.iter(f"{W}p")] for one in comments}
    by_paragraph = {name: one.get(f"{W}id", "") for one, own in paragraphs.items() for name in own}
    for one, own in paragraphs.items():
        parent, resolved = next((threads[name] for name in reversed(own) if name in threads), ("", False))
        above = by_paragraph.get(parent, "") if parent else ""
        name = one.get(f"{W}id", "")
        if words[name]:
            yield CopyComment(name, *made_by(one), words[name], resolved, words.get(above, ""))
