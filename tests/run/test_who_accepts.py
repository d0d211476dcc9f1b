"""Who may accept: what the office's side or the meeting says closes an action, what the force says of its own only proposes it; wherever it is said."""

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from tests.run.test_lives_printed import rows_of, write
from tests.run.test_spoken_actions import HEAD, LINES, TABLES

ROOT = Path(__file__).parents[2]
OPEN, DONE, ACCEPTED = "open", "proposed complete", "accepted"
SAID = {
    ACCEPTED: (
        *("Signed off by PCC", "Signed off by the Commissioner", "Signed off by the DPCC on 20 June", "PCC signed off"),
        *("PCC signed this off", "Closed by the PCC", "Closure agreed by the Commissioner", "PCC content to close"),
        *("The PCC was content to close", "Commissioner happy for this to be closed", "PCC satisfied that this is complete"),
        *("Complete; PCC content", "Done - accepted by the Deputy Police and Crime Commissioner", "Agreed as complete"),
        *("It was agreed that this be closed", "It was agreed to close this", "Agreed to close", "Content to close"),
        *("The meeting accepted this as complete", "DCC confirmed it was complete and the PCC agreed to close"),
        *("OPCC content to close", "Rowan Ashdown agreed that it could be closed", "The Chair agreed that this could be closed"),
        *("DCC asked for closure; PCC agreed", "Report received and discharged by the PCC"),
        *("It was agreed that this was done", "PCC accepted this in May", "PCC accepted this in May; not reopened since"),
        *("Reopened in March; PCC content to close", "It was agreed that this should be closed"),
    ),
    DONE: (
        *("Agreed as complete by the DCC", "The DCC confirmed that it was complete", "DCC content to close", "Closed"),
        *("Signed off by the DCC", "Signed off by the Chief Constable", "Closed by the ACC", "Signed off"),
        *("The CC agreed that this could be closed", "DCC accepted that this was done", "Signed off by finance"),
        *("Head of Performance and Analysis satisfied that this is complete", "Complete, for PCC sign-off"),
        *("Complete, subject to sign-off by the PCC", "Complete; awaiting PCC sign off", "Complete. To be accepted by the PCC"),
        *("Reopened in April; now complete", "Finished in the spring, for the PCC to accept", "Complete; nothing more needs to be done"),
        *("Completed. The PCC will be asked to accept it", "Complete. PCC content with the draft plan for next year"),
    ),
    OPEN: (
        *("PCC not content to close", "PCC to sign off", "PCC will sign off once the report is in", "Not agreed to close"),
        *("The PCC was not satisfied that it was complete", "To be signed off by the PCC", "PCC would be content to close in July"),
        *("PCC confirmed that it is to be completed", "It was agreed that this is to be done"),
        *("It was agreed that this is to be completed by July", "It was agreed that this must be completed"),
        *("It was agreed that this needs to be done", "It was agreed that this shall be closed once the report is in"),
        *("PCC accepted this in May; since reopened", "PCC accepted this in May; it was closed in error and is open again"),
        *("Closed in error", "Agreed as complete in May. Reopened by the PCC", "The PCC agreed that this has to be finished"),
        *("The Commissioner asked when it would be closed", "PCC content to close once the report is in"),
    ),
}  # fmt: skip
CASES = [(said, state) for state, every in SAID.items() for said in every]
SENTENCES = (
    ("It was agreed that {} be closed.", ACCEPTED),
    ("The PCC was content to close {}, as the report was in.", ACCEPTED),
    ("The DCC was content to close {}.", DONE),
    ("The PCC agreed to close action {}.", ACCEPTED),
    ("The DCC confirmed that {} was complete.", DONE),
    ("{} was signed off by the PCC.", ACCEPTED),
    ("{} was signed off by the DCC.", DONE),
    ("It was agreed that {} is complete.", ACCEPTED),
    ("The CC reported that {} was done.", DONE),
    ("The PCC accepted {} as complete.", ACCEPTED),
    ("The PCC was not content to close {}.", OPEN),
    ("It was resolved that {} be discharged.", ACCEPTED),
    ("The Commissioner agreed that {} could be closed.", ACCEPTED),
    ("It was agreed that {} be closed once the report is in.", OPEN),
    ("The DCC agreed to close {}.", DONE),
)
TWO = (
    ("It was agreed that {} be closed and {} be put back to July 2019.", ACCEPTED, OPEN),
    ("It was agreed that {} and {} be closed.", ACCEPTED, ACCEPTED),
    ("{} was done, but {} was not finished.", DONE, OPEN),
)


