"""`reportpack release` and `publish`: a person lets a document out, having seen what it is and who would read it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import Asked, By, Document, Meeting, Yes, asks, document_named, told
from reportpack.cli.say import confirmed, give, plural, progress, remark
from reportpack.model.edition import Audience

if TYPE_CHECKING:
    from reportpack.run.letters.proposal import Proposal, Proposed


_DOCUMENT = "pack, annex, or lines (lines of enquiry and questions, before there is a pack)."
_LINES = "The office's lines that the force may read, such as 2.1.2-1,2.1.4-2; or all, or none (default: as before)."
_EDITION = "An edition (default: those that the recipients get)."


@asks("templates", "build", "json")
def release(
    asked: Asked,
    meeting: Meeting,
    by: By,
    document: Annotated[str, typer.Option("--document", help=_DOCUMENT)] = "pack",
    edition: Annotated[list[Audience] | None, told("--edition", None, _EDITION)] = None,
    lines: Annotated[str, told("--lines", "NUMBERS", _LINES)] = "",
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
        new = [f"v{one.release.version} ({one.release.edition})" for one in proposal.editions if not one.same]
        what = " and ".join(new) or plural(len(proposal.lines), "line")
        confirmed(f"Release {what} as {by}?", yes=yes, otherwise="Nothing was released.")
    paths = record_release(asked.folders, order, proposal)
    give(replace(proposal, paths=paths), paths, as_json=asked.json)
    if not proposal.nothing_new:
        remark(f"Released by {by}, and recorded.")
    elif proposal.editions or proposal.lines:
        remark("All of it was released already; nothing changed.")
    else:
        remark("No line is released to the force; nothing changed. Name those that are to go, such as --lines 2.1-1,2.1-2")


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
    for line in proposal.offered if proposal.document == "lines" else ():
        if (line.place, line.words) not in gone:
            remark(f"  Not released, {line.id}: {line.words}")


def _edition(one: "Proposed") -> str:
    release = one.release
    state = "released already" if one.same else "to be released"
    pdf = next((file.sha256 for file in release.files if file.role.value == "pdf"), "")
    sheets = f"; with sheets or forms for {', '.join(one.owners)}" if one.owners else ""
    look = f"; not built by itself yet, so look at it with: reportpack pack {release.meeting} --edition {release.edition}"
    return (
        f"v{release.version}, {release.edition} edition, {state}: {plural(release.pages, 'page')}, "
        f"{plural(one.withheld, 'item')} withheld, sha256 {pdf[:16]}{sheets}{'' if one.seen else look}"
    )


_FOLDER = "Where the web site takes it from (default: public inside build)."


@asks("templates", "build", "json")
def publish(
    asked: Asked,
    meeting: Meeting,
    by: By,
    document: Document = "pack",
    folder: Annotated[Path | None, told("--folder", "FOLDER", _FOLDER)] = None,
    yes: Yes = False,
) -> None:
    """Put a released public edition into the folder for the web site, with an index; recorded with its version."""
    from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing

    order = PublishOrder(meeting, document_named(document), folder, by, asked.moment, asked.today)
    publishing = prepare_publishing(asked.folders, order)
    name = f"{publishing.meeting.title}, {publishing.meeting.id}"
    remark(f"{name}: v{publishing.release.version} of the public {document}, to {publishing.folder}")
    if not publishing.known:
        confirmed("Publish it for everybody to read?", yes=yes, otherwise="Nothing was published.")
    give(publishing, record_publishing(asked.folders, order, publishing), as_json=asked.json)
    remark("It was published before; the files are as they were." if publishing.known else f"Published by {by}, and recorded.")
