"""What was true when: stores and returns events, figures and kept files. The only room with SQL."""

from reportpack.ledger.ledger import Ledger
from reportpack.ledger.opening import is_begun, open_ledger, restore_ledger

__all__ = ["Ledger", "is_begun", "open_ledger", "restore_ledger"]
