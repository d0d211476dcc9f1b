"""Which duties a day brings, by the meetings, the actions, the rules and what was done before. Pure: the day is given.

A duty is done once. One whose time passed while the machine was off is left out with its reason, and a later one does its work.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from reportpack.model.document import ANNEX
from reportpack.model.duty import Became, Decision, DueFacts, Duty, DutyKind, DutySettled
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.observation import Observation
from reportpack.model.period import Period, add_months, long_date
from reportpack.model.recurrence import DueRules
from reportpack.records import Record

_HELD = "the meeting's day has passed"
_STALE = 60  # Days after a meeting, or after an action's day, for which a reminder about it is still worth sending.
_OVERDUE = 14
_UNRELEASED = (3, 1)  # Days before a meeting on which a pack that nobody has released is mentioned again.


def decide_duties(today: date, facts: DueFacts, rules: DueRules, settled: Iterable[DutySettled]) -> tuple[Decision, ...]:
    """What is to be done today, and what is left out, in the order of its days. What is settled, or not due yet, is in neither."""
    settled = tuple(settled)
    known = {one.key: one for one in settled}
    built = [one for one in settled if one.kind in (DutyKind.DRAFT, DutyKind.FINAL) and one.became is Became.DONE]
    due = []
    for one in every_duty(today, facts, rules):
        before = known.get(one.key)
        # What was left out is open again once it can be done.
        if one.day <= today and (before is None or (before.became is Became.LEFT_OUT and today <= one.until)):
            due.append(one)
    ordered = sorted(due, key=lambda one: (one.day, one.kind, one.about, one.occasion))
    return tuple(_decide(one, today, facts, rules, built) for one in ordered)


def coming_duties(today: date, facts: DueFacts, rules: DueRules, settled: Iterable[DutySettled]) -> tuple[Duty, ...]:
    """What will be due on later days, as far as it is known, the next first."""
    known = {one.key for one in settled}
    later = [one for one in every_duty(today, facts, rules) if one.day > today and one.key not in known]
    return tuple(sorted(later, key=lambda one: (one.day, one.kind, one.about, one.occasion)))


def every_duty(today: date, facts: DueFacts, rules: DueRules) -> Iterator[Duty]:
    """Every duty that the meetings, the actions and the months have; a cancelled meeting has none but to be taken out of calendars."""
    changes = dict(facts.changes)
    for meeting in facts.meetings:
        if meeting.id in changes and meeting.day >= today and (not meeting.cancelled or meeting.id in facts.invited):
            yield Duty(DutyKind.CALENDAR, meeting.id, f"change {changes[meeting.id]}", today, meeting.day, _HELD)
        if not meeting.cancelled and meeting.day >= facts.since:
            yield from _before(meeting, rules)
            wanted = {paper.wanted_by for paper in meeting.papers if paper.status is PaperStatus.AWAITED and paper.wanted_by}
            final = meeting.day - timedelta(days=rules.final)
            figures = {expected_on(final, delay) for delay in facts.expected}
            for kind, days in ((DutyKind.CHASE_PAPER, wanted), (DutyKind.CHASE_FIGURES, figures)):
                for day in sorted(days):
                    yield from _chases(kind, meeting, day, rules.chase)
            marks = dict.fromkeys(mark for of, _, mark in facts.files if of == meeting.id)
            yield from (Duty(DutyKind.SHEETS, meeting.id, f"file {mark}", today, meeting.day, _HELD) for mark in marks)
            held = [(meeting.day + timedelta(days=one), one) for one in sorted(set(rules.annex))]
            last = meeting.day + timedelta(days=_STALE)
            for (day, number), until in _spans(held, last):
                reason = "a later reminder takes its place" if until < last else "it is long past"
                yield Duty(DutyKind.ANNEX, meeting.id, f"held on {meeting.day}, {_days(number)} after", day, until, reason)
            yield from _released(meeting, facts, rules)
    for owed in facts.owed:
        if owed.due >= facts.since:
            yield from _reminders(owed.ref, owed.due, rules)
    yield from _months(today, facts.since, rules)


def _decide(duty: Duty, today: date, facts: DueFacts, rules: DueRules, built: Sequence[DutySettled]) -> Decision:
    if duty.kind is DutyKind.ANNEX and duty.about in facts.issued:
        return Decision(duty, Became.NEEDLESS, "the notes are issued")
    if duty.kind is DutyKind.RELEASE and facts.has_released(duty.about):
        return Decision(duty, Became.NEEDLESS, "the pack is released")
    if duty.kind in (DutyKind.DRAFT, DutyKind.MONTHLY) and today <= duty.until:
        recent = [one.on for one in built if one.about == duty.about or not duty.about]
        if any(0 <= (today - day).days < rules.final for day in recent):
            return Decision(duty, Became.NEEDLESS, f"a pack was built on {long_date(max(recent))}")
    if today > duty.until:
        return Decision(duty, Became.LEFT_OUT, duty.after)
    late = f", and is {_days((today - duty.day).days)} late" if today > duty.day else ""
    return Decision(duty, Became.DONE, f"it was due on {long_date(duty.day)}{late}")


def _before(meeting: Meeting, rules: DueRules) -> Iterator[Duty]:
    """The note is written once for a meeting, whenever it is held; a pack anew for each day that the meeting is moved to."""
    final = meeting.day - timedelta(days=rules.final)
    note = meeting.day - timedelta(days=rules.commission)
    until = max(note, final - timedelta(days=1))
    yield Duty(DutyKind.COMMISSION, meeting.id, "", note, until, "it is too late to ask for papers")
    draft = meeting.day - timedelta(days=rules.draft)
    if draft < final:
        last = final - timedelta(days=1)
        yield Duty(DutyKind.DRAFT, meeting.id, meeting.day.isoformat(), draft, last, "the final pack takes its place")
    yield Duty(DutyKind.FINAL, meeting.id, meeting.day.isoformat(), final, meeting.day, _HELD)
    days = [(meeting.day - timedelta(days=one), one) for one in _UNRELEASED if one < rules.final]
    for (day, number), until in _spans(days, meeting.day):
        reason = _HELD if until == meeting.day else "a later reminder takes its place"
        yield Duty(DutyKind.RELEASE, meeting.id, f"held on {meeting.day}, {_days(number)} before", day, until, reason)


def expected_on(final: date, delay: int) -> date:
    """The last day on which a month's figures are due and can still be in the final pack."""
    return _last_month(final, delay).end + timedelta(days=delay)


