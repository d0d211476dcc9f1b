"""OpenDocument spreadsheets (ods, and flat fods), read from their own XML in one pass. Repeated empty cells cost nothing."""

from collections.abc import Iterable

from reportpack.model.problem import Problem, Source
from reportpack.read.grid import Sheet
from reportpack.read.workbook.archive import Archive
from reportpack.read.workbook.encryption import password_error
from reportpack.read.workbook.faults import DamagedError, UnreadableError, wrong
from reportpack.read.workbook.markup import walk, walk_local
from reportpack.read.workbook.ods_formats import CellStyles
from reportpack.read.workbook.ods_tables import TableReader


def read_ods(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Its sheets, and what is odd. Raises UnreadableError when there are none to be had."""
    archive = Archive(data)
    if archive.has("META-INF/manifest.xml") and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise password_error()
    problems: list[Problem] = []
    styles = CellStyles()
    if archive.has("styles.xml"):
        try:
            walk_local(archive.blocks("styles.xml"), styles.start, styles.end, styles.text)
        except DamagedError as fault:
            found = f"its shared styles cannot be read ({fault}), so dates and percentages may show as plain numbers."
            problems.append(wrong("workbook-formats-unknown", source, found, "Check how its figures are shown."))
    return read_document(archive.blocks("content.xml"), styles, source, problems)


def read_flat_ods(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The same document as one XML file."""
    return read_document((data,), CellStyles(), source, [])


def read_document(
    blocks: Iterable[bytes], styles: CellStyles, source: Source, problems: list[Problem]
) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets of a content.xml or of a flat document."""
    reader = TableReader(styles)
    try:
        walk(blocks, reader.start, reader.end, reader.text)
    except DamagedError as fault:
        if not reader.sheets:
            found = f"the file is damaged: its sheets cannot be read ({fault})."
            raise UnreadableError("workbook-unreadable", found) from fault
        found = f"the file is damaged: only its first {len(reader.sheets)} sheets can be read ({fault})."
        problems.append(wrong("workbook-damaged", source, found, "Ask for the file again."))
    return tuple(reader.sheets), problems
