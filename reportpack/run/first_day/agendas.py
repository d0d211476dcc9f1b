"""Series of meetings, when they meet, their agendas and the topics, as the dates and headings of old notes and agendas say them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.minutes import NotedItem
from reportpack.model.office import AgendaItem, Office, Topic
from reportpack.model.period import ANY_MONTH, add_months
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.people import plain_name
from reportpack.read.minutes.queries.sentences import place_of
from reportpack.records import Record
from reportpack.run.first_day.folder import FileKind, FileReading
from reportpack.run.measure_add import new_id
from reportpack.settings.recurrence_words import MONTHS, WEEKDAYS

Dated = tuple[str, FileReading]
"""A file's name, and what it holds."""
_BEFORE = re.compile(
    r"(?i)^(?:(?:draft|final|confirmed|unconfirmed|agreed|approved|public|official)\b[ :-]*)*(?:(?:minutes|notes?|record|agenda|actions)\b(?: and actions)?(?: of| from| for)?(?: the| a)?\s*)+"
)
_AFTER = re.compile(
    r"(?i)[\s:,(\u2013\u2014-]*\b(?:(?:held )?on|(?:draft )?(?:meeting )?(?:minutes|notes?|agenda)(?: and actions)?|held|draft)\W*$"
)
_DATED = re.compile(rf"(?i)[\s,:(\u2013\u2014-]*(?:\b(?:of|on|held on)\s+)?\b(?:{ANY_MONTH})\b,?\s*(?:20)?\d\d\b\W*")
_ORDINAL = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|(?:twent|thirt|fort|fift)\w+(?:[ -]\w+(?:st|nd|rd|th))?)"
    r" (?=(?:[\w&]+ ){0,3}meeting)|(?<=[\u2013\u2014-] )(?:minutes|notes|agenda)(?= [\u2013\u2014-])|\s[\u2013\u2014-]\s(?=meeting$)",
    re.IGNORECASE,
)
_PLAIN_WORDS = {"monthly", "quarterly", "weekly", "annual", "meeting", "meetings", "the", "of", "and", "a", "for"}
_BACK = re.compile(
    r"(?i)brought forward|matters arising|outstanding (?:matter|item|action)|\baction|minutes|previous meeting|last meeting"
)
_STANDING = re.compile(
    r"apolog|welcome|introduction|declaration|any other|\ba\.?o\.?b\b|next meeting|date of|clos(?:e|ing)|attend|^present|agenda|urgent|"
    r"exclusion|public question|questions from|forward plan|confirmation|^chair|^performance$|^holding to account$|^discussion$|^update",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?i)\s*\((?:from|brought forward|carried|to note|for information|to agree|verbal|paper)[^()]*\)\s*$")
_LETTERS = re.compile(r"\s*\(([A-Z][A-Za-z&]{1,7})\)")
_PERFORMANCE = re.compile(r"(?i)\bperformance\b|holding to account|police and crime plan|scrutiny|statistics")
_MARKS = " ,.:;()\u2013\u2014-"
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_REST = "Performance"
_EVERY_MEETING = ("Matters brought forward", "Holding to account", "Any other business", "Next meeting")
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_MOST_FIT = 0.75
_ENOUGH = 3
_YEARS = 2


class DraftSeries(Record):
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
    dated = [one for one in readings.items() if one[1].kind in (FileKind.NOTES, FileKind.AGENDA) and one[1].day is not None]
    for file, reading in sorted(dated, key=lambda one: (one[1].day or date.min, one[0])):
        title = meeting_title(reading.title)
        key = " ".join(word for word in re.findall(r"[a-z]+", title.lower()) if word not in _PLAIN_WORDS)
        groups.setdefault(key, []).append((file, reading))
        titles[key] = title or titles.get(key, "")
    for key in list(groups):
        mine, others = _people(groups[key]), [one for one in groups if one != key]
        short = [
            one for one in others if len(key) > 2 and key == "".join(word[0] for word in one.split())
        ]  # `dug`, data user group
        untitled = [one for one in others if not key and len(mine & _people(groups[one])) > 1]  # two of its people are theirs
        for whole in (short or untitled)[:1]:
            groups[whole] = sorted((*groups[whole], *groups.pop(key)), key=lambda one: (one[1].day or date.min, one[0]))
    ids: list[str] = []
    found = []
    for key in sorted(groups, key=lambda one: (-sum(of.kind is FileKind.NOTES for _, of in groups[one]), one)):
        ids.append(new_id(key.rpartition(" for ")[0] or key or "meeting", ids))
        found.append(DraftSeries(ids[-1], titles[key] or "Meeting", tuple(groups[key])))
    return tuple(found)


