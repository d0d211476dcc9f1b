"""Where the program's own files lie: in the checkout, or in the installed package."""

from pathlib import Path


def program_templates() -> Path:
    """The folder of the program's templates."""
    package = Path(__file__).parent.parent
    installed = package / "program" / "templates"
    return installed if installed.is_dir() else package.parent / "templates"
