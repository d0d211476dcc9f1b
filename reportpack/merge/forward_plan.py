"""What comes back when: after this meeting, occasion by occasion."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from reportpack.merge.matters import is_due_at
from reportpack.merge.occasions import Calendar
from reportpack.model.agenda_view import ActionView, ForwardEntry, MatterView, Occasion
from reportpack.model.commitment import Commitment
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.period import Period, long_date

_Key = tuple[date, str, str]
Entry = TypeVar("Entry")


def forward_plan(
    matters: Sequence[MatterView],
    actions: Sequence[ActionView],
    commitments: Sequence[Commitment],
    measures: Sequence[Measure],
    calendar: Calendar,
    meeting: Meeting,
) -> tuple[ForwardEntry, ...]:
    """An entry an occasion, soonest first; what has no readable occasion stands in the last one."""
    later_matters = [(view.due, view) for view in matters if not is_due_at(view, meeting) and not _is_elsewhere(view, meeting)]
    later = [view for view in actions if not view.due_here and not view.overdue]
    later_actions = [(due, view) for view in later if (due := view.due or _falls_due(view.action.due, calendar, meeting))]
    later_commitments = [(_shown_at(one, measures, calendar, meeting), one) for one in commitments]
    occasions: dict[_Key, Occasion] = {}
    grouped_matters = _group(later_matters, occasions)
    grouped_actions = _group(later_actions, occasions)
    grouped_commitments = _group(((when, one) for when, one in later_commitments if when is not None), occasions)
    return tuple(
        ForwardEntry(occasions[key], tuple(grouped_matters[key]), tuple(grouped_actions[key]), tuple(grouped_commitments[key]))
        for key in sorted(occasions)
    )


def _is_elsewhere(view: MatterView, meeting: Meeting) -> bool:
    """Due at a meeting of another series that is over: that series' next pack brings it up."""
    return view.due.day is not None and view.due.day < meeting.day


def _group(pairs: Iterable[tuple[Occasion, Entry]], occasions: dict[_Key, Occasion]) -> defaultdict[_Key, list[Entry]]:
    groups: defaultdict[_Key, list[Entry]] = defaultdict(list)
    for occasion, one in pairs:
        key = _key(occasion)
        occasions.setdefault(key, occasion)
        groups[key].append(one)
    return groups


def _key(occasion: Occasion) -> _Key:
    if occasion.meeting is not None:
        return occasion.meeting.day, "", occasion.meeting.id
    if occasion.month is not None:
        return occasion.month.end, "", ""
    return date.max, occasion.written, ""


def _shown_at(commitment: Commitment, measures: Sequence[Measure], calendar: Calendar, meeting: Meeting) -> Occasion | None:
    """The first meeting after this one that can have the figures; None when they can be in already, or nothing says when."""
    if commitment.period is None:
        return None
    measure = next((one for one in measures if one.id == commitment.measure), None)
    known = commitment.period.end + timedelta(days=(measure.expected_days or 0) if measure is not None else 0)
    if known <= meeting.day:
        return None
    return _first_from(known, commitment.period.label, calendar, meeting)


def _falls_due(day: date | None, calendar: Calendar, meeting: Meeting) -> Occasion | None:
    """The first meeting on or after the day an action is due; nothing for one without a day."""
    return _first_from(day, long_date(day), calendar, meeting) if day is not None else None


def _first_from(day: date, written: str, calendar: Calendar, meeting: Meeting) -> Occasion:
    following = (one for one in calendar.meetings if one.series == meeting.series and not one.cancelled and one.day >= day)
    return Occasion(written, next(following, None), Period.month(day.year, day.month))
