"""The office: its calendar, what came back and waits, its people and measures. Forms that change a file change it by the line."""

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from starlette.responses import Response

from reportpack.compose.setting import join_words
from reportpack.errors import InputError
from reportpack.model.period import iso_day, weekday_date
from reportpack.model.register_columns import Heading
from reportpack.model.reply import Saying
from reportpack.run.due.inbox import accept_reply, list_inbox, refuse_reply, waiting_replies
from reportpack.run.due.letters import drop_held, send_held, waiting_letters
from reportpack.run.meetings.changes import Allow, cancel_meeting, move_meeting, new_meetings
from reportpack.run.meetings.listing import list_meetings, proposed_meetings
from reportpack.run.office_files import inbox_files, open_memory
from reportpack.run.office_forms import INBOX, MEASURES, OFFICE, add_entry, change_entry, entries, seen, take_in
from reportpack.run.register.rows import row_history, steps_of
from reportpack.toml.edit import Value
from reportpack.web.frame import counted, office_of, page
from reportpack.web.visit import Done, Visit, file_called, whole

_PROPOSED = 3


def calendar(visit: Visit) -> Response:
    """Every meeting that is set, and those that the series' own rules propose: from the month that somebody came here to set one in."""
    begins, back = iso_day(f"{visit.asked.get('from', '')}-01") or visit.today, visit.typed("back") or visit.asked.get("back", "")
    lines, problems = visit.desk.look("calendar", lambda: list_meetings(visit.folders, visit.today))
    visit.runs("meeting list")
    return page(visit, "calendar.jinja", "calendar")(
        title=f"Calendar: {counted(sum(one.meeting.day >= visit.today and not one.meeting.cancelled for one in lines), 'meeting')} to come",
        lines=[*reversed(lines)],
        proposed=proposed_meetings(visit.folders, max(begins, visit.today), _PROPOSED),
        back=_notes(back),
        problems=problems,
        series=office_of(visit)[0].office.series,
        today=visit.today,
    )


def set_meeting(visit: Visit) -> Done:
    """A meeting on that day."""
    change, day = visit.change(visit.typed("why")), _day(visit.typed("day"), "the meeting")
    made, _ = new_meetings(visit.folders, day, visit.typed("series"), 1, change, _allows(visit))
    visit.runs("meeting new", day.isoformat(), series=visit.typed("series"))
    return Done(f"Set: {made[0].meeting.title}, {weekday_date(made[0].meeting.day)}.", _notes(visit.typed("back")))


def _notes(back: str) -> str:
    """The live notes that somebody came from; empty for any other place."""
    return back if back.startswith("/m/") and back.endswith("/notes/live") and "//" not in back else ""


def move(visit: Visit) -> Done:
    """A meeting on another day; everything of it follows."""
    change, day = visit.change(visit.typed("why")), _day(visit.typed("day"), "the meeting")
    moved = move_meeting(visit.folders, visit.typed("meeting"), day, None, change, _allows(visit))
    visit.runs("meeting move", moved.meeting.id, day.isoformat())
    return Done(f"Moved: {moved.meeting.title} is on {weekday_date(moved.meeting.day)}.")


def _allows(visit: Visit) -> Allow:
    return lambda _: visit.typed("closed") == "yes"


def call_off(visit: Visit) -> Done:
    """A meeting called off, with the reason; nothing is deleted."""
    if not visit.typed("why"):
        raise InputError("It is not said why.", "Say it in a few words; it is kept.")
    off = cancel_meeting(visit.folders, visit.typed("meeting"), visit.change(visit.typed("why")))
    due = f" Due there: {join_words([one.ref for one in off.due])}; they come back at the next." if off.due else ""
    return Done(f"Called off: {off.meeting.title} of {off.meeting.day.day} {off.meeting.day:%B %Y}.{due}")


def inbox(visit: Visit) -> Response:
    """Replies that wait, letters that wait, and files that nobody has taken in yet."""
    office = office_of(visit)[0].office
    with open_memory(visit.folders) as ledger:
        replies = waiting_replies(ledger, office)
    visit.runs("inbox")
    return page(visit, "inbox.jinja", "inbox")(
        title=f"Inbox: {counted(len(replies), 'reply', 'replies')} to read" if replies else "Inbox: nothing to read",
        replies=replies,
        new=[path.name for path in inbox_files(visit.folders)],
        letters=waiting_letters(visit.folders),
    )


def bring_replies(visit: Visit) -> Done:
    """Whatever was dropped is put in its place, kept as a reply or asked about, with what lies in the folder."""
    for one in visit.files("files"):
        take_in(visit.folders, INBOX, *file_called(one))
    _, taken, problems = list_inbox(visit.folders, visit.now)
    kept = [f"{counted(taken, 'new reply', 'new replies')} kept. It changes nothing until you say so."] if taken else []
    said = [f"{PurePosixPath(one.source.file).name}: {one.found}" for one in problems]
    return Done(" ".join((*kept, *said)) or "Nothing new was found.")


