"""`reportpack pack`: build the briefing pack, and say what is wrong with it and what is new."""

from typing import TYPE_CHECKING

from reportpack.cli.options import Asked, NextMeeting, asks
from reportpack.cli.say import give, plural, problems, progress, remark
from reportpack.model.period import long_date

if TYPE_CHECKING:
    from reportpack.run.pack import Order
    from reportpack.run.pack_record import News


@asks("edition", "templates", "build", "on", "json", "strict")
def pack(asked: Asked, meeting: NextMeeting = "") -> None:
    """Build a meeting's briefing pack: a PDF, a web page, and pack.json with every number's source."""
    from reportpack.run.pack import build_pack

    with progress() as say:
        built = build_pack(asked.folders, order_of(asked, meeting), say)
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


def order_of(asked: Asked, meeting: str) -> "Order":
    """What is asked for of the pack of that meeting."""
    from reportpack.run.pack import Order

    return Order(meeting, asked.edition, asked.on, asked.moment, asked.today, asked.strict)


def _news(news: "News") -> str:
    if news.first:
        return "The first build of this pack."
    parts = [plural(news.figures, "figure")] if news.figures else []
    named = (("matter", news.matters), ("action", news.actions), ("paper", news.papers))
    parts += [f"{name} {', '.join(new)}" for name, new in named if new]
    return f"New since the last build: {'; '.join(parts)}." if parts else "Nothing new since the last build."
