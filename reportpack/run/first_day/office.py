"""What the files say of an office, put together as the records of the settings, and the two files as the first day writes them: beside every line the
place that it came from; an entry is added where the file has none that means the same. What no file says is asked once in plain words, each question
with its likely answer; answers can come from a file, or from an earlier run."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from reportpack.errors import InputError
from reportpack.model.edition import Audience, is_wider
from reportpack.model.inputs import Settings
from reportpack.model.measure import Better
from reportpack.model.office import AgendaItem, Area, AreaKind, Gets, MeetingSeries, Office, Person, Post, Recipient, Side, Topic
from reportpack.model.period import long_date
from reportpack.model.recurrence import Recurrence
from reportpack.read.figures.labels import area_key
from reportpack.records import Record
from reportpack.run.first_day.agendas import DraftSeries, agenda_of, catch_all, is_of_body, rhythm_of, series_of, topics_of
from reportpack.run.first_day.folder import FileReading
from reportpack.run.first_day.measures import Drafted, DraftMeasure, draft_measures
from reportpack.run.first_day.people import FORCE, force_among, force_named, places_of, post_named, posts_and_people
from reportpack.run.measure_add import new_id
from reportpack.settings.recurrence import read_recurrence
from reportpack.toml.edit import line_of, table_text, with_keys
from reportpack.toml.text import WrongValueError

T = TypeVar("T")
NAMES = ("name", "force", "bodies", "meets", "whole", "better", "headings", "audience", "recipients")
"""The questions there can be, in their order."""
EVERY = "every one"
"""The answer for `bodies` that takes meetings in even where those who were there say that they are another body's."""
_ANSWERED = "as answered"
_POSTS = (Post("pcc", "Commissioner", "PCC", Side.OFFICE), Post("cc", "Chief Constable", "CC", Side.FORCE))
"""Whom a meeting cannot do without, where the files name nobody."""


class Question(Record):
    """A question by its name in an answers file, and the answer that is taken when nobody gives another."""

    name: str
    text: str
    likely: str


class Answered(Record):
    """What was answered: by a person now or earlier, or `taken`, the likely answer that nobody has confirmed."""

    question: Question
    answer: str
    taken: bool


Ask = Callable[[Question], str | None]
"""What a person says; None where nobody is there to be asked."""


class Answers(Record):
    """Where answers come from: `given` in a file now, `kept` from an earlier run, else a person. `said` holds what was asked, in order."""

    given: Mapping[str, str]
    kept: Mapping[str, str]
    ask: Ask
    said: list[Answered] = field(default_factory=list)

    def of(self, name: str, text: str, likely: str) -> str:
        """The answer; nothing is asked that was answered before."""
        question = Question(name, text, likely)
        known = self.given.get(name, self.kept.get(name))
        answer = known if known is not None else self.ask(question)
        if known is None or name in self.given:
            self.said.append(Answered(question, likely if answer is None else answer, taken=answer is None))
        return likely if answer is None else answer

    @property
    def all(self) -> dict[str, str]:
        """Everything that is answered by now, to be kept."""
        return {**self.kept, **{one.question.name: one.answer for one in self.said}}


class Draft(Record):
    """Everything that is to be written, each with where it was found: of a series by its key. `others` are files of another body's meetings."""

    name: tuple[str, str]
    force: tuple[str, str]
    areas: Mapping[Area, str]
    posts: Mapping[Post, str]
    people: Mapping[Person, str]
    topics: Mapping[Topic, str]
    series: tuple[tuple[DraftSeries, MeetingSeries, Mapping[str, str], Mapping[AgendaItem, str]], ...]
    measures: Drafted
    audience: Audience
    recipients: Mapping[Recipient, str]
    others: frozenset[str]


def draft_office(
    readings: Mapping[str, FileReading], books: Mapping[str, tuple[str, FileReading]], answers: Answers, known: Office | None
) -> Draft:
    """From every file by its name; `books` are the workbooks by the name that they will have, `known` the office that is there already."""
    found = series_of(readings)
    force = (known.force, "") if known is not None else force_named(readings)
    if not force[0]:
        likely = f"{among} Police" if (among := force_among(readings)) else "The force"
        force = answers.of("force", "Which force do you hold to account?", likely), _ANSWERED
    name = (known.name, "") if known is not None else _office_named(readings)
    if not name[0]:
        name = answers.of("name", "What is your office called?", _likely_name(found, force[0])), _ANSWERED
    own, others = _own_series(found, answers, known)
    topics = dict.fromkeys(known.topics if known else (), "") | topics_of(own, known)
    posts, people = posts_and_people([one for each in own for one in each.notes], readings)
    posts = posts or dict.fromkeys(known.posts if known else _POSTS, "no notes name one")
    areas = places_of(readings, force[0])
    drafted = draft_measures(books, (*areas, *(known.areas if known else ())), tuple(topics))
    rest, where = catch_all(topics, own[0])
    if any(not one.new.topic for one in drafted.measures) or not topics:
        topics.setdefault(rest, where)
    measures = [replace(one, new=replace(one.new, topic=one.new.topic or rest.id)) for one in drafted.measures]
    measures = _better(_whole(measures, answers), answers)
    series = tuple(_series(one, topics, posts, people, answers, ask=known is None and one is own[0]) for one in own)
    audience, recipients = _audience(answers), _recipients(tuple(posts), answers)
    drafted = replace(drafted, measures=tuple(measures))
    return Draft(name, force, areas, posts, people, topics, series, drafted, audience, recipients, others)


