"""How often a pack says that something changed where nothing did, and how soon it finds what did, on figures made by chance.

    python -m bench.findings [COUNT [SEED]]

Each series goes through `analyse`, as a pack's figures do, and what its headline says is looked at. COUNT (2,000) series of each kind,
made by SEED (17); shifts are looked for in a quarter as many, at each of the four months after they came. Beside it, the marks of the plain chart.
"""

import math
import random
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from reportpack.analyse.findings import analyse
from reportpack.compose.finding_words import headline
from reportpack.model.finding import MeasureFinding, Variation
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import Area, AreaKind, Office
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register import Register

MEASURES = 14
LAST = Period.month(2026, 4)
DAY = date(2026, 5, 26)
FORCE = Office("o", "o", "Force", (Area("force", "Force", kind=AreaKind.FORCE),), (), (), (), (), ())
CLAIMS = ("better: ", "worse: ", "changed: ", "outlier", "keep missing", "keep meeting")
Chance = random.Random
Figures = Sequence[tuple[float, float | None, float | None]]


def plain(count: int, chance: Chance, habit: float = 0.0) -> Figures:
    """Normal figures around 500; with a habit each follows the one before."""
    value, made = chance.gauss(0, 1), []
    for _ in range(count):
        made.append((500 + 20 * value, None, None))
        value = habit * value + math.sqrt(1 - habit * habit) * chance.gauss(0, 1)
    return made


def seasonal(count: int, chance: Chance, rise: float = 1.0, lately: int = 0, level: float = 400.0) -> Figures:
    """Counts around a level that follows the seasons by 35%, with the chance of counts, risen for the latest months."""
    phase, made = chance.random() * 12, []
    for month in range(count):
        mean = level * (1 + 0.35 * math.sin(2 * math.pi * (month + phase) / 12)) * (rise if month >= count - lately else 1)
        made.append((float(max(round(chance.gauss(mean, math.sqrt(mean))), 1)), None, None))
    return made


def sampled(count: int, varying: bool, chance: Chance) -> Figures:
    """Percentages of samples of 40 to 900: one size for all months, or another each month."""
    share, size = chance.uniform(0.4, 0.9), chance.randint(40, 900)
    made = []
    for _ in range(count):
        asked = chance.randint(40, 900) if varying else size
        yes = sum(chance.random() < share for _ in range(asked))
        made.append((100 * yes / asked, float(yes), float(asked)))
    return made


def found_in(figures: Figures, unit: Unit) -> MeasureFinding:
    """The finding of these months, the last of them April 2026."""
    measure = Measure("m", "Measure", unit=unit, better=Better.LOWER, places=(), decimals=1)
    first = LAST.shifted(1 - len(figures))
    rows = [
        Observation("m", "force", first.shifted(place), value, Status.NUMBER, Source("made.xlsx", cell=f"B{place}"), top, base)
        for place, (value, top, base) in enumerate(figures)
    ]
    return analyse(rows, (measure,), FORCE, Register(), DAY, DAY).measures[0]


def claims(finding: MeasureFinding) -> bool:
    """Whether the headline says that something changed."""
    words = headline(finding, FORCE).text.lower()
    return any(claim in words for claim in CLAIMS)


def stable(kind: str, make: Callable[[Chance], Figures], unit: Unit, count: int, seed: int) -> None:
    """Print how many of the series carry a claim, and what that is for a pack of fourteen."""
    chance, false, silent = Chance(seed), 0, 0
    for _ in range(count):
        finding = found_in(make(chance), unit)
        false += claims(finding)
        silent += finding.xmr is None or (finding.xmr.variation is None and bool(finding.xmr.reason))
    packs = 1 - (1 - false / count) ** MEASURES
    print(
        f"  {kind:44} {1000 * false / count:6.1f} in 1,000 {100 * packs:6.1f}% of packs {100 * silent / count:5.1f}% not judged"
    )


def shifted(kind: str, make: Callable[[Chance, int], Figures], unit: Unit, count: int, seed: int) -> None:
    """Print in how many series a shift was told within four months, and at the fourth."""
    told = fourth = 0
    for number in range(count):
        seen = [
            found.variation not in (None, Variation.COMMON)
            for months in (1, 2, 3, 4)
            if (found := found_in(make(Chance(number + 1_000_000 * seed), months), unit).xmr) is not None
        ]
        told, fourth = told + any(seen), fourth + seen[-1]
    print(f"  {kind:44} {100 * told / count:5.0f}% within four months {100 * fourth / count:5.0f}% at the fourth")


def moved(count: int, chance: Chance, lately: int) -> Figures:
    """Independent figures, 2.5 standard deviations up for the latest months; each month adds one at the end."""
    made = plain(count - 4 + lately, chance)
    return [(value + 50 if place >= len(made) - lately else value, top, base) for place, (value, top, base) in enumerate(made)]


def risen(count: int, chance: Chance, lately: int) -> Figures:
    """Seasonal counts that rose by a quarter."""
    return seasonal(count, chance, 1.25, lately)


def main(count: int, seed: int) -> None:
    """Print a line for each kind of series."""
    print(f"series without any change, {count:,} of each: false claims")
    for months in (36, 60):
        stable(f"independent, {months} months", partial(plain, months), Unit.UNKNOWN, count, seed)
        stable(f"autocorrelation 0.6, {months} months", partial(plain, months, habit=0.6), Unit.UNKNOWN, count, seed)
        stable(f"seasons of 35% at 400, {months} months", partial(seasonal, months), Unit.COUNT, count, seed)
    stable("samples of one size, 40 to 900", partial(sampled, 36, False), Unit.PER_CENT, count, seed)
    stable("samples of 40 to 900, another each month", partial(sampled, 36, True), Unit.PER_CENT, count, seed)
    print(f"series with a change, {count // 4:,} of each: found")
    for months in (40, 60):
        shifted(f"2.5 standard deviations, {months} months", partial(moved, months), Unit.UNKNOWN, count // 4, seed)
        shifted(f"25% of a seasonal count of 400, {months} months", partial(risen, months), Unit.COUNT, count // 4, seed)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*given, *(2000, 17)[len(given) :])
