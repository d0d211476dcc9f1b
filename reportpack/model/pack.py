"""The briefing pack: sections as values, every sentence finished, every printed number with its source. Templates only arrange them.

`str` is somebody's own words, a name or a title, as typed; a `Sentence` is the program's. `id`s are anchors within the document;
a `target` is the id of what is pointed to, empty when it has no place of its own. Nothing in a Pack is beyond its edition's audience.
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import ClassVar, TypeVar, cast, get_args

from reportpack import patterns as re
from reportpack.model.chart import Icon, RankedBars, Sparkline, XmrChart
from reportpack.model.document import INHERIT, PACK, SUPPLEMENT, Head
from reportpack.model.judgement import Judgement
from reportpack.model.office import Abbreviation
from reportpack.model.problem import Source
from reportpack.model.register_columns import RECOMMENDATIONS
from reportpack.model.statement import BlockKind, Marked, Picture
from reportpack.model.words import Sentence
from reportpack.records import Record

_Kind = TypeVar("_Kind")
NOTHING = Sentence(())
_OPENING = re.compile(r"(?s).{40,}?[.!?][”’\")]*(?=\s+[“‘A-Z0-9])")
_PLAIN = (str, int, float, bool, date, NoneType)


class Withheld(Record):
    """What was left out of this edition, where, and why. `title` is its public title or says that an item is withheld."""

    section: str
    ref: str
    title: str
    reason: str


class SourceEntry(Record):
    """A sheet of a file (or a published source) that numbers in this pack rest on; `id` as in `s3!C12`."""

    id: str
    file: str
    sheet: str = ""
    sha256: str = ""
    as_at: date | None = None


class Link(Record):
    """A reference to something in this document."""

    text: str
    target: str = ""


class Seat(Record):
    """Somebody expected at the meeting: `name` is empty when nobody holds the post that day."""

    post: str
    name: str = ""
    abbreviation: str = ""
    apologies: bool = False


class Headline(Record):
    """One of the things that matter most; `place` names where more is said. `figure` is printed large."""

    words: Sentence
    target: str
    place: str
    figure: Sentence = Sentence(())
    lead: Sentence = Sentence(())
    more: Sentence = Sentence(())


class Cover(Record):
    """What, when, where, who, and the things that matter most. `marking` may be empty; `note` is about the figures."""

    office: str
    title: str
    day: date
    time: str
    venue: str
    chair: str
    note_taker: str
    contact: str
    seats: tuple[Seat, ...]
    headlines: tuple[Headline, ...]
    note: str
    reconstructed: bool
    cancelled: bool
    good_news: Headline | None = None
    chance: Sentence = Sentence(())  # how many signals chance alone would bring
    older: str = ""  # the measures whose newest figures should have been followed by others


class PaperCorrection(Record):
    """A correction to the notes that are to be agreed: in `place`, for `before` read `after`, either of which may be empty.
    `comment` is what was said where no words are proposed; `note` says whether it was accepted."""

    number: int
    place: str
    before: str
    after: str
    comment: str
    note: Sentence


class PaperLine(Record):
    """A paper: `status` says received, awaited (and since when it was wanted) or tabled; its `letter` is its own for good."""

    title: str
    author: str
    status: Sentence
    received: bool
    late: bool = False
    item: str = ""
    corrections: tuple[PaperCorrection, ...] = ()
    letter: str = ""
    target: str = ""
    mark: str = ""  # what its file is known by


class AgendaLine(Record):
    """One line of the agenda; `withheld` is the reason when only its number and public title may be shown."""

    number: str
    title: str
    depth: int
    lead: str
    target: str
    papers: tuple[PaperLine, ...]
    withheld: str = ""


GLANCE_GROUPS = ("Needs attention", "Better than it was", "Nothing unusual", "Not judged")


class GlanceRow(Record):
    """One measure in one line. What is not there is said in words; `..._before` is the same span a year earlier, or why there is none."""

    title: str
    target_id: str
    exception: bool
    group: str
    period: str
    latest: Sentence
    spark: Sparkline | None
    target: Sentence
    gap: Sentence
    variation: Sentence
    variation_icon: Icon | None
    assurance: Sentence
    assurance_icon: Icon | None
    year_to_date: Sentence
    year_before: Sentence
    twelve_months: Sentence
    twelve_before: Sentence


class Glance(Record):
    """Exceptions first, then the rest; `summary` counts them."""

    summary: Sentence
    rows: tuple[GlanceRow, ...]

    @property
    def exceptions(self) -> tuple[GlanceRow, ...]:
        """What needs attention."""
        return tuple(row for row in self.rows if row.exception)

    @property
    def groups(self) -> tuple[tuple[str, tuple[GlanceRow, ...]], ...]:
        """The rows under their headings, those that need attention first; only what was judged can be nothing unusual."""
        named = ((group, tuple(row for row in self.rows if row.group == group)) for group in GLANCE_GROUPS)
        return tuple((group, rows) for group, rows in named if rows)


class SinceRow(Record):
    """A measure then and now: what the numbers did since a matter was put off, an action raised or a promise made."""

    measure: str
    target: str
    then: Sentence
    then_period: str
    now: Sentence
    now_period: str
    change: Sentence
    reading: Sentence


class RowWords(Record):
    """What stands in a row of the register under a heading that has no place of its own in the pack."""

    heading: str
    words: str


class ActionLine(Record):
    """An action as it stands. `redated` and `due` are sentences; `raised` names a meeting."""

    id: str
    ref: str
    words: str
    title: str
    owners: str
    raised: str
    due: Sentence
    overdue: bool
    due_here: bool
    state: Sentence
    redated: Sentence
    condition: str
    update: str
    evidence: str
    topic: Link | None
    since: tuple[SinceRow, ...] = ()
    readiness: Sentence = NOTHING
    decided_at: str = ""
    days_late: Sentence = Sentence.of()
    more: tuple[RowWords, ...] = ()  # what else its row says, by heading

    @property
    def is_risk(self) -> bool:
        """Whether a review is owed of it, and not an answer to inspectors."""
        return not self.ref.startswith(RECOMMENDATIONS.prefix)


class OwnerGroup(Record):
    """The open actions of one post (or of several together), overdue first."""

    owner: str
    holder: str
    lines: tuple[ActionLine, ...]


class Actions(Record):
    """Open actions by owner, and those settled since the last meeting."""

    summary: Sentence
    groups: tuple[OwnerGroup, ...]
    settled: tuple[ActionLine, ...]
    risks: tuple[ActionLine, ...] = ()  # to be reviewed by this meeting

    @property
    def overdue(self) -> tuple[tuple[str, ActionLine], ...]:
        """The overdue ones, each with its owner."""
        return tuple((group.owner, line) for group in self.groups for line in group.lines if line.overdue)


class CommitmentEntry(Record):
    """Something said would happen, held against the figures. `met` is None while it cannot be told."""

    id: str
    ref: str
    words: str
    owner: str
    said_at: str
    verdict: str
    met: bool | None
    evidence: Sentence
    topic: Link | None
    still: str = ""
    """That it was not kept, and when that was first reported, where this is not the first time: it leads no more."""


class MatterEntry(Record):
    """A matter due here: where it came from, its words, what was said then, what the numbers did since, what is open on it."""

    id: str
    ref: str
    title: str
    words: str
    said: str
    origin: Sentence
    due: Sentence
    missed: bool
    condition: str
    evidence: str
    outcome: str
    readiness: Sentence
    earlier: tuple[str, ...]
    taken_at: Link | None
    since: tuple[SinceRow, ...]
    since_note: Sentence
    actions: tuple[ActionLine, ...]
    commitments: tuple[CommitmentEntry, ...]
    carry_to: str  # the meeting it would be carried to if nothing else is said
    more: tuple[RowWords, ...] = ()  # what else its row says, by heading


class Fact(Record):
    """A labelled sentence: target, year to date, rank ..."""

    label: str
    words: Sentence


class AreaRow(Record):
    """One area's latest figure: `spark` its course, `count` is its n, `rate` that of a count among its residents, `interval` the range
    that chance allows, `standing` how it compares with the rest."""

    area: str
    spark: Sparkline | None
    latest: Sentence
    count: Sentence
    rate: Sentence
    interval: Sentence
    change: Sentence
    standing: Sentence
    marked: bool


class AreaTable(Record):
    """The areas beside one another in one period; `has_...` say which columns hold anything, `rates` heads that of the rates."""

    period: str
    rows: tuple[AreaRow, ...]
    has_counts: bool
    rates: str
    has_intervals: bool
    has_changes: bool
    has_standings: bool
    has_sparks: bool
    changes_in: str = ""


class CompareRow(Record):
    """A span of time against the same span before, or why they are not compared; `brief` says it in a line."""

    span: str
    now: Sentence
    now_period: str
    then: Sentence
    then_period: str
    change: Sentence
    brief: Sentence


class KeyFigure(Record):
    """A number to be printed large, and what it is."""

    figure: Sentence
    words: Sentence


class MeasurePage(Record):
    """Everything a topic page says of one measure. `table` is the full table in the appendix with the chart's numbers; `strip` the three
    figures above the chart. One in `brief` is said in a row, with its course as `spark`."""

    id: str
    title: str
    definition: str
    finding: Sentence
    subtitle: Sentence
    chart: XmrChart | None
    no_chart: Sentence
    facts: tuple[Fact, ...]
    comparisons: tuple[CompareRow, ...]
    drivers: RankedBars | None
    drivers_words: Sentence
    above: Sentence
    areas: AreaTable | None
    peers: RankedBars | None
    peers_words: Sentence
    notes: tuple[Sentence, ...]
    table: str
    strip: tuple[KeyFigure, ...] = ()
    spark: Sparkline | None = None
    brief: bool = False


class TopicEvent(Record):
    """Something promised or asked on a topic, and what became of it. `when` is a month, empty where nobody knows; `ref` has no place in
    this document where its `target` is empty; `bad` when it is overdue or was not met."""

    when: str
    ref: Link | None
    who: str
    words: str
    became: Sentence
    answer: str = ""
    bad: bool = False


class StatementBlock(Record):
    """People's own words, and whose they are."""

    author: str
    blocks: tuple["WordsBlock", ...]

    @property
    def opening(self) -> str:
        """Its first sentence, for a place that has no room for all; "" where it is no sentence but a table."""
        words = next((one.opening for one in self.blocks if one.opening), "")
        found = _OPENING.match(words)
        return found[0] if found else words


