"""Everything a topic's page says of one measure: the headline finding, its chart, comparisons, areas, peers, and notes on the data."""

from dataclasses import replace
from datetime import date

from reportpack.compose import area_words
from reportpack.compose.appendix import revised_words
from reportpack.compose.charts import area_sparklines, drivers_chart, drivers_words, peer_bars, sparkline, xmr_chart
from reportpack.compose.comparison_words import base_words, change_words, compare_rows, gap_words, span_words, track_words
from reportpack.compose.finding_words import LEAST_MET, outlier_words, said_of
from reportpack.compose.numbers import HIDDEN, LOW, missing_after, number_format, printed, rank_printed, signed
from reportpack.compose.setting import Setting, anchor, capital
from reportpack.compose.signal_words import assurance_words, caution_words, met_words
from reportpack.model.chart import Sparkline
from reportpack.model.finding import AreaFinding, Comparison, MeasureFinding, Span, Standing
from reportpack.model.observation import Status, Unit
from reportpack.model.pack import AreaRow, AreaTable, Fact, KeyFigure, MeasurePage
from reportpack.model.words import Printed, Sentence, written

_LONGEST = 90  # Letters of a finding, which is a title: what stands out beside it is said below.


def compose_measure(finding: MeasureFinding, meetings: tuple[date, ...], setting: Setting) -> MeasurePage:
    """`meetings` took the topic: they are marked on the chart."""
    measure, office = finding.measure, setting.office
    chart = xmr_chart(finding, office, meetings)
    few = "there are too few figures to draw a line" if finding.force.numbers else "no figure could be read"
    outliers = outlier_words(finding, office)
    said = said_of(finding, outliers, office)
    apart = [Fact("Areas", capital(Sentence.of(outliers, ".")))] if outliers and len(said.text) > _LONGEST else []
    return MeasurePage(
        id=anchor("measure", measure.id),
        title=measure.title,
        definition=measure.definition,
        finding=capital(said_of(finding, Sentence.of(), office) if apart else said),
        subtitle=_subtitle(finding),
        chart=chart,
        no_chart=Sentence.of("" if chart or measure.unit is Unit.RANK else f"There is no chart: {few}."),
        facts=(*apart, *_facts(finding)),
        comparisons=compare_rows(finding),
        drivers=drivers_chart(finding, setting),
        drivers_words=drivers_words(finding, setting),
        above=area_words.above_words(finding.above, measure, office),
        areas=_area_table(finding, setting),
        peers=peer_bars(finding, office),
        peers_words=area_words.peer_words(finding.peers, measure, office),
        notes=_notes(finding, setting),
        table=anchor("table", measure.id) if finding.force.observations else "",
        strip=_strip(finding),
        spark=sparkline(finding, "course"),
    )


def _strip(finding: MeasureFinding) -> tuple[KeyFigure, ...]:
    measure, latest, rank = finding.measure, finding.force.latest, finding.rank
    if measure.unit is Unit.RANK and rank is not None:
        return (KeyFigure(Sentence.of(rank_printed(rank)), Sentence.of(rank.period.label)),)
    if latest is None or latest.value is None:
        return ()
    month, twelve = finding.comparison(Span.MONTH), finding.comparison(Span.TWELVE_MONTHS)
    base = base_words(month.now) if month is not None and month.now is not None and measure.unit is Unit.PER_CENT else None
    words = Sentence.of(latest.period.label, ", " if base else "", base or "")
    found = [KeyFigure(Sentence.of(printed(measure, latest.value, latest.cells)), words)]
    gap = gap_words(finding)
    if finding.gap and gap.numbers:
        number, *rest = gap.spans
        size, _, unit = number.text.partition(" percentage ") if isinstance(number, Printed) else ("", "", "")
        if isinstance(number, Printed):
            words = Sentence.of(unit, *rest)
            found.append(KeyFigure(Sentence.of(replace(number, text=size)), words))
    if twelve is not None and twelve.now is not None and twelve.now.first != twelve.now.last:
        was = (", was ", printed(measure, twelve.then.value, twelve.then.sources)) if twelve.then is not None else ()
        figure = Sentence.of(printed(measure, twelve.now.value, twelve.now.sources))
        found.append(KeyFigure(figure, Sentence.of("latest 12 months", *was)))
    return tuple(found)


def _subtitle(finding: MeasureFinding) -> Sentence:
    """`Victim satisfaction, April 2016 to March 2019.`"""
    xmr, measure = finding.xmr, finding.measure
    if xmr is None or not xmr.points:
        return Sentence.of(measure.title)
    span = span_words(xmr.points[0].period, xmr.points[-1].period)
    return Sentence.of(f"{measure.title}, {span}.")


def _facts(finding: MeasureFinding) -> tuple[Fact, ...]:
    measure, xmr = finding.measure, finding.xmr
    facts = []
    if xmr is not None and xmr.assurance is not None:
        facts.append(Fact("Target", capital(Sentence.of(assurance_words(xmr, measure), "."))))
    elif xmr is not None and xmr.targeted >= LEAST_MET:
        facts.append(Fact("Target", Sentence.of("The target was met ", met_words(xmr), ".")))
    if finding.track is not None:
        facts.append(Fact("Target", capital(Sentence.of(track_words(finding), "."))))
    if finding.rank is not None:
        facts.append(Fact("Rank", capital(Sentence.of(area_words.rank_words(finding.rank, measure), "."))))
    return tuple(facts)


