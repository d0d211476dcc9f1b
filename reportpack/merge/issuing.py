"""What notes change in the register when they are issued. A reference once given stays with its words; what cannot be told apart is asked about."""

from collections.abc import Iterator, Mapping, Sequence

from reportpack.merge.joins import joiner
from reportpack.merge.noted import Key, given_by_key, key_of, line_of, sheet_of
from reportpack.merge.occasions import plain_words
from reportpack.merge.outcomes import corrected_outcomes, outcome_changes
from reportpack.merge.register_rows import next_reference
from reportpack.model.action import ActionState
from reportpack.model.edition import Audience, narrowest
from reportpack.model.event import AnnexIssued, GivenReference, RowChange
from reportpack.model.matter import MatterState
from reportpack.model.measure import Measure
from reportpack.model.minutes import ActionKind, Assurance, NotedQuestion, NotedState
from reportpack.model.noted import NOTHING_SETTLED, Issue, NotedView, PlacedAction, PlacedCommitment, PlacedItem, Restated
from reportpack.model.office import Office
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import RegisterRow, Said
from reportpack.model.statement import Answered

TAKEN_BACK = {SheetName.ACTIONS.value: ActionState.WITHDRAWN.value, SheetName.MATTERS.value: MatterState.DISCHARGED.value}
"""What becomes of a row that the notes do not ask for any more, by its sheet."""
_FACTS = (Heading.OWNER, Heading.DUE, Heading.DUE_AT_MEETING, Heading.CONDITION, Heading.TEST, Heading.FIGURES_FOR)
_LONGEST = 1500  # Characters of what was said that go into the register; the notes have the rest.


def issue_notes(
    view: NotedView,
    rows: Sequence[RegisterRow],
    earlier: AnnexIssued | None,
    office: Office,
    measures: Sequence[Measure],
    settled: Restated = NOTHING_SETTLED,
    said: Sequence[RowChange] = (),
) -> Issue:
    """The rows that the notes add and change. With `earlier`, only what is new since that issue is added; `said` is what issues before changed."""
    given = given_by_key(earlier.given) if earlier is not None else {}
    wanted: dict[Key, RegisterRow] = {}
    for key, _, row in wanted_rows(view, office, measures):  # the same words twice are one row
        wanted.setdefault(key, row)
    new = {key: row for key, row in wanted.items() if key not in given}
    gone = [one for key, one in given.items() if key not in wanted and one.sheet != SheetName.QUESTIONS]
    mended, asked = _mend(gone, new, settled, rows, view, said)
    known = {one.ref for one in gone}
    settled_refs = {ref for ref, _ in settled.same} | settled.withdrawn
    asked = (*asked, *(f"{ref} is not missing from the notes." for ref in sorted(settled_refs - known)))
    if asked:
        return Issue((), (), asked)
    numbered, added = _number(new, rows, view)
    kept = tuple(one for one in given.values() if one not in gone)
    answered = _answered(view, rows, given) if earlier is not None else ()
    issued = {(one.sheet, one.ref) for one in given.values()}
    said = [one for one in said if one.cause == _cause(view) and (one.sheet, one.ref) not in issued]
    outcomes = corrected_outcomes(view, rows, said) if said else outcome_changes(view, rows)
    changes = (*(change for _, change in mended), *added, *outcomes, *answered)
    return Issue(changes, (*kept, *(one for one, _ in mended if one is not None), *numbered))


