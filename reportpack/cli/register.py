"""`reportpack register`: what stands, what became of it, and a change to it, without opening Excel."""

from typing import Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import InputsOption, JsonOption, NowOption
from reportpack.cli.say import answer, answer_json, problems, remark
from reportpack.model.event import RowChange
from reportpack.model.period import long_date
from reportpack.model.register_row import RegisterRow

app = typer.Typer(help="The register: matters, actions, commitments, questions.", no_args_is_help=True, rich_markup_mode=None)
Reference = Annotated[str, typer.Argument(metavar="REFERENCE", help="Such as 12/2019 or M3/2019.", show_default=False)]


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
    from reportpack.run.register_rows import standing_register

    rows, said = standing_register(office_folders(inputs, None, None), london_day(instant(now)).year)
    wanted = [row for row in rows if not sheet or row.sheet.casefold() == sheet.casefold()]
    if as_json:
        answer_json([_as_json(row) for row in wanted])
    else:
        for row in wanted:
            reference = row.ref if row.sheet != "Questions" else ""
            answer(f"{row.sheet[:-1]:<10} {reference:<9} {row.text('State'):<18} {_name(row)}")
    problems(said)


@app.command()
def show(reference: Reference, inputs: InputsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """Show one row whole."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register_rows import find_row, standing_register

    rows, _ = standing_register(office_folders(inputs, None, None), london_day(instant(now)).year)
    _show(find_row(rows, reference), as_json)


@app.command()
def history(reference: Reference, inputs: InputsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """Show what was recorded of one row, oldest first."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register_rows import row_history

    row, events = row_history(office_folders(inputs, None, None), reference, london_day(instant(now)).year)
    changes = [(one, one.what) for one in events if isinstance(one.what, RowChange)]
    if as_json:
        answer_json(
            [
                {
                    "event": one.number,
                    "recorded": one.recorded.isoformat(),
                    "by": what.cause,
                    "changes": [{"heading": each.header, "before": each.before, "after": each.after} for each in what.changes],
                }
                for one, what in changes
            ]
        )
        return
    answer(f"{row.ref} {_name(row)}")
    for one, what in changes:
        answer(f"{long_date(one.recorded.date())}, {what.cause}:")
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
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Change a row in the ledger, and in the workbook unless somebody has it open."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register_rows import update_row

    pairs = [tuple(one.split("=", 1)) for one in words]
    if any(len(pair) != 2 for pair in pairs):
        raise typer.BadParameter("write each change as HEADING=WORDS, such as State=closed")
    updated = update_row(office_folders(inputs, None, None), reference, [(pair[0], pair[1]) for pair in pairs], instant(now))
    _show(updated.row, as_json=False)
    problems(updated.problems)
    remark("Recorded.")


def _show(row: RegisterRow, as_json: bool) -> None:
    if as_json:
        answer_json(_as_json(row))
        return
    for header, text in row.texts.items():
        answer(f"{header}: {text}")


def _name(row: RegisterRow) -> str:
    words = row.text("Title") or row.text("Action") or row.text("Words") or row.text("Question")
    words = " ".join(words.split())
    return words if len(words) <= 90 else f"{words[:87]}..."


def _as_json(row: RegisterRow) -> dict[str, object]:
    return {"sheet": row.sheet, "reference": row.ref, "words": row.texts}
