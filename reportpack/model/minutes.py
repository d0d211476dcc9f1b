"""The notes of a meeting as read: what they say, where, and what they leave open. What they don't say is None, never a guess."""

from datetime import date, time
from enum import StrEnum

from reportpack.model.action import ActionState
from reportpack.model.passage import HeldBack
from reportpack.model.state_words import told_state
from reportpack.records import Record


class Attended(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    UNKNOWN = "unknown"


class NotedState(StrEnum):
    """What the notes say of an action."""

    NEW = "new"
    OPEN = "open"  # carried from before
    CLOSED = "closed"  # reported done


class ActionKind(StrEnum):
    """What an action asks for."""

    DO = "do"
    BRING_BACK = "bring_back"


class FigureType(StrEnum):
    """What kind of figure was spoken."""

    POINTS = "percentage points"
    PER_CENT = "per cent"
    PER_CENT_CHANGE = "per cent change"
    RANK = "rank"
    SHARE = "share"
    COUNT_OVER = "count over threshold"
    COUNT = "count"
    MONEY = "money"


class Assurance(StrEnum):
    """What the answer gives to somebody who asked for assurance."""

    FULL = "full"
    PARTIAL = "in part"
    NONE = "none"
    REFUSED = "refused"


class MatterEnd(StrEnum):
    """What the notes say has become of a matter."""

    CLOSED = "closed"
    CARRIED = "carried"
    SUPERSEDED = "superseded"
    NOT_REACHED = "not reached"


class Attendance(Record):
    """A person or a capacity without a name. `post` is as written."""

    name: str | None
    post: str | None
    status: Attended
    line: str


class NotedItem(Record):
    """An agenda item. `path` is unique: `2.1/5` for the fifth sub-item of 2.1 when its own number restarts. `nil` when the notes say no items."""

    path: str
    title: str
    line: str
    nil: bool = False


class BroughtForward(Record):
    """A matter from an earlier meeting. `evidence` are the lines that discuss it, empty when none do."""

    title: str
    origin: str | None
    due: str | None
    words: str
    line: str
    discussed_at: str | None = None
    evidence: tuple[str, ...] = ()
    outcome: str | None = None  # as ticked or written; None where the notes give none
    became: MatterEnd | None = None  # what the outcome means, None where its words say nothing that is known
    returns: str | None = None  # where it is carried to: a meeting's month (`2019-09`), or a day
    not_reached: str = ""  # the words that say that it was not discussed


class NotedOwner(Record):
    """Who is to act: as written, and the post where that can be told."""

    as_written: str
    post: str | None = None


class NotedAction(Record):
    """An action, verbatim. `due` a day, `due_meeting` a month (`2019-11`); `marked` False for an undertaking not called an
    action. `repeated` are the lines where it is told again in the same words, `due_doubt` why the day as written cannot be
    right. `update` is what stands beside one from before, `put_off` what in it moves the due (to `due` or `due_meeting`), and `became`
    what has become of it where that depends on who says so: only the office's side and the meeting accept."""

    words: str
    state: NotedState
    kind: ActionKind
    line: str
    confidence: float
    ref: str | None = None
    owners: tuple[NotedOwner, ...] = ()
    due: date | None = None
    due_meeting: str | None = None
    due_as_written: str | None = None
    condition: str | None = None
    item: str | None = None
    marked: bool = True
    repeated: tuple[str, ...] = ()
    due_doubt: str = ""
    update: str = ""
    put_off: str = ""
    became: ActionState | None = None

    @property
    def came(self) -> ActionState:
        """What has become of it: as who says so may say it, else as its news says."""
        told = self.became or told_state(self.update)
        return told or (ActionState.PROPOSED if self.state is NotedState.CLOSED else ActionState.OPEN)


class NotedDecision(Record):
    """A decision, verbatim."""

    words: str
    item: str | None
    line: str
    confidence: float


class NotedTest(Record):
    """What a figure must be (`4 areas over 80`, `at least 90`) or how far it must go from where it stands (`up 5 points`), and the words of its measure."""

    test: str
    measure: str | None


class NotedCommitment(Record):
    """Something said would happen, verbatim; `test` and `measure` are those of the first of its `tests`, None where the words give none."""

    words: str
    owner: str | None
    measure: str | None
    test: str | None
    due: str | None
    line: str
    tests: tuple[NotedTest, ...] = ()
    condition: str = ""


class NotedStatement(Record):
    """Who said what; no speakers when the notes name none."""

    speakers: tuple[str, ...]
    words: str
    item: str | None
    line: str


class NotedPassage(Record):
    """A paragraph, an entry of a list or a row of a table, verbatim, in the item it stands in; `lines` are all it is made of."""

    words: str
    item: str | None
    lines: tuple[str, ...]
    bullet: bool = False
    cells: tuple[str, ...] = ()


UNRELATED = "takes up nothing that was asked"  # the weakest doubt about an answer: it shares no word with its question


class NotedQuestion(Record):
    """A question that was put, and the words of the answer if any follow it. `clear` is False when they take up nothing that was asked."""

    words: str
    asked_by: tuple[str, ...]
    item: str | None
    line: str
    answer: str | None = None
    answered_by: tuple[str, ...] = ()
    answer_line: str | None = None
    clear: bool = True
    doubt: str = ""  # why it is not clear, as the end of a sentence about the answer
    assurance: Assurance | None = None  # told only where assurance was asked for and the answer is clear


class NotedFigure(Record):
    """A figure as spoken, with its type; `value` None where the words give none."""

    words: str
    type: FigureType
    value: float | None
    item: str | None
    line: str


class NextMeeting(Record):
    """The next meeting as the notes name it, which may be of another kind."""

    title: str | None
    type: str | None
    day: date | None
    time: time | None
    venue: str | None
    line: str


class Query(Record):
    """Something for the note taker: `kind` a slug, `blocking` when the notes cannot be agreed before it is answered. `about` are
    the words it is about, by which it is known again wherever they come to stand (empty: `found` says them whole); `suggested`
    are the words that may be meant, where it asks about a slip."""

    kind: str
    line: str
    found: str
    remedy: str
    blocking: bool = False
    about: str = ""
    suggested: str = ""


class Minutes(Record):
    """Notes of one meeting. Lines count from 1 in text; `p12` and `t2r3` name a paragraph and a table row of a document."""

    file: str
    sha256: str
    title: str | None = None
    day: date | None = None
    start: time | None = None
    end: time | None = None
    venue: str | None = None
    chair: str | None = None
    note_taker: str | None = None
    attendance: tuple[Attendance, ...] = ()
    items: tuple[NotedItem, ...] = ()
    brought_forward: tuple[BroughtForward, ...] = ()
    actions: tuple[NotedAction, ...] = ()
    decisions: tuple[NotedDecision, ...] = ()
    commitments: tuple[NotedCommitment, ...] = ()
    statements: tuple[NotedStatement, ...] = ()
    figures: tuple[NotedFigure, ...] = ()
    next_meeting: NextMeeting | None = None
    queries: tuple[Query, ...] = ()
    questions: tuple[NotedQuestion, ...] = ()
    markings: tuple[str, ...] = ()
    held: tuple[HeldBack, ...] = ()  # passages that the file marks as not for everybody
    passages: tuple[NotedPassage, ...] = ()  # everything below the head, in its order: what an annex prints word for word
