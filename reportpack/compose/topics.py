"""A page for each topic on the agenda, what of it a person released to the force, and the chair's running sheet, for the office alone."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.compose.actions import action_line
from reportpack.compose.agenda import compose_papers, has_words
from reportpack.compose.commitments import entries_for
from reportpack.compose.finding_words import enquiry_words, evidence_words
from reportpack.compose.measure_page import compose_measure
from reportpack.compose.setting import Setting, anchor, capital, meeting_label, occasion_words
from reportpack.model import pack as model
from reportpack.model.agenda_view import AgendaView, ItemView, Occasion, TopicView
from reportpack.model.edition import Audience, may_read
from reportpack.model.finding import MeasureFinding, Variation
from reportpack.model.office import AgendaItem
from reportpack.model.period import Period
from reportpack.model.release import ReleasedLine
from reportpack.model.statement import Block, BlockKind, Question, Statement
from reportpack.model.words import Sentence


def office_lines(pack: model.Pack) -> tuple[ReleasedLine, ...]:
    """Every question and line of enquiry in the pack, in its order: `2.1.2-1` is the first under 2.1.2, whose topics count on."""
    counts: dict[str, int] = {}
    lines = []
    for page in (*pack.topics, *pack.items):
        at = page.number or page.id
        for words in page.asked:
            counts[at] = counts.get(at, 0) + 1
            lines.append(ReleasedLine(f"{at}-{counts[at]}", plain(words), page.number, page.id))
    return tuple(lines)


def known_by(lines: Iterable[ReleasedLine]) -> frozenset[tuple[str, str]]:
    """What lines are known by: the page that each stands on, and its words."""
    return frozenset((one.place, plain(one.words)) for one in lines)


def plain(words: str) -> str:
    """The words whatever their spaces."""
    return " ".join(words.split())


def with_released_questions(view: AgendaView, lines: Iterable[ReleasedLine], edition: Audience) -> AgendaView:
    """The view in which that edition's readers may read the questions that were released to them."""
    released = known_by(lines)
    if not released:
        return view

    def opened(questions: tuple[Question, ...], place: str) -> tuple[Question, ...]:
        return tuple(
            replace(one, audience=edition)
            if not may_read(edition, one.audience) and (place, plain(one.words)) in released
            else one
            for one in questions
        )

    return replace(
        view,
        items=tuple(replace(one, questions=opened(one.questions, anchor("item", one.item.number))) for one in view.items),
        topics=tuple(replace(one, questions=opened(one.questions, anchor("topic", one.topic.id))) for one in view.topics),
        unplaced_questions=opened(view.unplaced_questions, anchor("item", "")),
    )


MOST_ENQUIRIES = 4
_LISTS = (BlockKind.BULLET, BlockKind.NUMBER)
ALIKE = 70  # From here on two questions ask the same: those about a thing of their own reach about 60.


def compose_topics(setting: Setting) -> tuple[model.TopicPage, ...]:
    """Pages in the order of the agenda; a topic of which this edition has nothing has none."""
    pages = (_page(view, setting) for view in setting.view.topics if view.item is not None)
    return tuple(page for page in pages if not page.is_empty)


def compose_items(setting: Setting) -> tuple[model.TopicPage, ...]:
    """What people wrote on agenda lines without a topic, on topics that are not on the agenda, and on neither."""
    lines = [_item(view, setting) for view in setting.view.items if has_words(view)]
    elsewhere = [_page(one, setting) for one in setting.view.topics if one.item is None and (one.statements or one.questions)]
    view = setting.view
    if view.unplaced_statements or view.unplaced_questions:
        lost = ItemView(AgendaItem("", "Words that fit no item"), (), (), (), view.unplaced_statements, view.unplaced_questions)
        elsewhere.append(_item(lost, setting))
    return (*lines, *elsewhere)


def _page(view: TopicView, setting: Setting) -> model.TopicPage:
    findings = tuple(found for one in view.measures if (found := setting.findings.of(one)) is not None)
    meetings = meeting_days(view)
    questions = tuple(question_line(one, setting) for one in view.questions)
    matters, here = [one.matter for one in view.matters], {one.matter.ref for one in setting.view.matters}
    # Papers of the agenda line stand on the page of the line's own topic.
    papers = next((one.papers for one in setting.view.items if one.topics and one.topics[0] == view.topic.id), ())
    loud = [
        one for one in findings if (one.needs_attention or (one.xmr is not None and one.xmr.variation is Variation.IMPROVEMENT))
    ][:MOST_MODULES] or list(findings[:1])
    return model.TopicPage(
        id=anchor("topic", view.topic.id),
        number=view.item.number if view.item else "",
        title=view.topic.title,
        measures=tuple(replace(compose_measure(one, meetings, setting), brief=one not in loud) for one in findings),
        missing=Sentence.of("No figures were found for this topic." if view.measures and not findings else ""),
        matters=tuple(model.Link(f"{one.ref} {one.title}", anchor("matter", one.ref)) for one in matters if one.ref in here),
        actions=tuple(action_line(one, setting) for one in view.actions),
        commitments=entries_for(view.commitments, setting),
        papers=compose_papers(papers, setting),
        statements=statement_blocks(view.statements, setting),
        questions=questions,
        enquiries=_enquiries(findings, [one.words for one in view.questions], anchor("topic", view.topic.id), setting),
        past_questions=tuple(question_line(one, setting) for one in view.past_questions),
        events=topic_events(view, here, setting),
    )


