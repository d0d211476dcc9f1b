"""A made-up office with three measures and a workbook for each, of another make for every seed: what a test of silence breaks."""

import csv
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from reportpack.model.period import MONTHS
from reportpack.run.check import Checked, check_inputs
from reportpack.run.init import make_office
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order

TODAY = date(2024, 6, 20)
NOW = datetime(2024, 6, 20, 9, tzinfo=UTC)
AREAS = ("North", "South")
Cell = str | int | float | date | None
Rows = list[list[Cell]]
MEASURES = """
[[measure]]
id = "crime"
title = "Recorded crime"
unit = "count"
better = "lower"
topic = "crime"
[[measure.place]]
file = "Recorded crime*"

[[measure]]
id = "satisfaction"
title = "Victim satisfaction"
unit = "per cent"
better = "higher"
topic = "satisfaction"
survey = true
[[measure.place]]
file = "Victim survey*"
figure = "% satisfied"
numerator = "Satisfied"
denominator = "Asked"

[[measure]]
id = "calls"
title = "999 calls answered in 10 seconds"
unit = "per cent"
better = "higher"
whole_force_only = true
[[measure.place]]
file = "999 calls*"
figure = "% in 10 seconds"
numerator = "Answered in 10 seconds"
denominator = "Received"
area = "force"
"""


class MadeOffice:
    """Its measures and its workbooks' tables, each below a title and above its notes; `touch` does to an open workbook what rows cannot say.
    Two years and more of figures that only vary by chance."""

    def __init__(self, seed: int) -> None:
        self.numbers = random.Random(seed)  # noqa: S311 - figures for a test, not a secret
        self.measures = MEASURES
        self.tables: dict[str, Rows] = {}
        self.other_sheets: dict[str, tuple[str, Rows]] = {}
        self.touch: dict[str, Callable[[Worksheet], None]] = {}
        self.files: dict[str, bytes] = {}  # by name in performance/, as they are
        first = 24288 + 4 - self.numbers.choice((24, 30, 36)) + 1
        self.months = [divmod(month, 12) for month in range(first, 24288 + 5)]
        self.style = self.numbers.choice(("mmm", "iso", "full", "date"))
        self.tables["Recorded crime 2024-06-05"] = self._crime()
        self.tables["Victim survey 2024-06-07"] = self._survey()
        self.tables["999 calls 2024-06-03"] = self._calls()
        self.endings = {name: self.numbers.choice((".xlsx", ".csv")) for name in self.tables}
        self.titles = {name: name[:-11] for name in self.tables} if self.numbers.random() < 0.8 else {}
        self.marked, self.noted = self.numbers.random() < 0.3, self.numbers.random() < 0.4

    def month(self, year: int, number: int) -> Cell:
        name = MONTHS[number]
        styles: dict[str, Cell] = {"mmm": f"{name[:3]}-{year % 100}", "iso": f"{year}-{number + 1:02d}", "full": f"{name} {year}"}
        return styles.get(self.style, date(year, number + 1, 1))

    def _around(self, level: int) -> list[int]:
        return [round(self.numbers.gauss(level, level**0.5)) for _ in self.months]

    def _crime(self) -> Rows:
        north, south = self._around(420), self._around(310)
        rows: Rows = [[self.month(*one), a, b, a + b] for one, a, b in zip(self.months, north, south, strict=True)]
        rows = [["Month", *AREAS, "Whole force"], *rows]
        rows = rows if self.numbers.random() < 0.5 else [list(column) for column in zip(*rows, strict=True)]
        return [["Area", *rows[0][1:]], *rows[1:]] if rows[0][1] != "North" else rows

    def _survey(self) -> Rows:
        rows: Rows = [["Area", "Month", "Asked", "Satisfied", "% satisfied"]]
        for one in self.months:
            asked = [self.numbers.randint(300, 360) for _ in AREAS]
            good = [round(base * self.numbers.gauss(0.82, 0.02)) for base in asked]
            parts = [*zip((*AREAS, "Whole force"), (*asked, sum(asked)), (*good, sum(good)), strict=True)]
            rows += [[area, self.month(*one), base, top, round(100 * top / base, 1)] for area, base, top in parts]
        return rows

    def _calls(self) -> Rows:
        received = self._around(9000)
        answered = [round(number * self.numbers.gauss(0.9, 0.004)) for number in received]
        pairs = zip(self.months, received, answered, strict=True)
        rows: Rows = [[self.month(*one), all_, some, round(100 * some / all_, 1)] for one, all_, some in pairs]
        return [["Month", "Received", "Answered in 10 seconds", "% in 10 seconds"], *rows]

    def named(self, begins: str) -> str:
        """The whole name of one of its workbooks."""
        return next(name for name in self.tables if name.startswith(begins))

    def rename(self, begins: str, new: str) -> None:
        name = self.named(begins)
        self.tables[new], self.endings[new] = self.tables.pop(name), self.endings.pop(name)
        if name in self.titles:
            self.titles[new] = self.titles.pop(name)

    def write(self, folder: Path) -> Folders:
        """As an office's folder."""
        make_office(folder, TODAY)
        inputs = folder / "inputs"
        (inputs / "measures.toml").write_text(self.measures, "utf-8")
        performance = inputs / "performance"
        for path in performance.iterdir():
            path.unlink()
        for name, table in self.tables.items():
            above: Rows = [["OFFICIAL"]] if self.marked else []
            above += [[self.titles[name]], []] if name in self.titles else []
            below: Rows = [[], ["Source: force data warehouse"], ["1. As recorded on the day."]] if self.noted else []
            self._save(performance / f"{name}{self.endings.get(name, '.xlsx')}", name, above + table + below, len(above))
        for name, data in self.files.items():
            (performance / name).write_bytes(data)
        return Folders(inputs, folder / "build")

    def _save(self, path: Path, name: str, rows: Rows, above: int) -> None:
        if path.suffix == ".csv" and name not in self.touch and name not in self.other_sheets:
            with path.open("w", newline="", encoding="utf-8") as file:
                shown = ([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows)
                csv.writer(file).writerows(shown)
            return
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(row)
        if above:
            sheet.title = "Figures"
        if name in self.other_sheets:
            title, other = self.other_sheets[name]
            extra = book.create_sheet(title)
            for row in other:
                extra.append(row)
        if name in self.touch:
            self.touch[name](sheet)
        book.save(path.with_suffix(".xlsx"))


def checked(folders: Folders) -> Checked:
    """What `check` says of it."""
    return check_inputs(folders, Order("", None, None, NOW, TODAY), lambda _: None)
