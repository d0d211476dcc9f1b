"""What falls due around meetings and actions, and what became of each: done once, or left out with a reason."""

from datetime import date
from enum import StrEnum

from reportpack.model.letter import Letter
from reportpack.model.meeting import Meeting
from reportpack.records import Record

PACK = "briefing-pack"


class DutyKind(StrEnum):
    """What is to be done. The words are stored: they are never changed, only added to."""

    CALENDAR = "calendar"
    COMMISSION = "commissioning note"
    DRAFT = "draft pack"
    FINAL = "final pack"
    CHASE_PAPER = "chase for papers"
    CHASE_FIGURES = "chase for figures"
    SHEETS = "health sheets"
    REMINDER = "reminder"
    RELEASE = "reminder to release"
    SEND = "released letters"
    ANNEX = "annex reminder"
    MONTHLY = "monthly build"
    REPORT = "report to the officer"


class OfDuty(Record):
    """What makes a duty the same however often it is looked at: `about` is a meeting's id or an action's reference, `occasion` which
    time of several."""

    kind: DutyKind
    about: str
    occasion: str

    @property
    def key(self) -> tuple[DutyKind, str, str]:
        """All of it."""
        return self.kind, self.about, self.occasion


class Duty(OfDuty):
    """Something to do on a day or soon after. After `until` it is not worth doing any more, and `after` says why. `wanted` is the day by
    which something was wanted, if that is it."""

    day: date
    until: date
    after: str
    wanted: date | None = None

    @property
    def words(self) -> str:
        """`final pack for 2019-05-28-assurance (2019-05-28)`."""
        about = f" for {self.about}" if self.about else ""
        return f"{self.kind.value}{about}{f' ({self.occasion})' if self.occasion else ''}"


class Became(StrEnum):
    """What became of a duty. The words are stored."""

    DONE = "done"
    NEEDLESS = "not needed"
    LEFT_OUT = "left out"
    """Its time passed. Only this is looked at again, when its time comes anew: a meeting is moved, or the clock stood wrong."""


class Decision(Record):
    """What a day brings for a duty: done means that it is to be done now; and why."""

    duty: Duty
    becomes: Became
    why: str

    @property
    def do(self) -> bool:
        """Whether it is to be done."""
        return self.becomes is Became.DONE


class Owed(Record):
    """An action that somebody owes, and its day."""

    ref: str
    due: date


class Letting(Record):
    """A document that a person has released for the day on which its meeting is held now: its editions and versions in words."""

    meeting: str
    document: str
    editions: str


class DueFacts(Record):
    """What duties are decided by. `expected` are the days after a month's end at which measures' figures are due; `issued` the
    meetings whose notes are issued, `released` what a person has let out of the packs and annexes."""

    since: date
    meetings: tuple[Meeting, ...]
    owed: tuple[Owed, ...] = ()
    expected: tuple[int, ...] = ()
    issued: frozenset[str] = frozenset()
    released: tuple[Letting, ...] = ()
    changes: tuple[tuple[str, int], ...] = ()  # how often each meeting was changed
    invited: frozenset[str] = frozenset()  # the meetings that were put into calendars
    files: tuple[
        tuple[str, str, str], ...
    ] = ()  # of papers that have come: the meeting, where the file lies, what it is known by
    rehearses: bool = False
    """Whether there is no mail server: what is laid into a folder then is to be sent all the same once there is one."""

    def has_released(self, meeting: str) -> bool:
        """Whether somebody has released the pack of that meeting for its day."""
        return any(one.meeting == meeting and one.document == PACK for one in self.released)


class DueBegan(Record):
    """From this day on duties are kept; what was due before a first run is not made up for."""

    on: date


class DutySettled(OfDuty):
    """A duty was done, or left out for a reason, on a day by the clock of then."""

    became: Became
    on: date
    said: str = ""
    waiting: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """What the officer has to do, and what nobody has sent: kept until she is told, for a run may be cut off before."""

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.about or self.kind.value


class DueTold(Record):
    """What was settled before this is in the log, and in a letter to the officer where it says something to her."""

    on: date


class LettersHeld(Record):
    """The letters of one duty, their files kept, ready to go when a person says so; after `until` their time has passed."""

    duty: DutyKind
    about: str
    occasion: str
    letters: tuple[Letter, ...]
    until: date | None = None

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.about or self.duty.value


class HeldSettled(Record):
    """A person let the letters of that event go, or dropped them and said why; `dropped` also when their time passed."""

    held: int
    dropped: bool = False
    why: str = ""