MOST_MODULES = 3  # Measures of a topic that are shown with their charts; the others stand in rows.


def meeting_days(view: TopicView) -> tuple[date, ...]:
    """The meetings at which the topic is known to have been taken."""
    occasions = [one.origin for one in view.matters] + [one.raised for one in view.actions]
    return tuple(sorted({one.meeting.day for one in occasions if one.meeting is not None}))


def _item(view: ItemView, setting: Setting) -> model.TopicPage:
    return model.TopicPage(
        id=anchor("item", view.item.number),
        number=view.item.number,
        title=view.item.title,
        papers=compose_papers(view.papers, setting),
        statements=statement_blocks(view.statements, setting),
        questions=tuple(question_line(one, setting) for one in view.questions),
    )


def statement_blocks(statements: tuple[Statement, ...], setting: Setting) -> tuple[model.StatementBlock, ...]:
    """People's own words with their author as at the meeting's day."""
    return tuple(
        model.StatementBlock(setting.people.author(one.author) if one.author else "Not signed", tuple(nested(one.blocks)))
        for one in statements
    )


def nested(blocks: Sequence[Block]) -> Iterator[model.WordsBlock]:
    """The blocks in their order; entries that follow each other are a list, and what stands deeper is a list inside the entry above it."""
    at = 0
    while at < len(blocks):
        one = blocks[at]
        at += 1
        if one.kind not in _LISTS:
            yield model.WordsBlock(one.kind, one.text, one.rows, picture=one.picture, marked=one.marked)
            continue
        entries: list[model.WordsBlock] = []
        at -= 1
        while at < len(blocks) and blocks[at].kind is one.kind and blocks[at].depth <= one.depth:
            inside = at + 1
            while inside < len(blocks) and blocks[inside].kind in _LISTS and blocks[inside].depth > one.depth:
                inside += 1
            entry, below, at = blocks[at], blocks[at + 1 : inside], inside
            entries.append(model.WordsBlock(BlockKind.PARAGRAPH, entry.text, entries=tuple(nested(below)), marked=entry.marked))
        yield model.WordsBlock(one.kind, entries=tuple(entries))


def question_line(question: Question, setting: Setting) -> model.QuestionLine:
    """A question as it was put."""
    asked_by = setting.people.at(question.meeting).title(question.asked_by) if question.asked_by else ""
    became = question.answered.value
    return model.QuestionLine(
        question.words, asked_by, meeting_label(question.meeting), became[:1].upper() + became[1:], question.answer
    )


def _enquiries(
    findings: tuple[MeasureFinding, ...], written: list[str], place: str, setting: Setting
) -> tuple[model.EnquiryLine, ...]:
    """The heaviest questions that the topic's figures suggest, each once, less those that people's own stand instead of.

    They are the office's; other readers get those alone that a person has released to them."""
    if not setting.for_office and not setting.released:
        return ()
    pairs = ((enquiry, finding) for finding in findings for enquiry in finding.enquiries)
    ordered = sorted(pairs, key=lambda pair: -pair[0].weight)
    lines: dict[str, model.EnquiryLine] = {}
    for enquiry, finding in ordered:
        words = enquiry_words(enquiry, finding, setting.office)
        several = len(findings) > 1
        evidence = evidence_words(enquiry, finding, setting.office)
        if several and evidence:
            evidence = Sentence.of(f"{finding.measure.short_title or finding.measure.title}: ", evidence)
        lines.setdefault(words.text, model.EnquiryLine(words, evidence))
    if not setting.for_office:
        return tuple(one for one in lines.values() if (place, plain(one.words.text)) in setting.released)
    return _beside_written(list(lines.values())[:MOST_ENQUIRIES], written)


def _beside_written(suggested: list[model.EnquiryLine], written: list[str]) -> tuple[model.EnquiryLine, ...]:
    """Every written question takes the place of the suggested one that it repeats, or of the lightest."""
    spare = 0
    for question in written:
        repeated = max(suggested, key=lambda one: likeness(one.words.text, question), default=None)
        if repeated is not None and likeness(repeated.words.text, question) >= ALIKE:
            suggested.remove(repeated)
        else:
            spare += 1
    return tuple(suggested[: max(len(suggested) - spare, 0)])


