"""Matters carried forward: which are due at this meeting, which were missed, which come later."""

from collections.abc import Sequence

from reportpack.merge.occasions import Calendar, is_past
from reportpack.merge.topics import agenda_line
from reportpack.model.action import Action
from reportpack.model.agenda_view import MatterView, Occasion
from reportpack.model.matter import Matter, MatterState
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Weight


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


def unmet(views: Sequence[MatterView], meeting: Meeting) -> tuple[Problem, ...]:
    """A problem for each matter that is due at a meeting that does not exist; only a note while its month is still to come."""
    problems = []
    for view in views:
        if view.due.month is None or view.due.meeting is not None:
            continue
        passed = view.due.month.start <= meeting.day
        problems.append(
            Problem(
                "meeting-missing",
                view.matter.source,
                f"{_name(view)} is due at a meeting that is not set: {view.due.written}.",
                "Correct the meeting it is due at, or set that meeting in inputs/meetings/."
                if passed
                else "Set that meeting in inputs/meetings/ when its day is known.",
                Weight.WRONG if passed else Weight.NOTE,
            )
        )
    return tuple(problems)


def _name(view: MatterView) -> str:
    reference = f"Matter {view.matter.ref}" if view.matter.ref else "The matter"
    return f"{reference} ({view.matter.title})" if view.matter.title else reference


def view_matter(
    matter: Matter, actions: Sequence[Action], measures: Sequence[Measure], calendar: Calendar, meeting: Meeting, office: Office
) -> MatterView:
    """A matter in any state, bound to its meetings."""
    series, origin, due = bind_matter(matter, calendar)
    topic = matter.topic if office.topic(matter.topic) is not None else ""
    line = agenda_line(topic, meeting.agenda, office)
    return MatterView(
        matter=matter,
        origin=origin,
        due=due,
        topic=topic,
        item=line.number if line is not None else "",
        missed=_is_missed(due, series, meeting),
        actions=tuple(action for action in actions if topic and action.topic == topic and action.state.is_live),
        measures=tuple(measure.id for measure in measures if topic and measure.topic == topic),
    )


def _is_missed(due: Occasion, series: str, meeting: Meeting) -> bool:
    """Whether an earlier meeting of this series should have dealt with it."""
    named = due.meeting.series if due.meeting is not None else series
    return named == meeting.series and is_past(due, meeting.day)
