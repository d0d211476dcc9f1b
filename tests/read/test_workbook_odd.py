"""What an office gets besides plain workbooks: locked ones, wrong names, web pages, other programs' XML. Each is read or gets a sentence."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import IO

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.model.problem import Problem, Weight
from reportpack.read.grid import Merge, Workbook
from reportpack.read.workbook import list_workbooks, read_workbook

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
STRICT = "http://purl.oclc.org/ooxml/"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="Monthly" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": "<sst><si><r><t>West </t></r><r><t>Mercia</t></r><rPh><t>nothing</t></rPh></si><si><t>a_x000A_b</t></si></sst>",
    "xl/worksheets/sheet1.xml": SHEET.format('<sheetData><row r="2"><c r="B2"><v>12</v></c></row></sheetData>'),
}


def archive(path: Path, **changed: str | bytes | None) -> Path:
    """A workbook of a few parts, some of them changed or (None) missing; `sheet` stands for the worksheet's sheetData."""
    parts: dict[str, str | bytes | None] = dict(PARTS)
    for name, content in changed.items():
        key = {"sheet": "xl/worksheets/sheet1.xml", "texts": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}.get(name, name)
        parts[key] = SHEET.format(content) if name == "sheet" and isinstance(content, str) else content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            if content is not None:
                file.writestr(name, content)
    return path


def read(path: Path) -> tuple[Workbook | None, tuple[Problem, ...]]:
    return read_workbook(path, f"performance/{path.name}")


def values(path: Path) -> list[list[object]]:
    workbook, problems = read(path)
    assert workbook, problems
    return [list(row) for row in workbook.sheets[0].rows]


def refusal(path: Path) -> Problem:
    """The one problem of a file that cannot be read: with a found and a remedy that end as sentences do."""
    workbook, problems = read(path)
    assert workbook is None
    assert len(problems) == 1
    assert problems[0].weight is Weight.WRONG
    assert problems[0].source.file == f"performance/{path.name}"
    assert problems[0].found.endswith(".")
    assert problems[0].remedy.endswith(".")
    return problems[0]


def saved(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Area", date(2019, 4, 1)])
    sheet.append(["West Mercia", 1204])
    book.save(path)
    return path


def encrypted(plain: Path, path: Path, password: str) -> Path:
    locked = io.BytesIO()
    with plain.open("rb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(file).encrypt(password, locked)
    path.write_bytes(locked.getvalue())
    return path


def test_a_workbook_under_excels_own_password_opens_as_in_excel(tmp_path: Path) -> None:
    path = encrypted(saved(tmp_path / "plain.xlsx"), tmp_path / "protected.xlsx", "VelvetSweatshop")
    assert values(path)[1] == ["West Mercia", 1204]


def test_any_other_password_is_named_and_an_unprotected_copy_asked_for(tmp_path: Path) -> None:
    problem = refusal(encrypted(saved(tmp_path / "plain.xlsx"), tmp_path / "locked.xlsx", "Worcester1"))
    assert problem.kind == "workbook-password"
    assert "without a password" in problem.remedy


def test_rights_protection_is_named(tmp_path: Path) -> None:
    path = encrypted(saved(tmp_path / "plain.xlsx"), tmp_path / "label.xlsx", "x")
    path.write_bytes(path.read_bytes() + "DRMEncryptedDataSpace".encode("utf-16-le"))
    assert refusal(path).kind == "workbook-rights-protected"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no workbook"),
        (bytes(range(32)) * 40, "not a spreadsheet"),
        (b"<html><body>Sign in</body></html>", "without a table"),
    ],
)
def test_what_is_no_workbook_is_told_by_its_content(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "figures.xlsx").write_bytes(content)
    assert words in refusal(tmp_path / "figures.xlsx").found


def test_an_empty_file_may_be_waiting_in_onedrive(tmp_path: Path) -> None:
    (tmp_path / "figures.xlsx").touch()
    assert "OneDrive" in refusal(tmp_path / "figures.xlsx").found


def test_a_file_that_is_not_there_and_a_folder_get_their_sentences(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.xlsx").kind == "workbook-missing"
    (tmp_path / "folder.xlsx").mkdir()
    assert "folder" in refusal(tmp_path / "folder.xlsx").found


def test_a_file_that_another_program_holds_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "open.xlsx")

    def held(_: Path, __: str) -> IO[bytes]:
        raise PermissionError

    monkeypatch.setattr(Path, "open", held)
    assert refusal(path).kind == "workbook-locked"


