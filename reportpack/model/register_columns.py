"""The register's sheets and columns, each declared once: reading, merging, issuing, writing, printing and the guide follow from here.

A new column needs its line here and in docs/register.md: it is read, kept, merged, written, listed and exported with the rest, and with
`prints_to` printed. No other module spells a heading.
"""

from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.records import Record


class SheetName(StrEnum):
    """The register's sheets."""

    MATTERS = "Matters"
    ACTIONS = "Actions"
    COMMITMENTS = "Commitments"
    QUESTIONS = "Questions"
    RISKS = "Risks"
    RECOMMENDATIONS = "Recommendations"


OWED = (SheetName.ACTIONS, SheetName.RISKS, SheetName.RECOMMENDATIONS)
"""Those of whose rows something is owed: to be done, reviewed or answered."""


class Heading(StrEnum):
    """The headings that code speaks of. The words are stored: they are never changed, only added to."""

    REFERENCE = "Reference"
    TITLE = "Title"
    WORDS = "Words"
    ACTION = "Action"
    QUESTION = "Question"
    RISK = "Risk"
    RECOMMENDATION = "Recommendation"
    PUBLISHED = "Published"
    TOPIC = "Topic"
    ITEM = "Item"
    OWNER = "Owner"
    FROM_MEETING = "From meeting"
    RAISED_AT = "Raised at"
    SAID_AT = "Said at"
    MEETING = "Meeting"
    ASKED_BY = "Asked by"
    DUE = "Due"
    DUE_AT_MEETING = "Due at meeting"
    REVIEW = "Review"
    WHAT_WAS_SAID = "What was said"
    CONDITION = "Condition"
    STATE = "State"
    RE_DATED = "Re-dated"
    CARRIED_AGAIN = "Carried again"
    UPDATE = "Update"
    OUTCOME = "Outcome"
    EVIDENCE = "Evidence"
    DECIDED_AT = "Decided at"
    CLOSED_ON = "Closed on"
    MEASURE = "Measure"
    TEST = "Test"
    FIGURES_FOR = "Figures for"
    ANSWERED = "Answered"
    ANSWER = "Answer"
    AUDIENCE = "Audience"
    PUBLIC_TITLE = "Public title"


class Holds(StrEnum):
    """What stands in a column."""

    REFERENCE = "a reference"
    NAME = "a few words"
    WORDS = "sentences"
    POSTS = "posts"
    MEETING = "a meeting"
    DAY = "a day"
    DUE = "a day or a meeting"
    MOVES = "moves of a due"
    STATE = "a state"
    CHOICE = "one of a few words"
    PERIOD = "a period"

    @property
    def wordy(self) -> bool:
        """Whether the column is best wide."""
        return self in (Holds.WORDS, Holds.MOVES)

    @property
    def days(self) -> bool:
        """Whether a day stands in it, if anything."""
        return self in (Holds.DAY, Holds.DUE)


class Column(Record):
    """A column. `means` is what the guide says of it, `spellings` what other trackers call it. A `needed` one missing is said. A
    column that the records of `model` have no field for is printed with the row, under its heading, in editions up to
    `prints_to`. What the fields of records are shown in, `model.edition` says."""

    heading: str
    means: str
    holds: Holds = Holds.NAME
    needed: bool = False
    spellings: tuple[str, ...] = ()
    prints_to: Audience | None = None


class RegisterTable(Record):
    """A sheet of the register. `words` is the column without which a row says nothing, `said_at` the meeting that a row comes
    from. `due` says when, and `moves` keeps every move of it. References begin with `prefix`. An office cannot do without a
    `needed` sheet; that one is missing for which it is None is said only when it has rows."""

    name: SheetName
    means: str
    prefix: str
    words: Heading
    said_at: Heading
    columns: tuple[Column, ...]
    due: Heading | None = None
    moves: Heading | None = None
    needed: bool | None = True
    rest: Heading | None = None  # where a tracker's other columns are kept, each with its heading

    @property
    def singular(self) -> str:
        """`action` for `Actions`."""
        return self.name.value[:-1].lower()

    @property
    def has_references(self) -> bool:
        """Whether the sheet shows its rows' references; those of questions are the ledger's alone."""
        return self.columns[0].holds is Holds.REFERENCE

    def column(self, heading: str) -> Column:
        """The column under that heading."""
        return next(one for one in self.columns if one.heading == heading)


