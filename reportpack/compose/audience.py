"""Who may read what: everything beyond an edition's audience is taken out before a sentence is composed, and what was taken out is said.

An item is never read more widely than its topic, and one marked in no way is the office's. Small cells are hidden, and for the public files have published names."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from operator import is_
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, cast

from reportpack.model.agenda_view import ActionView, AgendaView, ForwardEntry, ItemView, MatterView, TopicView
from reportpack.model.citing import public_words
from reportpack.model.document import Head
from reportpack.model.edition import UNTITLED, Audience, Claim, Part, Ruling, as_read, may_read, resolve, shows
from reportpack.model.finding import AreaFinding, CommitmentFinding, Findings, MeasureFinding, Standing, Verdict, Xmr, XmrPoint
from reportpack.model.measure import Measure, Rebase
from reportpack.model.meeting import Meeting, Paper
from reportpack.model.observation import Observation, Status
from reportpack.model.office import AgendaItem, Office, Topic
from reportpack.model.pack import SourceEntry, Withheld, find_values
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register import reference_order
from reportpack.records import Record

SIGN = "[c]"
UNPUBLISHED = "Figures supplied to the office, not published elsewhere"
_Value = TypeVar("_Value")


def remade(value: _Value, change: Callable[[Any], Any]) -> _Value:
    """The value with what `change` gives in the place of anything inside it; None looks further inside. What stays as it was is not copied."""
    changed: Any = change(value)
    if changed is not None or not (isinstance(value, tuple) or is_dataclass(value)) or isinstance(value, type):
        return value if changed is None else cast("_Value", changed)
    if isinstance(value, tuple):
        fresh = tuple(remade(one, change) for one in value)
        return value if all(map(is_, fresh, value)) else cast("_Value", fresh)
    named = {one.name: remade(getattr(value, one.name), change) for one in fields(value)}
    return value if all(named[name] is getattr(value, name) for name in named) else cast("_Value", replace(value, **named))


def as_cited(document: _Value) -> _Value:
    """The document with the references that its readers may have: the office's own, or the public's, by which nobody can count."""
    return cite(document, document.edition, document.citing) if isinstance(document, Head) else document


def cite(value: _Value, edition: Audience, citing: tuple[tuple[str, str], ...]) -> _Value:
    """The same for anything that goes to that edition's readers."""
    if shows(edition, Part.REFERENCES) or not citing:
        return value
    words = public_words(citing)
    return remade(value, lambda one: words(one) if type(one) is str else None)


def hide_small_cells(findings: Findings) -> Findings:
    """The findings as an edition that hides small cells may know them."""
    hidden = {(one.measure.id, cell.area, cell.period) for one in findings.measures for cell in one.small_cells}
    if not hidden:
        return findings

    def hide(one: Any) -> Any:
        point = one if isinstance(one, XmrPoint) else None
        figure = point.observation if point is not None else one
        if not isinstance(figure, Observation):
            return None
        if all((each.measure, each.area, each.period) not in hidden for each in (figure, *figure.parts)):
            return one
        figure = replace(figure, value=None, status=Status.SUPPRESSED, numerator=None, denominator=None, raw=SIGN)
        return replace(point, observation=figure, value=None, point_type=None) if point is not None else figure

    lines = {(measure, area) for measure, area, _ in hidden}

    def apart(one: MeasureFinding) -> MeasureFinding:
        """What a difference is made up of says what its parts came to."""
        return replace(
            one, drivers=tuple(each for each in one.drivers if lines.isdisjoint((of.measure, of.area) for of in each.parts))
        )

    return replace(
        findings,
        measures=tuple(_hide_in_measure(one, hide) if one.small_cells else apart(one) for one in findings.measures),
        commitments=tuple(_hide_in_commitment(one, hidden) for one in findings.commitments),
    )


