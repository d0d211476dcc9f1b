"""Trackers as offices really keep them, each named by its fault, and the program's own exports taken in again."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import openpyxl.styles
import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.model.register_row import RegisterRow
from reportpack.read.register.tracker import Tracker
from reportpack.render.sheet import SheetColumn, SheetTable, open_document_bytes
from reportpack.run.init import make_office
from reportpack.run.office_files import Folders
from reportpack.run.register.export import export_register
from reportpack.run.register.rows import add_row, standing_register
from reportpack.run.register.trackers import import_rows, kind_of, propose_import, read_import, remembered
from reportpack.run.steps.recording import Change

NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
HEADINGS = ("Ref", "Action", "Lead", "Due date", "Status", "Update")
Cells = Sequence[str | date | None]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", NOW.date())
    return Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")


def book(path: Path, sheets: dict[str, Sequence[Cells]], merged: Sequence[str] = ()) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
    workbook.save(path)
    return path


def read(path: Path, sheet: str = "", **chosen: str) -> Tracker:
    return read_import(path, "Actions", chosen, sheet)


def taken(folders: Folders, path: Path, sheet: str = "", *, take: bool = True) -> dict[str, RegisterRow]:
    import_rows(folders, read(path, sheet), path, NOW, take=take)
    return {row.ref: row for row in standing_register(folders, 2031)[0]}


def test_tracker_update_typed_in_place_is_proposed_and_never_taken_unasked(folders: Folders, tmp_path: Path) -> None:
    row = ("17/2022", "RJ to write to the board. Update 18.01.22 \u2013 Complete", "RJ/DB", None, None, None)
    path = book(tmp_path / "tracker.xlsx", {"Actions": (HEADINGS, row)})
    (proposal,) = read(path).proposals
    assert proposal.words == (
        ("Action", "RJ to write to the board."),
        ("Update", "Update 18.01.22 \u2013 Complete"),
        ("State", "closed"),
        ("Closed on", date(2022, 1, 18)),
    )
    unasked = taken(folders, path, take=False)["17/2022"]
    assert (unasked.text("Action"), unasked.text("State")) == (row[1], "")


def test_tracker_what_was_proposed_is_taken_when_a_person_says_so(folders: Folders, tmp_path: Path) -> None:
    row = (
        "17/2022",
        "Write to the board",
        "RJ/DB",
        None,
        None,
        "Update 03.12.21 - awaiting reply\nUpdate 18.01.22 \u2013 Complete",
    )
    stands = taken(folders, book(tmp_path / "tracker.xlsx", {"Log": (HEADINGS, row)}))["17/2022"]
    assert (stands.text("State"), stands.text("Closed on"), stands.text("Owner")) == ("closed", "18 January 2022", "RJ/DB")
    assert stands.text("Update") == row[5]


@pytest.mark.parametrize(
    "said", ["Update 18.01.22 - not complete", "Update 18.01.22 \u2013 Complete by March", "nearly complete", ""]
)
def test_tracker_words_that_are_not_plainly_done_propose_nothing(tmp_path: Path, said: str) -> None:
    path = book(tmp_path / "tracker.xlsx", {"Log": (HEADINGS, ("17/2022", "Write", "CC", None, None, said))})
    assert read(path).proposals == ()


def test_tracker_with_a_state_in_other_words(tmp_path: Path) -> None:
    rows = [("1/2022", "a", "CC", None, state, None) for state in ("Complete", "Closed", "Open", "Green")]
    path = book(tmp_path / "tracker.xlsx", {"Log": (HEADINGS, *[(f"{n}/2022", *row[1:]) for n, row in enumerate(rows, 1)])})
    assert [(one.row.ref, one.words) for one in read(path).proposals] == [("1/2022", (("State", "closed"),))]


def test_tracker_with_closed_actions_on_a_sheet_of_their_own(folders: Folders, tmp_path: Path) -> None:
    open_rows = (HEADINGS, ("2/2022", "Share the plan", "CC", "28/06/2031", "Open", None))
    closed_rows = (HEADINGS[:4], ("1/2022", "Write to the board", "CC", "01/02/2022"))
    path = book(tmp_path / "tracker.xlsx", {"Open actions": open_rows, "Closed actions": closed_rows})
    with pytest.raises(InputError, match='"Open actions", "Closed actions"'):
        read(path)
    taken(folders, path, "Open actions")
    stands = taken(folders, path, "closed actions")
    assert {ref: row.text("State") for ref, row in stands.items()} == {"1/2022": "closed", "2/2022": "Open"}


def test_tracker_with_its_headings_in_row_three(tmp_path: Path) -> None:
    rows = (("OPCC action tracker", None), ("Updated 3 May 2022", None), HEADINGS, ("1/2022", "a", "CC", None, "open", None))
    tracker = read(book(tmp_path / "tracker.xlsx", {"Sheet1": rows}))
    assert (tracker.header_row, [row.ref for row in tracker.rows]) == (3, ["1/2022"])


def test_tracker_with_a_meeting_merged_over_its_actions(tmp_path: Path) -> None:
    headings = ("Meeting", "Ref", "Action", "Lead")
    rows = (headings, ("January 2022", "1/2022", "a", "CC"), (None, "2/2022", "b", "CC"), ("March 2022", "3/2022", "c", "CC"))
    tracker = read(book(tmp_path / "tracker.xlsx", {"Log": rows}, merged=("A2:A3",)))
    assert [row.text("Raised at") for row in tracker.rows] == ["January 2022", "January 2022", "March 2022"]


def test_tracker_with_one_reference_merged_over_two_lines(tmp_path: Path) -> None:
    headings = ("Ref", "Action", "Lead")
    rows = (headings, ("1/2022", "Write to the board", "RJ"), (None, "and to the courts", "DB"), ("2/2022", "Share it", "CC"))
    tracker = read(book(tmp_path / "tracker.xlsx", {"Log": rows}, merged=("A2:A3",)))
    assert [(row.ref, row.text("Action"), row.text("Owner")) for row in tracker.rows] == [
        ("1/2022", "Write to the board\nand to the courts", "RJ\nDB"),
        ("2/2022", "Share it", "CC"),
    ]


def test_tracker_with_lines_between_its_rows_that_are_no_actions(tmp_path: Path) -> None:
    rows = (HEADINGS, ("PREVIOUS ACTIONS",), ("1/2022", "a", "CC", None, "open", None), ("AC",), (None, "b", "CC", None, "open"))
    tracker = read(book(tmp_path / "tracker.xlsx", {"Log": rows}))
    assert [row.text("Action") for row in tracker.rows] == ["a", "b"]
    assert [problem.source.cell for problem in tracker.problems if problem.kind == "row-without-words"] == ["A2:F2", "A4:F4"]


def test_tracker_with_a_reference_on_two_rows_is_refused_whole(folders: Folders, tmp_path: Path) -> None:
    rows = (HEADINGS, ("1/2022", "a", "CC", None, "open", None), ("1/2022", "b", "CC", None, "open", None))
    path = book(tmp_path / "tracker.xlsx", {"Log": rows})
    with pytest.raises(RefusedError, match="1/2022 stands on several rows"):
        taken(folders, path)
    assert standing_register(folders, 2031)[0] == ()


def test_tracker_with_dates_as_text_keeps_them_and_asks_about_what_is_none(folders: Folders, tmp_path: Path) -> None:
    rows = [("1/2022", "a", "CC", "28.06.31", "open", None), ("2/2022", "b", "CC", "end of summer", "open", None)]
    path = book(tmp_path / "tracker.xlsx", {"Log": (HEADINGS, *rows, ("3/2022", "c", "CC", date(2031, 6, 28), "open", None))})
    imported = import_rows(folders, read(path), path, NOW)
    dues = {row.ref: row.text("Due") for row in standing_register(folders, 2031)[0]}
    assert dues == {"1/2022": "28.06.31", "2/2022": "end of summer", "3/2022": "28 June 2031"}
    assert any("end of summer" in problem.found for problem in imported.problems)


def test_tracker_with_references_that_excel_made_dates(tmp_path: Path) -> None:
    path = book(tmp_path / "tracker.xlsx", {"Log": (HEADINGS, (date(2022, 12, 1), "a", "CC", None, "open", None))})
    tracker = read(path)
    assert [row.ref for row in tracker.rows] == ["12/2022"]
    assert [problem.kind for problem in tracker.problems] == ["reference-is-date"]


def test_tracker_as_comma_separated_values(tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    with path.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream).writerows(
            [HEADINGS, ("17/2022", "The CC\u2019s plan \u2013 to be shared", "CC", "28/06/2031", "open", "")]
        )
    (row,) = read(path).rows
    assert (row.ref, row.text("Action"), row.text("Due")) == ("17/2022", "The CC\u2019s plan \u2013 to be shared", "28/06/2031")


def test_tracker_as_an_open_document(tmp_path: Path) -> None:
    path = tmp_path / "tracker.ods"
    table = SheetTable("Log", tuple(SheetColumn(one) for one in HEADINGS), (("17/2022", "Share it", "RJ/DB", "", "open", ""),))
    path.write_bytes(open_document_bytes([table], NOW.date()))
    (row,) = read(path).rows
    assert (row.ref, row.text("Owner")) == ("17/2022", "RJ/DB")


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_what_was_exported_is_taken_in_again_word_for_word(folders: Folders, tmp_path: Path, form: str) -> None:
    plan = [
        ("Action", "=SUM of it all\nand more"),
        ("Owner", "CC"),
        ("Due", "28 June 2031"),
        ("Update", "-5% \u2013 \u201cwell\u201d"),
    ]
    add_row(folders, "Actions", plan, Change(NOW))
    add_row(folders, "Actions", [("Action", "Second, with a comma"), ("Owner", "CC; PCC"), ("Due", "none")], Change(NOW))
    matter = [
        ("Title", "Burglary"),
        ("Words", "To come back"),
        ("Due at meeting", "September 2031"),
        ("Condition", "once it is in"),
    ]
    add_row(folders, "Matters", matter, Change(NOW))
    rows = standing_register(folders, 2031)[0]
    path = tmp_path / f"export.{form}"
    export_register(rows, path, NOW.date())
    make_office(tmp_path / "other", NOW.date())
    other = Folders(tmp_path / "other" / "inputs", tmp_path / "other" / "build")
    for kind in ("Actions", "Matters"):
        import_rows(other, read_import(path, kind, {}, ""), path, NOW)
    again = {(row.sheet, row.ref): row.texts for row in standing_register(other, 2031)[0]}
    assert again == {(row.sheet, row.ref): row.texts for row in rows}


def test_tracker_with_a_column_for_each_update_keeps_when_each_was(tmp_path: Path) -> None:
    headings = ("Action point", "Owner(s)", "By whom", "Update 10 Jan 31", "Update 14 Feb 31")
    path = book(tmp_path / "tracker.xlsx", {"Actions": (headings, ("Bring the data", "CC", None, "Waiting for IT", "Received"))})
    chosen = {"Update 10 Jan 31": "Update", "Update 14 Feb 31": "Update", "By whom": "-"}
    tracker = read_import(path, "Actions", chosen, "")
    assert tracker.unsettled == ()
    assert tracker.rows[0].text("Update") == "Update 10 Jan 31: Waiting for IT\nUpdate 14 Feb 31: Received"


def test_tracker_headings_of_three_letters_are_like_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "tracker.xlsx", {"Actions": (("Action", "Owner", "RAG"), ("Bring the data", "CC", "G"))})
    assert read(path).unsettled == (("RAG", ""),)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            (
                ("Community board action log", None, None, None, None),
                ("S.No", "Task Description", "Responsibility", "Target date", "Remarks"),
                (1.0, "Publish the plan", "CC", "28/06/2031", "Drafted"),
            ),
            {"Reference": "1", "Action": "Publish the plan", "Owner": "CC", "Due": "28/06/2031", "Update": "Drafted"},
        ),
        (
            (
                ("Ref", "Action", "Dates", None, "Lead", "Priority"),
                (None, None, "Date raised", "Due date", None, None),
                ("1/31", "Publish the plan", "May 2031", "28/06/2031", "CC", "High"),
            ),
            {"Raised at": "May 2031", "Due": "28/06/2031", "Owner": "CC", "Update": "Priority: High"},
        ),
        (
            (
                ("Action", "Owner", "Due date", "Due date", "Comments"),
                ("Publish the plan", "CC", "28/06/2031", "30/07/2031", "Late"),
            ),
            {"Due": "28/06/2031", "Update": "Due date (column D): 30/07/2031\nComments: Late"},
        ),
    ],
    ids=["other words", "headings on two rows", "two columns of one name"],
)
def test_tracker_as_it_is_has_a_column_proposed_for_every_heading(
    folders: Folders, tmp_path: Path, rows: Sequence[Cells], expected: dict[str, str]
) -> None:
    path = book(tmp_path / "log.xlsx", {"Log": rows})
    tracker, proposed = propose_import(path, "Actions", {}, "", remembered(folders))
    texts = tracker.rows[0].texts
    assert {heading: texts[heading] for heading in expected} == expected
    import_rows(folders, tracker, path, NOW)
    again, asked = propose_import(path, "Actions", {}, "", remembered(folders))
    assert (again.taken, asked) == (tracker.taken, {})
    assert bool(proposed) == ("Remarks" not in rows[1])


def test_tracker_row_that_is_struck_through_is_proposed_as_closed(tmp_path: Path) -> None:
    path = book(tmp_path / "log.xlsx", {"Log": (HEADINGS, ("1/31", "Publish", "CC", None, "Open", None))})
    struck = openpyxl.load_workbook(path)
    struck["Log"]["B2"].font = openpyxl.styles.Font(strike=True)
    struck.save(path)
    (proposal,) = read(path).proposals
    assert (proposal.words, proposal.because) == ((("State", "closed"),), "it is struck through")


def test_a_risk_register_is_known_by_its_headings(tmp_path: Path) -> None:
    risks = (
        "Risk ID",
        "Risk description",
        "Owner",
        "Likelihood",
        "Impact",
        "Risk score",
        "Treatment plan",
        "Next review date",
        "Status",
    )
    row = ("R1", "Custody closes", "CC", "3", "4", "12", "A second site", "30/06/2031", "Open")
    assert kind_of(book(tmp_path / "risks.xlsx", {"Sheet1": (("Strategic risks",), risks, row)}), "") == "Risks"
    assert kind_of(book(tmp_path / "log.xlsx", {"Log": (HEADINGS, ("1/2022", "a", "CC", None, "open", None))}), "") == "Actions"
