"""Live notes: the screen on which a meeting is written down as it goes on. Each line is kept at once and put into the Word file at every pause;
nothing is recorded before the annex is issued."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from starlette.responses import JSONResponse, Response

from reportpack.errors import InputError, RefusedError
from reportpack.model.draft import ROLL, Does, DraftEntry, DraftLine
from reportpack.model.period import weekday_date
from reportpack.render.word.typed_lines import person, plain
from reportpack.run.live.beside import beside_of
from reportpack.run.live.draft_journal import add_entries, read_draft
from reportpack.run.live.reading import LineReading, Reader
from reportpack.run.live.saving import Saved, save_draft
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.minutes.room import Room, room_of
from reportpack.web.frame import bare, meeting_of, office_of
from reportpack.web.visit import Done, Visit

_OF = ("office.toml", "measures.toml", "meetings", "notes", "register.xlsx")
_KEPT = {one.value: one for one in Does if one not in (Does.SAVING, Does.SAVED)}
_PREVIEW = "being typed"


def live(visit: Visit) -> Response:
    """The screen."""
    reader = _reader(visit)
    room = reader.room
    draft = read_draft(visit.folders, room.meeting.id)
    office, state = office_of(visit)[0].office, _state(reader, Saved(draft))
    return bare(
        "live.jinja",
        visit=visit,
        room=room,
        office=office,
        meeting=room.meeting,
        where=f"/m/{room.meeting.id}",
        number=visit.sessions.new_number(),
        number_of_end=visit.sessions.new_number(),
        said=visit.said,
        there=[one.name for one in minutes_of(visit.folders, room.meeting) if one.suffix.lower() not in (".docx", ".docm")],
        known=_script(_known(visit, room)),
        begun=_script(state),
        state=state,
    )


def _script(known: Mapping[str, Any]) -> str:
    """JSON that ends no element of a page, whatever stands in it."""
    return json.dumps(known).replace("<", "\\u003c")


def lines(visit: Visit) -> Response:
    """Every line as it stands, for a window that has seen fewer entries."""
    reader = _reader(visit)
    draft = read_draft(visit.folders, reader.room.meeting.id)
    return JSONResponse({} if visit.asked.get("seen") == str(draft.entries) else _state(reader, Saved(draft)))


def hear(visit: Visit) -> Response:
    """How a line will be read, while it is typed, beside the others of its item."""
    reader, item, words = _reader(visit), visit.typed("item"), plain(visit.typed("words"))
    draft = read_draft(visit.folders, reader.room.meeting.id)
    line = draft.line(visit.typed("line"))
    if line is None:
        every = [*draft.lines, line := DraftLine(_PREVIEW, item, "", "", "", words)]
    else:
        every = [replace(one, words=words) if one is line else one for one in draft.lines]
    found = reader.read(every, line.item).get(line.id)
    return JSONResponse(asdict(found) if found is not None else {})


def beside(visit: Visit) -> Response:
    """What the pack said of the items, and whether the annex is issued."""
    found = beside_of(visit.folders, _room(visit))
    told = {number: [asdict(one) for one in every] for number, every in found.items.items()}
    at = found.issued
    issued = {"version": found.version, "day": weekday_date(at), "at": at.isoformat()} if at is not None else None
    return JSONResponse({"pack": f"{found.on.day} {found.on:%B}" if found.on else "", "items": told, "issued": issued})


def keep(visit: Visit) -> Response:
    """What a window did is kept; with `save` everything is put into the Word file, too."""
    reader = _reader(visit)
    room = reader.room
    does = _KEPT.get(visit.typed("does"))
    if does is not None:
        _add(visit, room, does, visit.typed("id"), visit.typed("line"))
    elif visit.typed("does") != "save":
        raise InputError("That is nothing that a line of notes can do.", "Look again. Nothing was kept.")
    saved = save_draft(visit.folders, room, visit.now, visit.today) if visit.typed("save") else None
    return JSONResponse(_state(reader, saved or Saved(read_draft(visit.folders, room.meeting.id))))


def keep_plain(visit: Visit) -> Done:
    """One line, from a window without script."""
    room, name = _room(visit), secrets.token_urlsafe(9)
    if not plain(visit.typed("words")):
        raise InputError("Nothing is typed.", "Type the line first.")
    _add(visit, room, Does.LINE, name, name)
    saved = save_draft(visit.folders, room, visit.now, visit.today)
    return Done("Kept, and in the Word file." if not saved.trouble else f"Kept. {saved.trouble}")


def end(visit: Visit) -> Done:
    """The meeting is over: everything typed is in the Word file, and the draft annex is made from it."""
    room = _room(visit)
    saved = save_draft(visit.folders, room, visit.now, visit.today)
    if saved.trouble:
        raise RefusedError(
            saved.trouble.replace(" Kept here; go on typing.", ""), "Put that right first. Everything is kept here."
        )
    if any(one.differs for one in saved.draft.lines):
        raise RefusedError("Word changed lines that were typed here.", "Choose for each of them first: they are listed below.")
    return Done("The notes are in the Word file. What they leave open is asked here.", f"/m/{room.meeting.id}/annex/queries")


def typed_lines(visit: Visit) -> dict[str, str]:
    """The ids of the lines that were typed here, by the words that are read back of them."""
    reader = _reader(visit)
    heard = reader.read(read_draft(visit.folders, reader.room.meeting.id).lines)
    return {one.words: name for name, one in heard.items()}


def _room(visit: Visit) -> Room:
    return _reader(visit).room


def _reader(visit: Visit) -> Reader:
    named = meeting_of(visit).id
    return visit.desk.look(f"room {named}", lambda: Reader(room_of(visit.folders, named)), of=_OF, recorded=None)


def _add(visit: Visit, room: Room, does: Does, entry: str, name: str) -> None:
    by, words = visit.session.who or "Somebody", plain(visit.typed("words"))  # what is typed is kept, whoever types
    if not entry or (does is not Does.UNFINISHED and not name):
        raise InputError("The line has no name to be known by.", "Look again. Nothing was kept.")
    line = read_draft(visit.folders, room.meeting.id).line(name)
    if does is Does.EDIT and line is not None and visit.typed("was") != (line.words or "") and words != line.words:
        found = f"{line.changed_by or line.by} changed this line at {(line.changed or line.at)[11:16]}. Theirs stands; yours is below."
        raise RefusedError(found, "Enter keeps yours as a line of its own.")
    at, window, item = visit.now.isoformat(timespec="seconds"), visit.typed("window"), visit.typed("item")
    add_entries(visit.folders, room.meeting.id, DraftEntry(entry, does, at, by, window, name, item, words))


def _known(visit: Visit, room: Room) -> Mapping[str, Any]:
    day = room.meeting.day
    return {
        "where": f"/m/{room.meeting.id}",
        "now": visit.now.isoformat(),
        "posts": [
            [one.abbreviation.lower(), ", ".join((one.title, *(who.name for who in room.office.holders_on(one.id, day))))]
            for one in room.office.posts
            if one.abbreviation
        ],
        "people": [person(one.name, one.post) for one in room.form.people],
        "items": [
            {
                "number": one.number,
                "title": one.title,
                "actions": [
                    [each.action.ref, each.action.title or each.action.words, str(each.action.state)]
                    for each in room.actions(one.number)
                ],
                "matters": [[each.matter.ref, each.matter.title] for each in room.matters(one.number)],
                "questions": one.questions,
            }
            for one in room.form.items
        ],
    }


def _state(reader: Reader, saved: Saved) -> dict[str, Any]:
    draft = saved.draft
    heard = reader.read(draft.lines)
    nothing = LineReading("", "")
    return {
        "entries": draft.entries,
        "saved": draft.saved_at[11:19] if draft.is_saved else "",
        "trouble": saved.trouble,
        "lines": [_line(one, heard.get(one.id, nothing)) for one in draft.lines if one.item != ROLL],
        "roll": {one.id: one.words for one in draft.lines if one.item == ROLL},
        "unfinished": [[one.window, one.by, one.at[11:16], one.item, one.words, one.line] for one in draft.unfinished.values()],
    }


def _line(line: DraftLine, heard: LineReading) -> dict[str, Any]:
    return {**asdict(line), "typed": line.words, "begins": line.begins, **asdict(heard)}
