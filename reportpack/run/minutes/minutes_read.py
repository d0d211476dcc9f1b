"""`minutes read`: notes of a meeting as Minutes, and as the JSON that other programs read. Records nothing."""

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

from reportpack.errors import InputError
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import BroughtForward, Minutes, NextMeeting, NotedAction, NotedCommitment
from reportpack.model.office import Office
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.read.minutes.reading import read_minutes
from reportpack.read.register.reading import read_register
from reportpack.run.folders import office_folders
from reportpack.run.gather import REGISTER, gather_meetings

Json = dict[str, object]


def read_notes(
    path: Path, office: Office | None = None, meetings: Sequence[Meeting] = (), register: Register | None = None
) -> tuple[Minutes, tuple[Problem, ...]]:
    """The notes and what is wrong with the file; an error when nothing can be had from it."""
    minutes, problems = read_minutes(path, path.name, office, meetings, register)
    if minutes is None:
        first = problems[0]
        raise InputError(f"{path}: {first.found}", first.remedy)
    return minutes, problems


def read_file(path: Path, inputs: Path | None) -> tuple[Minutes, tuple[Problem, ...]]:
    """The notes read with the office's posts, meetings and register where there is an office; as written where there is none."""
    folder = inputs or Path("inputs")
    if inputs is None and not (folder / "office.toml").is_file():
        return read_notes(path)
    settings, meetings, problems = gather_meetings(office_folders(inputs, None, None))
    register, _ = read_register(folder / REGISTER, REGISTER, settings.office, settings.measures)
    minutes, said = read_notes(path, settings.office, meetings, register)
    return minutes, (*said, *problems)


def minutes_json(minutes: Minutes) -> Json:
    """As docs/minutes.md describes it: ISO dates, null for what the notes do not say."""
    return {
        "file": minutes.file,
        "sha256": minutes.sha256,
        "title": minutes.title,
        "date": _day(minutes.day),
        "start_time": _time(minutes.start),
        "end_time": _time(minutes.end),
        "venue": minutes.venue,
        "chair": minutes.chair,
        "note_taker": minutes.note_taker,
        "attendance": [
            {"name": one.name, "post": one.post, "status": one.status.value, "line": _line(one.line)}
            for one in minutes.attendance
        ],
        "items": [{"path": item.path, "title": item.title, "line": _line(item.line), "nil": item.nil} for item in minutes.items],
        "brought_forward": [_matter(matter) for matter in minutes.brought_forward],
        "actions": [_action(action) for action in minutes.actions],
        "decisions": [
            {"text": one.words, "item": one.item, "line": _line(one.line), "confidence": one.confidence}
            for one in minutes.decisions
        ],
        "commitments": [_commitment(one) for one in minutes.commitments],
        "statements": [
            {"speakers": list(one.speakers), "text": one.words, "item": one.item, "line": _line(one.line)}
            for one in minutes.statements
        ],
        "figures": [
            {"text": one.words, "type": one.type.value, "value": one.value, "item": one.item, "line": _line(one.line)}
            for one in minutes.figures
        ],
        "next_meeting": _next(minutes.next_meeting),
        "queries": [
            {"kind": one.kind, "line": _line(one.line), "found": one.found, "remedy": one.remedy} for one in minutes.queries
        ],
    }


def _line(name: str) -> int | str:
    return int(name) if name.isdigit() else name


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time(when: time | None) -> str | None:
    return f"{when:%H:%M}" if when else None


def _matter(matter: BroughtForward) -> Json:
    return {
        "title": matter.title,
        "origin": matter.origin,
        "due": matter.due,
        "text": matter.words,
        "line": _line(matter.line),
        "discussed_at": matter.discussed_at,
        "evidence_lines": [_line(name) for name in matter.evidence],
    }


def _action(action: NotedAction) -> Json:
    due: object = {"meeting": action.due_meeting} if action.due_meeting else _day(action.due)
    return {
        "ref": action.ref,
        "status": action.state.value,
        "text": action.words,
        "owners": [{"as_written": owner.as_written, "post": owner.post} for owner in action.owners],
        "kind": action.kind.value,
        "due": due,
        "due_as_written": action.due_as_written,
        "condition": action.condition,
        "item": action.item,
        "marked": action.marked,
        "line": _line(action.line),
        "confidence": round(action.confidence, 2),
    }


def _commitment(one: NotedCommitment) -> Json:
    return {
        "text": one.words,
        "owner": one.owner,
        "measure": one.measure,
        "test": one.test,
        "tests": [{"test": each.test, "measure": each.measure} for each in one.tests],
        "condition": one.condition or None,
        "due": one.due,
        "line": _line(one.line),
    }


def _next(coming: NextMeeting | None) -> Json | None:
    if coming is None:
        return None
    return {
        "title": coming.title,
        "type": coming.type,
        "date": _day(coming.day),
        "time": _time(coming.time),
        "venue": coming.venue,
        "line": _line(coming.line),
    }
