"""The sheet Actions: what meetings asked posts to do."""

from datetime import date

from reportpack.model.action import Action, ActionState, Redating, says_no_day
from reportpack.model.office import Office
from reportpack.model.period import iso_day
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_row import RegisterRow
from reportpack.read.register.conditions import read_awaited
from reportpack.read.register.moves import WHY, lines_of, split_move
from reportpack.read.register.occasions import read_day, read_occasion
from reportpack.read.register.row_reader import RowReader
from reportpack.read.register.rows import Column, SheetTable, plain

REFERENCE = Column("Reference", "the action's own number, such as 12/2019; never used again for another", needed=True)
WORDS = Column("Action", "what the meeting asked for, word for word", needed=True)
TITLE = Column("Title", "a few words that name it in lists")
OWNER = Column("Owner", "the post or posts that owe it, by abbreviation or title: CC, or CC; PCC", needed=True)
RAISED = Column("Raised at", "the meeting that asked for it: May 2019, a date, or a meeting's id")
DUE = Column("Due", "the day it is due, or the meeting it is due at", needed=True)
CONDITION = Column("Condition", "what has to happen first, if anything")
STATE = Column(
    "State", "open (also when empty), proposed complete, accepted, closed, disputed, superseded or withdrawn", needed=True
)
UPDATE = Column("Update", "what the owner says has been done")
EVIDENCE = Column("Evidence", "where that can be seen")
REDATED = Column("Re-dated", "each change of the due day on a line of its own: 28 Feb 2019 to 30 Apr 2019: reason")
CLOSED = Column("Closed on", "the day a meeting accepted it as done")
DECIDED_AT = Column("Decided at", "the meeting that accepted or disputed it: May 2019, a date, or a meeting's id")
TOPIC = Column("Topic", "the topic, by any of its names in office.toml")
ITEM = Column("Item", "the agenda number it arose under, such as 2.1.5")
AUDIENCE = Column("Audience", "who may read the row: office (also when empty), force or public")
PUBLIC_TITLE = Column("Public title", "the title to use in a public edition")

ACTIONS = SheetTable(
    "Actions",
    "A row is an action that a meeting asked a post to do.",
    (
        REFERENCE,
        WORDS,
        TITLE,
        OWNER,
        RAISED,
        DUE,
        CONDITION,
        STATE,
        UPDATE,
        EVIDENCE,
        REDATED,
        DECIDED_AT,
        CLOSED,
        TOPIC,
        ITEM,
        AUDIENCE,
        PUBLIC_TITLE,
    ),
)
_OTHER_WORDS = {
    "in progress": ActionState.OPEN,
    "ongoing": ActionState.OPEN,
    "outstanding": ActionState.OPEN,
    "live": ActionState.OPEN,
    "proposed": ActionState.PROPOSED,
}


def read_action(row: RegisterRow, office: Office) -> tuple[Action, tuple[Problem, ...]]:
    """One row as an action."""
    reader = RowReader(row, office)
    reference, words, title = reader.reference(REFERENCE, "12/2019"), reader.words(WORDS), reader.text(TITLE)
    raised = reader.occasion(RAISED)
    due, due_meeting = _read_due(reader, raised)
    action = Action(
        ref=reference,
        words=words,
        state=reader.choice(STATE, ActionState, _OTHER_WORDS, ActionState.OPEN),
        source=row.source,
        title=title,
        owners=reader.owners(OWNER),
        owners_as_written=reader.text(OWNER),
        raised=raised,
        due=due,
        due_meeting=due_meeting,
        due_as_written=reader.text(DUE),
        redatings=_read_redatings(reader),
        condition=reader.text(CONDITION),
        awaits=read_awaited(reader.text(CONDITION)),
        update=reader.text(UPDATE),
        evidence=reader.text(EVIDENCE),
        decided_at=reader.occasion(DECIDED_AT, after=raised),
        closed=reader.day(CLOSED),
        topic=reader.text(TOPIC),
        item=reader.text(ITEM),
        audience=reader.audience(AUDIENCE),
        public_title=reader.text(PUBLIC_TITLE),
    )
    _say_what_is_missing(action, reader)
    return action, tuple(reader.problems)


def read_state(text: str) -> ActionState | None:
    """The state that the words name; open where there are none, None for what is no state."""
    known = {plain(state.value): state for state in ActionState} | {plain(word): state for word, state in _OTHER_WORDS.items()}
    return known.get(plain(text)) if text.strip() else ActionState.OPEN


def _read_due(reader: RowReader, raised: str) -> tuple[date | None, str]:
    """A day, or the meeting that stands in its place. A month that Excel made a date of is a meeting's month."""
    text = reader.text(DUE)
    if says_no_day(text):
        return None, ""
    occasion = reader.occasion(DUE, after=raised)
    day = iso_day(occasion)
    return day, "" if day is not None else occasion


def _read_redatings(reader: RowReader) -> tuple[Redating, ...]:
    redatings = []
    for line in lines_of(reader.text(REDATED)):
        redating = read_redating(line)
        if redating is None:
            reader.say(
                "redating-unreadable",
                REDATED,
                f'"{line[:60]}" does not say from which day to which.',
                "Write one change on each line: 28 Feb 2019 to 30 Apr 2019: why.",
            )
        else:
            redatings.append(redating)
    return tuple(redatings)


def read_redating(line: str) -> Redating | None:
    """`28 Feb 2019 to 30 Apr 2019: reason`; the first day may be missing, and a meeting may stand for a day."""
    before, after, reason = split_move(line)
    if not after or not (_is_when(before) and _is_when(after)):
        return None
    days = read_day(before), read_day(after)
    return Redating(*days, reason, "" if all(days) else line)


def _is_when(text: str) -> bool:
    """A day, a meeting, or words that say that there is no day."""
    return says_no_day(text) or read_day(text) is not None or bool(read_occasion(text))


def _say_what_is_missing(action: Action, reader: RowReader) -> None:
    if action.state.is_live and not action.owners_as_written:
        reader.say("owner-missing", OWNER, "Nobody owns this action.", "Say which post owes it.")
    if action.state.is_live and not action.due_as_written:
        reader.say(
            "due-missing",
            DUE,
            "The action is open and has no date: it can never be overdue.",
            "Give it a day or a meeting, or write none.",
            Weight.NOTE,
        )
    if action.state.is_live and any(not one.reason for one in action.redatings):
        reader.say("redated-without-reason", REDATED, "The action was re-dated, and nothing says why.", WHY)
    if action.state is ActionState.PROPOSED and not (action.evidence or action.update):
        reader.say(
            "evidence-missing",
            EVIDENCE,
            "The action is proposed complete, and nothing shows it.",
            "Say where it can be seen, or set its state back to open.",
        )
    if action.state in (ActionState.ACCEPTED, ActionState.CLOSED) and not action.evidence:
        reader.say(
            "evidence-missing",
            EVIDENCE,
            f"The action is {action.state.value}, and nothing says where anybody could see that it is done.",
            "Say where it can be seen.",
            Weight.NOTE,
        )
    if action.closed is not None and action.state.is_live:
        reader.say(
            "closed-but-live",
            CLOSED,
            f"The action has a day on which it was closed, but its state is {action.state.value}.",
            "Change the state, or clear the day.",
        )
