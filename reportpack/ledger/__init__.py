"""What was true when: stores and returns events, figures and kept files. The only room with SQL."""

from reportpack.ledger.erasing import Eraser, erase_bytes, eraser_of
from reportpack.ledger.ledger import Ledger
from reportpack.ledger.opening import is_begun, is_missed, no_ledger, open_ledger, restore_ledger
from reportpack.ledger.search import forget_index, open_index

__all__ = ["Eraser", "Ledger", "erase_bytes", "eraser_of", "forget_index", "is_begun", "is_missed", "no_ledger", "open_index", "open_ledger",
           "restore_ledger"]  # fmt: skip
