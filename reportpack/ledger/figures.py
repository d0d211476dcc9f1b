"""Figures as the ledger stores them: each once, under an id made of all that it says, with the places it came from."""

import hashlib
import json
import struct
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from reportpack.ledger.database import BUILD_FIGURES, FIGURE, SOURCE, Session, Table
from reportpack.model.observation import Observation, Status
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.records import Record


class StoredFigures(Record):
    """Rows for the tables of sources and figures by their ids (a figure's without its id and its build), and the ids in the order of the build."""

    sources: Mapping[int, tuple[object, ...]]
    figures: Mapping[int, tuple[object, ...]]
    order: tuple[int, ...]


def store_figures(observations: Iterable[Observation]) -> StoredFigures:
    """The rows of a build's figures."""
    places: dict[tuple[object, ...], int] = {}
    figures: dict[int, tuple[object, ...]] = {}
    order: list[int] = []
    for one in observations:
        marks = json.dumps(one.marks) if one.marks else "[]"
        said = (
            one.measure,
            one.area,
            one.period.iso,
            one.value,
            one.status.value,
            one.numerator,
            one.denominator,
            marks,
            one.raw,
        )
        stood = (one.source, one.numerator_source, one.denominator_source)
        row = (*said, *chain.from_iterable((at and _place_id(at, places), at and at.cell) for at in stood))
        figure_id = _id_of(row)
        figures[figure_id] = row
        order.append(figure_id)
    return StoredFigures({number: (number, *place) for place, number in places.items()}, figures, tuple(order))


def write_figures(session: Session, build: int, stored: StoredFigures) -> None:
    """Add what the ledger does not have yet, and say which figures are the build's."""
    if not stored.order:
        return
    known = _known(session, SOURCE, tuple(stored.sources))
    session.insert(SOURCE, [row for key, row in stored.sources.items() if key not in known])
    known = _known(session, FIGURE, tuple(stored.figures))
    session.insert(FIGURE, [(key, build, *row) for key, row in stored.figures.items() if key not in known])
    session.insert(BUILD_FIGURES, [(build, pack_ids(stored.order))])


def pack_ids(ids: Sequence[int]) -> bytes:
    """Ids as eight bytes each."""
    return struct.pack(f">{len(ids)}q", *ids)


def figure_ids(session: Session, build: int) -> tuple[int, ...]:
    """The ids of a build's figures, in their order."""
    packed = session.value("SELECT figures FROM build_figures WHERE build = ?", build) or b""
    return struct.unpack(f">{len(packed) // 8}q", packed)


def read_figures(session: Session, build: int, measures: Collection[str] = ()) -> tuple[Observation, ...]:
    """A build's figures in their order, of these measures where any are named."""
    ids = figure_ids(session, build)
    rows = {row[0]: row[2:] for row in session.rows_with(FIGURE, FIGURE.columns, sorted(set(ids)))}
    rows = {key: row for key, row in rows.items() if not measures or row[0] in measures}
    wanted = {key for row in rows.values() for key in row[-6::2] if key is not None}
    places = {key: place for key, *place in session.rows_with(SOURCE, SOURCE.columns, sorted(wanted))}
    found = {key: _observation(row, places) for key, row in rows.items()}
    return tuple(found[key] for key in ids if key in found)


def erase_figures(session: Session, text: Callable[[str], str]) -> None:
    """Put every word that came with figures through `text`; numbers and cells stay."""
    for table, names in ((SOURCE, ("file", "sheet")), (FIGURE, ("raw", "marks"))):
        for name in names:
            for (words,) in session.rows(f"SELECT DISTINCT {name} FROM {table.name}"):
                if (after := text(words)) != words:
                    session.execute(f"UPDATE {table.name} SET {name} = ? WHERE {name} = ?", after, words)


def _known(session: Session, table: Table, keys: Sequence[int]) -> set[int]:
    return {key for (key,) in session.rows_with(table, ("id",), keys)}


def _place_id(source: Source, places: dict[tuple[object, ...], int]) -> int:
    place = (source.file, source.sheet, source.sha256, source.as_at)
    found = places.get(place)
    if found is None:
        found = places[place] = _id_of(place)
    return found


def _id_of(parts: Iterable[object]) -> int:
    """Each part with its length before it, so that no two lists of parts read alike."""
    text = "".join([f"{len(part)}:{part}" for part in map(str, parts)])
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _observation(row: Sequence[Any], places: Mapping[int, Sequence[Any]]) -> Observation:
    measure, area, period, value, status, numerator, denominator, marks, raw, *cells = row
    pairs = zip(cells[::2], cells[1::2], strict=True)
    at: list[Any] = [_source(places[place], cell) if place is not None else None for place, cell in pairs]
    marked = tuple(json.loads(marks))
    return Observation(
        measure, area, Period.parse(period), value, Status(status), at[0], numerator, denominator, at[1], at[2], marked, raw
    )


def _source(place: Sequence[Any], cell: str | None) -> Source:
    file, sheet, sha256, as_at = place
    return Source(file, sheet, cell or "", sha256, date.fromisoformat(as_at) if isinstance(as_at, str) else as_at)
