"""A run that is killed at any rename, and the same command again: it goes on, or says what the first has recorded; nothing is there twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reportpack.errors import ExitCode
from reportpack.model.meeting_event import MeetingMoved
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import standing_register

ROOT = Path(__file__).resolve().parents[2]
CUT = """
import os, sys
from pathlib import Path
left = [int(sys.argv.pop(1))]
def cut(rename):
    def renamed(*words, **named):
        left[0] -= "memory" not in f"{words}"
        if left[0] < 0:
            os._exit(137)
        return rename(*words, **named)
    return renamed
os.replace, os.rename = cut(os.replace), cut(os.rename)
Path.replace, Path.rename = cut(Path.replace), cut(Path.rename)
from reportpack.cli.main import main
main()
"""
"""The program, in which so many renames of files that people see go well, and the next kills it."""
KILLED = 137
NOW = ("--now", "2019-06-03T09:00:00")
REPLY = b"""From: A Officer <%s>
To: policy@opcc.example
Date: Fri, 24 May 2019 10:00:00 +0100
Subject: Actions

%s: done. Evidence: the letter of 20 May 2019.
"""


def run(office: Path, *words: str, renames: int = 10_000) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CUT, str(renames), *words, *NOW]
    return subprocess.run(
        command,
        cwd=office,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's office with a ledger."""
    office = tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    first = run(office, "register", "add", "action", "Action=The first", "Owner=CC", "Due=none")
    assert first.returncode == ExitCode.DONE, first.stderr
    assert run(office, "meeting", "new", "2019-06-25").returncode == ExitCode.DONE
    return office


def workbook_lacks(office: Path) -> bool:
    """Whether register.xlsx is behind what the ledger knows."""
    from reportpack.run.office_files import open_memory
    from reportpack.run.steps.standing import read_standing

    ledger = open_memory(Folders(office / "inputs", office / "build"))
    assert ledger is not None
    with ledger:
        standing = read_standing(office / "inputs" / "register.xlsx", ledger, None, 2019)
    return standing.merge is None or standing.merge.to_write


def at_every_rename(
    built: Path, tmp_path: Path, *words: str, stride: int = 1
) -> list[tuple[Path, subprocess.CompletedProcess[str]]]:
    """The command killed at its first rename and run again, at its second (or a later one), and so on until it ends; gives the second run of each."""
    again: list[tuple[Path, subprocess.CompletedProcess[str]]] = []
    for renames in range(0, 40, stride):
        office = tmp_path / f"office-{renames}"
        shutil.copytree(built, office)
        first = run(office, *words, renames=renames)
        if first.returncode != KILLED:
            assert renames > 0
            return again
        again.append((office, run(office, *words)))
    pytest.fail("it never ended")


def test_an_action_that_was_added_by_a_run_that_was_killed_is_asked_about(built: Path, tmp_path: Path) -> None:
    asked = 0
    for office, again in at_every_rename(built, tmp_path, "register", "add", "action", "Action=Do it", "Owner=CC", "Due=none"):
        rows, _ = standing_register(Folders(office / "inputs", office / "build"), 2019)
        assert [row.text("Action") for row in rows].count("Do it") == 1
        assert not workbook_lacks(office)
        if again.returncode != ExitCode.DONE:
            assert again.returncode == ExitCode.REFUSED, again.stderr
            assert "The same words were recorded at 09:00 as" in again.stderr
            assert run(office, "register", "add", "action", "Action=Do it", "Owner=CC", "Due=none", "--yes").returncode == 0
            asked += 1
    assert asked


def test_an_issue_that_was_killed_leaves_nothing_out_of_the_workbook(built: Path, tmp_path: Path) -> None:
    for office, again in at_every_rename(built, tmp_path, "annex", "2019-05-28", "--issue", stride=7):
        assert again.returncode == ExitCode.DONE, again.stderr
        assert not workbook_lacks(office)
        assert (office / "build" / "2019-05-28-assurance" / "annex.pdf").is_file()


def test_a_move_that_was_killed_is_one_move(built: Path, tmp_path: Path) -> None:
    from reportpack.ledger import open_ledger

    for office, again in at_every_rename(built, tmp_path, "meeting", "move", "2019-06-25", "2019-07-02"):
        assert again.returncode == ExitCode.DONE, again.stderr
        with open_ledger(office / "inputs" / "memory") as ledger:
            assert len(ledger.of_kinds(MeetingMoved)) == 1
        assert "date = 2019-07-02" in (office / "inputs" / "meetings" / "2019-06-25-assurance.toml").read_text("utf-8")


def test_a_reply_whose_acceptance_was_killed_is_accepted(built: Path, tmp_path: Path) -> None:
    office = tmp_path / "replied"
    shutil.copytree(built, office)
    (office / "inputs" / "inbox").mkdir(exist_ok=True)
    (office / "inputs" / "inbox" / "reply.eml").write_bytes(REPLY % (b"a@force.example", b"7/2019"))
    listed = run(office, "inbox", "--json")
    assert listed.returncode == ExitCode.DONE, listed.stderr
    number = next(word for word in listed.stdout.replace(",", " ").split() if word.isdigit())
    went_on = 0
    for place, again in at_every_rename(office, tmp_path / "cut", "inbox", "accept", number, "--for", "7/2019", "--by", "A"):
        assert not workbook_lacks(place)
        rows, _ = standing_register(Folders(place / "inputs", place / "build"), 2019)
        assert next(row for row in rows if row.ref == "7/2019").text("State") == "proposed complete"
        went_on += again.returncode == ExitCode.DONE
        assert again.returncode == ExitCode.DONE or "It is accepted already" in again.stderr
    assert went_on
