"""Matters and actions bound to their meetings: which are due, which were missed, where each goes when a meeting is called off."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.merge.occasions import Calendar, agenda_line, calendar_of, is_past
from reportpack.model.action import Action
from reportpack.model.agenda_view import ActionView, MatterView, Occasion
from reportpack.model.matter import Matter, MatterState
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Weight
from reportpack.model.register import Register
from reportpack.records import Record

_CORRECT = "Correct the meeting it is due at, or set that meeting in inputs/meetings/."
_LATER = "Set that meeting in inputs/meetings/ when its day is known."


def view_actions(
    actions: Sequence[Action], measures: Sequence[Measure], calendar: Calendar, meeting: Meeting, office: Office, on: date
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


def unmet(matters: Sequence[MatterView], actions: Sequence[ActionView], meeting: Meeting) -> tuple[Problem, ...]:
    """A problem for each that is due at a meeting that does not exist; only a note while its month is still to come."""
    found: list[tuple[Matter | Action, Occasion, str]] = [(view.matter, view.due, _LATER) for view in matters]
    found += [(view.action, view.due, _CORRECT) for view in actions if view.due is not None]
    problems = []
    for one, due, later in found:
        if due.month is None or due.meeting is not None:
            continue
        passed = due.month.start <= meeting.day
        name = f"Action {one.ref or one.title}"
        if isinstance(one, Matter):
            name = f"{f'Matter {one.ref}' if one.ref else 'The matter'}{f' ({one.title})' if one.title else ''}"
        words = f"{name} is due at a meeting that is not set: {due.written}."
        weight = Weight.WRONG if passed else Weight.NOTE
        problems.append(Problem("meeting-missing", one.source, words, _CORRECT if passed else later, weight))
    return tuple(problems)


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


class DueThere(Record):
    """A matter or an action, and the meeting at which it comes back."""

    ref: str
    title: str
    comes_back: Occasion

    @property
    def when(self) -> str:
        """When it comes back, in words."""
        return long_date(self.comes_back.meeting.day) if self.comes_back.meeting is not None else "not yet scheduled"


def due_when_called_off(
    meeting: Meeting, meetings: Sequence[Meeting], register: Register, office: Office
) -> tuple[DueThere, ...]:
    """Everything that is due at the meeting, each with where it comes back once the meeting is called off."""
    main = office.series[0].id if office.series else meeting.series
    before = calendar_of(meetings, main)
    after = calendar_of([replace(one, cancelled=True) if one.id == meeting.id else one for one in meetings], main)
    now = dict(_bound(register, before))
    return tuple(then for key, then in _bound(register, after) if _is_at(now[key], meeting))


def _bound(register: Register, calendar: Calendar) -> Iterator[tuple[int, DueThere]]:
    for matter in register.matters:
        if matter.state is MatterState.CARRIED:
            yield id(matter), DueThere(matter.ref, matter.title, bind_matter(matter, calendar)[2])
    for action in register.actions:
        due = bind_action(action, calendar)[1]
        if action.state.is_live and due is not None:
            yield id(action), DueThere(action.ref, action.title or action.words, due)


def _is_at(due: DueThere, meeting: Meeting) -> bool:
    return due.comes_back.meeting is not None and due.comes_back.meeting.id == meeting.id


def view_matters(
    matters: Sequence[Matter],
    actions: Sequence[Action],
    measures: Sequence[Measure],
    calendar: Calendar,
    meeting: Meeting,
    office: Office,
) -> tuple[MatterView, ...]:
    """Every matter that is still carried, bound to its meetings."""
    return tuple(
        view_matter(matter, actions, measures, calendar, meeting, office)
        for matter in matters
        if matter.state is MatterState.CARRIED
    )


def is_due_at(view: MatterView, meeting: Meeting) -> bool:
    """Whether the meeting has to deal with it: due there, or missed by an earlier one."""
    return view.missed or (view.due.meeting is not None and view.due.meeting.id == meeting.id)


def bind_matter(matter: Matter, calendar: Calendar) -> tuple[str, Occasion, Occasion]:
    """The series whose months it speaks of, where it came from, and where it is due."""
    series = calendar.series_of(matter.origin) or calendar.series_of(matter.due) or calendar.main
    origin = calendar.bind(matter.origin, "", series)
    return series, origin, calendar.bind_due(matter.due, matter.due_as_written, series, origin.meeting)


def view_matter(
    matter: Matter, actions: Sequence[Action], measures: Sequence[Measure], calendar: Calendar, meeting: Meeting, office: Office
) -> MatterView:
    """A matter in any state, bound to its meetings."""
    series, origin, due = bind_matter(matter, calendar)
    topic = matter.topic if office.topic(matter.topic) is not None else ""
    line = agenda_line(topic, meeting.agenda, office)
    named = due.meeting.series if due.meeting is not None else series
    return MatterView(
        matter=matter,
        origin=origin,
        due=due,
        topic=topic,
        item=line.number if line is not None else "",
        missed=named == meeting.series and is_past(due, meeting.day),
        actions=tuple(action for action in actions if topic and action.topic == topic and action.state.is_live),
        measures=tuple(measure.id for measure in measures if topic and measure.topic == topic),
    )
