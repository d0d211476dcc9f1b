"""`reportpack papers`: the papers of a meeting, and how each file is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from reportpack.cli.options import Asked, Later, NextMeeting, group, named, told, verb
from reportpack.cli.say import answer, give, problems, remark
from reportpack.cli.verbs import DefaultGroup
from reportpack.model.edition import Audience, edition_names
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run import papers
else:
    papers = Later("reportpack.run.papers")


class _Papers(DefaultGroup):
    default = "list"


app = group("The papers of a meeting. Alone, the list of them with a health sheet of each file.", cls=_Papers)
_FILE = "A file, or the name of one in the meeting's folder, in the inbox, or that came with a reply."


@verb(app, "json", name="list")
def list_papers(asked: Asked, meeting: NextMeeting = "") -> None:
    """The meeting's papers: line, state, who may read them, and a line about each file. What should be put right is said."""
    look = papers.look_at_papers(asked.folders, meeting, asked.today)
    give(look, (line for one in look.papers for line in _lines(one)), as_json=asked.json)
    if not look.papers:
        remark(f"No papers for {look.meeting.id}. Put them in inputs/papers/{look.meeting.id}/.")
    problems(look.problems, everything=True)


@verb(app)
def add(
    asked: Asked,
    file: Annotated[str, named("FILE", _FILE)],
    meeting: NextMeeting = "",
    item: Annotated[str, told("--item", "NUMBER", "The agenda item (default: the number in its name).")] = "",
    audience: Annotated[Audience | None, told("--audience", "AUDIENCE", f"Who may read it: {edition_names()}.")] = None,
    title: Annotated[str, told("--title", "TEXT", "As printed (default: its name).")] = "",
    author: Annotated[str, told("--author", "POST", "The post (its id) that wrote it.")] = "",
) -> None:
    """Put a paper on its line of the agenda. One that is awaited there under such a title is that paper."""
    new = papers.NewPaper(file, item, audience, title, author)
    of, paper, told_for_whom = papers.add_paper(asked.folders, meeting, new, asked.moment, asked.today)
    answer(f"{of.id}, item {paper.item}: {paper.title}, for the {paper.audience}")
    if not told_for_whom:
        remark("Nobody has said who may read it, so it is for the office alone: --audience force, or public.")


def _lines(one: "papers.PaperLook") -> Iterator[str]:
    paper = one.paper
    wanted = f", wanted by {long_date(paper.wanted_by)}" if paper.wanted_by and not paper.file else ""
    yield f"{paper.item:<6} Paper {paper.letter}: {paper.title}: {paper.status}{wanted}; for the {paper.audience}"
    if one.health is not None:
        yield f"       {one.health.file.rpartition('/')[2]}: {one.health.line}"
    yield from (f"       {words}" for words in one.remarks)
