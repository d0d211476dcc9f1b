"""Look into one workbook: its tables as the program understands them, and what it cannot tell."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import isfinite
from pathlib import Path

from reportpack.model.observation import span_words
from reportpack.model.problem import Problem
from reportpack.model.table import Label, Table, TableValue
from reportpack.read.figures.tables import find_tables
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.workbook import read_workbook
from reportpack.records import Record
from reportpack.run.answers import as_json

_AT_ONCE = 1_000  # values that are written together


class InspectedSheet(Record):
    """One sheet's tables."""

    name: str
    hidden: bool
    tables: tuple[Table, ...]


class Inspection(Record):
    """What stands in a file. `sha256` is empty when it could not be read."""

    file: str
    sha256: str
    as_at: date | None
    sheets: tuple[InspectedSheet, ...]
    problems: tuple[Problem, ...]


def inspect_file(path: Path, known_areas: Sequence[str] = ()) -> Inspection:
    """Open a workbook and find its tables; what is wrong with it is among the problems."""
    workbook, problems = read_workbook(path, path.name)
    if workbook is None:
        return Inspection(path.name, next((p.source.sha256 for p in problems), ""), None, (), problems)
    sheets = []
    found = list(problems)
    for sheet in workbook.sheets:
        tables, more = find_tables(sheet, workbook.file, known_areas)
        sheets.append(InspectedSheet(sheet.name, sheet.hidden, tables))
        found.extend(more)
    return Inspection(workbook.file, workbook.sha256, workbook_as_at(workbook), tuple(sheets), tuple(found))


def inspection_json(inspection: Inspection) -> Iterator[str]:
    """As JSON text, a value a line, for a workbook can hold many."""
    as_at = inspection.as_at.isoformat() if inspection.as_at else None
    yield f'{_json({"file": inspection.file, "sha256": inspection.sha256, "as_at": as_at})[:-1]}, "sheets": ['
    for place, sheet in enumerate(inspection.sheets):
        yield f'{"," if place else ""}\n {_json({"name": sheet.name, "hidden": sheet.hidden})[:-1]}, "tables": ['
        for number, table in enumerate(sheet.tables):
            yield f"{',' if number else ''}\n  "
            yield from _table_json(table)
        yield "]}"
    problems = ",\n  ".join(_json(as_json(one)) for one in inspection.problems)
    yield f'\n], "problems": [\n  {problems}\n]}}\n'


def _table_json(table: Table) -> Iterator[str]:
    """Meaning that a whole column has stands with the column, and is not repeated with its values."""
    labels = [label for _, label, _ in table.labelled()]
    columns = {name: (_meaning(label), label) for name, label in table.column_meanings().items()}
    head = {
        "range": table.range,
        "layout": table.layout,
        "title": table.title,
        "periods": distinct(label.period.iso for label in labels if label.period),
        "areas": distinct(label.area for label in labels if label.area),
        "measures": distinct(label.measure for label in labels if label.measure),
        "columns": [{"column": name, **said, "from": dict(label.meaning.told)} for name, (said, label) in columns.items()],
    }
    yield f'{_json(head)[:-1]}, "values": ['
    known: dict[tuple[int, str, str, str], tuple[str, str, Label]] = {}
    lines: list[str] = []
    for place, value in enumerate(table.values):
        label, column = value.label, value.cell.rstrip("0123456789")
        key = (id(label), column, value.unit, value.status)
        if (shared := known.get(key)) is None:
            shared = known[key] = (*_around(value, columns[column][0] if column in columns else {}), label)
        raw = _scalar(value.raw)
        number = raw if value.value is value.raw else _scalar(value.value)
        doubts = {name: said for name, said in (("marks", list(value.marks)), ("doubt", value.doubt)) if said}
        more = f", {_json(doubts)[1:-1]}}}" if doubts else "}"
        start = "," if place else ""
        lines.append(f'{start}\n   {{"cell": "{value.cell}", {shared[0]}, "raw": {raw}, "value": {number}, {shared[1]}{more}')
        if len(lines) == _AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)
    yield f'], "notes": {_json(list(table.notes))}}}'


def _around(value: TableValue, of_column: dict[str, object]) -> tuple[str, str]:
    """What stands before and behind a value's numbers: all that it shares with those of its label, unit and status."""
    label = value.label
    period = _scalar(label.period.iso if label.period else None)
    own = {part: said for part, said in _meaning(label).items() if of_column.get(part) != said}
    meant = f'"unit": "{value.unit}", "status": "{value.status}", "total": {"true" if label.total else "false"}'
    return (
        f'"period": {period}, "area": {_scalar(label.area)}, "measure": {_scalar(label.measure)}',
        f"{meant}, {_json(own)[1:-1]}" if own else meant,
    )


def _meaning(label: Label) -> dict[str, object]:
    meaning = label.meaning
    return {
        "span": span_words(meaning.reach, label.period),
        "nature": meaning.nature.value,
        "scale": meaning.scale,
        "base": meaning.base or None,
        "finality": meaning.finality.value,
        "basis": meaning.basis or None,
    }


def distinct(labels: Iterable[str]) -> list[str]:
    """Each once, in their order."""
    return list(dict.fromkeys(labels))


def _scalar(value: str | float | bool | None) -> str:
    """What stands in a cell as JSON; an encoder made for each would take the most of the time."""
    if value is None:
        return "null"
    return repr(value) if type(value) is float and isfinite(value) else _json(value)


_json = json.JSONEncoder(ensure_ascii=False).encode
