"""Topics under their many names. A name that is only nearly one is asked about, never matched."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from reportpack.model.action import Action
from reportpack.model.commitment import Commitment
from reportpack.model.matter import Matter
from reportpack.model.measure import Measure
from reportpack.model.office import AgendaItem, Office
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.model.statement import Question

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
