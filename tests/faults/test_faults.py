"""The faults that `make faults` does in full, a few of each; and that its eyes are open: harm that is there is seen."""

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from reportpack.model.event import Build
from reportpack.run.office_files import Folders
from tests.faults import model
from tests.faults.__main__ import Stage, send_struck, strike


def test_a_run_that_is_killed_or_has_no_disk_while_it_sends_gives_nobody_two_letters(tmp_path: Path) -> None:
    for error in (0, 28):
        row = send_struck(error, tmp_path, 2, random.Random(error))  # noqa: S311 - no secret
        assert (row.times, row.wrong) == (2, [])


def test_without_a_past_that_comes_back_every_life_of_a_letter_ends_well() -> None:
    many, wrong = model.walk(replace(model.start(second=True), pasts=0, settled=0))
    assert many > 100
    assert wrong == []


def test_a_rule_that_forgets_what_the_journal_says_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = next(
        world
        for world in model.worlds(replace(model.start(second=False), crashes=0, settled=0), second=False)
        if world.taken == 1 and world.snapshot is not None and not world.snapshot[0][2:] and world.offices[0].step == "idle"
    )
    assert model.walk(gone, second=False, most=400)[1] == []
    monkeypatch.setattr(model, "missed_events", lambda *_, **__: iter(()))
    assert any("taken 2 times" in one for one in model.walk(gone, second=False, most=400)[1])


def test_a_run_that_leaves_half_a_file_is_caught(tmp_path: Path) -> None:
    def half(folders: Folders) -> None:
        folders.memory.mkdir(parents=True, exist_ok=True)
        folders.build.mkdir(exist_ok=True)
        for words in (b"hal", b"half"):
            with (folders.build / "page").open("wb") as file:
                file.write(words)
                file.flush()
                os.fsync(file.fileno())

    (tmp_path / "before").mkdir()
    row = strike(Stage("a page", tmp_path / "before", half, (Build,)), 0, tmp_path, 0, random.Random(1))  # noqa: S311 - no secret
    assert any("page is half" in one for one in row.wrong)
