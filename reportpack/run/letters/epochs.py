"""The outbox's journal held against the ledger: whether this is the office that letters went from, and what is in doubt where it is not.

A ledger that was restored, a folder that was copied or put back and a machine that the second place is ahead of open a new epoch. Of what
was released before it, only ends on record are known: the rest may have gone from elsewhere, and is uncertain until a person settles it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from math import inf

from reportpack.errors import InputError, RefusedError, Remedy, ReportpackError
from reportpack.ledger import Ledger
from reportpack.ledger.journal import Journal
from reportpack.merge.letters import letter_standing, letters_standing
from reportpack.model import outbox
from reportpack.model.duty import HeldSettled, LettersHeld
from reportpack.model.event import Event
from reportpack.model.journal import Entry, EpochWhy, NotedLetter, Step, last_entries
from reportpack.model.letter import Letter
from reportpack.model.outbox import AttemptBegun, AttemptEnded, LetterState, OutboxEpoch, OutboxSettled, Outcome
from reportpack.model.release import Published, Released, ReleasedFile, ReleasedRole
from reportpack.records import Record
from reportpack.run.steps.recording import Recording

_STEPS = dict.fromkeys((LetterState.SENT, LetterState.ARRIVED, LetterState.CAME_BACK), Step.ACCEPTED)
_STEPS |= {one: Step(one.value) for one in (LetterState.REFUSED, LetterState.UNCERTAIN, LetterState.DRAFTED)}
_OUTCOMES = {outbox.state_after([AttemptEnded("", "", one)]): one for one in Outcome}
_BY_JOURNAL = "by the journal of the outbox"


class Doubt(Record):
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
    epochs = [(one.number, one.what) for one in events if isinstance(one.what, OutboxEpoch)]
    number, last = epochs[-1] if epochs else (0, None)
    known = last.number if last is not None else 0
    _refuse_lost(ledger.journal, known)
    pending = _pending(ledger, known)
    if pending not in (None, EpochWhy.BEGUN):
        return Doubt(ledger.last_number() + 1, str(pending), None, pending)
    if last is None or last.why == EpochWhy.BEGUN:
        return Doubt(pending=pending)
    settled = [one.what.sent for one in events if one.number > number and isinstance(one.what, OutboxSettled)]
    return Doubt(number, last.why, settled[-1] if settled else None, pending)


def _refuse_lost(journal: Journal, known: int) -> None:
    try:
        lost = bool(journal.entries or known) and not journal.is_there and not (journal.has_key and journal.ahead())
        found = f"The outbox's journal in {journal.folder}, or its key, is missing: what went from here cannot be told."
        because: ReportpackError | None = None
    except InputError as error:
        lost, found, because = True, error.found, error
    if lost:
        words = "Put the folder back, or find out what went, by the people or by the mail server's own list, and say it:"
        remedy = Remedy(words, "send settle", "all", **{"as": "sent", "by": "NAME"}, then=" (or --as not-sent).")
        raise RefusedError(f"{found} Nothing is sent, released or published.", remedy) from because


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
    known = _known(ledger)
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
        journal.begin((Entry(Step.EPOCH, why=EpochWhy.RESTORED, epoch=max(journal.epoch, _known(ledger)) + 1),))


def _known(ledger: Ledger) -> int:
    return max((one.number for one in ledger.happened(OutboxEpoch)), default=0)


def _missing_ends(ledger: Ledger) -> Iterator[Entry]:
    entries, noted = ledger.journal.entries, last_entries(ledger.journal.entries)
    for one in letters_standing(ledger.letters()):
        step = _STEPS.get(one.state)
        if step is not None and (entry := entry_of(ledger, one.letter, step)).letter not in noted:
            yield entry
    known = {one.letter for one in entries if one.step is Step.PUBLISHED}
    for what in ledger.happened(Published):
        entry = Entry(Step.PUBLISHED, f"{what.meeting}/{what.document}", what.version, what.edition.value)
        if entry.letter not in known:
            yield entry


def entry_of(ledger: Ledger, letter: Letter, step: Step) -> Entry:
    """What the journal says of a letter, and of the pages that it carries."""
    _, release = _release_of(ledger, letter)
    content = content_of(release.files) if release is not None else ""
    to = ledger.journal.recipient(letter.to.email)
    return Entry(step, f"{letter.meeting}/{letter.carried}", letter.version, letter.edition.value, to, content)


def content_of(files: Sequence[ReleasedFile]) -> str:
    """What tells one version's pages from another's."""
    return next((one.sha256[:24] for one in files if one.role is ReleasedRole.PAGE_SOURCE), "")


def with_missed(
    ledger: Ledger, doubt: Doubt, letters: Iterable[Letter], now: datetime, *, goes: bool
) -> Iterator[tuple[Letter, list[Event], list[Event]]]:
    """Each letter with all that the ledger has of it, and with what it has missed of it."""
    letters, noted, known = tuple(letters), last_entries(ledger.journal.entries), dict[str, list[Event]]()
    for meeting in sorted({one.meeting for one in letters}):
        for event in ledger.letters(meeting):
            known.setdefault(event.subject, []).append(event)
    for letter in letters:
        so_far = known.get(f"{letter.meeting}/{letter.key}", [])
        missed = missed_events(ledger, doubt, noted, letter, so_far, goes=goes)
        yield letter, so_far, [Event(one, now) for one in missed]


def missed_events(
    ledger: Ledger, doubt: Doubt, noted: Mapping[NotedLetter, Entry], letter: Letter, events: Sequence[Event], *, goes: bool
) -> Iterator[outbox.LetterSettled | AttemptEnded | outbox.DraftWritten]:
    """What the ledger has missed of a letter: what the journal has `noted` last, else that nobody can tell. `events` are all that it has of it.

    Only while no other run sends: what that has in hand is no end. `goes` is whether letters really go now.
    """
    place = (letter.meeting, letter.key)
    standing = letter_standing(events)
    state = standing.state if standing is not None else LetterState.WAITING
    last = noted.get(entry_of(ledger, letter, Step.BEGUN).letter)
    told = last.state if last is not None else state
    since = [one.what for one in events if one.number > doubt.until]
    settled = any(isinstance(one, outbox.LetterSettled | AttemptBegun | AttemptEnded) for one in since)
    # the number of an attempt that has no end, because the run that began it was cut off
    attempts = [one for one in events if not isinstance(one.what, outbox.LetterQueued)][-1:]
    cut_off = next((one.number for one in attempts if isinstance(one.what, AttemptBegun)), inf)
    if told is not state and (state.may_go or (last is not None and last.event >= cut_off)):
        drafted = told is LetterState.DRAFTED
        yield outbox.DraftWritten(*place, _BY_JOURNAL) if drafted else AttemptEnded(*place, _OUTCOMES[told], _BY_JOURNAL)
    elif state.may_go and goes and not settled and _released_by(ledger, letter) < doubt.until:
        if doubt.sent:
            yield outbox.LetterSettled(*place, sent=True, why="settled with all that was in doubt")
        elif doubt.sent is None:
            yield AttemptEnded(*place, Outcome.UNCERTAIN, f"nobody can tell whether it went: {doubt.why}")


def _release_of(ledger: Ledger, letter: Letter) -> tuple[int, Released | None]:
    wanted = (letter.document, letter.edition, letter.version)
    for one in reversed(ledger.releases(letter.meeting) if letter.kind.needs_release else ()):
        if isinstance(one.what, Released) and (one.what.document, one.what.edition, one.what.version) == wanted:
            return one.number, one.what
    return 0, None


def _released_by(ledger: Ledger, letter: Letter) -> int:
    number, release = _release_of(ledger, letter)
    if release is not None:
        return number
    events, held = ledger.of_kinds(LettersHeld, HeldSettled), set[int]()
    for one in events:
        if isinstance(one.what, LettersHeld) and any(each.key == letter.key for each in one.what.letters):
            held.add(one.number)
    return max((one.number for one in events if isinstance(one.what, HeldSettled) and one.what.held in held), default=0)