_TOPIC = Column(Heading.TOPIC, "the topic, by any of its names in office.toml")
_CONDITION = Column(Heading.CONDITION, "what has to happen first, if anything")
_EVIDENCE = Column(Heading.EVIDENCE, "where that can be seen", Holds.WORDS)
_TITLE = Column(Heading.TITLE, "a few words that name it in lists")
_AUDIENCE = Column(Heading.AUDIENCE, "who may read the row: office (also when empty), force or public", Holds.CHOICE)
_PUBLIC_TITLE = Column(Heading.PUBLIC_TITLE, "the title to use in a public edition")
_NUMBER = ("ref", "ref no", "ref.", "ref number", "reference no", "reference number", "action no", "action no.", "action number",
           "action ref", "action reference", "id", "no", "no.", "number", "#", "s.no", "s.no.", "s no", "sno", "sr no", "serial no",
           "log no", "risk id", "risk no")  # fmt: skip
_STATUS = ("status", "current status", "open/closed", "action status", "progress status")
_MATTER = ("matter", "issue", "commitment", "wording")
_OWNERS = ("action owner", "lead", "lead officer", "responsible", "responsible officer", "assigned to", "owned by", "owners", "owner(s)",
           "lead(s)", "action lead", "action by", "by whom", "allocated to", "person responsible", "responsible person", "who", "officer",
           "responsibility", "assignee", "action for", "risk owner")  # fmt: skip
_RAISED = ("meeting", "meeting date", "date raised", "raised", "date opened", "date logged")

MATTERS = RegisterTable(
    SheetName.MATTERS, "A row is a matter that a meeting carried forward to a later one.", "M", Heading.WORDS, Heading.FROM_MEETING, (
        Column(Heading.REFERENCE, "the matter's own number, such as M3/2019; never used again for another", Holds.REFERENCE, True,
               _NUMBER),
        _TITLE,
        Column(Heading.WORDS, "what the meeting said, word for word", Holds.WORDS, True, _MATTER),
        _TOPIC,
        Column(Heading.FROM_MEETING, "the meeting that put it off: November 2018, a date, or a meeting's id", Holds.MEETING, False,
               _RAISED),
        Column(Heading.DUE_AT_MEETING, "the meeting it comes back to: May 2019, a date, or a meeting's id", Holds.DUE, True,
               ("due", "due meeting", "return to meeting")),
        Column(Heading.WHAT_WAS_SAID, "what was said and promised then", Holds.WORDS),
        _CONDITION,
        Column(Heading.STATE, "carried forward (also when empty) or discharged", Holds.STATE, True, _STATUS),
        Column(Heading.CARRIED_AGAIN, "each time it was put off again, on a line of its own: May 2019 to September 2019: reason",
               Holds.MOVES),
        Column(Heading.OUTCOME, "what came of it, once it was discussed", Holds.WORDS),
        _EVIDENCE,
        _AUDIENCE,
        _PUBLIC_TITLE,
    ), due=Heading.DUE_AT_MEETING, moves=Heading.CARRIED_AGAIN, rest=Heading.WHAT_WAS_SAID
)  # fmt: skip