def _last_month(by: date, delay: int) -> Period:
    month = Period.month(by.year, by.month).shifted(-1)
    while month.end + timedelta(days=delay) > by:
        month = month.shifted(-1)
    return month


def _chases(kind: DutyKind, meeting: Meeting, wanted: date, after: Sequence[int]) -> Iterator[Duty]:
    days = [(wanted + timedelta(days=one), one) for one in sorted(set(after)) if wanted + timedelta(days=one) <= meeting.day]
    for (day, number), until in _spans(days, meeting.day):
        reason = _HELD if until == meeting.day else "a later chase takes its place"
        yield Duty(kind, meeting.id, f"wanted by {wanted}, {_days(number)} after", day, until, reason, wanted)


def _released(meeting: Meeting, facts: DueFacts, rules: DueRules) -> Iterator[Duty]:
    """What a person has released goes when it is due: a pack with the final one, an annex at once. A rehearsal of that is a duty of its own."""
    rehearsal = ", a rehearsal" if facts.rehearses else ""
    for one in facts.released:
        if one.meeting == meeting.id:
            is_pack = one.document != ANNEX.stem  # a supplement goes as the pack does
            day = meeting.day - timedelta(days=rules.final) if is_pack else meeting.day
            until = meeting.day if is_pack else meeting.day + timedelta(days=_STALE)
            yield Duty(DutyKind.SEND, meeting.id, f"{one.document} {one.editions}{rehearsal}", day, until, _HELD)


def _reminders(ref: str, due: date, rules: DueRules) -> Iterator[Duty]:
    days = [(due - timedelta(days=one), one) for one in sorted(set(rules.remind), reverse=True)]
    last = due + timedelta(days=_OVERDUE)
    for (day, number), until in _spans(days, last):
        reason = "a later reminder takes its place" if until < last else "the pack lists it as overdue"
        which = f"{_days(number)} before" if number else "that day"
        yield Duty(DutyKind.REMINDER, ref, f"due {due}, {which}", day, until, reason, due)


def _months(today: date, since: date, rules: DueRules) -> Iterator[Duty]:
    """One build a month, from the month in which duties began; those of earlier months than the last three are not looked at again."""
    if not rules.monthly:
        return
    month = max(since.replace(day=1), add_months(today.replace(day=1), -3))
    while month <= add_months(today.replace(day=1), 1):
        day = month.replace(day=rules.monthly)
        if day >= since:
            yield Duty(DutyKind.MONTHLY, "", f"{month:%Y-%m}", day, Period(month).end, "its month is over")
        month = add_months(month, 1)


def _spans(days: Sequence[tuple[date, int]], last: date) -> Iterator[tuple[tuple[date, int], date]]:
    """Each day with the last on which it is worth doing: until the next one's turn."""
    for at, one in enumerate(days):
        following = days[at + 1][0] - timedelta(days=1) if at + 1 < len(days) else last
        yield one, max(one[0], following)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


class Awaited(Record):
    """Figures of a measure for a period that are not there; they were expected on `day`."""

    measure: Measure
    period: Period
    day: date


def awaited_figures(measures: Sequence[Measure], observations: Sequence[Observation], by: date) -> tuple[Awaited, ...]:
    """For each measure the next period after its last figures, where that is expected by the day; a month where it has no figure yet."""
    periods: dict[str, set[Period]] = {}
    for one in observations:
        if one.period.months:
            periods.setdefault(one.measure, set()).add(one.period)
    found = []
    for measure in measures:
        if measure.expected_days is None:
            continue
        known = periods.get(measure.id)
        period = _next(known) if known else _last_month(by, measure.expected_days)
        day = period.end + timedelta(days=measure.expected_days)
        if day <= by:
            found.append(Awaited(measure, period, day))
    return tuple(found)


def _next(known: set[Period]) -> Period:
    """The period after the last, as far on as that is from the one before it: a year's figures may come each quarter."""
    ordered = sorted(known, key=lambda one: (one.end, one.months))
    last = ordered[-1]
    before = next((one for one in reversed(ordered) if one.months == last.months and one.end < last.end), None)
    step = (
        (last.start.year - before.start.year) * 12 + last.start.month - before.start.month if before is not None else last.months
    )
    return last.shifted(step)
