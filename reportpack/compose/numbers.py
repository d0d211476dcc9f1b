"""How every number is printed: rounding, units, ranks, counts in words; and a single figure with its marks, or the reason why there is none.

Rounding is only for print; every difference is taken before it. Each printed number carries the cells that it rests on."""

from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.chart import NumberFormat, ordinal
from reportpack.model.finding import MeasureFinding, RankFinding
from reportpack.model.measure import Measure, Target
from reportpack.model.observation import Observation, Status, Unit, cells_of
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.words import MINUS, Printed, Sentence, rounded, written

_AFTER_THE_NOUN = re.compile(r"(.+?)(\s(?:of|per|with|in|by|that|to|from|for|on|at)\s)(.+)", re.DOTALL)
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
Sources = tuple[Source, ...]


def number_format(measure: Measure) -> NumberFormat:
    """How a chart writes the measure's values."""
    match measure.unit:
        case Unit.PER_CENT:
            return NumberFormat(measure.decimals, suffix="%")
        case Unit.MONEY:
            return NumberFormat(measure.decimals, prefix="£")
        case Unit.RANK:
            return NumberFormat(ordinal=True)
        case Unit.DURATION:
            return NumberFormat(clock=True)
        case _:
            return NumberFormat(measure.decimals)


def value_text(measure: Measure, value: float) -> str:
    """`81.3%`, `1,204`, `£3,000`, `4.1 days`, `35th`: a figure in the measure's unit, without what it counts."""
    text = number_format(measure).write(value)
    if measure.unit is Unit.DAYS:
        return f"{text} {plural('day', text)}"
    return text


def printed(measure: Measure, value: float, sources: Sources = ()) -> Printed:
    """A figure of the measure as it is printed."""
    return Printed(value_text(measure, value), value, sources)


def counted(measure: Measure, value: float, sources: Sources = ()) -> Sentence:
    """A figure with what it counts: `1,204 offences`, `3.2 per 1,000 residents`, `81.3%`."""
    number = printed(measure, value, sources)
    if measure.per and measure.unit is Unit.RATE:
        return Sentence.of(number, f" per {measure.per}")
    if measure.per and measure.unit is Unit.COUNT:
        return Sentence.of(number, f" {singular(measure.per) if number.text == '1' else measure.per}")
    return Sentence.of(number)


def target_printed(measure: Measure, target: Target) -> Printed:
    """A target of the measure as a person would say it, with the line that sets it: `85%`, `45% to 55%`, `82.3% on the way to 85%`."""
    same = (one.source for one in reversed(measure.targets) if one.value == target.value and one.source is not None)
    line = target.source or next(same, None) or measure.source
    number = threshold_printed(measure, target.value, (line,))
    for joint, end in ((" to ", target.up_to), (" on the way to ", target.aim)):
        if end is not None:
            number = replace(number, text=f"{number.text}{joint}{threshold_printed(measure, end, ()).text}")
    return number


def threshold_printed(measure: Measure, value: float, sources: Sources) -> Printed:
    """A bound that somebody set, as they would say it: `80%`, `82.5%`, with as many decimals as were given."""
    decimals = 0 if float(value).is_integer() else len(f"{value:.6g}".partition(".")[2])
    return Printed(value_text(replace(measure, decimals=decimals), value), value, sources)


def difference_text(measure: Measure, difference: float) -> str:
    """The size of a difference, without its sign: `2.0 percentage points`, `1 percentage point`, `1,204`, `£300`."""
    size = abs(difference)
    text = written(size, measure.decimals)
    match measure.unit:
        case Unit.PER_CENT:
            return f"{text} {plural('percentage point', text)}"
        case Unit.RANK:
            return f"{text} {plural('place', text)}"
        case _:
            return value_text(measure, size)


def difference_printed(measure: Measure, difference: float, sources: Sources = ()) -> Printed:
    """The size of a difference as it is printed; the value keeps its sign."""
    return Printed(difference_text(measure, difference), difference, sources)


def signed(measure: Measure, difference: float, sources: Sources = ()) -> Printed:
    """A difference with its sign and without its unit, for where the head says it: `+2.6`, `−120`, `no change`."""
    if is_nought(measure, difference):
        return Printed("no change", difference, sources)
    size = difference_text(measure, difference).partition(" percentage point")[0]
    return Printed(f"{'+' if difference > 0 else MINUS}{size}", difference, sources)


def is_nought(measure: Measure, difference: float) -> bool:
    """Whether a difference prints as nought."""
    return rounded(abs(difference), measure.decimals) == 0


def per_cent_text(value: float, decimals: int = 0) -> str:
    """The size of a change in per cent: `19%`; a change too small for its decimals is `under 1%`."""
    if value != 0 and rounded(abs(value), decimals) == 0:
        return f"under {written(10.0**-decimals, decimals)}%"
    return f"{written(abs(value), decimals)}%"


def ordinal_word(number: int) -> str:
    """An ordinal that stands alone in a sentence: first to ninth in words, then `10th`."""
    return _ORDINALS[number] if 0 < number < len(_ORDINALS) else ordinal(number)


def rank_printed(rank: RankFinding) -> Printed:
    """`35th of 41`, `joint 30th of 43`; without the number ranked, `35th`."""
    place = f"{'joint ' if rank.is_joint else ''}{ordinal(rank.rank)}"
    return Printed(f"{place} of {rank.of:,}" if rank.of else place, rank.rank, rank.sources)


def count_printed(value: float, sources: Sources = ()) -> Printed:
    """A plain count: `1,204`."""
    return Printed(written(value), value, sources)


def singular(nouns: str) -> str:
    """What one of them is called: `offences` is `offence`, `cases of burglary` is `case of burglary`."""
    match = _AFTER_THE_NOUN.match(nouns)
    head, joint, tail = match.groups() if match else (nouns, "", "")
    if head.endswith("ies"):
        head = f"{head[:-3]}y"
    elif head.endswith("s") and not head.endswith("ss"):
        head = head[:-1]
    return f"{head}{joint}{tail}"


def plural(noun: str, written_number: str) -> str:
    """The noun for a number as it is printed: `1 percentage point`, `1.0 percentage points`."""
    return noun if written_number == "1" else f"{noun}s"


def direction(measure: Measure, difference: float) -> str:
    """`more`, `fewer`, `higher`: which way a difference goes, in the measure's own words."""
    if measure.unit is Unit.RANK:
        return "worse" if difference > 0 else "better"
    if measure.unit in (Unit.COUNT, Unit.MONEY):
        return "more" if difference > 0 else ("fewer" if measure.unit is Unit.COUNT else "less")
    return "higher" if difference > 0 else "lower"


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
