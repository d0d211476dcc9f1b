"""Release and send: who gets which file, a release with a tick for each edition, a second page before letters leave, and what became of them."""

from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus

from starlette.responses import JSONResponse, RedirectResponse, Response

from reportpack.compose.setting import join_words
from reportpack.drive_files import sha256_of
from reportpack.errors import InputError, RefusedError, ReportpackError
from reportpack.model.document import PACK, RELEASED, SUPPLEMENT, DocumentKind
from reportpack.model.edition import Audience
from reportpack.model.letter import Letter
from reportpack.model.meeting import Meeting
from reportpack.model.office import Side
from reportpack.model.outbox import DeliveryReport, LetterState
from reportpack.model.release import Planned
from reportpack.run.letters.proposal import LINES, Reader, ReleaseOrder, readers_of
from reportpack.run.letters.publish import Publishing, PublishOrder, prepare_publishing, publication_of, record_publishing
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.letters.send import SendOrder, SendPlan, plan_send, send_planned
from reportpack.run.letters.send_settle import letters_of_meeting, send_again, settle_letters
from reportpack.run.steps.recording import sending_alone
from reportpack.web.frame import counted, left_out, meeting_of, month, office_of, page, preview
from reportpack.web.papers import papers_of
from reportpack.web.visit import Done, Visit, plain_remedy, whole

_UNCLEAR = (LetterState.UNCERTAIN, LetterState.REFUSED, LetterState.CAME_BACK)


def release(visit: Visit) -> Response:
    """Step 1: who would get which file, and a tick for each edition."""
    meeting, document = meeting_of(visit), _document(visit)
    found = month(visit, meeting)
    readers = _readers(visit, meeting, document)
    editions = tuple(dict.fromkeys(one.edition for one in readers))
    released = {one.edition: one for one in found.released} if document == PACK.stem else {}
    built = found.built.number if found.built is not None else 0
    current = built > 0 and all(one in released and released[one].build >= built for one in editions)
    late = [one.paper.title for one in papers_of(visit, meeting).papers if one.late] if document == SUPPLEMENT.stem else []
    visit.runs("release", meeting.id, document=_kind(document).short, by=visit.session.who or "NAME")
    return page(visit, "send.jinja", "send")(
        title=f"Release and send {_kind(document).spoken}",
        document=document,
        documents=[(one.stem, one.spoken) for one in RELEASED],
        readers={edition: [one for one in readers if one.edition is edition] for edition in editions},
        found=found,
        late=late,
        stale=document in (PACK.stem, SUPPLEMENT.stem) and (found.built is None or bool(found.changed or found.recorded)),
        released=released if current else {},
        built=built,
    )


def do_release(visit: Visit) -> Done:
    """Released as it was looked at, once every edition is ticked; nothing leaves the office."""
    meeting, document = meeting_of(visit), _document(visit)
    found = month(visit, meeting)
    alone = (Audience.PUBLIC,) if visit.typed("alone") else ()  # it is published, and sent to nobody
    needed = alone or tuple(dict.fromkeys(one.edition for one in _readers(visit, meeting, document)))
    missing = [edition.value for edition in needed if edition.value not in visit.ticked("edition")]
    if missing:
        lacking = f"Nothing was released: the tick for the {join_words(missing)} edition is missing."
        raise InputError(lacking, "Read who gets it, then tick it.")
    if document == PACK.stem and not alone and str(found.built.number if found.built is not None else 0) != visit.typed("built"):
        again = "The pack was built again since this page was shown. Nothing was released."
        raise RefusedError(again, "Look at the pack, then release it.")
    order = ReleaseOrder(meeting.id, document, alone, None, visit.by(), visit.now, visit.today)
    proposal = prepare_release(visit.folders, order, lambda _: None)
    record_release(visit.folders, order, proposal)
    versions = join_words(sorted({f"version {one.release.version}" for one in proposal.editions}))
    which = f"{versions[:1].upper()}{versions[1:]}"
    only = "It is not published yet." if alone else "It is sent only from this page."
    said = f"{which} is released, by {visit.by()} at {visit.now:%H:%M}. {only}"
    said = " ".join((said, *dict.fromkeys(line for one in proposal.editions for line in one.asked)))
    return Done(said, f"/m/{meeting.id}/{'publish' if alone else 'send/confirm'}?document={document}")


def publish(visit: Visit) -> Response:
    """What everybody will read of the meeting, what they will not by its name, and the one step that is next."""
    meeting, document = meeting_of(visit), _document(visit)
    kind, built = _kind(document), document != PACK.stem
    with suppress(ReportpackError):
        built = built or bool(preview(visit, meeting, Audience.PUBLIC))
    publishing, steps, why = visit.desk.look(f"publish {meeting.id} {document}", lambda: _publishing(visit))
    found = left_out(visit, meeting, Audience.PUBLIC) if document == PACK.stem else None
    visit.runs("publish", meeting.id, document=kind.short, by=visit.session.who or "NAME")
    names = {"document": document, "spoken": kind.spoken, "publishing": publishing, "steps": steps, "why": why}
    return page(visit, "publish.jinja", "send")(title=f"Publish {kind.spoken}", built=built, found=found, **names)


