"""A page that is looked at before anything is built says what the build's own page says."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from reportpack import patterns as re
from reportpack.model.meeting import Meeting
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.pack import Briefing, Order, build_pack, prepare_to_look
from reportpack.run.preview import Preview, numbers_on, page_now_of, preview_of

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.fromisoformat("2019-05-24T16:40+01:00")
NAMED = "2019-05-28-assurance"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folders, Meeting, Briefing, Preview]:
    office = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    folders = Folders(office / "inputs", office / "build")
    build_pack(folders, Order(NAMED, None, None, NOW, NOW.date()), lambda _: None)
    prepared = prepare_to_look(folders, NAMED, NOW, NOW.date())
    meeting = next(one for one in gather_meetings(folders)[1] if one.id == NAMED)
    return folders, meeting, prepared, preview_of(folders, meeting, prepared.own)


def test_every_page_says_now_what_it_says_in_the_build(built: tuple[Folders, Meeting, Briefing, Preview]) -> None:
    folders, _, prepared, before = built
    long = {one.abbreviation: one.title for one in prepared.gathered.settings.office.posts if one.abbreviation}

    def words(html: str) -> str:
        """Without tags; an abbreviation alone, for the first page that has it spells it out."""
        text = " ".join(re.sub(r"<[^>]*>", " ", html).split())
        for short, title in long.items():
            text = text.replace(f"{title} ( {short} )", short)
        return text

    assert len(before.pages) > 12
    for page in before.pages:
        (now,) = page_now_of(folders, prepared, prepared.own, page.id).pages
        assert now.title == page.title
        assert words(now.html) == words(page.html), page.id


def test_a_number_leads_to_the_same_cell(built: tuple[Folders, Meeting, Briefing, Preview]) -> None:
    folders, _, prepared, before = built
    _, page = before.page("topic-satisfaction")
    now = page_now_of(folders, prepared, prepared.own, page.id)
    found = numbers_on(folders, now, now.pages[0])
    assert any(one.cells for one in found)
    assert found == numbers_on(folders, before, page)
