"""`reportpack meeting` and `papers`: the meetings that are set, those that the series' own rules propose, and what each has before it."""

from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import (
    Asked,
    By,
    Later,
    Meeting,
    NextMeeting,
    Why,
    flag,
    group,
    named,
    read_day,
    read_time,
    told,
    verb,
)
from reportpack.cli.say import answer, give, problems, remark
from reportpack.cli.verbs import default_group
from reportpack.errors import InputError
from reportpack.model.edition import Audience, edition_names
from reportpack.model.period import Period, long_date, weekday_date
from reportpack.model.recurrence import ProposedDay

if TYPE_CHECKING:
    from reportpack.run import papers
    from reportpack.run.meetings import changes, listing
else:
    papers = Later("reportpack.run.papers")
    changes, listing = Later.of("reportpack.run.meetings", "changes", "listing")

app = group("The meetings: set, move, call off, list.")
PROPOSED = 3
_CALENDAR = "Its id, or any date it had (default: a calendar of each series)."
YesOption = Annotated[bool, flag("--yes", "Meet on a bank holiday or in a closure without being asked.")]


@verb(app, "json", name="list")
def list_meetings(asked: Asked) -> None:
    """List the meetings by date, with what is in for each, and the next ones that the series' own rules propose."""
    lines, said = listing.list_meetings(asked.folders, asked.today)
    proposed = listing.proposed_meetings(asked.folders, asked.today, PROPOSED)
    give([*lines, *proposed], [*map(_line, lines), *map(_proposal, proposed)], as_json=asked.json)
    problems(said)


@verb(app)
def new(
    asked: Asked,
    day: Annotated[str, named("[DATE]", "Its day (default: the next that the series' rule proposes).")] = "next",
    series: Annotated[str, told("--series", "SERIES", "Whose meeting it is (default: the first series).")] = "",
    count: Annotated[int, typer.Option("--count", metavar="N", help="How many, each on the next day that is proposed.")] = 1,
    why: Why = "",
    by: By = "",
    yes: YesOption = False,
) -> None:
    """Set a meeting: write its file, in which only what differs from the series is said. Never over a file that is there."""
    wanted = None if day.strip().casefold() == "next" else read_day(day)
    made, passed = changes.new_meetings(asked.folders, wanted, series, count, asked.change(by, why), _allow(yes))
    for one in made:
        answer(one.path)
        remark(f"{one.meeting.title}: {weekday_date(one.meeting.day)}. {one.why}".rstrip())
    for each in passed:
        remark(f"Passed over: {each.why}")


@verb(app)
def move(
    asked: Asked,
    meeting: Meeting,
    day: Annotated[date, named("DATE", "The new day.", parser=read_day)],
    at: Annotated[time | None, told("--time", "TIME", "Its new time, such as 14:00.", parser=read_time)] = None,
    why: Why = "",
    by: By = "",
    yes: YesOption = False,
) -> None:
    """Give a meeting another day. Its id and its file's name stay, and everything of it follows."""
    moved = changes.move_meeting(asked.folders, meeting, day, at, asked.change(by, why), _allow(yes))
    one = moved.meeting
    answer(f"{one.id}: {weekday_date(one.day)}{f' at {one.start_time:%H:%M}' if one.start_time else ''}")
    remark(f"It was on {long_date(moved.before)}. Its files may bear either date; {len(moved.files) or 'none'} found.")
    for name in moved.files:
        remark(f"  {name}")
    problems(moved.problems)


@verb(app, "json")
def cancel(asked: Asked, meeting: Meeting, why: Why, by: By = "") -> None:
    """Call a meeting off; nothing is deleted. Shows what was due there and where it comes back."""
    off = changes.cancel_meeting(asked.folders, meeting, asked.change(by, why))
    due = (f"  {one.ref:<9} {' '.join(one.title.split())[:70]}: {one.when}" for one in off.due)
    give(off, (f"{off.meeting.id}: called off", *due), as_json=asked.json)
    count = "1 matter or action was" if len(off.due) == 1 else f"{len(off.due) or 'No'} matters and actions were"
    remark(f"{count} due there.")
    problems(off.problems)


