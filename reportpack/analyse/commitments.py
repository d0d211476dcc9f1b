"""What was said would happen, held against the figures: met, not met, not yet measurable, with the values and where it started."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from reportpack.analyse.comparisons import amount_over, is_too_few, passes
from reportpack.analyse.intervals import wilson
from reportpack.analyse.series import is_monthly, is_number, periods_between
from reportpack.model.commitment import Commitment, Relative, Test
from reportpack.model.finding import AwaitedFigure, CommitmentFinding, Verdict
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Series, Status, Unit, cells_of
from reportpack.model.office import Office
from reportpack.model.period import Period
from reportpack.records import Record


class Figures(Record):
    """A measure's series: the force's, and its areas' with the history that they took over."""

    measure: Measure
    force: Series
    areas: Mapping[str, Series]


def judge_commitment(commitment: Commitment, figures: Figures | None, office: Office) -> CommitmentFinding:
    """A commitment tested, or why it cannot be. `figures` is None when its measure is unknown."""
    if commitment.test is None or figures is None:
        reason = "no-test" if commitment.test is None else "unknown-measure"
        return CommitmentFinding(commitment, Verdict.NO_TEST, reason, commitment.period, None, None, ())
    if commitment.test.lasting:
        return _kept(commitment, commitment.test, figures, office)
    return _judge_once(commitment, commitment.test, figures, office)


def _judge_once(commitment: Commitment, test: Test, figures: Figures, office: Office) -> CommitmentFinding:
    period = commitment.period
    if test.relative is not None:
        return _changed(commitment, test, figures)
    found = CommitmentFinding(commitment, Verdict.NOT_YET, "no-period", period, None, None, ())
    if period is not None:
        found = _tested(found, test, figures, office, period)
        verdict, reason = _verdict(test, found)
        found = replace(found, verdict=verdict, reason=reason, interval=_interval(test, figures.measure, found.observations))
    # The newest earlier figure of the same test; without a period, simply the newest.
    lines = [figures.force] if not test.areas else list(figures.areas.values())
    periods = {one.period for line in lines for one in line.numbers}
    if period is not None:
        periods = {one for one in periods if one < period and one.months == period.months}
    for candidate in sorted(periods, reverse=True):
        then = _tested(found, test, figures, office, candidate)
        if then.value is not None:
            found = replace(found, baseline=then.value, baseline_period=candidate, baseline_of=then.of)
            return replace(found, baseline_sources=cells_of(*then.observations))
    return found


def _interval(test: Test, measure: Measure, observations: Sequence[Observation]) -> tuple[float, float] | None:
    """What a survey leaves open of its figure, where the threshold lies within."""
    figure = observations[0] if observations and not test.areas else None
    if figure is None or not measure.survey or measure.unit is not Unit.PER_CENT or not (figure.numerator and figure.denominator):
        return None
    low, high = (100 * share for share in wilson(figure.numerator, figure.denominator))
    return (low, high) if low < test.threshold < high else None


def _kept(commitment: Commitment, test: Test, figures: Figures, office: Office) -> CommitmentFinding:
    """A promise for every period from then on, each judged by itself: broken by one, kept once the last is in and none is missing, open until then."""
    since, period = raised_on(commitment.said_at), commitment.period
    lines = list(figures.areas.values()) if test.areas else [figures.force]
    there = sorted({one.period for line in lines for one in line.numbers if period is None or one.period.end <= period.end})
    asked = [one for one in there if (one.start > since if since is not None else one == period)]
    held = [_judge_once(replace(commitment, period=one), test, figures, office) for one in asked]
    held = [one for one in held if one.verdict in (Verdict.MET, Verdict.NOT_MET)]
    failing = tuple(one for one in held if one.verdict is Verdict.NOT_MET)
    missing = _first_missing([one.period for one in held if one.period is not None], period)
    if period is None and since is not None and there:  # without an end: the next figures are awaited
        later = (there[-1].shifted(step * there[-1].months) for step in count(1))
        missing = next(one for one in later if one.start > since)
    verdict = Verdict.NOT_MET if failing else Verdict.MET if missing is None and period is not None else Verdict.NOT_YET
    open_still = "figures-missing" if missing is not None or period is not None else "no-period"
    if not held:
        return CommitmentFinding(commitment, Verdict.NOT_YET, open_still, period or missing, None, None, ())
    return replace(
        held[-1],
        commitment=commitment,
        verdict=verdict,
        reason=open_still if verdict is Verdict.NOT_YET else "",
        period=missing if verdict is Verdict.NOT_YET else held[-1].period,
        observations=tuple(observation for one in held for observation in one.observations),
        baseline=held[-1].baseline if test.relative is not None else None,
        failing=failing,
    )


def _first_missing(held: Sequence[Period], last: Period | None) -> Period | None:
    """The first period without a figure between the first that has one and the end of the promise."""
    if last is None:
        return None
    if not held or held[-1].end < last.end:
        return held[-1].shifted(held[-1].months) if held else last
    return next((one for one in periods_between(held[0], held[-1]) if one not in held), None)


