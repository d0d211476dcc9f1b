"""`reportpack schedule`: the machine's own timer runs `due` every day."""

import shlex
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import BuildOption, InputsOption, TemplatesOption, read_time
from reportpack.cli.say import answer, remark

if TYPE_CHECKING:
    from reportpack.render.timers import Daily
    from reportpack.run.due.schedule import Timer

app = typer.Typer(help="Have the machine run `due` every day.", no_args_is_help=True, rich_markup_mode=None)


AtOption = Annotated[time, typer.Option("--at", metavar="TIME", parser=read_time, help="When, by the machine's own clock.")]
ForOption = Annotated[
    str,
    typer.Option("--for", metavar="TIMER", help="systemd, cron or windows (default: what this machine has).", show_default=False),
]
_SEVEN = "07:00"


@app.callback()
def schedule() -> None:
    """Have the machine run `due` every day."""


@app.command()
def show(
    at: AtOption = _SEVEN,  # type: ignore[assignment]  # typer parses a default as it does what is typed
    timer: ForOption = "",
    inputs: InputsOption = None,
    build: BuildOption = None,
    templates: TemplatesOption = None,
) -> None:
    """Show the files and the commands, exactly; change nothing."""
    from reportpack.run.due.schedule import show_schedule

    one, which = _asked(at, timer, inputs, build, templates)
    shown = show_schedule(one, which)
    for name, text in shown.texts:
        remark(f"--- {name}")
        answer(text.rstrip("\n"))
    if shown.commands:
        remark("--- then")
    for command in shown.commands:
        answer(command)


@app.command()
def install(
    at: AtOption = _SEVEN,  # type: ignore[assignment]
    timer: ForOption = "",
    inputs: InputsOption = None,
    build: BuildOption = None,
    templates: TemplatesOption = None,
) -> None:
    """Have this machine run `due` every day, from now on."""
    from reportpack.run.due.schedule import install_schedule

    one, which = _asked(at, timer, inputs, build, templates)
    done = install_schedule(one, which)
    answer(f"{done.timer.value}: {shlex.join(one.command)}")
    remark(done.said)


@app.command()
def remove(
    timer: ForOption = "", inputs: InputsOption = None, build: BuildOption = None, templates: TemplatesOption = None
) -> None:
    """Take away what install made for this folder, and nothing else."""
    from reportpack.run.due.schedule import remove_schedule

    one, which = _asked(time(7), timer, inputs, build, templates)
    remark(remove_schedule(one, which).said)


def _asked(at: time, timer: str, inputs: Path | None, build: Path | None, templates: Path | None) -> tuple["Daily", "Timer"]:
    from reportpack.run.due.schedule import Timer, due_daily, machine_timer
    from reportpack.run.folders import office_folders

    folders = office_folders(inputs, build, templates)
    if timer and timer not in list(Timer):
        raise typer.BadParameter(f"{timer!r} is none of {', '.join(Timer)}", param_hint="--for")
    named = (("--build", build), ("--templates", templates))
    given = [word for name, path in named if path is not None for word in (name, str(path.absolute()))]
    return due_daily(folders, at, given), Timer(timer) if timer else machine_timer()
