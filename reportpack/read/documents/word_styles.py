"""The parts of a Word file, found by their relations and read with one namespace, whichever kind of Open XML it is; and how a paragraph or a
run looks by its styles and its own settings: bold, struck, hidden, a heading of which level, in which list."""

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import field
from datetime import date, datetime
from functools import lru_cache

from reportpack.read.documents.blocks import PLAIN, RunLook, Style
from reportpack.read.documents.faults import Archive, UnreadableNotesError, parsed
from reportpack.records import Changing, Record

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


class Relation(Record):
    """What a part refers to: the last word of the relation's kind (`hyperlink`), and a part's name or an address."""

    kind: str
    target: str


class WordParts(Changing):
    """The parts of one file; `main` is the document itself."""

    archive: Archive
    main: str
    relations: dict[str, Relation] = field(default_factory=dict)

    def named(self, kind: str) -> Iterator[str]:
        """The names of the parts of that kind that the document refers to, each once."""
        found = [one.target for one in self.relations.values() if one.kind == kind and self.archive.has(one.target)]
        yield from dict.fromkeys(found or ([f"word/{kind}.xml"] if self.archive.has(f"word/{kind}.xml") else ()))

    def data(self, kind: str) -> bytes:
        """The bytes of the part of that kind; none when there is none."""
        return next((self.archive.part(name) for name in self.named(kind)), b"")

    def first(self, kind: str) -> ET.Element | None:
        """The part of that kind; None when there is none."""
        return next((self.xml(name) for name in self.named(kind)), None)

    def xml(self, name: str) -> ET.Element | None:
        """A part, strict names made usual."""
        return usual_xml(self.archive.part(name), name)

    def related(self, part: str) -> dict[str, Relation]:
        """By its id, everything that a part refers to."""
        folder, name = posixpath.split(part)
        root, found = self.archive.xml(f"{folder}/_rels/{name}.rels".lstrip("/")), dict[str, Relation]()
        for one in root.iter(f"{_PACKAGE}Relationship") if root is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            found[one.get("Id", "")] = Relation(one.get("Type", "").rsplit("/", maxsplit=1)[-1], target)
        return found


def usual_xml(data: bytes, name: str) -> ET.Element | None:
    """The bytes of a part as XML with the usual names; None when there are none."""
    if b"purl.oclc.org" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return parsed(data, name) if data else None


def word_parts(data: bytes) -> WordParts:
    """The parts of these bytes; UnreadableNotesError when they are no Word document."""
    parts = WordParts(Archive(data), "")
    parts.main = next((one.target for one in parts.related("").values() if one.kind == "officeDocument"), "")
    if not parts.archive.has(parts.main):
        parts.main = "word/document.xml"
    if not parts.archive.has(parts.main):
        raise UnreadableNotesError("notes-damaged", "it holds no Word document")
    parts.relations = parts.related(parts.main)
    return parts


def value(parent: ET.Element | None, path: str) -> str:
    """The `val` of the element at a path such as `pPr/pStyle`; empty when there is none."""
    for name in path.split("/"):
        parent = parent.find(f"{W}{name}") if parent is not None else None
    return parent.get(f"{W}val", "") if parent is not None else ""


def is_on(setting: ET.Element | None) -> bool | None:
    """A switch of Word's: on when it is there and not turned off, None when it is not there."""
    return None if setting is None else setting.get(f"{W}val", "true") not in ("0", "false", "off")


def made_by(change: ET.Element) -> tuple[str, date | None]:
    """Who made a change or a comment, and on which day."""
    author = " ".join(change.get(f"{W}author", "").split())
    try:
        return author, datetime.fromisoformat(change.get(f"{W}date", "")).date()
    except ValueError:
        return author, None


_TINY = 2  # Half points: what is one point high is there to be overlooked.
_DEEPEST = 20
_WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
_NO_FILL = frozenset({"", "AUTO", *_WHITE})


