"""`reportpack annex`: the notes of a meeting made into the minutes-and-actions annex; issued, agreed, and corrected."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from reportpack.cli.annex_corrections import read_numbers, say_corrections
from reportpack.cli.clock import instant, london_day
from reportpack.cli.groups import DefaultGroup
from reportpack.cli.options import (
    BuildOption,
    EditionOption,
    InputsOption,
    JsonOption,
    NowOption,
    StrictOption,
    TemplatesOption,
)
from reportpack.cli.say import Progress, answer, answer_record, plural, problems, progress, remark

if TYPE_CHECKING:
    from datetime import datetime

    from reportpack.model.audience import Audience
    from reportpack.run.minutes.annex_pages import BuiltAnnex
    from reportpack.run.minutes.annex_reading import AnnexOrder


class AnnexGroup(DefaultGroup):
    """`annex MEETING` is a draft, and `annex MEETING --issue` is `annex issue MEETING`."""

    default = "draft"
    spelt: ClassVar = {
        "--issue": "issue",
        "--agreed": "agree",
        "--returned": "returned",
        "--corrections": "corrections",
        "--accept": "accept",
        "--refuse": "refuse",
    }
    alone = frozenset({"--issue", "--agreed", "--corrections"})


_HELP = "The notes of a meeting as the annex, issued, agreed and corrected: reportpack annex [MEETING] [--issue]"
app = typer.Typer(cls=AnnexGroup, help=_HELP, rich_markup_mode=None)
Latest = Annotated[
    str,
    typer.Argument(
        metavar="[MEETING]", help="A meeting's id, or its date (default: the latest that has notes).", show_default=False
    ),
]
Named = Annotated[str, typer.Argument(metavar="MEETING", help="A meeting's id, or its date.", show_default=False)]
Numbers = Annotated[
    list[str],
    typer.Argument(metavar="NUMBER...", help="A correction, several (3,5-7), or all that are open.", show_default=False),
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so.", show_default=False)]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which is kept.", show_default=False)]
SameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--same",
        metavar="REFERENCE[=WORDS]",
        help="This one has new words in the notes; which ones, or on which line, where several are new.",
        show_default=False,
    ),
]
WithdrawnOption = Annotated[
    list[str] | None,
    typer.Option("--withdrawn", metavar="REFERENCE", help="This one was taken out of the notes.", show_default=False),
]


@app.callback()
def annex() -> None:
    """The notes of a meeting as the annex, issued, agreed and corrected: reportpack annex [MEETING] [--issue]."""


@app.command()
def draft(
    meeting: Latest = "",
    edition: EditionOption = None,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Make the notes into the annex, with queries for the note taker; record nothing. The same as annex alone."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex import build_annex

    folders = office_folders(inputs, build, templates)
    _build(lambda order, say: build_annex(folders, order, say), _order(meeting, edition, now, strict=strict), as_json=as_json)


@app.command()
def issue(
    meeting: Latest = "",
    same: SameOption = None,
    withdrawn: WithdrawnOption = None,
    edition: EditionOption = None,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Number the actions, record what the notes ask for, and make the copy for accuracy. The same as --issue."""
    from reportpack.model.noted import Settled
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_issue import issue_annex

    pairs = (one.partition("=") for one in same or ())
    settled = Settled(tuple((ref.strip(), words.strip().strip('"')) for ref, _, words in pairs), frozenset(withdrawn or ()))
    folders = office_folders(inputs, build, templates)
    order = _order(meeting, edition, now, strict=strict)
    _build(lambda order, say: issue_annex(folders, order, say, settled), order, as_json=as_json)


@app.command()
def agree(
    meeting: Named,
    edition: EditionOption = None,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Record that the notes that were issued are agreed, today, with their corrections. The same as --agreed."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_issue import agree_annex

    folders = office_folders(inputs, build, templates)
    _build(lambda order, say: agree_annex(folders, order, say), _order(meeting, edition, now, strict=strict), as_json=as_json)


@app.command()
def returned(
    meeting: Named,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The Word copy that came back.", show_default=False)],
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take in the Word copy that came back, with its changes and comments, as proposals. The same as --returned FILE."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_returned import take_returned

    with progress() as say:
        found = take_returned(office_folders(inputs, build, templates), _order(meeting, None, now), file, say)
    say_corrections(found, as_json=as_json, everything=False)


@app.command()
def corrections(
    meeting: Latest = "",
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the corrections that were proposed, and what became of each. The same as --corrections."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_returned import list_corrections

    with progress() as say:
        found = list_corrections(office_folders(inputs, build, templates), _order(meeting, None, now), say)
    say_corrections(found, as_json=as_json, everything=True)


@app.command()
def accept(
    meeting: Named,
    numbers: Numbers,
    by: ByOption = "",
    why: WhyOption = "",
    words: Annotated[
        str, typer.Option("--words", metavar="TEXT", help="What should be read, in other words.", show_default=False)
    ] = "",
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Accept corrections; the register's rows follow. The same as --accept NUMBER."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_returned import Settling, settle_corrections

    settling = Settling(read_numbers(numbers, "--accept"), True, by, why, words)
    with progress() as say:
        found = settle_corrections(office_folders(inputs, build, templates), _order(meeting, None, now), settling, say)
    say_corrections(found, as_json=as_json, everything=False)


@app.command()
def refuse(
    meeting: Named,
    numbers: Numbers,
    by: ByOption = "",
    why: WhyOption = "",
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Refuse corrections, and say why. The same as --refuse NUMBER."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_returned import Settling, settle_corrections

    settling = Settling(read_numbers(numbers, "--refuse"), False, by, why)
    with progress() as say:
        found = settle_corrections(office_folders(inputs, build, templates), _order(meeting, None, now), settling, say)
    say_corrections(found, as_json=as_json, everything=False)


def _order(meeting: str, edition: "Audience | None", now: "datetime | None", *, strict: bool = False) -> "AnnexOrder":
    from reportpack.run.minutes.annex_reading import AnnexOrder

    moment = instant(now)
    return AnnexOrder(meeting, edition, moment, london_day(moment), strict)


def _build(make: "Callable[[AnnexOrder, Progress], BuiltAnnex]", order: "AnnexOrder", *, as_json: bool) -> None:
    with progress() as say:
        built = make(order, say)
    if as_json:
        answer_record(built)
    else:
        for path in built.paths:
            answer(str(path))
    remark(_summary(built))
    if built.given:
        remark(f"Recorded: {', '.join(one.ref for one in built.given)}.")
    problems(built.problems)


def _summary(built: "BuiltAnnex") -> str:
    count = f"{built.queries} queries" if built.queries != 1 else "1 query"
    must = f", {built.blocking} of them to be answered before it can be agreed" if built.blocking else ""
    pages = "given again as it was kept" if built.again else plural(built.pages, "page")
    open_ones = f" {plural(built.corrections, 'correction')} to accept or refuse." if built.corrections else ""
    return (
        f"{built.meeting.title}, {built.meeting.id}: {built.version}, {built.edition} edition, {pages}, "
        f"{plural(built.actions, 'action')} arising; {count} for the note taker{must}.{open_ones}"
    )
