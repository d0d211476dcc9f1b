"""What people said of the notes afterwards: answers to queries, and corrections with their place, number and effect on the register."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from reportpack.merge.occasions import plain_words
from reportpack.merge.register_rows import next_reference, rows_after
from reportpack.model.action import ActionState
from reportpack.model.answer import OF_EACH_MEETING, Answer, AskedQuery, Cause, QueryAnswered, Verdict, kind_of
from reportpack.model.correction import (
    Correction,
    CorrectionKind,
    CorrectionPlace,
    CorrectionProposed,
    CorrectionSettled,
    FoundCorrection,
)
from reportpack.model.edition import Audience, narrowest
from reportpack.model.event import Event, RowChange
from reportpack.model.minutes import UNRELATED, ActionKind, Minutes, Query
from reportpack.model.noted import NotedView, PlacedAction
from reportpack.model.passage import HeldBack, NotesOpened, PassageHeld, PassageRestored
from reportpack.model.period import written_day
from reportpack.model.problem import Source
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import CellChange, RegisterRow

_HARM = tuple(Cause)
NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})
_REMEDY = "Make it an action if it was meant as one, or leave it."


def ask_queries(view: NotedView, answers: Sequence[Event]) -> tuple[AskedQuery, ...]:
    """Every query of the notes, those of one cause under one number: questions that stop the agreement first, then by the harm that silence does.
    What was left as it is in the notes of another meeting is not asked again."""
    given, left = dict[str, Answer](), dict[tuple[str, str], Answer]()
    for one in answers:
        if isinstance(one.what, QueryAnswered):
            answer = Answer(one.what, one.who)
            left[one.what.kind, plain_words(one.what.found)] = answer
            given |= {one.what.key: answer} if one.what.meeting == view.meeting.id else {}
    every = group_queries(view.minutes, _undertakings(view), given)
    left = {key: one for key, one in left.items() if one.given.verdict is Verdict.LEFT and key[0] not in OF_EACH_MEETING}
    return tuple(replace(one, answer=one.answer or left.get((one.query.kind, plain_words(one.query.found)))) for one in every)


def group_queries(
    minutes: Minutes, more: Sequence[Query] = (), given: Mapping[str, Answer] = NO_ANSWERS
) -> tuple[AskedQuery, ...]:
    """The queries of the notes, and `more`, as questions."""
    by_cause: dict[Cause, list[tuple[str, Query]]] = {}
    seen: Counter[str] = Counter()
    needless = _needless(minutes)
    for query in (*minutes.queries, *more):
        cause = Cause.MARKED if (query.kind, query.about) in needless and not query.blocking else kind_of(query.kind).cause
        by_cause.setdefault(cause, []).append((query_key(query, seen), query))
    weighed = sorted(by_cause, key=lambda one: (not any(query.blocking for _, query in by_cause[one]), _HARM.index(one)))
    return tuple(
        AskedQuery(number, key, query, given.get(key), cause, part if len(by_cause[cause]) > 1 else 0)
        for number, cause in enumerate(weighed, start=1)
        for part, (key, query) in enumerate(sorted(by_cause[cause], key=lambda one: not one[1].blocking), start=1)
    )


def query_key(query: Query, seen: Counter[str]) -> str:
    """What the query is known by. The same words asked about a second time, as `seen` counts, are another query."""
    about = f"{query.kind}\n{plain_words(query.about or query.found)}"
    seen[about] += 1
    return hashlib.sha256(f"{about}\n{seen[about]}".encode()).hexdigest()[:20]


def _needless(minutes: Minutes) -> frozenset[tuple[str, str]]:
    """A matter that comes back needs nobody to own it; what nobody called an action is asked about as that; that an answer shares no word with its
    question proves little."""
    missing = "action-without-owner", "action-without-date"
    needless = {
        (kind, one.words)
        for one in minutes.actions
        for kind in missing
        if not one.marked or (kind == missing[0] and one.kind is ActionKind.BRING_BACK)
    }
    unrelated = {("answer-unclear", f"{one.words} {one.answer}") for one in minutes.questions if one.doubt == UNRELATED}
    return frozenset(needless | unrelated)


def _undertakings(view: NotedView) -> list[Query]:
    """What somebody said would happen and nobody called an action; each once, and not where it is asked about as a promise."""
    said = [(one.noted.line, one.noted.words) for one in view.actions if not one.noted.marked]
    said += [(one.noted.line, one.noted.words) for one in view.commitments if not one.recorded]
    asked = [one.found for one in view.minutes.queries if kind_of(one.kind).cause is Cause.PROMISES]
    first: dict[str, str] = {}
    for line, words in said:
        first.setdefault(words, line)
    return [
        Query("undertaking", line, f"\u201c{words}\u201d", _REMEDY, about=words)
        for words, line in first.items()
        if not any(words in found for found in asked)
    ]


def standing_passages(events: Sequence[Event]) -> tuple[tuple[HeldBack, ...], frozenset[Audience]]:
    """The passages that are held back as it was said last, and the editions that notes were opened for."""
    held: dict[tuple[str, Audience, str], HeldBack] = {}
    opened: set[Audience] = set()
    for what in (one.what for one in events):
        if isinstance(what, PassageHeld):
            held[what.meeting, what.passage.edition, plain_words(what.passage.words)] = what.passage
        elif isinstance(what, PassageRestored):
            held.pop((what.meeting, what.edition, plain_words(what.words)), None)
        elif isinstance(what, NotesOpened):
            (opened.add if what.open else opened.discard)(what.edition)
    return tuple(held.values()), frozenset(opened)


_COLUMNS = {"owner": Heading.OWNER, "due, and the item it arose at": Heading.DUE}
_COMES_BACK = "To come back: "
_NOT_YET = " (not yet scheduled)"
_ARISING = "Actions arising"
_NOTHING = frozenset({"not stated", "no meeting stated"})


def standing_corrections(events: Sequence[Event]) -> tuple[Correction, ...]:
    """Every correction with the last thing that was said to it, by its number."""
    found: dict[int, Correction] = {}
    for event in events:
        if isinstance(event.what, CorrectionProposed):
            found[event.what.number] = Correction(event.what)
        elif isinstance(event.what, CorrectionSettled) and event.what.number in found:
            found[event.what.number] = replace(found[event.what.number], settled=event.what, by=event.who)
    return tuple(found.values())


def propose_corrections(
    found: Sequence[FoundCorrection],
    known: Sequence[Correction],
    view: NotedView,
    version: int,
    edition: Audience,
    file: str,
    sha256: str,
) -> tuple[CorrectionProposed, ...]:
    """Those that nobody proposed before, numbered on, each with its item and its line."""
    keys = {one.proposed.key for one in known}
    number = max((one.number for one in known), default=0)
    proposed: list[CorrectionProposed] = []
    for one in found:
        # the same change by the same person in the same words, whenever it was saved
        change = (one.kind, plain_words(one.passage), str(one.start), one.removed, one.inserted)
        parts = (*change, one.comment, one.reply_to, one.author)
        key = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
        if key in keys:
            continue
        keys.add(key)
        number += 1
        placed = replace(one, place=_placed(one, view))
        item = next((item for item in view.items if placed.place.item and item.noted.path == placed.place.item), None)
        audience = item.audience if item is not None else narrowest(edition, Audience.FORCE)
        proposed.append(CorrectionProposed(view.meeting.id, version, number, key, placed, file, sha256, edition, audience))
    return tuple(proposed)


def _placed(found: FoundCorrection, view: NotedView) -> CorrectionPlace:
    """The item by the heading it stands under, or by the row of its action; the line by the words of its passage."""
    place = found.place
    action = _action_of(found, view)
    if action is not None:
        item = action.item.noted.path if action.item is not None else ""
        return replace(place, item=item, line=action.noted.line)
    matter = next((one for one in view.matters if one.ref and one.ref == place.row), None)
    if matter is not None:
        return replace(place, item=matter.item.noted.path if matter.item is not None else "", line=matter.noted.line)
    item_of = next((one for one in view.items if f"{one.number} {one.noted.title}".strip() == place.heading), None)
    if item_of is None:
        return place
    words = plain_words(found.passage)
    lines = (one.lines[0] for one in item_of.passages if words and plain_words(one.words) == words and one.lines)
    return replace(place, item=item_of.noted.path, line=next(lines, item_of.noted.line))


def _action_of(found: FoundCorrection, view: NotedView) -> PlacedAction | None:
    """The action whose row it stands in, or whose words stand in its passage."""
    row = found.place.row
    if row:
        return next((one for one in view.actions if one.ref and one.ref == row), None)
    passage = " ".join(found.passage.split())
    fits = [one for one in view.actions if one.noted.marked and " ".join(one.noted.words.split()) in passage]
    return fits[0] if len(fits) == 1 and found.passage else None


def corrected_rows(
    corrections: Sequence[Correction], view: NotedView, rows: Sequence[RegisterRow], *, back: bool = False
) -> tuple[RowChange, ...]:
    """What the accepted ones change in the register, each counted upon the one before; with `back`, how it was without them."""
    stand = tuple(rows)
    changes: list[RowChange] = []
    for one in corrections:
        if not one.accepted:
            continue
        whole = one.proposed.found.place.section == _ARISING and not one.proposed.found.place.column
        change = (_whole_row if whole else _corrected_row)(one, view, stand, back=back)
        if change is not None:
            changes.append(change)
            stand = rows_after(stand, [change])
    return tuple(changes)


def _whole_row(correction: Correction, view: NotedView, rows: Sequence[RegisterRow], *, back: bool) -> RowChange | None:
    """A row that was added is a new action, with its owner and day as typed; one that was taken out is withdrawn. Taken back: the other way."""
    found = correction.proposed.found
    cause = f"annex {view.meeting.id}, correction {correction.number}{' taken back' if back else ''}"
    source = Source(correction.proposed.file, sha256=correction.proposed.sha256)
    words = correction.settled.words if correction.settled is not None else ""
    typed = {
        head.strip().casefold(): text.strip() for head, _, text in (one.partition(": ") for one in found.inserted.split("\n"))
    }
    words, actions = words or typed.get("action", ""), [one for one in rows if one.sheet == SheetName.ACTIONS]
    if found.kind is CorrectionKind.REMOVED or (back and found.kind is CorrectionKind.ADDED):
        row = next((one for one in actions if one.ref == found.place.row or (words and one.words == words)), None)
        removed = (found.kind is CorrectionKind.REMOVED) is not back
        state = ActionState.WITHDRAWN if removed or found.kind is CorrectionKind.ADDED else ActionState.OPEN
        change = row.changes([(Heading.STATE, state.value)]) if row is not None else ()
        return RowChange(row.sheet, row.ref, change, cause, source) if row is not None else None
    if found.kind is not CorrectionKind.ADDED or not words:
        return None
    due = _first_line(typed.get("due, and the item it arose at", ""))
    cells = (
        (Heading.ACTION, words),
        (Heading.OWNER, typed.get("owner", "")),
        (Heading.RAISED_AT, view.meeting.id),
        (Heading.DUE, written_day(due) or due),
        (Heading.STATE, ActionState.OPEN.value),
        (Heading.AUDIENCE, narrowest(correction.proposed.audience, Audience.FORCE).value),
    )
    new = RegisterRow.of(SheetName.ACTIONS, cells, source)
    return RowChange.adding(new, next_reference(new, [one.ref for one in actions], view.meeting.day.year), cause)


def _corrected_row(correction: Correction, view: NotedView, rows: Sequence[RegisterRow], *, back: bool) -> RowChange | None:
    """None where it changes no row: it is to other words, or the row has other words by now."""
    found = correction.proposed.found
    action = _action_of(found, view)
    row = next((one for one in rows if action is not None and action.ref and one.ref == action.ref), None)
    if action is None or row is None or (found.kind is CorrectionKind.COMMENT and not found.removed):
        return None
    heading, old, new = _cell(correction, action, row)
    stands = row.text(heading)
    before, after = (new, old) if back else (old, new)
    if heading == table_of(row.sheet).words and plain_words(stands) != plain_words(before):
        was, reads = reversed(correction.reading) if back else correction.reading
        before, after = (stands, stands.replace(was, reads)) if was and stands.count(was) == 1 else ("", "")
    if not heading or before == after or plain_words(stands) != plain_words(before):
        return None
    change = CellChange(heading, stands, after)
    cause = f"annex {view.meeting.id}, correction {correction.number}{' taken back' if back else ''}"
    return RowChange(row.sheet, row.ref, (change,), cause, Source(correction.proposed.file, sha256=correction.proposed.sha256))


def _cell(correction: Correction, action: PlacedAction, row: RegisterRow) -> tuple[str, str, str]:
    found = correction.proposed.found
    inserted = correction.settled.words if correction.settled is not None and correction.settled.words else found.inserted
    whole = found.passage[: found.start] + inserted + found.passage[found.start + len(found.removed) :]
    column = _COLUMNS.get(found.place.column.casefold(), "")
    if column:
        before, after = (_first_line(text) for text in (found.passage, whole))
        return (table_of(row.sheet).due or column) if column == Heading.DUE else column, before, after
    words = action.noted.words
    at = found.passage.find(words)
    if at < 0 or not at <= found.start <= found.start + len(found.removed) <= at + len(words):
        return "", "", ""
    place = found.start - at
    return table_of(row.sheet).words, words, words[:place] + inserted + words[place + len(found.removed) :]


def fact_of(correction: Correction, view: NotedView) -> str:
    """The reference of what stands in the tables and lists of facts where it was put; empty for other words, and for a comment."""
    found = correction.proposed.found
    refs = [*(one.ref for one in view.actions), *(one.ref for one in view.matters), *(one.ref for one in view.commitments)]
    said = next((one for one in refs if one and (found.place.row == one or found.passage.startswith((f"{one},", f"{one}:")))), "")
    return said if found.kind is not CorrectionKind.COMMENT else ""


def _first_line(text: str) -> str:
    line = text.strip().split("\n")[0].strip().removeprefix(_COMES_BACK).removesuffix(_NOT_YET)
    return "" if line.casefold() in _NOTHING else line


def current_corrections(corrections: Sequence[Correction], version: int, view: NotedView) -> Iterator[Correction]:
    """Those to the version that stands, and earlier ones whose passage is still in the notes as it was."""
    words = {plain_words(passage.words) for item in view.items for passage in item.passages}
    return (one for one in corrections if one.proposed.version == version or plain_words(one.proposed.found.passage) in words)
