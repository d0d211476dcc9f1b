"""The notes of the meeting before, for the pack of the next one: a paper to agree, or a word about what nobody has issued yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportpack.errors import Remedy
from reportpack.ledger import Ledger
from reportpack.merge.noted_corrections import standing_corrections
from reportpack.model.audience import Audience
from reportpack.model.correction import Correction
from reportpack.model.event import AnnexAgreed, AnnexIssued
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.period import long_date
from reportpack.model.problem import Problem
from reportpack.model.source import Source
from reportpack.run.folders import Folders
from reportpack.run.steps.taken_notes import FOLDER, note_files


def with_previous_notes(
    folders: Folders, meetings: Sequence[Meeting], meeting: Meeting, ledger: Ledger, on: date
) -> tuple[Meeting, tuple[Problem, ...]]:
    """The meeting with the notes of the one before among its papers, where they were issued and are not agreed by that day."""
    earlier = [one for one in meetings if one.series == meeting.series and one.day < meeting.day and not one.cancelled]
    if not earlier:
        return meeting, ()
    before = max(earlier, key=lambda one: (one.day, one.id))
    issued, agreed = _known_on(ledger, before.id, on)
    if issued is None:
        return meeting, _not_issued(folders, before, on)
    if agreed is not None and agreed.version == issued.version:
        return meeting, ()
    first = meeting.agenda[0].number if meeting.agenda else ""
    title = f"Notes of the meeting of {long_date(before.day)}, version {issued.version}: to be agreed"
    paper = Paper(
        title,
        first,
        PaperStatus.RECEIVED,
        audience=Audience.FORCE,
        corrections=_corrections(ledger, before.id, issued.version, on),
    )
    return replace(meeting, papers=(paper, *meeting.papers)), ()


def _corrections(ledger: Ledger, meeting: str, version: int, on: date) -> tuple[Correction, ...]:
    """What was proposed to that version by that day, with what was said to it by then."""
    events = [one for one in ledger.corrections(meeting) if one.recorded.date() <= on]
    return tuple(one for one in standing_corrections(events) if one.proposed.version == version)


def _known_on(ledger: Ledger, meeting: str, on: date) -> tuple[AnnexIssued | None, AnnexAgreed | None]:
    events = [one.what for one in ledger.annexes(meeting)]
    issues = [one for one in events if isinstance(one, AnnexIssued) and one.on <= on]
    agreements = [one for one in events if isinstance(one, AnnexAgreed) and one.on <= on]
    return issues[-1] if issues else None, agreements[-1] if agreements else None


def _not_issued(folders: Folders, before: Meeting, on: date) -> tuple[Problem, ...]:
    path = next((path for path in note_files(folders.inputs / FOLDER) if path.stem in before.names), None)
    if path is None or before.day > on:
        return ()
    return (
        Problem(
            "notes-not-issued",
            Source(f"{FOLDER}/{path.name}"),
            f"The notes of {long_date(before.day)} were not issued, so nothing that they ask for is in this pack.",
            Remedy(f"Run: reportpack annex {before.id}, see that it is right, then:", "annex issue", before.id),
        ),
    )
