"""`reportpack register propose`, `accept`, `dispute`, `carry`: one step in the life of a row; and how a row is shown."""

from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import InputsOption, NowOption
from reportpack.cli.say import answer, answer_json, problems, remark
from reportpack.model.register_row import RegisterRow
from reportpack.run.steps.as_json import row_json

if TYPE_CHECKING:
    from reportpack.run.register.rows import Updated

Reference = Annotated[str, typer.Argument(metavar="REFERENCE", help="Such as 12/2019 or M3/2019.", show_default=False)]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; it is kept.", show_default=False)]
AtOption = Annotated[str, typer.Option("--at", metavar="MEETING", help="The meeting that said so.", show_default=False)]


def propose(
    reference: Reference,
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help="Where it can be seen.", show_default=False)],
    update: Annotated[str, typer.Option("--update", metavar="TEXT", help="What was done.", show_default=False)] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Say that an action is done, and where that can be seen; a meeting accepts or disputes it."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.steps import propose_complete

    recorded(propose_complete(office_folders(inputs, None, None), reference, evidence, update, instant(now)))


def accept(reference: Reference, at: AtOption, inputs: InputsOption = None, now: NowOption = None) -> None:
    """Record that a meeting accepted that an action is done."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.steps import accept as accepted

    moment = instant(now)
    recorded(accepted(office_folders(inputs, None, None), reference, at, london_day(moment), moment))


def dispute(reference: Reference, at: AtOption, why: WhyOption = "", inputs: InputsOption = None, now: NowOption = None) -> None:
    """Record that a meeting did not accept that an action is done."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.steps import dispute as disputed

    moment = instant(now)
    recorded(disputed(office_folders(inputs, None, None), reference, at, why, london_day(moment), moment))


def carry(
    reference: Reference,
    meeting: Annotated[
        str,
        typer.Argument(
            metavar="MEETING", help="The meeting it comes back to: a month and year, a date or an id.", show_default=False
        ),
    ],
    why: WhyOption = "",
    condition: Annotated[
        str, typer.Option("--condition", metavar="TEXT", help="What has to happen first.", show_default=False)
    ] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Put a matter off again; every meeting that it was due at is kept."""
    from reportpack.run.folders import office_folders
    from reportpack.run.register.steps import carry as carried

    recorded(carried(office_folders(inputs, None, None), reference, meeting, why, condition, instant(now)))


def recorded(updated: "Updated") -> None:
    """Show the row as it stands after a change, and say that it was recorded."""
    show_row(updated.row, as_json=False)
    problems(updated.problems)
    remark("Recorded.")


def show_row(row: RegisterRow, as_json: bool) -> None:
    """A row whole, a line a heading."""
    if as_json:
        answer_json(row_json(row))
        return
    for header, text in row.texts.items():
        answer(f"{header}: {text}")
