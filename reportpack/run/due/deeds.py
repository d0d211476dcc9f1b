"""What a duty is done with and what comes of it; the duty and the letters that it made are recorded together, all or none."""

from collections.abc import Sequence
from datetime import date, datetime

from reportpack.errors import ReportpackError
from reportpack.ledger import Ledger
from reportpack.model.duty import Became, Duty, DutySettled, HeldSettled, LettersHeld
from reportpack.model.event import Event
from reportpack.model.letter import Addressee, Enclosure, Letter, LetterKind, Notice
from reportpack.model.office import Office
from reportpack.records import Record
from reportpack.run.due.facts import Known
from reportpack.run.due.letters import Held
from reportpack.run.office_files import Folders, Progress
from reportpack.run.steps.recording import recording


class Job(Record):
    """What every deed needs: where, with what, for which day."""

    folders: Folders
    ledger: Ledger
    known: Known
    now: datetime
    today: date
    progress: Progress

    @property
    def office(self) -> Office:
        """The office's settings."""
        return self.known.settings.office


class Deed(Record):
    """What came of some duties of one kind: words for the log and the officer; `failed` is why nothing came of them.

    `waiting` is what the officer has to do, `missing` what nobody has sent; `shown` are documents for the officer to look at.
    """

    duties: tuple[Duty, ...]
    became: Became
    said: str
    failed: ReportpackError | None = None
    waiting: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    shown: tuple[Enclosure, ...] = ()
    held: int = 0


def settle(
    job: Job,
    duties: Sequence[Duty],
    said: str,
    letters: Sequence[Letter] = (),
    became: Became = Became.DONE,
    *,
    waiting: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    shown: tuple[Enclosure, ...] = (),
    overtaken: Sequence[Held] = (),
) -> Deed:
    """Record the duties and the letters that they made, all or none; letters that they overtake are dropped."""
    first = duties[0]
    kept = tuple(one.kept(job.ledger.keep) for one in letters)
    held = [LettersHeld(first.kind, first.about, first.occasion, kept, max(one.until for one in duties))]
    settled = [DutySettled(*one.key, became, job.today, said, waiting, missing) for one in duties]
    dropped = [HeldSettled(one.number, True, "the meeting was changed again") for one in overtaken]
    with recording(job.folders, job.now, ledger=job.ledger) as record:
        recorded = record.record([Event(one, job.now) for one in (*(held if letters else ()), *settled, *dropped)])
    number = recorded[0].number if letters else 0
    return Deed(tuple(duties), became, said, waiting=waiting, missing=missing, shown=shown, held=number)


def deeds_again(settled: Sequence[DutySettled], held: Sequence[Held]) -> tuple[Deed, ...]:
    """The deeds as they were, from what was recorded of them; the documents they showed lie where they were built."""
    groups: dict[tuple[object, ...], list[DutySettled]] = {}
    for one in settled:
        groups.setdefault((one.kind, one.became, one.said, one.waiting, one.missing), []).append(one)
    numbers = {(one.what.duty, one.what.about, one.what.occasion): one.number for one in held if not one.let_go}
    deeds = []
    for group in groups.values():
        first, duties = group[0], tuple(Duty(*one.key, one.on, one.on, "") for one in group)
        letters = numbers.get(first.key, 0) if first.became is Became.DONE else 0
        deeds.append(Deed(duties, first.became, first.said, waiting=first.waiting, missing=first.missing, held=letters))
    return tuple(deeds)


def notice_letter(job: Job, kind: LetterKind, template: str, notice: Notice, to: Addressee, place: tuple[str, str]) -> Letter:
    """The notice as a letter; `place` is the meeting and the document that make it this letter and no other."""
    from reportpack.render.letters import LetterTemplates
    from reportpack.run.program import office_templates

    text, html = LetterTemplates(office_templates(job.folders)).render(template, notice)
    meeting, document = place
    return Letter(kind, meeting, document, 1, to.edition, to, notice.title, text, html)
