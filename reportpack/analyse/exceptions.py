"""How pressing a measure is, so that the summary shows exceptions first. docs/numbers.md prints this order.

The heaviest thing counts whole, the others a hundredth: two faults outrank one of the same weight, never one of more.
"""

from collections.abc import Sequence

from reportpack.analyse.verdict import SMALL_BASE
from reportpack.model.finding import (
    AreaFinding,
    Assurance,
    CommitmentFinding,
    MeasureFinding,
    Standing,
    Variation,
    Verdict,
)
from reportpack.model.measure import Better
from reportpack.model.observation import Unit

CONCERN = 60.0
FAIL = 50.0
MISSED = 45.0
OUTLIER = 40.0
MISSING = 30.0
NEUTRAL = 25.0
CHANCE = 20.0
RANK = 18.0
BELOW = 15.0
IMPROVEMENT = 10.0
SMALL = 8.0
NEW = 5.0


def exception_score(finding: MeasureFinding, commitments: Sequence[CommitmentFinding]) -> float:
    """0 is nothing to see."""
    weights = sorted(_weights(finding, commitments), reverse=True)
    return weights[0] + sum(weights[1:]) / 100 if weights else 0.0


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


def _weights(finding: MeasureFinding, commitments: Sequence[CommitmentFinding]) -> list[float]:
    xmr = finding.xmr
    variation, assurance = (xmr.variation, xmr.assurance) if xmr is not None else (None, None)
    misses = misses_target(finding)
    facts = (
        (CONCERN, variation is Variation.CONCERN),
        (FAIL, assurance is Assurance.FAIL),
        (MISSED, any(one.verdict is Verdict.NOT_MET for one in commitments)),
        (OUTLIER, any(is_worse_side(area, finding.measure.better) for area in finding.areas)),
        (MISSING, bool(finding.missing) or not finding.force.numbers),
        (NEUTRAL, variation in (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW)),
        (CHANCE, assurance is Assurance.INCONSISTENT and misses),
        (RANK, finding.rank is not None and finding.rank.in_bottom_quartile),
        (BELOW, assurance is None and misses),
        (IMPROVEMENT, variation is Variation.IMPROVEMENT),
        (SMALL, has_small_base(finding)),
    )
    return [weight for weight, holds in facts if holds]
