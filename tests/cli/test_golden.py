"""What the program answers, command by command, in a copy of the worked example: a person looked at every line of it."""

import io
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportpack.cli.main import main
from tests.example import ROOT

EXPECTED = ROOT / "tests" / "golden" / "commands" / "expected"
SCRIPTS = {
    "looking": """
        --version
        register list
        register list --sheet actions
        register list --sheet pictures
        register list --sheet matters --json
        register show 1/2019
        register show 99/2019
        register history 1/2019
        register find survey
        register find zebras
        register topic satisfaction
        register topic nothing
        register topic soc --json
        meeting list
        meeting list --json
        papers list
        papers list --json
        minutes queries
        minutes queries --json
        minutes read inputs/minutes/2019-05-28-assurance.md
        why 4/2019 --edition public
        why 1/2019 M2/2018 --edition force
        why 1/2019 --json
        why 99/2019
        find satisfaction
        find zebras
        find satisfaction --most 1 --json
        due list
        send status
        send show 2019-05-28
        inbox
        inspect "inputs/performance/Victim satisfaction survey April 2019.xlsx"
        inspect inputs/nothing.xlsx
        analyse figures.csv --target 12 --better lower --rebase 2018-06-01
        analyse figures.csv --json --fix-after 12 --keep-outliers --chart chart.svg
        analyse figures.csv --better sideways
        guide
        nonsense
        register
        meeting list --on yesterday
        check
        check --json
    """,
    "changing": """
        register update 1/2019 State=closed "Evidence=a letter"
        register update 1/2019 Colour=red
        register update 4/2019 "Due=30 June 2019"
        register add action "Action=CC to write a letter." Owner=CC "Due=1 July 2019"
        register add action "Action=CC to write a letter." Owner=CC "Due=1 July 2019"
        register add picture "Words=It comes back."
        register propose 5/2019 --evidence "a letter" --update "It is sent."
        register accept 16/2018 --at 2019-05-28
        register dispute 10/2019 --at 2019-05-28 --why "nobody saw it"
        register dispute 10/2019 --at never
        register carry M2/2018 2019-06-25 --why "the survey is late" --condition "once it is in"
        register close 7/2019 --evidence "the file"
        register close 8/2019
        register settle C1/2019 kept --at 2019-05-28
        register settle C1/2019 broken
        register history M2/2018
        register export out.xlsx
        register export out.xlsx
        meeting new 2019-06-25
        meeting new 2019-06-25
        meeting new 2019-08-26
        meeting move 2019-06-25 2019-06-27 --time 11:00 --why "of the heat"
        meeting move 2019-06-25 2019-06-27 --time soon
        meeting cancel 2019-06-25 --why "of the heat"
        meeting new
        meeting calendar
        meeting list
        papers defer A 2019-05-28 --to 2019-06-25
        papers add inputs/nothing.pdf
        minutes new 2019-05-28
        minutes answer 2019-05-28 1.1 "It was not reached" --by "Ellis Wainfleet"
        minutes answer 2019-05-28 3 --not-known --by "Ellis Wainfleet" --why "nobody wrote it down"
        minutes answer 2019-05-28 3 --leave --by "Ellis Wainfleet"
        minutes answer 2019-05-28 99 "What?" --by "Ellis Wainfleet"
        minutes queries 2019-05-28
        ledger backup
        ledger undo 1 --why "a slip"
        ledger undo 60 --why "a slip"
        figure accept "Victim satisfaction survey April 2019.xlsx" B7 --by "Ellis Wainfleet" --why "It is right."
        measure add "inputs/performance/Charge to NFA ranking 2018-19 Q4.xlsx" --figure Rank --title "Rank again" --better lower
        due drop 1 --why "no need"
        send settle all --as sent --why "They have it" --by "Ellis Wainfleet"
        inbox accept 1 --by "Ellis Wainfleet"
        inbox refuse 1 --why "no" --by "Ellis Wainfleet"
        release 2019-05-28 --by "Ellis Wainfleet" --yes
        pack 2019-05-28
        release 2019-05-28 --by "Ellis Wainfleet" --edition force --lines 2.1-1
        release 2019-05-28 --by "Ellis Wainfleet" --edition force --lines 2.1-1 --yes
        publish 2019-05-28 --by "Ellis Wainfleet" --yes
        send letters 2019-05-28 --dry-run
        send status
        annex issue 2019-05-28
        annex agree 2019-05-28
        annex corrections 2019-05-28
        annex accept 2019-05-28 1 --by "Ellis Wainfleet"
        register list
    """,
}
FIGURES = "month,figure\n" + "".join(f"2018-{at:02},{10 + at * 7 % 5}\n" for at in range(1, 13)) + "2019-01,30\n2019-02,31\n"


def as_told(text: str, office: Path) -> str:
    """Without what is this run's alone: its folder, and what is known by its bytes."""
    text = text.replace(str(office), "OFFICE").replace(str(ROOT), "PROGRAM")
    text = re.sub(r"\b[0-9a-f]{16,64}\b", "SHA256", text)
    text = re.sub(r"\d+(?:\.\d)? [KM]B\b", "SIZE", text)
    return re.sub(r"(?<=reportpack )\d+\.\d+\.\d+\S*( \([0-9a-f]+\))?", "VERSION", text)


@pytest.mark.parametrize("script", list(SCRIPTS))
def test_what_the_program_answers(
    script: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    golden: Callable[[Path, str], None],
) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None)  # the program is called by its name
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "figures.csv").write_text(FIGURES, encoding="utf-8")
    told = []
    for line in SCRIPTS[script].strip().splitlines():
        monkeypatch.setattr(sys, "argv", ["reportpack", "--now", "2019-06-03T09:00", *shlex.split(line)])
        code: object = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        said = capfd.readouterr()
        beside = "".join(f"| {one}\n" for one in said.err.splitlines())
        told.append(f"$ reportpack {line.strip()}\n{said.out}{beside}= {code}\n")
    golden(EXPECTED / f"{script}.txt", as_told("\n".join(told), tmp_path))
