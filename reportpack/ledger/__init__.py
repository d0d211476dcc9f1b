"""What was true when: stores and returns events, figures and kept files. The only room with SQL."""

from reportpack.ledger.erasing import Eraser, erase_bytes, eraser_of
from reportpack.ledger.ledger import Ledger
from reportpack.ledger.opening import is_begun, open_ledger, restore_ledger

__all__ = ["Eraser", "Ledger", "erase_bytes", "eraser_of", "is_begun", "open_ledger", "restore_ledger"]
