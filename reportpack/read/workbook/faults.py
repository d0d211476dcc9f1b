"""What makes a workbook unusable, and how a reader says so: a sentence with its kind, turned into a Problem at the doorway. The parts of a
zipped workbook; encrypted files, opened when Excel would open them without asking, else named by what protects them.
"""

import io
from dataclasses import replace

from reportpack import archive
from reportpack import patterns as re
from reportpack.archive import Fault
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.workbook.limits import MAX_PART_BYTES, MAX_SMALL_PART_BYTES

TELL_OWNER = "Ask whoever sent it to save it again as an Excel workbook (.xlsx) and send that."


class UnreadableError(Exception):
    """Nothing can be had from this file: `kind` is the Problem's slug, the rest its sentences."""

    def __init__(self, kind: str, found: str, remedy: str = TELL_OWNER) -> None:
        super().__init__(found)
        self.kind = kind
        self.found = found
        self.remedy = remedy

    def problem(self, source: Source) -> Problem:
        """As the reader of the pack is told."""
        return Problem(self.kind, source, self.found, self.remedy)


def too_large(cells: int) -> UnreadableError:
    """More than may be read."""
    found = f"it has more than {cells:,} cells, or scatters them too widely, so it is not read."
    return UnreadableError("workbook-too-large", found, "Ask for a workbook that holds only what is needed.")


class DamagedError(Exception):
    """One part cannot be read as it should; its caller knows what that means for the workbook."""


def note(kind: str, source: Source, found: str, remedy: str, sheet: str = "", cell: str = "") -> Problem:
    """Worth knowing about a workbook that is read all the same."""
    return Problem(kind, replace(source, sheet=sheet, cell=cell), found, remedy, Weight.NOTE)


def wrong(kind: str, source: Source, found: str, remedy: str, sheet: str = "", cell: str = "") -> Problem:
    """Figures are missing or cannot be trusted because of this."""
    return Problem(kind, replace(source, sheet=sheet, cell=cell), found, remedy)


class Archive(archive.Archive):
    """Raises UnreadableError when nothing can be had from the file, DamagedError for one part."""

    largest = MAX_PART_BYTES

    def refusal(self, fault: Fault, part: str = "") -> Exception:
        """As readers of workbooks say it."""
        if fault is Fault.BROKEN:
            found = "the file is damaged: its archive is incomplete, as after a broken download or copy."
            return UnreadableError("workbook-unreadable", found)
        if fault is Fault.LOCKED:
            return password_error()
        if fault is Fault.TOO_LARGE:
            found = f"unpacked it would be larger than {MAX_PART_BYTES // 2**20} MB, so it is not opened."
            return UnreadableError("workbook-too-large", found, "Ask for a workbook that holds only what is needed.")
        return DamagedError(f"its part {part} is {'missing' if fault is Fault.MISSING else 'damaged'}")

    def read_small(self, name: str) -> bytes:
        """A part that lists things. Raises DamagedError, also when it is far too large for that."""
        if self.has(name) and self.size(name) > MAX_SMALL_PART_BYTES:
            raise DamagedError(f"its part {name} is absurdly large")
        return self.read(name)


DEFAULT_PASSWORD = "VelvetSweatshop"
MAX_SPIN = 1_000_000  # rounds of hashing; Excel writes 100,000
MAX_BYTES = 64 * 1024 * 1024

_RIGHTS = tuple(name.encode("utf-16-le") for name in ("DRMEncryptedDataSpace", "DRMEncryptedTransform", "\tDRMContent"))
_SPIN = re.compile(rb'spinCount="([0-9]+)"')
_TAKE_OFF = (
    "Open it in Excel, take the password off (File, Info, Protect Workbook, Encrypt with Password) and save it, "
    "or ask for a copy without a password."
)


def decrypt(data: bytes) -> bytes:
    """The workbook inside. Raises UnreadableError that names the protection."""
    import msoffcrypto

    if any(name in data for name in _RIGHTS):
        found = "it is under rights protection (a sensitivity label or IRM), which lets only named people open it."
        remedy = "Ask its owner for a copy with a label that does not encrypt, or save its figures in a new workbook."
        raise UnreadableError("workbook-rights-protected", found, remedy)
    if len(data) > MAX_BYTES or any(int(spin[:12]) > MAX_SPIN for spin in _SPIN.findall(data)) or b"<!DOCTYPE" in data:
        raise password_error()
    plain = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked.load_key(password=DEFAULT_PASSWORD)
        locked.decrypt(plain)
    except Exception as fault:
        raise password_error() from fault
    opened = plain.getvalue()
    if not opened.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise password_error()
    return opened


def password_error() -> UnreadableError:
    """Said wherever a password is needed."""
    return UnreadableError("workbook-password", "it is protected by a password.", _TAKE_OFF)
