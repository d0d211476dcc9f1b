"""Where the program's own files lie: in the checkout, or in the installed package; its templates, overlaid by an office's; which program it is."""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack import __version__
from reportpack.bytecode import Compiled
from reportpack.render.templates import Templates, load_templates

if TYPE_CHECKING:
    from reportpack.run.office_files import Folders

_PACKAGE = Path(__file__).parent.parent
_KEPT = Compiled(__file__)


def program_templates() -> Path:
    """The folder of the program's templates."""
    return _own("templates")


def guides() -> dict[str, Path]:
    """The guides by their names, the README among them."""
    found = {path.stem: path for path in sorted(_own("docs").glob("*.md"))}
    return {"readme": _own("docs").with_name("README.md"), **found}


def _own(name: str) -> Path:
    installed = _PACKAGE / "program" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


@cache
def program_version() -> str:
    """The version and what its files say, as `0.2.0 (5f3a9c1e)`: a program with another byte in it is another program."""
    walks = ((walk, ending) for folder, ending in ((_PACKAGE, ".py"), (program_templates(), "")) for walk in os.walk(folder))
    named = ((f"{place}/{name}", ending) for (place, _, names), ending in walks for name in names)
    own = sorted(path for path, ending in named if path.endswith(ending) and not path.endswith(".pyc"))
    seen = [(one, found.st_size, found.st_mtime_ns) for one in own for found in [os.stat(one)]]  # noqa: PTH116 - they are many
    stamp = hashlib.sha256(repr(seen).encode()).hexdigest()

    def of_all() -> str:
        """Over names and bytes, wherever the folder lies."""
        digest = hashlib.sha256()
        for path in map(Path, own):
            data = path.read_bytes()
            digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
        return digest.hexdigest()[:8]

    return f"{__version__} ({_KEPT.get(stamp, of_all)})"


def office_templates(folders: "Folders") -> Templates:
    """The program's templates, overlaid file by file by the office's."""
    return load_templates(program_templates(), folders.templates)
