"""`reportpack inspect FILE`: the tables of a workbook, their periods, areas and measures, for people or as JSON."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import JsonOption
from reportpack.cli.say import answer, plural, problems
from reportpack.errors import ExitCode
from reportpack.model.observation import Finality, Nature, Reach, span_words
from reportpack.model.table import Label, Table

if TYPE_CHECKING:
    from reportpack.run.inspect import Inspection

_SHOWN = 6


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook: xlsx, xlsm, xlsb, xls, ods or csv.")],
    as_json: JsonOption = False,
) -> None:
    """Show the tables found in a workbook, with their periods, areas and measures."""
    from reportpack.run.inspect import inspect_file, inspection_json

    inspection = inspect_file(file)
    if as_json:
        sys.stdout.writelines(inspection_json(inspection))
    else:
        answer(*_lines(inspection))
        problems(inspection.problems)
    if not inspection.sheets:
        raise typer.Exit(ExitCode.INPUT)


def _lines(inspection: "Inspection") -> Iterator[str]:
    as_at = f", as at {inspection.as_at.isoformat()}" if inspection.as_at else ""
    yield f"{inspection.file}{as_at}"
    for sheet in inspection.sheets:
        hidden = " (hidden)" if sheet.hidden else ""
        yield f"\nSheet {sheet.name or '(the file)'}{hidden}: {plural(len(sheet.tables), 'table')}"
        for table in sheet.tables:
            yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    from reportpack.run.inspect import distinct

    yield f"\n  {table.range}  {table.layout}  {table.title}".rstrip()
    labelled = list(table.labelled())
    labels = [label for _, label, _ in labelled]
    yield _list("periods", distinct(label.period.label for label in labels if label.period))
    yield _list("areas", distinct(label.area for label in labels if label.area))
    yield _list("measures", distinct(f"{label.measure} ({unit.value})" for _, label, unit in labelled if label.measure))
    meanings = distinct(filter(None, map(_meaning_words, table.column_meanings().values())))
    yield _list("meaning", meanings or ["nothing beyond the periods"])
    without = sum(value.value is None for value in table.values)
    yield f"    {plural(len(table.values), 'figure')}{f', {without} without a number' if without else ''}"


def _meaning_words(label: Label) -> str:
    """What sets a column's figures apart: "rolling 12 months, provisional, in thousands"; empty for plain actual figures."""
    meaning = label.meaning
    parts = [span_words(meaning.reach, label.period)]
    parts += [meaning.nature.value] if meaning.nature is not Nature.ACTUAL else []
    parts += [meaning.finality.value] if meaning.finality is not Finality.NOT_TOLD else []
    parts += [f"times {meaning.scale:,.0f}"] if meaning.scale != 1 else []
    parts += [text for text in (meaning.base and f"per {meaning.base}", meaning.basis) if text]
    return ", ".join(parts) if len(parts) > 1 or meaning.overlaps or meaning.reach is Reach.NOT_TOLD else ""


def _list(name: str, labels: list[str]) -> str:
    shown = labels if len(labels) <= _SHOWN + 1 else [*labels[: _SHOWN - 1], "...", labels[-1]]
    return f"    {name} ({len(labels)}): {'; '.join(shown) if labels else 'none found'}"
