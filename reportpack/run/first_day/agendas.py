"""Series of meetings, their agendas and the topics, as the headings of old notes and agendas say them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.model.period import ANY_MONTH
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.people import plain_name
from reportpack.records import dataclass
from reportpack.run.first_day.found import FileKind, FileReading, FoundItem
from reportpack.run.measure_add import new_id

Dated = tuple[str, FileReading]
"""A file's name, and what it holds."""
_BEFORE = re.compile(
    r"^(?:(?:draft|final|confirmed|unconfirmed|agreed|approved|public|official)\b[ :-]*)*(?:(?:minutes|notes?|record|agenda|actions)\b(?: and actions)?(?: of| from| for)?(?: the| a)?\s*)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s:,(\u2013\u2014-]*\b(?:(?:held )?on|(?:draft )?(?:meeting )?(?:minutes|notes?|agenda)(?: and actions)?|held|draft)\W*$",
    re.IGNORECASE,
)
_DATED = re.compile(rf"[\s,:(\u2013\u2014-]*(?:\b(?:of|on|held on)\s+)?\b(?:{ANY_MONTH})\b,?\s*(?:20)?\d\d\b\W*", re.IGNORECASE)
_PLAIN_WORDS = {"monthly", "quarterly", "weekly", "annual", "meeting", "meetings", "the", "of", "and", "a", "for"}
_BACK = re.compile(
    r"brought forward|matters arising|outstanding (?:matter|item|action)|\baction|minutes|previous meeting|last meeting",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"apolog|welcome|introduction|declaration|any other|\ba\.?o\.?b\b|next meeting|date of|clos(?:e|ing)|attend|^present|agenda|urgent|"
    r"exclusion|public question|questions from|forward plan|confirmation|^chair|^performance$|^holding to account$|^discussion$|^update",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\s*\((?:from|brought forward|carried|to note|for information|to agree|verbal|paper)[^()]*\)\s*$", re.IGNORECASE
)
_LETTERS = re.compile(r"\s*\(([A-Z][A-Za-z&]{1,7})\)")
_PERFORMANCE = re.compile(r"\bperformance\b|holding to account|police and crime plan|scrutiny|statistics", re.IGNORECASE)
_SHARED = 2


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of the agenda, the topic that it is about, and where it stands."""

    number: str
    title: str
    topic: str
    where: str


@dataclass(frozen=True, slots=True)
class DraftTopic:
    """A topic under its names, and where it stands first."""

    id: str
    title: str
    aliases: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class DraftSeries:
    """Meetings of one kind with their notes and agendas, the first held first."""

    id: str
    title: str
    files: tuple[Dated, ...]

    @property
    def notes(self) -> tuple[Dated, ...]:
        """The notes alone."""
        return tuple(one for one in self.files if one[1].kind is FileKind.NOTES)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which it met."""
        return tuple(dict.fromkeys(reading.day for _, reading in self.notes if reading.day is not None))


def series_of(readings: Mapping[str, FileReading]) -> tuple[DraftSeries, ...]:
    """Every kind of meeting that the files are of, the one with most notes first."""
    groups: dict[str, list[Dated]] = {}
    titles: dict[str, str] = {}
    dated = [
        (file, one) for file, one in readings.items() if one.kind in (FileKind.NOTES, FileKind.AGENDA) and one.day is not None
    ]
    for file, reading in sorted(dated, key=lambda one: (one[1].day or date.min, one[0])):
        title = meeting_title(reading.title)
        key = " ".join(word for word in re.findall(r"[a-z]+", title.lower()) if word not in _PLAIN_WORDS)
        groups.setdefault(key, []).append((file, reading))
        titles[key] = title or titles.get(key, "")
    ids: list[str] = []
    found = []
    for key in sorted(groups, key=lambda one: (-sum(of.kind is FileKind.NOTES for _, of in groups[one]), one)):
        ids.append(new_id(key.rpartition(" for ")[0] or key or "meeting", ids))
        found.append(DraftSeries(ids[-1], titles[key] or "Meeting", tuple(groups[key])))
    return tuple(found)


def meeting_title(title: str) -> str:
    """A title of notes without their day, and without that they are notes."""
    for one in reversed(find_days(title)):
        title = f"{title[: one.start]} {title[one.start + len(one.words) :]}"
    title = " ".join(_DATED.sub(" ", _BEFORE.sub("", title.strip())).split())
    bare = _AFTER.sub("", _AFTER.sub("", title)).strip(" ,.:;()\u2013\u2014-")
    bare = bare or title.strip()
    return bare.capitalize() if bare.isupper() else bare


