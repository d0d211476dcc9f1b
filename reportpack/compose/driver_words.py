"""What drove a change: one sentence and one small chart of the parts that a difference is made up of."""

from collections.abc import Mapping
from dataclasses import replace

from reportpack.compose.area_words import area_name
from reportpack.compose.comparison_words import direction, span_words
from reportpack.compose.numbers import difference_printed, is_nought, number_format
from reportpack.compose.setting import Setting, anchor
from reportpack.model.chart import Bar, RankedBars
from reportpack.model.finding import Amount, Driver, Drivers, MeasureFinding
from reportpack.model.measure import Measure
from reportpack.model.observation import Unit
from reportpack.model.problem import Source
from reportpack.model.words import Printed, Sentence

_SAID = 3
_DRAWN = 8


def drivers_words(finding: MeasureFinding, setting: Setting) -> Sentence:
    """`May 2018 to April 2019 against May 2017 to April 2018: 1,633 more, made up of Shropshire 600 more ... and the rest 33 more.`"""
    if not finding.drivers:
        return Sentence.of()
    drivers, measure, names = finding.drivers[0], finding.measure, _names(setting)
    of_parts = replace(measure, unit=Unit.UNKNOWN) if measure.unit is Unit.PER_CENT else measure
    now, then = drivers.now, drivers.then
    start = f"{span_words(now.first, now.last)} against {span_words(then.first, then.last)}: "
    parts = [
        Sentence.of(f"{_name(one, measure, names, setting)} ", _change(of_parts, one.change, _cells(one)))
        for one in drivers.parts[:_SAID]
    ]
    rest = drivers.rest + sum(one.change for one in drivers.parts[_SAID:])
    if not is_nought(measure, rest):
        parts.append(Sentence.of("the rest ", _change(of_parts, rest, _cells(drivers))))
    listed = [span for one in parts[:-1] for span in (", ", one)][1:]
    last = (" and ", parts[-1]) if listed else parts
    whole = _change(measure, now.value - then.value, _cells(drivers))
    return Sentence.of(start, whole, ", made up of ", *listed, *last, ".")


def drivers_chart(finding: MeasureFinding, setting: Setting) -> RankedBars | None:
    """A bar for each part, the largest first, and one for the rest; none for a single part, which the sentence says."""
    if not finding.drivers or len(finding.drivers[0].parts) < 2:
        return None
    drivers, measure, names = finding.drivers[0], finding.measure, _names(setting)
    bars = [Bar(_name(one, measure, names, setting), one.change, sources=_cells(one)) for one in drivers.parts[:_DRAWN]]
    rest = drivers.rest + sum(one.change for one in drivers.parts[_DRAWN:])
    if not is_nought(measure, rest):
        bars.append(Bar("The rest", rest, sources=_cells(drivers)))
    points = ", in percentage points" if measure.unit is Unit.PER_CENT else ""
    return RankedBars(
        anchor("drivers", measure.id),
        f"{measure.title}: what the difference is made up of{points}",
        drivers_words(finding, setting).text,
        tuple(bars),
        format=replace(number_format(measure), suffix=""),
    )


def _names(setting: Setting) -> Mapping[str, str]:
    return {one.measure.id: one.measure.short_title or one.measure.title for one in setting.findings.measures}


def _name(driver: Driver, whole: Measure, names: Mapping[str, str], setting: Setting) -> str:
    return area_name(driver.area, setting.office) if driver.measure == whole.id else names[driver.measure]


def _change(measure: Measure, change: float, sources: tuple[Source, ...]) -> Sentence | Printed:
    if is_nought(measure, change):
        return Sentence.of("no difference")
    return Sentence.of(difference_printed(measure, change, sources), f" {direction(measure, change)}")


def _cells(of: Driver | Drivers) -> tuple[Source, ...]:
    spans: tuple[Amount, Amount] = (of.now, of.then)
    return tuple(dict.fromkeys(source for one in spans for source in one.sources))
