"""`reportpack pack`: build the briefing pack, and say what is wrong with it and what is new."""

from typing import TYPE_CHECKING

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
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run.pack import Built
    from reportpack.run.pack_record import News


def pack(
    meeting: MeetingArgument = "",
    edition: EditionOption = None,
    inputs: InputsOption = None,
    templates: TemplatesOption = None,
    build: BuildOption = None,
    on: OnOption = None,
    now: NowOption = None,
    as_json: JsonOption = False,
    strict: StrictOption = False,
) -> None:
    """Build a meeting's briefing pack: a PDF, a web page, and pack.json with every number's source."""
    from reportpack.run.folders import office_folders
    from reportpack.run.pack import Order, build_pack

    moment = instant(now)
    order = Order(meeting, edition, on, moment, london_day(moment), strict)
    with progress() as say:
        built = build_pack(office_folders(inputs, build, templates), order, say)
    if as_json:
        answer_record(built)
    else:
        for path in built.paths:
            answer(str(path))
    remark(_summary(built))
    if built.made_by:
        remark(f"Made by version {built.made_by} of this program; its kept pages are set again.")
    problems(built.problems)
    if built.accepted:
        remark(f"{plural(len(built.accepted), 'known problem')} accepted in office.toml.")
    if built.news is not None:
        remark(_news(built.news))


def _summary(built: "Built") -> str:
    how = "given again as it was built, " if built.again else ""
    return f"{built.meeting.title}, {built.meeting.id}: {built.edition} edition, {how}{plural(built.pages, 'page')}, as at {long_date(built.on)}."


def _news(news: "News") -> str:
    if news.first:
        return "The first build of this pack."
    parts = [plural(news.figures, "figure")] if news.figures else []
    parts += [
        f"{name} {', '.join(new)}"
        for name, new in (("matter", news.matters), ("action", news.actions), ("paper", news.papers))
        if new
    ]
    return f"New since the last build: {'; '.join(parts)}." if parts else "Nothing new since the last build."
