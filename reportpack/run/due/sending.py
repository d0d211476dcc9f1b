"""The duty that sends: what a person has released, to those who get it, as `send` does. What is missing then goes with the next run."""

from collections.abc import Sequence

from reportpack.errors import DeliveryError, Remedy
from reportpack.model.duty import Duty
from reportpack.model.outbox import DeliveryReport
from reportpack.run.due.deeds import Deed, Job, settle
from reportpack.run.letters.send import SendOrder, plan_send, send_planned


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
