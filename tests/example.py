"""The worked example as the line has it, for golden cases of any room: read, merged and analysed once for a test module."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from reportpack.records import Record
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes, read_for_annex
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Order, Prepared, prepare

ROOT = Path(__file__).resolve().parents[1]
MEETING = "2019-05-28-assurance"
NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
EXPECTED = ROOT / "tests" / "golden" / "example" / "expected"


class Example(Record):
    """What its pack is composed from, and its annex."""

    prepared: Prepared
    notes: ReadNotes


def read_example(folder: Path) -> Example:
    """From a copy of what it puts in, as at 20 May 2019; its notes as they were after the meeting."""
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    folders = Folders(folder / "inputs", folder / "build")
    with open_memory(folders, begin=True) as ledger:
        prepared = prepare(folders, Order(MEETING, None, None, NOW, NOW.date()), ledger, lambda _: None)
        order = AnnexOrder(MEETING, None, datetime(2019, 6, 3, 9, tzinfo=UTC), date(2019, 6, 3))
        return Example(prepared, read_for_annex(folders, order, ledger, lambda _: None))
