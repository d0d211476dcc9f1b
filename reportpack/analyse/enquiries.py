"""Lines of enquiry: two to four questions for each exception, from the templates of spc.md section 4.4, weightiest first.

Every question rests on a figure or on words that were said; one whose facts are not there is not asked.
"""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.analyse.commitments import raised_on
from reportpack.analyse.exceptions import has_small_base, is_worse_side, misses_target
from reportpack.model.action import Action
from reportpack.model.finding import Assurance, CommitmentFinding, Enquiry, EnquiryKind, MeasureFinding, Variation, Verdict
from reportpack.model.measure import Better
from reportpack.model.observation import Observation, Unit, cells_of

LEAST, MOST = 2, 4
LEAST_MONTHS = 3
"""How many months of figures after an action its silence means something."""
_PAPER = re.compile(r"\b(?:reports?|papers?|briefings?|updates?|reviews?|audits?|notes?|minutes)\b", re.IGNORECASE)


def enquiries(
    finding: MeasureFinding, actions: Sequence[Action], commitments: Sequence[CommitmentFinding]
) -> tuple[Enquiry, ...]:
    """At most four, heaviest first; none for a measure that is no exception."""
    if not finding.exception:
        return ()
    found = [*_missing(finding), *_signals(finding), *_targets(finding), *_said(commitments)]
    found += [*_plateau(finding, actions), *_beside_others(finding)]
    newest = finding.force.latest.period if finding.force.latest is not None else None
    if len(found) < LEAST and finding.areas:
        found.append(Enquiry(EnquiryKind.AREAS, 25, newest))
    if len(found) < LEAST:
        found.append(Enquiry(EnquiryKind.EXPECT, 20, newest))
    return tuple(sorted(found, key=lambda one: -one.weight)[:MOST])


def _missing(finding: MeasureFinding) -> Iterator[Enquiry]:
    if finding.missing or not finding.force.numbers:
        newest = finding.missing[-1] if finding.missing else None
        yield Enquiry(EnquiryKind.MISSING, 95, newest)
        yield Enquiry(EnquiryKind.MEANWHILE, 42, newest)


def _signals(finding: MeasureFinding) -> Iterator[Enquiry]:
    xmr = finding.xmr
    if xmr is None or not xmr.signals:
        return
    told, latest = xmr.signals[-1], finding.force.latest
    value = latest.value if latest is not None else None
    if xmr.variation is Variation.IMPROVEMENT:
        yield Enquiry(EnquiryKind.LASTING, 30, told.last, value=value, months=told.months, sources=told.level_sources)
        return
    yield Enquiry(EnquiryKind.SIGNAL, 90, told.first, value=value, months=told.months, sources=told.level_sources)
    if finding.measure.unit in (Unit.COUNT, Unit.RATE) and finding.measure.better is not Better.HIGHER and told.is_high:
        yield Enquiry(EnquiryKind.MORE_OR_RECORDED, 80, told.last, value=value, sources=told.level_sources)


def _targets(finding: MeasureFinding) -> Iterator[Enquiry]:
    latest, assurance = finding.force.latest, finding.xmr.assurance if finding.xmr is not None else None
    if latest is None or finding.target is None:
        return
    if assurance is Assurance.FAIL:
        yield _of(EnquiryKind.CANNOT_REACH, 85, latest)
    elif misses_target(finding):
        if assurance is Assurance.INCONSISTENT:
            yield _of(EnquiryKind.BY_CHANCE, 45, latest)
        if finding.measure.unit is not Unit.RANK:
            yield _of(EnquiryKind.REACH, 35, latest)


def _of(kind: EnquiryKind, weight: float, latest: Observation) -> Enquiry:
    return Enquiry(kind, weight, latest.period, value=latest.value, sources=latest.cells)


def _said(commitments: Sequence[CommitmentFinding]) -> Iterator[Enquiry]:
    for one in commitments:
        if one.verdict is Verdict.NOT_MET:
            failed = one.failing[-1] if one.failing else None
            yield Enquiry(
                EnquiryKind.COMMITMENT,
                75,
                failed.period if failed else one.period,
                value=failed.value if failed else one.value,
                of=one.of,
                action=one.commitment.ref,
                words=one.commitment.words,
                meeting=one.commitment.said_at,
                sources=cells_of(*one.observations),
            )


def _plateau(finding: MeasureFinding, actions: Sequence[Action]) -> Iterator[Enquiry]:
    """The oldest live action on the topic, where three months or more of figures since show no signal and the target is missed.

    A report that is owed, or late, is no reason for figures to move."""
    xmr, latest = finding.xmr, finding.force.latest
    if xmr is None or xmr.variation is not Variation.COMMON or latest is None or not misses_target(finding):
        return
    raised = [
        (when, one)
        for one in actions
        if (when := raised_on(one.raised)) is not None and one.state.is_live and not _PAPER.search(one.title or one.words)
    ]
    for when, action in sorted(raised, key=lambda pair: pair[0])[:1]:
        months = sum(1 for one in finding.force.numbers if one.period.start > when)
        if months >= LEAST_MONTHS:
            words = action.title or action.words
            yield Enquiry(
                EnquiryKind.PLATEAU,
                60,
                latest.period,
                value=latest.value,
                months=months,
                action=action.ref,
                words=words,
                meeting=action.raised,
                sources=latest.cells,
            )


def _beside_others(finding: MeasureFinding) -> Iterator[Enquiry]:
    """Areas that stand out on the worse side, a base so small that every case can be looked at, and a rank below the top quartile."""
    for index, area in enumerate(one for one in finding.areas if is_worse_side(one, finding.measure.better)):
        held = area.held or area.latest
        if held is not None:
            yield Enquiry(EnquiryKind.OUTLIER, 70 - index, held.period, area=area.area, value=held.value, sources=held.cells)
    latest, rank = finding.force.latest, finding.rank
    if latest is not None and has_small_base(finding):
        yield Enquiry(EnquiryKind.SMALL, 55, latest.period, value=latest.denominator, sources=latest.cells)
    if rank is not None and rank.top_quartile_rank and not rank.in_top_quartile:
        yield Enquiry(EnquiryKind.PEERS, 50, rank.period, value=rank.rank, of=rank.of, sources=rank.sources)
