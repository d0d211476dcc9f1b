"""`due`: what fell due by today and is not done, done once, one call a step, and told: as lines for the terminal and the log, and as a letter to the officer.
It sends nothing that no person has released. The log is inputs/memory/due.log; three older ones are kept."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from reportpack.errors import DeliveryError, ExitCode, InputError, OutputError, ReportpackError, fails_as
from reportpack.merge.duties import coming_duties, decide_duties
from reportpack.merge.letters import officers
from reportpack.model.duty import Became, Decision, DueTold, Duty, DutyKind, DutySettled, HeldSettled, LettersHeld
from reportpack.model.event import Event, Happening
from reportpack.model.letter import Enclosure, EnclosureLine, Letter, LetterKind, NoticeLists
from reportpack.model.office import Office
from reportpack.model.outbox import DeliveryReport
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.records import Record
from reportpack.run.due.facts import Deed, Job, known_facts
from reportpack.run.due.letters import Held, deliver_let_go, held_letters, let_alone_go, may_go_alone
from reportpack.run.office_files import Folders, Progress, gather_meetings, inbox_files, open_memory
from reportpack.run.steps.recording import alone_in, recording

NAME = "due.log"
LARGEST = 512 * 1024
KEPT = 3


def log_lines(folder: Path, now: datetime, lines: Iterable[str]) -> None:
    """Add the lines, each with the office's own date and time."""
    at = f"{now.astimezone(ZoneInfo('Europe/London')):%Y-%m-%d %H:%M}"
    path = folder / NAME
    text = "".join(f"{at} {' '.join(line.split())}\n" for line in lines)
    remedy = "Make room, or see that you may write there; then run again."
    with fails_as(OutputError, f"The log {path} cannot be written", remedy):
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size >= LARGEST:
            older = [path, *(path.with_name(f"{NAME}.{number}") for number in range(1, KEPT + 1))]
            for source, target in reversed([*pairwise(older)]):
                if source.exists():
                    source.replace(target)
        with path.open("a", encoding="utf-8", errors="replace") as log:
            log.write(text)


_TOLD = (DutyKind.COMMISSION, DutyKind.FINAL, DutyKind.SEND)
"""What the officer is told of when its time passed; the rest is done by something later, and stands in the log."""


class DueReport(Record):
    """What came of a run: deeds, letters that wait for a person or were dropped, what was delivered, new replies. `busy`: another run is at it."""

    deeds: tuple[Deed, ...] = ()
    waiting: tuple[Held, ...] = ()
    dropped: tuple[Held, ...] = ()
    delivered: DeliveryReport | None = None
    replies: int = 0
    problems: tuple[Problem, ...] = ()
    troubles: tuple[ReportpackError, ...] = ()
    busy: bool = False

    @property
    def exit_code(self) -> ExitCode:
        """0, or that of the first thing that failed."""
        failed = [*self.troubles, *(one.failed for one in self.deeds if one.failed is not None)]
        if failed:
            return failed[0].exit_code
        return ExitCode.DELIVERY if self.delivered is not None and self.delivered.failed else ExitCode.DONE


class Foreseen(Record):
    """What a run would do now, what waits for a person, what comes later, and how many files lie in the inbox."""

    decisions: tuple[Decision, ...]
    waiting: tuple[Held, ...]
    later: tuple[Duty, ...]
    replies: int
    problems: tuple[Problem, ...]


def lines_of(report: DueReport) -> tuple[str, ...]:
    """A line for everything; one that says so where nothing was due."""
    if report.busy:
        return ("nothing done: another run is at it",)
    troubles = (f"failed: {one.found} {one.remedy.splitlines()[0] if one.remedy else ''}".strip() for one in report.troubles)
    lines = (*work_lines(report), *delivery_lines(report.delivered), *troubles)
    return lines or ("nothing was due",)


def work_lines(report: DueReport) -> tuple[str, ...]:
    """The first of them: everything but what came of the letters."""
    return (
        *(line for one in report.deeds for line in _deed_lines(one)),
        *([f"replies: {report.replies} new in the inbox"] if report.replies else []),
        *(
            f"dropped: letters {one.number} ({one.what.duty.value}): their time passed before anybody let them go"
            for one in report.dropped
        ),
    )


def _deed_lines(deed: Deed) -> Iterator[str]:
    words = ", ".join(one.words for one in deed.duties)
    if deed.failed is not None:
        yield f"failed: {words}: {deed.failed.found} {deed.failed.remedy}"
        return
    held = f" (letters {deed.held})" if deed.held else ""
    yield f"{deed.became.value}: {words}: {deed.said}{held}"
    yield from (f"waits: {one}" for one in deed.waiting)
    yield from (f"missing: {one}" for one in deed.missing)


def delivery_lines(delivered: DeliveryReport | None) -> Iterator[str]:
    """A line for each letter, and for what failed."""
    if delivered is None:
        return
    for one in delivered.letters:
        what = f"{one.letter.meeting} {one.letter.document} to {one.letter.to.name}"
        where = f", laid into {delivered.folder} (a rehearsal)" if delivered.folder else f", {one.state.value}"
        yield f"letter: {what}{where}{f': {one.reply}' if one.reply and not delivered.folder else ''}"
    yield from (f"failed: no letter to {one.who}: {one.why}" for one in delivered.not_sent)
    if delivered.trouble:
        yield f"failed: {delivered.trouble}"


