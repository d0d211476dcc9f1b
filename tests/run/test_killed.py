"""Runs killed at any moment, workbooks edited between, against a simple model: nothing lost, nothing twice, the next run completes.

`python -m tests.run.test_killed 400` kills that many runs.
"""

import contextlib
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import openpyxl

from reportpack.ledger import open_ledger, restore_ledger
from reportpack.model.event import AnnexIssued
from reportpack.run.init import make_office
from reportpack.run.ledger import back_up
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, standing_register, update_row
from reportpack.run.steps.recording import Change as Said

FORK = multiprocessing.get_context("fork")
ROOT = Path(__file__).parents[2]
NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
Words = dict[str, tuple[str, str]]
"""By an action's words: what stands under Evidence (only commands write it here) and under Update (only people do)."""
Change = Callable[[Words], Words]


def killed_after(seconds: float, step: Callable[[], object]) -> bool:
    """Whether the step was still running then; it never gets to clean up after itself."""
    run = FORK.Process(target=step)
    run.start()
    run.join(seconds)
    killed = run.is_alive()
    if killed and run.pid is not None:
        os.kill(run.pid, signal.SIGKILL)
    run.join()
    assert killed or run.exitcode == 0
    return killed


def seconds_of(step: Callable[[], object]) -> float:
    """How long it takes where nobody stops it."""
    started = time.monotonic()
    killed_after(600, step)
    return time.monotonic() - started


