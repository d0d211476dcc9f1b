"""Where the program's own files lie: in the checkout, or in the installed package; and its templates, overlaid by an office's."""

from importlib.util import cache_from_source
from pathlib import Path

from reportpack.bytecode import keep, read_kept
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
    """Compiled templates in the `__pycache__` beside the program's."""

    def load(self, name: str) -> bytes | None:
        """What was kept."""
        return read_kept(_cached(name))

    def keep(self, name: str, data: bytes) -> None:
        """Keep it for the next run."""
        keep(_cached(name), data)


def _cached(name: str) -> Path:
    return Path(cache_from_source(str(program_templates() / name.replace("/", ".")) + ".py"))
