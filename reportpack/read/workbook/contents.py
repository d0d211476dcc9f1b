"""What an xlsx says of itself beside its sheets' cells: their order, date system, styles, shared strings, comments. Nothing outside is followed."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from reportpack import patterns as re
from reportpack.read.grid import Position
from reportpack.read.workbook.faults import Archive, DamagedError, UnreadableError, too_large
from reportpack.read.workbook.limits import MAX_CELLS, MAX_SHEETS, MAX_TEXT
from reportpack.read.workbook.markup import Attributes, is_true, openings, walk_local, whole
from reportpack.read.workbook.number_formats import BUILT_IN, GENERAL
from reportpack.read.workbook.sheet_facts import position_of
from reportpack.records import Changing, Record

_SHEET_KINDS = {"worksheet": "worksheet", "chartsheet": "chart", "dialogsheet": "dialog", "xlmacrosheet": "macro"}


class Relation(Record):
    """A part that another part points at; `kind` is the last word of its type."""

    kind: str
    target: str


class SheetEntry(Record):
    """A sheet as the workbook lists it; `part` is empty when it points nowhere."""

    name: str
    hidden: bool
    part: str
    kind: str = "worksheet"


class Contents(Record):
    """The workbook part, read."""

    sheets: tuple[SheetEntry, ...]
    from_1904: bool
    calculates_on_opening: bool
    styles: str
    texts: str
    external_links: int


def read_contents(archive: Archive) -> Contents:
    """Raises UnreadableError when there is no workbook in the archive."""
    main = workbook_part(archive)
    try:
        elements = openings(archive.read_small(main), {"sheet", "workbookPr", "calcPr"})
    except DamagedError as fault:
        found = f"the file is damaged: the list of its sheets cannot be read ({fault})."
        raise UnreadableError("workbook-unreadable", found) from fault
    relations = read_relations(archive, main)
    sheets: list[SheetEntry] = []
    from_1904 = calculates = False
    for parent, name, attributes in elements:
        if name == "sheet" and parent == "sheets":
            sheets.append(_entry(attributes, relations, archive, len(sheets)))
        elif name == "workbookPr":
            from_1904 = is_true(attributes.get("date1904"))
        elif name == "calcPr":
            calculates = is_true(attributes.get("fullCalcOnLoad"))
    if len(sheets) > MAX_SHEETS:
        raise UnreadableError("workbook-too-large", f"it has {len(sheets):,} sheets; at most {MAX_SHEETS:,} are read.")
    links = [relation.kind for relation in relations.values()].count("externallink")
    folder = posixpath.dirname(main)
    styles = part_of_kind(relations, archive, "styles", posixpath.join(folder, "styles.xml"))
    texts = part_of_kind(relations, archive, "sharedstrings", posixpath.join(folder, "sharedstrings.xml"))
    return Contents(tuple(sheets), from_1904, calculates, styles, texts, links)


def workbook_part(archive: Archive, ending: str = ".xml") -> str:
    """Where the workbook stands: as the package says, else where it is likely."""
    for relation in read_relations(archive, "").values():
        if relation.kind == "officedocument" and archive.has(relation.target) and relation.target.lower().endswith(ending):
            return relation.target
    if likely := [name for name in archive.names if posixpath.basename(name) == "workbook" + ending]:
        return min(likely, key=len)
    raise UnreadableError("workbook-unreadable", "there is no workbook inside this file.")


def read_relations(archive: Archive, part: str) -> dict[str, Relation]:
    """By id; what points outside the file is left out. Empty when the part has none or they are damaged."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    if not archive.has(place):
        return {}
    try:
        elements = openings(archive.read_small(place), {"Relationship"})
    except DamagedError:
        return {}
    relations: dict[str, Relation] = {}
    for _, element, attributes in elements:
        target = attributes.get("Target", "")
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2].lower()
            relations[attributes.get("Id", "")] = Relation(kind, posixpath.normpath(full))
    return relations


def _entry(attributes: dict[str, str], relations: dict[str, Relation], archive: Archive, index: int) -> SheetEntry:
    key = attributes.get("id", "")
    relation = relations.get(key)
    hidden = attributes.get("state", "visible").lower() != "visible"
    name = attributes.get("name", f"Sheet{index + 1}")
    if relation is None:
        if not key and relations:
            return SheetEntry(name, hidden, "", "module")
        guess = f"xl/worksheets/sheet{index + 1}.xml"
        return SheetEntry(name, hidden, guess if not relations and archive.has(guess) else "")
    return SheetEntry(name, hidden, relation.target, _SHEET_KINDS.get(relation.kind, "worksheet"))


