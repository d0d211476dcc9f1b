"""What the notes of earlier meetings leave undone, however long ago those were: not taken, not issued, not agreed, of no meeting, silent on what was due."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.errors import Remedy
from reportpack.ledger import Ledger
from reportpack.merge.brought_forward import bind_matter
from reportpack.merge.noted_corrections import standing_corrections
from reportpack.merge.occasions import calendar_of, is_past
from reportpack.model.correction import Correction
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexAgreed, AnnexIssued
from reportpack.model.matter import Matter, MatterState
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.run.office_files import Folders
from reportpack.run.steps.taken_notes import FOLDER, note_files, notes_of_no_meeting

_NAMED = 6
"""How many meetings a sentence names."""

Issues = dict[str, tuple[AnnexIssued, bool]]
"""By meeting, the last issue of its notes, and whether that very version was agreed."""


def issues_by(ledger: Ledger, on: date) -> Issues:
    """What was issued and agreed by that day."""
    events = ledger.of_kinds(AnnexIssued, AnnexAgreed)
    found: Issues = {}
    for event in events:
        what = event.what
        if isinstance(what, AnnexIssued) and what.on <= on:
            found[what.meeting] = (what, False)
        elif isinstance(what, AnnexAgreed) and what.on <= on and what.meeting in found:
            issued = found[what.meeting][0]
            found[what.meeting] = (issued, issued.version == what.version)
    return found


def with_unagreed_notes(meeting: Meeting, meetings: Sequence[Meeting], ledger: Ledger, on: date) -> Meeting:
    """The meeting with the notes of every earlier one of its series among its papers, that were issued and are not agreed by that day."""
    issues = issues_by(ledger, on)
    earlier = [one for one in _over(meetings, meeting.day) if one.series == meeting.series and _waits(one, issues)]
    first = meeting.agenda[0].number if meeting.agenda else ""
    papers = []
    for one in earlier:
        issued = issues[one.id][0]
        title = f"Notes of the meeting of {long_date(one.day)}, version {issued.version}: to be agreed"
        said = _corrections(ledger, issued, on)
        papers.append(Paper(title, first, PaperStatus.RECEIVED, audience=Audience.FORCE, corrections=said))
    return replace(meeting, papers=(*papers, *meeting.papers))


def notes_gaps(
    folders: Folders, meetings: Sequence[Meeting], ledger: Ledger, matters: Sequence[Matter], on: date, beside: str = ""
) -> tuple[Problem, ...]:
    """Every gap as a problem, but of the meeting `beside`; those of one kind that need one deed are one."""
    issues = issues_by(ledger, on)
    held = [one for one in _over(meetings, on) if one.id != beside]
    files = note_files(folders.inputs / FOLDER)
    path_of = {one.id: path for path in files for one in held if path.stem in one.names}
    without = [one for one in held if one.id not in issues and one.id not in path_of]
    held_since = {one.id: any(later.series == one.series and later.day > one.day for later in held) for one in held}
    waiting = [one for one in held if _waits(one, issues) and held_since[one.id]]
    said = [
        *(_not_issued(one, path_of[one.id].name) for one in held if one.id in path_of and one.id not in issues),
        *notes_of_no_meeting(files, meetings),
        *_unmentioned(matters, meetings, issues, on),
    ]
    if without:
        found = f"{_meetings(without)} held, and no notes of {'it' if len(without) == 1 else 'them'} are here: {_days(without)}."
        remedy = "Put the notes there, each file named after the meeting's id; or cancel the meeting that was not held."
        said.append(Problem("notes-missing", Source(FOLDER), found, remedy, Weight.NOTE))
    if waiting:
        found = f"The notes of {_days(waiting)} were issued, a meeting was held since, and nobody has said that they were agreed."
        agree = Remedy("Where a meeting agreed them, say so:", "annex agree", waiting[0].id)
        said.append(Problem("notes-not-agreed", Source(FOLDER), found, agree, Weight.NOTE))
    return tuple(said)


def _over(meetings: Sequence[Meeting], day: date) -> list[Meeting]:
    return sorted((one for one in meetings if one.day < day and not one.cancelled), key=lambda one: (one.day, one.id))


def _waits(meeting: Meeting, issues: Issues) -> bool:
    """Whether its notes were issued from the office's own folder, and not agreed; old notes that were only recorded wait for nobody."""
    issued, agreed = issues.get(meeting.id, (None, True))
    return issued is not None and not agreed and issued.file.startswith(f"{FOLDER}/")


def _corrections(ledger: Ledger, issued: AnnexIssued, on: date) -> tuple[Correction, ...]:
    events = [one for one in ledger.corrections(issued.meeting) if one.recorded.date() <= on]
    return tuple(one for one in standing_corrections(events) if one.proposed.version == issued.version)


def _not_issued(meeting: Meeting, name: str) -> Problem:
    return Problem(
        "notes-not-issued",
        Source(f"{FOLDER}/{name}"),
        f"The notes of {long_date(meeting.day)} were not issued, so the register knows nothing of what they ask for.",
        Remedy(f"Run: reportpack annex {meeting.id}, see that it is right, then:", "annex issue", meeting.id),
    )


def _unmentioned(matters: Sequence[Matter], meetings: Sequence[Meeting], issues: Issues, on: date) -> Iterator[Problem]:
    if not meetings:
        return
    calendar = calendar_of(meetings, meetings[0].series)
    for matter in matters:
        if matter.state is not MatterState.CARRIED or matter.outcome:
            continue
        due = bind_matter(matter, calendar)[2]
        if due.meeting is None or not is_past(due, on) or due.meeting.id not in issues:
            continue
        yield Problem(
            "matter-unmentioned",
            matter.source,
            f"Matter {matter.ref} ({matter.title}) was due on {long_date(due.meeting.day)}, and the notes of that meeting do not mention it.",
            Remedy("Close it, or say where it is carried to:", "register carry", matter.ref, "MEETING"),
        )


def _meetings(held: Sequence[Meeting]) -> str:
    return "A meeting was" if len(held) == 1 else f"{len(held)} meetings were"


def _days(held: Sequence[Meeting]) -> str:
    """The latest, which somebody may still remember, first."""
    named = [long_date(one.day) for one in reversed(held)]
    return ", ".join((*named[:_NAMED], *([f"and {len(named) - _NAMED} more"] if len(named) > _NAMED else [])))
