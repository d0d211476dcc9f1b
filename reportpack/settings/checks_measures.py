"""What must hold between the tables of measures.toml, and between them and the office."""

from reportpack.model.observation import Unit
from reportpack.model.office import Office
from reportpack.settings import keys_measures as keys
from reportpack.toml.agenda import check_width
from reportpack.toml.checks import in_order, names_reason, refers, unique
from reportpack.toml.text import Table


def check_measures(root: Table, office: Office) -> None:
    """Note a fault for everything that does not hold."""
    measures = root.each(keys.MeasuresKeys.measure)
    unique(measures, keys.MeasureKeys.id_, "measures")
    unique(measures, keys.MeasureKeys.title, "measures")
    topics = [topic.id for topic in office.topics]
    areas = [area.id for area in office.areas]
    for measure in measures:
        refers(measure, keys.MeasureKeys.topic, topics, "topic")
        others = [one.take(keys.MeasureKeys.id_) for one in measures if one is not measure]
        refers(measure, keys.MeasureKeys.part_of, others, "other measure")
        names_reason(measure, keys.MeasureKeys.withheld, [one.id for one in office.withholdings])
        topic = office.topic(measure.take(keys.MeasureKeys.topic))
        check_width(measure, measure.take(keys.MeasureKeys.audience), topic.audience if topic else None, "its topic")
        unit = measure.take(keys.MeasureKeys.unit)
        for place in measure.each(keys.MeasureKeys.place):
            _place(place, unit, areas)
        for target in measure.each(keys.MeasureKeys.target):
            in_order(target, keys.TargetKeys.from_, keys.TargetKeys.to)
            _possible(target, unit)
        for correction in measure.each(keys.MeasureKeys.correction):
            refers(correction, keys.CorrectionKeys.area, areas, "area")


def _place(place: Table, unit: Unit, areas: list[str]) -> None:
    """An area that exists; and both counts where there is one, unless the figure itself is named."""
    key = keys.PlaceKeys
    refers(place, key.area, areas, "area")
    above, below = place.take(key.numerator), place.take(key.denominator)
    if above and not below and not place.take(key.figure) and unit in (Unit.PER_CENT, Unit.RATE):
        remedy = "Add denominator, the label of the counts below the line."
        place.fault("numerator", "no-denominator", f'"{above}" has nothing to be divided by.', remedy)
    if below and not above and not place.take(key.figure):
        place.fault("denominator", "no-numerator", f'"{below}" divides nothing.', "Add numerator or figure.")
    if place.take(key.file).startswith("/") or ".." in place.take(key.file):
        remedy = "Put the workbook into performance/ and write its name."
        place.fault("file", "file-outside", f'"{place.take(key.file)}" is outside the folder.', remedy)


def _possible(target: Table, unit: Unit) -> None:
    key, value = keys.TargetKeys, target.take(keys.TargetKeys.value)
    upper = target.take(key.up_to)
    if target.has(key.from_value) and not (target.take(key.from_) and target.take(key.to)):
        remedy = "Add from and to: the days of from_value and value."
        target.fault("from_value", "target-without-days", "A trajectory has no first or no last day.", remedy)
    if upper is not None and upper <= value:
        target.fault("up_to", "target-impossible", f'"up_to" is {upper:g}, not above {value:g}.', "Write the lower end as value.")
    if not target.has(key.value) or target.has(key.change_on):
        return
    words = f'"value" is {value:g}'
    if unit is Unit.PER_CENT and not 0 <= value <= 100:
        target.fault("value", "target-impossible", f"{words}, but a per cent lies between 0 and 100.", "Write 85 for 85%.")
    if unit is Unit.PER_CENT and 0 < value < 1:
        target.fault("value", "target-impossible", f"{words}, which is less than one per cent.", "Write 85 for 85%, not 0.85.")
    if unit in (Unit.COUNT, Unit.DAYS, Unit.RATE, Unit.DURATION) and value < 0:
        target.fault("value", "target-impossible", f"{words}, but there are no figures below 0.", "Correct the target.")
    if unit is Unit.RANK and (value < 1 or value != int(value)):
        target.fault("value", "target-impossible", f"{words}, but a rank is 1, 2, 3 and so on.", "Correct the target.")
