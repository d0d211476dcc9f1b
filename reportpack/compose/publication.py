"""What is to be published of a meeting, by its kind, and until when; and what is left out of what is published, with the reason a person chose."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from reportpack.compose.passages import held_for
from reportpack.model.document import ANNEX, PACK
from reportpack.model.edition import UNTITLED, Audience, may_read
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
    for reason in dict.fromkeys(one.reason for one in disclosed if not one.exemption):
        yield f'No exemption is chosen for "{reason}": write it as exemption at that [[withholding]].'


def compose_disclosures(
    office: Office, meetings: Mapping[str, Meeting], papers: Sequence[PublishedPaper], held: Mapping[str, Sequence[HeldBack]],
    of_register: Sequence[tuple[str, str]] = (),
) -> tuple[Disclosed, ...]:  # fmt: skip
    """For each published paper the lines of the agenda that are not the public's and say why, and each passage of notes that is held back;
    and what is left out `of_register`, with the reason."""
    exempt = {one.reason: one.exemption for one in office.withholdings}
    found = list[tuple[str, str, str]]()
    for paper in papers:
        lines = meetings[paper.meeting].agenda if paper.document in (PACK.stem, ANNEX.stem) else ()
        gone = (one for one in lines if one.withheld and not may_read(Audience.PUBLIC, one.audience))
        found += [
            (paper.title, f"Item {one.number}: {one.public_title or UNTITLED}", office.reason(one.withheld)) for one in gone
        ]
        passages = held_for(Audience.PUBLIC, held[paper.meeting]) if paper.document == ANNEX.stem else ()
        whats = (("A passage, said otherwise" if one.instead else "A passage", one.reason) for one in passages if one.reason)
        found += [(paper.title, what, office.reason(reason)) for what, reason in whats]
    found += [("Register", *one) for one in of_register]
    return tuple(Disclosed(*one, exempt.get(one[2], "")) for one in found)
