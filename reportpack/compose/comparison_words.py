"""Two spans of time side by side, in words: the numbers and their difference, without claiming that anything changed.

Whether it changed is for the XmR verdict, or for the interval of a survey; only these say so."""

from dataclasses import replace

from reportpack.compose import numbers
from reportpack.compose.setting import capital
from reportpack.model.finding import Amount, Comparison, MeasureFinding, Span, Variation
from reportpack.model.measure import Measure
from reportpack.model.observation import Unit
from reportpack.model.pack import CompareRow
from reportpack.model.period import Period
from reportpack.model.words import Printed, Sentence, rounded, written

SPANS = {
    Span.MONTH: "Month before",
    Span.SAME_MONTH: "Same month last year",
    Span.YEAR_TO_DATE: "Year to date",
    Span.TWELVE_MONTHS: "Latest 12 months",
}
NO_COMPARISON = {
    "": "Not compared",
    "no-figures": "Not compared: there are no figures",
    "month-missing": "Not compared: a month is missing",
    "no-earlier-figures": "Not compared: the figures do not go back far enough",
    "no-counts": "Not compared: the counts behind the figures are not given",
    "too-few-cases": "Not compared: there are fewer than 10 cases",
    "rank": "Not compared: how a rank moved is said beside it",
    "not-additive": "Not compared: figures of this kind cannot be added up",
    "not-monthly": "Not compared: the figures are not of months or quarters",
    "overlapping": "Not compared: the spans overlap, so they are not added up",
    "to-date": "Not compared: each figure holds those before it in its year",
    "doubted": "Not compared: a figure is doubted",
    "definition-changed": "Not compared: the definition changed in between",
}
NO_PER_CENT = {
    "base-under-50": "base under 50, so no percentage",
    "base-negative": "the base is below nought, so no percentage",
    "base-zero": "the base is nought, so no percentage",
}


def span_words(first: Period, last: Period) -> str:
    """`February 2019`, `April 2018 to February 2019`."""
    if first == last:
        return first.label
    if first.start.year == last.end.year:
        return f"{first.start:%B} to {last.end:%B %Y}"
    return f"{first.start:%B %Y} to {last.end:%B %Y}"


def amount_words(amount: Amount, measure: Measure) -> Sentence:
    """`80.0% (1,200 of 1,500)`, `1,204 offences`: a figure, with its base where one is known."""
    number = numbers.counted(measure, amount.value, amount.sources)
    if measure.unit is Unit.PER_CENT and amount.denominator is not None:
        return Sentence.of(number, " (", base_words(amount), ")")
    return number


def base_words(amount: Amount) -> Sentence:
    """`1,200 of 1,500`, or `n = 1,500` where only the base is known."""
    if amount.denominator is None:
        return Sentence.of()
    base = numbers.count_printed(amount.denominator, amount.sources)
    if amount.numerator is None or not float(amount.numerator).is_integer():
        return Sentence.of("n = ", base)
    return Sentence.of(numbers.count_printed(amount.numerator, amount.sources), " of ", base)


def change_words(comparison: Comparison | None, measure: Measure) -> Sentence:
    """For a cell of a table: `1,204 more (12%)`, `2.0 percentage points higher`, `no difference`; or why there is none."""
    if comparison is None or comparison.difference is None or comparison.now is None or comparison.then is None:
        return Sentence.of(NO_COMPARISON.get(comparison.reason if comparison else "", NO_COMPARISON[""]))
    sources = comparison.now.sources + comparison.then.sources
    if numbers.is_nought(measure, comparison.difference):
        return Sentence.of("no difference")
    size = numbers.difference_printed(measure, comparison.difference, sources)
    words = Sentence.of(size, f" {numbers.direction(measure, comparison.difference)}")
    if comparison.per_cent is None:
        note = NO_PER_CENT.get(comparison.reason, "")
        return Sentence.of(words, f" ({note})" if note else "")
    return Sentence.of(words, " (", Printed(numbers.per_cent_text(comparison.per_cent), comparison.per_cent, sources), ")")


def significance_words(comparison: Comparison, measure: Measure) -> Sentence:
    """For surveys: whether the difference is more than the sample's chance, with its interval; otherwise nothing."""
    if comparison.significant is None or comparison.low is None or comparison.high is None:
        return Sentence.of()
    sources = (comparison.now.sources if comparison.now else ()) + (comparison.then.sources if comparison.then else ())
    bounds = (comparison.low, comparison.high)
    decimals = max(measure.decimals, 1)
    # one more where a bound that is not nought would print as nought beside a significant difference
    decimals += comparison.significant and any(one != 0 and rounded(one, decimals) == 0 for one in bounds)
    low, high = (Printed(f"{'+' if rounded(one, decimals) > 0 else ''}{written(one, decimals)}", one, sources) for one in bounds)
    verdict = "a statistically significant difference" if comparison.significant else "no statistically significant change"
    return Sentence.of(f"{verdict} (95% interval ", low, " to ", high, " percentage points)")


def gap_words(finding: MeasureFinding) -> Sentence:
    """`2.3 percentage points below the target of 85%`, `exactly at the target of 85%`, `no target`."""
    measure, target = finding.measure, finding.target
    if target is None:
        return Sentence.of("no target")
    goal = numbers.target_printed(measure, target)
    latest = finding.force.latest
    if finding.gap is None or latest is None:
        why = " while it may still change" if latest is not None and latest.is_provisional else ""
        return Sentence.of("not held against the target of ", goal, why)
    if finding.gap == 0:
        return Sentence.of("within" if target.up_to is not None else "exactly at", " the target of ", goal)
    if measure.unit is Unit.RANK:
        if finding.gap < 0:
            return Sentence.of("better than the target of ", goal)
        return Sentence.of(
            numbers.difference_printed(measure, finding.gap, (*latest.cells, *goal.sources)), " short of the target of ", goal
        )
    side = "above" if finding.gap > 0 else "below"
    if numbers.is_nought(measure, finding.gap):
        return Sentence.of(f"just {side} the target of ", goal)
    gap = numbers.difference_printed(measure, finding.gap, (*latest.cells, *goal.sources))
    return Sentence.of(gap, f" {side} the target of ", goal)


