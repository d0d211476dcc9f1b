"""The commissioning note, taken from the pack for the same readers: what is not in that pack cannot be in it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from reportpack.compose.appendix import list_abbreviations, reading_lines
from reportpack.compose.claims import claims_for
from reportpack.compose.head import head_of
from reportpack.compose.occasions import small_number
from reportpack.compose.people import join_words
from reportpack.model.agenda_view import AgendaView
from reportpack.model.commission import AskedLine, CommissioningNote, WantedFigures, WantedPaper
from reportpack.model.edition import Audience
from reportpack.model.inputs import ReadingNote
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.office import Office
from reportpack.model.pack import ActionLine, MatterEntry, Pack
from reportpack.model.period import Period, long_date
from reportpack.model.words import Sentence

_SECTIONS = ("Outstanding matters", "Open actions")


def compose_commission(
    pack: Pack,
    view: AgendaView,
    office: Office,
    figures: Iterable[tuple[Measure, Period]],
    papers_days: int,
    readings: Iterable[ReadingNote] = (),
    measures: Iterable[Measure] = (),
) -> CommissioningNote:
    """The note for the pack's readers; `figures` are the measures whose month is expected before the meeting."""
    may_read = {one.id for one in measures if claims_for(office).rule(pack.edition, one).shown}
    meeting = view.meeting
    by = meeting.day - timedelta(days=papers_days)
    asked = tuple(_asked(pack))
    matters = tuple(_bare(one, f"commission-{number}") for number, one in enumerate(pack.matters, start=1))
    actions = tuple(_wanted_actions(pack))
    papers = tuple(_papers(meeting, pack.edition, office, by))
    wanted = tuple(_figures(figures, pack.edition, office, by))
    return CommissioningNote(
        **head_of(
            office,
            pack.edition,
            pack.on,
            long_date(pack.on),
            f"What is asked for: {meeting.title}, {long_date(meeting.day)}",
            f"What is asked for: {meeting.title}, {long_date(meeting.day)}",
            f"What the office asks for before the meeting of {long_date(meeting.day)}",
        ),
        meeting=pack.meeting,
        office=office.name,
        heading=meeting.title,
        day=meeting.day,
        time=pack.cover.time,
        venue=pack.cover.venue,
        chair=pack.cover.chair,
        contact=pack.cover.contact,
        updates_by=long_date(by),
        asked=asked,
        matters=matters,
        actions=actions,
        papers=papers,
        figures=wanted,
        withheld=tuple(one for one in pack.appendix.withheld if one.section in _SECTIONS),
        summary=_summary(len(asked), len(matters), len(actions), len(papers), by),
        readings=reading_lines(one for one in readings if one.measures and may_read.issuperset(one.measures)),
        abbreviations=list_abbreviations(office),
    )


def _asked(pack: Pack) -> Iterator[AskedLine]:
    """What this edition says will be asked: for the force, the lines that a person has released."""
    for page in (*pack.topics, *pack.items):
        for words in page.asked:
            yield AskedLine(page.number, page.title, words)


def _bare(entry: MatterEntry, anchor: str) -> MatterEntry:
    """The matter without the figures and links that only the pack has pages for."""
    return replace(
        entry, id=anchor, taken_at=None, since=(), since_note=Sentence.of(), actions=(), commitments=(), evidence="", outcome=""
    )


def _wanted_actions(pack: Pack) -> Iterator[ActionLine]:
    """Every open action, overdue first, then what is due here, then the rest: an update on each is wanted."""
    lines = [line for group in pack.actions.groups for line in group.lines]
    for number, line in enumerate(sorted(lines, key=lambda one: (not one.overdue, not one.due_here)), start=1):
        yield replace(line, id=f"wanted-{number}", topic=None, since=())


def _papers(meeting: Meeting, edition: Audience, office: Office, by: date) -> Iterator[WantedPaper]:
    for paper in meeting.papers:
        if paper.status is PaperStatus.AWAITED and claims_for(office, meeting).rule(edition, paper).shown:
            post = office.post(paper.author)
            yield WantedPaper(paper.item, paper.title, post.title if post else paper.author, long_date(paper.wanted_by or by))


def _figures(figures: Iterable[tuple[Measure, Period]], edition: Audience, office: Office, by: date) -> Iterator[WantedFigures]:
    for measure, month in figures:
        if claims_for(office).rule(edition, measure).shown:
            day = month.end + timedelta(days=measure.expected_days or 0)
            yield WantedFigures(measure.title, measure.supplier, month.label, long_date(min(day, by)))


def _summary(asked: int, matters: int, actions: int, papers: int, by: date) -> Sentence:
    counts = (
        (asked, "line of enquiry", "lines of enquiry"),
        (matters, "matter brought forward", "matters brought forward"),
        (papers, "paper", "papers"),
        (actions, "update on an action", "updates on actions"),
    )
    parts = [f"{small_number(number)} {one if number == 1 else several}" for number, one, several in counts if number]
    listed = join_words(parts)
    if not parts:
        return Sentence.of(f"Nothing is asked for beyond what comes regularly. Updates are wanted by {long_date(by)}.")
    return Sentence.of(f"{listed[:1].upper()}{listed[1:]}. Papers and updates are wanted by {long_date(by)}.")
