"""Meetings month after month, driven from outside, with people editing the register between: nothing lost, nothing twice, every pack again.

`python -m tests.run.test_years 24 1` drives two years from seed 1, with the example's figures.
"""

import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.model.period import add_months, long_date
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import standing_register

ROOT = Path(__file__).parents[2]
NOTES = """# Monthly Assurance Meeting: meeting notes

Date: {day}
Chair: Rowan Ashdown
Minutes: Ellis Wainfleet, Policy Officer, OPCC

## Attendance

Present:

- Rowan Ashdown, Police and Crime Commissioner (PCC)
- Duncan Harcastle, Chief Constable (CC)

## 2. HOLDING TO ACCOUNT

### 2.1 PERFORMANCE AGAINST THE SAFER WEST MERCIA PLAN:

#### 1. Confidence

The PCC asked what residents of parish {number} would see. The CC responded that the ward meetings go on.

Action arising: CC to send the PCC the ward note number {number}.

Action arising: Ward plan number {number} to be brought back to the {back} meeting.

## 3. AOB

No items
"""


def silent(_: str) -> None:
    """Say nothing."""


@dataclass
class Years:
    """An office that is driven, and the simple model of what should stand in it."""

    office: Path
    chance: random.Random
    typed: dict[str, str] = field(default_factory=dict)
    """The words of each action that anybody entered, with the update that was last typed."""
    matters: set[str] = field(default_factory=set)
    packs: dict[tuple[str, date], dict[str, bytes]] = field(default_factory=dict)
    older: bytes = b""

    @property
    def folders(self) -> Folders:
        return Folders(self.office / "inputs", self.office / "build")

    @property
    def register(self) -> Path:
        return self.office / "inputs" / "register.xlsx"

    def meeting(self, number: int, day: date) -> None:
        """One round: the meeting is set, people edit, the pack is built twice, notes are taken and issued, people edit again."""
        name = f"{day.isoformat()}-assurance"
        (self.office / "inputs" / "meetings" / f"{name}.toml").write_text("", encoding="utf-8")
        self.edit(number)
        self.pack(name, day - timedelta(days=7))
        self.edit(number + 1000)
        self.pack(name, day - timedelta(days=1))
        notes = NOTES.format(day=f"{day:%A} {long_date(day)} @ 10:00", number=number, back=f"{add_months(day, 2):%B}")
        (self.office / "inputs" / "minutes" / f"{name}.md").write_text(notes, encoding="utf-8")
        after = day + timedelta(days=5)
        issue_annex(self.folders, AnnexOrder(name, None, at(after), after), silent)
        self.typed[f"CC to send the PCC the ward note number {number}."] = ""
        self.matters.add(f"Ward plan number {number} to be brought back to the {add_months(day, 2):%B} meeting.")
        self.check(after)

    def pack(self, name: str, on: date) -> None:
        built = build_pack(self.folders, Order(name, None, None, at(on), on), silent)
        self.packs[name, on] = {path.name: path.read_bytes() for path in built.paths}
        record = json.loads(self.packs[name, on]["pack.json"])
        live = {
            row.ref
            for row in standing_register(self.folders, on.year)[0]
            if row.sheet == "Actions" and is_live(row.text("State"))
        }
        assert {one.split(" ")[0] for one in record["actions"]} == live

    def edit(self, number: int) -> None:
        """What people do to a workbook between two runs: one or two of these at a time."""
        before = self.register.read_bytes()
        kinds = [self.add, self.update, self.sort, self.delete, self.leave_open, self.put_back]
        for kind in self.chance.sample(kinds[:5], 2) if not self.older or self.chance.random() < 0.8 else [self.put_back]:
            kind(number)
        self.older = before if self.chance.random() < 0.5 else self.older

    def add(self, number: int) -> None:
        words = f"The ACC to count the lamps of street {number}."
        if words in self.typed:
            return
        self.change(lambda sheet: write(sheet, free(sheet), {"Action": words, "Owner": "ACC", "Due": "none", "State": "open"}))
        self.typed[words] = ""

    def update(self, number: int) -> None:
        def type_update(sheet: Worksheet) -> None:
            rows = [row for row in range(2, free(sheet)) if str(cell(sheet, row, "Action")) in self.typed]
            if rows:
                row = self.chance.choice(rows)
                words = str(cell(sheet, row, "Action"))
                self.typed[words] = f"Said in round {number}: {words[:20]}"
                write(sheet, row, {"Update": self.typed[words]})

        self.change(type_update)

    def sort(self, _: int) -> None:
        def turn_round(sheet: Worksheet) -> None:
            rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=2, max_row=free(sheet) - 1)]
            for number, values in enumerate(reversed(rows), start=2):
                for column, value in enumerate(values, start=1):
                    sheet.cell(number, column).value = value

        self.change(turn_round)

    def delete(self, _: int) -> None:
        """A row that a run has seen: one that was typed and deleted before any is nothing."""

        def take_out(sheet: Worksheet) -> None:
            seen = [row for row in range(2, free(sheet)) if cell(sheet, row, "Reference")]
            sheet.delete_rows(self.chance.choice(seen))

        self.change(take_out)

    def leave_open(self, number: int) -> None:
        """Somebody has it open while the next run goes on; then closes it."""
        lock = self.register.with_name("~$register.xlsx")
        if lock.exists():
            lock.unlink()
        elif number > 1000:
            lock.write_bytes(b"")

    def put_back(self, _: int) -> None:
        """Last week's copy, as it was."""
        self.register.write_bytes(self.older)

    def change(self, edit: Callable[[Worksheet], object]) -> None:
        book = openpyxl.load_workbook(self.register)
        edit(book["Actions"])
        book.save(self.register)

    def check(self, on: date) -> None:
        """What stands is what the model says: every row once, with the words that were last typed."""
        rows, _ = standing_register(self.folders, on.year)
        actions = [row for row in rows if row.sheet == "Actions"]
        said = [row.text("Action") for row in actions if row.text("Action") in self.typed]
        assert sorted(said) == sorted(self.typed), "an action is lost, or stands twice"
        assert {row.text("Action"): row.text("Update") for row in actions if row.text("Action") in self.typed} == self.typed
        assert {row.text("Words") for row in rows if row.sheet == "Matters"} >= self.matters
        refs = [(row.sheet, row.ref) for row in rows]
        assert len(refs) == len(set(refs))

    def check_packs(self) -> None:
        """Each day's last pack of a meeting comes back byte for byte, from the ledger alone."""
        for (name, on), files in self.packs.items():
            with tempfile.TemporaryDirectory() as folder:
                later = on + timedelta(days=2000)
                again = build_pack(Folders(self.office / "inputs", Path(folder)), Order(name, None, on, at(later), later), silent)
                assert again.again
                assert {path.name: path.read_bytes() for path in again.paths} == files, f"{name} as at {on}"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)


