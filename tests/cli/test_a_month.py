"""docs/a-month.md, done as it is written: each command on its day, in the example's own folder, from outside."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "a-month.md").read_text(encoding="utf-8")
MONTHS = {"May": 5, "June": 6}
BUILT = "build/2019-06-25-assurance/briefing-pack.html"


def steps() -> list[tuple[str, list[str]]]:
    """Each command with the instant of its heading."""
    found = []
    for part in GUIDE.split("\n## ")[1:]:
        day, month = re.match(r"(\d+) (\w+):", part).groups()  # type: ignore[union-attr]
        instant = f"2019-{MONTHS[month]:02}-{int(day):02}T09:00"
        lines = re.findall(r"^    reportpack (.*)$", part, re.MULTILINE)
        found += [(instant, shlex.split(line)) for line in lines]
    return found


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The office after its month, and what each command said; the first that does not end well fails every test."""
    office = tmp_path_factory.mktemp("month")
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    said = []
    for instant, words in steps():
        command = [sys.executable, "-m", "reportpack", "--now", instant, *words]
        ran = subprocess.run(
            command, cwd=office, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"}
        )
        assert ran.returncode in ((0, 6) if words[0] == "send" else (0,)), f"{words}: {ran.stdout}{ran.stderr}"
        said.append(ran.stdout + ran.stderr)
    return office, said


def test_the_month_goes_as_it_is_written(month: tuple[Path, list[str]]) -> None:
    office, said = month
    assert len(said) == len(steps()) > 12
    assert "Traceback" not in "".join(said)
    assert list((office / "build" / "letters").rglob("*.eml"))
    assert list((office / "build" / "2019-05-28-assurance" / "released").glob("*force*.pdf"))


def test_the_next_pack_begins_where_the_meeting_ended(month: tuple[Path, list[str]]) -> None:
    office, said = month
    recorded = re.search(r"Recorded: (.+)\.", "".join(said))
    assert recorded is not None
    references = recorded[1].split(", ")
    page = (office / BUILT).read_text(encoding="utf-8")
    actions = [one for one in references if re.fullmatch(r"\d+/2019", one)]
    assert actions
    assert [one for one in actions if one not in page] == []


def test_what_was_said_on_the_day_is_found_by_its_words(month: tuple[Path, list[str]]) -> None:
    office, _ = month
    found = subprocess.run(
        [sys.executable, "-m", "reportpack", "find", "DA satisfaction"], cwd=office, capture_output=True, text=True, check=True
    )
    assert "DA satisfaction" in found.stdout
