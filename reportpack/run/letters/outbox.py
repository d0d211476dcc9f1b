"""The outbox: letters are queued, handed over and accounted for, at most once to each person, whatever stops the run.

Before a letter is handed over the ledger and the outbox's journal know that it may go from here on; what came of it stands in the journal
before anything else is done, and in the ledger after. What lies between is uncertain, and no run sends it again by itself. The ledger is
not held while the network is waited for; that one run sends at a time is another lock.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

from reportpack.errors import InputError, OutputError, ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.letters import letter_standing, letters_standing
from reportpack.model.event import Event, subject_of
from reportpack.model.journal import Entry, Step, last_entries
from reportpack.model.letter import Letter
from reportpack.model.office import Mail
from reportpack.model.outbox import (
    AttemptBegun,
    AttemptEnded,
    DeliveryReport,
    DraftWritten,
    LetterQueued,
    LetterRehearsed,
    LetterStanding,
    LetterState,
    NotSent,
    Outcome,
)
from reportpack.records import dataclass
from reportpack.run.letters.epochs import entry_of, in_step, missed_events
from reportpack.run.office_files import Folders, Progress
from reportpack.run.steps.alone import room_kept, sending_alone
from reportpack.run.steps.recording import Recording, recording
from reportpack.send.message import build_message, file_name, message_id, one_line, safe_address
from reportpack.send.smtp import MailLine, Patience, ServerTroubleError
from reportpack.settings.mail_secret import mail_secret

WAITS = (5.0, 20.0, 60.0)
"""Seconds before each further round over what was put off; what is left after the last goes with the next run."""
_TROUBLES_IN_A_ROW = 3
_KEPT = 32
"""Enclosures held in memory: many letters carry the same."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run waits: for answers, between rounds; tests wait less."""

    patience: Patience = field(default_factory=Patience)
    waits: tuple[float, ...] = WAITS
    sleep: Callable[[float], None] = time.sleep


def deliver(
    folders: Folders,
    ledger: Ledger,
    letters: Sequence[Letter],
    mail: Mail,
    now: datetime,
    progress: Progress = lambda _: None,
    manner: Manner | None = None,
    check: Callable[[], None] = lambda: None,
) -> DeliveryReport:
    """Send what has not gone; without a mail server lay it into the folder of rehearsals. Gives every one of the letters as it stands then.

    `check` raises where they may not go any more; nobody records between it and their queueing.
    """
    with sending_alone(folders) as place:
        with recording(folders, now, ledger=ledger) as record:
            check()
            keys, not_sent = queue_letters(record, letters, mail, goes=bool(mail.server))
        if not mail.server:
            return replace(rehearse(folders, ledger, keys, mail, now), not_sent=not_sent)
        return replace(hand_over(place, folders, ledger, keys, mail, now, progress, manner or Manner()), not_sent=not_sent)


def queue_letters(
    record: Recording, letters: Sequence[Letter], mail: Mail, *, goes: bool = True
) -> tuple[dict[str, str], tuple[NotSent, ...]]:
    """Record the letters that are new or say something else than before, as long as none of them may have gone; and what the ledger missed.

    Gives the key and meeting of each, and those that cannot be addressed. `goes`: not a rehearsal.
    """
    if not mail.sender:
        found = "office.toml does not say whom letters are from."
        raise InputError(found, 'Add from to [mail], such as from = "policy@office.example".')
    safe_address(mail.sender)
    ledger, doubt = record.ledger, in_step(record)
    noted = last_entries(ledger.journal.entries)
    known: dict[str, list[Event]] = {}
    for meeting in sorted({letter.meeting for letter in letters}):
        for one in ledger.letters(meeting):
            known.setdefault(one.subject, []).append(one)
    keys: dict[str, str] = {}
    not_sent: list[NotSent] = []
    events: list[Event] = []
    for letter in letters:
        try:
            safe_address(letter.to.email)
        except ReportpackError as error:
            not_sent.append(NotSent(letter.to.name, letter.to.post, error.found))
            continue
        keys[letter.key] = letter.meeting
        so_far = known.get(f"{letter.meeting}/{letter.key}", [])
        before = letter_standing(so_far)
        if before is None or before.state.may_go:
            queued = letter_of(letter, mail, record.now)
            if before is None or replace(before.queued, dated=queued.dated) != queued:
                events.append(Event(replace(queued, letter=queued.letter.kept(ledger.keep)), record.now))
        events.extend(Event(one, record.now) for one in missed_events(ledger, doubt, noted, letter, so_far, goes=goes))
    record.record(events)
    return keys, tuple(not_sent)


