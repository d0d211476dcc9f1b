"""A day or a time on the command line is whole or refused: no library fills in the year, the month or the minute that is missing."""

import shutil
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from reportpack.cli.options import read_day, read_time
from reportpack.errors import ExitCode

INPUTS = Path(__file__).resolve().parents[2] / "inputs"
UNSAID = [
    "10:30",
    "May",
    "5",
    "21 May",
    "21/5",
    "May 2019",
    "2019",
    "2019-W22",
    "Tuesday",
    "0001-01-01",
    "3019-05-21",
    "43600",
    "",
]


@pytest.mark.parametrize("text", UNSAID)
def test_a_day_with_a_part_missing_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a date"):
        read_day(text)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_whole_day_is_read_however_it_is_typed(day: date) -> None:
    for text in (f"{day}", f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d %B %Y}", f"{day:%A %d %b %Y}"):
        assert read_day(text) == day


@pytest.mark.parametrize("text", ["7", "10", "1030", "25:00", "10:60", "10:30:15", "noon"])
def test_a_time_with_a_part_missing_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is not a time"):
        read_time(text)


def test_a_time_is_read_with_a_colon_or_a_point() -> None:
    assert [read_time("9:05"), read_time("14.30")] == [time(9, 5), time(14, 30)]


@pytest.mark.parametrize(
    "words", [("pack", "--on", "10:30"), ("pack", "--now", "10:30"), ("pack", "--now", "2019-W22"), ("meeting", "new", "May")]
)
def test_such_a_command_is_refused_and_writes_nothing(words: tuple[str, ...], tmp_path: Path) -> None:
    shutil.copytree(INPUTS, tmp_path / "inputs", ignore=shutil.ignore_patterns("memory"))
    before = sorted(tmp_path.rglob("*"))
    said = subprocess.run([sys.executable, "-m", "reportpack", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == ExitCode.USAGE, said.stderr
    assert sorted(tmp_path.rglob("*")) == before
