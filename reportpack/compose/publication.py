"""What is to be published of a meeting, by its kind, and until when; and what is left out of what is published, with the reason a person chose."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from reportpack.compose.audience import HasAudience, claims_for
from reportpack.compose.passages import Printed, find_words, held_for
from reportpack.compose.passages import told as gap_of
from reportpack.model.document import ANNEX, PACK
from reportpack.model.edition import UNTITLED, Audience
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.passage import HeldBack
from reportpack.model.period import long_date
from reportpack.model.release import Disclosed, PublicationStep, PublishedPaper

_ORDER = "Specified Information Order 2011, Schedule, paragraph 5"
_AMENDED = "Specified Information (Amendment) Order 2021"
_ACCESS = "Accessibility Regulations 2018"
_RECORDING = 14  # days after which a recording of something live is in scope


def publication_steps(
    office: Office, meeting: Meeting, agenda_by: date, papers: Sequence[PublishedPaper], *, opened: bool
) -> tuple[PublicationStep, ...]:
    """The checklist of a meeting by its kind: what of it is published and when it was, or what is left to do."""
    out = {one.document: one.on for one in papers if one.meeting == meeting.id}
    pack, notes = out.get(PACK.stem), out.get(ANNEX.stem)
    series, rules = office.series_of(meeting.series), office.publication
    notes_by, found = meeting.day + timedelta(days=rules.notes_days), list[PublicationStep]()
    if series is not None and series.public:
        where = "" if meeting.venue and meeting.start_time else "The meeting has no place or no time yet."
        found += [
            PublicationStep("Date, time and place", f"{_ORDER}(a)", agenda_by, pack, where or "Publish its pack."),
            PublicationStep("Agenda and documents", f"{_ORDER}(b)", agenda_by, pack, "Publish its pack."),
            PublicationStep("Minutes", f"{_ORDER}(c)", notes_by, notes, "Publish its annex."),
        ]
        until = meeting.day + timedelta(days=_RECORDING)
        recording = "Captions and a transcript, where a recording stays up."
        found.append(PublicationStep("Recording of the meeting", _ACCESS, until, None, recording))
    else:
        decide = (
            "Publish its annex."
            if opened
            else "A person decides whether matters of significant public interest were discussed: annex open."
        )
        found.append(
            PublicationStep("Minutes, where the matters are of public interest", f"{_ORDER}(c)", notes_by, notes, decide)
        )
    found.append(
        PublicationStep(
            "Each decision of significant public interest", f"{_ORDER}(d)", notes_by, notes, "They stand in its annex."
        )
    )
    lacking = "Give its address in office.toml under [publication]."
    for name, address in elsewhere(office, every=True):
        found.append(PublicationStep(name, _AMENDED, None, None, "" if address else lacking))
    return tuple(found)


def elsewhere(office: Office, *, every: bool = False) -> tuple[tuple[str, str], ...]:
    """What the office publishes beside papers of meetings, and where; of those without an address only where `every` one is asked for."""
    rules = office.publication
    named = (
        ("Contribution to national priorities", rules.national),
        ("Inspectors' reports, and answers to their recommendations", rules.inspections),
        ("Complaints", rules.complaints),
    )
    return tuple(one for one in named if every or one[1])


def step_words(step: PublicationStep, today: date) -> str:
    """`to do by 11 June 2019: Minutes (...). Publish its annex.`"""
    if step.done is not None or not step.open:
        when = f" on {long_date(step.done)}" if step.done is not None else ""
        late = " (late)" if step.done is not None and step.until is not None and step.done > step.until else ""
        return f"done{when}{late}: {step.what} ({step.rule})."
    state = "to do" if step.until is None else f"{'late, was due' if step.until < today else 'to do by'} {long_date(step.until)}"
    return f"{state}: {step.what} ({step.rule}). {step.open}"


def warnings(office: Office, disclosed: Sequence[Disclosed]) -> Iterator[str]:
    """What a person should settle about publishing at all."""
    if not office.publication.law:
        yield "Nobody has said that these days were checked against the law: see that they are, then write who did and when as law under [publication]."
    for paper in dict.fromkeys(one.paper for one in disclosed if not one.reason):
        whats = "; ".join(one.what for one in disclosed if one.paper == paper and not one.reason)
        yield f"{paper} leaves out, without a reason: {whats}. Choose one for each: withheld at it or its topic, --reason for a passage."
    for reason in dict.fromkeys(one.reason for one in disclosed if one.reason and not one.exemption):
        yield f'No exemption is chosen for "{reason}": write it as exemption at that [[withholding]].'


def compose_disclosures(
    settings: Settings, meetings: Mapping[str, Meeting], papers: Sequence[PublishedPaper], texts: Sequence[Printed],
    held: Mapping[str, Sequence[HeldBack]], of_register: Sequence[tuple[str, str]] = (),
) -> tuple[Disclosed, ...]:  # fmt: skip
    """For each published paper, of which the `texts` are the words, what it leaves out and why: lines of the agenda, papers and measures of
    a pack, passages whose gap is there; and what is left out `of_register`. The reason is the one that a person gave, and empty where nobody did."""
    office = settings.office
    exempt = {one.reason: one.exemption for one in office.withholdings}
    found = dict[tuple[str, str, str], None]()
    for paper, text in zip(papers, texts, strict=True):
        meeting = meetings[paper.meeting]
        passages = (one for one in held_for(Audience.PUBLIC, held[meeting.id]) if find_words(gap_of(one, office), [text.text]))
        whats = (("A passage, said otherwise" if one.instead else "A passage", one.reason) for one in passages)
        found |= {(paper.title, what, office.reason(reason)): None for what, reason in whats}
        claims, theme = claims_for(office, meeting, settings.measures), office.within(meeting.theme)
        items = ((f"Item {one.number}: {one.public_title or UNTITLED}", one) for one in meeting.agenda)
        gone = list[tuple[str, HasAudience | None]]()
        if paper.document == ANNEX.stem:  # whose items are read no more widely than their topics
            gone += [(what, of) for what, one in items for of in (one, office.topic(one.topic))]
        elif paper.document == PACK.stem:
            gone += [*items, *((f"A paper for item {one.item}", one) for one in meeting.papers)]
            gone += [("Some measures", one) for one in settings.measures if not theme or one.topic in theme]
        rulings = ((what, claims.rule(Audience.PUBLIC, one)) for what, one in gone if one is not None)
        found |= {(paper.title, what, ruling.reason): None for what, ruling in rulings if not ruling.shown}
    found |= {("Register", *one): None for one in of_register}
    return tuple(Disclosed(*one, exempt.get(one[2], "")) for one in found)
