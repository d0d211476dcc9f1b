"""docs/settings.md says of every key what the program says."""

from pathlib import Path
from typing import Any

import pytest

import reportpack.settings  # noqa: F401 - knows how a rule of meetings is read
from reportpack.model.measure import Measures
from reportpack.model.office import Office
from reportpack.read.meetings import MeetingTable
from tests.settings.dictionary import dictionary

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.mark.parametrize(("title", "record"), [("office.toml", Office), ("measures.toml", Measures), ("meetings/", MeetingTable)])
def test_the_guide_prints_every_key_as_declared(title: str, record: type[Any], request: pytest.FixtureRequest) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    before, heading, section = guide.partition(f"\n## {title}")
    if request.config.getoption("--update-golden"):
        own, following, rest = section.partition("\n## ")
        words, _, _ = own.partition("\n" + dictionary(record).lstrip().split("\n")[0])
        GUIDE.write_text(f"{before}{heading}{words}\n{dictionary(record).strip()}\n{following}{rest}", encoding="utf-8")
        return
    assert dictionary(record).strip() in section


def test_a_needed_key_and_a_default_are_told_apart() -> None:
    printed = dictionary(Measures)
    assert "- `id` (an id, **needed**): its short name in these files and in the register\n" in printed
    assert "- `window` (a whole number of at least 12, else 36): how many of the latest months" in printed
