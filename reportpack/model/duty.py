"""What falls due around meetings and actions, and what became of each: done once, or left out with a reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportpack.model.audience import Audience
from reportpack.model.letter import LetterKind
from reportpack.model.outbox import Enclosure


class DutyKind(StrEnum):
    """What is to be done. The words are stored: they are never changed, only added to."""

    COMMISSION = "commissioning note"
    DRAFT = "draft pack"
    FINAL = "final pack"
    CHASE_PAPER = "chase for papers"
    CHASE_FIGURES = "chase for figures"
    REMINDER = "reminder"
    ANNEX = "annex reminder"
    MONTHLY = "monthly build"


class Alone(StrEnum):
    """What may be set to go without a person's word."""

    COMMISSIONING = "commissioning notes"
    REMINDERS = "reminders"
    CHASES = "chases"


@dataclass(frozen=True, slots=True)
class DueRules:
    """When what falls due, in days, and what may go alone. `tell` is the post of the officer who is told of everything."""

    commission: int = 21
    draft: int = 14
    final: int = 7
    chase: tuple[int, ...] = (1, 4)
    remind: tuple[int, ...] = (7, 0)
    annex: tuple[int, ...] = (2, 7)
    monthly: int = 1
    alone: tuple[Alone, ...] = ()
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do on a day or soon after. `about` is a meeting's id or an action's reference, `occasion` which time of several.

    After `until` it is no longer worth doing; `last` says why in words.
    """

    kind: DutyKind
    about: str
    occasion: str
    day: date
    until: date
    last: str
    meeting: str = ""

    @property
    def key(self) -> tuple[DutyKind, str, str]:
        """What makes it the same duty however often it is looked at."""
        return self.kind, self.about, self.occasion

    @property
    def words(self) -> str:
        """`final pack for 2019-05-28-assurance (2019-05-28)`."""
        about = f" for {self.about}" if self.about else ""
        return f"{self.kind.value}{about}{f' ({self.occasion})' if self.occasion else ''}"


class Became(StrEnum):
    """What became of a duty. The words are stored."""

    DONE = "done"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class DueBegan:
    """From this day on duties are kept; what was due before a first run is not made up for."""

    on: date

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return "due"


@dataclass(frozen=True, slots=True)
class DutySettled:
    """A duty was done, or left out for a reason, on a day by the clock of then."""

    kind: DutyKind
    about: str
    occasion: str
    became: Became
    on: date
    said: str = ""

    @property
    def key(self) -> tuple[DutyKind, str, str]:
        """The duty's own key."""
        return self.kind, self.about, self.occasion

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.about or self.kind.value


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """A letter that is ready and waits for a person's word: all that it is made of."""

    kind: LetterKind
    meeting: str
    document: str
    version: int
    edition: Audience
    name: str
    email: str
    post: str
    title: str
    text: str
    html: str
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class LettersHeld:
    """The letters of one duty, ready to go when a person says so."""

    duty: DutyKind
    about: str
    occasion: str
    letters: tuple[HeldLetter, ...]

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.about or self.duty.value


@dataclass(frozen=True, slots=True)
class HeldSettled:
    """A person let the letters of that event go, or dropped them and said why; `dropped` also when their time passed."""

    held: int
    dropped: bool = False
    why: str = ""

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return str(self.held)
