"""Everything a topic's page says of one measure: the headline finding, its chart, comparisons, areas, peers, and notes on the data."""

from dataclasses import replace
from datetime import date

from reportpack.compose.appendix import revised_words, table_id
from reportpack.compose.area_words import (
    STANDING,
    above_words,
    any_area_shown,
    area_name,
    area_value_words,
    area_words,
    areas_caution_words,
    history_words,
    is_low,
    peer_words,
    rank_words,
    standing_words,
)
from reportpack.compose.chart_words import drivers_chart, drivers_words
from reportpack.compose.charts import peer_bars, small_multiples, xmr_chart
from reportpack.compose.comparison_words import SPANS, amount_words, base_words, change_words, significance_words, span_words
from reportpack.compose.figures import HIDDEN, LOW, missing_after
from reportpack.compose.finding_words import capital, told
from reportpack.compose.numbers import number_format, printed
from reportpack.compose.setting import Setting, measure_id_of
from reportpack.compose.signal_words import assurance_words, caution_words
from reportpack.model.finding import AreaFinding, Assurance, Comparison, MeasureFinding, Standing, Variation
from reportpack.model.observation import Status, Unit
from reportpack.model.pack import AreaRow, AreaTable, CompareRow, Fact, MeasurePage
from reportpack.model.words import Printed, Sentence, written


def compose_measure(finding: MeasureFinding, meetings: tuple[date, ...], setting: Setting) -> MeasurePage:
    """`meetings` took the topic: they are marked on the chart."""
    measure, office = finding.measure, setting.office
    chart = xmr_chart(finding, office, meetings)
    few = "there are too few figures to draw a line" if finding.force.numbers else "no figure could be read"
    rows: list[CompareRow] = []
    for comparison in finding.comparisons:
        if comparison.now is None:
            continue
        row = _compare_row(comparison, finding)
        if rows and replace(rows[-1], span=row.span) == row:
            rows[-1] = replace(row, span=f"{rows[-1].span}, and {row.span[:1].lower()}{row.span[1:]}")
        else:
            rows.append(row)
    return MeasurePage(
        id=measure_id_of(measure.id),
        title=measure.title,
        definition=measure.definition,
        finding=capital(told(finding, office)),
        subtitle=_subtitle(finding, setting),
        chart=chart,
        no_chart=Sentence.of("" if chart or measure.unit is Unit.RANK else f"There is no chart: {few}."),
        facts=_facts(finding),
        comparisons=tuple(rows),
        drivers=drivers_chart(finding, setting),
        drivers_words=drivers_words(finding, setting),
        above=above_words(finding.above, measure, office),
        areas=_area_table(finding, setting),
        multiples=small_multiples(finding, office),
        peers=peer_bars(finding, office),
        peers_words=peer_words(finding.peers, measure, office),
        notes=_notes(finding, setting),
        table=table_id(measure.id) if finding.force.observations else "",
    )


def _subtitle(finding: MeasureFinding, setting: Setting) -> Sentence:
    """`Victim satisfaction, Northmoor, April 2016 to March 2019.`"""
    xmr, measure = finding.xmr, finding.measure
    if xmr is None or not xmr.points:
        return Sentence.of(measure.title)
    span = span_words(xmr.points[0].period, xmr.points[-1].period)
    return Sentence.of(f"{measure.title}, {setting.office.force}, {span}.")


def _facts(finding: MeasureFinding) -> tuple[Fact, ...]:
    """What the headline finding leaves open: a target met by chance, a rank."""
    measure, xmr = finding.measure, finding.xmr
    facts = []
    if xmr is not None and xmr.assurance is Assurance.INCONSISTENT:
        facts.append(Fact("Target", Sentence.of(assurance_words(xmr, measure), ".")))
    if finding.rank is not None:
        facts.append(Fact("Rank", capital(Sentence.of(rank_words(finding.rank, measure), "."))))
    return tuple(facts)


def _span_words(comparison: Comparison) -> str:
    """`Same month last year`; for longer periods `Quarter before`, `Year before`."""
    words = SPANS[comparison.span]
    months = comparison.now.first.months if comparison.now and comparison.now.first == comparison.now.last else 1
    if months == 12:
        return "Year before"
    return words.replace("month", "quarter").replace("Month", "Quarter") if months == 3 else words