class Styles(Changing):
    """The styles of a document, worked out when they are first asked for."""

    elements: dict[str, ET.Element]
    plain: RunLook
    done: dict[str, Style] = field(default_factory=dict)
    looks: dict[str, RunLook] = field(default_factory=dict)
    shades: dict[str, bool] = field(default_factory=dict)

    def style(self, identity: str, depth: int = 0) -> Style:
        """The style of that id; a plain one when there is none."""
        if identity not in self.done:
            element = self.elements.get(identity)
            below = value(element, "basedOn") if element is not None and depth < _DEEPEST else ""
            self.done[identity] = _style(element, self.style(below, depth + 1) if below else Style(look=PLAIN))
        return self.done[identity]

    def look(self, identity: str) -> RunLook:
        """How the words of a paragraph of that style look."""
        if identity not in self.looks:
            self.looks[identity] = self.plain.under(self.style(identity).look)
        return self.looks[identity]

    def shades_table(self, identity: str) -> bool:
        """Whether a style of tables puts a ground behind any of its cells."""
        if identity not in self.shades:
            element = self.elements.get(identity)
            filled = element is not None and any(map(_is_filled, element.iter(f"{W}shd")))
            below = value(element, "basedOn")
            self.shades[identity] = False
            self.shades[identity] = filled or bool(below and self.shades_table(below))
        return self.shades[identity]


@lru_cache(maxsize=8)
def styles_of(data: bytes) -> Styles:
    """The styles of a document by the bytes of their part, which many documents of one office share."""
    if (root := usual_xml(data, "styles")) is None:
        return Styles({}, PLAIN)
    elements = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    defaults = (one for one in elements.values() if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") == "1")
    default = next(defaults, None)
    plain = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    return Styles({**elements, "": default} if default is not None else elements, plain)


def look_of(settings: ET.Element | None) -> RunLook:
    """What run settings say of themselves."""
    if settings is None or not len(settings):
        return PLAIN
    size, colour, white = value(settings, "sz"), settings.find(f"{W}color"), None
    if colour is not None:
        theme, shade = colour.get(f"{W}themeColor", ""), colour.get(f"{W}themeShade")
        own = colour.get(f"{W}val", "").upper() in _WHITE
        white = theme in ("background1", "light1") and not shade if theme else own
    struck = [one for name in ("strike", "dstrike") if (one := is_on(settings.find(f"{W}{name}"))) is not None]
    ground = has_ground(settings) or value(settings, "highlight") not in ("", "none", "white")
    return RunLook(
        is_on(settings.find(f"{W}b")), any(struck) if struck else None, is_on(settings.find(f"{W}vanish")), white,
        int(size) <= _TINY if size.isdigit() else None, ground or None,
    )  # fmt: skip


def has_ground(settings: ET.Element | None) -> bool:
    """Whether settings put a ground behind the words."""
    shade = settings.find(f"{W}shd") if settings is not None else None
    return shade is not None and _is_filled(shade)


def _is_filled(shade: ET.Element) -> bool:
    filled = shade.get(f"{W}val", "clear") not in ("clear", "nil", "") or bool(shade.get(f"{W}themeFill"))
    return filled or shade.get(f"{W}fill", "").upper() not in _NO_FILL


def _style(element: ET.Element | None, below: Style) -> Style:
    if element is None:
        return below
    name = value(element, "name").lower()
    paragraph = element.find(f"{W}pPr")
    outline = value(paragraph, "outlineLvl")
    level = int(name[-1]) if name.startswith("heading ") and name[-1].isdigit() else int(name in ("title", "subtitle"))
    if not level:
        level = (int(outline) + 1) % 10 if outline.isdigit() else below.level
    look = below.look.under(look_of(element.find(f"{W}rPr")))
    if has_ground(paragraph):
        look = look.under(RunLook(shaded=True))
    listed = value(paragraph, "numPr/numId")
    return Style(name, level, listed or below.listed, value(paragraph, "numPr/ilvl") or below.depth, look)
