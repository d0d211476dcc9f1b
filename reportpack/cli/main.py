"""The door: where you are, or one of the verbs; and the one place that turns an error into an exit."""

import gc
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from reportpack.cli.options import InputsOption, NowOption, instant, london_day
from reportpack.cli.say import answer, plural
from reportpack.cli.verbs import VerbGroup
from reportpack.errors import ExitCode, ReportpackError
from reportpack.model.period import long_date

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


_VERSION = typer.Option("--version", help="Say which program this is.", callback=_print_version, is_eager=True)


@app.callback(invoke_without_command=True)
def reportpack(
    context: typer.Context,
    inputs: InputsOption = None,
    now: NowOption = None,
    version: Annotated[bool, _VERSION] = False,  # noqa: ARG001 - its callback prints it
) -> None:
    """Briefing packs before a meeting, minutes and actions after it. Alone, it says where you are."""
    if context.invoked_subcommand is None:
        _status(inputs, now)


def _status(inputs: Path | None, now: datetime | None) -> None:
    folder = inputs or Path("inputs")
    if not folder.is_dir():
        answer("There is no office here: no folder called inputs.")
        answer("Go to your office's folder, or make a new one:  reportpack init FOLDER")
        answer("Every command:                                  reportpack --help")
        return
    from reportpack.run.office_files import office_folders
    from reportpack.run.status import office_status

    moment = instant(now)
    found = office_status(office_folders(inputs, None, None), moment, london_day(moment))
    answer(found.office)
    if found.meeting is not None:
        when = f"in {plural(found.days, 'day')}" if found.days > 0 else "today" if found.days == 0 else "held"
        answer(f"{found.meeting.title}, {long_date(found.meeting.day)} ({when}): {found.meeting.id}")
    waits, gaps = [one.words for one in found.waiting], [f"{one.found} {one.remedy}" for one in found.gaps]
    decisions = sum(one.decisions for one in found.waiting)
    if decisions:
        taken = f"{found.taken} taken since the first of the month, of the ten that one may ask"
        waits.append(f"{plural(decisions, 'decision')} in all; {taken}")
    parts = (("In", found.there), ("Missing", found.missing), ("Waits", waits), ("Gaps", gaps), ("Figures", found.awaited))
    for heading, lines in parts:
        for number, line in enumerate(lines):
            answer(f"{heading + ':' if number == 0 else '':<9}{line}")
    if found.rehearsed is not None:
        answer(f"Backups: one was restored on trial on {long_date(found.rehearsed)}")
    answer(f"Next:    {found.command}")
    if found.proposed is not None:
        day = found.proposed.day
        when = long_date(day) if day is not None else f"in {found.proposed.by_rule:%B %Y}"
        command = "reportpack meeting new" if day is not None else f"reportpack meeting new {found.proposed.by_rule:%Y-%m}-DD"
        answer(f"The next by the series' own rule is {when}: {command}")
    answer("Every command: reportpack --help")


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
        import tempfile
        import traceback

        with tempfile.NamedTemporaryFile("w", prefix="reportpack-fault-", suffix=".txt", delete=False, encoding="utf-8") as file:
            traceback.print_exc(file=file)
        sys.stderr.write(f"reportpack has a fault of its own ({type(error).__name__}: {error}). Nothing more was written.\n")
        sys.stderr.write(f"Send this file to whoever looks after the program: {file.name}\n")
        sys.exit(ExitCode.BUG)
    finally:
        gc.freeze()  # the interpreter need not look for cycles among everything once more before it goes
