"""The register and the ledger from the command line."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import ExitCode
from reportpack.run.init import make_office

NOW = ("--now", "2031-05-06T09:00")


def run(office: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "reportpack", *words]
    return subprocess.run(
        command, cwd=office, capture_output=True, text=True, check=False, env=environment, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    make_office(tmp_path / "office", date(2031, 5, 6))
    path = tmp_path / "office" / "inputs" / "register.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Actions"]
    row = {"Reference": "1/2031", "Action": "Share the plan", "Owner": "CC", "State": "open", "Due": "none"}
    for cell in sheet[1]:
        sheet.cell(2, cell.column or 1).value = row.get(str(cell.value))
    workbook.save(path)
    return tmp_path / "office"


def test_a_change_from_the_command_line_is_in_the_ledger_and_in_the_workbook(office: Path) -> None:
    done = run(office, "register", "update", "1/2031", "State=closed", "Evidence=the letter", "due=28 June 2031", *NOW)
    assert done.returncode == ExitCode.DONE, done.stderr
    shown = json.loads(run(office, "register", "show", "1/2031", "--json", *NOW).stdout)
    assert (shown["words"]["State"], shown["words"]["Due"]) == ("closed", "28 June 2031")
    sheet = openpyxl.load_workbook(office / "inputs" / "register.xlsx")["Actions"]
    assert "closed" in [cell.value for cell in sheet[2]]
    history = json.loads(run(office, "register", "history", "1/2031", "--json", *NOW).stdout)
    assert [one["by"] for one in history] == ["register.xlsx", "reportpack register update"]
    assert {"heading": "State", "before": "open", "after": "closed"} in history[1]["changes"]


@pytest.mark.parametrize(
    ("reference", "change", "said"),
    [
        ("9/2031", "State=closed", "There are: 1/2031."),
        ("1/2031", "Colour=red", "The headings are:"),
        ("1/2031", "State=mauve", "Nothing was changed."),
        ("1/2031", "Reference=2/2031", "cannot be set"),
    ],
)
def test_a_change_that_cannot_be_made_is_said_and_changes_nothing(office: Path, reference: str, change: str, said: str) -> None:
    done = run(office, "register", "update", reference, change, *NOW)
    assert done.returncode == ExitCode.INPUT
    assert said in done.stderr
    assert json.loads(run(office, "register", "show", "1/2031", "--json", *NOW).stdout)["words"]["State"] == "open"


def test_a_ledger_is_backed_up_and_restored(office: Path) -> None:
    run(office, "register", "update", "1/2031", "State=closed", "Evidence=the letter", *NOW)
    backup = office / run(office, "ledger", "backup", *NOW).stdout.strip()
    refused = run(office, "ledger", "restore", str(backup))
    assert refused.returncode == ExitCode.REFUSED
    (office / "inputs" / "memory" / "ledger.sqlite").unlink()
    lost = run(office, "register", "list", *NOW)
    assert lost.returncode == ExitCode.REFUSED
    assert "ledger restore" in lost.stderr
    done = run(office, "ledger", "restore", str(backup))
    assert (done.returncode, done.stderr.endswith(" restored.\n")) == (ExitCode.DONE, True)
    assert len(json.loads(run(office, "register", "history", "1/2031", "--json", *NOW).stdout)) == 2


def test_a_new_row_asks_for_what_it_was_not_told_and_adds_nothing_without_an_answer(office: Path) -> None:
    added = run(office, "register", "add", "action", "Action=Write to the board", "Owner=CC", "Due=none", *NOW)
    assert added.returncode == ExitCode.DONE, added.stderr
    assert "Reference: 2/2031" in added.stdout
    unanswered = run(office, "register", "add", "action", "Action=Write again", *NOW)
    assert unanswered.returncode == ExitCode.INPUT
    assert '"Owner=..."' in unanswered.stderr
    assert len(json.loads(run(office, "register", "list", "--json", *NOW).stdout)) == 2


def test_a_change_is_undone_by_its_number_and_both_are_shown(office: Path) -> None:
    run(office, "register", "update", "1/2031", "State=closed", "Evidence=the letter", *NOW)
    number = json.loads(run(office, "register", "history", "1/2031", "--json", *NOW).stdout)[-1]["event"]
    undone = run(office, "ledger", "undo", str(number), "--why", "the wrong row", "--by", "A. Clerk", *NOW)
    assert undone.returncode == ExitCode.DONE, undone.stderr
    assert "State: open" in undone.stdout
    assert "undone on 6 May 2031 by A. Clerk: the wrong row" in run(office, "register", "history", "1/2031", *NOW).stdout


def test_a_tracker_is_shown_first_and_taken_in_when_somebody_says_so(office: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Ref", "Action Required", "Lead", "Deadline", "RAG"])
    book.worksheets[0].append(["17/2022", "Write to the board", "CC", "none", "amber"])
    book.save(office / "tracker.xlsx")
    asked = run(office, "register", "import", "tracker.xlsx", *NOW)
    assert (asked.returncode, "RAG -> Update (proposed; otherwise: --map)" in asked.stdout) == (ExitCode.INPUT, True)
    assert "Action: Write to the board; Owner: CC; Due: none; Update: RAG: amber" in asked.stdout
    unanswered = run(office, "register", "import", "tracker.xlsx", "--map", "RAG=-", *NOW)
    assert unanswered.returncode == ExitCode.INPUT
    assert "Nothing was imported" in unanswered.stderr
    taken = run(office, "register", "import", "tracker.xlsx", "--map", "RAG=-", "--yes", *NOW)
    assert taken.returncode == ExitCode.DONE, taken.stderr
    assert "Action Required -> Action\n" in taken.stdout
    assert json.loads(run(office, "register", "show", "17/2022", "--json", *NOW).stdout)["words"]["Owner"] == "CC"
