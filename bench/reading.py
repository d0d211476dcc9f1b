"""Reading a large workbook: our time and peak memory beside pandas with openpyxl on the same file, in one run.

    python -m bench.reading [ROWS]

Makes a workbook of ROWS (100,000) rows and 16 columns: names, dates, counts and percentages. Each reader runs in a process of its
own. Ours gives values with number formats, errors, formulas and merges; pandas gives values.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.cell import WriteOnlyCell

COLUMNS = 16
READERS = {
    "reportpack": "from reportpack.read.workbook import read_workbook; from pathlib import Path\n"
    "book, problems = read_workbook(Path(sys.argv[1]), 'figures.xlsx'); cells = sum(map(len, book.sheets[0].rows))",
    "pandas with openpyxl": "import pandas\n"
    "frame = pandas.read_excel(sys.argv[1], engine='openpyxl', header=None, sheet_name=None)['Data']; cells = frame.size",
}
PROGRAM = """
import json, resource, sys, time
start = time.perf_counter()
{reader}
seconds = time.perf_counter() - start
print(json.dumps([cells, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def write_workbook(path: Path, rows: int) -> None:
    """The same numbers every time."""
    numbers = random.Random(1)  # noqa: S311 - figures for a benchmark, not a secret
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append([f"Column {number}" for number in range(COLUMNS)])
    for row in range(rows):
        per_cents = [WriteOnlyCell(sheet, numbers.random()) for _ in range(2)]
        for cell in per_cents:
            cell.number_format = "0.0%"
        counts = [numbers.randrange(100_000) for _ in range(COLUMNS - 4)]
        sheet.append([f"Force {row % 43}", date(2019, 1 + row % 12, 1), *counts, *per_cents])
    book.save(path)


def measure(reader: str, path: Path) -> tuple[int, float, float]:
    """Cells read, seconds and peak MB of one reader in its own process."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(reader=READERS[reader]), str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )
    cells, seconds, memory = json.loads(run.stdout)
    return cells, seconds, memory


def main(rows: int) -> None:
    """Print a line for each reader and the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.xlsx"
        write_workbook(path, rows)
        print(f"reading {path.name}: {rows:,} rows, {COLUMNS} columns, {path.stat().st_size / 2**20:.0f} MB")
        results = {reader: measure(reader, path) for reader in READERS}
    for reader, (cells, seconds, memory) in results.items():
        print(f"  {reader:22} {cells:>10,} cells {seconds:7.2f} s {memory:7.0f} MB")
    (_, ours, our_memory), (_, theirs, their_memory) = results.values()
    print(f"  pandas with openpyxl takes {theirs / ours:.1f} times our time and {their_memory / our_memory:.1f} times our memory")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
