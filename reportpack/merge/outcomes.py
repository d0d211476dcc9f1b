"""What notes say became of what was there before the meeting: the outcome of a matter, the news of an action. Once for each meeting."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.merge.noted import line_of
from reportpack.merge.occasions import month_of
from reportpack.merge.register_rows import rows_after
from reportpack.model.action import ActionState, may_follow
from reportpack.model.event import RowChange
from reportpack.model.matter import MatterState
from reportpack.model.minutes import MatterEnd, NotedState
from reportpack.model.noted import NotedView, PlacedAction, PlacedMatter
from reportpack.model.period import iso_day, long_date, written_day
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import RegisterRow, Said, words_said
from reportpack.model.state_words import spelt_state

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""Without a year, words name no day or meeting, and there is nothing to move it from."""
_REASON = re.compile(r"[,;]\s+|\s+(?:because|as|since)\s+", re.IGNORECASE)
_DISCHARGES = (MatterEnd.CLOSED, MatterEnd.SUPERSEDED)


def corrected_outcomes(view: NotedView, rows: Sequence[RegisterRow], said: Sequence[RowChange]) -> Iterator[RowChange]:
    """The same where an earlier version of the notes `said` other things: what it changed, and still stands so, is as it was before."""
    known = {(row.sheet, row.ref): row for row in rows}
    for change in reversed(said):
        row = known[change.sheet, change.ref]
        stands = [one for one in change.changes if row.text(one.header) == one.after]
        cells = ((one.header, (one.day and written_day(one.before)) or one.before) for one in stands)
        known[row.sheet, row.ref] = row.after(row.changes(cells))
    before = tuple(known.values())
    steps = tuple(outcome_changes(view, before))
    for row, was, now in zip(rows, before, rows_after(before, steps), strict=True):
        if now.texts != row.texts:
            back = row.changes((one.header, one.day or one.text) for one in was.cells if one.text != row.text(one.header))
            yield from [RowChange(row.sheet, row.ref, back, f"annex {view.meeting.id}", line_of(view))] if back else []
            yield from (one for one in steps if (one.sheet, one.ref) == (row.sheet, row.ref))


def outcome_changes(view: NotedView, rows: Sequence[RegisterRow]) -> Iterator[RowChange]:
    """What the notes change in rows that stand; what a row has from this meeting already changes nothing."""
    known = {(row.sheet, row.ref.casefold()): row for row in rows}
    told: list[tuple[SheetName, str, PlacedMatter | PlacedAction]] = [(SheetName.MATTERS, one.ref, one) for one in view.matters]
    told += [(SheetName.ACTIONS, one.noted.ref or "", one) for one in view.actions if one.noted.state is not NotedState.NEW]
    for sheet, ref, placed in told:
        key = (sheet.value, ref.casefold())
        if key not in known:
            continue
        steps = _of_matter(placed, known[key], view) if isinstance(placed, PlacedMatter) else _of_action(placed, known[key], view)
        for cells in steps:
            row = known[key]
            changes = row.changes(cells)
            known[key] = row.after(changes)
            yield RowChange(row.sheet, row.ref, changes, f"annex {view.meeting.id}", line_of(view, placed.noted.line))
    for one in view.settled:
        row = known[SheetName.COMMITMENTS.value, one.ref.casefold()]
        said, lines = f"{long_date(view.meeting.day)}: {one.words}", row.text(Heading.OUTCOME)
        decided = month_of(row.text(Heading.DECIDED_AT))
        if said in lines.splitlines() or (decided is not None and decided.start > view.meeting.day):
            continue
        settled = ((Heading.STATE, one.state.value), (Heading.DECIDED_AT, view.meeting.id), (Heading.OUTCOME, below(lines, said)))
        yield RowChange(row.sheet, row.ref, row.changes(settled), f"annex {view.meeting.id}", line_of(view, one.line))


