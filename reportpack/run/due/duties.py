"""Doing what is due, a function for each kind of duty."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from reportpack.errors import DeliveryError, Remedy, ReportpackError
from reportpack.model.duty import Became, Decision, Duty, DutyKind, DutySettled
from reportpack.model.event import Event
from reportpack.model.outbox import DeliveryReport
from reportpack.run.due import asking, building
from reportpack.run.due.deeds import Deed, Job, settle
from reportpack.run.letters.send import SendOrder, plan_send, send_planned
from reportpack.run.steps.recording import recording


def send_released(job: Job, duties: Sequence[Duty]) -> Deed:
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
        found = undelivered(report)
        raise DeliveryError(found, Remedy("See:", "send status", meeting, then=". What may go again goes with the next run."))
    return settle(job, duties, f"sent to {', '.join(one.letter.to.name for one in report.letters) or 'nobody'}", missing=nobody)


def undelivered(report: DeliveryReport) -> str:
    """Which letters are not surely delivered, and why."""
    said = [f"{one.letter.to.name}: {one.state.value}{f' ({one.reply})' if one.reply else ''}" for one in report.missing]
    said += [f"{one.who}: {one.why}" for one in report.not_sent]
    return "; ".join([*([report.trouble.rstrip(".")] if report.trouble else []), *said]) + "."


_DOING: Mapping[DutyKind, Callable[[Job, Sequence[Duty]], Deed]] = {
    DutyKind.COMMISSION: asking.commission,
    DutyKind.CHASE_PAPER: asking.chase,
    DutyKind.REMINDER: asking.remind,
    DutyKind.CALENDAR: asking.invite,
    DutyKind.DRAFT: building.build_draft,
    DutyKind.FINAL: building.build_final,
    DutyKind.MONTHLY: building.build_month,
    DutyKind.RELEASE: building.tell_unreleased,
    DutyKind.ANNEX: building.tell_notes,
    DutyKind.SEND: send_released,
}


def do_duties(job: Job, decisions: Sequence[Decision]) -> tuple[Deed, ...]:
    """Do what is to be done, and record what is left out. One that fails is tried again at the next run, and stops no other."""
    left = [one for one in decisions if not one.do]
    if left:
        with recording(job.folders, job.now, ledger=job.ledger) as record:
            record.record([Event(DutySettled(*one.duty.key, one.becomes, job.today, one.why), job.now) for one in left])
    deeds = [Deed((one.duty,), one.becomes, one.why) for one in left]
    for kind, duties in _together([one.duty for one in decisions if one.do]):
        try:
            deeds.append(_DOING[kind](job, duties))
        except ReportpackError as error:
            deeds.append(Deed(tuple(duties), Became.DONE, "", failed=error))
    return tuple(deeds)


def _together(duties: Iterable[Duty]) -> list[tuple[DutyKind, list[Duty]]]:
    """Reminders go together, and all chases for one meeting; everything else by itself."""
    groups: dict[tuple[DutyKind, str, str], list[Duty]] = {}
    for one in duties:
        key = one.key
        if one.kind is DutyKind.REMINDER:
            key = (one.kind, "", "")
        elif one.kind in (DutyKind.CHASE_PAPER, DutyKind.CHASE_FIGURES):
            key = (DutyKind.CHASE_PAPER, one.about, "")
        groups.setdefault(key, []).append(one)
    return [(key[0], group) for key, group in groups.items()]
