"""The figures of every measure, from the tables of the workbooks: found by names, joined over files, and each with its cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.meaning import Finality
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status
from reportpack.model.office import Office
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Weight
from reportpack.read.figures.area_names import AreaNames
from reportpack.read.figures.places import DatedWorkbook, Shelf, read_place

Key = tuple[str, Period]
"""(area, period) of one measure."""


def shelf_of(workbooks: Sequence[DatedWorkbook], office: Office) -> Shelf:
    """The workbooks of a run, whose tables are found with the office's own names of areas."""
    return Shelf(workbooks, [name for area in office.areas for name in (area.name, *area.aliases)])


def read_figures(
    workbooks: Sequence[DatedWorkbook] | Shelf, measures: Sequence[Measure], office: Office
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """Every measure's figures in the order of the settings, by area and time; each area and period once, with where it stands."""
    areas = AreaNames(office)
    shelf = workbooks if isinstance(workbooks, Shelf) else shelf_of(workbooks, office)
    observations: list[Observation] = []
    problems: list[Problem] = []
    for measure in measures:
        found: list[Observation] = []
        for place in sorted(measure.places, key=lambda one: one.peers):
            of_place, said = read_place(measure, place, shelf, areas)
            found.extend(_beside_peers(of_place, found, areas) if place.peers else of_place)
            problems.extend(said)
        settled, said = _settle(found)
        problems.extend(said)
        problems.extend(_missing_months(measure, settled, office))
        observations.extend(settled)
    return tuple(observations), (*shelf.problems, *dict.fromkeys(problems))


def _beside_peers(of_place: Iterable[Observation], found: Iterable[Observation], areas: AreaNames) -> list[Observation]:
    """Other forces' figures, and the force's own row beside them where no other place gives its figure for the period."""
    force = areas.force.id if areas.force is not None else ""
    known = {one.period for one in found if one.area == force}
    return [one for one in of_place if one.area != force or one.period not in known]


def _settle(found: Iterable[Observation]) -> tuple[list[Observation], list[Problem]]:
    """One observation for each area and period: the later as-at wins; where two as good differ there is no figure, and a problem."""
    groups: dict[Key, list[Observation]] = {}
    for one in found:
        groups.setdefault((one.area, one.period), []).append(one)
    settled: list[Observation] = []
    problems: list[Problem] = []
    older: list[tuple[Observation, Observation]] = []
    for key in sorted(groups, key=lambda key: (key[0], key[1].start, key[1].iso)):
        newest = max(one.source.as_at or date.min for one in groups[key])
        rivals = [one for one in groups[key] if (one.source.as_at or date.min) == newest]
        older.extend((one, rivals[0]) for one in groups[key] if one not in rivals and one.value not in (None, rivals[0].value))
        numbers = [one for one in rivals if one.status is Status.NUMBER]
        rivals = numbers or rivals
        rivals = [one for one in rivals if one.meaning.finality is Finality.REVISED or "[r]" in one.marks] or rivals
        if len({(one.value, one.numerator, one.denominator) for one in rivals}) > 1:
            problems.append(_disagreement(rivals))
            settled.append(replace(rivals[0], value=None, status=Status.NOT_AVAILABLE, raw="two sources disagree"))
        else:
            settled.append(rivals[0])
    return settled, [*problems, *_replaced(older)]


def _replaced(older: Sequence[tuple[Observation, Observation]]) -> Iterator[Problem]:
    """Figures that a later workbook gives otherwise, counted for each pair of workbooks."""
    pairs: dict[tuple[str, str], list[tuple[Observation, Observation]]] = {}
    for old, new in older:
        pairs.setdefault((old.source.file, new.source.file), []).append((old, new))
    for (_, later), ones in pairs.items():
        old, new = ones[-1]
        count = "1 figure is" if len(ones) == 1 else f"{len(ones)} figures are"
        found = f"{count} different in {later}, which is later: {old.period.label} is {_shown(old)} here and {_shown(new)} there."
        yield Problem("figures-replaced", old.source, found, "The later ones are used.", Weight.NOTE)


def _disagreement(rivals: Sequence[Observation]) -> Problem:
    first = rivals[0]
    second = next(one for one in rivals if one.value != first.value or one.denominator != first.denominator)
    return Problem(
        "figures-disagree",
        first.source,
        f"this gives {_shown(first)} for {first.period.label}, and {second.source.where} gives {_shown(second)}.",
        "Both are as at the same day, so neither is printed: ask which is right, and take the other workbook away.",
    )


def _shown(observation: Observation) -> str:
    return f"{observation.value:g}" if observation.value is not None else f"no number ({observation.raw})"


def _missing_months(measure: Measure, observations: Sequence[Observation], office: Office) -> Iterator[Problem]:
    """Months without a row between an area's first and last; areas that lack the same months are named together."""
    gaps: dict[tuple[Period, ...], list[Observation]] = {}
    for area in office.areas:
        ours = (one for one in observations if one.area == area.id and not one.is_to_date)
        months = [one for one in ours if one.period.months == 1 and one.period.start.day == 1]
        missing = _between([one.period for one in months])
        if missing:
            gaps.setdefault(missing, []).append(months[-1])
    for missing, last in gaps.items():
        names = ", ".join(area.name for area in office.areas if area.id in {one.area for one in last})
        months_named = ", ".join(month.label for month in missing[:6]) + (" and others" if len(missing) > 6 else "")
        source = replace(last[0].source, cell="")
        yield Problem(
            "month-missing",
            source,
            f"{measure.title} has no row or column for {months_named} ({names}).",
            "Ask the supplier for it; until then the pack shows a gap, and no run of months is counted across it.",
        )


def _between(months: Sequence[Period]) -> tuple[Period, ...]:
    there = set(months)
    if not there:
        return ()
    month, last = min(there), max(there)
    missing = []
    while month < last:
        month = month.shifted(1)
        if month not in there:
            missing.append(month)
    return tuple(missing)
