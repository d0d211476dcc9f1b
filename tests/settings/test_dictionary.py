"""docs/settings.md says of every key what the program says."""

from pathlib import Path

import pytest

from reportpack.read.meetings import MeetingKeys
from reportpack.settings.keys_measures import MeasuresKeys
from reportpack.settings.keys_office import OfficeKeys
from reportpack.toml.dictionary import dictionary
from reportpack.toml.text import Keys

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.mark.parametrize(
    ("title", "shape"), [("office.toml", OfficeKeys), ("measures.toml", MeasuresKeys), ("meetings/", MeetingKeys)]
)
def test_the_guide_prints_every_key_as_declared(title: str, shape: type[Keys]) -> None:
    section = GUIDE.read_text(encoding="utf-8").partition(f"\n## {title}")[2]
    assert dictionary(shape).strip() in section


def test_a_needed_key_and_a_default_are_told_apart() -> None:
    printed = dictionary(MeasuresKeys)
    assert "| `id` | its short name in these files and in the register |" in printed
    assert (
        "| `window` | how many of the latest months the chart and its verdict rest on | a whole number of at least 12 | 36 |"
        in printed
    )
