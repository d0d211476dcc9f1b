"""`reportpack check`: everything that should be put right."""

from typing import Annotated

from reportpack.cli.options import Asked, NextMeeting, asks, flag
from reportpack.cli.pack import order_of
from reportpack.cli.say import give, plural, problems, progress, remark


@asks("edition", "templates", "on", "json", "strict", "build")
def check(
    asked: Asked,
    meeting: NextMeeting = "",
    queries: Annotated[bool, flag("--queries", "Write a sheet of queries for each workbook's owner.")] = False,
) -> None:
    """Say everything that should be put right before the pack is built."""
    from reportpack.run.check import check_inputs

    with progress() as say:
        checked = check_inputs(asked.folders, order_of(asked, meeting), say, queries=queries)
    give(checked, (*checked.queries, *(f"{note.file}: {note.text}" for note in checked.readings)), as_json=asked.json)
    problems(checked.problems, everything=True)
    if checked.accepted:
        remark(f"{plural(len(checked.accepted), 'known problem')} accepted in office.toml.")
    if not checked.problems:
        remark(f"{checked.meeting.title}, {checked.meeting.id}: nothing to put right.")
