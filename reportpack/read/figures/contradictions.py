"""A table's reading set against the table's own arithmetic: where the two do not agree, the figures are doubted and it is said, before anything uses them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportpack.model.observation import Nature, Reach, Unit
from reportpack.model.period import Period
from reportpack.model.problem import Weight
from reportpack.model.table import Table, TableValue
from reportpack.read.figures.remarks import Remark
from reportpack.read.figures.spans import grow, in_order

_MOST = 60_000  # figures of a table that are looked at: what is larger is no report that a person made
_FEWEST_MONTHS = 12
Run = list[tuple[Period, float]]
Runs = dict[tuple[str | None, str | None, bool], Run]  # by area, measure and whether they are sums to date


def contradictions(table: Table) -> list[Remark]:
    """Everything in which the table speaks against itself."""
    if len(table.values) > _MOST:
        return []
    values = [value for value in table.values if value.value is not None]
    runs = _runs(values)
    of_values = *_two_for_one(values), *_to_date_not_months(values), *_totals(values)
    if grow({key: run for key, run in runs.items() if key[2] and len(run) > 2}) is False:
        found = "the words say that these are sums to date, but they fall within a year, as sums cannot."
        remedy = "They are not judged: ask whether they are months, or whether the year begins in another month than April."
        of_values = *of_values, Remark("to-date-falls", table.range, found, remedy)
    return [*of_values, *_suspicious(runs, table.range)]


def _two_for_one(values: Sequence[TableValue]) -> Iterator[Remark]:
    seen: dict[tuple[object, ...], TableValue] = {}
    clashes: list[tuple[TableValue, TableValue]] = []
    for value in (one for one in values if one.period is not None and one.measure is not None):
        key = (value.area, value.period, value.measure, value.meaning.nature, value.meaning.reach)
        first = seen.setdefault(key, value)
        if first is not value and first.value != value.value and first.meaning.finality is value.meaning.finality:
            clashes.append((first, value))
    beside = [pair for pair in clashes if _row(pair[0]) == _row(pair[1])]
    clashes = beside or (clashes if len(clashes) * 10 <= len(values) else [])  # many rows of one name are records, not a report
    if clashes:
        one, two = clashes[0]
        where = f"{one.area}, " if one.area else ""
        more = f", and so {len(clashes) - 1} more times" if len(clashes) > 1 else ""
        period = one.period.label if one.period else ""
        found = f"{one.cell} and {two.cell} both give {one.measure} for {where}{period}: {one.value:g} and {two.value:g}{more}."
        column = two.cell.rstrip("0123456789")
        remedy = f"Neither is used until the headings say what sets column {column} apart: ask the supplier."
        yield Remark("two-figures-for-one", f"{one.cell}, {two.cell}", found, remedy)


def _row(value: TableValue) -> str:
    return value.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _to_date_not_months(values: Sequence[TableValue]) -> Iterator[Remark]:
    """The first year to date that is not the sum of the months beside it."""
    months: dict[tuple[str | None, str], dict[Period, float]] = {}
    for value in values if any(value.meaning.reach is Reach.YEAR_TO_DATE for value in values) else ():
        if value.meaning.reach is Reach.MONTH and _is_actual_count(value) and value.period:
            months.setdefault((value.area, _row(value)), {})[value.period] = value.value or 0
    for value in values if months else ():
        period = value.period
        if value.meaning.reach is not Reach.YEAR_TO_DATE or period is None or value.unit is not Unit.COUNT or not value.value:
            continue
        beside = months.get((value.area, _row(value)), {})
        parts = [beside.get(Period(period.start).shifted(step)) for step in range(period.months)]
        total = sum(part for part in parts if part is not None)
        if None not in parts and abs(total - value.value) > 0.5:
            found = f"the year to date for {period.label} is {value.value:g}, but its months add up to {total:g}."
            remedy = "Ask the supplier which is right, and whether its year begins in April."
            yield Remark("to-date-not-months", value.cell, found, remedy)
            return


def _is_actual_count(value: TableValue) -> bool:
    return value.unit is Unit.COUNT and value.meaning.nature is Nature.ACTUAL


def _totals(values: Sequence[TableValue]) -> Iterator[Remark]:
    """A total of counts that its parts do not make: only where one row is the total of all others."""
    if len({value.area for value in values if value.total and value.area}) != 1:
        return
    parts: dict[tuple[str | None, Period | None], list[float]] = {}
    given: dict[tuple[str | None, Period | None], TableValue] = {}
    for value in values:
        if _is_actual_count(value) and value.area is not None and value.total:
            given[value.measure, value.period] = value
        elif _is_actual_count(value) and value.area is not None:
            parts.setdefault((value.measure, value.period), []).append(value.value or 0)
    sums = [(total, sum(parts[key])) for key, total in given.items() if len(parts.get(key, ())) > 1]
    if wrong := [(total, made) for total, made in sums if abs((total.value or 0) - made) > 0.5]:
        total, made = wrong[0]
        more = f", and so in {len(wrong) - 1} more" if len(wrong) > 1 else ""
        found = f"{total.area} is {total.value:g} here, but the rows of the table add up to {made:g}{more}."
        yield Remark("total-not-parts", total.cell, found, "Ask whether a part is missing, or belongs to no area.", Weight.NOTE)


def _runs(values: Sequence[TableValue]) -> Runs:
    """Each area's and measure's months in their order; sums to date by the month that they reach."""
    runs: Runs = {}
    for value in values:
        period, nature = value.period, value.meaning.nature
        if period is None or value.value is None or value.unit is not Unit.COUNT or nature in (Nature.DIFFERENCE, Nature.TARGET):
            continue
        to_date = value.meaning.reach is Reach.YEAR_TO_DATE
        if to_date or period.months == 1:
            end = period if period.months == 1 and period.start.day == 1 else Period.month(period.end.year, period.end.month)
            runs.setdefault((value.area, value.measure, to_date), []).append((end, value.value))
    return {key: in_order(run) for key, run in runs.items()}


def _suspicious(runs: Runs, place: str) -> Iterator[Remark]:
    """Measures whose months behave like sums to date, or move too little for counts of single months."""
    months = [(key[1] or "", run) for key, run in runs.items() if not key[2] and len(run) >= _FEWEST_MONTHS]
    names = dict.fromkeys(name for name, _ in months)
    for kind, is_so, found, remedy in _SUSPICIONS:
        so = [name for name in names if all(is_so(run) for other, run in months if other == name)]
        if so:
            of = f" ({', '.join(so[:3])})" if len(so) < len(names) else ""
            yield Remark(kind, place, f"the figures{of} {found}", remedy)
            return


def _saws(run: Run) -> bool:
    """Up within every financial year by much, down only into April."""
    pairs = [pair for pair in pairwise(run) if pair[0][0].start != pair[1][0].start]
    begins = [later.start.month == 4 for _, (later, _) in pairs]
    return any(begins) and all(
        (two < one) if april else (two > one) for april, ((_, one), (_, two)) in zip(begins, pairs, strict=True)
    )


def _hardly_moves(run: Run) -> bool:
    """Whether the steps are far below what chance alone makes of counts of that size, and yet not all the same."""
    numbers = [number for _, number in run]
    steps = [two - one for one, two in pairwise(numbers)]
    mean, step = sum(numbers) / len(numbers), sum(steps) / len(steps)
    spread = sum((one - step) ** 2 for one in steps) / len(steps)
    return mean >= 400 and len(set(numbers)) > 2 and spread < 0.3 * mean  # months vary by 2, sums of 12 that roll by a sixth


_SUSPICIONS = (
    (
        "perhaps-to-date",
        _saws,
        "rise through every year and fall only where one begins, as sums to date do, though nothing says that they are.",
        "Ask whether these are months or the year to date; until then they are not to be added up.",
    ),
    (
        "perhaps-rolling",
        _hardly_moves,
        "move from month to month by less than single months of such counts do, as rolling sums move.",
        "Ask whether each is one month or the 12 months to it; until then they are not to be added up.",
    ),
)
