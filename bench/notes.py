"""Reading the notes of many meetings: seconds of CPU and peak memory, beside python-docx with one pattern for "Action:" on the same files.

    python -m bench.notes [COUNT]

Makes COUNT (1,000) notes in the shapes of the example's, half of them plain text and half Word, each with words and names of its own.
Each reader runs in a process of its own. Ours gives items, people, actions with owners and dates, commitments, statements, figures and
queries; the other gives the lines that begin with "Action".
"""

import json
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import docx

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "inputs" / "minutes" / "2019-05-28-assurance.md"
READERS = {
    "reportpack": """
from reportpack.read.minutes.reading import read_minutes
found = 0
for path in paths:
    minutes, _ = read_minutes(path, path.name, None)
    found += sum(action.marked for action in minutes.actions)
""",
    "python-docx and a pattern": """
import re
import docx
label = re.compile(r"actions?(?: arising)?:", re.IGNORECASE)
found = 0
for path in paths:
    lines = [one.text for one in docx.Document(path).paragraphs] if path.suffix == ".docx" else path.read_text().splitlines()
    found += sum(label.match(line) is not None for line in lines)
""",
}
PROGRAM = """
import json, resource, sys
from pathlib import Path
paths = sorted(Path(sys.argv[1]).iterdir())
{reader}
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([found, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def write_notes(folder: Path, count: int) -> None:
    """The same notes every time: the example's paragraphs in other orders, on other days, with other names and numbers."""
    chance = random.Random(1)  # noqa: S311 - words for a benchmark, not a secret
    text = EXAMPLE.read_text(encoding="utf-8")
    head, _, body = text.partition("\n## ")
    sections = [f"## {part}" for part in body.split("\n## ")]
    for number in range(count):
        chosen = [sections[0], *chance.sample(sections[1:-1], len(sections) - 2), sections[-1]]
        made = "\n".join((head, *chosen))
        made = re.sub(r"\b\d\d?%", lambda _: f"{chance.randrange(5, 95)}%", made)
        made = made.replace("28 May 2019", f"{chance.randrange(1, 28)} May {2000 + number % 20}")
        if number % 2:
            document = docx.Document()
            for line in made.splitlines():
                document.add_paragraph(line.lstrip("#- "), style="List Bullet" if line.startswith("- ") else None)
            document.save(str(folder / f"{number:05}.docx"))
        else:
            (folder / f"{number:05}.txt").write_text(made, encoding="utf-8")


def measure(reader: str, folder: Path) -> tuple[int, float, float]:
    """Actions found, CPU seconds and peak MB of one reader in its own process."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(reader=READERS[reader]), str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    found, seconds, memory = json.loads(run.stdout)
    return found, seconds, memory


def main(count: int) -> None:
    """Print a line for each reader."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        writing = multiprocessing.get_context("spawn").Process(target=write_notes, args=(folder, count))
        writing.start()  # in a process of its own: a child's peak begins with what its parent holds
        writing.join()
        print(f"reading the notes of {count:,} meetings, {sum(path.stat().st_size for path in folder.iterdir()) / 2**20:.0f} MB")
        for reader in READERS:
            found, seconds, memory = measure(reader, folder)
            print(
                f"  {reader:26} {found:>7,} actions {seconds:7.1f} s CPU {1000 * seconds / count:6.1f} ms each {memory:6.0f} MB"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
