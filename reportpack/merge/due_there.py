"""What is due at a meeting, and where it goes when the meeting is called off."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack.merge.actions import bind_action
from reportpack.merge.matters import bind_matter
from reportpack.merge.occasions import Calendar, calendar_of
from reportpack.model.agenda_view import Occasion
from reportpack.model.matter import MatterState
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.register import Register
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class DueThere:
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
    """Everything live by where it stands in the register, with the meeting at which it is due."""
    for matter in register.matters:
        if matter.state is MatterState.CARRIED:
            yield id(matter), DueThere(matter.ref, matter.title, bind_matter(matter, calendar)[2])
    for action in register.actions:
        due = bind_action(action, calendar)[1]
        if action.state.is_live and due is not None:
            yield id(action), DueThere(action.ref, action.title or action.words, due)


def _is_at(due: DueThere, meeting: Meeting) -> bool:
    return due.comes_back.meeting is not None and due.comes_back.meeting.id == meeting.id