def hand_over(
    place: Path,
    folders: Folders,
    ledger: Ledger,
    keys: dict[str, str],
    mail: Mail,
    now: datetime,
    progress: Progress,
    manner: Manner,
) -> DeliveryReport:
    """Hand over those of the letters that wait, in rounds; what is put off is tried again a few times. `place` is the run's that sends alone."""
    trouble, accepted = "", set[str]()
    waiting = [one for one in _of(ledger, keys) if one.state.may_go]
    if waiting:
        secret = mail_secret(mail, folders.inputs)
        with ledger.backed_up(), room_kept(place) as free:
            if ledger.journal.copies:
                ledger.say(Entry(Step.RUN))
                ledger.copy_to_second()
            run = _Run(ledger, mail, now, progress, free)
            try:
                trouble = run.all_rounds(waiting, secret, manner)
            except OutputError as error:
                if not run.accepted:
                    raise
                trouble = error.found
            finally:
                accepted = run.accepted
                free()
                run.record_ended()
        ledger.copy_to_second()
    return DeliveryReport(_of(ledger, keys), frozenset(accepted), trouble=trouble)


def rehearse(folders: Folders, ledger: Ledger, keys: dict[str, str], mail: Mail, now: datetime) -> DeliveryReport:
    """Lay the waiting letters into the folder of rehearsals; none of them counts as sent."""
    folder, kept = letters_folder(folders, mail), lru_cache(maxsize=_KEPT)(ledger.kept)
    waiting = [one for one in _of(ledger, keys) if one.state.may_go]
    files = {folder / letter_file(one.letter): message_of(kept, one.queued) for one in waiting}
    new = [one.letter for one in waiting if not one.rehearsed]
    rehearsed = [LetterRehearsed(one.meeting, one.key, f"{mail.folder}/{letter_file(one)}") for one in new]
    with recording(folders, now, ledger=ledger) as record:
        record.record([Event(one, now) for one in rehearsed], files)
    return DeliveryReport(_of(ledger, keys), folder=str(folder))


def write_drafts(
    folders: Folders,
    ledger: Ledger,
    letters: Sequence[Letter],
    mail: Mail,
    now: datetime,
    check: Callable[[], None] = lambda: None,
) -> DeliveryReport:
    """Write what has not gone as one draft a person, for a mail program to open; from here on only that person knows whether it went."""
    with sending_alone(folders), recording(folders, now, ledger=ledger) as record:
        check()
        keys, not_sent = queue_letters(record, letters, mail)
        folder, kept = letters_folder(folders, mail).with_name("drafts"), lru_cache(maxsize=_KEPT)(ledger.kept)
        wanted = [one for one in _of(ledger, keys) if one.state in (LetterState.WAITING, LetterState.DRAFTED)]
        new = [one for one in wanted if one.state is LetterState.WAITING]
        if new:
            ledger.say(*(entry_of(ledger, one.letter, Step.DRAFTED) for one in new))
        drafts = {folder / letter_file(one.letter): message_of(kept, one.queued, draft=True) for one in wanted}
        written = [DraftWritten(one.letter.meeting, one.key, f"drafts/{letter_file(one.letter)}") for one in new]
        record.record([Event(one, now) for one in written], drafts)
    return DeliveryReport(_of(ledger, keys), frozenset(one.key for one in wanted), not_sent, str(folder))


def message_of(kept: Callable[[str], bytes], queued: LetterQueued, *, draft: bool = False) -> bytes:
    """The message as it is handed over, from what was kept."""
    return build_message(replace(queued, letter=queued.letter.fetched(kept)), draft=draft)


def letters_folder(folders: Folders, mail: Mail) -> Path:
    """The folder of rehearsals, inside build/."""
    folder = folders.build / mail.folder
    if not folder.resolve().is_relative_to(folders.build.resolve()) or folder.resolve() == folders.build.resolve():
        found = f'The folder for rehearsals "{mail.folder}" is not inside {folders.build}.'
        raise InputError(found, "Give folder in [mail] a plain name.")
    return folder


def letter_file(letter: Letter) -> str:
    """`2019-05-28-assurance briefing-pack v1 force cc@force.example.eml`."""
    return file_name(f"{letter.meeting} {letter.document} v{letter.version} {letter.edition} {letter.to.email.strip()}.eml")


