"""`reportpack init FOLDER`: a new office's folder, empty or from the files as they lie."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, asks, told
from reportpack.cli.say import answer, give, plural, problems, progress, remark
from reportpack.errors import InputError

if TYPE_CHECKING:
    from reportpack.run.first_day.questions import Question
    from reportpack.run.first_day.setting_up import Account, FirstDay


@asks("json")
def init(
    asked: Asked,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder, or an office's to add to with --from.")],
    source: Annotated[
        Path | None, told("--from", "FILES", "A folder of your files as they lie; it is read, never written.")
    ] = None,
    answers: Annotated[Path | None, told("--answers", "FILE", "Answers to its questions, TOML or JSON.")] = None,
) -> None:
    """Make a new office's folder: from your own files with --from, else one that explains itself."""
    if source is not None:
        _from_files(asked, folder, source, answers)
        return
    if answers is not None:
        raise InputError("Answers are for the questions of --from.", "Name your files with --from.")
    from reportpack.run.init import make_office

    answer(*make_office(folder, asked.today))
    remark(f"It builds as it is: cd {folder}, then make pack (on Windows: Build the pack). README.txt says what to change.")


def _from_files(asked: Asked, folder: Path, source: Path, given: Path | None) -> None:
    from reportpack.run.first_day.questions import read_answers
    from reportpack.run.first_day.setting_up import set_up
    from reportpack.run.pack import Order, build_pack

    known = read_answers(given) if given is not None else {}
    with progress() as say:
        found = set_up(folder, source, known, _ask, asked.moment, asked.today, say)
    give(found, _lines(found), as_json=asked.json)
    for one in found.answered:
        if one.taken:
            remark(f"Taken as likely: {one.question.text} {one.question.likely}")
    if any(one.taken for one in found.answered):
        remark("To answer otherwise, change the settings, or run it again with --answers.")
    with progress() as say:
        built = build_pack(found.folders, Order(found.meeting, None, None, asked.moment, asked.today), say)
    problems(built.problems)
    remark(f"{plural(built.pages, 'page')}: {built.paths[0]}")


def _ask(question: "Question") -> str | None:
    """A person's answer, Enter for the likely one; None where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return None
    return str(typer.prompt(question.text, default=question.likely, err=True))


def _lines(found: "FirstDay") -> Iterator[str]:
    yield from (_line(one) for one in found.accounts)
    yield ""
    yield f"{found.office}: {', '.join(f'{count} {name}' for name, count in found.counts)}. Next meeting: {found.meeting}."


def _line(one: "Account") -> str:
    return f"{one.file}: {one.what}; {one.taken}" if one.taken else f"{one.file}: left out; {one.why_not}"
