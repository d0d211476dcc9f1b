"""What each edition may show: declared here and resolved here. No other module compares audiences; `make check` holds it.

An edition carries an item when its readers may read everything that the item stands in: itself, its topic, its measure, its line of
the agenda. What has no audience of its own is a Part, and an edition shows those that its policy names. A field of a record that FIELDS
does not name is the office's. A reason for withholding is one that a person chose or wrote, or none: an audience is not a reason.
"""

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields, replace
from enum import Enum, StrEnum, auto
from functools import cache
from typing import Any, TypeVar, cast

from reportpack.records import Record

UNKNOWN_AUDIENCE = "unknown-audience"
ROW_AUDIENCE = "audience-unknown"
TOO_WIDE = "audience-too-wide"
AUDIENCE_FAULTS = frozenset({UNKNOWN_AUDIENCE, ROW_AUDIENCE, TOO_WIDE, "edition-not-theirs", "marking-superseded"})
"""Kinds of problem with which nothing is built: it could reach somebody whom it must not."""


class Audience(StrEnum):
    """Who may read an item, from narrow to wide."""

    OFFICE = "office"
    FORCE = "force"
    PUBLIC = "public"


NOT_HERE = "Not in this edition."
UNTITLED = "Item withheld"
_Record = TypeVar("_Record")


class Part(Enum):
    """What an edition shows or allows beside the items that its readers may read."""

    WORKINGS = auto()
    """Problems, lines of enquiry, the running sheet, the inputs of a build, the copy of the register, all that only the office needs."""
    CHANGES = auto()  # who proposed, accepted or recorded a change, and every word before and after
    ANSWERERS = auto()  # who answered a question that the notes left open
    FILES = auto()  # the names, sheets and cells of the files that figures come from; without it, the published source alone
    PRIVATE_PASSAGES = auto()  # passages of the notes with private details
    REFERENCES = auto()  # the office's own references, which count; those of what is left out too, also where no reason was given
    RELEASED_LINES = auto()  # lines of the office's that a person has released one by one
    QUESTIONS_PUT = auto()  # on somebody's own sheet, the questions that will be put to them
    OTHER_POSTS = auto()  # it may go to posts outside the office
    PRIVATE_MEETINGS = auto()  # notes of a meeting that was not public
    OPEN_QUERIES = auto()  # notes may be released while a query must still be answered
    SEEN_IN_ANOTHER = auto()  # it may be released by a person who has looked at the series' own edition alone


class EditionPolicy(Record):
    """What the edition for one audience is called and shows; what is not named it does not show."""

    audience: Audience
    title: str
    shows: frozenset[Part]


EDITIONS = (
    EditionPolicy(
        Audience.OFFICE,
        "Office edition",
        frozenset(
            {Part.WORKINGS, Part.CHANGES, Part.ANSWERERS, Part.FILES, Part.PRIVATE_PASSAGES, Part.REFERENCES}
            | {Part.PRIVATE_MEETINGS, Part.OPEN_QUERIES, Part.SEEN_IN_ANOTHER}
        ),
    ),
    EditionPolicy(
        Audience.FORCE,
        "Force edition",
        frozenset(
            {Part.ANSWERERS, Part.FILES, Part.PRIVATE_PASSAGES, Part.REFERENCES, Part.RELEASED_LINES, Part.QUESTIONS_PUT}
            | {Part.OTHER_POSTS, Part.PRIVATE_MEETINGS, Part.OPEN_QUERIES, Part.SEEN_IN_ANOTHER}
        ),
    ),
    EditionPolicy(Audience.PUBLIC, "Public edition", frozenset({Part.QUESTIONS_PUT, Part.OTHER_POSTS})),
)
"""From narrow to wide: whoever may read a wide item may read it in every narrower edition too."""

