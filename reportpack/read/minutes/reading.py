"""The doorway: a file of notes as Minutes. Each step takes what the one before it found; nothing is guessed. Last comes what the notes say of the
register's actions and matters by their references, wherever and in whatever words: `14/2019: put back to July`, `It was agreed that M2/2018 be closed`,
a row of any table. A question, a hope and a mention say nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportpack import patterns as re
from reportpack.model.action import Action, ActionState
from reportpack.model.matter import Matter, MatterState
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import (
    ActionKind,
    Attendance,
    BroughtForward,
    MatterEnd,
    Minutes,
    NextMeeting,
    NotedAction,
    NotedOwner,
    NotedPassage,
    NotedState,
    Query,
)
from reportpack.model.office import Office
from reportpack.model.passage import Mark
from reportpack.model.problem import Problem, Source
from reportpack.model.register import Register
from reportpack.model.register_columns import Heading
from reportpack.model.register_row import plain_reference, with_references
from reportpack.model.state_words import REOPENED
from reportpack.read.documents.faults import UnreadableNotesError
from reportpack.read.documents.lines import MARKING, Document, Unseen, clear_furniture
from reportpack.read.documents.opening import document_from, open_notes
from reportpack.read.minutes.acceptance import told_by
from reportpack.read.minutes.action_rows import put_off_in
from reportpack.read.minutes.actions import find_actions
from reportpack.read.minutes.attendance import read_attendance
from reportpack.read.minutes.brought_forward import end_of, outcome_in, read_brought_forward, words_meant
from reportpack.read.minutes.columns import read_flat_rows, read_layout_tables, split_columns
from reportpack.read.minutes.dates import is_soon
from reportpack.read.minutes.drafts import SAYS_OF_IT, Draft, begun_state
from reportpack.read.minutes.dues import Due, condition_of, due_field, kind_of, read_due
from reportpack.read.minutes.form import read_form_lines, read_passages, ticked
from reportpack.read.minutes.grammar.classes import DETERMINERS, PREPOSITIONS, is_imperative
from reportpack.read.minutes.grammar.words import has
from reportpack.read.minutes.header import Header, read_header
from reportpack.read.minutes.labels import ITEM_NUMBER
from reportpack.read.minutes.next_meeting import read_next_meeting
from reportpack.read.minutes.outline import Outline, agenda_block, outline_of
from reportpack.read.minutes.owners import owners_of, pair_by_posts, people_meant, post_of_owner
from reportpack.read.minutes.papers import LOG, document_problems, others_words, paper_of
from reportpack.read.minutes.people import People, chair_names, people_of, split_owners
from reportpack.read.minutes.promises import find_undertakings, read_commitments
from reportpack.read.minutes.queries.asking import header_queries, queries_of
from reportpack.read.minutes.queries.sentences import ask, private_queries, struck_queries
from reportpack.read.minutes.said import read_decisions, read_figures, read_questions, turns_of
from reportpack.read.minutes.tables import lay_out
from reportpack.read.minutes.wraps import Passage, passages_of
from reportpack.read.words.marks import is_mark, read_marks, take_typed
from reportpack.records import Record
from reportpack.signs import Sign, read_sign


class Script(Record):
    """Notes prepared for reading: their passages, head, people and agenda, and what their pages are marked with."""

    passages: tuple[Passage, ...]
    header: Header
    attendance: tuple[Attendance, ...]
    outline: Outline
    people: People
    skip: frozenset[int]
    markings: tuple[str, ...]
    signs: dict[int, Sign]


def read_minutes(
    path: Path, name: str, office: Office | None, meetings: Sequence[Meeting] = (), register: Register | None = None
) -> tuple[Minutes | None, tuple[Problem, ...]]:
    """The notes in a file, called `name` in what is said of it; None with the reasons when there are none to be had."""
    document, source, problems = open_notes(path, name)
    minutes, more = minutes_of(document, source, office, meetings, register) if document is not None else (None, ())
    return minutes, (*problems, *more)


def read_minutes_bytes(data: bytes, name: str, suffix: str, office: Office | None) -> tuple[Minutes | None, tuple[Problem, ...]]:
    """The same from bytes, for a kept copy."""
    document, source, problems = document_from(data, name, suffix)
    minutes, more = minutes_of(document, source, office, (), None) if document is not None else (None, ())
    return minutes, (*problems, *more)


def minutes_of(
    document: Document, source: Source, office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> tuple[Minutes | None, tuple[Problem, ...]]:
    """Everything the notes say."""
    document, marks = _marks_of(document)
    script = script_of(document, office)
    if not script.passages:
        return None, (UnreadableNotesError("notes-empty").problem(source),)
    header, passages, outline, people = script.header, script.passages, script.outline, script.people
    outcomes = {at for at, sign in script.signs.items() if sign.letter == "="}
    day, others = header.day, others_words(passages) | outcomes
    # The sign of an outcome is its item's: it tells nothing of an action that stands above it.
    found, taken = find_actions(
        [replace(one, text="=") if at in outcomes else one for at, one in enumerate(passages)], outline, people
    )
    drafts = tuple(draft for draft in found if draft.at not in others)
    taken |= others
    skip = taken | script.skip
    undertaken = tuple(find_undertakings(passages, outline, people, drafts, skip))
    coming = read_next_meeting(passages, document.facts, day)
    then = _next_day(coming, day, meetings)
    said_before = {" ".join(one.words.casefold().split()) for one in register.matters} if register is not None else set[str]()
    form = read_form_lines(passages, outline)
    turns = tuple(turns_of(passages, outline, people, skip | form.slots))
    entries = script.attendance
    if office is not None and day is not None:
        entries = pair_by_posts(entries, office, day)
    chairs = chair_names(header.chair, entries)
    running = (fact.value for fact in document.facts if fact.key in ("header", "footer") and MARKING.fullmatch(fact.value))
    minutes = Minutes(
        source.file, source.sha256, header.title, day, header.start, header.end, header.venue, header.chair,
        header.note_taker, entries, tuple(dict.fromkeys(outline.items)),
        read_brought_forward(passages, outline, day, office, form, then, said_before),
        tuple(_action(draft, script, day, then, office) for draft in sorted((*drafts, *undertaken), key=lambda one: one.at)),
        tuple(read_decisions(passages, outline, taken)),
        tuple(read_commitments(passages, outline, people, skip | form.passages, day, chairs)),
        tuple(turn.statement for turn in turns), tuple(read_figures(passages, outline)), coming,
        questions=(*form.questions, *read_questions(turns)),
        markings=(*script.markings, *running),
        passages=tuple(read_passages(passages, outline, script.skip)),
    )  # fmt: skip
    if register is not None:
        minutes = replace(minutes, actions=tuple(_known(minutes, register, office, then)))
        minutes = _with_outcomes(_with_told(minutes, register, office, then), script, register, office, then)
    paper = paper_of(passages, minutes)
    head = header_queries(header, passages)
    asked = (*head, *struck_queries(document.unread), *private_queries(passages, outline), *_sign_queries(script, register))
    if paper is not None:
        # What a paper that is no notes holds was neither said nor agreed at a meeting; a log lists what earlier meetings asked for.
        kept = minutes.actions if paper == LOG else ()
        minutes = replace(minutes, actions=kept, decisions=(), commitments=(), statements=(), questions=(), brought_forward=())
    unsaid = {(kind, passages[at].line) for at, sign in script.signs.items() for kind in sign.unsaid}
    queries = queries_of(minutes, passages, asked, office, meetings, register)
    whole = {name: one.shown for one in passages for name in one.names}
    told = (one if one.words else replace(one, words=whole.get(one.line, "")) for one in marks)
    held, of_marks = read_marks((one for one in told if one.words), office, source)
    minutes = replace(minutes, queries=tuple(one for one in queries if (one.kind, one.line) not in unsaid), held=held)
    return minutes, (*of_marks, *document_problems(minutes, passages, source, paper, meetings))


def _marks_of(document: Document) -> tuple[Document, tuple[Mark, ...]]:
    """The document without typed marks; and every mark, with comments of files whose words they are tied to are not known."""
    lines, typed = take_typed(document.lines)
    beside = (Mark(one.words, "", one.line) for one in document.unread if one.kind is Unseen.COMMENT and is_mark(one.words))
    return replace(document, lines=lines), (*document.marks, *typed, *beside)


def _known(minutes: Minutes, register: Register, office: Office | None, coming: date | None) -> Iterator[NotedAction]:
    """Each that the register has is that one: by its number, or its words (owed since before this month). What stands behind them is its news."""
    by_ref = {plain_reference(one.ref): one for one in register.actions}
    owed = [one for one in register.actions if one.state.is_owed and minutes.day and "" < one.raised[:7] < f"{minutes.day:%Y-%m}"]
    by_words = {_plain(one.words): one for one in owed}
    for action in minutes.actions:
        row = by_words.get(_plain(action.words)) if action.ref is None else by_ref.get(plain_reference(action.ref))
        # `15/2018: signed off`, a line under a heading of actions, asks for nothing new.
        lead = plain_reference(action.words.partition(":")[0]) if action.ref is None and ":" in action.words else ""
        row = row or (None if lead.isdigit() else by_ref.get(lead))
        if row is not None and not action.update and (behind := _behind(action.words, row)):
            news = _news_of(row, behind, action.line, action.item, minutes, office, coming)
            yield news if lead == row.ref.casefold() else replace(news, words=action.words)
        elif row is not None and action.ref != row.ref:
            yield replace(action, ref=row.ref, state=NotedState.OPEN if action.state is NotedState.NEW else action.state)
        else:
            yield action


def _behind(words: str, row: Action) -> str:
    starts = ("" if begun_state(words, alone=True) else row.words.rstrip(" ."), f"{row.ref}:")
    begins = next((one for one in starts if words.casefold().startswith(one.casefold())), words)
    return words[len(begins) :].strip(" .:;\u2013-")


def _next_day(told: NextMeeting | None, day: date | None, meetings: Sequence[Meeting]) -> date | None:
    """The next meeting's day: as the notes tell it, else as it is set."""
    series = {one.series for one in meetings if day in one.days}
    later = (one.day for one in meetings if one.series in series and not one.cancelled and day is not None and one.day > day)
    ahead = told is not None and told.day is not None and (day is None or told.day > day)
    return told.day if told is not None and ahead else min(later, default=None)


