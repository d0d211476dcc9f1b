"""Every form, sheet and copy that the program writes for people to fill in: each thing that may be put there is put there, comes back through the
program's own doors, and is in the register or the ledger as it was meant."""

import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from reportpack.merge.replies import figure_said
from reportpack.model.commission import FormAction, ReplyForm
from reportpack.model.observation import FigureAnswered
from reportpack.render.element import block_lines
from reportpack.render.page_source import parse_page_source
from reportpack.render.sheet import reply_form_bytes
from reportpack.run.check import check_inputs
from reportpack.run.due.inbox import accept_reply, list_inbox
from reportpack.run.init import FIGURES, make_office
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.room import new_minutes
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Order
from reportpack.run.register.export import export_register
from reportpack.run.register.rows import standing_register
from reportpack.run.register.trackers import import_rows, read_import
from reportpack.run.steps.recording import Change
from tests.run.test_lives_printed import day_of, rows_of, write

ROOT = Path(__file__).parents[2]
MAY = "2019-05-28-assurance"
NOW = datetime(2019, 6, 3, 9, tzinfo=UTC)
BOXES = "closed", "carried to another meeting", "superseded by an action", "not reached"
TICKS = ("☒ ", "☑ ", "✓ ", "✔ ", "[x] ", "[X] ", "x ", "X ", "x", "☐x ", "yes ", "☒")
"""How a box is ticked, or typed over."""


def ticked(number: int, tick: str, more: str = "") -> str:
    """The form's line with one box ticked, or none."""
    boxes = (f"{tick}{one}{more}" if at == number else f"☐ {one}" for at, one in enumerate(BOXES))
    return "   ".join(boxes)


SEPTEMBER = "carried forward", "September 2019"
OUTCOMES = {
    **{ticked(0, tick): ("discharged", "") for tick in TICKS},
    **{ticked(1, tick, ": September"): SEPTEMBER for tick in TICKS},
    **{ticked(2, tick, ": 1/2018"): ("discharged", "") for tick in TICKS[:6]},
    **{ticked(3, tick): ("not reached", "") for tick in TICKS},
    ticked(1, "☒ ", " (September 2019)"): SEPTEMBER,
    ticked(1, "x ", " - 30 July 2019"): ("carried forward", "30 July 2019"),
    ticked(1, "☒ ", ", the next one"): ("asked", ""),
    ticked(1, "☒ ").replace("another", "the September"): SEPTEMBER,
    ticked(1, "☒ ").replace("another", "the next"): ("carried forward", "July 2019"),
    ticked(1, "☒ ").replace("another meeting", "Sept"): SEPTEMBER,
    ticked(1, "☒ ").replace("☐ closed", "☒ closed"): ("asked", ""),
    f"{ticked(-1, '')}   c/f Sept": SEPTEMBER,
    **dict.fromkeys(("closed", "Done", "yes, closed", "No longer required", "moved to close"), ("discharged", "")),
    **dict.fromkeys(("c/f Sept", "carried to September", "Deferred to the September meeting"), SEPTEMBER),
    **dict.fromkeys(("not reached", "No time", "Time did not allow"), ("not reached", "")),
    ticked(-1, ""): ("asked", ""),
}
DONE = "proposed complete"
UPDATES = {
    **dict.fromkeys(("☒", "☑", "✓", "✔", "[x]", "x", "X", "yes", "Yes", "Y", "done", "Done.", "complete", "Completed"), DONE),
    **dict.fromkeys(("closed", "propose to close", "Sent on 3 May. Complete", "Signed off", "NFA"), DONE),
    **dict.fromkeys(("Sent", "Submitted.", "Report circulated", "Sent to the office on 20 May 2019"), DONE),
    **dict.fromkeys(("accepted", "Complete, accepted", "Agreed as complete by the PCC"), "accepted"),
    **dict.fromkeys(("Superseded", "superseded by 2/2018"), "superseded"),
    **dict.fromkeys(("withdrawn", "cancelled", "No longer required"), "withdrawn"),
    **dict.fromkeys(("c/f Sept", "Deferred to September", "Put back to the September meeting"), "September 2019"),
    **dict.fromkeys(("Due date now 30 September 2019", "New deadline 30 September", "extended to 30/9/19"), "30 September 2019"),
    "30 June": "30 June 2019",
    **dict.fromkeys(("Put back to the next meeting", "Put back to July 2019, the survey is late"), "July 2019"),
    **dict.fromkeys(("c/f", "ongoing", "In progress", "tbc", "-", "new", "no", "not yet", "Half done", "N/A", ""), "open"),
    **dict.fromkeys(("Draft sent", "Sent to legal for advice", "Not yet sent", "To be submitted by the ACC"), "open"),
    "not accepted": "open",
}
PRESENT = ("present", "P", "x", "✓", "☒", "yes", "Y", "here", "by phone", "via Teams", "Present from item 2", "late", "attended")
AWAY = ("apologies", "A", "no", "N", "Apols", "sent apologies", "absent", "not present", "did not attend", "on leave")