class Office:
    """An office under test, and the model of what should stand in its register."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        make_office(folder, NOW.date())
        self.folders = Folders(folder / "inputs", folder / "build")
        self.chance = chance
        self.model: Words = {}
        self.usual = seconds_of(self.pack()[0]) / 2
        self.kills = 0
        self.number = 0

    def standing(self) -> Words:
        rows, problems = standing_register(self.folders, NOW.year)
        assert [one.sentence for one in problems if one.kind != "reference-missing"] == []
        refs = [row.ref for row in rows if row.ref]
        assert len(set(refs)) == len(refs)
        words = {row.text("Action"): (row.text("Evidence"), row.text("Update")) for row in rows}
        assert len(words) == len(rows)
        return words

    def turn(self) -> None:
        """One run killed or not, what stands compared with the model, perhaps an edit in the workbook, and the run again to its end."""
        step, change = self.chance.choice([self.add, self.update, self.pack, self.backup])()
        self.kills += killed_after(self.chance.uniform(0.0, self.usual), step)
        whole(self.folders.memory / "ledger.sqlite")
        stands = self.standing()
        done = stands == change(self.model)
        assert done or stands == self.model
        self.model = stands
        if self.chance.random() < 0.3:
            self.edit()
        if not done:
            step()
            self.model = change(self.model)
        assert self.standing() == self.model
        if self.chance.random() < 0.3:
            self.edit()

    def add(self) -> tuple[Callable[[], object], Change]:
        self.number += 1
        words = f"Do the thing numbered {self.number}"
        given = (("Action", words), ("Owner", "CC"), ("Due", "none"))
        return lambda: add_row(self.folders, "Actions", given, Said(NOW)), lambda model: model | {words: ("", "")}

    def update(self) -> tuple[Callable[[], object], Change]:
        known = {row.text("Action"): row.ref for row in standing_register(self.folders, NOW.year)[0] if row.ref}
        if not known:
            return self.add()
        self.number += 1
        words = self.chance.choice(sorted(known))
        text = f"the letter numbered {self.number}"
        return (
            lambda: update_row(self.folders, known[words], (("Evidence", text),), Said(NOW)),
            lambda model: model | {words: (text, model[words][1])},
        )

    def pack(self) -> tuple[Callable[[], object], Change]:
        order = Order(meeting="", edition=None, on=None, now=NOW, today=NOW.date())
        return lambda: build_pack(self.folders, order, lambda _: None), lambda model: model

    def backup(self) -> tuple[Callable[[], object], Change]:
        return lambda: back_up(self.folders, None, NOW.date()), lambda model: model

    def edit(self) -> None:
        """Somebody opens the workbook, says something of a row or adds one without a reference, and saves."""
        path = self.folders.inputs / "register.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["Actions"]
        columns = {str(cell.value): cell.column or 1 for cell in sheet[1]}
        self.number += 1
        rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["Action"]).value]
        if rows and self.chance.random() < 0.5:
            row = self.chance.choice(rows)
            words = str(sheet.cell(row, columns["Action"]).value)
            sheet.cell(row, columns["Update"]).value = f"said {self.number}"
            self.model[words] = (self.model.get(words, ("", ""))[0], f"said {self.number}")
        else:
            words = f"Typed as number {self.number}"
            for heading, text in {"Action": words, "Owner": "CC", "State": "open", "Due": "none"}.items():
                sheet.cell(max(rows, default=1) + 1, columns[heading]).value = text
            self.model[words] = ("", "")
        book.save(path)


def whole(ledger: Path) -> None:
    """SQLite's own word for it."""
    if ledger.exists():
        with contextlib.closing(sqlite3.connect(ledger)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def kill_runs(folder: Path, turns: int, seed: int) -> int:
    """Gives how many runs were really killed."""
    office = Office(folder / "office", random.Random(seed))  # noqa: S311 - no secret
    for _ in range(turns):
        office.turn()
    office.pack()[0]()
    assert office.standing() == office.model
    in_workbook = openpyxl.load_workbook(office.folders.inputs / "register.xlsx")["Actions"]
    typed = [str(cell.value) for row in in_workbook.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert all(typed.count(words) == 1 for words in office.model)
    leavings_go(office)
    for number, backup in enumerate(sorted((office.folders.memory / "backups").glob("*.jsonl"))):
        restore_ledger(folder / f"restored-{number}", backup)
    return office.kills


def test_nothing_is_lost_or_twice_when_runs_are_killed(tmp_path: Path) -> None:
    assert kill_runs(tmp_path, 8, 1) > 0


def leavings_go(office: Office) -> None:
    """What killed runs left half written is never anything else, and the next write takes away what is old."""
    leavings = [path for path in office.folders.inputs.parent.rglob(".*") if path.is_file()]
    assert {path.suffix for path in leavings} <= {".part"}
    for path in leavings:
        os.utime(path, (0, 0))
    office.add()[0]()
    assert list(office.folders.inputs.glob(".*")) == []


def kill_issues(folder: Path, turns: int, seed: int) -> int:
    """`annex --issue` killed, then run again: the register learns everything once."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    meeting = "2019-05-28-assurance"
    order = AnnexOrder(meeting, None, datetime(2019, 6, 3, 9, tzinfo=UTC), date(2019, 6, 3))
    expected: list[str] = []
    kills = 0
    usual = 0.0
    for turn in range(turns + 1):
        office = folder / f"office-{turn}"
        shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
        folders = Folders(office / "inputs", office / "build")
        issue = partial(issue_annex, folders, order, lambda _: None)
        if turn:
            kills += killed_after(chance.uniform(0.1, 0.9) * usual, issue)
        else:
            usual = seconds_of(issue)
        issue_annex(folders, order, lambda _: None)
        with open_ledger(folders.memory) as ledger:
            assert [type(one.what) for one in ledger.annexes(meeting)] == [AnnexIssued]
        rows = [f"{row.sheet} {row.ref} {row.texts}" for row in standing_register(folders, 2019)[0]]
        expected = expected or rows
        assert rows == expected
        assert (folders.build / meeting / "annex.pdf").exists()
        shutil.rmtree(office)
    return kills


def test_notes_whose_issue_was_killed_are_issued_once(tmp_path: Path) -> None:
    assert kill_issues(tmp_path, 3, 2) > 0


if __name__ == "__main__":
    started = time.monotonic()
    many = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        killed = kill_runs(Path(place), many, int(time.time()))
        killed += kill_issues(Path(place), many // 10, 5)
    sys.stdout.write(f"{killed} runs killed in {time.monotonic() - started:.0f} s, and nothing lost\n")
