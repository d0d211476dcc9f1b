"""The register as people keep it in Excel."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.packaging.custom import IntProperty
from openpyxl.styles import Font

from reportpack.model.action import ActionState, Redating
from reportpack.model.commitment import Comparator, Relative, Test
from reportpack.model.edition import Audience
from reportpack.model.matter import MatterState
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Weight
from reportpack.model.register import Register
from reportpack.model.statement import Answered
from reportpack.read.register.commitments import read_test
from reportpack.read.register.reading import read_register
from reportpack.read.register.rows import register_number
from tests.read.registers import MEASURES, OFFICE, write_register


def read(path: Path) -> tuple[Register, tuple[Problem, ...]]:
    return read_register(path, "register.xlsx", OFFICE, MEASURES)


def test_a_matter_keeps_its_words_and_its_cells(tmp_path: Path) -> None:
    words = "Satisfaction to be  reviewed\nat the May 2019 meeting"
    row = ("M1/2018", "Satisfaction", words, "November 2018", "May 2019", "carried forward", "Satisfaction", None, None)
    register, problems = read(write_register(tmp_path / "register.xlsx", matters=[row]))
    (matter,) = register.matters
    assert (matter.words, matter.origin, matter.due, matter.due_as_written) == (words, "2018-11", "2019-05", "May 2019")
    assert (matter.state, matter.audience) == (MatterState.CARRIED, Audience.OFFICE)
    assert matter.source.where == "register.xlsx, sheet Matters, A2:I2"
    assert problems == ()


def test_an_action_is_read_whole(tmp_path: Path) -> None:
    redated = "28 Feb 2019 to 30 Apr 2019: the audit was late\n30/04/2019 -> 31/05/2019"
    row = (
        "12/2019",
        "CC and DCC to share it",
        "CC; DCC",
        "2018-11-27-assurance",
        date(2019, 5, 31),
        "Proposed complete",
        redated,
    )
    register, problems = read(write_register(tmp_path / "register.xlsx", actions=[row]))
    (action,) = register.actions
    assert (action.owners, action.owners_as_written, action.raised) == (("cc", "dcc"), "CC; DCC", "2018-11-27-assurance")
    assert (action.due, action.state) == (date(2019, 5, 31), ActionState.PROPOSED)
    assert action.redatings == (
        Redating(date(2019, 2, 28), date(2019, 4, 30), "the audit was late"),
        Redating(date(2019, 4, 30), date(2019, 5, 31)),
    )
    assert {problem.kind for problem in problems} == {"redated-without-reason", "evidence-missing"}


def test_an_action_can_be_due_at_a_meeting(tmp_path: Path) -> None:
    rows = [("1/2019", "a", "CC", "May 2019", "the November meeting"), ("2/2019", "b", "CC", None, "September 2019")]
    register, problems = read(write_register(tmp_path / "register.xlsx", actions=rows))
    assert [(one.due, one.due_meeting) for one in register.actions] == [(None, "2019-11"), (None, "2019-09")]
    assert problems == ()


def test_a_commitment_has_its_test_and_its_figures(tmp_path: Path) -> None:
    row = ("C1/2019", "expects to see 4 areas", "CC", "28 May 2019", "satisfaction", "4 areas over 80", "June 2019")
    register, problems = read(write_register(tmp_path / "register.xlsx", commitments=[row]))
    (commitment,) = register.commitments
    assert (commitment.owner, commitment.said_at, commitment.measure) == ("cc", "2019-05-28", "satisfaction")
    assert (commitment.test, commitment.period) == (Test(Comparator.OVER, 80, 4), Period.month(2019, 6))
    assert problems == ()


def test_a_question_knows_whether_it_was_answered(tmp_path: Path) -> None:
    row = ("Why has it plateaued?", "PCC", "November 2018", "Satisfaction", "Partly", "A small improvement.")
    register, problems = read(write_register(tmp_path / "register.xlsx", questions=[row]))
    (question,) = register.questions
    assert (question.asked_by, question.meeting, question.answered) == ("pcc", "2018-11", Answered.PARTLY)
    assert problems == ()


def test_headings_match_whatever_their_case_order_or_place_and_extra_ones_are_left_alone(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = " MATTERS "
    sheet.append(["Our register"])
    sheet.append([])
    sheet.append(["Colour", "words", "REFERENCE ", "due  at meeting", "State:"])
    sheet.append(["red", "To be reviewed", "M1/2018", "May 2019", "Carried Forward"])
    for name in ("Actions", "Commitments", "Questions", "My sums"):
        workbook.create_sheet(name)
    workbook.save(tmp_path / "register.xlsx")
    register, problems = read(tmp_path / "register.xlsx")
    assert [(one.ref, one.words) for one in register.matters] == [("M1/2018", "To be reviewed")]
    assert register.matters[0].source.cell == "B4:E4"
    assert {one.kind for one in problems} == {"headings-missing"}


def test_a_misspelt_heading_is_said_with_what_it_may_be(tmp_path: Path) -> None:
    path = write_register(tmp_path / "register.xlsx", actions=[("1/2019", "a", "CC", None, "31 May 2019")])
    workbook = load_workbook(path)
    workbook["Actions"]["C1"] = "Owners"
    workbook.save(path)
    _, problems = read(path)
    misspelt = next(one for one in problems if one.kind == "column-misspelt")
    assert misspelt.sentence == (
        'register.xlsx, sheet Actions, C1: The heading "Owners" is not one the register has, so its column is not read. '
        'If it is meant to be "Owner", spell it so.'
    )


@pytest.mark.parametrize(
    ("owner", "owners", "unknown"),
    [
        ("OPCC", ("opcc",), []),
        ("PC", (), ["PC"]),
        ("OCC", (), ["OCC"]),
        ("RJ/DB", (), ["RJ", "DB"]),
        ("CC/DCC", ("cc", "dcc"), []),
        ("the Chief Constable and the DCC", ("cc", "dcc"), []),
        ("T/DCC", ("dcc",), []),
        ("Assistant Chief Constable (Crime and Operations), PO", ("acc", "officer"), []),
        ("Assistant Chief Constable (Crime and Operations)", ("acc",), []),
        ("CC to lead", (), ["CC to lead"]),
    ],
)
def test_owners_are_whole_names_or_unknown(tmp_path: Path, owner: str, owners: tuple[str, ...], unknown: list[str]) -> None:
    row = ("1/2019", "a", owner, None, "31 May 2019")
    register, problems = read(write_register(tmp_path / "register.xlsx", actions=[row]))
    assert register.actions[0].owners == owners
    assert register.actions[0].owners_as_written == owner
    assert [one.found.split('"')[1] for one in problems if one.kind == "post-unknown"] == unknown


def test_an_unknown_owner_is_answered_with_the_nearest(tmp_path: Path) -> None:
    rows = [
        ("1/2019", "a", "PC", None, "none"),
        ("2/2019", "a", "Robin Jay", None, "none"),
        ("3/2019", "a", "Xyzzy", None, "none"),
    ]
    _, problems = read(write_register(tmp_path / "register.xlsx", actions=rows))
    assert [one.remedy.split(".")[0] for one in problems] == [
        "If PCC is meant, write that; otherwise add the post or the name to office",
        "Robin Jay holds the post Policy Officer in office",
        "Write one of the posts in office",
    ]


def test_what_cannot_be_read_is_said_with_its_cell_and_the_row_is_kept(tmp_path: Path) -> None:
    matters = [("M1/2018", "t", None, "spring", "the 99th", "nearly", None, None, "everybody")]
    actions = [("1/2019", "a", "CC", None, "32 May 2019", "almost", "soon", "yesterday", "pubic")]
    commitments = [("C1/2019", "w", "CC", None, "happiness", "rather better", "one day")]
    register, problems = read(
        write_register(tmp_path / "register.xlsx", matters=matters, actions=actions, commitments=commitments)
    )
    assert (len(register.matters), len(register.actions), len(register.commitments)) == (1, 1, 1)
    assert [(one.kind, one.source.cell) for one in problems] == [
        ("words-missing", "C2"),
        ("meeting-unreadable", "D2"),
        ("state-unknown", "F2"),
        ("meeting-unreadable", "E2"),
        ("audience-unknown", "I2"),
        ("meeting-unreadable", "E2"),
        ("state-unknown", "F2"),
        ("redating-unreadable", "G2"),
        ("date-unreadable", "H2"),
        ("audience-unknown", "I2"),
        ("measure-unknown", "E2"),
        ("test-unreadable", "F2"),
        ("period-unreadable", "G2"),
    ]
    assert register.actions[0].state is ActionState.OPEN
    assert register.actions[0].audience is Audience.OFFICE
    assert all(one.weight is Weight.WRONG for one in problems)


def test_two_rows_with_one_reference_are_both_kept_and_said(tmp_path: Path) -> None:
    rows = [("3/2019", "one", "CC", None, "none"), ("3/2019", "another", "CC", None, "none")]
    register, problems = read(write_register(tmp_path / "register.xlsx", actions=rows))
    assert [one.words for one in register.actions] == ["one", "another"]
    assert [one.kind for one in problems] == ["reference-twice"]
    assert "A2:I2, A3:I3" in problems[0].found


def test_rows_come_in_the_order_of_their_references(tmp_path: Path) -> None:
    rows = [(ref, "a", "CC", None, "none") for ref in ("10/2019", "old 4", "2/2019", "30/2018")]
    register, _ = read(write_register(tmp_path / "register.xlsx", actions=rows))
    assert [one.ref for one in register.actions] == ["30/2018", "2/2019", "10/2019", "old 4"]


def test_a_reference_that_excel_made_a_date_is_read_as_it_was_typed(tmp_path: Path) -> None:
    register, problems = read(
        write_register(tmp_path / "register.xlsx", actions=[(datetime(2019, 12, 1), "a", "CC", None, "none")])  # noqa: DTZ001  Excel's dates have no zone
    )
    assert register.actions[0].ref == "12/2019"
    assert [one.kind for one in problems] == ["reference-is-date"]


def test_a_month_that_excel_made_a_date_is_a_month(tmp_path: Path) -> None:
    path = write_register(tmp_path / "register.xlsx", matters=[("M1/2018", "t", "w", date(2018, 11, 1), date(2019, 5, 1))])
    workbook = load_workbook(path)
    workbook["Matters"]["D2"].number_format = "mmm-yy"
    workbook["Matters"]["E2"].number_format = "mmmm yyyy"
    workbook.save(path)
    register, _ = read(path)
    assert (register.matters[0].origin, register.matters[0].due) == ("2018-11", "2019-05")


def test_text_is_text_even_when_it_looks_like_a_formula(tmp_path: Path) -> None:
    words = "=cmd|' /C calc'!A0"
    register, problems = read(
        write_register(tmp_path / "register.xlsx", matters=[("M1/2018", "<b>&", words, "Nov 18", "May 19")])
    )
    assert (register.matters[0].words, register.matters[0].title) == (words, "<b>&")
    assert problems == ()


def test_a_formula_without_a_value_is_said(tmp_path: Path) -> None:
    path = write_register(tmp_path / "register.xlsx", matters=[("M1/2018", "t", "w", "Nov 18", "May 19")])
    workbook = load_workbook(path)
    workbook["Matters"]["B2"] = "=A2&A3"
    workbook.save(path)
    register, problems = read(path)
    assert register.matters[0].title == ""
    assert [(one.kind, one.source.cell) for one in problems] == [("formula-failed", "B2")]


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", "workbook-empty", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "workbook-unreadable", "not a spreadsheet"),
        (b"PK\x03\x04 cut short", "workbook-unreadable", "damaged"),
        (b"%PDF-1.7", "workbook-unreadable", "PDF"),
        (None, "register-missing", "no register"),
    ],
)
def test_a_register_that_cannot_be_opened_is_said_in_a_sentence(
    tmp_path: Path, data: bytes | None, kind: str, words: str
) -> None:
    path = tmp_path / "register.xlsx"
    if data is not None:
        path.write_bytes(data)
    register, problems = read(path)
    assert register == Register()
    assert [one.kind for one in problems] == [kind]
    assert words in problems[0].found


def test_a_register_cut_short_at_any_byte_never_raises(tmp_path: Path) -> None:
    path = write_register(tmp_path / "register.xlsx", matters=[("M1/2018", "t", "w", "Nov 18", "May 19")])
    data = path.read_bytes()
    for length in range(0, len(data), 211):
        path.write_bytes(data[:length] + b"\0" * (len(data) - length))
        register, problems = read(path)
        assert register == Register()
        assert problems


def test_a_register_that_is_open_elsewhere_is_read_and_said(tmp_path: Path) -> None:
    path = write_register(tmp_path / "register.xlsx", matters=[("M1/2018", "t", "w", "Nov 18", "May 19")])
    (tmp_path / "~$register.xlsx").write_bytes(b"somebody")
    register, problems = read(path)
    assert len(register.matters) == 1
    assert [(one.kind, one.weight) for one in problems] == [("register-open", Weight.NOTE)]


def test_a_sheet_that_is_gone_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_register(tmp_path / "register.xlsx", matters=[("M1/2018", "t", "w", "Nov 18", "May 19")])
    workbook = load_workbook(path)
    del workbook["Actions"]
    workbook.save(path)
    register, problems = read(path)
    assert len(register.matters) == 1
    assert [one.kind for one in problems] == ["sheet-missing"]


def test_the_number_of_the_last_write_is_known(tmp_path: Path) -> None:
    path = write_register(tmp_path / "register.xlsx")
    assert register_number(path) is None
    workbook: Any = load_workbook(path)
    workbook.custom_doc_props.append(IntProperty(name="reportpack register", value=7))
    workbook.save(path)
    assert register_number(path) == 7


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("down 10 per cent", Test(Comparator.AT_MOST, -10, relative=Relative.PER_CENT)),
        ("Up 2 points", Test(Comparator.AT_LEAST, 2, relative=Relative.AMOUNT)),
        ("down 5% on 2024/25", Test(Comparator.AT_MOST, -5, relative=Relative.PER_CENT, base=Period(date(2024, 4, 1), 12))),
        ("down a bit", None),
    ],
)
def test_a_test_of_a_change_is_read(text: str, test: Test | None) -> None:
    assert read_test(text, 5) == test


@pytest.mark.parametrize(
    ("typed", "due"),
    [(45412, "2024-04-30"), ("30/Apr/2024", "2024-04-30"), ("end April 2024", "2024-04-30"), ("end of June", "2024-06-30")],
)
def test_a_due_is_read_as_people_type_it(tmp_path: Path, typed: int | str, due: str) -> None:
    actions = [("1/2024", "CC to act", "CC", "March 2024", typed)]
    register, problems = read(write_register(tmp_path / "register.xlsx", actions=actions))
    assert (str(register.actions[0].due), problems) == (due, ())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("04/30/2024", "has its month first; day first it is 30/04/2024"),
        ("31/04/2024", "is no day: April has 30 days"),
        ("29/02/2023", "is no day: February has 28 days"),
        ("45/45/2024", "is no day"),
        ("30th April", "gives no year"),
    ],
)
def test_a_due_that_is_no_day_is_told_why(tmp_path: Path, typed: str, said: str) -> None:
    actions = [("1/2024", "CC to act", "CC", None, typed)]
    _, problems = read(write_register(tmp_path / "register.xlsx", actions=actions))
    assert [one.found for one in problems] == [f'"{typed}" under "Due" {said}.']


@pytest.mark.parametrize(("state", "asked"), [(None, ["A2:I2"]), ("withdrawn", [])])
def test_a_row_that_is_struck_through_is_asked_about_while_its_state_is_live(
    tmp_path: Path, state: str | None, asked: list[str]
) -> None:
    path = write_register(tmp_path / "register.xlsx", actions=[("1/2024", "CC to act", "CC", None, "30 April 2024", state)])
    book = load_workbook(path)
    for cell in book["Actions"][2]:
        cell.font = Font(strike=True)
    book.save(path)
    _, problems = read(path)
    assert [one.source.cell for one in problems if one.kind == "row-struck"] == asked
