"""An office that an earlier program made opens, says the same, and gives its packs again."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from reportpack.ledger import Ledger, open_ledger
from reportpack.model.edition import Audience
from reportpack.model.event import KINDS, Build, FileRole
from reportpack.run.ledger import back_up, restore
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.program import program_version
from reportpack.run.register.rows import add_row, standing_register
from reportpack.run.steps.recording import Change
from tests.offices import BUILT_ON, HERE, MEETING, kept_in

NOW = datetime(2031, 6, 27, 9, 0, tzinfo=UTC)
KEPT = kept_in(HERE / "b662a7c" / "backup.jsonl")


def folders_of(office: Path) -> Folders:
    return Folders(office / "inputs", office / "build")


def build(office: Path, on: str | None = None) -> BuiltPack:
    day = date.fromisoformat(on) if on else None
    return build_pack(folders_of(office), Order(MEETING, None, day, NOW, NOW.date()), lambda _: None)


def kept_page_source(ledger: Ledger) -> bytes:
    (event,) = ledger.builds(MEETING)
    assert isinstance(event.what, Build)
    return KEPT[event.what.files_of(FileRole.PAGE_SOURCE)[0].sha256]


def test_everything_that_was_recorded_still_reads(old_office: Path) -> None:
    with closing(sqlite3.connect(old_office / "inputs" / "memory" / "ledger.sqlite")) as stored:
        kinds = [kind for (kind,) in stored.execute("SELECT kind FROM event ORDER BY number")]
    with open_ledger(old_office / "inputs" / "memory") as ledger:
        assert [one.kind for one in ledger.of_kinds(*KINDS)] == kinds
        assert ledger.last_build(MEETING, Audience.OFFICE, date.fromisoformat(BUILT_ON)) is not None
        assert len(ledger.figures_of(ledger.builds(MEETING)[0])) == 144
        assert all(ledger.kept(sha256) == data for sha256, data in KEPT.items())


def test_the_register_stands_as_it_stood_and_goes_on_from_there(old_office: Path) -> None:
    rows, problems = standing_register(folders_of(old_office), NOW.year)
    assert sorted(row.ref for row in rows) == ["1/2031", "2/2031", "M1/2031", "Q1/2031"]
    assert problems == ()
    add_row(folders_of(old_office), "Actions", (("Action", "Write to the CC"), ("Owner", "PCC"), ("Due", "none")), Change(NOW))
    rows, problems = standing_register(folders_of(old_office), NOW.year)
    assert "3/2031" in [row.ref for row in rows]
    assert problems == ()


def test_a_pack_of_another_program_is_its_kept_page_source_and_says_so(old_office: Path) -> None:
    built = build(old_office, BUILT_ON)
    assert (built.again, built.made_by) == (True, "0.1.0")
    with open_ledger(old_office / "inputs" / "memory") as ledger:
        page_source = kept_page_source(ledger)
    assert (old_office / "build" / MEETING / "briefing-pack.page-source.html").read_bytes() == page_source
    assert (old_office / "build" / MEETING / "pack.json").read_bytes() == (HERE / "b662a7c" / "pack.json").read_bytes()


def test_a_pack_of_this_program_says_nothing_of_programs(old_office: Path) -> None:
    first = build(old_office)
    again = build(old_office, first.on.isoformat())
    assert (first.again, again.again, again.made_by) == (False, True, "")
    with open_ledger(old_office / "inputs" / "memory") as ledger:
        programs = [one.what.program for one in ledger.builds(MEETING) if isinstance(one.what, Build)]
    assert programs == ["0.1.0", program_version()]


def test_its_backup_makes_the_same_office_again(old_office: Path, tmp_path: Path) -> None:
    shutil.rmtree(old_office / "inputs" / "memory")
    assert restore(folders_of(old_office), HERE / "b662a7c" / "backup.jsonl") == 19
    assert build(old_office, BUILT_ON).again
    path, events = back_up(folders_of(old_office), tmp_path / "again.jsonl", NOW.date())
    assert events == 19
    assert kept_in(path) == KEPT
