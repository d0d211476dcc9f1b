"""What the files say of an office, put together; what no file says is asked on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time

from reportpack.errors import InputError
from reportpack.model.edition import Audience
from reportpack.model.measure import Better
from reportpack.model.recurrence import Recurrence
from reportpack.records import dataclass
from reportpack.run.first_day.agendas import (
    AgendaLine,
    DraftSeries,
    DraftTopic,
    agenda_of,
    catch_all,
    is_of_body,
    series_of,
    topics_of,
)
from reportpack.run.first_day.found import FileReading
from reportpack.run.first_day.measures import Drafted, DraftMeasure, draft_measures
from reportpack.run.first_day.people import DraftPost, Holder, post_of, posts_and_people
from reportpack.run.first_day.places import Place, force_among, force_named, joined, places_of, same_places
from reportpack.run.first_day.questions import Answers, is_yes, pairs
from reportpack.run.first_day.rhythm import rhythm_of
from reportpack.settings.recurrence import read_recurrence
from reportpack.toml.text import WrongValueError

_STANDING = ("Matters brought forward", "Holding to account", "Any other business", "Next meeting")


@dataclass(frozen=True, slots=True)
class SeriesSays:
    """A series as it will stand in office.toml: what its notes say, and where."""

    series: DraftSeries
    rule: str
    rule_where: str
    start: time | None
    venue: str
    chair: str
    note_taker: str
    expected: tuple[str, ...]
    agenda: tuple[AgendaLine, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that is to be written; `others` are files of another body's meetings, each with that body's meeting."""

    name: str
    name_where: str
    force: str
    force_where: str
    places: tuple[Place, ...]
    posts: tuple[DraftPost, ...]
    people: tuple[Holder, ...]
    topics: tuple[DraftTopic, ...]
    series: tuple[SeriesSays, ...]
    measures: Drafted
    audience: Audience
    recipients: tuple[tuple[str, str, str], ...]
    others: Mapping[str, str]


def draft_office(readings: Mapping[str, FileReading], books: Mapping[str, tuple[str, FileReading]], answers: Answers) -> Draft:
    """From every file by its name; `books` are the workbooks by the name that they will have."""
    force, force_where = force_named(readings)
    if not force:
        among = force_among(readings)
        force = answers.of("force", "Which force do you hold to account?", f"{among} Police" if among else "The force")
        force_where = "as answered"
    name, name_where = _office_named(readings)
    if not name:
        name = answers.of(
            "name", "What is your office called?", f"Office of the Police and Crime Commissioner for {_bare(force)}"
        )
        name_where = "as answered"
    own, others = _own_series(series_of(readings), answers)
    topics = topics_of(own)
    posts, people = posts_and_people([one for each in own for one in each.notes])
    says = tuple(_says(each, topics, posts, people, answers if not place else None) for place, each in enumerate(own))
    places = _places(readings, force, answers)
    rest = catch_all(topics, own)
    drafted = draft_measures(books, places, topics, ())
    topics = (*topics, *([rest] if rest not in topics and any(not one.new.topic for one in drafted.measures) else []))
    measures = tuple(_with_topic(one, rest.id) for one in drafted.measures)
    measures = _better(_whole(measures, answers), answers)
    says = tuple(replace(one, agenda=_with_topics(one.agenda, topics)) for one in says)
    audience = _audience(answers) if measures else Audience.OFFICE
    recipients = _recipients(posts, answers)
    drafted = Drafted(measures, drafted.counts)
    return Draft(name, name_where, force, force_where, places, posts, people, topics, says, drafted, audience, recipients, others)


def _office_named(readings: Mapping[str, FileReading]) -> tuple[str, str]:
    """The longest name of an office, which is the whole one, and where it stands first."""
    found = [(body.name, f"{file}, {body.where}") for file, one in readings.items() for body in one.bodies if body.of_office]
    office = [one for one in found if one[0].startswith("Office")]
    return max(
        office or [(f"Office of the {name}", where) for name, where in found if "Panel" not in name],
        key=lambda one: len(one[0]),
        default=("", ""),
    )


def _bare(force: str) -> str:
    return force.removesuffix(" Police").removesuffix(" Constabulary")


def _own_series(found: Sequence[DraftSeries], answers: Answers) -> tuple[tuple[DraftSeries, ...], dict[str, str]]:
    """The series of this office, and the files of others: told by who was there, else asked."""
    own = list(found[:1]) or [DraftSeries("meeting", "Meeting", ())]
    others: list[DraftSeries] = []
    unsure: list[DraftSeries] = []
    for one in found[1:]:
        told = is_of_body(one, found[0])
        (unsure if told is None else own if told else others).append(one)
    if unsure:
        titles = "; ".join(one.title for one in unsure)
        said = answers.of("bodies", f"Which of these are meetings of your office too? {titles}", "none of them").casefold()
        for one in unsure:
            (own if one.title.casefold() in said or said.strip() == "all" else others).append(one)
    return tuple(own), {file: one.title for one in others for file, _ in one.files}


