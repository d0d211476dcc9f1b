"""`why`: whether something stands in an edition, and by which setting in which file. It records nothing."""

from datetime import date

from reportpack.compose.audience import Claims, HasAudience, claims_for
from reportpack.errors import InputError
from reportpack.merge.dossier import find_topic
from reportpack.merge.occasions import settle_topics
from reportpack.model.edition import EDITIONS, Audience, Ruling
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.register_columns import table_of
from reportpack.model.register_row import plain_reference
from reportpack.model.statement import Question
from reportpack.read.register.reading import register_of_rows
from reportpack.records import Record
from reportpack.run.office_files import Folders, gather_meetings, open_memory, which_meeting
from reportpack.run.register.rows import standing_register
from reportpack.run.steps.released import released_lines


class WhyRequest(Record):
    """What is asked about: a reference, a measure, a topic, or a line of that meeting's agenda by its number; without `edition`, in all of them."""

    ref: str
    edition: Audience | None
    meeting: str
    today: date


class WhyAnswer(Record):
    """What it is called, what edition readers see in its place, a ruling for each edition, and the editions whose readers it was released to."""

    name: str
    public_title: str
    rulings: tuple[Ruling, ...]
    released_to: tuple[Audience, ...] = ()


def why(folders: Folders, request: WhyRequest) -> WhyAnswer:
    """The ruling of each edition; InputError where nothing is called so."""
    settings, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, request.meeting, request.today)
    name, item = _find(folders, request, settings, meeting)
    claims: Claims = claims_for(settings.office, meeting, settings.measures)
    asked = [one.audience for one in EDITIONS if request.edition in (None, one.audience)]
    rulings = tuple(claims.rule(edition, item) for edition in asked)
    released: tuple[Audience, ...] = ()
    if isinstance(item, Question):  # released in these very words
        with open_memory(folders) as ledger:
            words = {" ".join(line.words.split()) for one in meetings for line in released_lines(ledger, one.id)}
        released = (Audience.FORCE,) if " ".join(item.words.split()) in words else ()
    return WhyAnswer(name, getattr(item, "public_title", ""), rulings, released)


def _find(folders: Folders, request: WhyRequest, settings: Settings, meeting: Meeting) -> tuple[str, HasAudience]:
    wanted = request.ref.strip().casefold()
    rows, _ = standing_register(folders, request.today.year)
    plain = plain_reference(wanted)
    row = next((one for one in rows if one.ref and plain in (plain_reference(one.ref), plain_reference(one.public))), None)
    if row is not None:
        read, _ = register_of_rows((row,), settings.office, settings.measures)
        known, _ = settle_topics(read, settings.office, settings.measures)
        found: list[HasAudience] = [*known.matters, *known.actions, *known.commitments, *known.questions, *known.risks]
        if found:
            return f"{table_of(row.sheet).singular.capitalize()} {row.ref}", found[0]
    line = next((one for one in meeting.agenda if one.number == wanted.rstrip(".")), None)
    if line is not None:
        return f"Item {line.number} of the agenda of {meeting.id}, {line.title}", line
    measure = next((one for one in settings.measures if wanted in (one.id, one.title.casefold())), None)
    if measure is not None:
        return f"The measure {measure.title}", measure
    try:
        topic = find_topic(request.ref, settings.office)
    except InputError as error:
        found_none = f'No row of the register, line of the agenda of {meeting.id}, measure or topic is called "{request.ref}".'
        raise InputError(found_none, error.remedy) from error
    return f"The topic {topic.title}", topic
