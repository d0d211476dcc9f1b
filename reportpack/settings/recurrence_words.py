"""The words that say when a series meets: weekdays, months, places and numbers; and the nearest wording to one that is misspelt."""

import difflib
from collections.abc import Callable

from reportpack import patterns as re
from reportpack.model.period import MONTH, WHOLE_MONTH

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = WHOLE_MONTH.split("|")
PLACES = {
    "last but one": -2, "second last": -2, "penultimate": -2, "last": -1, "final": -1,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10,
}  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

weekday_pattern = (
    r"\b(?:mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?\b"
)
month_pattern = rf"\b(?:{MONTH})\b"
place_pattern = rf"\b(?:{'|'.join(PLACES)})\b"
number_pattern = rf"(?:{'|'.join(_NUMBERS)}|\d{{1,3}})"

SAMPLES = (
    "last Tuesday of the month at 10:00",
    "first Monday of each quarter",
    "second and fourth Thursday of the month",
    "monthly on the 15th, or the next working day",
    "every second month, last Tuesday of the month",
    "every 12 weeks from 8 January 2019",
    "every two weeks on Tuesday from 8 January 2019",
    "twice a year, in June and December",
    "last working day of the month",
    "every Tuesday at 10:00",
)
_KNOWN = (
    *WEEKDAYS, *MONTHS, *(f"{one}s" for one in WEEKDAYS), *_NUMBERS, "first", "second", "third", "fourth", "fifth", "last",
    "penultimate", "every", "each", "other", "month", "monthly", "months", "week", "weeks", "weekly", "fortnightly", "quarter",
    "quarterly", "year", "yearly", "annually", "twice", "once", "times", "working", "day", "days", "next", "following", "before",
    "except", "from", "until", "not", "the", "and", "noon", "excluding", "starting", "beginning",
)  # fmt: skip


def weekday_number(word: str) -> int:
    """Monday is 0."""
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(word.strip()[:3]))


def month_number(word: str) -> int:
    """January is 1."""
    return next(number for number, name in enumerate(MONTHS, start=1) if name.startswith(word.strip()[:3]))


def number(word: str) -> int:
    """`two` or `2`."""
    return _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)


def did_you_mean(words: str, understood: Callable[[str], bool]) -> str:
    """The words with each misspelt one put right, where that is understood; else the sample nearest to them; else nothing."""
    mended = re.sub(r"[A-Za-z]{3,}", lambda match: _mended(match[0]), words)
    if mended != words and understood(mended):
        return " ".join(mended.split())
    near = difflib.get_close_matches(words.casefold(), [one.casefold() for one in SAMPLES], n=1, cutoff=0.75)
    return next((one for one in SAMPLES if near and one.casefold() == near[0]), "")


def _mended(word: str) -> str:
    lower = word.casefold()
    if lower in _KNOWN or re.fullmatch(f"{weekday_pattern}|{month_pattern}", lower):
        return word
    near = difflib.get_close_matches(lower, _KNOWN, n=1, cutoff=0.75)
    if not near:
        return word
    return near[0].capitalize() if near[0].rstrip("s") in WEEKDAYS or near[0] in MONTHS else near[0]
