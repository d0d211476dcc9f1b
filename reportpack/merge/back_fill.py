"""Old notes taken in, meeting by meeting: their own references kept, what they report done closed. A row that a person has is never touched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from reportpack import patterns as re
from reportpack.errors import Remedy
from reportpack.merge.issuing import action_row, issue_notes
from reportpack.merge.occasions import plain_words
from reportpack.merge.register_rows import rows_after
from reportpack.model.action import ActionState
from reportpack.model.event import GivenReference, RowChange
from reportpack.model.measure import Measure
from reportpack.model.minutes import Minutes, NotedState
from reportpack.model.noted import NotedView, PlacedAction
from reportpack.model.office import Office
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register_columns import Heading, SheetName
from reportpack.model.register_row import RegisterRow
from reportpack.records import Record

CAUSE = "reportpack minutes read --record"
_OWN_REFERENCE = re.compile(r"(?P<number>\d{1,4})/(?P<year>(?:19|20)\d{2}|\d{2})")
STATE_BEHIND = re.compile(
    r"[\s.;(\u2013-]+(?:action )?(?:completed?|closed|done|discharged|on-?going|outstanding|carried forward|c/?fwd)\W*$",
    re.IGNORECASE,
)
_ALIKE = 60
_ALMOST_NOTHING = 12
_NEARLY = 93


class FilledIn(Record):
    """What the notes of one meeting would put into the register, what their words are called by, and what must be said."""

    changes: tuple[RowChange, ...]
    given: tuple[GivenReference, ...]
    problems: tuple[Problem, ...]


def fill_in(
    view: NotedView,
    rows: Sequence[RegisterRow],
    own: frozenset[tuple[str, str]],
    reserved: frozenset[str],
    office: Office,
    measures: Sequence[Measure],
) -> FilledIn:
    """The rows that the notes of a meeting add, and those that their reports close.

    `own` are the rows that old notes made: no other is changed. `reserved` are references that other notes give: no new one takes their place.
    """
    taker = _Taker(view, rows, own, reserved)
    for action in view.actions:
        if action.noted.marked or action.noted.ref:
            taker.take(action)
    rest = replace(view, actions=tuple(one for one in view.actions if one not in taker.taken))
    standing = rows_after(rows, taker.changes)
    known = {row.ref for row in standing}
    held = tuple(RegisterRow(SheetName.ACTIONS, ref, ()) for ref in sorted(reserved - known))
    issue = issue_notes(rest, (*standing, *held), None, office, measures)
    told = [(one.words, one.line) for one in view.minutes.questions]
    told += [(one.words, one.line) for one in view.minutes.commitments] + [(one.words, one.line) for one in view.minutes.actions]
    lines = {plain_words(words): line for words, line in told}
    there = {(row.sheet, row.ref) for row in rows}
    # New rows, and rows that old notes made.
    may = [one for one in issue.changes if (one.sheet, one.ref) in own or (one.sheet, one.ref) not in there]
    changes = (*taker.changes, *(_told_by(one, taker.cause, lines, view) for one in may))
    return FilledIn(changes, (*taker.given, *issue.given), tuple(taker.problems))


def _told_by(change: RowChange, cause: str, lines: Mapping[str, str], view: NotedView) -> RowChange:
    words = next((plain_words(one.after) for one in change.changes if plain_words(one.after) in lines), "")
    source = source_of(view, lines[words]) if words else replace(change.source, file=view.minutes.file)
    return replace(change, cause=cause, source=source)


def source_of(view: NotedView, line: str) -> Source:
    """A line of the notes."""
    return Source(view.minutes.file, cell=f"line {line}" if line.isdigit() else line, sha256=view.minutes.sha256)


class _Taker:
    """Takes in the actions that have a reference or a state of their own; what is new and has none is left to be issued as ever."""

    def __init__(
        self, view: NotedView, rows: Sequence[RegisterRow], own: frozenset[tuple[str, str]], reserved: frozenset[str]
    ) -> None:
        self.view, self.own, self.reserved = view, own, reserved
        self.cause = f"{CAUSE}, {view.meeting.id}"
        self.rows = {row.ref: row for row in rows if row.sheet == SheetName.ACTIONS}
        self.by_words = {plain_words(row.words): row for row in self.rows.values()}
        self.changes: list[RowChange] = []
        self.given: list[GivenReference] = []
        self.problems: list[Problem] = []
        self.taken: list[PlacedAction] = []

    def take(self, action: PlacedAction) -> None:
        """One action: known by its reference, else by its words, else new."""
        noted = action.noted
        ref = own_reference(noted.ref or "")
        row = self.rows.get(ref) if ref else self._same_words(noted.words)
        if noted.state is NotedState.NEW and not ref:
            self.taken.extend([action] if row is not None else [])
            return
        self.taken.append(action)
        if row is not None:
            self._known(action, row, ref)
        else:
            year, every = str(self.view.meeting.day.year), (one.partition("/") for one in (*self.rows, *self.reserved))
            used = [int(number) for number, _, of in every if of == year and number.isdigit()]
            self._add(action, ref or f"{max(used, default=0) + 1}/{year}")

    def _same_words(self, words: str) -> RegisterRow | None:
        """The one row of those words, or nearly: notes read an old action out again with a word changed."""
        plain = plain_words(STATE_BEHIND.sub("", words))
        if plain in self.by_words:
            return self.by_words[plain]
        near = [row for known, row in self.by_words.items() if fuzz.ratio(plain, known) >= _NEARLY]
        return near[0] if len(near) == 1 else None

    def _add(self, action: PlacedAction, ref: str) -> None:
        noted = action.noted
        bare = own_reference(noted.words.strip(" .")) == ref or len(noted.words) < _ALMOST_NOTHING
        if bare:
            self._say(action, "action-unknown", f"Action {ref} is reported {noted.state.value}, and none of the notes says what it was.",
                      "Give the notes that asked for it, or add it to the register.")  # fmt: skip
            return
        row = replace(action_row(action, self.view), source=self._source(action))
        if noted.state is not NotedState.NEW:
            raised = ref.rpartition("/")[2] if own_reference(noted.ref or "") else ""
            row = row.after(row.changes([(Heading.RAISED_AT, raised)]))
        if noted.state is NotedState.CLOSED:
            row = row.after(row.changes(self._closing()))
        self._keep(RowChange.adding(row, ref, self.cause), noted.words)

    def _known(self, action: PlacedAction, row: RegisterRow, ref: str) -> None:
        noted = action.noted
        told = noted.words if len(noted.words) > _ALMOST_NOTHING and own_reference(noted.words.strip(" .")) != ref else ""
        if ref and told and fuzz.token_set_ratio(plain_words(told), plain_words(row.words)) < _ALIKE:
            self._say(action, "reference-conflict", f'{ref} is something else in the register already: "{row.words[:80]}".',
                      "Correct the number in the notes or in the register; this action was not recorded.")  # fmt: skip
            return
        if noted.state is not NotedState.CLOSED or row.text(Heading.STATE).strip().casefold() != ActionState.OPEN.value:
            return
        if (row.sheet, row.ref) not in self.own:
            self._say(action, "register-kept", f"The notes report {row.ref} closed; the register has it open, as a person left it.",
                      Remedy("If it is done:", "register close", row.ref, evidence="TEXT", then="."))  # fmt: skip
            return
        self._keep(RowChange(row.sheet, row.ref, row.changes(self._closing()), self.cause, self._source(action)), "")

    def _keep(self, change: RowChange, words: str) -> None:
        self.changes.append(change)
        row = rows_after([self.rows[change.ref]] if change.ref in self.rows else [], [change])[0]
        self.rows[change.ref] = self.by_words[plain_words(row.words)] = row
        if words:
            self.given.append(GivenReference(change.sheet, change.ref, words))

    def _closing(self) -> tuple[tuple[Heading, str], ...]:
        evidence = f"Notes of {long_date(self.view.meeting.day)}"
        return (Heading.STATE, ActionState.CLOSED.value), (Heading.EVIDENCE, evidence)

    def _source(self, action: PlacedAction) -> Source:
        return source_of(self.view, action.noted.line)

    def _say(self, action: PlacedAction, kind: str, found: str, remedy: str) -> None:
        self.problems.append(Problem(kind, self._source(action), found, remedy, Weight.NOTE))


def own_reference(written: str) -> str:
    """`17/2022` as the register writes it (`17/22` is the same); empty for a number that only these notes use, such as 3 or AP1."""
    match = _OWN_REFERENCE.fullmatch(written.strip())
    if match is None:
        return ""
    year = match["year"] if len(match["year"]) > 2 else f"20{match['year']}"
    return f"{int(match['number'])}/{year}"


def references_given(notes: Iterable[Minutes]) -> Iterator[str]:
    """Every reference that any of the notes gives, so that no new one takes its place."""
    for minutes in notes:
        yield from (ref for action in minutes.actions if (ref := own_reference(action.ref or "")))
