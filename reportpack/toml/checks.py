"""Checks that all TOML files share: references that lead somewhere, names that are one thing's only, days in their order, agendas."""

from collections.abc import Iterable
from typing import Any

from reportpack import patterns as re
from reportpack.model.edition import TOO_WIDE, Audience, is_wider
from reportpack.model.office import AgendaItem
from reportpack.model.problem import Problem, Source
from reportpack.toml.text import Table, nearest

AnyTable = Table[Any]


def problems_of(file: str, table: AnyTable) -> tuple[Problem, ...]:
    """The faults of a whole text in the order of its lines."""
    faults = sorted(table.faults, key=lambda one: one.line)
    return tuple(Problem(one.kind, Source(file, cell=f"line {one.line}"), one.found, one.remedy) for one in faults)


def refers(table: AnyTable, name: str, known: Iterable[str], noun: str) -> None:
    """Each value under the key is one of the known ids, or empty."""
    given, listed = getattr(table.made, name), list(known)
    for value in (given,) if isinstance(given, str) else given:
        if value and value not in listed:
            table.fault(name, f"unknown-{noun.replace(' ', '-')}", f'There is no {noun} "{value}".', nearest(value, listed))


def unique(tables: Iterable[AnyTable], name: str, noun: str) -> None:
    """No two of the tables have the same value under the key."""
    seen: dict[str, int] = {}
    for table in tables:
        value = getattr(table.made, name)
        if value and value.casefold() in seen:
            found = f'Two {noun} have the {name} "{value}": this one and the one on line {seen[value.casefold()]}.'
            table.fault(name, f"same-{name}", found, f"Give one of them another {name}, or take it out.")
        seen.setdefault(value.casefold(), table.line(name))


def names_reason(table: AnyTable, reasons: Iterable[str]) -> None:
    """One word under `withheld` is the id of a reason; more are a sentence of a person's own."""
    if " " not in table.made.withheld:
        refers(table, "withheld", reasons, "reason")


def in_order(table: AnyTable) -> None:
    """The last day does not come before the first."""
    start, end = table.made.start, table.made.end
    if start and end and end < start:
        table.fault("to", "end-before-start", f'"to" is {end}, before "from", which is {start}.', "Correct one of the two days.")


def is_address(email: str) -> bool:
    """Whether it is one plain e-mail address."""
    return re.fullmatch(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+", email) is not None


def check_agenda(items: tuple[Table[AgendaItem], ...], topics: list[str], posts: list[str], reasons: list[str]) -> None:
    """Numbers that make an outline, each once; topics, leads and reasons that exist."""
    unique(items, "number", "lines of the agenda")
    audiences = {item.made.number: item.made.audience for item in items}
    for item in items:
        refers(item, "topic", topics, "topic")
        refers(item, "lead", posts, "post")
        names_reason(item, reasons)
        number = item.made.number
        parent = number.rpartition(".")[0]
        if number and not re.fullmatch(r"\d+(\.\d+)*", number):
            item.fault("number", "wrong-value", f'"number" is "{number}".', 'Write a number such as "2" or "2.1.3".')
        elif parent and parent not in audiences:
            item.fault("number", "no-parent", f"Item {number} stands under {parent}, which is not there.", f"Add item {parent}.")
        check_width(item, audiences.get(parent), "the item that it stands under")


def check_width(table: AnyTable, section: Audience | None, what: str) -> None:
    """Nothing may be read by more people than what it stands in."""
    if section is not None and is_wider(table.made.audience, section):
        found = f'This is for "{table.made.audience}", and {what} is for "{section}" alone.'
        table.fault("audience", TOO_WIDE, found, f'Write audience = "{section}" here, or widen the other.')
