"""`reportpack release`, `send` and `publish`: a person lets a document out, it goes to the people who get it; and what became of it."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportpack.cli.options import (
    Asked,
    By,
    Document,
    Later,
    Meeting,
    Why,
    Yes,
    asks,
    document_named,
    flag,
    group,
    named,
    told,
    verb,
)
from reportpack.cli.say import answer, confirmed, give, plural, problems, remark, waited
from reportpack.cli.verbs import default_group
from reportpack.errors import DeliveryError, Remedy
from reportpack.model.edition import Audience
from reportpack.model.outbox import LetterState

if TYPE_CHECKING:
    from reportpack.model.outbox import DeliveryReport, LetterStanding
    from reportpack.run.letters import send, send_settle
    from reportpack.run.letters.proposal import Proposed, Releasing
else:
    send, send_settle = Later.of("reportpack.run.letters", "send", "send_settle")

app = group("Send what was released to the people who get it: reportpack send [MEETING].", cls=default_group("letters"))
Letter = Annotated[str, named("KEY|ADDRESS|all", "A letter's key, or an address; all: every one that nobody is sure of.")]
ToOption = Annotated[list[str] | None, told("--to", "WHO", "Only to these: an address, a name or a post.")]
_NEXT = "A meeting's id, or its date (default: the next with a release)."
_DOCUMENTS = "pack or annex (default: all that is released)."


@verb(app, "templates", "build", "json")
def letters(
    asked: Asked,
    meeting: Annotated[str, named("[MEETING]", _NEXT)] = "",
    document: Annotated[list[str] | None, told("--document", None, _DOCUMENTS)] = None,
    to: ToOption = None,
    dry_run: Annotated[bool, flag("--dry-run", "Say who would get what, and write the messages to look at.")] = False,
    drafts: Annotated[bool, flag("--drafts", "Write one draft a person, which a mail program opens unsent.")] = False,
    again: Annotated[str, told("--again", "KEY|ADDRESS", "Send one again that was refused, came back or is uncertain.")] = "",
    yes: Yes = False,
    by: By = "",
) -> None:
    """Send a meeting's released documents, one message each; what has gone does not go again. The same as send alone."""
    from reportpack.run.steps.recording import sending_alone

    folders = asked.folders
    if again:
        confirmed(f"Send the letter {again} once more?", yes=yes, otherwise="Nothing was sent.")
        report = waited(lambda say: send_settle.send_again(folders, again, by, asked.moment, say))
        _report(report, as_json=asked.json)
        return
    wanted = tuple(document_named(one) for one in document or ())
    order = send.SendOrder(meeting, wanted, tuple(to or ()), asked.moment, asked.today)
    with nullcontext() if dry_run else sending_alone(folders):  # what another run has in hand would be shown as uncertain
        plan = send.plan_send(folders, order)
    _show(plan)
    if dry_run:
        paths, not_sent = send.write_dry_run(folders, order, plan)
        answer(*paths)
        for one in not_sent:
            remark(f"Would not be sent to {one.who or one.post}: {one.why}")
        remark("Nothing was sent.")
        return
    if plan.to_go or (drafts and plan.letters):
        confirmed(_question(plan, drafts=drafts), yes=yes, otherwise="Nothing was sent.")
    report = waited(lambda say: send.send_planned(folders, order, plan, say, drafts=drafts))
    _report(report, as_json=asked.json, drafts=drafts)


@verb(app, "json")
def status(asked: Asked, meeting: Annotated[str, named("[MEETING]", "A meeting's id, or its date (default: all).")] = "") -> None:
    """Show what became of every letter; what a person must settle comes first."""
    found = send_settle.letters_of_meeting(asked.folders, meeting, asked.moment)
    give(found, _table(found), as_json=asked.json)
    if not found:
        remark("No letter was ever queued.")


@verb(app)
def settle(
    asked: Asked,
    letter: Letter,
    became: Annotated[str, told("--as", "sent|not-sent", "Whether it went.")],
    why: Why = "",
    by: By = "",
) -> None:
    """Say whether a letter that nobody is sure of went, and how you know. One that did not goes with the next send."""
    if became not in ("sent", "not-sent"):
        raise typer.BadParameter(f"{became!r} is neither sent nor not-sent", param_hint="--as")
    found = send_settle.settle_letters(asked.folders, letter, sent=became == "sent", why=why, by=by, now=asked.moment)
    answer(*_table(found))
    remark("Recorded.")


@verb(app)
def done(asked: Asked, to: ToOption = None, by: By = "") -> None:
    """Record that the drafts went from your mail program."""
    found = send_settle.drafts_done(asked.folders, tuple(to or ()), by, asked.moment)
    answer(*_table(found))
    remark("Recorded.")


@verb(app, "edition", "build")
def show(
    asked: Asked,
    meeting: Meeting,
    version: Annotated[int, typer.Option("--version", help="The version's number.", min=1)] = 1,
    document: Document = "pack",
) -> None:
    """Write a released version again, in the very bytes that were kept, and say where it is. Without --edition: in all of them."""
    answer(*send_settle.show_version(asked.folders, meeting, version, document_named(document), asked.edition, asked.moment))


def _show(plan: "send.SendPlan") -> None:
    remark(f"{plan.meeting.title}, {plan.meeting.id}:")
    for planned, letter in plan.planned:
        before = plan.standing.get(letter.key)
        state = "to go" if before is None or before.state.may_go else before.state.value
        files = ", ".join(one.name for one in letter.enclosures) or "no file"
        post = plan.office.post(planned.to.post)
        why = f"as {post.title}" if post else "as a named recipient"
        to = f"{planned.to.name} <{' '.join(planned.to.email.split())}>"
        remark(f"  {state:<14} {to}, {why}, {planned.release.edition} edition: {files}")
        if planned.lacking:
            remark(f"  {'':<14} but {planned.lacking}")
    for one in plan.not_sent:
        post = plan.office.post(one.post)
        who = one.who or (post.title if post else one.post) or "A recipient"
        remark(f"  {'nothing':<14} {who}: {one.why}")
    for words in plan.remarks:
        remark(words)
    problems(plan.problems)


