"""What a tracker's rows say of themselves in other places than the state: typed in place, or by the sheet they stand on. Proposed, never taken."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reportpack.model.period import long_date
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.read.register.actions import read_state
from reportpack.read.register.occasions import read_day
from reportpack.read.register.rows import plain
from reportpack.records import dataclass

_DONE = r"(?:action )?(?:(?:agreed (?:as )?)?complete[d]?|closed|done|discharged|implemented)(?:[ ,/\-\u2013\u2014]+(?:and )?(?:can be )?(?:closed|complete[d]?))?"
_DAY = r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{2,4}"
_UPDATE = re.compile(rf"(?:update[d]?:? *)?(?P<day>{_DAY})\s*[\u2013\u2014:-]\s*(?P<said>.*)", re.IGNORECASE)
_IN_PLACE = re.compile(
    rf"^(?P<words>.+?)\s*(?P<update>\bupdate[d]?:? *(?:{_DAY})\s*[\u2013\u2014:-].*)$", re.IGNORECASE | re.DOTALL
)
_PLAINLY_DONE = re.compile(rf"{_DONE}\.?", re.IGNORECASE)
_SHEET_OF_DONE = re.compile(r"\b(?:closed|complete[d]?|discharged|archive[d]?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TrackerProposal:
    """What one row would also be given: the words under each heading, and what in the file suggests it."""

    row: RegisterRow
    words: tuple[tuple[str, str], ...]
    because: str


def propose_states(rows: Sequence[RegisterRow], sheet: str) -> tuple[TrackerProposal, ...]:
    """For actions alone: closed where the words, the state or the sheet plainly say so; an update out of the action's own words."""
    found = (_propose(row, sheet) for row in rows if row.sheet == "Actions")
    return tuple(one for one in found if one is not None)


def take_proposals(rows: Sequence[RegisterRow], proposals: Sequence[TrackerProposal]) -> tuple[RegisterRow, ...]:
    """The rows with what was proposed for them."""
    words = {id(one.row): dict(one.words) for one in proposals}
    return tuple(_with(row, words.get(id(row), {})) for row in rows)


def _with(row: RegisterRow, words: dict[str, str]) -> RegisterRow:
    kept = [replace(cell, text=words.pop(cell.header, cell.text)) for cell in row.cells]
    return replace(row, cells=(*kept, *(RegisterCell(header, text) for header, text in words.items())))


def _propose(row: RegisterRow, sheet: str) -> TrackerProposal | None:
    words: dict[str, str] = {}
    because: list[str] = []
    typed = _IN_PLACE.match(row.text("Action"))
    if typed is not None and not row.text("Update"):
        words |= {"Action": typed["words"], "Update": typed["update"]}
        because.append("an update is typed into the action's own words")
    state = row.text("State")
    known = read_state(state)
    day, said = _last_update(words.get("Update") or row.text("Update"))
    if known is None and _PLAINLY_DONE.fullmatch(plain(state)):
        words["State"] = "closed"
        because.append(f'its state says "{state}"')
    elif not state and _PLAINLY_DONE.fullmatch(said):
        words["State"] = "closed"
        because.append(f'its last update says "{said}"')
    elif not state and _SHEET_OF_DONE.search(sheet):
        words["State"] = "closed"
        because.append(f'it stands on the sheet "{sheet}"')
    if words.get("State") == "closed" and day and _PLAINLY_DONE.fullmatch(said) and not row.text("Closed on"):
        words["Closed on"] = day
    return TrackerProposal(row, tuple(words.items()), "; ".join(because)) if words else None


def _last_update(text: str) -> tuple[str, str]:
    """The day and the words of the last dated line; nothing where no line is dated."""
    lines = [
        match
        for line in re.split(r"\n|(?=\bupdate[d]?:? *\d)", text, flags=re.IGNORECASE)
        if (match := _UPDATE.fullmatch(line.strip()))
    ]
    if not lines:
        return "", ""
    day = read_day(lines[-1]["day"].replace(".", "/"))
    return (long_date(day) if day is not None else ""), lines[-1]["said"].strip()
