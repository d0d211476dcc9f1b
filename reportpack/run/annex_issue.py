"""`annex --issue` and `annex --agreed`: what the notes ask for becomes part of the register, and their agreement is recorded. Once each."""

import hashlib
from dataclasses import replace
from datetime import datetime

from reportpack.errors import RefusedError
from reportpack.ledger import Ledger
from reportpack.merge import give_references, issue_notes
from reportpack.model.audience import Audience
from reportpack.model.event import AnnexAgreed, AnnexIssued, Event
from reportpack.model.noted import NOTHING_SETTLED, AnnexStanding, Issue, Settled
from reportpack.model.period import long_date
from reportpack.model.problem import Problem
from reportpack.run.annex import AnnexOrder, BuiltAnnex, ReadNotes, read_for_annex, set_annex
from reportpack.run.folders import Folders
from reportpack.run.gather import REGISTER, Progress
from reportpack.run.register import read_standing, record_standing, write_standing
from reportpack.run.register_rows import open_to_record
from reportpack.run.writing import staged_files, write_files

_CONFLICT = "register-conflict"


def issue_annex(
    folders: Folders,
    order: AnnexOrder,
    progress: Progress,
    settled: Settled = NOTHING_SETTLED,
) -> BuiltAnnex:
    """Give references, record what the notes ask for, and make the copy that goes to the force. A second time changes nothing."""
    with open_to_record(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
        if read.unchanged:
            return _set_and_write(folders, order, read)
        _refuse_conflict(read)
        issue = issue_notes(read.view, read.standing.rows, read.earlier, read.settings.office, read.settings.measures, settled)
        _refuse_asked(issue)
        issued = AnnexIssued(
            read.view.meeting.id,
            f"minutes/{read.minutes.file}",
            read.minutes.sha256,
            order.today,
            read.earlier.version + 1 if read.earlier is not None else 1,
            issue.given,
        )
        files, built = set_annex(folders, order, _with_issue(read, issued), _editions(order, read))
        progress("Recording")
        with staged_files(files) as put:
            with ledger.all_or_none():
                _keep_notes(ledger, read)
                record_standing(read.standing, ledger, order.now)
                ledger.record([*(Event(change, order.now) for change in issue.changes), Event(issued, order.now)])
            put()
        known = {one.ref for one in read.earlier.given} if read.earlier is not None else set()
        new = tuple(one for one in issue.given if one.ref not in known)
        return replace(built, given=new, problems=(*built.problems, *_bring_into_step(folders, ledger, order.now)))


def agree_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Record that the notes that were issued are agreed; nothing else changes."""
    with open_to_record(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
        issued = _refuse_not_ready(read)
        if read.agreed is not None:
            return _set_and_write(folders, order, read)
        agreed = AnnexAgreed(read.view.meeting.id, order.today, issued.version)
        standing = AnnexStanding(issued.on, agreed.on, issued.version)
        files, built = set_annex(
            folders, order, replace(read, view=replace(read.view, standing=standing)), _editions(order, read)
        )
        with staged_files(files) as put:
            ledger.record([Event(agreed, order.now)])
            put()
        return built


def _set_and_write(folders: Folders, order: AnnexOrder, read: ReadNotes) -> BuiltAnnex:
    files, built = set_annex(folders, order, read, _editions(order, read))
    write_files(files)
    return built


def _editions(order: AnnexOrder, read: ReadNotes) -> tuple[Audience, ...]:
    """The office's own, and the force's, which checks it for accuracy."""
    return (order.edition or read.own, Audience.FORCE)


def _with_issue(read: ReadNotes, issued: AnnexIssued) -> ReadNotes:
    """The notes as they are once that issue is recorded."""
    view = give_references(read.view, issued.given)
    return replace(read, view=replace(view, standing=AnnexStanding(issued.on, None, issued.version)))


def _keep_notes(ledger: Ledger, read: ReadNotes) -> None:
    """The very bytes that were read; a file that somebody saved meanwhile stops the run before anything is recorded."""
    try:
        data = read.notes.path.read_bytes()
    except OSError as error:
        raise RefusedError(
            f"{read.notes.name} cannot be read any more ({error.strerror}).", "Nothing was issued. Put it back and run it again."
        ) from error
    if hashlib.sha256(data).hexdigest() != read.minutes.sha256:
        raise RefusedError(f"{read.notes.name} was saved while this run went on.", "Nothing was issued. Run it again.")
    ledger.keep(data)


def _bring_into_step(folders: Folders, ledger: Ledger, now: datetime) -> tuple[Problem, ...]:
    step = read_standing(folders.inputs / REGISTER, ledger, None, now.year)
    record_standing(step, ledger, now)
    return write_standing(step, folders.inputs / REGISTER, ledger, now)


def _refuse_conflict(read: ReadNotes) -> None:
    conflicts = [one for one in read.standing.problems if one.kind == _CONFLICT]
    if conflicts:
        raise RefusedError(
            f"The register is in conflict with what was recorded: {conflicts[0].found}",
            f"{conflicts[0].remedy} Nothing was issued.",
        )


def _refuse_asked(issue: Issue) -> None:
    """References are never moved by guessing."""
    if issue.asked:
        raise RefusedError(
            "\n".join(issue.asked),
            "Put the words back, or say what became of it: --same REFERENCE when it has new words, --withdrawn REFERENCE when it was "
            "taken out. Nothing was issued.",
        )


def _refuse_not_ready(read: ReadNotes) -> AnnexIssued:
    """What was agreed is what was issued, with nothing left to be answered."""
    meeting = read.view.meeting.id
    if read.earlier is None:
        raise RefusedError(f"The notes of {meeting} were not issued yet.", f"First: reportpack annex {meeting} --issue")
    if not read.unchanged:
        raise RefusedError(
            f"The notes of {meeting} changed since they were issued on {long_date(read.earlier.on)}.",
            f"Issue them again first: reportpack annex {meeting} --issue",
        )
    blocking = [one for one in read.minutes.queries if one.blocking]
    if blocking and read.agreed is None:
        raise RefusedError(
            f"{len(blocking)} of the queries must be answered before the notes can be agreed: {blocking[0].found}",
            "Answer them in the notes, then issue them again. They stand in queries.pdf.",
        )
    return read.earlier
