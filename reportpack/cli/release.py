"""`reportpack release`: a person lets a document out, having seen what it is and who would read it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, By, Meeting, Yes, asks, document_named, told
from reportpack.cli.say import confirmed, give, plural, progress, remark
from reportpack.model.edition import Audience

if TYPE_CHECKING:
    from reportpack.run.letters.proposal import Proposal, Proposed


@asks("templates", "build", "json")
def release(
    asked: Asked,
    meeting: Meeting,
    by: By,
    document: Annotated[
        str, typer.Option("--document", help="pack, annex, or lines (lines of enquiry and questions, before there is a pack).")
    ] = "pack",
    edition: Annotated[
        list[Audience] | None,
        typer.Option("--edition", help="An edition (default: those that the recipients get).", show_default=False),
    ] = None,
    lines: Annotated[
        str,
        told(
            "--lines",
            "NUMBERS",
            "The office's lines that the force may read, such as 2.1.2-1,2.1.4-2; or all, or none (default: as before).",
        ),
    ] = "",
    yes: Yes = False,
) -> None:
    """Release a document as you saw it: its bytes are kept, and those alone are sent and published. Shows what it is and asks first."""
    from reportpack.run.letters.proposal import LINES, ReleaseOrder
    from reportpack.run.letters.release import prepare_release, record_release

    wanted = tuple(one.strip() for one in lines.split(",") if one.strip()) if lines else None
    which = document_named(document, LINES)
    order = ReleaseOrder(meeting, which, tuple(edition or ()), wanted, by, asked.moment, asked.today)
    with progress() as say:
        proposal = prepare_release(asked.folders, order, say)
    _show(proposal)
    if not proposal.nothing_new:
        confirmed(f"Release {_what(proposal)} as {by}?", yes=yes, otherwise="Nothing was released.")
    paths = record_release(asked.folders, order, proposal)
    give(replace(proposal, paths=paths), paths, as_json=asked.json)
    if not proposal.nothing_new:
        remark(f"Released by {by}, and recorded.")
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
        lines = plural(len(proposal.offered), "line")
        remark(f"  None of the office's {lines} (questions, lines of enquiry) is released to the force.")
    for line in proposal.lines if proposal.document != "annex" else ():
        remark(f"  To the force, {line.id}: {line.words}")
    for name in proposal.unused:
        remark(f"  Not used: {name}")
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
    look = f"; not built by itself yet, so look at it with: reportpack pack {release.meeting} --edition {release.edition}"
    unseen = "" if one.seen else look
    return (
        f"v{release.version}, {release.edition} edition, {state}: {plural(release.pages, 'page')}, "
        f"{plural(one.withheld, 'item')} withheld, sha256 {pdf[:16]}{sheets}{unseen}"
    )
