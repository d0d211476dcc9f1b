"""`reportpack render SOURCE OUT`: sets any page source as a PDF."""

from pathlib import Path
from typing import Annotated

import typer

from reportpack.cli.options import told
from reportpack.cli.say import answer, problems


def render(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE.html", help="The page source; docs/page-source.md says what it may hold.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="Where the PDF goes.")],
    theme: Annotated[Path | None, told("--theme", "FILE", "A theme.toml, laid over the program's own.")] = None,
) -> None:
    """Set a page source as a tagged PDF (PDF/UA-1 and PDF/A-2a)."""
    from reportpack.run.render import render_file

    done = render_file(source, out, theme)
    problems(done.problems)
    answer(done.path)
