"""`reportpack schedule`: the machine's own timer runs `due` every day."""

import shlex
from datetime import time
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, read_time, told, verb
from reportpack.cli.say import answer, remark

if TYPE_CHECKING:
    from reportpack.render.timers import Daily
    from reportpack.run.due.schedule import Timer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


AtOption = Annotated[time, typer.Option("--at", metavar="TIME", parser=read_time, help="When, by the machine's own clock.")]
ForOption = Annotated[str, told("--for", "TIMER", "systemd, cron or windows (default: what this machine has).")]
_SEVEN = "07:00"


@app.callback()
def schedule() -> None:
    """Have the machine run `due` every day."""


@verb(app, "build", "templates")
def show(
    asked: Asked,
    at: AtOption = _SEVEN,  # type: ignore[assignment]  # typer parses a default as it does what is typed
    timer: ForOption = "",
) -> None:
    """Show the files and the commands, exactly; change nothing."""
    from reportpack.run.due.schedule import show_schedule

    shown = show_schedule(*_meant(asked, at, timer))
    for name, text in shown.texts:
        remark(f"--- {name}")
        answer(text.rstrip("\n"))
    if shown.commands:
        remark("--- then")
    answer(*shown.commands)


@verb(app, "build", "templates")
def install(asked: Asked, at: AtOption = _SEVEN, timer: ForOption = "") -> None:  # type: ignore[assignment]
    """Have this machine run `due` every day, from now on."""
    from reportpack.run.due.schedule import install_schedule

    one, which = _meant(asked, at, timer)
    done = install_schedule(one, which)
    answer(f"{which.value}: {shlex.join(one.command)}")
    remark(done)


@verb(app, "build", "templates")
def remove(asked: Asked, timer: ForOption = "") -> None:
    """Take away what install made for this folder, and nothing else."""
    from reportpack.run.due.schedule import remove_schedule

    remark(remove_schedule(*_meant(asked, time(7), timer)))


def _meant(asked: Asked, at: time, timer: str) -> tuple["Daily", "Timer"]:
    from reportpack.run.due.schedule import Timer, due_daily, machine_timer

    if timer and timer not in list(Timer):
        raise typer.BadParameter(f"{timer!r} is none of {', '.join(Timer)}", param_hint="--for")
    named = (("--build", asked.build), ("--templates", asked.templates))
    given = [word for name, path in named if path is not None for word in (name, str(path.absolute()))]
    return due_daily(asked.folders, at, given), Timer(timer) if timer else machine_timer()