def _publishing(visit: Visit) -> tuple[Publishing | None, tuple[str, ...], str]:
    """What would be published, or why nothing can be yet; between them the meeting's checklist."""
    order = _publish_order(visit)
    try:
        publishing = prepare_publishing(visit.folders, order)
    except ReportpackError as error:
        return None, publication_of(visit.folders, order)[1], f"{error.found} {plain_remedy(error.remedy)}"
    return publishing, (*publishing.steps, *publishing.warnings), ""


def _publish_order(visit: Visit) -> PublishOrder:
    return PublishOrder(meeting_of(visit).id, _document(visit), None, visit.session.who, visit.now, visit.today)


def do_publish(visit: Visit) -> Done:
    """Published in the version that was shown; it is recorded, and cannot be called back."""
    by, publishing = visit.by(), prepare_publishing(visit.folders, _publish_order(visit))
    if "read" not in visit.ticked("sure"):
        raise InputError("Nothing was published: the tick is missing.", "Read it as the public will, then tick it.")
    if str(publishing.release.version) != visit.typed("version"):
        raise RefusedError("It was released anew since this page was shown. Nothing was published.", "Look at it again.")
    count = len(record_publishing(visit.folders, _publish_order(visit), publishing))
    said = f"Version {publishing.release.version} is published, by {by}: {counted(count, 'file')}."
    return Done(said, f"{visit.path}?document={_document(visit)}")


def lines(visit: Visit) -> Response:
    """The office's questions and lines of enquiry, of which a person may release some to the force."""
    meeting = meeting_of(visit)
    found = left_out(visit, meeting, Audience.FORCE)
    visit.runs("release", meeting.id, document=LINES, lines="NUMBERS", by=visit.session.who or "NAME")
    return page(visit, "lines.jinja", "send")(title="Lines for the force to read", lines=found.lines, released=found.released)


def do_lines(visit: Visit) -> Done:
    """Those that are ticked are released to the force, in the very words that stand there; the others are not, or not any more."""
    meeting = meeting_of(visit)
    chosen = visit.ticked("line") or ("none",)
    order = ReleaseOrder(meeting.id, LINES, (), chosen, visit.by(), visit.now, visit.today)
    proposal = prepare_release(visit.folders, order, lambda _: None)
    shown = dict(one.partition("|")[::2] for one in visit.ticked("shown"))
    if any(sha256_of(one.words.encode())[:12] != shown.get(one.id, "") for one in proposal.lines):
        raise RefusedError("The lines changed since this page was shown. Nothing was released.", "Look at them again.")
    record_release(visit.folders, order, proposal)
    said = f"{counted(len(proposal.lines), 'line')} released to the force. Build the force edition to see them in it."
    return Done(said, f"/m/{meeting.id}/send")


def confirm(visit: Visit) -> Response:
    """Step 2: the last page before letters leave the office."""
    meeting, document = meeting_of(visit), _document(visit)
    plan = plan_send(visit.folders, SendOrder(meeting.id, (document,), (), visit.now, visit.today))
    going = _going(plan)
    people = {one.to.email: one.to for one, _ in going}
    at = min(max(whole(visit.asked.get("letter", "0")), 0), max(len(plan.planned) - 1, 0))
    visit.runs("send", meeting.id, document=_kind(document).short, dry_run="")
    return page(visit, "confirm.jinja", "send")(
        title=f"Step 2 of 2: send it to {'these ' if len(people) != 1 else ''}{counted(len(people), 'person', 'people')}"
        if going
        else "Everybody has it",
        document=document,
        plan=plan,
        going=going,
        persons=len(people),
        groups={
            edition: [one for one in going if one[0].release.edition is edition]
            for edition in dict.fromkeys(one[0].release.edition for one in going)
        },
        rehearsal=not plan.office.mail.server,
        names=join_words([one.name for one in people.values()]),
        posts={one.id: one.title for one in plan.office.posts},
        shown=plan.planned[at] if plan.planned else None,
        at=at,
        keys=_keys(plan),
    )


def do_send(visit: Visit) -> Done:
    """The letters go, or are laid out where there is no mail server: only by this button, only with the right number, only what was shown."""
    meeting, document = meeting_of(visit), _document(visit)
    if visit.typed("do") != "send":
        said = "Nothing was sent: the field only keeps the number. The button below it sends."
        return Done(said, f"{visit.path}?document={document}", typed={"count": visit.typed("count")})
    visit.by()
    order = SendOrder(meeting.id, (document,), (), visit.now, visit.today)
    with sending_alone(visit.folders):
        plan = plan_send(visit.folders, order)
    if _keys(plan) != visit.typed("keys"):
        raise RefusedError("Who gets what changed since this page was shown. Nothing was sent.", "Look again at who gets it.")
    ours = {one.id for one in plan.office.posts if one.side is Side.OFFICE}
    others = len({one.to.email for one, _ in _going(plan) if one.to.post not in ours})
    if visit.typed("count") != str(others):
        found = "That is not how many are in the force’s list. Nothing was sent."
        raise InputError(found, "Count them above, and type the number.")
    folders = visit.folders
    visit.desk.start(f"send {meeting.id}", lambda say: send_planned(folders, order, plan, say))
    return Done(to=f"/m/{meeting.id}/send/receipts")


