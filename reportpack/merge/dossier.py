"""Everything on one topic, live or not, joined to its meetings. A name that is only nearly a topic's is suggested, never taken."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz, process

from reportpack.errors import InputError
from reportpack.merge.brought_forward import Viewpoint
from reportpack.merge.occasions import calendar_of, plain_words, topic_names
from reportpack.model.agenda_view import AgendaView, TopicView
from reportpack.model.dossier import CarriedBy, DossierView, RowStep
from reportpack.model.event import Event, RowChange, Undone
from reportpack.model.inputs import Inputs
from reportpack.model.measure import Measure
from reportpack.model.office import Office, Topic
from reportpack.model.register_columns import OWED, SheetName
from reportpack.model.statement import Statement

_NEAR = 60
_MOST_NEAR = 3


def find_topic(name: str, office: Office) -> Topic:
    """The topic that is called so; InputError that names the nearest ones when none is."""
    names = topic_names(office)
    plain = plain_words(name)
    topic = office.topic(names.get(plain, ""))
    if topic is not None:
        return topic
    near = process.extract(plain, list(names), scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=12)
    titles = dict.fromkeys(one.title for found in near if (one := office.topic(names[found[0]])) is not None)
    suggested = list(titles)[:_MOST_NEAR]
    if suggested:
        raise InputError(
            f'No topic is called "{name}".', f"Nearest to it: {', '.join(suggested)}. Type one of them as it stands."
        )
    known = ", ".join(one.title for one in office.topics) or "none"
    raise InputError(f'No topic is called "{name}".', f"The topics in office.toml are: {known}.")


def merge_dossier(
    topic: Topic,
    view: AgendaView,
    inputs: Inputs,
    office: Office,
    measures: Sequence[Measure],
    statements: Iterable[Statement],
    events: Sequence[Event],
    carried: Iterable[CarriedBy],
) -> DossierView:
    """The view of a meeting with the topic's rows in place of the meeting's: every matter, action, risk, commitment and question on it."""
    register, meeting = view.register, view.meeting
    calendar = calendar_of(inputs.meetings, office.series[0].id if office.series else meeting.series)
    at = Viewpoint(office, measures, calendar, meeting, view.on)
    asked = [one for one in (*inputs.questions, *register.questions) if one.topic == topic.id]
    # Newest first, by the meeting they belong to; those of no readable meeting last.
    asked.sort(key=lambda one: calendar.bind(one.meeting, "").day or date.min, reverse=True)
    of_topic = TopicView(
        topic=topic,
        item=next((one.item for one in view.topics if one.topic.id == topic.id), None),
        measures=tuple(one.id for one in measures if one.topic == topic.id),
        matters=tuple(at.matter(one, register.actions) for one in register.matters if one.topic == topic.id),
        actions=tuple(at.action(one) for one in (*register.actions, *register.risks) if one.topic == topic.id),
        commitments=tuple(one for one in register.commitments if one.topic == topic.id),
        statements=tuple(one for one in statements if one.topic == topic.id),
        past_questions=tuple(asked),
    )
    known = {one.topic.id: one for one in view.topics}
    topics = tuple(of_topic if one.id == topic.id else known.get(one.id, TopicView(one, None)) for one in office.topics)
    agenda = AgendaView(meeting, view.series, view.on, (), topics, of_topic.matters, of_topic.actions, of_topic.commitments, ())
    agenda = replace(agenda, previous=view.previous, following=view.following, register=register)
    refs = {
        *((SheetName.MATTERS.value, one.ref) for one in register.matters if one.topic == topic.id),
        *((sheet.value, one.action.ref) for sheet in OWED for one in of_topic.actions),
    }
    below = tuple(one for one in office.topics if one.under == topic.id)
    return DossierView(topic, below, agenda, tuple(_lives(events, refs)), tuple(carried))


def _lives(events: Sequence[Event], refs: set[tuple[str, str]]) -> Iterable[tuple[str, str, tuple[RowStep, ...]]]:
    """What was recorded of each of these rows and still counts, oldest first."""
    undone = {one.what.event for one in events if isinstance(one.what, Undone)}
    steps: dict[tuple[str, str], list[RowStep]] = {}
    for one in events:
        if isinstance(one.what, RowChange) and one.number not in undone and (one.what.sheet, one.what.ref) in refs:
            step = RowStep(one.recorded, one.what.cause, one.what.changes)
            steps.setdefault((one.what.sheet, one.what.ref), []).append(step)
    return ((sheet, ref, tuple(found)) for (sheet, ref), found in steps.items())