def _plain(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _sign_queries(script: Script, register: Register | None) -> Iterator[Query]:
    rows = [one.ref.upper() for kind in (register.actions, register.matters) for one in kind] if register is not None else []
    for at, sign in script.signs.items():
        line, text = script.passages[at].line, script.passages[at].text
        if not sign.text and at not in script.outline.starts:
            yield ask("slip", line, slip=text[:60], better="/a, /d, /q, /r, /p, =, or /i with the number of an item")
        if sign.ref and register is not None and sign.ref.upper() not in rows:
            yield ask("action-unknown", line, text, ref=sign.ref, state=text.partition(": ")[2])


def script_of(document: Document, office: Office | None = None) -> Script:
    """The document cleared of damage and understood as passages under headings."""
    cleared, markings = clear_furniture(document.lines, document.pages)
    mended = replace(document, lines=lay_out(split_columns(read_layout_tables(read_flat_rows(cleared)))))
    passages = passages_of(mended)
    attendance, listing = read_attendance(passages, document.facts)
    head = _head(listing, passages)
    header = read_header(passages, document.facts, attendance, head)
    skip = listing | agenda_block(passages) | header.passages
    people = people_of([(one.name or "", one.post or "") for one in attendance], [passage.text for passage in passages])
    spelt = list(passages)

    def owner(word: str) -> str:
        """As somebody known is written; a short word that is nobody's is kept, to be asked about."""
        for one in (word.upper(), word.title()):
            if people_meant(one, attendance) or (office and post_of_owner(one, attendance, office, header.day)):
                return one
        kept = word.isalpha() and len(word) <= 4 and not is_imperative(word) and word.lower() not in DETERMINERS | PREPOSITIONS
        return word.upper() if kept else ""

    signs = {at: sign for at, one in enumerate(passages) if not one.cells and (sign := read_sign(one.text, owner)) is not None}
    for at, sign in signs.items():
        spelt[at] = replace(passages[at], text=sign.text or passages[at].text, level=3 * (sign.letter == "i" and bool(sign.text)))
    outline = outline_of(spelt, head, skip)
    # The notes go back to an earlier item where its number is given.
    begun = dict(zip(outline.starts, outline.items, strict=True))
    numbers = {one.path.replace("/", "."): one for one in outline.items}
    begun |= {at: numbers[sign.item] for at, sign in signs.items() if sign.item in numbers}
    outline = Outline(tuple(begun[at] for at in sorted(begun)), tuple(sorted(begun)), outline.titles | set(begun))
    return Script(tuple(spelt), header, attendance, outline, people, skip, markings, signs)


def _head(listing: frozenset[int], passages: Sequence[Passage]) -> int:
    last = -1
    for at in sorted(listing):
        if at - last > (30 if last < 0 else 12):
            break
        last = at
    texts = [passage.text for passage in passages[: last + 1]]
    numbered = (at for at, text in enumerate(texts) if ITEM_NUMBER.fullmatch(text) and (text.endswith(".") or "/" in text))
    return next(numbered, last + 1)


def _action(draft: Draft, script: Script, day: date | None, next_day: date | None, office: Office | None) -> NotedAction:
    due = due_field(draft.due, day, next_day, office) if draft.due else read_due(draft.words, day, next_day, office)
    owners = split_owners(draft.owner) if draft.owner else owners_of(draft.words, script.people)
    path = script.outline.path_at(draft.at)
    if script.passages[draft.at].column:
        path = script.outline.item_of_line(script.passages, draft.line) or path
    people = script.attendance
    posts = [post_of_owner(owner, people, office, day) or None if office is not None else None for owner in owners]
    put_off = draft.put_off
    if not put_off and (until := _day_alone(draft.update, day, next_day, office)):
        due, put_off = until, draft.update
    return NotedAction(
        draft.words, draft.state, kind_of(draft.words, due), draft.line, draft.confidence, draft.ref or None,
        tuple(map(NotedOwner, owners, posts)), due.day, due.meeting, due.words, condition_of(draft.words), path,
        draft.marked, draft.repeated, due.doubt if draft.state is NotedState.NEW else "", draft.update, put_off, told_by(draft.update, office),
    )  # fmt: skip


_A_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:\d{1,2}|[A-Za-z]{3,9})(?:[\s./-]+\d{2,4})?|\d{4}-\d\d-\d\d")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=\W*[A-Z\d])")
_NOT_SAID = re.compile(r"(?i)\?|\b(?:ask(?:ed|s)?|whether|if|will|would|could|(?-i:may)|might|hope[ds]?)\b")
_BESIDE = frozenset(["by", "with", "see", "under", "as", "into", "on", "of", "at", "from", "per", "about", "in"])
"""Words before a reference, or a date that looks like one, which is then not what the sentence is about."""
_ON = re.compile(r"^(?:On|Under|Regarding|As to|In relation to|With regard to)(?: [Aa]ction)? (?=[^\s,]+[,:] )")
"""`On 14/2019, the CC said ...`: what such words name is what the sentence is about."""
_BETWEEN = re.compile(r"^[\s:.,;|()\u2013\u2014-]*(?:(?:is|was|be|been|has|had|are|were|now|can|should)\s+)*")
_LEADS = re.compile(
    r"(?i)(?P<said>.*(?<!not )\b(?:content|happy|agreed|resolved|decided) to (?:close|discharge|sign off)"
    r"|(?<!not )\b(?:content|happy|agreed|resolved|decided) to withdraw)(?: (?:the )?(?:actions?|matters?|items?))? \S+$"
)
"""`The PCC was content to close 14/2019, as the report was in`: what becomes of it stands before its reference."""
_DONE = (ActionState.PROPOSED, ActionState.ACCEPTED)
_WHY, _JOINS = ("as ", "because ", "since "), ("", "and", "or", "to", "and action", "and matter")


