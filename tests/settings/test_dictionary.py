"""docs/settings.md says of every key what the program says."""

from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from reportpack.read.meetings import MeetingKeys
from reportpack.settings.keys_measures import MeasuresKeys
from reportpack.settings.keys_office import OfficeKeys
from reportpack.toml.dictionary import dictionary
from reportpack.toml.text import Keys, walk

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


@pytest.mark.parametrize(
    "shape",
    [shape for top in (OfficeKeys, MeasuresKeys) for shape in (top, *(one for _, one in walk(top))) if shape.makes is not None],
)
def test_every_field_of_a_record_of_the_settings_is_one_key_s(shape: type[Keys]) -> None:
    assert shape.makes is not None
    wanted = {one.name for one in fields(shape.makes)} - {"source"}
    given = [key.field for key in shape.declared if key.field]
    assert sorted(given) == sorted(wanted)


def test_what_a_key_gives_without_being_written_is_what_the_record_has_of_itself() -> None:
    for shape in (one for top in (OfficeKeys, MeasuresKeys) for _, one in walk(top)):
        own = {one.name: one.default for one in fields(shape.makes)} if shape.makes is not None else {}
        for key in shape.declared:
            if not key.required and key.shape is None and own.get(key.field or "", MISSING) is not MISSING:
                assert own[key.field or ""] == key.default, f"{shape.__name__}.{key.name}"
