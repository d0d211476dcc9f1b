"""Reads a page source: safe XML of the vocabulary, or every mistake in it with its line.

Law: nothing outside the text is ever opened, and no entity, depth or length can blow it up."""

import gc
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from xml.parsers import expat

from reportpack import patterns as re
from reportpack.render.element import NO_ATTRIBUTES, Document, Element, Fault, Metadata, PageSourceError
from reportpack.render.page_rules import check
from reportpack.render.vocabulary import INLINE, KINDS, MAXIMUM_DEPTH, MAXIMUM_LENGTH, META_NAMES, SVG, VALUES, XHTML, Kind

_SPACES = re.compile(r"[ \t\n\r]+")
_ROOT = Kind("", frozenset(("html",)))
_RUNNING = INLINE | {"tspan"}
_NO_BLOCK = _RUNNING | {"title", "desc"}
_MOST_FAULTS = 200
_FAULTS = {
    "mismatched tag": "an end tag does not close the element that is open here",
    "no element found": "an element is never closed",
    "not well-formed (invalid token)": "a bare < or & is written &lt; or &amp;",
    "undefined entity": "only &amp; &lt; &gt; &quot; &apos; and numeric entities are known",
    "duplicate attribute": "an attribute is given twice",
    "junk after document element": "something stands after the end of the document",
}
"""Expat's words for mistakes that people make, said so that they can be mended."""


def parse_page_source(text: str, name: str) -> Document:
    """The document that the text holds; raises PageSourceError with all mistakes, each with its line in `name`."""
    reading = _Reading()
    if len(text) > MAXIMUM_LENGTH:
        raise PageSourceError(name, (Fault(1, f"The page source is longer than {MAXIMUM_LENGTH:,} characters.", "Split it."),))
    collecting = gc.isenabled()
    gc.disable()
    try:
        reading.run(text)
    finally:
        if collecting:
            gc.enable()
    document = reading.document(name) if reading.root is not None else None
    if document is not None:
        reading.faults.extend(check(document))
    if reading.faults or document is None:
        raise PageSourceError(name, tuple(sorted(set(reading.faults)))[:_MOST_FAULTS])
    return document


class _Frame:
    __slots__ = ("attributes", "blocks", "children", "kind", "line")

    def __init__(self, kind: Kind, attributes: Mapping[str, str], line: int) -> None:
        self.kind, self.attributes, self.line = kind, attributes, line
        self.children: list[Element | str] = []
        self.blocks = False


class _StopReadingError(Exception):
    """The text cannot be read further; the fault is noted."""


