"""Papers by others: put on their line of the agenda by the meeting's own file, of which every other word stays."""

from collections.abc import Callable

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, RefusedError, fails_as
from reportpack.model.edition import Audience
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.take_in import PAPERS, take_in
from reportpack.run.writing import write_files
from reportpack.toml.edit import Value, with_entry, with_keys


def stray_papers(folders: Folders, meeting: Meeting) -> tuple[str, ...]:
    """What lies in the meeting's folder of papers and is on no line."""
    named = {one.file for one in meeting.papers}
    found = []
    for name in meeting.names:
        folder = folders.inputs / PAPERS / name
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            place = path.relative_to(folders.inputs).as_posix()
            if path.is_file() and not path.name.startswith((".", "~")) and place not in named:
                found.append(path.name)
    return tuple(found)


def bring_paper(folders: Folders, meeting: Meeting, place: int, title: str, name: str, data: bytes) -> str:
    """The file of a paper that is on the agenda already: kept, and named in the meeting's file; gives its name."""
    if not 0 <= place < len(meeting.papers) or meeting.papers[place].title != title:
        raise RefusedError("The list of papers changed since this page was shown.", "Look at it again. Nothing was kept.")
    taken = take_in(folders, PAPERS, name, data, below=meeting.id)
    own = taken.name.rpartition("/")[2]
    status = meeting.papers[place].status is PaperStatus.AWAITED
    keys: dict[str, Value | None] = {"file": own, **({"status": None} if status else {})}
    _change(folders, meeting, lambda content, file: with_keys(content, file, keys, table=("paper", place)))
    return own


def add_paper(folders: Folders, meeting: Meeting, item: str, title: str, author: str, audience: Audience, file: str = "") -> None:
    """One more paper on a line; `file` lies in the meeting's folder, empty while it is awaited."""
    if not title.strip() or not any(one.number == item for one in meeting.agenda):
        raise InputError("A paper needs its title and its line of the agenda.", "Say both. Nothing was changed.")
    words: dict[str, Value] = {"title": " ".join(title.split()), "item": item, "audience": audience.value}
    words |= {key: value for key, value in (("author", author), ("file", file)) if value}
    _change(folders, meeting, lambda content, name: with_entry(content, name, "paper", words))


def _change(folders: Folders, meeting: Meeting, changed: Callable[[bytes, str], bytes]) -> None:
    """The meeting's file as it is now, with that change; put back where a meeting could not be read any more."""
    path = folders.inputs / meeting.source.file
    with fails_as(InputError, f"{path.name} cannot be read", "Close the program that holds it, then try again."):
        before = bytes_of(path)
    known = {one.found for one in gather_meetings(folders)[2]}
    write_files({path: changed(before, meeting.source.file)})
    new = [one for one in gather_meetings(folders)[2] if one.found not in known and one.source.file == meeting.source.file]
    if new:
        write_files({path: before})
        raise InputError(new[0].found, f"{new[0].remedy} Nothing was changed.")