def _area_table(finding: MeasureFinding, setting: Setting) -> AreaTable | None:
    if not area_words.any_area_shown(finding):
        return None
    sparks = area_sparklines(finding, setting.office)
    rows = tuple(_area_row(area, finding, sparks.get(area.area), setting) for area in finding.areas)
    held = next((area.held for area in finding.areas if area.held is not None), None)
    periods = dict.fromkeys(area.latest.period.label for area in finding.areas if area.latest)
    return AreaTable(
        period=", ".join(periods) or "no figures",
        rows=rows,
        has_counts=any(row.count for row in rows),
        rates=f"Per 1,000 residents, {held.period.label}" if held is not None and any(row.rate for row in rows) else "",
        has_intervals=any(row.interval for row in rows),
        has_changes=any(row.change for row in rows),
        has_standings=any(area.standing is not Standing.NOT_JUDGED for area in finding.areas),
        has_sparks=any(row.spark for row in rows),
        changes_in="points" if finding.measure.unit is Unit.PER_CENT else "",
    )


def _area_row(area: AreaFinding, finding: MeasureFinding, spark: Sparkline | None, setting: Setting) -> AreaRow:
    hidden = area.latest is not None and area.latest.status is Status.SUPPRESSED
    shown = not hidden and not area.not_printed
    return AreaRow(
        area=area_words.area_name(area.area, setting.office),
        spark=spark if shown else None,
        latest=Sentence.of(HIDDEN) if hidden else _area_value(area, finding, setting),
        count=base_words(area.amount) if area.amount and shown else Sentence.of(),
        rate=_rate(area, finding, setting) if shown else Sentence.of(),
        interval=_interval(area, finding) if shown else Sentence.of(),
        change=_change(area.change, finding) if area.change and shown else Sentence.of(),
        standing=Sentence.of() if hidden else _standing(area),
        marked=area.standing in (Standing.OUTLIER_HIGH, Standing.OUTLIER_LOW),
    )


def _area_value(area: AreaFinding, finding: MeasureFinding, setting: Setting) -> Sentence:
    words = area_words.area_value_words(area, finding)
    if area.amount is None or not words.numbers:
        return capital(words)
    number = printed(finding.measure, area.amount.value, area.amount.sources)
    return Sentence.of(
        number, f" {LOW}" if area_words.is_low(area, finding) else "", " [r]" if setting.is_revised(area.latest) else ""
    )


def _change(change: Comparison, finding: MeasureFinding) -> Sentence:
    """Signed, where the two can be compared; else why not."""
    if change.difference is None or change.now is None or change.then is None:
        return capital(change_words(change, finding.measure))
    return Sentence.of(signed(finding.measure, change.difference, (*change.now.sources, *change.then.sources)))


def _rate(area: AreaFinding, finding: MeasureFinding, setting: Setting) -> Sentence:
    """A count beside the people who live there, over the span that the areas are held against each other for."""
    place, held = next((one for one in setting.office.areas if one.id == area.area), None), area.held
    people = place.population_on(held.period.end) if place is not None and held is not None else None
    if finding.measure.unit is not Unit.COUNT or not people or held is None or held.value is None:
        return Sentence.of()
    rate = 1000 * held.value / people
    return Sentence.of(Printed(written(rate, 1 if rate >= 1 else 2), rate, held.cells))


def _interval(area: AreaFinding, finding: MeasureFinding) -> Sentence:
    if area.low is None or area.high is None or area.amount is None:
        return Sentence.of()
    written = number_format(finding.measure)
    low, high = (Printed(written.write(one), one, area.amount.sources) for one in (area.low, area.high))
    return Sentence.of(low, " to ", high)


def _standing(area: AreaFinding) -> Sentence:
    if area.standing is Standing.NOT_JUDGED:
        return capital(area_words.standing_words(area))
    kind, _, side = (
        area_words.STANDING[area.standing].removeprefix("an ").removesuffix(" than the rest of the force").partition(", ")
    )
    return capital(Sentence.of(f"{kind}: {side}" if side else "within chance"))


def _notes(finding: MeasureFinding, setting: Setting) -> tuple[Sentence, ...]:
    """What to know before the figures are used: what is missing, doubted or revised, how young the average is. The rest stands under the full table."""
    measure = finding.measure
    notes = [revised_words(measure.id, setting), missing_after(finding), _doubted(finding)]
    notes += caution_words(finding.xmr, measure)
    notes += area_words.areas_caution_words(finding, setting.office)
    notes += [Sentence.of(area_words.area_words(one, finding, setting.office), ".") for one in finding.areas if one.stands_out]
    notes += [area_words.history_words(area, setting.office) for area in finding.areas]
    if measure.illustrative:
        notes.append(Sentence.of("Illustrative figures."))
    return tuple(note for note in notes if note)


def _doubted(finding: MeasureFinding) -> Sentence:
    """Which figures are shown in the full table and enter nothing else, and why."""
    doubted = [one for one in finding.force.observations if one.doubt]
    value = doubted[-1].value if doubted else None
    if value is None:
        return Sentence.of()
    last, others = doubted[-1], f" and {len(doubted) - 1} earlier" if len(doubted) > 1 else ""
    words = Sentence.of("Doubted, so that nothing here rests on it: ", printed(finding.measure, value, last.cells))
    why = last.doubt.rstrip(". ")
    return Sentence.of(words, f" in {last.period.label}{others}. {why[:1].upper()}{why[1:]}{'' if why.endswith('?') else '.'}")
