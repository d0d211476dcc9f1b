"""Every source that a pack's numbers rest on, numbered in the order of first use; for the public, published names in place of files."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from reportpack.model.finding import Findings
from reportpack.model.pack import SourceEntry, find_sources
from reportpack.model.problem import Source

UNPUBLISHED = "Figures supplied to the office, not published elsewhere"
_Value = TypeVar("_Value")


def number_sources(value: object) -> tuple[SourceEntry, ...]:
    """One entry for each sheet of each file that a number in `value` rests on."""
    entries: dict[tuple[str, str, str], SourceEntry] = {}
    for source in find_sources(value):
        key = (source.file, source.sheet, source.sha256)
        if key not in entries:
            entries[key] = SourceEntry(f"s{len(entries) + 1}", *key, source.as_at)
    return tuple(entries.values())


def publish_sources(value: _Value, findings: Findings) -> _Value:
    """The same value with published sources' names for files, sheets and cells."""
    titles: dict[tuple[str, str], str] = {}
    for finding in findings.measures:
        title = finding.measure.source_title or UNPUBLISHED
        titles |= {
            (source.file, source.sheet): title
            for series in (finding.force, *(area.series for area in finding.areas), finding.peers)
            for source in find_sources(series)
        }
    return cast("_Value", _republish(value, titles))


def _republish(value: Any, titles: dict[tuple[str, str], str]) -> Any:
    if isinstance(value, tuple):
        changed = tuple(_republish(one, titles) for one in value)
        return tuple(dict.fromkeys(changed)) if changed and all(isinstance(one, Source) for one in changed) else changed
    if isinstance(value, Source):
        return Source(titles.get((value.file, value.sheet), UNPUBLISHED))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _republish(getattr(value, field.name), titles) for field in fields(value)})
    return value
