"""`reportpack papers`: the papers of a meeting, and how each file is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from reportpack.cli.options import Asked, NextMeeting, verb
from reportpack.cli.say import give, problems, remark
from reportpack.cli.verbs import DefaultGroup
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run.papers import PaperLook


class _Papers(DefaultGroup):
    default = "list"


app = typer.Typer(cls=_Papers)


@app.callback()
def papers() -> None:
    """The papers of a meeting. Alone, the list of them with a health sheet of each file."""


@verb(app, "json", name="list")
def list_papers(asked: Asked, meeting: NextMeeting = "") -> None:
    """The meeting's papers: line, state, who may read them, and a line about each file. What should be put right is said."""
    from reportpack.run.papers import look_at_papers

    look = look_at_papers(asked.folders, meeting, asked.today)
    give(look, (line for one in look.papers for line in _lines(one)), as_json=asked.json)
    if not look.papers:
        remark(f"No papers for {look.meeting.id}. Put them in inputs/papers/{look.meeting.id}/.")
    problems(look.problems, everything=True)


def _lines(one: "PaperLook") -> Iterator[str]:
    paper = one.paper
    wanted = f", wanted by {long_date(paper.wanted_by)}" if paper.wanted_by and not paper.file else ""
    yield f"{paper.item:<6} {paper.title}: {paper.status}{wanted}; for the {paper.audience}"
    if one.health is not None:
        yield f"       {one.health.file.rpartition('/')[2]}: {one.health.line}"
