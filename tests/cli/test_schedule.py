"""`schedule`: what is installed is what was shown, once, and only our own is ever taken away."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reportpack.errors import ExitCode

_CRONTAB = """#!/bin/sh
# The table of one user, in a file.
if [ "$1" = "-l" ]; then
  [ -f "$TABLE" ] || { echo "no crontab for tester" >&2; exit 1; }
  cat "$TABLE"
else
  cat > "$TABLE"
fi
"""
_SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$CALLS"
"""
_SCHTASKS = """#!/bin/sh
# The tasks of one machine, a file each.
case "$1" in
  /Query) [ -f "$TASKS/$3" ] || { echo "ERROR: The system cannot find the file specified." >&2; exit 1; }; cat "$TASKS/$3";;
  /Create) iconv -f utf-16 -t utf-8 "$5" > "$TASKS/$3";;
  /Delete) rm "$TASKS/$3";;
esac
"""


class Machine:
    """A user's machine with the programs it has, and an office in a folder with a space."""

    def __init__(self, folder: Path) -> None:
        self.home, self.programs, self.office = folder / "home", folder / "programs", folder / "an office"
        for one in (self.home, self.programs, self.office / "inputs"):
            one.mkdir(parents=True)

    def has(self, name: str, text: str) -> None:
        """Put a program on the path."""
        (self.programs / name).write_text(text)
        (self.programs / name).chmod(0o755)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The program as a person runs it there."""
        path = f"{self.programs}:{self._shell()}"
        here = {"HOME": str(self.home), "PATH": path, "TABLE": str(self.home / "table"), "CALLS": str(self.home / "calls")}
        command = [sys.executable, "-m", "reportpack", "schedule", *words]
        return subprocess.run(
            command, cwd=self.office, env={**here, "TASKS": str(self.home)}, capture_output=True, text=True, check=False
        )

    def _shell(self) -> Path:
        """A folder with the few programs that the stand-ins need, and none of the machine's own timers."""
        folder = self.home / "bin"
        folder.mkdir(exist_ok=True)
        for name in ("cat", "rm", "iconv"):
            found = shutil.which(name)
            if found and not (folder / name).exists():
                (folder / name).symlink_to(found)
        return folder


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_cron_gets_what_was_shown_once_and_keeps_what_was_there(machine: Machine) -> None:
    machine.has("crontab", _CRONTAB)
    table = machine.home / "table"
    table.write_text("# mine\n5 4 * * * backup\n")
    shown = machine.run("show", "--at", "06:30").stdout
    assert machine.run("install", "--at", "06:30").returncode == ExitCode.DONE
    once = table.read_text()
    assert once == f"# mine\n5 4 * * * backup\n{shown}"
    assert "already" in machine.run("install", "--at", "06:30").stderr
    assert table.read_text() == once
    machine.run("install", "--at", "08:00")
    assert table.read_text() == once.replace("30 6 * * *", "0 8 * * *")
    assert "no longer" in machine.run("remove").stderr
    assert table.read_text() == "# mine\n5 4 * * * backup\n"
    assert "Nothing is installed" in machine.run("remove").stderr


def test_a_first_table_is_begun_where_there_was_none(machine: Machine) -> None:
    machine.has("crontab", _CRONTAB)
    machine.run("install")
    assert (machine.home / "table").read_text() == machine.run("show").stdout


def test_a_table_that_cannot_be_read_is_never_written(machine: Machine) -> None:
    machine.has(
        "crontab", '#!/bin/sh\n[ "$1" = "-l" ] || touch "$TABLE"\necho "you are not allowed to use this program" >&2\nexit 1\n'
    )
    refused = machine.run("install", "--for", "cron")
    assert refused.returncode == ExitCode.OUTPUT
    assert "not allowed" in refused.stderr
    assert machine.run("show", "--for", "cron").stdout.strip() in refused.stderr, "what to put in by hand is said"
    assert not (machine.home / "table").exists()


def test_a_machine_without_the_program_says_what_to_put_in_by_hand(machine: Machine) -> None:
    for timer in ("systemd", "cron", "windows"):
        refused = machine.run("install", "--for", timer)
        assert refused.returncode == ExitCode.OUTPUT, timer
        assert "there is no program" in refused.stderr
        assert machine.run("show", "--for", timer).stdout.splitlines()[-1] in refused.stderr
    assert not (machine.home / ".config" / "systemd" / "user").exists() or not any(machine.home.rglob("*.timer"))


def test_systemd_gets_what_was_shown_and_is_told(machine: Machine) -> None:
    machine.has("systemctl", _SYSTEMCTL)
    assert machine.run("install").returncode == ExitCode.DONE
    units = {one.suffix: one for one in machine.home.rglob("reportpack-an-office-*")}
    assert set(units) == {".service", ".timer"}
    shown = machine.run("show").stdout
    for unit in units.values():
        assert unit.read_text().strip() in shown
    assert "--user enable --now" in (machine.home / "calls").read_text()
    assert "already" in machine.run("install").stderr
    assert "no longer" in machine.run("remove").stderr
    assert not any(machine.home.rglob("reportpack-an-office-*"))


def test_a_unit_of_somebody_else_under_that_name_is_left_alone(machine: Machine) -> None:
    machine.has("systemctl", _SYSTEMCTL)
    machine.run("install")
    unit = next(machine.home.rglob("*.timer"))
    unit.write_text("[Timer]\nOnCalendar=hourly\n")
    assert machine.run("install").returncode == ExitCode.REFUSED
    assert machine.run("remove").returncode == ExitCode.REFUSED
    assert unit.read_text() == "[Timer]\nOnCalendar=hourly\n"


def test_a_timer_that_systemd_refuses_leaves_no_unit_behind(machine: Machine) -> None:
    machine.has("systemctl", '#!/bin/sh\n[ "$2" = enable ] && { echo "Failed to connect to bus" >&2; exit 1; }\nexit 0\n')
    refused = machine.run("install", "--for", "systemd")
    assert refused.returncode == ExitCode.OUTPUT
    assert "Failed to connect to bus" in refused.stderr
    assert not any(machine.home.rglob("*.timer"))


@pytest.mark.needs("iconv")
def test_windows_gets_the_task_and_only_ours_is_replaced(machine: Machine) -> None:
    machine.has("schtasks", _SCHTASKS)
    assert machine.run("install", "--for", "windows").returncode == ExitCode.DONE
    task = next(machine.home.glob("reportpack-an-office-*"))
    assert task.read_text().strip() in machine.run("show", "--for", "windows").stdout
    task.write_text("<Task>somebody else's</Task>")
    assert machine.run("install", "--for", "windows").returncode == ExitCode.REFUSED
    assert machine.run("remove", "--for", "windows").returncode == ExitCode.REFUSED
    assert task.exists()
