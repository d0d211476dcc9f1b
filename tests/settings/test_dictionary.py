"""docs/settings.md says of every key what the program says."""

from dataclasses import fields
from pathlib import Path

import pytest

from reportpack.read.meetings import MeetingKeys
from reportpack.settings.keys_measures import MeasuresKeys
from reportpack.settings.keys_office import OfficeKeys
from reportpack.toml.text import Keys
from tests.settings.dictionary import dictionary, walk

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.mark.parametrize(
    ("title", "shape"), [("office.toml", OfficeKeys), ("measures.toml", MeasuresKeys), ("meetings/", MeetingKeys)]
)
def test_the_guide_prints_every_key_as_declared(title: str, shape: type[Keys], request: pytest.FixtureRequest) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    before, heading, section = guide.partition(f"\n## {title}")
    if request.config.getoption("--update-golden"):
        own, following, rest = section.partition("\n## ")
        words, _, _ = own.partition("\n" + dictionary(shape).lstrip().split("\n")[0])
        GUIDE.write_text(f"{before}{heading}{words}\n{dictionary(shape).strip()}\n{following}{rest}", encoding="utf-8")
        return
    assert dictionary(shape).strip() in section


def test_a_needed_key_and_a_default_are_told_apart() -> None:
    printed = dictionary(MeasuresKeys)
    assert "- `id` (an id, **needed**): its short name in these files and in the register\n" in printed
    assert "- `window` (a whole number of at least 12, else 36): how many of the latest months" in printed


@pytest.mark.parametrize(
    "shape",
    [shape for top in (OfficeKeys, MeasuresKeys) for shape in (top, *(one for _, one in walk(top))) if shape.makes is not None],
)
def test_every_field_of_a_record_of_the_settings_is_one_key_s(shape: type[Keys]) -> None:
    assert shape.makes is not None
    wanted = {one.name for one in fields(shape.makes)} - {"source", "aim"}
    given = [key.field for key in shape.declared if key.field]
    assert sorted(given) == sorted(wanted)
