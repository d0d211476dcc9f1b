"""What an edition's readers may not have stops at the gate, whatever let it onto the pages."""

import shutil
from pathlib import Path

import pytest

from reportpack.compose.audience import _Sieve
from reportpack.errors import RefusedError
from reportpack.model.edition import Audience
from reportpack.model.release import ReleasedRole
from reportpack.run.ledger import Wanted, erase_words
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import standing_register, update_row
from tests.run.test_release import NOW, build, build_office, plan, release


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("gate") / "office"
    build_office(place)
    return place


@pytest.fixture
def folders(office: Path, tmp_path: Path) -> Folders:
    shutil.copytree(office, tmp_path / "office")
    return Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")


def test_a_pack_that_holds_what_is_for_the_office_is_not_released(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Sieve, "allows", lambda *_, **__: True)
    build(folders, Audience.PUBLIC)
    with pytest.raises(RefusedError, match="of the public edition holds words that are not for its readers"):
        release(folders, Audience.PUBLIC)


def test_a_row_that_is_made_private_after_its_release_stops_what_would_be_sent(folders: Folders) -> None:
    release(folders, Audience.FORCE)
    printed = [
        one for one in standing_register(folders, NOW.year)[0] if one.sheet == "Actions" and one.text("Audience") == "force"
    ]
    pages = folders.build.rglob("released/*force*.html")
    words = " ".join(" ".join(one.read_text(encoding="utf-8").split()) for one in pages)
    row = next(one for one in printed if one.text("Action") in words and len(one.text("Action").split()) > 8)
    update_row(folders, row.ref, [("Audience", "office")], NOW)
    with pytest.raises(RefusedError, match="of the force edition holds words that are not for its readers"):
        plan(folders)


def test_a_released_pack_that_was_erased_is_said_and_goes_to_nobody(folders: Folders) -> None:
    proposal = release(folders, Audience.FORCE)
    pdf = proposal.editions[0].release.file(ReleasedRole.PDF)
    assert pdf is not None
    erase_words(folders, Wanted(files=(pdf.sha256,)), "an order", "DPO", NOW)
    with pytest.raises(
        RefusedError, match=r"Of v1 of the briefing pack of 2019-05-28-assurance \(force\) files were erased since"
    ):
        plan(folders)
