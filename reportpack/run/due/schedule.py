"""`schedule show|install|remove`: the machine's own timer runs `reportpack due` every day. Nobody else's timers are ever touched."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import time
from enum import StrEnum
from pathlib import Path

from reportpack.errors import OutputError, RefusedError
from reportpack.records import Record
from reportpack.render.timers import MARK, Daily, cron_lines, daily, systemd_units, windows_task, with_cron_lines
from reportpack.run.office_files import Folders, write_files

_PATIENCE = 30


class Timer(StrEnum):
    """What a machine has to run something every day."""

    SYSTEMD = "systemd"
    CRON = "cron"
    WINDOWS = "windows"


class Shown(Record):
    """What install would write, and the commands that it would run: each file or table by its name, with its text."""

    texts: tuple[tuple[str, str], ...]
    commands: tuple[str, ...]


def machine_timer() -> Timer:
    """The timer that this machine has: one that answers, before one that is only installed."""
    if sys.platform == "win32":
        return Timer.WINDOWS
    if shutil.which("systemctl") and _run(("systemctl", "--user", "show-environment")).returncode == 0:
        return Timer.SYSTEMD
    return Timer.CRON if shutil.which("crontab") or not shutil.which("systemctl") else Timer.SYSTEMD


def due_daily(folders: Folders, at: time, given: Sequence[str]) -> Daily:
    """`reportpack due`, every day in the office's folder: the one that holds its inputs. `given` are further options for it."""
    beside = Path(sys.executable).with_name("reportpack.exe" if sys.platform == "win32" else "reportpack")
    program = (str(beside),) if beside.is_file() else (sys.executable, "-m", "reportpack")
    inputs = folders.inputs.absolute()
    named = () if inputs.name == "inputs" else ("--inputs", str(inputs))
    return daily((*program, "due", *named, *given), str(inputs.parent), str(inputs), at)


def show_schedule(one: Daily, timer: Timer) -> Shown:
    """The files, and the commands that put them to use, exactly."""
    if timer is Timer.SYSTEMD:
        texts = tuple((str(path), data.decode()) for path, data in _unit_files(one).items())
        return Shown(texts, tuple(" ".join(words) for words in _unit_commands(one)))
    if timer is Timer.CRON:
        return Shown((("the table of crontab -e", "\n".join(cron_lines(one)) + "\n"),), ())
    text = windows_task(one).decode("utf-16").replace("\r\n", "\n")
    return Shown(((f"{one.name}.xml", text),), (subprocess.list2cmdline(_create_task(one, f"{one.name}.xml")),))


def install_schedule(one: Daily, timer: Timer) -> str:
    """Write what `show` shows and put it to use; the same again changes nothing. What cannot be done leaves nothing behind.
    Gives a sentence for the person who did it, as removing does."""
    if timer is Timer.CRON:
        return _write_cron(one, keep=True, same="It was installed already.", new=f"It runs every day at {one.at:%H:%M}.")
    return _install_units(one) if timer is Timer.SYSTEMD else _install_task(one)


def remove_schedule(one: Daily, timer: Timer) -> str:
    """Take away what `install` made for this folder, and nothing else."""
    if timer is Timer.CRON:
        return _write_cron(one, keep=False, same="Nothing is installed for this folder.", new="It no longer runs.")
    if timer is Timer.SYSTEMD:
        return _remove_units(one)
    if not _task_of(one):
        return "Nothing is installed for this folder."
    command = ("schtasks", "/Delete", "/TN", one.name, "/F")
    _must(command, Shown((), (subprocess.list2cmdline(command),)))
    return "It no longer runs."


def _unit_files(one: Daily) -> dict[Path, bytes]:
    home = os.environ.get("XDG_CONFIG_HOME", "")
    folder = (Path(home) if home.startswith("/") else Path.home() / ".config") / "systemd" / "user"
    service, timer = systemd_units(one)
    return {folder / f"{one.name}.service": service.encode(), folder / f"{one.name}.timer": timer.encode()}


def _unit_commands(one: Daily) -> tuple[tuple[str, ...], ...]:
    return ("systemctl", "--user", "daemon-reload"), ("systemctl", "--user", "enable", "--now", f"{one.name}.timer")


