"""The figures of every measure, from the tables of the workbooks: found by names, joined over files, and each with its cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.measure import Measure
from reportpack.model.observation import Finality, Observation, Status
from reportpack.model.office import Office
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Weight, one_cause
from reportpack.read.figures.area_names import AreaNames, ask_about
from reportpack.read.figures.places import DatedWorkbook, Find, Shelf, read_place
from reportpack.read.figures.tables import find_tables

Key = tuple[str, Period]  # (area, period) of one measure


def shelf_of(workbooks: Sequence[DatedWorkbook], office: Office, broken: Sequence[str] = (), find: Find = find_tables) -> Shelf:
    """The workbooks of a run, whose tables are found with the office's own names of areas; `broken` are files that were left out, and said."""
    return Shelf(workbooks, [name for area in office.areas for name in (area.name, *area.aliases)], broken, find)


def read_figures(
    workbooks: Sequence[DatedWorkbook] | Shelf, measures: Sequence[Measure], office: Office
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """Every measure's figures in the order of the settings, by area and time; each area and period once, with where it stands."""
    areas = AreaNames(office)
    shelf = workbooks if isinstance(workbooks, Shelf) else shelf_of(workbooks, office)
    observations: list[Observation] = []
    problems: list[tuple[str, Problem]] = []
    for measure in measures:
        found: list[Observation] = []
        for place in sorted(measure.places, key=lambda one: one.peers):
            of_place, said = read_place(measure, place, shelf, areas)
            # Beside other forces the force's own row counts where no other place gives its figure for the period.
            known = {one.period for one in found if place.peers and one.area == office.force_area.id}
            found.extend(one for one in of_place if one.area != office.force_area.id or one.period not in known)
            problems.extend((measure.title, one) for one in said)
        settled, said = _settle(found, shelf)
        problems.extend((measure.title, one) for one in (*said, *_missing_months(measure, settled, office)))
        observations.extend(settled)
    questions, shelf.ended = ask_about(shelf.strangers, observations, areas)
    return tuple(observations), (*shelf.problems, *one_cause(problems), *questions)


def _settle(found: Iterable[Observation], shelf: Shelf) -> tuple[list[Observation], list[Problem]]:
    """One observation for each area and period: the later as-at wins; where two as good differ there is no figure, and a problem."""
    groups: dict[Key, list[Observation]] = {}
    for one in found:
        groups.setdefault((one.area, one.period), []).append(one)
    settled: list[Observation] = []
    apart: dict[tuple[str, str], list[tuple[Observation, Observation]]] = {}
    older: list[tuple[Observation, Observation]] = []
    for key in sorted(groups, key=lambda key: (key[0], key[1].start, key[1].months, key[1].days)):
        ages = {one.source: shelf.age(one.source) for one in groups[key]} if len(groups[key]) > 1 else {}
        newest = max(ages.values(), default=date.min)
        rivals = [one for one in groups[key] if ages.get(one.source, newest) == newest]
        older.extend((one, rivals[0]) for one in groups[key] if one not in rivals and one.value not in (None, rivals[0].value))
        rivals = [one for one in rivals if one.status is Status.NUMBER] or rivals
        rivals = [one for one in rivals if one.meaning.finality is Finality.REVISED or "[r]" in one.marks] or rivals
        if len({_numbers(one) for one in rivals}) > 1:
            one, two = rivals[0], next(other for other in rivals if _numbers(other) != _numbers(rivals[0]))
            sheets = f"{one.source.file}/{one.source.sheet}", f"{two.source.file}/{two.source.sheet}"
            rows = {source.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for source in (one.source, two.source)}
            if sheets[0] != sheets[1] or len(rows) > 1:  # of two in one row the table itself has said that they are two for one
                apart.setdefault(sheets, []).append((one, two))
            settled.append(replace(rivals[0], value=None, status=Status.NOT_AVAILABLE, raw="two sources disagree"))
        else:
            settled.append(rivals[0])
    shelf.replaced += (old for old, _ in older)
    return settled, [*map(_disagreement, apart.values()), *_replaced(older)]


def _numbers(one: Observation) -> tuple[float | None, ...]:
    return one.value, one.numerator, one.denominator


def _replaced(older: Sequence[tuple[Observation, Observation]]) -> Iterator[Problem]:
    by_later: dict[str, list[tuple[Observation, Observation]]] = {}
    for old, new in older:
        by_later.setdefault(new.source.file, []).append((old, new))
    for later, ones in by_later.items():
        old, new = ones[-1]
        count = "1 figure is" if len(ones) == 1 else f"{len(ones)} figures are"
        found = f"{count} different in {later}, which is later: {old.period.label} is {_shown(old)} here and {_shown(new)} there."
        yield Problem("figures-replaced", old.source, found, "The later ones are used.", Weight.NOTE)


def _disagreement(pairs: Sequence[tuple[Observation, Observation]]) -> Problem:
    one, two = pairs[-1]
    more = f", and so {len(pairs) - 1} more times" if len(pairs) > 1 else ""
    found = f"this gives {_shown(one)} for {one.period.label}, and {two.source.where} gives {_shown(two)}{more}."
    remedy = "Both are as at the same day, so neither is printed: ask which is right, and take the other workbook away."
    return Problem("figures-disagree", one.source, found, remedy)


def _shown(observation: Observation) -> str:
    return f"{observation.value:g}" if observation.value is not None else f"no number ({observation.raw})"


def _missing_months(measure: Measure, observations: Sequence[Observation], office: Office) -> Iterator[Problem]:
    """Months without a row between an area's first and last; areas that lack the same months are named together."""
    gaps: dict[tuple[Period, ...], list[Observation]] = {}
    for area in office.areas:
        ours = (one for one in observations if one.area == area.id and not one.is_to_date)
        months = [one for one in ours if one.period.months == 1 and one.period.start.day == 1]
        there = {one.period for one in months}
        begun, ended = (min(there).start, max(there).start) if there else (date.min, date.min)
        span = range(1, (ended.year - begun.year) * 12 + ended.month - begun.month)
        if missing := tuple(month for step in span if (month := min(there).shifted(step)) not in there):
            gaps.setdefault(missing, []).append(months[-1])
    for missing, last in gaps.items():
        names = ", ".join(area.name for area in office.areas if area.id in {one.area for one in last})
        months_named = ", ".join(month.label for month in missing[:6]) + (" and others" if len(missing) > 6 else "")
        source = replace(last[0].source, cell="")
        found = f"there is no row or column for {months_named} of {measure.title} ({names})."
        remedy = "Ask the supplier for it; until then the pack shows a gap, and no run of months is counted across it."
        yield Problem("month-missing", source, found, remedy)
