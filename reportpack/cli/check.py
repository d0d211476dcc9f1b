"""`reportpack check`: everything that should be put right, and nothing written."""

from reportpack.cli.clock import instant, london_day
from reportpack.cli.options import (
    EditionOption,
    InputsOption,
    JsonOption,
    MeetingArgument,
    NowOption,
    OnOption,
    StrictOption,
    TemplatesOption,
)
from reportpack.cli.say import answer_json, plural, problem_answer, problems, progress, remark


def check(
    meeting: MeetingArgument = "",
    edition: EditionOption = None,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    on: OnOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Say everything that should be put right before the pack is built; writes nothing."""
    from reportpack.run.check import check_inputs
    from reportpack.run.folders import office_folders
    from reportpack.run.pack import Order

    moment = instant(now)
    order = Order(meeting, edition, on, moment, london_day(moment), strict)
    with progress() as say:
        checked = check_inputs(office_folders(inputs, None, templates), order, say)
    if as_json:
        answer_json(
            {
                "meeting": checked.meeting.id,
                "problems": [problem_answer(one) for one in checked.problems],
                "accepted": [problem_answer(one) for one in checked.accepted],
            }
        )
    problems(checked.problems, everything=True)
    if checked.accepted:
        remark(f"{plural(len(checked.accepted), 'known problem')} accepted in office.toml.")
    if not checked.problems:
        remark(f"{checked.meeting.title}, {checked.meeting.id}: nothing to put right.")
