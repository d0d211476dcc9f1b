"""The tables of measures.toml as the measures they describe."""

from datetime import date

from reportpack.model.measure import Correction, DatedNote, Measure, Place, Rebase, Target
from reportpack.model.observation import Unit
from reportpack.model.period import Period
from reportpack.model.source import Source
from reportpack.settings import keys_measures as keys
from reportpack.toml.text import Table, records

MEASURES_FILE = "measures.toml"


def measures_from(root: Table) -> tuple[Measure, ...]:
    """The measures in their order; those that lack what they need are left out, each with its fault in `root.faults`."""
    return records(root.each(keys.MeasuresKeys.measure), _measure)


def _measure(table: Table) -> Measure:
    key = keys.MeasureKeys
    unit = table.take(key.unit)
    return Measure(
        id=table.take(key.id_),
        title=table.take(key.title),
        unit=unit,
        better=table.take(key.better),
        places=records(table.each(key.place), _place),
        topic=table.take(key.topic),
        short_title=table.take(key.short_title),
        decimals=table.take(key.decimals),
        targets=tuple(one for one in records(table.each(key.target), _target) if is_possible(one.value, unit)),
        notes=records(table.each(key.note), _note),
        rebases=records(table.each(key.rebase), _rebase),
        corrections=tuple(one for one in records(table.each(key.correction), _correction) if one is not None),
        supplier=table.take(key.supplier),
        expected_days=table.take(key.expected_days),
        definition=table.take(key.definition),
        per=table.take(key.per),
        window=table.take(key.window),
        survey=table.take(key.survey),
        whole_force_only=table.take(key.whole_force_only),
        small_under=table.take(key.small_under),
        illustrative=table.take(key.illustrative),
        source_title=table.take(key.source_title),
        audience=table.take(key.audience),
        source=Source(MEASURES_FILE, cell=f"line {table.line()}"),
        withheld=table.take(key.withheld),
    )


def is_possible(target: float, unit: Unit) -> bool:
    """Whether figures of that unit can reach it; one that they cannot is a mistake, and the pack is built without it."""
    match unit:
        case Unit.PER_CENT:
            return target == 0 or 1 <= target <= 100
        case Unit.RANK:
            return target >= 1 and target == int(target)
        case Unit.COUNT | Unit.DAYS | Unit.RATE | Unit.DURATION:
            return target >= 0
        case _:
            return True


def _place(table: Table) -> Place:
    key = keys.PlaceKeys
    return Place(
        file=table.take(key.file),
        sheet=table.take(key.sheet),
        table=table.take(key.table),
        figure=table.take(key.figure),
        numerator=table.take(key.numerator),
        denominator=table.take(key.denominator),
        area=table.take(key.area),
        peers=table.take(key.peers),
        unit=table.take(key.unit),
        as_at=table.take(key.as_at),
    )


def _target(table: Table) -> Target:
    key = keys.TargetKeys
    line = Source(MEASURES_FILE, cell=f"line {table.line(key.value.name)}")
    return Target(table.take(key.value), table.take(key.from_), table.take(key.to), table.take(key.note), line)


def _note(table: Table) -> DatedNote:
    key = keys.NoteKeys
    day, words = table.take(key.on) or date.min, table.take(key.text)
    return DatedNote(day, words, table.take(key.author), table.take(key.audience), table.take(key.redefines))


def _rebase(table: Table) -> Rebase:
    key = keys.RebaseKeys
    return Rebase(table.take(key.from_) or date.min, table.take(key.reason), table.take(key.author), table.take(key.audience))


def _correction(table: Table) -> Correction | None:
    """None for one whose period cannot be read, which check_measures has said."""
    key = keys.CorrectionKeys
    period = correction_period(table.take(key.period))
    if period is None:
        return None
    return Correction(
        area=table.take(key.area),
        period=period,
        value=table.take(key.value),
        by=table.take(key.by),
        on=table.take(key.on) or date.min,
        reason=table.take(key.reason),
        source=Source(MEASURES_FILE, cell=f"line {table.line()}"),
        numerator=table.take(key.numerator) if table.has(key.numerator) else None,
        denominator=table.take(key.denominator) if table.has(key.denominator) else None,
        audience=table.take(key.audience),
    )


def correction_period(words: str) -> Period | None:
    """A month (`2019-04`) or a period in full (`2018-04/P1Y`)."""
    try:
        return Period.parse(words if "/" in words else f"{words}/P1M")
    except ValueError:
        return None
