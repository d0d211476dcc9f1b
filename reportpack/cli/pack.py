"""`reportpack pack` and `check`: build the briefing pack, say what is wrong with it and what is new; or only what is wrong."""

from typing import TYPE_CHECKING, Annotated

from reportpack.cli.options import Asked, Later, NextMeeting, asks, flag
from reportpack.cli.say import give, plural, problems, remark, waited
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run import pack as packs
    from reportpack.run.pack_record import News
else:
    packs = Later("reportpack.run.pack")


@asks("edition", "templates", "build", "on", "json", "strict", "pdf")
def pack(asked: Asked, meeting: NextMeeting = "") -> None:
    """Build a meeting's briefing pack: a PDF, a web page, and pack.json with every number's source."""
    built = waited(lambda say: packs.build_pack(asked.folders, _order(asked, meeting), say))
    give(built, built.paths, as_json=asked.json)
    how = "given again as it was built, " if built.again else ""
    name = f"{built.meeting.title}, {built.meeting.id}"
    remark(f"{name}: {built.edition} edition, {how}{plural(built.pages, 'page')}, as at {long_date(built.on)}.")
    if built.made_by:
        remark(f"Made by version {built.made_by} of this program; its kept pages are set again.")
    problems(built.problems)
    if built.accepted:
        remark(f"{plural(len(built.accepted), 'known problem')} accepted in office.toml.")
    if built.news is not None:
        remark(_news(built.news))


def _order(asked: Asked, meeting: str) -> "packs.Order":
    return packs.Order(meeting, asked.edition, asked.on, asked.moment, asked.today, asked.strict)


def _news(news: "News") -> str:
    if news.first:
        return "The first build of this pack."
    parts = [plural(news.figures, "figure")] if news.figures else []
    named = (("matter", news.matters), ("action", news.actions), ("paper", news.papers))
    parts += [f"{name} {', '.join(new)}" for name, new in named if new]
    return f"New since the last build: {'; '.join(parts)}." if parts else "Nothing new since the last build."


@asks("edition", "templates", "on", "json", "strict", "build")
def check(
    asked: Asked,
    meeting: NextMeeting = "",
    queries: Annotated[bool, flag("--queries", "Write a sheet of queries for each workbook's owner.")] = False,
) -> None:
    """Say everything that should be put right before the pack is built."""
    from reportpack.run.check import check_inputs

    checked = waited(lambda say: check_inputs(asked.folders, _order(asked, meeting), say, queries=queries))
    give(checked, (*checked.queries, *(f"{note.file}: {note.text}" for note in checked.readings)), as_json=asked.json)
    problems(checked.problems, everything=True)
    if checked.accepted:
        remark(f"{plural(len(checked.accepted), 'known problem')} accepted in office.toml.")
    if not checked.problems:
        remark(f"{checked.meeting.title}, {checked.meeting.id}: nothing to put right.")
