"""Who may read what: everything beyond an edition's audience is taken out before a sentence is composed, and what was taken out is said.

An item is never read more widely than its topic, and one marked in no way is the office's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, TypeVar, cast

from reportpack.compose.claims import Claims, HasAudience, claims_for
from reportpack.model.agenda_view import ActionView, AgendaView, ForwardEntry, ItemView, MatterView, TopicView
from reportpack.model.audience import Audience
from reportpack.model.commitment import Commitment
from reportpack.model.edition import UNTITLED, Part, Ruling, as_read, may_read, shows
from reportpack.model.finding import Findings, MeasureFinding
from reportpack.model.measure import Measure, Rebase
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.office import AgendaItem, Office
from reportpack.model.pack import Withheld
from reportpack.model.register import reference_order
from reportpack.records import dataclass

_Item = TypeVar("_Item", bound=HasAudience)
_Entry = tuple[str, str, str, Ruling]


@dataclass(frozen=True, slots=True)
class Restricted:
    """What an edition is composed from: the view and the findings without what its readers may not see, and what that was."""

    view: AgendaView
    findings: Findings
    withheld: tuple[Withheld, ...]


def restrict(view: AgendaView, findings: Findings, edition: Audience, office: Office, listed: str = "") -> Restricted:
    """Take out what this edition may not carry. Of the measures that are left out, those of the topic `listed` are said, or all."""
    measures = tuple(one.measure for one in findings.measures)
    claims = claims_for(office, view.meeting, measures, (one.topic for one in view.topics))
    sieve = _Sieve(edition, claims)
    said = (one for one in measures if listed in ("", one.topic))
    return Restricted(sieve.view(view), sieve.findings(findings), tuple(_Withholding(edition, claims).told(view, said)))


@dataclass(frozen=True, slots=True)
class _Sieve:
    """What one edition lets through."""

    edition: Audience
    claims: Claims

    def allows(self, item: HasAudience, topic: str = "") -> bool:
        return self.claims.rule(self.edition, item, topic).shown

    def allows_topic(self, topic: str) -> bool:
        found = self.claims.topics.get(topic)
        return found is None or self.allows(found)

    def allows_measure(self, measure: str) -> bool:
        found = self.claims.measures.get(measure)
        return found is None or self.allows(found)

    def keep(self, items: Iterable[_Item]) -> tuple[_Item, ...]:
        """Of items that know their own topic, if they have one."""
        return tuple(as_read(self.edition, one) for one in items if self.allows(one))

    def view(self, view: AgendaView) -> AgendaView:
        """Every corner of the view."""
        return replace(
            as_read(self.edition, view),
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
            unplaced_measures=tuple(one for one in view.unplaced_measures if self.allows_measure(one)),
        )

    def meeting(self, meeting: Meeting) -> Meeting:
        agenda = tuple(as_read(self.edition, one) if self.allows(one) else self.withheld(one) for one in meeting.agenda)
        return replace(as_read(self.edition, meeting), agenda=agenda, papers=self.keep(meeting.papers))

    def withheld(self, item: AgendaItem) -> AgendaItem:
        """Its number, its public title and nothing else."""
        return AgendaItem(item.number, item.public_title or UNTITLED, audience=item.audience, withheld=item.withheld)

    def item(self, view: ItemView) -> ItemView:
        """An agenda line that may not be read keeps its number, its public title and nothing else."""
        if not self.allows(view.item):
            return ItemView(self.withheld(view.item))
        return replace(
            as_read(self.edition, view),
            item=as_read(self.edition, view.item),
            papers=self.keep(view.papers),
            topics=tuple(one for one in view.topics if self.allows_topic(one)),
            matters=self.matters(view.matters),
            statements=self.keep(view.statements),
            questions=self.keep(view.questions),
        )

    def topic(self, view: TopicView) -> TopicView:
        item = as_read(self.edition, view.item) if view.item is not None and self.allows(view.item) else None
        return replace(
            as_read(self.edition, view),
            topic=as_read(self.edition, view.topic),
            item=item,
            measures=tuple(one for one in view.measures if self.allows_measure(one)),
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
        measures = tuple(one for one in view.measures if self.allows_measure(one))
        matter = as_read(self.edition, view.matter)
        return replace(as_read(self.edition, view), matter=matter, actions=self.keep(view.actions), measures=measures)

    def actions(self, views: Iterable[ActionView]) -> tuple[ActionView, ...]:
        return tuple(
            replace(as_read(self.edition, one), action=as_read(self.edition, one.action))
            for one in views
            if self.allows(one.action, one.topic)
        )

    def commitments(self, items: Iterable[Commitment]) -> tuple[Commitment, ...]:
        """A commitment on a measure is read no more widely than the measure."""
        return self.keep(items)

    def forward(self, entry: ForwardEntry) -> ForwardEntry:
        return replace(
            as_read(self.edition, entry),
            matters=self.matters(entry.matters),
            actions=self.actions(entry.actions),
            commitments=self.commitments(entry.commitments),
        )

    def findings(self, findings: Findings) -> Findings:
        measures = tuple(self.finding(one) for one in findings.measures if self.allows(one.measure))
        commitments = tuple(
            replace(one, commitment=as_read(self.edition, one.commitment))
            for one in findings.commitments
            if self.allows(one.commitment)
        )
        return replace(findings, measures=measures, commitments=commitments)

    def finding(self, finding: MeasureFinding) -> MeasureFinding:
        """A measure's findings with the notes that may be read; where its average starts anew stays, and why only for those who may know."""
        measure = as_read(self.edition, finding.measure)
        drivers = (one for one in finding.drivers if all(self.allows_measure(part.measure) for part in one.parts))
        finding = replace(finding, measure=replace(measure, notes=self.keep(measure.notes)), drivers=tuple(drivers))
        if may_read(self.edition, *(one.audience for one in measure.rebases)):
            return finding
        return cast("MeasureFinding", self.without_reasons(finding))

    def without_reasons(self, value: Any) -> Any:
        """The same value with nothing but the day of each new baseline whose reason may not be read."""
        if isinstance(value, Rebase):
            return value if may_read(self.edition, value.audience) else Rebase(value.day, "", audience=value.audience)
        if isinstance(value, tuple):
            changed = tuple(self.without_reasons(one) for one in value)
            return value if all(map(is_, changed, value)) else changed
        if not is_dataclass(value) or isinstance(value, type | Observation):
            return value
        fresh = {one.name: self.without_reasons(getattr(value, one.name)) for one in fields(value)}
        return value if all(fresh[name] is getattr(value, name) for name in fresh) else replace(value, **fresh)


