"""Figures that are there but cannot be quite right: said with their cells, never mended. Everything stands as the supplier gave it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import median

from reportpack.errors import Remedy
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import AreaKind, Office
from reportpack.model.period import IN_TIME, Period, in_time
from reportpack.model.problem import Problem, Source, Weight, one_cause
from reportpack.read.figures.remarks import listed

_LEAST_HISTORY = 6
_STEPS = {10: "tenth", 100: "hundredth", 1000: "thousandth"}
_NEAR = 0.35
_FEWEST = 20
_SHOWN = 4
_ASK_BASE = "Ask the supplier: sums over more than one period rest on it."


def check_files(files: Sequence[Source], before: Mapping[str, str]) -> tuple[Problem, ...]:
    """Workbooks that are byte for byte another's copy. `before` names, by sha256, the files of the last recorded build."""
    problems: list[Problem] = []
    seen: dict[str, Source] = {}
    for file in files:
        if file.sha256 in seen:
            found = f"it is byte for byte the same file as {seen[file.sha256].file}."
            problems.append(Problem("same-file", file, found, "Ask for the right one, or take one of the two away."))
        elif (earlier := before.get(file.sha256)) is not None and earlier != file.file:
            found = f"it is byte for byte {earlier} of the last build, under a new name: there is nothing new in it."
            problems.append(Problem("same-file", file, found, "Ask the supplier for the new one."))
        seen.setdefault(file.sha256, file)
    return tuple(problems)


def unused_workbook(name: str) -> Problem:
    """A workbook in performance/ that no measure's place names."""
    remedy = Remedy("Take it in with:", "measure add", f"inputs/{name}", then="; or move it out of performance/.")
    return Problem("workbook-unused", Source(name), "no measure uses this workbook.", remedy, Weight.NOTE)


