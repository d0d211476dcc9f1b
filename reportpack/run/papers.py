"""`papers`: what has come for a meeting, what is awaited, and how each file is; and a paper put on its line of the agenda."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, RefusedError, Remedy, fails_as
from reportpack.ledger import Ledger
from reportpack.model.document import PACK, SUPPLEMENT
from reportpack.model.edition import Audience, is_wider, may_read
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.paper import PaperHealth
from reportpack.model.problem import Problem
from reportpack.model.reply import ReplyKept
from reportpack.read.meetings import lying_papers
from reportpack.read.papers.names import PaperName, meant_place
from reportpack.records import Record
from reportpack.run.office_files import Folders, gather_meetings, open_memory, which_meeting, write_files
from reportpack.run.office_forms import PAPERS, take_in
from reportpack.run.steps.paper_letters import with_letters
from reportpack.run.steps.papers import with_sheets
from reportpack.run.steps.recording import recording
from reportpack.run.steps.released import all_releases
from reportpack.toml.edit import Value, with_entry, with_keys


class PaperLook(Record):
    """A paper as the meeting has it, its health sheet where its file has come, and what its readers' editions make of it."""

    paper: Paper
    health: PaperHealth | None
    remarks: tuple[str, ...]
    late: bool = False


class PapersLook(Record):
    """The papers of a meeting in the order of its file, and what to put right."""

    meeting: Meeting
    papers: tuple[PaperLook, ...]
    problems: tuple[Problem, ...]


class NewPaper(Record):
    """A paper that a person puts on a line: a file anywhere, in the inbox, or that came with a reply. What is empty is told by its name."""

    file: str
    item: str = ""
    audience: Audience | None = None
    title: str = ""
    author: str = ""


def look_at_papers(folders: Folders, named: str, today: date) -> PapersLook:
    """The meeting's papers; InputError where there is no such meeting."""
    _, meetings, problems = gather_meetings(folders)
    with open_memory(folders) as ledger:
        meeting = with_letters(ledger, which_meeting(meetings, named, today))
        meeting, sheets = with_sheets(folders.inputs, meeting)
        late = _came_late(ledger, meeting)
    places = (meeting.source.file, *(f"papers/{name}/" for name in meeting.names))
    lines, looks = {one.number: one.audience for one in meeting.agenda}, []
    for one in meeting.papers:
        line = lines.get(one.item, one.audience)
        reach = f"its line is for the {line}, and it is for the {one.audience}: other readers are told that it is left out"
        remarks = (*([reach] if is_wider(line, one.audience) else []), *late.get(one.letter, ()))
        looks.append(PaperLook(one, sheets.get(one.file), remarks, one.letter in late))
    said = tuple(one for one in problems if one.source.file.startswith(places))
    return PapersLook(meeting, tuple(looks), (*said, *(one for sheet in sheets.values() for one in sheet.problems)))


def add_paper(folders: Folders, named: str, new: NewPaper, now: datetime, today: date) -> tuple[Meeting, Paper, bool]:
    """Put the file with the meeting's papers, and the paper into the meeting's file; gives it as the meeting has it now, and whether
    anybody has said who may read it."""
    _, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, named, today)
    said = PaperName.of(Path(new.file).name)
    number = new.item.rstrip(".") or said.number
    item = next((one for one in meeting.agenda if one.number == number), None)
    if item is None:
        known = ", ".join(one.number for one in meeting.agenda)
        raise InputError(f"The agenda has no item {number or 'that the name tells'}.", f"Give --item one of: {known}.")
    with recording(folders, now) as record:
        data, place = _found(folders, record.ledger, meeting, new.file)
        if place.is_file() and bytes_of(place) != data:
            raise RefusedError(f"Another paper of that name lies there: {place}.", "Give this one a name of its own.")
        record.record([], {place: data})
    title, audience = new.title or said.title or item.title, new.audience or said.audience
    keys = {"file": place.name} | ({"audience": audience.value} if audience else {})
    own = {"title": title, "item": number} | ({"author": new.author} if new.author else {})
    meant = meant_place(meeting, number, place.name, title)
    _write(folders, meeting, meant, {**keys, "status": None} if meant is not None else {**own, **keys})
    _, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, meeting.id, today)
    added = next(one for one in meeting.papers if one.file.endswith(f"/{place.name}"))
    return meeting, added, audience is not None or meant is not None


