"""Duties that build: a draft, the final pack, a month's pack; and what the officer is told of a pack or notes that wait for her."""

from collections.abc import Sequence

from reportpack.errors import InputError
from reportpack.merge.proposals import days_closed, proposed_days
from reportpack.model.duty import Became, Duty
from reportpack.model.edition import Audience
from reportpack.model.letter import Enclosure
from reportpack.model.meeting import Meeting
from reportpack.model.period import Period, long_date
from reportpack.model.problem import Weight
from reportpack.run.due.asking import PDF
from reportpack.run.due.deeds import Deed, Job, settle
from reportpack.run.meetings.listing import minutes_of


def build_draft(job: Job, duties: Sequence[Duty]) -> Deed:
    """A draft for the officer to look at."""
    meeting = job.known.meeting(duties[0].about)
    said, shown, wrong = _build(job, meeting, None)
    return settle(job, duties, said, missing=wrong, shown=shown)


def build_final(job: Job, duties: Sequence[Duty]) -> Deed:
    """The pack in every edition that somebody gets, for the officer to look at and release. One that is released stays as it was."""
    from reportpack.compose.letters import needed_editions

    meeting = job.known.meeting(duties[0].about)
    if job.known.facts.has_released(meeting.id):
        return settle(job, duties, "it is released already", became=Became.NEEDLESS)
    said, shown, wrong = _build(job, meeting, None)
    own = job.office.own_edition(meeting.series)
    for edition in needed_editions(job.office, meeting.series, "briefing-pack"):
        if edition is not own:
            _, also, _ = _build(job, meeting, edition)
            shown = (*shown, *also)
    waiting = f"Look at the final pack for {long_date(meeting.day)}; nobody gets it before you say: reportpack release {meeting.id} --by NAME"
    return settle(job, duties, said, waiting=(waiting,), missing=wrong, shown=shown)


def build_month(job: Job, duties: Sequence[Duty]) -> Deed:
    """The next meeting's pack as it would be now; where none is set, for the day that the series' rule proposes."""
    coming = [one for one in job.known.meetings if not one.cancelled and one.day >= job.today]
    meeting = min(coming, key=lambda one: (one.day, one.id)) if coming else _proposed(job)
    said, _, wrong = _build(job, meeting, None, proposed=None if coming else meeting)
    return settle(job, duties, f"{said}{'' if coming else ', for a meeting that nobody has set'}", missing=wrong)


def _proposed(job: Job) -> Meeting:
    """A meeting of the first series that has a rule, on the day that it proposes; else of the first, on the last day of the month."""
    office = job.office
    if not office.series:
        raise InputError("office.toml has no series of meetings.", "Add one: [[series]].")
    closed = days_closed(office)
    for series in office.series:
        found = [one.day for one in proposed_days(series, job.known.meetings, closed, job.today, 1) if one.day is not None]
        if found:
            return Meeting.of(series, found[0])
    return Meeting.of(office.series[0], Period.month(job.today.year, job.today.month).end)


def _build(
    job: Job, meeting: Meeting, edition: Audience | None, proposed: Meeting | None = None
) -> tuple[str, tuple[Enclosure, ...], tuple[str, ...]]:
    from reportpack.run.pack import Order, build_pack

    order = Order(meeting.id, edition, None, job.now, job.today, proposed=proposed)
    built = build_pack(job.folders, order, job.progress)
    pdf = next(path for path in built.paths if path.suffix == ".pdf")
    wrong = sum(one.weight is Weight.WRONG for one in built.problems)
    said = f"built {pdf}, {built.pages} pages"
    shown = Enclosure.of(f"{meeting.day.isoformat()} {meeting.series} preview {built.edition.value}.pdf", PDF, pdf.read_bytes())
    told = f"{wrong} {'problem' if wrong == 1 else 'problems'} to put right in the pack for {long_date(meeting.day)}: reportpack check {meeting.id}"
    return said, (shown,), (told,) if wrong else ()


def tell_unreleased(job: Job, duties: Sequence[Duty]) -> Deed:
    """The meeting is near, and nobody has released its pack."""
    meeting = job.known.meeting(duties[0].about)
    day, release = long_date(meeting.day), f"reportpack release {meeting.id} --by NAME"
    waiting = f"Nobody has released the pack for {day}, so nobody has it: {release}"
    return settle(job, duties, "nobody has released the pack", waiting=(waiting,))


def tell_notes(job: Job, duties: Sequence[Duty]) -> Deed:
    """The meeting was held, and its notes are not issued."""
    meeting = job.known.meeting(duties[0].about)
    taken = minutes_of(job.folders, meeting)
    what = f"reportpack annex {meeting.id}, then with --issue" if taken else f"put them into inputs/minutes/, named {meeting.id}"
    waiting = f"The notes of {long_date(meeting.day)} are not issued: {what}"
    return settle(job, duties, "the notes are not issued", waiting=(waiting,))
