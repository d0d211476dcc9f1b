"""`reportpack annex`: the notes of a meeting made into the minutes-and-actions annex, with the queries that they leave."""

from typing import TYPE_CHECKING, Annotated

import typer

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
from reportpack.cli.say import answer, answer_json, plural, problem_answer, problems, progress, remark

if TYPE_CHECKING:
    from reportpack.run.annex import BuiltAnnex


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
    agreed: Annotated[bool, typer.Option("--agreed", help="Record that the notes that were issued are agreed, today.")] = False,
    same: Annotated[
        list[str] | None,
        typer.Option(
            "--same", metavar="REFERENCE", help="With --issue: this one has new words in the notes.", show_default=False
        ),
    ] = None,
    withdrawn: Annotated[
        list[str] | None,
        typer.Option(
            "--withdrawn", metavar="REFERENCE", help="With --issue: this one was taken out of the notes.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Make the notes of a meeting into the annex, with queries for the note taker. Without --issue or --agreed it records nothing."""
    from reportpack.model.noted import Settled
    from reportpack.run.annex import AnnexOrder, build_annex
    from reportpack.run.annex_issue import agree_annex, issue_annex
    from reportpack.run.folders import office_folders

    if issue and agreed:
        raise typer.BadParameter("notes are issued first, and agreed later: give one of --issue and --agreed")
    if agreed and not meeting:
        raise typer.BadParameter("say which meeting's notes are agreed, such as: reportpack annex 2019-05-28 --agreed")
    moment = instant(now)
    if (same or withdrawn) and not issue:
        raise typer.BadParameter("--same and --withdrawn say what became of what was issued: give --issue too")
    settled = Settled(frozenset(same or ()), frozenset(withdrawn or ()))
    order = AnnexOrder(meeting, edition, moment, london_day(moment), strict)
    with progress() as say:
        if issue:
            built = issue_annex(office_folders(inputs, build, templates), order, say, settled)
        else:
            built = (agree_annex if agreed else build_annex)(office_folders(inputs, build, templates), order, say)
    if as_json:
        answer_json(_as_answer(built))
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
    return (
        f"{built.meeting.title}, {built.meeting.id}: {built.version}, {built.edition} edition, {plural(built.pages, 'page')}, "
        f"{plural(built.actions, 'action')} arising; {count} for the note taker{must}."
    )


def _as_answer(built: "BuiltAnnex") -> dict[str, object]:
    return {
        "paths": [str(path) for path in built.paths],
        "meeting": built.meeting.id,
        "edition": built.edition.value,
        "version": built.version,
        "pages": built.pages,
        "actions": built.actions,
        "queries": built.queries,
        "blocking": built.blocking,
        "given": [{"sheet": one.sheet, "ref": one.ref, "words": one.words} for one in built.given],
        "problems": [problem_answer(one) for one in built.problems],
    }
