"""How a printed number names its cells: `s3!C12:N12`. Cells that lie side by side become one range."""

from collections.abc import Iterable
from dataclasses import field

from reportpack import patterns as re
from reportpack.model.pack import SourceEntry, find_sources
from reportpack.model.problem import Source
from reportpack.records import dataclass

_UNSAFE = re.compile("[^\\w:$.,'()-]")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")

_Cell = tuple[int, int, str]
"""Column, row, and the name as it was given."""


@dataclass(frozen=True, slots=True)
class References:
    """The entries of a document's sources, for finding the one that a source belongs to. What was written once is remembered."""

    entries: dict[tuple[str, str, str], str]
    written: dict[tuple[Source, ...], str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[SourceEntry]) -> "References":
        """From the pack's own list."""
        return cls({(one.file, one.sheet, one.sha256): one.id for one in entries})

    def write(self, sources: tuple[Source, ...]) -> str:
        """All references of a number, each entry and cell once, in the order given."""
        known = self.written.get(sources)
        if known is None:
            known = self.written[sources] = self._write(sources)
        return known

    def _write(self, sources: tuple[Source, ...]) -> str:
        cells: dict[str, list[str]] = {}
        for source in sources:
            cells.setdefault(self.entries[source.file, source.sheet, source.sha256], []).append(_UNSAFE.sub("", source.cell))
        return " ".join(
            f"{entry}!{part}" if part else entry for entry, names in cells.items() for part in join_cells(dict.fromkeys(names))
        )


def sources_behind(value: object, entries: tuple[SourceEntry, ...]) -> tuple[SourceEntry, ...]:
    """The entries that the numbers inside a value rest on."""
    used = {(source.file, source.sheet, source.sha256) for source in find_sources(value)}
    return tuple(one for one in entries if (one.file, one.sheet, one.sha256) in used)


def join_cells(names: Iterable[str]) -> list[str]:
    """`C12 D12 E12 G4` becomes `C12:E12 G4`: runs along a row, then runs down a column; what is not a cell stays as it is."""
    parts: list[str] = []
    run: list[_Cell] = []
    for name in names:
        match = _CELL.fullmatch(name)
        if match is None:
            parts += [*_close(run), name]
            run = []
            continue
        here = (_column(match[1]), int(match[2]), name)
        if run and not _continues(run, here):
            parts += _close(run)
            run = []
        run.append(here)
    return parts + _close(run)


def _continues(run: list[_Cell], here: _Cell) -> bool:
    """Whether the next cell lies one on, in the direction that the run has taken."""
    last = run[-1]
    step = (here[0] - last[0], here[1] - last[1])
    if step not in ((1, 0), (0, 1)):
        return False
    return len(run) == 1 or step == (last[0] - run[-2][0], last[1] - run[-2][1])


def _close(run: list[_Cell]) -> list[str]:
    if not run:
        return []
    first, last = run[0][2], run[-1][2]
    return [first] if first == last else [f"{first}:{last}"]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
