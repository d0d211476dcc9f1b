"""Today: the one next thing, the seven steps of the month, and what waits."""

from contextlib import suppress
from datetime import timedelta

from starlette.responses import Response

from reportpack.errors import InputError, ReportpackError
from reportpack.model.meeting import PaperStatus
from reportpack.run.figures import Shelf
from reportpack.run.month import Month
from reportpack.run.register.rows import undo_event
from reportpack.run.status import what_waits
from reportpack.web.frame import meeting_of, month, office_of, page, preview, shelf
from reportpack.web.visit import Done, Visit, whole

_WHERE = {
    "minutes": "annex/queries",
    "annex": "annex/corrections",
    "inbox": "/inbox",
    "send": "send/receipts",
    "due": "/inbox#letters",
    "register": "/register?kind=commitment",
    "release": "send",
}
"""By the verb, the page that shows what waits; those without a stroke are the meeting's own."""
_NOW = {"figures": "Figures", "build": "Pack", "build-again": "Pack", "release": "Sent", "send": "Sent", "unclear": "Sent"}
_NOW |= {"meeting": "Notes", "notes": "Notes", "notes-wrong": "Notes"} | dict.fromkeys(
    ("answer", "correct", "issue", "agree"), "Annex"
)
"""By the next thing, the step of the month that it belongs to."""


def today(visit: Visit) -> Response:
    """Where the month is, and the one next thing."""
    meeting = meeting_of(visit)
    found, figures = month(visit, meeting), shelf(visit, meeting)
    after = visit.today > meeting.day or (found.noted and visit.today >= meeting.day)
    office = office_of(visit)[0].office
    waiting = visit.desk.look("waits", lambda: what_waits(visit.folders, office, None))
    unused, names = {one.source.file for one in figures.unused}, every_workbook(figures)
    asked = next((one for book in figures.used for one in book.asked), next(iter(figures.broken), None))
    next_one = next_thing(found, figures, after=after)
    visit.runs("check", meeting.id)
    headlines: tuple[str, ...] = ()
    if found.built is not None and not after:
        with suppress(ReportpackError):  # the pack's own page says what is wrong with it
            headlines = preview(visit, meeting, office.own_edition(meeting.series)).headlines
    return page(visit, "today.jinja", "today")(
        next=next_one,
        asked=(asked.source.file, asked.found, names.index(asked.source.file)) if asked is not None else ("", "", 0),
        month=found,
        figures=figures,
        after=after,
        now_at=_NOW.get(next_one, ""),
        annex_by=meeting.day + timedelta(days=14),
        waits=[(one, _WHERE.get(one.verb.partition(" ")[0], "/")) for one in waiting],
        papers=[one for one in meeting.papers if one.status is PaperStatus.AWAITED],
        by_post={one.id: one.title for one in office.posts},
        unused=[(place, name) for place, name in enumerate(names) if name in unused],
        headlines=headlines,
        now=visit.now,
    )


def undo(visit: Visit) -> Done:
    """A step that is undone where it was made."""
    number = whole(visit.typed("event"))
    updated = undo_event(visit.folders, number, visit.change(visit.typed("why") or "undone at the desk"))
    if updated is None:
        return Done(f"Step {number} is undone. The figure is as it was before it; both are kept.", _back(visit))
    ref = updated.row.ref
    return Done(f"Step {number} is undone. {ref} is as it was before; both are kept.", f"/register/{ref.replace('/', '-')}")


def sits(visit: Visit) -> Done:
    """Somebody says that they are at the desk; it is kept with what they record."""
    name = " ".join(visit.typed("who").split())
    if not name:
        raise InputError("There is no name.", "Choose yours, or type it.")
    visit.session.who = name[:120]
    return Done(f"At the desk: {visit.session.who}.", _back(visit))


def _back(visit: Visit) -> str:
    back = visit.typed("back")
    return back if back.startswith("/") and not back.startswith("//") else "/"


def next_thing(found: Month, figures: Shelf, *, after: bool) -> str:
    """What is to be done next, by the name that the page has words for; the first that is not done."""
    built = found.built
    before = (
        ("figures", bool(figures.questions)),
        ("build", built is None),
        ("build-again", bool(found.changed or found.recorded)),
        ("unclear", bool(found.unclear)),
        ("meeting", bool(found.sent) and len(found.sent) == len(found.letters)),
        ("release", bool(found.unreleased) or any(built is not None and one.build < built.number for one in found.released)),
        ("send", True),
    )
    held = (
        ("notes", not found.noted),
        ("notes-wrong", bool(found.problem)),
        ("answer", bool(found.blocking)),
        ("correct", bool(found.corrections)),
        ("issue", found.issued is None),
        ("agree", found.agreed is None),
        ("done", True),
    )
    return next(name for name, waits in (held if after else before) if waits)


def every_workbook(figures: Shelf) -> tuple[str, ...]:
    """The workbooks by their place, as addresses have them."""
    names = {one.file for one in figures.used} | {one.source.file for one in (*figures.unused, *figures.broken)}
    return tuple(sorted(names))
