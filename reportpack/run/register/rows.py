"""`register`: the rows that stand, as a list of lines too, what became of them, and the changes that a person makes in one step, each an event with
what it needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from reportpack.drive_files import sha256_of
from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.register_rows import next_reference
from reportpack.model.action import ActionState
from reportpack.model.commitment import CommitmentState
from reportpack.model.event import Event, RowChange, Undone
from reportpack.model.inputs import Settings
from reportpack.model.matter import MatterState
from reportpack.model.observation import FigureAnswered
from reportpack.model.period import written_day
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register_columns import TABLES, Heading, Holds, SheetName, table_of
from reportpack.model.register_row import CellChange, RegisterRow, Said, plain_reference
from reportpack.model.state_words import SPELT_COMMITMENT
from reportpack.read.register.occasions import read_occasion
from reportpack.read.register.reading import register_of_rows
from reportpack.read.register.rows import plain
from reportpack.records import Record
from reportpack.run.office_files import REGISTER, Folders, gather_meetings, open_memory, which_meeting
from reportpack.run.steps.recording import Change, Recording, recording
from reportpack.run.steps.standing import is_open, moved, read_standing, refuse_impossible, refuse_unexplained


class Updated(Record):
    """The row as it stands after a change, and what could not be done."""

    row: RegisterRow
    problems: tuple[Problem, ...]


class Step(Record):
    """A change of a row that was recorded; `undone` is the event that took it back, and why."""

    event: Event
    change: RowChange
    undone: tuple[Event, str] | None


def standing_register(folders: Folders, year: int) -> tuple[tuple[RegisterRow, ...], tuple[Problem, ...]]:
    """Every row that stands now, with what is wrong; records nothing."""
    with open_memory(folders) as ledger:
        step = read_standing(folders.inputs / REGISTER, ledger, None, year)
    return step.rows, step.problems


def row_history(folders: Folders, ref: str, year: int) -> tuple[RegisterRow, tuple[Event, ...]]:
    """The row of that reference, and everything that was recorded of it and undone, oldest first."""
    row = find_row(standing_register(folders, year)[0], ref)
    return row, history_of(folders, row)


def history_of(folders: Folders, row: RegisterRow) -> tuple[Event, ...]:
    """Everything that was recorded of that row and undone, oldest first."""
    with open_memory(folders) as ledger:
        own = {one.number: one for one in ledger.history(row.sheet, row.ref)}
        undone = {one.number: one for one in ledger.of_kinds(Undone) if isinstance(one.what, Undone) and one.what.event in own}
    return tuple(one for _, one in sorted((own | undone).items()))


def steps_of(events: Sequence[Event]) -> tuple[Step, ...]:
    """The changes among what was recorded of a row, each with what undid it."""
    undone = {one.what.event: (one, one.what.why) for one in events if isinstance(one.what, Undone)}
    return tuple(Step(one, one.what, undone.get(one.number)) for one in events if isinstance(one.what, RowChange))


def update_row(folders: Folders, ref: str, words: Sequence[tuple[str, str]], said: Change) -> Updated:
    """Change what stands under some headings of a row, in the ledger and, unless somebody has it open, in the workbook.
    A due that moves needs a reason, and is counted; a state that cannot follow the one before is refused."""
    settings, _, _ = gather_meetings(folders)
    with recording(folders, said.now) as record:
        row = find_row(record.rows, ref)
        return _changed(record, row, known_headings(row.sheet, words), settings, "update", said)


def _changed(
    record: Recording, row: RegisterRow, words: Iterable[tuple[str, Said]], settings: Settings, verb: str, said: Change
) -> Updated:
    changes = row.changes(words)
    refuse_impossible(row, changes)
    refuse_unexplained(row, changes, said.why)
    changes = moved(row, changes, said.why)
    refuse_unreadable(row, changes, settings)
    return _recorded(record, RowChange(row.sheet, row.ref, changes, f"reportpack register {verb}"), said)


def _recorded(record: Recording, change: RowChange, said: Change, undone: Undone | None = None) -> Updated:
    """The row as it stands once the change, unless it changes nothing, or that it is undone is recorded."""
    changes = any(one.before != one.after for one in change.changes)
    record.record([said.event(undone or change)] if undone or changes else [])
    return Updated(find_row(record.rows, change.ref), record.problems)


def find_row(rows: Sequence[RegisterRow], ref: str) -> RegisterRow:
    """The row of that reference; InputError that names the nearest ones when there is none."""
    found = [row for row in rows if row.ref and plain_reference(ref) in (plain_reference(row.ref), plain_reference(row.public))]
    if found:
        return found[0]
    year = ref.rpartition("/")[2]
    near = [row.ref for row in rows if row.ref and row.ref.rpartition("/")[2] == year] or [row.ref for row in rows if row.ref]
    raise InputError(f"Nothing in the register is called {ref}.", f"There are: {', '.join(near[:20]) or 'no references yet'}.")


def known_headings(sheet: str, words: Sequence[tuple[str, str]]) -> list[tuple[str, Said]]:
    """The headings as that sheet spells them, with the words for each, or the day; InputError for one that it has not."""
    columns = {plain(one.heading): one for one in table_of(sheet).columns if one.holds is not Holds.REFERENCE}
    known: list[tuple[str, Said]] = []
    for heading, text in words:
        column = columns.get(plain(heading))
        if column is None:
            offered = ", ".join(one.heading for one in columns.values())
            raise InputError(f'"{heading}" cannot be set on the sheet {sheet}.', f"The headings are: {offered}.")
        day = written_day(text.strip()) if column.holds.days else None
        known.append((column.heading, day or text.strip()))
    return known


def refuse_unreadable(row: RegisterRow, changes: Sequence[CellChange], settings: Settings) -> None:
    """InputError for words that cannot be read. What a person types here is asked about at once; what the workbook holds already is not in question."""
    before = {problem.found for problem in register_of_rows([row], settings.office, settings.measures)[1]}
    _, problems = register_of_rows([row.after(changes)], settings.office, settings.measures)
    new = [one for one in problems if one.weight is Weight.WRONG and one.found not in before]
    if new:
        raise InputError(new[0].found, f"{new[0].remedy} Nothing was changed.")


_ALWAYS = (Heading.STATE, Heading.DUE_AT_MEETING, Heading.DECIDED_AT)  # Said even when nothing stands there any more.


def propose_complete(folders: Folders, ref: str, evidence: str, update: str, said: Change) -> Updated:
    """The owner says that it is done, and where that can be seen."""
    words = {Heading.STATE: ActionState.PROPOSED.value, Heading.EVIDENCE: evidence, Heading.UPDATE: update}
    return _step(folders, ref, SheetName.ACTIONS, words, said, "propose")


def accept(folders: Folders, ref: str, meeting: str, said: Change) -> Updated:
    """A meeting accepts that it is done."""
    words = {Heading.STATE: ActionState.ACCEPTED.value, Heading.DECIDED_AT: _meeting(folders, meeting, said)}
    return _step(folders, ref, SheetName.ACTIONS, words, said, "accept")


def dispute(folders: Folders, ref: str, meeting: str, said: Change) -> Updated:
    """A meeting does not accept that it is done, and says why."""
    words = {Heading.STATE: ActionState.DISPUTED.value, Heading.DECIDED_AT: _meeting(folders, meeting, said)}
    return _step(folders, ref, SheetName.ACTIONS, words, said, "dispute", f"Disputed: {said.why}" if said.why else "")


def carry(folders: Folders, ref: str, to: str, condition: str, said: Change) -> Updated:
    """A matter is put off again, to a meeting that is set or to a month; every earlier due is kept."""
    if not read_occasion(to):
        found = f'"{to}" does not say which meeting.'
        raise InputError(found, "Write its month and year (November 2019), its date, or its id. Nothing was changed.")
    words = {Heading.DUE_AT_MEETING: to, Heading.STATE: MatterState.CARRIED.value, Heading.CONDITION: condition}
    return _step(folders, ref, SheetName.MATTERS, words, said, "carry")


def settle(folders: Folders, ref: str, state: str, meeting: str, said: Change) -> Updated:
    """What became of a commitment, and why; open again, no meeting has settled it."""
    wanted = " ".join(state.casefold().split())
    wanted = SPELT_COMMITMENT.get(wanted, wanted)
    if wanted not in list(CommitmentState):
        remedy = f"Write one of: {', '.join(CommitmentState)}. Nothing was changed."
        raise InputError(f'"{state}" is no state of a commitment.', remedy)
    at = _meeting(folders, meeting, said) if wanted != CommitmentState.OPEN else ""
    words = {Heading.STATE: wanted, Heading.DECIDED_AT: at, Heading.OUTCOME: said.why}
    return _step(folders, ref, SheetName.COMMITMENTS, words, said, "settle")


def _step(
    folders: Folders, ref: str, of: SheetName, words: Mapping[Heading, str], said: Change, verb: str, added: str = ""
) -> Updated:
    """One change to a row of that sheet, recorded when it can follow on what stands; what is `added` goes below its update."""
    settings, _, _ = gather_meetings(folders)
    with recording(folders, said.now) as record:
        row = find_row(record.rows, ref)
        if row.sheet != of:
            move = Remedy("The day of an action is moved with:", "register update", row.ref, "Due=...", why="TEXT")
            show = Remedy("See what it is with:", "register show", row.ref)
            raise InputError(f"{row.ref} is no {table_of(of).singular}.", move if of is SheetName.MATTERS else show)
        if of is SheetName.MATTERS and row.text(Heading.STATE).strip().casefold() == MatterState.DISCHARGED.value:
            found = f"{row.ref} is discharged."
            raise InputError(found, Remedy("Open it again first:", "register update", row.ref, "State=carried forward"))
        new = {header: text.strip() for header, text in words.items() if text.strip() or header in _ALWAYS}
        if added:
            before = row.text(Heading.UPDATE)
            new[Heading.UPDATE] = f"{before}\n{added}" if before else added
        return _changed(record, row, new.items(), settings, verb, said)


def _meeting(folders: Folders, named: str, said: Change) -> str:
    return which_meeting(gather_meetings(folders)[1], named, said.today).id


_GIVEN = (Heading.REFERENCE, Heading.STATE)  # Needed, but never asked: a new row is given its reference, and is open.
_CLOSED = {SheetName.ACTIONS.value: ActionState.CLOSED.value, SheetName.MATTERS.value: MatterState.DISCHARGED.value,
           SheetName.RISKS.value: ActionState.CLOSED.value, SheetName.RECOMMENDATIONS.value: ActionState.CLOSED.value}  # fmt: skip
_ALIKE = 88
_JUST_NOW = timedelta(hours=1)


def sheet_called(name: str) -> str:
    """`Actions` for `action`; InputError for what is no sheet of the register."""
    found = next((table.name.value for table in TABLES if name.strip().casefold() in (table.name.casefold(), table.singular)), "")
    if not found:
        raise InputError(f'The register keeps no "{name}".', f"Name one of: {', '.join(table.singular for table in TABLES)}.")
    return found


def needed_for(sheet: str, words: Mapping[str, Said]) -> tuple[tuple[str, str], ...]:
    """The headings that a new row must have and that have no words yet, each with what belongs there."""
    lacking = (one for one in table_of(sheet).columns if one.needed and not words.get(one.heading))
    return tuple((one.heading, one.means) for one in lacking if one.heading not in _GIVEN)


def add_row(
    folders: Folders, sheet: str, words: Sequence[tuple[str, str]], said: Change, allow: Callable[[str], bool] = lambda _: False
) -> Updated:
    """A new row with the next reference of its year, in the ledger and, unless somebody has it open, in the workbook.
    Words that were added a moment ago, perhaps by a run that did not end, are asked about: `allow` says whether another row is meant."""
    settings, _, _ = gather_meetings(folders)
    known = dict(known_headings(sheet, words))
    missing = needed_for(sheet, known)
    if missing:
        lacking = "; ".join(f"{header} ({means})" for header, means in missing)
        raise InputError(f"Not enough is said for a new row: {lacking}.", 'Add it, such as "Owner=CC". Nothing was changed.')
    with recording(folders, said.now) as record:
        row = RegisterRow.of(sheet, known.items(), Source(""))
        ref = next_reference(row, (one.ref for one in record.rows if one.sheet == sheet), said.now.year)
        change = RowChange.adding(row, ref, "reportpack register add")
        _ask_about_same(record, change, allow)
        refuse_unreadable(RegisterRow(sheet, ref, ()), change.changes, settings)
        return _recorded(record, change, said)


def _ask_about_same(record: Recording, new: RowChange, allow: Callable[[str], bool]) -> None:
    for one in reversed(record.ledger.register_events()):
        if record.now - one.recorded > _JUST_NOW:
            return
        known = one.what
        found = f"The same words were recorded at {one.recorded:%H:%M}"
        if isinstance(known, RowChange) and _said(known) == _said(new) and not allow(f"{found} as {known.ref}."):
            remedy = Remedy("See:", "register show", known.ref, then=". If another row is meant, give --yes.")
            raise RefusedError(f"{found} as {known.ref}; nothing was added.", remedy)


def _said(change: RowChange) -> tuple[str, str, dict[str, str]]:
    words = {one.header: one.after for one in change.changes if one.header != Heading.REFERENCE}
    return change.sheet, change.cause, words


def close_row(folders: Folders, ref: str, evidence: str, outcome: str, said: Change) -> Updated:
    """An action or a risk is closed, a matter discharged, never without evidence."""
    with recording(folders, said.now) as record:
        row = find_row(record.rows, ref)
        if row.sheet not in _CLOSED:
            raise InputError(f"{row.ref} is no action, matter or risk.", "Its figures or its answer close it.")
        if row.text(Heading.STATE).strip().casefold() == _CLOSED[row.sheet]:
            raise InputError(f"{row.ref} is {_CLOSED[row.sheet]} already.", Remedy("See:", "register history", row.ref))
        if not (evidence.strip() or row.text(Heading.EVIDENCE).strip()):
            found = f"Nothing says how anybody could see that {row.ref} is done."
            remedy = 'Say where it can be seen (--evidence), such as "the letter of 3 May 2019". Nothing was changed.'
            raise RefusedError(found, remedy)
        refuse_impossible(row, row.changes([(Heading.STATE, ActionState.CLOSED.value), (Heading.EVIDENCE, "given")]))
        state, seen, outcome = (Heading.STATE, _CLOSED[row.sheet]), (Heading.EVIDENCE, evidence.strip()), outcome.strip()
        words: list[tuple[Heading, Said]] = [state, (Heading.CLOSED_ON, said.today), seen, (Heading.UPDATE, outcome)]
        if row.sheet == SheetName.MATTERS:
            words = [state, (Heading.OUTCOME, outcome), seen]
        changes = tuple(one for one in row.changes(each for each in words if each[1]) if one.after != one.before)
        return _recorded(record, RowChange(row.sheet, row.ref, changes, "reportpack register close"), said)


def find_rows(rows: Sequence[RegisterRow], words: str) -> tuple[RegisterRow, ...]:
    """The rows that hold every one of the words, in any case, spelt nearly so; in their order."""
    from rapidfuzz import fuzz

    wanted = words.casefold().split()

    def holds(text: str, word: str) -> bool:
        return word in text or (len(word) > 4 and any(fuzz.ratio(word, one) >= _ALIKE for one in text.split()))

    texts = ((row, " ".join([row.ref, row.public, *row.texts.values()]).casefold()) for row in rows)
    return tuple(row for row, text in texts if wanted and all(holds(text, word) for word in wanted))


def undo_event(folders: Folders, number: int, said: Change) -> Updated | None:
    """A change of the register, or an answer about a figure (None), no longer counts: what was before stands again, as an event of its own. Nothing is taken away."""
    with recording(folders, said.now) as record:
        change, undone = _to_undo(record.ledger, number), Undone(number, said.why.strip())
        if isinstance(change, RowChange):
            return _recorded(record, change, said, undone)
        record.record([said.event(undone)])
        return None


def _to_undo(ledger: Ledger, number: int) -> RowChange | FigureAnswered:
    events = ledger.of_kinds(RowChange, FigureAnswered, Undone)
    change = next((one.what for one in events if one.number == number), None)
    if not isinstance(change, RowChange | FigureAnswered):
        found = f"Event {number} is no change of a row of the register, and no answer about a figure."
        raise InputError(found, Remedy("See its number with:", "register history", "REFERENCE"))
    if any(isinstance(one.what, Undone) and one.what.event == number for one in events):
        raise RefusedError(f"Event {number} is undone already.", "What was before it stands again; nothing was recorded now.")
    if isinstance(change, FigureAnswered):
        return change
    changes = ((one.number, one.what) for one in events if isinstance(one.what, RowChange))
    first = next(place for place, one in changes if (one.sheet, one.ref) == (change.sheet, change.ref))
    if first == number:
        raise RefusedError(
            f"Event {number} is what added {change.ref}, and references are never taken away.",
            Remedy("If it should not be there:", "register update", change.ref, "State=withdrawn")
            if change.sheet == SheetName.ACTIONS
            else "Say in the row itself what became of it.",
        )
    return change


class RowLine(Record):
    """A row: its kind, what it is called and the words, whose it is, when it is due and whether that has passed, and its state; `is_open` while it asks for something."""

    row: RegisterRow
    kind: str
    name: str
    owner: str
    due: str
    overdue: bool
    state: str
    is_open: bool


class RegisterLines(Record):
    """Every line, what is wrong with the register, and whether somebody has the workbook open."""

    lines: tuple[RowLine, ...]
    problems: tuple[Problem, ...]
    is_open_elsewhere: bool


def register_lines(folders: Folders, today: date) -> RegisterLines:
    """The rows that stand, in their order; records nothing."""
    rows, problems = standing_register(folders, today.year)
    settings, _, _ = gather_meetings(folders)
    register, _ = register_of_rows(rows, settings.office, settings.measures)
    dues = {one.ref: one.due for one in (*register.actions, *register.risks) if one.ref and one.state.is_live}

    def line(row: RegisterRow) -> RowLine:
        def first(*headings: Heading) -> str:
            return next((text for heading in headings if (text := row.text(heading))), "")

        state, due = first(Heading.STATE, Heading.ANSWERED) or "open", dues.get(row.ref)
        said = state.strip().casefold()
        asks = said not in _ENDED and not (row.sheet == SheetName.QUESTIONS and "answered" in said)
        name = " ".join(row.name.split())
        due_at = first(Heading.DUE, Heading.DUE_AT_MEETING, Heading.FIGURES_FOR, Heading.REVIEW)
        overdue, owner = due is not None and due < today, first(Heading.OWNER, Heading.ASKED_BY)
        return RowLine(row, table_of(row.sheet).singular, name, owner, due_at, overdue, state, asks)

    return RegisterLines(tuple(map(line, rows)), problems, is_open(folders.inputs / REGISTER))


def known_by(row: RegisterRow) -> str:
    """What a form brings back, so that a change is made to the row that was shown."""
    return sha256_of(repr((row.sheet, row.ref, sorted(row.texts.items()))).encode())[:24]


def refuse_changed(row: RegisterRow, saw: str, history: Sequence[Event]) -> None:
    """RefusedError where the row says something else than what was shown."""
    if known_by(row) != saw:
        when = f" at {history[-1].recorded:%H:%M}" if history else ""
        found = f"Somebody else changed {row.ref}{when}. Theirs stands; yours is below."
        raise RefusedError(found, "Look at the row as it is now, and say yours once more if it still holds.")


_ENDED = ("closed", "accepted", "superseded", "withdrawn", "discharged", "kept", "not kept", "answered")
