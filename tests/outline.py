"""A record as text for a golden file: what it holds, a field a line, without what is empty; every printed number with its cells."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from reportpack.model.chart import ChartPoint
from reportpack.model.problem import Source
from reportpack.model.words import Printed, Sentence

_NARROW = 150
_MANY, _SHOWN = 12, 3


def outline(value: object, without: Collection[str] = ()) -> str:
    """The whole of it, in the order of its fields, without those that are named."""
    return "\n".join(_told(value, without)) + "\n"


_CITING = "citing"  # the public's references are another document's, and stand in the page source


def _told(value: Any, without: Collection[str]) -> list[str]:
    """One line where few words say it, else a line or more for each part."""
    leaf = _leaf(value)
    if leaf is not None:
        return [leaf]
    parts = [
        (name, _told(held, without)) for name, held in _parts(value) if name not in (*without, _CITING) and not _is_empty(held)
    ]
    if all(len(lines) == 1 for _, lines in parts):
        flat = f"({', '.join(f'{name}={lines[0]}' if name else lines[0] for name, lines in parts)})"
        if len(flat) < _NARROW:
            return [flat]
    return [line for name, lines in parts for line in _under(name or "-", lines)]


def _under(name: str, lines: list[str]) -> list[str]:
    return [f"{name}: {lines[0]}"] if len(lines) == 1 else [f"{name}:", *(f"  {line}" for line in lines)]


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """What it holds, with the name of each where it has one; of a long line of figures its two ends."""
    if isinstance(value, Mapping):
        yield from ((str(name), held) for name, held in value.items())
    elif is_dataclass(value):
        yield from ((one.name, getattr(value, one.name)) for one in fields(value))
    elif len(value) > _MANY and isinstance(value[0], ChartPoint | tuple | float):
        yield from (("", held) for held in (*value[:_SHOWN], f"... {len(value) - 2 * _SHOWN} more", *value[-_SHOWN:]))
    else:
        yield from (("", held) for held in value)


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", (), {}) or value == Sentence.of()


def _leaf(value: Any) -> str | None:
    """What is said in one word or sentence; None of what has parts."""
    if isinstance(value, Mapping | list) or (isinstance(value, tuple) and not (value and isinstance(value[0], Source))):
        return None
    match value:
        case Source():
            return value.where
        case tuple():
            return _cells(value)
        case Sentence():
            return "".join(one if isinstance(one, str) else _printed(one) for one in value.spans)
        case Printed():
            return _printed(value)
        case Enum():
            return value.name
        case float():
            return f"{value:.6g}"
        case frozenset():
            return ", ".join(sorted(map(str, value)))
        case _:
            return None if is_dataclass(value) else str(value).replace("\n", "\\n")


def _printed(number: Printed) -> str:
    """`81.3% [0.813 of C14, C15]`."""
    return f"{number.text} [{number.value:.6g} of {_cells(number.sources)}]"


def _cells(sources: tuple[Source, ...]) -> str:
    cells = [one.cell or one.where for one in sources]
    return ", ".join(cells) if len(cells) < 4 else f"{len(cells)} cells, {cells[0]} to {cells[-1]}"
