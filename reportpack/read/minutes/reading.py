"""The doorway: a file of notes as Minutes. Each step takes what the one before it found; nothing is guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Attendance, Minutes, NextMeeting, NotedAction, NotedOwner, NotedState
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Source
from reportpack.model.register import Register
from reportpack.read.documents.faults import unreadable
from reportpack.read.documents.furniture import MARKING, Cleared, clear_furniture
from reportpack.read.documents.lines import Document
from reportpack.read.documents.opening import document_from, open_notes
from reportpack.read.minutes.actions import find_actions
from reportpack.read.minutes.attendance import read_attendance
from reportpack.read.minutes.brought_forward import read_brought_forward
from reportpack.read.minutes.columns import read_flat_rows, read_layout_tables, split_columns
from reportpack.read.minutes.commitments import read_commitments
from reportpack.read.minutes.decisions import read_decisions, read_figures, turns_of
from reportpack.read.minutes.drafts import Draft
from reportpack.read.minutes.dues import condition_of, due_field, kind_of, read_due
from reportpack.read.minutes.form import read_form_lines, read_passages
from reportpack.read.minutes.header import Header, read_header
from reportpack.read.minutes.labels import ITEM_NUMBER
from reportpack.read.minutes.next_meeting import read_next_meeting
from reportpack.read.minutes.outline import Outline, agenda_block, outline_of
from reportpack.read.minutes.owners import owners_of, pair_by_posts, post_of_owner
from reportpack.read.minutes.papers import document_problems, others_words, paper_of
from reportpack.read.minutes.people import People, chair_names, people_of, split_owners
from reportpack.read.minutes.queries.asking import header_queries, queries_of
from reportpack.read.minutes.queries.sentences import struck_queries
from reportpack.read.minutes.questions import read_questions
from reportpack.read.minutes.slips import private_queries
from reportpack.read.minutes.tables import lay_out
from reportpack.read.minutes.told import with_told
from reportpack.read.minutes.undertakings import find_undertakings
from reportpack.read.minutes.wraps import Passage, passages_of
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """Notes prepared for reading: their passages, head, people and agenda."""

    passages: tuple[Passage, ...]
    cleared: Cleared
    header: Header
    attendance: tuple[Attendance, ...]
    outline: Outline
    people: People
    skip: frozenset[int]


def read_minutes(
    path: Path, name: str, office: Office | None, meetings: Sequence[Meeting] = (), register: Register | None = None
) -> tuple[Minutes | None, tuple[Problem, ...]]:
    """The notes in a file, called `name` in what is said of it; None with the reasons when there are none to be had."""
    return _minutes_in(open_notes(path, name), office, meetings, register)


def read_minutes_bytes(data: bytes, name: str, suffix: str, office: Office | None) -> tuple[Minutes | None, tuple[Problem, ...]]:
    """The same from bytes, for a kept copy."""
    return _minutes_in(document_from(data, name, suffix), office, (), None)


def _minutes_in(
    opened: tuple[Document | None, Source, tuple[Problem, ...]], office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> tuple[Minutes | None, tuple[Problem, ...]]:  # fmt: skip
    document, source, problems = opened
    minutes, more = minutes_of(document, source, office, meetings, register) if document is not None else (None, ())
    return minutes, (*problems, *more)


def minutes_of(
    document: Document, source: Source, office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> tuple[Minutes | None, tuple[Problem, ...]]:
    """Everything the notes say."""
    script = script_of(document)
    if not script.passages:
        fault = unreadable("notes-empty")
        return None, (Problem(fault.kind, source, fault.found, fault.remedy),)
    header, passages, outline, people = script.header, script.passages, script.outline, script.people
    day, others = header.day, others_words(passages)
    found, taken = find_actions(passages, outline, people)
    drafts = tuple(draft for draft in found if draft.at not in others)
    taken |= others
    skip = taken | script.skip
    undertaken = tuple(find_undertakings(passages, outline, people, drafts, skip))
    coming = read_next_meeting(passages, document.facts, day)
    form = read_form_lines(passages, outline)
    turns = tuple(turns_of(passages, outline, people, skip | form.slots))
    entries = script.attendance
    if office is not None and day is not None:
        entries = pair_by_posts(entries, office, day)
    chairs = chair_names(header.chair, entries)
    running = (fact.value for fact in document.facts if fact.key in ("header", "footer") and MARKING.fullmatch(fact.value))
    minutes = Minutes(
        source.file, source.sha256, header.title, day, header.start, header.end, header.venue, header.chair,
        header.note_taker, entries, outline.items,
        read_brought_forward(passages, outline, day, office, form, coming.day if coming else None),
        tuple(_action(draft, script, day, coming, office) for draft in sorted((*drafts, *undertaken), key=lambda one: one.at)),
        tuple(read_decisions(passages, outline, taken)),
        tuple(read_commitments(passages, outline, people, skip | form.passages, day, chairs)),
        tuple(turn.statement for turn in turns), tuple(read_figures(passages, outline)), coming,
        questions=(*form.questions, *read_questions(turns)),
        markings=(*(words for words, _ in script.cleared.markings), *running),
        passages=tuple(read_passages(passages, outline, script.skip)),
    )  # fmt: skip
    if register is not None and day is not None:
        minutes = replace(minutes, actions=tuple(_carried(minutes.actions, register, f"{day:%Y-%m}")))
    minutes = with_told(minutes, register, office)
    paper = paper_of(passages, minutes)
    head = header_queries(minutes, passages, header.unpaired, header.wrong_weekday, header.day_line)
    asked = (*head, *struck_queries(document.unread), *private_queries(passages, outline))
    if paper is not None:
        # What a paper that is no notes holds was neither said nor agreed at a meeting; a log lists what earlier meetings asked for.
        kept = minutes.actions if paper.lists_actions else ()
        minutes = replace(minutes, actions=kept, decisions=(), commitments=(), statements=(), questions=(), brought_forward=())
    minutes = replace(minutes, queries=queries_of(minutes, passages, asked, office, meetings, register))
    return minutes, tuple(document_problems(minutes, passages, source, paper, meetings))


def _carried(actions: Sequence[NotedAction], register: Register, month: str) -> Iterator[NotedAction]:
    """An action without a number in the words of one that is owed since before this month's meetings is that one, read again, and no new one."""
    owed = {_plain(one.words): one.ref for one in register.actions if one.state.is_owed and one.raised[:7] < month and one.raised}
    for action in actions:
        ref = owed.get(_plain(action.words)) if action.state is NotedState.NEW and action.ref is None else None
        yield replace(action, ref=ref, state=NotedState.OPEN) if ref is not None else action


