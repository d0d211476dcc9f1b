"""`inbox`: replies that were dropped in are kept, shown with what they propose, and accepted or refused by a person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reportpack.compose.commission import calendar_uid
from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.merge.replies import accepted_changes, figure_said, is_known, proposals_of, sender_of
from reportpack.model.event import Event, RowChange
from reportpack.model.meeting import Meeting
from reportpack.model.observation import FigureAnswered
from reportpack.model.office import Office
from reportpack.model.outbox import Delivery, LetterReported, LetterState
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register_columns import Heading, SheetName
from reportpack.model.register_row import RegisterRow
from reportpack.model.reply import PLACE_IN, DeliveryTold, KeptFile, Proposal, Reply, ReplyKept, ReplyKind, ReplySettled, Saying
from reportpack.model.words import shortened
from reportpack.records import Record
from reportpack.run.office_files import INBOX, Folders, gather_meetings, inbox_files
from reportpack.run.register.rows import Updated, find_row, refuse_unreadable
from reportpack.run.steps.recording import Change, Recording, recording
from reportpack.toml.edit import with_keys

_ANSWERS = {"DECLINED": "does not come", "ACCEPTED": "comes", "TENTATIVE": "may come", "DELEGATED": "sends somebody else"}
_WENT = (LetterState.SENT, LetterState.ARRIVED, LetterState.UNCERTAIN, LetterState.DRAFTED)


def _letters_reported(ledger: Ledger, told: DeliveryTold, report: str) -> tuple[LetterReported, ...]:
    """What the report says of letters of ours, by their message ids; one that went to several people is told from the rest by its address. What
    a person reports is told by its address and subject, where just one letter has both."""
    standing = letters_standing(ledger.letters())
    subjects = {" ".join(one.casefold().split()) for one in told.subjects}
    ours = [one for one in standing if one.queued.message_id in told.message_ids]
    ours = ours or [one for one in standing if " ".join(one.letter.subject.casefold().split()) in subjects]
    named = [one for one in ours if one.letter.to.email.casefold() in told.addresses]
    named = named or (ours if len(ours) == 1 and not subjects else [])
    may_be_told = (*_WENT, *([LetterState.CAME_BACK] if told.outcome is Delivery.CAME_BACK else []))
    found = [one for one in named if one.state in may_be_told]
    found = found if len(found) == 1 or not subjects else []
    return tuple(LetterReported(one.letter.meeting, one.key, told.outcome, told.words, report) for one in found)


def letters_back(ledger: Ledger) -> int:
    """How many letters came back that nobody has settled or sent again."""
    standing = letters_standing(ledger.letters()) if ledger.of_kinds(LetterReported) else ()
    return sum(one.state is LetterState.CAME_BACK for one in standing)


def _remarks_of(reply: Reply, answered: Meeting | None, reported: Sequence[LetterReported]) -> tuple[str, ...]:
    """What a machine's letter means, in a sentence; `answered` is the meeting whose invitation it answers."""
    if reply.delivery is not None:
        if not reported and reply.delivery.subjects:
            return (
                "It reports a letter that came back, and its address and subject do not tell which letter came back: look for it.",
            )
        if not reported:
            return ("It names no letter that was sent from here, so nothing was settled by it.",)
        told = ((one, f" ({one.words})" if one.words else "") for one in reported)
        return tuple(f"The letter {one.key} {_OUTCOMES[one.outcome]}{words}." for one, words in told)
    if reply.kind is ReplyKind.CALENDAR:
        if reply.calendar is None or answered is None:
            return ("A calendar's answer to an invitation that was not sent from here.",)
        did, written = (
            _ANSWERS.get(reply.calendar.answer, "has answered the invitation"),
            reply.text.strip() or reply.calendar.words,
        )
        said = f"The sender {did} to {answered.title}, {answered.id}"
        return (f'{said}, and writes: "{shortened(written, 300)}"' if written else f"{said}.",)
    return ("An automatic reply, so it is news of nothing.",) if reply.kind is ReplyKind.AUTOMATIC else ()


_OUTCOMES = {
    Delivery.ARRIVED: "arrived",
    Delivery.LATE: "has not arrived yet, and is still being tried",
    Delivery.CAME_BACK: "came back: it did not arrive",
}


