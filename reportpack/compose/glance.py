"""At a glance: one line a measure, exceptions first."""

from reportpack.compose.area_words import previous_words, quartile_words
from reportpack.compose.charts import assurance_icon, sparkline, variation_icon
from reportpack.compose.comparison_words import change_words, track_goal
from reportpack.compose.figures import FEW, LOW, latest_words
from reportpack.compose.finding_words import LEAST_MET, capital
from reportpack.compose.numbers import (
    count_printed,
    difference_printed,
    is_nought,
    per_cent_text,
    printed,
    rank_printed,
    target_printed,
)
from reportpack.compose.setting import Setting
from reportpack.compose.signal_words import assurance_words, news_words, variation_words
from reportpack.model.finding import Amount, Comparison, MeasureFinding, Newness, RankFinding, Span, Variation
from reportpack.model.measure import Measure
from reportpack.model.observation import Unit, cells_of
from reportpack.model.pack import GLANCE_GROUPS, Glance, GlanceRow
from reportpack.model.period import Period
from reportpack.model.words import Printed, Sentence


def compose_glance(setting: Setting) -> Glance:
    """Every measure that this edition may show."""
    findings = sorted(setting.findings.measures, key=lambda finding: -finding.exception)
    return Glance(_summary(findings), tuple(_row(finding, setting) for finding in findings))


def _summary(findings: list[MeasureFinding]) -> Sentence:
    """`8 measures: 3 need attention, 1 is better, 1 lacks its latest figure.`"""
    if not findings:
        return Sentence.of("There are no measures in this edition.")
    kinds = (
        ([one for one in findings if one.needs_attention], "needs attention", "need attention"),
        (_with(findings, Variation.CONCERN), "is worse than it was", "are worse than they were"),
        (_with(findings, Variation.IMPROVEMENT), "is better", "are better"),
        (
            [one for one in findings if any(new.newness is not Newness.CONTINUES for new in one.news)],
            "has changed since the last pack",
            "have changed since the last pack",
        ),
        ([one for one in findings if one.missing], "lacks its latest figure", "lack their latest figures"),
        ([one for one in findings if _group(one) == GLANCE_GROUPS[-1]], "is not judged", "are not judged"),
    )
    start = Sentence.of(_how_many(findings), f" measure{'' if len(findings) == 1 else 's'}")
    parts = [Sentence.of(_how_many(group), f" {one if len(group) == 1 else several}") for group, one, several in kinds if group]
    if not parts:
        return Sentence.of(start, ": nothing unusual in any.")
    return Sentence.of(start, ": ", *[part for one in parts for part in (", ", one)][1:], ".")


def _with(findings: list[MeasureFinding], variation: Variation) -> list[MeasureFinding]:
    return [one for one in findings if one.xmr is not None and one.xmr.variation is variation]


def _how_many(findings: list[MeasureFinding]) -> Printed:
    """A count of measures, resting on the latest figure of each."""
    latest = (one.force.latest for one in findings)
    return count_printed(len(findings), tuple(one.source for one in latest if one is not None))


def _row(finding: MeasureFinding, setting: Setting) -> GlanceRow:
    measure, latest, xmr = finding.measure, finding.force.latest, finding.xmr
    news = news_words(finding)
    year, twelve = finding.comparison(Span.YEAR_TO_DATE), finding.comparison(Span.TWELVE_MONTHS)
    return GlanceRow(
        title=measure.short_title or measure.title,
        target_id=setting.measure_target(measure.id),
        exception=finding.needs_attention,
        group=_group(finding),
        period=brief_period(latest.period) if latest else "",
        latest=_latest(finding, setting),
        spark=sparkline(finding),
        target=Sentence.of(target_printed(measure, finding.target))
        if finding.target
        else track_goal(finding) or Sentence.of("No target"),
        gap=_gap(finding),
        variation=_rank_words(finding.rank)
        if finding.rank and measure.unit is Unit.RANK
        else Sentence.of(variation_words(xmr, measure), ". " if news else "", capital(news)),
        variation_icon=variation_icon(finding),
        assurance=assurance_words(xmr, measure) if xmr is not None and xmr.targeted >= LEAST_MET else Sentence.of(),
        assurance_icon=assurance_icon(finding),
        year_to_date=_now(year, measure),
        year_before=_against(year, measure),
        twelve_months=_now(twelve, measure),
        twelve_before=_against(twelve, measure),
    )


