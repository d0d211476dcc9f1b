"""Whether other programs draw the same charts of the same figures: controlchartspy and abspc, both on the package registry.

    python -m bench.parity [COUNT [SEED]]

COUNT (200) series of each kind, made by SEED (17): level, with a step, seasonal, with odd months. Averages and limits must agree to nine
places once the constants are the same (the others take 3 / 1.128, Making Data Count 2.66), and so must the marks that both know: abspc keeps
every moving range and takes a run of eight, so that only its lines and the points outside them are compared; controlchartspy's two in three
takes points outside the limits too.
"""

import math
import random
import sys
import warnings
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from reportpack.analyse.intervals import funnel
from reportpack.analyse.xmr import ReferencePoint, xmr
from reportpack.model.measure import Better
from reportpack.model.period import Period

Chance = random.Random
CONSTANT = 3 / 1.128 / 2.66
FIRST = Period.month(2023, 4)
MONTHS = 36
Z = {"95": 1.959963984540054, "99": 3.090232306167814}


def made(count: int, seed: int) -> Iterator[list[float]]:
    """Series of four kinds in turn."""
    chance = Chance(seed)
    for number in range(4 * count):
        values = [chance.gauss(500, 20) for _ in range(MONTHS)]
        match number % 4:
            case 1:
                values = [value + 60 * (month >= 24) for month, value in enumerate(values)]
            case 2:
                values = [value + 80 * math.sin(month * math.pi / 6) for month, value in enumerate(values)]
            case 3:
                values[chance.randrange(MONTHS)] += chance.choice((-1, 1)) * 300
        yield values


def ours(values: Sequence[float], *, screen: bool) -> Sequence[ReferencePoint]:
    """The chart of this program."""
    days = [FIRST.shifted(month).start for month in range(len(values))]
    return xmr(values, days, Better.HIGHER, screen_outliers=screen).points


def lines_of(point: ReferencePoint) -> tuple[float, ...]:
    """Average, limits and near limits, with the others' constant in place of 2.66."""
    mean = point.lines.mean or 0.0
    ends = (point.lines.lpl, point.lines.upl, point.lines.nlpl, point.lines.nupl)
    return (mean, *(mean + CONSTANT * ((end or 0.0) - mean) for end in ends))


def control_charts(values: Sequence[float]) -> Iterator[str]:
    """What differs from controlchartspy's individuals chart, with the rules that spc.md names."""
    from controlchartspy import spc

    days: list[date] = [FIRST.shifted(month).start for month in range(len(values))]
    rules = {"astronomical": True, "shift": True, "shift_n": 7, "trend": True, "trend_n": 7}
    chart = spc({"month": days, "y": list(values)}, "month", "y", return_objs="limits", outlier_settings=rules)
    rows: list[dict[str, Any]] = chart.limits
    for mine, theirs in zip(ours(values, screen=True), rows, strict=True):
        yield from _apart(lines_of(mine), [theirs[name] for name in ("target", "ll99", "ul99", "ll95", "ul95")], "lines")
        flags = mine.flags
        for name, flag in (("astpoint", flags.outside), ("shift", flags.shift), ("trend", flags.trend)):
            if (theirs[name] != "none") != bool(flag) and not _on_the_line(mine):
                yield name


def abs_charts(values: Sequence[float]) -> Iterator[str]:
    """What differs from abspc's XmR chart."""
    import pandas as pd
    from abspc.spc import calculate_control_limits, detect_special_causes

    frame = detect_special_causes(calculate_control_limits(pd.DataFrame({"value": list(values)}), "XmR"))
    for mine, theirs in zip(ours(values, screen=False), frame.to_dict("records"), strict=True):
        yield from _apart(lines_of(mine), [theirs[name] for name in ("mean", "lcl", "ucl", "lwl", "uwl")], "lines")
        if bool(theirs["rule1"]) != bool(mine.flags.outside) and not _on_the_line(mine):
            yield "outside"


def funnels(count: int, seed: int) -> Iterator[str]:
    """What differs from controlchartspy's funnel of proportions, around the same centre."""
    from controlchartspy import funnel as peer

    chance = Chance(seed)
    for _ in range(count):
        asked = [chance.randint(40, 900) for _ in range(8)]
        yes = [sum(chance.random() < 0.8 for _ in range(one)) for one in asked]
        names = [f"area {number}" for number in range(8)]
        chart = peer({"a": names, "n": yes, "d": asked}, "a", "n", "d", return_objs="limits")
        for row in chart.limits:
            for name, z in Z.items():
                low, high = funnel(sum(yes) / sum(asked), row["denominator"], z)
                yield from _apart((100 * low, 100 * high), (row[f"ll{name}"], row[f"ul{name}"]), f"funnel {name}")


def _apart(mine: Sequence[float], theirs: Sequence[float], what: str, within: float = 1e-9) -> Iterator[str]:
    if any(abs(one - other) > within * max(1, abs(other)) for one, other in zip(mine, theirs, strict=True)):
        yield what


def _on_the_line(point: ReferencePoint) -> bool:
    """Whether the two constants alone could put a point on different sides of a limit."""
    mean, *ends = lines_of(point)
    width = max(abs(end - mean) for end in ends)
    limits = (point.lines.lpl, point.lines.upl)
    return any(abs(point.value - (end or 0.0)) < 0.001 * width for end in limits)


def main(count: int, seed: int) -> int:
    """Print how many of the series are alike; 1 where any is not."""
    warnings.simplefilter("ignore")
    wrong = 0
    for name, draw in (("controlchartspy, individuals", control_charts), ("abspc, XmR", abs_charts)):
        found = [difference for values in made(count, seed) for difference in sorted(set(draw(values)))]
        wrong += len(found)
        print(f"  {name:32} {4 * count:5,} series, {len(found):4} differences {sorted(set(found))}")
    found = list(funnels(count, seed))
    print(f"  {'controlchartspy, funnel':32} {8 * count:5,} areas, {len(found):5} differences {sorted(set(found))}")
    return int(wrong + len(found) > 0)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*given, *(200, 17)[len(given) :]))
