"""`annex`: from the notes taken at a meeting to the minutes-and-actions annex. A draft changes nothing; once it is issued, what the notes ask
for is part of the register, and so is their agreement. Once each: issued and unchanged since, it is given again, byte for byte.
"""

from collections.abc import Sequence
from dataclasses import replace

from reportpack.drive_files import sha256_of
from reportpack.errors import RefusedError, Remedy, fails_as
from reportpack.ledger import Ledger
from reportpack.merge.issuing import issue_notes
from reportpack.merge.noted import give_references
from reportpack.model.answer import count_questions
from reportpack.model.event import AnnexAgreed, AnnexIssued, Event, Happening, RowChange
from reportpack.model.noted import NOTHING_SETTLED, AnnexStanding, Issue, Settled
from reportpack.model.period import long_date
from reportpack.run.minutes.annex_pages import BuiltAnnex, editions_of, record_of, set_annex, with_standing
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes, read_for_annex, with_answers
from reportpack.run.office_files import Folders, Progress, open_memory
from reportpack.run.steps.recording import Recording, recording
from reportpack.run.steps.standing import refuse_conflict
from reportpack.run.steps.taken_notes import UNFIT
from reportpack.run.writing import write_files


def build_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Make the draft and the queries; nothing is recorded."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
        progress("Setting the pages")
        made = set_annex(folders, read, (order.edition or read.own,), ledger, strict=order.strict)
    write_files(made.files)
    return made.built


def issue_annex(folders: Folders, order: AnnexOrder, progress: Progress, settled: Settled = NOTHING_SETTLED) -> BuiltAnnex:
    """Give references, record what the notes ask for, and make the copy that goes to the force. A second time changes nothing."""
    with recording(folders, order.now) as record:
        read = read_for_annex(folders, order, record.ledger, progress, record.standing)
        if read.unchanged:
            return give_again(folders, order, read, record)
        _refuse_unfit(read)
        refuse_conflict(read.standing, "Nothing was issued.")
        office, measures = read.settings.office, read.settings.measures
        issue = issue_notes(with_answers(read), read.standing.rows, read.earlier, office, measures, settled)
        _refuse_asked(issue)
        version = read.earlier.version + 1 if read.earlier is not None else 1
        meeting, notes = read.view.meeting.id, read.minutes
        issued = AnnexIssued(meeting, f"minutes/{notes.file}", notes.sha256, order.today, version, issue.given)
        numbered = replace(read, view=give_references(read.view, issued.given))
        read = with_standing(numbered, AnnexStanding(issued.on, None, issued.version))
        made = set_annex(folders, read, editions_of(read, order.edition), strict=order.strict)
        progress("Recording")
        _keep_notes(record.ledger, read)
        happened: tuple[Happening, ...] = (*issue.changes, issued, *record_of(record.ledger, read, made))
        record.record([Event(what, order.now) for what in happened], made.files)
        known = {one.ref for one in read.earlier.given} if read.earlier is not None else set()
        new = tuple(one for one in issue.given if one.ref not in known)
        return replace(made.built, given=new, problems=(*made.built.problems, *record.problems))