def is_live(state: str) -> bool:
    return state.casefold() in ("", "open", "proposed complete", "disputed")


def cell(sheet: Worksheet, row: int, heading: str) -> object:
    return sheet.cell(row, headings(sheet)[heading]).value


def write(sheet: Worksheet, row: int, words: dict[str, str]) -> None:
    for heading, text in words.items():
        sheet.cell(row, headings(sheet)[heading]).value = text


def headings(sheet: Worksheet) -> dict[str, int]:
    return {str(one.value): number for number, one in enumerate(sheet[1], start=1)}


def free(sheet: Worksheet) -> int:
    return next(row for row in range(2, 2000) if not any(one.value for one in sheet[row]))


def drive(office: Path, months: int, seed: int, *, figures: bool) -> Years:
    """So many monthly meetings from September 2019 on."""
    left_out = ["memory"] if figures else ["memory", "performance"]
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns(*left_out))
    for kind in ("meetings", "minutes"):
        for path in (office / "inputs" / kind).glob("2019-09*"):
            path.unlink()
    years = Years(office, random.Random(seed))  # noqa: S311 - the same seed drives the same years
    for number in range(months):
        first = add_months(date(2019, 9, 1), number)
        last = add_months(first, 1) - timedelta(days=1)
        years.meeting(number, last - timedelta(days=(last.weekday() - 1) % 7))
    return years


@pytest.mark.parametrize("seed", [1, 2])
def test_months_of_meetings_lose_nothing_repeat_nothing_and_give_every_pack_again(tmp_path: Path, seed: int) -> None:
    years = drive(tmp_path / "office", 3, seed, figures=False)
    assert len(years.packs) == 6
    years.check_packs()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        driven = drive(Path(place) / "office", int(sys.argv[1]), int(sys.argv[2]), figures=True)
        driven.check_packs()
        print(f"{len(driven.packs)} packs, {len(driven.typed)} actions and {len(driven.matters)} matters: as the model says")  # noqa: T201
