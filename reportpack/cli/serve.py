"""`reportpack serve`: the desk, a page in the browser of this machine, for those who never type a command."""

from typing import Annotated

import typer

from reportpack.cli.options import Asked, asks, told
from reportpack.cli.say import answer, remark


@asks("templates", "build")
def serve(
    asked: Asked,
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Its port (0: a free one).")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address alone.")] = False,
    by: Annotated[str, told("--by", "NAME", "Who is at the desk (default: it asks).")] = "",
    idle: Annotated[
        float, typer.Option("--idle", metavar="MINUTES", min=0.01, help="Stop when nobody looked for so long.")
    ] = 120,
) -> None:
    """Open the desk in the browser, on this machine alone. It stops with Ctrl+C, or when nobody has looked for two hours."""
    from reportpack.run.office_files import gather_meetings
    from reportpack.web.server import serve_desk

    gather_meetings(asked.folders)  # what cannot be used at all is said here, not in a browser

    def say(address: str) -> None:
        answer(address)
        remark("The desk is open on this machine alone. The address opens it once; Ctrl+C stops it.")

    serve_desk(asked.folders, asked.clock, say, port=port, browser=not no_browser, who=" ".join(by.split()), idle=idle * 60)
    remark("The desk is closed.")
