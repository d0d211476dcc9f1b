"""`reportpack release`: a person lets a document out, having seen what it is and who would read it."""

from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import BuildOption, InputsOption, JsonOption, NowOption, TemplatesOption
from reportpack.cli.say import answer, answer_json, confirmed, plural, progress, remark
from reportpack.model.audience import Audience

if TYPE_CHECKING:
    from reportpack.run.letters.proposal import Proposal, Proposed


def release(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="A meeting's id, or its date.", show_default=False)],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who releases it; the name is kept.", show_default=False)],
    document: Annotated[
        str, typer.Option("--document", help="pack, annex, or lines (lines of enquiry and questions, before there is a pack).")
    ] = "pack",
    edition: Annotated[
        list[Audience] | None,
        typer.Option("--edition", help="An edition (default: those that the recipients get).", show_default=False),
    ] = None,
    lines: Annotated[
        str,
        typer.Option(
            "--lines",
            metavar="NUMBERS",
            help="The office's lines that the force may read, such as 2.1.2-1,2.1.4-2; or all, or none (default: as before).",
            show_default=False,
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Release it without asking.")] = False,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
) -> None:
    """Release a document as you saw it: its bytes are kept, and those alone are sent and published. Shows what it is and asks first."""
    from reportpack.run.folders import office_folders
    from reportpack.run.letters.proposal import ReleaseOrder
    from reportpack.run.letters.release import DOCUMENTS, prepare_release, record_release

    if document not in DOCUMENTS:
        raise typer.BadParameter(f"{document!r} is none of {', '.join(DOCUMENTS)}", param_hint="--document")
    if not by.strip():
        raise typer.BadParameter("say who releases it", param_hint="--by")
    moment = instant(now)
    wanted = tuple(one.strip() for one in lines.split(",") if one.strip()) if lines else None
    order = ReleaseOrder(
        meeting, DOCUMENTS[document], tuple(edition or ()), wanted, " ".join(by.split()), moment, london_day(moment)
    )
    folders = office_folders(inputs, build, templates)
    with progress() as say:
        proposal = prepare_release(folders, order, say)
    _show(proposal)
    if not proposal.nothing_new:
        confirmed(f"Release {_what(proposal)} as {order.by}?", yes=yes, otherwise="Nothing was released.")
    paths = record_release(folders, order, proposal)
    if as_json:
        answer_json(_as_answer(proposal, [str(path) for path in paths]))
    else:
        for path in paths:
            answer(str(path))
    if not proposal.nothing_new:
        remark(f"Released by {order.by}, and recorded.")
    elif proposal.editions or proposal.lines:
        remark("All of it was released already; nothing changed.")
    else:
        remark("No line is released to the force; nothing changed. Name those that are to go, such as --lines 2.1-1,2.1-2")


def _what(proposal: "Proposal") -> str:
    new = [one for one in proposal.editions if not one.same]
    if not new:
        return plural(len(proposal.lines), "line")
    return " and ".join(f"v{one.release.version} ({one.release.edition})" for one in new)


def _show(proposal: "Proposal") -> None:
    remark(f"{proposal.meeting.title}, {proposal.meeting.id}:")
    for one in proposal.editions:
        remark(f"  {_edition(one)}")
    if proposal.offered and not proposal.lines:
        remark(
            f"  None of the office's {plural(len(proposal.offered), 'line')} (questions, lines of enquiry) is released to the force."
        )
    for line in proposal.lines if proposal.document != "annex" else ():
        remark(f"  To the force, {line.id}: {line.words}")
    gone = {(line.place, line.words) for line in proposal.lines}
    kept_back = [one for one in proposal.offered if (one.place, one.words) not in gone]
    if proposal.document == "lines":
        for line in kept_back:
            remark(f"  Not released, {line.id}: {line.words}")


def _edition(one: "Proposed") -> str:
    release = one.release
    state = "released already" if one.same else "to be released"
    pdf = next((file.sha256 for file in release.files if file.role.value == "pdf"), "")
    sheets = f"; with sheets or forms for {', '.join(one.owners)}" if one.owners else ""
    unseen = (
        ""
        if one.seen
        else f"; not built by itself yet, so look at it with: reportpack pack {release.meeting} --edition {release.edition}"
    )
    return (
        f"v{release.version}, {release.edition} edition, {state}: {plural(release.pages, 'page')}, "
        f"{plural(one.withheld, 'item')} withheld, sha256 {pdf[:16]}{sheets}{unseen}"
    )


def _as_answer(proposal: "Proposal", paths: list[str]) -> dict[str, object]:
    return {
        "meeting": proposal.meeting.id,
        "document": proposal.document,
        "new": not proposal.nothing_new,
        "editions": [
            {
                "edition": one.release.edition.value,
                "version": one.release.version,
                "pages": one.release.pages,
                "files": {file.role.value: file.sha256 for file in one.release.files if not file.post},
            }
            for one in proposal.editions
        ],
        "lines": [{"id": one.id, "words": one.words} for one in proposal.lines],
        "paths": paths,
    }
