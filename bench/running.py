"""What a person waits for: `--help`, where you are, `due`, and the example's pack from nothing to written, in CPU seconds of the whole process.

As it is once installed: with bytecode, which the first run leaves in a folder of the benchmark's own. Each first pack begins without a
ledger, and writes every file; the pack built again finds the ledger and the files of the one before.

`--against REVISION` (or a folder with a program and its `.venv`) runs another program in turn with this one, each in an office of its own, and
prints the median of the pairs' ratios: below 1 this one is cheaper.
"""

import argparse
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
WORKBOOK = "performance/Victim satisfaction*.xlsx"


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and what is done to the office before: begun anew, or one cell of a workbook changed."""

    name: str
    words: tuple[str, ...]
    anew: bool = False
    changed: bool = False


COMMANDS = (
    Command("python -c pass", ("-c", "pass")),
    Command("reportpack --help", ("-m", "reportpack", "--help")),
    Command("reportpack (where you are)", ("-m", "reportpack")),
    Command("reportpack pack (the example)", ("-m", "reportpack", "pack"), anew=True),
    Command("reportpack pack (built again)", ("-m", "reportpack", "pack")),
    Command("reportpack pack (a cell changed)", ("-m", "reportpack", "pack"), changed=True),
    Command("reportpack due (nothing to do)", ("-m", "reportpack", "due")),
)


@dataclass(frozen=True, slots=True)
class Program:
    """A program: its source, the Python of its environment, and the office that it runs in."""

    root: Path
    python: Path
    office: Path


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of a whole process: CPU seconds (user and system) and peak memory in MB."""

    cpu: float
    memory: float


def run_once(command: Command, program: Program) -> Cost:
    """Start it, wait for it, and ask the operating system what it took."""
    quiet = subprocess.DEVNULL
    words: list[str | Path] = [program.python, *command.words]
    child = subprocess.Popen(words, cwd=program.office, stdout=quiet, stderr=quiet, env=_environment(program))
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command.name} of {program.root} ended with {child.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))


def _environment(program: Program) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(program.root), "PYTHONPYCACHEPREFIX": str(program.office.parent / "bytecode")}


def make_ready(command: Command, program: Program, turn: int) -> None:
    """Put the office in the state that the command is measured in."""
    if command.anew:
        for folder in (program.office / "inputs" / "memory", program.office / "build"):
            shutil.rmtree(folder, ignore_errors=True)
    if command.changed:
        change_a_cell(next((program.office / "inputs").glob(WORKBOOK)), turn)


def change_a_cell(workbook: Path, turn: int) -> None:
    """Another number in the last row of the first sheet that ends with one."""
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    cells = [row[-1] for sheet in book.worksheets for row in sheet.iter_rows() if row]
    cell, value = [(cell, cell.value) for cell in cells if isinstance(cell.value, float)][-1]
    cell.value = value + (turn + 1) / 1000
    book.save(workbook)


def measure(command: Command, programs: list[Program]) -> list[list[Cost]]:
    """For each program the costs of its runs, in turn with the other's, after one that is not counted."""
    costs: list[list[Cost]] = [[] for _ in programs]
    for turn in range(RUNS + 1):
        order = list(enumerate(programs))
        for index, program in order if turn % 2 else order[::-1]:
            make_ready(command, program, turn)
            costs[index].append(run_once(command, program))
    return [each[1:] for each in costs]


def program_at(root: Path, python: Path, folder: Path) -> Program:
    """The program with an office of its own, which is the example as it stands here."""
    office = folder / "office"
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory"))
    return Program(root, python, office)


def other_program(against: str, folder: Path) -> Program:
    """The program of a folder with its `.venv`, or of a revision: cloned, with an environment of its own by its own lock."""
    root = Path(against).resolve()
    if not (root / "reportpack").is_dir():
        root = folder / "program"
        lock = root / "requirements" / "run.txt"
        subprocess.run(["git", "clone", "--quiet", ROOT, root], check=True)
        subprocess.run(["git", "-C", root, "checkout", "--quiet", against], check=True)
        subprocess.run([sys.executable, "-m", "venv", root / ".venv"], check=True)
        subprocess.run([_python(root), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], check=True)
    return program_at(root, _python(root), folder)


def _python(root: Path) -> Path:
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> None:
    """Print a line a command: the median of its runs, and beside another program the ratios."""
    parser = argparse.ArgumentParser(prog="python -m bench running")
    parser.add_argument(
        "--against", default="", metavar="REVISION", help="another program: a revision, or a folder with its .venv"
    )
    against = parser.parse_args().against
    with tempfile.TemporaryDirectory() as temporary:
        programs = [program_at(ROOT, Path(sys.executable), Path(temporary) / "this")]
        programs += [other_program(against, Path(temporary) / "other")] if against else []
        print(f"Whole processes, median of {RUNS} runs on {os.cpu_count()} processors{f', against {against}' if against else ''}")
        for command in COMMANDS:
            print(line(command, measure(command, programs)), flush=True)


def line(command: Command, costs: list[list[Cost]]) -> str:
    """What the runs took, and the ratio of CPU and of memory to the other program's."""
    cpu, memory = (statistics.median(values) for values in zip(*((cost.cpu, cost.memory) for cost in costs[0]), strict=True))
    said = f"  {command.name:<34} {cpu:6.2f} s CPU {memory:6.0f} MB"
    if len(costs) == 1:
        return said
    pairs = list(zip(*costs, strict=True))
    ratios = (statistics.median(ours.cpu / theirs.cpu for ours, theirs in pairs), _memory(pairs))
    return f"{said}   CPU x {ratios[0]:.2f}, memory x {ratios[1]:.2f}"


def _memory(pairs: list[tuple[Cost, ...]]) -> float:
    return statistics.median(ours.memory / theirs.memory for ours, theirs in pairs)


if __name__ == "__main__":
    main()
