"""`reportpack meeting`: the meetings that are set, and those that the series' own rules propose."""

from datetime import date, time
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import BuildOption, EditionOption, InputsOption, JsonOption, NowOption, read_day, read_time
from reportpack.cli.say import answer, answer_json, plural, problems, remark
from reportpack.errors import InputError
from reportpack.model.period import Period, long_date
from reportpack.model.recurrence import Proposal

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportpack.model.agenda_view import Occasion
    from reportpack.run.meetings.listing import MeetingLine

app = typer.Typer(help="The meetings: set, move, call off, list.", no_args_is_help=True, rich_markup_mode=None)
PROPOSED = 3


Meeting = Annotated[str, typer.Argument(metavar="MEETING", help="Its id, or any date it had.", show_default=False)]
Day = Annotated[date, typer.Argument(metavar="DATE", parser=read_day, help="The new day.", show_default=False)]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept.", show_default=False)]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.", show_default=False)]
YesOption = Annotated[bool, typer.Option("--yes", help="Meet on a bank holiday or in a closure without being asked.")]


@app.callback()
def meeting() -> None:
    """The meetings: set, move, call off, list."""


@app.command("list")
def list_meetings(inputs: InputsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """List the meetings by date, with what is in for each, and the next ones that the series' own rules propose."""
    from reportpack.run.folders import office_folders
    from reportpack.run.meetings.listing import list_meetings as listed
    from reportpack.run.meetings.listing import proposed_meetings

    folders, today = office_folders(inputs, None, None), london_day(instant(now))
    lines, said = listed(folders, today)
    proposed = proposed_meetings(folders, today, PROPOSED)
    if as_json:
        answer_json([*(_as_json(one) for one in lines), *(_as_proposal(one) for one in proposed)])
    else:
        for one in lines:
            answer(_as_line(one))
        for each in proposed:
            answer(f"{'(proposed)' if each.day or each.month_only else '(falls out)':<28} {_when(each):<18} {_why(each)}")
    problems(said)


@app.command()
def new(
    day: Annotated[
        str,
        typer.Argument(metavar="[DATE]", help="Its day (default: the next that the series' rule proposes).", show_default=False),
    ] = "next",
    series: Annotated[
        str,
        typer.Option("--series", metavar="SERIES", help="Whose meeting it is (default: the first series).", show_default=False),
    ] = "",
    count: Annotated[int, typer.Option("--count", metavar="N", help="How many, each on the next day that is proposed.")] = 1,
    why: WhyOption = "",
    by: ByOption = "",
    yes: YesOption = False,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Set a meeting: write its file, in which only what differs from the series is said. Never over a file that is there."""
    from reportpack.run.folders import office_folders
    from reportpack.run.meetings.changes import Change, new_meetings

    moment = instant(now)
    wanted = None if day.strip().casefold() == "next" else read_day(day)
    change = Change(moment, by, why)
    made, passed = new_meetings(
        office_folders(inputs, None, None), wanted, series, count, london_day(moment), change, _asking(yes)
    )
    for one in made:
        answer(str(one.path))
        remark(f"{one.meeting.title}: {one.meeting.day:%A} {long_date(one.meeting.day)}. {one.why}".rstrip())
    for each in passed:
        remark(f"Passed over: {each.why}")


@app.command()
def move(
    meeting: Meeting,
    day: Day,
    at: Annotated[
        time | None,
        typer.Option("--time", metavar="TIME", parser=read_time, help="Its new time, such as 14:00.", show_default=False),
    ] = None,
    why: WhyOption = "",
    by: ByOption = "",
    yes: YesOption = False,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Give a meeting another day. Its id and its file's name stay, and everything of it follows."""
    from reportpack.run.folders import office_folders
    from reportpack.run.meetings.changes import Change, move_meeting

    moment = instant(now)
    moved = move_meeting(
        office_folders(inputs, None, None), meeting, day, at, london_day(moment), Change(moment, by, why), _asking(yes)
    )
    one = moved.meeting
    answer(f"{one.id}: {one.day:%A} {long_date(one.day)}{f' at {one.start_time:%H:%M}' if one.start_time else ''}")
    remark(f"It was on {long_date(moved.before)}. Its files may bear either date; {len(moved.files) or 'none'} found.")
    for name in moved.files:
        remark(f"  {name}")
    problems(moved.problems)


@app.command()
def cancel(
    meeting: Meeting,
    why: WhyOption,
    by: ByOption = "",
    inputs: InputsOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Call a meeting off; nothing is deleted. Shows what was due there and where it comes back."""
    from reportpack.run.folders import office_folders
    from reportpack.run.meetings.changes import Change, cancel_meeting

    if not why.strip():
        raise typer.BadParameter("say why")
    moment = instant(now)
    off = cancel_meeting(office_folders(inputs, None, None), meeting, london_day(moment), Change(moment, by, why))
    if as_json:
        due = [{"ref": one.ref, "title": one.title, "comes_back": _comes_back(one.comes_back)} for one in off.due]
        answer_json({"id": off.meeting.id, "cancelled": True, "due": due})
    else:
        answer(f"{off.meeting.id}: called off")
        for one in off.due:
            answer(f"  {one.ref:<9} {' '.join(one.title.split())[:70]}: {_comes_back(one.comes_back)}")
    remark(
        f"{plural(len(off.due), 'matter or action')} was due there."
        if len(off.due) == 1
        else f"{len(off.due) or 'No'} matters and actions were due there."
    )
    problems(off.problems)


@app.command()
def calendar(
    meeting: Annotated[
        str,
        typer.Argument(
            metavar="[MEETING]", help="Its id, or any date it had (default: a calendar of each series).", show_default=False
        ),
    ] = "",
    edition: EditionOption = None,
    build: BuildOption = None,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Write calendar files that Outlook and Google take: a meeting and its deadlines, or a calendar of each series. They name nobody."""
    from reportpack.run.folders import office_folders
    from reportpack.run.meetings.calendar import write_calendar

    moment = instant(now)
    paths, said = write_calendar(office_folders(inputs, build, None), meeting, edition, london_day(moment), moment)
    for path in paths:
        answer(str(path))
    problems(said)


def _comes_back(occasion: "Occasion") -> str:
    return long_date(occasion.meeting.day) if occasion.meeting is not None else "not yet scheduled"


def _asking(yes: bool) -> "Callable[[str], bool]":
    """Asks in a terminal; where nobody can answer, no answer is a no."""

    def ask(doubt: str) -> bool:
        if yes:
            return True
        try:
            return typer.confirm(f"{doubt} Meet all the same?", err=True)
        except (typer.Abort, EOFError):
            raise InputError(f"{doubt} Nothing was written.", "Name another day, or give --yes to meet all the same.") from None

    return ask


def _as_line(one: "MeetingLine") -> str:
    state = "cancelled" if one.meeting.cancelled else "next" if one.is_next else ""
    moved = f"moved from {long_date(one.meeting.first_day)}" if one.meeting.day != one.meeting.first_day else ""
    words = ", ".join(part for part in (state, moved, one.in_words) if part)
    return f"{one.meeting.id:<28} {long_date(one.meeting.day):<18} {one.meeting.title}{f' ({words})' if words else ''}"


def _as_json(one: "MeetingLine") -> dict[str, object]:
    return {
        "id": one.meeting.id,
        "date": one.meeting.day.isoformat(),
        "title": one.meeting.title,
        "series": one.meeting.series,
        "proposed": False,
        "cancelled": one.meeting.cancelled,
        "next": one.is_next,
        "notes": one.has_notes,
        "minutes": one.has_minutes,
        "papers": len(one.meeting.papers),
    }


def _as_proposal(one: Proposal) -> dict[str, object]:
    return {
        "id": None,
        "date": one.day.isoformat() if one.day else None,
        "by_rule": f"{one.by_rule:%Y-%m}" if one.month_only else one.by_rule.isoformat(),
        "series": one.series,
        "proposed": True,
        "why": one.why or None,
    }


def _when(one: Proposal) -> str:
    return Period(one.by_rule.replace(day=1)).label if one.month_only else long_date(one.day or one.by_rule)


def _why(one: Proposal) -> str:
    return f"{one.series}{f': {one.why}' if one.why else ''}"