def _install_units(one: Daily) -> str:
    files = _unit_files(one)
    before = {path: path.read_bytes() for path in files if path.exists()}
    _refuse_others(before, one)
    write_files(files)
    for command in _unit_commands(one):
        done = _run(command)
        if done.returncode != 0:
            for path in files.keys() - before.keys():
                path.unlink(missing_ok=True)
            write_files(before)
            raise _refused(command, done, show_schedule(one, Timer.SYSTEMD))
    stays = "It runs while you are signed in; to have it run always: loginctl enable-linger"
    if before == files:
        return f"It was installed already. {stays}"
    return f"It runs every day at {one.at:%H:%M}, or when the machine is next on. {stays}"


def _remove_units(one: Daily) -> str:
    there = {path: path.read_bytes() for path in _unit_files(one) if path.exists()}
    if not there:
        return "Nothing is installed for this folder."
    _refuse_others(there, one)
    done = _run(("systemctl", "--user", "disable", "--now", f"{one.name}.timer"))
    for path in there:
        path.unlink(missing_ok=True)
    _run(("systemctl", "--user", "daemon-reload"))
    left = "" if done.returncode == 0 else f" systemd could not be told ({_words(done)}): it forgets the timer at the next start."
    return f"It no longer runs.{left}"


def _refuse_others(there: dict[Path, bytes], one: Daily) -> None:
    for path, data in there.items():
        if not data.decode("utf-8", "replace").startswith(f"# {one.mark}\n"):
            found = f"{path} is there already, and reportpack did not make it for this folder."
            raise RefusedError(found, "Rename or remove it, then run again.")


def _write_cron(one: Daily, *, keep: bool, same: str, new: str) -> str:
    """The user's whole table is written again with our lines in it, or without; a table that cannot be read is left alone."""
    shown = show_schedule(one, Timer.CRON)
    read = _run(("crontab", "-l"))
    if read.returncode != 0 and "no crontab" not in read.stderr.casefold():
        raise _refused(("crontab", "-l"), read, shown)
    table = read.stdout if read.returncode == 0 else ""
    wanted = with_cron_lines(table, one, keep=keep)
    if wanted == table:
        return same
    _must(("crontab", "-"), shown, wanted)
    return new


def _create_task(one: Daily, file: str) -> tuple[str, ...]:
    return "schtasks", "/Create", "/TN", one.name, "/XML", file, "/F"


def _install_task(one: Daily) -> str:
    _task_of(one)  # one that is somebody else's is refused
    handle, name = tempfile.mkstemp(prefix=f"{one.name}-", suffix=".xml")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(windows_task(one))
        _must(_create_task(one, name), show_schedule(one, Timer.WINDOWS))
    finally:
        Path(name).unlink(missing_ok=True)
    return f"It runs every day at {one.at:%H:%M}, or when the machine is next on."


def _task_of(one: Daily) -> bool:
    found = _run(("schtasks", "/Query", "/TN", one.name, "/XML"))
    if found.returncode != 0:
        return False
    if MARK not in found.stdout:
        remedy = "Rename or remove it in Task Scheduler, then run again."
        raise RefusedError(f"A task called {one.name} is there already, and reportpack did not make it for this folder.", remedy)
    return True


def _run(command: Sequence[str], text: str = "") -> "subprocess.CompletedProcess[str]":
    program = shutil.which(command[0])
    if program is None:
        return subprocess.CompletedProcess(command, 127, "", f"there is no program {command[0]} here")
    try:
        return subprocess.run(  # noqa: S603 - the words are this program's own, given as words: no shell reads them
            (program, *command[1:]),
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env={**os.environ, "LC_ALL": "C"},
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 126, "", f"{command[0]} gave no answer: {type(error).__name__}")


def _words(done: "subprocess.CompletedProcess[str]") -> str:
    lines = (done.stderr.strip() or done.stdout.strip() or f"it ended with {done.returncode}").splitlines()
    return lines[0].strip().rstrip(".")


def _must(command: Sequence[str], shown: Shown, text: str = "") -> None:
    done = _run(command, text)
    if done.returncode != 0:
        raise _refused(command, done, shown)


def _refused(command: Sequence[str], done: "subprocess.CompletedProcess[str]", shown: Shown) -> OutputError:
    texts = [f"--- {name}\n{text}" for name, text in shown.texts]
    by_hand = "\n".join([*texts, *(f"    {line}" for line in shown.commands)])
    found = f"The timer could not be changed: {' '.join(command[:2])} refused ({_words(done)}). Nothing was changed."
    return OutputError(found, f"Put this in place by hand, or ask whoever looks after the machine to:\n{by_hand}".rstrip())
