"""The texts that make a machine run `due` every day: quoted so that each machine's own rules give the command back."""

import os
import re
import shlex
import subprocess
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportpack.errors import InputError
from reportpack.render.timers import Daily, cron_lines, daily, systemd_units, windows_task, with_cron_lines

_WORDS = st.text(
    st.characters(min_codepoint=32, blacklist_characters="\x7f", blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1
)
_OTHERS = st.lists(st.sampled_from(["MAILTO=a@b.example", "# mine", "", "5 4 * * * backup", "@daily x"]), max_size=6)
_SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def made(*arguments: str, folder: str = "/srv/an office", program: str = "/opt/report pack/reportpack") -> Daily:
    return daily((program, "due", *arguments), folder, f"{folder}/inputs", time(7, 5))


@given(st.lists(_WORDS, max_size=4), _WORDS)
@settings(max_examples=60, deadline=None)
def test_the_shell_that_cron_starts_reads_the_command_back(arguments: list[str], folder: str) -> None:
    one = made(*arguments, folder=f"/srv/{folder}")
    line = cron_lines(one)[1]
    assert re.search(r"(?<!\\)%", line) is None, "cron ends a command at a bare per cent sign"
    command = line.removeprefix("5 7 * * * ").replace("\\%", "%").removesuffix(" > /dev/null")
    assert shlex.split(command) == ["cd", one.folder, "&&", *one.command]


@given(_OTHERS, _OTHERS)
def test_other_lines_of_the_table_stay_as_they_are_and_ours_stand_once(before: list[str], after: list[str]) -> None:
    one = made()
    table = "".join(f"{line}\n" for line in before)
    written = with_cron_lines(table, one) + "".join(f"{line}\n" for line in after)
    later = daily(one.command, one.folder, one.inputs, time(9))
    again = with_cron_lines(with_cron_lines(written, later), later)
    assert again.splitlines() == [*before, *cron_lines(later), *after]
    assert with_cron_lines(again, later, keep=False).splitlines() == [*before, *after]


def test_a_table_without_our_lines_is_left_as_it_is_when_they_are_taken_out() -> None:
    assert with_cron_lines("# no line break at the end", made(), keep=False) == "# no line break at the end"


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("name", ["office", "an office & co", "100% off", 'say "x" $HOME \\n é', "o'neil"])
def test_systemd_takes_the_units_whatever_the_folder_is_called(name: str, tmp_path: Path) -> None:
    program = tmp_path / name / "report pack"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    one = made("--build", str(tmp_path / name / "b"), folder=str(program.parent), program=str(program))
    for suffix, text in zip(("service", "timer"), systemd_units(one), strict=True):
        (tmp_path / f"{one.name}.{suffix}").write_text(text)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    words = ["systemd-analyze", "verify", "--user", str(tmp_path / f"{one.name}.timer")]
    verified = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")


@given(st.lists(_WORDS, max_size=3), _WORDS)
@settings(max_examples=40, deadline=None)
def test_a_unit_reads_the_words_back(arguments: list[str], folder: str) -> None:
    one = made(*arguments, folder=f"/srv/{folder}")
    line = next(line for line in systemd_units(one)[0].splitlines() if line.startswith("ExecStart="))
    assert re.search(r"(?<!%)(%%)*%(?!%)", line) is None
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line.removeprefix("ExecStart="))]
    assert words == list(one.command)


def test_the_task_for_windows_has_its_elements_in_the_order_of_the_schema() -> None:
    one = made("--inputs", r"C:\the office\in puts\\", folder=r"C:\R&D <1>", program=r"C:\report pack\reportpack.exe")
    root = etree.fromstring(windows_task(one))
    names = {part.tag.removeprefix(_SPACE): [one.tag.removeprefix(_SPACE) for one in part] for part in root.iter()}
    assert names["Task"] == ["RegistrationInfo", "Triggers", "Settings", "Actions"]
    assert names["CalendarTrigger"] == ["StartBoundary", "ScheduleByDay"]
    assert names["Exec"] == ["Command", "Arguments", "WorkingDirectory"]
    texts = {part.tag.removeprefix(_SPACE): part.text for part in root.iter()}
    assert texts["Command"] == r"C:\report pack\reportpack.exe"
    assert texts["Arguments"] == r'due --inputs "C:\the office\in puts\\\\"'
    assert texts["WorkingDirectory"] == r"C:\R&D <1>"
    assert texts["StartWhenAvailable"] == "true"
    assert texts["StartBoundary"] == "2019-01-01T07:05:00"


def test_a_path_with_a_line_break_is_refused() -> None:
    with pytest.raises(InputError, match="line break"):
        made(folder="/srv/a\nb")


def test_two_folders_of_one_name_have_two_timers() -> None:
    assert made(folder="/a/office").name != made(folder="/b/office").name
