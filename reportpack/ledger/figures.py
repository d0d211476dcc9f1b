"""Figures as the ledger stores them: each once, under an id made of all that it says, with the places it came from."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from reportpack.ledger.tables import build_figure, figure, source
from reportpack.model.observation import Observation, Status
from reportpack.model.period import Period
from reportpack.model.source import Source

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredFigures:
    """Rows for the tables of sources and figures by their ids, and the ids in the order of the build."""

    sources: Mapping[str, dict[str, Any]]
    figures: Mapping[str, dict[str, Any]]
    order: tuple[str, ...]


def store_figures(observations: Iterable[Observation]) -> StoredFigures:
    """The rows of a build's figures."""
    sources: dict[str, dict[str, Any]] = {}
    figures: dict[str, dict[str, Any]] = {}
    order: list[str] = []
    for one in observations:
        row = _figure_row(one, sources)
        figure_id = _id_of(*row.values())
        figures[figure_id] = {"id": figure_id, **row}
        order.append(figure_id)
    return StoredFigures(sources, figures, tuple(order))


def write_figures(connection: Connection, build: int, stored: StoredFigures) -> None:
    """Add what the ledger does not have yet, and tie the figures to their build."""
    for table, rows in ((source, stored.sources), (figure, stored.figures)):
        known = _known(connection, table.c.id, tuple(rows))
        if new := [row for key, row in rows.items() if key not in known]:
            connection.execute(insert(table), new)
    if stored.order:
        connection.execute(
            insert(build_figure),
            [{"build": build, "place": place, "figure": figure_id} for place, figure_id in enumerate(stored.order)],
        )


def read_figures(connection: Connection, build: int) -> tuple[Observation, ...]:
    """A build's figures in their order."""
    rows = connection.execute(
        select(figure)
        .join(build_figure, build_figure.c.figure == figure.c.id)
        .where(build_figure.c.build == build)
        .order_by(build_figure.c.place)
    ).all()
    wanted = {key for row in rows for key in (row.source, row.numerator_source, row.denominator_source) if key}
    places: dict[str, Source] = {}
    keys = sorted(wanted)
    for start in range(0, len(keys), _AT_ONCE):
        found = connection.execute(select(source).where(source.c.id.in_(keys[start : start + _AT_ONCE])))
        places |= {row.id: Source(row.file, row.sheet, "", row.sha256, row.as_at) for row in found}
    return tuple(_observation(row, places) for row in rows)


def _known(connection: Connection, column: Any, keys: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        found.update(connection.execute(select(column).where(column.in_(keys[start : start + _AT_ONCE]))).scalars())
    return found


def _figure_row(one: Observation, sources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "area": one.area,
        "period": one.period.iso,
        "value": one.value,
        "status": one.status.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "marks": json.dumps(one.marks),
        "raw": one.raw,
        "source": _source_id(one.source, sources),
        "cell": one.source.cell,
        "numerator_source": _source_id(one.numerator_source, sources) if one.numerator_source else None,
        "numerator_cell": one.numerator_source.cell if one.numerator_source else None,
        "denominator_source": _source_id(one.denominator_source, sources) if one.denominator_source else None,
        "denominator_cell": one.denominator_source.cell if one.denominator_source else None,
    }


def _source_id(place: Source, sources: dict[str, dict[str, Any]]) -> str:
    key = _id_of(place.file, place.sheet, place.sha256, place.as_at.isoformat() if place.as_at else None)
    sources[key] = {"id": key, "file": place.file, "sheet": place.sheet, "sha256": place.sha256, "as_at": place.as_at}
    return key


def _id_of(*parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _observation(row: Any, places: Mapping[str, Source]) -> Observation:
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
        numerator_source=_place(places, row.numerator_source, row.numerator_cell) if row.numerator_source else None,
        denominator_source=_place(places, row.denominator_source, row.denominator_cell) if row.denominator_source else None,
        marks=tuple(json.loads(row.marks)),
        raw=row.raw,
    )


def _place(places: Mapping[str, Source], key: str, cell: str) -> Source:
    found = places[key]
    return Source(found.file, found.sheet, cell, found.sha256, found.as_at)
