"""`reportpack init FOLDER`: a new office's folder, empty or from the files as they lie."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, asks, named, told
from reportpack.cli.say import answer, give, plural, problems, remark, waited
from reportpack.errors import InputError
from reportpack.model.problem import Weight

_ONE = {"files": "file", "measures": "measure", "areas": "area", "people": "person", "topics": "topic"}
_TAKEN = {
    "workbook of figures": ("1 workbook of figures", "{} workbooks of figures"),
    "tracker": ("1 tracker", "{} trackers"),
    "notes of a meeting": ("notes of 1 meeting", "notes of {} meetings"),
    "agenda": ("1 agenda", "{} agendas"),
    "paper": ("1 paper", "{} papers"),
    "words for a pack": ("1 file of words for a pack", "{} files of words for a pack"),
}
"""Files of a kind that were taken, one and several."""
MOST_SHOWN = 5  # Problems that are shown whole on the first day.
if TYPE_CHECKING:
    from reportpack.run.first_day.office import Question
    from reportpack.run.first_day.setting_up import FirstDay


@asks("json")
def init(
    asked: Asked,
    folder: Annotated[Path, named("FOLDER", "A new folder, or an office's to add to with --from.")],
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
    from reportpack.run.first_day.office import read_answers
    from reportpack.run.first_day.setting_up import set_up
    from reportpack.run.pack import Order, build_pack

    known = read_answers(given) if given is not None else {}
    found = set_up(folder, source, known, _ask, asked.moment, asked.today, _say)
    _say("")
    give(found, _lines(found), as_json=asked.json)
    likely = [one for one in found.answered if one.taken]
    if likely:
        remark("Nobody was asked, so the likely answers were taken (to give others, run it again with --answers):")
    for one in likely:
        remark(f'  {one.question.name} = "{one.answer}"  # {one.question.text}')
    if not found.is_new:
        remark("Nothing is new since last time.")
        return
    order = Order(found.meeting, None, None, asked.moment, asked.today)
    built = waited(lambda say: build_pack(found.folders, order, say))
    wrong = [one for one in built.problems if one.weight is Weight.WRONG]
    problems([*wrong[:MOST_SHOWN], *(one for one in built.problems if one not in wrong)])
    if len(wrong) > MOST_SHOWN:
        remark(f"{len(wrong) - MOST_SHOWN} more to put right: reportpack check shows them all.")
    remark(f"{plural(built.pages, 'page')}: {built.paths[0]}")


def _say(text: str) -> None:
    """What is being read, on one line of a terminal, which the next takes the place of."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text[:79]}")
        sys.stderr.flush()


def _ask(question: "Question") -> str | None:
    """A person's answer, Enter for the likely one; None where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return None
    _say("")
    remark(f"{question.text}\n  {question.likely}")
    return str(typer.prompt("Enter for that, or type", default="", show_default=False, err=True)).strip() or question.likely


def _lines(found: "FirstDay") -> Iterator[str]:
    """How much was taken of each kind, what was left out and why, and where every file's own line stands."""
    taken = Counter(one.what for one in found.accounts if one.taken)
    counts = ", ".join(f"{count} {_ONE.get(name, name) if count == 1 else name}" for name, count in found.counts)
    yield f"{found.office}: {counts}. Next meeting: {found.meeting}."
    yield from (f"Taken: {_TAKEN[what][count > 1].format(count)}" for what, count in taken.items())
    reasons = Counter(one.why_not for one in found.accounts if one.why_not)
    for why, count in reasons.items():
        first = next(one.file for one in found.accounts if one.why_not == why)
        yield f"Left out: {first if count == 1 else f'{first} and {count - 1} more'}: {why}"
    yield f"Each file has its line in {found.listed}"
