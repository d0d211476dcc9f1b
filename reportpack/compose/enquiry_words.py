"""Lines of enquiry in words: the questions of spc.md section 4.4, each with the figure that prompts it.

A question that a person wrote replaces a suggested one: that is for compose to decide, here they are only worded.
"""

from datetime import date

from reportpack import patterns as re
from reportpack.compose.area_words import area_name, rank_words
from reportpack.compose.numbers import count_printed, printed, rank_printed, target_printed
from reportpack.compose.signal_words import variation_words
from reportpack.model.finding import Enquiry, EnquiryKind, MeasureFinding, Standing
from reportpack.model.observation import Unit
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.words import Printed, Sentence

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
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


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


def meeting_label(meeting: str) -> str:
    """`2019-05-28-assurance` as `28 May 2019`, `2018-11` as `November 2018`; anything else as it stands."""
    match = _DAY.match(meeting)
    if match is None:
        return meeting
    year, month, day = match.groups()
    try:
        when = date(int(year), int(month), int(day or 1))
    except ValueError:
        return meeting
    return long_date(when) if day else f"{when:%B %Y}"


def _slot(name: str, enquiry: Enquiry, finding: MeasureFinding, office: Office) -> str | Printed | Sentence:
    day = _DAY.match(enquiry.meeting)
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