def shared_people(one: DraftSeries, other: DraftSeries) -> int:
    """How many people the notes of both name."""
    return len(_people(one) & _people(other))


def is_of_body(one: DraftSeries, main: DraftSeries) -> bool | None:
    """Whether a series is of the same body as the main one, by who was there; None where that cannot be told."""
    both, own = shared_people(one, main), len(_people(one))
    if both >= _SHARED or (own and both * 2 >= own):
        return True
    return None if both or not own else False


def _people(series: DraftSeries) -> set[str]:
    return {plain_name(one.name) for _, reading in series.files for one in reading.people if " " in one.name}


def catch_all(topics: Sequence[DraftTopic], series: Sequence[DraftSeries]) -> DraftTopic:
    """Where figures go that are about none of the topics: the heading of the latest agenda that is about performance, else one of its own."""
    for one in series[:1]:
        latest = _latest(one)
        for _, item in _numbered(latest[1].items) if latest else ():
            if _PERFORMANCE.search(item.title):
                title = _shown(item.title)
                known = next((topic for topic in topics if _key(topic.title) == _key(title)), None)
                return known or DraftTopic(
                    new_id(title, [topic.id for topic in topics]), title, (), f"{latest[0]}, {_line(item)}" if latest else ""
                )
    return DraftTopic(new_id("Performance", [topic.id for topic in topics]), "Performance", (), "no heading is about it")


def topics_of(series: Sequence[DraftSeries]) -> tuple[DraftTopic, ...]:
    """Headings of the latest agenda that are no standing ones, and those that older notes had more than once."""
    topics: dict[str, DraftTopic] = {}
    for one in series:
        latest = _latest(one)
        often = Counter(_key(title) for _, reading in one.files for title, _ in _own_titles(reading))
        for file, reading in ([latest] if latest else []) + list(one.files):
            for title, item in _own_titles(reading):
                if (reading is latest[1] if latest else False) or often[_key(title)] > 1:
                    bare = _LETTERS.sub("", title).strip()
                    more = [*_LETTERS.findall(title)]
                    ids = [topic.id for topic in topics.values()]
                    topics.setdefault(_key(title), DraftTopic(new_id(bare, ids), bare, tuple(more), f"{file}, {_line(item)}"))
    return tuple(topics.values())


def agenda_of(series: DraftSeries, topics: Sequence[DraftTopic]) -> tuple[AgendaLine, ...]:
    """The agenda of the latest meeting whose notes or agenda number its lines; numbers of lines within lines are made whole."""
    latest = _latest(series)
    if latest is None:
        return ()
    file, reading = latest
    ids = {_key(topic.title): topic.id for topic in topics}
    lines: dict[str, AgendaLine] = {}
    for number, item in _numbered(reading.items):
        title = _shown(item.title)
        lines.setdefault(number, AgendaLine(number, title, ids.get(_key(title), ""), f"{file}, {_line(item)}"))
    return tuple(lines.values())


def _latest(series: DraftSeries) -> Dated | None:
    fitting = [one for one in series.files if len(list(_numbered(one[1].items))) > 1]
    return fitting[-1] if fitting else None


def _numbered(items: Sequence[FoundItem]) -> Iterator[tuple[str, FoundItem]]:
    """The lines with their numbers; what lies under matters brought forward is of that meeting alone."""
    whole = [one for one in items if not one.path.startswith("#")]
    numbered = whole or [one for one in items[:40] if len(one.title) < 90]
    back = {one.path for one in numbered if _BACK.search(one.title)}
    for place, one in enumerate(numbered, 1):
        parents = re.split(r"[./]", one.path)[:-1]
        if not any(".".join(parents[:depth]) in back for depth in range(1, len(parents) + 1)):
            yield (one.path.replace("/", ".") if whole else str(place)), one


def _own_titles(reading: FileReading) -> Iterator[tuple[str, FoundItem]]:
    items = list(_numbered(reading.items))
    for number, item in items:
        title = _shown(item.title)
        whole = any(other.startswith(f"{number}.") for other, _ in items)
        if not whole and 2 < len(title) < 90 and not _STANDING.search(title) and not _BACK.search(title):
            yield title, item


def _shown(title: str) -> str:
    """As an agenda prints it: no shouting, and no word of where it came from."""
    bare = _FROM.sub("", title).strip(" :.\u2013-")
    return bare.capitalize() if bare.isupper() and len(bare) > 6 else bare


def _key(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", _LETTERS.sub("", title).lower()))


def _line(item: FoundItem) -> str:
    return f"line {item.line}" if item.line.isdigit() else item.line
