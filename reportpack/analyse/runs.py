"""The latest points of a chart: how long a signal has lasted. A gap ends every run."""

from collections.abc import Sequence
from itertools import pairwise

from reportpack.model.finding import Variation, XmrPoint


def run_length(points: Sequence[XmrPoint], variation: Variation | None) -> int:
    """How many of the latest points make the signal that the last one is in."""
    last = points[-1]
    if variation in (None, Variation.COMMON) or last.value is None or last.mean is None:
        return 0
    if last.cause in ("Above UCL", "Below LCL"):
        return 1
    if last.cause.startswith("2 in 3"):
        return 3
    if "Trend" in last.cause:
        return _trailing_steps(points)
    return _one_side(points)


def _trailing_steps(points: Sequence[XmrPoint]) -> int:
    """How many of the latest points of the last group rise, or fall, without a break."""
    values = _unbroken(points)
    steps = [(after > before) - (after < before) for before, after in pairwise(values)]
    count = 0
    for step in reversed(steps):
        if step == 0 or step != steps[-1]:
            break
        count += 1
    return count + 1


def _one_side(points: Sequence[XmrPoint]) -> int:
    """How many of the latest points of the last group lie on one side of its average without a break."""
    last = points[-1]
    mean = last.mean
    if mean is None or last.value is None or last.value == mean:
        return 0
    count = 0
    for value in reversed(_unbroken(points)):
        if value == mean or (value > mean) != (last.value > mean):
            break
        count += 1
    return count


def _unbroken(points: Sequence[XmrPoint]) -> list[float]:
    """The latest values of the last group back to the newest gap."""
    values: list[float] = []
    for point in reversed(points):
        if point.value is None or point.group != points[-1].group:
            break
        values.append(point.value)
    return values[::-1]
