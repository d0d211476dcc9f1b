"""Findings as charts with finished labels, the words that stand for each, and what drove a change. How charts look is for render."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from reportpack.compose import numbers, signal_words
from reportpack.compose.area_words import area_name, peer_words
from reportpack.compose.comparison_words import span_words
from reportpack.compose.setting import Setting, anchor, small
from reportpack.model import chart as model
from reportpack.model.finding import Amount, Assurance, Driver, Drivers, MeasureFinding, PeerFinding, Xmr
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status, Unit, cells_of
from reportpack.model.office import Office
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.words import Printed, Sentence

_SAID = 3
_MEETINGS = 5  # As many of the latest as have their days on the chart.
_DRAWN = 8


def drivers_words(finding: MeasureFinding, setting: Setting) -> Sentence:
    """`May 2018 to April 2019 against May 2017 to April 2018: 1,633 more, made up of Shropshire 600 more ... and the rest 33 more.`"""
    if not finding.drivers:
        return Sentence.of()
    drivers, measure, names = finding.drivers[0], finding.measure, _names(setting)
    of_parts = replace(measure, unit=Unit.UNKNOWN) if measure.unit is Unit.PER_CENT else measure
    now, then = drivers.now, drivers.then
    start = f"{span_words(now.first, now.last)} against {span_words(then.first, then.last)}: "
    named = ((_name(one, measure, names, setting), one) for one in drivers.parts[:_SAID])
    parts = [
        Sentence.of(f"{name if one.measure == measure.id else small(name)} ", _change(of_parts, one.change, _cells(one)))
        for name, one in named
    ]
    rest = drivers.rest + sum(one.change for one in drivers.parts[_SAID:])
    if not numbers.is_nought(measure, rest):
        parts.append(Sentence.of("the rest ", _change(of_parts, rest, _cells(drivers))))
    listed = [span for one in parts[:-1] for span in (", ", one)][1:]
    last = (" and ", parts[-1]) if listed else parts
    whole = _change(measure, now.value - then.value, _cells(drivers))
    return Sentence.of(start, whole, ", made up of ", *listed, *last, ".")


def drivers_chart(finding: MeasureFinding, setting: Setting) -> model.RankedBars | None:
    """A bar for each part, the largest first, and one for the rest; none for a single part, which the sentence says."""
    if not finding.drivers or len(finding.drivers[0].parts) < 2:
        return None
    drivers, measure, names = finding.drivers[0], finding.measure, _names(setting)
    bars = [model.Bar(_name(one, measure, names, setting), one.change, sources=_cells(one)) for one in drivers.parts[:_DRAWN]]
    rest = drivers.rest + sum(one.change for one in drivers.parts[_DRAWN:])
    if not numbers.is_nought(measure, rest):
        bars.append(model.Bar("The rest", rest, sources=_cells(drivers)))
    points = ", in percentage points" if measure.unit is Unit.PER_CENT else ""
    return model.RankedBars(
        anchor("drivers", measure.id),
        f"{measure.title}: what the difference is made up of{points}",
        drivers_words(finding, setting).text,
        tuple(bars),
        format=replace(numbers.number_format(measure), suffix=""),
    )


def _names(setting: Setting) -> Mapping[str, str]:
    return {one.measure.id: one.measure.short_title or one.measure.title for one in setting.findings.measures}


def _name(driver: Driver, whole: Measure, names: Mapping[str, str], setting: Setting) -> str:
    return area_name(driver.area, setting.office) if driver.measure == whole.id else names[driver.measure]


def _change(measure: Measure, change: float, sources: tuple[Source, ...]) -> Sentence | Printed:
    if numbers.is_nought(measure, change):
        return Sentence.of("no difference")
    return Sentence.of(numbers.difference_printed(measure, change, sources), f" {numbers.direction(measure, change)}")


def _cells(of: Driver | Drivers) -> tuple[Source, ...]:
    spans: tuple[Amount, Amount] = (of.now, of.then)
    return tuple(dict.fromkeys(source for one in spans for source in one.sources))


def xmr_alt(xmr: Xmr | None, measure: Measure, area: str, marks: Sequence[model.Mark] = ()) -> Sentence:
    """In levels: the verdict, and the target's; then the course, its lines and what happened on the way. Its title is said before it."""
    if xmr is None or signal_words.latest_point(xmr) is None:
        return Sentence.of("No figures.")
    target = () if xmr.target is None else (signal_words.assurance_words(xmr, measure), ". ")
    words = Sentence.of(signal_words.variation_words(xmr, measure), ". ", *target)
    monthly = ", monthly" if xmr.points[0].period.months == 1 else ""
    lines = signal_words.range_words(xmr, measure)
    words = Sentence.of(
        words, f"{area}{monthly}: {_course(chart_points(xmr, measure), measure)}", "; " if lines.spans else "", lines, "."
    )
    if xmr.gaps:
        words = Sentence.of(words, f" No figure for {', '.join(gap.label for gap in xmr.gaps)}.")
    for kind, said in (("baseline", ""), ("note", "Note on the data: "), ("meeting", "Meetings marked: ")):
        named = [one.label.rstrip(".") for one in marks if one.kind == kind][-_MEETINGS if kind == "meeting" else 0 :]
        words = Sentence.of(words, f" {said}{', '.join(named)}." if named else "")
    return words


