"""The agenda with its papers, the list and the sheets of papers in a full pack, and what comes back after this meeting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from reportpack.compose.setting import Setting, anchor, head_of, join_words, occasion_words
from reportpack.model.agenda_view import ForwardEntry, ItemView
from reportpack.model.correction import Correction, CorrectionKind
from reportpack.model.edition import Part, may_read, shows
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.office import Office
from reportpack.model.pack import AgendaLine, ForwardGroup, ForwardLine, Pack, PaperCorrection, PaperLine, Supplement
from reportpack.model.paper import PaperCut, PaperHealth, PaperSheet, PaperSheets
from reportpack.model.period import long_date
from reportpack.model.words import Sentence

WAS_WANTED = ": was wanted"
_AGENDA = "agenda"


def compose_agenda(setting: Setting) -> tuple[AgendaLine, ...]:
    """A line for each item, those withheld with their number, public title and reason."""
    lines = []
    for view in setting.view.items:
        item, ruling = view.item, setting.rule(view.item)
        lead = setting.people.short([item.lead]) if item.lead else ""
        target = item_target(view, setting)
        papers = compose_papers(view.papers, setting, target or _AGENDA)
        told = "" if ruling.shown else ruling.told
        lines.append(AgendaLine(item.number, item.title, item.depth, lead, target, papers, told))
    return tuple(lines)


def item_target(view: ItemView, setting: Setting) -> str:
    """The page that treats the item: its topic's, or its own where people wrote on the item itself."""
    shown = [topic for topic in view.topics if setting.view.topic(topic) is not None]
    if shown:
        return anchor("topic", shown[0])
    return anchor("item", view.item.number) if has_words(view) else ""


def has_words(view: ItemView) -> bool:
    """Whether an agenda line without a topic has anything to show on a page of its own."""
    return not view.topics and bool(view.statements or view.questions)


def compose_papers(papers: Iterable[Paper], setting: Setting, target: str = _AGENDA) -> tuple[PaperLine, ...]:
    """Papers in the order of the settings; the letter of each leads to `target`, and in the full pack to the paper itself."""
    lines = []
    for one in papers:
        late = one.status is PaperStatus.AWAITED and one.wanted_by is not None and one.wanted_by < setting.on
        author, received = setting.people.short([one.author]) if one.author else "", one.status is PaperStatus.RECEIVED
        readable = [each for each in one.corrections if may_read(setting.edition, each.proposed.audience)]
        corrections = tuple(_correction(each, setting) for each in readable if each.settled is None or each.accepted)
        status, known = Sentence.of(_status(one, late)), (one.letter, target if one.letter else "", one.mark)
        lines.append(PaperLine(one.title, author, status, received, late, one.item, corrections, *known))
    return tuple(lines)


def _correction(one: Correction, setting: Setting) -> PaperCorrection:
    found = one.proposed.found
    before, after = one.reading
    who = f" by {found.author}" if found.author and shows(setting.edition, Part.CHANGES) else ""
    note = f"Proposed{who}, {'and accepted' if one.accepted else 'neither accepted nor refused yet'}"
    comment = found.comment if found.kind is CorrectionKind.COMMENT and not after else ""
    return PaperCorrection(one.number, found.place.heading or found.place.section, before, after, comment, Sentence.of(note))


def _status(paper: Paper, late: bool) -> str:
    if paper.status is PaperStatus.DEFERRED:
        return f"Deferred to {long_date(paper.deferred_to)}" if paper.deferred_to is not None else "Deferred"
    if paper.status is not PaperStatus.AWAITED:
        return "To be tabled" if paper.status is PaperStatus.TABLED else "Received"
    if paper.wanted_by is None:
        return "Awaited"
    return f"Awaited{WAS_WANTED if late else ''} by {long_date(paper.wanted_by)}"


def compose_forward(setting: Setting) -> tuple[ForwardGroup, ...]:
    """A group for each later occasion that anything comes back at."""
    groups = []
    for entry in setting.view.forward:
        meeting, words = entry.occasion.meeting, occasion_words(entry.occasion)
        if entry.matters or entry.actions or entry.commitments or meeting is not None:
            when = f"{words}, {meeting.title}" if meeting is not None else words or "No date stated"
            groups.append(ForwardGroup(when, meeting is not None, tuple(_lines(entry, setting))))
    return tuple(groups)


def _lines(entry: ForwardEntry, setting: Setting) -> Iterator[ForwardLine]:
    for one in entry.matters:
        matter = one.matter
        note = _note(matter.condition, setting.readiness(matter.awaits, one.measures))
        yield ForwardLine("Matter", matter.ref, matter.title, note)
    for view in entry.actions:
        action = view.action
        note = _note(action.condition, setting.readiness(action.awaits, view.measures), action.due)
        yield ForwardLine("Action", action.ref, action.title or action.words, note, anchor("action", action.ref))
    for commitment in entry.commitments:
        yield ForwardLine("Commitment", commitment.ref, commitment.words, Sentence.of())


