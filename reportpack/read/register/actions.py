"""The sheets Actions, Risks and Recommendations: what meetings asked posts to do, and what is to be reviewed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from reportpack.model.action import Action, ActionState, Redating, says_no_day
from reportpack.model.office import Office
from reportpack.model.period import iso_day, long_date
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_columns import Heading
from reportpack.model.register_row import RegisterRow
from reportpack.model.state_words import SPELT
from reportpack.read.register.occasions import WHY, lines_of, read_awaited, read_day, read_occasion, split_move
from reportpack.read.register.row_reader import RowReader

_STAND = ("live", "active", "accepted", "treat", "treating", "tolerate", "tolerated", "transfer", "monitor", "monitoring")
_OVER = ("terminated", "resolved", "retired", "withdrawn", "superseded")
_SPELT_RISK = dict.fromkeys(_STAND, ActionState.OPEN) | dict.fromkeys(_OVER, ActionState.CLOSED)


def read_action(row: RegisterRow, office: Office) -> tuple[Action, tuple[Problem, ...]]:
    """One row as an action."""
    reader = RowReader(row, office)
    state = partial(reader.choice, Heading.STATE, ActionState, SPELT, ActionState.OPEN)
    action = _read_owed(reader, "12/2019", Heading.ACTION, Heading.DUE, state)
    if action.state.is_live and not action.owners_as_written:
        reader.say("owner-missing", Heading.OWNER, "Nobody owns this action.", "Say which post owes it.")
    if action.state.is_live and not action.due_as_written:
        found = "The action is open and has no date: it can never be overdue."
        reader.say("due-missing", Heading.DUE, found, "Give it a day or a meeting, or write none.", Weight.NOTE)
    if action.state.is_live and any(not one.reason for one in action.redatings):
        reader.say("redated-without-reason", Heading.RE_DATED, "The action was re-dated, and nothing says why.", WHY)
    if action.state is ActionState.PROPOSED and not (action.evidence or action.update):
        found = "The action is proposed complete, and nothing shows it."
        reader.say("evidence-missing", Heading.EVIDENCE, found, "Say where it can be seen, or set its state back to open.")
    if action.state in (ActionState.ACCEPTED, ActionState.CLOSED) and not action.evidence:
        found = f"The action is {action.state.value}, and nothing says where anybody could see that it is done."
        reader.say("evidence-missing", Heading.EVIDENCE, found, "Say where it can be seen.", Weight.NOTE)
    if action.closed is not None and action.state.is_live:
        found = f"The action has a day on which it was closed, but its state is {action.state.value}."
        reader.say("closed-but-live", Heading.CLOSED_ON, found, "Change the state, or clear the day.")
    return action, tuple(reader.problems)


def read_risk(row: RegisterRow, office: Office) -> tuple[Action, tuple[Problem, ...]]:
    """One row as a risk: its owner owes a review, as that of an action owes what was asked."""
    reader = RowReader(row, office)
    state = partial(reader.choice, Heading.STATE, (ActionState.OPEN, ActionState.CLOSED), _SPELT_RISK, ActionState.OPEN)
    risk = _read_owed(reader, "R2/2019", Heading.RISK, Heading.REVIEW, state)
    if risk.state.is_live and not risk.due_as_written:
        found = "The risk is open and has no day of review: no pack will bring it."
        reader.say("due-missing", Heading.REVIEW, found, "Give it a day or a meeting, or write none.", Weight.NOTE)
    return risk, tuple(reader.problems)


def read_recommendation(row: RegisterRow, office: Office) -> tuple[Action, tuple[Problem, ...]]:
    """One row as an inspectors' recommendation: its owner owes an answer, so many days after the report."""
    reader, days = RowReader(row, office), office.publication.recommendation_days
    state = partial(reader.choice, Heading.STATE, (ActionState.OPEN, ActionState.CLOSED), _SPELT_RISK, ActionState.OPEN)
    owed = _read_owed(reader, "H1/2019", Heading.RECOMMENDATION, Heading.DUE, state)
    published = reader.day(Heading.PUBLISHED)
    if not owed.due_as_written and published is not None:
        owed = replace(
            owed, due=published + timedelta(days=days), condition=f"{days} days after the report of {long_date(published)}"
        )
    elif owed.state.is_live and not owed.due_as_written:
        found = "The recommendation is open, and neither its day nor its report's is given: no pack will bring it."
        reader.say("due-missing", Heading.PUBLISHED, found, "Give the day on which the report was published.")
    return owed, tuple(reader.problems)


def _read_owed(reader: RowReader, example: str, said: Heading, when: Heading, state: Callable[[], ActionState]) -> Action:
    """What somebody owes, its words and its day under those headings; a heading that the sheet lacks says nothing."""
    reference, words = reader.reference(Heading.REFERENCE, example), reader.words(said)
    raised = reader.occasion(Heading.RAISED_AT)
    due, due_meeting = _read_due(reader, raised, when)
    standing = state()
    moved = [(line, read_redating(line)) for line in lines_of(reader.text(Heading.RE_DATED))]
    remedy = "Write one change on each line: 28 Feb 2019 to 30 Apr 2019: why."
    for line in (line for line, redating in moved if redating is None):
        reader.say("redating-unreadable", Heading.RE_DATED, f'"{line[:60]}" does not say from which day to which.', remedy)
    return Action(
        ref=reference,
        words=words,
        state=standing,
        source=reader.row.source,
        title=reader.text(Heading.TITLE),
        owners=reader.owners(Heading.OWNER),
        owners_as_written=reader.text(Heading.OWNER),
        raised=raised,
        due=due,
        due_meeting=due_meeting,
        due_as_written=reader.text(when),
        redatings=tuple(redating for _, redating in moved if redating is not None),
        condition=reader.text(Heading.CONDITION),
        printed=reader.row.printed,
        awaits=read_awaited(reader.text(Heading.CONDITION)),
        update=reader.text(Heading.UPDATE),
        evidence=reader.text(Heading.EVIDENCE),
        decided_at=reader.occasion(Heading.DECIDED_AT, after=raised),
        closed=reader.day(Heading.CLOSED_ON),
        topic=reader.text(Heading.TOPIC),
        item=reader.text(Heading.ITEM),
        audience=reader.audience(Heading.AUDIENCE),
        public_title=reader.text(Heading.PUBLIC_TITLE),
    )


def _read_due(reader: RowReader, raised: str, heading: Heading) -> tuple[date | None, str]:
    """A day, or the meeting that stands in its place. A month that Excel made a date of is a meeting's month."""
    if says_no_day(reader.text(heading)):
        return None, ""
    if (day := reader.row.day(heading)) is not None:
        return day, ""
    occasion = reader.occasion(heading, after=raised)
    day = iso_day(occasion)
    return day, "" if day is not None else occasion


def read_redating(line: str) -> Redating | None:
    """`28 Feb 2019 to 30 Apr 2019: reason`; the first day may be missing, and a meeting may stand for a day."""
    before, after, reason = split_move(line)
    if not after or not (_is_when(before) and _is_when(after)):
        return None
    days = read_day(before), read_day(after)
    return Redating(*days, reason, "" if all(days) else line)


def _is_when(text: str) -> bool:
    return says_no_day(text) or read_day(text) is not None or bool(read_occasion(text))