def _hide_in_measure(finding: MeasureFinding, hide: Callable[[Any], Any]) -> MeasureFinding:
    """A force whose own figure is hidden somewhere keeps nothing that was worked out with it: an average, a year's sum, a verdict."""
    areas = tuple(_hide_in_area(one, hide) for one in finding.areas)
    if any(one.latest is not None and one.latest.status is Status.SUPPRESSED for one in areas):
        # The rest of the force, without the one that is odd, tells the others' figure.
        areas = tuple(replace(one, rest=None) for one in areas)
    force, xmr = remade(finding.force, hide), finding.xmr
    if force != finding.force:
        if xmr is not None:
            bare = tuple(replace(one, mean=None, lower=None, upper=None, point_type=None) for one in xmr.points)
            xmr = replace(Xmr(bare, None, None, "small-cells"), target=xmr.target)
        nothing: dict[str, Any] = {"gap": None, "rank": None, "peers": None, "track": None, "exception": 0.0}
        finding = replace(finding, comparisons=(), news=(), enquiries=(), **nothing)
    return replace(
        finding,
        force=force,
        xmr=remade(xmr, hide),
        areas=areas,
        above=None if any(one.latest is not None and one.latest.status is Status.SUPPRESSED for one in areas) else finding.above,
        enquiries=tuple(one for one in finding.enquiries if not one.area),
        drivers=(),
    )


def _hide_in_area(finding: AreaFinding, hide: Callable[[Any], Any]) -> AreaFinding:
    """An area with a hidden cell keeps nothing from which the cell could be worked out: no verdict, no comparison."""
    series = remade(finding.series, hide)
    if series == finding.series:
        return finding
    latest = series.at(finding.latest.period) if finding.latest else None
    finding = replace(finding, series=series, xmr=None, latest=latest, change=None)
    if latest is not None and latest.status is Status.NUMBER:
        return finding
    nothing: dict[str, Any] = {"amount": None, "low": None, "high": None}
    return replace(finding, standing=Standing.NOT_JUDGED, standing_reason="small-base", **nothing)


def _hide_in_commitment(finding: CommitmentFinding, hidden: Set[tuple[str, str, Period]]) -> CommitmentFinding:
    """A promise that rests on a hidden cell anywhere, or began from one, keeps no number and no verdict."""
    test, measure = finding.commitment.test, finding.commitment.measure
    spans = [one for each in (finding, *finding.failing) for one in (each.period, each.baseline_period) if one is not None]
    own = {one.area for one in finding.observations} if test is None or not test.areas else set()
    small = [period for of, area, period in hidden if of == measure and (area in own or not own)]
    if not any(span.start <= one.start and one.end <= span.end for one in small for span in spans):
        return finding
    return CommitmentFinding(finding.commitment, Verdict.NOT_YET, "small-cells", finding.period, None, None, ())


def number_sources(value: object) -> tuple[SourceEntry, ...]:
    """One entry for each sheet of each file that a number in `value` rests on."""
    entries: dict[tuple[str, str, str], SourceEntry] = {}
    for source in find_values(value, Source):
        key = (source.file, source.sheet, source.sha256)
        if key not in entries:
            entries[key] = SourceEntry(f"s{len(entries) + 1}", *key, source.as_at)
    return tuple(entries.values())


def publish_sources(value: _Value, findings: Findings) -> _Value:
    """The same value with published sources' names for files, sheets and cells."""
    titles: dict[tuple[str, str], str] = {}
    for finding in findings.measures:
        title = finding.measure.source_title or UNPUBLISHED
        titles |= {
            (source.file, source.sheet): title
            for series in (finding.force, *(area.series for area in finding.areas), finding.peers)
            for source in find_values(series, Source)
        }

    def publish(one: Any) -> Any:
        if isinstance(one, Source):
            return Source(titles.get((one.file, one.sheet), UNPUBLISHED))
        return tuple(dict.fromkeys(map(publish, one))) if isinstance(one, tuple) and one and isinstance(one[0], Source) else None

    return remade(value, publish)


class HasAudience(Protocol):
    """An item of any kind."""

    @property
    def audience(self) -> Audience: ...  # noqa: D102 - what it says


