"""What an XmR chart says, in words of a fixed vocabulary: a change is called one only where a rule found it.

`Improving`, `Deteriorating`, `Higher than usual`, `Lower than usual`, `No significant change`, or why there is no verdict.
"""

from reportpack.compose.numbers import cells_of, printed, target_printed
from reportpack.model.chart import PointKind
from reportpack.model.finding import Assurance, Variation, Xmr, XmrPoint
from reportpack.model.measure import Measure
from reportpack.model.source import Source
from reportpack.model.words import Printed, Sentence

VARIATION = {
    Variation.IMPROVEMENT: "Improving",
    Variation.CONCERN: "Deteriorating",
    Variation.NEUTRAL_HIGH: "Higher than usual",
    Variation.NEUTRAL_LOW: "Lower than usual",
    Variation.COMMON: "No significant change",
}
ASSURANCE = {
    Assurance.PASS: "Will keep meeting the target unless the process changes",
    Assurance.FAIL: "Will keep missing the target unless the process changes",
    Assurance.INCONSISTENT: "Will meet the target in some months and miss it in others by chance alone",
}
NO_VERDICT = {
    "": "Not judged",
    "no-figures": "Not judged: there are no figures",
    "too-few-points": "Not judged: there are fewer than 7 figures",
    "too-few-points-since-baseline": "Not judged: there are fewer than 7 figures since the new baseline",
    "last-month-missing": "Not judged: the latest figure is missing",
    "not-monthly": "Not judged: the figures are not monthly",
    "rare": "Not judged: fewer than 5 a month on average is too rare for a monthly verdict",
    "no-variation": "Not judged: there is not enough variation to judge",
    "no-consecutive-months": "Not judged: no two figures follow each other without a gap",
    "small-base": "Not judged: the latest figure rests on fewer than 30",
    "rank": "Not judged: a rank also moves when others change",
    "implausible": "Not judged: a figure is implausibly large",
}
NO_ASSURANCE = {
    "": "Not judged against a target",
    "no-target": "No target",
    "no-direction": "Not judged against the target: neither direction is better",
    "target-impossible": "Not judged: the target lies beyond what is possible",
    "no-verdict": "Not judged against the target",
}
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


def variation_letter(xmr: Xmr | None) -> str:
    """The letter inside the icon: `H` or `L` for a signal on the high or low side, otherwise none."""
    last = latest_point(xmr)
    if xmr is None or last is None or xmr.variation in (None, Variation.COMMON):
        return ""
    return "H" if _is_high(last.cause) else "L"


def assurance_letter(xmr: Xmr | None) -> str:
    """The letter inside the icon: `P`, `F`, `?`, or none without a verdict."""
    letters = {Assurance.PASS: "P", Assurance.FAIL: "F", Assurance.INCONSISTENT: "?"}
    return letters[xmr.assurance] if xmr is not None and xmr.assurance is not None else ""


def latest_point(xmr: Xmr | None) -> XmrPoint | None:
    """The newest point that holds a value."""
    return next((one for one in reversed(xmr.points) if one.value is not None), None) if xmr else None


def variation_words(xmr: Xmr | None, measure: Measure) -> Sentence:
    """`Deteriorating: 7 months running below average`, or why nothing is said."""
    if xmr is None:
        return Sentence.of(NO_VERDICT["no-figures"])
    if xmr.variation is None:
        return no_verdict_words(xmr, measure)
    label = VARIATION[xmr.variation]
    last = latest_point(xmr)
    if xmr.variation is Variation.COMMON or last is None:
        return Sentence.of(label)
    return Sentence.of(f"{label}: ", signal_words(xmr, last))


def no_verdict_words(xmr: Xmr, measure: Measure) -> Sentence:
    """Why an XmR chart has no verdict."""
    if xmr.reason == "last-month-missing" and xmr.expected is not None:
        return Sentence.of(f"Not judged: the figure for {xmr.expected.label} is missing")
    if xmr.reason == "rare" and measure.per:
        return Sentence.of(f"Not judged: fewer than 5 {measure.per} a month on average are too rare for a monthly verdict")
    return Sentence.of(NO_VERDICT.get(xmr.reason, NO_VERDICT[""]))


def signal_words(xmr: Xmr, last: XmrPoint) -> Sentence:
    """The evidence of a signal: `7 months running below average`."""
    high = _is_high(last.cause)
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
    """`Will keep missing the target unless the process changes`, or why nothing is said."""
    if xmr is None:
        return Sentence.of(NO_ASSURANCE["no-verdict"])
    if xmr.assurance is None:
        return Sentence.of(NO_ASSURANCE.get(xmr.assurance_reason, NO_ASSURANCE[""]))
    before, after = ASSURANCE[xmr.assurance].split("the target")
    target = target_printed(measure, xmr.target.value) if xmr.target is not None else ""
    return Sentence.of(f"{before}the target", " of " if target else "", target, after)


def caution_words(xmr: Xmr | None) -> tuple[Sentence, ...]:
    """What to bear in mind beside the verdict: a young average, gaps, seasons, a baseline that a person may want to renew."""
    if xmr is None or not xmr.points:
        return ()
    words: list[Sentence] = []
    if xmr.short:
        words.append(Sentence.of("The average rests on fewer than 13 figures, so the expected range will still move."))
    if xmr.gaps:
        months = ", ".join(gap.label for gap in xmr.gaps)
        words.append(Sentence.of(f"No figure for {months}: those before and after are not joined."))
    if xmr.seasonal:
        words.append(
            Sentence.of("The figures follow the seasons: compare with the same month last year before asking about a month.")
        )
    if xmr.suggested_rebase is not None:
        words.append(
            Sentence.of(
                f"The figures have kept to one side of the average since {xmr.suggested_rebase.label}. If the cause is known and "
                "expected to last, a person may decide on a new baseline from then."
            )
        )
    words += [
        Sentence.of(f"New baseline from {rebase.day:%B %Y}: {rebase.reason.rstrip('.')}.")
        for rebase in xmr.rebases
        if rebase.reason
    ]
    return tuple(words)


def range_words(xmr: Xmr, measure: Measure) -> Sentence:
    """`average 79.1%, expected range 74.0% to 84.2%`; empty without lines."""
    last = latest_point(xmr)
    if last is None or last.mean is None:
        return Sentence.of()
    cells = cells_of(*(one.observation for one in xmr.points if one.group == last.group and one.value is not None))
    mean = Sentence.of("average ", printed(measure, last.mean, cells))
    if last.lower is None or last.upper is None:
        return mean
    lower, upper = printed(measure, last.lower, cells), printed(measure, last.upper, cells)
    return Sentence.of(mean, ", expected range ", lower, " to ", upper)


def _cells_of_run(xmr: Xmr) -> tuple[Source, ...]:
    points = [one for one in xmr.points if one.value is not None][-xmr.run_length :] if xmr.run_length else []
    return cells_of(*(one.observation for one in points))


def _is_high(cause: str) -> bool:
    return "Above" in cause or "Increasing" in cause
