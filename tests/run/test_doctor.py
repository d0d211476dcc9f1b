"""`doctor`: what is not as it was recorded is said, and mended where no person need decide."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reportpack.ledger import eraser_of, open_ledger
from reportpack.ledger.backup import backups_in, remove_old
from reportpack.model.edition import Audience
from reportpack.model.event import Erased
from reportpack.run.doctor import Examined, examine_office
from reportpack.run.init import make_office
from reportpack.run.ledger import back_up, restore
from reportpack.run.letters.outbox import write_drafts
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.letters.send_settle import settle_letters
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row
from reportpack.run.status import office_status
from reportpack.run.steps.recording import Change
from tests.run.test_outbox import LETTERS, mail

NOW = datetime(2031, 6, 10, 9, 30, tzinfo=UTC)
MEETING = "2031-06-24-assurance"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a published pack and an action."""
    office = tmp_path_factory.mktemp("doctor") / "office"
    make_office(office, datetime(2031, 5, 6, tzinfo=UTC).date())
    folders = Folders(office / "inputs", office / "build")
    add_row(folders, "Actions", (("Action", "Write to Jane Roe"), ("Owner", "CC"), ("Due", "none")), Change(NOW))
    build_pack(folders, Order(MEETING, Audience.PUBLIC, None, NOW, NOW.date()), lambda _: None)
    order = ReleaseOrder(MEETING, "briefing-pack", (Audience.PUBLIC,), None, "Ellis", NOW, NOW.date())
    record_release(folders, order, prepare_release(folders, order, lambda _: None))
    publish = PublishOrder(MEETING, "briefing-pack", None, "Ellis", NOW, NOW.date())
    record_publishing(folders, publish, prepare_publishing(folders, publish))
    return office


@pytest.fixture
def folders(made: Path, tmp_path: Path) -> Folders:
    office = Path(shutil.copytree(made, tmp_path / "office"))
    folders = Folders(office / "inputs", office / "build")
    examine(folders)
    return folders


def examine(folders: Folders, *, mend: bool = True, days: int = 0) -> Examined:
    now = NOW + timedelta(days=days)
    return examine_office(folders, now, now.date(), mend=mend)


def kinds(found: Examined) -> tuple[list[str], list[str]]:
    return [one.kind for one in found.problems], [one.kind for one in found.mended]


def first(folders: Folders, pattern: str) -> Path:
    return min(folders.inputs.parent.glob(pattern))


def spoil(pattern: str) -> Callable[[Folders], None]:
    def change(folders: Folders) -> None:
        path = first(folders, pattern)
        path.chmod(0o664)
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    return change


def tamper(statement: str) -> Callable[[Folders], None]:
    def change(folders: Folders) -> None:
        with closing(sqlite3.connect(folders.memory / "ledger.sqlite")) as ledger:
            ledger.execute("PRAGMA foreign_keys = OFF")
            ledger.execute(statement)
            ledger.commit()

    return change


def leave(folders: Folders) -> None:
    path = folders.build / f".{MEETING}.pdf.xyz.part"
    path.write_bytes(b"half")
    os.utime(path, (0, 0))


def remove(pattern: str) -> Callable[[Folders], None]:
    return lambda folders: first(folders, pattern).unlink()


def cut_backup_made_by_hand(folders: Folders) -> None:
    path, _ = back_up(folders, None, NOW.date())
    path.write_bytes(path.read_bytes()[:1000])


def open_to_all(pattern: str, mode: int) -> Callable[[Folders], None]:
    return lambda folders: first(folders, pattern).chmod(mode)


def put_register_back(folders: Folders) -> None:
    before = (folders.inputs / "register.xlsx").read_bytes()
    add_row(folders, "Actions", (("Action", "Another"), ("Owner", "CC"), ("Due", "none")), Change(NOW))
    (folders.inputs / "register.xlsx").write_bytes(before)


def journal_knows_more(folders: Folders) -> None:
    """A draft of which the ledger has only the letter."""
    settle_letters(folders, "all", sent=False, why="it is a copy", by="Ellis", now=NOW)
    with open_ledger(folders.memory) as ledger:
        write_drafts(folders, ledger, [replace(LETTERS[0], meeting=MEETING)], mail(0, server=""), NOW)
    with closing(sqlite3.connect(folders.memory / "ledger.sqlite")) as stored:
        (number,) = stored.execute("SELECT max(number) FROM event WHERE kind = 'draft written'").fetchone()
        stored.execute("DELETE FROM event_link WHERE number >= ?", (number,))
        stored.execute("DELETE FROM event WHERE number >= ?", (number,))
        stored.commit()


