"""`reportpack inspect FILE`: the tables of a workbook, their periods, areas and measures, for people or as JSON."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import JsonOption
from reportpack.cli.say import answer, problems
from reportpack.model.meaning import Finality, Nature, Reach, span_words
from reportpack.model.period import Period
from reportpack.model.table import Label, Table, TableValue
from reportpack.run.steps.as_json import problem_json

if TYPE_CHECKING:
    from reportpack.run.inspect import InspectedSheet, Inspection

_SHOWN = 6
_AT_ONCE = 2_000
_NEXT = ",\n   "


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
    yield ",\n".join(f"\n  {_json(problem_json(problem))}" for problem in inspection.problems)
    yield "\n]}\n"


def _sheet_parts(sheet: "InspectedSheet") -> Iterator[str]:
    yield f' {_json({"name": sheet.name, "hidden": sheet.hidden})[:-1]}, "tables": ['
    for place, table in enumerate(sheet.tables):
        yield ",\n" if place else "\n"
        yield from _table_parts(table)
    yield "]}"


def _table_parts(table: Table) -> Iterator[str]:
    labels = [label for _, label, _ in table.labelled()]
    shared = table.column_meanings()
    head = {
        "range": table.range,
        "layout": table.layout,
        "title": table.title,
        "periods": _distinct(_iso(label.period) for label in labels if label.period),
        "areas": _distinct(label.area for label in labels if label.area),
        "measures": _distinct(label.measure for label in labels if label.measure),
        "columns": [{"column": name, **_meaning(label), "from": dict(label.meaning.told)} for name, label in shared.items()],
    }
    yield f'  {_json(head)[:-1]}, "values": [\n   '
    writer = _ValueWriter(shared)
    values = iter(table.values)
    between = ""
    while lines := [writer.line(value) for value in islice(values, _AT_ONCE)]:
        yield f"{between}{_NEXT.join(lines)}"
        between = _NEXT
    yield f'], "notes": {_json(list(table.notes))}}}'


_json = json.JSONEncoder(ensure_ascii=False).encode


@lru_cache(maxsize=5_000)
def _iso(period: Period) -> str:
    return period.iso


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


class _ValueWriter:
    """Values as JSON, a line each. What figures of one row and column share is put into words once; meaning that the whole column has is not repeated."""

    def __init__(self, columns: Mapping[str, Label]) -> None:
        self.columns = {name: _meaning(label) for name, label in columns.items()}
        self._known: dict[tuple[int, int, int], tuple[Label, str, str]] = {}

    def line(self, value: TableValue) -> str:
        key = (id(value.label), id(value.unit), id(value.status))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._words(value)
        raw = float.__repr__(value.raw) if type(value.raw) is float else _json(value.raw)
        shown = raw if value.value is value.raw else _json(value.value)
        more = self._more(value) if value.marks or value.doubt else ""
        return f'{{"cell": "{value.cell}", {known[1]}, "raw": {raw}, "value": {shown}, {known[2]}{more}}}'

    def _words(self, value: TableValue) -> tuple[Label, str, str]:
        label = value.label
        before = {"period": _iso(label.period) if label.period else None, "area": label.area, "measure": label.measure}
        shared = self.columns.get(value.cell.rstrip("0123456789"), {})
        own = {part: said for part, said in _meaning(label).items() if shared.get(part) != said}
        after = {"unit": value.unit.value, "status": value.status.value, "total": label.total, **own}
        return label, _json(before)[1:-1], _json(after)[1:-1]

    def _more(self, value: TableValue) -> str:
        said = {"marks": list(value.marks)} if value.marks else {}
        return f", {_json(said | ({'doubt': value.doubt} if value.doubt else {}))[1:-1]}"


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
    labelled = list(table.labelled())
    labels = [label for _, label, _ in labelled]
    _show_list("periods", _distinct(label.period.label for label in labels if label.period))
    _show_list("areas", _distinct(label.area for label in labels if label.area))
    _show_list("measures", _distinct(f"{label.measure} ({unit.value})" for _, label, unit in labelled if label.measure))
    _show_list(
        "meaning",
        _distinct(filter(None, map(_meaning_words, table.column_meanings().values()))) or ["nothing beyond the periods"],
    )
    without = sum(value.value is None for value in table.values)
    answer(f"    {_count(len(table.values), 'figure')}{f', {without} without a number' if without else ''}")


def _meaning_words(label: Label) -> str:
    """What sets a column's figures apart: "rolling 12 months, provisional, in thousands"; empty for plain actual figures."""
    meaning = label.meaning
    parts = [span_words(meaning.reach, label.period)]
    parts += [meaning.nature.value] if meaning.nature is not Nature.ACTUAL else []
    parts += [meaning.finality.value] if meaning.finality is not Finality.NOT_TOLD else []
    parts += [f"times {meaning.scale:,.0f}"] if meaning.scale != 1 else []
    parts += [text for text in (meaning.base and f"per {meaning.base}", meaning.basis) if text]
    return ", ".join(parts) if len(parts) > 1 or meaning.overlaps or meaning.reach is Reach.NOT_TOLD else ""


def _show_list(name: str, labels: list[str]) -> None:
    shown = labels if len(labels) <= _SHOWN + 1 else [*labels[: _SHOWN - 1], "...", labels[-1]]
    answer(f"    {name} ({len(labels)}): {'; '.join(shown) if labels else 'none found'}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
