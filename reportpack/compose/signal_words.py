"""What an XmR chart says, in words of a fixed vocabulary: a change is called one only where the check let it stand.

`Better`, `Worse`, `Higher`, `Lower`, `No significant change`, or why there is no verdict. A chart that has not been checked says what
the reference's rules mark: `Improving`, `Deteriorating`, `Higher than usual`, `Lower than usual`.
"""

from reportpack.compose.numbers import printed, target_printed
from reportpack.model.chart import PointKind
from reportpack.model.finding import Assurance, MeasureFinding, Newness, Signal, SignalKind, Variation, Xmr, XmrPoint
from reportpack.model.measure import Measure
from reportpack.model.observation import cells_of
from reportpack.model.problem import Source
from reportpack.model.words import Printed, Sentence

VARIATION = {
    Variation.IMPROVEMENT: "Improving",
    Variation.CONCERN: "Deteriorating",
    Variation.NEUTRAL_HIGH: "Higher than usual",
    Variation.NEUTRAL_LOW: "Lower than usual",
    Variation.COMMON: "No significant change",
}
CHANGED = {
    Variation.IMPROVEMENT: "Better",
    Variation.CONCERN: "Worse",
    Variation.NEUTRAL_HIGH: "Changed",
    Variation.NEUTRAL_LOW: "Changed",
}
ASSURANCE = {
    Assurance.PASS: "Will keep meeting the target unless the process changes",
    Assurance.FAIL: "Will keep missing the target unless the process changes",
    Assurance.INCONSISTENT: "Will meet the target in some months and miss it in others by chance alone",
}
NO_VERDICT = {
    "": "Not judged",
    "no-figures": "Not judged: there are no figures",
    "too-few-points": "Not judged: there are fewer than 13 figures",
    "too-few-points-since-baseline": "Not judged: there are fewer than 13 figures since the new baseline",
    "last-month-missing": "Not judged: the latest figure is missing",
    "not-monthly": "Not judged: the figures do not follow each other evenly",
    "overlapping": "Not judged: the spans overlap, so that each figure holds most of the one before",
    "to-date": "Not judged: each figure holds those before it in its year",
    "doubted": "Not judged: the latest figure is doubted",
    "provisional": "Not judged: every figure may still change",
    "rare": "Not judged: fewer than 5 a month on average is too rare for a monthly verdict",
    "no-variation": "Not judged: most figures are the same, so that there is no range to judge by",
    "unit-doubtful": "Not judged: the figures look like shares of 1 where percentages should stand",
    "fell-to-nought": "Not judged: the latest figure is nought, where none was before; it may be a cell that nobody filled",
    "sizes-differ": "Not judged: the samples differ too much in size for one range to hold",
    "follows-itself": "Not judged: each figure follows the one before, so that runs come by themselves",
    "goes-with-note": "Not judged: what changed goes with a note on the data",
    "no-consecutive-months": "Not judged: no two figures follow each other without a gap",
    "small-cells": "Not judged: some of its figures are small, and not shown in this edition",
    "small-base": "Not judged: the latest figure rests on fewer than 30",
    "rank": "Not judged: a rank also moves when others change",
    "implausible": "Not judged: a figure is implausibly large",
}
NO_ASSURANCE = {
    "": "Not judged against a target",
    "no-target": "No target",
    "no-direction": "Not judged against the target: neither direction is better",
    "no-verdict": "Not judged against the target",
    "changed": "",
    "seasonal": "",
    "unsettled": "",
    "moving": "",
}
"""Why nothing is promised; where the figures only are not settled, what was met says it all."""
_NEAR = 70  # Days between two beginnings that need no explaining.
_KINDS = {
    Variation.IMPROVEMENT: PointKind.IMPROVEMENT,
    Variation.CONCERN: PointKind.CONCERN,
    Variation.NEUTRAL_HIGH: PointKind.NEUTRAL_HIGH,
    Variation.NEUTRAL_LOW: PointKind.NEUTRAL_LOW,
    Variation.COMMON: PointKind.COMMON,
}


def variation_kind(variation: Variation | None) -> PointKind:
    """How a point or icon of that verdict is drawn."""
    return PointKind.UNJUDGED if variation is None else _KINDS[variation]


def latest_point(xmr: Xmr | None) -> XmrPoint | None:
    """The newest point that holds a value."""
    return next((one for one in reversed(xmr.points) if one.value is not None), None) if xmr else None


