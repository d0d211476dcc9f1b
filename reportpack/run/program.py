"""Where the program's own files lie: in the checkout, or in the installed package; and its templates, overlaid by an office's."""

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from reportpack.render.compiled import Keeper
from reportpack.render.templates import Templates, load_templates
from reportpack.run.folders import Folders


def program_templates() -> Path:
    """The folder of the program's templates."""
    package = Path(__file__).parent.parent
    installed = package / "program" / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def office_templates(folders: Folders) -> Templates:
    """The program's templates, overlaid file by file by the office's."""
    return load_templates(program_templates(), folders.templates)


class BesideTemplates(Keeper):
    """Compiled templates in the `__pycache__` beside the program's, under Python's own rules: where it may not write, nothing is kept."""

    def load(self, name: str) -> bytes | None:
        """What was kept; None when there is none or it cannot be read."""
        try:
            return _cached(name).read_bytes()
        except OSError:
            return None

    def keep(self, name: str, data: bytes) -> None:
        """Written whole or not at all, so that runs at the same time never read half of it."""
        if sys.dont_write_bytecode:
            return
        path = _cached(name)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _cached(name: str) -> Path:
    return Path(cache_from_source(str(program_templates() / name.replace("/", ".")) + ".py"))
