"""What an edition's readers may not have stops at the gate, whatever let it onto the pages."""

import json
import shutil
from pathlib import Path

import pytest

from reportpack.compose.audience import _Sieve
from reportpack.errors import RefusedError
from reportpack.model.edition import Audience
from reportpack.model.release import Released, ReleasedRole
from reportpack.run.ledger import Wanted, erase_words
from reportpack.run.letters.gate import Gate, leak_gate
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.register.rows import add_row, standing_register, update_row
from reportpack.run.steps.recording import Change
from tests.run.test_release import MEETING, NOW, build, build_office, plan, release


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
    update_row(folders, row.ref, [("Audience", "office")], Change(NOW))
    with pytest.raises(RefusedError, match="of the force edition holds words that are not for its readers"):
        plan(folders)


def test_a_released_pack_that_was_erased_is_said_and_goes_to_nobody(folders: Folders) -> None:
    proposal = release(folders, Audience.FORCE)
    pdf = proposal.editions[0].release.file(ReleasedRole.PDF)
    assert pdf is not None
    erase_words(folders, Wanted(files=(pdf.sha256,)), Change(NOW, "DPO", "an order"))
    with pytest.raises(
        RefusedError, match=r"Of v1 of the briefing pack of 2019-05-28-assurance \(force\) files were erased since"
    ):
        plan(folders)


@pytest.fixture(scope="module")
def gates(office: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Audience, Gate]:
    """Of an office that has four short actions of its own."""
    place = tmp_path_factory.mktemp("short") / "office"
    shutil.copytree(office, place)
    folders = Folders(place / "inputs", place / "build")
    for words in ("Griffiths", "Siân Holloway", "Operation Talla", "Rank", "To be confirmed", "Open actions"):
        add_row(
            folders,
            "Actions",
            [("Action", words), ("Owner", "PCC"), ("Due", "28 June 2019"), ("Audience", "office")],
            Change(NOW),
            lambda _: True,
        )
    settings, meetings, _ = gather_meetings(folders)
    meeting = next(one for one in meetings if one.id == MEETING)
    rows = standing_register(folders, NOW.year)[0]
    given = {one: Released(MEETING, "briefing-pack", one, 1, NOW.date(), 0, "") for one in Audience}
    return {one: leak_gate(folders, settings, meeting, rows, given[one], None) for one in Audience}


@pytest.mark.parametrize(
    "words",
    [
        "as Mrs Griffiths said",
        "GRIFFITHS",
        "Holloway, Sian",
        "<p>Si&acirc;n <b>Holl\u00adoway</b></p>",
        "under operation  talla",
        "see 4/2019 for it",
        "see action 5/2019.",
    ],
)
def test_a_bare_name_a_short_label_and_a_reference_are_known(gates: dict[Audience, Gate], words: str) -> None:
    with pytest.raises(RefusedError, match="words that are not for its readers"):
        gates[Audience.PUBLIC].refuse(ReleasedRole.WEB, words.encode())
    gates[Audience.OFFICE].refuse(ReleasedRole.WEB, words.encode())


@pytest.mark.parametrize(
    "words",
    [
        "By kind: rank of crime rate. Rank",
        "Open actions: a day to be confirmed",
        "griffithsia, operations in Talla",
        "115/2019, 5/20190, on 5/2019/20",
        "Deputy Chief Constable, Philippa Orme",
    ],
)
def test_words_that_anybody_writes_are_no_leak(gates: dict[Audience, Gate], words: str) -> None:
    gates[Audience.PUBLIC].refuse(ReleasedRole.WEB, words.encode())


def test_what_the_gate_looked_through_stands_in_the_record(folders: Folders) -> None:
    build(folders, Audience.PUBLIC)
    given = release(folders, Audience.PUBLIC).editions[0].release
    (record,) = folders.build.rglob("released/*public.json")
    looked = json.loads(record.read_bytes())["looked_through"]
    assert looked["found"] == "nothing that is not for the readers of this edition"
    assert sorted(looked["files"]) == sorted(one.role.value for one in given.files if one.role is not ReleasedRole.RECORD)