def variation_words(xmr: Xmr | None, measure: Measure) -> Sentence:
    """`Worse: higher since January 2025, about 640 offences where it had been 500`, or why nothing is said."""
    if xmr is None:
        return Sentence.of(NO_VERDICT["no-figures"])
    if xmr.variation is None:
        if xmr.reason == "last-month-missing" and xmr.expected is not None:
            return Sentence.of(f"Not judged: the figure for {xmr.expected.label} is missing")
        if xmr.reason == "rare" and measure.per:
            return Sentence.of(f"Not judged: fewer than 5 {measure.per} a month on average are too rare for a monthly verdict")
        if xmr.noted is not None:
            return Sentence.of(f"Not judged: what changed goes with the note of {xmr.noted.day:%B %Y} on the data")
        return Sentence.of(NO_VERDICT.get(xmr.reason, NO_VERDICT[""]))
    if xmr.signals:
        return Sentence.of(
            f"{CHANGED[xmr.variation]}: ", *[part for one in xmr.signals for part in ("; ", change_words(one, measure))][1:]
        )
    label = VARIATION[xmr.variation]
    last = latest_point(xmr)
    if xmr.variation is Variation.COMMON or last is None:
        return Sentence.of(label)
    return Sentence.of(f"{label}: ", signal_words(xmr, last))


def change_words(signal: Signal, measure: Measure) -> Sentence:
    """A change with the month in which it began and both levels: `higher since January 2025, about 640 where it had been 500`."""
    level, usual = printed(measure, signal.level, signal.level_sources), printed(measure, signal.usual, signal.usual_sources)
    side = "higher" if signal.is_high else "lower"
    span = _span(signal)
    if signal.kind is SignalKind.RARE:
        return Sentence.of(level, f" {span}, where chance would bring about ", usual)
    if signal.kind is SignalKind.DRIFT:
        way = f"{'rising' if signal.is_high else 'falling'} steadily since {signal.first.label}, from about "
        return Sentence.of(way, usual, " to about ", level)
    if signal.months == 1 or signal.kind is SignalKind.BRIEF:
        is_one = "is" if signal.current else "was" if signal.months == 1 else "were"
        edge = "above" if signal.is_high else "below"
        about = "" if signal.months == 1 else "about "
        return Sentence.of(f"{span} {is_one} {edge} the expected range (", about, level, ", where about ", usual, " is usual)")
    words = Sentence.of(f"{side} since {signal.first.label}, about ", level, " where it had been ", usual)
    if signal.hangs_on is None or signal.hangs_on.value is None:
        return words
    odd = printed(measure, signal.hangs_on.value, signal.hangs_on.cells)
    return Sentence.of(words, f"; without {signal.hangs_on.period.label} (", odd, ") it would be no signal")


def _span(signal: Signal) -> str:
    """`April 2026`, `February and March 2026`, `in the 12 months to April 2026`."""
    first, last = signal.first, signal.last
    if signal.kind is SignalKind.RARE:
        if signal.months == 1:
            return f"in {last.label}"
        return f"in the {signal.months * max(last.months, 1)} months to {last.end:%B %Y}"
    if first == last:
        return last.label
    if first.months == 1 and first.start.year == last.start.year:
        return f"{first.start:%B} and {last.label}"
    return f"{first.label} and {last.label}"


def signal_words(xmr: Xmr, last: XmrPoint) -> Sentence:
    """The evidence of a signal: `7 months running below average`."""
    high = "Above" in last.cause or "Increasing" in last.cause
    monthly = last.period.months == 1
    things = "months" if monthly else "figures"
    if last.cause in ("Above UCL", "Below LCL"):
        return Sentence.of(f"{last.period.label} is {'above' if high else 'below'} the expected range")
    if last.cause.startswith("2 in 3"):
        return Sentence.of(f"2 of the latest 3 {things} are close to the {'top' if high else 'bottom'} of the expected range")
    run = Printed(str(xmr.run_length), xmr.run_length, _cells_of_run(xmr))
    if "Trend" in last.cause:
        pace = "month by month" if monthly else "one by one"
        return Sentence.of(f"{'rising' if high else 'falling'} {pace} over ", run, f" {things}")
    return Sentence.of(run, f" {things} running {'above' if high else 'below'} average")


def assurance_words(xmr: Xmr | None, measure: Measure) -> Sentence:
    """`Met the target in 34 of the latest 36 figures`, then what a stable line promises; or why nothing is said."""
    if xmr is None:
        return Sentence.of(NO_ASSURANCE["no-verdict"])
    met = Sentence.of("Met the target ", met_words(xmr)) if xmr.targeted else Sentence.of()
    if xmr.assurance is None:
        return met or Sentence.of(NO_ASSURANCE.get(xmr.assurance_reason, "") or NO_ASSURANCE[""])
    before, after = ASSURANCE[xmr.assurance].split("the target")
    target = target_printed(measure, xmr.target) if xmr.target is not None else ""
    promise = Sentence.of(f"{before}the target", " of " if target else "", target, after)
    return Sentence.of(met, ". ", promise) if met else promise


