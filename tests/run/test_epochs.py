"""What outlives a restored ledger, a copied folder, one put back, and a machine behind the second place: nobody has a letter twice."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportpack.errors import DeliveryError, RefusedError
from reportpack.ledger import Ledger, open_ledger
from reportpack.ledger.database import Database, server_database
from reportpack.model.duty import DueBegan
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.outbox import DeliveryReport, LetterState, OutboxEpoch
from reportpack.model.release import Released, ReleasedFile, ReleasedRole
from reportpack.run.ledger import restore
from reportpack.run.letters.epochs import in_step
from reportpack.run.letters.outbox import deliver, write_drafts
from reportpack.run.letters.send_settle import settle_letters
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.steps.recording import recording, sending_alone
from reportpack.run.steps.released import last_release, next_version
from reportpack.settings.reading import ledger_url
from tests.ledger.stores import Stores
from tests.ledger.stores import server as pg_server
from tests.offices import HERE
from tests.run.test_outbox import FIVE, LETTERS, MANNER, MEETING, NOON, mail
from tests.send.servers import FaultyServer, faulty


def opened(folders: Folders, second: Path | None = None) -> Ledger:
    return open_ledger(folders.memory, ledger_url(folders.inputs), second=second)


def office(place: Path) -> Folders:
    (place / "inputs").mkdir(parents=True)
    return Folders(place / "inputs", place / "build")


def let_go(folders: Folders, version: int = 1) -> None:
    pages = ReleasedFile(ReleasedRole.PAGE_SOURCE, f"{version}" * 64)
    release = Released(MEETING, "briefing-pack", Audience.FORCE, version, NOON.date(), 0, "0.3", files=(pages,))
    with opened(folders) as ledger, recording(folders, NOON, ledger=ledger) as record:
        in_step(record)
        record.record([Event(release, NOON, "Ellis")])


def send(folders: Folders, server: FaultyServer, count: int = 5) -> DeliveryReport:
    with opened(folders) as ledger:
        return deliver(folders, ledger, LETTERS[:count], mail(server.port), NOON, manner=MANNER)


def states(report: DeliveryReport) -> list[LetterState]:
    return [one.state for one in report.letters]


def once(server: FaultyServer) -> bool:
    return all(server.to(f"{who}@force.example") <= 1 for who in FIVE)


def epochs(folders: Folders) -> list[str]:
    with opened(folders) as ledger:
        return [one.what.why for one in ledger.of_kinds(OutboxEpoch) if isinstance(one.what, OutboxEpoch)]


def snapshot(folders: Folders) -> Path:
    return Path(shutil.copytree(folders.inputs.parent, folders.inputs.parent.with_name("before")))


def copy_of_it(folders: Folders, before: Path) -> Folders:
    """Another folder, which goes on beside the first."""
    return Folders(before / "inputs", before / "build")


def put_back(folders: Folders, before: Path) -> Folders:
    shutil.rmtree(folders.inputs.parent)
    before.rename(folders.inputs.parent)
    return folders


def put_over(folders: Folders, before: Path) -> Folders:
    """File over file, as a backup program does."""
    shutil.copytree(before, folders.inputs.parent, dirs_exist_ok=True)
    return folders


def ledger_put_back(folders: Folders, before: Path) -> Folders:
    shutil.copy2(before / "inputs" / "memory" / "ledger.sqlite", folders.memory / "ledger.sqlite")
    return folders


def memory_put_back(folders: Folders, before: Path) -> Folders:
    shutil.rmtree(folders.memory)
    shutil.copytree(before / "inputs" / "memory", folders.memory)
    return folders


def restored(folders: Folders, before: Path) -> Folders:
    (folders.memory / "ledger.sqlite").unlink()
    backups = sorted((before / "inputs" / "memory" / "backups").glob("ledger-*.jsonl"))
    restore(folders, backups[-1])
    return folders


@pytest.mark.parametrize("went_before", [0, 2])
@pytest.mark.parametrize("change", [copy_of_it, put_back, put_over, ledger_put_back, memory_put_back, restored])
def test_what_may_have_gone_since_is_uncertain_and_goes_to_nobody_twice(
    tmp_path: Path, change: Callable[[Folders, Path], Folders], went_before: int
) -> None:
    folders = office(tmp_path / "office")
    let_go(folders)
    with faulty() as server:
        send(folders, server, went_before)
        before = snapshot(folders)
        send(folders, server, 4)
        after = change(folders, before)
        known = 4 if after is folders and (folders.inputs / "outbox").exists() and change in OUTLIVED else went_before
        report = send(after, server)
        assert states(report) == [LetterState.SENT] * known + [LetterState.UNCERTAIN] * (5 - known)
        assert len(server.taken) == 4
        assert once(server)
        again = send(after, server)
        assert states(again) == states(report)
        settle_letters(after, "all", sent=False, why="asked them all", by="Ellis", now=NOON)
        assert states(send(after, server)) == [LetterState.SENT] * 5
    assert len(server.taken) == 4 + 5 - known


OUTLIVED = (ledger_put_back, memory_put_back, restored)
"""The journal lies outside of these, and knows what went."""


def test_a_ledger_of_before_there_were_journals_is_restored_into_doubt(old_office: Path) -> None:
    folders = Folders(old_office / "inputs", old_office / "build")
    let_go(folders)
    with faulty() as server:
        assert states(send(folders, server, 1)) == [LetterState.SENT]
        with opened(folders) as ledger:
            assert ledger.of_kinds(Released)
        for folder in (folders.outbox, folders.memory):
            shutil.rmtree(folder)
        restore(folders, HERE / "b662a7c" / "backup.jsonl")
        assert epochs(folders) == []
        assert states(send(folders, server)) == [LetterState.UNCERTAIN] * 5
    assert epochs(folders) == ["the ledger was restored"]


def test_a_folder_that_was_moved_is_no_copy(tmp_path: Path) -> None:
    folders = office(tmp_path / "office")
    let_go(folders)
    with faulty() as server:
        send(folders, server, 2)
        moved = copy_of_it(folders, folders.inputs.parent.rename(tmp_path / "elsewhere"))
        assert states(send(moved, server)) == [LetterState.SENT] * 5
    assert epochs(moved) == ["the journal was begun"]


@pytest.mark.parametrize("lost", ["journal.jsonl", "key", "journal.jsonl changed", "line"])
def test_without_its_journal_or_key_nothing_goes_until_a_person_has_said_what_went(tmp_path: Path, lost: str) -> None:
    folders = office(tmp_path / "office")
    let_go(folders)
    with faulty() as server:
        send(folders, server, 2)
        journal = folders.outbox / "journal.jsonl"
        if lost == "journal.jsonl changed":
            journal.write_bytes(journal.read_bytes().replace(b'"version":1', b'"version":7'))
        elif lost == "line":
            journal.write_bytes(
                b"".join(journal.read_bytes().splitlines(keepends=True)[:1] + journal.read_bytes().splitlines(keepends=True)[2:])
            )
        else:
            (folders.outbox / lost).unlink()
        with pytest.raises(RefusedError, match="Nothing is sent, released or published"):
            send(folders, server)
        settle_letters(folders, "all", sent=True, why="the mail server's list", by="Ellis", now=NOON)
        assert states(send(folders, server)) == [LetterState.SENT] * 5
        assert len(server.taken) == 2
        let_go(folders, version=2)
        with opened(folders) as ledger:
            anew = tuple(replace(one, version=2) for one in LETTERS)
            report = deliver(folders, ledger, anew, mail(server.port), NOON, manner=MANNER)
        assert states(report) == [LetterState.SENT] * 5
    assert len(server.taken) == 7


def test_a_torn_last_line_is_none(tmp_path: Path) -> None:
    folders = office(tmp_path / "office")
    let_go(folders)
    with faulty() as server:
        send(folders, server, 2)
        with (folders.outbox / "journal.jsonl").open("ab") as file:
            file.write(b'{"after":"')
        assert states(send(folders, server)) == [LetterState.SENT] * 5
        assert states(send(folders, server)) == [LetterState.SENT] * 5
    assert epochs(folders) == ["the journal was begun"]


def test_the_journal_holds_no_word_and_no_address(tmp_path: Path) -> None:
    folders = office(tmp_path / "office")
    let_go(folders)
    with faulty() as server:
        send(folders, server)
    said = (folders.outbox / "journal.jsonl").read_text(encoding="utf-8")
    assert said.count("accepted") == 5
    assert not any(word in said for one in LETTERS for word in ("@", one.to.email, one.to.name, one.text, one.subject, one.key))
    assert not any(hashlib.sha256(one.to.email.encode()).hexdigest()[:12] in said for one in LETTERS)


def test_a_draft_that_a_restored_ledger_has_forgotten_is_not_sent_behind_a_persons_back(tmp_path: Path) -> None:
    folders = office(tmp_path / "office")
    let_go(folders)
    before = snapshot(folders)
    with opened(folders) as ledger:
        write_drafts(folders, ledger, LETTERS[:2], mail(0, server=""), NOON)
    ledger_put_back(folders, before)
    with faulty() as server:
        report = send(folders, server, 2)
    assert states(report) == [LetterState.DRAFTED] * 2
    assert server.taken == []


def test_a_version_that_was_given_keeps_its_number_though_the_ledger_forgot_it(tmp_path: Path) -> None:
    folders = office(tmp_path / "office")
    with opened(folders) as ledger, recording(folders, NOON, ledger=ledger) as record:
        record.record([Event(DueBegan(NOON.date()), NOON)])
    before = snapshot(folders)
    let_go(folders)
    with faulty() as server:
        send(folders, server, 1)
    ledger_put_back(folders, before)
    with opened(folders) as ledger:
        assert last_release(ledger, MEETING, "briefing-pack", Audience.FORCE) is None
        assert next_version(ledger, MEETING, "briefing-pack", Audience.FORCE) == 2
        assert next_version(ledger, MEETING, "briefing-pack", Audience.OFFICE) == 1


def test_a_machine_that_the_second_place_is_ahead_of_sends_nothing_twice(tmp_path: Path) -> None:
    """The whole machine put back is seen from elsewhere alone: here every mark of the disk is as it was."""
    folders, second = office(tmp_path / "office"), tmp_path / "second"
    let_go(folders)
    with faulty() as server:
        send_twice_kept(folders, server, second, 1)
        journal = (folders.outbox / "journal.jsonl").read_bytes()
        ledger = (folders.memory / "ledger.sqlite").read_bytes()
        send_twice_kept(folders, server, second, 4)
        for path, data in ((folders.outbox / "journal.jsonl", journal), (folders.memory / "ledger.sqlite", ledger)):
            with path.open("r+b") as file:
                file.write(data)
                file.truncate()
        report = send_twice_kept(folders, server, second, 5)
    assert states(report) == [LetterState.SENT] * 4 + [LetterState.UNCERTAIN]
    assert once(server)
    assert epochs(folders)[-1] == "the second place knows of more than this machine"


def send_twice_kept(folders: Folders, server: FaultyServer, second: Path, count: int) -> DeliveryReport:
    with opened(folders, second) as ledger:
        return deliver(folders, ledger, LETTERS[:count], mail(server.port), NOON, manner=MANNER)


@pytest.fixture(scope="module")
def stores() -> Iterator[Stores]:
    with pg_server() as stores:
        yield stores


def forgotten(database: Database, last: int) -> None:
    """The server's own backup put back: journal and ledger are of one past, and the folder knows of more."""
    with database.transaction(writing=True) as session:
        session.execute("DELETE FROM event_link WHERE number > ?", last)
        session.execute("DELETE FROM event WHERE number > ?", last)
        session.execute("DELETE FROM outbox_journal WHERE number > 3")


