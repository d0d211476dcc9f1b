"""`reportpack ledger`: what the program remembers, as one file and back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, By, Later, Why, Yes, group, named, told, verb
from reportpack.cli.register import recorded
from reportpack.cli.say import answer, plural, remark
from reportpack.errors import RefusedError

if TYPE_CHECKING:
    from reportpack.run import ledger
else:
    ledger = Later("reportpack.run.ledger")

app = group("What the program remembers: back it up, restore it, undo a step, erase words.")
_WHERE = "Where to (default: inputs/memory/backups)."
_CELLS = "All that ever stood there, such as 12/2019:Update."


@verb(app)
def backup(asked: Asked, file: Annotated[Path | None, named("[FILE]", _WHERE)] = None) -> None:
    """Write everything that is remembered into one file, kept files too."""
    path, events = ledger.back_up(asked.folders, file, asked.today)
    answer(path)
    remark(f"{plural(events, 'event')} backed up.")


@verb(app)
def restore(asked: Asked, file: Annotated[Path, named("FILE", "A backup of the ledger.")]) -> None:
    """Make the ledger again from a backup. One that is there is never overwritten."""
    remark(f"{plural(ledger.restore(asked.folders, file), 'event')} ledger.restore.")


@verb(app)
def undo(
    asked: Asked, event: Annotated[int, named("EVENT", "Its number, as register history shows it.")], why: Why, by: By = ""
) -> None:
    """Undo a change of the register: the words before it stand again, and both are kept."""
    from reportpack.run.register.rows import undo_event

    recorded(undo_event(asked.folders, event, why, by, asked.moment), "Undone, and recorded.")


@verb(app)
def erase(
    asked: Asked,
    why: Why,
    by: By,
    words: Annotated[list[str] | None, told("--words", "TEXT", "Words to erase, such as a name; may be given again.")] = None,
    cell: Annotated[list[str] | None, told("--cell", "REFERENCE:HEADING", _CELLS)] = None,
    event: Annotated[list[int] | None, told("--event", "EVENT", "The words that this change of the register brought.")] = None,
    kept: Annotated[list[str] | None, told("--kept", "SHA256", "A kept file, whole.")] = None,
    yes: Yes = False,
) -> None:
    """Erase personal words from the ledger, kept files, backups and register. That, when, by whom and why is kept; the words are not."""
    wanted = ledger.Wanted(tuple(words or ()), tuple(_cell(one) for one in cell or ()), tuple(event or ()), tuple(kept or ()))
    remark(f"They stand in {_counted(ledger.look_for_words(asked.folders, wanted, asked.moment))}.")
    if not yes and not (sys.stdin.isatty() and typer.confirm("Erase them? This cannot be taken back.", err=True)):
        raise RefusedError("Nothing was erased. It cannot be taken back.", "Say yes when asked, or give --yes.")
    erased = ledger.erase_words(asked.folders, wanted, why, by, asked.moment)
    answer(f"Erased from {_counted(erased)}, and recorded that it was, by whom and why.")
    remark(
        "Backups from before were removed, and one of the ledger as it is now was made. Copies that you put elsewhere still hold the words."
    )
    if erased.left:
        remark("These files still hold the words. Change or remove them; what is in build/ can be made again:")
        for path in erased.left:
            remark(f"  - {path}")


def _cell(text: str) -> tuple[str, str]:
    ref, _, heading = text.partition(":")
    if not ref.strip() or not heading.strip():
        raise typer.BadParameter(f"{text!r} is not a cell such as 12/2019:Update")
    return ref.strip(), heading.strip()


def _counted(found: "ledger.Erasing") -> str:
    files, cells = plural(found.files, "kept file"), plural(found.cells, "cell")
    return f"{plural(found.events, 'event')}, {files} and {cells} of the register"