def hold_report(job: Job, report: DueReport) -> tuple[Problem, ...]:
    """Write the officer a letter, where there is something to say; it goes with the other letters. A problem where nobody is to be told.
    The letter, what was dropped, and that all of it is told are recorded together: a run that is cut off before is made up for by the next."""
    held, problems = _letter_to_officer(job, report)
    dropped = [HeldSettled(one.number, True, "its time passed before anybody let it go") for one in report.dropped]
    told = [DueTold(job.today)] if any(one.failed is None for one in report.deeds) else []
    happened: list[Happening] = [*held, *dropped, *told]
    if happened:
        with recording(job.folders, job.now, ledger=job.ledger) as record:
            record.record([Event(one, job.now) for one in happened])
    return problems


def _letter_to_officer(job: Job, report: DueReport) -> tuple[tuple[LettersHeld, ...], tuple[Problem, ...]]:
    office, today = job.office, job.today
    lists = _lists(office, report)
    post = office.due.tell or next((one.note_taker for one in office.series if one.note_taker), "")
    people = officers(office, today, post)
    if not (lists.failed or lists.waiting or lists.missing or lists.done):
        return (), ()
    if not people:
        found = f'Nobody who holds the post "{post}" has an address' if post else "No post is named that is told what falls due"
        remedy = 'Add tell to [due], such as tell = "po", and the address of whoever holds that post.'
        return (), (Problem("nobody-told", office.source, f"{found}, so nobody gets a letter about it.", remedy),)
    from reportpack.compose.letters import report_notice
    from reportpack.render.letters import LetterTemplates
    from reportpack.run.program import office_templates

    templates = LetterTemplates(office_templates(job.folders))
    shown = _fitting([one for deed in report.deeds for one in deed.shown], office.mail.attach_up_to)
    kind = LetterKind.TROUBLE if lists.failed else LetterKind.PREVIEW
    document = f"report {today.isoformat()} {job.ledger.size()}"
    letters = []
    for to in people:
        enclosed = tuple(EnclosureLine(one.name, "to look at; nobody else has it") for one in shown)
        notice = report_notice(today, lists, to, office, enclosed)
        text, html = templates.render("report", notice)
        letter = Letter(kind, f"{today:%Y-%m}-due", document, 1, to.edition, to, notice.title, text, html, shown)
        letters.append(letter.kept(job.ledger.keep))
    return (LettersHeld(DutyKind.REPORT, "", document, tuple(letters)),), ()


def _fitting(shown: Iterable[Enclosure], megabytes: int) -> tuple[Enclosure, ...]:
    room, fitting = megabytes * 1_000_000, []
    for one in shown:
        if len(one.data) <= room:
            room -= len(one.data)
            fitting.append(one)
    return tuple(fitting)


def _lists(office: Office, report: DueReport) -> NoticeLists:
    """What the officer reads: what was left out for its time is only in the log."""
    held = [one for one in report.deeds if one.held and not may_go_alone(one.duties[0].kind, office.due.alone)]
    waiting = (
        *(one for deed in report.deeds for one in deed.waiting),
        *(f"{_duties(one)}: {one.said}. To let it go: reportpack due send {one.held} --by NAME" for one in held),
        *([f"{report.replies} new in the inbox: reportpack inbox"] if report.replies else []),
    )
    return NoticeLists(
        failed=tuple(f"{_duties(one)}: {one.failed.found} {one.failed.remedy}" for one in report.deeds if one.failed is not None),
        waiting=waiting,
        missing=tuple(dict.fromkeys(_missing(report))),
        done=tuple(
            f"{_duties(one)}: {one.said}"
            for one in report.deeds
            if one.failed is None and one.became is Became.DONE and one not in held
        ),
    )


def _missing(report: DueReport) -> Iterator[str]:
    for deed in report.deeds:
        yield from deed.missing
        if deed.became is Became.LEFT_OUT and deed.duties[0].kind in _TOLD:
            yield f"{_duties(deed)}: not done, because {deed.said}"
    for held in report.dropped:
        duty, about = held.what.duty.value.capitalize(), f", {held.what.about}" if held.what.about else ""
        names = "; ".join(dict.fromkeys(one.to.name for one in held.what.letters))
        yield f"{duty}{about}: its time passed before anybody let it go, so nobody got it ({names})"


def _duties(deed: Deed) -> str:
    kinds = dict.fromkeys(one.kind.value for one in deed.duties)
    about = dict.fromkeys(one.about for one in deed.duties if one.about)
    named = f", {', '.join(about)}" if about else ""
    return f"{' and '.join(kinds).capitalize()}{named}"


def clock_problem(settled: Iterable[DutySettled], today: date) -> tuple[Problem, ...]:
    """A word about a clock that stands before what was done already."""
    last = max((one.on for one in settled), default=today)
    if last <= today:
        return ()
    found = f"By this machine's clock it is {long_date(today)}, but something was done on {long_date(last)}."
    remedy = "Set the clock right. Nothing is done twice because of it."
    return (Problem("clock-behind", Source("memory/ledger.sqlite"), found, remedy, Weight.NOTE),)


_LOCK = "due"
EVERY = 31  # Days after which a backup is restored on trial again.


def run_due(folders: Folders, now: datetime, today: date, progress: Progress) -> DueReport:
    """Take in replies, do what is due, tell the officer, let go what may go, and write the log. A second run at once does nothing."""
    settings, meetings, problems = gather_meetings(folders)
    with alone_in(folders.memory / _LOCK) as alone:
        if not alone:
            return DueReport(busy=True)
        with open_memory(folders, begin=True) as ledger:
            replies, of_replies = 0, tuple[Problem, ...]()
            if inbox_files(folders):
                from reportpack.run.due.dropped import place_dropped
                from reportpack.run.due.inbox import take_in_replies

                placed = place_dropped(folders, settings, meetings, today)
                replies, of_replies = take_in_replies(folders, ledger, settings.office, meetings, now, placed)
                of_replies = (*placed, *of_replies)
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
