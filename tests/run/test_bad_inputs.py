"""Whatever is wrong with what people put in, each fault gets its sentence, and the pack is built with a worded gap where a figure belongs."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError, OutputError, ReportpackError, StrictError
from reportpack.model.problem import Problem
from reportpack.render.element import plain_text
from reportpack.render.page_source import parse_page_source
from reportpack.run.check import check_inputs
from reportpack.run.init import FIGURES, make_office
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.program import program_templates

TODAY = date(2031, 5, 6)
NOW = datetime(2031, 5, 6, 9, tzinfo=UTC)
MEETING = "2031-06-24-assurance"


@pytest.fixture(scope="module")
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office's folder, made once."""
    folder = tmp_path_factory.mktemp("office") / "northmoor"
    make_office(folder, TODAY)
    return folder


@pytest.fixture
def office(new_office: Path, tmp_path: Path) -> Path:
    """A copy of it to break."""
    return Path(shutil.copytree(new_office, tmp_path / "northmoor"))


def build(office: Path, *, strict: bool = False) -> BuiltPack:
    folders = Folders(office / "inputs", office / "build", office / "templates")
    return build_pack(folders, Order("", None, None, NOW, TODAY, strict), lambda _: None)


def kinds(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.kind for problem in problems}


def words(office: Path) -> str:
    source = (office / "build" / MEETING / "briefing-pack.page-source.html").read_text(encoding="utf-8")
    return plain_text(parse_page_source(source, "page source"))


def figures(office: Path) -> Path:
    return office / "inputs" / "performance" / FIGURES