def _course(points: Sequence[model.ChartPoint], measure: Measure) -> str:
    """`from 85.1% in May 2016 to 79.4% in Apr 2019, between 76.2% in Mar 2018 and 86.3% in Oct 2016`: the shape of a line, of what it shows."""
    drawn = [(point.value, point.label) for point in points if point.value is not None]
    if not drawn:
        return "no figures that may be shown"
    low, high = (edge(drawn, key=itemgetter(0)) for edge in (min, max))
    said = [f"{numbers.value_text(measure, value)} in {label}" for value, label in (drawn[0], drawn[-1], low, high)]
    return f"from {said[0]} to {said[1]}" + (f", between {said[2]} and {said[3]}" if low[0] < high[0] and len(drawn) > 2 else "")


def peers_alt(peers: PeerFinding | None, measure: Measure, office: Office) -> Sentence:
    """Best and worst, the force's place and the average of the others."""
    if peers is None or not peers.entries:
        return Sentence.of(f"{measure.title}: no figures of other forces.")
    best, worst = peers.entries[0], peers.entries[-1]
    period = f", {peers.period.label}" if peers.period else ""
    words = Sentence.of(f"{measure.title}{period}, {len(peers.entries)} forces, {'best' if peers.rank else 'highest'} first. ")
    for label, entry in (("First", best), ("last", worst)):
        if entry.value is not None:
            value = numbers.printed(measure, entry.value, entry.cells)
            words = Sentence.of(
                words, f"{label} is {area_name(entry.area, office)} with ", value, ", " if label == "First" else ". "
            )
    return Sentence.of(words, peer_words(peers, measure, office))


LEAST_POINTS = 2
SMALL_BASE = "small-base"


def xmr_chart(finding: MeasureFinding, office: Office, meetings: Iterable[date] = ()) -> model.XmrChart | None:
    """The force's chart with targets, new baselines, notes on the data, and the meetings that took the topic."""
    xmr, measure = finding.xmr, finding.measure
    if xmr is None or sum(point.value is not None for point in xmr.points) < LEAST_POINTS:
        return None
    periods = [point.period for point in xmr.points]
    rebases = finding.xmr.rebases if finding.xmr else ()
    firsts = [(next((index for index, period in enumerate(periods) if period.end >= one.day), None), one) for one in rebases]
    reasons = {one.reason: f": {one.reason.rstrip('. ')}" if one.reason.rstrip(". ") else "" for one in rebases}
    baselines = [
        model.Mark(first, f"New baseline {one.day:%b %Y}{reasons[one.reason]}", "baseline")
        for first, one in firsts
        if first is not None
    ]
    notes = [model.Mark(place, one.text, "note") for one in measure.notes if (place := _place(one.day, periods)) is not None]
    days = ((day, _place(day, periods)) for day in sorted(set(meetings)))
    held = [model.Mark(place, f"{day.day} {day:%b}", "meeting") for day, place in days if place is not None]
    marks = (*baselines, *notes, *held)
    levels: list[model.Level] = []
    for target in measure.targets:
        holds = [index for index, period in enumerate(periods) if measure.target_holding(period.end, tracks=False) == target]
        if holds:
            first, last = (target.on(periods[place].end) for place in (holds[0], holds[-1]))
            label = f"Target {numbers.target_printed(measure, last).text}"
            levels.append(model.Level(last.value, label, holds[0], holds[-1], start=first.value))
            if target.up_to is not None:
                levels.append(model.Level(target.up_to, "Target, upper end", holds[0], holds[-1]))
    return model.XmrChart(
        id=anchor("xmr", measure.id),
        title=measure.title,
        alt=xmr_alt(xmr, measure, office.force, marks).text,
        points=chart_points(xmr, measure),
        bands=_bands(xmr),
        levels=tuple(levels),
        marks=marks,
        format=numbers.number_format(measure),
        floor=None if measure.unit in (Unit.MONEY, Unit.UNKNOWN) else 0.0,
        ceiling=100.0 if measure.unit is Unit.PER_CENT else None,
        ranks=_ranks(finding),
    )


def _ranks(finding: MeasureFinding) -> model.Ranks | None:
    rank = finding.rank
    if finding.measure.unit is not Unit.RANK or rank is None or rank.of < LEAST_POINTS:
        return None
    return model.Ranks(rank.of, rank.of if rank.last_is_best else 1, rank.top_quartile_rank)


def sparkline(finding: MeasureFinding, place: str = "spark") -> model.Sparkline | None:
    """The same points, word-sized; a document has one a measure in each `place`."""
    xmr, measure = finding.xmr, finding.measure
    if xmr is None or sum(point.value is not None for point in xmr.points) < LEAST_POINTS:
        return None
    points = chart_points(xmr, measure)
    return model.Sparkline(anchor(place, measure.id), f"{measure.title}: {_course(points, measure)}.", points, _bands(xmr))


