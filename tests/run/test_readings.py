"""A workbook that has not changed is not read again; with another byte in it or in the program it is."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from reportpack.read.figures.tables import find_tables
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.workbook import list_workbooks, read_workbook
from reportpack.run.gather import READINGS, Readings
from reportpack.run.init import make_office
from reportpack.run.ledger import Wanted, erase_words
from reportpack.run.office_files import Folders
from reportpack.run.steps.recording import Change

EXAMPLE = Path(__file__).parents[2] / "inputs" / "performance"
AREAS = ["North", "Telford"]


def read(memory: Path, folder: Path, areas: list[str], program: str = "this") -> tuple[list[str], list[str]]:
    """What the tables of all sheets say, and which files were opened for it."""
    readings, said = Readings(memory, program), []
    for path in list_workbooks(folder)[0]:
        workbook, problems, as_at = readings.workbook(path, path.name)
        assert workbook is not None
        found = [readings.tables(sheet, path.name, areas) for sheet in workbook.sheets]
        said.append(repr(([one.name for one in workbook.sheets], problems, as_at, found)))
    readings.keep()
    return said, readings.anew


def test_what_is_remembered_is_what_was_read(tmp_path: Path) -> None:
    whole = []
    for path in list_workbooks(EXAMPLE)[0]:
        workbook, problems = read_workbook(path, path.name)
        assert workbook is not None
        every = [find_tables(sheet, path.name, AREAS) for sheet in workbook.sheets]
        found = [(tuple(replace(one, values=tuple(one.values)) for one in tables), said) for tables, said in every]
        whole.append(repr(([one.name for one in workbook.sheets], problems, workbook_as_at(workbook), found)))
    first, opened = read(tmp_path, EXAMPLE, AREAS)
    assert (first, len(opened)) == (whole, len(whole))
    assert read(tmp_path, EXAMPLE, AREAS) == (whole, [])


def test_one_cell_makes_its_workbook_new_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "performance"
    shutil.copytree(EXAMPLE, folder)
    before, _ = read(tmp_path, folder, AREAS)
    changed = next(folder.glob("Recorded crime*.xlsx"))
    book = openpyxl.load_workbook(changed)
    sheet = next(one for one in book.worksheets if one.max_row > 5)
    cell = next(cell for row in sheet.iter_rows(min_row=5) for cell in row if isinstance(cell.value, int))
    cell.value = 424_242
    book.save(changed)
    after, opened = read(tmp_path, folder, AREAS)
    assert opened == [changed.name]
    assert [one for one, other in zip(after, before, strict=True) if one != other and "424242" in one]
    assert len(list((tmp_path / READINGS).iterdir())) == len(after)


def test_other_areas_and_another_program_read_anew(tmp_path: Path) -> None:
    path = next(EXAMPLE.glob("Recorded crime*.xlsx"))
    shutil.copy(path, tmp_path)
    memory = tmp_path / "memory"
    memory.mkdir()
    assert read(memory, tmp_path, AREAS)[1] == [path.name]
    assert read(memory, tmp_path, AREAS, "another")[1] == [path.name]
    assert read(memory, tmp_path, ["Nowhere"], "another")[1] == [path.name]
    assert read(memory, tmp_path, ["Nowhere"], "another")[1] == []


def test_erased_words_leave_no_reading_behind(tmp_path: Path) -> None:
    make_office(tmp_path / "office", datetime(2031, 5, 6, tzinfo=UTC).date())
    folders = Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")
    folders.memory.mkdir(exist_ok=True)
    read(folders.memory, EXAMPLE, AREAS)
    assert (folders.memory / READINGS).is_dir()
    erase_words(folders, Wanted(words=("Jane Roe",)), Change(datetime(2031, 6, 3, 9, 30, tzinfo=UTC), "DPO", "request"))
    assert not (folders.memory / READINGS).exists()