def _office_named(readings: Mapping[str, FileReading]) -> tuple[str, str]:
    """The longest name of an office, which is the whole one, and where it stands first."""
    found = [(body.name, f"{file}, {body.where}") for file, one in readings.items() for body in one.offices]
    of_office = [one for one in found if one[0].startswith("Office")]
    of_office = of_office or [(f"Office of the {name}", where) for name, where in found if "Panel" not in name]
    return max(of_office, key=lambda one: len(one[0]), default=("", ""))


def _likely_name(found: Sequence[DraftSeries], force: str) -> str:
    posts = [person.post or "" for one in found[:1] for _, reading in one.notes for person in reading.people]
    if posts and not any("commissioner" in post.casefold() or "PCC" in post for post in posts):
        return found[0].title
    place = force.removesuffix(" Police").removesuffix(" Constabulary")
    return f"Office of the Police and Crime Commissioner{f' for {place}' if place != 'The force' else ''}"


def _own_series(
    found: Sequence[DraftSeries], answers: Answers, known: Office | None
) -> tuple[tuple[DraftSeries, ...], frozenset[str]]:
    first = known.series[0] if known is not None and known.series else MeetingSeries("meeting", "Meeting")
    own = list(found[:1]) or [DraftSeries(first.id, first.title, ())]
    told = {one.id: is_of_body(one, own[0]) for one in found[1:]}
    unsure = [one.title for one in found[1:] if told[one.id] is None]
    question = f"Which of these are meetings of your office too? {'; '.join(unsure)}"
    said = answers.of("bodies", question, "none of them").casefold() if unsure else ""
    every = answers.given.get("bodies") == EVERY
    named = {one.id for one in found[1:] if told[one.id] is None and (one.title.casefold() in said or said == "all")}
    own += [one for one in found[1:] if every or told[one.id] or one.id in named]
    return tuple(own), frozenset(file for one in found if one not in own for file, _ in one.files)


def _series(
    one: DraftSeries,
    topics: Mapping[Topic, str],
    posts: Mapping[Post, str],
    people: Mapping[Person, str],
    answers: Answers,
    *,
    ask: bool,
) -> tuple[DraftSeries, MeetingSeries, Mapping[str, str], Mapping[AgendaItem, str]]:
    """As the latest files say it is; of the first series it is asked when it meets, where its days do not show it."""

    def latest(said: Callable[[FileReading], T]) -> tuple[T | None, str]:
        return next(((found, file) for file, reading in reversed(one.files) if (found := said(reading))), (None, ""))

    chair = latest(lambda reading: post_named(reading.chair, posts, people))
    taker = latest(lambda reading: post_named(reading.note_taker, posts, people))
    venue, start = latest(lambda reading: reading.venue), latest(lambda reading: reading.start)
    there = [post_named(person.name or "", posts, people) for _, reading in one.notes[-3:] for person in reading.people]
    likely, shown = rhythm_of(one.days, start[0])
    words, of_days = (likely, f"the dates of {len(one.days)} notes") if shown else ("", _ANSWERED)
    if not shown and ask:
        words = answers.of("meets", 'When do you meet? In words, such as "last Tuesday of the month at 10:00"', likely)
    rule = rule_of(words) if words else None
    at = rule.start_time if rule is not None and rule.start_time is not None else start[0]
    agenda, expected = agenda_of(one, topics), tuple(dict.fromkeys(filter(None, there)))
    of = (chair[0] or "", taker[0] or "", venue[0] or "", at, rule)
    where = {"chair": chair[1], "note_taker": taker[1], "venue": venue[1], "time": start[1], "recurrence": of_days}
    where |= {"title": one.files[-1][0], "expected": "whom the latest notes name"} if one.files else {}
    return one, MeetingSeries(one.id, one.title, *of, expected=expected, agenda=tuple(agenda)), where, agenda


