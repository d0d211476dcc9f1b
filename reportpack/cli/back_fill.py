"""`minutes read --record`: what a folder of old notes would put into the register, shown before it is recorded."""

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack.cli.clock import london_day
from reportpack.cli.say import answer, answer_json, problems, progress, remark
from reportpack.model.action import ActionState
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading, SheetName, table_of

if TYPE_CHECKING:
    from reportpack.model.event import RowChange
    from reportpack.run.minutes.back_fill import BackFill, OldNotes

_NAMES = {SheetName.ACTIONS.value: ("action", "actions"), SheetName.MATTERS.value: ("matter that comes back", "matters that come back"),
          SheetName.COMMITMENTS.value: ("thing said to happen", "things said to happen"), SheetName.QUESTIONS.value: ("question without an answer", "questions without an answer")}  # fmt: skip


def fill_in_history(folder: Path, inputs: Path | None, now: datetime, *, yes: bool, as_json: bool) -> None:
    """Show the plan; with `yes` it is recorded too."""
    from reportpack.run.folders import office_folders
    from reportpack.run.minutes.back_fill import record_back_fill, show_back_fill

    folders, today = office_folders(inputs, None, None), london_day(now)
    with progress() as said:
        found = record_back_fill(folders, folder, now, today, said) if yes else show_back_fill(folders, folder, today, said)
    if as_json:
        answer_json(_json(found, recorded=yes))
    else:
        _show(found, folder, recorded=yes)
    sys.stdout.flush()
    problems((*found.problems, *(problem for one in found.notes for problem in one.filled.problems)))


def _show(found: "BackFill", folder: Path, *, recorded: bool) -> None:
    for one in found.notes:
        answer(f"{one.view.meeting.id} ({one.view.minutes.file}): {_counts(one)}")
        for change in one.filled.changes:
            answer(f"  {_change(change)}")
        answer("")
    if found.known:
        answer(f"Recorded before: {', '.join(found.known)}.")
    for day in sorted({one.day for one in found.unset}):
        of_day = [one for one in found.unset if one.day == day]
        answer(f"No meeting is set on {long_date(day)} ({', '.join(one.file for one in of_day)}). To set it: {of_day[0].command}")
    if not found.notes:
        remark("Nothing can be recorded before the meetings are set." if found.unset else "Nothing is left to record.")
    elif recorded:
        remark(
            f"Recorded: the notes of {len(found.notes)} meetings."
            if len(found.notes) > 1
            else "Recorded: the notes of one meeting."
        )
    else:
        remark(f"Nothing was recorded. To record this: reportpack minutes read --record {folder} --yes")


def _counts(one: "OldNotes") -> str:
    """`2 actions, 1 matter that comes back (not yet scheduled)`."""
    new = Counter(change.sheet for change in one.filled.changes if _is_new(change))
    parts = [f"{count} {_NAMES[sheet][count > 1]}" for sheet, count in new.items()]
    changed = sum(not _is_new(change) for change in one.filled.changes)
    parts += [f"{changed} changed"] if changed else []
    return ", ".join(parts) or "nothing for the register"


def _is_new(change: "RowChange") -> bool:
    return all(not one.before for one in change.changes)


def _change(change: "RowChange") -> str:
    said = {one.header: one.after for one in change.changes}
    words = said.get(table_of(change.sheet).words, "")
    if not words:
        return f"{change.ref}: {', '.join(f'{header.lower()} {text}' for header, text in said.items())} [{change.source.cell}]"
    due = _due(change, said)
    state = said.get(Heading.STATE, "")
    parts = [said.get(Heading.OWNER, ""), due, state if state == ActionState.CLOSED.value else ""]
    return f"{change.ref} {words} [{'; '.join(part for part in (*parts, change.source.cell) if part)}]"


def _due(change: "RowChange", said: dict[str, str]) -> str:
    """When it is due; what comes back to a month in which no meeting is set is not yet scheduled."""
    due = said.get(table_of(change.sheet).due or "", "")
    return f"{due}, not yet scheduled" if change.sheet == SheetName.MATTERS and not due[:4].isdigit() else due


def _json(found: "BackFill", *, recorded: bool) -> dict[str, object]:
    return {
        "recorded": recorded,
        "meetings": [
            {
                "meeting": one.view.meeting.id,
                "file": one.view.minutes.file,
                "sha256": one.view.minutes.sha256,
                "rows": [
                    {"sheet": change.sheet, "ref": change.ref, "new": _is_new(change), "line": change.source.cell,
                     "cells": {cell.header: cell.after for cell in change.changes}}
                    for change in one.filled.changes
                ],
            }
            for one in found.notes
        ],
        "recorded_before": list(found.known),
        "not_set": [{"file": one.file, "date": one.day.isoformat(), "command": one.command} for one in found.unset],
    }  # fmt: skip