def _of_matter(placed: PlacedMatter, row: RegisterRow, view: NotedView) -> Iterator[list[tuple[Heading, Said]]]:
    """A matter that the notes, or an answer to their query, end is discharged; one that they carry is due where they say."""
    noted, day, said = placed.noted, view.meeting.day, (placed.noted.outcome or "").strip()
    evidence = set(noted.evidence)
    numbers = [one.number for one in view.items if any(evidence & set(passage.lines) for passage in one.passages)]
    where = f"discussed at {', '.join(numbers)}" if numbers else "and no passage of the notes discusses it"
    line = f"{long_date(day)}: {(said or 'no outcome recorded').rstrip('.')}, {where}."
    lines = row.text(Heading.OUTCOME).splitlines()
    own = [one for one in lines if one.startswith(f"{long_date(day)}: ")]
    if line in own or (own and not said):
        return
    cells: list[tuple[Heading, Said]] = [(Heading.OUTCOME, "\n".join((*(one for one in lines if one not in own), line)))]
    later = any((written_day(one.partition(":")[0]) or date.min) > day for one in lines)
    if noted.became in _DISCHARGES and not later:
        cells += [(Heading.STATE, MatterState.DISCHARGED.value), (Heading.EVIDENCE, _evidence(row, view))]
    elif noted.became is MatterEnd.CARRIED and noted.returns and not later:
        # `Put back to July, the survey is late`: what an outcome gives as its reason.
        why = _REASON.split(said, maxsplit=1)[1].strip(" .") if _REASON.search(said) else ""
        cells += [(Heading.STATE, MatterState.CARRIED.value), *_moved(row, _occasion(noted.returns), why, view)]
    yield cells


def _of_action(placed: PlacedAction, row: RegisterRow, view: NotedView) -> Iterator[list[tuple[Heading, Said]]]:
    """Each step that the news is: done is proposed complete, and what the meeting accepts was proposed before. Where it is none, its words are kept."""
    noted = placed.noted
    closed = noted.state is NotedState.CLOSED
    said = f"{long_date(view.meeting.day)}: {noted.update or noted.words}"
    if said in row.text(Heading.UPDATE).splitlines():
        return
    told = noted.came
    before = spelt_state(row.text(Heading.STATE))
    tells = closed or (noted.update.strip() and spelt_state(noted.update) is None)
    words = [(Heading.UPDATE, below(row.text(Heading.UPDATE), said))]
    news = words if tells else []
    seen = (Heading.EVIDENCE, _evidence(row, view))
    if told is ActionState.ACCEPTED and before is ActionState.OPEN:
        yield [(Heading.STATE, ActionState.PROPOSED.value), *news, seen]
        news, before = [], ActionState.PROPOSED
    if before is None or told in (before, ActionState.OPEN) or not may_follow(before, told):
        due = noted.due or _occasion(noted.due_meeting or "")
        reason = noted.update.replace(noted.put_off, "", 1).strip(" .,;:()\u2013-")
        moved = _moved(row, due, reason, view) if noted.put_off else []
        again = [(Heading.STATE, ActionState.OPEN.value)] if moved and before is ActionState.PROPOSED else []
        news = words if told not in (before, ActionState.OPEN) else news  # what cannot become of it is kept as it was said
        if news or moved:
            yield [*again, *news, *moved]
        return
    decided: list[tuple[Heading, Said]] = [seen] if told in (ActionState.PROPOSED, ActionState.ACCEPTED) else []
    decided += [(Heading.DECIDED_AT, view.meeting.id)] if told in (ActionState.ACCEPTED, ActionState.DISPUTED) else []
    decided += [(Heading.CLOSED_ON, view.meeting.day)] if told is ActionState.ACCEPTED else []
    yield [(Heading.STATE, told.value), *news, *decided]


def _moved(row: RegisterRow, due: Said, why: str, view: NotedView) -> list[tuple[Heading, Said]]:
    """The due and the line that counts the move; nothing where it is due then already, or nobody can say when."""
    table = table_of(row.sheet)
    if table.due is None or table.moves is None or not due:
        return []
    before, after = row.text(table.due).strip(), words_said(due)
    if after.casefold() == before.casefold():
        return []
    was_set = row.day(table.due) is not None or _YEAR.search(before) is not None
    line = f"{before} to {after}: {why or f'notes of {long_date(view.meeting.day)}'}"
    return [(table.due, due), *([(table.moves, below(row.text(table.moves), line))] if was_set else [])]


def _occasion(named: str) -> Said:
    """A day as one, a month in words."""
    month = month_of(named)
    return iso_day(named) or (month.label if month is not None else named)


def _evidence(row: RegisterRow, view: NotedView) -> str:
    seen, there = f"Notes of {long_date(view.meeting.day)}", row.text(Heading.EVIDENCE)
    return there if seen in there else below(there, seen)


def below(there: str, line: str) -> str:
    """What stands there, with the line below it."""
    return "\n".join(one for one in (there.rstrip(), line) if one)
