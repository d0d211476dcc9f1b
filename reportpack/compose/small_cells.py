"""Small cells hidden before a sentence is composed: in an edition that hides them, no table, chart, text or alternative text can hold one."""

from dataclasses import replace

from reportpack.model.finding import AreaFinding, CommitmentFinding, Findings, MeasureFinding, Standing, Verdict, Xmr, XmrPoint
from reportpack.model.observation import Observation, Series, Status
from reportpack.model.period import Period

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
