"""How every number is printed: one place for rounding, units, ranks and counts in words.

Rounding is only for print; every difference is taken before it. Each printed number carries the cells that it rests on.
"""

from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.chart import NumberFormat, ordinal
from reportpack.model.finding import RankFinding
from reportpack.model.measure import Measure, Target
from reportpack.model.observation import Unit
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
