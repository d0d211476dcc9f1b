"""At a glance: one line a measure, exceptions first."""

from reportpack.compose.charts import assurance_icon, sparkline, variation_icon
from reportpack.compose.comparison_words import NO_COMPARISON
from reportpack.compose.figures import latest_words
from reportpack.compose.finding_words import assurance_words, change_words, quartile_words, variation_words
from reportpack.compose.numbers import cells_of, difference_printed, is_nought, printed, rank_printed, target_printed
from reportpack.compose.setting import Setting
from reportpack.model.finding import Comparison, MeasureFinding, RankFinding, Span, Variation
from reportpack.model.measure import Measure
from reportpack.model.observation import Unit
from reportpack.model.pack import Glance, GlanceRow
from reportpack.model.words import Sentence


def compose_glance(setting: Setting) -> Glance:
    """Every measure that this edition may show."""
    findings = sorted(setting.findings.measures, key=lambda finding: -finding.exception)
    return Glance(_summary(findings), tuple(_row(finding, setting) for finding in findings))


def _summary(findings: list[MeasureFinding]) -> Sentence:
    """`8 measures: 3 need attention, 1 is improving, 1 lacks its latest figure.`"""
    if not findings:
        return Sentence.of("There are no measures in this edition.")
    counts = (
        (sum(one.exception > 0 for one in findings), "needs attention", "need attention"),
        (_count(findings, Variation.CONCERN), "is deteriorating", "are deteriorating"),
        (_count(findings, Variation.IMPROVEMENT), "is improving", "are improving"),
        (sum(bool(one.missing) for one in findings), "lacks its latest figure", "lack their latest figures"),
    )
    parts = ", ".join(f"{count} {one if count == 1 else several}" for count, one, several in counts if count)
    start = f"{len(findings)} measure{'' if len(findings) == 1 else 's'}"
    return Sentence.of(f"{start}: {parts}." if parts else f"{start}: nothing unusual in any.")


def _count(findings: list[MeasureFinding], variation: Variation) -> int:
    return sum(one.xmr is not None and one.xmr.variation is variation for one in findings)


def _row(finding: MeasureFinding, setting: Setting) -> GlanceRow:
    measure, latest, xmr = finding.measure, finding.force.latest, finding.xmr
    judged = xmr is not None and xmr.assurance is not None
    return GlanceRow(
        title=measure.short_title or measure.title,
        target_id=setting.measure_target(measure.id),
        exception=finding.exception > 0,
        period=latest.period.label if latest else "",
        latest=_latest(finding, setting),
        spark=sparkline(finding),
        target=Sentence.of(target_printed(measure, finding.target.value)) if finding.target else Sentence.of("No target"),
        gap=_gap(finding),
        variation=_rank_words(finding.rank) if finding.rank and measure.unit is Unit.RANK else variation_words(xmr, measure),
        variation_icon=variation_icon(finding),
        assurance=assurance_words(xmr, measure) if judged else Sentence.of(),
        assurance_icon=assurance_icon(finding),
        year_to_date=side_by_side(finding.comparison(Span.YEAR_TO_DATE), measure),
        twelve_months=side_by_side(finding.comparison(Span.TWELVE_MONTHS), measure),
    )


def _latest(finding: MeasureFinding, setting: Setting) -> Sentence:
    rank = finding.rank
    if finding.measure.unit is Unit.RANK and rank is not None:
        return Sentence.of(rank_printed(rank.rank, rank.of, rank.sources))
    words = latest_words(finding, setting.is_revised(finding.force.latest))
    if not finding.missing or finding.force.latest is None:
        return words
    return Sentence.of(words, f"; none for {finding.missing[-1].label}")


def _rank_words(rank: RankFinding) -> Sentence:
    """`In the bottom quartile; 33rd of 41 in October to December 2018`."""
    quartile = quartile_words(rank)
    words = Sentence.of(quartile[:1].upper() + quartile[1:] if quartile else "In the middle of those ranked")
    if rank.previous_rank is None or rank.previous_period is None:
        return words
    before = rank_printed(rank.previous_rank, rank.previous_of or 0, rank.previous_sources)
    return Sentence.of(words, "; ", before, f" in {rank.previous_period.label}")


def _gap(finding: MeasureFinding) -> Sentence:
    """`2.3 percentage points below`: the target itself stands in a place of its own."""
    latest, gap = finding.force.latest, finding.gap
    if gap is None or latest is None:
        return Sentence.of()
    if gap == 0:
        return Sentence.of("exactly there")
    side = "above" if gap > 0 else "below"
    if is_nought(finding.measure, gap):
        return Sentence.of(f"just {side}")
    return Sentence.of(difference_printed(finding.measure, gap, cells_of(latest)), f" {side}")


def side_by_side(comparison: Comparison | None, measure: Measure) -> Sentence:
    """`81.2% against 79.0%: 2.2 percentage points higher`; or why not."""
    if comparison is None:
        return Sentence.of(NO_COMPARISON[""])
    if comparison.now is None or comparison.then is None:
        return change_words(comparison, measure)
    now, then = (printed(measure, one.value, one.sources) for one in (comparison.now, comparison.then))
    return Sentence.of(now, " against ", then, ": ", change_words(comparison, measure))
