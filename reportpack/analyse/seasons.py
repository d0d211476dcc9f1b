"""Whether a series follows the seasons, so that a month is better compared with the same month a year before."""

import math
from collections.abc import Sequence
from itertools import pairwise

from reportpack.analyse.xmr import average
from reportpack.model.observation import Observation

SEASONAL = 0.6
_LEAST = 24


def is_seasonal(window: Sequence[Observation]) -> bool:
    """Whether months resemble the same months a year before: their correlation, each less its own year's mean, is at least 0.6."""
    values = [one.value for one in window]
    if len(values) < _LEAST:
        return False
    whole = values[len(values) % 12 :]
    years = [whole[index : index + 12] for index in range(0, len(whole), 12)]
    level: list[list[float]] = []
    for year in years:
        known = [value for value in year if value is not None]
        if len(known) < 12:
            return False
        level.append([value - average(known) for value in known])
    pairs = [pair for before, after in pairwise(level) for pair in zip(before, after, strict=True)]
    return _correlation(pairs) >= SEASONAL


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's, of values whose means are nought."""
    across = math.fsum(one * other for one, other in pairs)
    size = math.sqrt(math.fsum(one * one for one, _ in pairs) * math.fsum(other * other for _, other in pairs))
    return across / size if size else 0.0
