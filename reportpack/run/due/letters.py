"""Letters that duties make: held until a person lets them go, or at once where the office has set that they may go alone.
What is held is kept whole in the ledger, so that what goes is what was shown, once, whatever stops a run."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reportpack.errors import InputError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.duty import DutyKind, HeldSettled, LettersHeld
from reportpack.model.event import Event
from reportpack.model.office import Mail
from reportpack.model.outbox import DeliveryReport, LetterStanding
from reportpack.model.recurrence import Alone
from reportpack.records import Record
from reportpack.run.office_files import Folders, Progress, gather_meetings, open_memory
from reportpack.run.steps.recording import Change, recording

_ALONE = {
    DutyKind.COMMISSION: Alone.COMMISSIONING,
    DutyKind.REMINDER: Alone.REMINDERS,
    DutyKind.CALENDAR: Alone.CALENDAR,
    DutyKind.CHASE_PAPER: Alone.CHASES,
    DutyKind.CHASE_FIGURES: Alone.CHASES,
    DutyKind.SHEETS: Alone.SHEETS,
}
LONDON = ZoneInfo("Europe/London")
_TRIED = timedelta(days=28)  # How long letters that were let go are tried again.


class Held(Record):
    """Letters of one duty by their number, since when they wait, and whether a person (or the settings) let them go."""

    number: int
    what: LettersHeld
    since: datetime
    let_go: bool


def may_go_alone(kind: DutyKind, alone: Sequence[Alone]) -> bool:
    """Whether the office has set that letters of that kind go without a person's word; reports to the officer always do."""
    return kind is DutyKind.REPORT or _ALONE.get(kind) in alone


def held_letters(ledger: Ledger) -> tuple[Held, ...]:
    """Everything that waits or was let go, oldest first; what was dropped is left out."""
    events = ledger.of_kinds(LettersHeld, HeldSettled)
    settled = {one.what.held: one.what for one in events if isinstance(one.what, HeldSettled)}
    dropped = {number for number, one in settled.items() if one.dropped}
    held = [(one, one.what) for one in events if isinstance(one.what, LettersHeld) and one.number not in dropped]
    return tuple(Held(one.number, what, one.recorded, one.number in settled) for one, what in held)


def _settle_held(folders: Folders, numbers: Sequence[int] | None, said: Change, *, dropped: bool) -> None:
    """A person lets held letters go, or drops them (None: all that wait); InputError for a number that does not wait."""
    with recording(folders, said.now) as record:
        waiting = [one.number for one in held_letters(record.ledger) if not one.let_go]
        for number in numbers or ():
            if number not in waiting:
                known = ", ".join(map(str, waiting)) or "none"
                raise InputError(f"No letters wait under the number {number}.", Remedy(f"These do: {known}. See:", "due list"))
        chosen = waiting if numbers is None else dict.fromkeys(numbers)
        record.record([said.event(HeldSettled(number, dropped, said.why)) for number in chosen])


def let_alone_go(folders: Folders, ledger: Ledger, alone: Sequence[Alone], now: datetime) -> None:
    """Let go what the office has set to go without a person's word."""
    own = [one for one in held_letters(ledger) if not one.let_go and may_go_alone(one.what.duty, alone)]
    if own:
        with recording(folders, now, ledger=ledger) as record:
            record.record([Event(HeldSettled(one.number, why="set in office.toml to go alone"), now) for one in own])


def deliver_let_go(folders: Folders, ledger: Ledger, mail: Mail, now: datetime, progress: Progress) -> DeliveryReport | None:
    """Hand over what was let go and has neither gone nor been refused; None when there is nothing."""
    recent = [one for one in held_letters(ledger) if one.let_go and timedelta(0) <= now - one.since <= _TRIED]
    if not recent:
        return None
    meetings = {letter.meeting for one in recent for letter in one.what.letters}
    standing = {each.key: each for meeting in sorted(meetings) for each in letters_standing(ledger.letters(meeting))}
    today = now.astimezone(LONDON).date()
    # of what goes into calendars only the last word about a meeting: what was never sent of it before is not worth sending now
    last = {one.what.about: one.number for one in recent if one.what.duty is DutyKind.CALENDAR}
    newest = [one for one in recent if one.what.duty is not DutyKind.CALENDAR or last[one.what.about] == one.number]
    every = [(letter, one.what.until) for one in newest for letter in one.what.letters]
    to_go = [letter for letter, until in every if _is_to_go(standing.get(letter.key), until, today, mail)]
    if not to_go:
        return None
    from reportpack.run.letters.outbox import deliver

    return deliver(folders, ledger, to_go, mail, now, progress)


def _is_to_go(standing: LetterStanding | None, until: date | None, today: date, mail: Mail) -> bool:
    """What was only rehearsed goes once there is a mail server, while it is worth sending: nobody is given a month of old reminders."""
    if standing is None or not standing.rehearsed:
        return standing is None or standing.state.may_go
    return standing.state.may_go and bool(mail.server) and until is not None and today <= until


def waiting_letters(folders: Folders) -> tuple[Held, ...]:
    """What waits for a person's word."""
    with open_memory(folders) as ledger:
        return tuple(one for one in held_letters(ledger) if not one.let_go)


def send_held(folders: Folders, numbers: Sequence[int] | None, said: Change, progress: Progress) -> DeliveryReport | None:
    """A person lets letters go (None: all that wait), and they go at once."""
    settings, _, _ = gather_meetings(folders)
    _settle_held(folders, numbers, said, dropped=False)
    with open_memory(folders) as ledger:  # not held: the network is waited for
        return deliver_let_go(folders, ledger, settings.office.mail, said.now, progress)


def drop_held(folders: Folders, numbers: Sequence[int] | None, said: Change) -> None:
    """A person drops letters, and says why."""
    _settle_held(folders, numbers, said, dropped=True)