def _with_apologies(kept: ReplyKept, meetings: Sequence[Meeting], inputs: Path) -> dict[Path, bytes]:
    meeting = next((one for one in meetings if one.id == kept.apologies), None)
    if meeting is None:
        found = f"The meeting {kept.apologies} is not set any more, so no apologies can be noted."
        raise RefusedError(found, Remedy("Refuse it:", "inbox refuse", "NUMBER", why="TEXT"))
    if kept.post in meeting.apologies:
        return {}
    path = inputs / meeting.source.file
    return {path: with_keys(path.read_bytes(), path.name, {"apologies": (*meeting.apologies, kept.post)})}


def _set_aside(kept: ReplyKept, number: int) -> Problem | None:
    if kept.waits:
        return None
    who = kept.name or kept.address or "no sender named"
    found = f"{kept.kind.value.capitalize()} of {who}, set aside. {' '.join(kept.remarks[:3])}"
    news = "Nothing to do. If it is news of an action all the same:"
    remedy = Remedy(news, "inbox accept", str(number), **{"for": "REFERENCE"})
    return Problem("reply-set-aside", Source(kept.file), found, remedy, Weight.NOTE)


DONE = "done"
_CAUSE = "reportpack inbox accept"


class WaitingReply(Record):
    """A kept reply by its number, with what nobody has settled of it; `known` when office.toml has its sender."""

    number: int
    kept: ReplyKept
    received: datetime
    known: bool
    proposals: tuple[Proposal, ...]


def take_in_replies(
    folders: Folders, ledger: Ledger, office: Office, meetings: Sequence[Meeting], now: datetime, placed: Sequence[Problem]
) -> tuple[int, tuple[Problem, ...]]:
    """Keep every reply that lies in the inbox and is not kept yet, and move it to `inbox/done`; gives how many are new. `placed` says which of
    the files are no replies."""
    asked = {one.source.file for one in placed}
    paths = [path for path in inbox_files(folders) if _lies(path, folders) not in asked]
    if not paths:
        return 0, ()
    taken = 0
    problems: list[Problem] = []
    with recording(folders, now, ledger=ledger) as record:
        known = {one.sha256 for one in ledger.happened(ReplyKept)}
        for path in paths:
            reply, data, found = _read(path, _lies(path, folders))
            problems.extend(found)
            if reply is None:
                continue
            if reply.source.sha256 not in known:
                kept = record.record(_kept_events(record, reply, data, office, meetings))[0]
                known.add(reply.source.sha256)
                taken += 1
                aside = _set_aside(kept.what, kept.number) if isinstance(kept.what, ReplyKept) else None
                problems.extend([aside] if aside is not None else [])
            problems.extend(_put_away(path, folders))
    return taken, tuple(problems)


def list_inbox(folders: Folders, now: datetime) -> tuple[tuple[WaitingReply, ...], int, tuple[Problem, ...]]:
    """Take in what lies in the inbox, then give every reply that waits, oldest first, and how many are new."""
    from reportpack.run.due.dropped import place_dropped

    settings, meetings, _ = gather_meetings(folders)
    placed = place_dropped(folders, settings, meetings, now.date())
    with recording(folders, now) as record:
        taken, problems = take_in_replies(folders, record.ledger, settings.office, meetings, now, placed)
        return waiting_replies(record.ledger, settings.office), taken, (*placed, *problems, *record.problems)


def waiting_replies(ledger: Ledger, office: Office, *, aside: bool = False) -> tuple[WaitingReply, ...]:
    """Every kept reply of which something is not settled; with `aside`, those too that no person has to look at."""
    events = ledger.of_kinds(ReplyKept, ReplySettled)
    settled: dict[int, set[str]] = {}
    for one in events:
        if isinstance(one.what, ReplySettled):
            settled.setdefault(one.what.reply, set()).add(one.what.ref)
    waiting = []
    for one in events:
        if isinstance(one.what, ReplyKept) and (one.what.waits or aside) and "" not in settled.get(one.number, set()):
            left = tuple(each for each in one.what.proposals if each.ref not in settled.get(one.number, set()))
            if left or not one.what.proposals:
                known = is_known(one.what.address, office, (one.what.sent or one.recorded).date())
                waiting.append(WaitingReply(one.number, one.what, one.recorded, known, left))
    return tuple(waiting)


