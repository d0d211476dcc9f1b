"""The promise audit: what was undertaken at all the meetings on record, followed through later notes and figures; and as a document."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from reportpack.model.agenda_view import Occasion
from reportpack.model.commitment import Test
from reportpack.model.document import AUDIT, Head
from reportpack.model.observation import Observation
from reportpack.model.office import Abbreviation
from reportpack.model.pack import SourceEntry
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.words import Sentence
from reportpack.records import Record

REGISTER = "the register"  # By what a person's own ruling is known.


class Came(StrEnum):
    """What came of an undertaking."""

    NOT_KEPT = "not kept"
    NOT_SURE = "not sure"
    NOBODY_ASKED = "nobody asked again"
    OPEN = "still open"
    NOT_MEASURABLE = "not measurable"
    NO_LATER = "no later notes"
    TOO_EARLY = "too early to say"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"


class Join(Record):
    """The measure that the words are about, and the area that they name (empty: the force). `doubt` is why it is a guess, as a clause; `others`
    are measures that fit as well, in whose company none is joined."""

    measure: str = ""
    area: str = ""
    doubt: str = ""
    others: tuple[str, ...] = ()


class Later(Record):
    """Words on it in later notes. `end` is what they say became of it, None where they only speak of it; `by` how it was known again."""

    day: date | None
    source: Source
    words: str
    end: Came | None = None
    by: str = ""


class Undertaking(Record):
    """Something undertaken or asked for, verbatim. `test` and `period` are of a promise that figures can show; `redated` holds each new day with
    its words; `meetings_since` is how many later meetings of its series have notes here."""

    words: str
    source: Source
    meeting: str
    series: str
    day: date | None
    who: str
    ref: str = ""
    due: date | None = None
    due_words: str = ""
    occasion: Occasion | None = None
    test: Test | None = None
    period: Period | None = None
    join: Join = Join()
    later: tuple[Later, ...] = ()
    redated: tuple[tuple[str, Later], ...] = ()
    meetings_since: int = 0
    doubt: str = ""  # why it may be no undertaking at all


class Judged(Record):
    """An undertaking with what came of it, and why in words; the figures as they stood then and stand now, and the one that decided."""

    undertaking: Undertaking
    came: Came
    why: Sentence
    then: Observation | None = None
    now: Observation | None = None


class Repeated(Record):
    """A question that was put at several meetings: the days with its words and where they stand."""

    asked: tuple[Later, ...]


class Dropped(Record):
    """A topic of one meeting that no later notes of its series name, of so many."""

    title: str
    source: Source
    day: date
    series: str
    meetings_since: int


class AuditRow(Record):
    """An undertaking as it is printed."""

    words: str
    where: str
    series: str
    when: str
    who: str
    due: str
    measure: str
    then: Sentence
    now: Sentence
    came: str
    why: Sentence
    redated: tuple[str, ...]
    later: tuple[str, ...]


class AuditPart(Record):
    """The undertakings of which the same came."""

    id: str
    title: str
    note: str
    rows: tuple[AuditRow, ...]

    @property
    def measured(self) -> bool:
        """Whether any row has a measure, so that figures have a column."""
        return any(row.measure for row in self.rows)


class AuditLine(Record):
    """A question, a topic or a file: its words, and each place where they stand; of a topic its meeting, then its place in the notes."""

    words: str
    where: tuple[str, ...]


class PromiseAudit(Head):
    """All of it. `remarks` are what the reader must know first; `files` are those that gave nothing, each with the reason."""

    kind: ClassVar = AUDIT
    summary: tuple[Sentence, ...]
    remarks: tuple[str, ...]
    parts: tuple[AuditPart, ...]
    questions: tuple[AuditLine, ...]
    topics: tuple[AuditLine, ...]
    files: tuple[AuditLine, ...]
    sources: tuple[SourceEntry, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()

    @property
    def topics_by_meeting(self) -> tuple[tuple[str, tuple[AuditLine, ...]], ...]:
        """The topics below the meeting that raised them."""
        return _by_first_place(self.topics)

    @property
    def files_by_reason(self) -> tuple[tuple[str, tuple[AuditLine, ...]], ...]:
        """The files below what they have in common."""
        return _by_first_place(self.files)


def _by_first_place(lines: tuple[AuditLine, ...]) -> tuple[tuple[str, tuple[AuditLine, ...]], ...]:
    firsts = dict.fromkeys(one.where[0] for one in lines)
    return tuple((first, tuple(one for one in lines if one.where[0] == first)) for first in firsts)
