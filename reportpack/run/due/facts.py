"""What duties are decided by: meetings, owed actions, what was issued and released. No workbook is read unless the register changed."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime

from reportpack.errors import ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.merge.occasions import calendar_of
from reportpack.merge.register_rows import standing_rows
from reportpack.model.action import Action
from reportpack.model.duty import PACK, Became, DueBegan, DueFacts, DueTold, Duty, DutyKind, DutySettled, Letting, Owed
from reportpack.model.event import AnnexIssued, Event
from reportpack.model.inputs import Settings
from reportpack.model.letter import Enclosure
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.meeting_event import MeetingMoved
from reportpack.model.office import Office
from reportpack.model.outbox import LetterStanding
from reportpack.model.register_columns import SheetName
from reportpack.model.register_row import RegisterRow
from reportpack.model.release import Released
from reportpack.records import Record
from reportpack.run.meetings.listing import recorded_meetings, take_in_meetings
from reportpack.run.office_files import REGISTER, Folders, Progress
from reportpack.run.steps.citing import with_citing
from reportpack.run.steps.recording import recording, register_is_as_seen
from reportpack.run.steps.released import may_have_gone


class Known(Record):
    """Everything that a day's duties are decided by and done with."""

    settings: Settings
    meetings: tuple[Meeting, ...]
    facts: DueFacts
    settled: tuple[DutySettled, ...]
    actions: tuple[Action, ...]
    untold: tuple[DutySettled, ...] = ()
    """What a run settled that was cut off before it wrote the log and told the officer."""

    def meeting(self, meeting_id: str) -> Meeting:
        """The meeting of that id."""
        return next(one for one in self.meetings if one.id == meeting_id)

    def action(self, ref: str) -> Action:
        """The action of that reference."""
        return next(one for one in self.actions if one.ref == ref)


class Job(Record):
    """What every deed needs: where, with what, for which day."""

    folders: Folders
    ledger: Ledger
    known: Known
    now: datetime
    today: date
    progress: Progress

    @property
    def office(self) -> Office:
        """The office's settings."""
        return self.known.settings.office


class Deed(Record):
    """What came of some duties of one kind: words for the log and the officer; `failed` is why nothing came of them.
    `waiting` is what the officer has to do, `missing` what nobody has sent; `shown` are documents for the officer to look at."""

    duties: tuple[Duty, ...]
    became: Became
    said: str
    failed: ReportpackError | None = None
    waiting: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    shown: tuple[Enclosure, ...] = ()
    held: int = 0


def known_facts(
    folders: Folders, ledger: Ledger, settings: Settings, meetings: tuple[Meeting, ...], today: date, now: datetime | None
) -> Known:
    """What is known today. With `now` what people typed into the register is recorded first, and the day on which duties began."""
    events = ledger.of_kinds(DueBegan, DueTold, DutySettled, AnnexIssued, Released, MeetingMoved)
    since = min((one.what.on for one in events if isinstance(one.what, DueBegan)), default=None)
    if now is not None and (since is None or today < since):
        with recording(folders, now, ledger=ledger) as record:
            record.record([Event(DueBegan(today), now)])
    rows = _rows(folders, ledger, today, now)
    settings = with_citing(settings, ledger, rows)
    actions = _actions(rows, settings)
    owed = [one for one in actions if one.state.is_owed]
    settled = tuple(one.what for one in events if isinstance(one.what, DutySettled))
    calendars = [one for one in settled if one.kind is DutyKind.CALENDAR and one.became is Became.DONE]
    called_off = [one.id for one in meetings if one.cancelled and one.day >= today]
    by_pack = [one for one in called_off if went_with_a_letter(ledger, one)]
    if now is not None:
        changes = take_in_meetings(folders, ledger, meetings, now)
    else:
        changes = {one.meeting: one.sequence for one in recorded_meetings(ledger).values()}
    facts = DueFacts(
        since=min(since or today, today),
        meetings=meetings,
        owed=tuple(Owed(one.ref, day) for one in owed if (day := due_day(one, settings, meetings)) is not None),
        expected=tuple(sorted({one.expected_days for one in settings.measures if one.expected_days is not None})),
        issued=frozenset(one.what.meeting for one in events if isinstance(one.what, AnnexIssued)),
        released=_released(events),
        changes=tuple(sorted(changes.items())),
        invited=frozenset((*(one.about for one in calendars), *by_pack)),
        files=tuple(_files(folders, meetings, settled, today)),
        rehearses=not settings.office.mail.server,
    )
    told = max((one.number for one in events if isinstance(one.what, DueTold)), default=0)
    untold = tuple(one.what for one in events if one.number > told and isinstance(one.what, DutySettled))
    return Known(settings, meetings, facts, settled, actions, untold)


