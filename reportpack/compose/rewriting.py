"""A pack's records made anew before or after they are composed: small cells hidden, sources numbered, for the public under published names."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any, TypeVar, cast

from reportpack.model.finding import AreaFinding, CommitmentFinding, Findings, MeasureFinding, Standing, Verdict, Xmr, XmrPoint
from reportpack.model.observation import Observation, Status
from reportpack.model.pack import SourceEntry, find_sources
from reportpack.model.problem import Source

SIGN = "[c]"
UNPUBLISHED = "Figures supplied to the office, not published elsewhere"
_Value = TypeVar("_Value")


def remade(value: _Value, change: Callable[[Any], Any]) -> _Value:
    """The value with what `change` gives in the place of anything inside it; None looks further inside. What stays as it was is not copied."""
    changed: Any = change(value)
    if changed is not None or not (isinstance(value, tuple) or is_dataclass(value)) or isinstance(value, type):
        return value if changed is None else cast("_Value", changed)
    if isinstance(value, tuple):
        fresh = tuple(remade(one, change) for one in value)
        return value if all(map(is_, fresh, value)) else cast("_Value", fresh)
    named = {one.name: remade(getattr(value, one.name), change) for one in fields(value)}
    return value if all(named[name] is getattr(value, name) for name in named) else cast("_Value", replace(value, **named))


def hide_small_cells(findings: Findings) -> Findings:
    """The findings as an edition that hides small cells may know them."""
    hidden = {(one.measure.id, cell.area, cell.period) for one in findings.measures for cell in one.small_cells}
    if not hidden:
        return findings

    def hide(one: Any) -> Any:
        point = one if isinstance(one, XmrPoint) else None
        figure = point.observation if point is not None else one
        if not isinstance(figure, Observation):
            return None
        if (figure.measure, figure.area, figure.period) not in hidden:
            return one
        figure = replace(figure, value=None, status=Status.SUPPRESSED, numerator=None, denominator=None, raw=SIGN)
        return replace(point, observation=figure, value=None, point_type=None) if point is not None else figure

    return replace(
        findings,
        measures=tuple(_hide_in_measure(one, hide) if one.small_cells else one for one in findings.measures),
        commitments=tuple(_hide_in_commitment(one, hide) for one in findings.commitments),
    )


def _hide_in_measure(finding: MeasureFinding, hide: Callable[[Any], Any]) -> MeasureFinding:
    """A force whose own figure is hidden somewhere keeps nothing that was worked out with it: an average, a year's sum, a verdict."""
    areas = tuple(_hide_in_area(one, hide) for one in finding.areas)
    force, xmr = remade(finding.force, hide), finding.xmr
    if force != finding.force:
        if xmr is not None:
            bare = tuple(replace(one, mean=None, lower=None, upper=None, point_type=None) for one in xmr.points)
            xmr = replace(Xmr(bare, None, None, "small-cells"), target=xmr.target)
        nothing: dict[str, Any] = {"gap": None, "rank": None, "peers": None, "track": None, "exception": 0.0}
        finding = replace(finding, comparisons=(), news=(), enquiries=(), **nothing)
    return replace(
        finding,
        force=force,
        xmr=remade(xmr, hide),
        areas=areas,
        above=None if any(one.latest is not None and one.latest.status is Status.SUPPRESSED for one in areas) else finding.above,
        enquiries=tuple(one for one in finding.enquiries if not one.area),
        drivers=(),
    )


def _hide_in_area(finding: AreaFinding, hide: Callable[[Any], Any]) -> AreaFinding:
    """An area with a hidden cell keeps nothing from which the cell could be worked out: no verdict, no comparison."""
    series = remade(finding.series, hide)
    if series == finding.series:
        return finding
    latest = series.at(finding.latest.period) if finding.latest else None
    finding = replace(finding, series=series, xmr=None, latest=latest, change=None)
    if latest is not None and latest.status is Status.NUMBER:
        return finding
    nothing: dict[str, Any] = {"amount": None, "low": None, "high": None, "meets_target": None}
    return replace(finding, standing=Standing.NOT_JUDGED, standing_reason="small-base", **nothing)


def _hide_in_commitment(finding: CommitmentFinding, hide: Callable[[Any], Any]) -> CommitmentFinding:
    observations = remade(finding.observations, hide)
    if observations == finding.observations or finding.of is not None:
        return replace(finding, observations=observations)
    return replace(finding, observations=observations, value=None, verdict=Verdict.NOT_YET, reason="small-cells")


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

    def publish(one: Any) -> Any:
        if isinstance(one, Source):
            return Source(titles.get((one.file, one.sheet), UNPUBLISHED))
        return tuple(dict.fromkeys(map(publish, one))) if isinstance(one, tuple) and one and isinstance(one[0], Source) else None

    return remade(value, publish)
