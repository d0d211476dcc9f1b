"""What the program says: answers on standard output, progress and problems on standard error."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from reportpack.errors import RefusedError
from reportpack.model.problem import Problem, Weight

Progress = Callable[[str], None]
T = TypeVar("T")
SHOWN_NOTES = 3


def answer(*lines: object) -> None:
    """Lines of the answer."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def give(record: object, lines: Iterable[object], *, as_json: bool) -> None:
    """The answer: a line each for people, or as JSON for machines what the verb answered, a record or a sequence of them."""
    if not as_json:
        answer(*lines)
        return
    from reportpack.run.answers import as_json as form

    said = [form(one) for one in record] if isinstance(record, Sequence) else form(record)
    json.dump(said, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def remark(text: str = "") -> None:
    """One line beside the answer, below what was answered before."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")


def waited(make: Callable[[Progress], T]) -> T:
    """What is made; what is being done is said meanwhile, on a terminal only."""
    if not sys.stderr.isatty():
        return make(lambda _: None)
    from rich.console import Console

    with Console(stderr=True, highlight=False, markup=False).status("Starting") as status:
        return make(status.update)


def problems(found: Iterable[Problem], *, everything: bool = False) -> None:
    """First what makes the pack wrong, whole; then the notes, the first few whole and the rest counted."""
    found = list(found)
    for weight, noun, to_do in ((Weight.WRONG, "problem", " to put right"), (Weight.NOTE, "note", "")):
        those = [problem for problem in found if problem.weight is weight]
        shown = those if everything or weight is Weight.WRONG else those[:SHOWN_NOTES]
        if those:
            remark(f"{plural(len(those), noun)}{to_do}:")
        for problem in shown:
            remark(f"  - {problem.sentence}")
        if len(shown) < len(those):
            remark(f"  and {len(those) - len(shown)} more: reportpack check shows them all.")


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
