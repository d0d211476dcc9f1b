"""The register workbook brought into step: only the cells that lack something are touched, all else stays as people left it, byte for byte.

Libraries that load a workbook and save it again lose what they do not know (comments in threads, charts, labels of sensitivity). So the
parts of the file are edited where they are. Words are written as text, never as formulas.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportpack.errors import OutputError
from reportpack.model.register import AddedRow, CellEdit
from reportpack.render.register_cells import DateStyles, add_row, like, set_cell, stretch_tables

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
    _refuse_unkept(parts)
    sheets = _sheet_parts(parts)
    styles = DateStyles.of(_parse(parts.get("xl/styles.xml", b"<styleSheet/>")))
    for title in dict.fromkeys([*(edit.sheet for edit in edits), *(row.sheet for row in added)]):
        if title in sheets:
            _edit_sheet(parts, sheets[title], title, edits, added, styles)
    _set_property(parts, prop, number)
    return _zip(parts, order)


def _refuse_unkept(parts: Mapping[str, bytes]) -> None:
    """What would not be true any more once a cell changed behind its back."""
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


def _edit_sheet(
    parts: dict[str, bytes], name: str, title: str, edits: Sequence[CellEdit], added: Sequence[AddedRow], styles: DateStyles
) -> None:
    root = _parse(parts[name])
    formulas = [set_cell(root, edit, styles) for edit in edits if edit.sheet == title]
    if any(formulas):
        _forget_order_of_formulas(parts)
    own = [row for row in added if row.sheet == title]
    tables = {table: _parse(parts[table]) for table in _related(parts, name, "/table")} if own else {}
    if any(table.get("totalsRowCount", "0") not in ("", "0") for table in tables.values()):
        raise OutputError(
            f"The table on the sheet {title} ends in a row of totals, and a new row cannot be put above it.",
            "Switch that row off in Excel (Table Design, Total Row), save it, then run again.",
        )
    last = max((add_row(root, row.cells, styles) for row in own), default=0)
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


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    workbook = next(iter(_related(parts, "", "/officeDocument")), "xl/workbook.xml")
    targets = _relations(parts, workbook)
    found: dict[str, str] = {}
    for sheet in _parse(parts[workbook]).iter("{*}sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if relation in targets:
            found[sheet.get("name", "")] = targets[relation][1]
    return found


def _related(parts: Mapping[str, bytes], name: str, kind: str) -> list[str]:
    return [target for relation, target in _relations(parts, name).values() if relation.endswith(kind) and target in parts]


def _relations(parts: Mapping[str, bytes], name: str) -> dict[str, tuple[str, str]]:
    folder, base = posixpath.split(name)
    relations = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
    if relations is None:
        return {}
    return {
        one.get("Id", ""): (
            one.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in _parse(relations)
        if one.get("TargetMode") != "External"
    }


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
    """A part that was not there before is named in the list of kinds and in the package's relations."""
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
