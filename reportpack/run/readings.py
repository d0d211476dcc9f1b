"""How workbooks were read, kept in the office's memory, so that one that has not changed is not read again.

A reading is of one workbook under its name, one list of areas and one program: with another byte in any of them it is made anew. It can
always be made again, and is forgotten whenever words are erased.
"""

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.model.observation import Finality, Meaning, Nature, Reach, Status, Unit
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.table import Label, Table, TableValue
from reportpack.read.figures.tables import find_tables
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.workbook import read_workbook

FOLDER = "readings"
_PACKAGE = Path(__file__).parent.parent
_MOST = 300_000  # figures of a workbook: one of more takes as long to fetch as to read
_LARGEST = 32 * 1024 * 1024


class Readings:
    """The readings of one run. `anew` names the workbooks that were opened, and not remembered."""

    def __init__(self, memory: Path, program: str) -> None:
        self.anew: list[str] = []
        self._folder, self._program = memory / FOLDER, program
        self._kept: dict[str, tuple[Path, Path, dict[str, Any]]] = {}
        self._whole: dict[str, Workbook] = {}

    def workbook(self, path: Path, name: str) -> tuple[Workbook | None, tuple[Problem, ...], date | None]:
        """As `read_workbook`, but for the cells of its sheets; and the day that it shows."""
        place, kept = self._folder / "none", dict[str, Any]()
        with suppress(OSError, ValueError):
            if path.stat().st_size <= _LARGEST:
                sha256 = sha256_of(bytes_of(path))
                place = self._folder / f"{sha256_of(f'{self._program}{name}{sha256}'.encode())}.json"
                kept = json.loads(place.read_bytes())
        if not kept:
            workbook, problems = read_workbook(path, name)
            self.anew.append(name)
            if workbook is None:
                return None, problems, None
            self._whole[name], day = workbook, workbook_as_at(workbook)
            sheets = [[one.name, one.hidden, [*one.hidden_rows], [*one.hidden_columns], [*one.struck]] for one in workbook.sheets]
            kept = {"sha256": workbook.sha256, "as_at": day and day.isoformat(), "sheets": sheets, "areas": None, "tables": {}}
            kept["problems"] = [*map(_plain, problems)]
        self._kept[name] = path, place, kept
        light = (
            Sheet(title, (), hidden, frozenset(rows), frozenset(columns), struck=frozenset(map(tuple, struck)))
            for title, hidden, rows, columns, struck in kept["sheets"]
        )
        as_at = kept["as_at"] and date.fromisoformat(kept["as_at"])
        return Workbook(name, kept["sha256"], tuple(light)), tuple(map(_problem, kept["problems"])), as_at

    def tables(self, sheet: Sheet, file: str, areas: Sequence[str]) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
        """As `find_tables` of the sheet with all its cells."""
        path, _, kept = self._kept[file]
        if kept["areas"] != [*areas]:
            kept |= {"areas": [*areas], "tables": {}}
        if sheet.name not in kept["tables"]:
            if file not in self._whole:
                self._whole[file] = read_workbook(path, file)[0] or Workbook(file, "", ())
                self.anew.append(file)
            whole = next((one for one in self._whole[file].sheets if one.name == sheet.name), sheet)
            tables, problems = find_tables(whole, file, areas)
            kept["tables"][sheet.name] = [*map(_columns, tables)], [*map(_plain, problems)]
        columns, said = kept["tables"][sheet.name]
        return tuple(map(_table, columns)), tuple(map(_problem, said))

    def keep(self) -> None:
        """Write what was made anew, and take away what no workbook of this run has; nothing where there is no memory yet."""
        with suppress(OSError):
            if self._folder.parent.is_dir():
                self._folder.mkdir(exist_ok=True)
                for file in self._whole:
                    _, place, kept = self._kept[file]
                    if sum(len(one["values"]) for columns, _ in kept["tables"].values() for one in columns) <= _MOST:
                        part = place.with_suffix(f".{os.getpid()}")
                        part.write_text(json.dumps(kept), "utf-8")
                        part.replace(place)
                for place in {*self._folder.iterdir()} - {place for _, place, _ in self._kept.values()}:
                    place.unlink()


def reading_program(package: Path = _PACKAGE) -> str:
    """Which program reads: the bytes of everything that a reading rests on."""
    parts = sorted(
        (*package.glob("read/*.py"), *package.glob("read/[fw]*/*.py"), *package.glob("model/*.py"), package / "__init__.py")
    )
    return sys.version + hashlib.sha256(b"\0".join(one.read_bytes() for one in parts)).hexdigest()


def _plain(one: Problem) -> list[Any]:
    return [one.kind, [one.source.file, one.source.sheet, one.source.cell, one.source.sha256], one.found, one.remedy, one.weight]


def _problem(plain: list[Any]) -> Problem:
    kind, source, found, remedy, weight = plain
    return Problem(kind, Source(*source), found, remedy, Weight(weight))


def _columns(table: Table) -> dict[str, Any]:
    """A table as JSON has it; what figures share is written once, and each says its number."""
    values = tuple(table.values)
    labels = {id(one.label): one.label for one in values}
    numbers = {known: number for number, known in enumerate(labels)}
    said = []
    for one, meaning in ((one, one.meaning) for one in labels.values()):
        period = one.period and [one.period.start.isoformat(), one.period.months, one.period.days]
        parts = [meaning.reach, meaning.nature, meaning.scale, meaning.base, meaning.finality, meaning.basis, meaning.told]
        said.append([period, one.area, one.measure, one.total, parts])
    head = [table.sheet, table.range, table.layout, table.title, table.notes, table.titles]
    return {"head": head, "labels": said, "values": [[one.cell, numbers[id(one.label)], *one[2:]] for one in values]}


def _table(columns: dict[str, Any]) -> Table:
    labels = []
    for period, area, measure, total, (reach, nature, scale, base, finality, basis, told) in columns["labels"]:
        span = period and Period(date.fromisoformat(period[0]), *period[1:])
        meaning = Meaning(Reach(reach), Nature(nature), scale, base, Finality(finality), basis, tuple(map(tuple, told)))
        labels.append(Label(span, area, measure, total, meaning))
    values = tuple(
        TableValue(cell, labels[number], raw, value, Unit(unit), Status(status), tuple(marks), doubt)
        for cell, number, raw, value, unit, status, marks, doubt in columns["values"]
    )
    sheet, place, layout, title, notes, titles = columns["head"]
    return Table(sheet, place, layout, title, values, tuple(notes), tuple(titles))
