"""`reportpack ledger`: what the program remembers, as one file and back."""

from pathlib import Path
from typing import Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import InputsOption, NowOption
from reportpack.cli.say import answer, plural, remark

app = typer.Typer(help="What the program remembers: back it up, restore it.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def ledger() -> None:
    """What the program remembers: back it up, restore it."""


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
