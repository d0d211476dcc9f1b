"""Rare events: so many of late, held against all the time before, where a monthly chart would only see noughts and ones.

Given how many there were in all, each falls into the latest span with the chance that its length gives (the conditional test of two
Poisson counts: Przyborowski and Wilenski 1940).
"""

import math
from collections.abc import Sequence

_SPANS = (12, 3, 1)
_BAR = 0.0005


def rare_change(counts: Sequence[float]) -> int:
    """How many of the latest figures hold more, or fewer, than chance brings; 0 where none do. A span needs as long a time before it."""
    total = round(math.fsum(counts))
    found = {
        span: _chance(round(math.fsum(counts[-span:])), total, span / len(counts)) for span in _SPANS if 2 * span <= len(counts)
    }
    likeliest = min(found, key=lambda span: found[span], default=0)
    return likeliest if likeliest and found[likeliest] < _BAR else 0


def _chance(count: int, total: int, share: float) -> float:
    """How likely a count so far from its share is, on either side."""
    chances = [math.comb(total, one) * share**one * (1 - share) ** (total - one) for one in range(total + 1)]
    return 2 * min(math.fsum(chances[: count + 1]), math.fsum(chances[count:]))