def part_of_kind(relations: dict[str, Relation], archive: Archive, kind: str, usual: str) -> str:
    """Where the part of that kind stands: as the workbook says, else where it usually does; empty where it is in neither place."""
    targets = (*(one.target for one in relations.values() if one.kind == kind), usual)
    return next(filter(archive.has, targets), "")


class Styles(Record):
    """What cell styles show, by their number: the format code (`` for General), which strike through, by how much others indent."""

    codes: Sequence[str] = ()
    struck: frozenset[int] = frozenset()
    indents: Mapping[int, int] = field(default_factory=dict)


def read_styles(data: bytes) -> Styles:
    """In the order in which cells number them. Raises DamagedError."""
    own: dict[int, str] = {}
    fonts: list[bool] = []
    styles: list[tuple[int, int]] = []
    indents: dict[int, int] = {}
    inside = False
    for parent, name, attributes in openings(data, {"numFmt", "font", "strike", "xf", "alignment"}):
        if name == "numFmt" and parent == "numFmts":
            own[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font":
            inside = parent == "fonts"
            fonts += [False] * inside
        elif name == "strike" and inside and parent == "font":
            fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf":
            inside = parent == "cellXfs"
            styles += [(whole(attributes.get("numFmtId")), whole(attributes.get("fontId")))] * inside
        elif name == "alignment" and inside and parent == "xf" and (indent := min(whole(attributes.get("indent")), 250)):
            indents[len(styles) - 1] = indent
    struck = frozenset(style for style, (_, font) in enumerate(styles) if font < len(fonts) and fonts[font])
    return Styles(tuple(code_of(number, own) for number, _ in styles), struck, indents)


def code_of(number: int, own: dict[int, str]) -> str:
    """The code for a number format's id; a workbook's own codes go before the built-in ones."""
    code = own.get(number) or BUILT_IN.get(number, "")
    return "" if code.lower() == GENERAL.lower() else code


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class Texts(Changing):
    """In the order in which cells number them; `cut` are those that were too long for a cell."""

    items: list[str] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)


def plain_text(text: str) -> str:
    """`_x000D_` and its like are how characters that XML cannot hold are written."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def read_texts(blocks: Iterable[bytes]) -> Texts:
    """Raises DamagedError."""
    texts = Texts()
    parts: list[str] = []
    inside = {"t": 0, "rPh": 0}

    def start(name: str, _: Attributes) -> None:
        if name in inside:
            inside[name] += 1
        elif name == "si":
            parts.clear()

    def end(name: str) -> None:
        if name in inside:
            inside[name] -= 1
        elif name == "si":
            if len(text := plain_text("".join(parts))) > MAX_TEXT:
                texts.cut.add(len(texts.items))
            texts.items.append(text[:MAX_TEXT])
            if len(texts.items) > MAX_CELLS:
                raise too_large(MAX_CELLS)

    def add(characters: str) -> None:
        if inside["t"] and not inside["rPh"]:
            parts.append(characters)

    walk_local(blocks, start, end, add)
    return texts


_KINDS = ("comments", "threadedcomment")
_MOST = 5_000
_LONGEST = 2_000
_STAND_IN = "[threaded comment]"  # what Excel writes into the old kind of comment where a thread holds the words


def read_comments(archive: Archive, part: str) -> dict[Position, str]:
    """The words beside each cell of a sheet, several joined; a damaged part of them is passed over, for the figures stand without."""
    found: dict[Position, list[str]] = {}
    for relation in read_relations(archive, part).values():
        if relation.kind in _KINDS and archive.has(posixpath.normpath(relation.target)):
            try:
                _gather(archive.read_small(relation.target), found)
            except DamagedError:
                continue
    return {position: " / ".join(dict.fromkeys(texts))[:_LONGEST] for position, texts in found.items() if texts}


def _gather(data: bytes, found: dict[Position, list[str]]) -> None:
    parts: list[str] = []
    place: list[Position | None] = [None]

    def start(name: str, attributes: Attributes) -> None:
        if name in ("comment", "threadedComment"):
            place[0] = position_of(attributes.get("ref", ""))
            parts.clear()

    def end(name: str) -> None:
        if name in ("comment", "threadedComment") and place[0] is not None and len(found) < _MOST:
            text = " ".join("".join(parts).split())
            if text and not text.lower().startswith(_STAND_IN):
                found.setdefault(place[0], []).append(text)

    walk_local((data,), start, end, parts.append)
