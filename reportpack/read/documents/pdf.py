"""The text layer of a PDF as lines, numbered through its pages as one text. Pictures of pages have none, and are said."""

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportpack.read.documents import faults
from reportpack.read.documents.lines import MOST_LINES, Document
from reportpack.read.documents.text import document_of

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 300
_MOST_CONTENT = 4_000_000
"""Bytes of drawing on one page; a page of words has some thousands."""


def read_pdf(data: bytes) -> Document:
    """Lines in the order in which the page draws them, with columns kept apart by spaces."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise faults.password()
        pages = len(reader.pages)
        text = "\f".join(_pages(reader))
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        RecursionError,
        ZeroDivisionError,
    ) as error:
        raise faults.damaged("the PDF cannot be opened") from error
    if not text.strip():
        raise faults.scanned() if pages else faults.empty()
    document = document_of(text)
    return Document(document.lines[:MOST_LINES], wrapped=document.wrapped, pages=pages, cut=pages > MOST_PAGES or document.cut)


def _pages(reader: "PdfReader") -> Iterator[str]:
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        contents = page.get_contents()
        if contents is None or len(contents.get_data()) > _MOST_CONTENT:
            yield ""
            continue
        laid_out = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=True)
        yield laid_out if laid_out.strip() else page.extract_text()
