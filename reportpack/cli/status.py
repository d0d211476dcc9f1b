"""`reportpack` alone: where you are."""

from datetime import datetime
from pathlib import Path

from reportpack.cli.options import instant, london_day
from reportpack.cli.say import answer, plural
from reportpack.model.period import long_date

_A_MONTH = "ten"
"""Decisions that a month may ask of people."""


def status(inputs: Path | None, now: datetime | None) -> None:
    """Print the next meeting, what is in, what is missing and the next command; without an office's folder, how to get one."""
    folder = inputs or Path("inputs")
    if not folder.is_dir():
        answer("There is no office here: no folder called inputs.")
        answer("Go to your office's folder, or make a new one:  reportpack init FOLDER")
        answer("Every command:                                  reportpack --help")
        return
    from reportpack.run.office_files import office_folders
    from reportpack.run.status import office_status

    moment = instant(now)
    found = office_status(office_folders(inputs, None, None), moment, london_day(moment))
    answer(found.office)
    if found.meeting is not None:
        when = f"in {plural(found.days, 'day')}" if found.days > 0 else "today" if found.days == 0 else "held"
        answer(f"{found.meeting.title}, {long_date(found.meeting.day)} ({when}): {found.meeting.id}")
    waits, gaps = [one.words for one in found.waiting], [f"{one.found} {one.remedy}" for one in found.gaps]
    decisions = sum(one.decisions for one in found.waiting)
    if decisions:
        taken = f"{found.taken} taken since the first of the month, of the {_A_MONTH} that one may ask"
        waits.append(f"{plural(decisions, 'decision')} in all; {taken}")
    parts = (("In", found.there), ("Missing", found.missing), ("Waits", waits), ("Gaps", gaps), ("Figures", found.awaited))
    for heading, lines in parts:
        for number, line in enumerate(lines):
            answer(f"{heading + ':' if number == 0 else '':<9}{line}")
    if found.rehearsed is not None:
        answer(f"Backups: one was restored on trial on {long_date(found.rehearsed)}")
    answer(f"Next:    {found.command}")
    if found.proposed is not None:
        day = found.proposed.day
        when = long_date(day) if day is not None else f"in {found.proposed.by_rule:%B %Y}"
        command = "reportpack meeting new" if day is not None else f"reportpack meeting new {found.proposed.by_rule:%Y-%m}-DD"
        answer(f"The next by the series' own rule is {when}: {command}")
    answer("Every command: reportpack --help")
