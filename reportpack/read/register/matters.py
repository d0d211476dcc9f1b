"""The sheets Matters and Questions: what earlier meetings put off to later ones, and what was put to the chief officers."""

from reportpack.model.action import ActionState
from reportpack.model.matter import Carrying, Matter, MatterState
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_columns import Heading
from reportpack.model.register_row import RegisterRow
from reportpack.model.state_words import SPELT
from reportpack.model.statement import Answered, Question
from reportpack.read.posts import nearest_posts, read_post
from reportpack.read.register.occasions import WHY, lines_of, read_awaited, read_occasion, split_move
from reportpack.read.register.row_reader import RowReader

_OTHER_WORDS = {
    "carried": MatterState.CARRIED,
    "brought forward": MatterState.CARRIED,
    "open": MatterState.CARRIED,
    "closed": MatterState.DISCHARGED,
} | {
    words: MatterState.CARRIED if state is ActionState.OPEN else MatterState.DISCHARGED
    for words, state in SPELT.items()
    if state in (ActionState.OPEN, ActionState.PROPOSED) and words != "proposed"
}


def read_matter(row: RegisterRow, office: Office) -> tuple[Matter, tuple[Problem, ...]]:
    """One row as a matter."""
    reader = RowReader(row, office)
    reference, title = reader.reference(Heading.REFERENCE, "M3/2019"), reader.text(Heading.TITLE)
    words = reader.words(Heading.WORDS)
    origin = reader.occasion(Heading.FROM_MEETING)
    state = reader.choice(Heading.STATE, MatterState, _OTHER_WORDS, MatterState.CARRIED)
    matter = Matter(
        ref=reference,
        title=title,
        words=words,
        state=state,
        source=row.source,
        topic=reader.text(Heading.TOPIC),
        origin=origin,
        due=reader.occasion(Heading.DUE_AT_MEETING, after=origin),
        due_as_written=reader.text(Heading.DUE_AT_MEETING),
        said=reader.text(Heading.WHAT_WAS_SAID),
        carryings=_read_carryings(reader, origin),
        condition=reader.text(Heading.CONDITION),
        printed=row.printed,
        awaits=read_awaited(reader.text(Heading.CONDITION)),
        outcome=reader.text(Heading.OUTCOME),
        evidence=reader.text(Heading.EVIDENCE),
        audience=reader.audience(Heading.AUDIENCE),
        public_title=reader.text(Heading.PUBLIC_TITLE),
    )
    if matter.state is MatterState.CARRIED and not matter.due_as_written:
        found = "The matter is carried forward, but to no meeting."
        reader.say("due-missing", Heading.DUE_AT_MEETING, found, "Say at which meeting it comes back.")
    if matter.state is MatterState.CARRIED and any(not one.reason for one in matter.carryings):
        found = "The matter was put off again, and nothing says why."
        reader.say("carried-without-reason", Heading.CARRIED_AGAIN, found, WHY, Weight.NOTE)
    if matter.state is MatterState.DISCHARGED and not matter.outcome:
        found = "The matter is discharged without an outcome."
        reader.say("outcome-missing", Heading.OUTCOME, found, "Say what came of it.", Weight.NOTE)
    return matter, tuple(reader.problems)


def _read_carryings(reader: RowReader, origin: str) -> tuple[Carrying, ...]:
    carryings: list[Carrying] = []
    for line in lines_of(reader.text(Heading.CARRIED_AGAIN)):
        before, after, reason = split_move(line)
        said = read_occasion(before, after=origin), read_occasion(after, after=origin)
        if not all(said):
            found = f'"{line[:60]}" does not say from which meeting to which.'
            remedy = "Write one change on each line: May 2019 to September 2019: why."
            reader.say("carried-unreadable", Heading.CARRIED_AGAIN, found, remedy)
            continue
        carryings.append(Carrying(*said, reason))
    return tuple(carryings)


_ANSWERS = {
    "yes": Answered.YES,
    "no": Answered.NO,
    "partly": Answered.PARTLY,
    "in part": Answered.PARTLY,
    "unknown": Answered.UNKNOWN,
    "to ask": Answered.TO_ASK,
}


def read_question(row: RegisterRow, office: Office) -> tuple[Question, tuple[Problem, ...]]:
    """One row as a question."""
    reader = RowReader(row, office)
    question = Question(
        words=reader.words(Heading.QUESTION),
        source=row.source,
        asked_by=_read_asker(reader),
        meeting=reader.occasion(Heading.MEETING),
        topic=reader.text(Heading.TOPIC),
        item=reader.text(Heading.ITEM),
        answered=reader.choice(Heading.ANSWERED, Answered, _ANSWERS, Answered.UNKNOWN),
        answer=reader.text(Heading.ANSWER),
        audience=reader.audience(Heading.AUDIENCE),
    )
    return question, tuple(reader.problems)


def _read_asker(reader: RowReader) -> str:
    """A post's id where the cell names one; a person or a body may ask too, but PC for PCC is worth a word."""
    text = reader.text(Heading.ASKED_BY)
    post = read_post(text, reader.office) if text else ""
    if text and not post and len(text) <= 5:
        found = f'"{text}" is not a post of this office or force.'
        reader.say("post-unknown", Heading.ASKED_BY, found, nearest_posts(text, reader.office))
    return post or text
