"""The text that stands for each chart: the same facts as the picture, from the same numbers."""

from reportpack.compose.area_words import HIDDEN, TOO_FEW, area_name, area_value_words, peer_words
from reportpack.compose.numbers import printed
from reportpack.compose.signal_words import assurance_words, latest_point, range_words, variation_words
from reportpack.model.finding import MeasureFinding, PeerFinding, Xmr
from reportpack.model.measure import Measure
from reportpack.model.office import Office
from reportpack.model.words import Sentence


def xmr_alt(xmr: Xmr | None, measure: Measure, area: str) -> Sentence:
    """`Title, area, monthly, first to last. Latest value; average, expected range. Variation. Target: assurance.`"""
    last = latest_point(xmr)
    if xmr is None or last is None or last.value is None:
        return Sentence.of(f"{measure.title}, {area}: no figures.")
    first = xmr.points[0].period
    monthly = ", monthly" if first.months == 1 else ""
    words = Sentence.of(f"{measure.title}, {area}{monthly}, {first.label} to {xmr.points[-1].period.label}. ")
    latest = printed(measure, last.value, last.observation.cells)
    words = Sentence.of(words, f"{last.period.label}: ", latest)
    lines = range_words(xmr, measure)
    words = Sentence.of(words, "; " if lines.spans else "", lines, ". ", variation_words(xmr, measure), ".")
    if xmr.gaps:
        words = Sentence.of(words, f" No figure for {', '.join(gap.label for gap in xmr.gaps)}.")
    for rebase in xmr.rebases:
        words = Sentence.of(words, f" New baseline from {rebase.day:%B %Y}.")
    if xmr.target is None:
        return words
    return Sentence.of(words, " ", assurance_words(xmr, measure), ".")


def small_multiples_alt(finding: MeasureFinding, office: Office) -> Sentence:
    """Each area's latest figure and verdict, in the order of the panels."""
    measure = finding.measure
    words = Sentence.of(f"{measure.title} by {office.area_noun}, on one scale.")
    for area in finding.areas:
        value = area_value_words(area, finding)
        name = area_name(area.area, office)
        words = Sentence.of(words, f" {name}: ", value)
        if value.text not in (HIDDEN, TOO_FEW) and area.xmr is not None and area.xmr.variation is not None:
            words = Sentence.of(words, ", ", variation_words(area.xmr, measure).lowered)
        words = Sentence.of(words, ".")
    return words


def sparkline_alt(finding: MeasureFinding) -> Sentence:
    """`Victim satisfaction, April 2016 to March 2019: latest 79.1%, no significant change.`"""
    xmr, measure = finding.xmr, finding.measure
    last = latest_point(xmr)
    if xmr is None or last is None or last.value is None:
        return Sentence.of(f"{measure.title}: no figures.")
    latest = printed(measure, last.value, last.observation.cells)
    span = f"{xmr.points[0].period.label} to {xmr.points[-1].period.label}"
    return Sentence.of(f"{measure.title}, {span}: latest ", latest, ", ", variation_words(xmr, measure).lowered, ".")


def peers_alt(peers: PeerFinding | None, measure: Measure, office: Office) -> Sentence:
    """Best and worst, the force's place and the average of the others."""
    if peers is None or not peers.entries:
        return Sentence.of(f"{measure.title}: no figures of other forces.")
    best, worst = peers.entries[0], peers.entries[-1]
    period = f", {peers.period.label}" if peers.period else ""
    words = Sentence.of(f"{measure.title}{period}, {len(peers.entries)} forces, {'best' if peers.rank else 'highest'} first. ")
    for label, entry in (("First", best), ("last", worst)):
        if entry.value is not None:
            value = printed(measure, entry.value, entry.cells)
            words = Sentence.of(
                words, f"{label} is {area_name(entry.area, office)} with ", value, ", " if label == "First" else ". "
            )
    return Sentence.of(words, peer_words(peers, measure, office))
