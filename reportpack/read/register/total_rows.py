"""The rows in which Excel's tables show their totals: they stand below a register's rows and are none of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of
from reportpack.read.workbook.archive import Archive
from reportpack.read.workbook.contents import read_contents, read_relations
from reportpack.read.workbook.faults import DamagedError, UnreadableError
from reportpack.read.workbook.markup import openings

_AREA = re.compile(r"[A-Z]+\d+:[A-Z]+(\d+)")


def total_rows(path: Path) -> Mapping[str, frozenset[int]]:
    """The numbers of those rows, from 1, by the sheet's title; nothing for a file that is no workbook of parts."""
    try:
        archive = Archive(bytes_of(path))
        if not any("/tables/" in name for name in archive.names):
            return {}
        return {sheet.name: frozenset(_total_rows(archive, sheet.part)) for sheet in read_contents(archive).sheets if sheet.part}
    except (OSError, DamagedError, UnreadableError):
        return {}


def _total_rows(archive: Archive, sheet: str) -> Iterator[int]:
    for relation in read_relations(archive, sheet).values():
        if relation.kind != "table" or not archive.has(relation.target):
            continue
        for _, name, facts in openings(archive.read_small(relation.target), {"table"}):
            area = _AREA.fullmatch(facts.get("ref", ""))
            if name == "table" and area is not None and facts.get("totalsRowCount", "0") not in ("", "0"):
                yield int(area[1])
