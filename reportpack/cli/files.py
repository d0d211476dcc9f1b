"""`reportpack inspect`, `analyse` and `render`: what the program makes of one file, without an office."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import JsonOption, flag, named, read_day, told
from reportpack.cli.say import answer, give, plural, problems, remark
from reportpack.errors import ExitCode
from reportpack.model.measure import Better
from reportpack.model.observation import Finality, Nature, Reach, span_words
from reportpack.model.table import Label, Table

if TYPE_CHECKING:
    from reportpack.run.inspect import Inspection

_SHOWN = 6
_ANEW = "The average starts anew on this date. May be repeated."
_FIRST = "Make the average and range from the first N points (12 or more)."
_SOURCE = "The page source; docs/page-source.md says what it may hold."


def inspect(
    file: Annotated[Path, named("FILE", "A workbook: xlsx, xlsm, xlsb, xls, ods or csv.")], as_json: JsonOption = False
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
    yield f"{inspection.file}{f', as at {inspection.as_at.isoformat()}' if inspection.as_at else ''}"
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
    meanings = distinct(filter(None, map(_meaning_words, table.column_meanings().values())))
    for name, found in (
        ("periods", distinct(label.period.label for label in labels if label.period)),
        ("areas", distinct(label.area for label in labels if label.area)),
        ("measures", distinct(f"{label.measure} ({unit.value})" for _, label, unit in labelled if label.measure)),
        ("meaning", meanings or ["nothing beyond the periods"]),
    ):
        shown = found if len(found) <= _SHOWN + 1 else [*found[: _SHOWN - 1], "...", found[-1]]
        yield f"    {name} ({len(found)}): {'; '.join(shown) if found else 'none found'}"
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


def analyse(
    file: Annotated[Path, named("FILE.csv", "Two columns: date and value.")],
    target: Annotated[float | None, told("--target", "X", "What should be reached.")] = None,
    better: Annotated[Better, typer.Option("--better", help="Which way the figures should move.")] = Better.HIGHER,
    rebase: Annotated[list[date] | None, told("--rebase", "DATE", _ANEW, parser=read_day)] = None,
    fix_after: Annotated[int | None, told("--fix-after", "N", _FIRST)] = None,
    keep_outliers: Annotated[bool, flag("--keep-outliers", "Count unusually large steps when the range is made.")] = False,
    chart: Annotated[Path | None, told("--chart", "FILE", "Also draw the chart, as .svg or .pdf.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what an XmR chart shows of the figures in a csv file."""
    from reportpack.run.analyse_csv import Options, analyse_csv, write_chart

    options = Options(target, better, tuple(rebase or ()), fix_after, not keep_outliers)
    result = analyse_csv(file, options)
    give(result, (f"{sentence.removesuffix('.')}." for sentence in result.sentences), as_json=as_json)
    if chart is not None:
        remark(f"Chart: {write_chart(result.chart, result.sentences, chart)}")
    problems(result.problems, everything=True)


def render(
    source: Annotated[Path, named("SOURCE.html", _SOURCE)],
    out: Annotated[Path, named("OUT.pdf", "Where the PDF goes.")],
    theme: Annotated[Path | None, told("--theme", "FILE", "A theme.toml, laid over the program's own.")] = None,
) -> None:
    """Set a page source as a tagged PDF (PDF/UA-1 and PDF/A-2a)."""
    from reportpack.run.look import render_file

    done = render_file(source, out, theme)
    problems(done.problems)
    answer(done.path)
