"""What a person waits for: `--help`, and the example's pack from nothing to written, in CPU seconds of the whole process.

As it is once installed: with bytecode, which the first run leaves in a folder of the benchmark's own. Each first pack begins without a
ledger, and writes every file; the pack built again finds the ledger and the files of the one before.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 5
PACK = [sys.executable, "-m", "reportpack", "pack"]
COMMANDS = (
    ("python -c pass", [sys.executable, "-c", "pass"], False),
    ("reportpack --help", [sys.executable, "-m", "reportpack", "--help"], False),
    ("reportpack (where you are)", [sys.executable, "-m", "reportpack"], False),
    ("reportpack pack (the example)", PACK, True),
    ("reportpack pack (built again)", PACK, False),
)
"""What each line measures, and whether every run of it begins anew."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of a whole process: CPU seconds (user and system) and peak memory in MB."""

    cpu: float
    memory: float


def run_once(command: list[str], folder: Path) -> Cost:
    """Start it, wait for it, and ask the operating system what it took."""
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet, env=_environment(folder))
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder.parent / "bytecode")}


def begin_anew(office: Path) -> None:
    """An office that has never built anything: no ledger, no pages."""
    for folder in (office / "inputs" / "memory", office / "build"):
        shutil.rmtree(folder, ignore_errors=True)


def measure(command: list[str], office: Path, *, anew: bool) -> list[Cost]:
    """The costs of its runs, after one that is not counted."""
    costs = []
    for _ in range(RUNS + 1):
        if anew:
            begin_anew(office)
        costs.append(run_once(command, office))
    return costs[1:]


def main() -> None:
    """Print a line a command: the median of its runs."""
    print(f"Whole processes, median of {RUNS} runs on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as temporary:
        office = Path(temporary) / "office"
        shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory"))
        for name, command, anew in COMMANDS:
            costs = measure(command, office, anew=anew)
            cpu, memory = statistics.median(cost.cpu for cost in costs), statistics.median(cost.memory for cost in costs)
            print(f"  {name:<32} {cpu:6.2f} s CPU {memory:6.0f} MB")


if __name__ == "__main__":
    main()
