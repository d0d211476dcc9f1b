"""What in figures and settings keeps a verdict from being given, each with its sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.analyse.series import is_monthly
from reportpack.model.finding import MeasureFinding
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight

_FEW = 3
_TOLD = (Status.TEXT, Status.ERROR, Status.NOT_CALCULATED)
"""Why there is no figure, where the cell itself has been asked about."""


def alike(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of many cells of a sheet that have one fault the first few, and how many more there are."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.kind, one.source.file, one.source.sheet), []).append(one)
    for ones in groups.values():
        few = ones if len(ones) <= _FEW else ones[:1]
        more = len(ones) - len(few)
        yield from (replace(one, found=f"{one.found} So in {more} more cells.") if more else one for one in few)


def unfinished(one: Observation, measure: Measure, on: date) -> Problem:
    """A figure for a period that had not ended."""
    found = f"{measure.title}, {one.area}: a figure for {one.period.label}, which had not ended on {long_date(on)}."
    return Problem("period-unfinished", one.source, found, "It is left out until the period is over.", Weight.NOTE)


def setting_faults(finding: MeasureFinding) -> Iterator[Problem]:
    """What the measure's settings say that its figures cannot bear, and figures that bear no verdict."""
    yield from _rebases(finding)
    yield from _missing(finding)
    if finding.xmr is not None and finding.xmr.reason == "implausible":
        worst = max(finding.force.numbers, key=lambda one: abs(one.value or 0))
        found = f"{finding.measure.title}, {worst.period.label}: {worst.value:,.15g} is implausibly large."
        yield Problem("figure-implausible", worst.source, found, "Check the cell; until then the series gets no verdict.")


def _rebases(finding: MeasureFinding) -> Iterator[Problem]:
    measure, force = finding.measure, finding.force
    if not force.numbers or not is_monthly(force):
        return
    for rebase in measure.rebases:
        if not any(one.period.start <= rebase.day <= one.period.end for one in force.numbers):
            found = f"{measure.title}: a new baseline from {long_date(rebase.day)}, but there is no figure for that month."
            remedy = "Give a month that has a figure; until then there is no new baseline."
            yield Problem("rebase-not-in-data", measure.source, found, remedy)


def _missing(finding: MeasureFinding) -> Iterator[Problem]:
    latest, at = finding.force.latest, finding.force.at
    missing = [period for period in finding.missing if (cell := at(period)) is None or cell.status not in _TOLD]
    if missing and latest is not None:
        months = ", ".join(period.label for period in missing[:4]) + (f" and {len(missing) - 4} more" if len(missing) > 4 else "")
        why = "" if finding.measure.expected_days is not None else f"; it ends with {latest.period.label}"
        by = f" from {finding.measure.supplier}" if finding.measure.supplier else ""
        found = f"{finding.measure.title}: the figure for {months} should be in and is not{why}."
        source = Source(latest.source.file, latest.source.sheet)
        yield Problem("figure-expected", source, found, f"Ask for it{by}; until then there is no verdict on the latest month.")


DOUBTING = frozenset({"figure-jumps"})  # Problems that speak against the very figure that they name.


def with_doubts(observations: Iterable[Observation], problems: Sequence[Problem]) -> tuple[Observation, ...]:
    """The observations, those that an open problem speaks against marked with its words. An accepted problem is answered."""
    said = {(one.source.file, one.source.sheet, one.source.cell): one.found for one in problems if one.kind in DOUBTING}
    found = ((one, said.get((one.source.file, one.source.sheet, one.source.cell), "")) for one in observations)
    return tuple(replace(one, doubt=words) if words and not one.doubt else one for one, words in found)
