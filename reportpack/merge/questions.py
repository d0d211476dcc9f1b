"""Questions: which are to be asked at this meeting, and which were put before."""

from collections.abc import Sequence

from reportpack.merge.occasions import Calendar
from reportpack.model.meeting import Meeting
from reportpack.model.statement import Question


def asked_now(questions: Sequence[Question], calendar: Calendar, meeting: Meeting) -> tuple[Question, ...]:
    """Those for this meeting, each with the meeting's id."""
    return tuple(one for one in questions if _is_at(one, calendar, meeting))


def asked_before(questions: Sequence[Question], calendar: Calendar, meeting: Meeting) -> tuple[Question, ...]:
    """Those of earlier meetings, newest first; one that names no readable meeting comes last."""
    dated = [(calendar.bind(one.meeting, "").day, one) for one in questions if not _is_at(one, calendar, meeting)]
    known = sorted(
        ((day, one) for day, one in dated if day is not None and day < meeting.day), key=lambda pair: pair[0], reverse=True
    )
    return (*(one for _, one in known), *(one for day, one in dated if day is None))


def _is_at(question: Question, calendar: Calendar, meeting: Meeting) -> bool:
    if question.meeting == meeting.id:
        return True
    bound = calendar.bind_due(question.meeting, "", calendar.series_of(question.meeting) or calendar.main).meeting
    return bound is not None and bound.id == meeting.id