def answer_reply(visit: Visit) -> Done:
    """What a reply proposes is taken, for one row or for all, or left with the reason."""
    reply, refs = _number(visit.typed("reply")), [one for one in (visit.typed("ref"),) if one]
    if visit.typed("do") == "refuse":
        if not visit.typed("why"):
            raise InputError("It is not said why.", "Say it in a few words; the reply stays kept with it.")
        refuse_reply(visit.folders, reply, refs, visit.change(visit.typed("why")))
        return Done("Recorded: it is not used. Nothing in the register changed.")
    saying = Saying.UPDATE if visit.typed("do") == "update" else None
    rows = accept_reply(visit.folders, reply, refs, saying, visit.change())
    visit.runs("inbox accept", str(reply), by=visit.by())
    said = join_words([f"{one.row.ref} is {one.row.text(Heading.STATE) or 'open'}" for one in rows])
    steps = steps_of(row_history(visit.folders, rows[0].row.ref, visit.today.year)[1]) if len(rows) == 1 else ()
    return Done(f"Recorded: {said or 'noted in the meeting'}.", undo=steps[-1].event.number if steps else 0)


def held(visit: Visit) -> Done:
    """Letters that were prepared go as they were shown, or are dropped."""
    number = _number(visit.typed("letters"))
    if visit.typed("do") == "drop":
        drop_held(visit.folders, (number,), visit.change(visit.typed("why") or "dropped at the desk"))
        return Done("Dropped, and recorded. Nobody gets them.")
    if "yes" not in visit.ticked("sure"):
        raise InputError("Nothing was sent: the tick is missing.", "Read who gets them, then tick it.")
    send_held(visit.folders, (number,), visit.change(), lambda _: None)
    return Done("They are on their way, as they were shown. What became of each is under Release and send.")


def people(visit: Visit) -> Response:
    """Who holds which post, who gets what, and what is measured."""
    settings, _ = office_of(visit)
    office = settings.office
    return page(visit, "people.jinja", "people")(
        title="People and measures",
        posts=[(post, [(place, one) for place, one in enumerate(office.people) if one.post == post.id]) for post in office.posts],
        recipients=office.recipients,
        measures=[*enumerate(settings.measures)],
        saw=seen(visit.folders, OFFICE),
        saw_measures=seen(visit.folders, MEASURES),
        titles={one.id: one.title for one in office.posts},
        today=visit.today,
    )


def add_person(visit: Visit) -> Done:
    """Somebody takes up a post on a day."""
    visit.by()
    name = " ".join(visit.typed("name").split())
    if not name or not visit.typed("post"):
        raise InputError("A person needs a name and a post.", "Say both. Nothing was changed.")
    words: dict[str, Value] = {"name": name, "post": visit.typed("post"), "from": _day(visit.typed("from"), "the post")}
    words |= {"email": visit.typed("email")} if visit.typed("email") else {}
    add_entry(visit.folders, OFFICE, "person", words, visit.typed("saw"))
    return Done(f"{name} is in the settings.")


def change_person(visit: Visit) -> Done:
    """Another address, or the last day in the post."""
    visit.by()
    place = _place(visit, OFFICE, "person", "name", visit.typed("name"))
    until = _day(visit.typed("to"), "the last day") if visit.typed("to") else None
    words: Mapping[str, Value | None] = {"email": visit.typed("email") or None, "to": until}
    change_entry(visit.folders, OFFICE, "person", place, words, visit.typed("saw"))
    return Done(f"{visit.typed('name')}: {_became(visit, OFFICE, 'changed in the settings.')}")


def change_measure(visit: Visit) -> Done:
    """A measure's title, who may read it, and when its figures are expected."""
    visit.by()
    place = _place(visit, MEASURES, "measure", "id", visit.typed("id"))
    days = visit.typed("expected")
    if days and whole(days) < 0:
        raise InputError(f"“{days}” is no number of days.", "Type a number, or leave it empty. Nothing was changed.")
    words: dict[str, Value | None] = {key: visit.typed(key) or None for key in ("title", "audience")}
    words["expected_days"] = int(days) if days else None
    change_entry(visit.folders, MEASURES, "measure", place, words, visit.typed("saw"))
    return Done(f"{visit.typed('title')}: {_became(visit, MEASURES, 'changed. The next build has it so.')}")


def _became(visit: Visit, file: str, changed: str) -> str:
    return changed if seen(visit.folders, file) != visit.typed("saw") else "nothing was changed, it stood so already."


def _place(visit: Visit, file: str, array: str, key: str, value: str) -> int:
    listed_ones, at = entries(visit.folders, file, array), whole(visit.typed("place"))
    if not 0 <= at < len(listed_ones) or listed_ones[at].get(key) != value:
        raise InputError("The settings changed since this page was shown. Nothing was changed now.", "Look again.")
    return at


def _day(words: str, what: str) -> date:
    found = iso_day(words)
    if found is None:
        raise InputError(f"“{words}” is no day of {what}.", "Choose it in the field, or type it as 2019-06-25.")
    return found


def _number(words: str) -> int:
    if whole(words) < 0:
        raise InputError("That is no number of the list.", "Look again.")
    return whole(words)
