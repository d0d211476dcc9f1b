"""Names in letters that no page can set are named once, where they can be written otherwise."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl

from reportpack.run.check import check_inputs
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.fromisoformat("2019-05-24T16:40+01:00")
NAMED = "2019-05-28-assurance"


def office(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    return Folders(tmp_path / "inputs", tmp_path / "build")


def test_each_is_said_once_with_its_cell_or_line_by_check_and_by_pack(tmp_path: Path) -> None:
    folders = office(tmp_path)
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    row = next(row for row in book["Actions"].iter_rows(min_row=2) if str(row[0].value) == "7/2019")
    cell = next(one for one in row if isinstance(one.value, str) and len(one.value) > 30)
    cell.value = f"{cell.value} Dr שרה כהן and Łukasz Żółć advise."
    book.save(folders.inputs / "register.xlsx")
    notes = folders.inputs / "notes" / f"{NAMED}.md"
    lines = [
        *notes.read_text("utf-8").rstrip().split("\n"),
        "",
        "محمد علي and Nguyễn Thị Hạnh wrote. محمد علي asked for a reply.",
    ]
    notes.write_text("\n".join(lines) + "\n", "utf-8")
    order = Order(NAMED, None, None, NOW, NOW.date())
    for said in (check_inputs(folders, order, lambda _: None).problems, build_pack(folders, order, lambda _: None).problems):
        named = [one for one in said if one.kind in ("script-not-set", "character-not-printable")]
        assert {(one.source.where, one.found.partition("”")[0]) for one in named} == {
            (f"register.xlsx, sheet Actions, {cell.coordinate}", "“שרה כהן"),
            (f"notes/{NAMED}.md, line {len(lines)}", "“محمد علي"),
        }
        assert len(named) == 2
