"""The appendix's full tables: every figure that the charts rest on, a row a period, a column an area."""

from collections.abc import Iterable, Mapping

from reportpack.compose.area_words import area_name
from reportpack.compose.figures import figure_words, gap_words
from reportpack.compose.setting import Setting, anchor
from reportpack.model.finding import MeasureFinding
from reportpack.model.observation import Observation, Series, Status
from reportpack.model.pack import FullTable
from reportpack.model.period import Period, in_time
from reportpack.model.words import Sentence


def compose_tables(setting: Setting) -> tuple[FullTable, ...]:
    """A table for each measure that has any figure."""
    return tuple(_table(finding, setting) for finding in setting.findings.measures if finding.force.observations or finding.areas)


def table_id(measure: str) -> str:
    """The anchor of a measure's full table."""
    return anchor("table", measure)


def _table(finding: MeasureFinding, setting: Setting) -> FullTable:
    series = (finding.force, *(area.series for area in finding.areas))
    periods = _periods(finding, series)
    figures = [{one.period: one for one in line.observations} for line in series]
    return FullTable(
        id=table_id(finding.measure.id),
        title=finding.measure.title,
        columns=(setting.office.force, *(area_name(area.area, setting.office) for area in finding.areas)),
        rows=tuple((period.short, tuple(_cell(line.get(period), finding, setting) for line in figures)) for period in periods),
        notes=tuple(_notes(periods, zip(series, figures, strict=True), setting)),
    )


def _periods(finding: MeasureFinding, series: tuple[Series, ...]) -> list[Period]:
    """Those of the chart, and any later ones."""
    known = in_time({observation.period for one in series for observation in one.observations})
    if finding.xmr is None or not finding.xmr.points:
        return known[-finding.measure.window :]
    first = finding.xmr.points[0].period
    return in_time({point.period for point in finding.xmr.points} | {period for period in known if period >= first})


def _cell(observation: Observation | None, finding: MeasureFinding, setting: Setting) -> Sentence:
    if observation is None or (observation.value is None and observation.status is not Status.SUPPRESSED):
        return Sentence.of("[x]")
    return figure_words(observation, finding.measure, setting.is_revised(observation))


def _notes(
    periods: list[Period], lines: Iterable[tuple[Series, Mapping[Period, Observation]]], setting: Setting
) -> list[Sentence]:
    """Why a figure is not there, once for each that says anything."""
    notes = []
    for one, figures in lines:
        for period in periods:
            observation = figures.get(period)
            if observation is not None and observation.status not in (Status.NUMBER, Status.SUPPRESSED):
                notes.append(Sentence.of(f"{area_name(one.area, setting.office)}: ", gap_words(observation, period), "."))
    return notes
