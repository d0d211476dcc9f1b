"""What every section is composed in: whose pack it is, for which meeting, as at which day; how posts, meetings and periods are named (nobody is guessed)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from reportpack import patterns as re
from reportpack.compose.audience import HasAudience, claims_for
from reportpack.model.action import Action
from reportpack.model.agenda_view import AgendaView, Occasion
from reportpack.model.edition import Audience, Part, Ruling, may_read, shows
from reportpack.model.finding import AwaitedFigure, Findings
from reportpack.model.judgement import Revision, Told
from reportpack.model.matter import Matter
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.pack import ActionLine, CommitmentEntry, Link, MatterEntry, RowWords, Seat
from reportpack.model.period import Period, iso_day, long_date
from reportpack.model.words import Sentence
from reportpack.records import Record


class People(Record):
    """The office's posts as they were filled on one day."""

    office: Office
    day: date

    def title(self, post_id: str) -> str:
        """`Chief Constable`; what is no post of the office stays as it was written."""
        post = self.office.post_on(post_id, self.day)
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

    def at(self, meeting_id: str) -> "People":
        """As they were on the day, or in the month, of that meeting: who said a thing said it, whoever took the post over since."""
        return replace(self, day=iso_day(meeting_id[:10]) or iso_day(f"{meeting_id[:7]}-01") or self.day)

    def author(self, post_id: str) -> str:
        """Whose words they are: a post that several hold has written them, and which of them is not known."""
        shared = len(self.office.holders_on(post_id, self.day)) > 1
        return self.title(post_id) if shared else self.named(post_id)

    def short(self, post_ids: Iterable[str]) -> str:
        """`CC, DCC`: where there is no room for titles."""
        posts = ((one, self.office.post_on(one, self.day)) for one in post_ids)
        return ", ".join(post.abbreviation if post else post_id for post_id, post in posts)

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
        "author": office.name_on(on),
        "description": about,
        "marking": office.edition(edition).marked_on(on),
        "version": version,
        "on": on,
        "citing": office.citing,
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


def capital(sentence: Sentence) -> Sentence:
    """The sentence with a capital where it begins with a letter: `Joint 30th of 43` too."""
    first, *rest = sentence.spans or ("",)
    text = first if isinstance(first, str) else first.text
    text = text[:1].upper() + text[1:]
    return Sentence.of(text if isinstance(first, str) else replace(first, text=text), *rest)


DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def meeting_label(meeting: str) -> str:
    """`2019-05-28-assurance` as `28 May 2019`, `2018-11` as `November 2018`; anything else as it stands."""
    match = DAY.match(meeting)
    if match is None:
        return meeting
    year, month, day = match.groups()
    try:
        when = date(int(year), int(month), int(day or 1))
    except ValueError:
        return meeting
    return long_date(when) if day else f"{when:%B %Y}"


_Entry = TypeVar("_Entry", ActionLine, CommitmentEntry, MatterEntry)


class Setting(Record):
    """`view` and `findings` are already restricted to the edition."""

    office: Office
    edition: Audience
    view: AgendaView
    findings: Findings
    on: date
    people: People
    revised: frozenset[tuple[str, str, Period]] = frozenset()
    released: frozenset[tuple[str, str]] = frozenset()
    """What a person has let this edition's readers read of what is the office's: the page that it stands on, and the words."""

    revisions: tuple[Revision, ...] = ()
    """The figures that differ from the last pack's, with what it said; `revised` are the same by measure, area and period."""

    told: tuple[Told, ...] = ()
    """What the edition's readers were told before."""
    had: Mapping[str, tuple[Observation, ...]] = MappingProxyType({})
    """The figures of earlier meetings' own packs, by meeting."""

    def is_revised(self, observation: Observation | None) -> bool:
        """Whether this figure differs from the last pack's."""
        return observation is not None and (observation.measure, observation.area, observation.period) in self.revised

    @property
    def for_office(self) -> bool:
        """Whether office-only parts (lines of enquiry, the running sheet, problems) belong in."""
        return shows(self.edition, Part.WORKINGS)

    def rule(self, item: HasAudience) -> Ruling:
        """Whether the edition carries the item, and what its readers are told where it does not."""
        return claims_for(self.office, self.view.meeting).rule(self.edition, item)

    @property
    def hides_small(self) -> bool:
        """Whether small cells are hidden in this edition."""
        return self.office.edition(self.edition).hide_small

    def topic_link(self, topic_id: str) -> Link | None:
        """Where a topic is treated: its own page when it is on the agenda, else only its title."""
        topic = self.view.topic(topic_id)
        if topic is None:
            return None
        if topic.item is None:
            return Link(topic.topic.title)
        return Link(f"{topic.item.number} {topic.topic.title}", anchor("topic", topic_id))

    def printed_beside(self, item: Matter | Action) -> tuple[RowWords, ...]:
        """What else a row of the register says, by heading, as far as this edition prints it; and what the public's editions call it, where
        they have it and this one does not."""
        told = [(one.heading, words) for one, words in item.printed if one.prints_to and may_read(self.edition, one.prints_to)]
        if shows(self.edition, Part.REFERENCES) and may_read(Audience.PUBLIC, item.audience):
            told += [("Public reference", public) for own, public in self.office.citing if own == item.ref]
        return tuple(RowWords(*one) for one in told)

    def readiness(self, awaits: Sequence[Period], measures: Sequence[str]) -> Sentence:
        """Whether the figures that a condition waits for are in, by those of these measures that this edition has."""
        found = (self.findings.of(one) for one in measures)
        return readiness_words(awaits, [(one.measure, one.awaited) for one in found if one is not None], self.on)

    def measure_target(self, measure_id: str) -> str:
        """The anchor of a measure's part of a topic page; empty when no topic on the agenda has it."""
        on_agenda = any(measure_id in topic.measures and topic.item is not None for topic in self.view.topics)
        return anchor("measure", measure_id) if on_agenda else ""


def distinct_ids(entries: Iterable[_Entry]) -> tuple[_Entry, ...]:
    """The same entries, each with an anchor of its own: two rows of a register may bear one reference."""
    seen: dict[str, int] = {}
    distinct: list[_Entry] = []
    for entry in entries:
        seen[entry.id] = seen.get(entry.id, 0) + 1
        distinct.append(entry if seen[entry.id] == 1 else replace(entry, id=f"{entry.id}-again-{seen[entry.id]}"))
    return tuple(distinct)


def anchor(kind: str, name: str) -> str:
    """`action-17-2019`: letters, digits and dashes only, and never very long."""
    return f"{kind}-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name[:60])
