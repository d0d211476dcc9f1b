"""The issued annex made again after an answer or a correction, and what either adds to the register."""

from collections.abc import Sequence

from reportpack.model.event import Event, Happening, RowChange
from reportpack.run.folders import Folders
from reportpack.run.minutes.annex_pages import editions_of, record_of, set_annex
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes
from reportpack.run.steps.recording import Recording


def remake_issued(
    folders: Folders, order: AnnexOrder, read: ReadNotes, record: Recording, rows: Sequence[RowChange], said: Sequence[Event]
) -> None:
    """Record what was said, what the register gains by it and, where the notes are as they were issued, the annex as it reads now."""
    made = set_annex(folders, read, editions_of(read, order.edition)) if read.unchanged else None
    happened: tuple[Happening, ...] = (*rows, *(record_of(record.ledger, read, made) if made is not None else ()))
    record.record([*said, *(Event(what, order.now) for what in happened)], made.files if made is not None else {})
