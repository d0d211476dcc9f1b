"""`reportpack measure` and `figure`: a new measure from a workbook, asking only what that does not tell; a person's answer for one cell. And
`inspect`, `analyse` and `render`: what the program makes of one file, without an office.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from reportpack.cli.options import Asked, By, JsonOption, Later, Why, flag, group, named, read_day, told, verb
from reportpack.cli.say import answer, give, plural, problems, remark
from reportpack.errors import ExitCode, InputError
from reportpack.model.edition import Audience
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Finality, Nature, Reach, Unit, span_words
from reportpack.model.table import Label, Table

if TYPE_CHECKING:
    from reportpack.model.inputs import Settings
    from reportpack.run import measure_add
    from reportpack.run.inspect import Inspection
else:
    measure_add = Later("reportpack.run.measure_add")

app = group("What is measured, and where its figures stand.")
figure_app = group("Answers about single figures; the force's workbooks stay as they came.")
T = TypeVar("T")
_UNITS = (Unit.COUNT, Unit.PER_CENT, Unit.RATE, Unit.MONEY, Unit.DAYS, Unit.DURATION, Unit.RANK)
_MANY = 40  # More figures than these are searched by words before one is picked from a list.
_BETTER = {"Higher figures are better": Better.HIGHER, "Lower figures are better": Better.LOWER, "Neither": Better.NEITHER}
_ANSWERS = "--sheet, --figure, --title, --better, --unit, --topic, --area, --audience, --decimals"
_SHOWN = 6
_ANEW = "The average starts anew on this date. May be repeated."
_FIRST = "Make the average and range from the first N points (12 or more)."
_SOURCE = "The page source; docs/page-source.md says what it may hold."
File = Annotated[str, named("FILE", "The workbook in performance/.")]
Cell = Annotated[str, named("SHEET!CELL", "Such as 'Crime!C12'.")]


@verb(app)
def add(
    asked: Asked,
    file: Annotated[Path, named("FILE", "A workbook that holds the measure's figures.")],
    figure: Annotated[str, told("--figure", "LABEL", "The label of its figures.")] = "",
    sheet: Annotated[str, told("--sheet", "NAME", "The sheet that they are on.")] = "",
    title: Annotated[str, told("--title", "TEXT", "The title as printed.")] = "",
    better: Annotated[Better | None, told("--better", None, "Which way it should move.")] = None,
    unit: Annotated[Unit | None, told("--unit", None, "What the figures are.")] = None,
    topic: Annotated[str, told("--topic", "ID", "The topic it belongs to.")] = "",
    area: Annotated[str, told("--area", "ID", "The area, where the table names none.")] = "",
    audience: Annotated[Audience | None, told("--audience", None, "Who may read it.")] = None,
    decimals: Annotated[int | None, told("--decimals", None, "How many are printed.", min=0, max=3)] = None,
) -> None:
    """Add a measure to measures.toml from a workbook. What the workbook tells is not asked."""
    folder = asked.folders.inputs
    settings = measure_add.settings_of(folder)
    candidates, inspection = measure_add.find_candidates(file, settings.office)
    if not title and (wider := measure_add.widened_places(settings, file, candidates)):
        measure_add.widen(folder, file, wider)
        for name, _, _, pattern in wider:
            answer(f'{name} is read from this workbook too: its file is "{pattern}" now. For a new measure, give --title.')
        return
    try:
        chosen = _which(candidates, sheet, figure)
        sheets = [one.name for one in inspection.sheets]
        new = _described(chosen, settings, file, sheets, title, better, unit, topic, area)
        who, places = _printed(chosen, audience, decimals)
        new = replace(new, audience=who, decimals=places)
    except (typer.Abort, EOFError) as stop:
        remedy = f"Run it in a terminal, or give the answers: {_ANSWERS}."
        raise InputError("There was no answer, so nothing was written.", remedy) from stop
    added = measure_add.add_measure(folder, file, new)
    numbers = [one for one in added.observations if one.value is not None]
    periods = sorted({one.period for one in numbers})
    span = f", {periods[0].label} to {periods[-1].label}" if periods else ""
    where = f"{plural(len({one.area for one in numbers}), 'area')}{span}"
    answer(f"{new.title} ({new.id}) is in measures.toml: {len(numbers)} figures, {where}.")
    if added.copied is not None:
        remark(f"The workbook was copied to {added.copied}.")
    problems(added.problems, everything=True)


def _which(candidates: "Sequence[measure_add.Candidate]", sheet: str, figure: str) -> "measure_add.Candidate":
    wanted = sheet.strip().lower()
    of_sheet = [one for one in candidates if not sheet or one.sheet.strip().lower() == wanted]
    meant = [one for one in of_sheet if not figure or one.label.lower() == figure.lower()]
    if not meant:
        labels = ", ".join(f'"{one.label}"' for one in candidates[:12])
        found = f'There are no figures labelled "{figure}" there; there is: {labels}.'
        raise InputError(found, "Give --figure as it stands there.")
    shown = {_line(one): one for one in meant}
    while len(shown) > _MANY:
        words = str(typer.prompt(f"{len(shown):,} figures: words to look for", err=True)).lower().split()
        kept = {text: one for text, one in shown.items() if all(word in text.lower() for word in words)}
        if not words:
            break
        if not kept:
            remark("Nothing has all of these words.")
        shown = kept or shown
    return _pick("Which figures?", shown)


def _line(one: "measure_add.Candidate") -> str:
    where = " - ".join(part for part in (one.sheet, one.table) if part)
    span = f"{one.periods[0]} to {one.periods[-1]}" if len(one.periods) > 1 else "".join(one.periods) or "no period"
    areas = f"{len(one.areas)} areas" if len(one.areas) > 1 else "".join(one.areas) or "no area"
    such = f"; such as {', '.join(one.samples)}" if one.samples else ""
    return f"{one.label or '(no label)'} ({one.unit.value}; {where}; {areas}; {span}{such})"


def _pick(question: str, choices: dict[str, T]) -> T:
    if len(choices) == 1:
        return next(iter(choices.values()))
    remark(question)
    for place, text in enumerate(choices, 1):
        remark(f"  {place}. {text}")
    while True:
        said = str(typer.prompt("Number", err=True)).strip()
        if said.isdigit() and 1 <= int(said) <= len(choices):
            return list(choices.values())[int(said) - 1]
        remark(f"Give a number from 1 to {len(choices)}.")


def _described(
    chosen: "measure_add.Candidate",
    settings: "Settings",
    file: Path,
    sheets: Sequence[str],
    title: str,
    better: Better | None,
    unit: Unit | None,
    topic: str,
    area: str,
) -> Measure:
    office = settings.office
    title = title or typer.prompt("What is it called in the pack?", default=measure_add.lasting(chosen.title) or None, err=True)
    known = unit or (chosen.unit if chosen.unit is not Unit.UNKNOWN else None)
    known = known or _pick("What are the figures?", {one.value: one for one in _UNITS})
    better = better or _pick("Which way should it move?", _BETTER)
    if not topic and office.topics:
        topic = _pick("Which topic does it belong to?", {one.title: one.id for one in office.topics} | {"None of these": ""})
    if not area and not chosen.areas:
        area = _pick("Which area are the figures about?", {one.name: one.id for one in office.areas})
    untold = known if chosen.unit is Unit.UNKNOWN else None
    place = chosen.place(measure_add.file_pattern(file.name), sheets, area, untold)
    name = measure_add.new_id(title, [one.id for one in settings.measures])
    return Measure(name, title, unit=known, better=better, topic=topic, places=(place,))


def _printed(chosen: "measure_add.Candidate", audience: Audience | None, decimals: int | None) -> tuple[Audience, int]:
    """Who may read it, and its decimals where it has any: asked in a terminal; elsewhere the office alone, and as they stand."""
    try:
        audience = audience or _pick("Who may read it?", {f"the {one.value}": one for one in Audience})
        if decimals is None and chosen.decimals:
            decimals = typer.prompt("How many decimals are printed?", default=chosen.decimals, type=int, err=True)
    except typer.Abort:
        if sys.stdin.isatty():
            raise
    return audience or Audience.OFFICE, min(max(chosen.decimals if decimals is None else decimals, 0), 3)


@verb(figure_app)
def accept(asked: Asked, file: File, cell: Cell, by: By, why: Why) -> None:
    """Say that a doubted figure is right as it stands. It is asked about again only when the cell changes."""
    _answer(asked, file, cell, None, by, why)


@verb(figure_app)
def correct(
    asked: Asked, file: File, cell: Cell, value: Annotated[float, named("VALUE", "What is right.")], by: By, why: Why
) -> None:
    """Say what a figure should be. The pack prints it, marked, with who said so and why."""
    _answer(asked, file, cell, value, by, why)


def _answer(asked: Asked, file: str, cell: str, value: float | None, by: str, why: str) -> None:
    from reportpack.run.figures import answer_figure

    for one in answer_figure(asked.folders, file, cell, value, asked.change(by, why)):
        said = "accepted as it stands" if value is None else f"corrected to {value:g}"
        answer(f"{one.measure}, {one.area}, {one.period.label}, {one.source.where}: {one.raw} is {said}.")
    remark("Recorded.")


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