def agree_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Record that the notes that were issued are agreed, with the corrections that were accepted; nothing else changes."""
    with recording(folders, order.now) as record:
        read = read_for_annex(folders, order, record.ledger, progress, record.standing)
        issued = _refuse_not_ready(read)
        if read.agreed is not None:
            return give_again(folders, order, read, record)
        agreed = AnnexAgreed(read.view.meeting.id, order.today, issued.version)
        read = with_standing(read, AnnexStanding(issued.on, agreed.on, issued.version))
        made = set_annex(folders, read, editions_of(read, order.edition), strict=order.strict)
        happened: tuple[Happening, ...] = (agreed, *record_of(record.ledger, read, made))
        record.record([Event(what, order.now) for what in happened], made.files)
        return replace(made.built, problems=(*made.built.problems, *record.problems))


def give_again(folders: Folders, order: AnnexOrder, read: ReadNotes, record: Recording) -> BuiltAnnex:
    """What was issued or agreed, as it was kept."""
    made = set_annex(folders, read, editions_of(read, order.edition), record.ledger, strict=order.strict)
    write_files(made.files)
    return replace(made.built, problems=(*made.built.problems, *record.problems))


def remake_issued(
    folders: Folders, order: AnnexOrder, read: ReadNotes, record: Recording, rows: Sequence[RowChange], said: Sequence[Event]
) -> None:
    """Record an answer or a correction, what the register gains by it and, where the notes are as they were issued, the annex as it reads now."""
    made = set_annex(folders, read, editions_of(read, order.edition)) if read.unchanged else None
    happened: tuple[Happening, ...] = (*rows, *(record_of(record.ledger, read, made) if made is not None else ()))
    record.record([*said, *(Event(what, order.now) for what in happened)], made.files if made is not None else {})


def _keep_notes(ledger: Ledger, read: ReadNotes) -> None:
    """The very bytes that were read; a file that somebody saved meanwhile stops the run before anything is recorded."""
    remedy = "Nothing was issued. Put it back and run it again."
    with fails_as(RefusedError, f"{read.notes.name} cannot be read any more", remedy):
        data = read.notes.path.read_bytes()
    if sha256_of(data) != read.minutes.sha256:
        raise RefusedError(f"{read.notes.name} was saved while this run went on.", "Nothing was issued. Run it again.")
    ledger.keep(data)


def _refuse_unfit(read: ReadNotes) -> None:
    """What is not the notes of this one meeting gives no references, which could never be taken back."""
    unfit = next((one for one in read.problems if one.kind in UNFIT), None)
    if unfit is not None:
        raise RefusedError(f"{read.notes.name}: {unfit.found}", f"{unfit.remedy} Nothing was issued.")


def _refuse_asked(issue: Issue) -> None:
    if issue.asked:
        raise RefusedError(
            "\n".join(issue.asked),
            "Put the words back, or say what became of each: --same REFERENCE when it has new words (--same 'REFERENCE=the new words', or "
            "=line 12, where there are several), --withdrawn REFERENCE when it was taken out. Nothing was issued.",
        )


def _refuse_not_ready(read: ReadNotes) -> AnnexIssued:
    meeting = read.view.meeting.id
    if read.earlier is None:
        raise RefusedError(f"The notes of {meeting} were not issued yet.", Remedy("First:", "annex issue", meeting))
    if not read.unchanged:
        found = f"The notes of {meeting} changed since they were issued on {long_date(read.earlier.on)}."
        raise RefusedError(found, Remedy("Issue them again first:", "annex issue", meeting))
    if read.agreed is None:
        refuse_open_queries(read)
        _refuse_unsettled(read)
    return read.earlier


def refuse_open_queries(read: ReadNotes) -> None:
    """Refuse what would make the notes final while a query stops that: agreement, and publishing."""
    blocking = read.blocking
    if blocking:
        meeting = read.view.meeting.id
        number = count_questions(read.view.asked, blocking=True)
        count = f"{number} of the queries must be answered" if number > 1 else "One of the queries must be answered"
        raise RefusedError(
            f"{count} before the notes can be agreed or published: {blocking[0].query.found}",
            f'Answer them in the notes and issue them again, or: reportpack minutes answer {meeting} {blocking[0].name} "..." --by NAME. '
            f"They stand in queries.pdf, and in: reportpack minutes queries {meeting}",
        )


def _refuse_unsettled(read: ReadNotes) -> None:
    unsettled = read.unsettled
    if unsettled:
        meeting = read.view.meeting.id
        several = f"{len(unsettled)} corrections are proposed and were"
        count = several if len(unsettled) > 1 else "One correction is proposed and was"
        raise RefusedError(
            f"{count} neither accepted nor refused.",
            f"See: reportpack annex {meeting} --corrections. Then: reportpack annex {meeting} --accept {unsettled[0].number} --by NAME, "
            "or --refuse with --why.",
        )