ACTIONS = RegisterTable(
    SheetName.ACTIONS, "A row is an action that a meeting asked a post to do.", "", Heading.ACTION, Heading.RAISED_AT, (
        Column(Heading.REFERENCE, "the action's own number, such as 12/2019; never used again for another", Holds.REFERENCE, True,
               _NUMBER),
        Column(Heading.ACTION, "what the meeting asked for, word for word", Holds.WORDS, True,
               ("action required", "action agreed", "actions", "agreed action", "task", "action point", "action points", "action item",
                "action description", "action to be taken", "action detail", "action details", "description of action",
                "details of action", "task description", "what needs doing", "description", "recommendation", "treatment plan",
                "mitigating action")),
        _TITLE,
        Column(Heading.OWNER, "the post or posts that owe it, by abbreviation or title: CC, or CC; PCC", Holds.POSTS, True, _OWNERS),
        Column(Heading.RAISED_AT, "the meeting that asked for it: May 2019, a date, or a meeting's id", Holds.MEETING, False,
               (*_RAISED, "date of meeting")),
        Column(Heading.DUE, "the day it is due, or the meeting it is due at", Holds.DUE, True,
               ("due date", "date due", "deadline", "target date", "due by", "by when", "when", "timescale", "timescales",
                "target completion date", "date for completion", "to be completed by", "complete by", "completion due")),
        _CONDITION,
        Column(Heading.STATE, "open (also when empty), proposed complete, accepted, closed, disputed, superseded or withdrawn",
               Holds.STATE, True, _STATUS),
        Column(Heading.UPDATE, "what the owner says has been done", Holds.WORDS, False,
               ("updates", "latest update", "progress", "progress update", "update(s)", "progress to date", "current position",
                "latest position", "action taken", "progress/update", "update/progress", "progress / update", "remarks", "comments",
                "notes", "status update")),
        _EVIDENCE,
        Column(Heading.RE_DATED, "each change of the due day on a line of its own: 28 Feb 2019 to 30 Apr 2019: reason", Holds.MOVES),
        Column(Heading.DECIDED_AT, "the meeting that accepted or disputed it: May 2019, a date, or a meeting's id", Holds.MEETING),
        Column(Heading.CLOSED_ON, "the day a meeting accepted it as done", Holds.DAY, False,
               ("date closed", "closed", "date completed", "completed on", "closed date", "completion date", "actual completion date")),
        _TOPIC,
        Column(Heading.ITEM, "the agenda number it arose under, such as 2.1.5"),
        _AUDIENCE,
        _PUBLIC_TITLE,
    ), due=Heading.DUE, moves=Heading.RE_DATED, rest=Heading.UPDATE
)  # fmt: skip

COMMITMENTS = RegisterTable(
    SheetName.COMMITMENTS, "A row is something that somebody said would happen, though no action was minuted.", "C", Heading.WORDS, Heading.SAID_AT, (
        Column(Heading.REFERENCE, "the commitment's own number, such as C2/2019; never used again for another", Holds.REFERENCE, True,
               _NUMBER),
        Column(Heading.WORDS, "what was said, word for word", Holds.WORDS, True, _MATTER),
        Column(Heading.OWNER, "the post that said so", Holds.POSTS, False, _OWNERS),
        Column(Heading.SAID_AT, "the meeting where it was said: May 2019, a date, or a meeting's id", Holds.MEETING, False,
               ("meeting", "meeting date", "date of meeting")),
        Column(Heading.MEASURE, "the measure that will show it, by its id or title in measures.toml"),
        Column(Heading.TEST, "what the figures must be: 4 areas over 80, at least 85, under 1,200, at most 35"),
        Column(Heading.FIGURES_FOR, "the month, quarter or year whose figures will show it, such as June 2019", Holds.PERIOD),
        Column(Heading.STATE, "open (also when empty); not kept, once a person has confirmed it; kept, answered, superseded or closed",
               Holds.STATE),
        Column(Heading.DECIDED_AT, "the meeting that it was settled at, or first reported to", Holds.MEETING),
        Column(Heading.OUTCOME, "what came of it, or what took its place", Holds.WORDS),
        _TOPIC,
        _AUDIENCE,
    ), needed=False, rest=Heading.OUTCOME
)  # fmt: skip

QUESTIONS = RegisterTable(
    SheetName.QUESTIONS, "A row is a question that was put at a meeting, or is to be.", "Q", Heading.QUESTION, Heading.MEETING, (
        Column(Heading.QUESTION, "the question, word for word", Holds.WORDS, True),
        Column(Heading.ASKED_BY, "the post that asked"),
        Column(Heading.MEETING, "the meeting it was, or is to be, asked at: May 2019, a date, or a meeting's id", Holds.MEETING, True),
        _TOPIC,
        Column(Heading.ITEM, "the agenda number it was asked under, such as 2.1.5"),
        Column(Heading.ANSWERED, "answered, partly answered, not answered, to be asked, or not recorded (also when empty)", Holds.CHOICE),
        Column(Heading.ANSWER, "what was answered, word for word", Holds.WORDS),
        _AUDIENCE,
    ), needed=False, rest=Heading.ANSWER
)  # fmt: skip