def receipts(visit: Visit) -> Response:
    """What became of every letter; what a person must settle stands first."""
    meeting = meeting_of(visit)
    letters = letters_of_meeting(visit.folders, meeting.id, visit.now)
    task = visit.desk.task(f"send {meeting.id}")
    busy = task is not None and not task.done.is_set()
    report = task.result if task is not None and isinstance(task.result, DeliveryReport) else None
    unclear = [] if busy else [one for one in letters if one.state in _UNCLEAR]
    gone = sum(one.state.has_gone for one in letters)
    rehearsed = bool(letters) and all(one.rehearsed and one.state is LetterState.WAITING for one in letters)
    title = "Laid out to look at. Nothing was sent" if rehearsed else f"Sent to {gone} of {len(letters)}"
    title = "The letters are being handed over" if busy else title if letters else "Nothing was sent yet"
    visit.runs("send status", meeting.id)
    trouble = report.trouble if report is not None else ""
    if task is not None and task.error is not None:
        trouble = plain_remedy(f"{task.error.found} {task.error.remedy}")
    return page(visit, "receipts.jinja", "send")(
        title=f"{title}. {counted(len(unclear), 'letter')} need you" if unclear else title,
        letters=sorted(letters, key=lambda one: (one.state not in _UNCLEAR, one.letter.to.name)),
        unclear=unclear,
        busy=busy,
        task=task,
        trouble=trouble,
        folder=report.folder if report is not None else "",
        not_sent=report.not_sent if report is not None else (),
    )


def sending(visit: Visit) -> Response:
    """Whether letters are still being handed over."""
    task = visit.desk.task(f"send {visit.named['meeting']}")
    busy = task is not None and not task.done.is_set()
    return JSONResponse({"state": "sending", "line": task.line} if task is not None and busy else {"state": "done"})


def settle(visit: Visit) -> Done:
    """A person says what they learnt of a letter that nobody is sure of."""
    why = visit.typed("why")
    if not why:
        raise InputError("It is not said how you know.", "Say it in a few words; they are kept.")
    went = visit.typed("became") == "sent"
    (one, *_) = settle_letters(visit.folders, visit.typed("key"), sent=went, why=why, by=visit.by(), now=visit.now)
    visit.runs("send settle", one.key, **{"as": "sent" if went else "not-sent"}, why=why)
    said = "arrived" if went else "did not arrive; it goes with the next sending"
    return Done(f"Recorded: the letter to {one.letter.to.name} {said}.")


def again(visit: Visit) -> Done:
    """One letter once more, with a tick."""
    if "yes" not in visit.ticked("sure"):
        raise InputError("Nothing was sent: the tick is missing.", "Tick that it is to go once more.")
    report = send_again(visit.folders, visit.typed("key"), visit.by(), visit.now, lambda _: None)
    return Done(f"Tried once more: {join_words([f'{one.letter.to.name}, {one.state.value}' for one in report.letters])}.")


def enclosure(visit: Visit) -> Response:
    """A file of a letter, as it would go, to look at."""
    meeting, document = meeting_of(visit), _document(visit)
    plan = plan_send(visit.folders, SendOrder(meeting.id, (document,), (), visit.now, visit.today))
    try:
        file = plan.planned[int(visit.named["letter"])][1].enclosures[int(visit.named["file"])]
    except (ValueError, IndexError):
        return RedirectResponse(f"/m/{meeting.id}/send/confirm", HTTPStatus.SEE_OTHER)
    ascii_name = file.name.encode("ascii", "replace").decode().replace('"', "'").replace("\\", "-")
    headers = {"content-disposition": f'attachment; filename="{ascii_name}"'}
    return Response(file.data, media_type=file.media_type.partition(";")[0], headers=headers)


def _document(visit: Visit) -> str:
    named = visit.typed("document") or visit.asked.get("document", "") or PACK.stem
    if not any(one.stem == named for one in RELEASED):
        known = join_words([one.spoken for one in RELEASED])
        raise InputError("There is no such document to release.", f"These are: {known}.")
    return named


def _kind(document: str) -> DocumentKind:
    return next(one for one in RELEASED if one.stem == document)


def _readers(visit: Visit, meeting: Meeting, document: str) -> tuple[Reader, ...]:
    return readers_of(office_of(visit)[0].office, meeting.series, document, visit.today)


def _going(plan: SendPlan) -> Sequence[tuple[Planned, Letter]]:
    keys = {one.key for one in plan.to_go}
    return [pair for pair in plan.planned if pair[1].key in keys]


def _keys(plan: SendPlan) -> str:
    """What a form brings back, so that exactly the letters go that were shown."""
    going = sorted((one.key, one.subject, one.text, [file.sha256 for file in one.enclosures]) for one in plan.to_go)
    return sha256_of(repr(going).encode())
