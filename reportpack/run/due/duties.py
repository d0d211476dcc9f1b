"""Doing what is due, a function for each kind of duty: those that ask are in `asking`; here are those that build, tell the officer, or send."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from reportpack.compose.letters import needed_editions
from reportpack.errors import DeliveryError, InputError, Remedy, ReportpackError
from reportpack.merge.proposals import days_closed, proposed_days
from reportpack.model.duty import Became, Decision, Duty, DutyKind, DutySettled
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.letter import Enclosure
from reportpack.model.meeting import Meeting
from reportpack.model.period import Period, long_date
from reportpack.model.problem import Weight
from reportpack.run.due import asking
from reportpack.run.due.asking import PDF, settle
from reportpack.run.due.facts import Deed, Job
from reportpack.run.letters.send import SendOrder, plan_send, send_planned
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.pack import Order, build_pack
from reportpack.run.steps.recording import recording


def _draft(job: Job, duties: Sequence[Duty]) -> Deed:
    said, shown, wrong = _build(job, job.known.meeting(duties[0].about), None)
    return settle(job, duties, said, missing=wrong, shown=shown)


def _final(job: Job, duties: Sequence[Duty]) -> Deed:
    """The pack in every edition that somebody gets, for the officer to look at and release. One that is released stays as it was."""
    meeting = job.known.meeting(duties[0].about)
    if job.known.facts.has_released(meeting.id):
        return settle(job, duties, "it is released already", became=Became.NEEDLESS)
    said, shown, wrong = _build(job, meeting, None)
    own = job.office.own_edition(meeting.series)
    for edition in needed_editions(job.office, meeting.series, "briefing-pack"):
        if edition is not own:
            shown = (*shown, *_build(job, meeting, edition)[1])
    waiting = f"Look at the final pack for {long_date(meeting.day)}; nobody gets it before you say: reportpack release {meeting.id} --by NAME"
    return settle(job, duties, said, waiting=(waiting,), missing=wrong, shown=shown)


def _month(job: Job, duties: Sequence[Duty]) -> Deed:
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
        for one in proposed_days(series, job.known.meetings, closed, job.today, 1):
            if one.day is not None:
                return Meeting.of(series, one.day)
    return Meeting.of(office.series[0], Period.month(job.today.year, job.today.month).end)


def _build(
    job: Job, meeting: Meeting, edition: Audience | None, proposed: Meeting | None = None
) -> tuple[str, tuple[Enclosure, ...], tuple[str, ...]]:
    order = Order(meeting.id, edition, None, job.now, job.today, proposed=proposed)
    built = build_pack(job.folders, order, job.progress)
    pdf = next(path for path in built.paths if path.suffix == ".pdf")
    wrong = sum(one.weight is Weight.WRONG for one in built.problems)
    shown = Enclosure.of(f"{meeting.day.isoformat()} {meeting.series} preview {built.edition.value}.pdf", PDF, pdf.read_bytes())
    told = f"{wrong} {'problem' if wrong == 1 else 'problems'} to put right in the pack for {long_date(meeting.day)}: reportpack check {meeting.id}"
    return f"built {pdf}, {built.pages} pages", (shown,), (told,) if wrong else ()


def _tell_unreleased(job: Job, duties: Sequence[Duty]) -> Deed:
    meeting = job.known.meeting(duties[0].about)
    waiting = (
        f"Nobody has released the pack for {long_date(meeting.day)}, so nobody has it: reportpack release {meeting.id} --by NAME"
    )
    return settle(job, duties, "nobody has released the pack", waiting=(waiting,))


def _tell_notes(job: Job, duties: Sequence[Duty]) -> Deed:
    meeting = job.known.meeting(duties[0].about)
    taken = minutes_of(job.folders, meeting)
    what = f"reportpack annex {meeting.id}, then with --issue" if taken else f"put them into inputs/minutes/, named {meeting.id}"
    waiting = f"The notes of {long_date(meeting.day)} are not issued: {what}"
    return settle(job, duties, "the notes are not issued", waiting=(waiting,))


def _send_released(job: Job, duties: Sequence[Duty]) -> Deed:
    """Send what has not gone; the duty is done when every letter is surely with its server."""
    meeting, document = duties[0].about, duties[0].occasion.partition(" ")[0]
    order = SendOrder(meeting, (document,), (), job.now, job.today)
    plan = plan_send(job.folders, order)
    report = send_planned(job.folders, order, plan, job.progress)
    nobody = tuple(f"{one.who or one.post} gets nothing: {one.why}" for one in plan.not_sent if not one.meant)
    if report.folder:
        waiting = f"Nothing was sent, because office.toml names no mail server: the letters lie in {report.folder}"
        return settle(job, duties, f"laid into {report.folder}, a rehearsal", waiting=(waiting,), missing=nobody)
    if report.failed:
        said = [f"{one.letter.to.name}: {one.state.value}{f' ({one.reply})' if one.reply else ''}" for one in report.missing]
        said += [f"{one.who}: {one.why}" for one in report.not_sent]
        found = "; ".join([*([report.trouble.rstrip(".")] if report.trouble else []), *said]) + "."
        raise DeliveryError(found, Remedy("See:", "send status", meeting, then=". What may go again goes with the next run."))
    return settle(job, duties, f"sent to {', '.join(one.letter.to.name for one in report.letters) or 'nobody'}", missing=nobody)


_DOING: Mapping[DutyKind, Callable[[Job, Sequence[Duty]], Deed]] = {
    DutyKind.COMMISSION: asking.commission,
    DutyKind.CHASE_PAPER: asking.chase,
    DutyKind.SHEETS: asking.tell_authors,
    DutyKind.REMINDER: asking.remind,
    DutyKind.CALENDAR: asking.invite,
    DutyKind.DRAFT: _draft,
    DutyKind.FINAL: _final,
    DutyKind.MONTHLY: _month,
    DutyKind.RELEASE: _tell_unreleased,
    DutyKind.ANNEX: _tell_notes,
    DutyKind.SEND: _send_released,
}


def do_duties(job: Job, decisions: Sequence[Decision]) -> tuple[Deed, ...]:
    """Do what is to be done, and record what is left out. One that fails is tried again at the next run, and stops no other."""
    left = [one for one in decisions if not one.do]
    if left:
        with recording(job.folders, job.now, ledger=job.ledger) as record:
            record.record([Event(DutySettled(*one.duty.key, one.becomes, job.today, one.why), job.now) for one in left])
    deeds = [Deed((one.duty,), one.becomes, one.why) for one in left]
    for kind, duties in _together(one.duty for one in decisions if one.do):
        try:
            deeds.append(_DOING[kind](job, duties))
        except ReportpackError as error:
            deeds.append(Deed(tuple(duties), Became.DONE, "", failed=error))
    return tuple(deeds)


def _together(duties: Iterable[Duty]) -> list[tuple[DutyKind, list[Duty]]]:
    """Reminders go together, all chases for one meeting, and what its papers' files lack; everything else by itself."""
    groups: dict[tuple[DutyKind, str, str], list[Duty]] = {}
    for one in duties:
        key = one.key
        if one.kind is DutyKind.REMINDER:
            key = (one.kind, "", "")
        elif one.kind in (DutyKind.CHASE_PAPER, DutyKind.CHASE_FIGURES):
            key = (DutyKind.CHASE_PAPER, one.about, "")
        elif one.kind is DutyKind.SHEETS:
            key = (one.kind, one.about, "")
        groups.setdefault(key, []).append(one)
    return [(key[0], group) for key, group in groups.items()]