def accept_reply(folders: Folders, number: int, refs: Sequence[str], saying: Saying | None, said: Change) -> tuple[Updated, ...]:
    """What the reply proposes (for the rows named, when any are) becomes part of the register, as the update that a person made."""
    settings, meetings, _ = gather_meetings(folders)
    with recording(folders, said.now) as record:
        rows = record.rows
        done = _accepted(record.ledger, number, refs)
        if done and record.was_behind:
            found = f"Reply {number} was accepted by a run that did not end, so nothing was recorded now."
            known = Problem("reply-accepted", Source(INBOX), found, "The register has it; nothing need be done.", Weight.NOTE)
            return tuple(Updated(find_row(rows, ref), (*record.problems, known)) for ref in done)
        waiting = _waiting(record.ledger, settings.office, number, "It is accepted already. " if done else "")
        if waiting.kept.apologies and not refs:
            changed = _with_apologies(waiting.kept, meetings, folders.inputs)
            record.record([said.event(ReplySettled(number, "", accepted=True))], changed)
            return ()
        chosen = _chosen(waiting, refs, rows)
        events: list[Event] = []
        for each in chosen:
            proposal = each if saying is None else replace(each, saying=saying)
            if not proposal.sheet:
                answered = _figure_answered(folders, number, waiting.kept, proposal)
                events += [said.event(answered), said.event(ReplySettled(number, each.ref, accepted=True))]
                continue
            row = find_row(rows, proposal.ref)
            changes = accepted_changes(row, waiting.kept, proposal, settings.office, waiting.received.date())
            refuse_unreadable(row, changes, settings)
            change = RowChange(row.sheet, row.ref, changes, _CAUSE, Source(waiting.kept.file, sha256=waiting.kept.sha256))
            events += [said.event(change), said.event(ReplySettled(number, row.ref, accepted=True))]
        record.record(events)
        return tuple(Updated(find_row(record.rows, each.ref), record.problems) for each in chosen if each.sheet)


def _figure_answered(folders: Folders, number: int, kept: ReplyKept, proposal: Proposal) -> FigureAnswered:
    from reportpack.run.figures import figure_answered

    place, _, file = proposal.ref.partition(PLACE_IN)
    told, value = figure_said(proposal.words)
    if not told:
        found = f'"{proposal.words[:80]}" ({proposal.ref}) gives no figure, and does not say that the one there is right.'
        remedy = "Nothing was recorded. Answer it yourself, then:"
        raise InputError(found, Remedy(remedy, "inbox refuse", str(number), why="TEXT"))
    why = f"Reply of {kept.name or kept.address or 'the supplier'}: {proposal.words}"
    return figure_answered(folders, file, place, value, why)[0]


def refuse_reply(folders: Folders, number: int, refs: Sequence[str], said: Change) -> WaitingReply:
    """The reply, or what it says of the rows named, is not used; it stays kept, with the reason."""
    settings, _, _ = gather_meetings(folders)
    with recording(folders, said.now) as record:
        waiting = _waiting(record.ledger, settings.office, number)
        known = {each.ref.upper(): each.ref for each in waiting.proposals}
        for ref in refs:
            if ref.upper() not in known:
                raise InputError(f"The reply {number} says nothing of {ref}.", f"It speaks of: {', '.join(known) or 'nothing'}.")
        which = [known[ref.upper()] for ref in refs] or [""]
        record.record([said.event(ReplySettled(number, ref, accepted=False, why=said.why)) for ref in which])
        return waiting


def _accepted(ledger: Ledger, number: int, refs: Sequence[str]) -> tuple[str, ...]:
    """The rows for which the reply is accepted, where those are all that are meant: a run that was cut off is asked for again."""
    done = tuple(one.ref for one in ledger.happened(ReplySettled) if one.reply == number and one.accepted)
    kept = next((one.what for one in ledger.of_kinds(ReplyKept) if one.number == number), None)
    proposed = [one.ref for one in kept.proposals] if isinstance(kept, ReplyKept) else []
    meant = {ref.strip().casefold() for ref in (refs or proposed)}
    return done if meant and meant <= {ref.casefold() for ref in done} else ()


def _waiting(ledger: Ledger, office: Office, number: int, known: str = "") -> WaitingReply:
    replies = waiting_replies(ledger, office, aside=True)
    found = next((one for one in replies if one.number == number), None)
    if found is None:
        numbers = ", ".join(str(one.number) for one in replies if one.kept.waits) or "none"
        raise InputError(f"No reply {number} waits.", Remedy(f"{known}These do: {numbers}. See:", "inbox"))
    return found