RISKS = RegisterTable(
    SheetName.RISKS, "A row is a risk that the office watches and reviews.", "R", Heading.RISK, Heading.RAISED_AT, (
        Column(Heading.REFERENCE, "the risk's own number, such as R2/2019; never used again", Holds.REFERENCE, True, _NUMBER),
        Column(Heading.RISK, "what may go wrong", Holds.WORDS, True,
               ("risk description", "description of risk", "risk title", "risk name", "risk event", "risk/issue", "description")),
        _TITLE,
        ACTIONS.column(Heading.OWNER),
        ACTIONS.column(Heading.RAISED_AT),
        Column(Heading.REVIEW, "the day, or the meeting, at which it is looked at next", Holds.DUE, True,
               ("review date", "next review", "next review date", "date of next review", "review due", "date for review")),
        Column("Rating", "how likely and how grave it is now, in the office's own words or points", Holds.NAME, False,
               ("risk rating", "current rating", "score", "risk score", "current score", "residual score", "residual rating", "rag"),
               Audience.FORCE),
        Column("Target", "what the rating is to come down to", Holds.NAME, False,
               ("target score", "target rating", "target risk", "target risk score"), Audience.FORCE),
        Column("Treatment", "what is done about it", Holds.WORDS, False,
               ("treatment plan", "risk treatment", "mitigation", "mitigations", "mitigating action", "mitigating actions", "controls",
                "existing controls", "action plan"), Audience.FORCE),
        Column(Heading.STATE, "open (also when empty) or closed", Holds.STATE, True, _STATUS),
        *map(ACTIONS.column, (Heading.UPDATE, Heading.EVIDENCE, Heading.CLOSED_ON, Heading.TOPIC, Heading.AUDIENCE)),
    ), needed=None, rest=Heading.UPDATE
)  # fmt: skip

RECOMMENDATIONS = RegisterTable(
    SheetName.RECOMMENDATIONS, "A row is a recommendation of inspectors that has to be answered.", "H",
    Heading.RECOMMENDATION, Heading.RAISED_AT, (
        Column(Heading.REFERENCE, "its own number, such as H1/2019", Holds.REFERENCE, True, _NUMBER),
        Column(Heading.RECOMMENDATION, "word for word", Holds.WORDS, True,
               ("recommendation text", "cause of concern", "area for improvement", "afi")),
        _TITLE,
        Column("Report", "where it stands", Holds.NAME, False, ("inspection", "inspection report", "report title"), Audience.PUBLIC),
        Column(Heading.PUBLISHED, "the report's day", Holds.DAY, True, ("date published", "report date", "report published", "publication date")),
        ACTIONS.column(Heading.OWNER),
        ACTIONS.column(Heading.RAISED_AT),
        Column(Heading.DUE, "when it is answered; else 56 days after the report", Holds.DUE, False,
               ("response due", "due date", "deadline")),
        Column("Response", "the answer", Holds.WORDS, False, ("pcc response", "answer"), Audience.PUBLIC),
        Column(Heading.STATE, "open (also when empty) or closed", Holds.STATE, True, _STATUS),
        *map(ACTIONS.column, (Heading.UPDATE, Heading.EVIDENCE, Heading.CLOSED_ON, Heading.TOPIC, Heading.AUDIENCE)),
    ), needed=None, rest=Heading.UPDATE
)  # fmt: skip

TABLES = (MATTERS, ACTIONS, COMMITMENTS, QUESTIONS, RISKS, RECOMMENDATIONS)
DAY_HEADINGS = frozenset(one.heading for table in TABLES for one in table.columns if one.holds.days)
"""The headings under which days stand, on any sheet."""
_BY_NAME = {table.name.value: table for table in TABLES}


def table_of(sheet: str) -> RegisterTable:
    """The sheet of that name; KeyError for what is none of the register's."""
    return _BY_NAME[sheet]
