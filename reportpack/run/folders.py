"""Where a run finds what people put in, the templates, and where its pages go."""

from pathlib import Path

from reportpack.errors import InputError, Remedy
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Folders:
    """The three folders of an office. `templates` is None when the office has none of its own."""

    inputs: Path
    build: Path
    templates: Path | None = None

    @property
    def memory(self) -> Path:
        """The ledger's own folder."""
        return self.inputs / "memory"

    @property
    def outbox(self) -> Path:
        """The folder of the outbox's journal, which no restore touches."""
        return self.inputs / "outbox"


def office_folders(inputs: Path | None, build: Path | None, templates: Path | None) -> Folders:
    """The folders as given, else `inputs/`, `build/` and `templates/` here."""
    inputs = inputs or Path("inputs")
    if not inputs.is_dir():
        remedy = Remedy("Run this in the office's folder, name it with --inputs, or make a new one with:", "init", "FOLDER")
        raise InputError(f"There is no folder {inputs}.", remedy)
    own = templates or Path("templates")
    if templates is not None and not templates.is_dir():
        raise InputError(f"There is no folder {templates}.", "Name the folder that holds the office's own templates.")
    return Folders(inputs, build or Path("build"), own if own.is_dir() else None)