class Claims(Record):
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
            spoken = self.topics.get(one)
            found += [self._claim(f'its topic, "{spoken.title}",', spoken, _place_of(spoken))] if spoken is not None else []
        return tuple(found)

    def _own(self, item: HasAudience) -> Claim:
        source = getattr(item, "source", None)
        return self._claim("it", item, source.where if source is not None else _place_of(item))

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
    if isinstance(item, Topic):
        return f'office.toml, the topic "{item.id}"'
    if isinstance(item, AgendaItem):
        return f"the agenda of the series in office.toml, or of the meeting, item {item.number}"
    return ""


_Item = TypeVar("_Item", bound=HasAudience)
_Entry = tuple[str, str, HasAudience, Ruling]
_VIEWS = (AgendaView, ItemView, TopicView, MatterView, ActionView, ForwardEntry, Meeting)
"""What holds items of several audiences."""
NOTHING: Mapping[str, HasAudience] = MappingProxyType({})


class Restricted(Record):
    """What an edition is composed from: the view and the findings without what its readers may not see, and what that was."""

    view: AgendaView
    findings: Findings
    withheld: tuple[Withheld, ...]


def restrict(
    view: AgendaView, findings: Findings, edition: Audience, office: Office, listed: str = "", *, by_name: bool = False
) -> Restricted:
    """Take out what this edition may not carry. Of the measures that are left out, those of the topic `listed` are said, or all; `by_name`
    what was taken out has its own name, for the office's eyes."""
    measures = tuple(one.measure for one in findings.measures)
    claims = claims_for(office, view.meeting, measures, (one.topic for one in view.topics))
    sieve = _Sieve(edition, claims)
    said = (one for one in measures if listed in ("", one.topic))
    return Restricted(
        cast("AgendaView", sieve.sifted(view)), sieve.findings(findings), tuple(sieve.told(view, said, by_name=by_name))
    )


