"""When a series meets, in the words of office.toml, as the days of its meetings show it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import pairwise

from reportpack.model.period import add_months
from reportpack.records import dataclass
from reportpack.settings.recurrence_words import MONTHS, WEEKDAYS

_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_MOST_FIT = 0.75
_ENOUGH = 3
_YEARS = 2


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rule in words, and whether the days show it; a likely one where they do not."""

    words: str
    shown: bool


def rhythm_of(days: Sequence[date], at: time | None) -> Rhythm:
    """The rule that the most of the days keep; with fewer than three of them it is only likely."""
    days = sorted(set(days))
    if not days:
        return Rhythm(f"last Tuesday of the month{_at(at)}", shown=False)
    weekday, place, fit = _place(days)
    gap = _months_apart(days)
    if gap == 0:
        weeks = Counter((two - one).days // 7 for one, two in pairwise(days)).most_common(1)[0][0]
        return Rhythm(
            f"every {max(weeks, 1)} weeks from {days[-1].day} {MONTHS[days[-1].month - 1].capitalize()} {days[-1].year}{_at(at)}",
            len(days) > _ENOUGH,
        )
    every = {1: "", 2: "every second month, ", 3: "every 3 months, "}.get(gap, f"every {gap} months, ")
    rule = f"{every}{_PLACES[place]} {WEEKDAYS[weekday].capitalize()} of the month{_at(at)}{_left_out(days) if gap == 1 else ''}"
    return Rhythm(rule, len(days) >= _ENOUGH and fit >= _MOST_FIT)


def _place(days: Sequence[date]) -> tuple[int, int, float]:
    """The weekday, its place in the month, and the share of the days that it is true of; `last` where both are."""
    kept: Counter[tuple[int, int]] = Counter()
    for day in days:
        kept[day.weekday(), (day.day - 1) // 7 + 1] += 1
        if (day + timedelta(days=7)).month != day.month:
            kept[day.weekday(), -1] += 1
    (weekday, place), many = max(kept.items(), key=lambda one: (one[1], -one[0][1]))
    return (weekday, place, many / len(days)) if place in _PLACES else (weekday, -1, 0.0)


def _months_apart(days: Sequence[date]) -> int:
    """How many months lie between most meetings; 0 for less than one."""
    gaps = [(two.year - one.year) * 12 + two.month - one.month for one, two in pairwise(days)]
    most = Counter(gaps).most_common(1)[0][0] if gaps else 1
    return most if most in (0, 1, 2, 3, 4, 6, 12) else 1


def _left_out(days: Sequence[date]) -> str:
    """A month in which nothing was held in all of the years."""
    first, last = days[0].replace(day=1), days[-1].replace(day=1)
    months = [first]
    while months[-1] < last:
        months.append(add_months(months[-1], 1))
    held = {(one.year, one.month) for one in days}
    missed = Counter(one.month for one in months if (one.year, one.month) not in held)
    never = sorted(
        month for month, times in missed.items() if times >= _YEARS and times == sum(one.month == month for one in months)
    )
    return f", not in {' and '.join(MONTHS[month - 1].capitalize() for month in never)}" if never else ""


def _at(at: time | None) -> str:
    return f" at {at:%H:%M}" if at is not None else ""