def dropped(database: Database, _: int) -> None:
    """The ledger's tables are gone, the journal's is there."""
    database.drop_tables()


def all_dropped(database: Database, last: int) -> None:
    """Another database, or another schema, in which there is nothing."""
    dropped(database, last)
    with database.transaction(writing=True) as session:
        session.execute("DROP TABLE outbox_journal")


@pytest.mark.needs("postgresql", "module:psycopg")
@pytest.mark.parametrize("change", [forgotten, dropped, all_dropped])
def test_on_a_server_the_journal_is_a_table_that_no_backup_holds(
    tmp_path: Path, stores: Stores, monkeypatch: pytest.MonkeyPatch, change: Callable[[Database, int], None]
) -> None:
    folders = office(tmp_path / "office")
    monkeypatch.setenv("REPORTPACK_LEDGER", url := stores(folders.memory).url)
    let_go(folders)
    with faulty() as server:
        send(folders, server, 1)
        with opened(folders) as ledger:
            ledger.back_up(tmp_path / "backup.jsonl")
            last = ledger.last_number()
        assert "outbox_journal" not in (tmp_path / "backup.jsonl").read_text(encoding="utf-8")
        send(folders, server, 4)
        database = server_database(url)
        change(database, last)
        database.close()
        if change is not forgotten:
            restore(folders, tmp_path / "backup.jsonl")
        report = send(folders, server)
    assert states(report) == [LetterState.SENT] * 4 + [LetterState.UNCERTAIN]
    assert once(server)


