"""`make faults`: what befalls machines, done to runs on purpose, at every point in turn; prints the table that docs/reliability.md shows.

`python -m tests.faults [--most N] [--seed N] [--worlds N] [--only "a publication"]`: at most N points of each run are struck (0: every one), and the seed
says which; with `--only` the rows of one kind of run alone. It says what was wrong on standard error, and ends with 1.
"""

import argparse
import errno
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path
from unittest.mock import patch

from reportpack.drive_files import sha256_of
from reportpack.errors import ReportpackError
from reportpack.ledger import open_ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexIssued, Build
from reportpack.model.outbox import LetterState
from reportpack.model.release import Published, Released, ReleasedRole
from reportpack.run.init import make_office
from reportpack.run.letters.gate import Gate
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from tests.faults.model import walk
from tests.faults.striking import shared, struck, with_shim
from tests.run import test_epochs as pasts
from tests.run.test_outbox import FIVE, MEETING
from tests.run.test_release import PACK, build, build_office, publish, release
from tests.send.servers import Fault, FaultyServer, faulty

ROOT = Path(__file__).parents[2]
FULL, BROKEN, CLOSED = errno.ENOSPC, errno.EIO, errno.EACCES
_WORDS = {0: "killed", FULL: "its disk full", BROKEN: "its disk failing", CLOSED: "its folder closed"}


_RECIPIENTS = """
[[recipient]]
post = "pcc"
email = "pcc@opcc.example"
edition = "office"
gets = ["pack"]

[[recipient]]
post = "cc"
email = "cc@force.example"
edition = "force"
gets = ["pack", "own sheet", "reply form"]
"""


@dataclass
class Row:
    """A line of the table: what befell, how often, of how many points there are (0: every one), and each time that it did harm."""

    what: str
    times: int = 0
    of: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Stage:
    """A run that can be struck: the office before it, what it does, and what must stand in the end."""

    name: str
    before: Path
    run: Callable[[Folders], object]
    kinds: tuple[type, ...]


def strike(stage: Stage, error: int, place: Path, most: int, chance: random.Random) -> Row:
    """The run struck at each of its points, then run again: no half of anything, nothing twice, and in the end what there would have been."""
    row = Row(f"{stage.name}, {_WORDS[error]}")
    whole = _copied(stage, place / "whole")
    stage.run(whole)
    expected = _seen(stage, whole)
    count, _ = struck(partial(stage.run, _copied(stage, place / "counted")))
    row.of = count

    def strike_at(at: int, worker: int) -> list[str]:
        folders = _copied(stage, place / f"struck-{worker}")
        _, said = struck(partial(stage.run, folders), at, error)
        wrong = [said, *_halves(folders, expected)]
        try:
            stage.run(folders)
        except ReportpackError as refused:
            wrong.append(f"the next run stops: {refused}")
        else:
            wrong += [f"{name} is otherwise" for name in _different(expected, _seen(stage, folders))]
        return [f"at {at}: {one}" for one in wrong if one]

    points = _points(count, most, chance)
    row.times, row.wrong = len(points), shared(points, strike_at)
    return row


def _points(count: int, most: int, chance: random.Random) -> list[int]:
    points = range(1, count + 1)
    return sorted(chance.sample(points, most)) if 0 < most < count else list(points)


def _copied(stage: Stage, place: Path) -> Folders:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(stage.before, place)
    return Folders(place / "inputs", place / "build")


def _seen(stage: Stage, folders: Folders) -> dict[str, str]:
    """The files of build/ by their hashes, and how often each event that counts was recorded."""
    with open_ledger(folders.memory) as ledger:
        events = {kind.__name__: f"{len(ledger.of_kinds(kind))}" for kind in stage.kinds}
    return events | _files(folders)


def _files(folders: Folders) -> dict[str, str]:
    there = (one for one in folders.build.rglob("*") if one.is_file() and not one.name.startswith("."))
    return {one.relative_to(folders.build).as_posix(): sha256_of(one.read_bytes()) for one in there}


def _halves(folders: Folders, expected: dict[str, str]) -> Iterator[str]:
    """A file of build/ that is not as it will be, or a ledger or a kept file that is not whole."""
    yield from (f"{name} is half" for name, sha256 in _files(folders).items() if expected.get(name, sha256) != sha256)
    if (folders.memory / "ledger.sqlite").exists():
        with open_ledger(folders.memory) as ledger:
            yield from (*ledger.faults(), *ledger.kept_faults())


