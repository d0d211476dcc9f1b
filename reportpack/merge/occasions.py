"""Meetings and topics that people named, bound to those there are. A name that is only nearly a topic is asked about, never matched."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from reportpack.model.action import Action
from reportpack.model.agenda_view import Occasion
from reportpack.model.commitment import Commitment
from reportpack.model.matter import Matter
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.office import AgendaItem, Office
from reportpack.model.period import Period
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.model.statement import Question
from reportpack.records import Record

_ID, _DAY, _MONTH = len("2019-05-28-"), len("2019-05-28"), len("2019-05")


class Calendar(Record):
    """All meetings in the order of time; those called off bind nothing. `main` is the series of what names none."""

    meetings: tuple[Meeting, ...]
    main: str

    def bind(self, named: str, written: str, series: str = "") -> Occasion:
        """A meeting's id, a day or a month, as the occasion it is; `series` is that of who said so."""
        text = written or named
        month = month_of(named)
        if month is None:
            return Occasion(text)
        return Occasion(text, next(self._fitting(named, series), None), month)

    def bind_due(self, named: str, written: str, series: str = "", said_at: Meeting | None = None) -> Occasion:
        """Where what is due there comes back: of a month the first meeting after the one that said so, where there is one; from a meeting
        that was called off it goes on to the next of that series, or waits for it to be set."""
        text = written or named
        month = month_of(named)
        if month is None:
            return Occasion(text)
        fitting = list(self._fitting(named, series))
        later = [one for one in fitting if said_at is None or one.day > said_at.day]
        if later or fitting:
            return Occasion(text, (later or fitting)[0], month)
        off = next(self._fitting(named, series, called_off=True), None)
        held = (one for one in self.meetings if off is not None and one.series == off.series and one.day > off.day)
        return Occasion(text, next((one for one in held if not one.cancelled), None), month)

    def _fitting(self, named: str, series: str, *, called_off: bool = False) -> Iterator[Meeting]:
        """The best meeting first: the day itself, then the month; a meeting that was moved answers to its earlier days too."""
        every = [one for one in self.meetings if one.cancelled is called_off]
        held = [one for one in every if not series or one.series == series]
        if len(named) > _DAY:
            yield from (one for one in every if one.id == named)
            yield from (one for one in every if named in one.also)
            return
        if len(named) == _DAY:
            if not called_off and self._was_called_off(named, series):
                return
            days = [one for one in every if named == one.day.isoformat()]
            days += [one for one in every if one not in days and named in {day.isoformat() for day in one.days}]
            yield from (one for one in days if not series or one.series == series)
            yield from days
            if not named.endswith("-01"):
                return
        month = named[:_MONTH]
        yield from (one for one in held if f"{one.first_day:%Y-%m}" == month)
        yield from (one for one in held if f"{one.day:%Y-%m}" == month != f"{one.first_day:%Y-%m}")

    def _was_called_off(self, named: str, series: str) -> bool:
        """Whether a meeting of that very day was called off, and none was held then: its month's other meetings are not meant."""
        then = [
            one
            for one in self.meetings
            if (not series or one.series == series) and named in {day.isoformat() for day in one.days}
        ]
        return bool(then) and all(one.cancelled for one in then)

    def series_of(self, named: str) -> str:
        """The series of the meeting that was named: of its id, of the only one that met then; empty when that does not tell."""
        if len(named) > _DAY:
            return named[_ID:]
        then = {one.series for one in self._fitting(named, "")} if named else set()
        return then.pop() if len(then) == 1 else ""


def calendar_of(meetings: Sequence[Meeting], main: str) -> Calendar:
    """The meetings in the order of their days."""
    return Calendar(tuple(sorted(meetings, key=lambda one: (one.day, one.id))), main)


def month_of(named: str) -> Period | None:
    """The month of an id, a day or a month; None where the text is none."""
    try:
        return Period.month(int(named[:4]), int(named[5:7])) if len(named) >= _MONTH else None
    except ValueError:
        return None


def is_past(occasion: Occasion, day: date) -> bool:
    """Whether it is over on that day: its meeting's day has passed, or its whole month."""
    return occasion.day is not None and occasion.day < day


OnTopic = TypeVar("OnTopic", Matter, Action, Commitment, Question)


def settle_topics(register: Register, office: Office, measures: Sequence[Measure]) -> tuple[Register, tuple[Problem, ...]]:
    """The register with each topic by its id; a name that is none stays as written, and is said.

    A matter or action without a topic has that of its title, where the title is a topic's name; a commitment that of its measure.
    """
    names = topic_names(office)
    of_measure = {measure.id: measure.topic for measure in measures}
    problems: list[Problem] = []
    settled = Register(
        tuple(_settle(one, names.get(plain_words(one.title), ""), names, office, problems) for one in register.matters),
        tuple(_settle(one, names.get(plain_words(one.title), ""), names, office, problems) for one in register.actions),
        tuple(_settle(one, of_measure.get(one.measure, ""), names, office, problems) for one in register.commitments),
        tuple(_settle(one, "", names, office, problems) for one in register.questions),
        tuple(_settle(one, names.get(plain_words(one.title), ""), names, office, problems) for one in register.risks),
    )
    return settled, tuple(problems)


def topic_names(office: Office) -> dict[str, str]:
    """Every name of every topic, plain, with the topic's id."""
    return {plain_words(name): topic.id for topic in office.topics for name in topic.names}


def agenda_line(topic_id: str, agenda: Sequence[AgendaItem], office: Office) -> AgendaItem | None:
    """The line that the topic is taken at: its own, the deepest of several, else that of the topic it is under."""
    seen: set[str] = set()
    while topic_id and topic_id not in seen:
        lines = [item for item in agenda if item.topic == topic_id]
        if lines:
            return max(lines, key=lambda item: item.depth)
        seen.add(topic_id)
        topic_id = next((topic.under for topic in office.topics if topic.id == topic_id), "")
    return None


def _settle(record: OnTopic, otherwise: str, names: dict[str, str], office: Office, problems: list[Problem]) -> OnTopic:
    if not record.topic:
        return replace(record, topic=otherwise) if otherwise else record
    topic = names.get(plain_words(record.topic))
    if topic is None:
        problems.append(_unknown(record, names, office))
        return record
    return replace(record, topic=topic)


def _unknown(record: OnTopic, names: dict[str, str], office: Office) -> Problem:
    from rapidfuzz import fuzz, process

    near = process.extractOne(plain_words(record.topic), list(names), scorer=fuzz.WRatio)
    remedy = "Use one of the topics in office.toml, or add this one there."
    if near is not None and near[1] >= 75:
        title = next(topic.title for topic in office.topics if topic.id == names[near[0]])
        remedy = f"If {title} is meant, write that, or add this name to the topic's aliases in office.toml."
    return Problem("topic-unknown", record.source, f'No topic is called "{record.topic}".', remedy)


def plain_words(text: str) -> str:
    """How words are compared: lower case, single spaces, no full stop."""
    return " ".join(text.casefold().strip(" .:").split())
