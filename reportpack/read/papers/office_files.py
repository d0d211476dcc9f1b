"""Word and Excel files turned into tagged PDF by LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from reportpack.model.paper import Remark
from reportpack.read.papers.sentences import remark

OFFICE_KINDS = {".docx": "Word", ".doc": "Word", ".odt": "Writer", ".rtf": "Rich Text"} | {
    ".xlsx": "Excel", ".xlsm": "Excel", ".xls": "Excel", ".ods": "Calc", ".pptx": "PowerPoint",
}  # fmt: skip
_FILTERS = {"Excel": "calc_pdf_Export", "Calc": "calc_pdf_Export", "PowerPoint": "impress_pdf_Export"}
_TAGGED = ':{"PDFUACompliance":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_SECONDS = 180


def office_program() -> str | None:
    """Where LibreOffice is; None where it is not."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(data: bytes, suffix: str) -> bytes | Remark:
    """The file as a PDF with tags, else why there is none. Macros are not run: a file that is converted runs none."""
    program = office_program()
    if program is None:
        return remark("paper-no-office")
    kind = OFFICE_KINDS[suffix.lower()]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"paper{suffix.lower()}"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", f"pdf:{_FILTERS.get(kind, 'writer_pdf_Export')}{_TAGGED}", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL)  # noqa: S603 - the program found on the path, with a file of our own
        except subprocess.TimeoutExpired:
            return remark("paper-not-turned", f"it took more than {_SECONDS} seconds")
        except OSError as error:
            return remark("paper-not-turned", error.strerror or "it could not be started")
        made = source.with_suffix(".pdf")
        return made.read_bytes() if made.is_file() else remark("paper-not-turned", "it gives no reason")