@dataclass(frozen=True, slots=True)
class _Withholding:
    """Says what was taken out: never its words, and its reference only where the edition's readers are told of it."""

    edition: Audience
    claims: Claims

    def told(self, view: AgendaView, measures: Iterable[Measure]) -> Iterator[Withheld]:
        """In the order of the references, which tells nothing of days. What may not be named is told together, without a number."""
        together: dict[tuple[str, str], Withheld] = {}
        for section, ref, title, ruling in sorted(self.entries(view, measures), key=_place):
            if ref and (title or ruling.reason or shows(self.edition, Part.REFERENCES)):
                yield Withheld(section, ref, title or UNTITLED, ruling.reason)
            else:
                words = f"Some {_NOUNS[section]} are not in this edition"
                together[section, ruling.reason] = Withheld(section, "", words, ruling.reason)
        yield from together.values()

    def entries(self, view: AgendaView, measures: Iterable[Measure]) -> Iterator[_Entry]:
        """Section, reference, public title and ruling of each thing that is left out."""
        for item in view.items:
            yield from self.entry("Agenda", item.item.number, item.item)
            for paper in item.papers:
                yield from self.entry("Papers", item.item.number, paper)
        for matter in view.matters:
            yield from self.entry("Outstanding matters", matter.matter.ref, matter.matter, matter.topic)
        for action in view.actions:
            yield from self.entry("Open actions", action.action.ref, action.action, action.topic)
        for said in view.commitments:
            yield from self.entry("Commitments", said.ref, said)
        for measure in measures:
            yield from self.entry("Measures", "", measure)

    def entry(self, section: str, ref: str, item: HasAudience, topic: str = "") -> Iterator[_Entry]:
        ruling = self.claims.rule(self.edition, item, topic)
        if not ruling.shown:
            yield section, ref, getattr(item, "public_title", ""), ruling


_NOUNS = {
    "Agenda": "lines of the agenda",
    "Papers": "papers",
    "Outstanding matters": "matters",
    "Open actions": "actions",
    "Commitments": "commitments",
    "Measures": "measures",
}


def _place(entry: _Entry) -> tuple[int, tuple[int, int, int]]:
    section, ref, _, _ = entry
    return (list(_NOUNS).index(section), reference_order(ref))
