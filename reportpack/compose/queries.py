"""The sheet of queries for the note taker: what must be answered before the notes can be agreed, then the rest. For the office alone."""

from collections.abc import Iterator
from datetime import date

from reportpack.compose.occasions import small_number
from reportpack.model.annex import QueryGroup, QueryLine, QuerySheet
from reportpack.model.audience import Audience
from reportpack.model.minutes import Query
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Sentence

SLIP = "slip"


def compose_queries(view: NotedView, office: Office, on: date, version: str) -> QuerySheet:
    """Every query with its place; undertakings that nobody called an action are asked about too."""
    meeting, edition = view.meeting, Audience.OFFICE
    groups = tuple(group for group in _groups(view) if group.lines)
    return QuerySheet(
        meeting=meeting.id,
        edition=edition,
        language=office.language,
        title=f"Queries for the note taker: {meeting.title}, {long_date(meeting.day)}",
        running_title=f"Queries for the note taker, {long_date(meeting.day)}",
        author=office.name,
        description=f"What the notes of {long_date(meeting.day)} leave open",
        marking=office.edition(edition).marking,
        version=version,
        on=on,
        heading=f"{meeting.title}, {long_date(meeting.day)}",
        summary=_summary(view.minutes.queries),
        groups=groups,
    )


def _groups(view: NotedView) -> Iterator[QueryGroup]:
    queries = view.minutes.queries
    blocking = [one for one in queries if one.blocking]
    slips = [one for one in queries if one.kind == SLIP and not one.blocking]
    others = [one for one in queries if one not in blocking and one not in slips]
    yield QueryGroup("To be answered before the notes can be agreed", _lines(blocking), blocking=True)
    yield QueryGroup("To be answered if it can be", _lines(others))
    yield QueryGroup("Said to happen, and not called an action", tuple(_undertakings(view)))
    yield QueryGroup("Words that may be slips", _lines(slips))


def _lines(queries: list[Query]) -> tuple[QueryLine, ...]:
    return tuple(QueryLine(place_words(one.line), one.found, one.remedy) for one in queries)


def _undertakings(view: NotedView) -> Iterator[QueryLine]:
    remedy = "Make it an action if it was meant as one, or leave it."
    taken: set[str] = set()
    for action in view.actions:
        if not action.noted.marked:
            taken.add(action.noted.words)
            yield QueryLine(place_words(action.noted.line), f"“{action.noted.words}”", remedy)
    for one in view.commitments:
        if not one.recorded and one.noted.words not in taken:
            yield QueryLine(place_words(one.noted.line), f"“{one.noted.words}”", remedy)


def place_words(line: str) -> str:
    """`Line 14`, `Paragraph 3`, `Table 2, row 3`."""
    if line.isdigit():
        return f"Line {line}"
    if line[:1] == "p" and line[1:].isdigit():
        return f"Paragraph {line[1:]}"
    table, _, row = line.removeprefix("t").partition("r")
    return f"Table {table}, row {row}" if table.isdigit() and row.isdigit() else line


def _summary(queries: tuple[Query, ...]) -> Sentence:
    if not queries:
        return Sentence.of("The notes leave nothing open.")
    blocking = sum(one.blocking for one in queries)
    start = f"The notes leave {len(queries)} questions open" if len(queries) > 1 else "The notes leave one question open"
    must = f"; {small_number(blocking)} must be answered before they can be agreed" if blocking else ""
    return Sentence.of(f"{start}{must}. Answer in the notes themselves, then make the annex again.")
