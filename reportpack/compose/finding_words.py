"""Findings in plain British English: the headline of a topic, and the lines of enquiry, each with the figure that prompts it.

Every number in it is a Printed with its cells; a change is claimed only with a signal behind it."""

from reportpack import patterns as re
from reportpack.compose.area_words import area_name, quartile_words, rank_words
from reportpack.compose.comparison_words import gap_words, track_words
from reportpack.compose.numbers import FEW, TOO_FEW, count_printed, counted, printed, rank_printed, rests_on_few, target_printed
from reportpack.compose.setting import DAY, capital, meeting_label
from reportpack.compose.signal_words import met_words, news_words, variation_words
from reportpack.model.finding import Assurance, Enquiry, EnquiryKind, MeasureFinding, Pressing, Standing
from reportpack.model.measure import Better
from reportpack.model.observation import Unit
from reportpack.model.office import Office
from reportpack.model.words import Printed, Sentence

SAID_FIRST = ("small-base", "doubted", "unit-doubtful", "fell-to-nought")
"""Reasons why nothing is said that a reader needs beside the figure itself."""
LEAST_MET = 6  # Fewer figures with a target are too few to count how often it was met.


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
    said = ((", ", _verdict(finding)), ("; ", _target(finding)), ("; ", outlier_words(finding, office)))
    return Sentence.of(value, f" in {latest.period.label}", *[part for one in said if one[1] for part in one], ".")


_OF_TARGET = (Pressing.OUT_OF_REACH, Pressing.CHANCE, Pressing.OFF_TARGET)


def in_parts(finding: MeasureFinding, office: Office) -> tuple[Sentence, Sentence, Sentence]:
    """The same for a cover: the latest figure alone, what is pressing about it, and what else is."""
    measure, latest, rank = finding.measure, finding.force.latest, finding.rank
    name = measure.short_title or measure.title
    if latest is None or latest.value is None or rests_on_few(latest, measure, TOO_FEW):
        return Sentence.of("–"), headline(finding, office), Sentence.of()
    if measure.unit is Unit.RANK and rank is not None:
        quartile = quartile_words(rank) or "in the middle of those ranked"
        return Sentence.of(rank_printed(rank)), Sentence.of(f"{name}: {quartile}."), Sentence.of(f"{rank.period.label}.")
    said = (_verdict(finding), _target(finding), outlier_words(finding, office))
    first = said[2] if finding.pressing is Pressing.OUTLIER else said[1] if finding.pressing in _OF_TARGET else said[0]
    first = first or next(filter(None, said), Sentence.of("not judged"))
    rest = next((one for one in said if one and one != first), Sentence.of())
    figure = Sentence.of(printed(measure, latest.value, latest.cells))
    more = Sentence.of(f"{latest.period.label}.", " " if rest else "", capital(rest), "." if rest else "")
    return figure, Sentence.of(f"{name}{', ' if first == said[0] else ': '}", first, "."), more


def said_of(finding: MeasureFinding, outliers: Sentence, office: Office) -> Sentence:
    """What is said of the figures, beside which the numbers themselves stand: the verdict, and what stands out, where there is room for that."""
    latest, xmr, rank = finding.force.latest, finding.xmr, finding.rank
    if latest is None or latest.value is None or rests_on_few(latest, finding.measure, TOO_FEW):
        return told(finding, office)
    if finding.measure.unit is Unit.RANK and rank is not None:
        return Sentence.of(quartile_words(rank) or "in the middle of those ranked", ".")
    keeps = "; will keep missing its target" if xmr is not None and xmr.assurance is Assurance.FAIL else ""
    verdict = variation_words(xmr, finding.measure) if xmr is not None and xmr.points else Sentence.of("Not judged")
    news = news_words(finding)
    said = (verdict, " (" if news else "", news, ")" if news else "", keeps, "; " if outliers else "", outliers, ".")
    return Sentence.of(*said)


def _verdict(finding: MeasureFinding) -> Sentence:
    xmr = finding.xmr
    if xmr is None or (xmr.variation is None and xmr.reason not in SAID_FIRST):
        return Sentence.of()
    news = news_words(finding)
    return Sentence.of(variation_words(xmr, finding.measure).lowered, " (" if news else "", news, ")" if news else "")


def _target(finding: MeasureFinding) -> Sentence:
    """The latest figure beside the target, and how often the target was met: never a promise from a line that is not settled."""
    xmr, track = finding.xmr, track_words(finding)
    if finding.target is None:
        return track
    words = Sentence.of(track, "; " if track else "", gap_words(finding))
    if xmr is not None and xmr.targeted >= LEAST_MET:
        words = Sentence.of(words, ", met ", met_words(xmr))
    if xmr is not None and xmr.assurance is Assurance.FAIL:
        words = Sentence.of(words, "; it will keep missing it unless the process changes")
    return words


def outlier_words(finding: MeasureFinding, office: Office) -> Sentence:
    """Which areas stand out from the rest of the force."""
    better = finding.measure.better
    sides = {Standing.OUTLIER_LOW: "lower", Standing.OUTLIER_HIGH: "higher"}
    if better is not Better.NEITHER:
        del sides[Standing.OUTLIER_HIGH if better is Better.HIGHER else Standing.OUTLIER_LOW]
    shown = [area for area in finding.areas if area.stands_out]
    words: list[str] = []
    for standing, side in sides.items():
        names = [area_name(area.area, office) for area in shown if area.standing is standing]
        if names:
            is_one = "is an outlier" if len(names) == 1 else "are outliers"
            words.append(f"{' and '.join(names)} {is_one}, {side} than the rest of the force")
    return Sentence.of("; ".join(words))


