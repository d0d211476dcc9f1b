"""The register workbook brought into step: only the cells that lack something are touched, all else stays as people left it, byte for byte.

Libraries that load a workbook and save it again lose what they do not know (comments in threads, charts, labels of sensitivity). So the
parts of the file are edited where they are. Words are written as text, never as formulas."""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from reportpack import patterns as re
from reportpack.errors import OutputError
from reportpack.model.register import AddedRow, CellEdit

_BUILT_IN_DATES = {*range(14, 18), 22}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def date_styles(styles: Any) -> frozenset[str]:
    """The indexes of the styles that show a whole date, from the root of styles.xml."""
    codes = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
    formats = next(iter(styles.iter("{*}cellXfs")), ())
    bare = {number: _QUOTED.sub("", code).lower() for number, code in codes.items()}
    dates = {number for number, code in bare.items() if "d" in code and "m" in code and "y" in code}
    dates |= _BUILT_IN_DATES - bare.keys()
    return frozenset(str(index) for index, one in enumerate(formats) if int(one.get("numFmtId", "0")) in dates)


_CELL = re.compile(r"([A-Z]+)(\d+)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LONGEST = 32_767
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def set_cell(root: Any, edit: CellEdit, dates: frozenset[str]) -> bool:
    """Put the words into their cell; a day becomes a date where the cell's style shows dates. Gives whether a formula stood there.

    Elements are lxml's, which have no types."""
    letters, number = _split(edit.cell)
    row = _row(root, number)
    is_new = not any(one.get("r") == f"{letters}{number}" for one in row)
    cell = _cell(row, letters, number)
    if is_new:  # it looks like the one to its left
        place = list(row).index(cell)
        style = row[place - 1].get("s") if place else None
        if style is not None:
            cell.set("s", style)
    formula = next(iter(cell.iter("{*}f")), None)
    if formula is not None and (formula.get("t") in ("shared", "array") or formula.get("ref")):
        raise OutputError(
            f"The register's cell {edit.cell} holds a formula that other cells share, so it cannot be written.",
            "Replace the formulas in that column with what they show, then run again.",
        )
    _fill(cell, edit, dates)
    return formula is not None


def add_row(root: Any, cells: Sequence[CellEdit], dates: frozenset[str]) -> int:
    """Put a row below the last one that holds anything, in the manner of that one; gives its number."""
    rows = next(iter(root.iter("{*}sheetData")))
    last = next((row for row in reversed(rows) if any(len(cell) for cell in row)), None)
    number = int(last.get("r")) + 1 if last is not None else 1
    row = _row(root, number)
    manner = {_split(cell.get("r"))[0]: cell.get("s") for cell in last} if last is not None else {}
    for letters, style in manner.items():
        if style is not None:
            _cell(row, letters, number).set("s", style)
    for one in cells:
        _fill(_cell(row, one.cell, number), one, dates)
    for element in (*root.iter("{*}dimension"), *(one for one in root.iter("{*}autoFilter") if one.getparent() is root)):
        first, _, end = element.get("ref", "").partition(":")
        if end and _split(end)[1] < number:
            element.set("ref", f"{first}:{_split(end)[0]}{number}")
    for element in root.iter("{*}dataValidation"):
        areas = element.get("sqref", "").split()
        for place, (first, _, end) in enumerate(area.partition(":") for area in areas):
            if _CELL.fullmatch(end) and _split(end)[1] == number - 1:
                areas[place] = f"{first}:{_split(end)[0]}{number}"
        element.set("sqref", " ".join(areas))
    return number


def stretch_tables(table: Any, last: int) -> bool:
    """Make a table's range reach that row, when it ended just above; gives whether it did."""
    first, _, end = table.get("ref", "").partition(":")
    if not end or _split(end)[1] >= last:
        return False
    old = table.get("ref")
    for element in (table, *table.iter("{*}autoFilter")):
        if element.get("ref") == old:
            element.set("ref", f"{first}:{_split(end)[0]}{last}")
    return True


def _fill(cell: Any, edit: CellEdit, dates: frozenset[str]) -> None:
    from lxml import etree

    for child in list(cell):
        cell.remove(child)
    for attribute in ("t", "cm", "vm"):
        cell.attrib.pop(attribute, None)
    if edit.day is not None and edit.day > date(1900, 3, 1) and cell.get("s") in dates:
        etree.SubElement(cell, like(cell, "v")).text = str((edit.day - date(1899, 12, 30)).days)  # Excel's number for a day
    elif edit.text:
        cell.set("t", "inlineStr")
        words = etree.SubElement(etree.SubElement(cell, like(cell, "is")), like(cell, "t"))
        words.text = _ESCAPED.sub(r"_x005F_x\1_", _UNWRITABLE.sub("", edit.text))[:_LONGEST]
        words.set(_SPACE, "preserve")


def _row(root: Any, number: int) -> Any:
    rows = next(iter(root.iter("{*}sheetData")))
    if number <= len(rows) and rows[number - 1].get("r") == str(number):  # where none is left out
        return rows[number - 1]
    numbers = [int(row.get("r", place)) for place, row in enumerate(rows, 1)]
    if number in numbers:
        return rows[numbers.index(number)]
    return _put(rows, sum(one < number for one in numbers), "row", str(number))


def _cell(row: Any, letters: str, number: int) -> Any:
    found = [_split(cell.get("r"))[0] for cell in row]
    if letters in found:
        return row[found.index(letters)]
    return _put(row, sum((len(one), one) < (len(letters), letters) for one in found), "c", f"{letters}{number}")


def _put(parent: Any, place: int, name: str, reference: str) -> Any:
    from lxml import etree

    made = etree.Element(like(parent, name), r=reference)
    parent.insert(place, made)
    return made


def _split(name: str) -> tuple[str, int]:
    match = _CELL.fullmatch(name.replace("$", ""))
    if match is None:
        raise OutputError(f"The register has a cell named {name!r}, which is none.", "Save it again in Excel, then run again.")
    return match[1], int(match[2])


def like(element: Any, name: str) -> str:
    """The name in the element's own namespace."""
    tag = str(element.tag)
    return f"{tag[: tag.index('}') + 1] if '}' in tag else ''}{name}"


_CUSTOM = "docProps/custom.xml"
_CUSTOM_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def rewrite_register(data: bytes, edits: Sequence[CellEdit], added: Sequence[AddedRow], prop: str, number: int) -> bytes:
    """The workbook with those cells and rows, and the number of this write in the custom document property `prop`.

    Raises OutputError, with nothing changed, when the workbook is signed, holds what cannot be kept, or a cell cannot be written without breaking another.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {info.filename: book.read(info) for info in book.infolist()}
        order = book.infolist()
    if any(name.startswith("_xmlsignatures/") for name in parts):
        raise OutputError(
            "The register is signed, and writing to it would break the signature.",
            "Save it without the signature under the same name, then run again.",
        )
    if any(name.startswith("xl/revisions/") for name in parts):
        raise OutputError(
            "The register is shared in the old way of Excel, which keeps a log of its own of every change.",
            "Stop sharing it (Review, Unshare Workbook), save it, then run again.",
        )
    workbook = next(iter(_related(parts, "", "/officeDocument")), "xl/workbook.xml")
    targets = _relations(parts, workbook)
    sheets: dict[str, str] = {}
    for sheet in _parse(parts[workbook]).iter("{*}sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if relation in targets:
            sheets[sheet.get("name", "")] = targets[relation][1]
    dates = date_styles(_parse(parts.get("xl/styles.xml", b"<styleSheet/>")))
    for title in dict.fromkeys([*(edit.sheet for edit in edits), *(row.sheet for row in added)]):
        if title in sheets:
            _edit_sheet(parts, sheets[title], title, edits, added, dates)
    _set_property(parts, prop, number)
    return _zip(parts, order)


def _edit_sheet(
    parts: dict[str, bytes], name: str, title: str, edits: Sequence[CellEdit], added: Sequence[AddedRow], dates: frozenset[str]
) -> None:
    root = _parse(parts[name])
    formulas = [set_cell(root, edit, dates) for edit in edits if edit.sheet == title]
    if any(formulas):
        _forget_order_of_formulas(parts)
    own = [row for row in added if row.sheet == title]
    tables = {table: _parse(parts[table]) for table in _related(parts, name, "/table")} if own else {}
    if any(table.get("totalsRowCount", "0") not in ("", "0") for table in tables.values()):
        raise OutputError(
            f"The table on the sheet {title} ends in a row of totals, and a new row cannot be put above it.",
            "Switch that row off in Excel (Table Design, Total Row), save it, then run again.",
        )
    last = max((add_row(root, row.cells, dates) for row in own), default=0)
    for part, table in tables.items():
        if stretch_tables(table, last):
            parts[part] = _text(table)
    parts[name] = _text(root)


def _forget_order_of_formulas(parts: dict[str, bytes]) -> None:
    """A formula that is no longer there must not be in the list of formulas; without the list, Excel makes a new one."""
    for chain in [name for name in parts if posixpath.basename(name) == "calcChain.xml"]:
        del parts[chain]
        for name in ("[Content_Types].xml", *(one for one in parts if one.endswith("workbook.xml.rels"))):
            root = _parse(parts[name])
            for one in [one for one in root if posixpath.basename(one.get("PartName", one.get("Target", ""))) == "calcChain.xml"]:
                root.remove(one)
            parts[name] = _text(root)


def _related(parts: Mapping[str, bytes], name: str, kind: str) -> list[str]:
    return [target for relation, target in _relations(parts, name).values() if relation.endswith(kind) and target in parts]


def _relations(parts: Mapping[str, bytes], name: str) -> dict[str, tuple[str, str]]:
    folder, base = posixpath.split(name)
    relations = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if relations is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for one in _parse(relations):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            found[one.get("Id", "")] = (one.get("Type", ""), target)
    return found


def _set_property(parts: dict[str, bytes], prop: str, number: int) -> None:
    from lxml import etree

    if _CUSTOM not in parts:
        parts[_CUSTOM] = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>'.encode()
        _declare_custom(parts)
    root = _parse(parts[_CUSTOM])
    found = next((one for one in root if one.get("name") == prop), None)
    if found is None:
        used = [int(one.get("pid", "1")) for one in root]
        found = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_ID, pid=str(max([1, *used]) + 1), name=prop)
    for child in list(found):
        found.remove(child)
    etree.SubElement(found, f"{{{_TYPES}}}i4").text = str(number)
    parts[_CUSTOM] = _text(root)


def _declare_custom(parts: dict[str, bytes]) -> None:
    from lxml import etree

    kinds = _parse(parts["[Content_Types].xml"])
    etree.SubElement(kinds, like(kinds, "Override"), PartName=f"/{_CUSTOM}", ContentType=_CUSTOM_KIND)
    parts["[Content_Types].xml"] = _text(kinds)
    relations = _parse(parts["_rels/.rels"])
    used = {one.get("Id") for one in relations}
    free = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
    etree.SubElement(relations, like(relations, "Relationship"), Id=free, Type=_CUSTOM_RELATION, Target=_CUSTOM)
    parts["_rels/.rels"] = _text(relations)


def _parse(data: bytes) -> Any:
    """lxml's elements have no types of their own. Nothing outside the file is ever fetched."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _text(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _zip(parts: Mapping[str, bytes], order: Iterable[zipfile.ZipInfo]) -> bytes:
    stream = io.BytesIO()
    kept = {info.filename: info for info in order}
    infos = [*kept.values(), *(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)) for name in parts if name not in kept)]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for info in infos:
            if info.filename in parts:
                book.writestr(info, parts[info.filename], zipfile.ZIP_DEFLATED)
    return stream.getvalue()
