"""What says who may read an item: itself, its topic, its measure, the line of the agenda that it is for. Each is asked for here only."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from reportpack.model.edition import Audience, Claim, Ruling, resolve
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting, Paper
from reportpack.model.office import AgendaItem, Office, Topic
from reportpack.records import dataclass


class HasAudience(Protocol):
    """An item of any kind."""

    @property
    def audience(self) -> Audience: ...  # noqa: D102 - what it says


@dataclass(frozen=True, slots=True)
class Claims:
    """Topics and measures by their ids, lines of the agenda by their numbers."""

    office: Office
    topics: Mapping[str, Topic]
    measures: Mapping[str, Measure]
    agenda: Mapping[str, AgendaItem]

    def rule(self, edition: Audience, item: HasAudience, topic: str = "") -> Ruling:
        """Whether the edition carries the item; `topic` is the one that it was placed at, where it names none itself."""
        return resolve(edition, self.of(item, topic or getattr(item, "topic", "")))

    def of(self, item: HasAudience, topic: str = "") -> tuple[Claim, ...]:
        """Every claim on the item, its own first."""
        if isinstance(item, AgendaItem | Topic):
            return (self._own(item),)
        found = [self._own(item)]
        if isinstance(item, Paper) and item.item in self.agenda:
            line = self.agenda[item.item]
            found.append(self._claim(f"item {line.number} of the agenda, for which it is", line, _place_of(line)))
        measure = self.measures.get(getattr(item, "measure", ""))
        if measure is not None:
            found.append(self._claim(f'its measure, "{measure.title}",', measure, measure.source.where))
        for one in dict.fromkeys((topic, measure.topic if measure is not None else "")):
            found += [self._of_topic(self.topics[one])] if one in self.topics else []
        return tuple(found)

    def _own(self, item: HasAudience) -> Claim:
        source = getattr(item, "source", None)
        return self._claim("it", item, source.where if source is not None else _place_of(item))

    def _of_topic(self, topic: Topic) -> Claim:
        return self._claim(f'its topic, "{topic.title}",', topic, _place_of(topic))

    def _claim(self, what: str, item: HasAudience, where: str) -> Claim:
        return Claim(what, item.audience, where, self.office.reason(getattr(item, "withheld", "")))


def claims_for(
    office: Office, meeting: Meeting | None = None, measures: Iterable[Measure] = (), topics: Iterable[Topic] = ()
) -> Claims:
    """What speaks at that meeting; `topics` as they were placed on its agenda, else as the office has them."""
    return Claims(
        office,
        {one.id: one for one in (*office.topics, *topics)},
        {one.id: one for one in measures},
        {one.number: one for one in (meeting.agenda if meeting is not None else ())},
    )


def _place_of(item: object) -> str:
    """The setting of what knows no place of its own."""
    if isinstance(item, Topic):
        return f'office.toml, the topic "{item.id}"'
    if isinstance(item, AgendaItem):
        return f"the agenda of the series in office.toml, or of the meeting, item {item.number}"
    return ""