def _group(finding: MeasureFinding) -> str:
    attention, better, usual, unjudged = GLANCE_GROUPS
    variation = finding.xmr.variation if finding.xmr is not None else None
    if finding.needs_attention:
        return attention
    if variation is Variation.IMPROVEMENT:
        return better
    return usual if variation is not None else unjudged


def _latest(finding: MeasureFinding, setting: Setting) -> Sentence:
    rank = finding.rank
    if finding.measure.unit is Unit.RANK and rank is not None:
        return Sentence.of(rank_printed(rank))
    words = latest_words(finding, setting.is_revised(finding.force.latest))
    if not finding.missing or finding.force.latest is None:
        return words
    return Sentence.of(words, f"; none for {brief_period(finding.missing[-1])}")


def _rank_words(rank: RankFinding) -> Sentence:
    """`In the bottom quartile; 33rd of 41 in October to December 2018`."""
    quartile = quartile_words(rank)
    words = Sentence.of(quartile[:1].upper() + quartile[1:] if quartile else "In the middle of those ranked")
    return Sentence.of(words, previous_words(rank))


def _gap(finding: MeasureFinding) -> Sentence:
    """`2.3 percentage points below`: the target itself stands in a place of its own."""
    latest, gap, track = finding.force.latest, finding.gap, finding.track
    if finding.target is None and track is not None and track.met is not None:
        return Sentence.of("on track" if track.met else "behind it")
    if gap is None or latest is None:
        return Sentence.of()
    if gap == 0:
        return Sentence.of("within it" if finding.target and finding.target.up_to is not None else "exactly there")
    side = "above" if gap > 0 else "below"
    if is_nought(finding.measure, gap):
        return Sentence.of(f"just {side}")
    if finding.measure.unit is Unit.RANK:
        side = "short" if gap > 0 else "better"
    goal = target_printed(finding.measure, finding.target).sources if finding.target else ()
    return Sentence.of(difference_printed(finding.measure, gap, (*cells_of(latest), *goal)), f" {side}")


def _against(comparison: Comparison | None, measure: Measure) -> Sentence:
    """`was 79.5%`, `was 10,876, 15% more`; or why there is nothing to compare with."""
    if comparison is None or comparison.now is None or comparison.then is None:
        return change_words(comparison, measure)
    then = printed(measure, comparison.then.value, comparison.then.sources)
    if comparison.per_cent is None or comparison.difference is None or is_nought(measure, comparison.difference):
        return Sentence.of("was ", then, _low(comparison.then, measure))
    share = Printed(per_cent_text(comparison.per_cent), comparison.per_cent, comparison.now.sources + comparison.then.sources)
    return Sentence.of("was ", then, ", ", share, " more" if comparison.difference > 0 else " less")


def _now(comparison: Comparison | None, measure: Measure) -> Sentence:
    if comparison is None or comparison.now is None or comparison.then is None:
        return Sentence.of()
    return Sentence.of(printed(measure, comparison.now.value, comparison.now.sources), _low(comparison.now, measure))


def _low(amount: Amount, measure: Measure) -> str:
    """The mark of a percentage that few cases move far."""
    few = measure.unit is Unit.PER_CENT and amount.denominator is not None and amount.denominator < FEW
    return f" {LOW}" if few else ""


def brief_period(period: Period) -> str:
    """`Apr 2019`, `Jan to Mar 2019`, `2018/19`: for a narrow column."""
    if period.months == 3 and period.start.year == period.end.year:
        return f"{period.start:%b} to {period.end:%b %Y}"
    return period.short
