"""Meetings, months and periods in words: where a matter came from, when it is due, whether what it waits for is there."""

from collections.abc import Iterable, Sequence
from datetime import date

from reportpack.model.agenda_view import Occasion
from reportpack.model.finding import AwaitedFigure
from reportpack.model.measure import Measure
from reportpack.model.period import Period, long_date
from reportpack.model.words import Sentence

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def occasion_words(occasion: Occasion | None) -> str:
    """`28 May 2019`, `November 2019 (not yet scheduled)`, the words as written, or nothing."""
    if occasion is None:
        return ""
    if occasion.meeting is not None:
        return long_date(occasion.meeting.day)
    if occasion.month is not None:
        return f"{occasion.month.label} (not yet scheduled)"
    return f"“{occasion.written}”" if occasion.written else ""


def origin_words(occasion: Occasion, day: date) -> Sentence:
    """`From the meeting of 27 November 2018, 6 months before this one`."""
    if occasion.meeting is not None:
        return Sentence.of(f"From the meeting of {long_date(occasion.meeting.day)}", _ago(occasion.meeting.day, day))
    if occasion.month is not None:
        return Sentence.of(f"From {occasion.month.label}", _ago(occasion.month.start, day))
    if occasion.written:
        return Sentence.of(f"From “{occasion.written}”, which names no meeting that is known")
    return Sentence.of("It is not recorded which meeting this came from")


def _ago(then: date, day: date) -> str:
    months = (day.year - then.year) * 12 + day.month - then.month
    if months < 1:
        return ""
    return f", {count_words(months, 'month')} before this one"


def count_words(number: int, noun: str) -> str:
    """`one month`, `six months`, `18 months`: small counts of things in words."""
    return f"{small_number(number)} {noun if number == 1 else f'{noun}s'}"


def small_number(number: int) -> str:
    """`three`, `12`."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


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
