"""Files made to eat memory or time are refused or read in part, each with its sentence; damaged ones never raise."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.read.workbook import read_workbook

NAMESPACE = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CELL = '<c r="{0}{1}"><v>1</v></c>'
ENTITIES = "<!DOCTYPE x [" + '<!ENTITY a0 "aaaaaaaaaa">'
ENTITIES += "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)) + "]>"
PARTS = {
    "_rels/.rels": '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="Monthly" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": "<sst/>",
}


def workbook(sheet: str, **changed: str) -> bytes:
    parts = PARTS | {"xl/worksheets/sheet1.xml": sheet} | changed
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def cells(inside: str, after: str = "") -> str:
    return f"{NAMESPACE}<sheetData>{inside}</sheetData>{after}</worksheet>"


def rows(numbers: range, columns: str) -> str:
    return "".join(
        f'<row r="{row}">' + "".join(CELL.format(letters, row) for letters in columns.split()) + "</row>" for row in numbers
    )


def opendocument(table: str) -> bytes:
    body = f'<table:table table:name="Monthly">{table}</table:table>'
    content = f'<office:d xmlns:office="o" xmlns:table="t" xmlns:text="x">{body}</office:d>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def lying_archive() -> bytes:
    """Its directory says that the sheet has 1,000 bytes; it has 30 million."""
    data = bytearray(workbook(cells('<row r="1"><c r="A1" t="str"><v>' + "A" * 30_000_000 + "</v></c></row>")))
    entry = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, entry + 24, 1000)
    return bytes(data)


ODS_CELL = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
LETTERS = " ".join("ABCDEFGHIJ")
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "far-corner.xlsx": (lambda: workbook(cells(rows(range(1, 2), "A") + rows(range(1_048_576, 1_048_577), "XFD"))), ""),
    "last-column-everywhere.xlsx": (lambda: workbook(cells(rows(range(1, 30_001), "XFD"))), "workbook-too-large"),
    "fifty-thousand-merges.xlsx": (
        lambda: workbook(
            cells(
                rows(range(1, 2), "A"),
                "<mergeCells>" + "".join(f'<mergeCell ref="A{2 * n}:B{2 * n + 1}"/>' for n in range(1, 50_001)) + "</mergeCells>",
            )
        ),
        "",
    ),
    "ghost-rows.xlsx": (
        lambda: workbook(cells("".join(f'<row r="{n}" s="1"/>' for n in range(1, 300_001)) + rows(range(1, 2), "A"))),
        "",
    ),
    "entities-in-sheet.xlsx": (
        lambda: workbook(ENTITIES + cells('<row r="1"><c r="A1" t="str"><v>&a9;</v></c></row>')),
        "sheet-unreadable",
    ),
    "entities-in-workbook.xlsx": (
        lambda: workbook(cells(""), **{"xl/workbook.xml": ENTITIES + "<workbook>&a9;</workbook>"}),
        "workbook-unreadable",
    ),
    "endless-text.xlsx": (lambda: workbook(cells("<c " + "A" * 20_000_000)), "sheet-unreadable"),
    "nested.xlsx": (lambda: workbook(NAMESPACE + "<a>" * 5_000_000), "sheet-unreadable"),
    "one-text-in-every-cell.xlsx": (
        lambda: workbook(
            cells(rows(range(1, 1_001), LETTERS).replace('"><v>1<', '" t="s"><v>0<')),
            **{"xl/sharedStrings.xml": f"<sst><si><t>{'x' * 30_000}</t></si></sst>"},
        ),
        "",
    ),
    "six-million-texts.xlsx": (
        lambda: workbook(cells(rows(range(1, 2), "A")), **{"xl/sharedStrings.xml": f"<sst>{'<si/>' * 6_000_000}</sst>"}),
        "workbook-too-large",
    ),
    "lying-archive.xlsx": (lying_archive, "sheet-unreadable"),
    "truncated.xlsx": (lambda: workbook(cells(rows(range(1, 100), LETTERS)))[:-40], "workbook-unreadable"),
    "repeated-everywhere.ods": (
        lambda: opendocument(f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELL.format(16384)}</table:table-row>'),
        "workbook-too-large",
    ),
    "last-column-everywhere.ods": (
        lambda: opendocument(
            (
                '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
                + ODS_CELL.format(1)
                + "</table:table-row>"
            )
            * 3_000
        ),
        "workbook-too-large",
    ),
    "ghost-rows.ods": (
        lambda: opendocument('<table:table-row table:number-rows-repeated="1048576"/>' * 5_000),
        "workbook-empty",
    ),
    "commas.csv": (lambda: b"," * 21_000_000, "workbook-too-large"),
    "quotation-marks.csv": (lambda: b'"' * 5_000_000, ""),
    "endless-tag.xls": (lambda: b"<html><table>" + b"<td " * 300_000, "workbook-unreadable"),
}
READER = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from reportpack.read.workbook import read_workbook
start = time.monotonic()
workbook, problems = read_workbook(Path(sys.argv[1]), "hostile")
found = [problem.kind for problem in problems if problem.weight == "wrong"]
print(json.dumps({"read": workbook is not None, "kinds": found, "seconds": time.monotonic() - start}))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_little_and_gets_its_sentence(tmp_path: Path, name: str) -> None:
    make, kind = HOSTILE[name]
    (tmp_path / name).write_bytes(make())
    run = subprocess.run(
        [sys.executable, "-c", READER, str(tmp_path / name)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    told = json.loads(run.stdout)
    assert told["kinds"][:1] == ([kind] if kind else [])
    assert told["read"] or kind.startswith("workbook-")
    assert told["seconds"] < 30


def small_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Area", date(2019, 4, 1), "=B1"])
    sheet.append(["West Mercia", 0.79, True])
    sheet["B2"].number_format = "0%"
    sheet.merge_cells("A4:B5")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def small_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Monthly")
    sheet.write(0, 0, "Area")
    sheet.write(1, 1, 0.79, xlwt.easyxf(num_format_str="0%"))
    sheet.write_merge(3, 4, 0, 1, "merged")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def small_ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table, row = Table(name="Monthly"), TableRow()
    for text in ("Area", "West Mercia"):
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=text))
        row.addElement(cell)
    row.addElement(TableCell(valuetype="float", value="12", numbercolumnsrepeated="3"))
    table.addElement(row)
    document.spreadsheet.addElement(table)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def small_xlsb() -> bytes:
    def record(number: int, body: bytes) -> bytes:
        head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
        return head + bytes([len(body)]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    sheet = record(0, bytes(17)) + record(6, bytes(8) + wide("Area")) + record(5, struct.pack("<IId", 1, 0, 0.79))
    return zipped(
        {
            "xl/workbook.bin": record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("Monthly")),
            "xl/_rels/workbook.bin.rels": b'<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.bin"/></Relationships>',
            "xl/s.bin": sheet + record(176, bytes(16)) + record(60, bytes(18)),
        }
    )


SPREADSHEET_XML = b"""<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="Monthly">
<Table><Row Index="2"><Cell><Data Type="String">Area</Data></Cell><Cell MergeAcross="2"><Data Type="Number">0.79</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
WHOLE = {
    "figures.xlsb": small_xlsb(),
    "report.xml.xls": SPREADSHEET_XML,
    "figures.xlsx": small_xlsx(),
    "figures.xls": small_xls(),
    "figures.ods": small_ods(),
    "figures.csv": 'Area;"Apr ""19"""\r\nWest Mercia;1,204\r\nDyfed–Powys;£3'.encode("cp1252"),
    "page.xls": b"<html><table><tr><td colspan=2>Area<td>1<tr><th rowspan=2>West &amp; Mercia<td>2</table>",
}
DAMAGE = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=0, max_size=6), st.integers(0, 6)), min_size=1, max_size=6
)


