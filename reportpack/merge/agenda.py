"""One meeting joined to what stands: every paper, matter, action, question and word under its line of the agenda."""

from collections.abc import Sequence
from datetime import date

from reportpack.merge import actions as of_actions
from reportpack.merge import matters as of_matters
from reportpack.merge.audiences import too_wide
from reportpack.merge.forward_plan import forward_plan
from reportpack.merge.occasions import Calendar, calendar_of
from reportpack.merge.questions import asked_before, asked_now
from reportpack.merge.topics import agenda_line, settle_topics
from reportpack.model.agenda_view import ActionView, AgendaView, ItemView, MatterView, TopicView
from reportpack.model.commitment import Commitment
from reportpack.model.inputs import Inputs
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office, Topic
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.model.statement import Question, Statement


def merge_for_meeting(
    inputs: Inputs, office: Office, measures: Sequence[Measure], meeting: Meeting, on: date
) -> tuple[AgendaView, tuple[Problem, ...]]:
    """The meeting's agenda with everything that belongs to it, as at the day. `register` of the view has every topic by its id."""
    register, problems = settle_topics(inputs.register, office, measures)
    calendar = calendar_of(inputs.meetings, office.series[0].id if office.series else meeting.series)
    carried = of_matters.view_matters(register.matters, register.actions, measures, calendar, meeting, office)
    due = tuple(view for view in carried if of_matters.is_due_at(view, meeting))
    actions = of_actions.view_actions(register.actions, measures, calendar, meeting, office, on)
    commitments = _said_before(register, calendar, meeting)
    statements = tuple(one for one in inputs.statements if one.meeting == meeting.id)
    questions = asked_now((*inputs.questions, *register.questions), calendar, meeting)
    past = asked_before(register.questions, calendar, meeting)
    topics = _view_topics(office, measures, meeting, due, actions, commitments, statements, questions, past)
    previous = tuple(reversed([one for one in _of_series(calendar, meeting) if one.day < meeting.day]))
    view = AgendaView(
        meeting=meeting,
        series=office.series_of(meeting.series),
        on=on,
        items=tuple(
            ItemView(
                item=item,
                papers=tuple(one for one in meeting.papers if one.item == item.number),
                topics=tuple(one.topic.id for one in topics if one.item is not None and one.item.number == item.number),
                matters=tuple(one for one in due if one.item == item.number),
                statements=tuple(one for one in statements if one.item == item.number and not one.topic),
                questions=tuple(one for one in questions if one.item == item.number and not one.topic),
            )
            for item in meeting.agenda
        ),
        topics=topics,
        matters=due,
        actions=actions,
        commitments=commitments,
        forward=forward_plan(carried, actions, commitments, measures, calendar, meeting),
        previous=previous,
        following=tuple(one for one in _of_series(calendar, meeting) if one.day > meeting.day),
        settled=of_actions.settled_since(register.actions, previous[0] if previous else None, on),
        unplaced_papers=tuple(one for one in meeting.papers if one.item not in {item.number for item in meeting.agenda}),
        unplaced_statements=tuple(one for one in statements if not one.item and not one.topic),
        unplaced_questions=tuple(one for one in questions if not _is_placed(one, meeting, office)),
        unplaced_measures=tuple(one.id for one in measures if office.topic(one.topic) is None),
        register=register,
    )
    wide = too_wide(register, statements, inputs.questions, meeting, office)
    return view, (*problems, *wide, *of_matters.unmet(carried, meeting), *of_actions.unmet(actions, meeting))


def _of_series(calendar: Calendar, meeting: Meeting) -> tuple[Meeting, ...]:
    return tuple(one for one in calendar.meetings if one.series == meeting.series and not one.cancelled and one.id != meeting.id)


def _said_before(register: Register, calendar: Calendar, meeting: Meeting) -> tuple[Commitment, ...]:
    """Those said at an earlier meeting, or at one that the register does not name."""
    said = (one for one in register.commitments if one.state.stands)
    return tuple(one for one in said if (calendar.bind(one.said_at, "").day or date.min) < meeting.day)


def _is_placed(question: Question, meeting: Meeting, office: Office) -> bool:
    return office.topic(question.topic) is not None or any(item.number == question.item for item in meeting.agenda)


def _view_topics(
    office: Office,
    measures: Sequence[Measure],
    meeting: Meeting,
    matters: Sequence[MatterView],
    actions: Sequence[ActionView],
    commitments: Sequence[Commitment],
    statements: Sequence[Statement],
    questions: Sequence[Question],
    past: Sequence[Question],
) -> tuple[TopicView, ...]:
    """The topics on the agenda in its order, each followed by those under it; then those that somebody has something to say on now."""

    def view(topic: Topic) -> TopicView:
        return TopicView(
            topic=topic,
            item=agenda_line(topic.id, meeting.agenda, office),
            measures=tuple(one.id for one in measures if one.topic == topic.id),
            matters=tuple(one for one in matters if one.topic == topic.id),
            actions=tuple(one for one in actions if one.topic == topic.id),
            commitments=tuple(one for one in commitments if one.topic == topic.id),
            statements=tuple(one for one in statements if one.topic == topic.id),
            questions=tuple(one for one in questions if one.topic == topic.id),
            past_questions=tuple(one for one in past if one.topic == topic.id),
        )

    views = [view(topic) for topic in office.topics]
    order = {item.number: place for place, item in enumerate(meeting.agenda)}
    on_agenda = [one for one in views if one.item is not None]
    on_agenda.sort(key=lambda one: (order[one.item.number] if one.item else 0, bool(one.item and one.item.topic != one.topic.id)))
    off_agenda = [one for one in views if one.item is None and (one.matters or one.statements or one.questions)]
    return (*on_agenda, *off_agenda)