def news_words(finding: MeasureFinding) -> Sentence:
    """`New since the last pack`, `Goes on: month 16`, `Ended since the last pack: ...`; nothing without an earlier pack."""
    words: list[Sentence] = []
    for one in finding.news:
        match one.newness:
            case Newness.BEGAN:
                words.append(Sentence.of("new since the last pack"))
            case Newness.CONTINUES:
                thing = {1: "month", 3: "quarter"}.get(one.signal.last.months, "figure")
                months = Printed(str(one.signal.months), one.signal.months, one.signal.level_sources)
                words.append(Sentence.of(f"goes on, {thing} ", months))
            case Newness.ENDED:
                side = "above" if one.signal.is_high else "below"
                words.append(Sentence.of(f"what was {side} its usual level since {one.signal.first.label} has ended"))
    return Sentence.of(*[span for one in words for span in ("; ", one)][1:])


def met_words(xmr: Xmr) -> Sentence:
    """How often the target was met, `in 34 of 36 months`: a fact, whatever the line may do next."""
    cells = cells_of(*(one.observation for one in xmr.points if one.value is not None))
    things = {1: "months", 3: "quarters", 12: "years"}.get(xmr.points[-1].period.months, "figures")
    count = Printed(f"{xmr.met} of {xmr.targeted}", xmr.met, cells)
    return Sentence.of("in ", count, f" {things if xmr.targeted != 1 else things[:-1]}")


def caution_words(xmr: Xmr | None, measure: Measure) -> tuple[Sentence, ...]:
    """What to bear in mind beside the verdict: a young average, gaps, seasons, a baseline that a person may want to renew."""
    if xmr is None or not xmr.points:
        return ()
    words: list[Sentence] = []
    if xmr.unjudged:
        months = ", ".join(one.period.label for one in xmr.unjudged)
        settles = f", as figures are until {measure.matures_days} days after their period" if measure.matures_days else ""
        words.append(Sentence.of(f"{months}: provisional{settles}, so not part of what the figures say."))
    if xmr.noted is not None:
        words.append(
            Sentence.of(f"What changed begins with the note of {xmr.noted.day:%B %Y}; on either side of it nothing changed.")
        )
    doubted = {one.period for one in xmr.points if one.observation.doubt}
    if gaps := [gap for gap in xmr.gaps if gap not in doubted]:
        months = ", ".join(gap.label for gap in gaps)
        words.append(Sentence.of(f"No figure for {months}: those before and after are not joined."))
    if xmr.seasonal:
        words.append(Sentence.of("The figures follow the seasons: each month is held against the same month of other years."))
    if xmr.suggested_rebase is not None:
        words.append(
            Sentence.of(
                f"The level has been another since {xmr.suggested_rebase.label}. If its cause is known and will last, a person may "
                "set a new baseline from then."
            )
        )
    words.append(_run_beside_step(xmr))
    if xmr.odd is not None:
        words.append(
            Sentence.of(
                f"The chart's rules would mark the latest figure only because of {xmr.odd.period.label}: without it, nothing is unusual."
            )
        )
    words += [Sentence.of(f"New baseline from {one.day:%B %Y}: {one.reason.rstrip('.')}.") for one in xmr.rebases if one.reason]
    return tuple(one for one in words if one)


def _run_beside_step(xmr: Xmr) -> Sentence:
    """Why the chart's own run on one side of its average began later, or earlier, than the level changed."""
    step, last = next((one for one in xmr.signals if one.kind is SignalKind.STEP), None), latest_point(xmr)
    if step is None or last is None or xmr.seasonal or "7 Points" not in last.cause:
        return Sentence.of()
    points = [one for one in xmr.points if one.value is not None][-xmr.run_length :]
    if abs((points[0].period.start - step.first.start).days) <= _NEAR:
        return Sentence.of()
    run = Printed(str(xmr.run_length), xmr.run_length, _cells_of_run(xmr))
    side = "above" if "Above" in last.cause else "below"
    return Sentence.of(
        "The latest ", run, f" figures, since {points[0].period.label}, lie {side} the chart's average, which holds both levels; "
        f"the level changed in {step.first.label}, where those before and after differ most."
    )  # fmt: skip


def line_words(xmr: Xmr | None, measure: Measure) -> tuple[tuple[str, Sentence], ...]:
    """The chart's lines at its end by their names: `average`, and `expected range` where there is one."""
    last = latest_point(xmr)
    if xmr is None or last is None or last.mean is None:
        return ()
    cells = cells_of(*(one.observation for one in xmr.points if one.group == last.group and one.value is not None))
    mean, *ends = (printed(measure, one, cells) for one in (last.mean, last.lower, last.upper) if one is not None)
    words = ("average", Sentence.of(mean))
    return (words, ("expected range", Sentence.of(ends[0], " to ", ends[1]))) if len(ends) == 2 else (words,)


def range_words(xmr: Xmr, measure: Measure) -> Sentence:
    """`average 79.1%, expected range 74.0% to 84.2%`; empty without lines."""
    return Sentence.of(*[part for name, words in line_words(xmr, measure) for part in (", ", f"{name} ", words)][1:])


def _cells_of_run(xmr: Xmr) -> tuple[Source, ...]:
    points = [one for one in xmr.points if one.value is not None][-xmr.run_length :] if xmr.run_length else []
    return cells_of(*(one.observation for one in points))
