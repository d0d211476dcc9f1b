"""The doorway: every query about the notes, each with its line, what was found and what to do."""

from collections.abc import Sequence

from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes, Query
from reportpack.model.office import Office
from reportpack.model.register import Register
from reportpack.read.minutes.queries.actions import action_queries, reference_queries, repeat_queries
from reportpack.read.minutes.queries.head import attendance_queries, next_meeting_queries, unlisted_queries
from reportpack.read.minutes.queries.matters import matter_queries, promise_queries, question_queries
from reportpack.read.minutes.queries.wording import post_queries, wording_queries
from reportpack.read.minutes.slips import slip_queries
from reportpack.read.minutes.wraps import Passage


def queries_of(
    minutes: Minutes,
    passages: Sequence[Passage],
    outline_queries: Sequence[Query],
    office: Office | None,
    meetings: Sequence[Meeting],
    register: Register | None,
) -> tuple[Query, ...]:
    """All of them, those that stop the notes from being agreed first within each line."""
    found = [
        *attendance_queries(minutes),
        *unlisted_queries(minutes, passages, office, meetings, register),
        *post_queries(minutes, passages, office),
        *action_queries(minutes, passages, meetings, office),
        *reference_queries(minutes, register),
        *repeat_queries(minutes),
        *matter_queries(minutes),
        *question_queries(minutes),
        *promise_queries(minutes),
        *next_meeting_queries(minutes),
        *wording_queries(minutes, passages, office),
        *outline_queries,
        *slip_queries(passages),
    ]
    order = {name: at for at, name in enumerate(dict.fromkeys(name for passage in passages for name in passage.names))}
    return tuple(sorted(dict.fromkeys(found), key=lambda query: (order.get(query.line, 0), not query.blocking)))
