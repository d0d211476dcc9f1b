"""The doorway: a page source as a Word document. Its parts lie in `package/` as they stand in the zip; a `$name` in them is filled in here."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType
from xml.sax.saxutils import escape

from reportpack.render.element import Document
from reportpack.render.theme import Theme
from reportpack.render.word.body import BULLETS, WordWriter

NO_FACTS: Mapping[str, str] = MappingProxyType({})
_PACKAGE = Path(__file__).with_name("package")
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_UNDATED = "2000-01-01"


def render_word(document: Document, theme: Theme, facts: Mapping[str, str] = NO_FACTS, *, tracked: bool = False) -> bytes:
    """The whole file. `facts` are properties of its own by name; `tracked` when what is typed in it is to be tracked."""
    writer = WordWriter(document, theme)
    body = "".join(writer.section(section, first=at == 0) for at, section in enumerate(document.sections))
    filled = {
        **_head(document),
        **_looks(theme),
        "body": body,
        "tracking": "<w:trackRevisions/>" if tracked else "",  # from the first letter on that is typed in it
        "links": "".join(
            f'<Relationship Id="rId{at}" Type="{_HYPERLINK}" Target="{_quoted(address)}" TargetMode="External"/>'
            for at, address in enumerate(writer.links, 101)
        ),
        "lists": "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
            for at, first in enumerate(writer.lists, BULLETS + 1)
        ),
        "facts": "".join(
            f'<property fmtid="{_FORMAT_ID}" pid="{at}" name="{_quoted(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
            for at, (name, value) in enumerate(facts.items(), 2)
        ),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for part in sorted(path for path in _PACKAGE.rglob("*") if path.is_file()):
            text = Template(part.read_text("utf-8")).substitute(filled)
            name = part.relative_to(_PACKAGE).as_posix()
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _head(document: Document) -> dict[str, str]:
    meta = document.meta
    day = meta.date or _UNDATED
    running = ", ".join(part for part in (meta.running_title or document.title, meta.version, meta.edition) if part)
    return {
        "title": escape(document.title),
        "author": escape(meta.author),
        "description": escape(meta.description),
        "language": _quoted(document.language),
        "moment": f"{day}Z" if "T" in day else f"{day}T00:00:00Z",
        "marking_line": _running("Marking", meta.marking) if meta.marking else "",
        "running_line": _running("Header", running),
    }


def _running(style: str, words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def _looks(theme: Theme) -> dict[str, str | int]:
    names = ("ink", "quiet", "accent", "tint", "link", "rule", "marking")
    size, page = max(round(theme.text.size * 2), 22), theme.page
    heads = (theme.text.h1, theme.text.h2, theme.text.h3, theme.text.h4)
    return {
        **{name: getattr(theme.colours, name).lstrip("#") for name in names},
        **{f"h{level}": max(round(points * 2), size) for level, points in enumerate(heads, 1)},
        "size": size,
        "small": max(round(theme.text.small * 2), 18),
        "subtitle": size + 2,
        "lead": size + 4,
        "cell": max(size - 2, 20),
        "width": round(20 * page.width),
        "height": round(20 * page.height),
        "turned": ' w:orient="landscape"' if page.width > page.height else "",
        "top": round(20 * (page.margin_top + 14)),
        "bottom": round(20 * (page.margin_bottom + 14)),
        "left": round(20 * page.margin_left),
        "right": round(20 * page.margin_right),
    }


def _quoted(words: str) -> str:
    return escape(words, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
