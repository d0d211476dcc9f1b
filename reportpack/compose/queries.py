"""The sheet of queries for the note taker: what must be answered before the notes can be agreed, then the rest. For the office alone."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack.compose.head import head_of
from reportpack.compose.occasions import small_number
from reportpack.model.annex import QueryGroup, QueryLine, QuerySheet
from reportpack.model.answer import Answer, AskedQuery, Cause, Verdict, count_questions
from reportpack.model.edition import Audience
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Sentence


def compose_queries(view: NotedView, office: Office, on: date, version: str) -> QuerySheet:
    """Every question with its places, then what is only marked in the draft, then what is answered."""
    meeting, edition = view.meeting, Audience.OFFICE
    groups = tuple(group for group in _groups(view) if group.lines)
    return QuerySheet(
        **head_of(
            office,
            edition,
            on,
            version,
            f"Queries for the note taker: {meeting.title}, {long_date(meeting.day)}",
            f"Queries for the note taker, {long_date(meeting.day)}",
            f"What the notes of {long_date(meeting.day)} leave open",
        ),
        meeting=meeting.id,
        heading=f"{meeting.title}, {long_date(meeting.day)}",
        summary=_summary(view.asked),
        groups=groups,
    )


def _groups(view: NotedView) -> Iterator[QueryGroup]:
    numbers = dict.fromkeys(one.number for one in view.asked)
    for number in numbers:
        places = [one for one in view.asked if one.number == number and one.is_open]
        if places:
            blocking = any(one.blocking for one in places)
            must = ": to be answered before the notes can be agreed" if blocking else ""
            yield QueryGroup(f"{number}. {places[0].cause.value}{must}", _lines(places), blocking)
    marked = [one for one in view.asked if one.answer is None and one.cause is Cause.MARKED]
    yield QueryGroup(Cause.MARKED.value, _lines(marked))
    yield QueryGroup("Answered", _lines([one for one in view.asked if one.answer is not None]))


def _lines(asked: Sequence[AskedQuery]) -> tuple[QueryLine, ...]:
    return tuple(
        QueryLine(one.name, place_words(one.query.line), one.query.found, one.query.remedy, *_answer(one.answer)) for one in asked
    )


def _answer(answer: Answer | None) -> tuple[str, Sentence]:
    if answer is None:
        return "", Sentence.of()
    given = answer.given
    said = given.words if given.verdict is Verdict.ANSWERED else given.verdict.value.capitalize()
    why = f": {given.why}" if given.why else ""
    return f"{said}{why}", Sentence.of(f"{answer.by}, {long_date(given.on)}")


def place_words(line: str) -> str:
    """`Line 14`, `Paragraph 3`, `Table 2, row 3`."""
    if line.isdigit():
        return f"Line {line}"
    if line[:1] == "p" and line[1:].isdigit():
        return f"Paragraph {line[1:]}"
    table, _, row = line.removeprefix("t").partition("r")
    return f"Table {table}, row {row}" if table.isdigit() and row.isdigit() else line


def _summary(asked: Sequence[AskedQuery]) -> Sentence:
    left, blocking = count_questions(asked), count_questions(asked, blocking=True)
    if not left:
        return Sentence.of("The notes leave nothing open that somebody has to answer.")
    start = f"The notes leave {small_number(left)} questions open" if left > 1 else "The notes leave one question open"
    must = f"; {small_number(blocking)} must be answered before they can be agreed" if blocking else ""
    return Sentence.of(
        f"{start}{must}. Answer in the notes themselves and make the annex again, or answer by number on the command line: 3 for a whole question, "
        "3.2 for one of its places."
    )
