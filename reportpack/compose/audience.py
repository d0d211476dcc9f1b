"""Who may read what: everything beyond an edition's audience is taken out before a sentence is composed, and what was taken out is said.

An item is never read more widely than its topic, and one marked in no way is the office's.
"""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, Protocol, TypeVar, cast

from reportpack.model.agenda_view import ActionView, AgendaView, ForwardEntry, ItemView, MatterView, TopicView
from reportpack.model.audience import Audience
from reportpack.model.commitment import Commitment
from reportpack.model.finding import Findings, MeasureFinding
from reportpack.model.measure import Measure, Rebase
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.pack import Withheld
from reportpack.model.register import Register
from reportpack.records import dataclass

REASON = {
    Audience.OFFICE: "For the office only.",
    Audience.FORCE: "For the force and the office; not for publication.",
    Audience.PUBLIC: "Not in this edition.",
}
UNTITLED = "Item withheld"


class _HasAudience(Protocol):
    @property
    def audience(self) -> Audience: ...


_Item = TypeVar("_Item", bound=_HasAudience)


@dataclass(frozen=True, slots=True)
class Restricted:
    """What an edition is composed from: the view and the findings without what its readers may not see, and what that was."""

    view: AgendaView
    findings: Findings
    withheld: tuple[Withheld, ...]


def restrict(view: AgendaView, findings: Findings, edition: Audience, office: Office) -> Restricted:
    """Take out what this edition may not carry."""
    topics = {one.id: one.audience for one in (*office.topics, *(one.topic for one in view.topics))}
    hidden_topics = frozenset(topic for topic, audience in topics.items() if not edition.may_read(audience))
    measures = tuple(one.measure for one in findings.measures)
    hidden_measures = frozenset(one.id for one in measures if not edition.may_read(one.audience) or one.topic in hidden_topics)
    sieve = _Sieve(edition, hidden_topics, hidden_measures)
    withholding = _Withholding(sieve, office, topics, {one.id: one.audience for one in measures})
    return Restricted(sieve.view(view), sieve.findings(findings), tuple(withholding.entries(view, measures)))


