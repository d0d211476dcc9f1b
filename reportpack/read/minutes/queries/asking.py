"""The doorway: every query about the notes, each with its line, what was found and what to do; and what their head and end leave open: their
date, who was there, the next meeting."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reportpack.model.matter import MatterState
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Attended, Minutes, Query
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.register import Register
from reportpack.read.minutes.people import plain_name
from reportpack.read.minutes.queries.actions import said_queries
from reportpack.read.minutes.queries.sentences import ask, post_queries, wording_queries
from reportpack.read.minutes.slips import slip_queries
from reportpack.read.minutes.wraps import Passage


def queries_of(
    minutes: Minutes, passages: Sequence[Passage], head: Sequence[Query], office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> tuple[Query, ...]:  # fmt: skip
    """All of them, those that stop the notes from being agreed first within each line."""
    found = [
        *attendance_queries(minutes), *unlisted_queries(minutes, passages, office, meetings, register), *post_queries(minutes, passages, office),
        *said_queries(minutes, passages, meetings, office, register), *next_meeting_queries(minutes), *wording_queries(minutes, passages, office),
        *head, *slip_queries(passages),
    ]  # fmt: skip
    order = {name: at for at, name in enumerate(dict.fromkeys(name for passage in passages for name in passage.names))}
    return tuple(sorted(dict.fromkeys(found), key=lambda query: (order.get(query.line, 0), not query.blocking)))


def header_queries(
    minutes: Minutes, passages: Sequence[Passage], header_unpaired: str, wrong_weekday: str, day_line: str
) -> Iterator[Query]:
    """What the head of the notes leaves open."""
    if header_unpaired:
        yield ask("header-unpaired", header_unpaired)
    if wrong_weekday and minutes.day is not None:
        yield ask("weekday", day_line, day=f"{minutes.day:%A} {long_date(minutes.day)}", weekday=wrong_weekday.strip(","))
    if minutes.day is None:
        yield ask("date-missing", passages[0].line)


def attendance_queries(minutes: Minutes) -> Iterator[Query]:
    """Who was present and who was not, each name with its capacity."""
    unknown = [one for one in minutes.attendance if one.status is Attended.UNKNOWN and one.name]
    capacities = [one for one in minutes.attendance if one.name is None]
    if unknown:
        yield ask("attendance-unknown", unknown[0].line, names=", ".join(one.name or "" for one in unknown))
    named = [one for one in unknown if one.post is None]
    if capacities and len(capacities) != len(named):
        posts = ", ".join(one.post or "" for one in capacities)
        names = f"{len(named)} name{'' if len(named) == 1 else 's'}"
        yield ask("capacities-unpaired", capacities[0].line, names=names, count=len(capacities), posts=posts)
    for post, count in Counter(one.post for one in capacities).items():
        if count > 1:
            line = [one.line for one in capacities if one.post == post][1]
            yield ask("capacity-twice", line, post=post, count=count)
    by_name: dict[str, list[tuple[str, str, str]]] = {}
    for one in minutes.attendance:
        if one.name:
            by_name.setdefault(plain_name(one.name), []).append((one.status.value, one.line, one.name))
    for entries in by_name.values():
        if len(entries) > 1:
            both = {status for status, _, _ in entries} >= {"present", "apologies"}
            yield ask("attendance-contradiction" if both else "attendance-twice", entries[-1][1], name=entries[0][2])
    taker = minutes.note_taker
    if taker and minutes.attendance and not any(one in plain_name(taker) for one in by_name):
        yield ask("note-taker-absent", minutes.attendance[0].line, name=taker)


def unlisted_queries(
    minutes: Minutes, passages: Sequence[Passage], office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> Iterator[Query]:
    """Notes of an office's own meeting that list nobody, have no chair, or are silent on matters that were due at it."""
    if office is None:
        return
    line = passages[0].line
    if not minutes.attendance:
        yield ask("attendance-missing", line)
    elif minutes.chair is None:
        yield ask("chair-missing", line)
    if register is None or minutes.day is None:
        return
    text = " ".join(" ".join(passage.text for passage in passages).casefold().split())
    own = {f"{minutes.day:%Y-%m}", minutes.day.isoformat()} | {one.id for one in meetings if one.day == minutes.day}
    silent: list[str] = []
    for matter in register.matters:
        topic = office.topic(matter.topic)
        names = (matter.ref, matter.title, " ".join(matter.words.split()), *(topic.names if topic is not None else ()))
        said = any(name.casefold() in text for name in names if name)
        if matter.due in own and matter.state is MatterState.CARRIED and not said:
            silent.append(f"{matter.ref} {matter.title}".strip())
    if silent:
        yield ask("matters-missing", line, titles=", ".join(silent))


def next_meeting_queries(minutes: Minutes) -> Iterator[Query]:
    """A next meeting without a day or a place, or before this one."""
    coming = minutes.next_meeting
    if coming is None:
        return
    if coming.day is None:
        yield ask("next-meeting-date", coming.line)
    elif coming.venue is None:
        yield ask("next-meeting-venue", coming.line, day=f"{coming.day:%A} {long_date(coming.day)}")
    if coming.day is not None and minutes.day is not None and coming.day <= minutes.day:
        yield ask("next-meeting-earlier", coming.line)
