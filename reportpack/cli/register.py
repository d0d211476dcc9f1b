"""`reportpack register`: what stands, what became of it, and a change to it, without opening Excel."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.dossier import topic
from reportpack.cli.options import InputsOption, JsonOption, NowOption
from reportpack.cli.register_steps import Reference, WhyOption, accept, carry, dispute, propose, recorded, show_row
from reportpack.cli.say import answer, answer_json, plural, problems, remark
from reportpack.errors import InputError
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, table_of
from reportpack.model.register_row import RegisterRow, words_said
from reportpack.run.steps.as_json import row_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportpack.read.register.tracker import Tracker

app = typer.Typer(help="The register: matters, actions, commitments, questions.", no_args_is_help=True, rich_markup_mode=None)
app.command(short_help="Everything on record about one topic")(topic)
app.command(short_help="Say that an action is done, with its evidence")(propose)
app.command(short_help="Record that a meeting accepted an action as done")(accept)
app.command(short_help="Record that a meeting disputed an action")(dispute)
app.command(short_help="Put a matter off again, with the reason")(carry)


@app.callback()
def register() -> None:
    """The register: matters, actions, commitments, questions."""


@app.command("list")
def list_rows(
    sheet: Annotated[str, typer.Option("--sheet", help="Matters, Actions, Commitments or Questions (default: all).")] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what stands."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.rows import standing_register

    rows, said = standing_register(office_folders(inputs, None, None), london_day(instant(now)).year)
    wanted = [row for row in rows if not sheet or row.sheet.casefold() == sheet.casefold()]
    _list(wanted, as_json)
    problems(said)


@app.command()
def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Every one of them must be in the row.")],
    inputs: InputsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the rows that hold all the words, under whatever heading; small slips in spelling are forgiven."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.add import find_rows
    from reportpack.run.register.rows import standing_register

    rows, _ = standing_register(office_folders(inputs, None, None), london_day(instant(now)).year)
    found = find_rows(rows, " ".join(words))
    _list(found, as_json)
    if not found:
        remark("Nothing in the register holds all of those words.")


@app.command()
def show(reference: Reference, inputs: InputsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """Show one row whole."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.rows import find_row, standing_register

    rows, _ = standing_register(office_folders(inputs, None, None), london_day(instant(now)).year)
    show_row(find_row(rows, reference), as_json)


