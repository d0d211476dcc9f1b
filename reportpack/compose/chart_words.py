"""What stands for each chart in words, from the same numbers; and what drove a change, as a sentence and as a chart."""

from collections.abc import Mapping
from dataclasses import replace

from reportpack.compose.area_words import area_name, peer_words
from reportpack.compose.comparison_words import direction, span_words
from reportpack.compose.names import small
from reportpack.compose.numbers import difference_printed, is_nought, number_format, printed
from reportpack.compose.setting import Setting, anchor
from reportpack.compose.signal_words import assurance_words, latest_point, range_words, variation_words
from reportpack.model.chart import Bar, RankedBars
from reportpack.model.finding import Amount, Driver, Drivers, MeasureFinding, PeerFinding, Xmr
from reportpack.model.measure import Measure
from reportpack.model.observation import Unit
from reportpack.model.office import Office
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
        Sentence.of(f"{_in_line(one, measure, names, setting)} ", _change(of_parts, one.change, _cells(one)))
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


def _in_line(driver: Driver, whole: Measure, names: Mapping[str, str], setting: Setting) -> str:
    """The name within a sentence: a measure's begins small, an area's and an abbreviation stay as they are."""
    name = _name(driver, whole, names, setting)
    return small(name) if driver.measure != whole.id else name


def _change(measure: Measure, change: float, sources: tuple[Source, ...]) -> Sentence | Printed:
    if is_nought(measure, change):
        return Sentence.of("no difference")
    return Sentence.of(difference_printed(measure, change, sources), f" {direction(measure, change)}")


def _cells(of: Driver | Drivers) -> tuple[Source, ...]:
    spans: tuple[Amount, Amount] = (of.now, of.then)
    return tuple(dict.fromkeys(source for one in spans for source in one.sources))


def xmr_alt(xmr: Xmr | None, measure: Measure, area: str) -> Sentence:
    """`Title, area, monthly, first to last. Latest value; average, expected range. Variation. Target: assurance.`"""
    last = latest_point(xmr)
    if xmr is None or last is None or last.value is None:
        return Sentence.of(f"{measure.title}, {area}: no figures.")
    first = xmr.points[0].period
    monthly = ", monthly" if first.months == 1 else ""
    words = Sentence.of(f"{measure.title}, {area}{monthly}, {first.label} to {xmr.points[-1].period.label}. ")
    latest = printed(measure, last.value, last.observation.cells)
    words = Sentence.of(words, f"{last.period.label}: ", latest)
    lines = range_words(xmr, measure)
    words = Sentence.of(words, "; " if lines.spans else "", lines, ". ", variation_words(xmr, measure), ".")
    if xmr.gaps:
        words = Sentence.of(words, f" No figure for {', '.join(gap.label for gap in xmr.gaps)}.")
    for rebase in xmr.rebases:
        words = Sentence.of(words, f" New baseline from {rebase.day:%B %Y}.")
    if xmr.target is None:
        return words
    return Sentence.of(words, " ", assurance_words(xmr, measure), ".")


def sparkline_alt(finding: MeasureFinding) -> Sentence:
    """`Victim satisfaction, April 2016 to March 2019: latest 79.1%, no significant change.`"""
    xmr, measure = finding.xmr, finding.measure
    last = latest_point(xmr)
    if xmr is None or last is None or last.value is None:
        return Sentence.of(f"{measure.title}: no figures.")
    latest = printed(measure, last.value, last.observation.cells)
    span = f"{xmr.points[0].period.label} to {xmr.points[-1].period.label}"
    return Sentence.of(f"{measure.title}, {span}: latest ", latest, ", ", variation_words(xmr, measure).lowered, ".")


def peers_alt(peers: PeerFinding | None, measure: Measure, office: Office) -> Sentence:
    """Best and worst, the force's place and the average of the others."""
    if peers is None or not peers.entries:
        return Sentence.of(f"{measure.title}: no figures of other forces.")
    best, worst = peers.entries[0], peers.entries[-1]
    period = f", {peers.period.label}" if peers.period else ""
    words = Sentence.of(f"{measure.title}{period}, {len(peers.entries)} forces, {'best' if peers.rank else 'highest'} first. ")
    for label, entry in (("First", best), ("last", worst)):
        if entry.value is not None:
            value = printed(measure, entry.value, entry.cells)
            words = Sentence.of(
                words, f"{label} is {area_name(entry.area, office)} with ", value, ", " if label == "First" else ". "
            )
    return Sentence.of(words, peer_words(peers, measure, office))