def test_a_whole_office_is_whole_and_a_backup_was_tried(folders: Folders) -> None:
    found = examine(folders)
    assert (found.problems, found.mended) == ((), ())
    assert {state for _, state in found.parts[:-1]} == {"whole"}
    assert found.parts[-1] == ("backups", "whole; the newest reaches to 10 June 2031, 0 days ago")
    assert office_status(folders, NOW, NOW.date()).rehearsed == NOW.date()


WRONG: tuple[tuple[Callable[[Folders], None], str, bool], ...] = (
    (
        tamper("UPDATE event SET body = replace(body, 'Jane Roe', 'Jane Doe') WHERE kind = 'register row'"),
        "ledger-changed",
        False,
    ),
    (tamper("DELETE FROM event WHERE number = 2"), "ledger-changed", False),
    (tamper("UPDATE event SET recorded = replace(recorded, '2031', '2030') WHERE number = 3"), "ledger-changed", False),
    (spoil("inputs/memory/files/??/*"), "kept-file", False),
    (lambda folders: first(folders, "inputs/memory/files/??/*").unlink(), "kept-file", False),
    (put_register_back, "register-behind", True),
    (spoil("build/public/*/*.pdf"), "published-file", True),
    (lambda folders: first(folders, "build/public/*/*.html").unlink(), "published-file", True),
    (spoil("build/*/released/*.pdf"), "released-file", True),
    (spoil("build/public/index.html"), "published-file", True),
    (remove("build/public/register.csv"), "published-file", True),
    (spoil("build/*/*.page-source.html"), "built-file", False),
    (spoil("build/*/briefing-pack.public.html"), "built-file", False),
    (spoil("build/*/briefing-pack.public.pdf"), "built-file", False),
    (spoil("build/*/pack.public.json"), "built-file", False),
    (remove("build/*/briefing-pack.public.pdf"), "built-file", False),
    (cut_backup_made_by_hand, "backup-broken", False),
    (open_to_all("inputs/memory", 0o777), "permission", True),
    (open_to_all("inputs/memory/ledger.sqlite", 0o666), "permission", True),
    (open_to_all("inputs/memory/files/??", 0o777), "permission", True),
    (open_to_all("inputs/outbox/journal.jsonl", 0o666), "permission", True),
    (leave, "leaving", True),
    (lambda folders: (folders.outbox / "key").chmod(0o666), "permission", True),
    (journal_knows_more, "letter-behind", True),
)


@pytest.mark.parametrize(
    ("change", "kind", "mends"), WRONG, ids=[f"{number}-{kind}" for number, (_, kind, _) in enumerate(WRONG)]
)
def test_what_is_not_as_it_was_recorded_is_said_and_mended(
    folders: Folders, change: Callable[[Folders], None], kind: str, mends: bool
) -> None:
    change(folders)
    problems, mended = kinds(examine(folders, mend=False))
    assert kind in problems
    assert mended == []
    problems, mended = kinds(examine(folders))
    assert (kind in mended, kind in problems) == (mends, not mends)
    problems, mended = kinds(examine(folders))
    assert (kind in problems, mended) == (not mends, [])


def test_a_backup_that_cannot_be_restored_is_said_within_a_month(folders: Folders) -> None:
    newest = max(folders.memory.glob("backups/ledger-*.jsonl"), key=lambda one: one.name[-13:])
    newest.write_bytes(newest.read_bytes()[:-40])
    assert kinds(examine(folders)) == (["backup-broken"], [])