def _different(expected: dict[str, str], found: dict[str, str]) -> list[str]:
    return [name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)]


@contextmanager
def looked_through_once() -> Iterator[None]:
    """The gate before a release reads the same bytes for the same words each time a run is struck: what it found is remembered. It writes
    nothing, so no point is lost by it, and most of a release's time is the gate's."""
    real, found = Gate.refuse, dict[tuple[object, ...], str]()

    def refuse(gate: Gate, role: ReleasedRole, data: bytes) -> str:
        key = (
            gate.edition,
            role,
            sha256_of(data),
            *(sha256_of(repr(sorted(one.items())).encode()) for one in (gate.runs, gate.short)),
        )
        if key not in found:
            found[key] = real(gate, role, data)
        return found[key]

    with patch.object(Gate, "refuse", refuse):
        yield


def stages(place: Path) -> Iterator[Stage]:
    """An office of `init` whose pack is built and released in two editions with own papers, the example's notes issued, and its pack published."""
    fresh, noted, built, public = (place / name for name in ("fresh", "noted", "built", "public"))
    make_office(fresh, date(2031, 5, 6))
    now = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
    order = Order(meeting="", edition=None, on=None, now=now, today=now.date())
    yield Stage("a pack", fresh, lambda folders: build_pack(folders, order, lambda _: None), (Build,))
    shutil.copytree(ROOT / "inputs", noted / "inputs", ignore=shutil.ignore_patterns("memory", "outbox", "performance"))
    notes = AnnexOrder(MEETING, None, datetime(2019, 6, 3, 9, tzinfo=UTC), date(2019, 6, 3))
    yield Stage("notes issued", noted, lambda folders: issue_annex(folders, notes, lambda _: None), (AnnexIssued, Build))
    shutil.copytree(fresh, built)
    with (built / "inputs" / "office.toml").open("a", encoding="utf-8") as settings:
        settings.write(_RECIPIENTS)
    build_pack(Folders(built / "inputs", built / "build"), order, lambda _: None)

    def let_go(folders: Folders) -> None:
        releasing = ReleaseOrder("", PACK, (), None, "Ellis", now, now.date())
        record_release(folders, releasing, prepare_release(folders, releasing, lambda _: None))

    yield Stage("a release", built, let_go, (Released,))
    build_office(public)
    let_out = Folders(public / "inputs", public / "build")
    build(let_out, Audience.PUBLIC)
    release(let_out, Audience.PUBLIC)
    yield Stage("a publication", public, publish, (Published,))


def send_struck(error: int, place: Path, most: int, chance: random.Random) -> Row:
    """Five letters to a server that takes them, the run struck at each point, then run again: each once, and nothing said that is not so."""
    row = Row(f"letters sent, {_WORDS[error]}")

    def begin(worker: int) -> Folders:
        shutil.rmtree(place / f"sending-{worker}", ignore_errors=True)
        folders = pasts.office(place / f"sending-{worker}")
        pasts.let_go(folders)
        return folders

    def strike_at(at: int, worker: int) -> list[str]:
        folders = begin(worker)
        with faulty() as server:
            _, said = struck(partial(pasts.send, folders, server), at, error)
            wrong = [said, *_untrue(folders, server)]
            pasts.send(folders, server)
            wrong += [f"sent again: {one}" for one in _untrue(folders, server, waits=False)]
        return [f"at {at}: {one}" for one in wrong if one]

    with faulty() as server:
        row.of, _ = struck(partial(pasts.send, begin(0), server))
    points = _points(row.of, most, chance)
    row.times, row.wrong = len(points), shared(points, strike_at)
    return row


def _untrue(folders: Folders, server: FaultyServer, *, waits: bool = True) -> Iterator[str]:
    with open_ledger(folders.memory) as ledger:
        found = {one.letter.to.post: one.state for one in letters_standing(ledger.letters(MEETING))}
    for who in FIVE:
        taken, state = server.to(f"{who}@force.example"), found.get(who, LetterState.WAITING)
        if taken > 1:
            yield f"{who} has {taken}"
        if state is LetterState.SENT and not taken:
            yield f"{who} is said to have it and has not"
        if state is LetterState.WAITING and taken and not waits:
            yield f"{who} has it and is said not to"
        if state is LetterState.WAITING and not waits:
            yield f"{who} still waits"


