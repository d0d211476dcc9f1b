"""The parts of an xlsx file beside its sheets (ISO/IEC 29500-1 and -2): what it holds, its styles and properties, zipped without a clock."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from html import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_OWN_FORMAT = 164
_FONTS = (
    '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    '<font><b/><sz val="13"/><name val="Calibri"/><family val="2"/></font>',
)
_FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE4E9EF"/></patternFill></fill>',
)
_CELL = re.compile(r"([A-Z]+)(\d+)")


class Font(IntEnum):
    """The fonts of a workbook, by their place in its styles."""

    PLAIN = 0
    BOLD = 1
    TITLE = 2


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; its text stands at the top. An `open` one may be typed into where the sheet is protected."""

    number_format: str = "General"
    font: Font = Font.PLAIN
    shaded: bool = False
    wrapped: bool = False
    open: bool = False


class Looks:
    """The looks that a workbook uses, each written once; cells name them by number."""

    def __init__(self) -> None:
        self._numbers = {Look(): 0}

    def of(self, look: Look) -> int:
        """The number of that look."""
        return self._numbers.setdefault(look, len(self._numbers))

    def part(self) -> str:
        """The part of the workbook that lists them. The first is plain, whose number format every program has."""
        formats = tuple(dict.fromkeys(look.number_format for look in self._numbers))
        ids = {text: _FIRST_OWN_FORMAT + place if place else 0 for place, text in enumerate(formats)}
        listed = "".join(f'<numFmt numFmtId="{ids[text]}" formatCode="{escape(text)}"/>' for text in formats[1:])
        own = f'<numFmts count="{len(formats) - 1}">{listed}</numFmts>' if listed else ""
        looks = "".join(_look(look, ids[look.number_format]) for look in self._numbers)
        return (
            f'<styleSheet xmlns="{MAIN}">{own}'
            f'<fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts><fills count="{len(_FILLS)}">{"".join(_FILLS)}</fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._numbers)}">{looks}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name (at most 31 characters), its XML, and the range that is filtered, if any."""

    name: str
    text: str
    filtered: str = ""


def package(sheets: Sequence[SheetPart], looks: Looks, on: date) -> bytes:
    """The whole file, dated `on`: the same sheets give the same bytes."""
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(on),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)),
            (f"{_OFFICE}/styles", "styles.xml"),
        ),
        "xl/styles.xml": looks.part(),
        **{f"xl/worksheets/sheet{number}.xml": sheet.text for number, sheet in enumerate(sheets, start=1)},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _DECLARATION + text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _look(look: Look, number_format: int) -> str:
    wrapped = ' wrapText="1"' if look.wrapped else ""
    unlocked = '<protection locked="0"/>' if look.open else ""
    return (
        f'<xf numFmtId="{number_format}" fontId="{look.font.value}" fillId="{2 if look.shaded else 0}" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1" applyProtection="1">'
        f'<alignment vertical="top"{wrapped}/>{unlocked}</xf>'
    )


def _content_types(sheets: int) -> str:
    parts = (
        ("/docProps/core.xml", _CORE),
        ("/xl/workbook.xml", f"{_KIND}.sheet.main+xml"),
        ("/xl/styles.xml", f"{_KIND}.styles+xml"),
        *((f"/xl/worksheets/sheet{number}.xml", f"{_KIND}.worksheet+xml") for number in range(1, sheets + 1)),
    )
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{listed}</Types>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _workbook(sheets: Sequence[SheetPart]) -> str:
    """The sheets in order; a filter wants a hidden name of its own, or Excel mends the file."""
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    names = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">{escape(_absolute(sheet))}</definedName>'
        for place, sheet in enumerate(sheets)
        if sheet.filtered
    )
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    return f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>{defined}</workbook>'


def _absolute(sheet: SheetPart) -> str:
    """`'Actions'!$A$4:$J$20`."""
    name = sheet.name.replace("'", "''")
    return f"'{name}'!" + _CELL.sub(r"$\1$\2", sheet.filtered)


def _properties(on: date) -> str:
    day = f"{on.isoformat()}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:creator>reportpack</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
