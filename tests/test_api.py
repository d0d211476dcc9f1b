"""The face for scripts: every example of its guide runs, and its answers are those of the command line."""

import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from reportpack.api import Office, ReportpackError, as_json
from reportpack.model.edition import Audience

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2019, 5, 24, 9)  # noqa: DTZ001 - without a zone it is London time


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example's office, as the guide's `our-office`."""
    shutil.copytree(ROOT / "inputs", tmp_path / "our-office" / "inputs", ignore=shutil.ignore_patterns("memory"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "our-office"


def test_every_example_of_the_guide_runs(folder: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / "docs" / "scripts.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    known: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/scripts.md", "exec"), known)  # noqa: S102 - the guide's own words
    rows = known["rows"]
    assert isinstance(rows, list)
    assert {"measure", "area", "period", "value", "from"} == set(rows[0])
    assert len(blocks) >= 5
    assert known["reference"] == "13/2019"
    assert (folder / "build" / "2019-05-28-assurance" / "briefing-pack.pdf").is_file()


def test_an_answer_is_the_one_that_the_command_line_gives(folder: Path) -> None:
    answer = as_json(Office(folder, NOW).check("2019-05-28"))
    said = subprocess.run(
        [sys.executable, "-m", "reportpack", "check", "2019-05-28", "--json", "--now", "2019-05-24T09:00"],
        cwd=folder,
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(said.stdout) == answer


def test_what_stops_a_verb_is_raised_with_its_remedy(folder: Path) -> None:
    with pytest.raises(ReportpackError) as refused:
        Office(folder, NOW).build_pack("2030-01-01", Audience.FORCE)
    assert "There is no meeting" in refused.value.found
    assert refused.value.remedy


def test_what_is_no_answer_has_no_form() -> None:
    with pytest.raises(TypeError):
        as_json(object())