def test_a_workbook_named_csv_is_read_and_said(tmp_path: Path) -> None:
    path = saved(tmp_path / "plain.xlsx").rename(tmp_path / "figures.csv")
    workbook, problems = read(path)
    assert workbook
    assert [(problem.kind, problem.weight) for problem in problems] == [("workbook-not-its-name", Weight.NOTE)]


def test_a_web_page_saved_as_xls_gives_its_tables(tmp_path: Path) -> None:
    page = (
        "<html><head><style>td{}</style></head><body><table><tr><th rowspan=2>Area<th colspan=2>Satisfied &amp; more</tr>"
        "<tr><td>Apr&nbsp;19<td>May 19</tr><tr><td>West\n Mercia<td>79%<td>1,204</table><p>x<table><tr><td>below</table></body>"
    )
    (tmp_path / "report.xls").write_text(page)
    workbook, _ = read(tmp_path / "report.xls")
    assert workbook
    sheet = workbook.sheets[0]
    assert [list(row) for row in sheet.rows] == [
        ["Area", "Satisfied & more"],
        [None, "Apr 19", "May 19"],
        ["West Mercia", "79%", "1,204"],
        [],
        ["below"],
    ]
    assert sheet.merges == (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2))
    assert not sheet.formats


def test_of_a_web_page_what_is_seen_is_read_and_what_is_not_is_said(tmp_path: Path) -> None:
    inner = "<table><tr><td>Month<td>Count<tr><td>April<td>12</table>"
    page = f'<html><table><tr><td>North<td>See {inner} and below<td style="display:none">99<tr><td>South<td><s>7</s> 8</table>'
    (tmp_path / "report.xls").write_text(page)
    workbook, problems = read(tmp_path / "report.xls")
    assert workbook
    assert [list(row) for row in workbook.sheets[0].rows] == [
        ["North", "See\nMonth: April; Count: 12\nand below"],
        ["South", "8"],
    ]
    assert '"99", "7"' in next(one.found for one in problems if one.kind == "workbook-unseen")


