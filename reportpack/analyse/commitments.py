"""What was said would happen, held against the figures: met, not met, not yet measurable, with the values and where it started."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportpack.analyse.comparisons import amount_over, is_too_few
from reportpack.analyse.series import is_monthly, is_number, periods_between
from reportpack.analyse.targets import passes
from reportpack.model.commitment import Commitment, Relative, Test
from reportpack.model.finding import Amount, CommitmentFinding, Verdict
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status, cells_of
from reportpack.model.office import Office
from reportpack.model.period import Period
from reportpack.model.series import Series
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """A measure's series: the force's, and its areas' with the history that they took over."""

    measure: Measure
    force: Series
    areas: Mapping[str, Series]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A test's figure for one period: the value or how many areas pass, of how many, and whose figures are not there."""

    value: float | None
    of: int | None
    missing: tuple[str, ...]
    observations: tuple[Observation, ...]


def judge_commitment(commitment: Commitment, figures: Figures | None, office: Office) -> CommitmentFinding:
    """A commitment tested, or why it cannot be. `figures` is None when its measure is unknown."""
    if commitment.test is None or figures is None:
        reason = "no-test" if commitment.test is None else "unknown-measure"
        return CommitmentFinding(commitment, Verdict.NO_TEST, reason, commitment.period, None, None, ())
    test, period = commitment.test, commitment.period
    if test.lasting and not test.relative:
        return _kept(commitment, test, figures)
    if test.relative is not None:
        return _changed(commitment, test, figures)
    found = CommitmentFinding(commitment, Verdict.NOT_YET, "no-period", period, None, None, ())
    if period is None:
        return _with_baseline(found, test, figures, office, None)
    outcome = _outcome(test, figures, office, period)
    verdict, reason = _verdict(test, outcome)
    found = replace(
        found,
        verdict=verdict,
        reason=reason,
        value=outcome.value,
        of=outcome.of,
        observations=outcome.observations,
        missing=outcome.missing,
    )
    return _with_baseline(found, test, figures, office, period)


def _kept(commitment: Commitment, test: Test, figures: Figures) -> CommitmentFinding:
    """A promise for every figure from then on: broken by one, kept once its period is in, open until then."""
    since, line, period = raised_on(commitment.said_at), figures.force, commitment.period
    held = [
        one
        for one in line.numbers
        if (since is None or one.period.start > since) and (period is None or one.period.end <= period.end)
    ]
    if since is None and period is not None:
        held = [one for one in held if one.period == period]
    failing = tuple(one for one in held if one.value is not None and not passes(one.value, test.comparator, test.threshold))
    arrived = period is not None and any(one.period.end >= period.end for one in held)
    verdict = Verdict.NOT_MET if failing else Verdict.MET if arrived else Verdict.NOT_YET
    reason = "" if verdict is not Verdict.NOT_YET else "figures-missing" if period is not None else "no-period"
    last = held[-1] if held else None
    found = CommitmentFinding(commitment, verdict, reason, last.period if last and not reason else period, None, None, ())
    return replace(found, value=last.value if last else None, observations=tuple(held), failing=failing)


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
        known = [
            one.period
            for one in line.numbers
            if said is not None and one.period.end < said and one.period.months == period.months
        ]
        return known[-1] if known else None
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


def _verdict(test: Test, outcome: _Outcome) -> tuple[Verdict, str]:
    """Enough areas pass whatever the missing ones show; or too few can; or it is open."""
    if outcome.value is None:
        return Verdict.NOT_YET, "figures-missing"
    if not test.areas:
        met = passes(outcome.value, test.comparator, test.threshold)
        return (Verdict.MET if met else Verdict.NOT_MET), ""
    if outcome.value >= test.areas:
        return Verdict.MET, ""
    if outcome.value + len(outcome.missing) >= test.areas:
        return Verdict.NOT_YET, "areas-missing"
    return Verdict.NOT_MET, ""


def _outcome(test: Test, figures: Figures, office: Office, period: Period) -> _Outcome:
    if not test.areas:
        figure = _figure(figures.force, figures.measure, period)
        return _Outcome(figure.value if figure else None, None, (), (figure,) if figure else ())
    ids = [area.id for area in office.parts_on(period.end)]
    known = [
        figure
        for area in ids
        if area in figures.areas and (figure := _figure(figures.areas[area], figures.measure, period)) is not None
    ]
    usable = [one for one in known if not is_too_few(one, figures.measure)]
    missing = tuple(area for area in ids if area not in {one.area for one in usable})
    passing = [one for one in usable if one.value is not None and passes(one.value, test.comparator, test.threshold)]
    return _Outcome(float(len(passing)) if usable else None, len(ids), missing, tuple(usable))


def _figure(line: Series, measure: Measure, period: Period) -> Observation | None:
    """The figure for the period, made from its months where it is longer than they are."""
    own = line.at(period)
    if own is not None and is_number(own):
        return own
    if period.months < 2 or not line.numbers or not is_monthly(line):
        return None
    months = periods_between(Period(period.start), Period(period.start).shifted(period.months - 1))
    amount, _ = amount_over(line, measure, months)
    return _observed(line, amount, period, months) if amount is not None else None


def _observed(line: Series, amount: Amount, period: Period, months: Sequence[Period]) -> Observation:
    parts = tuple(one for month in months if (one := line.at(month)) is not None)
    source = parts[0].source
    return Observation(
        line.measure, line.area, period, amount.value, Status.NUMBER, source, amount.numerator, amount.denominator, parts=parts
    )


def _with_baseline(
    found: CommitmentFinding, test: Test, figures: Figures, office: Office, period: Period | None
) -> CommitmentFinding:
    """The newest earlier figure of the same test; without a period, simply the newest."""
    lines = [figures.force] if not test.areas else list(figures.areas.values())
    periods = {one.period for line in lines for one in line.numbers}
    if period is not None:
        periods = {one for one in periods if one < period and one.months == period.months}
    for candidate in sorted(periods, reverse=True):
        outcome = _outcome(test, figures, office, candidate)
        if outcome.value is not None:
            cells = cells_of(*outcome.observations)
            return replace(
                found, baseline=outcome.value, baseline_period=candidate, baseline_sources=cells, baseline_of=outcome.of
            )
    return found
