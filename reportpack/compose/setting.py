"""What every section is composed in: whose pack it is, for which meeting, as at which day, and where each thing has its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from reportpack.compose.audience import HasAudience, claims_for
from reportpack.compose.names import People, readiness_words
from reportpack.model.agenda_view import AgendaView
from reportpack.model.edition import Audience, Part, Ruling, may_read, shows
from reportpack.model.finding import Findings
from reportpack.model.judgement import Revision, Told
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.pack import ActionLine, CommitmentEntry, Link, MatterEntry, RowWords
from reportpack.model.period import Period
from reportpack.model.register_columns import Column
from reportpack.model.words import Sentence
from reportpack.records import dataclass

_Entry = TypeVar("_Entry", ActionLine, CommitmentEntry, MatterEntry)


@dataclass(frozen=True, slots=True)
class Setting:
    """`view` and `findings` are already restricted to the edition."""

    office: Office
    edition: Audience
    view: AgendaView
    findings: Findings
    on: date
    people: People
    revised: frozenset[tuple[str, str, Period]] = frozenset()
    released: frozenset[tuple[str, str]] = frozenset()
    """What a person has let this edition's readers read of what is the office's: the page that it stands on, and the words."""

    revisions: tuple[Revision, ...] = ()
    """The figures that differ from the last pack's, with what it said; `revised` are the same by measure, area and period."""

    told: tuple[Told, ...] = ()
    """What the edition's readers were told before."""
    had: Mapping[str, tuple[Observation, ...]] = MappingProxyType({})
    """The figures of earlier meetings' own packs, by meeting."""

    def is_revised(self, observation: Observation | None) -> bool:
        """Whether this figure differs from the last pack's."""
        return observation is not None and (observation.measure, observation.area, observation.period) in self.revised

    @property
    def for_office(self) -> bool:
        """Whether office-only parts (lines of enquiry, the running sheet, problems) belong in."""
        return shows(self.edition, Part.WORKINGS)

    def rule(self, item: HasAudience) -> Ruling:
        """Whether the edition carries the item, and what its readers are told where it does not."""
        return claims_for(self.office, self.view.meeting).rule(self.edition, item)

    @property
    def hides_small(self) -> bool:
        """Whether small cells are hidden in this edition."""
        return self.office.edition(self.edition).hide_small

    def topic_link(self, topic_id: str) -> Link | None:
        """Where a topic is treated: its own page when it is on the agenda, else only its title."""
        topic = self.view.topic(topic_id)
        if topic is None:
            return None
        if topic.item is None:
            return Link(topic.topic.title)
        return Link(f"{topic.item.number} {topic.topic.title}", topic_id_of(topic_id))

    def printed_beside(self, printed: Iterable[tuple[Column, str]]) -> tuple[RowWords, ...]:
        """What else a row of the register says, by heading, as far as this edition prints it."""
        return tuple(
            RowWords(one.heading, words) for one, words in printed if one.prints_to and may_read(self.edition, one.prints_to)
        )

    def readiness(self, awaits: Sequence[Period], measures: Sequence[str]) -> Sentence:
        """Whether the figures that a condition waits for are in, by those of these measures that this edition has."""
        found = (self.findings.of(one) for one in measures)
        return readiness_words(awaits, [(one.measure, one.awaited) for one in found if one is not None], self.on)

    def measure_target(self, measure_id: str) -> str:
        """The anchor of a measure's part of a topic page; empty when no topic on the agenda has it."""
        on_agenda = any(measure_id in topic.measures and topic.item is not None for topic in self.view.topics)
        return measure_id_of(measure_id) if on_agenda else ""


def topic_id_of(topic: str) -> str:
    """The anchor of a topic's page."""
    return anchor("topic", topic)


def measure_id_of(measure: str) -> str:
    """The anchor of a measure on its topic's page."""
    return anchor("measure", measure)


def distinct_ids(entries: Iterable[_Entry]) -> tuple[_Entry, ...]:
    """The same entries, each with an anchor of its own: two rows of a register may bear one reference."""
    seen: dict[str, int] = {}
    distinct: list[_Entry] = []
    for entry in entries:
        seen[entry.id] = seen.get(entry.id, 0) + 1
        distinct.append(entry if seen[entry.id] == 1 else replace(entry, id=f"{entry.id}-again-{seen[entry.id]}"))
    return tuple(distinct)


def anchor(kind: str, name: str) -> str:
    """`action-17-2019`: letters, digits and dashes only, and never very long."""
    return f"{kind}-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name[:60])
