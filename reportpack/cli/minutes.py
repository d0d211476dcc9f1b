"""`reportpack minutes`: a form for the notes of a meeting, and notes read as the program understands them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import InputsOption, JsonOption, MeetingArgument, NowOption
from reportpack.cli.queries import answer_query, queries
from reportpack.cli.say import answer, answer_json, problems
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.model.minutes import Minutes, NotedAction

app = typer.Typer(
    help="Notes of a meeting: a form to take them in, and what is read from them.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def minutes() -> None:
    """Notes of a meeting: a form to take them in, and what is read from them."""


@app.command("read")
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Notes: docx, odt, md, txt, pdf with text, or doc.")],
    record: Annotated[
        bool, typer.Option("--record", help="FILE is a folder of old notes: show what they would put into the register.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --record: record it.")] = False,
    inputs: InputsOption = None,
    as_json: JsonOption = False,
    now: NowOption = None,
) -> None:
    """Show what is read from the notes of a meeting, with the questions they leave open. Records nothing, unless --record --yes."""
    if record:
        from reportpack.cli.back_fill import fill_in_history

        fill_in_history(file, inputs, instant(now), yes=yes, as_json=as_json)
        return
    from reportpack.run.minutes.minutes_read import minutes_json, read_file

    found, said = read_file(file, inputs)
    if as_json:
        answer_json(minutes_json(found))
    else:
        _show(found)
    sys.stdout.flush()
    problems(said)


@app.command("new")
def new(
    meeting: MeetingArgument = "",
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Write Markdown instead of a Word document.")] = False,
    inputs: InputsOption = None,
    now: NowOption = None,
) -> None:
    """Write a form for the notes of a meeting into inputs/minutes/, never over a file that is there."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.minutes_new import new_minutes

    path, said = new_minutes(office_folders(inputs, None, None), meeting, london_day(instant(now)), markdown=as_markdown)
    answer(str(path))
    sys.stdout.flush()
    problems(said)


app.command("queries")(queries)
app.command("answer")(answer_query)


def _show(notes: "Minutes") -> None:
    """For people: the head, the items, what was decided and asked for, and the queries."""
    when = long_date(notes.day) if notes.day else "date not known"
    answer(f"{notes.title or 'Title not known'}, {when}")
    for label, value in (
        ("Time", _span(notes)),
        ("Venue", notes.venue),
        ("Chair", notes.chair),
        ("Note taker", notes.note_taker),
    ):
        answer(f"  {label}: {value or 'not known'}")
    _attendance(notes)
    _section("Items", [f"{item.path:<8} {item.title}{' (no items)' if item.nil else ''}" for item in notes.items])
    _section("Brought forward", [_matter(one.title, one.discussed_at, len(one.evidence)) for one in notes.brought_forward])
    _section("Actions", [_action(one) for one in notes.actions if one.marked])
    _section("Undertakings not called actions", [_action(one) for one in notes.actions if not one.marked])
    _section("Decisions", [f"{_place(one.line)}: {one.words}" for one in notes.decisions])
    _section("Said to happen", [f"{_place(one.line)}: {one.words}" for one in notes.commitments])
    coming = notes.next_meeting
    if coming is not None:
        parts = (coming.title, long_date(coming.day) if coming.day else "", f"{coming.time:%H:%M}" if coming.time else "")
        _section("Next meeting", [", ".join(part for part in (*parts, coming.venue) if part)])
    _section(
        "Queries for the note taker",
        [
            f"{_place(one.line)}: {one.found} {one.remedy}{' (must be answered before agreement)' if one.blocking else ''}"
            for one in notes.queries
        ],
    )


def _span(notes: "Minutes") -> str:
    return " to ".join(f"{when:%H:%M}" for when in (notes.start, notes.end) if when)


def _attendance(notes: "Minutes") -> None:
    for status in ("present", "apologies", "unknown"):
        named = [one.name or f"{one.post}, no name" for one in notes.attendance if one.status.value == status]
        if named:
            answer(f"  {status.capitalize()}: {', '.join(named)}")


def _section(title: str, lines: list[str]) -> None:
    if lines:
        answer("")
        answer(title)
        for line in lines:
            answer(f"  {line}")


def _matter(title: str, claimed: str | None, lines: int) -> str:
    shown = f"{lines} lines discuss it" if lines else "no passage discusses it"
    return f"{title}: {f'said to be discussed at {claimed}, ' if claimed else ''}{shown}"


def _action(action: "NotedAction") -> str:
    owners = ", ".join(owner.as_written for owner in action.owners) or "no owner"
    due = long_date(action.due) if action.due else action.due_as_written or "no date"
    ref = f"{action.ref} " if action.ref else ""
    state = "" if action.state.value == "new" else f", {action.state.value}"
    return f"{_place(action.line)}: {ref}{action.words} [{owners}; {due}{state}; {action.confidence:.2f}]"


def _place(line: str) -> str:
    return f"line {line}" if line.isdigit() else line