def minutes_form(office: Path, *, markdown: bool) -> tuple[Folders, Path]:
    """An office whose register has a matter for every outcome and an action for every update, and the form for May's meeting."""
    left_out = shutil.ignore_patterns("memory", "performance", "2018-*", "2019-05-28-assurance.md")
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=left_out)
    folders = Folders(office / "inputs", office / "build")
    (folders.inputs / "meetings" / "2019-07-30-assurance.toml").write_text("", "utf-8")
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for number, _ in enumerate(OUTCOMES, 1):
        matter = {"Reference": f"M{number}/2018", "Title": f"Topic {number}", "Words": f"Look again at topic number {number}."}
        write(book["Matters"], {**matter, "Due at meeting": "May 2019"})
    for number, _ in enumerate(UPDATES, 1):
        action = {"Reference": f"{number}/2018", "Action": f"The CC to do thing number {number}.", "Owner": "CC"}
        write(book["Actions"], {**action, "Due": "28 June 2019", "State": "open"})
    book.save(folders.inputs / "register.xlsx")
    return folders, new_minutes(folders, MAY, date(2019, 5, 27), markdown=markdown)[0]


def fill_markdown(path: Path) -> None:
    text = path.read_text("utf-8")
    for number, outcome in enumerate(OUTCOMES, 1):
        line = rf"(Look again at topic number {number}\.\n\n)Outcome: .*"
        text = re.sub(line, rf"\1Outcome: {outcome}", text)
    for number, update in enumerate(UPDATES, 1):
        row = rf"(?m)^(\| {number}/2018 \|.*\|)  \|$"
        text = re.sub(row, rf"\1 {update} |", text)
    people = "".join(f"| {name} | Adviser | {said} |\n" for name, said in attendance())
    head = "| Name | Post | Present or apologies |\n| --- | --- | --- |\n"
    assert head in text
    text = text.replace(head, f"{head}{people}")
    path.write_text(slots(text, "\n\n"), "utf-8")


def fill_word(path: Path) -> None:
    document, outcomes = docx.Document(str(path)), iter(OUTCOMES)
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("Outcome:"):
            paragraph.text = f"Outcome: {next(outcomes)}"
        paragraph.text = slots(paragraph.text, "")
    updates = list(UPDATES)
    for table in document.tables:
        if table.rows[0].cells[-1].text == "Update":
            for row in table.rows[1:]:
                row.cells[-1].text = updates[int(row.cells[0].text.split("/")[0]) - 1]
        else:
            for name, said in attendance():
                for cell, words in zip(table.add_row().cells, (name, "Adviser", said), strict=True):  # type: ignore[no-untyped-call]
                    cell.text = words
    document.save(str(path))


FILLED: dict[str, str] = {}
"""What is typed behind the labels of the form's first item, once each."""


def slots(text: str, end: str) -> str:
    for label, said in FILLED.items():
        empty = f"{label}:"
        if text == empty or (end and f"{empty}{end}" in text):
            FILLED[label] = ""
            text = text.replace(f"{empty}{end}", f"{empty} {said}{end}", 1) if said else text
    return text


def attendance() -> list[tuple[str, str]]:
    return [(f"Alex {chr(65 + at // 26)}{chr(97 + at % 26)}son", said) for at, said in enumerate((*PRESENT, *AWAY))]