def _mend(
    gone: Sequence[GivenReference],
    new: dict[Key, RegisterRow],
    settled: Restated,
    rows: Sequence[RegisterRow],
    view: NotedView,
    said: Sequence[RowChange],
) -> tuple[list[tuple[GivenReference | None, RowChange]], tuple[str, ...]]:
    """What a person settled, taken out of `new`; and a sentence for each reference that nobody settled."""
    mended: list[tuple[GivenReference | None, RowChange]] = []
    asked: list[str] = []
    known = {(row.sheet, row.ref): row for row in rows}
    same = dict(settled.same)
    placed: list[PlacedAction | PlacedCommitment] = [*view.actions, *view.commitments]
    lines = {key_of(one): one.noted.line for one in placed}
    for one in gone:
        row = known.get((one.sheet, one.ref))
        fits = {key: lines.get(key, "") for key in new if key[0] == one.sheet}
        chosen = _chosen(same[one.ref], fits) if one.ref in same else None
        if row is not None and chosen is not None:
            now = new.pop(chosen)
            own = [change for change in said if (change.sheet, change.ref, change.cause) == (one.sheet, one.ref, _cause(view))]
            # What the register has from the notes follows their new words; what somebody put there since stands.
            was = {cell.header: cell.after for change in own for cell in change.changes}
            follow = [
                cell
                for cell in now.cells
                if cell.header in _FACTS and cell.text and row.text(cell.header) == was.get(cell.header, "")
            ]
            facts = [(cell.header, cell.day or cell.text) for cell in follow if cell.text != row.text(cell.header)]
            changes = row.changes([(table_of(one.sheet).words, now.words), *facts])
            mended.append((GivenReference(one.sheet, one.ref, now.words), RowChange(one.sheet, one.ref, changes, _cause(view))))
        elif row is not None and one.ref in settled.withdrawn and one.sheet in TAKEN_BACK:
            changes = row.changes([(Heading.STATE, TAKEN_BACK[one.sheet])])
            mended.append((None, RowChange(one.sheet, one.ref, changes, f"{_cause(view)}, taken back")))
        else:
            wanted = {new[key].words: line for key, line in fits.items()}
            asked.append(_ask(one, wanted, same.get(one.ref, "")))
    return mended, tuple(asked)


def _chosen(said: str, fits: Mapping[Key, str]) -> Key | None:
    """The one that a person means: the only one, the one on that line, or the only one with those words in it."""
    wanted = plain_words(said)
    if not wanted:
        return next(iter(fits)) if len(fits) == 1 else None
    line = wanted.removeprefix("line ")
    exact = [key for key, at in fits.items() if at == line or key[1] == wanted]
    found = exact or [key for key in fits if wanted in key[1]]
    return found[0] if len(found) == 1 else None


def wanted_rows(view: NotedView, office: Office, measures: Sequence[Measure]) -> Iterator[tuple[Key, str, RegisterRow]]:
    """Each row that the notes ask for, with what it is known by and its line."""
    for action in view.actions:
        if not action.noted.marked or action.noted.state is not NotedState.NEW or action.noted.ref:
            continue
        comes_back = action.noted.kind is ActionKind.BRING_BACK
        yield key_of(action), action.noted.line, matter_row(action, view, office) if comes_back else action_row(action, view)
    for promise in view.commitments:
        if promise.recorded:
            yield key_of(promise), promise.noted.line, _commitment(promise, view, office, measures)
    for question in view.minutes.questions:
        if question.answer is None or not question.clear or question.assurance is Assurance.REFUSED:
            yield (SheetName.QUESTIONS.value, plain_words(question.words), 0), question.line, _question(question, view)


def _number(
    new: Mapping[Key, RegisterRow], rows: Sequence[RegisterRow], view: NotedView
) -> tuple[tuple[GivenReference, ...], tuple[RowChange, ...]]:
    used = {sheet: [row.ref for row in rows if row.sheet == sheet] for sheet, _, _ in new}
    given: list[GivenReference] = []
    changes: list[RowChange] = []
    for (sheet, _, _), row in new.items():
        ref = next_reference(row, used[sheet], view.meeting.day.year)
        used[sheet].append(ref)
        given.append(GivenReference(sheet, ref, row.words))
        changes.append(RowChange.adding(row, ref, _cause(view)))
    return tuple(given), tuple(changes)