def servers(place: Path) -> Row:
    """Servers that fail at each step in each way, some for a time: each letter once, and nothing said that is not so."""
    row = Row("letters sent to servers that fail at each step")
    kinds = [
        (step, answer, times)
        for step in ("connect", "EHLO", "MAIL", "RCPT", "DATA", "text", "dot")
        for answer in (b"", b"421 going\r\n", b"451 later\r\n", b"550 no\r\n", b"what\r\n")
        for times in (1, 3, 1_000_000)
    ]

    def fail(kind: tuple[str, bytes, int], worker: int) -> list[str]:
        step, answer, times = kind
        folders = pasts.office(place / f"server-{worker}")
        pasts.let_go(folders)
        with faulty(Fault(step, answer=answer, times=times, after=1)) as server:
            for _ in range(2):
                try:
                    pasts.send(folders, server)
                except ReportpackError:
                    continue
            wrong = [f"{step} {answer!r} {times}: {one}" for one in _untrue(folders, server)]
        shutil.rmtree(folders.inputs.parent)
        return wrong

    row.times, row.wrong = len(kinds), shared(kinds, fail)
    return row


def restores(place: Path) -> Row:
    """An office restored, put back, put over or copied after so many letters: what may have gone since is nobody's twice."""
    row = Row("an office restored, put back or copied between letters")
    changes = (pasts.copy_of_it, pasts.put_back, pasts.put_over, pasts.ledger_put_back, pasts.memory_put_back, pasts.restored)
    lots = [(change, *both) for change in changes for both in combinations_with_replacement(range(6), 2)]

    def befall(lot: tuple[Callable[[Folders, Path], Folders], int, int], worker: int) -> list[str]:
        change, went, then_went = lot
        folders = pasts.office(place / f"past-{worker}" / "office")
        pasts.let_go(folders)
        with faulty() as server:
            if went:
                pasts.send(folders, server, went)
            then = pasts.snapshot(folders)
            if then_went:
                pasts.send(folders, server, then_went)
            try:
                now = change(folders, then)
                pasts.send(now, server)
            except (ReportpackError, IndexError):
                now = folders  # a ledger without a backup is restored from none
            wrong = [
                f"{change.__name__} {went} {then_went}: {who} twice" for who in FIVE if server.to(f"{who}@force.example") > 1
            ]
        shutil.rmtree(place / f"past-{worker}")
        return wrong

    row.times, row.wrong = len(lots), shared(lots, befall)
    return row


def walked(worlds: int) -> Row:
    """The model of the outbox: a run, a cut, an answer, a restore, a copy and a person in every order, the shortest lives first."""
    row = Row("the outbox's rules in a small model, in every order")
    for second in (True, False):
        many, wrong = walk(second=second, most=worlds)
        row.times += many
        row.wrong += wrong[:5]
    return row


def main() -> int:
    """The table, on standard output."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", type=int, default=10_000)
    parser.add_argument("--only", default="", choices=("a pack", "notes issued", "a release", "a publication"))
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - no secret
    rows = list[Row]()

    def told(row: Row) -> None:
        rows.append(row)
        sys.stderr.write(f"{row.what}: {row.times:,} done\n")
        sys.stderr.writelines(f"{row.what}: {one}\n" for one in row.wrong[:20])

    with tempfile.TemporaryDirectory(prefix="reportpack-faults-") as folder, looked_through_once():
        place = Path(folder)
        for stage in stages(place):
            for error in _WORDS if given.only in ("", stage.name) else ():
                told(strike(stage, error, place, given.most, chance))
        if not given.only:
            for error in _WORDS:
                told(send_struck(error, place, given.most, chance))
            for row in (servers(place), restores(place), walked(given.worlds)):
                told(row)
    lines = [f"| {row.what} | {row.times:,} | {row.of or row.times:,} | {len(row.wrong) or 'none'} |" for row in rows]
    sys.stdout.write("\n".join(["| what befalls | struck | of points | harm |", "| --- | ---: | ---: | ---: |", *lines]) + "\n")
    return int(any(row.wrong for row in rows))


if __name__ == "__main__":
    done = with_shim("tests.faults", sys.argv[1:])
    sys.exit(main() if done is None else done)