def _files(
    folders: Folders, meetings: Sequence[Meeting], settled: Sequence[DutySettled], today: date
) -> Iterator[tuple[str, str, str]]:
    """The files that have come for meetings ahead; one that was looked at for another meeting is not looked at again."""
    seen = {one.occasion: one.about for one in settled if one.kind is DutyKind.SHEETS}
    for meeting in meetings:
        come = (one.file for one in meeting.papers if one.file and one.source.file and one.status is not PaperStatus.DEFERRED)
        for file in come if meeting.day >= today else ():
            path = folders.inputs / file
            if path.is_file():
                with suppress(OSError), path.open("rb") as held:  # one that cannot be read now is looked at another day
                    mark = hashlib.file_digest(held, "sha256").hexdigest()[:16]
                    if seen.get(f"file {mark}", meeting.id) == meeting.id:
                        yield meeting.id, file, mark


def went_with_a_letter(ledger: Ledger, meeting: str) -> bool:
    """Whether a letter that may have gone carried the meeting for a calendar."""
    return any(carries_calendar(one) for one in letters_standing(ledger.letters(meeting)))


def carries_calendar(letter: LetterStanding) -> bool:
    """Whether the letter may have gone, with the meeting for a calendar."""
    return may_have_gone(letter) and any(one.media_type.startswith("text/calendar") for one in letter.letter.enclosures)


def due_day(action: Action, settings: Settings, meetings: Sequence[Meeting]) -> date | None:
    """The day on which an action is due: its own, or that of the meeting it is due at."""
    if action.due is not None or not action.due_meeting:
        return action.due
    main = settings.office.series[0].id if settings.office.series else ""
    bound = calendar_of(meetings, main).bind(action.due_meeting, action.due_as_written)
    return bound.meeting.day if bound.meeting is not None else None


def _released(events: Sequence[Event]) -> tuple[Letting, ...]:
    """What is released of each document since its meeting was last moved: what was released for another day is let out anew or not at all."""
    versions: dict[tuple[str, str], dict[str, int]] = {}
    for event in events:
        what = event.what
        if isinstance(what, MeetingMoved) and what.day != what.before:
            versions.pop((what.meeting, PACK), None)
        elif isinstance(what, Released):
            versions.setdefault((what.meeting, what.document), {})[what.edition.value] = what.version
    let = ((key, ", ".join(f"{edition} v{version}" for edition, version in sorted(of.items()))) for key, of in versions.items())
    return tuple(Letting(*key, words) for key, words in let)


def _rows(folders: Folders, ledger: Ledger, today: date, now: datetime | None) -> tuple[RegisterRow, ...]:
    """The rows that stand. The workbook is read only when its bytes are not those that the ledger saw last."""
    path = folders.inputs / REGISTER
    if register_is_as_seen(ledger, path):
        return standing_rows(ledger.register_events())
    if now is None:
        from reportpack.run.steps.standing import read_standing

        return read_standing(path, ledger, None, today.year).rows
    with recording(folders, now, ledger=ledger) as record:
        record.record(())
        return record.rows


def _actions(rows: Sequence[RegisterRow], settings: Settings) -> tuple[Action, ...]:
    wanted = [row for row in rows if row.sheet == SheetName.ACTIONS]
    if not wanted:
        return ()
    from reportpack.read.register.actions import read_action

    return tuple(read_action(row, settings.office)[0] for row in wanted)
