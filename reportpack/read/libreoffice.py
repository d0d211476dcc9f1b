"""Files that LibreOffice opens and saves as something else, where it is installed. Nothing in them is run."""

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 180


class UnconvertedError(Exception):
    """LibreOffice made nothing of a file, in words that follow on "LibreOffice"."""


def office_program() -> str | None:
    """Where LibreOffice is; None where it is not."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, suffix: str, to: str) -> bytes:
    """The file, of the kind that its suffix names, as LibreOffice saves it as `to` ("odt", or "pdf:" and a filter); UnconvertedError where it does not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / f"file{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office_program() or "soffice", profile, "--headless", "--norestore", "--convert-to", to, "--outdir", name]
        try:
            # The program was found on the path, and the file is our own.
            subprocess.run(  # noqa: S603
                [*command, str(source)], check=False, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired as error:
            raise UnconvertedError(f"did not open it within {_SECONDS} seconds") from error
        except OSError as error:
            raise UnconvertedError("could not be started") from error
        made = source.with_suffix(f".{to.partition(':')[0]}")
        if not made.is_file():
            raise UnconvertedError("cannot open it")
        return made.read_bytes()
