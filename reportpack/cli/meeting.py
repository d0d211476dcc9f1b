"""`reportpack meeting`: the meetings that are set."""

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import InputsOption, JsonOption, NowOption
from reportpack.cli.say import answer, answer_json, problems
from reportpack.model.period import long_date

app = typer.Typer(help="The meetings that are set.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def meeting() -> None:
    """The meetings that are set."""


@app.command("list")
def list_meetings(inputs: InputsOption = None, now: NowOption = None, as_json: JsonOption = False) -> None:
    """List the meetings by date, with what is in for each."""
    from reportpack.run.folders import office_folders
    from reportpack.run.meetings import list_meetings as listed

    lines, said = listed(office_folders(inputs, None, None), london_day(instant(now)))
    if as_json:
        answer_json(
            [
                {
                    "id": one.meeting.id,
                    "date": one.meeting.day.isoformat(),
                    "title": one.meeting.title,
                    "series": one.meeting.series,
                    "cancelled": one.meeting.cancelled,
                    "next": one.is_next,
                    "notes": one.has_notes,
                    "minutes": one.has_minutes,
                    "papers": len(one.meeting.papers),
                }
                for one in lines
            ]
        )
    else:
        for one in lines:
            state = "cancelled" if one.meeting.cancelled else "next" if one.is_next else ""
            words = ", ".join(part for part in (state, one.in_words) if part)
            answer(f"{one.meeting.id:<28} {long_date(one.meeting.day):<18} {one.meeting.title}{f' ({words})' if words else ''}")
    problems(said)