@pytest.mark.parametrize("markdown", [True, False], ids=["Markdown", "Word"])
def test_the_form_for_the_notes(tmp_path: Path, markdown: bool) -> None:
    folders, path = minutes_form(tmp_path, markdown=markdown)
    FILLED.update(
        Action="CC to send the fleet plan by 30 June 2019",
        Decision="The plan was approved.",
        Commitment="CC will publish it in July",
    )
    (fill_markdown if markdown else fill_word)(path)
    issue_annex(folders, AnnexOrder(MAY, None, NOW, NOW.date()), lambda _: None)
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    rows = {row["Reference"]: row for sheet in ("Matters", "Actions", "Commitments") for row in rows_of(book[sheet])}
    stands = [_became(rows[f"M{number}/2018"]) for number, _ in enumerate(OUTCOMES, 1)]
    assert dict(zip(OUTCOMES, stands, strict=True)) == OUTCOMES
    actions = [_action(rows[f"{number}/2018"]) for number, _ in enumerate(UPDATES, 1)]
    assert dict(zip(UPDATES, actions, strict=True)) == UPDATES
    kept = {said: str(rows[f"{number}/2018"]["Update"] or "") for number, said in enumerate(UPDATES, 1)}
    assert not [said for said in ("not accepted", "Half done", "30 June", "Sent on 3 May. Complete") if said not in kept[said]]
    new = {ref: row for ref, row in rows.items() if str(ref).endswith("/2019")}
    assert [(one["Action"], day_of(one["Due"])) for one in new.values() if "Action" in one] == [
        ("CC to send the fleet plan by 30 June 2019", "30 June 2019")
    ]
    assert [one["Words"] for one in new.values() if "Action" not in one] == ["CC will publish it in July"]
    annex = parse_page_source((folders.build / MAY / "annex.page-source.html").read_text("utf-8"), MAY)
    words = {section.get("id"): " ".join(block_lines(section)) for section in annex.sections}
    assert "The plan was approved." in " ".join(words.values())
    there, _, away = " ".join(words.values()).partition("Apologies")
    assert [said for name, said in attendance() if (name in there) != (said in PRESENT)] == []
    assert [said for name, said in attendance() if (name in away) != (said in AWAY)] == []


def _became(row: Mapping[str, object]) -> tuple[str, str]:
    state, due = str(row["State"] or ""), str(row["Due at meeting"])
    if state == "discharged" or due != "May 2019":
        return state, "" if state == "discharged" else due
    return ("not reached" if re.search("(?i)not reached|time", str(row["Outcome"])) else "asked"), ""


def _action(row: Mapping[str, object]) -> str:
    due, state = day_of(row["Due"]), str(row["State"])
    return due if (state, due != "28 June 2019") == ("open", True) else state


COMPLETE = (
    "yes",
    "Yes",
    "YES",
    "y",
    "Y",
    "x",
    "X",
    "☒",
    "✓",
    "1",
    1,
    True,
    "complete",
    "Completed",
    "done",
    "Done.",
    "Yes - all sent",
)
INCOMPLETE = ("no", "No", "n", False, "not yet", "Not complete", "ongoing", "In progress", "c/f Sept", "50%", "part", None)


def in_excel(data: bytes, path: Path, filled: Sequence[tuple[str | bool | int | None, ...]]) -> None:
    book = openpyxl.load_workbook(BytesIO(data))
    (sheet,) = book.worksheets
    head = next(row for row in range(1, 9) if sheet.cell(row, 3).value == "Reference")
    for at, values in enumerate(filled, head + 1):
        for column, value in enumerate(values, 6):
            sheet.cell(at, column).value = value
    book.save(path.with_suffix(".xlsx"))


def in_word(data: bytes, path: Path, filled: Sequence[tuple[str | bool | int | None, ...]]) -> None:
    """The same form, copied into a letter as people do who have no Excel at hand."""
    rows = list(openpyxl.load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[2] == "Reference")
    document = docx.Document()
    table = document.add_table(0, 8)
    for at, row in enumerate(rows[head:]):
        values = (*row[:5], *(filled[at - 1] if at else row[5:8]))
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = "" if value is None else str(value)
    document.save(str(path.with_suffix(".docx")))


