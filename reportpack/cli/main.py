"""The door: every verb of the command line, and the one place that turns an error into an exit."""

import gc
import sys

import typer

from reportpack.cli import annex, due, inbox, ledger, measure, meeting, minutes, register, schedule, send
from reportpack.cli.analyse import analyse
from reportpack.cli.check import check
from reportpack.cli.init import init
from reportpack.cli.inspect import inspect
from reportpack.cli.options import InputsOption, NowOption
from reportpack.cli.pack import pack
from reportpack.cli.publish import publish
from reportpack.cli.release import release
from reportpack.cli.render import render
from reportpack.cli.status import status
from reportpack.cli.why import why
from reportpack.errors import ExitCode, ReportpackError

app = typer.Typer(
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def reportpack(context: typer.Context, inputs: InputsOption = None, now: NowOption = None) -> None:
    """Briefing packs before a meeting, minutes and actions after it. Alone, it says where you are."""
    if context.invoked_subcommand is None:
        status(inputs, now)


app.command(short_help="What should be put right")(check)
app.command(short_help="Build the briefing pack")(pack)
app.add_typer(annex.app, name="annex", short_help="Make the notes of a meeting into the annex")
app.command(short_help="Let a document out, as you saw it")(release)
app.command(short_help="Put a released public edition out for the web site")(publish)
app.add_typer(send.app, name="send", short_help="Send what was released to the people who get it")
app.add_typer(meeting.app, name="meeting", short_help="The meetings that are set")
app.add_typer(minutes.app, name="minutes", short_help="The notes taken at meetings")
app.add_typer(measure.app, name="measure", short_help="What is measured, and where its figures stand")
app.add_typer(register.app, name="register", short_help="Matters, actions, commitments, questions")
app.add_typer(ledger.app, name="ledger", short_help="What the program remembers: back up, restore, erase")
app.add_typer(due.app, name="due", short_help="Do what fell due, once")
app.add_typer(inbox.app, name="inbox", short_help="Replies that came back")
app.add_typer(schedule.app, name="schedule", short_help="Have the machine run `due` every day")
app.command(short_help="Why something is or is not in an edition")(why)
app.command(short_help="How a workbook is read")(inspect)
app.command(short_help="What an XmR chart says of a csv file")(analyse)
app.command(short_help="Set a page source as a PDF")(render)
app.command(short_help="Make a new office's folder")(init)


def main() -> None:
    """Run the program; what stops a run is said in a sentence, and its kind is the exit code."""
    gc.set_threshold(1_000_000, 50, 50)  # a run is short and makes few cycles: collecting rarely saves a tenth of its time
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
