"""What the head and the end of the notes leave open: their date, who was there, the next meeting."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reportpack.model.matter import Matter, MatterState
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Attended, Minutes, Query
from reportpack.model.office import Office
from reportpack.model.register import Register
from reportpack.read.minutes.people import plain_name
from reportpack.read.minutes.queries.places import long_day
from reportpack.read.minutes.wraps import Passage


def header_queries(
    minutes: Minutes, passages: Sequence[Passage], header_unpaired: str, wrong_weekday: str, day_line: str
) -> Iterator[Query]:
    """What the head of the notes leaves open."""
    if header_unpaired:
        yield Query(
            "header-unpaired",
            header_unpaired,
            "The labels at the head and the values below them differ in number, so none was paired with another.",
            "Write each value after its label.",
            blocking=True,
        )
    if wrong_weekday and minutes.day is not None:
        yield Query(
            "weekday",
            day_line,
            f"The date {long_day(minutes.day)} is not a {wrong_weekday.strip(',')}, as written.",
            "Correct the weekday or the date.",
            blocking=True,
        )
    if minutes.day is None:
        yield Query(
            "date-missing",
            passages[0].line,
            "The notes do not say on what day the meeting was held.",
            "Add the date at the head.",
            blocking=True,
        )


def attendance_queries(minutes: Minutes) -> Iterator[Query]:
    """Who was present and who was not, each name with its capacity."""
    unknown = [one for one in minutes.attendance if one.status is Attended.UNKNOWN and one.name]
    capacities = [one for one in minutes.attendance if one.name is None]
    if unknown:
        names = ", ".join(one.name or "" for one in unknown)
        yield Query(
            "attendance-unknown",
            unknown[0].line,
            f"The notes do not say who was present and who sent apologies: {names}.",
            "Say of each whether they were present.",
            blocking=True,
        )
    named = [one for one in unknown if one.post is None]
    if capacities and len(capacities) != len(named):
        posts = ", ".join(one.post or "" for one in capacities)
        names = f"{len(named)} name{'' if len(named) == 1 else 's'} without a capacity"
        found = f"{names}, and {len(capacities)} without a name ({posts}); none was paired by order."
        yield Query("capacities-unpaired", capacities[0].line, found, "Write each name with its capacity.", blocking=True)
    for post, count in Counter(one.post for one in capacities).items():
        if count > 1:
            line = [one.line for one in capacities if one.post == post][1]
            yield Query(
                "capacity-twice",
                line,
                f"The capacity {post} is listed {count} times.",
                "Say who else held it, or strike one.",
                blocking=True,
            )
    by_name: dict[str, list[tuple[str, str]]] = {}
    for one in minutes.attendance:
        if one.name:
            by_name.setdefault(plain_name(one.name), []).append((one.status.value, one.line))
    for entries in by_name.values():
        name = next(one.name for one in minutes.attendance if one.line == entries[0][1] and one.name)
        if {status for status, _ in entries} >= {"present", "apologies"}:
            yield Query(
                "attendance-contradiction",
                entries[-1][1],
                f"{name} is listed as present and among the apologies.",
                "Strike one of the two.",
                blocking=True,
            )
        elif len(entries) > 1:
            yield Query("attendance-twice", entries[-1][1], f"{name} is listed twice.", "Strike one of the two.")
    taker = minutes.note_taker
    if (
        taker
        and minutes.attendance
        and not any(one.name and plain_name(one.name) in plain_name(taker) for one in minutes.attendance)
    ):
        yield Query(
            "note-taker-absent",
            minutes.attendance[0].line,
            f"The note taker, {taker}, is not in the attendance.",
            "Add them as in attendance.",
        )


def unlisted_queries(
    minutes: Minutes, passages: Sequence[Passage], office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> Iterator[Query]:
    """Notes of an office's own meeting that list nobody, have no chair, or mention none of the matters that were due at it."""
    if office is None:
        return
    line = passages[0].line
    if not minutes.attendance:
        yield Query(
            "attendance-missing",
            line,
            "The notes do not say who was there.",
            "List who was present and who sent apologies.",
            blocking=True,
        )
    elif minutes.chair is None:
        yield Query("chair-missing", line, "The notes do not say who was in the chair.", "Add it at the head.", blocking=True)
    due = _due_now(minutes, meetings, register)
    text = " ".join(passage.text for passage in passages).casefold()
    if due and not minutes.brought_forward and not any(matter.title.casefold() in text for matter in due):
        titles = ", ".join(matter.title for matter in due[:5])
        found = f"None of the matters that were due at this meeting is mentioned: {titles}."
        yield Query("matters-missing", line, found, "Say what became of each, or that it was not reached.", blocking=True)


def _due_now(minutes: Minutes, meetings: Sequence[Meeting], register: Register | None) -> list[Matter]:
    """Matters of the register that were due at the meeting of these notes."""
    if register is None or minutes.day is None:
        return []
    own = {f"{minutes.day:%Y-%m}", minutes.day.isoformat()} | {one.id for one in meetings if one.day == minutes.day}
    return [one for one in register.matters if one.due in own and one.state is MatterState.CARRIED]


def next_meeting_queries(minutes: Minutes) -> Iterator[Query]:
    """A next meeting without a day or a place, or before this one."""
    coming = minutes.next_meeting
    if coming is None:
        return
    if coming.day is None:
        yield Query(
            "next-meeting-date",
            coming.line,
            "The next meeting is named without a day.",
            "Add its date, or say that it is not set.",
        )
    elif coming.venue is None:
        yield Query(
            "next-meeting-venue",
            coming.line,
            f"The next meeting, {long_day(coming.day)}, is named without a place.",
            "Add where it is held.",
        )
    if coming.day is not None and minutes.day is not None and coming.day <= minutes.day:
        yield Query(
            "next-meeting-earlier", coming.line, "The next meeting is not after this one.", "Correct its date.", blocking=True
        )
