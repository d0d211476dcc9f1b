"""The words of letters that ask, remind and report. What its reader may not see is not in a letter."""

from collections.abc import Sequence
from datetime import date

from reportpack.compose.audience import claims_for
from reportpack.compose.occasions import small_number
from reportpack.compose.people import join_words
from reportpack.model.action import Action
from reportpack.model.commission import CommissioningNote, WantedFigures
from reportpack.model.edition import Ruling
from reportpack.model.letter import Addressee, EnclosureLine, Notice, NoticeLists
from reportpack.model.meeting import Meeting, Paper
from reportpack.model.meeting_event import MeetingCancelled, MeetingEvent
from reportpack.model.office import Office
from reportpack.model.pack import ActionLine
from reportpack.model.period import long_date


def commissioning_notice(
    note: CommissioningNote, to: Addressee, office: Office, own: Sequence[ActionLine], enclosed: tuple[EnclosureLine, ...]
) -> Notice:
    """What is asked of one person; the rest is in the note that goes with it."""
    post = office.post(to.post)
    when = f"{long_date(note.day)}{f' at {note.time}' if note.time else ''}{f', {note.venue}' if note.venue else ''}"
    papers = tuple(f"{one.title}, by {one.by}" for one in note.papers if post is not None and one.author == post.title)
    actions = tuple(_action_line(one.ref, one.title or one.words, one.due.text[:1].lower() + one.due.text[1:]) for one in own)
    opening = f"The next {note.heading} is on {when}. {note.summary.text}"
    title = f"What is asked for: {note.heading}, {long_date(note.day)}"
    return _notice(title, opening, NoticeLists(papers=papers, actions=actions), to, office, enclosed)


def reminder_notice(actions: Sequence[tuple[Action, date]], today: date, to: Addressee, office: Office) -> Notice:
    """Actions whose day is near, has come or has just passed."""
    lines = tuple(_reminded(action, due, today, claims_for(office).rule(to.edition, action)) for action, due in actions)
    one_only = len(actions) == 1
    opening = f"{small_number(len(actions)).capitalize()} {'action is' if one_only else 'actions are'} due."
    title = f"Reminder: {'action' if one_only else 'actions'} {join_words([action.ref for action, _ in actions])}"
    return _notice(title, opening, NoticeLists(actions=lines), to, office)


def chase_notice(
    meeting: Meeting, papers: Sequence[Paper], figures: Sequence[WantedFigures], to: Addressee, office: Office
) -> Notice:
    """Papers and figures that were wanted for a meeting and have not come."""
    lists = NoticeLists(
        papers=tuple(f"{one.title}{f', wanted by {long_date(one.wanted_by)}' if one.wanted_by else ''}" for one in papers),
        figures=tuple(f"{one.measure}, {one.month}, expected by {one.by}" for one in figures),
    )
    what = join_words([*(["papers"] if papers else []), *(["figures"] if figures else [])])
    opening = f"These {what} for the {meeting.title} of {long_date(meeting.day)} have not reached us."
    return _notice(f"Still wanted for {meeting.title}, {long_date(meeting.day)}", opening, lists, to, office)


def calendar_notice(
    meeting: Meeting, told: MeetingEvent | None, to: Addressee, office: Office, enclosed: tuple[EnclosureLine, ...]
) -> Notice:
    """A meeting that was set, moved or called off since what was `told` of it last."""
    when = f"{long_date(meeting.day)}{f' at {meeting.start_time:%H:%M}' if meeting.start_time else ''}"
    where = f", {meeting.venue}" if meeting.venue else ""
    if meeting.cancelled:
        title, opening = "Called off", f"The {meeting.title} of {when} is called off."
    elif isinstance(told, MeetingCancelled):
        title, opening = "Goes ahead", f"The {meeting.title} goes ahead after all, on {when}{where}."
    elif told is not None:
        title, opening = "Changed", f"The {meeting.title} has changed. It is now on {when}{where}."
    else:
        title, opening = "Meeting", f"The {meeting.title} is on {when}{where}."
    return _notice(f"{title}: {meeting.title}, {long_date(meeting.day)}", opening, NoticeLists(), to, office, enclosed)


def report_notice(
    today: date, lists: NoticeLists, to: Addressee, office: Office, enclosed: tuple[EnclosureLine, ...] = ()
) -> Notice:
    """What the machine did on a day, what waits for the officer, and what failed."""
    counts = ((lists.failed, "failed"), (lists.waiting, "waiting for you"), (lists.missing, "missing"), (lists.done, "done"))
    said = join_words([f"{len(lines)} {words}" for lines, words in counts if lines])
    return _notice(f"Due on {long_date(today)}: {said}", f"What fell due by {long_date(today)}.", lists, to, office, enclosed)


def _notice(
    title: str, opening: str, lists: NoticeLists, to: Addressee, office: Office, enclosures: tuple[EnclosureLine, ...] = ()
) -> Notice:
    marking = office.edition(to.edition).marking
    return Notice(
        title=f"{marking}: {title}" if marking else title,
        language=office.language,
        marking=marking,
        name=to.name,
        opening=opening,
        lists=lists,
        office=office.name,
        contact=office.contact,
        enclosures=enclosures,
    )


def _reminded(action: Action, due: date, today: date, ruling: Ruling) -> str:
    words = (action.title or action.words) if ruling.shown else action.public_title
    when = f"due on {long_date(due)}" if due > today else "due today" if due == today else f"was due on {long_date(due)}"
    return _action_line(action.ref, words, when)


def _action_line(ref: str, words: str, when: str) -> str:
    return f"{ref} {words}: {when}" if words else f"{ref}: {when}"
