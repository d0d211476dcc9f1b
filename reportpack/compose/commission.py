"""The commissioning note, a post's own sheet and its reply form, taken from the pack for the same readers: what is not in it cannot be in them; and what a calendar is told.

Nothing that is for the office alone is in a calendar for anybody else: what an edition may not carry is left out, its reference too. Of a
meeting it is told title, day, time and place; of deadlines only those that the edition's readers may know."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reportpack import patterns as re
from reportpack.compose.appendix import list_abbreviations, reading_lines
from reportpack.compose.audience import cite, claims_for
from reportpack.compose.setting import People, head_of, join_words, small_number
from reportpack.compose.topics import shorten
from reportpack.model import commission as model
from reportpack.model.action import Action
from reportpack.model.agenda_view import AgendaView
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.inputs import ReadingNote
from reportpack.model.letter import CalendarEntry
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.office import Office, Post
from reportpack.model.pack import ActionLine, Pack
from reportpack.model.period import Period, long_date
from reportpack.model.words import Sentence

_SECTIONS = ("Outstanding matters", "Open actions")


def compose_commission(
    pack: Pack,
    view: AgendaView,
    office: Office,
    figures: Iterable[tuple[Measure, Period]],
    papers_days: int,
    readings: Iterable[ReadingNote] = (),
    measures: Iterable[Measure] = (),
) -> model.CommissioningNote:
    """The note for the pack's readers; `figures` are the measures whose month is expected before the meeting."""
    may_read = {one.id for one in measures if claims_for(office).rule(pack.edition, one).shown}
    meeting = view.meeting
    by = meeting.day - timedelta(days=papers_days)
    # What this edition says will be asked: for the force, the lines that a person has released.
    asked = tuple(model.AskedLine(page.number, page.title, words) for page in (*pack.topics, *pack.items) for words in page.asked)
    bare: dict[str, Any] = {
        "taken_at": None,
        "since": (),
        "since_note": Sentence.of(),
        "actions": (),
        "commitments": (),
        "evidence": "",
        "outcome": "",
    }
    open_ones = (line for group in pack.actions.groups for line in group.lines)
    ordered = sorted(open_ones, key=lambda one: (not one.overdue, not one.due_here))
    matters = tuple(replace(one, id=f"commission-{number}", **bare) for number, one in enumerate(pack.matters, start=1))
    actions = tuple(replace(one, id=f"wanted-{number}", topic=None, since=()) for number, one in enumerate(ordered, start=1))
    people, claims = People(office, meeting.day), claims_for(office, meeting)
    papers = tuple(
        model.WantedPaper(one.item, one.title, people.title(one.author), long_date(one.wanted_by or by))
        for one in meeting.papers
        if one.status is PaperStatus.AWAITED and claims.rule(pack.edition, one).shown
    )
    wanted: list[model.WantedFigures] = []
    for one, month in figures:
        if claims_for(office).rule(pack.edition, one).shown:
            due = min(month.end + timedelta(days=one.expected_days or 0), by)
            wanted.append(model.WantedFigures(one.title, one.supplier, month.label, long_date(due)))
    day = long_date(meeting.day)
    titles = (f"What is asked for: {meeting.title}, {day}", f"What is asked for, {day}")
    about = f"What the office asks for before the meeting of {day}"
    return model.CommissioningNote(
        **head_of(office, pack.edition, pack.on, long_date(pack.on), *titles, about),
        meeting=pack.meeting,
        office=office.name_on(meeting.day),
        heading=meeting.title,
        day=meeting.day,
        time=pack.cover.time,
        venue=pack.cover.venue,
        chair=pack.cover.chair,
        contact=pack.cover.contact,
        updates_by=long_date(by),
        asked=asked,
        matters=matters,
        actions=actions,
        papers=papers,
        figures=tuple(wanted),
        withheld=tuple(one for one in pack.appendix.withheld if one.section in _SECTIONS),
        summary=_summary(len(asked), len(matters), len(actions), len(papers), by),
        readings=reading_lines(one for one in readings if one.measures and may_read.issuperset(one.measures)),
        abbreviations=list_abbreviations(office),
    )


def _summary(asked: int, matters: int, actions: int, papers: int, by: date) -> Sentence:
    counts = (
        (asked, "line of enquiry", "lines of enquiry"),
        (matters, "matter brought forward", "matters brought forward"),
        (papers, "paper", "papers"),
        (actions, "update on an action", "updates on actions"),
    )
    parts = [f"{small_number(number)} {one if number == 1 else several}" for number, one, several in counts if number]
    listed = join_words(parts)
    if not parts:
        return Sentence.of(f"Nothing is asked for beyond what comes regularly. Updates are wanted by {long_date(by)}.")
    return Sentence.of(f"{listed[:1].upper()}{listed[1:]}. Papers and updates are wanted by {long_date(by)}.")


FORM = 1  # The form's own version: raised when its columns change.
_EXCEPTIONS = 6


