"""`minutes read --record`: what a folder of old notes would put into the register, shown before it is recorded."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack.cli.options import Asked
from reportpack.cli.say import give, problems, progress, remark
from reportpack.model.action import ActionState
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, SheetName, table_of

if TYPE_CHECKING:
    from reportpack.model.event import RowChange
    from reportpack.run.minutes.back_fill import BackFill, OldNotes

_NAMES = {SheetName.ACTIONS.value: ("action", "actions"), SheetName.MATTERS.value: ("matter that comes back", "matters that come back"),
          SheetName.COMMITMENTS.value: ("thing said to happen", "things said to happen"), SheetName.QUESTIONS.value: ("question without an answer", "questions without an answer")}  # fmt: skip


def fill_in_history(asked: Asked, folder: Path, *, yes: bool) -> None:
    """Show the plan; with `yes` it is recorded too."""
    from reportpack.run.minutes.back_fill import record_back_fill, show_back_fill

    with progress() as said:
        if yes:
            found = record_back_fill(asked.folders, folder, asked.moment, asked.today, said)
        else:
            found = show_back_fill(asked.folders, folder, asked.today, said)
    give(found, _lines(found), as_json=asked.json)
    remark(_end(found, folder))
    problems((*found.problems, *(problem for one in found.notes for problem in one.filled.problems)))


def _lines(found: "BackFill") -> Iterator[str]:
    for one in found.notes:
        yield f"{one.view.meeting.id} ({one.view.minutes.file}): {_counts(one)}"
        yield from (f"  {_change(change)}" for change in one.filled.changes)
        yield ""
    if found.known:
        yield f"Recorded before: {', '.join(found.known)}."
    for day in sorted({one.day for one in found.unset}):
        of_day = [one for one in found.unset if one.day == day]
        yield f"No meeting is set on {long_date(day)} ({', '.join(one.file for one in of_day)}). To set it: {of_day[0].command}"


def _end(found: "BackFill", folder: Path) -> str:
    if not found.notes:
        return "Nothing can be recorded before the meetings are set." if found.unset else "Nothing is left to record."
    if not found.recorded:
        return f"Nothing was recorded. To record this: reportpack minutes read --record {folder} --yes"
    many = len(found.notes)
    return f"Recorded: the notes of {f'{many} meetings' if many > 1 else 'one meeting'}."


def _counts(one: "OldNotes") -> str:
    """`2 actions, 1 matter that comes back (not yet scheduled)`."""
    new = Counter(change.sheet for change in one.filled.changes if change.is_new)
    parts = [f"{count} {_NAMES[sheet][count > 1]}" for sheet, count in new.items()]
    changed = sum(not change.is_new for change in one.filled.changes)
    parts += [f"{changed} changed"] if changed else []
    return ", ".join(parts) or "nothing for the register"


def _change(change: "RowChange") -> str:
    said = change.words
    words = said.get(table_of(change.sheet).words, "")
    if not words:
        return f"{change.ref}: {', '.join(f'{header.lower()} {text}' for header, text in said.items())} [{change.source.cell}]"
    state = said.get(Heading.STATE, "")
    parts = [said.get(Heading.OWNER, ""), _due(change), state if state == ActionState.CLOSED.value else "", change.source.cell]
    return f"{change.ref} {words} [{'; '.join(filter(None, parts))}]"


def _due(change: "RowChange") -> str:
    """When it is due; what comes back to a month in which no meeting is set is not yet scheduled."""
    due = change.words.get(table_of(change.sheet).due or "", "")
    return f"{due}, not yet scheduled" if change.sheet == SheetName.MATTERS and not due[:4].isdigit() else due
