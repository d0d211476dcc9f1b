"""How pressing a measure is, so that the summary shows exceptions first (docs/numbers.md prints this order), and what to ask of it.

The heaviest thing counts whole, the others a hundredth: two faults outrank one of the same weight, never one of more. Lines of enquiry
are two to four questions for each exception, from the templates of spc.md section 4.4; one whose facts are not there is not asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.analyse.commitments import raised_on
from reportpack.analyse.comparisons import has_under
from reportpack.analyse.verdict import SMALL_BASE
from reportpack.model.action import Action
from reportpack.model.finding import (
    ATTENTION,
    AreaFinding,
    Assurance,
    CommitmentFinding,
    Enquiry,
    EnquiryKind,
    MeasureFinding,
    Newness,
    News,
    Pressing,
    Signal,
    Standing,
    Variation,
    Verdict,
    Xmr,
)
from reportpack.model.measure import Better
from reportpack.model.observation import Observation, Unit, cells_of

WEIGHTS = {
    Pressing.WORSE: 60.0,
    Pressing.OUT_OF_REACH: 50.0,
    Pressing.PROMISE: 45.0,
    Pressing.OUTLIER: 40.0,
    Pressing.MISSING: 30.0,
    Pressing.CHANGED: 25.0,
    Pressing.CHANCE: 20.0,
    Pressing.RANK: 18.0,
    Pressing.OFF_TARGET: 15.0,
    Pressing.BETTER: 10.0,
    Pressing.SMALL: 8.0,
}
NEW = 5.0
HARM = 4.0
SIZE = 3.0
SURE = 2.0
_USUAL_HARM = 3
_SUREST = 8.0


def with_exception(finding: MeasureFinding, commitments: Sequence[CommitmentFinding], harm: int) -> MeasureFinding:
    """The finding with how pressing it is and by what; 0 is nothing to see. Harm, size and confidence order what needs attention, no more."""
    kinds = sorted(_kinds(finding, commitments), key=lambda one: -WEIGHTS[one])
    if not kinds:
        return finding
    score = WEIGHTS[kinds[0]] + sum(WEIGHTS[one] for one in kinds[1:]) / 100
    if score >= ATTENTION:
        score = max(score + HARM * (harm - _USUAL_HARM) + _weight_of(finding), ATTENTION)
    return replace(finding, exception=score, pressing=kinds[0])


def _weight_of(finding: MeasureFinding) -> float:
    signal = finding.xmr.signals[-1] if finding.xmr is not None and finding.xmr.signals else None
    if signal is None:
        return 0.0
    size = abs(signal.level - signal.usual) / abs(signal.usual) if signal.usual else 1.0
    is_new = any(one.newness is Newness.BEGAN and one.signal.variation is Variation.CONCERN for one in finding.news)
    return SIZE * min(size, 1.0) + SURE * min(signal.score / _SUREST, 1.0) + (NEW if is_new else 0.0)


def is_worse_side(area: AreaFinding, better: Better) -> bool:
    """Whether an area stands out on the side that is worse; with no better side any does."""
    if not area.stands_out:
        return False
    if better is Better.NEITHER:
        return True
    return area.standing is (Standing.OUTLIER_LOW if better is Better.HIGHER else Standing.OUTLIER_HIGH)


def misses_target(finding: MeasureFinding) -> bool:
    """Whether the latest figure misses the target, or the figures together lag behind theirs, signal or not."""
    if finding.target is None and finding.track is not None:
        return finding.track.met is False
    if finding.gap is None or finding.target is None:
        return False
    if finding.target.up_to is not None:
        return finding.gap != 0
    if finding.measure.better is Better.NEITHER:
        return False
    return finding.gap < 0 if finding.measure.better is Better.HIGHER else finding.gap > 0


def has_small_base(finding: MeasureFinding) -> bool:
    """Whether the latest percentage rests on so few cases that each could be looked at."""
    return has_under(SMALL_BASE, finding.force.latest, finding.measure)


def _kinds(finding: MeasureFinding, commitments: Sequence[CommitmentFinding]) -> list[Pressing]:
    xmr = finding.xmr
    variation, assurance = (xmr.variation, xmr.assurance) if xmr is not None else (None, None)
    misses = misses_target(finding)
    facts = {
        Pressing.WORSE: variation is Variation.CONCERN,
        Pressing.OUT_OF_REACH: assurance is Assurance.FAIL,
        Pressing.PROMISE: any(one.verdict is Verdict.NOT_MET for one in commitments),
        Pressing.OUTLIER: any(is_worse_side(area, finding.measure.better) for area in finding.areas),
        Pressing.MISSING: bool(finding.missing) or not finding.force.numbers,
        Pressing.CHANGED: variation in (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
        Pressing.CHANCE: assurance is Assurance.INCONSISTENT and misses,
        Pressing.RANK: finding.rank is not None and finding.rank.in_bottom_quartile,
        Pressing.OFF_TARGET: assurance is None and misses,
        Pressing.BETTER: variation is Variation.IMPROVEMENT,
        Pressing.SMALL: has_small_base(finding),
    }
    return [kind for kind, holds in facts.items() if holds]


_SAME_SIGNAL = 70
"""Days within which two signals of one direction began for them to be one: a later figure can move the month that fits best."""


def news_of(now: Xmr | None, then: Xmr | None) -> tuple[News, ...]:
    """The signals of both, each with what became of it; none where the last pack, or this one, judged nothing."""
    if now is None or then is None or now.variation is None or then.variation is None:
        return ()
    before = [one for one in then.signals if one.current]
    found = [News(Newness.CONTINUES if any(_same(one, other) for other in before) else Newness.BEGAN, one) for one in now.signals]
    return (
        *found,
        *(News(Newness.ENDED, one) for one in before if not any(_same(one, other) for other in now.signals)),
    )


def _same(one: Signal, other: Signal) -> bool:
    return one.is_high == other.is_high and abs((one.first.start - other.first.start).days) <= _SAME_SIGNAL


LEAST, MOST = 2, 4
LEAST_MONTHS = 3  # How many months of figures after an action its silence means something.
_PAPER = re.compile(r"\b(?:reports?|papers?|briefings?|updates?|reviews?|audits?|notes?|minutes)\b", re.IGNORECASE)


def enquiries(
    finding: MeasureFinding, actions: Sequence[Action], commitments: Sequence[CommitmentFinding]
) -> tuple[Enquiry, ...]:
    """At most four, heaviest first; none for a measure that is no exception."""
    if not finding.exception:
        return ()
    found = [*_signals(finding), *_targets(finding), *_said(commitments), *_plateau(finding, actions), *_beside_others(finding)]
    if finding.missing or not finding.force.numbers:
        late = finding.missing[-1] if finding.missing else None
        found = [Enquiry(EnquiryKind.MISSING, 95, late), Enquiry(EnquiryKind.MEANWHILE, 42, late), *found]
    newest = finding.force.latest.period if finding.force.latest is not None else None
    if len(found) < LEAST and finding.areas:
        found.append(Enquiry(EnquiryKind.AREAS, 25, newest))
    if len(found) < LEAST:
        found.append(Enquiry(EnquiryKind.EXPECT, 20, newest))
    return tuple(sorted(found, key=lambda one: -one.weight)[:MOST])


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
            failed, said, cells = one.failing[-1] if one.failing else one, one.commitment, cells_of(*one.observations)
            found = Enquiry(EnquiryKind.COMMITMENT, 75, failed.period, value=failed.value, of=one.of, sources=cells)
            yield replace(found, action=said.ref, words=said.words, meeting=said.said_at)


def _plateau(finding: MeasureFinding, actions: Sequence[Action]) -> Iterator[Enquiry]:
    """The oldest live action on the topic, where three months or more of figures since show no signal and the target is missed.

    A report that is owed, or late, is no reason for figures to move."""
    xmr, latest = finding.xmr, finding.force.latest
    if xmr is None or xmr.variation is not Variation.COMMON or latest is None or not misses_target(finding):
        return
    owed = [one for one in actions if one.state.is_live and not _PAPER.search(one.title or one.words)]
    raised = [(when, one) for one in owed if (when := raised_on(one.raised)) is not None]
    for when, one in sorted(raised, key=lambda pair: pair[0])[:1]:
        months = sum(figure.period.start > when for figure in finding.force.numbers)
        if months >= LEAST_MONTHS:
            found = replace(_of(EnquiryKind.PLATEAU, 60, latest), months=months, action=one.ref)
            yield replace(found, words=one.title or one.words, meeting=one.raised)


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
