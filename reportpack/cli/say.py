"""What the program says: answers on standard output, progress and problems on standard error."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportpack.errors import RefusedError
from reportpack.model.problem import Problem, Weight

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[str], None]
SHOWN_NOTES = 3


def answer(text: str) -> None:
    """One line of the answer."""
    sys.stdout.write(f"{text}\n")


def answer_json(value: object) -> None:
    """The whole answer for machines."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def answer_record(record: object) -> None:
    """What a verb answered, for machines."""
    from reportpack.run.answers import as_json

    answer_json(as_json(record))


def remark(text: str = "") -> None:
    """One line beside the answer."""
    sys.stderr.write(f"{text}\n")


def stderr_console() -> "Console":
    """Rich on standard error; plain and unwrapped in a pipe."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty(), markup=False)


@contextmanager
def progress() -> Iterator[Progress]:
    """Say what is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with stderr_console().status("Starting") as status:
        yield status.update


def problems(found: Iterable[Problem], *, everything: bool = False) -> None:
    """First what makes the pack wrong, whole; then the notes, the first few whole and the rest counted."""
    found = list(found)
    wrong = [problem for problem in found if problem.weight is Weight.WRONG]
    notes = [problem for problem in found if problem.weight is Weight.NOTE]
    if wrong:
        remark(f"{plural(len(wrong), 'problem')} to put right:")
        for problem in wrong:
            remark(f"  - {problem.sentence}")
    if notes:
        shown = notes if everything else notes[:SHOWN_NOTES]
        remark(f"{plural(len(notes), 'note')}:")
        for problem in shown:
            remark(f"  - {problem.sentence}")
        if len(shown) < len(notes):
            remark(f"  and {len(notes) - len(shown)} more: reportpack check shows them all.")


def confirmed(question: str, *, yes: bool, otherwise: str) -> None:
    """Ask, unless it was said beforehand; RefusedError when the answer is no, or nobody is there to give one."""
    import typer

    if yes:
        return
    try:
        typer.confirm(question, err=True, abort=True)
    except (typer.Abort, EOFError) as stop:
        raise RefusedError(f"There was no yes. {otherwise}", "Run it again and say yes, or give --yes.") from stop


def plural(count: int, noun: str) -> str:
    """`1 note`, `2 notes`."""
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"
