"""The list of papers in a full pack and the sheet before each: what an edition's readers are told of them."""

from collections.abc import Iterator, Mapping

from reportpack.compose.names import head_of
from reportpack.model.edition import Part, shows
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.pack import Pack, PaperLine
from reportpack.model.paper import PaperHealth, PaperNotThere, PaperSheet, PaperSheets
from reportpack.model.period import long_date

_FOR_READERS = {
    "paper-not-tagged": "Its author did not tag it: a screen reader reads its words in the order in which they were drawn.",
    "paper-scanned": "Some of its pages are pictures without words: ask for it in another form if you need it read out.",
    "paper-signed": "The file is signed. This copy of it bears no signature.",
    "paper-form": "It is a form. Its fields stand as they were filled in.",
}
"""What is said of a file's health to those who read the pack; what is hidden in it is the office's."""
_CANNOT_BE_BOUND = "It has come, and cannot be bound"


def paper_lines(pack: Pack) -> tuple[PaperLine, ...]:
    """The papers that this edition names, each once, in the order of the agenda."""
    every = (*(one for line in pack.agenda for one in line.papers), *pack.unplaced_papers)
    return tuple({one.letter: one for one in every if one.letter}.values())


def compose_paper_sheets(
    pack: Pack, meeting: Meeting, office: Office, sheets: Mapping[str, PaperHealth], refused: Mapping[str, str]
) -> PaperSheets:
    """`sheets` are the health sheets, as they are bound, of the papers that stand in this edition, by letter; `refused` why others don't."""
    lines = paper_lines(pack)
    return PaperSheets(
        **head_of(
            office,
            pack.edition,
            pack.on,
            pack.version,
            f"Briefing pack and papers: {meeting.title}, {long_date(meeting.day)}",
            f"Papers, {meeting.title}, {long_date(meeting.day)}",
            f"The papers of the meeting of {long_date(meeting.day)}",
        ),
        meeting=pack.meeting,
        heading=f"{meeting.title}, {long_date(meeting.day)}",
        papers=tuple(_sheet(one, sheets[one.letter]) for one in lines if one.letter in sheets),
        absent=tuple(_absent(one, refused, pack) for one in lines if one.letter not in sheets),
        untagged=sum(not sheets[one.letter].tagged for one in lines if one.letter in sheets),
    )


def _sheet(line: PaperLine, health: PaperHealth) -> PaperSheet:
    first, last = f"{line.letter}-1", f"{line.letter}-{health.pages}"
    pages = first if first == last else f"{first} to {last}"
    return PaperSheet(line.letter, line.title, line.item, line.author, pages, tuple(_notes(health)))


def _notes(health: PaperHealth) -> Iterator[str]:
    kinds = {one.kind for one in health.remarks}
    yield from (words for kind, words in _FOR_READERS.items() if kind in kinds)


def _absent(line: PaperLine, refused: Mapping[str, str], pack: Pack) -> PaperNotThere:
    why = f"{line.status.text}."
    if line.letter in refused:
        told = f": {refused[line.letter]}" if shows(pack.edition, Part.WORKINGS) else "; ask the office for it."
        why = f"{_CANNOT_BE_BOUND}{told}"
    return PaperNotThere(line.letter, line.title, line.item, why)