class _Told(Record):
    """What is said of one reference: the rest of the sentence, or the cells beside it; `first` when the words begin with it, `closes` when
    the whole sentence accepts it."""

    ref: str
    words: str
    line: str
    item: str | None
    first: bool
    sentence: str = ""
    closes: bool = False


def _with_told(minutes: Minutes, register: Register, office: Office | None, coming: date | None) -> Minutes:
    actions = {plain_reference(one.ref): one for one in register.actions if not one.ref.isdigit()}
    matters = {plain_reference(one.ref): one for one in register.matters if one.ref}
    known = {ref: one.ref for ref, one in (actions | matters).items()}
    for at, passage in enumerate(minutes.passages):
        below = [one for one in minutes.passages[at + 1 : at + 2] if _says_more(one, passage, known, office)]
        for told in _told(passage, known, office):
            if (action := actions.get(told.ref)) is None:
                minutes = _with_matter(minutes, matters[told.ref], told, coming)
                continue
            more = _plain(told.words) == _plain(action.words) and below
            minutes = _with_action(minutes, action, replace(told, words=below[0].words) if more else told, office, coming)
    return minutes


def _says_more(after: NotedPassage, passage: NotedPassage, known: Mapping[str, str], office: Office | None) -> bool:
    """Whether a short line below an action's own words says what became of it: it begins so, says nothing else, or speaks of `this`."""
    words, said = after.words, told_by(after.words, office) is not None or bool(put_off_in(after.words)[0])
    tells = bool(begun_state(words)) or (said and (len(words) < 60 or has(words, SAYS_OF_IT)))
    return tells and after.item == passage.item and not after.cells and len(words) < 160 and not any(_subjects(words, known))


