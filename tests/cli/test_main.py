"""The door: help, exits, and the commands of a new office, as a person types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reportpack.errors import ExitCode


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The program as a person runs it, in that folder."""
    return subprocess.run([sys.executable, "-m", "reportpack", *words], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office's folder."""
    folder = tmp_path_factory.mktemp("offices") / "northmoor"
    made = run("init", str(folder), "--now", "2031-05-06T09:00", folder=folder.parent)
    assert made.returncode == ExitCode.DONE, made.stderr
    return folder


def test_alone_without_an_office_it_says_how_to_get_one(tmp_path: Path) -> None:
    said = run(folder=tmp_path)
    assert said.returncode == ExitCode.DONE
    assert "reportpack init FOLDER" in said.stdout


def test_alone_it_says_the_next_meeting_and_the_next_command(office: Path) -> None:
    said = run("--now", "2031-05-06T09:00", folder=office)
    assert "24 June 2031 (in 49 days): 2031-06-24-assurance" in said.stdout
    assert "Next:    reportpack pack" in said.stdout


def test_a_new_office_builds_at_once(office: Path) -> None:
    built = run("pack", "--now", "2031-05-06T09:00", folder=office)
    assert built.returncode == ExitCode.DONE, built.stderr
    paths = [Path(line) for line in built.stdout.splitlines()]
    assert [path.name for path in paths] == [
        "briefing-pack.pdf",
        "briefing-pack.html",
        "briefing-pack.page-source.html",
        "appendix.pdf",
        "appendix.html",
        "appendix.xlsx",
        "register as at 2031-05-06.xlsx",
        "pack.json",
    ]
    assert (office / paths[0]).read_bytes().startswith(b"%PDF-")
    assert "put right" not in built.stderr


def test_the_same_pack_twice_is_the_same_bytes(office: Path) -> None:
    run("pack", "--now", "2031-05-07T09:00", folder=office)
    pdf = office / "build" / "2031-06-24-assurance" / "briefing-pack.pdf"
    before = pdf.read_bytes()
    again = run("pack", "--now", "2031-05-07T17:00", folder=office)
    assert pdf.read_bytes() == before
    assert "Nothing new since the last build." in again.stderr


def test_every_number_of_pack_json_names_its_cells(office: Path) -> None:
    run("pack", "--now", "2031-05-07T09:00", folder=office)
    record = json.loads((office / "build" / "2031-06-24-assurance" / "pack.json").read_text(encoding="utf-8"))
    assert len(record["numbers"]) > 100
    assert all(one["sources"] and all(cell["cells"] for cell in one["sources"]) for one in record["numbers"])


def test_meeting_list_marks_the_next_one(office: Path) -> None:
    said = run("meeting", "list", "--json", "--now", "2031-05-06T09:00", folder=office)
    assert [(one["id"], one["next"]) for one in json.loads(said.stdout) if not one["proposed"]] == [
        ("2031-06-24-assurance", True)
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = run("pack", "--inputs", "nowhere", folder=tmp_path)
    assert said.returncode == ExitCode.INPUT
    assert "There is no folder nowhere." in said.stderr
    assert "Traceback" not in said.stderr


def test_a_wrong_edition_is_the_command_lines_fault(office: Path) -> None:
    assert run("pack", "--edition", "press", folder=office).returncode == ExitCode.USAGE


def test_init_never_writes_into_a_folder_that_holds_something(office: Path) -> None:
    said = run("init", ".", folder=office)
    assert said.returncode == ExitCode.OUTPUT
    assert "is not empty" in said.stderr


def test_help_lists_every_verb(tmp_path: Path) -> None:
    said = run("--help", folder=tmp_path).stdout
    assert all(f"  {verb} " in said for verb in ("check", "pack", "inspect", "analyse", "render", "init", "meeting", "minutes"))


def test_a_folder_or_an_instant_before_the_verb_means_the_same_as_after_it(office: Path, tmp_path: Path) -> None:
    said = run("--inputs", str(office / "inputs"), "--now", "2031-05-06T09:00", "meeting", "list", folder=tmp_path)
    assert said.returncode == ExitCode.DONE, said.stderr
    assert "(next)" in said.stdout
    after = run("--inputs", "nowhere", "meeting", "list", "--inputs", str(office / "inputs"), folder=tmp_path)
    assert "2031-06-24-assurance" in after.stdout
    assert run("--inputs", "nowhere", "check", folder=office).returncode == ExitCode.INPUT


def test_one_workbook_is_one_workbook(office: Path) -> None:
    assert "1 workbook\n" in run(folder=office).stdout
