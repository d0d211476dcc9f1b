"""Encrypted Office files: opened when Excel would open them without asking, else named by what protects them."""

import io

import msoffcrypto

from reportpack import patterns as re
from reportpack.read.workbook.faults import UnreadableError

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
