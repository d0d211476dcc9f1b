"""What a meeting says of an action, in the many wordings and places that notes have for it, and what the register then says."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.model.state_words import spelt_state
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from tests.run.test_lives_printed import day_of, rows_of, write

ROOT = Path(__file__).parents[2]
DUE = "28 June 2019"
DONE, OPEN, ACCEPTED, WITHDRAWN, SUPERSEDED = "proposed complete", "open", "accepted", "withdrawn", "superseded"
SAID = {
    DONE: (
        *(
            "Complete",
            "Done",
            "Report sent on 3 June, so complete",
            "Closed",
            "Discharged",
            "Not circulated until June; now complete",
        ),
        "Complete. The PCC asked for a copy by 30 July 2019",
    ),
    ACCEPTED: (
        *("Complete and accepted", "Accepted as complete", "The PCC accepted that this was done"),
        *("Completed; accepted by the PCC", "Agreed as complete", "The PCC agreed that this could be closed"),
        *("Content to close", "Agreed to close"),
    ),
    WITHDRAWN: ("Withdrawn", "Withdrawn: no longer needed", "It was agreed that this be withdrawn"),
    SUPERSEDED: ("Superseded by 1/2019", "Superseded", "Action closed, superseded by the new plan"),
    OPEN: (
        *("ongoing", "In progress: two of three are in hand", "Not complete", "Not yet complete; the auditor is ill"),
        *("90% complete", "Almost done", "Nearly complete", "Partially complete", "To be closed at the next meeting"),
        *("The PCC was not satisfied that it was complete", "The CC thought that it could be closed in July"),
        *("Is this complete?", "Carried forward", "No update", "No longer required, the CC thought", "Will be complete in July"),
    ),
}
MOVED = {
    "30 July 2019": (
        *("Put back to 30 July 2019, the survey is late", "Deadline extended to 30 July 2019", "New due date 30 July 2019"),
        *("Now due by 30 July 2019", "To be completed by 30 July 2019", "Moved to 30/07/2019", "Postponed until 30 July"),
    ),
    "31 July 2019": ("Extended to the end of July",),
    "July 2019": (
        "Carried forward to the July meeting",
        "c/f to July",
        "Deferred to July, staff are away",
        "Put back to July 2019, as staff are away",
    ),
    "September 2019": ("Slipped to September",),
}
CASES = [(said, state, DUE) for state, every in SAID.items() for said in every]
CASES += [(said, OPEN, due) for due, every in MOVED.items() for said in every]
LINES = (
    "{ref}: {said}",
    "Action {ref}: {said}.",
    "- {ref} \u2013 {said}",
    "On {ref}, the CC said that the work had gone on. {said}.",
    "{ref} {words} {said}.",
    "Action {ref}: {words}\n\n{said}.",
)
TABLES = ("| Ref | Action | Owner | Update |", "| No. | Action | Lead | Status |", "| Action | Owner | Progress |")
HEAD = """# Monthly Assurance Meeting: meeting notes

Date: Tuesday 25 June 2019

Chair: Rowan Ashdown, Police and Crime Commissioner

## Attendance

Present: Rowan Ashdown (PCC); Duncan Harcastle (CC); Philippa Orme (DCC)

## 1. Items brought forward