def rule_of(words: str) -> Recurrence:
    """The rule that the words say; InputError where they say none."""
    try:
        return read_recurrence(words)
    except WrongValueError as fault:
        raise InputError(f'"{words}" does not say when you meet.', str(fault)) from fault


def _whole(measures: Sequence[DraftMeasure], answers: Answers) -> list[DraftMeasure]:
    """What names no place is of the whole force only where a person says so."""
    placeless = [one.new.title for one in measures if one.placeless]
    if not placeless:
        return list(measures)
    question = f"Nothing says for which area these figures are. Are they for the whole force? {'; '.join(placeless)}"
    said = answers.of("whole", question, "yes")
    return [one for one in measures if not one.placeless or is_yes(said) or one.new.title.casefold() in said.casefold()]


def _better(measures: Sequence[DraftMeasure], answers: Answers) -> list[DraftMeasure]:
    """Which way each should move: a suggestion by its words, which a person looks over once."""
    ways = {way: [one.new.title for one in measures if one.new.better is way] for way in Better}
    likely = "; ".join(f"{way.value}: {', '.join(titles)}" for way, titles in ways.items() if titles)
    if not measures:
        return []
    said = answers.of("better", "Which way is better? Name what is wrong, such as: neither: Recorded crime", likely)
    parts = [part.partition(":") for part in said.casefold().split(";")]
    given = [(Better(way.strip()), f", {titles.strip()},") for way, _, titles in parts if way.strip() in list(Better)]
    found = []
    for one in measures:
        way = next((way for way, titles in given if f", {one.new.title.casefold()}," in titles), one.new.better)
        found.append(replace(one, new=replace(one.new, better=way)))
    return found


def _audience(answers: Answers) -> Audience:
    question = "Who may read the figures and the agenda, beside the office? Answer office (nobody else), force or public"
    said = answers.of("audience", question, Audience.OFFICE.value).strip().casefold()
    if said not in list(Audience):
        raise InputError(f'"{said}" is nobody who could read it.', f"Answer {', '.join(Audience)}.")
    return Audience(said)


def _recipients(posts: Sequence[Post], answers: Answers) -> dict[Recipient, str]:
    example = f"{posts[0].abbreviation} name@office.example office; ... ({', '.join(post.abbreviation for post in posts[:8])})"
    said = answers.of("recipients", f"Who is sent the pack, where, and in which edition? Such as: {example}", "nobody yet")
    found = {}
    for words in map(str.split, said.split(";")):
        post = next((one for one in posts if words and words[0].casefold() in (one.abbreviation.casefold(), one.id)), None)
        address = next((word for word in words if "@" in word), "")
        if post is not None and address:
            edition = next((word.casefold() for word in words if word.casefold() in list(Audience)), post.side.value)
            gets = (Gets.PACK, Gets.ANNEX, Gets.CALENDAR)
            found[Recipient(edition=Audience(edition), gets=gets, post=post.id, email=address)] = _ANSWERED
    return found


def read_answers(path: Path) -> dict[str, str]:
    """The answers in a file, TOML or JSON, by the names of their questions; InputError where one is not known."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        said = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
        answers = {str(name): _as_words(value) for name, value in said.items()}
    except (OSError, ValueError, AttributeError) as fault:
        remedy = f'Write lines such as name = "...": {", ".join(NAMES)}.'
        raise InputError(f"{path} cannot be read as answers: {fault}.", remedy) from fault
    strange = [name for name in answers if name not in NAMES]
    if strange:
        raise InputError(f'{path}: no question is called "{strange[0]}".', f"The questions are: {', '.join(NAMES)}.")
    return answers


def _as_words(value: object) -> str:
    """As a person would type it: `yes`, `one, two`, `lower: one, two; higher: three`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_as_words(one)}" for key, one in value.items())
    return ", ".join(map(_as_words, value)) if isinstance(value, list) else str(value)


def is_yes(answer: str) -> bool:
    """Whether it begins as a yes does."""
    return answer.strip().casefold()[:1] in ("y", "t", "1")


_HEAD = """# Drafted from an office's own files on {day}. Beside each line stands where it was found; change what is not true.
# docs/settings.md says what every key means. Running init again adds what is new and changes nothing here.
"""
_EDITIONS = """
[[edition]]
audience = "office"
marking = "OFFICIAL"
hide_small = false

[[edition]]
audience = "force"
marking = "OFFICIAL"
hide_small = false

[[edition]]
audience = "public"
hide_small = true
"""


