"""What an xlsx says of itself: its sheets in order, its date system, where styles and texts are. Nothing outside is followed."""

import posixpath

from reportpack.read.workbook.archive import Archive
from reportpack.read.workbook.faults import DamagedError, UnreadableError
from reportpack.read.workbook.limits import MAX_SHEETS
from reportpack.read.workbook.markup import is_true, openings
from reportpack.records import dataclass

_SHEET_KINDS = {"worksheet": "worksheet", "chartsheet": "chart", "dialogsheet": "dialog", "xlmacrosheet": "macro"}


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part points at; `kind` is the last word of its type."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it; `part` is empty when it points nowhere."""

    name: str
    hidden: bool
    part: str
    kind: str = "worksheet"


@dataclass(frozen=True, slots=True)
class Contents:
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
    kinds = [relation.kind for relation in relations.values()]
    return Contents(
        tuple(sheets),
        from_1904,
        calculates,
        _part_of_kind(relations, archive, main, "styles", "styles.xml"),
        _part_of_kind(relations, archive, main, "sharedstrings", "sharedstrings.xml"),
        kinds.count("externallink"),
    )


def workbook_part(archive: Archive, ending: str = ".xml") -> str:
    """Where the workbook stands: as the package says, else where it is likely."""
    for relation in read_relations(archive, "").values():
        if relation.kind == "officedocument" and archive.has(relation.target) and relation.target.lower().endswith(ending):
            return relation.target
    likely = [name for name in archive.names if posixpath.basename(name) == "workbook" + ending]
    if likely:
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


def _part_of_kind(relations: dict[str, Relation], archive: Archive, main: str, kind: str, usual: str) -> str:
    for relation in relations.values():
        if relation.kind == kind and archive.has(relation.target):
            return relation.target
    beside = posixpath.join(posixpath.dirname(main), usual)
    return beside if archive.has(beside) else ""
