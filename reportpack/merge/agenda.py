"""One meeting joined to what stands: every paper, matter, action, question and word under its line of the agenda."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from string import ascii_uppercase
from typing import Protocol, TypeVar

from reportpack.merge.brought_forward import Viewpoint, due_day, is_due_at, unmet
from reportpack.merge.occasions import Calendar, agenda_line, calendar_of, settle_topics
from reportpack.model.agenda_view import ActionView, AgendaView, ForwardEntry, ItemView, MatterView, Occasion, TopicView
from reportpack.model.commitment import Commitment
from reportpack.model.edition import TOO_WIDE, is_wider
from reportpack.model.inputs import Inputs
from reportpack.model.judgement import ToldLine
from reportpack.model.matter import MatterState
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting, Paper
from reportpack.model.office import AgendaItem, Office, Topic
from reportpack.model.period import Period, long_date
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.model.statement import Question, Statement


def merge_for_meeting(
    inputs: Inputs, office: Office, measures: Sequence[Measure], meeting: Meeting, on: date
) -> tuple[AgendaView, tuple[Problem, ...]]:
    """The meeting's agenda with everything that belongs to it, as at the day; where it has a theme, with what is about that alone.

    `register` of the view has every topic by its id."""
    register, problems = settle_topics(inputs.register, office, measures)
    calendar = calendar_of(inputs.meetings, office.series[0].id if office.series else meeting.series)
    at = Viewpoint(office, measures, calendar, meeting, on)
    theme = office.within(meeting.theme)

    def about(one: HasTopic) -> bool:
        return not theme or one.topic in theme

    carried = tuple(at.matter(one, register.actions) for one in register.matters if one.state is MatterState.CARRIED)
    due = tuple(view for view in carried if is_due_at(view, meeting))
    carried = tuple(one for one in carried if one in due or about(one))
    bound = (at.action(action) for action in register.actions if action.state.is_live)
    live = [one for one in bound if about(one) or (one.due is not None and one.due.meeting == meeting)]
    actions = tuple(sorted(live, key=lambda view: (not view.overdue, due_day(view) or date.max)))
    said = (one for one in register.commitments if one.state.stands and about(one))
    commitments = tuple(one for one in said if (calendar.bind(one.said_at, "").day or date.min) < meeting.day)
    statements = tuple(one for one in inputs.statements if one.meeting == meeting.id)
    questions = asked_now((*inputs.questions, *filter(about, register.questions)), calendar, meeting)
    past = asked_before(register.questions, calendar, meeting)
    previous = tuple(reversed([one for one in _of_series(calendar, meeting) if one.day < meeting.day]))
    # Those that ceased to be live after the previous meeting began.
    since = previous[0].day if previous else date.min
    over = (one for one in register.actions if not one.state.is_live and about(one))
    settled = tuple(one for one in over if one.closed is not None and since <= one.closed <= on)

    def view_topic(topic: Topic) -> TopicView:
        return TopicView(
            topic=topic,
            item=agenda_line(topic.id, meeting.agenda, office),
            measures=tuple(one.id for one in measures if one.topic == topic.id),
            matters=tuple(one for one in (carried if theme else due) if one.topic == topic.id),
            actions=tuple(one for one in actions if one.topic == topic.id),
            commitments=tuple(one for one in commitments if one.topic == topic.id),
            statements=tuple(one for one in statements if one.topic == topic.id),
            questions=tuple(one for one in questions if one.topic == topic.id),
            past_questions=tuple(one for one in past if one.topic == topic.id),
        )

    topics = _in_order([view_topic(topic) for topic in office.topics], meeting)
    numbers = {item.number for item in meeting.agenda}
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
        forward=forward_plan(carried, actions, commitments, at),
        previous=previous,
        following=tuple(one for one in _of_series(calendar, meeting) if one.day > meeting.day),
        settled=settled,
        risks=tuple(one for one in map(at.action, register.risks) if one.due_here and one.action.state.is_live and about(one)),
        unplaced_papers=tuple(one for one in meeting.papers if one.item not in numbers),
        unplaced_statements=tuple(one for one in statements if not one.item and not one.topic),
        unplaced_questions=tuple(one for one in questions if office.topic(one.topic) is None and one.item not in numbers),
        held=inputs.held,
        register=register,
    )
    wide = too_wide(register, statements, inputs.questions, meeting, office)
    return view, (*problems, *wide, *unmet(carried, actions, meeting))


class HasTopic(Protocol):
    """Something that is about a topic (its id; empty where it is about none)."""

    @property
    def topic(self) -> str: ...  # noqa: D102 - what it says


def with_numbers_kept(view: AgendaView, had: Sequence[ToldLine]) -> AgendaView:
    """The agenda under the numbers that its lines had in versions that people have: what is new takes the number before it, with a letter."""
    if not had:
        return view
    numbers = _kept_numbers([one.item for one in view.items], had)

    def item(one: AgendaItem) -> AgendaItem:
        return replace(one, number=numbers[one.number])

    def papers(every: Iterable[Paper]) -> tuple[Paper, ...]:
        return tuple(replace(one, item=numbers.get(one.item, one.item)) for one in every)

    agenda, of_meeting = tuple(map(item, view.meeting.agenda)), papers(view.meeting.papers)
    return replace(
        view,
        meeting=replace(view.meeting, agenda=agenda, papers=of_meeting),
        items=tuple(replace(one, item=item(one.item), papers=papers(one.papers)) for one in view.items),
        topics=tuple(replace(one, item=item(one.item)) if one.item is not None else one for one in view.topics),
    )


def _kept_numbers(agenda: Sequence[AgendaItem], had: Sequence[ToldLine]) -> dict[str, str]:
    """By the number in the file the one that is printed. It is the same line by its title, or by its number where it was only worded anew."""
    left, titles = {one.ref: one.title.casefold() for one in had}, {one.title.casefold() for one in agenda}
    kept, numbers, taken = dict[str, str](), dict[str, str](), set(left)
    for one in sorted(agenda, key=lambda one: left.get(one.number) != one.title.casefold()):
        same = sorted((ref for ref, title in left.items() if title == one.title.casefold()), key=lambda ref: ref != one.number)
        anew = [one.number] if left.get(one.number, one.title.casefold()) not in titles else []
        for found in (*same, *anew)[:1]:
            kept[one.number] = found
            del left[found]
    for one in agenda:
        above, _, last = one.number.rpartition(".")
        beside = [each.number for each in agenda if each.number.rpartition(".")[0] == above]
        begun = f"{numbers.get(above, above)}." if above else ""
        number = kept.get(one.number, f"{begun}{last}")
        between = any(each in kept for each in beside[beside.index(one.number) :])
        if one.number not in kept and (between or number in taken):
            before = next((numbers[each] for each in reversed(beside) if each in numbers), f"{begun}0").rstrip(ascii_uppercase)
            added = (each for each in (f"{before}{letter}" for letter in ascii_uppercase) if each not in taken)
            number = next(added, f"{before}Z{len(taken)}")
        numbers[one.number] = number
        taken.add(number)
    return numbers


def _of_series(calendar: Calendar, meeting: Meeting) -> tuple[Meeting, ...]:
    return tuple(one for one in calendar.meetings if one.series == meeting.series and not one.cancelled and one.id != meeting.id)


def _in_order(views: Sequence[TopicView], meeting: Meeting) -> tuple[TopicView, ...]:
    """The topics on the agenda in its order, each followed by those under it; then those that somebody has something to say on now."""
    order = {item.number: place for place, item in enumerate(meeting.agenda)}
    on_agenda = [one for one in views if one.item is not None]
    on_agenda.sort(key=lambda one: (order[one.item.number] if one.item else 0, bool(one.item and one.item.topic != one.topic.id)))
    off_agenda = [one for one in views if one.item is None and (one.matters or one.statements or one.questions)]
    return (*on_agenda, *off_agenda)


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


def too_wide(
    register: Register, statements: Sequence[Statement], questions: Sequence[Question], meeting: Meeting, office: Office
) -> tuple[Problem, ...]:
    """A problem for each row of the register, and each passage of people's words, that is for more people than its topic or its item."""
    every = register.matters, register.actions, register.commitments, register.questions, register.risks
    titled = {one.number: one for one in meeting.agenda}
    words: list[Statement | Question] = [*statements, *questions]
    sections = [(one.source, one.audience, office.topic(one.topic)) for rows in every for one in rows]
    found = [*sections, *((one.source, one.audience, office.topic(one.topic) or titled.get(one.item)) for one in words)]
    return tuple(
        Problem(
            TOO_WIDE,
            source,
            f'This is for "{audience}", and "{section.title}" is for "{section.audience}" alone.',
            f'Make it "{section.audience}", or widen the other in office.toml.',
        )
        for source, audience, section in found
        if section is not None and is_wider(audience, section.audience)
    )


