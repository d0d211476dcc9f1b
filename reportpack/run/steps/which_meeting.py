"""Which meeting a command is about: the one that was named, else the next, else the latest."""

from collections.abc import Sequence
from datetime import date

from reportpack.errors import InputError
from reportpack.model.meeting import Meeting


def which_meeting(meetings: Sequence[Meeting], named: str, today: date) -> Meeting:
    """The meeting with that id, or on that date when only one is; without a name the next one that is not cancelled, else the latest."""
    if not meetings:
        remedy = "Add one named after its date and series, such as inputs/meetings/2019-05-28-assurance.toml; it may be empty."
        raise InputError("No meeting is set: there is no file in inputs/meetings/.", remedy)
    if named:
        return _named(meetings, named)
    held = [meeting for meeting in meetings if not meeting.cancelled] or list(meetings)
    coming = [meeting for meeting in held if meeting.day >= today]
    return (min if coming else max)(coming or held, key=lambda meeting: (meeting.day, meeting.id))


def _named(meetings: Sequence[Meeting], named: str) -> Meeting:
    same = [meeting for meeting in meetings if meeting.id == named]
    same = same or [meeting for meeting in meetings if named in meeting.also]
    same = same or [meeting for meeting in meetings if named in {day.isoformat() for day in meeting.days}]
    if len(same) == 1:
        return same[0]
    known = ", ".join(sorted(meeting.id for meeting in (same or meetings)))
    if same:
        raise InputError(f"Several meetings are on {named}: {known}.", "Name one of them by its id.")
    raise InputError(f"There is no meeting {named!r}.", f"The meetings are: {known}. Or add inputs/meetings/{named}.toml.")