def _chosen(waiting: WaitingReply, refs: Sequence[str], rows: Sequence[RegisterRow]) -> tuple[Proposal, ...]:
    """The proposals to accept. What a reply does not say of itself, or a stranger says, needs the rows named by a person."""
    if not refs:
        for one in (each for each in waiting.proposals if each.against):
            raise RefusedError(
                one.against, Remedy("Once you know, name it:", "inbox accept", str(waiting.number), **{"for": one.ref})
            )
        if waiting.proposals and waiting.known:
            return waiting.proposals
        found = "It names nothing that the register has" if not waiting.proposals else "Its sender is a stranger to office.toml"
        about = waiting.proposals[0].ref if waiting.proposals else "12/2019"
        say = Remedy(f"If it is about {about}, say so:", "inbox accept", str(waiting.number), **{"for": about})
        raise RefusedError(f"{found}, so nothing is matched by itself.", say)
    proposed = {each.ref.upper(): each for each in waiting.proposals}
    chosen = []
    for ref in refs:
        if PLACE_IN in ref and ref.upper() in proposed:
            chosen.append(proposed[ref.upper()])
            continue
        row = find_row(rows, ref)
        if row.sheet not in (SheetName.ACTIONS, SheetName.MATTERS):
            raise InputError(f"{row.ref} is no action and no matter.", "Replies are about those.")
        words = waiting.kept.text or waiting.kept.title
        chosen.append(proposed.get(row.ref.upper()) or Proposal(row.sheet, row.ref, Saying.UPDATE, words))
    return tuple(chosen)


def _lies(path: Path, folders: Folders) -> str:
    return path.relative_to(folders.inputs).as_posix()


def _read(path: Path, name: str) -> tuple[Reply | None, bytes, tuple[Problem, ...]]:
    from reportpack.read.inbox.opening import read_reply, too_large
    from reportpack.read.inbox.own_words import MAX_FILE_BYTES

    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            return None, b"", (too_large(name, size),)
        data = bytes_of(path)
    except OSError as error:
        found = f"It cannot be read: {error.strerror or type(error).__name__}."
        return None, b"", (Problem("reply-unreadable", Source(name), found, "Close the program that holds it, then run again."),)
    reply, problems = read_reply(data, name)
    return reply, data, problems


def _kept_events(record: Recording, reply: Reply, data: bytes, office: Office, meetings: Sequence[Meeting]) -> list[Event]:
    ledger, rows, now = record.ledger, record.rows, record.now
    person, post = sender_of(reply, office, (reply.sent or now).date())
    proposals, remarks = proposals_of(reply, rows)
    reported = _letters_reported(ledger, reply.delivery, reply.source.sha256) if reply.delivery is not None else ()
    uid, declined = (reply.calendar.uid, reply.calendar.answer == "DECLINED") if reply.calendar is not None else ("", False)
    answered = next((one for one in meetings if uid and calendar_uid(one.id, office) == uid), None)
    lines = f"{reply.quoted} lines of an earlier letter below it were"
    lines = "1 line of an earlier letter below it was" if reply.quoted == 1 else lines
    remarks = (
        *_remarks_of(reply, answered, reported),
        *reply.remarks,
        *remarks,
        *filter(None, (_belongs(rows, one.ref, post, office) for one in proposals if one.sheet)),
        *((f"{lines} left out.",) if reply.quoted else ()),
        *(f"Outside the form's cells, and not used: {one}." for one in reply.outside[:20]),
    )
    sender = reply.address, reply.name or (person.name if person is not None else ""), post
    said = reply.sent, reply.title, reply.text
    files = tuple(KeptFile(one.name, ledger.keep(one.data) if one.data else "") for one in reply.files)
    of = (reply.kind, tuple(one.key for one in reported), answered.id if post and declined and answered is not None else "")
    kept = ReplyKept(reply.source.file, ledger.keep(data), *sender, *said, files, proposals, remarks, *of)
    return [Event(kept, now), *(Event(one, now) for one in reported)]


def _belongs(rows: Sequence[RegisterRow], ref: str, post: str, office: Office) -> str:
    from reportpack.read.posts import read_owners

    row = find_row(rows, ref)
    owners = read_owners(row.text(Heading.OWNER), office).posts
    if post in (*owners, "") or not owners:
        return ""
    return f"{row.ref} belongs to {row.text(Heading.OWNER)}, and the sender does not hold that post."


def _put_away(path: Path, folders: Folders) -> tuple[Problem, ...]:
    """Into the folder of what is kept; where that cannot be, it stays, and is known by its bytes."""
    target = folders.inputs / INBOX / DONE / path.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number = 2
        while target.exists():
            target = target.with_name(f"{path.stem} ({number}){path.suffix}")
            number += 1
        path.rename(target)
    except OSError as error:
        found = f"It is kept, but could not be moved to {INBOX}/{DONE}: {error.strerror or type(error).__name__}."
        remedy = "Move it yourself, or leave it."
        return (Problem("reply-not-moved", Source(_lies(path, folders)), found, remedy, Weight.NOTE),)
    return ()