@pytest.mark.needs("postgresql", "module:psycopg")
def test_two_folders_on_one_server_send_one_at_a_time(tmp_path: Path, stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = office(tmp_path / "one"), office(tmp_path / "other")
    monkeypatch.setenv("REPORTPACK_LEDGER", stores(one.memory).url)
    with sending_alone(one), pytest.raises(DeliveryError, match="Another run is sending"), sending_alone(other):
        pass
    with sending_alone(other):
        pass


def test_a_memory_that_is_gone_beside_an_outbox_that_is_there_is_missed(tmp_path: Path) -> None:
    folders = office(tmp_path / "office")
    let_go(folders)
    with faulty() as server:
        send(folders, server, 1)
    kept = tmp_path / "kept"
    shutil.copytree(folders.memory, kept)
    shutil.rmtree(folders.memory)
    for step in (lambda: open_memory(folders), lambda: open_memory(folders, begin=True), lambda: let_go(folders)):
        with pytest.raises(RefusedError, match="is missing, but inputs/outbox remembers what went from here") as refused:
            step()
        assert "ledger restore" in str(refused.value.remedy)
    restore(folders, max(kept.glob("backups/ledger-*.jsonl")))
    assert open_memory(folders).begun


def test_the_second_place_misses_a_memory_that_is_gone_and_takes_no_empty_key(tmp_path: Path) -> None:
    folders, second = office(tmp_path / "office"), tmp_path / "second"
    with opened(folders, second) as ledger, recording(folders, NOON, ledger=ledger) as record:
        record.record([Event(DueBegan(NOON.date()), NOON)])
    with opened(folders, second) as ledger:
        ledger.copy_to_second()
    assert not (second / "outbox").exists()
    let_go(folders)
    with opened(folders, second) as ledger:
        ledger.back_up(folders.memory / "backups" / "whole-ledger-2031-05-06.jsonl", with_files=True)
        ledger.copy_to_second()
    assert (second / "outbox" / "key").read_bytes() == (folders.outbox / "key").read_bytes()
    shutil.rmtree(folders.memory)
    shutil.rmtree(folders.outbox)
    with pytest.raises(RefusedError, match="the second place holds backups of it"):
        opened(folders, second)
    restore(folders, second / "backups" / "whole-ledger-2031-05-06.jsonl")
    assert epochs(folders)
