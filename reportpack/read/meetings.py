"""Meeting files: a meeting where it differs from its series. A meeting exists when it has a file; its id is the file's name."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

from reportpack import patterns as re
from reportpack.drive_files import bytes_of
from reportpack.errors import Remedy
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.office import AgendaItem, MeetingSeries, Office
from reportpack.model.period import FIRST_YEAR, LAST_YEAR, iso_day, long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.papers.names import take_dropped
from reportpack.toml import text as toml
from reportpack.toml.agenda import AgendaKeys, check_agenda, check_width, for_whom
from reportpack.toml.checks import names_reason, problems_of, refers, refers_all, unique
from reportpack.toml.text import Table, nearest, read_toml, records

_ID = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<series>[a-z0-9]+(-[a-z0-9]+)*)")


class PaperKeys(toml.Keys):
    """A paper by others for this meeting."""

    title = toml.text("its title as printed", required=True)
    item = toml.text("the number of the agenda item that it is for", required=True)
    author = toml.text("the post (its id) that writes it")
    wanted_by = toml.day("when it is wanted; without it as many days before the meeting as the series says")
    status = toml.maybe(toml.choice("where it is; without it received when its file is there, else awaited", PaperStatus))
    file = toml.text("its file in papers/MEETING/")
    audience = for_whom("who may read it")
    withheld = toml.text("why it is withheld from others: the id of one of the office's reasons, or your own sentence")


class MeetingKeys(toml.Keys):
    """What differs from the series; an empty file is a meeting like all of its series."""

    date = toml.day("its day, where it was moved; the file keeps its name")
    title = toml.text("its title, where it has one of its own")
    venue = toml.text("where it is held")
    time = toml.clock("when it begins")
    chair = toml.text("the post (its id) in the chair")
    note_taker = toml.text("the post (its id) that takes the notes")
    expected = toml.texts("the posts (their id) expected to attend")
    present = toml.texts("the posts (their id) that were there, once it is known")
    apologies = toml.texts("the posts (their id) that sent apologies")
    lasts = toml.maybe(toml.whole("how many minutes it lasts, for calendars", least=1))
    earlier = toml.days("days that it had been moved to before it was moved again; `meeting move` writes them")
    cancelled = toml.flag("whether it was called off")
    agenda = toml.tables("its whole agenda, where it differs from the series'", AgendaKeys)
    paper = toml.tables("the papers", PaperKeys)


def read_meetings(folder: Path, office: Office) -> tuple[tuple[Meeting, ...], tuple[Problem, ...]]:
    """Every meeting in `folder`/meetings in the order of its day, and what is wrong with the files."""
    meetings: list[Meeting] = []
    problems: list[Problem] = []
    for path in sorted((folder / "meetings").glob("*")):
        if path.name.startswith((".", "~")):
            continue
        meeting, found = _read_meeting(path, folder, office)
        meetings.extend([meeting] if meeting else [])
        problems.extend(found)
    if not meetings and not problems:
        remedy = Remedy("Make one, a file such as meetings/2019-05-28-assurance.toml, with:", "meeting new", then=".")
        problems.append(Problem("no-meetings", Source("meetings"), "There is no meeting.", remedy))
    dropped = [take_dropped(one, _lying(one, folder)) for one in (_with_names(one, meetings) for one in meetings)]
    named = tuple(one for one, _ in dropped)
    problems.extend(_on_one_day(named))
    problems.extend(problem for _, found in dropped for problem in found)
    return tuple(sorted(named, key=lambda one: (one.day, one.id))), tuple(problems)


def _with_names(meeting: Meeting, meetings: Sequence[Meeting]) -> Meeting:
    """The meeting with the names after other days of its own that are no other meeting's id."""
    ids = {one.id for one in meetings}
    names = (f"{day.isoformat()}-{meeting.series}" for day in meeting.days)
    return replace(meeting, also=tuple(name for name in names if name not in ids))


def _on_one_day(meetings: Sequence[Meeting]) -> tuple[Problem, ...]:
    """A problem for each meeting that was moved onto the day of another of its series."""
    first: dict[tuple[str, date], str] = {}
    held = sorted((one for one in meetings if not one.cancelled), key=lambda one: (one.day != one.first_day, one.id))
    problems = []
    for one in held:
        other = first.setdefault((one.series, one.day), one.id)
        if other != one.id:
            found = f"Two meetings of one series are on {long_date(one.day)}: {one.id} and {other}."
            remedy = Remedy("Call one off, or move it:", "meeting move", one.id, "DATE", then=".")
            problems.append(Problem("two-on-one-day", one.source, found, remedy))
    return tuple(problems)


def _read_meeting(path: Path, folder: Path, office: Office) -> tuple[Meeting | None, tuple[Problem, ...]]:
    """One file: its meeting, where the name says which and the text can be read."""
    source = Source(f"meetings/{path.name}")
    series = [one.id for one in office.series]
    match = _ID.fullmatch(path.stem)
    day = _day(match["day"]) if match else None
    if path.suffix != ".toml" or match is None or day is None:
        remedy = (
            f"Name it DATE-SERIES.toml, such as 2019-05-28-{series[0] if series else 'assurance'}.toml, or move it elsewhere."
        )
        return None, (Problem("not-a-meeting", source, "The name of this file names no meeting.", remedy, Weight.NOTE),)
    kind = office.series_of(match["series"])
    if kind is None:
        found = f'There is no series "{match["series"]}" in office.toml.'
        return None, (Problem("unknown-series", source, found, nearest(match["series"], series)),)
    try:
        content = bytes_of(path)
    except OSError as error:
        remedy = "Close the program that holds it, or ask who may read it."
        return None, (Problem("meeting-unreadable", source, f"It cannot be read: {error.strerror}.", remedy),)
    return _meeting_of(path.stem, day, content, kind, folder, office)


