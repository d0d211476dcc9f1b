"""The desk killed at any moment of a step, on a full disk, or beside a run that has the ledger: nothing is lost, nothing twice, each with its sentence."""

import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportpack.model.event import RowChange
from reportpack.model.observation import FigureAnswered
from reportpack.model.release import Released
from reportpack.run.office_files import Folders, open_memory
from tests.web.conftest import BEFORE, MEETING, desk_of
from tests.web.plain_window import Window, cut_off, opened

M = f"/m/{MEETING}"
BOOK = "Recorded crime by LPA 2019-05-08.xlsx"
Step = Callable[[Window], str]


def happened(office: Path, kind: type[Any], ref: str = "") -> int:
    with open_memory(Folders(office / "inputs", office / "build")) as ledger:
        return sum(ref in ("", getattr(one, "ref", "")) for one in ledger.happened(kind))


@pytest.fixture(scope="module")
def office(built_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with a figure that is ten times what it ever was, and both editions built."""
    folder = tmp_path_factory.mktemp("faults") / "office"
    shutil.copytree(built_office, folder)
    place = folder / "inputs" / "performance" / BOOK
    book = openpyxl.load_workbook(place)
    book["Violence without injury"]["T8"] = 1180
    book.save(place)
    program = [sys.executable, "-m", "reportpack"]
    for words in (["pack", MEETING], ["pack", MEETING, "--edition", "force"]):
        subprocess.run([*program, *words, "--now", BEFORE], cwd=folder, check=True, capture_output=True)
    return folder


def drop(window: Window) -> str:
    data = (window.desk.office / "inputs" / "performance" / "Victim satisfaction survey April 2019.xlsx").read_bytes()
    fields = window.hidden(f"{M}/figures", f"{M}/figures")
    return window.done(f"{M}/figures", fields, ("More figures.xlsx", data))


def answer(window: Window) -> str:
    places = [one for one in range(20) if f"<h1>{BOOK}" in window.page(f"{M}/figures/{one}")]
    at = f"{M}/figures/{places[0]}"
    fields = window.hidden(at, f"{at}/answer", "T8")
    given = {"cell": "Violence without injury!T8", "verdict": "correct", "value": "118", "why": "a nought too many"}
    return window.done(f"{at}/answer", {**fields, **given})


def release(window: Window) -> str:
    fields = window.hidden(f"{M}/send", f"{M}/send/release")
    return window.done(f"{M}/send/release", [*fields.items(), ("edition", "office"), ("edition", "force")])


def redate(window: Window) -> str:
    fields = window.hidden("/register/7-2019", "/register/7-2019/record", 'value="redate"')
    return window.done("/register/7-2019/record", {**fields, "due": "28 June 2019", "why": "the audit is late"})


def dropped(office: Path) -> int:
    """How often the workbook is there, whole; half of one, or a name that was only begun, is no time at all and fails."""
    folder = office / "inputs" / "performance"
    data = (folder / "Victim satisfaction survey April 2019.xlsx").read_bytes()
    there = [one for one in folder.iterdir() if "More figures" in one.name and not one.name.startswith(".")]
    assert all(one.read_bytes() == data for one in there)
    return len(there)


STEPS: dict[str, tuple[Step, Callable[[Path], int], int]] = {
    "a workbook dropped": (drop, dropped, 1),
    "a figure answered": (answer, lambda office: happened(office, FigureAnswered), 1),
    "a row given another day": (redate, lambda office: happened(office, RowChange, "7/2019"), 1),
    "a pack released": (release, lambda office: happened(office, Released), 2),
}
"""By name the step, how often it happened by what lies in the office, and how often it is to."""


@pytest.mark.parametrize("name", STEPS)
def test_killed_at_any_moment_of_a_step_it_happened_once_or_not_at_all(office: Path, tmp_path: Path, name: str) -> None:
    step, count, wanted = STEPS[name]
    took = None
    for part in (None, 0.3, 0.7):
        folder = tmp_path / f"office-{part}"
        shutil.copytree(office, folder)
        before = count(folder)
        with desk_of(folder) as desk:
            window = opened(desk)
            if part is None:  # how long it takes
                began = time.monotonic()
                said = step(window)
                took = time.monotonic() - began
                assert not said.startswith("wrong"), said
                assert count(folder) == before + wanted
                continue
            assert took is not None
            timer = threading.Timer(took * part, desk.process.kill)
            timer.start()
            with cut_off():
                step(window)
            timer.join()
        after = count(folder) - before
        assert after in (0, wanted), f"killed at {part} of it, {after} of {wanted} happened"
        with desk_of(folder) as desk:
            window = opened(desk)
            if not after:
                assert not (said := step(window)).startswith("wrong"), said
        assert count(folder) == before + wanted
        shutil.rmtree(folder)


@pytest.mark.needs("prlimit")  # the system that has it lets one process set another's limits
@pytest.mark.parametrize("name", STEPS)
def test_on_a_full_disk_it_is_said_nothing_is_recorded_and_with_room_again_it_is(office: Path, tmp_path: Path, name: str) -> None:
    step, count, wanted = STEPS[name]
    folder = tmp_path / "office"
    shutil.copytree(office, folder)
    before = count(folder)
    with desk_of(folder) as desk:
        window = opened(desk)
        window.page("/")
        room = resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (0, room[1]))
        said = step(window)
        assert said.startswith("wrong: ")
        assert "a fault of its own" not in said
        assert any(
            words in said for words in ("disk is full", "cannot be written", "no room", "File too large", "could not be written")
        ), said
        assert count(folder) == before
        resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, room)
        assert not (said := step(window)).startswith("wrong"), said
    assert count(folder) == before + wanted


def test_beside_a_run_that_has_the_ledger_a_step_waits_and_goes_on_by_itself(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(office, folder)
    hold = (
        "import sys, time; from pathlib import Path; from reportpack.ledger.hold import FolderHold\n"
        "one = FolderHold(Path(sys.argv[1])); assert one.take(); print('held', flush=True); time.sleep(4); one.free()"
    )
    before = happened(folder, RowChange, "7/2019")
    with desk_of(folder) as desk:
        window = opened(desk)
        window.page("/register/7-2019")
        command = [sys.executable, "-c", hold, str(folder / "inputs" / "memory")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline().strip() == "held"
            began = time.monotonic()
            assert "Recorded as" in redate(window)
            assert time.monotonic() - began > 1
    assert happened(folder, RowChange, "7/2019") == before + 1


def test_a_file_of_400_megabytes_is_refused_in_a_sentence_and_the_desk_goes_on(office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(office, folder)
    with desk_of(folder) as desk:
        window = opened(desk)
        fields = window.hidden(f"{M}/figures", f"{M}/figures")
        status, text = window.send(f"{M}/figures", fields, ("huge.xlsx", bytes(400_000_000)))
        assert status == 413
        assert "That is 400 MB; the most is 60 MB. Nothing was kept." in text
        assert "More figures.xlsx" in drop(window)
    assert not list((folder / "inputs").rglob("*huge*"))
