"""The disk is full from any moment on: one sentence, exit 5, and everything as it was; with room again the next run completes."""

import multiprocessing
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reportpack.errors import OutputError
from reportpack.ledger import open_ledger
from reportpack.model.event import RegisterSeen
from reportpack.run.init import make_office
from reportpack.run.ledger import back_up
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, standing_register
from reportpack.run.steps.recording import Change

FORK = multiprocessing.get_context("fork")
NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
LATER = datetime(2031, 6, 25, 9, 30, tzinfo=UTC)
MEETING = "2031-06-24-assurance"
NOTES = """# Notes of the meeting of 24 June 2031

## Satisfaction

The Chief Constable said that satisfaction had risen.

ACTION: Chief Constable to share the delivery plan by 31 July 2031.
"""
_OPENS = {"open", "os.open", "sqlite3.connect", "os.rename", "os.mkdir"}


def full_from(moment: int, step: Callable[[], object], told: Any) -> None:
    """Run the step; from its nth opening of a file on, not a byte can be written by anybody in this process, SQLite included."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    left = [moment]

    def watch(name: str, _: object) -> None:
        if name in _OPENS:
            left[0] -= 1
            if left[0] == 0:
                resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    sys.addaudithook(watch)
    try:
        step()
        told.send((left[0] <= 0, "", ""))
    except OutputError as error:
        told.send((True, error.found, error.remedy))
    except BaseException as error:  # noqa: BLE001 - whatever else it is, the test must hear of it
        told.send((True, f"{type(error).__name__}: {error}", "no sentence"))


def with_full_disk(moment: int, step: Callable[[], object]) -> tuple[bool, str, str]:
    """Whether the disk was full before the step's end, and what was said."""
    hears, tells = FORK.Pipe()
    run = FORK.Process(target=full_from, args=(moment, step, tells))
    run.start()
    told: tuple[bool, str, str] = hears.recv()
    run.join()
    return told


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a pack, a row, and a row that was typed since."""
    return make_built(tmp_path_factory.mktemp("built") / "office")


def make_built(folder: Path) -> Path:
    make_office(folder, NOW.date())
    pack(folder)()
    add(folder, "Before")()
    (folder / "inputs" / "minutes").mkdir(exist_ok=True)
    (folder / "inputs" / "minutes" / f"{MEETING}.md").write_text(NOTES, encoding="utf-8")
    return folder


def pack(office: Path, now: datetime = NOW) -> Callable[[], object]:
    order = Order(meeting="", edition=None, on=None, now=now, today=now.date())
    return lambda: build_pack(Folders(office / "inputs", office / "build"), order, lambda _: None)


def add(office: Path, words: str = "After") -> Callable[[], object]:
    given = (("Action", words), ("Owner", "CC"), ("Due", "none"))
    return lambda: add_row(Folders(office / "inputs", office / "build"), "Actions", given, Change(NOW), lambda _: True)


def backup(office: Path) -> Callable[[], object]:
    return lambda: back_up(Folders(office / "inputs", office / "build"), None, NOW.date())


def issue(office: Path) -> Callable[[], object]:
    order = AnnexOrder(MEETING, None, LATER, LATER.date())
    return lambda: issue_annex(Folders(office / "inputs", office / "build"), order, lambda _: None)


def state(office: Path) -> dict[str, object]:
    """The files people see, and what the ledger holds, beside what the workbook was found to be."""
    files = [path for folder in ("inputs", "build") for path in (office / folder).rglob("*") if path.is_file()]
    seen: dict[str, object] = {str(path.relative_to(office)): path.read_bytes() for path in files if "memory" not in path.parts}
    with open_ledger(office / "inputs" / "memory") as ledger:
        seen["events"] = [one.what for one in ledger._events() if not isinstance(one.what, RegisterSeen)]
    seen["rows"] = [row.texts for row in standing_register(Folders(office / "inputs", office / "build"), 2031)[0]]
    return seen


def fill_at(verb: Callable[[Path], Callable[[], object]], built: Path, folder: Path, first: int, stride: int) -> set[str]:
    """The disk full at every stride-th moment of a run; gives the sentences that were said."""
    said: set[str] = set()
    moment = first
    while True:
        office = folder / f"office-{moment}"
        shutil.copytree(built, office)
        before = state(office)
        reached, found, remedy = with_full_disk(moment, verb(office))
        if not reached:
            return said
        if found:
            assert remedy != "no sentence", found
            assert state(office) == before
            said.add(found)
        verb(office)()
        shutil.rmtree(office)
        moment += stride


# Of a pack's 140 moments the first 60 are reading. All of them at once take a minute: python -m tests.run.test_full_disk
@pytest.mark.parametrize(("verb", "first", "stride"), [(pack, 64, 24), (add, 8, 11), (backup, 8, 9), (issue, 30, 30)])
def test_a_disk_that_is_full_from_any_moment_on(
    verb: Callable[[Path], Callable[[], object]], first: int, stride: int, built: Path, tmp_path: Path
) -> None:
    assert fill_at(verb, built, tmp_path, first, stride)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        new = make_built(Path(place) / "office")
        for each in (pack, add, backup, issue):
            sys.stdout.write("\n".join(sorted(fill_at(each, new, Path(place), 1, 1))) + "\n\n")
