"""Intervals and limits for proportions and counts: Wilson, Newcombe, the funnel, exact Poisson. Proportions are 0 to 1 here.

Sources are named at each; docs/numbers.md repeats them.
"""

import math

Z95 = 1.959963984540054
Z998 = 3.090232306167814
TAIL95 = 0.025
TAIL998 = 0.001


def wilson(numerator: float, denominator: float, z: float = Z95) -> tuple[float, float]:
    """The score interval of a proportion (PHE Technical Guide: Confidence Intervals, 2018, Appendix 3)."""
    share = numerator / denominator
    middle = 2 * numerator + z * z
    spread = z * math.sqrt(z * z + 4 * numerator * (1 - share))
    bottom = 2 * (denominator + z * z)
    return max(0.0, (middle - spread) / bottom), min(1.0, (middle + spread) / bottom)


def newcombe(now: tuple[float, float], then: tuple[float, float], z: float = Z95) -> tuple[float, float]:
    """The interval of a difference of two proportions, from their Wilson intervals (Newcombe 1998, method 10)."""
    first, second = now[0] / now[1], then[0] / then[1]
    low_first, high_first = wilson(*now, z)
    low_second, high_second = wilson(*then, z)
    difference = first - second
    lower = difference - math.hypot(first - low_first, high_second - second)
    upper = difference + math.hypot(high_first - first, second - low_second)
    return lower, upper


def funnel(centre: float, denominator: float, z: float) -> tuple[float, float]:
    """Limits around a proportion for a unit of that size: the arcsine branch of FunnelPlotR (9020d49, calculate_limits.R)."""
    angle = math.asin(math.sqrt(centre))
    width = z / (2 * math.sqrt(denominator))
    low, high = max(0.0, angle - width), min(math.pi / 2, angle + width)
    return math.sin(low) ** 2, math.sin(high) ** 2


def poisson_is_high(count: float, expected: float, tail: float) -> bool:
    """Whether a count is above the funnel's limit, half the chi-squared quantile of 1 - tail with 2(expected + 1) degrees of freedom
    (the ratio branch of FunnelPlotR), and so many or more are also less likely than the tail."""
    if count <= expected:
        return False
    return 1 - gamma_share(expected + 1, count) < tail and gamma_share(count, expected) < tail


def poisson_is_low(count: float, expected: float, tail: float) -> bool:
    """Whether a count is below the funnel's limit, half the chi-squared quantile of tail with 2 expected degrees of freedom, and so
    few or fewer are also less likely than the tail: for small counts the limit alone is too quick."""
    if count >= expected:
        return False
    return gamma_share(expected, count) < tail and 1 - gamma_share(count + 1, expected) < tail


def gamma_share(shape: float, value: float) -> float:
    """The regularised lower incomplete gamma function: half the chi-squared with twice as many degrees of freedom."""
    if value <= 0 or shape <= 0:
        return 0.0 if value <= 0 else 1.0
    if value < shape + 1:
        term = total = 1 / shape  # the power series (Abramowitz and Stegun 6.5.29)
        step = shape
        while abs(term) > abs(total) * 1e-16:
            step += 1
            term *= value / step
            total += term
        return min(1.0, total * math.exp(-value + shape * math.log(value) - math.lgamma(shape)))
    return 1 - _gamma_fraction(shape, value)


def _gamma_fraction(shape: float, value: float) -> float:
    """The upper share by its continued fraction, in Lentz's form (Abramowitz and Stegun 6.5.31)."""
    tiny = 1e-300
    partial = value + 1 - shape
    ratio, inverse = 1 / tiny, 1 / partial
    total = inverse
    for index in range(1, 100_000):
        factor = -index * (index - shape)
        partial += 2
        inverse = 1 / (factor * inverse + partial or tiny)
        ratio = partial + factor / ratio or tiny
        change = inverse * ratio
        total *= change
        if abs(change - 1) < 1e-15:
            break
    return total * math.exp(-value + shape * math.log(value) - math.lgamma(shape))
