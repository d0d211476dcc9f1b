"""The sheet of queries for the note taker: what must be answered before the notes can be agreed, then the rest. For the office alone."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack.compose.head import head_of
from reportpack.compose.occasions import small_number
from reportpack.model.annex import QueryGroup, QueryLine, QuerySheet
from reportpack.model.answer import Answer, AskedQuery, Verdict
from reportpack.model.audience import Audience
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Sentence

SLIP = "slip"
UNDERTAKING = "undertaking"


def compose_queries(view: NotedView, office: Office, on: date, version: str) -> QuerySheet:
    """Every query with its place; undertakings that nobody called an action are asked about too."""
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
    unanswered = [one for one in view.asked if one.answer is None]
    blocking = [one for one in unanswered if one.blocking]
    slips = [one for one in unanswered if one.query.kind == SLIP and not one.blocking]
    undertakings = [one for one in unanswered if one.query.kind == UNDERTAKING]
    others = [one for one in unanswered if one not in blocking and one not in slips and one not in undertakings]
    yield QueryGroup("To be answered before the notes can be agreed", _lines(blocking), blocking=True)
    yield QueryGroup("To be answered if it can be", _lines(others))
    yield QueryGroup("Said to happen, and not called an action", _lines(undertakings))
    yield QueryGroup("Words that may be slips", _lines(slips))
    yield QueryGroup("Answered", _lines([one for one in view.asked if one.answer is not None]))


def _lines(asked: Sequence[AskedQuery]) -> tuple[QueryLine, ...]:
    return tuple(
        QueryLine(one.number, place_words(one.query.line), one.query.found, one.query.remedy, *_answer(one.answer))
        for one in asked
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
    left = [one for one in asked if one.answer is None]
    if not left:
        return Sentence.of("The notes leave nothing open.")
    blocking = sum(one.blocking for one in left)
    start = f"The notes leave {len(left)} questions open" if len(left) > 1 else "The notes leave one question open"
    must = f"; {small_number(blocking)} must be answered before they can be agreed" if blocking else ""
    return Sentence.of(
        f"{start}{must}. Answer in the notes themselves and make the annex again, or answer by number on the command line."
    )