@dataclass(frozen=True, slots=True)
class _Sieve:
    """What one edition lets through."""

    edition: Audience
    hidden_topics: frozenset[str]
    hidden_measures: frozenset[str]

    def allows(self, item: _HasAudience, topic: str = "") -> bool:
        return self.edition.may_read(item.audience) and topic not in self.hidden_topics

    def keep(self, items: Iterable[_Item]) -> tuple[_Item, ...]:
        """Of items that know their own topic, if they have one."""
        return tuple(one for one in items if self.allows(one, getattr(one, "topic", "")))

    def view(self, view: AgendaView) -> AgendaView:
        """Every corner of the view."""
        return replace(
            view,
            meeting=self.meeting(view.meeting),
            items=tuple(self.item(one) for one in view.items),
            topics=tuple(self.topic(one) for one in view.topics if self.allows(one.topic)),
            matters=self.matters(view.matters),
            actions=self.actions(view.actions),
            commitments=self.commitments(view.commitments),
            forward=tuple(self.forward(one) for one in view.forward),
            settled=self.keep(view.settled),
            unplaced_papers=self.keep(view.unplaced_papers),
            unplaced_statements=self.keep(view.unplaced_statements),
            unplaced_questions=self.keep(view.unplaced_questions),
            unplaced_measures=tuple(one for one in view.unplaced_measures if one not in self.hidden_measures),
            register=Register(),
        )

    def meeting(self, meeting: Meeting) -> Meeting:
        agenda = tuple(
            one if self.allows(one) else replace(one, title=one.public_title or UNTITLED, topic="", lead="")
            for one in meeting.agenda
        )
        return replace(meeting, agenda=agenda, papers=self.keep(meeting.papers))

    def item(self, view: ItemView) -> ItemView:
        """An agenda line that may not be read keeps its number, its public title and nothing else."""
        if not self.allows(view.item):
            return ItemView(replace(view.item, title=view.item.public_title or UNTITLED, topic="", lead=""))
        return replace(
            view,
            papers=self.keep(view.papers),
            topics=tuple(one for one in view.topics if one not in self.hidden_topics),
            matters=self.matters(view.matters),
            statements=self.keep(view.statements),
            questions=self.keep(view.questions),
        )

    def topic(self, view: TopicView) -> TopicView:
        item = view.item if view.item is not None and self.allows(view.item) else None
        return replace(
            view,
            item=item,
            measures=tuple(one for one in view.measures if one not in self.hidden_measures),
            matters=self.matters(view.matters),
            actions=self.actions(view.actions),
            commitments=self.commitments(view.commitments),
            statements=self.keep(view.statements),
            questions=self.keep(view.questions),
            past_questions=self.keep(view.past_questions),
        )

    def matters(self, views: Iterable[MatterView]) -> tuple[MatterView, ...]:
        return tuple(self.matter(one) for one in views if self.allows(one.matter, one.topic))

    def matter(self, view: MatterView) -> MatterView:
        measures = tuple(one for one in view.measures if one not in self.hidden_measures)
        return replace(view, actions=self.keep(view.actions), measures=measures)

    def actions(self, views: Iterable[ActionView]) -> tuple[ActionView, ...]:
        return tuple(one for one in views if self.allows_action(one))

    def allows_action(self, view: ActionView) -> bool:
        return self.allows(view.action, view.topic)

    def commitments(self, items: Iterable[Commitment]) -> tuple[Commitment, ...]:
        """A commitment on a measure is read no more widely than the measure."""
        return tuple(one for one in self.keep(items) if one.measure not in self.hidden_measures)

    def forward(self, entry: ForwardEntry) -> ForwardEntry:
        return replace(
            entry,
            matters=self.matters(entry.matters),
            actions=self.actions(entry.actions),
            commitments=self.commitments(entry.commitments),
        )

    def findings(self, findings: Findings) -> Findings:
        measures = tuple(self.finding(one) for one in findings.measures if one.measure.id not in self.hidden_measures)
        allowed = frozenset(id(one) for one in self.commitments(finding.commitment for finding in findings.commitments))
        return replace(
            findings, measures=measures, commitments=tuple(one for one in findings.commitments if id(one.commitment) in allowed)
        )

    def finding(self, finding: MeasureFinding) -> MeasureFinding:
        """A measure's findings with the notes that may be read; where its average starts anew stays, and why only for those who may know."""
        finding = replace(finding, measure=replace(finding.measure, notes=self.keep(finding.measure.notes)))
        if all(self.edition.may_read(one.audience) for one in finding.measure.rebases):
            return finding
        return cast("MeasureFinding", self.without_reasons(finding))

    def without_reasons(self, value: Any) -> Any:
        """The same value with nothing but the day of each new baseline whose reason may not be read."""
        if isinstance(value, Rebase):
            return value if self.edition.may_read(value.audience) else Rebase(value.day, "", audience=value.audience)
        if isinstance(value, tuple):
            changed = tuple(self.without_reasons(one) for one in value)
            return value if all(map(is_, changed, value)) else changed
        if not is_dataclass(value) or isinstance(value, type | Observation):
            return value
        fresh = {one.name: self.without_reasons(getattr(value, one.name)) for one in fields(value)}
        return value if all(fresh[name] is getattr(value, name) for name in fresh) else replace(value, **fresh)


@dataclass(frozen=True, slots=True)
class _Withholding:
    """Says what was taken out and can be named by its reference: never its words."""

    sieve: _Sieve
    office: Office
    topics: dict[str, Audience]
    measures: dict[str, Audience]

    def entries(self, view: AgendaView, measures: Iterable[Measure]) -> Iterable[Withheld]:
        for item in view.items:
            yield from self.entry("Agenda", item.item.number, item.item.public_title, item.item.audience)
            for paper in item.papers:
                yield from self.entry("Papers", item.item.number, "", paper.audience, item.item.audience)
        for matter in view.matters:
            one = matter.matter
            yield from self.entry("Outstanding matters", one.ref, one.public_title, one.audience, self.of_topic(matter.topic))
        for action in view.actions:
            act = action.action
            yield from self.entry("Open actions", act.ref, act.public_title, act.audience, self.of_topic(action.topic))
        for said in view.commitments:
            measured = self.measures.get(said.measure, said.audience)
            yield from self.entry("Commitments", said.ref, "", said.audience, self.of_topic(said.topic), measured)
        for measure in measures:
            yield from self.entry("Measures", "", "", measure.audience, self.of_topic(measure.topic))

    def of_topic(self, topic: str) -> Audience:
        return self.topics.get(topic, Audience.PUBLIC)

    def entry(self, section: str, ref: str, title: str, *audiences: Audience) -> Iterable[Withheld]:
        """Nothing for what the narrowest of these audiences may still show here."""
        narrowest = min(audiences, key=lambda one: one.width)
        if not self.sieve.edition.may_read(narrowest):
            yield Withheld(section, ref, title or UNTITLED, reason_for(narrowest, self.office))


def reason_for(audience: Audience, office: Office) -> str:
    """The office's own words for why items of that audience are left out, else the program's."""
    return next((one.reason for one in office.withholdings if one.audience is audience), REASON[audience])
