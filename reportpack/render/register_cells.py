"""Cells and rows in the XML of a sheet: words set where they belong, everything else left as it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportpack import patterns as re
from reportpack.errors import OutputError
from reportpack.model.register import CellEdit
from reportpack.records import dataclass

_BUILT_IN_DATES = {*range(14, 18), 22}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class DateStyles:
    """The indexes of the styles that show a whole date."""

    indexes: frozenset[int]

    @classmethod
    def of(cls, styles: Any) -> "DateStyles":
        """From the root of styles.xml."""
        codes = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
        formats = next(iter(styles.iter("{*}cellXfs")), ())
        bare = {number: _QUOTED.sub("", code).lower() for number, code in codes.items()}
        dates = {number for number, code in bare.items() if "d" in code and "m" in code and "y" in code}
        dates |= _BUILT_IN_DATES - bare.keys()
        return cls(frozenset(index for index, one in enumerate(formats) if int(one.get("numFmtId", "0")) in dates))

    def serial(self, day: date | None, style: str | None) -> int | None:
        """Excel's number for a day, where the style would show it as one."""
        if day is None or style is None or not style.isdigit() or int(style) not in self.indexes:
            return None
        return (day - date(1899, 12, 30)).days if day > date(1900, 3, 1) else None


_CELL = re.compile(r"([A-Z]+)(\d+)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LONGEST = 32_767
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def set_cell(root: Any, edit: CellEdit, styles: DateStyles) -> bool:
    """Put the words into their cell; a day becomes a date where the cell's style shows dates. Gives whether a formula stood there.

    Elements are lxml's, which have no types.
    """
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
    _fill(cell, edit, styles)
    return formula is not None


def add_row(root: Any, cells: Sequence[CellEdit], styles: DateStyles) -> int:
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
        _fill(_cell(row, one.cell, number), one, styles)
    _stretch(root, number)
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


def _fill(cell: Any, edit: CellEdit, styles: DateStyles) -> None:
    from lxml import etree

    for child in list(cell):
        cell.remove(child)
    for attribute in ("t", "cm", "vm"):
        cell.attrib.pop(attribute, None)
    serial = styles.serial(edit.day, cell.get("s"))
    if serial is not None:
        etree.SubElement(cell, like(cell, "v")).text = str(serial)
    elif edit.text:
        cell.set("t", "inlineStr")
        words = etree.SubElement(etree.SubElement(cell, like(cell, "is")), like(cell, "t"))
        words.text = _ESCAPED.sub(r"_x005F_x\1_", _UNWRITABLE.sub("", edit.text))[:_LONGEST]
        words.set(_SPACE, "preserve")


def _row(root: Any, number: int) -> Any:
    rows = next(iter(root.iter("{*}sheetData")))
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


def _stretch(root: Any, number: int) -> None:
    """Let the filter, the choices and the sheet's own size reach the new row."""
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


def _split(name: str) -> tuple[str, int]:
    match = _CELL.fullmatch(name.replace("$", ""))
    if match is None:
        raise OutputError(f"The register has a cell named {name!r}, which is none.", "Save it again in Excel, then run again.")
    return match[1], int(match[2])


def like(element: Any, name: str) -> str:
    """The name in the element's own namespace."""
    tag = str(element.tag)
    return f"{tag[: tag.index('}') + 1] if '}' in tag else ''}{name}"
