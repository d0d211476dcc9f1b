"""Live actions: overdue first, then in the order they fall due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportpack.merge.occasions import Calendar, is_past
from reportpack.merge.topics import agenda_line
from reportpack.model.action import Action
from reportpack.model.agenda_view import ActionView, Occasion
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Weight


def view_actions(
    actions: Sequence[Action],
    measures: Sequence[Measure],
    calendar: Calendar,
    meeting: Meeting,
    office: Office,
    on: date,
) -> tuple[ActionView, ...]:
    """Every live action, bound to its meetings, as at the day."""
    views = [view_action(action, measures, calendar, meeting, office, on) for action in actions if action.state.is_live]
    return tuple(sorted(views, key=lambda view: (not view.overdue, due_day(view) or date.max)))


def bind_action(action: Action, calendar: Calendar) -> tuple[Occasion, Occasion | None]:
    """Where it was raised, and the meeting at which it is due, where it names one."""
    series = calendar.series_of(action.raised) or calendar.series_of(action.due_meeting) or calendar.main
    raised = calendar.bind(action.raised, "", series)
    due = calendar.bind_due(action.due_meeting, action.due_as_written, series, raised.meeting) if action.due_meeting else None
    return raised, due


def due_day(view: ActionView) -> date | None:
    """The day it falls due, be it a date or a meeting's."""
    if view.action.due is not None:
        return view.action.due
    return view.due.day if view.due is not None else None


def settled_since(actions: Sequence[Action], previous: Meeting | None, on: date) -> tuple[Action, ...]:
    """Those that ceased to be live after the previous meeting began."""
    since = previous.day if previous is not None else date.min
    return tuple(
        action for action in actions if not action.state.is_live and action.closed is not None and since <= action.closed <= on
    )


def unmet(views: Sequence[ActionView], meeting: Meeting) -> tuple[Problem, ...]:
    """A problem for each action due at a meeting that does not exist."""
    return tuple(
        Problem(
            "meeting-missing",
            view.action.source,
            f"Action {view.action.ref or view.action.title} is due at a meeting that is not set: {view.due.written}.",
            "Correct the meeting it is due at, or set that meeting in inputs/meetings/.",
            Weight.WRONG if view.due.month.start <= meeting.day else Weight.NOTE,
        )
        for view in views
        if view.due is not None and view.due.meeting is None and view.due.month is not None
    )


def view_action(
    action: Action, measures: Sequence[Measure], calendar: Calendar, meeting: Meeting, office: Office, on: date
) -> ActionView:
    """An action in any state, bound to its meetings, as at the day."""
    raised, due = bind_action(action, calendar)
    topic = action.topic if office.topic(action.topic) is not None else ""
    line = agenda_line(topic, meeting.agenda, office)
    view = ActionView(
        action=action,
        raised=raised,
        overdue=action.is_overdue_on(on) or (action.state.is_owed and due is not None and is_past(due, on)),
        due_here=False,
        due=due,
        topic=topic,
        item=line.number if line is not None else "",
        measures=tuple(measure.id for measure in measures if topic and measure.topic == topic),
    )
    day = due_day(view)
    falls_here = day is not None and day <= meeting.day
    return replace(view, due_here=falls_here)