def office_text(draft: Draft, before: str, office: Office | None, today: date) -> str:
    """office.toml with what the draft adds to it."""
    head = (("name", *draft.name), ("force", *draft.force), ("short_name", "the office", ""))
    lines = "".join(f"{line_of(*one)}\n" for one in head)
    text = before or f"{_HEAD.format(day=long_date(today))}\n{lines}{_EDITIONS}"
    for array, record, where in _new(draft, office):
        text += table_text(array, record, where)
    for _, series, where, agenda in draft.series:
        if office is None or office.series_of(series.id) is None:
            text += table_text("series", replace(series, agenda=()), where)
            for item, at in agenda.items():
                text += table_text("series.agenda", replace(item, audience=draft.audience), {"number": at})
    tomllib.loads(text)
    return text


def _new(draft: Draft, office: Office | None) -> Iterator[tuple[str, Record, Mapping[str, str]]]:
    areas = {area_key(name) for area in office.areas for name in area.names} if office else set()
    for area, where in draft.areas.items():
        if area_key(area.name) not in areas and not (office and area.kind is AreaKind.FORCE):
            yield "area", area, {"name": where}
    posts = {name.casefold() for post in office.posts for name in (post.title, post.id, post.abbreviation)} if office else set()
    for post, where in draft.posts.items():
        if posts.isdisjoint((post.title.casefold(), post.abbreviation.casefold())):
            yield "post", post, {"title": where, "side": "by its title"}
    people = {person.name.casefold() for person in office.people} if office else set()
    for person, where in draft.people.items():
        if person.name.casefold() not in people:
            yield "person", person, {"name": where, "from": "as far as the notes show", "to": "as far as the notes show"}
    topics = {name.casefold() for topic in office.topics for name in topic.names} if office else set()
    for topic, where in draft.topics.items():
        if topic.title.casefold() not in topics:
            aliases = tuple(alias for alias in topic.aliases if alias.casefold() not in topics)
            yield "topic", replace(topic, aliases=aliases, audience=draft.audience), {"title": where}
    known = {one.post for one in office.recipients} if office else set()
    for recipient, where in draft.recipients.items():
        if recipient.post not in known:
            yield "recipient", recipient, {"post": where}


def measures_text(measures: Sequence[DraftMeasure], audience: Audience, before: str, today: date) -> str:
    """measures.toml with these measures at its end."""
    text = before or _HEAD.format(day=long_date(today))
    for one in measures:
        peers = (replace(one.new.places[0], peers=True),) if one.peers else ()
        new = replace(one.new, audience=audience, places=(*one.new.places, *peers))
        found = {"title": one.where, "better": "looked over, not read", "peers": "figures of other forces beside your own"}
        text += table_text("measure", new, found)
    tomllib.loads(text)
    return text


def new_measures(measures: Sequence[DraftMeasure], settings: Settings | None) -> tuple[DraftMeasure, ...]:
    """Those whose figures no measure there takes yet, by the sheet, table and label that they stand under; with ids that are free."""
    there = settings.measures if settings is not None else ()
    force = settings.office.force_area.id if settings is not None else FORCE
    known = {(place.file, place.sheet, place.table, place.figure) for one in there for place in one.places}
    titles = {one.title.casefold() for one in there}
    ids = [one.id for one in there]
    found = []
    for one in measures:
        new, place = one.new, one.new.places[0]
        if (place.file, place.sheet, place.table, place.figure) not in known and new.title.casefold() not in titles:
            ids.append(new_id(new.title, ids))
            places = tuple(replace(each, area=force if each.area else "") for each in new.places)
            found.append(replace(one, new=replace(new, id=ids[-1], places=places)))
    return tuple(found)


def with_later_answers(
    office: bytes, measures: bytes, settings: Settings, draft: Draft, given: Mapping[str, str]
) -> tuple[bytes, bytes]:
    """The files of an office that is there, as answers say that are given to it now; what is only added needs no change."""
    office = with_keys(office, "office.toml", {key: given[key] for key in ("name", "force") if key in given})
    if "meets" in given:
        words = rule_of(given["meets"]).words
        office = with_keys(office, "office.toml", {"recurrence": words, "time": None}, "as answered", ("series", 0))
    if "audience" in given:
        who = {"audience": None if not is_wider(draft.audience, Audience.OFFICE) else draft.audience.value}
        topics: list[tuple[str | int, ...]] = [("topic", at) for at in range(len(settings.office.topics))]
        every = enumerate(settings.office.series)
        for table in (*topics, *(("series", at, "agenda", line) for at, one in every for line in range(len(one.agenda)))):
            office = with_keys(office, "office.toml", who, "as answered", table)
        for at in range(len(settings.measures)):
            measures = with_keys(measures, "measures.toml", who, "as answered", ("measure", at))
    ways = {one.new.title: one.new.better.value for one in draft.measures.measures} if "better" in given else {}
    for at, one in enumerate(settings.measures):
        if one.title in ways:
            measures = with_keys(measures, "measures.toml", {"better": ways[one.title]}, "as answered", ("measure", at))
    return office, measures
