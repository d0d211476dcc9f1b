"""Whether a series follows the seasons, so that a month is better compared with the same month a year before."""

import math
from collections.abc import Sequence
from itertools import pairwise

from reportpack.analyse.xmr import average
from reportpack.model.observation import Observation

SEASONAL = 0.6
_LEAST = 24


def is_seasonal(window: Sequence[Observation]) -> bool:
    """Whether months resemble the same months a year before, once a straight trend is taken out.

    The correlation of each year's months, less that year's own mean, with the next year's is at least 0.6.
    """
    found = [one.value for one in window[len(window) % 12 :]]
    known = [value for value in found if value is not None]
    if len(known) < _LEAST or len(known) < len(found):
        return False
    whole = _without_trend(known)
    years = [whole[index : index + 12] for index in range(0, len(whole), 12)]
    level = [[value - average(year) for value in year] for year in years]
    pairs = [pair for before, after in pairwise(level) for pair in zip(before, after, strict=True)]
    return _correlation(pairs) >= SEASONAL


def _without_trend(values: Sequence[float]) -> list[float]:
    """What is left beside the straight line of least squares; nought where that is no more than binary noise."""
    middle, mean = (len(values) - 1) / 2, average(values)
    slope = math.fsum((place - middle) * (value - mean) for place, value in enumerate(values))
    slope /= math.fsum((place - middle) ** 2 for place in range(len(values)))
    left = [value - mean - slope * (place - middle) for place, value in enumerate(values)]
    noise = 1e-9 * max(abs(value) for value in values)
    return [0.0 if abs(one) <= noise else one for one in left]


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's, of values whose means are nought."""
    across = math.fsum(one * other for one, other in pairs)
    size = math.sqrt(math.fsum(one * one for one, _ in pairs) * math.fsum(other * other for _, other in pairs))
    return across / size if size else 0.0