def _changed(commitment: Commitment, test: Test, figures: Figures) -> CommitmentFinding:
    """A change held against where it began: the base that the words name, else the newest figure known when it was said."""
    found = CommitmentFinding(commitment, Verdict.NOT_YET, "no-period", commitment.period, None, None, ())
    period, line = commitment.period, figures.force
    if period is None:
        return found
    base = _base(test, period, raised_on(commitment.said_at), line)
    then = _figure(line, figures.measure, base) if base is not None else None
    if then is None or then.value is None or (test.relative is Relative.PER_CENT and not then.value):
        return replace(found, reason="no-baseline")
    found = replace(found, baseline=then.value, baseline_period=then.period, baseline_sources=then.cells)
    now = _figure(line, figures.measure, period)
    if now is None or now.value is None:
        return replace(found, reason="figures-missing")
    change = now.value - then.value
    size = 100 * change / abs(then.value) if test.relative is Relative.PER_CENT else change
    verdict = Verdict.MET if passes(size, test.comparator, test.threshold) else Verdict.NOT_MET
    return replace(found, verdict=verdict, reason="", value=now.value, observations=(now,), change=size)


def _base(test: Test, period: Period, said: date | None, line: Series) -> Period | None:
    """The period to compare with; of a longer base the same months of it."""
    if test.base is None:
        known = [one.period for one in line.numbers if one.period.months == period.months]
        return next((one for one in reversed(known) if said is not None and one.end < said), None)
    like = period
    while like.end > test.base.end and like.months < test.base.months:
        like = like.shifted(-12)
    return like if like.months < test.base.months and like.start >= test.base.start else test.base


def raised_on(meeting: str) -> date | None:
    """The day, or the first of the month, that a meeting's id or a month names; None for anything else."""
    for length, tail in ((10, ""), (7, "-01")):
        try:
            return date.fromisoformat(meeting[:length] + tail)
        except ValueError:
            continue
    return None


def _verdict(test: Test, found: CommitmentFinding) -> tuple[Verdict, str]:
    """Enough areas pass whatever the missing ones show; or too few can; or it is open."""
    if found.value is None:
        return Verdict.NOT_YET, "figures-missing"
    met = found.value >= test.areas if test.areas else passes(found.value, test.comparator, test.threshold)
    if not met and test.areas and found.value + len(found.missing) >= test.areas:
        return Verdict.NOT_YET, "areas-missing"
    return (Verdict.MET if met else Verdict.NOT_MET), ""


def _tested(found: CommitmentFinding, test: Test, figures: Figures, office: Office, period: Period) -> CommitmentFinding:
    """With the test's figure for the period: the value or how many areas pass, of how many, and whose figures are not there."""
    measure = figures.measure
    if not test.areas:
        figure = _figure(figures.force, measure, period)
        value, observations = (figure.value, (figure,)) if figure else (None, ())
        return replace(found, value=value, of=None, missing=(), observations=observations)
    ids = [area.id for area in office.parts_on(period.end)]
    known = [_figure(figures.areas[area], measure, period) for area in ids if area in figures.areas]
    usable = tuple(one for one in known if one is not None and not is_too_few(one, measure))
    missing = tuple(area for area in ids if area not in {one.area for one in usable})
    passing = [one for one in usable if one.value is not None and passes(one.value, test.comparator, test.threshold)]
    value = float(len(passing)) if usable else None
    return replace(found, value=value, of=len(ids), missing=missing, observations=usable)


def _figure(line: Series, measure: Measure, period: Period) -> Observation | None:
    own = line.at(period)
    if own is not None and is_number(own):
        return own
    if period.months < 2 or not line.numbers or not is_monthly(line):
        return None
    months = periods_between(Period(period.start), Period(period.start).shifted(period.months - 1))
    amount, _ = amount_over(line, measure, months)
    if amount is None:
        return None
    parts = tuple(one for month in months if (one := line.at(month)) is not None)
    source, counts = parts[0].source, (amount.numerator, amount.denominator)
    return Observation(line.measure, line.area, period, amount.value, Status.NUMBER, source, *counts, parts=parts)


def awaited_figures(periods: Sequence[Period], measure: Measure, is_in: Callable[[Period], bool]) -> tuple[AwaitedFigure, ...]:
    """A line for each period, with the first day on which its figures can be looked for, None where nobody has said; a quarter or a year
    is also in when each of its months is, or each of its quarters."""

    def is_there(whole: Period) -> bool:
        lengths = (months for months in (1, 3) if months < whole.months)
        parts = ([Period(whole.start, each).shifted(step) for step in range(0, whole.months, each)] for each in lengths)
        return is_in(whole) or any(all(map(is_in, each)) for each in parts)

    days = measure.expected_days
    return tuple(AwaitedFigure(one, is_there(one), one.end + timedelta(days) if days is not None else None) for one in periods)
