"""A meeting about one subject: its pack is about that alone, and tells nobody how much else there is."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportpack.model.edition import Audience
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack

NOW = datetime(2019, 6, 17, 9, tzinfo=UTC)
MEETING = "2019-06-24-public"
WORDS = """## 3. Questions from the public

### Questions from the public
Audience: public

1. When will somebody come out when a quad bike is stolen?

## 2. Rural crime

### Officer's note

The barn at Lane Farm is watched.

### Force commentary (CC)
Audience: public

The rural crime team has six officers.
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(Path(__file__).parents[2] / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    (tmp_path / "inputs" / "meetings" / f"{MEETING}.toml").write_text("", encoding="utf-8")
    return Folders(tmp_path / "inputs", tmp_path / "build")


def pages(folders: Folders, edition: Audience | None = None, meeting: str = MEETING) -> tuple[str, str]:
    """The page source, and the record without the templates' own words."""
    build_pack(folders, Order(meeting, edition, None, NOW, NOW.date()), lambda _: None)
    made = folders.build / meeting
    suffix = f".{edition}" if edition is not None else ""
    return (made / f"briefing-pack{suffix}.page-source.html").read_text("utf-8"), (made / f"pack{suffix}.json").read_text("utf-8")


def test_a_public_evening_on_rural_crime_is_about_rural_crime(folders: Folders) -> None:
    (folders.inputs / "notes" / f"{MEETING}.md").write_text(WORDS, encoding="utf-8")
    source, record = pages(folders)
    assert "Public meeting: Rural crime" in source
    for words in ("Rural crime to come back", "residents should be heard first", "quad bike", "six officers"):
        assert words in source
    for words in ("Lane Farm", "satisfaction", "not in this edition", "Not in this edition", "8/2019", "4/2019", "prejudice"):
        assert words not in source
        assert words not in record
    assert json.loads(record)["meeting"] == MEETING


def test_the_office_s_edition_of_it_is_about_the_same(folders: Folders) -> None:
    source, _ = pages(folders, Audience.OFFICE)
    assert "Rural crime to come back" in source
    assert "79.4%" not in source
    assert "15/2018" not in source


def test_a_theme_brings_its_measures_and_actions_with_the_topics_under_it(folders: Folders) -> None:
    (folders.inputs / "meetings" / f"{MEETING}.toml").write_text('theme = ["satisfaction"]\n', encoding="utf-8")
    source, _ = pages(folders, Audience.OFFICE)
    assert "79.4%" in source
    assert "15/2018" in source  # hate crime satisfaction stands under it
    assert "8/2019" not in source


def test_a_theme_that_is_no_topic_is_said(folders: Folders) -> None:
    (folders.inputs / "meetings" / f"{MEETING}.toml").write_text('theme = ["rural"]\n', encoding="utf-8")
    built = build_pack(folders, Order(MEETING, None, None, NOW, NOW.date()), lambda _: None)
    assert any('There is no topic "rural".' in one.found for one in built.problems)


def test_what_another_meeting_brings_is_as_it_was(folders: Folders) -> None:
    assert "79.4%" in pages(folders, meeting="2019-05-28-assurance")[0]
