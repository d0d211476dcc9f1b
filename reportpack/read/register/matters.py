"""The sheet Matters: what earlier meetings put off to later ones."""

from reportpack.model.matter import Carrying, Matter, MatterState
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_row import RegisterRow
from reportpack.read.register.conditions import read_awaited
from reportpack.read.register.moves import WHY, lines_of, split_move
from reportpack.read.register.occasions import read_occasion
from reportpack.read.register.row_reader import RowReader
from reportpack.read.register.rows import Column, SheetTable

REFERENCE = Column("Reference", "the matter's own number, such as M3/2019; never used again for another", needed=True)
TITLE = Column("Title", "a few words that name it in lists")
WORDS = Column("Words", "what the meeting said, word for word", needed=True)
TOPIC = Column("Topic", "the topic, by any of its names in office.toml")
ORIGIN = Column("From meeting", "the meeting that put it off: November 2018, a date, or a meeting's id")
DUE = Column("Due at meeting", "the meeting it comes back to: May 2019, a date, or a meeting's id", needed=True)
SAID = Column("What was said", "what was said and promised then")
CARRIED = Column("Carried again", "each time it was put off again, on a line of its own: May 2019 to September 2019: reason")
CONDITION = Column("Condition", "what has to happen first, if anything")
STATE = Column("State", "carried forward (also when empty) or discharged", needed=True)
OUTCOME = Column("Outcome", "what came of it, once it was discussed")
EVIDENCE = Column("Evidence", "where that can be seen")
AUDIENCE = Column("Audience", "who may read the row: office (also when empty), force or public")
PUBLIC_TITLE = Column("Public title", "the title to use in a public edition")

MATTERS = SheetTable(
    "Matters",
    "A row is a matter that a meeting carried forward to a later one.",
    (REFERENCE, TITLE, WORDS, TOPIC, ORIGIN, DUE, SAID, CONDITION, STATE, CARRIED, OUTCOME, EVIDENCE, AUDIENCE, PUBLIC_TITLE),
)
_OTHER_WORDS = {
    "carried": MatterState.CARRIED,
    "outstanding": MatterState.CARRIED,
    "open": MatterState.CARRIED,
    "brought forward": MatterState.CARRIED,
}


def read_matter(row: RegisterRow, office: Office) -> tuple[Matter, tuple[Problem, ...]]:
    """One row as a matter."""
    reader = RowReader(row, office)
    reference, title = reader.reference(REFERENCE, "M3/2019"), reader.text(TITLE)
    words = reader.words(WORDS)
    origin = reader.occasion(ORIGIN)
    state = reader.choice(STATE, MatterState, _OTHER_WORDS, MatterState.CARRIED)
    matter = Matter(
        ref=reference,
        title=title,
        words=words,
        state=state,
        source=row.source,
        topic=reader.text(TOPIC),
        origin=origin,
        due=reader.occasion(DUE, after=origin),
        due_as_written=reader.text(DUE),
        said=reader.text(SAID),
        carryings=_read_carryings(reader, origin),
        condition=reader.text(CONDITION),
        awaits=read_awaited(reader.text(CONDITION)),
        outcome=reader.text(OUTCOME),
        evidence=reader.text(EVIDENCE),
        audience=reader.audience(AUDIENCE),
        public_title=reader.text(PUBLIC_TITLE),
    )
    _say_what_is_missing(matter, reader)
    return matter, tuple(reader.problems)


def _read_carryings(reader: RowReader, origin: str) -> tuple[Carrying, ...]:
    carryings: list[Carrying] = []
    for line in lines_of(reader.text(CARRIED)):
        before, after, reason = split_move(line)
        said = read_occasion(before, after=origin), read_occasion(after, after=origin)
        if not all(said):
            reader.say(
                "carried-unreadable",
                CARRIED,
                f'"{line[:60]}" does not say from which meeting to which.',
                "Write one change on each line: May 2019 to September 2019: why.",
            )
            continue
        carryings.append(Carrying(*said, reason))
    return tuple(carryings)


def _say_what_is_missing(matter: Matter, reader: RowReader) -> None:
    if matter.state is MatterState.CARRIED and not matter.due_as_written:
        reader.say(
            "due-missing",
            DUE,
            "The matter is carried forward, but to no meeting.",
            "Say at which meeting it comes back.",
        )
    if matter.state is MatterState.CARRIED and any(not one.reason for one in matter.carryings):
        reader.say("carried-without-reason", CARRIED, "The matter was put off again, and nothing says why.", WHY, Weight.NOTE)
    if matter.state is MatterState.DISCHARGED and not matter.outcome:
        reader.say(
            "outcome-missing", OUTCOME, "The matter is discharged without an outcome.", "Say what came of it.", Weight.NOTE
        )
