"""Files as people write them, as documents: lines, lists, tables and notes, and what of them is shown but cannot be taken."""