def area_sparklines(finding: MeasureFinding, office: Office) -> dict[str, model.Sparkline]:
    """Each area's course over the force's months, by the area's id: word-sized, all on one scale. None for one of which nothing may be drawn."""
    periods = [point.period for point in finding.xmr.points] if finding.xmr is not None else []
    courses = {}
    for area in finding.areas:
        figures = {one.period: one for one in area.series.observations}
        points = tuple(_point(figures.get(period), period, model.PointKind.COMMON, finding.measure) for period in periods)
        if sum(point.value is not None for point in points) >= LEAST_POINTS:
            courses[area.area] = points
    values = [point.value for points in courses.values() for point in points if point.value is not None]
    sparks = {}
    for name, points in courses.items():
        identity, alt = f"{finding.measure.id}-{name}", f"{area_name(name, office)}: {_course(points, finding.measure)}."
        sparks[name] = model.Sparkline(anchor("spark", identity), alt, points, scale=(min(values), max(values)))
    return sparks


def variation_icon(finding: MeasureFinding) -> model.Icon | None:
    """The icon beside the verdict on variation; none without a verdict."""
    xmr = finding.xmr
    if xmr is None or xmr.variation is None:
        return None
    letter = ("H" if xmr.signals[-1].is_high else "L") if xmr.signals else ""  # which side a signal is on
    return model.Icon(anchor("variation", finding.measure.id), signal_words.variation_kind(xmr.variation), letter)


def assurance_icon(finding: MeasureFinding) -> model.Icon | None:
    """The icon beside the verdict on the target; none without one."""
    xmr = finding.xmr
    if xmr is None or xmr.assurance is None:
        return None
    kind, letter = {
        Assurance.PASS: (model.PointKind.IMPROVEMENT, "P"),
        Assurance.FAIL: (model.PointKind.CONCERN, "F"),
        Assurance.INCONSISTENT: (model.PointKind.COMMON, "?"),
    }[xmr.assurance]
    return model.Icon(anchor("assurance", finding.measure.id), kind, letter)


def peer_bars(finding: MeasureFinding, office: Office) -> model.RankedBars | None:
    """The force among others, best first, with the average of the others."""
    peers, measure = finding.peers, finding.measure
    if peers is None or len(peers.entries) < LEAST_POINTS:
        return None
    # Ties share the better rank; where neither end is best there is none.
    values = [one.value for one in peers.entries]
    bars: list[model.Bar] = []
    for one in peers.entries:
        if one.value is not None:
            rank = model.ordinal(values.index(one.value) + 1) if peers.rank else ""
            bars.append(model.Bar(area_name(one.area, office), one.value, one.area == peers.force, rank, cells_of(one)))
    mean = (
        model.Level(peers.mean, f"Average of the others {numbers.value_text(measure, peers.mean)}", 0, len(bars) - 1)
        if peers.mean is not None
        else None
    )
    period = f", {peers.period.label}" if peers.period else ""
    order = "best first" if peers.rank else "highest first"
    return model.RankedBars(
        anchor("peers", measure.id),
        f"{measure.title}{period}: {office.force} beside other forces, {order}",
        peers_alt(peers, measure, office).text,
        tuple(bars),
        mean,
        numbers.number_format(measure),
    )


def chart_points(xmr: Xmr, measure: Measure) -> tuple[model.ChartPoint, ...]:
    """Points of so few cases that nothing is judged of them are not called signals either."""
    kinds = ((one, one.point_type if xmr.reason != SMALL_BASE else None) for one in xmr.points)
    return tuple(_point(one.observation, one.period, signal_words.variation_kind(kind), measure) for one, kind in kinds)


def _bands(xmr: Xmr) -> tuple[model.Band, ...]:
    bands: list[model.Band] = []
    for (mean, lower, upper), run in groupby(enumerate(xmr.points), key=lambda one: (one[1].mean, one[1].lower, one[1].upper)):
        stretch = list(run)
        if mean is not None:
            cells = tuple(cell for _, point in stretch if point.value is not None for cell in cells_of(point.observation))
            bands.append(model.Band(stretch[0][0], stretch[-1][0], mean, lower, upper, cells))
    return tuple(bands)


def _place(day: date, periods: Sequence[Period]) -> float | None:
    """Where a day stands on the axis: a month's point is at its middle; just after the last month still shows."""
    for index, period in enumerate(periods):
        if period.start <= day <= period.end:
            return round(index - 0.5 + (day - period.start).days / max((period.end - period.start).days + 1, 1), 2)
    return None


def _point(observation: Observation | None, period: Period, kind: model.PointKind, measure: Measure) -> model.ChartPoint:
    """A point; a percentage that rests on too few cases to print is not drawn."""
    few = observation is not None and numbers.rests_on_few(observation, measure, numbers.TOO_FEW)
    value = observation.value if observation is not None and observation.status is Status.NUMBER and not few else None
    cells = cells_of(observation) if observation is not None and value is not None else ()
    drawn = kind if value is not None else model.PointKind.UNJUDGED
    provisional = observation is not None and any("p" in mark for mark in observation.marks)
    month = period.start.month if 0 < period.months < 12 else 0
    return model.ChartPoint(period.short, value, drawn, provisional, cells, month)
