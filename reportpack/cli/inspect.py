"""`reportpack inspect FILE`: the tables of a workbook, their periods, areas and measures, for people or as JSON."""

import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import JsonOption
from reportpack.cli.say import answer, problems
from reportpack.model.period import Period
from reportpack.model.problem import Problem
from reportpack.model.table import Table, TableValue

if TYPE_CHECKING:
    from reportpack.run.inspect import InspectedSheet, Inspection

_SHOWN = 6


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook: xlsx, xlsm, xlsb, xls, ods or csv.")],
    as_json: JsonOption = False,
) -> None:
    """Show the tables found in a workbook, with their periods, areas and measures."""
    from reportpack.run.inspect import inspect_file

    inspection = inspect_file(file)
    if as_json:
        for part in json_parts(inspection):
            sys.stdout.write(part)
    else:
        _show(inspection)
        problems(inspection.problems)
    if not inspection.sheets:
        raise typer.Exit(3)


def json_parts(inspection: "Inspection") -> Iterator[str]:
    """The inspection as JSON text, a value a line."""
    head = {
        "file": inspection.file,
        "sha256": inspection.sha256,
        "as_at": inspection.as_at.isoformat() if inspection.as_at else None,
    }
    yield f'{_json(head)[:-1]}, "sheets": ['
    for place, sheet in enumerate(inspection.sheets):
        yield ",\n" if place else "\n"
        yield from _sheet_parts(sheet)
    yield '\n], "problems": ['
    yield ",\n".join(f"\n  {_json(_problem(problem))}" for problem in inspection.problems)
    yield "\n]}\n"


def _sheet_parts(sheet: "InspectedSheet") -> Iterator[str]:
    yield f' {_json({"name": sheet.name, "hidden": sheet.hidden})[:-1]}, "tables": ['
    for place, table in enumerate(sheet.tables):
        yield ",\n" if place else "\n"
        head = {
            "range": table.range,
            "layout": table.layout,
            "title": table.title,
            "periods": _distinct(_iso(value.period) for value in table.values if value.period),
            "areas": _distinct(value.area for value in table.values if value.area),
            "measures": _distinct(value.measure for value in table.values if value.measure),
        }
        yield f'  {_json(head)[:-1]}, "values": [\n   '
        yield ",\n   ".join(_json(_value(value)) for value in table.values)
        yield f'], "notes": {_json(list(table.notes))}}}'
    yield "]}"


_json = json.JSONEncoder(ensure_ascii=False).encode


@lru_cache(maxsize=5_000)
def _iso(period: Period) -> str:
    return period.iso


def _value(value: TableValue) -> dict[str, object]:
    return {
        "cell": value.cell,
        "period": _iso(value.period) if value.period else None,
        "area": value.area,
        "measure": value.measure,
        "raw": value.raw,
        "value": value.value,
        "unit": value.unit.value,
        "status": value.status.value,
        "total": value.total,
    }


def _problem(problem: Problem) -> dict[str, str]:
    place = "!".join(part for part in (problem.source.sheet, problem.source.cell) if part)
    return {"cell": place, "found": problem.found, "remedy": problem.remedy}


def _distinct(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))


def _show(inspection: "Inspection") -> None:
    as_at = f", as at {inspection.as_at.isoformat()}" if inspection.as_at else ""
    answer(f"{inspection.file}{as_at}")
    for sheet in inspection.sheets:
        hidden = " (hidden)" if sheet.hidden else ""
        answer(f"\nSheet {sheet.name or '(the file)'}{hidden}: {_count(len(sheet.tables), 'table')}")
        for table in sheet.tables:
            _show_table(table)


def _show_table(table: Table) -> None:
    answer(f"\n  {table.range}  {table.layout}  {table.title}".rstrip())
    _show_list("periods", _distinct(value.period.label for value in table.values if value.period))
    _show_list("areas", _distinct(value.area for value in table.values if value.area))
    _show_list("measures", _distinct(f"{value.measure} ({value.unit.value})" for value in table.values if value.measure))
    without = sum(value.value is None for value in table.values)
    answer(f"    {_count(len(table.values), 'figure')}{f', {without} without a number' if without else ''}")


def _show_list(name: str, labels: list[str]) -> None:
    shown = labels if len(labels) <= _SHOWN + 1 else [*labels[: _SHOWN - 1], "...", labels[-1]]
    answer(f"    {name} ({len(labels)}): {'; '.join(shown) if labels else 'none found'}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
