"""References: given once, never used again. Actions are n/YYYY, matters Mn/YYYY, one sequence a year for the office."""

import re
from collections.abc import Iterable

from reportpack.model.register_row import RegisterRow

PREFIXES = {"Matters": "M", "Actions": "", "Commitments": "C", "Questions": "Q"}
WORDS = {"Matters": "Words", "Actions": "Action", "Commitments": "Words", "Questions": "Question"}
"""The heading of the words by which a row without a reference is known."""
_SAID_AT = {"Matters": "From meeting", "Actions": "Raised at", "Commitments": "Said at", "Questions": "Meeting"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REFERENCE = re.compile(r"([A-Za-z]*)\s*(\d+)\s*/\s*(\d{4})")


def words_of(row: RegisterRow) -> str:
    """The row's words, plain, so that two copies of it are known as one."""
    return " ".join(row.text(WORDS.get(row.sheet, "Words")).casefold().split())


def meeting_of(row: RegisterRow) -> str:
    """The meeting that the row says it comes from, plain."""
    return " ".join(row.text(_SAID_AT.get(row.sheet, "")).casefold().split())


def next_reference(row: RegisterRow, used: Iterable[str], year: int) -> str:
    """The next of its kind, in the year of the meeting it comes from (else the one given); `used` is every reference of that sheet."""
    said = _YEAR.search(row.text(_SAID_AT.get(row.sheet, "")))
    year = int(said[0]) if said else year
    prefix = PREFIXES.get(row.sheet, "")
    numbers = [
        int(match[2])
        for match in map(_REFERENCE.fullmatch, used)
        if match and match[1].upper() == prefix and int(match[3]) == year
    ]
    return f"{prefix}{max(numbers, default=0) + 1}/{year}"