class _Sieve(Record):
    """What one edition lets through, and what it says of the rest."""

    edition: Audience
    claims: Claims

    def allows(self, item: HasAudience, topic: str = "") -> bool:
        return self.claims.rule(self.edition, item, topic).shown

    def keep(self, items: Iterable[_Item]) -> tuple[_Item, ...]:
        """Of items that know their own topic, if they have one."""
        return tuple(as_read(self.edition, one) for one in items if self.allows(one))

    def sifted(self, value: Any, known: Mapping[str, HasAudience] = NOTHING) -> Any:
        """A view without the items that may not be read, wherever they stand in it, each record with the fields that its readers may have.

        A string is the id of something `known`. An agenda line that may not be read stays, with its number and public title alone.
        """
        if isinstance(value, tuple):
            return tuple(self.sifted(one) for one in value if self.lets(one, known))
        if isinstance(value, ItemView) and not self.allows(value.item):
            return ItemView(self.withheld(value.item))
        if isinstance(value, AgendaItem) and not self.allows(value):
            return self.withheld(value)
        if isinstance(value, TopicView) and value.item is not None and not self.allows(value.item):
            return self.sifted(replace(value, item=None))
        if isinstance(value, _VIEWS):
            measures: Mapping[str, HasAudience] = self.claims.measures
            ids = {"measures": measures, "topics": self.claims.topics}
            kept: Any = as_read(self.edition, value)
            return replace(
                kept, **{one.name: self.sifted(getattr(kept, one.name), ids.get(one.name, NOTHING)) for one in fields(kept)}
            )
        return as_read(self.edition, value) if hasattr(value, "audience") else value

    def lets(self, one: Any, known: Mapping[str, HasAudience]) -> bool:
        """Whether something in a view stays there."""
        match one:
            case MatterView():
                return self.allows(one.matter, one.topic)
            case ActionView():
                return self.allows(one.action, one.topic)
            case TopicView():
                return self.allows(one.topic)
            case str():
                return one not in known or self.allows(known[one])
            case _:
                return isinstance(one, AgendaItem) or not hasattr(one, "audience") or self.allows(one)

    def withheld(self, item: AgendaItem) -> AgendaItem:
        """Its number, its public title and nothing else."""
        return AgendaItem(item.number, item.public_title or UNTITLED, audience=item.audience, withheld=item.withheld)

    def findings(self, findings: Findings) -> Findings:
        measures = tuple(self.finding(one) for one in findings.measures if self.allows(one.measure))
        kept = (one for one in findings.commitments if self.allows(one.commitment))
        commitments = tuple(replace(one, commitment=as_read(self.edition, one.commitment)) for one in kept)
        return replace(findings, measures=measures, commitments=commitments)

    def finding(self, finding: MeasureFinding) -> MeasureFinding:
        """A measure's findings with the notes that may be read; where its average starts anew stays, and why only for those who may know."""
        measure = as_read(self.edition, finding.measure)
        drivers = (one for one in finding.drivers if all(self.lets(part.measure, self.claims.measures) for part in one.parts))
        finding = replace(finding, measure=replace(measure, notes=self.keep(measure.notes)), drivers=tuple(drivers))
        if may_read(self.edition, *(one.audience for one in measure.rebases)):
            return finding
        return remade(finding, self.without_reason)

    def without_reason(self, one: Any) -> Any:
        """Of a new baseline whose reason may not be read, nothing but the day; figures hold none."""
        if isinstance(one, Rebase) and not may_read(self.edition, one.audience):
            return Rebase(one.day, "", audience=one.audience)
        return one if isinstance(one, Rebase | Observation) else None

    def told(self, view: AgendaView, measures: Iterable[Measure], *, by_name: bool) -> Iterator[Withheld]:
        """What was taken out, never its words, and its reference only where the edition's readers are told of it.

        In the order of the references, which tells nothing of days. What may not be named is told together, without a number.
        """
        together: dict[tuple[str, str], Withheld] = {}
        for section, ref, item, ruling in sorted(
            self.entries(view, measures), key=lambda one: (list(_NOUNS).index(one[0]), reference_order(one[1]))
        ):
            title = getattr(item, "public_title", "")
            seen = ruling.reason and section in _SEEN
            if by_name:
                yield Withheld(section, ref, getattr(item, "title", "") or getattr(item, "words", ""), ruling.reason)
            elif ref and (title or seen or shows(self.edition, Part.REFERENCES)):
                yield Withheld(section, ref, title or UNTITLED, ruling.reason)
            else:
                words = f"Some {_NOUNS[section]} are not in this edition"
                together[section, ruling.reason] = Withheld(section, "", words, ruling.reason)
        yield from together.values()

    def entries(self, view: AgendaView, measures: Iterable[Measure]) -> Iterator[_Entry]:
        """Section, reference, item and ruling of each thing that is left out."""
        for item in view.items:
            yield from self.entry("Agenda", item.item.number, item.item)
            for paper in item.papers:
                yield from self.entry("Papers", item.item.number, paper)
        for matter in view.matters:
            yield from self.entry("Outstanding matters", matter.matter.ref, matter.matter, matter.topic)
        for section, owed in (*(("Open actions", one) for one in view.actions), *(("Risks", one) for one in view.risks)):
            yield from self.entry(section, owed.action.ref, owed.action, owed.topic)
        for said in view.commitments:
            yield from self.entry("Commitments", said.ref, said)
        for measure in measures:
            yield from self.entry("Measures", "", measure)

    def entry(self, section: str, ref: str, item: HasAudience, topic: str = "") -> Iterator[_Entry]:
        ruling = self.claims.rule(self.edition, item, topic)
        if not ruling.shown:
            yield section, ref, item, ruling


_SEEN = ("Agenda", "Papers")  # which everybody sees are there; how many rows of the register have a reason is nobody's business
_NOUNS = {
    "Agenda": "lines of the agenda",
    "Papers": "papers",
    "Outstanding matters": "matters",
    "Open actions": "actions",
    "Risks": "risks",
    "Commitments": "commitments",
    "Measures": "measures",
}