def check_figures(
    observations: Sequence[Observation], measures: Sequence[Measure], office: Office, ended: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Everything about the figures that a careful reader would ask the supplier about. `ended` are areas that have been asked about already."""
    problems: list[tuple[str, Problem]] = []
    for measure in measures:
        every = [one for one in observations if one.measure == measure.id]
        mine = [one for one in every if one.value is not None]
        bases = [replace(one, value=one.denominator, source=one.denominator_source) for one in mine if one.denominator_source]
        of_bases = _jumps(bases, replace(measure, title=f"what {measure.title} is of"), office)
        jumps = [*_jumps(mine, measure, office), *(replace(one, kind="base-jumps", remedy=_ASK_BASE) for one in of_bases)]
        sums = [one for one in _totals(mine, measure, office) if one.source not in {jump.source for jump in jumps}]
        stopped = _stopped([one for one in every if one.area not in ended], measure, office)
        absent = _absent([one for one in mine if one.area not in ended], measure, office)
        problems.extend((measure.title, one) for one in (*jumps, *stopped, *absent, *sums, *_repeated_month(mine, measure)))
    return (*_as_at_early(observations), *one_cause(problems))


def _as_at_early(observations: Sequence[Observation]) -> Iterator[Problem]:
    """A workbook that speaks of a day before its own newest figures began, or before what they span had ended."""
    newest: dict[str, Observation] = {}
    for one in observations:
        kept = newest.get(one.source.file)
        if one.value is not None and (kept is None or one.period.start > kept.period.start):
            newest[one.source.file] = one
    for one in newest.values():
        if one.source.as_at is not None and one.source.as_at < one.period.end:
            found = f"the file is as at {one.source.as_at:%d/%m/%Y}, but holds figures for {one.period.label}."
            found = (
                found
                if one.source.as_at < one.period.start
                else f"{found[:-1]}, which had not ended: they may be of a part of it."
            )
            yield Problem(
                "as-at-early", one.source, found, "Ask; if the day is wrong, give it with as_at at this place in measures.toml."
            )


def _lines(observations: Sequence[Observation]) -> dict[tuple[str, int], list[Observation]]:
    lines: dict[tuple[str, int], list[Observation]] = {}
    for one in sorted(observations, key=lambda one: IN_TIME(one.period)):
        lines.setdefault((one.area, one.period.months), []).append(one)
    return lines


def _jumps(observations: Sequence[Observation], measure: Measure, office: Office) -> Iterator[Problem]:
    """A figure about 10, 100 or 1,000 times its own history, or that part of it: a slipped point, thousands, a sum."""
    for line in _lines(observations).values():
        sizes = sorted(abs(one.value) for one in line if one.value)
        for one in line:
            if not (size := abs(one.value or 0)) or len(sizes) <= _LEAST_HISTORY or sizes[0] < size < sizes[-1]:
                continue  # what lies between others is far from none of them
            others = [*sizes]
            others.remove(size)
            usual = median(others)
            if step := _step(size, usual, others[-1], others[0]):
                meant = (one.value or 0) * 10.0 ** round(math.log10(usual / size))  # with its point where its history has it
                words = f"{measure.title}, {_area(one.area, office)}, {one.period.label}, is {one.value:g}"
                found = f"{words}: about {step}, which is usually near {usual:g}. Is {meant:g} meant?"
                place = f"{one.source.sheet}!{one.source.cell}"
                remedy = Remedy(
                    f"Until it is answered for, it is shown and enters nothing. Ask the supplier; to read it as {meant:g}:",
                    "figure correct",
                    one.source.file,
                    place,
                    f"{meant:g}",
                    by="NAME",
                    why="TEXT",
                    then="; if it is right as it stands, figure accept.",
                )
                yield Problem("figure-jumps", one.source, found, remedy)


def _step(value: float, usual: float, most: float, least: float) -> str:
    if max(value, usual) < _FEWEST or not usual or not value or least <= value <= most:
        return ""
    for times, part in _STEPS.items():
        for ratio, words in ((value / usual, f"{times:,} times"), (usual / value, f"a {part} of")):
            if abs(ratio / times - 1) <= _NEAR and (value > 3 * most or value * 3 < least):
                return f"{words} its own history"
    return ""


def _stopped(observations: Sequence[Observation], measure: Measure, office: Office) -> Iterator[Problem]:
    """Areas whose figures end before those of the other areas, where no cell of them says why."""
    lines = _lines([one for one in observations if one.value is not None])
    said = {(one.area, one.period) for one in observations if one.status in (Status.TEXT, Status.ERROR, Status.NOT_CALCULATED)}
    ended = {area.id: area for area in office.areas}
    for months in {months for _, months in lines}:
        ends = {area: line[-1] for (area, length), line in lines.items() if length == months and len(line) > 2}
        for one in ends.values() if len(ends) > 1 else ():
            latest = max(other.period for other in ends.values())
            known = ended.get(one.area)
            if one.period < latest and (one.area, latest) not in said and (known is None or known.exists_on(latest.end)):
                found = f"{_area(one.area, office)} ends with {one.period.label} in {measure.title}; other areas go on to {latest.label}."
                yield Problem("series-stops", one.source, found, "Ask the supplier for the later figures.")


def _absent(observations: Sequence[Observation], measure: Measure, office: Office) -> Iterator[Problem]:
    """Areas without any figure, in a measure that has figures of at least half of them and of the force, or of several."""
    newest = max(observations, key=lambda one: one.period.end, default=None)
    there, parts = {one.area for one in observations}, office.parts_on(newest.period.end) if newest else ()
    gone = [area.name for area in parts if area.id not in there]
    if newest and gone and len(there) > 1 and 2 * len(gone) <= len(parts):
        found = f"{measure.title} has figures of other areas, and none at all of {listed(gone, _SHOWN)}."
        yield Problem("area-absent", replace(newest.source, cell=""), found, "Ask, unless there are none to be had.", Weight.NOTE)


def _totals(observations: Sequence[Observation], measure: Measure, office: Office) -> Iterator[Problem]:
    force = next((area for area in office.areas if area.kind is AreaKind.FORCE), None)
    if force is None or measure.unit not in (Unit.COUNT, Unit.MONEY):
        return
    by_period: dict[Period, dict[str, Observation]] = {}
    for one in observations:
        by_period.setdefault(one.period, {})[one.area] = one
    wrong = []
    for period in in_time(by_period):
        there, parts = by_period[period], [area.id for area in office.parts_on(period.end)]
        if force.id in there and parts and all(area in there for area in parts):
            total, given = sum(there[area].value or 0 for area in parts), there[force.id].value or 0
            if abs(total - given) > max(0.5, 1e-9 * abs(given)):
                wrong.append((there[force.id], total))
    if not wrong:
        return
    one, total = wrong[-1]
    more = f", and so in {len(wrong) - 1} earlier periods" if len(wrong) > 1 else ""
    found = f"{measure.title}, {force.name}, {one.period.label}, is {one.value:g}, but its areas add up to {total:g}{more}."
    remedy = "Ask the supplier which is right: some may belong to no area. Both are used as they stand."
    yield Problem("total-not-sum", one.source, found, remedy)


def _repeated_month(observations: Sequence[Observation], measure: Measure) -> Iterator[Problem]:
    """A latest period that repeats the one before it in every area: last month's figures under a new heading."""
    if len(months := in_time({one.period for one in observations if one.period.months == 1})) < 2:
        return
    earlier, latest = ({one.area: one for one in observations if one.period == month} for month in months[-2:])
    now, then = ({area: (one.value, one.numerator, one.denominator) for area, one in each.items()} for each in (latest, earlier))
    same = [area for area in now if now[area] == then.get(area)]
    if len(same) < 3 or len(same) != len(latest) or max(abs(one.value or 0) for one in latest.values()) < _FEWEST:
        return
    first = latest[same[0]]
    found = f"{measure.title}: {months[-1].label} repeats {months[-2].label} in all of {len(same)} areas."
    yield Problem("month-repeated", first.source, found, "Ask the supplier whether the new month was put in.")


def _area(area: str, office: Office) -> str:
    return next((one.name for one in office.areas if one.id == area), area)


def check_dates(files: Sequence[Source], on: date) -> tuple[Problem, ...]:
    """Workbooks that say they speak of a day still to come, and so are left out."""
    remedy = "It is left out until then. Check the date in its name or title, or give the right one with as_at in measures.toml."
    ahead = [(file, file.as_at) for file in files if file.as_at is not None and file.as_at > on]
    found = "it says it is as at {:%d/%m/%Y}, which is still to come."
    return tuple(Problem("as-at-ahead", file, found.format(day), remedy) for file, day in ahead)