def meeting_title(title: str) -> str:
    """A title of notes without their day and number, and without that they are notes."""
    for one in reversed(find_days(title)):
        title = f"{title[: one.start]} {title[one.start + len(one.words) :]}"
    title = " ".join(_DATED.sub(" ", _BEFORE.sub("", title.strip())).split())
    bare = " ".join(_ORDINAL.sub(" ", _AFTER.sub("", _AFTER.sub("", title)).strip(_MARKS)).split()).strip(_MARKS)
    bare = (
        re.sub(r" [\u2013\u2014-](?= (?:[\u2013\u2014-]|meeting$))", "", bare, flags=re.IGNORECASE).strip(_MARKS) or title.strip()
    )
    return bare.capitalize() if bare.isupper() else bare


def is_of_body(one: DraftSeries, main: DraftSeries) -> bool | None:
    """Whether a series is of the same body as the main one, by who was there; None where that cannot be told."""
    own, both = _people(one.files), len(_people(one.files) & _people(main.files))
    if both > 1 or (own and both * 2 >= len(own)):
        return True
    return None if both or not own else False


def _people(files: Sequence[Dated]) -> set[str]:
    return {plain_name(one.name or "") for _, reading in files for one in reading.people}


def topics_of(series: Sequence[DraftSeries], known: Office | None) -> dict[Topic, str]:
    """Headings of the latest agenda that are no standing ones, and those that older notes had more than once; each with where it stands first."""
    found: dict[str, tuple[Topic, str]] = {}
    there = known.topics if known is not None else ()
    names = {_key(name) for topic in there for name in topic.names}
    for one in series:
        latest = _latest(one)
        often = Counter(_key(item.title) for _, reading in one.files for item in _own_items(reading))
        for file, reading in (*([latest] if latest else []), *one.files):
            for item in _own_items(reading):
                if _key(item.title) not in names and ((latest and reading is latest[1]) or often[_key(item.title)] > 1):
                    title = _LETTERS.sub("", _shown(item.title)).strip()
                    name = new_id(title, [topic.id for topic in (*there, *(topic for topic, _ in found.values()))])
                    topic = Topic(name, title, tuple(_LETTERS.findall(item.title)))
                    found.setdefault(_key(title), (topic, f"{file}, {place_of(item.line)}"))
    return dict(found.values())


def agenda_of(series: DraftSeries, topics: Mapping[Topic, str]) -> dict[AgendaItem, str]:
    """The agenda of the latest meeting whose notes or agenda number its lines; without any, the topics under the words that every meeting has."""
    latest = _latest(series)
    ids = {_key(topic.title): topic.id for topic in topics}
    if latest is not None:
        file, reading = latest
        lines: dict[str, NotedItem] = {}
        for number, item in _numbered(reading.items):
            lines.setdefault(number, item)
        return {
            AgendaItem(number, _shown(item.title), ids.get(_key(item.title), "")): f"{file}, {place_of(item.line)}"
            for number, item in lines.items()
        }
    first, second, *rest = _EVERY_MEETING
    made = [AgendaItem("1", first), AgendaItem("2", second)]
    made += [AgendaItem(f"2.{number}", topic.title, topic.id) for number, topic in enumerate(topics, 1)]
    made += [AgendaItem(str(number), title) for number, title in enumerate(rest, 3)]
    return dict.fromkeys(made, "as every meeting has it")


def catch_all(topics: Mapping[Topic, str], series: DraftSeries) -> tuple[Topic, str]:
    """Where figures go that are about none of the topics: the heading of the latest agenda that is about performance, else one of its own."""
    own = next((topic for topic in topics if topic.title == _REST), None)
    if own is not None:
        return own, ""
    latest = _latest(series)
    for _, item in _numbered(latest[1].items) if latest else ():
        if latest and _PERFORMANCE.search(item.title):
            known = next((topic for topic in topics if _key(topic.title) == _key(item.title)), None)
            title = _shown(item.title)
            topic = known or Topic(new_id(title, [topic.id for topic in topics]), title)
            return topic, f"{latest[0]}, {place_of(item.line)}"
    return Topic(new_id(_REST, [topic.id for topic in topics]), _REST), "no heading is about it"