def defer_paper(folders: Folders, named: str, letter: str, to: str, today: date) -> tuple[Paper, Meeting]:
    """Hand the meeting's paper of that letter on to another meeting of its series: its own line says so, in the file that has it."""
    _, meetings, _ = gather_meetings(folders)
    with open_memory(folders) as ledger:
        meeting = with_letters(ledger, which_meeting(meetings, named, today))
    takes = which_meeting(meetings, to, today)
    paper = next((one for one in meeting.papers if one.letter == letter.strip().upper()), None)
    if paper is None or takes.id == meeting.id or takes.series != meeting.series:
        found = f"{meeting.id} has no paper {letter}" if paper is None else f"{takes.id} is no other meeting of that series"
        raise InputError(f"{found}.", Remedy("Its papers and their letters are listed by:", "papers", meeting.id))
    home = next((one for one in meetings if one.source.file == paper.source.file), meeting)
    lines = [(one.item, one.title) for one in home.papers if one.source.file == home.source.file]
    place = lines.index((paper.item, paper.title)) if (paper.item, paper.title) in lines else None
    own = {"title": paper.title, "item": paper.item, "audience": paper.audience.value, "file": Path(paper.file).name}
    _write(folders, home, place, {**(own if place is None else {}), "deferred_to": takes.day})
    return paper, takes


def _found(folders: Folders, ledger: Ledger, meeting: Meeting, file: str) -> tuple[bytes, Path]:
    name = Path(file).name
    place = folders.inputs / "papers" / meeting.id / name
    lying = (folders.inputs / "papers" / one / name for one in meeting.names)
    for path in (Path(file), *lying, folders.inputs / "inbox" / name):
        if path.is_file():
            with fails_as(InputError, f"{path} cannot be read", "Close the program that holds it, then run again."):
                return bytes_of(path), path if path.parent.parent == folders.inputs / "papers" else place
    kept = reversed(ledger.happened(ReplyKept))
    with_reply = next((each for one in kept for each in one.attached if each.name == name), None)
    if with_reply is None:
        found = f"There is no file {file!r}."
        raise InputError(found, f"Name one that lies in inputs/papers/{meeting.id}, or came with a reply.")
    return ledger.kept(with_reply.sha256), place


def _came_late(ledger: Ledger, meeting: Meeting) -> dict[str, list[str]]:
    """By letter what is to be done with papers of which the last version of an edition knew no file, or another."""
    late: dict[str, list[str]] = {}
    for edition, release in {one.edition: one for one in all_releases(ledger, meeting.id, PACK.stem)}.items():
        supplements = (one.has or () for one in all_releases(ledger, meeting.id, SUPPLEMENT.stem) if one.edition is edition)
        had = {(one.ref, one.mark) for has in (release.has or (), *supplements) for one in has}
        said = f"came after v{release.version} of the {edition} edition was released: it goes with the next version, or as a supplement"
        for one in meeting.papers if release.has is not None else ():
            if one.mark and may_read(edition, one.audience) and (one.letter, one.mark) not in had:
                late.setdefault(one.letter, []).append(said)
    return late


def stray_papers(folders: Folders, meeting: Meeting) -> tuple[str, ...]:
    """What lies in the meeting's folder of papers and is on no line."""
    named = {one.file for one in meeting.papers}
    return tuple(Path(one).name for one in lying_papers(meeting, folders.inputs) if one not in named)


def bring_paper(folders: Folders, meeting: Meeting, place: int, title: str, name: str, data: bytes) -> str:
    """The file of a paper that is on the agenda already: kept, and named in the meeting's file; gives its name."""
    if not 0 <= place < len(meeting.papers) or meeting.papers[place].title != title:
        raise RefusedError("The list of papers changed since this page was shown.", "Look at it again. Nothing was kept.")
    taken = take_in(folders, PAPERS, name, data, below=meeting.id)
    own = taken.name.rpartition("/")[2]
    status = meeting.papers[place].status is PaperStatus.AWAITED
    _write(folders, meeting, place, {"file": own, **({"status": None} if status else {})})
    return own


def put_paper(folders: Folders, meeting: Meeting, item: str, title: str, author: str, audience: Audience, file: str = "") -> None:
    """One more paper on a line; `file` lies in the meeting's folder, empty while it is awaited."""
    if not title.strip() or not any(one.number == item for one in meeting.agenda):
        raise InputError("A paper needs its title and its line of the agenda.", "Say both. Nothing was changed.")
    more = {key: value for key, value in (("author", author), ("file", file)) if value}
    _write(folders, meeting, None, {"title": " ".join(title.split()), "item": item, "audience": audience.value} | more)


def _write(folders: Folders, meeting: Meeting, place: int | None, keys: Mapping[str, Value | None]) -> None:
    """Those keys of the paper at that place of the meeting's file (None: of one more); put back where a meeting could not be read any more."""
    path, file = folders.inputs / meeting.source.file, meeting.source.file
    with fails_as(InputError, f"{path.name} cannot be read", "Close the program that holds it, then try again."):
        before = bytes_of(path)
    entry = {key: value for key, value in keys.items() if value is not None}
    known = {one.found for one in gather_meetings(folders)[2]}
    changed = with_entry(before, file, "paper", entry) if place is None else with_keys(before, file, keys, table=("paper", place))
    write_files({path: changed})
    new = [one for one in gather_meetings(folders)[2] if one.found not in known and one.source.file == file]
    if new:
        write_files({path: before})
        raise InputError(new[0].found, f"{new[0].remedy} Nothing was changed.")
