"""Old Word documents (.doc), turned into .odt by LibreOffice where it is installed; elsewhere a sentence says what to do."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from reportpack.read.documents.faults import unreadable
from reportpack.read.documents.lines import Document
from reportpack.read.documents.odt import read_odt

_SECONDS = 120


def read_doc(data: bytes) -> tuple[Document, bool]:
    """The document, and whether it holds macros."""
    if _is_encrypted(data):
        raise unreadable("notes-locked")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise unreadable("notes-old-word")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "notes.doc"
        source.write_bytes(data)
        _convert(program, Path(folder), source)
        made = Path(folder) / "notes.odt"
        if not made.is_file():
            raise unreadable("notes-damaged", "LibreOffice cannot open it")
        return read_odt(made.read_bytes())


def _convert(program: str, folder: Path, source: Path) -> None:
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "odt"]
    try:
        subprocess.run(  # noqa: S603 - the program found on the path, with a file of our own
            [*command, "--outdir", str(folder), str(source)],
            check=False,
            capture_output=True,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise unreadable("notes-damaged", f"LibreOffice did not open it within {_SECONDS} seconds") from error
    except OSError as error:
        raise unreadable("notes-damaged", "LibreOffice could not be started") from error


def _is_encrypted(data: bytes) -> bool:
    """The flag in the header of the document's own stream (MS-DOC 2.5.1, fEncrypted)."""
    at = data.find(b"\xec\xa5", 512)
    return 0 < at < len(data) - 12 and at % 512 == 0 and bool(data[at + 11] & 1)
