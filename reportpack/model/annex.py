"""The minutes-and-actions annex, and the sheet of queries for the note taker: sections as values, every sentence finished.

`str` is somebody's own words, a name or a title, as typed; a `Sentence` is the program's. Nothing in an Annex is beyond its edition's audience.
"""

from datetime import date
from typing import ClassVar

from reportpack.model.document import ANNEX, QUERIES, Head
from reportpack.model.office import Abbreviation
from reportpack.model.pack import Link, SourceEntry
from reportpack.model.words import Sentence
from reportpack.records import Record


class AnnexHead(Record):
    """The meeting as the notes give it; what they do not give is empty. `notes_title` is the notes' own."""

    office: str
    title: str
    notes_title: str
    day: date
    time: str
    venue: str
    chair: str
    note_taker: str
    status: Sentence
    gist: tuple[Sentence, ...]
    is_draft: bool


class AttendanceGroup(Record):
    """Present, apologies, or those of whom the notes do not say."""

    title: str
    people: tuple[str, ...]
    unknown: bool = False


class AnnexRemark(Record):
    """What was said after the meeting of something in the notes: somebody's answer in their words, or where a correction stands.
    `about` are the words of the notes that it is about, where its place does not say so."""

    words: str
    note: Sentence
    link: Link | None = None
    about: str = ""


class AnnexCorrection(Record):
    """An accepted correction: in `place` (or under `section`, where it is at no item) for `before` read `after`; either may be
    empty. `comment` is True where `before` stays and `after` is what is to be said of it."""

    id: str
    number: int
    place: Link | None
    section: str
    before: str
    after: str
    comment: bool
    note: Sentence
    beside: str = ""  # where something is added: the first words of the passage that it stands beside


class AnnexMatter(Record):
    """A matter brought forward. `discussed` says where, or that no passage does; `decided` is False when no outcome was recorded."""

    id: str
    ref: str
    title: str
    words: str
    origin: Sentence
    discussed: Sentence
    places: tuple[Link, ...]
    outcome: Sentence
    decided: bool
    discussed_remarks: tuple[AnnexRemark, ...] = ()
    remarks: tuple[AnnexRemark, ...] = ()


class NoteBlock(Record):
    """Words of the notes: a `paragraph`, a `list` of entries, or a `table` of rows."""

    kind: str
    words: str = ""
    entries: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The first row, where it heads columns: words alone above rows with figures."""
        first, *below = self.rows or ((),)
        figures = any(cell and not cell.strip("0123456789.,:%£+−- ") for row in below for cell in row[1:])
        return first if figures and all(first) and not any(map(str.isdigit, "".join(first))) else ()


class AnnexItem(Record):
    """An item of the notes, word for word. `withheld` is the reason when its words are not in this edition."""

    id: str
    number: str
    title: str
    depth: int
    nil: bool
    blocks: tuple[NoteBlock, ...]
    withheld: str = ""
    left_out: str = ""
    remarks: tuple[AnnexRemark, ...] = ()


class AnnexAction(Record):
    """An action: `ref` empty until it is issued; `owner` as written, `post` as the office names it; `stated` whether a due date was."""

    id: str
    ref: str
    words: str
    owner: str
    post: str
    due: Sentence
    stated: bool
    condition: str
    comes_back: bool
    item: Link | None
    remarks: tuple[AnnexRemark, ...] = ()


class AnnexSaid(Record):
    """A decision, a commitment or the news of an earlier action, in its item. `note` is what the program makes of it."""

    id: str
    ref: str
    words: str
    owner: str
    note: Sentence
    item: Link | None


class AnnexReturn(Record):
    """What comes back at one occasion: references, empty until they are given, with their words."""

    occasion: str
    set: bool
    lines: tuple[tuple[str, str], ...]


class AnnexComing(Record):
    """The next meeting, as the notes name it."""

    title: str
    day: date | None
    time: str
    venue: str
    remarks: tuple[AnnexRemark, ...] = ()


class Annex(Head):
    """The annex of one meeting for one edition, as at `on`."""

    kind: ClassVar = ANNEX
    meeting: str
    head: AnnexHead
    attendance: tuple[AttendanceGroup, ...]
    matters: tuple[AnnexMatter, ...]
    items: tuple[AnnexItem, ...]
    decisions: tuple[AnnexSaid, ...]
    actions: tuple[AnnexAction, ...]
    earlier: tuple[AnnexSaid, ...]
    commitments: tuple[AnnexSaid, ...]
    returns: tuple[AnnexReturn, ...]
    coming: AnnexComing | None
    made_from: Sentence
    marked: tuple[AnnexRemark, ...] = ()  # what a draft leaves open and nobody is asked, where it is at no item
    matters_withheld: str = ""
    actions_withheld: str = ""
    attendance_remarks: tuple[AnnexRemark, ...] = ()
    corrections: tuple[AnnexCorrection, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()


class QueryLine(Record):
    """One question to the note taker: its number, where, what was found, what to do; and the answer, where it has one."""

    number: str
    place: str
    found: str
    remedy: str
    answer: str = ""
    note: Sentence = Sentence.of()


class QueryGroup(Record):
    """A question with its places, or what is answered or only marked."""

    title: str
    lines: tuple[QueryLine, ...]
    blocking: bool = False


class QuerySheet(Head):
    """The queries for the note taker: for the office alone, never part of an annex."""

    kind: ClassVar = QUERIES
    meeting: str
    heading: str
    summary: Sentence
    groups: tuple[QueryGroup, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
