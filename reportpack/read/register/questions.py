"""The sheet Questions: what was put to the chief officers, and what became of it."""

from reportpack.model.office import Office
from reportpack.model.problem import Problem
from reportpack.model.register_columns import Heading
from reportpack.model.register_row import RegisterRow
from reportpack.model.statement import Answered, Question
from reportpack.read.posts import nearest_posts, read_post
from reportpack.read.register.row_reader import RowReader

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
        words=reader.words(Heading.QUESTION),
        source=row.source,
        asked_by=_read_asker(reader),
        meeting=reader.occasion(Heading.MEETING),
        topic=reader.text(Heading.TOPIC),
        item=reader.text(Heading.ITEM),
        answered=reader.choice(Heading.ANSWERED, Answered, _OTHER_WORDS, Answered.UNKNOWN),
        answer=reader.text(Heading.ANSWER),
        audience=reader.audience(Heading.AUDIENCE),
    )
    return question, tuple(reader.problems)


def _read_asker(reader: RowReader) -> str:
    """A post's id where the cell names one; a person or a body may ask too, but PC for PCC is worth a word."""
    text = reader.text(Heading.ASKED_BY)
    post = read_post(text, reader.office) if text else ""
    if post or not text:
        return post
    if len(text) <= 5:
        found = f'"{text}" is not a post of this office or force.'
        reader.say("post-unknown", Heading.ASKED_BY, found, nearest_posts(text, reader.office))
    return text