class WordsBlock(Record):
    """A piece of people's words as it is printed: a list has `entries`, each with the lists inside it; a table has `rows`, heads first;
    the text of a `picture` describes it."""

    kind: BlockKind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    entries: tuple["WordsBlock", ...] = ()
    picture: Picture | None = None
    marked: tuple[Marked, ...] = ()

    @property
    def size(self) -> int:
        """Letters in it and in the lists inside."""
        return len(self.text) + sum(entry.size for entry in self.entries)

    @property
    def opening(self) -> str:
        """Its words, or those of the first entry of a list; headings, tables and pictures begin nothing."""
        if self.kind in (BlockKind.HEADING, BlockKind.PICTURE):
            return ""
        return self.text or next((entry.opening for entry in self.entries if entry.opening), "")


class QuestionLine(Record):
    """A question put earlier, and what became of it; or one to be put now, with who asks."""

    words: str
    asked_by: str
    meeting: str
    became: str
    answer: str


class EnquiryLine(Record):
    """A question that the figures suggest, with its evidence; always shown as suggested."""

    words: Sentence
    evidence: Sentence


BESIDE, BESIDE_LOW = 400, 300
"""Letters of what was promised that stand beside a chart, and beside the lower one of a full page."""
SHORT = 130  # Letters of people's words that a narrow column takes.
FULL, ROW_LINES, FEW = 7, 2, 2
"""Lines of areas, rows and papers from which a topic's page is full; of a measure in a row; and how many questions a full page takes."""


