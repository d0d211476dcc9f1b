"""`ledger backup` and `ledger restore`: the ledger as one plain file, and back."""

from datetime import date
from pathlib import Path

from reportpack.ledger import restore_ledger
from reportpack.run.letters.epochs import note_restored
from reportpack.run.office_files import Folders, begun_memory
from reportpack.settings.ledger_place import ledger_url


def back_up(folders: Folders, path: Path | None, today: date) -> tuple[Path, int]:
    """Write everything that is remembered, kept files too, to the file (else into `inputs/memory/backups`); gives it and its events."""
    target = path or folders.memory / "backups" / f"whole-ledger-{today.isoformat()}.jsonl"
    with begun_memory(folders) as ledger:
        return target, ledger.back_up(target, with_files=True)


def restore(folders: Folders, path: Path) -> int:
    """Make the ledger from a backup, where there is none; gives how many events it holds."""
    events = restore_ledger(folders.memory, path, ledger_url(folders.inputs))
    with begun_memory(folders) as ledger:
        note_restored(ledger)
    return events
