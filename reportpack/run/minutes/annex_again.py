"""The issued annex made again after an answer or a correction, and what either adds to the register."""

from collections.abc import Sequence

from reportpack.ledger import Ledger
from reportpack.model.event import Event, Happening, RowChange
from reportpack.model.problem import Problem
from reportpack.run.folders import Folders
from reportpack.run.minutes.annex_pages import editions_of, record_of, set_annex
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes
from reportpack.run.register.rows import bring_into_step
from reportpack.run.steps.standing import record_standing
from reportpack.run.writing import staged_files


def remake_issued(
    folders: Folders, order: AnnexOrder, read: ReadNotes, ledger: Ledger, rows: Sequence[RowChange], said: Sequence[Event]
) -> tuple[Problem, ...]:
    """Record what was said, what the register gains by it and, where the notes are as they were issued, the annex as it reads now.

    All of it is recorded at once; then the annex is written and the workbook brought into step.
    """
    made = set_annex(folders, read, editions_of(read, order.edition)) if read.unchanged else None
    with staged_files(made.files if made is not None else {}) as put:
        with ledger.all_or_none():
            if rows:
                record_standing(read.standing, ledger, order.now)
            happened: tuple[Happening, ...] = (*rows, *(record_of(ledger, read, made) if made is not None else ()))
            ledger.record([*said, *(Event(what, order.now) for what in happened)])
        put()
    return bring_into_step(ledger, folders, rows[-1].ref, order.now).problems if rows else ()