class TopicPage(Record):
    """One line of the agenda with all that is known of it. each of people's own `questions` takes the place of one of `enquiries`."""

    id: str
    number: str
    title: str
    measures: tuple[MeasurePage, ...] = ()
    missing: Sentence = NOTHING
    matters: tuple[Link, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    commitments: tuple[CommitmentEntry, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    statements: tuple[StatementBlock, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    enquiries: tuple[EnquiryLine, ...] = ()
    past_questions: tuple[QuestionLine, ...] = ()
    events: tuple[TopicEvent, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether this edition has nothing to say of it."""
        told = (self.measures, self.missing, self.events, self.papers, self.statements, self.questions, self.enquiries)
        return not any(told)

    @property
    def recent(self) -> tuple[TopicEvent, ...]:
        """The latest events: those that stand beside the chart without being longer than it."""
        room, count = BESIDE_LOW if self.is_full else BESIDE, 0
        room -= sum(len(one.title) + len(one.author) + 30 for one in self.papers) if self.papers_beside else 0
        for event in reversed(self.events):
            room -= len(event.who) + len(event.words) + len(event.became.text) + len(event.answer) + 30
            if count and room < 0:
                break
            count += 1
        return self.events[len(self.events) - count :]

    @property
    def earlier(self) -> tuple[TopicEvent, ...]:
        """Those before."""
        return self.events[: len(self.events) - len(self.recent)]

    @property
    def is_full(self) -> bool:
        """Whether areas, measures in rows and papers leave room for the first of the rest alone."""
        areas = max((len(one.areas.rows) for one in self.measures if one.areas and not one.brief), default=0)
        return areas + ROW_LINES * sum(one.brief for one in self.measures) + len(self.papers) > FULL

    @property
    def papers_beside(self) -> bool:
        """Whether its papers stand beside its chart, below what was promised."""
        return bool(self.measures and self.events) and not any(one.corrections for one in self.papers)

    @property
    def suggested(self) -> tuple[EnquiryLine, ...]:
        """The lines of enquiry that its page has room for; people's own questions all have it."""
        return self.enquiries[: max(FEW - len(self.questions), 0)] if self.is_full else self.enquiries

    @property
    def has_more(self) -> bool:
        """Whether its page has no room for all that belongs to it."""
        more = (one.drivers or (self.is_full and one.drivers_words) for one in self.measures if not one.brief)
        peers = self.is_full and any(one.brief and one.peers_words for one in self.measures)
        return bool(self.earlier) or not self.words_are_short or self.suggested != self.enquiries or peers or any(more)

    @property
    def words_are_short(self) -> bool:
        """Whether people's words can stand in a narrow column beside the questions."""
        blocks = [block for one in self.statements for block in one.blocks]
        return all(not block.rows and block.picture is None for block in blocks) and sum(block.size for block in blocks) <= SHORT

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that people wrote, then the lines of enquiry that the figures suggest."""
        return (*(one.words for one in self.questions), *(one.words.text for one in self.enquiries))


class ForwardLine(Record):
    """Something that comes back: a matter, an action or a commitment."""

    kind: str
    ref: str
    words: str
    note: Sentence
    target: str = ""


class ForwardGroup(Record):
    """What comes back at one occasion."""

    occasion: str
    scheduled: bool
    lines: tuple[ForwardLine, ...]


class FullTable(Record):
    """A measure's figures, a row a period, a column an area, and how the chart marks the force's; `foot` are its lines."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Sentence, ...]], ...]
    notes: tuple[Sentence, ...]
    foot: tuple[tuple[str, tuple[Sentence, ...]], ...] = ()


class ProblemLine(Record):
    """What could not be used, where it is, and what to do."""

    where: str
    found: str
    remedy: str


class RevisionLine(Record):
    """A figure that differs from the last pack, or from an earlier version of this one: `since` says which."""

    measure: str
    area: str
    period: str
    before: Sentence
    now: Sentence
    since: str = "the last pack"


class Turned(Record):
    """A verdict that was otherwise in what the readers had before. `about` is a reference or a measure; `leads` when it is for
    the cover. `again` when it was in a version of this same pack: the letter says it too."""

    kind: str
    about: str
    since: str
    was: str
    now: str
    words: Sentence
    target: str
    leads: bool
    again: bool
    name: str = ""
    why: Sentence = NOTHING


class SlipLine(Record):
    """One thing that is otherwise than in the version before: what kind of thing, which, how it was, how it is, and why."""

    kind: str
    name: str
    was: Sentence
    now: Sentence
    why: Sentence


class Slip(Record):
    """What changed since the version `since`, the first lines of it; `more` are the others, and `unknown` when that version did not
    record its matters, actions and papers."""

    since: str
    lines: tuple[SlipLine, ...]
    more: int = 0
    unknown: bool = False


class CorrectionLine(Record):
    """A figure that a person has put right: `before` is what the workbook says."""

    measure: str
    area: str
    period: str
    before: Sentence
    now: Sentence
    by: str
    on: date
    reason: str


class Mark(Record):
    """A mark beside figures and what it means."""

    sign: str
    meaning: str


class ReadingLine(Record):
    """How a workbook was read: what of it is used and what is not, how new it is, what differs from the file before it."""

    file: str
    words: str


class Appendix(Record):
    """Full tables, what changed, what is missing, sources, and the words that need explaining. Only marks that occur are listed. In a file of
    its own (`own_file`) or bound into the pack. `left_out` says what is withheld, a sentence for each reason."""

    tables: tuple[FullTable, ...]
    revisions: tuple[RevisionLine, ...]
    problems: tuple[ProblemLine, ...]
    withheld: tuple[Withheld, ...]
    marks: tuple[Mark, ...]
    abbreviations: tuple[Abbreviation, ...]
    corrections: tuple[CorrectionLine, ...] = ()
    readings: tuple[ReadingLine, ...] = ()
    own_file: bool = False
    left_out: tuple[str, ...] = ()


class RunningRow(Record):
    """One line of the chair's sheet."""

    number: str
    title: str
    questions: tuple[Sentence, ...]
    last_time: str
    matters: tuple[str, ...]
    lines: int  # how much room to write


class Pack(Head):
    """A briefing pack for one meeting and one edition. `items` hold what people wrote that belongs to no topic on the agenda."""

    kind: ClassVar = PACK
    meeting: str
    cover: Cover
    agenda: tuple[AgendaLine, ...]
    unplaced_papers: tuple[PaperLine, ...]
    glance: Glance
    matters: tuple[MatterEntry, ...]
    actions: Actions
    commitments: tuple[CommitmentEntry, ...]
    topics: tuple[TopicPage, ...]
    items: tuple[TopicPage, ...]
    forward: tuple[ForwardGroup, ...]
    appendix: Appendix
    running_sheet: tuple[RunningRow, ...]
    sources: tuple[SourceEntry, ...]
    turned: tuple[Turned, ...] = ()
    slip: Slip | None = None
    judgements: tuple[Judgement, ...] = ()  # every verdict in it: printed where it belongs, and remembered

    @property
    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """Those of its appendix."""
        return self.appendix.abbreviations


class Inheritance(Pack):
    """A pack in two pages, for whoever takes over: `calendar` are the meetings that are set, `posts` who holds which, and until when."""

    kind: ClassVar = INHERIT
    calendar: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[QuestionLine, ...]:
        """The questions on record that this edition's readers know of."""
        return tuple(one for page in self.topics for one in page.past_questions)

    @property
    def owed(self) -> tuple[ActionLine, ...]:
        """Every open action, the overdue ones first."""
        lines = [one for group in self.actions.groups for one in group.lines]
        return tuple(sorted(lines, key=lambda one: not one.overdue))


class Supplement(Pack):
    """A pack of which the slip and the agenda are printed, before the papers of these letters that its readers do not have."""

    kind: ClassVar = SUPPLEMENT
    late: tuple[str, ...] = ()


def find_values(value: object, kind: type[_Kind]) -> Iterator[_Kind]:
    """Everything of that kind inside tuples and dataclasses, in their order; sources are whole."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kind):
            yield one
        elif isinstance(one, tuple):
            if one and isinstance(one[0], Source):
                yield from one if issubclass(Source, kind) else ()
            else:
                waiting.extend(reversed(one))
        elif (fields := _searched(type(one), kind)) is not None:  # type: ignore[arg-type] # mypy takes a class for an object without a hash
            waiting.extend(fields(one))


@cache
def _searched(noun: type, kind: type) -> Callable[[object], tuple[object, ...]] | None:
    found = getattr(noun, "__dataclass_fields__", {}) if noun is not Source else {}
    names = [
        name for name, one in reversed(found.items()) if any(_holds(each, kind) for each in get_args(one.type) or [one.type])
    ]
    if len(names) == 1:  # the getter of one gives no tuple of it
        return lambda one: (getattr(one, names[0]),)
    return attrgetter(*names) if names else None


def _holds(given: object, kind: type) -> bool:
    plain = isinstance(given, type) and (given in _PLAIN or issubclass(given, Enum))
    return not plain or issubclass(cast("type", given), kind)
