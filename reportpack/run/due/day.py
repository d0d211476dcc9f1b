"""`due`: what fell due by today and is not done, done once, one call a step. It sends nothing that no person has released."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from reportpack.errors import DeliveryError, InputError, OutputError
from reportpack.ledger import Ledger
from reportpack.merge.duties import coming_duties, decide_duties
from reportpack.model.inputs import Settings
from reportpack.model.problem import Problem
from reportpack.run.due.facts import Known, known_facts
from reportpack.run.due.letters import deliver_let_go, held_letters, let_alone_go
from reportpack.run.due.report import DueReport, Foreseen, clock_problem, hold_report, lines_of, log_lines, work_lines
from reportpack.run.office_files import Folders, Progress, gather_meetings, inbox_files, open_memory
from reportpack.run.steps.recording import alone_in

if TYPE_CHECKING:
    from reportpack.run.due.asking import Deed

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
            deeds = _do(folders, ledger, known, now, today, progress)
            # letters whose time passed before anybody let them go: they are dropped, and the officer is told so in the same breath
            waiting = [one for one in held_letters(ledger) if not one.let_go]
            dropped = tuple(one for one in waiting if one.what.until is not None and one.what.until < today)
            problems = (*problems, *of_replies, *clock_problem(known.settled, today), *_monthly(folders, ledger, now, today))
            report = DueReport(deeds, dropped=dropped, replies=replies, problems=problems)
            written = work_lines(report)
            log_lines(folders.memory, now, written)
            untold = hold_report(folders, ledger, settings.office, report, now, today)
            report = replace(report, problems=(*report.problems, *untold))
            report = _deliver(folders, ledger, settings, report, now, progress)
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


def _monthly(folders: Folders, ledger: Ledger, now: datetime, today: date) -> tuple[Problem, ...]:
    last = ledger.rehearsed()
    if not ledger.backups() or (last is not None and 0 <= (today - last).days < EVERY):
        return ()
    from reportpack.run.doctor import examine_office

    return examine_office(folders, now, today, mend=True).problems


def _do(folders: Folders, ledger: Ledger, known: Known, now: datetime, today: date, progress: Progress) -> "tuple[Deed, ...]":
    """What a run that was cut off did and told nobody, then what is due now."""
    decisions = decide_duties(today, known.facts, known.settings.office.due, known.settled)
    if not decisions and not known.untold:
        return ()
    from reportpack.run.due.asking import Job, deeds_again
    from reportpack.run.due.duties import do_duties

    again = deeds_again(known.untold, held_letters(ledger))
    return (*again, *do_duties(Job(folders, ledger, known, now, today, progress), decisions))


def _deliver(
    folders: Folders, ledger: Ledger, settings: Settings, report: DueReport, now: datetime, progress: Progress
) -> DueReport:
    """Hand over what may go; a fault of the post never loses what was done before."""
    let_alone_go(folders, ledger, settings.office.due.alone, now)
    try:
        delivered = deliver_let_go(folders, ledger, settings.office.mail, now, progress)
    except (DeliveryError, InputError, OutputError) as error:
        return replace(report, troubles=(error,))
    waiting = tuple(one for one in held_letters(ledger) if not one.let_go)
    return replace(report, delivered=delivered, waiting=waiting)
