"""The door: where you are, or one of the verbs; and the one place that turns an error into an exit."""

import gc
import sys
from typing import Annotated

import typer

from reportpack.cli.options import InputsOption, NowOption
from reportpack.cli.verbs import VerbGroup
from reportpack.errors import ExitCode, ReportpackError

app = typer.Typer(
    cls=VerbGroup,
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        from reportpack.run.program import program_version

        typer.echo(f"reportpack {program_version()}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", help="Say which program this is.", callback=_print_version, is_eager=True)
]


@app.callback(invoke_without_command=True)
def reportpack(
    context: typer.Context,
    inputs: InputsOption = None,
    now: NowOption = None,
    version: VersionOption = False,  # noqa: ARG001 - its callback prints it
) -> None:
    """Briefing packs before a meeting, minutes and actions after it. Alone, it says where you are."""
    if context.invoked_subcommand is None:
        from reportpack.cli.status import status

        status(inputs, now)


def main() -> None:
    """Run the program; what stops a run is said in a sentence, and its kind is the exit code."""
    try:
        app()
    except ReportpackError as error:
        sys.stderr.write(f"{error.found}\n{error.remedy}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Files are as they were.\n")
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - a fault of our own is said too, and its details kept for whoever mends it
        sys.stderr.write(f"reportpack has a fault of its own ({type(error).__name__}: {error}). Nothing more was written.\n")
        sys.stderr.write(f"Send this file to whoever looks after the program: {_keep_details()}\n")
        sys.exit(ExitCode.BUG)
    finally:
        gc.freeze()  # the interpreter need not look for cycles among everything once more before it goes


def _keep_details() -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="reportpack-fault-", suffix=".txt", delete=False, encoding="utf-8") as details:
        traceback.print_exc(file=details)
    return details.name
