"""What the tests of the promise audit share: a sheet of figures, the command as a user gives it, and what it says of one undertaking."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

DISTRICTS = ("Barrow Vale", "Castle Quarter", "Fenside")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def audit(folder: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The command as a user gives it, on a day after all of it."""
    command = [sys.executable, "-m", "reportpack", "audit", str(folder), "--out", str(out), "--now", "2025-02-01T09:00", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=out.parent)


def audited(folder: Path, out: Path) -> dict[str, Any]:
    """What it answers about that drive."""
    done = audit(folder, out, "--json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def came(said: dict[str, Any], words: str) -> dict[str, Any]:
    """The one undertaking with those words."""
    found: list[dict[str, Any]] = [one for one in said["undertakings"] if words in one["words"]]
    assert len(found) == 1
    return found[0]


def by_district(title: str, heads: Iterable[str], figures: Sequence[float], *, adds_up: bool = False) -> list[tuple[object, ...]]:
    """The rows of a sheet: the districts and the force, each with these figures; of counts that add up each district has a third."""
    places = [(place, *(one // 3 if adds_up else one for one in figures)) for place in DISTRICTS]
    return [(title,), (), ("District", *heads), *places, ("Eastmarch", *figures)]
