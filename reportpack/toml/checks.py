"""Checks that all TOML files share: references that lead somewhere, names that are one thing's only, days in their order."""

from collections.abc import Iterable
from datetime import date

from reportpack import patterns as re
from reportpack.model.problem import Problem, Source
from reportpack.toml.text import Key, Table, nearest


def problems_of(file: str, table: Table, sha256: str = "") -> tuple[Problem, ...]:
    """The faults of a whole text in the order of its lines; of one that cannot be parsed only the fault that says so."""
    faults = sorted(table.faults, key=lambda fault: fault.line)
    if not table.values:
        faults = [fault for fault in faults if fault.kind in {"not-toml", "not-utf-8"}] or faults
    places = ((fault, Source(file, cell=f"line {fault.line}", sha256=sha256)) for fault in faults)
    return tuple(Problem(fault.kind, place, fault.found, fault.remedy) for fault, place in places)


def refers(table: Table, key: Key[str], known: list[str], noun: str) -> None:
    """The key's value is one of the known ids, or empty."""
    _refer(table, key.name, table.take(key), known, noun)


def refers_all(table: Table, key: Key[tuple[str, ...]], known: list[str], noun: str) -> None:
    """Each of the key's values is one of the known ids."""
    for value in table.take(key):
        _refer(table, key.name, value, known, noun)


def unique(tables: Iterable[Table], key: Key[str], noun: str) -> None:
    """No two of the tables have the same value under the key."""
    seen: dict[str, int] = {}
    for table in tables:
        value = table.take(key).casefold()
        if value and value in seen:
            found = f'Two {noun} have the {key.name} "{table.take(key)}": this one and the one on line {seen[value]}.'
            table.fault(key.name, f"same-{key.name}", found, f"Give one of them another {key.name}, or take it out.")
        seen.setdefault(value, table.line(key.name))


def names_reason(table: Table, key: Key[str], reasons: list[str]) -> None:
    """One word is the id of a reason for withholding; more are a sentence of a person's own."""
    if " " not in table.take(key).strip():
        refers(table, key, reasons, "reason")


def in_order(table: Table, first: Key[date | None], last: Key[date | None]) -> None:
    """The last day does not come before the first."""
    start, end = table.take(first), table.take(last)
    if start and end and end < start:
        found = f'"{last.name}" is {end}, before "{first.name}", which is {start}.'
        table.fault(last.name, "end-before-start", found, "Correct one of the two days.")


def meet(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans of days (None: without end) share a day."""
    (start, end), (other_start, other_end) = one, other
    return (start or date.min) <= (other_end or date.max) and (other_start or date.min) <= (end or date.max)


def is_address(email: str) -> bool:
    """Whether it is one plain e-mail address."""
    return re.fullmatch(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+", email) is not None


def spoken(name: str) -> str:
    """A name as it is compared: whole words, whatever their case, spacing and quotation marks."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def _refer(table: Table, name: str, value: str, known: list[str], noun: str) -> None:
    if value and value not in known:
        table.fault(name, f"unknown-{noun.replace(' ', '-')}", f'There is no {noun} "{value}".', nearest(value, known))
