"""Whether what a condition waits for is there: `Q1 2019/20 in, Q2 2019/20 awaited, expected from 20 October 2019`."""

from collections.abc import Iterable, Sequence
from datetime import date

from reportpack.model.finding import AwaitedFigure
from reportpack.model.measure import Measure
from reportpack.model.period import Period, long_date
from reportpack.model.words import Sentence

_QUARTERS = {4: 1, 7: 2, 10: 3, 1: 4}


def readiness_words(awaits: Sequence[Period], measures: Iterable[tuple[Measure, Sequence[AwaitedFigure]]], on: date) -> Sentence:
    """How far the figures are, measure by measure; a survey's where surveys are among them. Nothing where no period is named."""
    known = [(measure, [one for one in found if one.period in awaits]) for measure, found in measures]
    known = [(measure, found) for measure, found in known if found]
    surveys = [pair for pair in known if pair[0].survey]
    told = surveys or known
    if not awaits or not told:
        return Sentence.of()
    parts = [(measure, ", ".join(f"{period_name(one.period)} {_state(one, on)}" for one in found)) for measure, found in told]
    if len(parts) == 1:
        return Sentence.of(f"Figures: {parts[0][1]}")
    return Sentence.of("; ".join(f"{measure.short_title or measure.title}: {words}" for measure, words in parts))


def _state(one: AwaitedFigure, on: date) -> str:
    if one.arrived:
        return "in"
    if one.expected is None:
        return "awaited"
    if one.expected > on:
        return f"awaited, expected from {long_date(one.expected)}"
    return f"awaited, and overdue since {long_date(one.expected)}"


def period_name(period: Period) -> str:
    """`Q1 2019/20` for a quarter of a financial year, else the period's own label."""
    quarter = _QUARTERS.get(period.start.month) if period.months == 3 else None
    if quarter is None:
        return period.label
    year = period.start.year - (quarter == 4)
    return f"Q{quarter} {year}/{(year + 1) % 100:02d}"