def _told(passage: NotedPassage, known: Mapping[str, str], office: Office | None) -> Iterator[_Told]:
    line = passage.lines[0]
    if passage.cells:
        cells = [one.strip() for one in passage.cells]
        at = next((at for at, cell in enumerate(cells) if plain_reference(cell) in known), len(cells))
        if said := list(filter(None, cells[at + 1 :])):
            yield _Told(plain_reference(cells[at]), ticked(said[-1]) or said[-1], line, passage.item, first=False)
        return
    words = with_references(passage.words, known)
    for number, sentence in enumerate(_ON.sub("", one) for one in _SENTENCE.split(words)):
        if not (subjects := list(_subjects(sentence, known))):
            continue
        first = number == 0 and _BETWEEN.sub("", sentence)[: subjects[0][1]].count(" ") <= 1
        begin = 0
        for refs, end, until in _groups(sentence, subjects):
            own, begin = sentence[begin:until], until
            closes = told_by(re.sub(f"(?i){'|'.join(map(re.escape, refs))}", "this", own), office) is ActionState.ACCEPTED
            if _NOT_SAID.search(own) and not (first or closes):
                continue
            rest = words[words.index(sentence) + end :] if first and until == len(sentence) else sentence[end:until]
            behind = _BETWEEN.sub("", rest).removesuffix(" and ").rstrip(" ,;")
            lead = _LEADS.search(own[: own.casefold().index(refs[0])] + "x") if not behind or behind.startswith(_WHY) else None
            behind = " ".join(filter(None, (lead["said"] if lead is not None else "", behind)))
            closes = closes and REOPENED.search(behind) is None
            yield from (_Told(ref, behind, line, passage.item, first, sentence, closes) for ref in refs)


