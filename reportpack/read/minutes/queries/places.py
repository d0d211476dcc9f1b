"""How a line and a day are named in a query."""

from datetime import date


def long_day(day: date) -> str:
    """`Tuesday 28 May 2019`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def place_of(line: str) -> str:
    """`line 12`, or `p12` as it stands."""
    return f"line {line}" if line.isdigit() else line