FIELDS = {
    "AgendaItem": "number title topic lead audience public_title withheld",
    "Paper": "title item status author wanted_by file audience source corrections withheld letter mark deferred_to",
    "Topic": "id title aliases audience under withheld",
    "Matter": "ref title words state source topic origin due due_as_written said condition outcome evidence audience public_title "
    "carryings awaits printed",
    "Action": "ref words state source title owners owners_as_written raised due due_meeting due_as_written redatings condition update "
    "evidence closed topic item audience public_title decided_at awaits printed",
    "Commitment": "ref words source owner said_at measure test period topic audience state decided_at",
    "Question": "words source asked_by meeting topic item answered answer audience",
    "Statement": "author meeting blocks source item topic audience",
    "Measure": "id title unit better places topic short_title decimals targets notes rebases corrections let_out supplier expected_days "
    "definition per window survey whole_force_only small_under illustrative source_title audience source withheld",
    "DatedNote": "day text author audience redefines",
    "Rebase": "day reason author audience",
    "Meeting": "id series day title start_time venue chair note_taker expected apologies present agenda papers cancelled source lasts "
    "earlier also theme",
    "AgendaView": "meeting series on items topics matters actions commitments forward previous following settled risks "
    "unplaced_papers unplaced_statements unplaced_questions",
    "ItemView": "item papers topics matters statements questions",
    "TopicView": "topic item measures matters actions commitments statements questions past_questions",
    "MatterView": "matter origin due topic item missed actions measures",
    "ActionView": "action raised overdue due_here due topic item measures",
    "ForwardEntry": "occasion matters actions commitments",
}
"""The fields of each kind of record that whoever may read the item may read with it."""

_BY_AUDIENCE = {one.audience: one for one in EDITIONS}
_WIDTH = {one.audience: width for width, one in enumerate(EDITIONS)}


class Claim(Record):
    """One thing that says who may read an item: what it is, its audience, where that is set, and the reason that a person gave."""

    what: str
    audience: Audience
    where: str = ""
    reason: str = ""


class Ruling(Record):
    """Whether an edition carries an item. `closed_by` are the claims that its readers are beyond; none when it is shown."""

    edition: Audience
    claims: tuple[Claim, ...]
    closed_by: tuple[Claim, ...]

    @property
    def shown(self) -> bool:
        """Whether the edition carries it."""
        return not self.closed_by

    @property
    def reason(self) -> str:
        """The reason that a person gave; empty where nobody did."""
        return next((one.reason for one in self.closed_by if one.reason), "")

    @property
    def told(self) -> str:
        """What the edition's readers are told in its place."""
        return self.reason or NOT_HERE


def resolve(edition: Audience, claims: Iterable[Claim]) -> Ruling:
    """Shown or withheld: every claim must allow the edition's readers, and what nothing speaks for is the office's."""
    every = tuple(claims) or (Claim("nothing that says who may read it", Audience.OFFICE),)
    return Ruling(edition, every, tuple(one for one in every if not may_read(edition, one.audience)))


def may_read(edition: Audience, *audiences: Audience) -> bool:
    """Whether the edition for that audience may carry what is for all of these."""
    return all(_WIDTH[one] >= _WIDTH[edition] for one in audiences)


def shows(edition: Audience, part: Part) -> bool:
    """Whether the edition shows that part."""
    return part in _BY_AUDIENCE[edition].shows


def narrowest(*audiences: Audience) -> Audience:
    """Who may read what stands in several things at once."""
    return min(audiences, key=_WIDTH.__getitem__)


def is_wider(one: Audience, other: Audience) -> bool:
    """Whether more people may read the one than the other."""
    return _WIDTH[one] > _WIDTH[other]


def edition_title(edition: Audience) -> str:
    """`Force edition`."""
    return _BY_AUDIENCE[edition].title


def edition_names() -> str:
    """`office, force or public`."""
    *most, last = (one.audience.value for one in EDITIONS)
    return f"{', '.join(most)} or {last}"


def as_read(edition: Audience, record: _Record) -> _Record:
    """The record with only those of its fields that the edition's readers may have."""
    hidden = _unnamed(cast("Any", type(record)))
    if not hidden or may_read(edition, Audience.OFFICE):
        return record
    blank = {one.name: _blank(one, getattr(record, one.name)) for one in hidden}
    return cast("_Record", replace(cast("Any", record), **blank))


@cache
def _unnamed(kind: Any) -> tuple[Field[Any], ...]:
    named = FIELDS.get(kind.__name__, "").split()
    return tuple(one for one in fields(kind) if one.name not in named)


def _blank(one: Field[Any], value: object) -> object:
    if one.default is not MISSING:
        return one.default
    if one.default_factory is not MISSING:
        return one.default_factory()
    return type(value)() if isinstance(value, str | tuple | int | float) else None