_Key = tuple[date, str, str]
Entry = TypeVar("Entry")


def forward_plan(
    matters: Sequence[MatterView], actions: Sequence[ActionView], commitments: Sequence[Commitment], at: Viewpoint
) -> tuple[ForwardEntry, ...]:
    """An entry an occasion, soonest first; what has no readable occasion stands in the last one."""
    calendar, meeting = at.calendar, at.meeting
    # One due at a meeting of another series that is over comes up in that series' next pack.
    ahead = [view for view in matters if (view.due.day or date.max) >= meeting.day]
    later_matters = [(view.due, view) for view in ahead if not is_due_at(view, meeting)]
    later = [view for view in actions if not view.due_here and not view.overdue]
    dated = ((view, view.due, view.action.due) for view in later)
    falls = ((due or (_first_from(day, long_date(day), calendar, meeting) if day else None), view) for view, due, day in dated)
    later_actions = [(due, view) for due, view in falls if due]
    later_commitments = [(_shown_at(one, at), one) for one in commitments]
    occasions: dict[_Key, Occasion] = {}
    grouped_matters = _group(later_matters, occasions)
    grouped_actions = _group(later_actions, occasions)
    grouped_commitments = _group(((when, one) for when, one in later_commitments if when is not None), occasions)
    return tuple(
        ForwardEntry(occasions[key], tuple(grouped_matters[key]), tuple(grouped_actions[key]), tuple(grouped_commitments[key]))
        for key in sorted(occasions)
    )