def _plain(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def script_of(document: Document) -> Script:
    """The document cleared of damage and understood as passages under headings."""
    cleared = clear_furniture(document.lines, document.pages)
    mended = replace(document, lines=lay_out(split_columns(read_layout_tables(read_flat_rows(cleared.lines)))))
    passages = passages_of(mended)
    attendance, listing = read_attendance(passages, document.facts)
    head = _head(listing, passages)
    header = read_header(passages, document.facts, attendance, head)
    skip = listing | agenda_block(passages) | header.passages
    outline = outline_of(passages, head, skip)
    people = people_of([(one.name or "", one.post or "") for one in attendance], [passage.text for passage in passages])
    return Script(passages, cleared, header, attendance, outline, people, skip)


def _head(listing: frozenset[int], passages: Sequence[Passage]) -> int:
    """How many passages belong to the head: through the last of the attendance that follows the first without a long gap."""
    last = -1
    for at in sorted(listing):
        if at - last > (30 if last < 0 else 12):
            break
        last = at
    texts = [passage.text for passage in passages[: last + 1]]
    numbered = (at for at, text in enumerate(texts) if ITEM_NUMBER.fullmatch(text) and (text.endswith(".") or "/" in text))
    return next(numbered, last + 1)


def _action(draft: Draft, script: Script, day: date | None, coming: NextMeeting | None, office: Office | None) -> NotedAction:
    next_day = coming.day if coming else None
    due = due_field(draft.due, day, next_day, office) if draft.due else read_due(draft.words, day, next_day, office)
    owners = split_owners(draft.owner) if draft.owner else owners_of(draft.words, script.people)
    path = script.outline.path_at(draft.at)
    if script.passages[draft.at].column:
        path = script.outline.item_of_line(script.passages, draft.line) or path
    people = script.attendance
    posts = [post_of_owner(owner, people, office, day) or None if office is not None else None for owner in owners]
    return NotedAction(
        draft.words, draft.state, kind_of(draft.words, due), draft.line, draft.confidence, draft.ref or None,
        tuple(map(NotedOwner, owners, posts)), due.day, due.meeting, due.words, condition_of(draft.words), path,
        draft.marked, draft.repeated, due.doubt if draft.state is NotedState.NEW else "", draft.update, draft.put_off,
    )  # fmt: skip