@verb(app, "edition", "build")
def calendar(asked: Asked, meeting: Annotated[str, named("[MEETING]", _CALENDAR)] = "") -> None:
    """Write calendar files that Outlook and Google take: a meeting and its deadlines, or a calendar of each series. They name nobody."""
    from reportpack.run.meetings.calendar import write_calendar

    paths, said = write_calendar(asked.folders, meeting, asked.edition, asked.today, asked.moment)
    answer(*paths)
    problems(said)


def _allow(yes: bool) -> "changes.Allow":
    """Asks in a terminal, unless it was said beforehand; where nobody can answer, no answer is a no."""

    def all_the_same(doubt: str) -> bool:
        try:
            return yes or typer.confirm(f"{doubt} Meet all the same?", err=True)
        except (typer.Abort, EOFError):
            raise InputError(f"{doubt} Nothing was written.", "Name another day, or give --yes to meet all the same.") from None

    return all_the_same


def _line(one: "listing.MeetingLine") -> str:
    state = "cancelled" if one.meeting.cancelled else "next" if one.is_next else ""
    moved = f"moved from {long_date(one.meeting.first_day)}" if one.meeting.day != one.meeting.first_day else ""
    words = ", ".join(part for part in (state, moved, one.in_words) if part)
    return f"{one.meeting.id:<28} {long_date(one.meeting.day):<18} {one.meeting.title}{f' ({words})' if words else ''}"


def _proposal(one: ProposedDay) -> str:
    when = Period(one.by_rule.replace(day=1)).label if one.month_only else long_date(one.day or one.by_rule)
    what = "(proposed)" if one.day or one.month_only else "(falls out)"
    return f"{what:<28} {when:<18} {one.series}{f': {one.why}' if one.why else ''}"


papers_app = group(
    "The papers of a meeting. Alone, the list of them with a health sheet of each file.", cls=default_group("list")
)
_FILE = "A file, or the name of one in the meeting's folder, in the inbox, or that came with a reply."


@verb(papers_app, "json", name="list")
def list_papers(asked: Asked, meeting: NextMeeting = "") -> None:
    """The meeting's papers: line, state, who may read them, and a line about each file. What should be put right is said."""
    look = papers.look_at_papers(asked.folders, meeting, asked.today)
    give(look, (line for one in look.papers for line in _paper(one)), as_json=asked.json)
    if not look.papers:
        remark(f"No papers for {look.meeting.id}. Put them in inputs/papers/{look.meeting.id}/.")
    problems(look.problems, everything=True)


@verb(papers_app)
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


@verb(papers_app)
def defer(
    asked: Asked,
    letter: Annotated[str, named("LETTER", "The paper's letter.")],
    meeting: Meeting,
    to: Annotated[str, told("--to", "MEETING", "The meeting of the same series that takes it.")],
) -> None:
    """Hand a paper on to a later meeting: this one's agenda says so, and it stands on that one's with its file."""
    paper, takes = papers.defer_paper(asked.folders, meeting, letter, to, asked.today)
    answer(f"{paper.title}: deferred to {takes.id}, item {paper.item}")


def _paper(one: "papers.PaperLook") -> Iterator[str]:
    paper = one.paper
    wanted = f", wanted by {long_date(paper.wanted_by)}" if paper.wanted_by and not paper.file else ""
    yield f"{paper.item:<6} Paper {paper.letter}: {paper.title}: {paper.status}{wanted}; for the {paper.audience}"
    if one.health is not None:
        yield f"       {one.health.file.rpartition('/')[2]}: {one.health.line}"
    yield from (f"       {words}" for words in one.remarks)
