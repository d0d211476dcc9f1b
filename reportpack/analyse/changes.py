"""Where a line of figures changed, and whether chance, the seasons or the line's own habit would do the same.

A step is held against the seasons' own averages (the same months of other years) or one average, by the ratio of likelihoods, and
against a line in which each figure follows the one before (an autoregression of first order): the step must explain it better than
either. Where the size of the samples is known and an older step leaves their own chance and no more, nothing is left that could
follow itself. The bars are set by simulation (bench/findings.py): on figures without any change two or three lines in a thousand pass.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise

from reportpack.analyse.xmr import average
from reportpack.records import Record

LEAST = 13  # Fewer figures bear no verdict.
SEASONS = 12
_BEFORE = 6
_BARS = {1: 3.9, 2: 3.5, 3: 2.95, 4: 2.95, 5: 3.4, 6: 4.3, 7: 4.3, 8: 4.3}
"""Normal scores that a step so many figures ago must pass: lowest where a change should be found soon."""
_OLD = 4.3
_SOON = (3, 4, 5)
_REMEMBERED = (4.0, 2.5)  # What a step that an earlier pack found must still pass: chance alone, and the line's own habit.
_BRIEF = {1: 4.3, 2: 4.0}
_DRIFT = 5.5
_SEASONED = 0.35  # What is added to the bars where seasons are taken out: fewer figures are left to tell chance by.
_SHORT = 30
_LONG = (48, 0.2)  # From so many figures on, more is asked: there are more places for chance to make a step.
_HABITS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_PRIOR, _MORE = 5.5, 0.05
"""How many times likelier it must be that a change came than that the line follows itself, and what is added to the bars beside that."""
_FOLLOWS = 0.2  # The autocorrelation beside a step from which what it leaves may follow itself.
_SEASONAL = 3.1  # The normal score of the test that months differ: passed by chance by one line in a thousand.


class Shape(Enum):
    """How a line changed."""

    STEP = "step"
    BRIEF = "brief"
    DRIFT = "drift"


class Numbers(Record):
    """Figures as the tests take them. `groups` have an average of their own: months, or all 0 where there are no seasons. `chance` is the
    variance that sampling alone gives a figure, 0 where nobody knows."""

    values: Sequence[float]
    groups: Sequence[int]
    chance: float = 0.0

    def at(self, places: Sequence[int]) -> "Numbers":
        """Only the figures at these places."""
        return replace(self, values=[self.values[one] for one in places], groups=[self.groups[one] for one in places])


class Change(Record):
    """A change over the figures `first` to `last` (places in the line), as a difference, and its normal score."""

    shape: Shape
    first: int
    last: int
    size: float
    score: float


class Changes(Record):
    """The changes of a line in order; `habit` where one was dropped because the line follows itself."""

    found: tuple[Change, ...]
    habit: bool = False


class _Line(Record):
    """What is left of the figures beside their group's average; `free` is the number of degrees of freedom beside one change."""

    left: list[float]
    groups: Sequence[int]
    sizes: dict[int, int]
    squares: float
    free: int


def find_changes(numbers: Numbers, *, ended: bool = False) -> Changes:
    """The changes of a line of at least 13 figures. `ended`: figures come after these, so that nothing in it is recent."""
    line, count = _line(numbers), len(numbers.values)
    if line is None:
        return Changes(())
    habit = _habit(line)
    more = 0.2 if count < _SHORT else 0.0
    more += (_SEASONED if len(line.sizes) > 1 else 0.0) + (_LONG[1] if count >= _LONG[0] else 0.0)
    passed = [(one, bar + more) for one, bar in _candidates(line, ended) if one.score > bar + more]
    sure = [(one, _score(line, _left_beside(line, one), habit) > bar + _MORE) for one, bar in passed]
    kept = [one for one, is_sure in sure if is_sure or _leaves_chance(line, one, numbers.chance)]
    if not kept:
        return Changes((), bool(passed))
    best = max(kept, key=lambda one: one.score)
    if best.shape is not Shape.STEP:
        return Changes((best,))
    before = find_changes(numbers.at(range(best.first)), ended=True).found
    after = find_changes(numbers.at(range(best.first, count)), ended=ended).found
    return Changes((*before, best, *(replace(one, first=one.first + best.first, last=one.last + best.first) for one in after)))