def _latest(series: DraftSeries) -> Dated | None:
    return next((one for one in reversed(series.files) if len(list(_numbered(one[1].items))) > 1), None)


def _numbered(items: Sequence[NotedItem]) -> Iterator[tuple[str, NotedItem]]:
    """The lines with their numbers; what lies under matters brought forward is of that meeting alone."""
    whole = [one for one in items if _NUMBER.fullmatch(one.path.replace("/", "."))]
    numbered = whole or [one for one in items[:40] if len(one.title) < 90]
    back = {one.path for one in numbered if _BACK.search(one.title)}
    for place, one in enumerate(numbered, 1):
        parents = re.split(r"[./]", one.path)[:-1]
        if not any(".".join(parents[:depth]) in back for depth in range(1, len(parents) + 1)):
            yield (one.path.replace("/", ".") if whole else str(place)), one


def _own_items(reading: FileReading) -> Iterator[NotedItem]:
    items = list(_numbered(reading.items))
    for number, item in items:
        leaf = not any(other.startswith(f"{number}.") for other, _ in items)
        if leaf and 2 < len(item.title) < 90 and not _STANDING.search(_shown(item.title)) and not _BACK.search(item.title):
            yield item


def _shown(title: str) -> str:
    bare = _FROM.sub("", title).strip(" :.\u2013-")
    return bare.capitalize() if bare.isupper() and len(bare) > 6 else bare


def _key(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", _LETTERS.sub("", _FROM.sub("", title)).lower()))


def rhythm_of(days: Sequence[date], at: time | None) -> tuple[str, bool]:
    """The rule that the most of the days keep, in the words of office.toml, and whether the days show it: fewer than three make one only likely."""
    days, hour = sorted(set(days)), f" at {at:%H:%M}" if at is not None else ""
    if not days:
        return f"last Tuesday of the month{hour}", False
    weekday, place, fit = _place(days)
    # how many months lie between most meetings; 0 for less than one
    gaps = [(two.year - one.year) * 12 + two.month - one.month for one, two in pairwise(days)]
    gap = Counter(gaps).most_common(1)[0][0] if gaps else 1
    gap = gap if gap in (0, 1, 2, 3, 4, 6, 12) else 1
    if gap == 0:
        weeks = Counter((two - one).days // 7 for one, two in pairwise(days)).most_common(1)[0][0]
        last = f"{days[-1].day} {MONTHS[days[-1].month - 1].capitalize()} {days[-1].year}"
        return f"every {max(weeks, 1)} weeks from {last}{hour}", len(days) > _ENOUGH
    every = {1: "", 2: "every second month, "}.get(gap, f"every {gap} months, ")
    rule = f"{every}{_PLACES[place]} {WEEKDAYS[weekday].capitalize()} of the month{hour}{_left_out(days) if gap == 1 else ''}"
    return rule, len(days) >= _ENOUGH and fit >= _MOST_FIT


def _place(days: Sequence[date]) -> tuple[int, int, float]:
    """The weekday, its place in the month, and the share of the days that it is true of; `last` where both are."""
    kept: Counter[tuple[int, int]] = Counter()
    for day in days:
        kept[day.weekday(), (day.day - 1) // 7 + 1] += 1
        if (day + timedelta(days=7)).month != day.month:
            kept[day.weekday(), -1] += 1
    (weekday, place), many = max(kept.items(), key=lambda one: (one[1], -one[0][1]))
    return (weekday, place, many / len(days)) if place in _PLACES else (weekday, -1, 0.0)


def _left_out(days: Sequence[date]) -> str:
    first, last = days[0].replace(day=1), days[-1].replace(day=1)
    months = [first]
    while months[-1] < last:
        months.append(add_months(months[-1], 1))
    held = {(one.year, one.month) for one in days}
    missed = Counter(one.month for one in months if (one.year, one.month) not in held)
    every = Counter(one.month for one in months)
    never = sorted(month for month, times in missed.items() if times >= _YEARS and times == every[month])
    return f", not in {' and '.join(MONTHS[month - 1].capitalize() for month in never)}" if never else ""