def action_row(placed: PlacedAction, view: NotedView) -> RegisterRow:
    """The row of an action, before it has a reference."""
    noted = placed.noted
    cells = (
        (Heading.ACTION, noted.words),
        (Heading.OWNER, _owner(placed)),
        (Heading.RAISED_AT, view.meeting.id),
        (Heading.DUE, _due(placed)),
        (Heading.CONDITION, noted.condition or ""),
        (Heading.STATE, ActionState.OPEN.value),
        (Heading.TOPIC, placed.item.topic if placed.item is not None else ""),
        (Heading.ITEM, placed.item.number if placed.item is not None else ""),
        (Heading.AUDIENCE, _audience(placed.audience)),
    )
    return RegisterRow.of(SheetName.ACTIONS, cells, line_of(view))


def _owner(placed: PlacedAction) -> str:
    return "; ".join(owner.as_written.removeprefix("The ").removeprefix("the ") for owner in placed.noted.owners)


def _due(placed: PlacedAction) -> Said:
    return placed.noted.due or _due_meeting(placed)


def matter_row(placed: PlacedAction, view: NotedView, office: Office) -> RegisterRow:
    """The row of what comes back, before it has a reference."""
    noted, item = placed.noted, placed.item
    topic = office.topic(item.topic) if item is not None else None
    cells = (
        (Heading.TITLE, topic.title if topic is not None else item.noted.title if item is not None else ""),
        (Heading.WORDS, noted.words),
        (Heading.TOPIC, item.topic if item is not None else ""),
        (Heading.FROM_MEETING, view.meeting.id),
        (Heading.DUE_AT_MEETING, _due_meeting(placed) or noted.due or ""),
        (Heading.WHAT_WAS_SAID, _said(item, noted.words, view.private)),
        (Heading.CONDITION, noted.condition or ""),
        (Heading.STATE, MatterState.CARRIED.value),
        (Heading.AUDIENCE, _audience(placed.audience)),
    )
    return RegisterRow.of(SheetName.MATTERS, cells, line_of(view))


_OF_ANY = frozenset(("performance", "figure", "figures", "the", "our", "rate", "answering", "level", "levels"))
"""Words that a promise has of any measure."""


def _commitment(placed: PlacedCommitment, view: NotedView, office: Office, measures: Sequence[Measure]) -> RegisterRow:
    noted, topic = placed.noted, placed.item.topic if placed.item is not None else ""
    # The one measure whose titles have every word that the promise has for its own (`999`), else the one that its words name, else a name of the
    # topic; none where several fit, or the words name another.
    own = frozenset(plain_words(noted.measure or "").split()) - _OF_ANY
    said = joiner(measures, office)(noted.words, "", None).measure if not own else ""
    names = {plain_words(name) for one in office.topics if one.id == topic for name in (one.title, *one.aliases)}
    titles = {one.id: plain_words(one.title) for one in measures}
    parts = {one.id: {*titles[one.id].split(), *plain_words(one.short_title or "").split(), one.id} for one in measures}
    of_topic = [one for one, title in titles.items() if {title, plain_words(one)} & names]
    fits = [said] if said else [one for one in titles if own <= parts[one]] if own else of_topic
    fits = fits if not fits[1:] else [one for one in fits if one in of_topic]
    cells = (
        (Heading.WORDS, noted.words),
        (Heading.OWNER, noted.owner or ""),
        (Heading.SAID_AT, view.meeting.id),
        (Heading.MEASURE, fits[0] if len(fits) == 1 else ""),
        (Heading.TEST, noted.test or ""),
        (Heading.FIGURES_FOR, placed.due.month.label if placed.due is not None and placed.due.month is not None else ""),
        (Heading.TOPIC, topic),
        (Heading.AUDIENCE, _audience(placed.audience)),
    )
    return RegisterRow.of(SheetName.COMMITMENTS, cells, line_of(view))


def _question(noted: NotedQuestion, view: NotedView) -> RegisterRow:
    """What was asked, with the answer that the notes give, if any: whether it is one, nobody has said."""
    item = next((one for one in view.items if one.noted.path == noted.item), None)
    refused = noted.assurance is Assurance.REFUSED
    cells = (
        (Heading.QUESTION, noted.words),
        (Heading.ASKED_BY, " and ".join(noted.asked_by)),
        (Heading.MEETING, view.meeting.id),
        (Heading.TOPIC, item.topic if item is not None else ""),
        (Heading.ITEM, item.number if item is not None else ""),
        (Heading.ANSWERED, (Answered.NO if noted.answer is None or refused else Answered.UNKNOWN).value),
        (Heading.ANSWER, noted.answer or ""),
        (Heading.AUDIENCE, Audience.OFFICE.value),
    )
    return RegisterRow.of(SheetName.QUESTIONS, cells, line_of(view))


