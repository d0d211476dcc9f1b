"""Word and Excel files turned into tagged PDF by LibreOffice, where it is installed."""

from reportpack.model.paper import Remark
from reportpack.read.libreoffice import UnconvertedError, converted, office_program
from reportpack.read.papers.sentences import remark

_WORDS, _SHEETS, _SLIDES = "writer", "calc", "impress"
OFFICE_KINDS = {".docx": "Word", ".doc": "Word", ".odt": "Writer", ".rtf": "Rich Text"} | {
    ".xlsx": "Excel", ".xlsm": "Excel", ".xls": "Excel", ".ods": "Calc", ".pptx": "PowerPoint",
}  # fmt: skip
_FILTERS = {"Excel": _SHEETS, "Calc": _SHEETS, "PowerPoint": _SLIDES}
_TAGGED = '_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'


def as_pdf(data: bytes, suffix: str) -> bytes | Remark:
    """The file as a PDF with tags, else why there is none."""
    if office_program() is None:
        return remark("paper-no-office")
    program = _FILTERS.get(OFFICE_KINDS[suffix.lower()], _WORDS)
    try:
        return converted(data, suffix.lower(), f"pdf:{program}{_TAGGED}")
    except UnconvertedError as error:
        return remark("paper-not-turned", str(error))
