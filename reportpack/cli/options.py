"""The options that several verbs share, declared once."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from reportpack import patterns as re
from reportpack.model.audience import Audience
from reportpack.model.edition import edition_names
from reportpack.model.meeting import FIRST_YEAR, LAST_YEAR
from reportpack.model.period import iso_day

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}.*)?$")


def read_day(text: str) -> date:
    """A whole day as people type it: 2019-05-21, 21/05/2019 or 21 May 2019. What is missing is never filled in."""
    from reportpack.read.register.occasions import read_day as day_in_words

    day = iso_day(text.strip()) or day_in_words(text)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(f"{text!r} is not a date such as 2019-05-21, from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def read_time(text: str) -> time:
    """A time of day as people type it: hours and minutes."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise typer.BadParameter(f"{text!r} is not a time such as 10:00")
    return time(int(match[1]), int(match[2]))


def _instant(text: str) -> datetime:
    """A day with its time, in ISO form; a day alone is its beginning, and one without a zone is London time."""
    from zoneinfo import ZoneInfo

    try:
        instant = datetime.fromisoformat(text.strip()) if _INSTANT.match(text.strip()) else None
    except ValueError:
        instant = None
    if instant is None or not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise typer.BadParameter(f"{text!r} is not an instant such as 2019-05-21T09:00")
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo("Europe/London"))


def _own_or_before_the_verb(context: typer.Context, option: typer.CallbackParam, given: Any) -> Any:
    """What was given after the verb, else before it: `reportpack --inputs FOLDER pack` means that folder."""
    return context.find_root().params.get(option.name or "") if given is None else given


InputsOption = Annotated[
    Path | None,
    typer.Option("--inputs", metavar="FOLDER", help="What people put in (default: inputs).", callback=_own_or_before_the_verb),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option("--templates", metavar="FOLDER", help="The office's own templates (default: templates, where there is one)."),
]
BuildOption = Annotated[Path | None, typer.Option("--build", metavar="FOLDER", help="Where pages go (default: build).")]
OnOption = Annotated[
    date | None, typer.Option("--on", metavar="DATE", parser=read_day, help="Show what was known on this day; records nothing.")
]
NowOption = Annotated[
    datetime | None,
    typer.Option(
        "--now",
        metavar="INSTANT",
        parser=_instant,
        help="Stand in for the clock, for trials.",
        callback=_own_or_before_the_verb,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Give the answer as JSON on standard output.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="Write nothing when there are problems, and exit with 10.")]
MeetingArgument = Annotated[
    str,
    typer.Argument(
        metavar="[MEETING]", help="A meeting's id, or its date (default: the next one, else the latest).", show_default=False
    ),
]
EditionOption = Annotated[
    Audience | None,
    typer.Option("--edition", metavar="EDITION", help=f"{edition_names()} (default: the series' own).", show_default=False),
]
