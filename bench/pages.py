"""Setting pages: our CPU, memory and size beside WeasyPrint, Typst and platypus, from one page source, in one run.

    python -m bench.pages [SOURCE.html [PAGES ...]]

Without a page source the example's pack is built and taken. It is repeated until it fills about so many pages (40, 400 and, for this engine alone, 4,000). Each program sets it in a
process of its own, from its first import to the written file: this engine from the page source, WeasyPrint from the HTML edition,
Typst from the same words, tables and charts as Typst markup (charts as SVG files), platypus with multiBuild and a table of contents.
This engine, WeasyPrint and Typst write PDF/UA-1; platypus cannot.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.page_peers.typst_markup import write_typst
from reportpack.render.element import Document
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.theme import read_theme
from reportpack.render.web import render_web
from reportpack.run.look import program_theme

ROOT = Path(__file__).parents[1]
ENGINE, WEASYPRINT, TYPST, PLATYPUS = "reportpack", "WeasyPrint", "Typst", "platypus"
ALONE_FROM = 1000
"""From so many pages on, this engine is measured alone."""
_SECTIONS = re.compile(r"(?s)(<body[^>]*>)(.*)(</body>)")
_NAMES = re.compile(r'(\sid="|\shref="#|\saria-labelledby=")([^"]+)')


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of CPU and of the clock, peak memory in MB, the file in kB."""

    cpu: float
    clock: float
    memory: float
    size: float


def repeated(text: str, times: int) -> str:
    """The page source with its body repeated; ids and links of each copy are its own, sources are those of the first."""

    def copies(match: re.Match[str]) -> str:
        body = match[2]
        others = (_NAMES.sub(rf"\g<1>\g<2>-{copy}", body) for copy in range(2, times + 1))
        return f"{match[1]}{body}{''.join(others)}{match[3]}"

    return _SECTIONS.sub(copies, text, count=1)


def prepare(text: str, folder: Path) -> Document:
    """Write what each program reads, beside each other in a folder."""
    document = parse_page_source(text, "bench.html")
    (folder / "source.html").write_text(text, "utf-8")
    theme = read_theme(program_theme(), None, ("theme.toml",))
    (folder / "edition.html").write_bytes(render_web(document, theme, {}))
    write_typst(document, folder)
    return document


def command(program: str, folder: Path, out: Path) -> list[str]:
    """How each program is started."""
    python = sys.executable
    if program == ENGINE:
        return [python, "-m", "reportpack", "render", str(folder / "source.html"), str(out)]
    module = {WEASYPRINT: "weasyprint", TYPST: "typst", PLATYPUS: "platypus"}[program]
    read = {WEASYPRINT: "edition.html", TYPST: "source.typ", PLATYPUS: "source.html"}[program]
    return [python, "-m", f"bench.page_peers.{module}_run", str(folder / read), str(out)]


def measure(program: str, folder: Path, extra: Sequence[str] = ()) -> Cost:
    """One cold run: a whole process."""
    out = folder / f"{program}.pdf"
    out.unlink(missing_ok=True)
    start = time.perf_counter()
    process = os.posix_spawn(sys.executable, [*command(program, folder, out), *extra], _environment(), file_actions=_quiet())
    _, status, usage = os.wait4(process, 0)
    clock = time.perf_counter() - start
    if status or not out.is_file():
        message = f"{program} did not finish (status {status})"
        raise RuntimeError(message)
    return Cost(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024, out.stat().st_size / 1000)


def _environment() -> dict[str, str]:
    """Modules are compiled once and kept, as they are wherever a program is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _quiet() -> list[tuple[int, int, str, int, int]]:
    return [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]


def typical(costs: list[Cost]) -> Cost:
    """The median of several runs, measure by measure."""
    return Cost(*(median(getattr(cost, name) for cost in costs) for name in ("cpu", "clock", "memory", "size")))


def compare(text: str, pages: int, rounds: int, base: int) -> dict[str, Cost]:
    """Every program on about so many pages, the programs taking turns; prints a line for each."""
    times = max(round(pages / base), 1)
    programs = [ENGINE] if pages >= ALONE_FROM else [ENGINE, TYPST, WEASYPRINT, PLATYPUS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(repeated(text, times), folder)
        costs: dict[str, list[Cost]] = {program: [] for program in programs}
        if rounds > 1:
            measure(ENGINE, folder)
        for _ in range(rounds):
            for program in programs:
                costs[program].append(measure(program, folder))
    found = {program: typical(runs) for program, runs in costs.items()}
    print_costs(f"{times * base} pages", found)
    return found


def print_costs(title: str, costs: dict[str, Cost]) -> None:
    """A table: what each took, and this engine's share of it."""
    ours = costs[ENGINE]
    print(f"\n{title:<14}{'CPU s':>9}{'clock s':>9}{'peak MB':>9}{'file kB':>9}   ours as a share of it: CPU, memory, size")
    for program, cost in costs.items():
        shares = (
            f"{ours.cpu / cost.cpu:8.2f}{ours.memory / cost.memory:8.2f}{ours.size / cost.size:8.2f}" if program != ENGINE else ""
        )
        print(f"{program:<14}{cost.cpu:>9.2f}{cost.clock:>9.2f}{cost.memory:>9.0f}{cost.size:>9.0f}   {shares}")


def warm(text: str, builds: int = 3) -> float:
    """Seconds of CPU for one more build in a process that has built before."""
    theme = read_theme(program_theme(), None, ("theme.toml",))
    render_pdf(parse_page_source(text, "bench.html"), theme, {})
    start = time.process_time()
    for _ in range(builds):
        render_pdf(parse_page_source(text, "bench.html"), theme, {})
    return (time.process_time() - start) / builds


def example() -> str:
    """The page source of the example's pack, built in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        inputs = Path(name) / "inputs"
        shutil.copytree(ROOT / "inputs", inputs, ignore=shutil.ignore_patterns("memory"))
        folders = ["--inputs", str(inputs), "--build", f"{name}/build"]
        command_line = [sys.executable, "-m", "reportpack", "pack", "2019-05-28", *folders, "--now", "2019-05-21T09:00"]
        subprocess.run(command_line, check=True, cwd=ROOT, capture_output=True)
        return next(Path(name).glob("build/*/*.page-source.html")).read_text("utf-8")


def main(arguments: Sequence[str]) -> None:
    """Compare on the page source named first, at the numbers of pages that follow."""
    text = Path(arguments[0]).read_text("utf-8") if arguments else example()
    base = render_pdf(parse_page_source(text, "bench.html"), read_theme(program_theme(), None, ("theme.toml",)), {}).pages
    for pages in [int(number) for number in arguments[1:]] or [40, 400, 4000]:
        compare(text, pages, 5 if pages < 100 else 1, base)
    print(f"\nwarm: {warm(text):.2f} s of CPU for {base} pages more in the same process")


if __name__ == "__main__":
    main(sys.argv[1:])
