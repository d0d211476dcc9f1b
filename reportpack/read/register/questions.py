"""The sheet Questions: what was put to the chief officers, and what became of it."""

from reportpack.model.office import Office
from reportpack.model.problem import Problem
from reportpack.model.question import Answered, Question
from reportpack.model.register_row import RegisterRow
from reportpack.read.posts import nearest_posts, read_post
from reportpack.read.register.row_reader import RowReader
from reportpack.read.register.rows import Column, SheetTable

WORDS = Column("Question", "the question, word for word", needed=True)
ASKED_BY = Column("Asked by", "the post that asked")
MEETING = Column("Meeting", "the meeting it was, or is to be, asked at: May 2019, a date, or a meeting's id", needed=True)
TOPIC = Column("Topic", "the topic, by any of its names in office.toml")
ITEM = Column("Item", "the agenda number it was asked under, such as 2.1.5")
ANSWERED = Column("Answered", "answered, partly answered, not answered, to be asked, or not recorded (also when empty)")
ANSWER = Column("Answer", "what was answered, word for word")
AUDIENCE = Column("Audience", "who may read the row: office (also when empty), force or public")

QUESTIONS = SheetTable(
    "Questions",
    "A row is a question that was put at a meeting, or is to be.",
    (WORDS, ASKED_BY, MEETING, TOPIC, ITEM, ANSWERED, ANSWER, AUDIENCE),
    needed=False,
)
_OTHER_WORDS = {
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
        words=reader.words(WORDS),
        source=row.source,
        asked_by=_read_asker(reader),
        meeting=reader.occasion(MEETING),
        topic=reader.text(TOPIC),
        item=reader.text(ITEM),
        answered=reader.choice(ANSWERED, Answered, _OTHER_WORDS, Answered.UNKNOWN),
        answer=reader.text(ANSWER),
        audience=reader.audience(AUDIENCE),
    )
    return question, tuple(reader.problems)


def _read_asker(reader: RowReader) -> str:
    """A post's id where the cell names one; a person or a body may ask too, but PC for PCC is worth a word."""
    text = reader.text(ASKED_BY)
    post = read_post(text, reader.office) if text else ""
    if post or not text:
        return post
    if len(text) <= 5:
        reader.say(
            "post-unknown", ASKED_BY, f'"{text}" is not a post of this office or force.', nearest_posts(text, reader.office)
        )
    return text
