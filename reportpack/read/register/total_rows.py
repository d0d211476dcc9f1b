"""The rows in which Excel's tables show their totals: they stand below a register's rows and are none of them."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of

_LARGEST = 20_000_000
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_TABLE = re.compile(rb"<(?:\w+:)?table\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_AREA = re.compile(r"[A-Z]+\d+:[A-Z]+(\d+)")


def total_rows(path: Path) -> Mapping[str, frozenset[int]]:
    """The numbers of those rows, from 1, by the sheet's title; nothing for a file that is no workbook of parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(bytes_of(path))) as parts:
            tables = {one: _total_row(_part(parts, one)) for one in parts.namelist() if one.startswith("xl/tables/")}
            if not any(tables.values()):
                return {}
            return {
                title: frozenset(row for table in _relations(parts, part).values() if (row := tables.get(table)) is not None)
                for title, part in _sheets(parts)
            }
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, EOFError, UnicodeDecodeError):
        return {}


def _total_row(table: bytes) -> int | None:
    found = _TABLE.search(table)
    facts = _attributes(found[0]) if found is not None else {}
    area = _AREA.fullmatch(facts.get("ref", ""))
    return int(area[1]) if area is not None and facts.get("totalsRowCount", "0") not in ("", "0") else None


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    named = _relations(parts, "xl/workbook.xml")
    for found in _SHEET.findall(_part(parts, "xl/workbook.xml")):
        facts = _attributes(found)
        relation = next((value for key, value in facts.items() if key.endswith(":id")), "")
        if relation in named:
            yield unescape(facts.get("name", "")), named[relation]


def _relations(parts: zipfile.ZipFile, name: str) -> Mapping[str, str]:
    folder, base = posixpath.split(name)
    beside = posixpath.join(folder, "_rels", f"{base}.rels")
    if beside not in parts.namelist():
        return {}
    every = [_attributes(found) for found in _RELATION.findall(_part(parts, beside))]
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/") for one in every
    }


def _attributes(element: bytes) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(element)}


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    return parts.read(name) if parts.getinfo(name).file_size <= _LARGEST else b""