class _Run:
    """One run over the outbox. The end of an attempt stands in the journal at once, and is recorded with the beginning of the next.

    `free` gives up the room that was kept, for the journal to be written in where there is no other.
    """

    def __init__(self, ledger: Ledger, mail: Mail, now: datetime, progress: Progress, free: Callable[[], None]) -> None:
        self._ledger = ledger
        self._free = free
        self._mail = mail
        self._now = now
        self._progress = progress
        self._ended: list[Event] = []
        self._kept = lru_cache(maxsize=_KEPT)(ledger.kept)
        self.accepted: set[str] = set()

    def record_ended(self) -> None:
        if self._ended:
            ended, self._ended = self._ended, []
            self._ledger.record(ended)

    def all_rounds(self, waiting: Sequence[LetterStanding], secret: str, manner: Manner) -> str:
        pending, trouble = list(waiting), ""
        with MailLine(self._mail, secret, manner.patience) as line:
            for wait in (0.0, *manner.waits):
                if wait and pending:
                    self.record_ended()
                    line.close()
                    self._progress(f"Waiting before {len(pending)} letters are tried again")
                    manner.sleep(wait)
                try:
                    pending, trouble = self._round(line, pending)
                except ServerTroubleError as error:
                    trouble = str(error)
                    if not error.passing:
                        break
                if not pending:
                    break
        return trouble if pending else ""

    def _round(self, line: MailLine, pending: Sequence[LetterStanding]) -> tuple[list[LetterStanding], str]:
        put_off: list[LetterStanding] = []
        troubles = 0
        for place, one in enumerate(pending):
            self._progress(f"Sending {place + 1} of {len(pending)}")
            message = message_of(self._kept, one.queued)
            if not line.is_ready:
                self.record_ended()
            line.open()
            handed = self._hand_over(line, one, message)
            if handed is None:
                continue
            outcome, reply, trouble = handed
            if outcome is Outcome.PUT_OFF:
                put_off.append(one)
            elif outcome is Outcome.UNCERTAIN:
                found = f"The mail server {line.server} left a letter without an answer ({reply})."
                raise ServerTroubleError(found, "Nothing more was handed to it.", passing=False)
            troubles = troubles + 1 if trouble else 0
            if troubles == _TROUBLES_IN_A_ROW:
                return [*put_off, *pending[place + 1 :]], f"The mail server {line.server} keeps turning letters away: {reply}."
        return put_off, ""

    def _hand_over(self, line: MailLine, one: LetterStanding, message: bytes) -> tuple[Outcome, str, bool] | None:
        """None for a letter that is not ours to send any more: another run has it, or a person has settled it."""
        queued, meeting = one.queued, one.letter.meeting
        begun = Event(AttemptBegun(meeting, one.key, line.server, hashlib.sha256(message).hexdigest()), self._now)
        claimed = self._ledger.decide(subject_of(queued), lambda events: [begun] if _untouched(events, one) else [], self._ended)
        self._ended = []
        if not claimed:
            return None
        entry = entry_of(self._ledger, one.letter, Step.BEGUN)
        self._ledger.say(entry)
        handed = line.hand_over(queued.sender, queued.letter.to.email, message)
        self._say_end(replace(entry, step=Step(handed.outcome.value)))
        self._ended.append(Event(AttemptEnded(meeting, one.key, handed.outcome, handed.reply), self._now))
        if handed.outcome is Outcome.ACCEPTED:
            self.accepted.add(one.key)
        return handed.outcome, handed.reply, handed.trouble

    def _say_end(self, entry: Entry) -> None:
        """The first thing after the answer; what cannot be written here is still recorded in the ledger."""
        try:
            self._ledger.journal.append(entry)
        except OutputError:
            self._free()
            with suppress(OutputError):
                self._ledger.journal.append(entry)


def _untouched(events: Sequence[Event], one: LetterStanding) -> bool:
    now = letter_standing(events)
    return now is not None and now.state.may_go and now.mark == one.mark


def letter_of(letter: Letter, mail: Mail, now: datetime) -> LetterQueued:
    """The letter as it is queued, in names that a message can have."""
    to = replace(letter.to, name=one_line(letter.to.name), email=letter.to.email.strip())
    files = tuple(replace(one, name=file_name(one.name)) for one in letter.enclosures)
    named = replace(letter, to=to, subject=one_line(letter.subject), enclosures=files)
    return LetterQueued(letter.key, named, mail.sender, mail.reply_to, message_id(letter.key, mail.sender), format_datetime(now))


def _of(ledger: Ledger, keys: dict[str, str]) -> tuple[LetterStanding, ...]:
    found = {one.key: one for meeting in sorted({*keys.values()}) for one in letters_standing(ledger.letters(meeting))}
    return tuple(found[key] for key in keys if key in found)
