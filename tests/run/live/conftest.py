"""An office whose meeting is about to begin: no notes of it are there, and nothing was ever recorded."""

import itertools
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from reportpack.model.draft import Does, DraftEntry
from reportpack.run.live.draft_journal import add_entries
from reportpack.run.live.saving import Saved, save_draft
from reportpack.run.minutes.room import Room, room_of
from reportpack.run.office_files import Folders

ROOT = Path(__file__).parents[3]
MAY = "2019-05-28-assurance"
NOW = datetime(2019, 5, 28, 10, 52, 7)  # noqa: DTZ001 - as the desk's clock gives it, in London


class Clerk:
    """Types lines, and saves them."""

    def __init__(self, office: Folders) -> None:
        self.office = office
        self.numbers = itertools.count()

    @property
    def room(self) -> Room:
        return room_of(self.office, MAY)

    @property
    def file(self) -> Path:
        return self.office.inputs / "minutes" / f"{MAY}.docx"

    def does(self, does: Does, line: str, item: str = "", words: str = "") -> None:
        entry = DraftEntry(f"entry {next(self.numbers)}", does, NOW.isoformat(), "Ellis Wainfleet", "one", line, item, words)
        add_entries(self.office, MAY, entry)

    def types(self, item: str, *lines: str) -> None:
        for words in lines:
            self.does(Does.LINE, words, item, words)

    def saves(self) -> Saved:
        return save_draft(self.office, self.room, NOW, NOW.date())


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(
        ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox", "performance", "minutes")
    )
    (tmp_path / "inputs/minutes").mkdir()
    return Folders(tmp_path / "inputs", tmp_path / "build")


@pytest.fixture
def clerk(office: Folders) -> Clerk:
    return Clerk(office)


Change = Callable[[Path], None]
