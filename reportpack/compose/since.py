"""What the numbers did since: a measure at the month of an earlier meeting, and now. This is where promises meet figures."""

from collections.abc import Sequence
from datetime import date, timedelta

from reportpack.compose.figures import change_since, figure_words, latest_words
from reportpack.compose.setting import Setting
from reportpack.compose.signal_words import variation_words
from reportpack.model.agenda_view import Occasion
from reportpack.model.finding import MeasureFinding
from reportpack.model.observation import Observation
from reportpack.model.pack import SinceRow
from reportpack.model.words import Sentence


def rows_since(measures: tuple[str, ...], occasion: Occasion, setting: Setting) -> tuple[SinceRow, ...]:
    """A row for each of these measures that this edition may show."""
    day, meeting = _day(occasion), occasion.meeting.id if occasion.meeting is not None else ""
    found = (setting.findings.of(measure) for measure in measures)
    return tuple(_row(finding, day, setting.had.get(meeting, ()), setting) for finding in found if finding is not None)


def _day(occasion: Occasion) -> date | None:
    if occasion.meeting is not None:
        return occasion.meeting.day
    return occasion.month.start if occasion.month is not None else None


def _row(finding: MeasureFinding, day: date | None, had: Sequence[Observation], setting: Setting) -> SinceRow:
    """From the figure that the meeting's own pack had; revised since, it is shown as it was and as it is, and compared as it is."""
    measure, latest = finding.measure, finding.force.latest
    before = _newest_of(had, finding)
    then = finding.force.at(before.period) if before is not None else _known_by(finding, day) if day else None
    same = then is not None and latest is not None and then.period == latest.period
    return SinceRow(
        measure=measure.short_title or measure.title,
        target=setting.measure_target(measure.id),
        then=_then_words(before, then, day, finding, setting),
        then_period=then.period.label if then else "",
        now=latest_words(finding, setting.is_revised(latest)),
        now_period=latest.period.label if latest else "",
        change=_change(then, latest, same, finding),
        reading=variation_words(finding.xmr, measure),
    )


def _newest_of(had: Sequence[Observation], finding: MeasureFinding) -> Observation | None:
    """The newest figure of the force in an earlier pack whose period is shown still."""
    shown = {one.period for one in finding.force.numbers}
    own = [one for one in had if (one.measure, one.area) == (finding.measure.id, finding.force.area) and one.value is not None]
    return max((one for one in own if one.period in shown), key=lambda one: one.period, default=None)


def _known_by(finding: MeasureFinding, day: date) -> Observation | None:
    """The newest figure that can have been known that day: in a workbook as at then, else of a period whose figures were due."""
    late = timedelta(days=finding.measure.expected_days or 0)
    known = [
        one
        for one in finding.force.numbers
        if one.period.end + late < day or (one.source.as_at is not None and one.source.as_at <= day)
    ]
    return known[-1] if known else None


def _then_words(
    before: Observation | None, then: Observation | None, day: date | None, finding: MeasureFinding, setting: Setting
) -> Sentence:
    if day is None:
        return Sentence.of("Not known: no date is on record")
    if then is None:
        return Sentence.of("No figure from that time")
    if before is not None and figure_words(before, finding.measure).text != figure_words(then, finding.measure).text:
        return Sentence.of(figure_words(before, finding.measure), ", since revised to ", figure_words(then, finding.measure))
    return figure_words(then, finding.measure, setting.is_revised(then))


def _change(then: Observation | None, now: Observation | None, same: bool, finding: MeasureFinding) -> Sentence:
    if then is None or now is None:
        return Sentence.of("Not compared")
    if same:
        return Sentence.of("No newer figure yet")
    return change_since(then, now, finding.measure)
