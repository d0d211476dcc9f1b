"""How posts, meetings and periods are named (nobody is guessed), and the head that every document shares."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from reportpack.model.agenda_view import Occasion
from reportpack.model.edition import Audience
from reportpack.model.finding import AwaitedFigure
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.pack import Seat
from reportpack.model.period import Period, long_date
from reportpack.model.words import Sentence
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """The office's posts as they were filled on one day."""

    office: Office
    day: date

    def title(self, post_id: str) -> str:
        """`Chief Constable`; what is no post of the office stays as it was written."""
        post = self.office.post(post_id)
        return post.title if post else post_id

    def holder(self, post_id: str) -> str:
        """Who holds it: several names where it is shared, none where it is vacant."""
        return join_words([person.name for person in self.office.holders_on(post_id, self.day)])

    def named(self, post_id: str) -> str:
        """`Jo Bloggs, Chief Constable`; `Chief Constable (vacant)`."""
        if self.office.post(post_id) is None:
            return post_id
        holder = self.holder(post_id)
        return f"{holder}, {self.title(post_id)}" if holder else f"{self.title(post_id)} (vacant)"

    def author(self, post_id: str) -> str:
        """Whose words they are: a post that several hold has written them, and which of them is not known."""
        shared = len(self.office.holders_on(post_id, self.day)) > 1
        return self.title(post_id) if shared else self.named(post_id)

    def titles(self, post_ids: Iterable[str]) -> str:
        """`Chief Constable and Deputy Chief Constable`."""
        return join_words([self.title(post_id) for post_id in post_ids])


def seats_of(meeting: Meeting, people: People) -> tuple[Seat, ...]:
    """Everybody expected, in the order of the settings; apologies are marked."""
    expected = dict.fromkeys((*meeting.expected, *meeting.apologies))
    short = {post.id: post.abbreviation for post in people.office.posts}
    return tuple(Seat(people.title(one), people.holder(one), short.get(one, ""), one in meeting.apologies) for one in expected)


def join_words(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def small(words: str) -> str:
    """The words to go on with: a small letter first, but where they begin with an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def head_of(office: Office, edition: Audience, on: date, version: str, title: str, running: str, about: str) -> dict[str, Any]:
    """The fields of the head: `running` stands at the foot of each page, `about` in the file's own properties."""
    return {
        "edition": edition,
        "language": office.language,
        "title": title,
        "running_title": running,
        "author": office.name,
        "description": about,
        "marking": office.edition(edition).marking,
        "version": version,
        "on": on,
    }


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
