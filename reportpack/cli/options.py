"""The options that several verbs share, declared once."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from reportpack.model.audience import Audience


def read_day(text: str) -> date:
    """A day as people type it: 2019-05-21, 21/05/2019 or 21 May 2019."""
    from dateutil import parser

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parser.parse(text, dayfirst=True, default=datetime(1, 1, 1)).date()  # noqa: DTZ001 - a day has no zone
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(f"{text!r} is not a date such as 2019-05-21") from error


def _instant(text: str) -> datetime:
    """An instant in ISO form; one without a zone is London time."""
    from zoneinfo import ZoneInfo

    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not an instant such as 2019-05-21T09:00") from error
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
    typer.Option("--edition", metavar="EDITION", help="office, force or public (default: the series' own).", show_default=False),
]
