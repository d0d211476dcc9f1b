"""What the `col` elements of a table say, in the form that a browser heeds."""

from collections.abc import Iterator
from html import escape

from reportpack.render.element import Element

_ALIGNED = frozenset(("number", "right", "centre"))


def column_classes(table: Element) -> dict[int, str]:
    """What the `col` elements say of the cells below them."""
    found: dict[int, str] = {}
    column = 0
    for col in (col for group in table.elements if group.tag == "colgroup" for col in group.elements):
        span = int(col.get("span") or 1)
        classes = " ".join(name for name in col.classes if name in _ALIGNED)
        found.update(dict.fromkeys(range(column, column + span), classes))
        column += span
    return found


def columns(group: Element) -> Iterator[str]:
    """A `colgroup` with the widths that the page source gives."""
    yield "<colgroup>"
    for col in group.elements:
        width = col.get("data-width").rstrip("%")
        span = f' span="{escape(col.get("span"))}"' if col.get("span") else ""
        style = f' style="width:{escape(width)}%"' if width else ""
        yield f"<col{span}{style}>"
    yield "</colgroup>"
