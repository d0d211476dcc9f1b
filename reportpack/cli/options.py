"""The options that several verbs share, declared once; a verb says which of them it has with `asks`.

The only place that reads a clock. The day that a moment names is the day in London, where the office is.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, time
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

import typer

from reportpack import patterns as re
from reportpack.model.document import RELEASED, PdfStandard
from reportpack.model.edition import Audience, edition_names
from reportpack.model.period import FIRST_YEAR, LAST_YEAR, iso_day
from reportpack.records import Record

if TYPE_CHECKING:
    from reportpack.run.office_files import Folders
    from reportpack.run.steps.recording import Change


_LONDON = ZoneInfo("Europe/London")


def instant(given: datetime | None) -> datetime:
    """Now, or the instant that stands in for it; in London's time, to the second."""
    return (given or datetime.now(UTC)).astimezone(_LONDON).replace(microsecond=0)


def london_day(moment: datetime) -> date:
    """The day that it is in London at that moment."""
    return moment.astimezone(_LONDON).date()


P = ParamSpec("P")
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
    try:
        instant = datetime.fromisoformat(text.strip()) if _INSTANT.match(text.strip()) else None
    except ValueError:
        instant = None
    if instant is None or not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise typer.BadParameter(f"{text!r} is not an instant such as 2019-05-21T09:00")
    return instant if instant.tzinfo else instant.replace(tzinfo=_LONDON)


def group(meaning: str, **more: Any) -> typer.Typer:
    """A verb that has verbs of its own."""
    return typer.Typer(help=meaning, no_args_is_help=True, **more)


class Later:
    """A module that is imported when something of it is first used: a verb needs its own alone, and help none."""

    def __init__(self, name: str) -> None:
        self._name = name

    @staticmethod
    def of(package: str, *names: str) -> "Iterator[Later]":
        """Those modules of a package."""
        return (Later(f"{package}.{name}") for name in names)

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


def told(name: str, metavar: str | None, meaning: str, **more: Any) -> Any:
    """An option that is told in words, and has none of its own."""
    return typer.Option(name, metavar=metavar, help=meaning, show_default=False, **more)


def flag(name: str, meaning: str) -> Any:
    """An option that is given or not."""
    return typer.Option(name, help=meaning)


def named(metavar: str, meaning: str, **more: Any) -> Any:
    """An argument."""
    return typer.Argument(metavar=metavar, help=meaning, show_default=False, **more)


def _own_or_before_the_verb(context: typer.Context, option: typer.CallbackParam, given: Any) -> Any:
    """What was given after the verb, else before it: `reportpack --inputs FOLDER pack` means that folder."""
    return context.find_root().params.get(option.name or "") if given is None else given


def _said(option: typer.CallbackParam, given: str) -> str:
    """On one line; what must be said is not said with blanks."""
    text = " ".join(given.split())
    if option.required and not text:
        raise typer.BadParameter("say who does it" if option.name == "by" else f"say {option.name}")
    return text


_INPUTS = told("--inputs", "FOLDER", "What people put in (default: inputs).", callback=_own_or_before_the_verb)
_NOW = told("--now", "INSTANT", "Stand in for the clock, for trials.", parser=_instant, callback=_own_or_before_the_verb)
_ON = told("--on", "DATE", "Show what was known on this day; records nothing.", parser=read_day)
_TEMPLATES = told("--templates", "FOLDER", "The office's own templates (default: templates, where there is one).")
InputsOption = Annotated[Path | None, _INPUTS]
NowOption = Annotated[datetime | None, _NOW]
JsonOption = Annotated[bool, flag("--json", "Give the answer as JSON on standard output.")]
By = Annotated[str, told("--by", "NAME", "Who says so; it is kept.", callback=_said)]
Why = Annotated[str, told("--why", "TEXT", "The reason; it is kept.", callback=_said)]
Yes = Annotated[bool, flag("--yes", "Do not ask.")]
Document = Annotated[str, typer.Option("--document", help=f"{' or '.join(one.short for one in RELEASED)}.")]
Meeting = Annotated[str, named("MEETING", "A meeting's id, or any date it had.")]
NextMeeting = Annotated[str, named("[MEETING]", "A meeting's id, or its date (default: the next one, else the latest).")]
NotedMeeting = Annotated[str, named("[MEETING]", "A meeting's id, or its date (default: the latest that has notes).")]


class Asked(Record):
    """What was said in the options that verbs share, each as the command line has it; `moment` is now, or what stands in for it."""

    moment: datetime
    edition: Annotated[Audience | None, told("--edition", "EDITION", f"{edition_names()} (default: the series' own).")] = None
    inputs: InputsOption = None
    templates: Annotated[Path | None, _TEMPLATES] = None
    build: Annotated[Path | None, told("--build", "FOLDER", "Where pages go (default: build).")] = None
    on: Annotated[date | None, _ON] = None
    now: NowOption = None
    json: JsonOption = False
    pdf: Annotated[PdfStandard | None, told("--pdf", None, "ua2 for PDF 2.0 and PDF/UA-2 (default: as theme.toml has it).")] = (
        None
    )
    strict: Annotated[bool, flag("--strict", "Write nothing when there are problems, and exit with 10.")] = False

    def clock(self) -> datetime:
        """What the time is whenever it is asked, for what goes on for longer than a moment."""
        return instant(self.now)

    @property
    def today(self) -> date:
        """The day in London."""
        return london_day(self.moment)

    def change(self, by: str = "", why: str = "") -> "Change":
        """What is changed now, by whom and why."""
        from reportpack.run.steps.recording import Change

        return Change(self.moment, by, why)

    @property
    def folders(self) -> "Folders":
        """The office's folders; InputError where there is none."""
        from reportpack.run.office_files import office_folders

        return office_folders(self.inputs, self.build, self.templates, self.pdf)


def document_named(short: str, *others: str) -> str:
    """What the files of the document begin with that is called so on the command line, or one of the others."""
    known = {one.short: one.stem for one in RELEASED} | {one: one for one in others}
    if short not in known:
        raise typer.BadParameter(f"{short!r} is none of {', '.join(known)}", param_hint="--document")
    return known[short]


def asks(*options: str) -> Callable[[Callable[Concatenate[Asked, P], None]], Callable[P, None]]:
    """The verb below has these options, --inputs and --now beside its own, and is given what they say as its first argument."""
    shared = [one for one in fields(Asked) if one.name in (*options, "inputs", "now")]

    def declared(verb: Callable[Concatenate[Asked, P], None]) -> Callable[P, None]:
        @wraps(verb)
        def said(*_: P.args, **given: P.kwargs) -> None:
            told: dict[str, Any] = {one.name: given.pop(one.name) for one in shared}
            verb(Asked(instant(told["now"]), **told), *_, **given)

        own = list(signature(verb).parameters.values())[1:]
        more = [Parameter(one.name, Parameter.KEYWORD_ONLY, default=one.default, annotation=one.type) for one in shared]
        said.__signature__ = signature(verb).replace(parameters=[*own, *more])  # type: ignore[attr-defined]  # typer reads it
        return said

    return declared


def verb(
    app: typer.Typer, *options: str, name: str | None = None, short_help: str | None = None
) -> Callable[[Callable[Concatenate[Asked, P], None]], Callable[P, None]]:
    """The verb below is one of the app's, and has these options as with `asks`."""
    return lambda function: app.command(name, short_help=short_help)(asks(*options)(function))
