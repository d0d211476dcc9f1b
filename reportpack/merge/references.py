"""References: given once, never used again. Actions are n/YYYY, matters Mn/YYYY, one sequence a year for the office."""

from collections.abc import Iterable

from reportpack import patterns as re
from reportpack.model.register_columns import table_of
from reportpack.model.register_row import RegisterRow

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REFERENCE = re.compile(r"([A-Za-z]*)\s*(\d+)\s*/\s*(\d{4})")


def words_of(row: RegisterRow) -> str:
    """The row's words, plain, so that two copies of it are known as one."""
    return " ".join(row.words.casefold().split())


def meeting_of(row: RegisterRow) -> str:
    """The meeting that the row says it comes from, plain."""
    return " ".join(row.text(table_of(row.sheet).said_at).casefold().split())


def next_reference(row: RegisterRow, used: Iterable[str], year: int) -> str:
    """The next of its kind, in the year of the meeting it comes from (else the one given); `used` is every reference of that sheet."""
    said = _YEAR.search(row.text(table_of(row.sheet).said_at))
    year = int(said[0]) if said else year
    prefix = table_of(row.sheet).prefix
    numbers = [
        int(match[2])
        for match in map(_REFERENCE.fullmatch, used)
        if match and match[1].upper() == prefix and int(match[3]) == year
    ]
    return f"{prefix}{max(numbers, default=0) + 1}/{year}"
