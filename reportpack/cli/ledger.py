"""`reportpack ledger`: what the program remembers, as one file and back."""

from pathlib import Path
from typing import Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import InputsOption, NowOption
from reportpack.cli.say import answer, plural, remark

app = typer.Typer(
    help="What the program remembers: back it up, restore it, undo a step.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def ledger() -> None:
    """What the program remembers: back it up, restore it, undo a step."""


@app.command()
def backup(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to (default: inputs/memory/backups).", show_default=False)
    ] = None,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Write everything that is remembered into one file, kept files too."""
    from reportpack.run.folders import office_folders
    from reportpack.run.ledger import back_up

    path, events = back_up(office_folders(inputs, None, None), file, london_day(instant(now)))
    answer(str(path))
    remark(f"{plural(events, 'event')} backed up.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup of the ledger.", show_default=False)],
    inputs: InputsOption = None,
) -> None:
    """Make the ledger again from a backup. One that is there is never overwritten."""
    from reportpack.run.folders import office_folders
    from reportpack.run.ledger import restore as restored

    remark(f"{plural(restored(office_folders(inputs, None, None), file), 'event')} restored.")


@app.command()
def undo(
    event: Annotated[int, typer.Argument(metavar="EVENT", help="Its number, as register history shows it.", show_default=False)],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept.", show_default=False)],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.", show_default=False)] = "",
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Undo a change of the register: the words before it stand again, and both are kept."""
    from reportpack.cli.say import problems
    from reportpack.run.folders import office_folders
    from reportpack.run.register_add import undo_event

    if not why.strip():
        raise typer.BadParameter("say why")
    undone = undo_event(office_folders(inputs, None, None), event, why, by, instant(now))
    for header, text in undone.row.texts.items():
        answer(f"{header}: {text}")
    problems(undone.problems)
    remark("Undone, and recorded.")
