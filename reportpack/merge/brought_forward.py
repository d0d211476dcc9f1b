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


class Viewpoint(Record):
    """From where rows are looked at: a meeting of the office among all its meetings, with its measures, as at a day."""

    office: Office
    measures: Sequence[Measure]
    calendar: Calendar
    meeting: Meeting
    on: date

    def action(self, action: Action) -> ActionView:
        """An action in any state, bound to its meetings."""
        raised, due = bind_action(action, self.calendar)
        topic, item, measures = self._place(action.topic)
        overdue = action.is_overdue_on(self.on) or (action.state.is_owed and due is not None and is_past(due, self.on))
        view = ActionView(action, raised, overdue, due_here=False, due=due, topic=topic, item=item, measures=measures)
        day = due_day(view)
        return replace(view, due_here=day is not None and day <= self.meeting.day)

    def matter(self, matter: Matter, actions: Sequence[Action]) -> MatterView:
        """A matter in any state, bound to its meetings, with the live ones of the actions on its topic."""
        series, origin, due = bind_matter(matter, self.calendar)
        topic, item, measures = self._place(matter.topic)
        named = due.meeting.series if due.meeting is not None else series
        return MatterView(
            matter=matter,
            origin=origin,
            due=due,
            topic=topic,
            item=item,
            missed=named == self.meeting.series and is_past(due, self.meeting.day),
            actions=tuple(action for action in actions if topic and action.topic == topic and action.state.is_live),
            measures=measures,
        )

    def _place(self, topic: str) -> tuple[str, str, tuple[str, ...]]:
        """The topic's id, the line of the agenda that it is taken at, and its measures; nothing where there is no such topic."""
        if not topic or self.office.topic(topic) is None:
            return "", "", ()
        line = agenda_line(topic, self.meeting.agenda, self.office)
        return topic, line.number if line is not None else "", tuple(one.id for one in self.measures if one.topic == topic)


def bind_action(action: Action, calendar: Calendar) -> tuple[Occasion, Occasion | None]:
    """Where it was raised, and the meeting at which it is due, where it names one."""
    series = calendar.series_of(action.raised) or calendar.series_of(action.due_meeting) or calendar.main
    raised = calendar.bind(action.raised, "", series)
    due = calendar.bind_due(action.due_meeting, action.due_as_written, series, raised.meeting) if action.due_meeting else None
    return raised, due


def bind_matter(matter: Matter, calendar: Calendar) -> tuple[str, Occasion, Occasion]:
    """The series whose months it speaks of, where it came from, and where it is due."""
    series = calendar.series_of(matter.origin) or calendar.series_of(matter.due) or calendar.main
    origin = calendar.bind(matter.origin, "", series)
    return series, origin, calendar.bind_due(matter.due, matter.due_as_written, series, origin.meeting)


def due_day(view: ActionView) -> date | None:
    """The day it falls due, be it a date or a meeting's."""
    return view.action.due or (view.due.day if view.due is not None else None)


def is_due_at(view: MatterView, meeting: Meeting) -> bool:
    """Whether the meeting has to deal with it: due there, or missed by an earlier one."""
    return view.missed or (view.due.meeting is not None and view.due.meeting.id == meeting.id)


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
    now = {key: one.comes_back.meeting for key, one in _bound(register, before)}
    return tuple(then for key, then in _bound(register, after) if (at := now[key]) is not None and at.id == meeting.id)


def _bound(register: Register, calendar: Calendar) -> Iterator[tuple[int, DueThere]]:
    for matter in register.matters:
        if matter.state is MatterState.CARRIED:
            yield id(matter), DueThere(matter.ref, matter.title, bind_matter(matter, calendar)[2])
    for action in register.actions:
        due = bind_action(action, calendar)[1]
        if action.state.is_live and due is not None:
            yield id(action), DueThere(action.ref, action.title or action.words, due)
