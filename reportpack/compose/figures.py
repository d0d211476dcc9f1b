"""A single figure as it prints: the number with its marks, or the reason why there is none. Never a blank, never a nought."""

from reportpack.compose.comparison_words import direction
from reportpack.compose.numbers import difference_printed, is_nought, printed
from reportpack.model.finding import MeasureFinding
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Status, Unit, cells_of
from reportpack.model.period import Period
from reportpack.model.words import Sentence

HIDDEN = "[c]"
LOW = "[low]"
FEW = 30
TOO_FEW = 10
MARKS = {
    "[c]": "A small number, not shown, so that nobody can be made out. Where one is hidden, another may be too, so that it cannot be worked out.",
    "[corrected]": "Put right by the office; the supplier's workbook says otherwise (Appendix B).",
    "[few]": "A percentage that rests on fewer than 10 cases: too few to print.",
    LOW: "A percentage that rests on fewer than 30 cases: a few cases move it far.",
    "[p]": "Provisional: the supplier may still change it.",
    "[=]": "Joint: several share this rank.",
    "[r]": "Revised: it differs from what the last pack said, or the supplier marked it so.",
    "[x]": "Not available.",
}


def figure_words(observation: Observation | None, measure: Measure, revised: bool = False) -> Sentence:
    """For a cell of a table: `81.3%`, `81.3% [p]`, `[c]`, `[x] the cell says “n/a”`."""
    if observation is None:
        return Sentence.of("[x]")
    if observation.status is not Status.NUMBER or observation.value is None:
        return Sentence.of(HIDDEN if observation.status is Status.SUPPRESSED else f"[x] {_reason(observation)}")
    if rests_on_few(observation, measure, TOO_FEW):
        return Sentence.of("[few]")
    number = printed(measure, observation.value, (observation.source,))
    return Sentence.of(number, *(f" {mark}" for mark in marks_of(observation, measure, revised)))


def marks_of(observation: Observation, measure: Measure, revised: bool = False) -> tuple[str, ...]:
    """The marks beside a number, each once."""
    marks = [f"[{mark.strip('[]')}]" for mark in observation.marks]
    if rests_on_few(observation, measure, FEW):
        marks.append(LOW)
    if revised:
        marks.append("[r]")
    return tuple(dict.fromkeys(marks))


def rests_on_few(observation: Observation, measure: Measure, few: int) -> bool:
    """Whether a percentage rests on fewer cases than that."""
    return measure.unit is Unit.PER_CENT and observation.denominator is not None and observation.denominator < few


def gap_words(observation: Observation | None, period: Period) -> Sentence:
    """A sentence's end: `No figure for April 2019: the cell says “n/a”`."""
    start = f"No figure for {period.label}"
    if observation is None:
        return Sentence.of(f"{start}: nothing was supplied")
    return Sentence.of(f"{start}: {_reason(observation)}")


def _reason(observation: Observation) -> str:
    said = f"“{observation.raw.strip()}”"
    match observation.status:
        case Status.SUPPRESSED:
            return "the number is small and not shown"
        case Status.ERROR:
            return f"the cell holds the error {said}"
        case Status.NOT_CALCULATED:
            return "its formula was never calculated"
        case Status.NUMBER:
            return "the number cannot be used"
        case _:
            return f"the cell says {said}" if observation.raw.strip() else "the cell is empty"


def latest_words(finding: MeasureFinding, revised: bool = False) -> Sentence:
    """The newest figure with its marks; what is missing after it, or that there is none at all."""
    latest = finding.force.latest
    if latest is None:
        newest = finding.force.observations[-1] if finding.force.observations else None
        return gap_words(newest, newest.period) if newest else Sentence.of("No figure: nothing could be read")
    return figure_words(latest, finding.measure, revised)


def missing_after(finding: MeasureFinding) -> Sentence:
    """Each month that should be in and is not, with what its cell says; nothing when all are in."""
    gaps = [gap_words(finding.force.at(period), period) for period in finding.missing[-3:]]
    return Sentence.of(*(part for gap in gaps for part in (gap, ". "))) if gaps else Sentence.of()


def change_since(then: Observation, now: Observation, measure: Measure) -> Sentence:
    """The difference between two figures, before rounding: `2.0 percentage points higher`."""
    if then.value is None or now.value is None:
        return Sentence.of("Not compared: a figure is missing")
    difference = now.value - then.value
    if is_nought(measure, difference):
        return Sentence.of("No difference")
    return Sentence.of(difference_printed(measure, difference, cells_of(then, now)), f" {direction(measure, difference)}")
