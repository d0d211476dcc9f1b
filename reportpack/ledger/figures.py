"""Figures as the ledger stores them: each once, under an id made of all that it says, with the places it came from."""

import hashlib
import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from reportpack.ledger.tables import build_figures, figure, source
from reportpack.model.observation import Observation, Status
from reportpack.model.period import Period
from reportpack.model.source import Source
from reportpack.records import dataclass

_AT_ONCE = 500
_Sources = dict[tuple[str, str, str, date | None], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class StoredFigures:
    """Rows for the tables of sources and figures by their ids, and the ids in the order of the build."""

    sources: Mapping[int, dict[str, Any]]
    figures: Mapping[int, dict[str, Any]]
    order: tuple[int, ...]


def store_figures(observations: Iterable[Observation]) -> StoredFigures:
    """The rows of a build's figures."""
    sources: _Sources = {}
    figures: dict[int, dict[str, Any]] = {}
    order: list[int] = []
    for one in observations:
        row = _figure_row(one, sources)
        figure_id = _id_of(row.values())
        figures[figure_id] = {"id": figure_id, **row}
        order.append(figure_id)
    return StoredFigures({row["id"]: row for row in sources.values()}, figures, tuple(order))


def write_figures(connection: Connection, build: int, stored: StoredFigures) -> None:
    """Add what the ledger does not have yet, and say which figures are the build's."""
    if not stored.order:
        return
    known_sources = _known(connection, source.c.id, tuple(stored.sources))
    if sources := [row for key, row in stored.sources.items() if key not in known_sources]:
        connection.execute(insert(source), sources)
    known = _known(connection, figure.c.id, tuple(stored.figures))
    if figures := [{"first_build": build, **row} for key, row in stored.figures.items() if key not in known]:
        connection.execute(insert(figure), figures)
    connection.execute(insert(build_figures), [{"build": build, "figures": pack_ids(stored.order)}])


def pack_ids(ids: Sequence[int]) -> bytes:
    """Ids as eight bytes each."""
    return struct.pack(f">{len(ids)}q", *ids)


def figure_ids(connection: Connection, build: int) -> tuple[int, ...]:
    """The ids of a build's figures, in their order."""
    packed = connection.execute(select(build_figures.c.figures).where(build_figures.c.build == build)).scalar() or b""
    return struct.unpack(f">{len(packed) // 8}q", packed)


def read_figures(connection: Connection, build: int) -> tuple[Observation, ...]:
    """A build's figures in their order."""
    ids = figure_ids(connection, build)
    rows = {row.id: row for row in _with_ids(connection, figure, sorted(set(ids)))}
    wanted = {
        key for row in rows.values() for key in (row.source, row.numerator_source, row.denominator_source) if key is not None
    }
    places = {
        row.id: Source(row.file, row.sheet, "", row.sha256, row.as_at) for row in _with_ids(connection, source, sorted(wanted))
    }
    found = {key: _observation(row, places) for key, row in rows.items()}
    return tuple(found[key] for key in ids)


def erase_figures(connection: Connection, text: Callable[[str], str]) -> None:
    """Put every word that came with figures through `text`; numbers and cells stay."""
    for table, names in ((source, ("file", "sheet")), (figure, ("raw", "marks"))):
        for name in names:
            column = table.c[name]
            for (words,) in connection.execute(select(column).distinct()).all():
                if (after := text(words)) != words:
                    connection.execute(update(table).where(column == words).values({name: after}))


def _with_ids(connection: Connection, table: Table, ids: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(ids), _AT_ONCE):
        yield from connection.execute(select(table).where(table.c.id.in_(ids[start : start + _AT_ONCE])))


def _known(connection: Connection, column: Any, keys: tuple[int, ...]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(keys), _AT_ONCE):
        found.update(connection.execute(select(column).where(column.in_(keys[start : start + _AT_ONCE]))).scalars())
    return found


def _figure_row(one: Observation, sources: _Sources) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "area": one.area,
        "period": one.period.iso,
        "value": one.value,
        "status": one.status.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "marks": json.dumps(one.marks) if one.marks else "[]",
        "raw": one.raw,
        "source": _source_id(one.source, sources),
        "cell": one.source.cell,
        "numerator_source": _source_id(one.numerator_source, sources) if one.numerator_source else None,
        "numerator_cell": one.numerator_source.cell if one.numerator_source else None,
        "denominator_source": _source_id(one.denominator_source, sources) if one.denominator_source else None,
        "denominator_cell": one.denominator_source.cell if one.denominator_source else None,
    }


def _source_id(place: Source, sources: _Sources) -> int:
    key = (place.file, place.sheet, place.sha256, place.as_at)
    found = sources.get(key)
    if found is None:
        found = {"id": _id_of(key), "file": place.file, "sheet": place.sheet, "sha256": place.sha256, "as_at": place.as_at}
        sources[key] = found
    return int(found["id"])


def _id_of(parts: Iterable[object]) -> int:
    """Each part with its length before it, so that no two lists of parts read alike."""
    text = "".join(f"{len(part)}:{part}" for part in map(str, parts))
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _observation(row: Any, places: Mapping[int, Source]) -> Observation:
    """A row of the table of figures; SQLAlchemy's rows have no types of their own."""
    return Observation(
        measure=row.measure,
        area=row.area,
        period=Period.parse(row.period),
        value=row.value,
        status=Status(row.status),
        source=_place(places, row.source, row.cell),
        numerator=row.numerator,
        denominator=row.denominator,
        numerator_source=_place(places, row.numerator_source, row.numerator_cell) if row.numerator_source is not None else None,
        denominator_source=_place(places, row.denominator_source, row.denominator_cell)
        if row.denominator_source is not None
        else None,
        marks=tuple(json.loads(row.marks)),
        raw=row.raw,
    )


def _place(places: Mapping[int, Source], key: int, cell: str) -> Source:
    found = places[key]
    return Source(found.file, found.sheet, cell, found.sha256, found.as_at)