QUESTIONS = {
    EnquiryKind.SIGNAL: "What changed around {month}, and is the cause understood?",
    EnquiryKind.MORE_OR_RECORDED: "Is this more offending, more reporting, or a change in recording (crime data integrity)?",
    EnquiryKind.CANNOT_REACH: "The process as it runs cannot reach {target}: what will be different in 12 months?",
    EnquiryKind.BY_CHANCE: "Some months will miss {target} by chance alone: is that good enough, and if not, what is to change?",
    EnquiryKind.PLATEAU: "“{words}” (from {meeting}) shows no signal in {months} months: why has performance plateaued?",
    EnquiryKind.OUTLIER: "Why is {area} {side} than the rest of the force, at {value} against {rest}, and does it get the same service?",
    EnquiryKind.PEERS: "At {rank}, where does the force want to be, and by when?",
    EnquiryKind.SMALL: "With {cases} in {month}, these should be individually understood: what did reviewing them show?",
    EnquiryKind.MISSING: "Why is the figure for {month} not in, and when will it be?",
    EnquiryKind.MEANWHILE: "What does day-to-day management already show of {month}?",
    EnquiryKind.COMMITMENT: "{said}: “{words}”. The figures for {month} show {value}: what stood in the way?",
    EnquiryKind.AREAS: "Which {areas} account for this, and what do the others do differently?",
    EnquiryKind.REACH: "What would it take to get from {value} to {target}, and by when?",
    EnquiryKind.LASTING: "What brought the improvement about, and how will it be kept?",
    EnquiryKind.EXPECT: "What does the force expect of the next three months, and what would show that it is on course?",
}
_SLOT = re.compile(r"\{(\w+)\}")


def enquiry_words(enquiry: Enquiry, finding: MeasureFinding, office: Office) -> Sentence:
    """The question, ending in a question mark, its numbers with their cells."""
    parts = _SLOT.split(QUESTIONS[enquiry.kind])
    spans = [part if index % 2 == 0 else _slot(part, enquiry, finding, office) for index, part in enumerate(parts)]
    return Sentence.of(*spans)


def evidence_words(enquiry: Enquiry, finding: MeasureFinding, office: Office) -> Sentence:
    """What prompts the question, in a few words: the verdict, the rank, the figure."""
    match enquiry.kind:
        case EnquiryKind.PEERS:
            return rank_words(finding.rank, finding.measure)
        case EnquiryKind.SIGNAL | EnquiryKind.MORE_OR_RECORDED | EnquiryKind.LASTING | EnquiryKind.PLATEAU:
            return variation_words(finding.xmr, finding.measure)
        case _ if enquiry.value is not None and enquiry.period is not None:
            area = f"{area_name(enquiry.area, office)}, " if enquiry.area else ""
            value = _cases(enquiry) if enquiry.kind is EnquiryKind.SMALL else _value(enquiry, finding, office)
            return Sentence.of(f"{area}{enquiry.period.label}: ", value)
        case _:
            return Sentence.of()


def _slot(name: str, enquiry: Enquiry, finding: MeasureFinding, office: Office) -> str | Printed | Sentence:
    day = DAY.match(enquiry.meeting)
    words = {
        "month": enquiry.period.label if enquiry.period else "the latest month",
        "months": str(enquiry.months),
        "said": f"{'On' if day[3] else 'In'} {meeting_label(enquiry.meeting)} it was said" if day else "It was said",
        "meeting": meeting_label(enquiry.meeting),
        "words": enquiry.words.strip().rstrip("."),
        "areas": office.area_noun_plural,
    }
    if name in words:
        return words[name]
    match name:
        case "target":
            if finding.target is None:
                return "the target"
            within = enquiry.kind is EnquiryKind.REACH and finding.target.up_to is not None
            return Sentence.of("within " if within else "", target_printed(finding.measure, finding.target))
        case "value":
            return _value(enquiry, finding, office)
        case "cases":
            return _cases(enquiry)
        case _:
            area = finding.area(enquiry.area)
            if name == "rank" and finding.rank is not None:
                return rank_printed(finding.rank)
            if name == "rest" and area is not None and area.rest is not None:
                rest = printed(finding.measure, area.rest, enquiry.sources)
                return Sentence.of(rest, " at the others' rate" if finding.measure.unit is Unit.COUNT else "")
            if name == "side" and area is not None:
                return "higher" if area.standing in (Standing.OUTLIER_HIGH, Standing.WATCH_HIGH) else "lower"
            return area_name(enquiry.area, office) if name == "area" else ""


def _value(enquiry: Enquiry, finding: MeasureFinding, office: Office) -> Printed | Sentence | str:
    if enquiry.value is None:
        return "none"
    if enquiry.of is not None:
        count = Printed(f"{enquiry.value:.0f} of {enquiry.of}", enquiry.value, enquiry.sources)
        return Sentence.of(count, f" {office.area_noun_plural}" if enquiry.kind is EnquiryKind.COMMITMENT else "")
    return printed(finding.measure, enquiry.value, enquiry.sources)


def _cases(enquiry: Enquiry) -> Sentence:
    number = count_printed(enquiry.value or 0, enquiry.sources)
    return Sentence.of(number, " case" if number.text == "1" else " cases")
