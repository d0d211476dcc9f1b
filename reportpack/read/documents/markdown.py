"""Markdown, and HTML inside it, as lines: marks of emphasis and tags cleared, words kept, front matter as facts."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reportpack import patterns as re
from reportpack.read.documents.lines import (
    MOST_LINES,
    Document,
    Fact,
    Line,
    Unread,
    Unseen,
    decode,
    looks_wrapped,
    rows_of,
    squeezed,
    text_line,
    tidy,
)

_BLOCK_NAMES = "p li ul ol dl dt dd div br table thead tbody tr td th h1 h2 h3 h4 h5 h6 hr section article header footer main nav figure blockquote pre"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_OTHERS = "a abbr b body button caption cite code col colgroup del em figcaption font form head html i img input ins kbd label link mark meta q s"
_OTHERS += " script small span strike strong style sub sup svg time title u"
_TAG = re.compile(
    rf"<(/?)({'|'.join(sorted((*_BLOCKS, *_OTHERS.split()), key=len, reverse=True))})\b(?:\s[^<>]*)?/?>|<!--[^<>]*-->|<![dD][^<>]*>"
)
"""Tags of pages; other words in angle brackets, such as <PERSON A>, are words."""
_SILENT = frozenset({"script", "style"})
_STRUCK = frozenset({"s", "del", "strike"})
_CONCEALS = re.compile(r"(?i)\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden")
_ALTERNATIVE = re.compile(r"(?i)\balt\s*=\s*[\x22']([^\x22']*)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*")
_STRONG = re.compile(r"(\*\*\*|\*\*|__)([^*_]+)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])|(?<![\w_])_([^_\s][^_]*)_(?![\w_])")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:[ ][^()]*)?\)")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:[ ][^()]*)?\)")
_THROUGH = re.compile(r"~~([^~]+)~~")
_LINK_OPEN, _LINK_ENDS = re.compile(r"\[[^\[\]()]{1,80}$"), re.compile(r"\s*[^\[\]()]{1,80}\]\([^()\s]*\)[.,;:]?(?=.*\S)")
_NOTE = re.compile(r"\[\^[\w-]{1,30}\](:[ \t]*)?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELLS = re.compile(r"(?<!\\)\|")
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40}?)(?::| =)[ \t]*(.*)")
_QUOTE = re.compile(r"^(\s*)(?:> ?)+")
_RULE = re.compile(r"[-:| \t]+")


def read_markdown(data: bytes) -> Document:
    """Lines counted from 1 as an editor shows them; one line of HTML may hold several, all of that number."""
    rows, cut = rows_of(decode(data))
    facts, start = _front_matter(rows)
    reader = _Reader()
    lines: list[Line] = []
    for at in range(start, len(rows) - 1):  # the words of a link may go on over the end of a line
        if _LINK_OPEN.search(rows[at]) and (rest := _LINK_ENDS.match(rows[at + 1])) is not None:
            rows[at : at + 2] = [f"{rows[at]} {rest[0].strip()}", rows[at + 1][rest.end() :]]
    for number, row in enumerate(rows[start:], start + 1):
        lines.extend(reader.read(tidy(row), str(number)))
        if len(lines) > MOST_LINES:
            cut = True
            break
    wrapped = not reader.html and looks_wrapped(lines)
    return Document(tuple(lines[:MOST_LINES]), facts, tuple(reader.unread), wrapped=wrapped, cut=cut)


def _front_matter(rows: list[str]) -> tuple[tuple[Fact, ...], int]:
    """The fields between two lines of three hyphens, or pluses, and the first row after them."""
    if not rows or rows[0].strip("\ufeff ") not in ("---", "+++"):
        return (), 0
    end = next((at for at, row in enumerate(rows[1:200], 1) if row.strip() in ("---", "...", "+++")), 0)
    facts, key = list[Fact](), ""
    for at, row in enumerate(rows[1:end], 2):
        match = _FIELD.fullmatch(row.rstrip()) if not row.startswith((" ", "-")) else None
        key = match[1].strip().lower() if match is not None else key
        listed = row.strip()[2:] if row.strip().startswith("- ") and key else ""
        if value := match[2].strip() if match is not None else listed:
            facts.append(Fact(key, _plain(value.strip("'\"")), str(at)))
    return tuple(facts), end + 1 if end else 0


@dataclass(slots=True)
class _Reader:
    """Reads row by row; `cells` while a row of an HTML table is open."""

    html: bool = False
    tables: int = 0
    in_table: bool = False
    cells: list[str] | None = None
    silent: str = ""
    remark: bool = False
    quoted: bool = False
    unread: list[Unread] = field(default_factory=list)

    def read(self, row: str, name: str) -> Iterator[Line]:
        """The lines of a row; what is struck or a picture is said, a remark over several rows is hidden."""
        if self.remark:
            _, ends, row = row.partition("-->")
            self.remark = not ends
        before, begins, after = row.partition("<!--")
        if begins and "-->" not in after:
            self.remark, row = True, before
            self.unread.append(Unread(Unseen.HIDDEN, "", name))
        for pattern, kind in ((_PICTURE, Unseen.PICTURE), (_THROUGH, Unseen.STRUCK)):
            if ("](" if kind is Unseen.PICTURE else "~~") in row:
                self.unread.extend(Unread(kind, found[1], name) for found in pattern.finditer(row))
                row = pattern.sub("", row)
        if "<" in row and _TAG.search(row):
            self.html = True
            yield from self._html(row, name)
            return
        if self.cells is not None and self.cells:
            self.cells[-1] += "\n" + html.unescape(row).strip()
        elif not self.silent and not (self.in_table and "-" in row and _RULE.fullmatch(row.strip())):
            yield self._markdown(row, name)

    def _markdown(self, row: str, name: str) -> Line:
        stripped = row.strip()
        if stripped.startswith("|") and stripped.count("|") > 1:
            self.tables += not self.in_table
            self.in_table = True
            inside = stripped.removeprefix("|")
            inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
            cells = tuple(squeezed(_plain(cell)) for cell in _CELLS.split(inside))
            return Line("\t".join(cells), name, cells=cells, table=self.tables)
        self.in_table = False
        if (heading := _HEADING.fullmatch(stripped)) is not None:
            return Line(squeezed(_plain(heading[2])), name, level=len(heading[1]))
        strong = _STRONG.fullmatch(stripped.rstrip(":").rstrip()) is not None
        line = text_line(_QUOTE.sub(r"\1", row), name)
        return replace(line, text=_plain(line.text), strong=strong, quoted=stripped.startswith(">"))

    def _html(self, row: str, name: str) -> Iterator[Line]:
        words, mark, level, at = "", "", 0, 0
        for tag in _TAG.finditer(row):
            between = row[at : tag.start()]
            words += "" if self.silent else between
            at = tag.end()
            closing, kind = tag[1] == "/", (tag[2] or "").lower()
            self._unseen(tag[0], kind, words, name, closing=closing)
            if kind in _STRUCK and closing:
                words = words.rpartition(_STRUCK_FROM)[0]
            elif kind in _STRUCK:
                words += _STRUCK_FROM
            if kind not in _BLOCKS:
                words += "\x01" if kind in ("strong", "b") else ""
                continue
            yield from self._piece(words, mark, level, name)
            words, mark = "", "\u2022" if kind == "li" and not closing else ""
            level = int(kind[1]) if kind[0] == "h" and kind[1:].isdigit() and not closing else 0
            yield from self._cell(closing, kind, name)
        yield from self._piece(words + ("" if self.silent else row[at:]), mark, level, name)

    def _unseen(self, tag: str, kind: str, words: str, name: str, *, closing: bool) -> None:
        if kind in _SILENT or (kind == self.silent and closing):
            self.silent = "" if closing else kind
        elif not closing and kind and not self.silent and _CONCEALS.search(tag):
            self.silent = kind if kind not in ("br", "hr", "img", "input") else ""
            self.unread.append(Unread(Unseen.HIDDEN, "", name))
        elif tag.startswith("<!--") and tag.strip("<!-> "):
            self.unread.append(Unread(Unseen.HIDDEN, "", name))
        if kind in _STRUCK and closing and not self.silent:
            self.unread.append(Unread(Unseen.STRUCK, squeezed(words.rpartition(_STRUCK_FROM)[2]), name))
        elif kind == "img" and not self.silent:
            told = _ALTERNATIVE.search(tag)
            self.unread.append(Unread(Unseen.PICTURE, told[1] if told is not None else "", name))
        elif kind == "blockquote":
            self.quoted = not closing

    def _piece(self, words: str, mark: str, level: int, name: str) -> Iterator[Line]:
        if not (text := squeezed(html.unescape(words.replace("\x01", "").replace("\x02", "")))):
            return
        if self.cells is not None:
            self.cells[-1:] = [f"{''.join(self.cells[-1:])}\n{text}".strip()]
            return
        line, parts = text_line(text, name), words.split("\x01")
        strong = len(parts) > 1 and not any(map(str.isalnum, "".join(parts[::2])))
        yield replace(line, text=squeezed(line.text), mark=mark or line.mark, level=level, strong=strong, quoted=self.quoted)

    def _cell(self, closing: bool, kind: str, name: str) -> Iterator[Line]:
        if kind == "table" and not closing:
            self.tables += 1
        elif kind == "tr" and not closing:
            self.cells = []
        elif kind in ("td", "th") and not closing and self.cells is not None:
            self.cells.append("")
        elif kind == "tr" and closing and self.cells is not None:
            cells, self.cells = tuple(self.cells), None
            if any(cells):
                yield Line("\t".join(cells), name, cells=cells, table=self.tables)


_STRUCK_FROM = "\x02"  # Bold and struck words are remembered by two controls that no text holds.


def _plain(text: str) -> str:
    if "[" in text:
        text = _NOTE.sub("", _LINK.sub(r"\1", text))
    if "*" in text or "_" in text:
        text = _STRONG.sub(r"\2", text)
        text = _EMPHASIS.sub(lambda match: match[1] or match[2], text)
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    return html.unescape(text) if "&" in text else text