def likeness(one: str, other: str) -> float:
    """How much of two questions is the same words, in whatever order: 0 to 100."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(one.casefold(), other.casefold())


_LONGEST = 160
_FULL_SIDE = 26
MOST_QUESTIONS = 2


def compose_running_sheet(
    setting: Setting, topics: tuple[model.TopicPage, ...], items: tuple[model.TopicPage, ...]
) -> tuple[model.RunningRow, ...]:
    """A row for each line of the agenda; the fewer there are, the more room each has."""
    if not setting.for_office:
        return ()
    pages: dict[str, list[model.TopicPage]] = {}
    for page in (*topics, *items):
        pages.setdefault(page.number, []).append(page)
    leaves = [view for view in setting.view.items if view.item.number in pages or not _is_heading(view, setting)]
    room = max(1, min(4, _FULL_SIDE // max(len(leaves), 1)))
    return tuple(_row(view, pages.get(view.item.number, []), setting, room) for view in leaves)


def _is_heading(view: ItemView, setting: Setting) -> bool:
    """Whether other lines stand below it and nothing is taken at the line itself."""
    number = view.item.number.rstrip(".")
    below = any(one.item.number.startswith(f"{number}.") for one in setting.view.items)
    return below and not view.papers


def _row(view: ItemView, pages: list[model.TopicPage], setting: Setting, room: int) -> model.RunningRow:
    matters = [one for one in setting.view.matters if one.item == view.item.number]
    said = (*(one.answer for page in pages for one in page.past_questions), *(one.matter.said for one in matters))
    # The first that a person wrote, else the first that the figures suggest; where nobody has a question: what is overdue.
    written = [(*(Sentence.of(one.words) for one in page.questions), *(one.words for one in page.enquiries)) for page in pages]
    overdue = [line for page in pages for line in page.actions if line.overdue]
    late = [Sentence.of(f"Action {line.ref} is overdue: “{line.words.rstrip('.')}”.") for line in overdue]
    return model.RunningRow(
        number=view.item.number,
        title=view.item.title,
        questions=tuple([every[0] for every in written if every] or late)[:MOST_QUESTIONS],
        last_time=shorten(next(filter(None, said), "")),
        matters=tuple(one.matter.ref for one in matters),
        lines=room,
    )


def shorten(text: str) -> str:
    """The beginning of somebody's words, cut at a word, for a sheet of one side."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def topic_events(view: TopicView, here: Container[str], setting: Setting) -> tuple[model.TopicEvent, ...]:
    """Matters that come back here, live actions, commitments and what was asked before: the earliest first, and before them what names no day."""
    dated: list[tuple[str, model.TopicEvent]] = []

    def add(
        day: str, link: model.Link | None, who: str, words: str, became: Sentence, answer: str = "", *, bad: bool = False
    ) -> None:
        dated.append((day, model.TopicEvent(_when(day), link, who, words, became, answer, bad)))

    for due in view.matters:
        matter, is_here = due.matter, due.matter.ref in here
        link = model.Link(matter.ref, anchor("matter", matter.ref) if is_here else "")
        became = Sentence.of("" if is_here else f"To come back: {occasion_words(due.due) or 'not said when'}.")
        who = "brought forward"
        add(_iso(due.origin), link, who, matter.words or matter.title, became, "" if is_here else matter.said)
    for action in view.actions:
        line = action_line(action, setting)
        became = Sentence.of(line.due, ". " if line.redated else "", line.redated, ".") if line.due else line.state
        link = model.Link(f"Action {line.ref}", line.id)
        who = setting.people.short(action.action.owners) or action.action.owners_as_written or "no owner stated"
        add(_iso(action.raised), link, who, line.words, became, bad=line.overdue)
    for said, entry in zip(view.commitments, entries_for(view.commitments, setting), strict=True):
        became = Sentence.of(f"{entry.still or entry.verdict}. ", entry.evidence)
        link = model.Link(entry.ref, entry.id)
        who = setting.people.at(said.said_at).short([said.owner]) if said.owner else "nobody named"
        add(said.said_at, link, who, entry.words, became, bad=entry.met is False)
    for question in view.past_questions:
        asked_by = setting.people.at(question.meeting).short([question.asked_by]) if question.asked_by else ""
        who = f"asked by {asked_by}" if asked_by else "asked"
        became = capital(Sentence.of(f"{question.answered.value}."))
        add(question.meeting, None, who, question.words, became, question.answer)
    return tuple(event for _, event in sorted(dated, key=lambda one: one[0]))


def _iso(occasion: Occasion | None) -> str:
    day = occasion.day if occasion is not None else None
    return day.isoformat() if day is not None else ""


def _when(day: str) -> str:
    """`Nov 2018` of an ISO day, month or meeting's id; nothing where it is none."""
    year, month = day[:4], day[5:7]
    known = year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year) > 0
    return Period.month(int(year), int(month)).short if known else ""
