"""The comments of a Word file: who said what of which words, in answer to whom, and what is marked as resolved."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date

from reportpack.read.documents.word_parts import W, WordParts, made_by
from reportpack.records import dataclass

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class CopyComment:
    """What somebody said of some words."""

    id: str
    author: str
    made: date | None
    words: str
    resolved: bool = False
    reply_to: str = ""


def read_comments(parts: WordParts) -> Iterator[CopyComment]:
    """Every comment; an answer to another names it, and what Word marks as resolved says so."""
    root = parts.first("comments")
    if root is None:
        return
    extended = parts.first("commentsExtended")
    threads = {
        one.get(f"{_W15}paraId", ""): (one.get(f"{_W15}paraIdParent", ""), one.get(f"{_W15}done", "0") in ("1", "true"))
        for one in (extended.iter(f"{_W15}commentEx") if extended is not None else ())
    }
    comments = list(root.iter(f"{W}comment"))
    words = {one.get(f"{W}id", ""): _said(one) for one in comments}
    by_paragraph = {
        paragraph.get(f"{_W14}paraId", ""): one.get(f"{W}id", "") for one in comments for paragraph in one.iter(f"{W}p")
    }
    for one in comments:
        own = [paragraph.get(f"{_W14}paraId", "") for paragraph in one.iter(f"{W}p")]
        parent, resolved = next((threads[name] for name in reversed(own) if name in threads), ("", False))
        above = by_paragraph.get(parent, "") if parent else ""
        name = one.get(f"{W}id", "")
        if words[name]:
            yield CopyComment(name, *made_by(one), words[name], resolved, words.get(above, ""))


def _said(comment: ET.Element) -> str:
    lines = ("".join(part.text or "" for part in paragraph.iter(f"{W}t")) for paragraph in comment.iter(f"{W}p"))
    return "\n".join(line.strip() for line in lines if line.strip())
