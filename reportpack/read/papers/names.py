"""Papers that were dropped into a meeting's folder: the line is told by the number in the name, who may read it by a word in brackets.

`2.1.2 Victim plan (force).docx` is for item 2.1.2 and for the force. A name without a number is asked about, never guessed.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from reportpack import patterns as re
from reportpack.errors import Remedy
from reportpack.model.edition import Audience
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.office import AgendaItem
from reportpack.model.problem import Problem, Source, Weight
from reportpack.records import Record

_NUMBER = re.compile(r"(?:item\s*)?(?P<number>\d+(?:\.\d+)*)\.?(?:[\s_\-–:]+|$)(?P<rest>.*)")
_AUDIENCE = re.compile(r"(?P<rest>.*?)[\s_\-–]*[(\[](?P<audience>office|force|public)[)\]]")
_SMALL_WORDS = "a an and as at by for from in into of on or the to with draft final v paper report"
_SMALL = frozenset(_SMALL_WORDS.split())


class PaperName(Record):
    """What a file's name says: the number of the agenda line, the title, who may read it; each may be missing."""

    number: str
    title: str
    audience: Audience | None

    @classmethod
    def of(cls, name: str) -> "PaperName":
        """What the name of that file says."""
        stem = PurePosixPath(name).stem.strip()
        said = _AUDIENCE.fullmatch(stem.casefold())
        stem = stem[: len(said["rest"])] if said is not None else stem
        found = _NUMBER.fullmatch(stem.casefold())
        title = stem[len(stem) - len(found["rest"]) :] if found is not None else stem
        audience = Audience(said["audience"]) if said is not None else None
        return cls(found["number"] if found is not None else "", " ".join(title.replace("_", " ").split()), audience)


def take_dropped(meeting: Meeting, files: Iterable[str]) -> tuple[Meeting, tuple[Problem, ...]]:
    """The meeting with the papers that lie in its folders (`files`, below inputs/) and that its file does not name, and what was made of each."""
    named = {paper.file for paper in meeting.papers}
    strays = [one for one in files if one not in named]
    problems: list[Problem] = []
    first: dict[tuple[str, str], str] = {}
    for file in strays:
        name = PaperName.of(file)
        item = next((one for one in meeting.agenda if one.number == name.number), None)
        if (twin := first.setdefault((name.number, name.title.casefold()), file)) != file:
            found = f"It has the same name as {PurePosixPath(twin).name}, and one paper cannot be two; the other is taken."
            remedy = "Take one of them away, or give it a name of its own."
            problems.append(Problem("paper-twice", Source(file), found, remedy))
        elif item is None:
            problems.append(_on_no_line(file, name, meeting))
        else:
            meeting, said = _taken(meeting, file, name, item)
            problems.extend(said)
    return meeting, tuple(problems)


def _taken(meeting: Meeting, file: str, name: PaperName, item: AgendaItem) -> tuple[Meeting, tuple[Problem, ...]]:
    """On the line of its number: as the paper that is awaited there, where the name has most of its words, else as one more."""
    awaited = [one for one in meeting.papers if one.item == item.number and one.status is PaperStatus.AWAITED]
    if (meant := next((one for one in awaited if likeness(one.title, name.title) >= 0.5), None)) is not None:
        come = replace(meant, file=file, status=PaperStatus.RECEIVED, audience=name.audience or meant.audience)
        return replace(meeting, papers=tuple(come if one is meant else one for one in meeting.papers)), ()
    source = Source(file)
    fresh = Paper(name.title or item.title, item.number, PaperStatus.RECEIVED, file=file, source=source)
    if name.audience is not None:
        return replace(meeting, papers=(*meeting.papers, replace(fresh, audience=name.audience))), ()
    found = f'It is taken as a paper for item {item.number}, "{item.title}", for the office alone: its name does not say who may read it.'
    words = 'Put "(force)" or "(public)" at the end of its name, or say it:'
    problem = Problem("paper-for-whom", source, found, _by_command(words, file, meeting, item.number), Weight.NOTE)
    return replace(meeting, papers=(*meeting.papers, fresh)), (problem,)


def _on_no_line(file: str, name: PaperName, meeting: Meeting) -> Problem:
    """What has no number that is on the agenda is asked about, with the likeliest line."""
    found = "This paper lies here, and nothing says for which item it is"
    if name.number:
        found += f": the agenda has no item {name.number}"
    titles = [(paper.title, paper.item) for paper in meeting.papers if not paper.file]
    titles += [(item.title, item.number) for item in meeting.agenda]
    title, item = max(titles, key=lambda one: likeness(one[0], name.title), default=("", "ITEM"))
    likely = likeness(title, name.title) >= 0.5
    found += f'. Is it for {item}, "{title}"?' if likely else "."
    remedy = _by_command("Put the item's number before its name, or say it:", file, meeting, item if likely else "ITEM")
    return Problem("paper-not-listed", Source(file), found, remedy, Weight.NOTE)


def _by_command(words: str, file: str, meeting: Meeting, item: str) -> Remedy:
    return Remedy(words, "papers add", PurePosixPath(file).name, meeting.id, item=item, audience="AUDIENCE")


def likeness(title: str, name: str) -> float:
    """How much of the title's words the name has, from 0 to 1."""
    wanted, said = _words(title), _words(name)
    return len(wanted & said) / len(wanted) if wanted else 0.0


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.casefold())) - _SMALL


def meant_place(meeting: Meeting, item: str, file: str, title: str) -> int | None:
    """The place in the meeting's file of the paper that this is: one that names the file, or is awaited under such a title."""
    for place, one in enumerate([one for one in meeting.papers if one.source.file == meeting.source.file]):
        awaited = not one.file and one.status is not PaperStatus.RECEIVED and likeness(one.title, title) >= 0.5
        if one.item == item and (one.file.endswith(f"/{file}") or awaited):
            return place
    return None
