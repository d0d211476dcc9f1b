"""What has the name of a file and is none, such as a pipe, is said at once; so is a number that no machine reads."""

import multiprocessing
import os
import re
import shutil
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from reportpack.errors import InputError, OutputError, ReportpackError
from reportpack.ledger.kept_files import keep_file, kept_file, kept_path
from reportpack.model.measure import Measures
from reportpack.run.doctor import examine_office
from reportpack.run.due.inbox import list_inbox
from reportpack.run.init import make_office
from reportpack.run.ledger import Wanted, back_up, erase_words
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.steps.recording import Change
from reportpack.settings.reading import read_settings
from reportpack.toml.text import read_toml

FORK = multiprocessing.get_context("fork")
NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
LONG_ENOUGH = 300
"""Seconds: a pipe would be waited for for ever."""
ORDER = Order(meeting="", edition=None, on=None, now=NOW, today=NOW.date())


def pack(office: Path, tells: Connection) -> None:
    own = office / "templates"
    try:
        made = build_pack(Folders(office / "inputs", office / "build", own if own.is_dir() else None), ORDER, lambda _: None)
        tells.send(" ".join(f"{one.source.file}: {one.found}" for one in made.problems))
    except ReportpackError as error:
        tells.send(str(error))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = tmp_path_factory.mktemp("made") / "office"
    make_office(office, NOW.date())
    (office / "inputs" / "meetings" / "2031-03-25-assurance.toml").write_bytes(b"")
    return office


@pytest.mark.parametrize(
    "name",
    [
        "inputs/register.xlsx",
        "inputs/office.toml",
        "inputs/measures.toml",
        "inputs/meetings/2031-03-25-assurance.toml",
        "inputs/minutes/2031-03-25-assurance.md",
        "inputs/minutes/2031-03-25-assurance.docx",
        "inputs/notes/2031-06-24-assurance.md",
        "inputs/performance/Figures 2031-05-01.xlsx",
        "templates/pack.html",
        "templates/theme.toml",
        "inputs/papers/2031-03-25-assurance/1 Report.pdf",
        "inputs/memory/ledger.sqlite",
    ],
)
def test_a_pipe_in_the_place_of_a_file_is_said_and_never_waited_for(made: Path, tmp_path: Path, name: str) -> None:
    office = tmp_path / "office"
    shutil.copytree(made, office)
    path = office / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    hears, tells = FORK.Pipe()
    run = FORK.Process(target=pack, args=(office, tells), daemon=True)
    run.start()
    try:
        assert hears.poll(LONG_ENOUGH)
        said = hears.recv()
    finally:
        run.kill()
    assert path.name in said


@pytest.mark.parametrize("digits", ["9" * 5000, "-" + "9" * 5000, "9_" * 5000 + "9"])
def test_a_number_of_thousands_of_digits_is_a_fault_with_its_line(digits: str) -> None:
    read = read_toml(f'a = 1\nb = "{"7" * 300}"\nx = {digits}\n', Measures)
    assert read.values == {}
    assert [(one.line, one.found) for one in read.faults] == [(3, "A number has thousands of digits.")]


def test_a_link_among_the_notes_that_leaves_the_office_brings_in_nothing(made: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    shutil.copytree(made, office)
    outside = tmp_path / "outside.md"
    outside.write_text("## Satisfaction\n\nWords of another office.\n", encoding="utf-8")
    (office / "inputs" / "notes" / "2031-06-24-assurance.md").unlink(missing_ok=True)
    (office / "inputs" / "notes" / "2031-06-24-assurance.md").symlink_to(outside)
    made_pack = build_pack(Folders(office / "inputs", office / "build"), ORDER, lambda _: None)
    assert [one.source.file for one in made_pack.problems if one.kind == "notes-link"] == ["notes/2031-06-24-assurance.md"]
    assert all(b"another office" not in path.read_bytes() for path in (office / "build").rglob("*.html"))


def test_a_pipe_among_what_the_tool_keeps_is_said(made: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(made, tmp_path / "office"))
    (office / "inputs" / "inbox").mkdir()
    os.mkfifo(office / "inputs" / "inbox" / "a.eml")
    assert [one.kind for one in list_inbox(Folders(office / "inputs", office / "build"), NOW)[2]] == ["reply-unreadable"]
    sha256 = keep_file(tmp_path / "files", b"words")
    kept_path(tmp_path / "files", sha256).unlink()
    os.mkfifo(kept_path(tmp_path / "files", sha256))
    with pytest.raises(InputError, match="it is a pipe or a device"):
        kept_file(tmp_path / "files", sha256)


def test_more_areas_than_a_table_has_room_for_are_refused_at_once(made: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(made, tmp_path / "office"))
    with (office / "inputs" / "office.toml").open("a", encoding="utf-8") as settings:
        settings.writelines(f'[[area]]\nid = "q{one}"\nname = "Quarter {one}"\n' for one in range(5_000))
    found, problems = read_settings(office / "inputs")
    assert found is None
    assert "too-many-areas" in [one.kind for one in problems]


def test_a_kept_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    sha256 = keep_file(tmp_path, b"words")
    path = kept_path(tmp_path, sha256)
    path.unlink()
    path.mkdir()  # nobody may read a folder as a file, whoever runs this
    with pytest.raises(OutputError, match=re.escape(str(path))):
        kept_file(tmp_path, sha256)


def test_a_pipe_in_the_place_of_what_was_made_or_kept_holds_no_doctor_up(made: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(made, tmp_path / "office"))
    folders = Folders(office / "inputs", office / "build")
    build_pack(folders, ORDER, lambda _: None)
    (page,) = folders.build.rglob("briefing-pack.page-source.html")
    kept = next(one for one in sorted((folders.memory / "files").glob("??/*")))
    for path in (page, kept):
        path.unlink()
        os.mkfifo(path)
    kinds = {one.kind for one in examine_office(folders, NOW, NOW.date(), mend=True).problems}
    assert {"built-file", "kept-file"} <= kinds
    for step in (
        lambda: back_up(folders, None, NOW.date()),
        lambda: erase_words(folders, Wanted(words=("Siân Holloway",)), Change(NOW, "DPO", "an order")),
    ):
        with pytest.raises(InputError, match="it is a pipe or a device"):
            step()
