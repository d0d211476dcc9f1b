"""`due`: what fell due by today and is not done, done once, one call a step. It sends nothing that no person has released."""

from dataclasses import replace
from datetime import date, datetime

from reportpack.errors import DeliveryError, InputError, OutputError
from reportpack.merge.duties import coming_duties, decide_duties
from reportpack.model.duty import Became, Duty, DutySettled
from reportpack.model.problem import Problem
from reportpack.run.due.facts import Deed, Job, known_facts
from reportpack.run.due.letters import deliver_let_go, held_letters, let_alone_go
from reportpack.run.due.report import DueReport, Foreseen, clock_problem, hold_report, lines_of, log_lines, work_lines
from reportpack.run.office_files import Folders, Progress, gather_meetings, inbox_files, open_memory
from reportpack.run.steps.recording import alone_in

_LOCK = "due"
EVERY = 31
"""Days after which a backup is restored on trial again."""


def run_due(folders: Folders, now: datetime, today: date, progress: Progress) -> DueReport:
    """Take in replies, do what is due, tell the officer, let go what may go, and write the log. A second run at once does nothing."""
    settings, meetings, problems = gather_meetings(folders)
    with alone_in(folders.memory / _LOCK) as alone:
        if not alone:
            return DueReport(busy=True)
        with open_memory(folders, begin=True) as ledger:
            replies, of_replies = 0, tuple[Problem, ...]()
            if inbox_files(folders):
                from reportpack.run.due.inbox import take_in_replies

                replies, of_replies = take_in_replies(folders, ledger, settings.office, meetings, now)
            known = known_facts(folders, ledger, settings, meetings, today, now)
            job = Job(folders, ledger, known, now, today, progress)
            deeds = (*_again(job), *_do(job))
            # letters whose time passed before anybody let them go: they are dropped, and the officer is told so in the same breath
            waiting = [one for one in held_letters(ledger) if not one.let_go]
            dropped = tuple(one for one in waiting if one.what.until is not None and one.what.until < today)
            problems = (*problems, *of_replies, *clock_problem(known.settled, today), *_monthly(job))
            report = DueReport(deeds, dropped=dropped, replies=replies, problems=problems)
            written = work_lines(report)
            log_lines(folders.memory, now, written)
            untold = hold_report(job, report)
            report = replace(report, problems=(*report.problems, *untold))
            report = _deliver(job, report)
        log_lines(folders.memory, now, lines_of(report)[len(written) :])
    return report


def foresee_due(folders: Folders, today: date) -> Foreseen:
    """What a run would do now, and why; nothing is recorded, written or sent."""
    settings, meetings, problems = gather_meetings(folders)
    with open_memory(folders) as ledger:
        known = known_facts(folders, ledger, settings, meetings, today, None)
        held = held_letters(ledger)
    rules = settings.office.due
    decisions = decide_duties(today, known.facts, rules, known.settled)
    later = coming_duties(today, known.facts, rules, known.settled)
    problems = (*problems, *clock_problem(known.settled, today))
    return Foreseen(decisions, tuple(one for one in held if not one.let_go), later, len(inbox_files(folders)), problems)


def _monthly(job: Job) -> tuple[Problem, ...]:
    last = job.ledger.rehearsed()
    if not job.ledger.backups() or (last is not None and 0 <= (job.today - last).days < EVERY):
        return ()
    from reportpack.run.doctor import examine_office

    return examine_office(job.folders, job.now, job.today, mend=True).problems


def _again(job: Job) -> tuple[Deed, ...]:
    """What a run that was cut off did and told nobody, from what was recorded of it; the documents that it showed lie where they were built."""
    groups: dict[tuple[object, ...], list[DutySettled]] = {}
    for one in job.known.untold:
        groups.setdefault((one.kind, one.became, one.said, one.waiting, one.missing), []).append(one)
    held = [one for one in held_letters(job.ledger) if not one.let_go] if groups else []
    numbers = {(one.what.duty, one.what.about, one.what.occasion): one.number for one in held}
    deeds = []
    for first, *others in groups.values():
        duties = tuple(Duty(*one.key, one.on, one.on, "") for one in (first, *others))
        letters = numbers.get(first.key, 0) if first.became is Became.DONE else 0
        deeds.append(Deed(duties, first.became, first.said, waiting=first.waiting, missing=first.missing, held=letters))
    return tuple(deeds)


def _do(job: Job) -> tuple[Deed, ...]:
    decisions = decide_duties(job.today, job.known.facts, job.office.due, job.known.settled)
    if not decisions:
        return ()
    from reportpack.run.due.duties import do_duties

    return do_duties(job, decisions)


def _deliver(job: Job, report: DueReport) -> DueReport:
    """Hand over what may go; a fault of the post never loses what was done before."""
    let_alone_go(job.folders, job.ledger, job.office.due.alone, job.now)
    try:
        delivered = deliver_let_go(job.folders, job.ledger, job.office.mail, job.now, job.progress)
    except (DeliveryError, InputError, OutputError) as error:
        return replace(report, troubles=(error,))
    waiting = tuple(one for one in held_letters(job.ledger) if not one.let_go)
    return replace(report, delivered=delivered, waiting=waiting)
