"""A measure of no unit whose cells are times is told in minutes and seconds, as its cells are."""

from pathlib import Path

import openpyxl

from reportpack.model.observation import Unit
from reportpack.run.office_files import Folders
from tests.run.test_figure_answers import MEASURE, folders, kinds, prepared

__all__ = ["folders"]


def test_times_without_a_unit_are_durations(folders: Folders) -> None:
    (folders.inputs / "measures.toml").write_text(MEASURE.replace('"count"', '"unknown"'), encoding="utf-8")
    path: Path = folders.inputs / "performance" / "Crime.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Month", "Burglary"])
    for month in range(1, 12):
        sheet.append([f"{month:02}/2031", f"3:{month:02}"])
    book.save(path)
    made = prepared(folders)
    assert [one.unit for one in made.gathered.settings.measures] == [Unit.DURATION]
    assert "unit-untold" in kinds(made)
