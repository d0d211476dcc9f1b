"""What an officer types for an outcome or into the Update column of the program's form, in as many wordings as came to mind, and what the register then says."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.room import new_minutes
from reportpack.run.minutes.settling import list_queries
from reportpack.run.office_files import Folders
from tests.run.test_lives_printed import day_of, rows_of, write

ROOT = Path(__file__).parents[2]
DAYS = (date(2019, 7, 30), date(2019, 9, 24), date(2019, 11, 26))
MEETING = "2019-07-30-assurance"
SEPTEMBER, NOVEMBER, CLOSED, ASKED = "September 2019", "November 2019", "discharged", ""
OUTCOMES = {
    SEPTEMBER: (
        *("c/f Sept", "c/f to Sept 19", "To come back in September.", "Roll over to next meeting", "rolled to Sept", "back in Sept"),
        *("Keep on the list for September", "Remain on agenda for Sept.", "Not reached \u2013 take in Sept", "to be heard in September"),
        *("September", "next meeting", "Held over to September", "Discussed; to return September.", "Sept 19"),
    ),
    NOVEMBER: (
        *("b/f Nov", "leave on for November", "Remitted to the November meeting", "Revisit Nov.", "Review in November 2019"),
        *("Bring back Nov with the audit", "stood over until November", "defer Nov", "Nov mtg"),
    ),
    "24 September 2019": ("24 September", "24/9"),
    CLOSED: (
        *("No longer required", "moved to close", "Noted and closed.", "PCC satisfied, close.", "PCC content - can be closed.", "lapsed"),
        *("Discharged - report received 24/07", "nothing more to do", "Happy to sign this off", "take off the list", "All done"),
        *("Closed (report circulated)", "Finished with", "Resolved", "not needed any more", "Becomes an action (1/2019)"),
        *("Closed after discussion", "Closed. Report came in September.", "concluded", "Closed in July", "Can be closed"),
    ),
    ASKED: (
        *("Ongoing", "standing item", "12 July", "partially closed", "can't close yet", "not yet closed", "Postponed - DCC absent"),
        *("closed, subject to sight of the report", "Close once the report is in", "To remain open", "satisfied"),
        *("PCC not content to close; back in September", "may be closed in July", "To be closed at the next meeting", "Should close in May"),
        *("Agreed it could be closed at the next meeting", "Discussed", "On hold", "Come back when survey is in", "Discussed at 2.1"),
    ),
}  # fmt: skip
OPEN, DONE, ACCEPTED, WITHDRAWN, SUPERSEDED, DUE = (
    "open",
    "proposed complete",
    "accepted",
    "withdrawn",
    "superseded",
    "30 June 2019",
)
UPDATES = {
    (OPEN, DUE): (
        *("part complete", "50%", "90% complete", "Now 30 of 40 done", "two of three complete", "Drop in numbers seen", "12 July"),
        *("By 2 officers, in hand", "due to staff absence", "Not needed until September", "Report circulated 3/7", "with DCC", "n/a"),
        *("The plan is being finalised", "It is being finalised"),
    ),
    (OPEN, "30 September 2019"): (
        *("by 30/9", "due 30/09/2019", "30 Sept", "30.9.19", "moved to 30 September", "Delayed - now 30 September"),
        *("Slipping to end Sept", "revised date 30.09.19", "not complete; new date 30 September"),
    ),
    (DONE, DUE): (
        *("\u2705", "\u2714\ufe0f", "100%", "100% complete", "finalised", "Recommend closing", "Propose to close", "Done 12/07"),
        *("Complete - see paper 3", "Delivered in June", "NFA", "Report by two of the DCC's staff; completed"),
    ),
    (ACCEPTED, DUE): ("PCC accepted this as done",),
    (WITHDRAWN, DUE): ("no longer needed", "Lapsed", "stood down", "agreed to drop", "removed"),
    (SUPERSEDED, DUE): ("Now part of 2/2019", "Duplicate", "N/A - superseded", "Overtaken by events"),
}  # fmt: skip
MATTERS = [(said, became) for became, every in OUTCOMES.items() for said in every]
ACTIONS = [(said, became) for became, every in UPDATES.items() for said in every]


def an_office(office: Path) -> Folders:
    """Made for one meeting at which every one of these is said, each of a matter or an action of its own."""
    left_out = ("memory", "performance", "minutes", "2019-*", "2018-*")
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns(*left_out))
    (office / "inputs" / "minutes").mkdir()
    agenda = 'agenda = [{ number = "1", title = "Items brought forward" }]\n'
    for day in DAYS:
        (office / "inputs" / "meetings" / f"{day}-assurance.toml").write_text(agenda, "utf-8")
    path = office / "inputs" / "register.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for number, _ in enumerate(MATTERS, 1):
        words = {"Title": f"Ward {number:03}", "Words": f"Look again at ward {number:03}.", "Due at meeting": "July 2019"}
        write(book["Matters"], {"Reference": f"M{number}/2019", **words})
    for number, _ in enumerate(ACTIONS, 1):
        words = {"Action": f"The CC to do thing {number:03}.", "Owner": "CC", "Due": DUE, "State": OPEN}
        write(book["Actions"], {"Reference": f"{number}/2019", **words})
    book.save(path)
    return Folders(office / "inputs", office / "build")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, object]], str]:
    """The rows of the register by their references, and what is asked, once all was typed and issued."""
    folders = an_office(tmp_path_factory.mktemp("wordings"))
    path, _ = new_minutes(folders, MEETING, DAYS[0], markdown=True)
    text = path.read_text("utf-8")
    for number, (said, _) in enumerate(MATTERS, 1):
        empty = re.search(rf"(?<=Look again at ward {number:03}\.\n\n)Outcome: .*", text)
        assert empty is not None
        text = f"{text[: empty.start()]}Outcome: {said}{text[empty.end() :]}"
    for number, (said, _) in enumerate(ACTIONS, 1):
        empty = re.search(rf"(?m)^\| {number}/2019 \|.*\|(?=  \|$)", text)
        assert empty is not None
        text = f"{text[: empty.end()]} {said}{text[empty.end() + 1 :]}"
    path.write_text(text, "utf-8")
    order = AnnexOrder(MEETING, None, datetime(2019, 7, 30, 17, tzinfo=UTC), DAYS[0])
    asked = " ".join(one.query.found for one in list_queries(folders, order, lambda _: None).asked)
    issue_annex(folders, order, lambda _: None)
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    rows = {str(row["Reference"]): row for sheet in ("Matters", "Actions") for row in rows_of(book[sheet])}
    return rows, asked


@pytest.mark.parametrize("number", range(len(MATTERS)), ids=[said for said, _ in MATTERS])
def test_an_outcome_closes_a_matter_carries_it_or_is_asked_about(
    issued: tuple[dict[str, dict[str, object]], str], number: int
) -> None:
    rows, asked = issued
    row, (said, became) = rows[f"M{number + 1}/2019"], MATTERS[number]
    state, due = row["State"] or "carried forward", day_of(row["Due at meeting"])
    assert (state, due) == ("discharged", "July 2019") if became == CLOSED else ("carried forward", became or "July 2019")
    assert str(row["Outcome"]).startswith(f"30 July 2019: {said.rstrip('.')}")
    ward = f'"Ward {number + 1:03} (brought forward)"'
    assert (f"{ward} is put off" in asked or f"outcome of {ward} does not" in asked) == (not became)


@pytest.mark.parametrize("number", range(len(ACTIONS)), ids=[said for said, _ in ACTIONS])
def test_an_update_settles_an_action_moves_it_or_is_kept(issued: tuple[dict[str, dict[str, object]], str], number: int) -> None:
    row, (said, became) = issued[0][f"{number + 1}/2019"], ACTIONS[number]
    assert (row["State"] or OPEN, day_of(row["Due"])) == became
    assert str(row["Update"] or "") in (f"30 July 2019: {said}", "")
