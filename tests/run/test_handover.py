"""The handover archive: whole, hashed, searched from a folder in a real browser; nothing that was erased, and nothing that its readers may not have."""

import hashlib
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from reportpack.compose.audience import _Sieve
from reportpack.errors import OutputError, RefusedError
from reportpack.ledger.seen_words import plain, words_in
from reportpack.model.edition import Audience
from reportpack.run.handover import SUMS, HandedOver, HandoverOrder, make_handover
from reportpack.run.ledger import Wanted, erase_words
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import add_row
from reportpack.run.steps.recording import Change
from tests.run.test_release import NOW, build, build_office, release

NAME = "Wilhelmina Trott"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """An office whose force edition went out, and from whose memory a name was erased."""
    place = tmp_path_factory.mktemp("handover") / "office"
    build_office(place)
    folders = Folders(place / "inputs", place / "build")
    words = f"Ask {NAME} about the lavender notebooks before the summer recess."
    add_row(folders, "Actions", [("Action", words), ("Owner", "CC"), ("Due", "2019-07-01")], Change(NOW))
    build(folders)
    release(folders, Audience.FORCE)
    erase_words(folders, Wanted(words=(NAME,)), Change(NOW, "DPO", "a request"))
    return folders


def handed(folders: Folders, edition: Audience, out: Path, now: datetime = NOW) -> HandedOver:
    return make_handover(folders, HandoverOrder(edition, out, now, now.date()), lambda _: None)


@pytest.fixture(scope="module")
def archive(office: Folders, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    handed(office, Audience.OFFICE, out)
    return out


def test_every_file_has_its_hash_and_the_archive_is_the_folder(archive: Path) -> None:
    folder = archive / "handover"
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    there = {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in there.items() if name != SUMS} == sums
    with zipfile.ZipFile(archive / "handover.zip") as packed:
        assert {one.removeprefix("handover/"): packed.read(one) for one in packed.namelist()} == there
    assert {Path(one).suffix for one in there} >= {".html", ".pdf", ".xlsx", ".csv", ".js"}
    assert "meetings/2019-05-28-assurance/briefing-pack.v1.force.pdf" in there


def test_the_same_memory_gives_the_same_archive(office: Folders, archive: Path, tmp_path: Path) -> None:
    again = handed(office, Audience.OFFICE, tmp_path)
    assert again.sha256 == hashlib.sha256((archive / "handover.zip").read_bytes()).hexdigest()


def test_what_was_erased_stands_in_no_byte_of_it(archive: Path) -> None:
    texts = list(words_in((archive / "handover.zip").read_bytes()))
    assert not [one for one in texts if plain(NAME) in plain(one)]
    assert any("lavender notebooks" in one for one in texts)
    for one in (archive / "handover").rglob("*"):
        assert not one.is_file() or NAME.encode() not in one.read_bytes()


def test_what_you_inherit_is_two_pages(archive: Path) -> None:
    pages = PdfReader(archive / "handover" / "what-you-inherit.pdf").pages
    assert len(pages) <= 2
    said = " ".join(page.extract_text() for page in pages)
    for heading in (
        "Promises",
        "Matters due",
        "Actions",
        "Questions",
        "What comes back when",
        "Measures",
        "Calendar",
        "Who holds what",
    ):
        assert heading in said


def test_a_narrower_edition_holds_what_its_readers_have_and_passes_the_gate(office: Folders, tmp_path: Path) -> None:
    made = handed(office, Audience.FORCE, tmp_path)
    assert {"register.csv", "what-you-inherit.pdf", "meetings/2019-05-28-assurance/briefing-pack.v1.force.pdf"} <= set(made.files)
    everything = list(words_in((tmp_path / "handover.force.zip").read_bytes()))
    assert not [one for one in everything if "lavender notebooks" in one]


def test_an_edition_with_more_than_it_may_have_stops_at_the_gate(
    office: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Sieve, "allows", lambda *_, **__: True)
    with pytest.raises(RefusedError, match="holds words that are not for its readers"):
        handed(office, Audience.PUBLIC, tmp_path)
    assert not list(tmp_path.iterdir())


def test_files_of_somebody_else_are_left_and_said(office: Folders, tmp_path: Path) -> None:
    (tmp_path / "handover").mkdir()
    (tmp_path / "handover" / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(OutputError, match="is not of it"):
        handed(office, Audience.OFFICE, tmp_path)
    assert [one.name for one in tmp_path.rglob("*")] == ["handover", "mine.txt"]


def test_a_mayor_inherits_by_settings_alone(office: Folders, tmp_path: Path) -> None:
    shutil.copytree(office.inputs, tmp_path / "inputs")
    settings = tmp_path / "inputs" / "office.toml"
    text = settings.read_text(encoding="utf-8")
    head, found, rest = text.partition('id = "pcc"\n')
    assert found
    mayor = '\n[[post]]\nid = "mayor"\ntitle = "Mayor"\nabbreviation = "MYR"\nside = "office"\n'
    mayor += '\n[[person]]\nname = "Odile Farrow"\npost = "mayor"\nfrom = 2028-05-08\n'
    settings.write_text(f'{head}{found}to = 2028-05-07\nsuccessor = "mayor"\n{rest}{mayor}', encoding="utf-8")
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    owed = "Write to the ministry about lighthouse funding."
    add_row(folders, "Actions", [("Action", owed), ("Owner", "PCC"), ("Due", "2019-06-01")], Change(NOW))
    pages = {}
    for when in (datetime(2028, 5, 7, 9, tzinfo=UTC), datetime(2028, 5, 9, 9, tzinfo=UTC)):
        handed(folders, Audience.OFFICE, tmp_path / f"{when:%d}", when)
        page = (tmp_path / f"{when:%d}" / "handover" / "what-you-inherit.html").read_text(encoding="utf-8")
        pages[when.day] = page[page.index("lighthouse funding") :][:200]
    assert "Police and Crime Commissioner" in pages[7]
    assert "Mayor" in pages[9]
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('successor = "mayor"', 'successor = "nobody"'), encoding="utf-8"
    )
    wrong = handed(folders, Audience.OFFICE, tmp_path / "wrong", datetime(2028, 5, 9, 9, tzinfo=UTC))
    assert any('"nobody"' in one.found for one in wrong.problems)
    assert "Police and Crime Commissioner" in (tmp_path / "wrong" / "handover" / "what-you-inherit.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.needs("chromium", "module:playwright")
def test_it_is_searched_from_the_folder_without_a_server(archive: Path, browser: Any) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((archive / "handover" / "index.html").as_uri())
    page.fill("#words", "LAVENDER notebook")
    page.press("#words", "Enter")
    assert int(page.inner_text("#count").split()[0]) > 0
    page.click("#found a")
    page.wait_for_load_state()
    assert "lavender notebooks" in page.inner_text(":target")
    page.goto((archive / "handover" / "index.html").as_uri())
    page.fill("#words", "no such words as these")
    page.press("#words", "Enter")
    assert page.inner_text("#count") == "0 found"
    assert page.pdf()[:4] == b"%PDF"
    assert not failed
    page.close()