def _note(condition: str, readiness: Sentence, due: date | None = None) -> Sentence:
    parts = [f"Due {long_date(due)}" if due else "", f"Condition: {condition}" if condition else "", readiness.text]
    return Sentence.of("; ".join(filter(None, parts)))


_FOR_READERS = {
    "paper-not-tagged": "It has no tags: a screen reader reads its words in the order in which they were drawn.",
    "paper-scanned": "Some of its pages are pictures without words: ask for it in another form if you need it read out.",
    "paper-signed": "The file is signed. This copy of it bears no signature.",
    "paper-form": "It is a form. Its fields stand as they were filled in.",
}
"""What is said of a file's health to those who read the pack; what is hidden in it is the office's."""


def paper_lines(pack: Pack) -> tuple[PaperLine, ...]:
    """The papers that this edition names, each once, in the order of the agenda; of a supplement those that it brings."""
    late = pack.late if isinstance(pack, Supplement) else None
    every = (*(one for line in pack.agenda for one in line.papers), *pack.unplaced_papers)
    return tuple({one.letter: one for one in every if one.letter and (late is None or one.letter in late)}.values())


def compose_paper_sheets(
    pack: Pack,
    meeting: Meeting,
    office: Office,
    sheets: Mapping[str, PaperHealth],
    refused: Mapping[str, str],
    cuts: Sequence[Sequence[PaperCut]] = (),
    number: int = 0,
) -> PaperSheets:
    """`sheets` are the health sheets, as they are bound, of the papers that stand in this edition, by letter; `refused` why others don't. Of a
    pack in parts, which hold the `cuts`, those of the part of that number."""
    lines, day = paper_lines(pack), long_date(meeting.day)
    heading = f"{meeting.title}, {day}"
    part = f"Part {number} of {len(cuts)}" if cuts else ""
    whole = pack.version if isinstance(pack, Supplement) else ""
    title = f"{whole or 'Briefing pack and papers'}{f', {part.lower()}' if part else ''}: {heading}"
    titles = (title, f"Papers, {heading}", f"The papers of the meeting of {day}")
    here = {one.letter: one for one in cuts[number - 1]} if cuts else {one: PaperCut(one) for one in sheets}
    return PaperSheets(
        **head_of(office, pack.edition, pack.on, pack.version, *titles),
        meeting=pack.meeting,
        heading=heading,
        papers=tuple(_sheet(one, sheets[one.letter], here[one.letter]) for one in lines if one.letter in here),
        absent=tuple(_absent(one, refused.get(one.letter), pack) for one in lines if one.letter not in sheets),
        untagged=sum(not sheets[one.letter].tagged for one in lines if one.letter in here),
        part=part,
        parts=tuple(_part(place, each, sheets, whole) for place, each in enumerate(cuts, 1)),
        supplement=whole,
    )


def _part(number: int, cuts: Sequence[PaperCut], sheets: Mapping[str, PaperHealth], supplement: str) -> str:
    """`Part 2: papers C and D`, `Part 3: paper E, pages E-1 to E-40`."""
    many = f"paper{'s' if len(cuts) > 1 else ''} {join_words([one.letter for one in cuts])}" if cuts else ""
    pages = f", {'pages' if cuts[0].last > cuts[0].first else 'page'} {_pages(cuts[0], sheets)}" if cuts and cuts[0].last else ""
    front = "what changed, the agenda" if supplement else "the briefing pack"
    return f"Part {number}: {' and '.join(filter(None, (front if number == 1 else '', many + pages)))}"


def _pages(one: PaperCut, sheets: Mapping[str, PaperHealth]) -> str:
    first, last = one.first, one.last or sheets[one.letter].pages
    return f"{one.letter}-{first}" if first == last else f"{one.letter}-{first} to {one.letter}-{last}"


def _sheet(line: PaperLine, health: PaperHealth, here: PaperCut) -> PaperSheet:
    pages = _pages(here, {line.letter: health})
    kinds = {one.kind for one in health.remarks}
    notes = tuple(words for kind, words in _FOR_READERS.items() if kind in kinds)
    return PaperSheet(line.letter, line.title, line.item, line.author, pages, notes)


def _absent(line: PaperLine, refused: str | None, pack: Pack) -> PaperSheet:
    told = f": {refused}" if shows(pack.edition, Part.WORKINGS) else "; ask the office for it."
    why = f"{line.status.text}." if refused is None else f"It has come, and cannot be bound{told}"
    return PaperSheet(line.letter, line.title, line.item, line.author, "", (why,))
