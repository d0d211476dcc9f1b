"""An agenda as it stands in office.toml and in meeting files: its keys, its lines, and what must hold between them."""

from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.edition import TOO_WIDE, UNKNOWN_AUDIENCE, Audience, is_wider
from reportpack.model.office import AgendaItem
from reportpack.toml import text as toml
from reportpack.toml.checks import names_reason, refers, unique
from reportpack.toml.text import Key, Table


def for_whom(meaning: str, *, required: bool = False) -> Key[Audience]:
    """Who may read something; the office alone where nothing says so, and nobody where it cannot be read."""
    return toml.choice(meaning, Audience, Audience.OFFICE, required=required, wrong=UNKNOWN_AUDIENCE)


class AgendaKeys(toml.Keys):
    """A line of the agenda; the numbers make the outline: 2.1.3 stands under 2.1."""

    makes = AgendaItem

    number = toml.text("its number as printed", required=True)
    title = toml.text("its title as printed", required=True)
    topic = toml.text("the topic (its id) that it is about")
    lead = toml.text("the post (its id) that leads it")
    audience = for_whom("who may read it")
    public_title = toml.text("what stands in its place where it is withheld")
    withheld = toml.text("why it is withheld: the id of one of the office's reasons, or your own sentence")

    @staticmethod
    def settle(made: AgendaItem) -> AgendaItem:
        """`2.1.` is 2.1."""
        return replace(made, number=made.number.rstrip("."))


def check_agenda(items: tuple[Table, ...], topics: list[str], posts: list[str], reasons: list[str]) -> None:
    """Numbers that make an outline, each once; topics, leads and reasons that exist."""
    unique(items, AgendaKeys.number, "lines of the agenda")
    numbers = [item.take(AgendaKeys.number).rstrip(".") for item in items]
    for item, number in zip(items, numbers, strict=True):
        refers(item, AgendaKeys.topic, topics, "topic")
        refers(item, AgendaKeys.lead, posts, "post")
        names_reason(item, AgendaKeys.withheld, reasons)
        if number and not re.fullmatch(r"\d+(\.\d+)*", number):
            item.fault("number", "wrong-value", f'"number" is "{number}".', 'Write a number such as "2" or "2.1.3".')
        elif "." in number and number.rpartition(".")[0] not in numbers:
            parent = number.rpartition(".")[0]
            item.fault("number", "no-parent", f"Item {number} stands under {parent}, which is not there.", f"Add item {parent}.")
    audiences = {number: item.take(AgendaKeys.audience) for item, number in zip(items, numbers, strict=True)}
    for item, number in zip(items, numbers, strict=True):
        above = audiences.get(number.rpartition(".")[0])
        check_width(item, item.take(AgendaKeys.audience), above, "the item that it stands under")


def check_width(table: Table, audience: Audience, section: Audience | None, what: str) -> None:
    """Nothing may be read by more people than what it stands in."""
    if section is not None and is_wider(audience, section):
        found = f'This is for "{audience}", and {what} is for "{section}" alone.'
        table.fault("audience", TOO_WIDE, found, f'Write audience = "{section}" here, or widen the other.')
