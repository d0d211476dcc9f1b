"""Which files lie in the inbox."""

from pathlib import Path

from reportpack.run.folders import Folders

FOLDER = "inbox"


def inbox_files(folders: Folders) -> tuple[Path, ...]:
    """What lies in the inbox itself, the tool's own folder below it left out."""
    folder = folders.inputs / FOLDER
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(path for path in found if path.is_file() and not path.name.startswith((".", "~")))