def compose_own_sheet(
    pack: Pack, view: AgendaView, office: Office, post: Post, areas: tuple[str, ...], version: str
) -> model.OwnSheet:
    """The sheet of the post; `areas` narrow it to theirs, without them it shows what needs attention in the whole force."""
    meeting = view.meeting
    day = long_date(meeting.day)
    titles = (f"{post.title}: actions and questions, {meeting.title}, {day}", f"{post.title}, {meeting.title}, {day}")
    return model.OwnSheet(
        **head_of(office, pack.edition, pack.on, version, *titles, f"What the meeting of {day} asks of the {post.title}"),
        meeting=pack.meeting,
        heading=f"{meeting.title}, {day}",
        post=post.title,
        actions=tuple(replace(one, id=f"own-{number}") for number, one in enumerate(own_actions(pack, view, post), start=1)),
        questions=tuple(_questions(pack, view, post)),
        areas=tuple(_areas(pack, {area.name for area in office.areas if area.id in areas})),
        exceptions=() if areas else pack.glance.exceptions[:_EXCEPTIONS],
        note=pack.cover.note,
        abbreviations=list_abbreviations(office),
        sources=pack.sources,
    )


def compose_reply_form(pack: Pack, view: AgendaView, post: Post, version: str, reply_to: str) -> model.ReplyForm:
    """The form in which the post says how its actions stand."""
    actions = tuple(
        model.FormAction(one.ref, f"{one.title}: {one.words}" if one.title else one.words, one.due.text)
        for one in own_actions(pack, view, post)
    )
    identity = f"Reply form {FORM}, {pack.meeting}, {post.abbreviation or post.id}, {version}"
    meeting = f"{view.meeting.title}, {long_date(view.meeting.day)}"
    return model.ReplyForm(identity, meeting, post.title, pack.marking, reply_to, pack.on, actions)


def own_actions(pack: Pack, view: AgendaView, post: Post) -> tuple[ActionLine, ...]:
    """The open actions in this pack that the post owns, alone or with others, overdue first."""
    owned = {one.action.ref for one in view.actions if post.id in one.action.owners}
    lines = [line for group in pack.actions.groups for line in group.lines if line.ref in owned]
    return tuple(replace(one, topic=None) for one in sorted(lines, key=lambda line: not line.overdue))


def asked_of_posts(pack: Pack, view: AgendaView, office: Office) -> Iterator[tuple[str, str]]:
    """What is asked of each post, by its id: its actions that are overdue or due by the meeting, and the papers that it owes."""
    claims = claims_for(office, view.meeting)
    owed = [one for one in view.meeting.papers if one.status is PaperStatus.AWAITED and claims.rule(pack.edition, one).shown]
    for post in office.posts:
        for one in own_actions(pack, view, post):
            if one.overdue or one.due_here:
                yield post.id, f"Action {one.ref}, {shorten(one.title or one.words).rstrip(' .')}. {one.due.text}."
        for paper in (one for one in owed if one.author == post.id):
            by = f", by {long_date(paper.wanted_by)}" if paper.wanted_by is not None else ""
            yield post.id, f"Your paper: {paper.title}{by}."


def _questions(pack: Pack, view: AgendaView, post: Post) -> Iterator[model.AskedLine]:
    """What this pack says will be put where the post leads, or where nobody is named; the office asks itself nothing."""
    if not shows(pack.edition, Part.QUESTIONS_PUT):
        return
    leads = {one.item.number: one.item.lead for one in view.items}
    for page in (*pack.topics, *pack.items):
        if leads.get(page.number, "") in ("", post.id):
            for words in page.asked:
                yield model.AskedLine(page.number, page.title, words)


def _areas(pack: Pack, names: set[str]) -> Iterator[model.OwnArea]:
    for page in pack.topics:
        for measure in page.measures:
            rows = tuple(row for row in measure.areas.rows if row.area in names) if measure.areas is not None else ()
            if rows and measure.areas is not None:
                yield model.OwnArea(measure.title, measure.areas.period, rows)


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
    owed = (one for one in actions if one.ref and one.due and one.state.is_live)
    theirs = (one for one in owed if not posts or set(posts) & set(one.owners))
    found = tuple(_action(one, office) for one in theirs if claims_for(office).rule(edition, one).shown)
    found += tuple(_papers(meeting, office, edition, sequence, posts))
    if updates_by is not None:
        uid = calendar_uid(f"{meeting.id}-updates", office)
        title = f"Updates wanted for the {meeting.title} of {long_date(meeting.day)}"
        found += (CalendarEntry(uid, title, updates_by, updates_by + _DAY, sequence, cancelled=meeting.cancelled),)
    return tuple(sorted(cite(found, edition, office.citing), key=lambda one: (one.start.isoformat(), one.uid)))


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
    due = action.due or date.max
    words = " ".join((action.title or action.words).split())
    return CalendarEntry(
        uid=calendar_uid(f"action-{action.ref.replace('/', '-')}", office),
        title=f"Action {action.ref} is due: {words[:200]}",
        start=due,
        end=due + _DAY,
        sequence=len(action.redatings),
    )