def an_office(folder: Path, count: int, notes: str) -> list[dict[str, object]]:
    """The register's actions, once notes were issued that say something of each."""
    left_out = shutil.ignore_patterns("memory", "performance", "2019-*", "2018-*")
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=left_out)
    folders = Folders(folder / "inputs", folder / "build")
    for day in ("2019-06-25", "2019-07-30"):
        (folders.inputs / "meetings" / f"{day}-assurance.toml").write_text("", "utf-8")
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for number in range(count):
        cells = {"Reference": f"{number + 1}/2018", "Action": words_of(number), "Owner": "DCC", "Raised at": "2018-11-27"}
        write(book["Actions"], {**cells, "Due": "28 June 2019", "State": OPEN})
    book.save(folders.inputs / "register.xlsx")
    (folders.inputs / "minutes" / "2019-06-25-assurance.md").write_text(notes, "utf-8")
    issue_annex(folders, AnnexOrder("", None, datetime(2019, 6, 25, 17, tzinfo=UTC), date(2019, 6, 25)), print)
    return rows_of(openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"])


def words_of(number: int) -> str:
    return f"The DCC to count the lamps of street {number}."


def wrong(cases: Sequence[tuple[str, str]], rows: Sequence[dict[str, object]]) -> list[tuple[str, str, object]]:
    pairs = zip(cases, rows, strict=True)
    return [
        (said, state, row["State"])
        for (said, state), row in pairs
        if row["State"] != state or (bool(row["Closed on"]) != (state == ACCEPTED))
    ]


@pytest.mark.parametrize("turn", range(len(LINES) + len(TABLES)))
def test_what_the_office_or_the_meeting_says_accepts_and_what_the_force_says_proposes(tmp_path: Path, turn: int) -> None:
    """Each wording in each place that notes have for it."""
    lines: list[str] = []
    tables: dict[str, list[str]] = {head: [head, "| --- " * (head.count("|") - 1) + "|"] for head in TABLES}
    for number, (said, _) in enumerate(CASES):
        ref, words = f"{number + 1}/2018", words_of(number)
        place = (number + turn) % (len(LINES) + len(TABLES))
        if place < len(LINES):
            lines.append(LINES[place].format(ref=ref, words=words, said=said))
        else:
            head = TABLES[place - len(LINES)]
            tables[head].append(
                f"| {words} | DCC | {said} |" if "| Action" in head[:9] else f"| {ref} | {words} | DCC | {said} |"
            )
    notes = "\n\n".join((HEAD, *lines, *("\n".join(rows) for rows in tables.values()), "## 2. Performance", "Nothing was said."))
    assert not wrong(CASES, an_office(tmp_path, len(CASES), notes))


def test_a_sentence_says_by_its_subject_who_closes_what_it_names(tmp_path: Path) -> None:
    said = [words.format(f"{number + 1}/2018") for number, (words, _) in enumerate(SENTENCES)]
    begin = len(SENTENCES) + 1
    said += [words.format(f"{begin + 2 * at}/2018", f"{begin + 2 * at + 1}/2018") for at, (words, _, _) in enumerate(TWO)]
    cases = (*SENTENCES, *((words, state) for words, *states in TWO for state in states))
    assert wrong(cases, an_office(tmp_path, len(cases), "\n\n".join((HEAD, *said)))) == []
