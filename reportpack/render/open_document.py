"""Sheets as an OpenDocument spreadsheet (ISO/IEC 26300). Every cell is text; the same tables give the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from reportpack import patterns as re
from reportpack.render.sheet import SheetTable

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'office:version="1.2"'
)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def open_document_bytes(tables: Sequence[SheetTable], on: date) -> bytes:
    """An .ods file of those sheets, dated `on`."""
    sheets = "".join(_sheet(table) for table in tables)
    content = f"<office:document-content {_NAMES}><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    meta = f"<office:document-meta {_NAMES}><office:meta><meta:creation-date>{on.isoformat()}T00:00:00</meta:creation-date></office:meta></office:document-meta>"
    files = (("/", _KIND), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    entries = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files)
    manifest = f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.2">{entries}</manifest:manifest>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr(_part("mimetype"), _KIND, zipfile.ZIP_STORED)
        for name, text in (("content.xml", content), ("meta.xml", meta), ("META-INF/manifest.xml", manifest)):
            book.writestr(_part(name), f'<?xml version="1.0" encoding="UTF-8"?>{text}', zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _part(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _sheet(table: SheetTable) -> str:
    lines = ((line,) for line in table.title)
    heads = tuple(column.header for column in table.columns)
    cells = (("".join(_cell(str(value or "")) for value in row)) for row in (*lines, heads, *table.rows))
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table table:name={quoteattr(table.name)}>{rows}</table:table>"


def _cell(text: str) -> str:
    """Lines of a cell are paragraphs; spaces that would be folded into one are counted instead."""
    if not text:
        return "<table:table-cell/>"
    spaced = (re.sub(r"^ | (?= )", "\ue000", line.replace("\t", " ")) for line in _UNWRITABLE.sub("", text).splitlines())
    lines = (escape(line).replace("\ue000", "<text:s/>") for line in spaced)
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