def test_an_excel_2003_xml_spreadsheet_saved_as_xls_is_read(tmp_path: Path) -> None:
    text = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style>
    <Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="Monthly"><Table>
    <Column/><Column ss:Index="4" ss:Hidden="1" ss:Span="1"/>
    <Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">West &amp; Mercia</Data></Cell>
    <Cell ss:StyleID="p"><Data ss:Type="Number">0.793</Data></Cell>
    <Cell ss:Index="6" ss:StyleID="d"><Data ss:Type="DateTime">2019-04-01T00:00:00.000</Data></Cell></Row>
    <Row ss:Hidden="1"><Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell></Row></Table>
    <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"""
    (tmp_path / "report.xls").write_text(text)
    workbook, problems = read(tmp_path / "report.xls")
    assert workbook
    sheet = workbook.sheets[0]
    assert list(sheet.rows[2]) == ["West & Mercia", None, 0.793, None, None, date(2019, 4, 1)]
    assert (sheet.format(2, 2), sheet.format(2, 5), sheet.merges) == ("0.0%", "dd/mm/yyyy", (Merge(2, 0, 2, 1),))
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns), sheet.hidden) == ({3}, {3, 4}, True)
    assert (sheet.errors, set(sheet.formulas)) == ({(3, 0): "#DIV/0!"}, {(3, 0)})
    assert "workbook-not-its-name" in [problem.kind for problem in problems]


def test_formulas_that_a_program_wrote_without_calculating_are_not_taken_for_zeroes(tmp_path: Path) -> None:
    book = '<workbook xmlns:r="x"><sheets><sheet name="Monthly" r:id="r1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>'
    sheet = '<sheetData><row r="1"><c r="A1"><v>12</v></c><c r="B1"><f>A1*2</f><v>0</v></c></row></sheetData>'
    workbook, problems = read(archive(tmp_path / "written.xlsx", sheet=sheet, **{"xl/workbook.xml": book}))
    assert workbook
    assert list(workbook.sheets[0].rows[0]) == [12, None]
    assert set(workbook.sheets[0].uncalculated) == {(0, 1)}
    assert [problem.kind for problem in problems] == ["workbook-never-calculated"]


@pytest.mark.parametrize("missing", ["_rels/.rels", "[Content_Types].xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_does_not_stop_the_values(tmp_path: Path, missing: str) -> None:
    changed: dict[str, str | bytes | None] = {missing: None}
    assert values(archive(tmp_path / "parts.xlsx", **changed)) == [[], [None, 12]] or values(tmp_path / "parts.xlsx")[1] == [
        None,
        12,
    ]


def test_a_sheet_that_is_listed_but_missing_is_named_and_the_rest_read(tmp_path: Path) -> None:
    two = '<workbook xmlns:r="x"><sheets><sheet name="Monthly" r:id="r1"/><sheet name="Lost" r:id="r9"/></sheets></workbook>'
    workbook, problems = read(archive(tmp_path / "lost.xlsx", **{"xl/workbook.xml": two}))
    assert workbook
    assert [sheet.name for sheet in workbook.sheets] == ["Monthly"]
    assert [(problem.kind, problem.source.sheet) for problem in problems] == [("sheet-unreadable", "Lost")]


CELLS = (
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
    '<c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="D1" t="str"><f>A1</f><v>said</v></c>'
    '<c r="E1" t="b"><v>1</v></c><c r="F1" t="d"><v>2019-04-01T00:00:00</v></c><c r="G1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    '<c r="H1"><f>A1</f></c><c r="I1" t="str"><f>A1</f><v></v></c></row></sheetData>'
)
READ = ["West Mercia", "a\nb", "inline", "said", True, date(2019, 4, 1)]


def test_texts_of_every_way_of_writing_them(tmp_path: Path) -> None:
    workbook, _ = read(archive(tmp_path / "texts.xlsx", sheet=CELLS))
    assert workbook
    sheet = workbook.sheets[0]
    assert list(sheet.rows[0][:6]) == READ
    assert sheet.errors == {(0, 6): "#DIV/0!"}
    assert set(sheet.uncalculated) == {(0, 7)}
    assert set(sheet.formulas) == {(0, 3), (0, 6), (0, 7), (0, 8)}


@pytest.mark.parametrize(
    "how",
    [
        lambda xml: (
            xml.replace("<worksheet", "<x:worksheet").replace("</worksheet", "</x:worksheet").replace("xmlns=", "xmlns:x=")
        ),
        lambda xml: "<!-- written by a tool -->" + xml,
        lambda xml: xml.replace("http://schemas.openxmlformats.org/", STRICT),
        lambda xml: xml.replace('<row r="1">', "<row>").replace('<c r="A1" ', "<c "),
        lambda xml: xml.replace('<c r="A1" t="s">', '<c t="s" r="A1">'),
        lambda xml: xml.replace("><", ">\r\n  <"),
        lambda xml: ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16"),
    ],
    ids=["prefix", "comment", "strict", "no-addresses", "other-order", "line-breaks", "utf-16"],
)
def test_the_same_cells_however_their_xml_is_written(tmp_path: Path, how) -> None:  # type: ignore[no-untyped-def]
    xml = how(SHEET.format(CELLS))
    if isinstance(xml, str) and "<x:" in xml:
        for name in ("sheetData", "row", "c", "v", "f", "is", "t", "r"):
            xml = (
                xml.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ").replace(f"</{name}>", f"</x:{name}>")
            )
    path = archive(tmp_path / "written.xlsx", **{"xl/worksheets/sheet1.xml": xml})
    workbook, _ = read(path)
    assert workbook
    assert list(workbook.sheets[0].rows[0][:6]) == READ
    assert (workbook.sheets[0].errors, set(workbook.sheets[0].uncalculated)) == ({(0, 6): "#DIV/0!"}, {(0, 7)})


STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="d mmm yy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs></styleSheet>'
)


@pytest.mark.parametrize(("flag", "day"), [("0", date(2019, 4, 1)), ("1", date(2023, 4, 2))])
def test_both_of_excels_date_systems(tmp_path: Path, flag: str, day: date) -> None:
    sheet = '<sheetData><row r="1"><c r="A1" s="1"><v>43556</v></c><c r="B1" s="2"><v>0.79</v></c></row></sheetData>'
    book = f'<workbook xmlns:r="x"><workbookPr date1904="{flag}"/><sheets><sheet name="Monthly" r:id="r1"/></sheets></workbook>'
    workbook, _ = read(archive(tmp_path / "dates.xlsx", sheet=sheet, styles=STYLES, **{"xl/workbook.xml": book}))
    assert workbook
    assert list(workbook.sheets[0].rows[0]) == [day, 0.79]
    assert workbook.sheets[0].formats == {0: {0: "d mmm yy", 1: "0%"}}


def record(number: int, body: bytes = b"") -> bytes:
    """One record of a binary workbook."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(body) & 0x7F | 0x80, len(body) >> 7]) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(number: int, column: int, style: int, value: bytes) -> bytes:
    return record(number, struct.pack("<II", column, style) + value)