def _says(
    one: DraftSeries, topics: Sequence[DraftTopic], posts: Sequence[DraftPost], people: Sequence[Holder], answers: Answers | None
) -> SeriesSays:
    """The latest notes say how it is; only of the first series is it asked when it meets."""
    latest = [reading for _, reading in one.files]
    start = next((reading.start for reading in reversed(latest) if reading.start is not None), None)
    rhythm = rhythm_of(one.days, start)
    rule, where = rhythm.words, f"the dates of {len(one.days)} notes"
    if not rhythm.shown and answers is not None:
        rule, where = _rule(answers, rhythm.words), "as answered"
    elif not rhythm.shown:
        rule, where = "", ""
    notes = [reading for _, reading in one.notes[-3:]]
    there = [post_of(person.name, posts, people) for reading in notes for person in reading.people]
    chair = next((post for reading in reversed(latest) if (post := post_of(reading.chair, posts, people))), "")
    taker = next((post for reading in reversed(latest) if (post := post_of(reading.note_taker, posts, people))), "")
    venue = next((reading.venue for reading in reversed(latest) if reading.venue), "")
    expected = tuple(dict.fromkeys(filter(None, there)))
    return SeriesSays(
        one,
        rule,
        where,
        start,
        venue,
        chair,
        taker,
        expected,
        agenda_of(one, topics),
        one.files[-1][0] if one.files else "no notes",
    )


def _rule(answers: Answers, likely: str) -> str:
    said = answers.of("meets", 'When do you meet? In words, such as "last Tuesday of the month at 10:00"', likely)
    try:
        rule: Recurrence = read_recurrence(said)
    except WrongValueError as fault:
        raise InputError(f'"{said}" does not say when you meet.', str(fault)) from fault
    return rule.words or said


def _places(readings: Mapping[str, FileReading], force: str, answers: Answers) -> tuple[Place, ...]:
    places = places_of(readings, force)
    same = same_places(places, readings)
    if not same:
        return places
    asked = "; ".join(f"{few} = {many}" for few, many in same)
    said = answers.of("places", f"Are these the same place, spelt two ways? {asked}", "yes")
    return joined(places, same if is_yes(said) else [(few, many) for few, many in same if few.casefold() in said.casefold()])


def _with_topic(one: DraftMeasure, rest: str) -> DraftMeasure:
    return one if one.new.topic else replace(one, new=replace(one.new, topic=rest))


def _whole(measures: Sequence[DraftMeasure], answers: Answers) -> tuple[DraftMeasure, ...]:
    """What names no place is of the whole force only where a person says so."""
    placeless = [one for one in measures if one.placeless]
    if not placeless:
        return tuple(measures)
    titles = "; ".join(one.new.title for one in placeless)
    said = answers.of("whole", f"Nothing says for which area these figures are. Are they for the whole force? {titles}", "yes")
    kept = placeless if is_yes(said) else [one for one in placeless if one.new.title.casefold() in said.casefold()]
    return tuple(one for one in measures if not one.placeless or one in kept)


def _better(measures: Sequence[DraftMeasure], answers: Answers) -> tuple[DraftMeasure, ...]:
    """Which way each should move: a suggestion by its words, which a person looks over once."""
    if not measures:
        return ()
    ways = {way: [one.new.title for one in measures if one.new.better is way] for way in Better}
    likely = "; ".join(f"{way.value}: {', '.join(titles)}" for way, titles in ways.items() if titles)
    said = answers.of("better", "Which way is better? Name what is wrong, such as: neither: Recorded crime", likely)
    given = [(Better(way.casefold()), f", {titles.casefold()},") for way, titles in pairs(said) if way.casefold() in list(Better)]
    return tuple(replace(one, new=replace(one.new, better=_way(one, given))) for one in measures)


def _way(one: DraftMeasure, given: Sequence[tuple[Better, str]]) -> Better:
    title = f", {one.new.title.casefold()},"
    return next((way for way, titles in given if title in titles), one.new.better)


def _audience(answers: Answers) -> Audience:
    text = "Who may read the figures and the agenda, beside the office? Answer office (nobody else), force or public"
    said = answers.of("audience", text, Audience.OFFICE.value).strip().casefold()
    if said not in list(Audience):
        raise InputError(f'"{said}" is nobody who could read it.', f"Answer {', '.join(Audience)}.")
    return Audience(said)


def _recipients(posts: Sequence[DraftPost], answers: Answers) -> tuple[tuple[str, str, str], ...]:
    """Post, address and edition of everybody who is sent the pack."""
    if not posts:
        return ()
    names = ", ".join(post.short for post in posts[:8])
    example = f"{posts[0].short} name@office.example office"
    said = answers.of(
        "recipients", f"Who is sent the pack, where, and in which edition? Such as: {example}; ... ({names})", "nobody yet"
    )
    found = []
    for part in said.split(";"):
        words = part.split()
        post = next((one for one in posts if words and words[0].casefold() in (one.short.casefold(), one.id)), None)
        address = next((word for word in words if "@" in word), "")
        if post is not None and address:
            edition = next((word for word in map(str.casefold, words) if word in list(Audience)), post.side.value)
            found.append((post.id, address, edition))
    return tuple(found)


def _with_topics(agenda: Sequence[AgendaLine], topics: Sequence[DraftTopic]) -> tuple[AgendaLine, ...]:
    """Lines that name a topic have it; without any agenda one is made of the topics, under the words that every meeting has."""
    ids = {topic.title: topic.id for topic in topics}
    if agenda:
        return tuple(replace(line, topic=line.topic or ids.get(line.title, "")) for line in agenda)
    first, second, *rest = _STANDING
    where = "no notes have an agenda: the lines of any meeting"
    lines = [AgendaLine("1", first, "", where), AgendaLine("2", second, "", where)]
    lines += [AgendaLine(f"2.{number}", topic.title, topic.id, topic.where) for number, topic in enumerate(topics, 1)]
    return (*lines, *(AgendaLine(str(number), title, "", where) for number, title in enumerate(rest, 3)))
