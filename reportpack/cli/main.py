"""The door: every verb of the command line, and the one place that turns an error into an exit."""

import sys

import typer

from reportpack.cli.analyse import analyse
from reportpack.errors import ReportpackError

app = typer.Typer(no_args_is_help=False, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def reportpack() -> None:
    """Briefing packs before a meeting, minutes and actions after it."""


app.command()(analyse)


def main() -> None:
    """Run the program; what stops a run is said in a sentence, and its kind is the exit code."""
    try:
        app()
    except ReportpackError as error:
        sys.stderr.write(f"{error.found}\n{error.remedy}\n")
        sys.exit(error.exit_code)
