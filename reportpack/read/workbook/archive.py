"""The parts of a zipped workbook."""

from reportpack.read import archive
from reportpack.read.archive import Fault
from reportpack.read.workbook.faults import DamagedError, UnreadableError
from reportpack.read.workbook.limits import MAX_PART_BYTES, MAX_SMALL_PART_BYTES


class Archive(archive.Archive):
    """Raises UnreadableError when nothing can be had from the file, DamagedError for one part."""

    largest = MAX_PART_BYTES

    def refusal(self, fault: Fault, part: str = "") -> Exception:
        """As readers of workbooks say it."""
        if fault is Fault.BROKEN:
            found = "the file is damaged: its archive is incomplete, as after a broken download or copy."
            return UnreadableError("workbook-unreadable", found)
        if fault is Fault.LOCKED:
            from reportpack.read.workbook.encryption import password_error

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
