"""What a daily `due` costs on a day with nothing to do, in CPU seconds of the whole process."""

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.running import ROOT, RUNS, Command, Program, run_once

_START = Command("python -c pass", ("-c", "pass"))
_FIRST = Command("reportpack due", ("-m", "reportpack", "due", "--now", "2019-04-11T07:00"))
_DUE = Command("reportpack due, nothing due", ("-m", "reportpack", "due", "--now", "2019-04-12T07:00"))


def main() -> None:
    """Print the median of the runs, beside what starting Python costs."""
    print(f"Whole processes, median of {RUNS} runs on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as temporary:
        office = Path(temporary) / "office"
        shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory", "inbox"))
        program = Program(ROOT, Path(sys.executable), office)
        for command in (_FIRST, _DUE):
            run_once(command, program)
        before = (office / "inputs" / "memory" / "due.log").read_text(encoding="utf-8").count("nothing was due")
        for command in (_START, _DUE):
            costs = [run_once(command, program) for _ in range(RUNS)]
            cpu, memory = statistics.median(cost.cpu for cost in costs), statistics.median(cost.memory for cost in costs)
            print(f"  {command.name:<32} {cpu:6.2f} s CPU {memory:6.0f} MB")
        after = (office / "inputs" / "memory" / "due.log").read_text(encoding="utf-8").count("nothing was due")
        if after - before != RUNS:
            sys.exit("something was due on one of those days: this measured something else")


if __name__ == "__main__":
    main()
