"""Markings of the scheme that ended on 2 April 2014 on a paper's pages: alone on a line, with their descriptor, or told by a label."""

from collections.abc import Iterator

from reportpack import patterns as re
from reportpack.read.documents.opening import document_from

_LABEL = r"(?i:(?:security )?(?:classification|(?:protective )?marking)\s*:\s*)"
_WORDS = r"(?:PROTECT|RESTRICTED|CONFIDENTIAL|UNCLASSIFIED)"
_ALONE = re.compile(
    rf"NPM|Restricted|Confidential|Unclassified|{_WORDS}(?:\s*[-\u2013\u2014:/]+\s*[A-Z][A-Za-z ,&]{{1,40}})?(?: \(?(?i:when complete)d?\)?)?"
    rf"|{_LABEL}(?i:npm|{_WORDS})(?:\s*[-\u2013\u2014:/]+\s*[A-Za-z ,&]{{1,40}})?"
)
_ANYWHERE = re.compile(r"(?i)\bnot\s+protectively\s+marked\b")
_APART = re.compile(r"\s{2,}|[\t\r\n|]+|(?i:\bpage\s+\d+(?:\s+of\s+\d+)?)")
_LONGEST = 90


def old_markings(data: bytes, suffix: str) -> tuple[str, ...]:
    """Each once, as it stands there; none where the file has no words that can be had."""
    rows = _pdf_rows(data) if suffix == ".pdf" else _document_rows(data, suffix)
    return tuple(dict.fromkeys(one for row in rows if len(row) <= _LONGEST for one in _in_row(row)))


def _in_row(row: str) -> Iterator[str]:
    for part in (" ".join(one.split()) for one in _APART.split(row)):
        found = _ANYWHERE.search(part) or _ALONE.fullmatch(part)
        if found is not None:
            yield found[0]


def _document_rows(data: bytes, suffix: str) -> Iterator[str]:
    document = document_from(data, "", suffix)[0]
    if document is not None:
        yield from (cell for line in document.lines for cell in line.cells or (line.text,))
        yield from (one.value for one in document.facts)


def _pdf_rows(data: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                yield from page.get_textpage().get_text_range().splitlines()
                page.close()
    except pypdfium2.PdfiumError:
        return  # its sheet says what is wrong with it
