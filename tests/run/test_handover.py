"""The handover archive: whole, hashed, searched from a folder in a real browser; nothing that was erased, and nothing that its readers may not have."""

import hashlib
import shutil
import subprocess
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
    (folders.inputs / "minutes").mkdir(exist_ok=True)
    (folders.inputs / "minutes" / "2017-03-01-old board.txt").write_text(
        "Notes of 1 March 2017\nThe heron census was promised.\n"
    )
    (folders.inputs / "papers").mkdir(exist_ok=True)
    (folders.inputs / "papers" / "list #1, 50%.md").write_text(f"Guests\n\n- {NAME}\n- Ottoline Grey\n")
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


def test_what_lies_in_inputs_and_was_never_recorded_is_in_it(archive: Path) -> None:
    folder = archive / "handover"
    assert "heron census" in (folder / "inputs" / "minutes" / "2017-03-01-old board.txt").read_text(encoding="utf-8")
    index = (folder / "search-index.js").read_text(encoding="utf-8")
    assert "The heron census was promised." in index
    page = next(one for one in (folder / "said").iterdir() if "heron census" in one.read_text(encoding="utf-8"))
    assert "minutes/2017-03-01-old board.txt" in page.read_text(encoding="utf-8")
    assert not list(folder.glob("inputs/papers/list*"))


def test_a_file_in_which_erased_words_stood_waits_until_a_person_has_changed_it(office: Folders, tmp_path: Path) -> None:
    made = handed(office, Audience.OFFICE, tmp_path / "first")
    (one,) = [each for each in made.problems if each.kind == "handover-erased"]
    assert one.source.file == "papers/list #1, 50%.md"
    shutil.copytree(office.inputs, tmp_path / "inputs")
    (tmp_path / "inputs" / "papers" / "list #1, 50%.md").write_text("Guests\n\n- Ottoline Grey\n")
    again = handed(Folders(tmp_path / "inputs", tmp_path / "build"), Audience.OFFICE, tmp_path / "second")
    assert "inputs/papers/list #1, 50%.md" in again.files
    assert not [each for each in again.problems if each.kind == "handover-erased"]
    assert 'href="inputs/papers/list%20%231%2C%2050%25.md"' in (tmp_path / "second" / "handover" / "index.html").read_text()


def test_only_the_office_has_what_lies_in_inputs(office: Folders, tmp_path: Path) -> None:
    assert not [one for one in handed(office, Audience.FORCE, tmp_path).files if one.startswith("inputs/")]


def test_the_hashes_are_checked_by_the_usual_command(archive: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", SUMS], cwd=archive / "handover", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    unpacked = archive / "unpacked"
    with zipfile.ZipFile(archive / "handover.zip") as packed:
        packed.extractall(unpacked)
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", SUMS], cwd=unpacked / "handover", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


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
    text = f'{head}{found}to = 2028-05-07\nsuccessor = "mayor"\n{rest}{mayor}'
    before = text.split('name = "', 1)[1].partition('"')[0]
    renamed = f'name = "Mayor of Brackwater"\nname_from = 2028-05-08\nname_before = "{before}"\n'
    text = text.replace(f'name = "{before}"\n', renamed, 1)
    series, kind, rest = text.partition('id = "assurance"\n')
    title = rest.split('title = "', 1)[1].partition('"')[0]
    board = f'title = "Mayoral Board"\ntitle_from = 2028-05-08\ntitle_before = "{title}"\n'
    rest = rest.replace(f'title = "{title}"\n', board, 1)
    settings.write_text(f"{series}{kind}{rest}", encoding="utf-8")
    for day in ("2028-05-05", "2028-06-13"):
        (tmp_path / "inputs" / "meetings" / f"{day}-assurance.toml").write_text("", encoding="utf-8")
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    owed = "Write to the ministry about lighthouse funding."
    add_row(folders, "Actions", [("Action", owed), ("Owner", "PCC"), ("Due", "2019-06-01")], Change(NOW))
    said = [("Words", "The walrus pool will reopen."), ("Owner", "PCC"), ("Said at", "2019-05-28-assurance")]
    add_row(folders, "Commitments", said, Change(NOW))
    pages, whole = {}, {}
    for when in (datetime(2028, 5, 4, 9, tzinfo=UTC), datetime(2028, 5, 9, 9, tzinfo=UTC)):
        handed(folders, Audience.OFFICE, tmp_path / f"{when:%d}", when)
        page = (tmp_path / f"{when:%d}" / "handover" / "what-you-inherit.html").read_text(encoding="utf-8")
        pages[when.day], whole[when.day] = page[page.index("lighthouse funding") :][:200], page
    assert "Police and Crime Commissioner" in pages[4]
    assert "Mayor" in pages[9]
    # The office and its meetings go by the names of their day; who promised a thing promised it.
    assert before in whole[4]
    assert "Mayor of Brackwater" not in whole[4]
    assert "Mayor of Brackwater" in whole[9]
    assert f"5 May 2028: {title}" in whole[4]
    assert "13 June 2028: Mayoral Board" in whole[9]
    owed_by = whole[9][whole[9].index("walrus pool") :][:200]
    assert "Police and Crime Commissioner" in owed_by
    assert "Mayor" not in owed_by
    held = whole[9][whole[9].index("Who holds what.") :].partition("</p>")[0]
    assert "Mayor: Odile Farrow" in held
    assert "; Police and Crime Commissioner" not in held
    assert ". Police and Crime Commissioner:" not in held.partition("</strong>")[2][:40]
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
