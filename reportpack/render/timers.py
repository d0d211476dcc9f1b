"""The texts that make a machine run a command every day: systemd user units, a line for cron, a task for Windows.

Everything that stands in them as a path or an argument is quoted as each of the three asks. Each text carries the mark by which it is known again."""

import hashlib
import shlex
import subprocess
from datetime import time
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from reportpack import patterns as re
from reportpack.errors import InputError
from reportpack.records import Record

MARK = "Made by reportpack schedule for"


class Daily(Record):
    """A command that runs every day at a time of day, in a folder, for the inputs of one office. Every path in it is whole."""

    command: tuple[str, ...]
    folder: str
    inputs: str
    at: time

    @property
    def name(self) -> str:
        """What the machine calls it: the folder's own name, and what sets it apart from others of that name."""
        last = re.split(r"[/\\]", self.folder.rstrip("/\\"))[-1]
        slug = "-".join(re.findall(r"[a-z0-9]+", last.casefold()))[:30]
        apart = hashlib.sha256(self.inputs.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return "-".join(part for part in ("reportpack", slug, apart) if part)

    @property
    def mark(self) -> str:
        """The words by which what was made for this office is known again."""
        return f"{MARK} {self.inputs}"


def daily(command: tuple[str, ...], folder: str, inputs: str, at: time) -> Daily:
    """The daily command; InputError for a path that no timer could be told."""
    for text in (*command, folder, inputs):
        if re.search(r"[\x00-\x1f\x7f]", text):
            raise InputError(
                f"No timer can be made for the path {text!r}: it holds a line break or a control character.",
                "Rename the folder, and run it again there.",
            )
    return Daily(command, folder, inputs, at)


def systemd_units(one: Daily) -> tuple[str, str]:
    """The service and the timer. Persistent: a day on which the machine was off is made up for."""
    program, *arguments = one.command
    start = ["/usr/bin/env"] if re.search(r"[\"'\\$%]", program) else []  # systemd starts no program of such a name itself
    arguments = [*([program] if start else []), *arguments]
    words = [*(start or [_unit_word(program)]), *(_unit_word(argument.replace("$", "$$")) for argument in arguments)]
    service = (
        f"# {one.mark}\n[Unit]\nDescription=reportpack: what is due in {_specifiers(one.folder)}\n\n"
        f"[Service]\nType=oneshot\nWorkingDirectory={_specifiers(one.folder)}\nExecStart={' '.join(words)}\n"
    )
    timer = (
        f"# {one.mark}\n[Unit]\nDescription=reportpack: every day in {_specifiers(one.folder)}\n\n"
        f"[Timer]\nOnCalendar=*-*-* {one.at:%H:%M}:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )
    return service, timer


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")


def _unit_word(text: str) -> str:
    if re.fullmatch(r"[\w@+=:,./-]+", text, re.ASCII):
        return text
    escaped = _specifiers(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def cron_lines(one: Daily) -> tuple[str, str, str]:
    """The line for the user's table of cron, between the two by which it is known again. Cron itself mails what goes wrong."""
    command = f"cd {shlex.quote(one.folder)} && {shlex.join(one.command)} > /dev/null"
    line = f"{one.at.minute} {one.at.hour} * * * {command.replace('%', chr(92) + '%')}"
    return f"# {one.mark}", line, f"# End of what reportpack schedule made for {one.inputs}"


def with_cron_lines(table: str, one: Daily, *, keep: bool = True) -> str:
    """The user's table with the lines in it once, in their old place or at the end; without them when `keep` is false."""
    first, line, last = cron_lines(one)
    lines = table.splitlines()
    if first not in lines and not keep:
        return table
    start = lines.index(first) if first in lines else len(lines)
    end = lines.index(last, start) + 1 if last in lines[start:] else start + 1
    lines[start:end] = [first, line, last] if keep else []
    return "\n".join(lines) + "\n" if lines else ""


def windows_task(one: Daily) -> bytes:
    """The task as Task Scheduler takes it in: XML in UTF-16, in the order of its schema (MS-TSCH 2.5).

    StartWhenAvailable: a day on which the machine was off is made up for."""
    program, *arguments = one.command
    text = Template(Path(__file__).with_name("task.xml").read_text("utf-8")).substitute(
        description=escape(one.mark),
        at=f"{one.at:%H:%M}",
        command=escape(program),
        arguments=escape(subprocess.list2cmdline(arguments)),
        folder=escape(one.folder),
    )
    return text.replace("\n", "\r\n").encode("utf-16")