def _compare_row(comparison: Comparison, finding: MeasureFinding) -> CompareRow:
    measure, now, then = finding.measure, comparison.now, comparison.then
    significance = significance_words(comparison, measure)
    if comparison.significant and finding.xmr is not None and finding.xmr.variation is Variation.COMMON:
        significance = Sentence.of(significance, ", by itself no signal")
    change = change_words(comparison, measure)
    return CompareRow(
        span=_span_words(comparison),
        now=amount_words(now, measure) if now else Sentence.of("No figure"),
        now_period=span_words(now.first, now.last) if now else "",
        then=amount_words(then, measure) if then else Sentence.of("No figure"),
        then_period=span_words(then.first, then.last) if then else "",
        change=capital(Sentence.of(change, "; " if significance else "", significance)),
    )


def _area_table(finding: MeasureFinding, setting: Setting) -> AreaTable | None:
    if not any_area_shown(finding):
        return None
    rows = tuple(_area_row(area, finding, setting) for area in finding.areas)
    held = next((area.held for area in finding.areas if area.held is not None), None)
    periods = dict.fromkeys(area.latest.period.label for area in finding.areas if area.latest)
    return AreaTable(
        period=", ".join(periods) or "no figures",
        rows=rows,
        has_counts=any(row.count for row in rows),
        rates=f"Per 1,000 residents, {held.period.label}" if held is not None and any(row.rate for row in rows) else "",
        has_intervals=any(row.interval for row in rows),
        has_changes=any(row.change for row in rows),
        has_targets=any(row.meets for row in rows),
        has_standings=any(area.standing is not Standing.NOT_JUDGED for area in finding.areas),
    )


def _area_row(area: AreaFinding, finding: MeasureFinding, setting: Setting) -> AreaRow:
    hidden = area.latest is not None and area.latest.status is Status.SUPPRESSED
    shown = not hidden and not area.not_printed
    return AreaRow(
        area=area_name(area.area, setting.office),
        latest=Sentence.of(HIDDEN) if hidden else _area_value(area, finding, setting),
        count=base_words(area.amount) if area.amount and shown else Sentence.of(),
        rate=_rate(area, finding, setting) if shown else Sentence.of(),
        interval=_interval(area, finding) if shown else Sentence.of(),
        change=capital(change_words(area.change, finding.measure)) if area.change and shown else Sentence.of(),
        meets=Sentence.of({True: "Met", False: "Not met", None: ""}[area.meets_target] if shown else ""),
        standing=Sentence.of() if hidden else _standing(area),
        marked=area.standing in (Standing.OUTLIER_HIGH, Standing.OUTLIER_LOW),
    )


def _area_value(area: AreaFinding, finding: MeasureFinding, setting: Setting) -> Sentence:
    """The value without its base, which has a column of its own; small bases keep their caution."""
    words = area_value_words(area, finding)
    if area.amount is None or not words.numbers:
        return capital(words)
    number = printed(finding.measure, area.amount.value, area.amount.sources)
    return Sentence.of(number, f" {LOW}" if is_low(area, finding) else "", " [r]" if setting.is_revised(area.latest) else "")


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
    """In a few words: the column's head says beside what."""
    if area.standing is Standing.NOT_JUDGED:
        return capital(standing_words(area))
    kind, _, side = STANDING[area.standing].removeprefix("an ").removesuffix(" than the rest of the force").partition(", ")
    return capital(Sentence.of(f"{kind}: {side}" if side else "no different beyond chance"))


def _notes(finding: MeasureFinding, setting: Setting) -> tuple[Sentence, ...]:
    """What to know of the data: what is missing, how it is defined, what changed in recording, how young the average is."""
    measure = finding.measure
    notes = [revised_words(measure.id, setting), missing_after(finding), _doubted(finding)]
    notes.append(Sentence.of(f"{measure.definition.rstrip('.')}.") if measure.definition else Sentence.of())
    notes += [
        Sentence.of(f"{note.day:%B %Y}: {note.text.rstrip('.')}" + (f" ({note.author})." if note.author else "."))
        for note in measure.notes
    ]
    notes += caution_words(finding.xmr, measure)
    notes += areas_caution_words(finding, setting.office)
    notes += [Sentence.of(area_words(one, finding, setting.office), ".") for one in finding.areas if one.stands_out]
    notes += [history_words(area, setting.office) for area in finding.areas]
    if measure.illustrative:
        notes.append(Sentence.of("These figures are illustrative: they were made for this example."))
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
