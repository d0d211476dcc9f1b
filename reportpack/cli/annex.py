"""`reportpack annex`: the notes of a meeting made into the minutes-and-actions annex, with the queries that they leave."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.annex_corrections import read_numbers, say_corrections
from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import (
    BuildOption,
    EditionOption,
    InputsOption,
    JsonOption,
    NowOption,
    StrictOption,
    TemplatesOption,
)
from reportpack.cli.say import Progress, answer, answer_json, plural, problem_answer, problems, progress, remark

if TYPE_CHECKING:
    from reportpack.model.noted import Settled
    from reportpack.run.folders import Folders
    from reportpack.run.minutes.annex_pages import BuiltAnnex
    from reportpack.run.minutes.annex_reading import AnnexOrder
    from reportpack.run.minutes.annex_returned import Settling


def annex(
    meeting: Annotated[
        str,
        typer.Argument(
            metavar="[MEETING]", help="A meeting's id, or its date (default: the latest that has notes).", show_default=False
        ),
    ] = "",
    edition: EditionOption = None,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    issue: Annotated[
        bool, typer.Option("--issue", help="Number the actions, record what the notes ask for, and make the copy for accuracy.")
    ] = False,
    agreed: Annotated[
        bool, typer.Option("--agreed", help="Record that the notes that were issued are agreed, today, with their corrections.")
    ] = False,
    same: Annotated[
        list[str] | None,
        typer.Option(
            "--same",
            metavar="REFERENCE[=WORDS]",
            help="With --issue: this one has new words in the notes; which ones, or on which line, where several are new.",
            show_default=False,
        ),
    ] = None,
    withdrawn: Annotated[
        list[str] | None,
        typer.Option(
            "--withdrawn", metavar="REFERENCE", help="With --issue: this one was taken out of the notes.", show_default=False
        ),
    ] = None,
    returned: Annotated[
        Path | None,
        typer.Option(
            "--returned",
            metavar="FILE",
            help="Take in the Word copy that came back, with its changes and comments.",
            show_default=False,
        ),
    ] = None,
    corrections: Annotated[bool, typer.Option("--corrections", help="List the corrections that were proposed.")] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept", metavar="NUMBER", help="Accept a correction, several (3,5-7), or all that are open.", show_default=False
        ),
    ] = None,
    refuse: Annotated[
        list[str] | None,
        typer.Option("--refuse", metavar="NUMBER", help="Refuse a correction, several, or all. Needs --why.", show_default=False),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="With --accept and --refuse: who says so.", show_default=False)
    ] = "",
    why: Annotated[
        str,
        typer.Option("--why", metavar="TEXT", help="With --accept and --refuse: the reason, which is kept.", show_default=False),
    ] = "",
    words: Annotated[
        str,
        typer.Option("--words", metavar="TEXT", help="With --accept: what should be read, in other words.", show_default=False),
    ] = "",
    as_json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Make the notes of a meeting into the annex, with queries for the note taker; take in and settle corrections to it.

    Without --issue, --agreed, --returned, --accept or --refuse it records nothing.
    """
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.annex_reading import AnnexOrder

    asked = [issue, agreed, returned is not None, corrections, bool(accept), bool(refuse)]
    if sum(asked) > 1:
        raise typer.BadParameter("give one of --issue, --agreed, --returned, --corrections, --accept and --refuse at a time")
    if any((agreed, returned is not None, accept, refuse)) and not meeting:
        raise typer.BadParameter("say which meeting's notes are meant, such as: reportpack annex 2019-05-28 --agreed")
    if (same or withdrawn) and not issue:
        raise typer.BadParameter("--same and --withdrawn say what became of what was issued: give --issue too")
    if (by or why or words) and not (accept or refuse):
        raise typer.BadParameter("--by, --why and --words go with --accept or --refuse")
    moment = instant(now)
    order = AnnexOrder(meeting, edition, moment, london_day(moment), strict)
    folders = office_folders(inputs, build, templates)
    if asked[2] or corrections or accept or refuse:
        settling = _settling(accept, refuse, by, why, words) if accept or refuse else None
        _corrections(folders, order, returned, settling, as_json=as_json)
        return
    with progress() as say:
        built = _make(folders, order, say, issue=issue, agreed=agreed, settled=_settled(same, withdrawn))
    if as_json:
        answer_json(_as_answer(built))
    else:
        for path in built.paths:
            answer(str(path))
    remark(_summary(built))
    if built.given:
        remark(f"Recorded: {', '.join(one.ref for one in built.given)}.")
    problems(built.problems)


def _settled(same: list[str] | None, withdrawn: list[str] | None) -> "Settled":
    """`15/2019`, or `15/2019=the new words`."""
    from reportpack.model.noted import Settled

    pairs = (one.partition("=") for one in same or ())
    return Settled(tuple((ref.strip(), words.strip().strip('"')) for ref, _, words in pairs), frozenset(withdrawn or ()))


def _make(
    folders: "Folders", order: "AnnexOrder", say: Progress, *, issue: bool, agreed: bool, settled: "Settled"
) -> "BuiltAnnex":
    from reportpack.run.minutes.annex import build_annex
    from reportpack.run.minutes.annex_issue import agree_annex, issue_annex

    if issue:
        return issue_annex(folders, order, say, settled)
    return (agree_annex if agreed else build_annex)(folders, order, say)


def _settling(accept: list[str] | None, refuse: list[str] | None, by: str, why: str, words: str) -> "Settling":
    from reportpack.run.minutes.annex_returned import Settling

    option = "--accept" if accept else "--refuse"
    return Settling(read_numbers(list(accept or refuse or ()), option), bool(accept), by, why, words)


def _corrections(
    folders: "Folders", order: "AnnexOrder", returned: Path | None, settling: "Settling | None", *, as_json: bool
) -> None:
    from reportpack.run.minutes.annex_returned import list_corrections, settle_corrections, take_returned

    with progress() as say:
        if returned is not None:
            found = take_returned(folders, order, returned, say)
        elif settling is not None:
            found = settle_corrections(folders, order, settling, say)
        else:
            found = list_corrections(folders, order, say)
    say_corrections(found, as_json=as_json, everything=returned is None and settling is None)


def _summary(built: "BuiltAnnex") -> str:
    count = f"{built.queries} queries" if built.queries != 1 else "1 query"
    must = f", {built.blocking} of them to be answered before it can be agreed" if built.blocking else ""
    pages = "given again as it was kept" if built.again else plural(built.pages, "page")
    open_ones = f" {plural(built.corrections, 'correction')} to accept or refuse." if built.corrections else ""
    return (
        f"{built.meeting.title}, {built.meeting.id}: {built.version}, {built.edition} edition, {pages}, "
        f"{plural(built.actions, 'action')} arising; {count} for the note taker{must}.{open_ones}"
    )


def _as_answer(built: "BuiltAnnex") -> dict[str, object]:
    return {
        "paths": [str(path) for path in built.paths],
        "meeting": built.meeting.id,
        "edition": built.edition.value,
        "version": built.version,
        "pages": built.pages or None,
        "actions": built.actions,
        "queries": built.queries,
        "blocking": built.blocking,
        "corrections": built.corrections,
        "given": [{"sheet": one.sheet, "ref": one.ref, "words": one.words} for one in built.given],
        "problems": [problem_answer(one) for one in built.problems],
    }
