"""How pressing a measure is, so that the summary shows exceptions first. docs/numbers.md prints this order.

The heaviest thing counts whole, the others a hundredth: two faults outrank one of the same weight, never one of more.
"""

from collections.abc import Sequence
from dataclasses import replace

from reportpack.analyse.verdict import SMALL_BASE
from reportpack.model.finding import (
    ATTENTION,
    AreaFinding,
    Assurance,
    CommitmentFinding,
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
from reportpack.model.observation import Unit

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
    """How large and how sure the last signal is, and whether it is new."""
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
    latest = finding.force.latest
    if latest is None or finding.measure.unit is not Unit.PER_CENT or latest.denominator is None:
        return False
    return latest.denominator < SMALL_BASE


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
    return (*found, *(News(Newness.ENDED, one) for one in before if not any(_same(one, other) for other in now.signals)))


def _same(one: Signal, other: Signal) -> bool:
    return one.is_high == other.is_high and abs((one.first.start - other.first.start).days) <= _SAME_SIGNAL
