"""`reportpack guide`: the guides that came with the program."""

from typing import Annotated

import typer

from reportpack.cli.say import answer
from reportpack.errors import InputError


def guide(name: Annotated[str, typer.Argument(metavar="[NAME]", help="A guide (default: which there are).")] = "") -> None:
    """Show a guide, or say which there are."""
    from reportpack.run.program import guides

    known = guides()
    if not name:
        answer(
            *(f"{one:20} {path.read_text(encoding='utf-8').partition(chr(10))[0].lstrip('# ')}" for one, path in known.items())
        )
    elif name.casefold() in known:
        answer(known[name.casefold()].read_text(encoding="utf-8"))
    else:
        raise InputError(f'There is no guide called "{name}".', f"There are: {', '.join(known)}.")
