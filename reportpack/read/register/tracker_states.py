"""What a tracker's rows say of themselves in other places than the state: typed in place, or by the sheet they stand on. Proposed, never taken."""

from collections.abc import Container, Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.register_columns import Heading, SheetName
from reportpack.model.register_row import RegisterRow, Said
from reportpack.model.state_words import spelt_state
from reportpack.read.register.occasions import read_day
from reportpack.read.register.rows import plain
from reportpack.records import Record

_DONE = r"(?:action )?(?:(?:agreed (?:as )?)?complete[d]?|closed|done|discharged|implemented)(?:[ ,/\-\u2013\u2014]+(?:and )?(?:can be )?(?:closed|complete[d]?))?"
_DAY = r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{2,4}"
_UPDATE = re.compile(rf"(?i)(?:update[d]?:? *)?(?P<day>{_DAY})\s*[\u2013\u2014:-]\s*(?P<said>.*)")
_IN_PLACE = re.compile(
    rf"^(?P<words>.+?)\s*(?P<update>\bupdate[d]?:? *(?:{_DAY})\s*[\u2013\u2014:-].*)$", re.IGNORECASE | re.DOTALL
)
_PLAINLY_DONE = re.compile(rf"(?i){_DONE}\.?")
_SHEET_OF_DONE = re.compile(r"(?i)\b(?:closed|complete[d]?|discharged|archive[d]?)\b")


class TrackerProposal(Record):
    """What one row would also be given: the words under each heading, and what in the file suggests it."""

    row: RegisterRow
    words: tuple[tuple[str, Said], ...]
    because: str


def propose_states(rows: Sequence[RegisterRow], sheet: str, struck: Container[str] = ()) -> tuple[TrackerProposal, ...]:
    """For actions alone: closed where the words, the state or the sheet plainly say so, or a line strikes them through; an update
    out of the action's own words. `struck` names the cells that are struck through."""
    found = (_propose(row, sheet, row.at(Heading.ACTION).cell in struck) for row in rows if row.sheet == SheetName.ACTIONS)
    return tuple(one for one in found if one is not None)


def take_proposals(rows: Sequence[RegisterRow], proposals: Sequence[TrackerProposal]) -> tuple[RegisterRow, ...]:
    """The rows with what was proposed for them."""
    words = {id(one.row): one.words for one in proposals}
    return tuple(row.after(row.changes(words.get(id(row), ()))) for row in rows)


def _propose(row: RegisterRow, sheet: str, struck: bool) -> TrackerProposal | None:
    words: dict[str, str] = {}
    because: list[str] = []
    typed = _IN_PLACE.match(row.words)
    if typed is not None and not row.text(Heading.UPDATE):
        words |= {Heading.ACTION: typed["words"], Heading.UPDATE: typed["update"]}
        because.append("an update is typed into the action's own words")
    state = row.text(Heading.STATE)
    known = spelt_state(state)
    day, said = _last_update(words.get(Heading.UPDATE) or row.text(Heading.UPDATE))
    done = _PLAINLY_DONE.fullmatch(said) is not None
    closed = ""
    if known in (None, ActionState.PROPOSED) and _PLAINLY_DONE.fullmatch(plain(state)):
        closed = f'its state says "{state}"'
    elif not state and done:
        closed = f'its last update says "{said}"'
    elif not state and _SHEET_OF_DONE.search(sheet):
        closed = f'it stands on the sheet "{sheet}"'
    elif struck and (known is None or known.is_live):
        closed = "it is struck through"
    if closed:
        because.append(closed)
        words[Heading.STATE] = ActionState.CLOSED.value
    on = day if closed and done and not row.text(Heading.CLOSED_ON) else None
    given = (*words.items(), *(((Heading.CLOSED_ON, on),) if on is not None else ()))
    return TrackerProposal(row, given, "; ".join(because)) if given else None


def _last_update(text: str) -> tuple[date | None, str]:
    """The day and the words of the last dated line; nothing where no line is dated."""
    updates = re.split(r"(?i)\n|(?=\bupdate[d]?:? *\d)", text)
    lines = [match for line in updates if (match := _UPDATE.fullmatch(line.strip()))]
    if not lines:
        return None, ""
    day = read_day(lines[-1]["day"].replace(".", "/"))
    return day, lines[-1]["said"].strip()