The CC gave an update on the actions.
"""


def words_of(number: int) -> str:
    return f"The CC to count the lamps of street {number}."


def notes(turn: int) -> str:
    """Each wording in one of the places, another at every turn."""
    lines: list[str] = []
    tables: dict[str, list[str]] = {head: [head, "| --- " * (head.count("|") - 1) + "|"] for head in TABLES}
    for number, (said, _, _) in enumerate(CASES):
        ref, words = f"{number + 1}/2018", words_of(number)
        place = (number + turn) % (len(LINES) + len(TABLES))
        if place < len(LINES):
            lines.append(LINES[place].format(ref=ref, words=words, said=said).replace("?.", "?"))
        else:
            head = TABLES[place - len(LINES)]
            tables[head].append(f"| {words} | CC | {said} |" if "| Action" in head[:9] else f"| {ref} | {words} | CC | {said} |")
    return "\n\n".join((HEAD, *lines, *("\n".join(rows) for rows in tables.values()), "## 2. Performance", "Nothing was said."))


@pytest.mark.parametrize("turn", [0, 2, 5])
def test_what_is_said_of_an_action_reaches_its_row_wherever_and_however_it_is_said(tmp_path: Path, turn: int) -> None:
    left_out = shutil.ignore_patterns("memory", "performance", "2019-*", "2018-*")
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=left_out)
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    for day in ("2019-06-25", "2019-07-30", "2019-09-24"):
        (folders.inputs / "meetings" / f"{day}-assurance.toml").write_text("", "utf-8")
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for number in range(len(CASES)):
        cells = {"Reference": f"{number + 1}/2018", "Action": words_of(number), "Owner": "CC", "Raised at": "2018-11-27"}
        write(book["Actions"], {**cells, "Due": DUE, "State": "open"})
    book.save(folders.inputs / "register.xlsx")
    (folders.inputs / "minutes" / "2019-06-25-assurance.md").write_text(notes(turn), "utf-8")
    issue_annex(folders, AnnexOrder("", None, datetime(2019, 6, 25, 17, tzinfo=UTC), date(2019, 6, 25)), print)
    rows = rows_of(openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"])
    stands = [(said, row["State"], day_of(row["Due"])) for (said, _, _), row in zip(CASES, rows, strict=True)]
    assert stands == CASES
    assert not [said for (said, _, _), row in zip(CASES, rows, strict=True) if not row["Update"] and spelt_state(said) is None]


SENTENCES = {
    "26/07": ("It was agreed that 26/07 be put back to July 2019, as the survey is late.", OPEN, "July 2019"),
    "AP-12": ("=AP-12 accepted", ACCEPTED, DUE),
    "391(a)": ("The PCC was content to close 391(a).", ACCEPTED, DUE),
    "Gov/24/3": ("It was agreed that Gov/24/3 be put back to 30 July 2019.", OPEN, "30 July 2019"),
    "5/2019": ("The PCC agreed to withdraw action 5/2019, as it was no longer needed.", WITHDRAWN, DUE),
    "6/2019": ("The PCC was not content to close 6/2019.", OPEN, DUE),
    "7/2019": ("The PCC was content to close 7/2019 once the report was in.", OPEN, DUE),
}
"""What is agreed of an action in a sentence of its own, whatever shape its reference has."""


def test_a_sentence_about_an_action_of_the_register_moves_it_and_asks_for_nothing_besides(tmp_path: Path) -> None:
    left_out = shutil.ignore_patterns("memory", "performance", "2019-*", "2018-*")
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=left_out)
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    for day in ("2019-06-25", "2019-07-30"):
        (folders.inputs / "meetings" / f"{day}-assurance.toml").write_text("", "utf-8")
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for number, ref in enumerate(SENTENCES):
        cells = {"Reference": ref, "Action": words_of(number), "Owner": "CC", "Raised at": "2018-11-27"}
        write(book["Actions"], {**cells, "Due": DUE, "State": "proposed complete" if ref == "AP-12" else "open"})
    book.save(folders.inputs / "register.xlsx")
    said = "\n\n".join((HEAD, *(one for one, _, _ in SENTENCES.values())))
    (folders.inputs / "minutes" / "2019-06-25-assurance.md").write_text(said, "utf-8")
    issue_annex(folders, AnnexOrder("", None, datetime(2019, 6, 25, 17, tzinfo=UTC), date(2019, 6, 25)), print)
    rows = rows_of(openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"])
    assert {row["Reference"]: (row["State"], day_of(row["Due"])) for row in rows} == {
        ref: (state, due) for ref, (_, state, due) in SENTENCES.items()
    }
    queries = (tmp_path / "build" / "2019-06-25-assurance" / "queries.html").read_text("utf-8")
    assert not [ref for ref in list(SENTENCES)[:5] if ref in queries]
    assert "No one is named to do" not in queries
