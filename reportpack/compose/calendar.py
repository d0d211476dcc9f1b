"""What a calendar is told: of a meeting its title, day, time and place; of deadlines only those that the edition's readers may know.

Nothing that is for the office alone is in a calendar for anybody else: what an edition may not carry is left out, its reference too.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from reportpack import patterns as re
from reportpack.compose.audience import claims_for
from reportpack.model.action import Action
from reportpack.model.edition import Audience
from reportpack.model.letter import CalendarEntry
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.office import Office
from reportpack.model.period import long_date

LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)


def meeting_entry(meeting: Meeting, office: Office, sequence: int) -> CalendarEntry:
    """The meeting itself, for any edition. Its times are instants, so that no calendar has to know London's summer time."""
    start, end = meeting.day, meeting.day + _DAY
    if meeting.start_time is not None:
        start = datetime.combine(meeting.day, meeting.start_time, LONDON).astimezone(UTC)
        end = start + timedelta(minutes=meeting.lasts)
    return CalendarEntry(
        uid=calendar_uid(meeting.id, office),
        title=f"{meeting.title}, {office.force}",
        start=start,
        end=end,
        sequence=sequence,
        place=meeting.venue,
        cancelled=meeting.cancelled,
    )


def calendar_uid(name: str, office: Office) -> str:
    """From the meeting's id and the force's name, so that two offices' meetings of one day stay two in a calendar."""
    return f"{name}@{re.sub('[^a-z0-9]+', '-', office.force.casefold()).strip('-') or 'office'}.reportpack"


def deadline_entries(
    meeting: Meeting,
    actions: Sequence[Action],
    office: Office,
    edition: Audience,
    sequence: int,
    *,
    updates_by: date | None = None,
    posts: Sequence[str] = (),
) -> tuple[CalendarEntry, ...]:
    """The days by which papers, updates and actions are wanted, soonest first; with `posts`, only what those owe."""
    found = [
        *_papers(meeting, office, edition, sequence, posts),
        *(
            _action(one, office)
            for one in actions
            if one.ref and one.due and one.state.is_live and (not posts or set(posts) & set(one.owners))
            if claims_for(office).rule(edition, one).shown
        ),
    ]
    if updates_by is not None:
        uid, title = (
            calendar_uid(f"{meeting.id}-updates", office),
            f"Updates wanted for the {meeting.title} of {long_date(meeting.day)}",
        )
        found.append(CalendarEntry(uid, title, updates_by, updates_by + _DAY, sequence, cancelled=meeting.cancelled))
    return tuple(sorted(found, key=lambda one: (one.start.isoformat(), one.uid)))


def _papers(meeting: Meeting, office: Office, edition: Audience, sequence: int, posts: Sequence[str]) -> Iterator[CalendarEntry]:
    for paper in meeting.papers:
        shown = claims_for(office, meeting).rule(edition, paper).shown
        if paper.status is not PaperStatus.AWAITED or paper.wanted_by is None or not shown:
            continue
        if posts and paper.author not in posts:
            continue
        mark = hashlib.sha256(f"{paper.item}\n{paper.title}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        yield CalendarEntry(
            uid=calendar_uid(f"{meeting.id}-paper-{mark}", office),
            title=f"Paper wanted: {paper.title}",
            start=paper.wanted_by,
            end=paper.wanted_by + _DAY,
            sequence=sequence,
            notes=f"For item {paper.item} of the {meeting.title} of {long_date(meeting.day)}.",
            cancelled=meeting.cancelled,
        )


def _action(action: Action, office: Office) -> CalendarEntry:
    """An action's own day; its sequence is how often it was given another."""
    due = action.due or date.max
    words = " ".join((action.title or action.words).split())
    return CalendarEntry(
        uid=calendar_uid(f"action-{action.ref.replace('/', '-')}", office),
        title=f"Action {action.ref} is due: {words[:200]}",
        start=due,
        end=due + _DAY,
        sequence=len(action.redatings),
    )