def damaged(data: bytes, faults: list[tuple[float, bytes, int]]) -> bytes:
    for where, new, gone in faults:
        at = int(where * len(data))
        data = data[:at] + new + data[at + gone :]
    return data


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", WHOLE)
@given(faults=DAMAGE, cut=st.none() | st.floats(0, 1))
def test_a_damaged_workbook_never_raises(
    tmp_path: Path, name: str, faults: list[tuple[float, bytes, int]], cut: float | None
) -> None:
    data = damaged(WHOLE[name], faults)
    (tmp_path / name).write_bytes(data if cut is None else data[: int(cut * len(data))])
    found, problems = read_workbook(tmp_path / name, name)
    assert found is not None or problems


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["figures.xlsx", "figures.ods", "figures.xlsb"])
@given(faults=DAMAGE, which=st.floats(0, 1, exclude_max=True))
def test_a_workbook_with_a_damaged_part_never_raises(
    tmp_path: Path, name: str, faults: list[tuple[float, bytes, int]], which: float
) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE[name])) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    victim = sorted(parts)[int(which * len(parts))]
    parts[victim] = damaged(parts[victim], faults)
    (tmp_path / name).write_bytes(zipped(parts))
    found, problems = read_workbook(tmp_path / name, name)
    assert found is not None or problems


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_damaged_above_reads_well_when_whole(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(WHOLE[name])
    found, problems = read_workbook(tmp_path / name, name)
    assert found is not None
    assert all(problem.kind == "workbook-not-its-name" for problem in problems)
    assert any(cell is not None for row in found.sheets[0].rows for cell in row)
