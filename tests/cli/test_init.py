"""`init --from` as a newcomer meets it: one command, what is said, the same for machines; and the guides that come with the program."""

import json
import subprocess
import sys
from pathlib import Path

from tests.run.first_day.drives import saltholme


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "reportpack", *words]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_without_a_terminal_the_likely_answers_are_taken_and_listed(tmp_path: Path) -> None:
    saltholme(tmp_path / "drive")
    said = run(tmp_path, "init", "office", "--from", "drive", "--now", "2024-10-07T09:00")
    assert said.returncode == 0, said.stderr
    assert "Taken: 1 workbook of figures" in said.stdout
    assert "KSI casualties DRAFT.xlsx: a draft or an earlier version" in said.stdout
    assert 'meets = "last Tuesday of the month at 09:00"' in said.stderr
    assert "briefing-pack.pdf" in said.stderr
    again = run(tmp_path, "init", "office", "--from", "drive", "--now", "2024-10-07T10:00", "--json")
    assert "Nothing is new since last time." in again.stderr
    answered = json.loads(again.stdout)
    assert answered["questions"] == []
    assert {one["file"] for one in answered["files"] if not one["taken"]} == {"KSI & ASB/KSI casualties DRAFT.xlsx"}
    listed = (tmp_path / "office" / "What was read.txt").read_text(encoding="utf-8").splitlines()
    assert len(listed) == len(answered["files"])


def test_what_cannot_be_meant_is_a_sentence(tmp_path: Path) -> None:
    gone = run(tmp_path, "init", "office", "--from", "nowhere")
    assert (gone.returncode, gone.stderr.splitlines()[0]) == (3, "There is no folder nowhere.")
    alone = run(tmp_path, "init", "office", "--answers", "a.toml")
    assert alone.returncode == 3
    assert "Traceback" not in gone.stderr + alone.stderr


def test_the_guides_come_with_the_program(tmp_path: Path) -> None:
    listed = run(tmp_path, "guide")
    assert "settings             Settings" in listed.stdout
    assert "## office.toml" in run(tmp_path, "guide", "settings").stdout
    assert run(tmp_path, "guide", "nonsense").returncode == 3
