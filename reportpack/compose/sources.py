"""Every source that a pack's numbers rest on, numbered in the order of first use; for the public, published names in place of files."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from reportpack.model.finding import Findings
from reportpack.model.observation import Observation
from reportpack.model.pack import SourceEntry, find_printed
from reportpack.model.source import Source
from reportpack.model.words import Printed

UNPUBLISHED = "Figures supplied to the office, not published elsewhere"
_Value = TypeVar("_Value")


def number_sources(value: object) -> tuple[SourceEntry, ...]:
    """One entry for each sheet of each file that a printed number in `value` rests on."""
    entries: dict[tuple[str, str, str], SourceEntry] = {}
    for printed in find_printed(value):
        for source in printed.sources:
            key = (source.file, source.sheet, source.sha256)
            if key not in entries:
                entries[key] = SourceEntry(f"s{len(entries) + 1}", *key, source.as_at)
    return tuple(entries.values())


def publish_sources(value: _Value, findings: Findings) -> _Value:
    """The same value with published sources' names for files, sheets and cells."""
    titles: dict[tuple[str, str], str] = {}
    for finding in findings.measures:
        title = finding.measure.source_title or UNPUBLISHED
        titles |= {(source.file, source.sheet): title for source in _sources_of(finding)}
    return cast("_Value", _republish(value, titles))


def _sources_of(value: object) -> Iterator[Source]:
    if isinstance(value, Source):
        yield value
    elif isinstance(value, Observation):
        yield from (one for one in (value.source, value.numerator_source, value.denominator_source) if one is not None)
    elif isinstance(value, tuple):
        for one in value:
            yield from _sources_of(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _sources_of(getattr(value, field.name))


def _republish(value: Any, titles: dict[tuple[str, str], str]) -> Any:
    if isinstance(value, Printed):
        named = dict.fromkeys(titles.get((one.file, one.sheet), UNPUBLISHED) for one in value.sources)
        return replace(value, sources=tuple(Source(title) for title in named))
    if isinstance(value, tuple):
        return tuple(_republish(one, titles) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: _republish(getattr(value, field.name), titles) for field in fields(value) if field.init}
        return replace(value, **changed)
    return value
