"""Meeting files: a meeting where it differs from its series. A meeting exists when it has a file; its id is the file's name."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path, PurePosixPath

from reportpack import patterns as re
from reportpack.drive_files import bytes_of
from reportpack.errors import Remedy
from reportpack.model.edition import Audience
from reportpack.model.meeting import Meeting, Paper, PaperStatus, theme_of
from reportpack.model.office import WITHHELD, AgendaItem, MeetingSeries, Office
from reportpack.model.period import FIRST_YEAR, LAST_YEAR, iso_day, long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.papers.names import take_dropped
from reportpack.records import Record, key, needed
from reportpack.toml.checks import check_agenda, check_width, names_reason, problems_of, refers, unique
from reportpack.toml.text import Table, nearest, read_toml

_ID = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<series>[a-z0-9]+(-[a-z0-9]+)*)")


class PaperTable(Record):
    """A paper by others for this meeting."""

    title: str = needed("its title as printed")
    item: str = needed("the number of the agenda item that it is for")
    author: str = key("the post (its id) that writes it")
    wanted_by: date | None = key("when it is wanted; without it as many days before the meeting as the series says")
    status: PaperStatus | None = key("where it is; without it received when its file is there, else awaited", default=None)
    file: str = key("its file in papers/MEETING/", default="")
    audience: Audience = key("who may read it", default=Audience.OFFICE)
    withheld: str = key(WITHHELD, default="")
    deferred_to: date | None = key("the day of the meeting of its series that takes it instead", default=None)

    def settled(self) -> "PaperTable":
        """`2.1.` is 2.1."""
        return replace(self, item=self.item.rstrip("."))


class MeetingTable(Record):
    """What differs from the series; an empty file is a meeting like all of its series."""

    day: date | None = key("its day, where it was moved; the file keeps its name", name="date")
    title: str = key("its title, where it has one of its own")
    venue: str = key("where it is held")
    start_time: time | None = key("when it begins", name="time")
    chair: str = key("the post (its id) in the chair")
    note_taker: str = key("the post (its id) that takes the notes")
    expected: tuple[str, ...] = key("the posts (their id) expected to attend")
    present: tuple[str, ...] = key("the posts (their id) that were there, once it is known")
    apologies: tuple[str, ...] = key("the posts (their id) that sent apologies")
    lasts: int | None = key("how many minutes it lasts, for calendars", least=1, default=None)
    earlier: tuple[date, ...] = key(
        "days that it had been moved to before it was moved again; `meeting move` writes them", default=()
    )
    cancelled: bool = key("whether it was called off", default=False)
    theme: tuple[str, ...] = key("the topics (their id) its pack is about", default=())
    agenda: tuple[AgendaItem, ...] = key("its whole agenda, where it differs from the series'", default=())
    paper: tuple[PaperTable, ...] = key("the papers", default=())


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
    ids = {one.id for one in meetings}
    days = ((one, [f"{day.isoformat()}-{one.series}" for day in one.days]) for one in meetings)
    called = (replace(one, also=tuple(name for name in names if name not in ids)) for one, names in days)
    dropped = [take_dropped(one, lying_papers(one, folder)) for one in called]
    named, of_deferred = _with_deferred([one for one, _ in dropped])
    problems.extend((*_on_one_day(named), *of_deferred))
    problems.extend(problem for _, found in dropped for problem in found)
    return tuple(sorted(named, key=lambda one: (one.day, one.id))), tuple(problems)


def _with_deferred(meetings: Sequence[Meeting]) -> tuple[tuple[Meeting, ...], tuple[Problem, ...]]:
    """The meetings with the papers that were deferred to them; a problem for each that no meeting takes."""
    taken: dict[str, list[Paper]] = {one.id: list(one.papers) for one in meetings}
    problems = []
    for meeting, paper, day in ((one, each, each.deferred_to) for one in meetings for each in one.papers if each.deferred_to):
        takes = next((one for one in meetings if one is not meeting and one.series == meeting.series and day in one.days), None)
        if takes is None:
            found = f'"{paper.title}" is deferred to {long_date(day)}, and no other meeting of its series is set for that day.'
            problems.append(
                Problem("paper-deferred-nowhere", paper.source, found, "Set that meeting, or write the day of one that is.")
            )
        else:
            status = PaperStatus.RECEIVED if paper.file else PaperStatus.AWAITED
            taken[takes.id].append(replace(paper, status=status, deferred_to=None, wanted_by=None))
    return tuple(replace(one, papers=tuple(taken[one.id])) for one in meetings), tuple(problems)


def _on_one_day(meetings: Sequence[Meeting]) -> tuple[Problem, ...]:
    first: dict[tuple[str, date], str] = {}
    held = sorted((one for one in meetings if not one.cancelled), key=lambda one: (one.day != one.first_day, one.id))
    problems = []
    for one in held:
        if (other := first.setdefault((one.series, one.day), one.id)) != one.id:
            found = f"Two meetings of one series are on {long_date(one.day)}: {one.id} and {other}."
            remedy = Remedy("Call one off, or move it:", "meeting move", one.id, "DATE", then=".")
            problems.append(Problem("two-on-one-day", one.source, found, remedy))
    return tuple(problems)


def _read_meeting(path: Path, folder: Path, office: Office) -> tuple[Meeting | None, tuple[Problem, ...]]:
    source = Source(f"meetings/{path.name}")
    series = [one.id for one in office.series]
    match = _ID.fullmatch(path.stem)
    day = iso_day(match["day"]) if match else None
    if path.suffix != ".toml" or match is None or day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        remedy = (
            f"Name it DATE-SERIES.toml, such as 2019-05-28-{series[0] if series else 'assurance'}.toml, or move it elsewhere."
        )
        return None, (Problem("not-a-meeting", source, "The name of this file names no meeting.", remedy, Weight.NOTE),)
    if (kind := office.series_of(match["series"])) is None:
        found = f'There is no series "{match["series"]}" in office.toml.'
        return None, (Problem("unknown-series", source, found, nearest(match["series"], series)),)
    try:
        content = bytes_of(path)
    except OSError as error:
        remedy = "Close the program that holds it, or ask who may read it."
        return None, (Problem("meeting-unreadable", source, f"It cannot be read: {error.strerror}.", remedy),)
    return _meeting_of(path.stem, day, content, kind, folder, office)


def _meeting_of(
    meeting_id: str, day: date, content: bytes, series: MeetingSeries, folder: Path, office: Office
) -> tuple[Meeting | None, tuple[Problem, ...]]:
    file = f"meetings/{meeting_id}.toml"
    sha256 = hashlib.sha256(content).hexdigest()
    table = read_toml(content, MeetingTable)
    made, posts, reasons = table.made, [post.id for post in office.posts], [one.id for one in office.withholdings]
    for name in ("chair", "note_taker", "expected", "present", "apologies"):
        refers(table, name, posts, "post")
    when = made.day or day
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        found = f"A meeting in the year {when.year} is a slip of the pen."
        table.fault(
            "date", "wrong-value", found, f"Write a day from {FIRST_YEAR} to {LAST_YEAR}; until then its first day holds."
        )
        when = day
    topics = [topic.id for topic in office.topics]
    refers(table, "theme", topics, "topic")
    check_agenda(table.each(AgendaItem), topics, posts, reasons)
    agenda = made.agenda or series.agenda
    moved_to = (*made.earlier, when)
    places = (meeting_id, *(f"{one.isoformat()}-{series.id}" for one in dict.fromkeys(moved_to) if one != day))
    papers = table.each(PaperTable)
    unique(papers, "file", "papers")
    for paper in papers:
        refers(paper, "author", posts, "post")
        names_reason(paper, reasons)
        refers(paper, "item", (item.number for item in agenda), "agenda item")
        line = next((item.audience for item in agenda if item.number == paper.made.item), None)
        check_width(paper, line, "the agenda item that it is for")
    wanted_by = when - timedelta(days=series.papers_days)
    built = [(one, _paper(one, places, wanted_by, folder, Source(file, sha256=sha256))) for one in papers]
    meeting = Meeting(
        id=meeting_id,
        series=series.id,
        day=when,
        title=made.title or series.title_on(when),
        start_time=made.start_time or series.start_time,
        venue=made.venue or series.venue,
        chair=made.chair or series.chair,
        note_taker=made.note_taker or series.note_taker,
        expected=made.expected or series.expected,
        apologies=made.apologies,
        present=made.present,
        agenda=agenda,
        papers=tuple(paper for one, paper in built if one.is_usable),
        cancelled=made.cancelled,
        source=Source(file, sha256=sha256),
        lasts=made.lasts or series.lasts,
        earlier=made.earlier,
        theme=made.theme or series.theme or theme_of(series, agenda),
    )
    unusable = any(fault.kind in {"not-toml", "not-utf-8"} for fault in table.faults)
    return (None if unusable else meeting), problems_of(file, table)


def _paper(table: Table[PaperTable], places: Sequence[str], wanted_by: date, folder: Path, source: Source) -> Paper:
    """A paper of the meeting; `places` are the folders that it may lie in, its id's first."""
    made, name = table.made, table.made.file
    found_in = (f"papers/{place}/{name}" for place in places if name and _is_inside(name))
    there = next((one for one in found_in if (folder / one).is_file()), "")
    status = made.status or (PaperStatus.RECEIVED if there else PaperStatus.AWAITED)
    status = PaperStatus.DEFERRED if made.deferred_to is not None else status
    if name and not there and (status is PaperStatus.RECEIVED or not _is_inside(name)):
        found = f'The paper "{name}" is said to be received, but it is not in papers/{places[0]}/.'
        table.fault("file", "paper-missing", found, "Put the file there, or take out status and file.")
        status = PaperStatus.AWAITED
    return Paper(
        title=made.title,
        item=made.item,
        status=status,
        author=made.author,
        wanted_by=made.wanted_by or wanted_by,
        file=there,
        audience=made.audience,
        source=replace(source, cell=f"line {table.line()}"),
        withheld=made.withheld,
        deferred_to=made.deferred_to,
    )


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in name


def lying_papers(meeting: Meeting, folder: Path) -> tuple[str, ...]:
    """The files that lie with the meeting's papers."""
    lying = (path for name in meeting.names for path in sorted((folder / "papers" / name).glob("*")))
    files = (one for one in lying if not (one.is_dir() or one.name.startswith((".", "~"))))
    return tuple(f"papers/{one.parent.name}/{one.name}" for one in files)