@pytest.mark.parametrize("fill", [in_excel, in_word])
def test_the_reply_form(
    tmp_path: Path, fill: Callable[[bytes, Path, Sequence[tuple[str | bool | int | None, ...]]], None]
) -> None:
    left_out = shutil.ignore_patterns("memory", "performance", "2018-*", "2019-*")
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=left_out)
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    every = (*COMPLETE, *INCOMPLETE)
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for number, _ in enumerate(every, 1):
        action = {"Reference": f"{number}/2018", "Action": f"The CC to do thing number {number}.", "Owner": "CC"}
        write(book["Actions"], {**action, "Due": "30 April 2019", "State": "open"})
    book.save(folders.inputs / "register.xlsx")
    actions = tuple(FormAction(f"{number}/2018", f"Thing number {number}", "") for number, _ in enumerate(every, 1))
    form = reply_form_bytes(ReplyForm("reply form v1", "May 2019", "CC", "", "", date(2019, 5, 20), actions))
    (folders.inputs / "inbox").mkdir(exist_ok=True)
    filled = [(f"News {number}", said, "paper B" if said == "yes" else "") for number, said in enumerate(every, 1)]
    fill(form, folders.inputs / "inbox" / "form", filled)
    (waiting,), _, problems = list_inbox(folders, NOW)
    assert not problems
    accept_reply(folders, waiting.number, [one.ref for one in actions], None, Change(NOW, "A Name"))
    rows = {row.ref: row for row in standing_register(folders, 2019)[0]}
    stands = [rows[one.ref].text("State") for one in actions]
    assert dict(zip(enumerate(every), stands, strict=True)) == {
        (at, said): DONE if at < len(COMPLETE) else "open" for at, said in enumerate(every)
    }
    assert [number for number, one in enumerate(actions, 1) if f"News {number}" not in rows[one.ref].text("Update")] == []
    assert "paper B" in rows["1/2018"].text("Evidence")
    assert "all sent" in rows[f"{COMPLETE.index('Yes - all sent') + 1}/2018"].text("Update")


@pytest.mark.parametrize(
    ("answer", "told", "value"),
    [
        ("700", True, 700.0),
        ("700 - a slip of the keyboard", True, 700.0),
        ("It should be 700", True, 700.0),
        ("700, not 7000", True, 700.0),
        ("not 7000 but 1,700.5", True, 1700.5),
        ("right", True, None),
        ("Correct as it stands: 12 raids", True, None),
        ("Yes, that is right", True, None),
        ("No", False, None),
        ("We will look into it", False, None),
        ("Between 600 and 700", False, None),
    ],
)
def test_an_answer_to_a_query_says_a_figure_or_that_it_is_right(answer: str, told: bool, value: float | None) -> None:
    assert figure_said(answer) == (told, value)


def test_the_queries_on_a_workbook_of_figures(tmp_path: Path) -> None:
    now = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
    make_office(tmp_path / "office", now.date())
    folders = Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")
    figures = folders.inputs / "performance" / FIGURES
    book = openpyxl.load_workbook(figures)
    book["Recorded crime"]["H4"] = 4100
    book.save(figures)

    def asked() -> tuple[Path, ...]:
        return check_inputs(folders, Order("", None, None, now, now.date()), lambda _: None, queries=True).queries

    def of_cell(sheets: tuple[Path, ...]) -> bool:
        tables = (openpyxl.load_workbook(one)["Queries"].iter_rows(values_only=True) for one in sheets)
        return any(row[:2] == ("Recorded crime", "H4") for table in tables for row in table)

    (sheet,) = asked()
    assert of_cell((sheet,))
    queries = openpyxl.load_workbook(sheet)
    table = queries["Queries"]
    row = next(one for one in table.iter_rows() if one[1].value == "H4")
    assert row[3].value == "The figure that is right; or the word right, where it stands as it is; and why."
    row[4].value = "410, a nought too many"
    (folders.inputs / "inbox").mkdir()
    queries.save(folders.inputs / "inbox" / "sent back.xlsx")
    (waiting,), _, _ = list_inbox(folders, now)
    (proposal,) = waiting.proposals
    assert accept_reply(folders, waiting.number, [proposal.ref], None, Change(now, "A Name")) == ()
    ledger = open_memory(folders)
    assert ledger is not None
    with ledger:
        (given,) = ledger.happened(FigureAnswered)
    assert (given.sheet, given.cell, given.value) == ("Recorded crime", "H4", 410.0)
    assert not of_cell(asked())


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".csv"])
def test_the_exported_register(tmp_path: Path, ending: str) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    rows = standing_register(Folders(tmp_path / "inputs", tmp_path / "build"), 2019)[0]
    sheets = ("Actions", "Matters") if ending == ".csv" else ("Actions",)
    for sheet in sheets:
        own = tuple(row for row in rows if row.sheet == sheet)
        path = tmp_path / f"{sheet}{ending}"
        export_register(own, path, NOW.date())
        make_office(tmp_path / f"new {sheet}", NOW.date())
        folders = Folders(tmp_path / f"new {sheet}" / "inputs", tmp_path / "built")
        import_rows(folders, read_import(path, sheet, {}, ""), path, NOW)
        again = {row.ref: row.texts for row in standing_register(folders, 2019)[0] if row.sheet == sheet}
        assert again == {row.ref: row.texts for row in own}
