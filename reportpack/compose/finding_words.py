"""Findings in plain British English: the headline of a topic.

Every number in it is a Printed with its cells; a change is claimed only with a signal behind it.
"""

from dataclasses import replace

from reportpack.compose.area_words import area_name, quartile_words
from reportpack.compose.comparison_words import gap_words, track_words
from reportpack.compose.figures import FEW, TOO_FEW, rests_on_few
from reportpack.compose.numbers import count_printed, counted, rank_printed
from reportpack.compose.signal_words import met_words, news_words, variation_words
from reportpack.model.finding import Assurance, MeasureFinding, Standing
from reportpack.model.measure import Better
from reportpack.model.observation import Unit
from reportpack.model.office import Office
from reportpack.model.words import Sentence

SAID_FIRST = ("small-base", "doubted", "unit-doubtful", "fell-to-nought")
"""Reasons why nothing is said that a reader needs beside the figure itself."""
LEAST_MET = 6
"""Fewer figures with a target are too few to count how often it was met."""


def headline(finding: MeasureFinding, office: Office) -> Sentence:
    """What the figures say, under the measure's name."""
    return Sentence.of(f"{finding.measure.short_title or finding.measure.title}: ", told(finding, office))


def told(finding: MeasureFinding, office: Office) -> Sentence:
    """One sentence: the latest figure, what it says, and whether the target is in reach; then what stands out."""
    measure, latest = finding.measure, finding.force.latest
    if latest is None or latest.value is None:
        return Sentence.of(f"no figure for {office.force} could be read.")
    if measure.unit is Unit.RANK and finding.rank is not None:
        rank = finding.rank
        return Sentence.of(rank_printed(rank), f" in {rank.period.label}.")
    if rests_on_few(latest, measure, TOO_FEW):
        return Sentence.of(f"fewer than {TOO_FEW} cases in {latest.period.label}, too few for a percentage.")
    value = counted(measure, latest.value, latest.cells)
    if rests_on_few(latest, measure, FEW) and latest.numerator is not None and latest.denominator is not None:
        counts = (count_printed(count, latest.cells) for count in (latest.numerator, latest.denominator))
        value = Sentence.of(value, " (", next(counts), " of ", next(counts), ")")
    return Sentence.of(value, f" in {latest.period.label}", _verdict(finding), _target(finding), _outliers(finding, office), ".")


def said_of(finding: MeasureFinding, office: Office) -> Sentence:
    """What is said of the figures, beside which the numbers themselves stand: the verdict, and what stands out."""
    latest, xmr, rank = finding.force.latest, finding.xmr, finding.rank
    if latest is None or latest.value is None or rests_on_few(latest, finding.measure, TOO_FEW):
        return told(finding, office)
    if finding.measure.unit is Unit.RANK and rank is not None:
        return Sentence.of(quartile_words(rank) or "in the middle of those ranked", ".")
    keeps = "; will keep missing its target" if xmr is not None and xmr.assurance is Assurance.FAIL else ""
    verdict = variation_words(xmr, finding.measure) if xmr is not None and xmr.points else Sentence.of("Not judged")
    news = news_words(finding)
    return Sentence.of(verdict, " (" if news else "", news, ")" if news else "", keeps, _outliers(finding, office), ".")


def capital(sentence: Sentence) -> Sentence:
    """The sentence with a capital where it begins with a letter: `Joint 30th of 43` too."""
    first, *rest = sentence.spans or ("",)
    text = first if isinstance(first, str) else first.text
    text = text[:1].upper() + text[1:]
    return Sentence.of(text if isinstance(first, str) else replace(first, text=text), *rest)


def _verdict(finding: MeasureFinding) -> Sentence:
    xmr = finding.xmr
    if xmr is None or (xmr.variation is None and xmr.reason not in SAID_FIRST):
        return Sentence.of()
    news = news_words(finding)
    return Sentence.of(", ", variation_words(xmr, finding.measure).lowered, " (" if news else "", news, ")" if news else "")


def _target(finding: MeasureFinding) -> Sentence:
    """The latest figure beside the target, and how often the target was met: never a promise from a line that is not settled."""
    xmr, track = finding.xmr, Sentence.of("; " if finding.track else "", track_words(finding))
    if finding.target is None:
        return track
    words = Sentence.of(track, "; ", gap_words(finding))
    if xmr is not None and xmr.targeted >= LEAST_MET:
        words = Sentence.of(words, ", met ", met_words(xmr))
    if xmr is not None and xmr.assurance is Assurance.FAIL:
        words = Sentence.of(words, "; it will keep missing it unless the process changes")
    return words


def _outliers(finding: MeasureFinding, office: Office) -> Sentence:
    """Areas that stand out on the worse side; on either where neither is better."""
    better = finding.measure.better
    sides = {Standing.OUTLIER_LOW: "lower", Standing.OUTLIER_HIGH: "higher"}
    if better is not Better.NEITHER:
        del sides[Standing.OUTLIER_HIGH if better is Better.HIGHER else Standing.OUTLIER_LOW]
    shown = [area for area in finding.areas if area.stands_out]
    words = ""
    for standing, side in sides.items():
        names = [area_name(area.area, office) for area in shown if area.standing is standing]
        if names:
            is_one = "is an outlier" if len(names) == 1 else "are outliers"
            words += f"; {' and '.join(names)} {is_one}, {side} than the rest of the force"
    return Sentence.of(words)