def _group(pairs: Iterable[tuple[Occasion, Entry]], occasions: dict[_Key, Occasion]) -> defaultdict[_Key, list[Entry]]:
    groups: defaultdict[_Key, list[Entry]] = defaultdict(list)
    for occasion, one in pairs:
        month_end = occasion.month.end if occasion.month is not None else date.max
        key: _Key = (month_end, "" if occasion.month is not None else occasion.written, "")
        key = (occasion.meeting.day, "", occasion.meeting.id) if occasion.meeting is not None else key
        occasions.setdefault(key, occasion)
        groups[key].append(one)
    return groups


def _shown_at(commitment: Commitment, at: Viewpoint) -> Occasion | None:
    """The first meeting after this one that can have the figures; None when they can be in already, or nothing says when."""
    if commitment.period is None:
        return None
    measure = next((one for one in at.measures if one.id == commitment.measure), None)
    known = commitment.period.end + timedelta(days=(measure.expected_days or 0) if measure is not None else 0)
    return _first_from(known, commitment.period.label, at.calendar, at.meeting) if known > at.meeting.day else None


def _first_from(day: date, written: str, calendar: Calendar, meeting: Meeting) -> Occasion:
    following = (one for one in calendar.meetings if one.series == meeting.series and not one.cancelled and one.day >= day)
    return Occasion(written, next(following, None), Period.month(day.year, day.month))
