"""The outbox's journal held against the ledger: whether this is the office that letters went from, and what is in doubt where it is not.

A ledger that was restored, a folder that was copied or put back and a machine that the second place is ahead of open a new epoch. Of what
was released before it, only ends on record are known: the rest may have gone from elsewhere, and is uncertain until a person settles it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from math import inf

from reportpack.errors import InputError, RefusedError, Remedy, ReportpackError
from reportpack.ledger import Ledger
from reportpack.ledger.journal import Journal
from reportpack.merge.letters import letter_standing, letters_standing
from reportpack.model.duty import HeldSettled, LettersHeld
from reportpack.model.event import Event
from reportpack.model.journal import Entry, EpochWhy, NotedLetter, Step, last_entries
from reportpack.model.letter import Letter
from reportpack.model.outbox import (
    AttemptBegun,
    AttemptEnded,
    DraftWritten,
    LetterQueued,
    LetterSettled,
    LetterState,
    OutboxEpoch,
    OutboxSettled,
    Outcome,
)
from reportpack.model.release import Published, Released, ReleasedFile, ReleasedRole
from reportpack.records import dataclass
from reportpack.run.steps.recording import Recording

_STEPS = {
    LetterState.SENT: Step.ACCEPTED,
    LetterState.ARRIVED: Step.ACCEPTED,
    LetterState.CAME_BACK: Step.ACCEPTED,
    LetterState.REFUSED: Step.REFUSED,
    LetterState.UNCERTAIN: Step.UNCERTAIN,
    LetterState.DRAFTED: Step.DRAFTED,
}
_OUTCOMES = {
    LetterState.SENT: Outcome.ACCEPTED,
    LetterState.REFUSED: Outcome.REFUSED,
    LetterState.UNCERTAIN: Outcome.UNCERTAIN,
    LetterState.WAITING: Outcome.PUT_OFF,
}
_BY_JOURNAL = "by the journal of the outbox"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may have gone from elsewhere: all that was released up to the event `until`, unless a person said since that it was `sent` or not.

    `pending` says why the next run that records must open an epoch first.
    """

    until: int = 0
    why: str = ""
    sent: bool | None = None
    pending: EpochWhy | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is any that nobody has settled."""
        return self.until > 0 and self.sent is None


def doubt_of(ledger: Ledger) -> Doubt:
    """What is in doubt just now; nothing is recorded. RefusedError where the journal or its key is lost, until a person has settled what went."""
    events = ledger.of_kinds(OutboxEpoch, OutboxSettled)
    last = next((one for one in reversed(events) if isinstance(one.what, OutboxEpoch)), None)
    known = last.what.number if last is not None and isinstance(last.what, OutboxEpoch) else 0
    _refuse_lost(ledger.journal, known)
    pending = _pending(ledger, known)
    if pending not in (None, EpochWhy.BEGUN):
        return Doubt(ledger.last_number() + 1, str(pending), None, pending)
    if last is None or not isinstance(last.what, OutboxEpoch) or last.what.why == EpochWhy.BEGUN:
        return Doubt(pending=pending)
    settled = [one.what for one in events if one.number > last.number and isinstance(one.what, OutboxSettled)]
    return Doubt(last.number, last.what.why, settled[-1].sent if settled else None, pending)


def _refuse_lost(journal: Journal, known: int) -> None:
    try:
        lost = bool(journal.entries or known) and not journal.is_there and not (journal.has_key and journal.ahead())
        found = f"The outbox's journal in {journal.folder}, or its key, is missing: what went from here cannot be told."
        because: ReportpackError | None = None
    except InputError as error:
        lost, found, because = True, error.found, error
    if lost:
        raise RefusedError(
            f"{found} Nothing is sent, released or published.",
            Remedy(
                "Put the folder back, or find out what went, by the people or by the mail server's own list, and say it:",
                "send settle",
                "all",
                **{"as": "sent", "by": "NAME"},
                then=" (or --as not-sent).",
            ),
        ) from because


def _pending(ledger: Ledger, known: int) -> EpochWhy | None:
    journal = ledger.journal
    if journal.has_key and journal.ahead():
        return EpochWhy.BEHIND
    if not journal.is_there:
        return EpochWhy.BEGUN
    if not journal.is_known_place:
        return EpochWhy.COPIED
    if journal.epoch > known:
        return EpochWhy(next(one.why for one in reversed(journal.entries) if one.step is Step.EPOCH))
    newest = journal.entries[-1]
    return EpochWhy.PUT_BACK if ledger.link(newest.event)[1] != newest.past else None


def in_step(record: Recording) -> Doubt:
    """Begin the journal, or open an epoch, where that is due; gives what is in doubt. Nobody else records meanwhile."""
    ledger = record.ledger
    ledger.journal.close()
    doubt = doubt_of(ledger)
    return doubt if doubt.pending is None else open_epoch(record, doubt.pending)


def open_epoch(record: Recording, why: EpochWhy) -> Doubt:
    """First in the journal, with all the ends that the ledger knows, then in the ledger: cut off between, the next run goes on."""
    ledger, journal = record.ledger, record.ledger.journal
    known = max(_epochs(ledger), default=0)
    if why in (EpochWhy.LOST, EpochWhy.BEHIND) or not journal.is_there or journal.epoch <= known or not journal.is_known_place:
        ahead = journal.ahead() if why is EpochWhy.BEHIND else ()
        noted = () if why is EpochWhy.LOST else journal.entries
        number = max(known, 0, *(one.epoch for one in (*ahead, *noted))) + 1
        journal.past = ledger.link()
        journal.begin((Entry(Step.EPOCH, why=why, epoch=number), *(replace(one, epoch=0) for one in ahead)))
    if missing := list(_missing_ends(ledger)):
        ledger.say(*missing)
    (event,) = record.record([Event(OutboxEpoch(journal.epoch, why), record.now)])
    return Doubt() if why is EpochWhy.BEGUN else Doubt(event.number, why)


def note_restored(ledger: Ledger) -> None:
    """The ledger was made again from a backup: what was released before may have gone since the backup. A lost journal stays lost."""
    journal = ledger.journal
    with suppress(RefusedError):
        doubt_of(ledger)
        journal.past = ledger.link()
        journal.begin((Entry(Step.EPOCH, why=EpochWhy.RESTORED, epoch=max((journal.epoch, *_epochs(ledger))) + 1),))


def _epochs(ledger: Ledger) -> list[int]:
    return [one.what.number for one in ledger.of_kinds(OutboxEpoch) if isinstance(one.what, OutboxEpoch)]


def _missing_ends(ledger: Ledger) -> Iterator[Entry]:
    journal, noted = ledger.journal, last_entries(ledger.journal.entries)
    for one in letters_standing(ledger.letters()):
        if one.state in _STEPS:
            entry = entry_of(ledger, one.letter, _STEPS[one.state])
            if entry.letter not in noted:
                yield entry
    known = {one.letter for one in journal.entries if one.step is Step.PUBLISHED}
    for event in ledger.of_kinds(Published):
        if isinstance(event.what, Published):
            published = Entry(
                Step.PUBLISHED, f"{event.what.meeting}/{event.what.document}", event.what.version, event.what.edition.value
            )
            if published.letter not in known:
                yield published


def entry_of(ledger: Ledger, letter: Letter, step: Step) -> Entry:
    """What the journal says of a letter, and of the pages that it carries."""
    to = ledger.journal.recipient(letter.to.email)
    release = _release_of(ledger, letter)
    content = content_of(release.what.files) if release is not None and isinstance(release.what, Released) else ""
    return Entry(step, f"{letter.meeting}/{letter.document}", letter.version, letter.edition.value, to, content)


def content_of(files: Sequence[ReleasedFile]) -> str:
    """What tells one version's pages from another's."""
    return next((one.sha256[:24] for one in files if one.role is ReleasedRole.PAGE_SOURCE), "")


def missed_events(
    ledger: Ledger, doubt: Doubt, noted: Mapping[NotedLetter, Entry], letter: Letter, events: Sequence[Event], *, goes: bool
) -> Iterator[LetterSettled | AttemptEnded | DraftWritten]:
    """What the ledger has missed of a letter: what the journal has `noted` last, else that nobody can tell. `events` are all that it has of it.

    Only while no other run sends: what that has in hand is no end. `goes` is whether letters really go now.
    """
    place = (letter.meeting, letter.key)
    standing = letter_standing(events)
    state = standing.state if standing is not None else LetterState.WAITING
    last = noted.get(entry_of(ledger, letter, Step.BEGUN).letter)
    told = last.state if last is not None else state
    since = [one.what for one in events if one.number > doubt.until]
    settled = any(isinstance(one, LetterSettled | AttemptBegun | AttemptEnded) for one in since)
    if told is not state and (state.may_go or (last is not None and last.event >= _open_attempt(events))):
        yield (
            DraftWritten(*place, _BY_JOURNAL)
            if told is LetterState.DRAFTED
            else AttemptEnded(*place, _OUTCOMES[told], _BY_JOURNAL)
        )
    elif state.may_go and goes and not settled and _released_by(ledger, letter) < doubt.until:
        if doubt.sent:
            yield LetterSettled(*place, sent=True, why="settled with all that was in doubt")
        elif doubt.sent is None:
            yield AttemptEnded(*place, Outcome.UNCERTAIN, f"nobody can tell whether it went: {doubt.why}")


def _open_attempt(events: Sequence[Event]) -> float:
    """The number of an attempt that has no end, because the run that began it was cut off; infinite where there is none."""
    told = [one for one in events if not isinstance(one.what, LetterQueued)]
    return told[-1].number if told and isinstance(told[-1].what, AttemptBegun) else inf


def _release_of(ledger: Ledger, letter: Letter) -> Event | None:
    if not letter.kind.needs_release:
        return None
    wanted = (letter.document, letter.edition, letter.version)
    for one in reversed(ledger.releases(letter.meeting)):
        if isinstance(one.what, Released) and (one.what.document, one.what.edition, one.what.version) == wanted:
            return one
    return None


def _released_by(ledger: Ledger, letter: Letter) -> int:
    release = _release_of(ledger, letter)
    if release is not None:
        return release.number
    events, held = ledger.of_kinds(LettersHeld, HeldSettled), set[int]()
    for one in events:
        if isinstance(one.what, LettersHeld) and any(each.key == letter.key for each in one.what.letters):
            held.add(one.number)
    return max((one.number for one in events if isinstance(one.what, HeldSettled) and one.what.held in held), default=0)
