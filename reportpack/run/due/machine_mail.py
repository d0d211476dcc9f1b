"""What machines send back: a delivery report says what became of a letter, an automatic reply is set aside, a calendar's answer becomes apologies."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from reportpack.compose.calendar import calendar_uid
from reportpack.errors import RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.outbox import Delivery, LetterReported, LetterState
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.reply import CalendarAnswer, DeliveryTold, Reply, ReplyKept, ReplyKind
from reportpack.toml.edit import with_keys

_ANSWERS = {"DECLINED": "does not come", "ACCEPTED": "comes", "TENTATIVE": "may come", "DELEGATED": "sends somebody else"}
_WENT = (LetterState.SENT, LetterState.ARRIVED, LetterState.UNCERTAIN, LetterState.DRAFTED)


def letters_reported(ledger: Ledger, told: DeliveryTold, report: str) -> tuple[LetterReported, ...]:
    """What the report says of letters of ours, by their message ids; one that went to several people is told from the rest by its address."""
    ours = [one for one in letters_standing(ledger.letters()) if one.queued.message_id in told.message_ids]
    named = [one for one in ours if one.letter.to.email.casefold() in told.addresses] or (ours if len(ours) == 1 else [])
    may_be_told = (*_WENT, *([LetterState.CAME_BACK] if told.outcome is Delivery.CAME_BACK else []))
    found = [one for one in named if one.state in may_be_told]
    return tuple(LetterReported(one.letter.meeting, one.key, told.outcome, told.words, report) for one in found)


def letters_back(ledger: Ledger) -> int:
    """How many letters came back that nobody has settled or sent again."""
    standing = letters_standing(ledger.letters()) if ledger.of_kinds(LetterReported) else ()
    return sum(one.state is LetterState.CAME_BACK for one in standing)


def remarks_of(reply: Reply, office: Office, meetings: Sequence[Meeting], reported: Sequence[LetterReported]) -> tuple[str, ...]:
    """What a machine's letter means, in a sentence."""
    if reply.delivery is not None:
        if not reported:
            return ("It names no letter that was sent from here, so nothing was settled by it.",)
        return tuple(
            f"The letter {one.key} {_OUTCOMES[one.outcome]}{f' ({one.words})' if one.words else ''}." for one in reported
        )
    if reply.kind is ReplyKind.CALENDAR:
        return (_calendar_remark(reply.calendar, office, meetings),)
    return ("An automatic reply, so it is news of nothing.",) if reply.kind is ReplyKind.AUTOMATIC else ()


_OUTCOMES = {
    Delivery.ARRIVED: "arrived",
    Delivery.LATE: "has not arrived yet, and is still being tried",
    Delivery.CAME_BACK: "came back: it did not arrive",
}


def meeting_answered(answer: CalendarAnswer | None, office: Office, meetings: Iterable[Meeting]) -> Meeting | None:
    """The meeting whose invitation is answered."""
    uid = answer.uid if answer is not None else ""
    return next((one for one in meetings if uid and calendar_uid(one.id, office) == uid), None)


def _calendar_remark(answer: CalendarAnswer | None, office: Office, meetings: Sequence[Meeting]) -> str:
    meeting = meeting_answered(answer, office, meetings)
    if answer is None or meeting is None:
        return "A calendar's answer to an invitation that was not sent from here."
    words = _ANSWERS.get(answer.answer)
    if words is None:
        return f"The sender has answered the invitation to {meeting.id}."
    return f"The sender {words} to {meeting.title}, {meeting.id}."


def apologies_for(answer: CalendarAnswer | None, office: Office, meetings: Sequence[Meeting]) -> str:
    """The id of the meeting to which a calendar says that its owner does not come; empty for every other answer."""
    meeting = meeting_answered(answer, office, meetings)
    return meeting.id if meeting is not None and answer is not None and answer.answer == "DECLINED" else ""


def with_apologies(kept: ReplyKept, meetings: Sequence[Meeting], inputs: Path) -> dict[Path, bytes]:
    """The meeting's file with the apologies of the sender's post; nothing where they stand there already."""
    meeting = next((one for one in meetings if one.id == kept.apologies), None)
    if meeting is None:
        found = f"The meeting {kept.apologies} is not set any more, so no apologies can be noted."
        raise RefusedError(found, Remedy("Refuse it:", "inbox refuse", "NUMBER", why="TEXT"))
    if kept.post in meeting.apologies:
        return {}
    path = inputs / meeting.source.file
    return {path: with_keys(path.read_bytes(), path.name, {"apologies": (*meeting.apologies, kept.post)})}


def set_aside(kept: ReplyKept, number: int) -> Problem | None:
    """A note for what a machine sent and nobody has to answer."""
    if kept.waits:
        return None
    who = kept.name or kept.address or "no sender named"
    found = f"{kept.kind.value.capitalize()} of {who}, set aside. {' '.join(kept.remarks[:3])}"
    news = "Nothing to do. If it is news of an action all the same:"
    remedy = Remedy(news, "inbox accept", str(number), **{"for": "REFERENCE"})
    return Problem("reply-set-aside", Source(kept.file), found, remedy, Weight.NOTE)