def _leaves_chance(line: _Line, one: Change, chance: float) -> bool:
    """Whether an older step leaves the samples' own chance and no more, and what is left does not follow itself."""
    if one.shape is not Shape.STEP or len(line.left) - one.first <= _SOON[-1]:
        return False
    left = [value - one.size * (place >= one.first) for place, value in enumerate(line.left)]
    middle = average(left)
    rests = [value - middle for value in left]
    squares = math.fsum(value * value for value in rests)
    together = math.fsum(after * before for before, after in pairwise(rests))
    return chance * line.free / 2 <= squares <= chance * line.free and together <= _FOLLOWS * squares


def remembered_step(numbers: Numbers) -> Change | None:
    """The step that was found when it was three to five figures old, as packs of then would have, while the figures still bear it out.

    What was said once is not dropped because time has made it harder to tell from a line that follows itself."""
    line = _line(numbers)
    best = max(_steps(line, ended=False), key=lambda one: one.score, default=None) if line is not None else None
    if line is None or best is None or best.score < _REMEMBERED[0]:
        return None
    if _score(line, _left_beside(line, best), _habit(line)) < _REMEMBERED[1]:
        return None
    then = [best.first + since for since in _SOON if LEAST <= best.first + since < len(numbers.values)]
    seen = (one for end in then for one in find_changes(numbers.at(range(end))).found if one.shape is Shape.STEP)
    return best if any(abs(one.first - best.first) <= 1 and one.size * best.size > 0 for one in seen) else None


def has_seasons(values: Sequence[float], months: Sequence[int]) -> bool:
    """Whether two years or more show that months have levels of their own, a step being taken out of both views first."""
    plain, seasonal = _line(Numbers(values, [0] * len(values))), _line(Numbers(values, months))
    if len(values) < 2 * SEASONS or plain is None or seasonal is None:
        return False
    lefts = ([_left_beside(line, one) for one in _steps(line, ended=False)] or [line.squares] for line in (plain, seasonal))
    rest, own = map(min, lefts)
    more = len(seasonal.sizes) - 1
    if not own or more < SEASONS - 1:
        return False
    ratio = (rest - own) / more / (own / seasonal.free)
    # The normal score of a ratio of variances (Paulson 1942).
    root, top, bottom = max(ratio, 0.0) ** (1 / 3), 2 / (9 * more), 2 / (9 * seasonal.free)
    return float(((1 - bottom) * root - (1 - top)) / math.sqrt(bottom * root * root + top)) > _SEASONAL


def _line(numbers: Numbers) -> _Line | None:
    """None where too few figures are left to tell chance by, or nothing varies."""
    values, groups = numbers.values, numbers.groups
    held: dict[int, list[float]] = {}
    for value, group in zip(values, groups, strict=True):
        held.setdefault(group, []).append(value)
    free = len(values) - len(held) - 1
    if len(values) < LEAST or free < LEAST - 3:
        return None
    means = {group: average(ones) for group, ones in held.items()}
    left = [value - means[group] for value, group in zip(values, groups, strict=True)]
    squares = math.fsum(one * one for one in left)
    noise = 1e-9 * max(abs(value) for value in values)
    return _Line(left, groups, {group: len(ones) for group, ones in held.items()}, squares, free) if squares > noise**2 else None


def _candidates(line: _Line, ended: bool) -> Iterator[tuple[Change, float]]:
    count = len(line.left)
    for one in _steps(line, ended):
        since = count - one.first
        yield one, _OLD if ended else _BARS.get(since, _OLD)
    if not ended:
        for first, last in ((count - 2, count - 2), (count - 3, count - 3), (count - 3, count - 2)):
            form = [float(first <= place <= last) for place in range(count)]
            yield _change(line, Shape.BRIEF, first, last, form), _BRIEF[last - first + 1]
    middle = (count - 1) / 2
    yield _change(line, Shape.DRIFT, 0, count - 1, [place - middle for place in range(count)]), _DRIFT


