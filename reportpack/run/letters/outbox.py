"""The outbox: letters are queued, handed over and accounted for, at most once to each person, whatever stops the run.

Before a letter is handed over the ledger and the outbox's journal know that it may go from here on; what came of it stands in the journal
before anything else is done, and in the ledger after. What lies between is uncertain, and no run sends it again by itself. The ledger is
not held while the network is waited for; that one run sends at a time is another lock.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import field, replace
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path

from reportpack.errors import InputError, OutputError, ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.letters import letter_standing, letters_standing
from reportpack.model import outbox
from reportpack.model.event import Event, subject_of
from reportpack.model.journal import Entry, Step
from reportpack.model.letter import Letter
from reportpack.model.office import Mail
from reportpack.model.outbox import DeliveryReport, LetterQueued, LetterStanding, LetterState, NotSent, Outcome
from reportpack.records import Record
from reportpack.run.letters.epochs import entry_of, in_step, with_missed
from reportpack.run.office_files import Folders, Progress
from reportpack.run.steps.recording import Recording, recording, room_kept, sending_alone
from reportpack.send.message import build_message, file_name, message_id, one_line, safe_address
from reportpack.send.smtp import Handed, MailLine, Patience, ServerTroubleError
from reportpack.settings.mail_secret import mail_secret

WAITS = (5.0, 20.0, 60.0)
"""Seconds before each further round over what was put off; what is left after the last goes with the next run."""
Check = Callable[[], None]
"""Raises where letters may not go any more."""
_TROUBLES_IN_A_ROW = 3
_KEPT = 32  # Enclosures held in memory: many letters carry the same.


class Manner(Record):
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
    check: Check = lambda: None,
) -> DeliveryReport:
    """Send what has not gone; without a mail server lay it into the folder of rehearsals. Gives every one of the letters as it stands then.

    Nobody records between the `check` and their queueing.
    """
    run = Run(folders, ledger, mail, now, progress, manner or Manner())
    with sending_alone(folders) as place:
        with recording(folders, now, ledger=ledger) as record:
            check()
            keys, not_sent = queue_letters(record, letters, mail, goes=bool(mail.server))
        return replace(run.hand_over(place, keys) if mail.server else run.rehearse(keys), not_sent=not_sent)


def write_drafts(
    folders: Folders, ledger: Ledger, letters: Sequence[Letter], mail: Mail, now: datetime, check: Check = lambda: None
) -> DeliveryReport:
    """Write what has not gone as one draft a person, for a mail program to open; from here on only that person knows whether it went."""
    with sending_alone(folders), recording(folders, now, ledger=ledger) as record:
        check()
        keys, not_sent = queue_letters(record, letters, mail)
        folder = letters_folder(folders, mail).with_name("drafts")
        wanted = [one for one in _of(ledger, keys) if one.state in (LetterState.WAITING, LetterState.DRAFTED)]
        new = [one for one in wanted if one.state is LetterState.WAITING]
        if new:
            ledger.say(*(entry_of(ledger, one.letter, Step.DRAFTED) for one in new))
        written = [outbox.DraftWritten(one.letter.meeting, one.key, f"drafts/{letter_file(one.letter)}") for one in new]
        record.record([Event(one, now) for one in written], _messages(ledger, folder, wanted, draft=True))
    return DeliveryReport(_of(ledger, keys), frozenset(one.key for one in wanted), not_sent, str(folder))


def addressed(letters: Iterable[Letter]) -> tuple[list[Letter], tuple[NotSent, ...]]:
    """The letters that can be addressed; and whose cannot, with the reason."""
    fit: list[Letter] = []
    not_sent: list[NotSent] = []
    for letter in letters:
        try:
            safe_address(letter.to.email)
            fit.append(letter)
        except ReportpackError as error:
            not_sent.append(NotSent(letter.to.name, letter.to.post, error.found))
    return fit, tuple(not_sent)


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
    doubt = in_step(record)
    fit, not_sent = addressed(letters)
    events: list[Event] = []
    for letter, so_far, missed in with_missed(record.ledger, doubt, fit, record.now, goes=goes):
        before = letter_standing(so_far)
        if before is None or before.state.may_go:
            queued = letter_of(letter, mail, record.now)
            if before is None or replace(before.queued, dated=queued.dated) != queued:
                events.append(Event(replace(queued, letter=queued.letter.kept(record.ledger.keep)), record.now))
        events.extend(missed)
    record.record(events)
    return {letter.key: letter.meeting for letter in fit}, not_sent


def message_of(kept: Callable[[str], bytes], queued: LetterQueued, *, draft: bool = False) -> bytes:
    """The message as it is handed over, from what was kept."""
    return build_message(replace(queued, letter=queued.letter.fetched(kept)), draft=draft)


def _messages(ledger: Ledger, folder: Path, letters: Iterable[LetterStanding], *, draft: bool = False) -> dict[Path, bytes]:
    kept = lru_cache(maxsize=_KEPT)(ledger.kept)
    return {folder / letter_file(one.letter): message_of(kept, one.queued, draft=draft) for one in letters}


def letters_folder(folders: Folders, mail: Mail) -> Path:
    """The folder of rehearsals, inside build/."""
    folder = folders.build / mail.folder
    if not folder.resolve().is_relative_to(folders.build.resolve()) or folder.resolve() == folders.build.resolve():
        found = f'The folder for rehearsals "{mail.folder}" is not inside {folders.build}.'
        raise InputError(found, "Give folder in [mail] a plain name.")
    return folder


def letter_file(letter: Letter) -> str:
    """`2019-05-28-assurance briefing-pack v1 force cc@force.example.eml`."""
    return file_name(f"{letter.meeting} {letter.carried} v{letter.version} {letter.edition} {letter.to.email.strip()}.eml")


class Run:
    """One run over the outbox. The end of an attempt stands in the journal at once, and is recorded with the beginning of the next."""

    def __init__(self, folders: Folders, ledger: Ledger, mail: Mail, now: datetime, progress: Progress, manner: Manner) -> None:
        self._folders, self._ledger, self._mail, self._now = folders, ledger, mail, now
        self._progress, self._manner = progress, manner
        self._kept = lru_cache(maxsize=_KEPT)(ledger.kept)
        self._ended: list[Event] = []
        self._accepted = set[str]()
        self._free: Callable[[], None] = lambda: None
        """Gives up the room that was kept, for the journal to be written in where there is no other."""

    def rehearse(self, keys: Mapping[str, str]) -> DeliveryReport:
        """Lay the waiting letters into the folder of rehearsals; none of them counts as sent."""
        ledger, folder = self._ledger, letters_folder(self._folders, self._mail)
        waiting = [one for one in _of(ledger, keys) if one.state.may_go]
        new = [one.letter for one in waiting if not one.rehearsed]
        laid = [outbox.LetterRehearsed(one.meeting, one.key, f"{self._mail.folder}/{letter_file(one)}") for one in new]
        files = _messages(ledger, folder, waiting)
        with recording(self._folders, self._now, ledger=ledger) as record:
            record.record([Event(one, self._now) for one in laid], files)
        return DeliveryReport(_of(ledger, keys), folder=str(folder))

    def hand_over(self, place: Path, keys: Mapping[str, str]) -> DeliveryReport:
        """Hand over those of the letters that wait, in rounds; what is put off is tried again a few times. `place` is the run's that sends alone."""
        ledger, trouble = self._ledger, ""
        waiting = [one for one in _of(ledger, keys) if one.state.may_go]
        if waiting:
            secret = mail_secret(self._mail, self._folders.inputs)
            with ledger.backed_up(), room_kept(place) as self._free:
                if ledger.journal.copies:
                    ledger.say(Entry(Step.RUN))
                    ledger.copy_to_second()
                try:
                    trouble = self._all_rounds(waiting, secret)
                except OutputError as error:
                    if not self._accepted:
                        raise
                    trouble = error.found
                finally:
                    self._free()
                    self._record_ended()
            ledger.copy_to_second()
        return DeliveryReport(_of(ledger, keys), frozenset(self._accepted), trouble=trouble)

    def _record_ended(self) -> None:
        if self._ended:
            ended, self._ended = self._ended, []
            self._ledger.record(ended)

    def _all_rounds(self, waiting: Sequence[LetterStanding], secret: str) -> str:
        pending, trouble = list(waiting), ""
        with closing(MailLine(self._mail, secret, self._manner.patience)) as line:
            for wait in (0.0, *self._manner.waits):
                if wait and pending:
                    self._record_ended()
                    line.close()
                    self._progress(f"Waiting before {len(pending)} letters are tried again")
                    self._manner.sleep(wait)
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
                self._record_ended()
            line.open()
            handed = self._hand_over(line, one, message)
            if handed is None:
                continue
            if handed.outcome is Outcome.PUT_OFF:
                put_off.append(one)
            elif handed.outcome is Outcome.UNCERTAIN:
                found = f"The mail server {line.server} left a letter without an answer ({handed.reply})."
                raise ServerTroubleError(found, "Nothing more was handed to it.", passing=False)
            troubles = troubles + 1 if handed.trouble else 0
            if troubles == _TROUBLES_IN_A_ROW:
                said = f"The mail server {line.server} keeps turning letters away: {handed.reply}."
                return [*put_off, *pending[place + 1 :]], said
        return put_off, ""

    def _hand_over(self, line: MailLine, one: LetterStanding, message: bytes) -> Handed | None:
        """None for a letter that is not ours to send any more: another run has it, or a person has settled it."""
        queued, meeting, journal = one.queued, one.letter.meeting, self._ledger.journal
        begun = Event(outbox.AttemptBegun(meeting, one.key, line.server, hashlib.sha256(message).hexdigest()), self._now)

        def untouched(events: Sequence[Event]) -> list[Event]:
            now = letter_standing(events)
            return [begun] if now is not None and now.state.may_go and now.mark == one.mark else []

        claimed = self._ledger.decide(subject_of(queued), untouched, self._ended)
        self._ended = []
        if not claimed:
            return None
        entry = entry_of(self._ledger, one.letter, Step.BEGUN)
        self._ledger.say(entry)
        handed = line.hand_over(queued.sender, queued.letter.to.email, message)
        end = replace(entry, step=Step(handed.outcome.value))
        try:  # the first thing after the answer; what cannot be written here is still recorded in the ledger
            journal.append(end)
        except OutputError:
            self._free()
            with suppress(OutputError):
                journal.append(end)
        self._ended.append(Event(outbox.AttemptEnded(meeting, one.key, handed.outcome, handed.reply), self._now))
        if handed.outcome is Outcome.ACCEPTED:
            self._accepted.add(one.key)
        return handed


def letter_of(letter: Letter, mail: Mail, now: datetime) -> LetterQueued:
    """The letter as it is queued, in names that a message can have."""
    to = replace(letter.to, name=one_line(letter.to.name), email=letter.to.email.strip())
    files = tuple(replace(one, name=file_name(one.name)) for one in letter.enclosures)
    named = replace(letter, to=to, subject=one_line(letter.subject), enclosures=files)
    return LetterQueued(letter.key, named, mail.sender, mail.reply_to, message_id(letter.key, mail.sender), format_datetime(now))


def _of(ledger: Ledger, keys: Mapping[str, str]) -> tuple[LetterStanding, ...]:
    found = {one.key: one for meeting in sorted({*keys.values()}) for one in letters_standing(ledger.letters(meeting))}
    return tuple(found[key] for key in keys if key in found)
