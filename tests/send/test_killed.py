"""Runs killed at any moment, servers that fail at any step: nobody has a letter twice, and what is not surely there is said."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportpack.ledger import open_ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.outbox import LetterStanding, LetterState
from reportpack.run.office_files import Folders
from tests.send.killed import MEETING, run
from tests.send.servers import Fault, FaultyServer, faulty

ROOT = Path(__file__).parents[2]
COUNT = 12
ROUNDS = int(os.environ.get("REPORTPACK_KILLS", "2"))


def standing(folders: Folders) -> dict[str, LetterStanding]:
    with open_ledger(folders.memory) as ledger:
        return {one.letter.to.email: one for one in letters_standing(ledger.letters(MEETING))}


def check(folders: Folders, server: FaultyServer) -> None:
    """Everybody has one at most; who has none is not said to have it; who has one is not said to lack it for sure."""
    for email, one in standing(folders).items():
        taken = server.to(email)
        assert taken <= 1, f"{email} has {taken}"
        if one.state is LetterState.SENT:
            assert taken == 1, f"{email} is said to have it and has not"
        if one.state in (LetterState.WAITING, LetterState.REFUSED):
            assert taken == 0, f"{email} has it and is said not to"


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_run_killed_at_any_moment_leaves_nobody_with_two(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not a secret
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    folders.inputs.mkdir()
    steps = ("connect", "MAIL", "RCPT", "DATA", "dot")
    faults = [Fault(chance.choice(steps), times=1, after=chance.randrange(COUNT)) for _ in range(2)]
    faults.append(Fault("dot", seconds=0.02, times=COUNT * 5))
    with faulty(*faults) as server:
        for _ in range(3):
            words = (str(folders.inputs), str(folders.build), str(server.port), str(COUNT))
            sending = subprocess.Popen([sys.executable, "-m", "tests.send.killed", *words], cwd=ROOT, stderr=subprocess.DEVNULL)
            begun = len(server.taken)
            wait = time.monotonic() + 20
            stop_at = begun + chance.randrange(1, 5)
            while sending.poll() is None and len(server.taken) < stop_at and time.monotonic() < wait:
                time.sleep(0.001)
            time.sleep(chance.random() * 0.01)
            if sending.poll() is None:
                sending.send_signal(signal.SIGKILL)
            sending.wait()
            time.sleep(0.05)  # what the dead run had handed over arrives
            check(folders, server)
        server.faults.clear()
        run(folders, server.port, COUNT)
        report = run(folders, server.port, COUNT)
    check(folders, server)
    last = standing(folders)
    assert len(last) == COUNT
    assert {one.state for one in last.values()} <= {LetterState.SENT, LetterState.UNCERTAIN}
    assert not report.fresh
    assert {one.letter.to.email for one in report.missing} == {
        email for email, one in last.items() if one.state is LetterState.UNCERTAIN
    }
