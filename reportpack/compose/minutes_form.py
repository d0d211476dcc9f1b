"""The form for the notes of a meeting: agenda, expected people, matters, open actions and questions, as the register has them."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.compose.setting import People, head_of
from reportpack.model.agenda_view import ActionView, AgendaView, ItemView, MatterView
from reportpack.model.meeting import Meeting
from reportpack.model.minutes_form import FormAction, FormItem, FormMatter, FormPerson, MinutesForm
from reportpack.model.office import Office, own_edition
from reportpack.model.period import weekday_date

_BROUGHT_FORWARD = re.compile(r"\b(?:brought forward|outstanding matters|matters (?:arising|outstanding))\b", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:next|future) meetings?\b", re.IGNORECASE)


def compose_minutes_form(view: AgendaView, office: Office) -> MinutesForm:
    """Everything that is known before the meeting; what is not known is left to be typed."""
    meeting = view.meeting
    line = next((one.item.number for one in view.items if _BROUGHT_FORWARD.search(one.item.title)), "")
    items = tuple(
        _item(one, view, level, carries=one.item.number == line)
        for one, level in zip(view.items, _levels(view.items), strict=True)
    )
    placed = any(item.matters for item in items)
    people, title = People(office, meeting.day), f"{meeting.title}: meeting notes"
    coming = view.following[0] if view.following else None
    return MinutesForm(
        **head_of(office, own_edition(view.series), meeting.day, "", title, "", ""),
        fields=(
            ("Date", weekday_date(meeting.day)),
            ("Time", f"{meeting.start_time:%H:%M}" if meeting.start_time else ""),
            ("Venue", meeting.venue),
            ("Chair", _holder(meeting.chair, people)),
            ("Note taker", _holder(meeting.note_taker, people)),
        ),
        people=_people(meeting, office),
        matters=() if placed else tuple(_matter(one, "") for one in view.matters),
        actions=tuple(_action(one, office) for one in view.actions),
        items=items,
        coming=(
            ("Type", coming.title if coming else ""),
            ("Date", weekday_date(coming.day) if coming else ""),
            ("Time", f"{coming.start_time:%H:%M}" if coming and coming.start_time else ""),
            ("Venue", coming.venue if coming else ""),
        ),
    )


def _holder(post_id: str, people: People) -> str:
    return people.named(post_id) if people.holder(post_id) else people.title(post_id)


def _people(meeting: Meeting, office: Office) -> tuple[FormPerson, ...]:
    found: list[FormPerson] = []
    for named in dict.fromkeys((*meeting.expected, meeting.note_taker)):
        post = office.post(named)
        if post is None:
            found.extend([FormPerson(named, "")] if named else [])
            continue
        holders = office.holders_on(named, meeting.day)
        title = f"{post.title} ({post.abbreviation})" if post.abbreviation else post.title
        found.extend(FormPerson(person.name, title) for person in holders)
        if not holders:
            found.append(FormPerson("", title))
    return tuple(found)


def _levels(items: Sequence[ItemView]) -> Iterator[int]:
    """The level of each line's heading below that of the title: none is skipped, whatever the numbers say."""
    level = 2
    for one in items:
        level = min(one.item.depth + 1, level + 1, 4)
        yield level


def _item(one: ItemView, view: AgendaView, level: int, *, carries: bool) -> FormItem:
    item = one.item
    below = f"{item.number.rstrip('.')}."
    leaf = not any(other.item.number.startswith(below) for other in view.items)
    matters = tuple(_matter(matter, f"{below}{at}") for at, matter in enumerate(view.matters, 1)) if carries and leaf else ()
    coming = _NEXT.search(item.title) is not None
    topics = [topic for topic in view.topics if topic.topic.id in one.topics]
    of_topics = [question for topic in topics if topic.topic.id == item.topic for question in topic.questions]
    questions = tuple(dict.fromkeys(" ".join(question.words.split()) for question in (*one.questions, *of_topics)))
    return FormItem(item.number.rstrip("."), item.title, level, leaf and not coming, coming, questions, matters)


def _matter(view: MatterView, number: str) -> FormMatter:
    origin, matter = view.origin, view.matter
    when = f"{origin.meeting.day:%B %Y}" if origin.meeting else f"{origin.month.start:%B %Y}" if origin.month else origin.written
    return FormMatter(number, matter.title, f"from {when}" if when else "brought forward", " ".join(matter.words.split()))


def _action(view: ActionView, office: Office) -> FormAction:
    action = view.action
    posts = [office.post(owner) for owner in action.owners]
    owner = ", ".join(post.abbreviation or post.title for post in posts if post) or action.owners_as_written
    return FormAction(action.ref, " ".join(action.words.split()), owner, _due(view))


def _due(view: ActionView) -> str:
    action = view.action
    if action.due is not None:
        return f"{action.due.day} {action.due:%B %Y}"
    if view.due is not None and view.due.meeting is not None:
        return f"{view.due.meeting.day:%B %Y} meeting"
    return f"{view.due.month.start:%B %Y} meeting" if view.due is not None and view.due.month else action.due_as_written