def _day(words: str) -> date | None:
    day = iso_day(words)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _meeting_of(
    meeting_id: str, day: date, content: bytes, series: MeetingSeries, folder: Path, office: Office
) -> tuple[Meeting | None, tuple[Problem, ...]]:
    """The meeting that the text describes."""
    file = f"meetings/{meeting_id}.toml"
    sha256 = hashlib.sha256(content).hexdigest()
    table = read_toml(content, MeetingKeys)
    take = table.take
    key = MeetingKeys
    posts = [post.id for post in office.posts]
    refers(table, key.chair, posts, "post")
    refers(table, key.note_taker, posts, "post")
    for people in (key.expected, key.present, key.apologies):
        refers_all(table, people, posts, "post")
    when = take(key.date) or day
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        found = f"A meeting in the year {when.year} is a slip of the pen."
        table.fault(
            "date", "wrong-value", found, f"Write a day from {FIRST_YEAR} to {LAST_YEAR}; until then its first day holds."
        )
        when = day
    agenda = _agenda(table, series, office)
    moved_to = (*take(key.earlier), when)
    places = (meeting_id, *(f"{one.isoformat()}-{series.id}" for one in dict.fromkeys(moved_to) if one != day))
    papers_of = _paper_builder(file, places, when - timedelta(days=series.papers_days), folder, sha256)
    papers = table.each(key.paper)
    unique(papers, PaperKeys.file, "papers")
    for paper in papers:
        refers(paper, PaperKeys.author, posts, "post")
        names_reason(paper, PaperKeys.withheld, [one.id for one in office.withholdings])
        refers(paper, PaperKeys.item, [item.number for item in agenda], "agenda item")
        line = next((item.audience for item in agenda if item.number == paper.take(PaperKeys.item).rstrip(".")), None)
        check_width(paper, paper.take(PaperKeys.audience), line, "the agenda item that it is for")
    meeting = Meeting(
        id=meeting_id,
        series=series.id,
        day=when,
        title=take(key.title) or series.title,
        start_time=take(key.time) or series.start_time,
        venue=take(key.venue) or series.venue,
        chair=take(key.chair) or series.chair,
        note_taker=take(key.note_taker) or series.note_taker,
        expected=take(key.expected) or series.expected,
        apologies=take(key.apologies),
        present=take(key.present),
        agenda=agenda,
        papers=records(papers, papers_of),
        cancelled=take(key.cancelled),
        source=Source(file, sha256=sha256),
        lasts=take(key.lasts) or series.lasts,
        earlier=take(key.earlier),
    )
    problems = problems_of(file, table)
    unusable = any(fault.kind in {"not-toml", "not-utf-8"} for fault in table.faults)
    return (None if unusable else meeting), problems


def _agenda(table: Table, series: MeetingSeries, office: Office) -> tuple[AgendaItem, ...]:
    """The meeting's own agenda, else the series'."""
    items = table.each(MeetingKeys.agenda)
    check_agenda(
        items, [topic.id for topic in office.topics], [post.id for post in office.posts], [one.id for one in office.withholdings]
    )
    return records(items, lambda one: one.record(AgendaKeys)) or series.agenda


def _paper_builder(file: str, places: Sequence[str], wanted_by: date, folder: Path, sha256: str) -> Callable[[Table], Paper]:
    """How the papers of one meeting are made from their tables; `places` are the folders that they may lie in, its id's first."""

    def build(table: Table) -> Paper:
        name = table.take(PaperKeys.file)
        found_in = (f"papers/{place}/{name}" for place in places if name and _is_inside(name))
        there = next((one for one in found_in if (folder / one).is_file()), "")
        status = table.take(PaperKeys.status) or (PaperStatus.RECEIVED if there else PaperStatus.AWAITED)
        if name and not there and (status is PaperStatus.RECEIVED or not _is_inside(name)):
            found = f'The paper "{name}" is said to be received, but it is not in papers/{places[0]}/.'
            table.fault("file", "paper-missing", found, "Put the file there, or take out status and file.")
            status = PaperStatus.AWAITED
        return Paper(
            title=table.take(PaperKeys.title),
            item=table.take(PaperKeys.item).rstrip("."),
            status=status,
            author=table.take(PaperKeys.author),
            wanted_by=table.take(PaperKeys.wanted_by) or wanted_by,
            file=there,
            audience=table.take(PaperKeys.audience),
            source=Source(file, cell=f"line {table.line()}", sha256=sha256),
            withheld=table.take(PaperKeys.withheld),
        )

    return build


def _is_inside(name: str) -> bool:
    """Whether a name stays in its folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name


def _lying(meeting: Meeting, folder: Path) -> tuple[str, ...]:
    """The files that lie with the meeting's papers."""
    lying = (path for name in meeting.names for path in sorted((folder / "papers" / name).glob("*")))
    return tuple(f"papers/{one.parent.name}/{one.name}" for one in lying if one.is_file() and not one.name.startswith((".", "~")))