def change(path: Path, edit: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def remove_workbook(office: Path) -> None:
    figures(office).unlink()


def empty_workbook(office: Path) -> None:
    figures(office).write_bytes(b"")


def text_as_workbook(office: Path) -> None:
    figures(office).write_text("Dear all, the figures will follow.", encoding="utf-8")


def truncate_workbook(office: Path) -> None:
    figures(office).write_bytes(figures(office).read_bytes()[:3000])


def rename_sheet(office: Path) -> None:
    change(figures(office), lambda book: setattr(book["Satisfaction"], "title", "Survey"))


def remove_a_month(office: Path) -> None:
    change(figures(office), lambda book: book["Recorded crime"].delete_cols(10))


def type_words_for_a_number(office: Path) -> None:
    change(figures(office), lambda book: book["Recorded crime"].__setitem__("D4", "see email"))


def type_a_formula(office: Path) -> None:
    change(figures(office), lambda book: book["Recorded crime"].__setitem__("D4", "=SUM(B4:C4)"))


def name_an_unknown_area(office: Path) -> None:
    change(figures(office), lambda book: book["Recorded crime"].__setitem__("A4", "Nroth"))


def add_actions(*rows: tuple[str, ...]) -> Callable[[Path], None]:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book["Actions"]
        heads = [cell.value for cell in sheet[1]]
        for row, values in enumerate(rows, start=2):
            for header, value in zip(("Reference", "Action", "Owner", "Raised at", "Due", "State"), values, strict=True):
                sheet.cell(row, heads.index(header) + 1, value)

    return lambda office: change(office / "inputs" / "register.xlsx", fill)


def owe_a_matter(office: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book["Matters"]
        heads = [cell.value for cell in sheet[1]]
        row = {
            "Reference": "M1/2031",
            "Title": "Crime",
            "Words": "Crime to return.",
            "From meeting": "March 2031",
            "Due at meeting": "April 2031",
        }
        for header, value in row.items():
            sheet.cell(2, heads.index(header) + 1, value)

    change(office / "inputs" / "register.xlsx", fill)


def lose_the_register(office: Path) -> None:
    (office / "inputs" / "register.xlsx").unlink()


@pytest.mark.parametrize(
    ("breaks", "kind"),
    [
        (remove_workbook, "workbook-missing"),
        (empty_workbook, "workbook-empty"),
        (text_as_workbook, "workbook-not-its-name"),
        (truncate_workbook, "workbook-unreadable"),
        (rename_sheet, "sheet-missing"),
        (remove_a_month, "month-missing"),
        (type_words_for_a_number, "text-for-number"),
        (type_a_formula, "not-calculated"),
        (name_an_unknown_area, "area-not-known"),
        (
            add_actions(
                ("1/2031", "Do it", "CC", "April 2031", "1 May 2031", "open"),
                ("1/2031", "Do that", "CC", "April 2031", "1 May 2031", "open"),
            ),
            "reference-twice",
        ),
        (add_actions(("1/2031", "Do it", "Chief Whip", "April 2031", "1 May 2031", "open")), "post-unknown"),
        (owe_a_matter, "meeting-missing"),
        (lose_the_register, "register-missing"),
    ],
    ids=lambda value: getattr(value, "__name__", value if isinstance(value, str) else "action-rows"),
)
def test_a_fault_is_said_and_the_pack_is_built_all_the_same(office: Path, breaks: Callable[[Path], None], kind: str) -> None:
    breaks(office)
    built = build(office)
    assert kind in kinds(built.problems), [problem.sentence for problem in built.problems]
    said = next(problem for problem in built.problems if problem.kind == kind)
    assert said.found.endswith(".")
    assert said.remedy.endswith(".")
    assert said.source.file
    assert built.paths[0].read_bytes().startswith(b"%PDF-")
    record = json.loads(built.paths[-1].read_text(encoding="utf-8"))
    assert kind in {problem["kind"] for problem in record["problems"]}


def test_last_months_workbook_under_a_new_name_is_seen_through(office: Path) -> None:
    build(office)
    figures(office).rename(figures(office).with_name("Figures to type in June.xlsx"))
    said = next(problem for problem in build(office).problems if problem.kind == "same-file")
    assert "performance/Figures to type in.xlsx" in said.found


def test_a_workbook_dated_ahead_is_left_out_and_said(office: Path) -> None:
    figures(office).rename(figures(office).with_name("Figures to type in 2032-01-15.xlsx"))
    assert "as-at-ahead" in kinds(build(office).problems)


def test_each_workbooks_owner_gets_a_sheet_of_queries_to_answer(office: Path) -> None:
    type_words_for_a_number(office)
    folders = Folders(office / "inputs", office / "build", office / "templates")
    checked = check_inputs(folders, Order("", None, None, NOW, TODAY), lambda _: None, queries=True)
    assert [path.name for path in checked.queries] == ["Queries on Figures to type in.xlsx"]
    sheet = openpyxl.load_workbook(checked.queries[0])["Queries"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Queries on Figures to type in.xlsx"
    assert ["Recorded crime", "D4"] in [row[:2] for row in rows]
    assert any(row[4] == "Your answer" for row in rows)


def test_a_corrected_figure_says_so_until_the_workbook_agrees(office: Path) -> None:
    toml = office / "inputs" / "measures.toml"
    month = openpyxl.load_workbook(figures(office))["Recorded crime"]["D3"].value
    correction = (
        '\n[[measure.correction]]\narea = "north"\nperiod = "2029-07"\nvalue = 4040\nby = "A. Officer"\non = 2031-05-01\n'
        'reason = "A digit was left off."\n'
    )
    assert month == "Jul 2029"
    toml.write_text(toml.read_text(encoding="utf-8") + correction, encoding="utf-8")
    build(office)
    said = words(office)
    assert "4,040 [corrected]" in said
    assert "A. Officer, 1\u00a0May 2031: A digit was left off." in said
    change(figures(office), lambda book: book["Recorded crime"].__setitem__("D4", 4040))
    assert "correction-agrees" in kinds(build(office).problems)
    assert "[corrected]" not in words(office)


def test_one_bad_workbook_does_not_hide_the_problems_of_another(office: Path) -> None:
    other = figures(office).with_name("Figures to type in (late).xlsx")
    shutil.copy(figures(office), other)
    type_words_for_a_number(office)
    other.write_bytes(b"")
    assert {"text-for-number", "workbook-empty"} <= kinds(build(office).problems)


def test_a_missing_figure_is_a_worded_gap_never_a_blank_or_a_nought(office: Path) -> None:
    remove_workbook(office)
    build(office)
    assert "No figure" in words(office)


def test_strict_writes_nothing_when_there_are_problems(office: Path) -> None:
    remove_workbook(office)
    with pytest.raises(StrictError, match="Figures to type in"):
        build(office, strict=True)
    assert not (office / "build").exists()


def test_strict_builds_when_there_are_none(office: Path) -> None:
    assert build(office, strict=True).paths[0].exists()


def test_a_build_that_fails_leaves_the_last_good_pack(office: Path) -> None:
    built = build(office)
    before = built.paths[0].read_bytes()
    (office / "inputs" / "office.toml").write_text('name = "Northmoor\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"office\.toml, line 1"):
        build(office)
    assert built.paths[0].read_bytes() == before


def test_a_templates_mistake_names_its_file_and_line(office: Path) -> None:
    (office / "templates" / "cover.html").write_text("<p>one</p>\n{{ pack.cover.nonesuch }}\n", encoding="utf-8")
    with pytest.raises(ReportpackError, match=r"cover\.html, line 2") as stopped:
        build(office)
    assert stopped.value.exit_code == 4


def test_a_mistake_in_the_page_source_names_the_templates_line(office: Path) -> None:
    (office / "templates" / "items.html").write_text(
        '<section id="items">\n<h1>Other</h1>\n<blink>now</blink>\n</section>\n', encoding="utf-8"
    )
    with pytest.raises(ReportpackError, match=r"items\.html, line 3"):
        build(office)


def test_a_section_left_out_leaves_the_contents_and_its_links_with_it(office: Path) -> None:
    pack = (program_templates() / "pack.html").read_text(encoding="utf-8")
    (office / "templates" / "pack.html").write_text(pack.replace('{% include "method.html" %}', ""), encoding="utf-8")
    build(office)
    source = (office / "build" / MEETING / "briefing-pack.page-source.html").read_text(encoding="utf-8")
    assert "#method" not in source
    assert '<li><a href="#sources">' in source


def test_a_build_folder_that_cannot_be_written_says_so(office: Path) -> None:
    (office / "build").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written to"):
        build(office)


def test_an_accepted_problem_is_counted_and_comes_back_when_it_changes(office: Path) -> None:
    type_words_for_a_number(office)
    fault = next(problem for problem in build(office).problems if problem.kind == "text-for-number")
    toml = office / "inputs" / "office.toml"
    accepted = (
        f'\n[[accepted]]\nproblem = {json.dumps(fault.fingerprint)}\nby = "A. Officer"\nreason = "Known"\nuntil = 2031-12-31\n'
    )
    toml.write_text(toml.read_text(encoding="utf-8") + accepted, encoding="utf-8")
    built = build(office)
    assert fault.kind not in kinds(built.problems)
    assert [one.kind for one in built.accepted] == ["text-for-number"]
    change(figures(office), lambda book: book["Recorded crime"].__setitem__("E4", "about four hundred"))
    assert fault.kind in kinds(build(office).problems)


def test_a_pack_can_be_had_again_after_its_workbooks_and_settings_changed(office: Path) -> None:
    built = build(office)
    before = {path.name: path.read_bytes() for path in built.paths}
    type_words_for_a_number(office)
    (office / "templates" / "theme.toml").write_text('[colours]\naccent = "#aa0000"\n', encoding="utf-8")
    shutil.rmtree(office / "build")
    folders = Folders(office / "inputs", office / "build", office / "templates")
    again = build_pack(folders, Order("", None, TODAY, NOW, TODAY), lambda _: None)
    assert again.again
    assert {path.name: path.read_bytes() for path in again.paths} == before


def test_every_cell_of_a_workbook_may_hold_anything(office: Path) -> None:
    nasty = "<b>&amp;\n\"]]>\t=cmd|' /C calc'!A0 " + "\u200f\U0001f600" + "x" * 200

    def spoil(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    cell.value = nasty
                    cell.data_type = "s"

    def add_rows(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            headings = [str(cell.value) for cell in next(sheet.iter_rows(max_row=1))]
            sheet.append(["" if heading == "Audience" else nasty for heading in headings])

    change(figures(office), spoil)
    change(office / "inputs" / "register.xlsx", add_rows)
    built = build(office)
    assert built.paths[0].read_bytes().startswith(b"%PDF-")