def _answered(view: NotedView, rows: Sequence[RegisterRow], given: Mapping[Key, GivenReference]) -> Iterator[RowChange]:
    """A question that had no answer when the notes were issued, and has one now."""
    known = {row.ref: row for row in rows if row.sheet == SheetName.QUESTIONS}
    for question in view.minutes.questions:
        one = given.get((SheetName.QUESTIONS.value, plain_words(question.words), 0))
        row = known.get(one.ref) if one is not None else None
        if row is None or question.answer is None or row.text(Heading.ANSWER):
            continue
        changes = row.changes([(Heading.ANSWERED, Answered.UNKNOWN.value), (Heading.ANSWER, question.answer)])
        yield RowChange(row.sheet, row.ref, changes, _cause(view), line_of(view, question.line))


def _ask(one: GivenReference, new: Mapping[str, str], said: str) -> str:
    """`13/2019, "...", is no longer there`, with the words that may be it now."""
    start = f'{one.ref}, "{one.words[:80]}", stood in the notes that were issued and is no longer there'
    if said and new:
        start = f'{start}, and "{said[:80]}" is not one thing that is new in them'
    if len(new) > 1:
        lines = {words: f" (line {line})" if line.isdigit() else f" ({line})" if line else "" for words, line in new.items()}
        listed = "; ".join(f'"{words[:80]}"{line}' for words, line in lines.items())
        return f"{start}. New are: {listed}. Is one of them the same?"
    words = next(iter(new), "")
    return f'{start}; "{words[:80]}" is new. Is that the same?' if new else f"{start}."


def answered_rows(view: NotedView, rows: Sequence[RegisterRow], earlier: AnnexIssued) -> tuple[RowChange, ...]:
    """What answers given after the issue add to its rows: an owner, a day, an outcome, where the register has none."""
    known = {(row.sheet, row.ref): row for row in rows}
    changes: list[RowChange] = []
    for action in view.actions:
        comes_back = action.noted.kind is ActionKind.BRING_BACK
        row = known.get((sheet_of(action.noted), action.ref))
        due = (Heading.DUE_AT_MEETING, _due_meeting(action)) if comes_back else (Heading.DUE, _due(action))
        filled = (due,) if comes_back else ((Heading.OWNER, _owner(action)), due)
        if row is None or action.noted.state is not NotedState.NEW:
            continue
        told = row.changes((header, said) for header, said in filled if said and not row.text(header).strip())
        changes += [RowChange(row.sheet, row.ref, told, _cause(view), line_of(view, action.noted.line))] if told else []
    return (*changes, *outcome_changes(view, rows), *_answered(view, rows, given_by_key(earlier.given)))


def _said(item: PlacedItem | None, words: str, private: frozenset[str]) -> str:
    """The passages of the item, whole ones only, without the action itself and without private details."""
    said, length = [], 0
    for passage in item.passages if item is not None else ():
        if words in passage.words or passage.words.rstrip(": ").casefold() in ("action arising", "actions arising", "actions"):
            continue
        if private & set(passage.lines):
            continue
        length += len(passage.words)
        if length > _LONGEST:
            break
        said.append(passage.words)
    return "\n".join(said)


def _due_meeting(placed: PlacedAction) -> str:
    due = placed.due
    if due is None:
        return placed.noted.due_as_written or ""
    if due.meeting is not None:
        return due.meeting.id
    return due.month.label if due.month is not None else due.written


def _audience(audience: Audience) -> str:
    """Never the public by itself: a person releases a row to them."""
    return narrowest(audience, Audience.FORCE).value


def _cause(view: NotedView) -> str:
    return f"annex {view.meeting.id}"
