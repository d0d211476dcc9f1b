"""What the numbers did since: a measure at the month of an earlier meeting, and now. This is where promises meet figures."""

from datetime import date

from reportpack.compose.figures import change_since, figure_words, latest_words
from reportpack.compose.finding_words import variation_words
from reportpack.compose.setting import Setting
from reportpack.model.agenda_view import Occasion
from reportpack.model.finding import MeasureFinding
from reportpack.model.observation import Observation
from reportpack.model.pack import SinceRow
from reportpack.model.words import Sentence


def rows_since(measures: tuple[str, ...], occasion: Occasion, setting: Setting) -> tuple[SinceRow, ...]:
    """A row for each of these measures that this edition may show."""
    day = _day(occasion)
    found = (setting.findings.of(measure) for measure in measures)
    return tuple(_row(finding, day, setting) for finding in found if finding is not None)


def _day(occasion: Occasion) -> date | None:
    if occasion.meeting is not None:
        return occasion.meeting.day
    return occasion.month.start if occasion.month is not None else None


def _row(finding: MeasureFinding, day: date | None, setting: Setting) -> SinceRow:
    measure, latest = finding.measure, finding.force.latest
    then = figure_at(finding, day) if day else None
    same = then is not None and latest is not None and then.period == latest.period
    return SinceRow(
        measure=measure.short_title or measure.title,
        target=setting.measure_target(measure.id),
        then=_then_words(then, day, finding, setting),
        then_period=then.period.label if then else "",
        now=latest_words(finding, setting.is_revised(latest)),
        now_period=latest.period.label if latest else "",
        change=_change(then, latest, same, finding),
        reading=variation_words(finding.xmr, measure),
    )


def figure_at(finding: MeasureFinding, day: date) -> Observation | None:
    """The figure of the period that holds the day, else the newest one before it."""
    held = [one for one in finding.force.numbers if one.period.start <= day]
    return held[-1] if held else None


def _then_words(then: Observation | None, day: date | None, finding: MeasureFinding, setting: Setting) -> Sentence:
    if day is None:
        return Sentence.of("Not known: no date is on record")
    if then is None:
        return Sentence.of("No figure from that time")
    return figure_words(then, finding.measure, setting.is_revised(then))


def _change(then: Observation | None, now: Observation | None, same: bool, finding: MeasureFinding) -> Sentence:
    if then is None or now is None:
        return Sentence.of("Not compared")
    if same:
        return Sentence.of("No newer figure yet")
    return change_since(then, now, finding.measure)