def test_what_a_build_lacks_is_named_and_built_again_and_what_was_tidied_away_is_not_missed(folders: Folders) -> None:
    built = folders.build / MEETING
    page = built / "briefing-pack.public.html"
    page.write_bytes(page.read_bytes() + b" ")
    (built / "briefing-pack.public.pdf").unlink()
    found = {Path(one.source.file).name: (one.found, one.remedy) for one in examine(folders).problems}
    assert set(found) == {page.name, "briefing-pack.public.pdf"}
    assert found[page.name][0] == "It is not as it was built: something else has changed it, or a run was cut off."
    assert found["briefing-pack.public.pdf"][0] == "It is missing."
    assert f"reportpack pack {MEETING}" in found[page.name][1]
    build_pack(folders, Order(MEETING, Audience.PUBLIC, None, NOW, NOW.date()), lambda _: None)
    assert kinds(examine(folders)) == ([], [])
    for path in built.glob("*.*"):
        path.unlink()
    assert kinds(examine(folders)) == ([], [])


def test_what_is_in_no_backup_for_more_than_a_month_is_said_and_backed_up(folders: Folders) -> None:
    add_row(folders, "Actions", (("Action", "Later"), ("Owner", "CC"), ("Due", "none")), Change(NOW))
    assert kinds(examine(folders, days=20)) == ([], [])
    found = examine(folders, mend=False, days=310)
    assert [one.found for one in found.problems] == ["What was recorded since 10 June 2031 is in no backup."]
    assert found.parts[-1] == ("backups", "1 wrong; the newest reaches to 10 June 2031, 310 days ago")
    assert kinds(examine(folders, days=310)) == ([], ["backup-old"])
    assert kinds(examine(folders, days=310)) == ([], [])


def test_an_erasure_leaves_the_chain_whole_and_in_every_backup_after_it(folders: Folders) -> None:
    with open_ledger(folders.memory) as ledger:
        before = ledger.link()
        ledger.erase(eraser_of(["Jane Roe"], "[erased]"), Erased("an order"), "Officer", NOW)
        assert ledger.link(before[0]) == before
    assert "ledger-changed" not in kinds(examine(folders, days=40))[0]
    assert "backup-not-restored" not in kinds(examine(folders, days=40))[0]
    assert "Jane Roe" not in "".join(path.read_text(encoding="utf-8") for path in folders.memory.glob("backups/*.jsonl"))


def test_the_second_place_has_what_is_needed_and_is_asked_for(folders: Folders) -> None:
    settings = folders.inputs / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[memory]\nsecond = "elsewhere"\n', encoding="utf-8")
    second = folders.inputs.parent / "elsewhere"
    assert kinds(examine(folders)) == (["second-place"], [])
    shutil.move(folders.memory / "backups", folders.memory / "aside")
    assert kinds(examine(folders)) == (["no-backup", "second-place"], [])
    shutil.move(folders.memory / "aside", folders.memory / "backups")
    second.mkdir()
    assert kinds(examine(folders)) == ([], [])
    names = {path.relative_to(second).parts[0] for path in second.rglob("*") if path.is_file()}
    assert names == {"backups", "files", "outbox"}
    shutil.copytree(second, folders.inputs.parent / "kept")
    with open_ledger(folders.memory, second=second) as ledger:
        ledger.erase(eraser_of(["Jane Roe"], "[erased]"), Erased("an order"), "Officer", NOW)
    assert not any(b"Jane Roe" in path.read_bytes() for path in second.rglob("*") if path.is_file())
    shutil.rmtree(folders.memory)
    restore(folders, max((folders.inputs.parent / "kept" / "backups").glob("ledger-*.jsonl"), key=lambda one: one.name[-13:]))
    assert [one for one in kinds(examine(folders))[0] if one == "kept-file"] == []


def test_backups_are_graded(folders: Folders) -> None:
    """So many each day, over three years."""
    backups = folders.memory / "backups"
    for path in backups.glob("*.jsonl"):
        path.unlink()
    days = [NOW.date() + timedelta(days=day) for day in range(3 * 365)]
    for number, day in enumerate(day for day in days for _ in range(2)):
        (backups / f"ledger-{day.isoformat()}-{number:07d}.jsonl").write_bytes(b"")
    remove_old(backups)
    left = [path.name for path in backups_in(backups)]
    last = [name for name in left if name[7:17] >= (days[-1] - timedelta(days=31)).isoformat()]
    assert len(left) == 30 + 17 + 35  # the newest thirty, one of each other day of the last month, one of each month before
    assert {name[7:14] for name in left} == {day.isoformat()[:7] for day in days}
    assert {name[7:17] for name in last} == {day.isoformat() for day in days[-32:]}
