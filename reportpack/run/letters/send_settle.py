"""What a person says of letters: that one went or did not, that it is to be tried again, that the drafts went. And the kept bytes, once more."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.journal import EpochWhy, Step
from reportpack.model.outbox import DeliveryReport, DraftDone, LetterSettled, LetterStanding, LetterState, OutboxSettled
from reportpack.run.letters.epochs import entry_of, in_step, open_epoch
from reportpack.run.letters.outbox import Manner, Run
from reportpack.run.letters.release import released_files
from reportpack.run.office_files import Folders, Progress, begun_memory, gather_meetings, open_memory, which_meeting, write_files
from reportpack.run.steps.recording import Recording, recording, sending_alone
from reportpack.run.steps.released import all_releases, is_overtaken

EVERYTHING = "all"
_LOOK = Remedy("Look at:", "send status")


def letters_of_meeting(folders: Folders, named: str, today: datetime) -> tuple[LetterStanding, ...]:
    """Every letter that was ever queued, or those of one meeting."""
    meeting = ""
    if named:
        _, meetings, _ = gather_meetings(folders)
        meeting = which_meeting(meetings, named, today.date()).id
    with open_memory(folders) as ledger:
        return letters_standing(ledger.letters(meeting))


def settle_letters(folders: Folders, named: str, *, sent: bool, why: str, by: str, now: datetime) -> tuple[LetterStanding, ...]:
    """Record that a letter went, or that it did not and may go again; by an address, those that nobody is sure of; `all`: all of these,
    and all that was released before the office was restored, copied or put back, or lost its journal."""
    with sending_alone(folders), begun_memory(folders) as ledger, recording(folders, now, ledger=ledger) as record:
        if named.strip().casefold() == EVERYTHING:
            try:
                doubt = in_step(record)
            except RefusedError:
                doubt = open_epoch(record, EpochWhy.LOST)
            wanted = [one for one in letters_standing(ledger.letters()) if one.state is LetterState.UNCERTAIN]
            if not wanted and not doubt.is_open:
                raise InputError("There is no letter that nobody is sure of.", _LOOK)
            if doubt.is_open:
                record.record([Event(OutboxSettled(ledger.journal.epoch, sent, why), now, by)])
        else:
            in_step(record)
            found = _named(ledger, named)
            by_key = len(found) == 1 and found[0].key == named.strip()
            wanted = [one for one in found if by_key or not one.state.has_gone]
            if not wanted:
                remedy = f"Name one by its key, if it did not arrive all the same. {_LOOK}"
                raise RefusedError(f"Every letter to {named} was accepted.", remedy)
        _settle(record, wanted, Step.SENT if sent else Step.NOT_SENT, by, partial(LetterSettled, sent=sent, why=why))
        return _again(ledger, wanted)


_Settled = Callable[[str, str], LetterSettled | DraftDone]


def _settle(record: Recording, letters: Sequence[LetterStanding], step: Step, by: str, event: _Settled) -> None:
    if letters:
        record.ledger.say(*(entry_of(record.ledger, one.letter, step) for one in letters))
        record.record([Event(event(one.letter.meeting, one.key), record.now, by) for one in letters])


def send_again(
    folders: Folders, named: str, by: str, now: datetime, progress: Progress, manner: Manner | None = None
) -> DeliveryReport:
    """Send a letter once more that was refused, that came back or that nobody is sure of: the same message, with the same Message-ID."""
    mail = gather_meetings(folders)[0].office.mail
    with begun_memory(folders) as ledger, sending_alone(folders) as place:
        with recording(folders, now, ledger=ledger) as record:
            in_step(record)
            open_ones = [one for one in _named(ledger, named) if not one.state.has_gone]
            if not open_ones:
                raise RefusedError(f"The letter to {named} was accepted by the mail server; it is not sent twice.", _LOOK)
            found = [one for one in open_ones if not is_overtaken(ledger, one)]
            if not found:
                remedy = Remedy("Send what is released now:", "send")
                raise RefusedError(f"What the letter to {named} carries has been released anew since.", remedy)
            if not mail.server:
                raise RefusedError("There is no mail server in office.toml to send it with.", "Add server to [mail].")
            settled = [one for one in found if not one.state.may_go]
            _settle(record, settled, Step.NOT_SENT, by, partial(LetterSettled, sent=False, again=True))
        run = Run(folders, ledger, mail, now, progress, manner or Manner())
        return run.hand_over(place, {one.key: one.letter.meeting for one in found})


def drafts_done(folders: Folders, to: Sequence[str], by: str, now: datetime) -> tuple[LetterStanding, ...]:
    """Record that the drafts went: all of them, or those to the people named."""
    wanted = {one.strip().casefold() for one in to}
    with sending_alone(folders), begun_memory(folders) as ledger, recording(folders, now, ledger=ledger) as record:
        in_step(record)
        drafts = [one for one in letters_standing(ledger.letters()) if one.state is LetterState.DRAFTED]

        def names(one: LetterStanding) -> set[str]:
            return {one.letter.to.email.casefold(), one.key, one.letter.to.name.casefold(), one.letter.to.post}

        named = [one for one in drafts if not wanted or wanted & names(one)]
        missing = wanted.difference(*map(names, named))
        if not named or missing:
            who = f" to {' or '.join(sorted(missing or wanted))}" if wanted else ""
            raise InputError(f"There is no draft{who} that waits.", Remedy(f"{_LOOK}. Drafts are written by:", "send", drafts=""))
        _settle(record, named, Step.SENT, by, DraftDone)
        return _again(ledger, named)


def show_version(
    folders: Folders, named: str, version: int, document: str, edition: Audience | None, now: datetime
) -> tuple[Path, ...]:
    """Write the kept bytes of a released version, beside the build; gives where they are."""
    _, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, named, now.date())
    with begun_memory(folders) as ledger:
        of_version = [one for one in all_releases(ledger, meeting.id, document) if one.version == version]
        found = {one.edition: one for one in of_version if edition in (None, one.edition)}
        if not found:
            which = f" in the {edition} edition" if edition else ""
            remedy = Remedy("See:", "send status")
            raise InputError(f"There is no v{version} of the {document.replace('-', ' ')} of {meeting.id}{which}.", remedy)
        every = (released_files(folders, meeting, release, ledger) for release in found.values())
        files = {path: data for of_release in every for path, data in of_release.items()}
    write_files(files)
    return tuple(files)


def _named(ledger: Ledger, named: str) -> tuple[LetterStanding, ...]:
    key = named.strip().casefold()
    found = tuple(one for one in letters_standing(ledger.letters()) if key in (one.key, one.letter.to.email.casefold()))
    if not found:
        raise InputError(f"There is no letter {named}, and none to that address.", _LOOK)
    return found


def _again(ledger: Ledger, letters: Sequence[LetterStanding]) -> tuple[LetterStanding, ...]:
    keys = {one.key for one in letters}
    return tuple(one for one in letters_standing(ledger.letters()) if one.key in keys)