def _groups(sentence: str, subjects: Sequence[tuple[str, int]]) -> Iterator[tuple[list[str], int, int]]:
    """References of which the same is said, where the last of them ends, and where what is said of them does: `1/2019 and 2/2019 be closed`."""
    refs: list[str] = []
    for (ref, end), (after, last) in zip(subjects, [*subjects[1:], ("", len(sentence))], strict=True):
        refs.append(ref)
        until = last - len(after)
        if not after or sentence[end:until].strip(" ,;:.&").casefold() not in _JOINS:
            yield refs, end, until
            refs = []


def _subjects(sentence: str, known: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    before = ""
    for match in re.finditer(r"\S+", sentence):
        said = match[0].casefold()
        ref = next((one for one in (said.strip(".,;:"), said.strip(".,;:()[]\u201c\u201d\"'")) if one in known), "")
        if ref and before not in _BESIDE:
            yield ref, match.end()
        before = said.strip(",.;:")


def _with_action(minutes: Minutes, action: Action, told: _Told, office: Office | None, coming: date | None) -> Minutes:
    own = [one for one in minutes.actions if plain_reference(one.ref or "") == told.ref]
    moves = put_off_in(told.words)[0]
    says = [one for one in own if one.update or (one.state is NotedState.CLOSED and not moves)]
    tells = moves or told_by(told.words, office)
    if (says and not told.closes) or not (says or tells or told.first):
        return minutes
    news = says or [_news_of(action, told.words, told.line, told.item, minutes, office, coming)]
    if told.closes:
        news = [replace(one, state=NotedState.CLOSED, became=ActionState.ACCEPTED) for one in news]
    # The sentence that says so asks for nothing besides.
    said = _plain(told.sentence) if tells else ""
    others = (one for one in minutes.actions if not one.ref and (one.line == told.line or not one.marked))
    own += [one for one in others if said.endswith(_plain(one.words))]
    return replace(minutes, actions=(*(one for one in minutes.actions if one not in own), *news))


def _news_of(
    action: Action, said: str, line: str, item: str | None, minutes: Minutes, office: Office | None, coming: date | None
) -> NotedAction:  # fmt: skip
    put_off, until = put_off_in(said)
    due = due_field(until, minutes.day, coming, office) if put_off else Due()
    if not put_off and (alone := _day_alone(said, minutes.day, coming, office)):
        due, put_off = alone, said
    return NotedAction(
        action.title or action.words, NotedState.CLOSED if told_by(said, office) in _DONE else NotedState.OPEN, ActionKind.DO, line,
        0.9, action.ref, due=due.day, due_meeting=due.meeting, due_as_written=due.words, item=item, update=said, put_off=put_off,
        became=told_by(said, office),
    )  # fmt: skip


def _day_alone(said: str, day: date | None, coming: date | None, office: Office | None) -> Due | None:
    """The day that news is where it is a day to come and no more: it moves the due."""
    words = said.rpartition(": ")[2].strip(" .")
    due = due_field(words, day, coming, office) if day is not None and _A_DAY.fullmatch(words) else Due()
    return due if day is not None and due.day is not None and is_soon(due.day, day) and not due.doubt else None


def _with_matter(minutes: Minutes, matter: Matter, told: _Told, coming: date | None) -> Minutes:
    """What became of a matter; nothing where the notes said so at its own place, or say nothing that ends it."""
    outcome = outcome_in(_SENTENCE.split(told.words), words_meant(matter.title)) if told.ref else told.words
    became, returns = end_of(outcome, minutes.day, coming)
    own = [one for one in minutes.brought_forward if _plain(one.words) == _plain(matter.words)]
    own = own or [one for one in minutes.brought_forward if one.title.casefold() == matter.title.casefold()]
    if became is None or any(one.outcome for one in own):
        return minutes
    found = own[0] if own else BroughtForward(matter.title, matter.origin or None, matter.due or None, matter.words, told.line)
    ended = replace(found, outcome=told.words, became=became, returns=returns, evidence=found.evidence or (told.line,))
    others = tuple(one for one in minutes.brought_forward if one not in own)
    return replace(minutes, brought_forward=(*others, ended))


def _with_outcomes(minutes: Minutes, script: Script, register: Register, office: Office | None, coming: date | None) -> Minutes:
    """An outcome under an item is that of the matter brought forward to it; of several it is asked for each; where there is none, what is carried is one."""
    for at, sign in script.signs.items():
        item, line, (label, _, words) = script.outline.item_at(at), script.passages[at].line, sign.text.partition(": ")
        if label != Heading.OUTCOME or item is None or item.line in [one.line for one in minutes.brought_forward]:
            continue
        topics = office.topics if office is not None else ()
        names = {item.title.casefold(), *(one.id for one in topics if item.title in one.names)}
        waiting = (one for one in register.matters if one.state is MatterState.CARRIED)
        due = [one for one in waiting if {one.title.casefold(), one.topic} & names]
        end, when = end_of(words, minutes.day, coming)
        if len(due) == 1:
            minutes = _with_matter(minutes, due[0], _Told("", words, line, item.path, first=True), coming)
        elif due:
            asked = [
                BroughtForward(one.title, one.origin or None, one.due or None, one.words, line, None, (line,)) for one in due
            ]
            minutes = replace(minutes, brought_forward=(*minutes.brought_forward, *asked))
        elif end is MatterEnd.CARRIED:
            month = when if when and len(when) == len("2019-09") else None
            back = NotedAction(
                f"{item.title}: {words}", NotedState.NEW, ActionKind.BRING_BACK, line, 0.97, due_meeting=month, condition=condition_of(words),
                due=date.fromisoformat(when) if when and not month else None, due_as_written=words[11:].partition(",")[0], item=item.path,
            )  # fmt: skip
            minutes = replace(minutes, actions=(*minutes.actions, back))
    return minutes
