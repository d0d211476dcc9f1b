"""A workbook of any usual kind gives the same figures, dates and facts, with its addresses kept."""

from datetime import date, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlwt
from odf.number import Number, NumberStyle, PercentageStyle
from odf.number import Text as NumberText
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableColumnProperties, TableProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.model.problem import Problem
from reportpack.read.grid import Merge, Sheet, Workbook
from reportpack.read.workbook import read_workbook


def opened(path: Path) -> tuple[Workbook, tuple[Problem, ...]]:
    workbook, problems = read_workbook(path, f"performance/{path.name}")
    assert workbook is not None, problems
    return workbook, problems


def kinds(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.kind for problem in problems]


@pytest.fixture
def satisfaction(tmp_path: Path) -> Path:
    """Columns start at B, rows at 3; E4 failed, F4 was never calculated; row 5 and column G are hidden; sheet Old is hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Monthly "
    sheet["B3"], sheet["C3"] = "Satisfied", date(2019, 4, 1)
    sheet["B4"], sheet["C4"], sheet["D4"], sheet["E4"], sheet["F4"] = "Victims", 0.793, 12, "#REF!", "=C4*2"
    sheet["C4"].number_format = "0.0%"
    sheet["C3"].number_format = "mmm yy"
    sheet["E4"].data_type = "e"
    sheet["B5"] = True
    sheet.merge_cells("B8:D9")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["G"].hidden = True
    book.create_sheet("Old").sheet_state = "veryHidden"
    path = tmp_path / "satisfaction.xlsx"
    book.save(path)
    return path


def test_an_excel_workbook_gives_values_at_their_addresses(satisfaction: Path) -> None:
    workbook, problems = opened(satisfaction)
    sheet = workbook.sheets[0]
    assert (sheet.name, sheet.value(2, 1), sheet.value(2, 2)) == ("Monthly ", "Satisfied", date(2019, 4, 1))
    assert (sheet.value(3, 2), sheet.format(3, 2), sheet.value(3, 3), sheet.format(3, 3)) == (0.793, "0.0%", 12, "General")
    assert sheet.value(4, 1) is True
    assert sheet.errors == {(3, 4): "#REF!"}
    assert sheet.value(3, 4) is None
    assert sheet.uncalculated == sheet.formulas == {(3, 5)}
    assert sheet.merges == (Merge(7, 1, 8, 3),)
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({4}, {6})
    assert [s.hidden for s in workbook.sheets] == [False, True]
    assert "sheet-hidden" in kinds(problems)
    assert len(workbook.sha256) == 64


def test_an_old_excel_workbook_gives_the_same(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Monthly")
    sheet.write(2, 1, "Satisfied")
    sheet.write(2, 2, date(2019, 4, 1), xlwt.easyxf(num_format_str="mmm yy"))
    sheet.write(3, 2, 0.793, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(4, 1, True)
    sheet.row(5).set_cell_error(1, 42)
    sheet.write_merge(7, 8, 1, 3, "merged")
    sheet.row(5).hidden = True
    sheet.col(6).hidden = True
    book.add_sheet("Old").visibility = 1
    book.save(str(tmp_path / "old.xls"))
    workbook, problems = opened(tmp_path / "old.xls")
    first = workbook.sheets[0]
    assert (first.value(2, 1), first.value(2, 2), first.value(3, 2), first.format(3, 2)) == (
        "Satisfied",
        date(2019, 4, 1),
        0.793,
        "0.0%",
    )
    assert first.value(4, 1) is True
    assert first.errors == {(5, 1): "#N/A"}
    assert first.value(5, 1) is None
    assert first.merges == (Merge(7, 1, 8, 3),)
    assert (set(first.hidden_rows), set(first.hidden_columns)) == ({5}, {6})
    assert workbook.sheets[1].hidden
    assert "sheet-hidden" in kinds(problems)


def ods_cell(text: str = "", **attributes: object) -> TableCell:
    cell = TableCell(**attributes)
    if text:
        cell.addElement(P(text=text))
    return cell


@pytest.fixture
def opendocument(tmp_path: Path) -> Path:
    """Row 1: label, 79.3%, a date, a time, an error; two empty rows; a repeated value; column F and sheet Old hidden."""
    document = OpenDocumentSpreadsheet()
    per_cent = PercentageStyle(name="N1")
    per_cent.addElement(Number(decimalplaces="1", minintegerdigits="1"))
    per_cent.addElement(NumberText(text="%"))
    plain = NumberStyle(name="N2")
    plain.addElement(Number(decimalplaces="0", minintegerdigits="1", grouping="true"))
    hidden = Style(name="ta1", family="table")
    hidden.addElement(TableProperties(display="false"))
    column = Style(name="co1", family="table-column")
    column.addElement(TableColumnProperties(columnwidth="2cm"))
    for style in (
        per_cent,
        plain,
        hidden,
        column,
        Style(name="ce1", family="table-cell", datastylename="N1"),
        Style(name="ce2", family="table-cell", datastylename="N2"),
    ):
        document.automaticstyles.addElement(style)
    table = Table(name="Monthly")
    table.addElement(TableColumn(numbercolumnsrepeated="5"))
    table.addElement(TableColumn(visibility="collapse"))
    first, gap, last = TableRow(), TableRow(numberrowsrepeated="2"), TableRow()
    for cell in (
        ods_cell("North  East ", valuetype="string"),
        ods_cell("79.3%", valuetype="percentage", value="0.793", stylename="ce1"),
        ods_cell("Apr 19", valuetype="date", datevalue="2019-04-01"),
        ods_cell("08:30", valuetype="time", timevalue="PT08H30M00S"),
        ods_cell("#DIV/0!", valuetype="string", stringvalue="", formula="of:=1/0"),
        ods_cell(formula="of:=A1"),
    ):
        first.addElement(cell)
    gap.addElement(ods_cell(numbercolumnsrepeated="1024"))
    last.addElement(ods_cell("1,204", valuetype="float", value="1204", stylename="ce2", numbercolumnsrepeated="3"))
    last.addElement(ods_cell("below", valuetype="string", numbercolumnsspanned="2", numberrowsspanned="3"))
    for row in (first, gap, last, TableRow(numberrowsrepeated="1048572")):
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.spreadsheet.addElement(Table(name="Old", stylename="ta1"))
    path = tmp_path / "monthly.ods"
    document.save(str(path))
    return path


def test_an_opendocument_spreadsheet_gives_the_same(opendocument: Path) -> None:
    workbook, _ = opened(opendocument)
    sheet = workbook.sheets[0]
    assert list(sheet.rows[0]) == ["North East ", 0.793, date(2019, 4, 1), time(8, 30), None, None]
    assert (sheet.format(0, 1), sheet.format(3, 0)) == ("0.0%", "#,##0")
    assert list(sheet.rows[3]) == [1204, 1204, 1204, "below"]
    assert len(sheet.rows) == 4
    assert sheet.errors == {(0, 4): "#DIV/0!"}
    assert (set(sheet.formulas), set(sheet.uncalculated)) == ({(0, 4), (0, 5)}, {(0, 5)})
    assert (sheet.merges, set(sheet.hidden_columns)) == ((Merge(3, 3, 5, 4),), {5})
    assert workbook.sheets[1].hidden


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_with_separators_is_kept_as_typed(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [["Area", "Cost £", "Per cent"], ["West Mercia ", "1,204", "79%"], ["Dyfed–Powys", "two\nlines", ""]]
    text = "\r\n".join(separator.join(f'"{cell}"' if set(cell) & set("\n,;") else cell for cell in line) for line in lines)
    (tmp_path / "figures.csv").write_bytes(text.encode(encoding))
    workbook, problems = opened(tmp_path / "figures.csv")
    assert [[cell or "" for cell in row] for row in workbook.sheets[0].rows] == lines
    assert problems == ()


def text_sheet(tmp_path: Path, text: str) -> tuple[Sheet, tuple[Problem, ...]]:
    (tmp_path / "figures.csv").write_text(text, newline="")
    workbook, problems = opened(tmp_path / "figures.csv")
    return workbook.sheets[0], problems


def test_decimal_commas_do_not_hide_the_semicolons(tmp_path: Path) -> None:
    sheet, _ = text_sheet(tmp_path, 'Date;Measure;Proportion\n01/04/2019;"Good ""job""";0,63\n01/05/2019;Fair;0,6\n')
    assert list(sheet.rows[1]) == ["01/04/2019", 'Good "job"', "0,63"]


def test_a_quotation_mark_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    sheet, problems = text_sheet(tmp_path, "a,b\n" + '"5 inch,1\n' + "c,2\n" * 400)
    assert len(sheet.rows) == 402
    assert kinds(problems) == ["csv-quote-unclosed"]
    assert problems[0].source.cell == "line 2"


def test_times_and_durations_are_told_from_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    cells = [(0.5, "h:mm"), (1.5, "[h]:mm"), (-3, "dd/mm/yyyy"), (60, "dd/mm/yyyy"), (7, '0 "days"')]
    for row, (value, code) in enumerate(cells, 1):
        sheet.cell(row, 1, value).number_format = code
    book.save(tmp_path / "times.xlsx")
    values = [row[0] for row in opened(tmp_path / "times.xlsx")[0].sheets[0].rows]
    assert values == [time(12), timedelta(hours=36), -3, 60, 7]