def _steps(line: _Line, ended: bool) -> Iterator[Change]:
    """A step at each place that leaves six figures before it (and after, where others follow)."""
    count = len(line.left)
    beyond, weight, across = dict.fromkeys(line.sizes, 0), 0.0, 0.0
    for first in range(count - 1, _BEFORE - 1, -1):
        group = line.groups[first]
        size, held = line.sizes[group], beyond[group]
        weight += 1 - (2 * held + 1) / size
        beyond[group] = held + 1
        across += line.left[first]
        if weight > 1e-9 and (not ended or count - first >= _BEFORE):
            left = line.squares - across * across / weight
            yield Change(Shape.STEP, first, count - 1, across / weight, _score(line, left, line.squares))


def _change(line: _Line, shape: Shape, first: int, last: int, form: Sequence[float]) -> Change:
    """A change of any form, beside the groups' averages; a drift's size is that from the first figure to the last."""
    sums = dict.fromkeys(line.sizes, 0.0)
    for value, group in zip(form, line.groups, strict=True):
        sums[group] += value
    shared = math.fsum(total * total / line.sizes[group] for group, total in sums.items())
    weight = math.fsum(value * value for value in form) - shared
    if weight <= 1e-9:
        return Change(shape, first, last, 0.0, 0.0)
    slope = math.fsum(value * left for value, left in zip(form, line.left, strict=True)) / weight
    score = _score(line, line.squares - slope * slope * weight, line.squares)
    return Change(shape, first, last, slope * (form[-1] - form[0]) if shape is Shape.DRIFT else slope, score)


def _left_beside(line: _Line, one: Change) -> float:
    """The sum of squares that a change leaves, from its score."""
    free = line.free
    return line.squares / math.exp(min((one.score / _narrowing(free)) ** 2 / free, 700))


def _score(line: _Line, left: float, against: float) -> float:
    """The normal score of a change that leaves so much, where the line without it leaves `against` (Wallace 1959, of Student's t)."""
    if left <= 0:
        return math.inf
    return _narrowing(line.free) * math.sqrt(line.free * max(math.log(against / left), 0.0))


def _narrowing(free: int) -> float:
    return (8 * free + 1) / (8 * free + 3)


def _habit(line: _Line) -> float:
    """What is left where each figure follows the one before, at the likeliest habit; no more than without one."""
    count, left = len(line.left), line.left
    ends, inner = left[0] + left[-1], math.fsum(left[1:-1])
    best: float = line.squares
    for habit in _HABITS:
        mean = (ends + (1 - habit) * inner) / (2 + (count - 2) * (1 - habit))
        rests = [one - mean for one in left]
        steps = math.fsum((after - habit * before) ** 2 for before, after in pairwise(rests))
        squares = (1 - habit * habit) * rests[0] ** 2 + steps
        best = min(best, squares / math.exp(math.log(_PRIOR * (1 - habit * habit)) / count))
    return best


_RARE_SPANS = (12, 3, 1)
_RARE_BAR = 0.0005


def rare_change(counts: Sequence[float]) -> int:
    """How many of the latest figures hold more, or fewer, than chance brings; 0 where none do. A span needs as long a time before it."""
    total, spans = round(math.fsum(counts)), [span for span in _RARE_SPANS if 2 * span <= len(counts)]
    found = {span: _chance(round(math.fsum(counts[-span:])), total, span / len(counts)) for span in spans}
    likeliest = min(found, key=lambda span: found[span], default=0)
    return likeliest if likeliest and found[likeliest] < _RARE_BAR else 0


def _chance(count: int, total: int, share: float) -> float:
    chances = [math.comb(total, one) * share**one * (1 - share) ** (total - one) for one in range(total + 1)]
    return 2 * min(math.fsum(chances[: count + 1]), math.fsum(chances[count:]))
