"""60 papers of 1,000 pages bound behind a pack, against the CPU that pikepdf's plain `extend` of the same files takes.

The papers are set by the program itself, each page with text, a list and a small table: about 37 elements of structure, more than a committee's paper mostly has.
"""

import io
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import pikepdf

from reportpack.read.papers.health import pdf_health
from reportpack.render.binding.binding import PaperFile, bind
from reportpack.render.binding.stamps import Stamps
from tests.render.binding.bound import sheets
from tests.render.pdf.made import made, theme

PAPERS, PAGES = 60, 1000
MOST_TIMES, MOST_MEGABYTES = 5.0, 250
_WORDS = "Victims said that they were kept informed less often than a year ago, and the plan answers it in nine strands. "


def main() -> None:
    """The files once, then each way in a process of its own."""
    if len(sys.argv) > 2:
        {"extend": _extend, "bind": _bind, "look": _look}[sys.argv[1]](Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        pages = _make(Path(folder))
        print(f"{PAPERS} papers, {pages} pages, {sum(one.stat().st_size for one in Path(folder).glob('*.pdf')) / 1e6:.0f} MB")
        plain, whole, looked = (_run(way, folder) for way in ("extend", "bind", "look"))
    times, memory = whole[0] / plain[0], whole[1]
    print(f"pikepdf's extend and save: {plain[0]:.2f} s of CPU, {plain[1]:.0f} MB")
    print(f"bound, tags merged, labelled and marked: {whole[0]:.2f} s of CPU, {memory:.0f} MB: {times:.1f} times")
    print(f"the health sheets of the same files, which `check` reads: {looked[0]:.2f} s of CPU")
    if times > MOST_TIMES or memory > MOST_MEGABYTES:
        sys.exit(f"more than {MOST_TIMES} times, or than {MOST_MEGABYTES} MB")


def _run(way: str, folder: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-m", "bench.binding", way, folder], check=True, capture_output=True, text=True)
    seconds, megabytes = done.stdout.split()
    return float(seconds), float(megabytes)


def _make(folder: Path) -> int:
    each = -(-PAGES // PAPERS)
    table = "".join(f'<tr><th scope="row">Area {row}</th><td>{row}.4%</td><td>{row + 3}.1%</td></tr>' for row in range(5))
    head = '<thead><tr><th scope="col">Area</th><th scope="col">Was</th><th scope="col">Is</th></tr></thead>'
    page = f"<p>{_WORDS * 6}</p><ul><li>One</li><li>Two</li></ul><table>{head}<tbody>{table}</tbody></table><p>{_WORDS * 8}</p>"
    total = 0
    for number in range(PAPERS):
        body = "".join(f'<h2 class="break-before">Part {part} of {number}</h2>{page}' for part in range(each))
        paper = made(body)
        total += paper.pages
        (folder / f"{number:02}.pdf").write_bytes(paper.pdf)
    return total


def _extend(folder: Path) -> None:
    begun = time.process_time()
    pdf = pikepdf.open(io.BytesIO(_pack()))
    begun = time.process_time()
    held = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in sorted(folder.glob("*.pdf")):
            held.append(pikepdf.open(path))
            pdf.pages.extend(held[-1].pages)
    pdf.save(io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for one in (pdf, *held):
        one.close()
    held.clear()
    del pdf, one  # what it takes to let the pack go counts on both sides
    _say(begun)


def _bind(folder: Path) -> None:
    names = [f"{first}{second}" for first in "ABC" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    files = [
        PaperFile(name, f"Paper {name}", path, accessible=True, whole=True)
        for name, path in zip(names, sorted(folder.glob("*.pdf")), strict=False)
    ]
    pack, dividers, stamps = _pack(), sheets(files), Stamps(theme(), {}, "OFFICIAL")
    begun = time.process_time()
    bound = bind(pack, dividers, files, stamps)
    if bound.untagged:
        sys.exit(f"the tags of {bound.untagged} were not taken")
    _say(begun)


def _look(folder: Path) -> None:
    begun = time.process_time()
    for path in folder.glob("*.pdf"):
        pdf_health(path.read_bytes(), path.name)
    _say(begun)


def _pack() -> bytes:
    return made("<p>A pack.</p>").pdf


def _say(begun: float) -> None:
    print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
