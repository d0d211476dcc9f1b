"""A measure's latest spans beside those before them: in a line on its topic's page, in full under its table."""

from dataclasses import replace

from reportpack.compose.comparison_words import SPANS, amount_words, change_words, significance_words, span_words
from reportpack.compose.finding_words import capital
from reportpack.compose.numbers import printed, signed
from reportpack.model.finding import Comparison, MeasureFinding, Span, Variation
from reportpack.model.pack import CompareRow
from reportpack.model.words import Sentence


def compare_rows(finding: MeasureFinding) -> tuple[CompareRow, ...]:
    """Spans that say the same are one row."""
    rows: list[CompareRow] = []
    for comparison in finding.comparisons:
        if comparison.now is None:
            continue
        row = _compare_row(comparison, finding)
        if rows and replace(rows[-1], span=row.span) == row:
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
        then=amount_words(then, measure) if then else Sentence.of("no figure"),
        then_period=span_words(then.first, then.last) if then else "",
        change=capital(Sentence.of(change, "; " if significance else "", significance)),
        brief=_brief(comparison, finding),
    )


def _brief(comparison: Comparison, finding: MeasureFinding) -> Sentence:
    """`78.3% (+1.0, by chance)`; of longer spans `79.3%, was 80.7% (−1.4, beyond chance)`."""
    measure, now, then = finding.measure, comparison.now, comparison.then
    if now is None or then is None or comparison.difference is None:
        return change_words(comparison, measure).lowered
    before = printed(measure, then.value, then.sources)
    chance = {None: "", True: ", beyond chance", False: ", by chance"}[comparison.significant]
    long = comparison.span in (Span.YEAR_TO_DATE, Span.TWELVE_MONTHS)
    lead = (printed(measure, now.value, now.sources), ", was ") if long else ()
    return Sentence.of(*lead, before, " (", signed(measure, comparison.difference, (*now.sources, *then.sources)), f"{chance})")
