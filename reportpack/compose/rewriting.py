"""A pack's records made anew before or after they are composed: small cells hidden, sources numbered, for the public under published names."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from reportpack.model.finding import AreaFinding, CommitmentFinding, Findings, MeasureFinding, Standing, Verdict, Xmr, XmrPoint
from reportpack.model.observation import Observation, Series, Status
from reportpack.model.pack import SourceEntry, find_sources
from reportpack.model.period import Period
from reportpack.model.problem import Source

SIGN = "[c]"
Hidden = frozenset[tuple[str, str, Period]]
"""Measure, area and period."""


def hide_small_cells(findings: Findings) -> Findings:
    """The findings as an edition that hides small cells may know them."""
    hidden: Hidden = frozenset((one.measure.id, cell.area, cell.period) for one in findings.measures for cell in one.small_cells)
    if not hidden:
        return findings
    return replace(
        findings,
        measures=tuple(_hide_in_measure(one, hidden) for one in findings.measures),
        commitments=tuple(_hide_in_commitment(one, hidden) for one in findings.commitments),
    )


def _hide_in_measure(finding: MeasureFinding, hidden: Hidden) -> MeasureFinding:
    if not finding.small_cells:
        return finding
    areas = tuple(_hide_in_area(one, hidden) for one in finding.areas)
    force = _hide_in_series(finding.force, hidden)
    if force != finding.force:
        finding = _without_sums(finding)
    return replace(
        finding,
        force=force,
        xmr=_hide_in_xmr(finding.xmr, hidden),
        areas=areas,
        above=None if any(one.latest is not None and one.latest.status is Status.SUPPRESSED for one in areas) else finding.above,
        enquiries=tuple(one for one in finding.enquiries if not one.area),
        drivers=(),
    )


def _without_sums(finding: MeasureFinding) -> MeasureFinding:
    """A force whose own figure is hidden somewhere keeps nothing that was worked out with it: an average, a year's sum, a verdict."""
    points = (
        tuple(replace(one, mean=None, lower=None, upper=None, point_type=None) for one in finding.xmr.points)
        if finding.xmr
        else ()
    )
    xmr = replace(Xmr(points, None, None, "small-cells"), target=finding.xmr.target) if finding.xmr else None
    return replace(
        finding,
        xmr=xmr,
        gap=None,
        comparisons=(),
        rank=None,
        peers=None,
        news=(),
        drivers=(),
        track=None,
        enquiries=(),
        exception=0.0,
    )


def _hide_in_area(finding: AreaFinding, hidden: Hidden) -> AreaFinding:
    """An area with a hidden cell keeps nothing from which the cell could be worked out: no verdict, no comparison."""
    series = _hide_in_series(finding.series, hidden)
    if series == finding.series:
        return finding
    latest = series.at(finding.latest.period) if finding.latest else None
    seen = latest is not None and latest.status is Status.NUMBER
    return replace(
        finding,
        series=series,
        xmr=None,
        latest=latest,
        amount=finding.amount if seen else None,
        change=None,
        standing=finding.standing if seen else Standing.NOT_JUDGED,
        standing_reason=finding.standing_reason if seen else "small-base",
        low=finding.low if seen else None,
        high=finding.high if seen else None,
        meets_target=finding.meets_target if seen else None,
    )


def _hide_in_series(series: Series, hidden: Hidden) -> Series:
    observations = tuple(_hide(one, hidden) for one in series.observations)
    return series if observations == series.observations else replace(series, observations=observations)


def _hide_in_xmr(xmr: Xmr | None, hidden: Hidden) -> Xmr | None:
    if xmr is None:
        return None
    points = tuple(_hide_in_point(one, hidden) for one in xmr.points)
    return replace(xmr, points=points)


def _hide_in_point(point: XmrPoint, hidden: Hidden) -> XmrPoint:
    observation = _hide(point.observation, hidden)
    return point if observation is point.observation else replace(point, observation=observation, value=None, point_type=None)


def _hide_in_commitment(finding: CommitmentFinding, hidden: Hidden) -> CommitmentFinding:
    observations = tuple(_hide(one, hidden) for one in finding.observations)
    if observations == finding.observations or finding.of is not None:
        return replace(finding, observations=observations)
    return replace(finding, observations=observations, value=None, verdict=Verdict.NOT_YET, reason="small-cells")


def _hide(one: Observation, hidden: Hidden) -> Observation:
    if (one.measure, one.area, one.period) not in hidden:
        return one
    return replace(one, value=None, status=Status.SUPPRESSED, numerator=None, denominator=None, raw=SIGN)


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