def _question(plan: "send.SendPlan", *, drafts: bool) -> str:
    count = plural(len(plan.to_go), "letter")
    if drafts:
        return f"Write {count} as drafts?"
    if not plan.office.mail.server:
        return f"Lay {count} into the folder of rehearsals? (There is no mail server in office.toml, so nothing is sent.)"
    return f"Send {count}?"


def _report(report: "DeliveryReport", *, as_json: bool, drafts: bool = False) -> None:
    give(report.letters, _table(report.letters), as_json=as_json)
    for one in report.not_sent:
        remark(f"Not sent to {one.who or one.post}: {one.why}")
    if report.folder and drafts:
        remark(f"{plural(len(report.fresh), 'draft')} in {report.folder}. Open each, send it, then say so: reportpack send done")
    elif report.folder and all(one.state is not LetterState.WAITING for one in report.letters):
        remark("Nothing was sent: no letter waits. A draft goes from your mail program.")
    elif report.folder:
        remark(f"A rehearsal: the letters lie in {report.folder}. Nothing was sent, because office.toml names no mail server.")
    else:
        remark(f"{plural(len(report.fresh), 'letter')} sent now.")
    if report.failed and not report.folder:
        many = {state: sum(one.state is state for one in report.missing) for state in _MISSING}
        lines = [f"{plural(many[state], 'letter')} {words}." for state, words in _MISSING.items() if many[state]]
        found = "\n".join(([report.trouble] if report.trouble else []) + lines) or "Somebody was sent nothing."
        raise DeliveryError(found, Remedy("See:", "send status", then=". What may go again goes with the next send."))


_MISSING = {
    LetterState.UNCERTAIN: "may have arrived, or not: a person must settle it (reportpack send settle)",
    LetterState.REFUSED: "refused for good by the mail server",
    LetterState.CAME_BACK: "came back from the recipient's mail server",
    LetterState.WAITING: "not taken yet",
    LetterState.DRAFTED: "a draft that nobody has said went",
}
_ORDER = ("uncertain", "refused", "came back", "draft written", "waiting", "sent", "arrived")
_WORST_FIRST = tuple(map(LetterState, _ORDER))


def _table(found: "Iterable[LetterStanding]") -> Iterator[str]:
    for one in sorted(found, key=lambda each: _WORST_FIRST.index(each.state)):
        letter = one.letter
        words = "laid out as a rehearsal; not sent" if one.rehearsed and one.state is LetterState.WAITING else one.reply
        yield (
            f"{one.state.value:<14} {one.key}  {letter.meeting}  {letter.carried} v{letter.version} {letter.edition}  "
            f"{letter.to.name} <{letter.to.email}>  {one.last:%Y-%m-%d %H:%M}{f'  {words}' if words else ''}"
        )


_DOCUMENT = (
    "pack, supplement (papers that came after it went), annex, or lines (lines of enquiry and questions, before there is a pack)."
)
_LINES = "The office's lines that the force may read, such as 2.1.2-1,2.1.4-2; or all, or none (default: as before)."
_EDITION = "An edition (default: those that the recipients get)."


@asks("templates", "build", "json", "pdf")
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
    proposal = waited(lambda say: prepare_release(asked.folders, order, say))
    _proposal(proposal)
    if not proposal.nothing_new:
        new = [f"{one.release.named} ({one.release.edition})" for one in proposal.editions if not one.same]
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


def _proposal(proposal: "Releasing") -> None:
    remark(f"{proposal.meeting.title}, {proposal.meeting.id}:")
    for one in proposal.editions:
        remark(f"  {_edition(one)}")
        for asked in one.asked:
            remark(f"  {asked}")
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
    by: By = "",
    document: Document = "pack",
    folder: Annotated[Path | None, told("--folder", "FOLDER", _FOLDER)] = None,
    checklist: Annotated[
        bool, flag("--checklist", "Say what is to be published of the meeting, and until when; publish nothing.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Put a released public edition into the folder for the web site, with all that goes with it; recorded with its version."""
    from reportpack.run.letters.publish import PublishOrder, prepare_publishing, publication_of, record_publishing

    order = PublishOrder(meeting, document_named(document), folder, by, asked.moment, asked.today)
    if checklist:
        found, steps = publication_of(asked.folders, order)
        remark(f"{found.title}, {found.id}:")
        give(steps, steps, as_json=asked.json)
        return
    if not by.strip():
        raise typer.BadParameter("say who publishes it", param_hint="--by")
    publishing = prepare_publishing(asked.folders, order)
    name = f"{publishing.meeting.title}, {publishing.meeting.id}"
    remark(f"{name}: v{publishing.release.version} of the public {document}, to {publishing.folder}")
    for line in (*publishing.asked, *(f"To be taken away, for words held back: {one}" for one in publishing.gone)):
        remark(f"  {line}")
    if not publishing.known:
        confirmed("Publish it for everybody to read?", yes=yes, otherwise="Nothing was published.")
    give(publishing, record_publishing(asked.folders, order, publishing), as_json=asked.json)
    remark("It was published before; the files are as they were." if publishing.known else f"Published by {by}, and recorded.")
    for line in (*publishing.steps, *publishing.warnings):
        remark(f"  {line}")
