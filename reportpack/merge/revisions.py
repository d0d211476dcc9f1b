"""Figures that were printed before with another value."""

from collections.abc import Sequence

from reportpack.model.judgement import Revision
from reportpack.model.observation import Observation, Status


def find_revisions(
    before: Sequence[Observation], now: Sequence[Observation], since: str = "the last pack"
) -> tuple[Revision, ...]:
    """Each measure, area and period that had a number in the earlier pack and has another now, in the order of `now`."""
    earlier = {(one.measure, one.area, one.period): one for one in before if one.status is Status.NUMBER}
    pairs = ((earlier.get((one.measure, one.area, one.period)), one) for one in now if one.status is Status.NUMBER)
    return tuple(Revision(then, one, since) for then, one in pairs if then is not None and _differ(then, one))


def _differ(before: Observation, now: Observation) -> bool:
    """A spreadsheet's last binary digit is no revision."""
    if before.value is None or now.value is None:
        return before.value != now.value
    return abs(before.value - now.value) > 1e-9 * max(1.0, abs(before.value), abs(now.value))
