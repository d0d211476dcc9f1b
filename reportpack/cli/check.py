"""`reportpack check`: everything that should be put right."""

from typing import Annotated

import typer

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import (
    BuildOption,
    EditionOption,
    InputsOption,
    JsonOption,
    MeetingArgument,
    NowOption,
    OnOption,
    StrictOption,
    TemplatesOption,
)
from reportpack.cli.say import answer, answer_record, plural, problems, progress, remark


def check(
    meeting: MeetingArgument = "",
    edition: EditionOption = None,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    on: OnOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
    strict: StrictOption = False,
    build: BuildOption = None,
    queries: Annotated[bool, typer.Option("--queries", help="Write a sheet of queries for each workbook's owner.")] = False,
) -> None:
    """Say everything that should be put right before the pack is built."""
    from reportpack.run.check import check_inputs
    from reportpack.run.folders import office_folders
    from reportpack.run.pack import Order

    moment = instant(now)
    order = Order(meeting, edition, on, moment, london_day(moment), strict)
    with progress() as say:
        checked = check_inputs(office_folders(inputs, build, templates), order, say, queries=queries)
    if as_json:
        answer_record(checked)
    else:
        for path in checked.queries:
            answer(str(path))
        for note in checked.readings:
            answer(f"{note.file}: {note.text}")
    problems(checked.problems, everything=True)
    if checked.accepted:
        remark(f"{plural(len(checked.accepted), 'known problem')} accepted in office.toml.")
    if not checked.problems:
        remark(f"{checked.meeting.title}, {checked.meeting.id}: nothing to put right.")
