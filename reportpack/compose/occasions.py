"""Meetings and months in words: where a matter came from, when it is due, how long ago that was."""

from datetime import date

from reportpack.model.agenda_view import Occasion
from reportpack.model.period import long_date
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