NO_TRACK = {
    "base-missing": "the figures that it is a change on are not all there",
    "definition-changed": "the definition changed in between",
    "month-missing": "a month of it is missing",
    "not-additive": "figures of this kind cannot be added up",
    "not-monthly": "the figures are not of whole months",
}


def track_words(finding: MeasureFinding) -> Sentence:
    """`on track: 1,204 offences in April to July 2026, where 1,290 leads to the target of 5,400 in 2026/27`; or why nobody can say."""
    track, measure = finding.track, finding.measure
    if track is None:
        return Sentence.of()
    if track.now is None or track.goal is None:
        why = NO_TRACK.get(track.reason, "a figure of it is missing")
        return Sentence.of("not held against the target of ", track_goal(finding), f": {why}")
    standing = {True: "on track: ", False: "behind its target: ", None: ""}[track.met]
    now = track.now
    words = Sentence.of(standing, numbers.counted(measure, now.value, now.sources), f" in {span_words(now.first, now.last)}")
    by_now = numbers.printed(measure, track.goal, (*track.sources, *track_goal(finding).numbers[0].sources))
    return Sentence.of(words, ", where ", by_now, " leads to the target of ", track_goal(finding))


def track_goal(finding: MeasureFinding) -> Sentence:
    """`5,400 in 2026/27`, `10% less than in 2024/25`: what the whole span should reach."""
    track, measure = finding.track, finding.measure
    if track is None:
        return Sentence.of()
    target, span = track.target, track.span.label
    sources = (target.source or measure.source,)
    whole = Sentence.of()
    if track.whole is not None:
        whole = Sentence.of(numbers.printed(measure, track.whole, (*sources, *track.sources)), f" in {span}")
    if target.change_on is None:
        return whole or Sentence.of(numbers.printed(measure, target.value, sources), f" in {span}")
    size = abs(target.value)
    text = Printed(numbers.per_cent_text(size), size, sources)
    if measure.unit is Unit.PER_CENT:
        text = numbers.difference_printed(measure, size, sources)
    change = Sentence.of(text, f" {numbers.direction(measure, target.value)} than in {target.change_on.label}")
    return Sentence.of(whole, " (", change, ")") if whole else change


def compare_rows(finding: MeasureFinding) -> tuple[CompareRow, ...]:
    """Spans that say the same are one row."""
    rows: list[CompareRow] = []
    for comparison in finding.comparisons:
        if comparison.now is None:
            continue
        measure, now, then = finding.measure, comparison.now, comparison.then
        significance = significance_words(comparison, measure)
        if comparison.significant and finding.xmr is not None and finding.xmr.variation is Variation.COMMON:
            significance = Sentence.of(significance, ", by itself no signal")
        change = change_words(comparison, measure)
        row = CompareRow(
            span=_span_words(comparison),
            now=amount_words(now, measure) if now else Sentence.of("No figure"),
            now_period=span_words(now.first, now.last) if now else "",
            then=amount_words(then, measure) if then else Sentence.of("no figure"),
            then_period=span_words(then.first, then.last) if then else "",
            change=capital(Sentence.of(change, "; " if significance else "", significance)),
            brief=_brief(comparison, finding),
        )
        if rows and replace(rows[-1], span=row.span) == row:
            if comparison.span is Span.YEAR_TO_DATE and now.first == now.last:
                continue
            rows[-1] = replace(row, span=f"{rows[-1].span}, and {row.span[:1].lower()}{row.span[1:]}")
        else:
            rows.append(row)
    return tuple(rows)


def compared_in_full(finding: MeasureFinding) -> tuple[Sentence, ...]:
    """Each row as a sentence, with the intervals."""
    rows = compare_rows(finding)
    return tuple(Sentence.of(f"{row.span}: ", row.now, ", was ", row.then, ". ", row.change, ".") for row in rows)


def _span_words(comparison: Comparison) -> str:
    """`Same month last year`; for longer periods `Quarter before`, `Year before`."""
    words = SPANS[comparison.span]
    months = comparison.now.first.months if comparison.now and comparison.now.first == comparison.now.last else 1
    if months == 12:
        return "Year before"
    return words.replace("month", "quarter").replace("Month", "Quarter") if months == 3 else words


def _brief(comparison: Comparison, finding: MeasureFinding) -> Sentence:
    """`78.3% (+1.0, by chance)`; of longer spans `79.3%, was 80.7% (−1.4, beyond chance)`."""
    measure, now, then = finding.measure, comparison.now, comparison.then
    if now is None or then is None or comparison.difference is None:
        return change_words(comparison, measure).lowered
    before = numbers.printed(measure, then.value, then.sources)
    chance = {None: "", True: ", beyond chance", False: ", by chance"}[comparison.significant]
    long = comparison.span in (Span.YEAR_TO_DATE, Span.TWELVE_MONTHS) and now.first != now.last
    lead = (numbers.printed(measure, now.value, now.sources), ", was ") if long else ()
    return Sentence.of(
        *lead, before, " (", numbers.signed(measure, comparison.difference, (*now.sources, *then.sources)), f"{chance})"
    )