class _Reading:
    """What expat calls: it keeps the open elements, the faults, and whether the last character was a space."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.frames = [_Frame(_ROOT, NO_ATTRIBUTES, 1)]
        self.good: set[tuple[str, str]] = set()
        self.identifiers: dict[str, Element] = {}
        self.root: Element | None = None
        self.links: list[Element] = []
        self.images: list[Element] = []
        self.skipped = 0
        self.spaced = True
        self.parser = expat.ParserCreate(namespace_separator=" ")

    def run(self, text: str) -> None:
        parser = self.parser
        parser.buffer_text = True
        parser.buffer_size = 65536
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        parser.ProcessingInstructionHandler = lambda target, _: self.fault(
            f"A processing instruction, <?{target} ...?>.", "Leave it out."
        )
        try:
            parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            words = expat.ErrorString(error.code)
            self.fault(f"This is not well-formed XML: {_FAULTS.get(words, words)}.", "Close every element and write & as &amp;.")
        except _StopReadingError:
            pass

    def fault(self, found: str, remedy: str, line: int = 0) -> None:
        self.faults.append(Fault(line or self.parser.CurrentLineNumber, found, remedy))
        if len(self.faults) > _MOST_FAULTS:
            raise _StopReadingError

    def refuse_doctype(self, *_: object) -> None:
        self.fault("A document type is declared.", "Leave the <!DOCTYPE ...> out.")
        raise _StopReadingError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipped:
            self.skipped += 1
            return
        frame = self.frames[-1]
        kind = KINDS.get(name)
        if kind is None or kind.tag not in frame.kind.holds:
            self.misplaced(name, kind, frame)
            return
        if len(self.frames) > MAXIMUM_DEPTH:
            self.fault(f"Elements stand more than {MAXIMUM_DEPTH} levels deep.", "Flatten them.")
            raise _StopReadingError
        if kind.tag not in _RUNNING:
            self.spaced = True
            frame.blocks = frame.blocks or kind.tag not in _NO_BLOCK
        if attributes or kind.required:
            self.check_attributes(kind, attributes)
        self.frames.append(_Frame(kind, attributes or NO_ATTRIBUTES, self.parser.CurrentLineNumber))
        if kind.tag == "br":
            self.spaced = True

    def misplaced(self, name: str, kind: Kind | None, frame: _Frame) -> None:
        self.skipped = 1
        tag = name.rpartition(" ")[2]
        where = f"in <{frame.kind.tag}>" if frame.kind.tag else "outside <html>"
        if kind is not None:
            holds = ", ".join(sorted(frame.kind.holds)) or "nothing"
            self.fault(f"<{tag}> stands {where}, where it does not belong.", f"There may be {holds}.")
        elif name not in (f"{XHTML} {tag}", f"{SVG} {tag}") or f"{XHTML} {tag}" in KINDS or f"{SVG} {tag}" in KINDS:
            wanted = SVG if f"{SVG} {tag}" in KINDS else XHTML
            self.fault(f"<{tag}> is in the wrong namespace, or in none.", f'Write xmlns="{wanted}" on its outermost element.')
        else:
            near = _nearest(tag, {known.tag for known in KINDS.values()})
            remedy = f"Did you mean <{near[0]}>?" if near else "Leave it out, or use an element that docs/page-source.md lists."
            self.fault(f"<{tag}> is not an element of the page source.", remedy)

    def check_attributes(self, kind: Kind, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name not in kind.attributes:
                near = _nearest(name, kind.attributes)
                remedy = f"Did you mean {near[0]}?" if near else "Leave it out."
                self.fault(f'<{kind.tag}> has an attribute it cannot have: {name.rpartition(" ")[2]}="{value[:40]}".', remedy)
            elif name in VALUES and (name, value) not in self.good:
                if VALUES[name][0].fullmatch(value):
                    self.good.add((name, value))
                    continue
                self.fault(f'<{kind.tag}> has {name}="{value[:60]}".', f"Give {VALUES[name][1]}.")
        for name in kind.required:
            if name not in attributes:
                self.fault(
                    f"<{kind.tag}> has no {name}.", f"Give it: {VALUES[name][1]}." if name in VALUES else f"Give it a {name}."
                )

    def words(self, text: str) -> None:
        if self.skipped:
            return
        frame = self.frames[-1]
        if not frame.kind.words:
            if text.strip(" \t\n\r"):
                where = f"directly in <{frame.kind.tag}>" if frame.kind.tag else "outside <html>"
                self.fault(
                    f"Words stand {where}: “{text.strip()[:40]}”.", "Put them in a <p> or another element that holds words."
                )
            return
        if not text.isprintable() or "  " in text:
            text = _SPACES.sub(" ", text)
        if self.spaced and text[0] == " ":
            text = text[1:]
        if not text:
            return
        self.spaced = text[-1] == " "
        if not frame.blocks:
            frame.children.append(text)
        elif text.strip():
            self.fault(
                f"Words follow a block in <{frame.kind.tag}>: “{text.strip()[:40]}”.", "Put them in a <p>, or before the block."
            )

    def end(self, _: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        frame = self.frames.pop()
        kind, children = frame.kind, frame.children
        if kind.tag not in _RUNNING:
            self.spaced = True
            if kind.words and children:
                _trim(children)
        elif kind.tag in ("svg", "img"):
            self.spaced = False
        element = Element(kind.tag, frame.attributes, tuple(children), frame.line)
        self.frames[-1].children.append(element)
        identifier = frame.attributes.get("id")
        if identifier is not None:
            first = self.identifiers.setdefault(identifier, element)
            if first is not element:
                self.fault(f'id="{identifier}" was given before, on line {first.line}.', "Give each id once.", element.line)
        if kind.tag == "a":
            self.links.append(element)
        elif kind.tag == "img":
            self.images.append(element)
        elif kind.tag == "html":
            self.root = element

    def document(self, name: str) -> Document:
        assert self.root is not None  # noqa: S101 - the caller asks only when there is one
        parts = {part.tag: part for part in self.root.elements}
        head, body = parts.get("head"), parts.get("body")
        if len(parts) != len(self.root.children) or head is None or body is None:
            self.fault("<html> does not hold one <head> and one <body>.", "Give it one of each, in this order.", self.root.line)
        title, meta = self.head(head) if head is not None else ("", Metadata())
        sections = tuple(body.elements) if body is not None else ()
        links, images = tuple(self.links), tuple(self.images)
        return Document(name, self.root.get("lang"), title, meta, sections, MappingProxyType(self.identifiers), links, images)

    def head(self, head: Element) -> tuple[str, Metadata]:
        titles = ["".join(str(part) for part in child.children) for child in head.elements if child.tag == "title"]
        if len(titles) != 1 or not titles[0]:
            self.fault("<head> does not hold one <title> with words in it.", "Say there what the document is.", head.line)
        values: dict[str, str] = {}
        for meta in (child for child in head.elements if child.tag == "meta"):
            name = meta.get("name")
            if "charset" in meta.attributes and not name:
                continue
            if name not in META_NAMES or name in values:
                what = "is given twice" if name in values else "is not known"
                self.fault(f'<meta name="{name}"> {what}.', f"Names are {', '.join(sorted(META_NAMES))}.", meta.line)
            values[name] = _SPACES.sub(" ", meta.get("content")).strip(" ")
            if name == "date" and values[name] and not VALUES["datetime"][0].fullmatch(values[name]):
                self.fault(f'<meta name="date" content="{values[name]}">.', "Give a date such as 2019-05-28.", meta.line)
        known = {name.replace("-", "_"): value for name, value in values.items() if name in META_NAMES}
        return titles[0] if titles else "", Metadata(**known)


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, sorted(known), 1)


def _trim(children: list[Element | str]) -> None:
    for index, child in enumerate(children):
        after = children[index + 1] if index + 1 < len(children) else None
        if type(child) is str and child[-1] == " " and (after is None or (type(after) is Element and after.tag not in _RUNNING)):
            children[index] = child.rstrip(" ")
    if not all(children):
        children[:] = filter(None, children)
