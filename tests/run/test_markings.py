"""A marking has its first day: what is made for a day bears the marking of that day, whatever it is."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.compose.letters import calendar_notice, compose_letter
from reportpack.compose.setting import head_of
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee
from reportpack.model.release import Planned, Released
from reportpack.run.minutes.annex_issue import build_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders, gather_meetings, which_meeting
from reportpack.run.pack import Order, build_pack

MEETING = "2019-05-28-assurance"
BEFORE, AFTER = datetime(2019, 5, 21, 9, tzinfo=UTC), datetime(2019, 5, 22, 9, tzinfo=UTC)
NEW, OLD = "OFFICIAL-SENSITIVE", "OFFICIAL: for the office"
KEYS = f'marking = "{NEW}"\nfrom = 2019-05-22\nmarking_before = "{OLD}"'


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(Path(__file__).parents[2] / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    office = tmp_path / "inputs" / "office.toml"
    text = office.read_text("utf-8").replace('marking = "OFFICIAL"', KEYS)
    office.write_text(
        text.replace('audience = "public"\nhide_small', f'audience = "public"\n{KEYS}\nhide_small', 1), encoding="utf-8"
    )
    return Folders(tmp_path / "inputs", tmp_path / "build")


@pytest.mark.parametrize(("now", "marking", "other"), [(BEFORE, OLD, NEW), (AFTER, NEW, OLD)])
def test_pack_annex_and_web_page_bear_the_marking_of_their_day(folders: Folders, now: datetime, marking: str, other: str) -> None:
    build_pack(folders, Order(MEETING, Audience.PUBLIC, None, now, now.date()), lambda _: None)
    first = "2019-05-28" if marking == NEW else "2019-05-29"  # an annex is of the day of its meeting
    office = folders.inputs / "office.toml"
    office.write_text(office.read_text("utf-8").replace("2019-05-22", first), encoding="utf-8")
    build_annex(folders, AnnexOrder(MEETING, Audience.OFFICE, now, now.date()), lambda _: None)
    made = folders.build / MEETING
    for name in ("briefing-pack.public.html", "annex.html", "briefing-pack.public.page-source.html", "annex.page-source.html"):
        text = (made / name).read_text("utf-8")
        assert marking in text, name
        assert other not in text, name


@pytest.mark.parametrize(("on", "marking"), [(date(2019, 5, 21), OLD), (date(2019, 5, 22), NEW), (date(2020, 1, 1), NEW)])
def test_a_letter_bears_that_of_its_release_and_a_notice_that_of_its_own_day(folders: Folders, on: date, marking: str) -> None:
    settings, meetings, _ = gather_meetings(folders)
    meeting, to = which_meeting(meetings, MEETING, on), Addressee("D", "d@force.example", "chief", Audience.FORCE)
    released = Released(MEETING, "briefing-pack", Audience.FORCE, 1, on, 1, "p")
    letter = compose_letter(Planned(to, released, frozenset(), (), ()), meeting, settings.office, (), ())
    notice = calendar_notice(meeting, None, on, to, settings.office, ())
    assert (letter.marking, notice.marking) == (marking, marking)
    assert letter.title.startswith(f"{marking}: ")
    assert notice.title.startswith(f"{marking}: ")
    assert head_of(settings.office, Audience.FORCE, on, "1", "t", "t", "d")["marking"] == marking


def test_a_marking_with_a_first_day_and_none_before(folders: Folders) -> None:
    settings, _, _ = gather_meetings(folders)
    bare = replace(settings.office.edition(Audience.FORCE), marking_before="")
    assert [bare.marked_on(day.date()) for day in (BEFORE, AFTER)] == ["", NEW]
    always = replace(bare, start=None)
    assert always.marked_on(date(1999, 1, 1)) == NEW