def test_a_binary_workbook_gives_values_and_formats(tmp_path: Path) -> None:
    styles = record(44, struct.pack("<H", 170) + wide("0.0%")) + record(617) + record(47, struct.pack("<HH", 0, 0))
    styles += record(47, struct.pack("<HH", 0, 170)) + record(47, struct.pack("<HH", 0, 17)) + record(618)
    row = struct.pack("<IIHBB", 1, 0, 0, 0, 0x10) + bytes(5)
    cells = [
        cell(7, 0, 0, struct.pack("<I", 0)),
        cell(5, 1, 1, struct.pack("<d", 0.793)),
        cell(2, 2, 2, struct.pack("<I", 43556 << 2 | 2)),
        cell(2, 3, 0, struct.pack("<I", (-1204 << 2 | 3) & 0xFFFFFFFF)),
        cell(4, 4, 0, b"\x01"),
        cell(11, 5, 0, b"\x17" + bytes(6)),
        cell(6, 6, 0, wide("inline")),
    ]
    sheet = record(60, struct.pack("<4IH", 3, 4, 0, 0, 1)) + record(0, row) + b"".join(cells)
    sheet += record(176, struct.pack("<4I", 0, 2, 0, 1))
    path = tmp_path / "binary.xlsb"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/workbook.bin", record(156, struct.pack("<II", 1, 1) + wide("r1") + wide("Monthly")))
        relations = "".join(
            f'<Relationship Id="r{number}" Type="x/{kind}" Target="{kind}.bin"/>'
            for number, kind in enumerate(("worksheet", "styles", "sharedStrings"), 1)
        )
        file.writestr("xl/_rels/workbook.bin.rels", f"<Relationships>{relations}</Relationships>")
        file.writestr("xl/worksheet.bin", sheet)
        file.writestr("xl/styles.bin", styles)
        file.writestr("xl/sharedStrings.bin", record(19, b"\0" + wide("West Mercia")))
    workbook, _ = read(path)
    assert workbook
    first = workbook.sheets[0]
    assert (first.name, first.hidden, set(first.hidden_rows), set(first.hidden_columns)) == ("Monthly", True, {1}, {3, 4})
    assert list(first.rows[1]) == ["West Mercia", 0.793, date(2019, 4, 1), -12.04, True, None, "inline"]
    assert (first.format(1, 1), first.format(1, 2), first.merges) == ("0.0%", "mmm-yy", (Merge(0, 0, 2, 1),))
    assert (first.errors, set(first.formulas)) == ({(1, 5): "#REF!"}, {(1, 5)})


def test_a_folder_is_listed_with_reasons_for_what_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "performance"
    (folder / "2019").mkdir(parents=True)
    for name in (
        "satisfaction.xlsx",
        "~$satisfaction.xlsx",
        ".~lock.satisfaction.xlsx#",
        ".hidden.xlsx",
        "Thumbs.db",
        "satisfaction-DESKTOP-4F2K1AB.xlsx",
        "satisfaction (Jo's conflicted copy 2019-05-01).xlsx",
        "Crime - PC-2019.csv",
        "letter.docx",
        "2019/April.ODS",
    ):
        (folder / name).write_text("x")
    (folder / "waiting.xlsx").touch()
    found, problems = list_workbooks(folder)
    assert [path.relative_to(folder).as_posix() for path in found] == [
        "Crime - PC-2019.csv",
        "satisfaction.xlsx",
        "2019/April.ODS",
    ]
    assert sorted((problem.kind, problem.source.file) for problem in problems) == [
        ("file-not-workbook", "performance/letter.docx"),
        ("workbook-conflict-copy", "performance/satisfaction (Jo's conflicted copy 2019-05-01).xlsx"),
        ("workbook-conflict-copy", "performance/satisfaction-DESKTOP-4F2K1AB.xlsx"),
        ("workbook-empty", "performance/waiting.xlsx"),
    ]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    found, problems = list_workbooks(tmp_path / "performance")
    assert (found, problems[0].kind) == ((), "folder-missing")


def test_a_workbook_is_read_once_and_never_written(tmp_path: Path) -> None:
    path = saved(tmp_path / "figures.xlsx")
    path.chmod(0o444)
    before = path.stat().st_mtime_ns
    workbook, problems = read(path)
    assert workbook
    assert problems == ()
    assert path.stat().st_mtime_ns == before
    assert list(tmp_path.iterdir()) == [path]