@app.command()
def history(reference: Reference, inputs: InputsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """Show what was recorded of one row, oldest first."""
    from reportpack.model.event import RowChange, Undone
    from reportpack.run.folders import office_folders
    from reportpack.run.register.rows import row_history

    row, events = row_history(office_folders(inputs, None, None), reference, london_day(instant(now)).year)
    changes = [(one, one.what) for one in events if isinstance(one.what, RowChange)]
    undone = {one.what.event: (one, one.what) for one in events if isinstance(one.what, Undone)}
    if as_json:
        answer_json(
            [
                {
                    "event": one.number,
                    "recorded": one.recorded.isoformat(),
                    "by": what.cause,
                    "undone": undone[one.number][1].why if one.number in undone else None,
                    "changes": [{"heading": each.header, "before": each.before, "after": each.after} for each in what.changes],
                }
                for one, what in changes
            ]
        )
        return
    answer(f"{row.ref} {_name(row)}")
    for one, what in changes:
        answer(f"{long_date(one.recorded.date())}, {what.cause} (event {one.number}):")
        if one.number in undone:
            event, taken_back = undone[one.number]
            who = f" by {event.who}" if event.who else ""
            answer(f"  undone on {long_date(event.recorded.date())}{who}: {taken_back.why}")
        for each in what.changes:
            answer(
                f'  {each.header}: "{each.before}" became "{each.after}"' if each.before else f'  {each.header}: "{each.after}"'
            )


@app.command()
def update(
    reference: Reference,
    words: Annotated[
        list[str],
        typer.Argument(metavar="HEADING=WORDS...", help="Such as State=closed, or 'Due=28 May 2019'.", show_default=False),
    ],
    why: WhyOption = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Change a row in the ledger, and in the workbook unless somebody has it open. A due that moves needs a reason."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.rows import update_row

    recorded(update_row(office_folders(inputs, None, None), reference, _pairs(words), instant(now), why))


@app.command()
def add(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="matter, action, commitment or question.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[HEADING=WORDS...]", help="Such as 'Action=Share the plan' Owner=CC Due=none.", show_default=False
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Add it although the same words were added a moment ago.")] = False,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Add a row; it is given the next reference of its year. Asks for what it needs and was not told."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.add import add_row, needed_for, sheet_called
    from reportpack.run.register.rows import known_headings

    sheet = sheet_called(kind)
    said = _pairs(words or [])
    needed = needed_for(sheet, dict(known_headings(sheet, said)))
    try:
        said += [(header, _ask(header, means)) for header, means in needed]
    except (typer.Abort, EOFError) as stop:
        lacking = ", ".join(f'"{header}=..."' for header, _ in needed)
        raise InputError("There was no answer, so nothing was added.", f"Run it in a terminal, or say it: {lacking}.") from stop
    recorded(add_row(office_folders(inputs, None, None), sheet, said, instant(now), _asking(yes)))


@app.command()
def close(
    reference: Reference,
    evidence: Annotated[
        str, typer.Option("--evidence", metavar="TEXT", help="Where it can be seen that it is done.", show_default=False)
    ] = "",
    outcome: Annotated[str, typer.Option("--outcome", metavar="TEXT", help="What came of it.", show_default=False)] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Close an action or discharge a matter; there must be evidence, given here or in the row already."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.add import close_row

    recorded(close_row(office_folders(inputs, None, None), reference, evidence, outcome, instant(now)))


@app.command()
def settle(
    reference: Reference,
    state: Annotated[
        str,
        typer.Argument(metavar="STATE", help="not kept, kept, answered, superseded, closed or open.", show_default=False),
    ],
    at: Annotated[
        str,
        typer.Option("--at", metavar="MEETING", help="Settled at, or first reported to (default: the next).", show_default=False),
    ] = "",
    why: WhyOption = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Say what became of a commitment. That it was not kept is said on covers once it is confirmed so."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.steps import settle as settled

    moment = instant(now)
    recorded(settled(office_folders(inputs, None, None), reference, (state, why), at, london_day(moment), moment))


@app.command()
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Its name says its form: .xlsx, .ods or .csv.", show_default=False)
    ],
    sheet: Annotated[str, typer.Option("--sheet", help="Matters, Actions, Commitments or Questions (default: all).")] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Write what stands into a new file. It holds what is for the office alone."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.add import sheet_called
    from reportpack.run.register.export import export_register
    from reportpack.run.register.rows import standing_register

    name = sheet_called(sheet) if sheet else ""
    today = london_day(instant(now))
    rows, said = standing_register(office_folders(inputs, None, None), today.year)
    wanted = [row for row in rows if name in ("", row.sheet)]
    if not wanted:
        raise InputError("There is nothing in the register to write.", "See: reportpack register list")
    export_register(wanted, file, today)
    answer(str(file))
    problems(said)
    remark(f"{plural(len(wanted), 'row')} written, among them what is for the office alone.")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A tracker: xlsx, xls, ods or csv.", show_default=False)],
    kind: Annotated[str, typer.Option("--kind", help="What its rows are: matter, action, commitment or question.")] = "action",
    sheet: Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet that they are on.", show_default=False)] = "",
    headings: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=COLUMN", help="What a heading is here; - leaves it out.", show_default=False),
    ] = None,
    take: Annotated[bool, typer.Option("--take", help="Take what is proposed for rows, such as that they are closed.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Import it as it was read, without asking.")] = False,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Take in a tracker with headings of its own. Shows how it was read first; its references are kept."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.add import sheet_called
    from reportpack.run.register.trackers import import_rows, read_import

    folders = office_folders(inputs, None, None)
    tracker = read_import(file, sheet_called(kind), dict(_pairs(headings or [])), sheet)
    _show_reading(tracker, file.name)
    if not yes and not tracker.unsettled:
        try:
            if tracker.proposals and not take:
                take = typer.confirm(f"Take what is proposed for {plural(len(tracker.proposals), 'row')}?", err=True)
            typer.confirm(f"Import {plural(len(tracker.rows), 'row')} so?", err=True, abort=True)
        except (typer.Abort, EOFError) as stop:
            raise InputError("Nothing was imported.", "To import it as it was read, say so or give --yes.") from stop
    imported = import_rows(folders, tracker, file, instant(now), take=take)
    problems(imported.problems)
    remark(f"{plural(imported.added, 'row')} imported; {imported.known} were there already.")


def _show_reading(tracker: "Tracker", name: str) -> None:
    where = f'Sheet "{tracker.sheet}"' if tracker.sheet else name
    answer(f"{where}, headings in row {tracker.header_row}, {plural(len(tracker.rows), 'row')}:")
    for heading, column in tracker.taken:
        example = next((" ".join(row.text(column).split()) for row in tracker.rows if row.text(column)), "")
        answer(f"  {heading} -> {column}, such as: {example[:60]}" if example else f"  {heading} -> {column}")
    for one in tracker.proposals:
        words = "; ".join(f"{header}: {' '.join(words_said(said).split())[:60]}" for header, said in one.words)
        answer(f"  proposed for {one.row.ref or one.row.source.cell}: {words}, because {one.because}")
    for heading, near in tracker.unsettled:
        answer(f"  {heading} -> ? {f'(perhaps {near})' if near else ''}".rstrip())


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    pairs = [one.partition("=") for one in words]
    if not all(sign for _, sign, _ in pairs):
        raise typer.BadParameter("write each as HEADING=WORDS, such as State=closed")
    return [(heading, text) for heading, _, text in pairs]


def _asking(yes: bool) -> "Callable[[str], bool]":
    """Asks in a terminal; where nobody can answer, no answer is a no."""

    def ask(doubt: str) -> bool:
        try:
            return yes or typer.confirm(f"{doubt} Add another row?", err=True)
        except (typer.Abort, EOFError):
            return False

    return ask


def _ask(header: str, means: str) -> str:
    return str(typer.prompt(f"{header}: {means}\n", prompt_suffix="> ", err=True))


def _list(rows: "Sequence[RegisterRow]", as_json: bool) -> None:
    if as_json:
        answer_json([row_json(row) for row in rows])
        return
    for row in rows:
        table = table_of(row.sheet)
        reference = row.ref if table.has_references else ""
        answer(f"{table.singular.capitalize():<10} {reference:<9} {row.text(Heading.STATE):<18} {_name(row)}")


def _name(row: RegisterRow) -> str:
    words = " ".join(row.name.split())
    return words if len(words) <= 90 else f"{words[:87]}..."
