"""The days that a series' rule proposes, in the office's own days, and those on which no meeting is held. It sets no meeting."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from reportpack.bank_holidays import BankHolidays
from reportpack.model.meeting import Meeting
from reportpack.model.office import Closure, MeetingSeries, Office
from reportpack.model.period import add_months, long_date
from reportpack.model.recurrence import EVERY_DAY, Clash, DayOfMonth, ProposedDay, Recurrence, Step
from reportpack.records import Record

SATURDAY = 5


class ClosedDays(Record):
    """The closures, and the bank holidays that the office keeps."""

    closures: tuple[Closure, ...]
    bank_holidays: BankHolidays

    def reason(self, day: date) -> str:
        """Why the office is closed: `is a bank holiday (Good Friday)`; nothing where it is open, and for weekends."""
        closure = next((one for one in self.closures if one.start <= day <= one.end), None)
        if closure is not None:
            return f"is in a closure ({closure.reason.rstrip('.')})" if closure.reason else "is in a closure"
        name = self.bank_holidays.name(day)
        return f"is a bank holiday ({name})" if name else ""

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and open."""
        return day.weekday() < SATURDAY and not self.reason(day)


def days_closed(office: Office) -> ClosedDays:
    """The days on which this office holds no meeting."""
    return ClosedDays(office.closures, BankHolidays(office.bank_holidays))


YEARS = 12  # How far ahead a rule is asked: one that has proposed nothing by then proposes nothing.
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def proposed_days(
    series: MeetingSeries, meetings: Sequence[Meeting], closed: ClosedDays, first: date, most: int
) -> tuple[ProposedDay, ...]:
    """The next days from `first` on that can be met, as many as asked for, and those on the way that fall out; none that is set."""
    if series.recurrence is None:
        return ()
    own = [one for one in meetings if one.series == series.id]
    since = max((one.first_day for one in own), default=None)
    found: list[ProposedDay] = []
    for one in propose(series.id, series.recurrence, closed, first, since):
        if any(_is_set(one, meeting, series.recurrence) for meeting in own) or (
            one.day and one.day in {each.day for each in found}
        ):
            continue
        found.append(one)
        if sum(each.day is not None or each.month_only for each in found) >= most:
            break
    return tuple(found)


def propose(series: str, rule: Recurrence, closed: ClosedDays, first: date, since: date | None = None) -> Iterator[ProposedDay]:
    """Everything that the rule proposes from `first` on, in its order; `since` is what it counts from where it does not say."""
    begin = max(first, rule.start or first)
    last = min(rule.end or date.max, date(min(begin.year + YEARS, 9998), 12, 31))
    anchor = rule.start or since or begin
    if not rule.names_days:
        for month in _months(rule, begin, last, anchor):
            yield ProposedDay(series, month, None, "The rule names the month; a person chooses the day.", month_only=True)
        return
    days = _weekly(rule, begin, last, anchor) if rule.step is Step.WEEKS else _monthly(rule, closed, begin, last, anchor)
    for day in days:
        settled = _settled(series, rule, closed, day)
        if first <= (settled.day or day) and day <= last:
            yield settled


def _months(rule: Recurrence, begin: date, last: date, anchor: date) -> Iterator[date]:
    month = begin.replace(day=1)
    while month <= last:
        apart = (month.year - anchor.year) * 12 + month.month - anchor.month
        if apart % rule.every == 0 and month.month in rule.months:
            yield month
        month = add_months(month, 1)


def _monthly(rule: Recurrence, closed: ClosedDays, begin: date, last: date, anchor: date) -> Iterator[date]:
    for month in _months(rule, begin, last, anchor):
        found = {_in_month(one, month, closed) for one in rule.days}
        yield from sorted(day for day in found if day is not None and (rule.start is None or day >= rule.start))


def _in_month(wanted: DayOfMonth, month: date, closed: ClosedDays) -> date | None:
    """The day in that place; None where the month has none."""
    days = [month + timedelta(days=step) for step in range((add_months(month, 1) - month).days)]
    fitting = [day for day in days if day.weekday() in wanted.weekdays]
    if wanted.working:
        fitting = [day for day in fitting if closed.is_working_day(day)]
    place = wanted.place - 1 if wanted.place > 0 else len(fitting) + wanted.place
    return fitting[place] if 0 <= place < len(fitting) else None


def _weekly(rule: Recurrence, begin: date, last: date, anchor: date) -> Iterator[date]:
    """The rule's weekdays in every so many weeks, counted from the week of the anchor (weeks begin on Monday)."""
    start = anchor - timedelta(days=anchor.weekday())
    length = _WEEK * rule.every
    week = start + length * ((begin - start) // length)
    while week <= last:
        for weekday in rule.weekdays:
            day = week + timedelta(days=weekday)
            if begin <= day <= last and day.month in rule.months:
                yield day
        week += length


def _settled(series: str, rule: Recurrence, closed: ClosedDays, day: date) -> ProposedDay:
    """The day itself, the working day beside it in the same month, or nothing, with the reason."""
    if day in rule.left_out:
        return ProposedDay(series, day, None, "The series' own rule leaves this day out.")
    # A Saturday that the words name is meant; one that a number fell on is not.
    by_number = any(one.weekdays == EVERY_DAY for one in rule.days)
    reason = closed.reason(day) or (f"is a {day:%A}" if day.weekday() >= SATURDAY and by_number else "")
    if not reason:
        return ProposedDay(series, day, day)
    said = f"{long_date(day)} {reason}"
    if rule.clash is Clash.SKIP:
        return ProposedDay(series, day, None, f"{said}, and the rule leaves such a day out.")
    step = -_DAY if rule.clash is Clash.BEFORE else _DAY
    other = day + step
    while other.month == day.month and (other in rule.left_out or not closed.is_working_day(other)):
        other += step
    if other.month != day.month:
        where = "before" if rule.clash is Clash.BEFORE else "after"
        return ProposedDay(series, day, None, f"{said}, and no working day of the month is left {where} it.")
    return ProposedDay(series, day, other, f"{said}; this is {rule.clash.value}.")


def _is_set(proposal: ProposedDay, meeting: Meeting, rule: Recurrence) -> bool:
    """Whether the meeting is what the rule proposes there: on that day first, else, where only one can be meant, near it."""
    first = meeting.first_day
    if {proposal.by_rule, proposal.day} & set(meeting.days):
        return True
    if rule.step is Step.WEEKS:
        return abs(first - proposal.by_rule) < _WEEK * rule.every / max(len(rule.weekdays), 1) / 2
    return len(rule.days) <= 1 and (first.year, first.month) == (proposal.by_rule.year, proposal.by_rule.month)


def next_proposed(found: Sequence[ProposedDay]) -> ProposedDay | None:
    """The first that can be met."""
    return next((one for one in found if one.day is not None or one.month_only), None)
