"""Today: the one next thing, the seven steps of the month, and what waits."""

from datetime import timedelta

from starlette.responses import Response

from reportpack.errors import InputError, ReportpackError
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.records import dataclass
from reportpack.run.figures import Shelf
from reportpack.run.month import Month
from reportpack.run.preview import preview_of
from reportpack.run.register.add import undo_event
from reportpack.run.status import what_waits
from reportpack.web.frame import counted, meeting_of, month, office_of, page, shelf, short_day
from reportpack.web.visit import Done, Visit

_WHERE = {
    "minutes": "annex/queries",
    "annex": "annex/corrections",
    "inbox": "/inbox",
    "send": "send/receipts",
    "due": "/inbox#letters",
    "register": "/register?kind=commitment",
    "release": "send",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven: `tone` is done, now, waits, or nothing yet."""

    title: str
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits beside the next thing."""

    what: str
    about: str
    why: str
    do: str
    where: str


def today(visit: Visit) -> Response:
    """Where the month is, and the one next thing."""
    meeting = meeting_of(visit)
    found, figures = month(visit, meeting), shelf(visit, meeting)
    after = visit.today > meeting.day or (found.noted and visit.today >= meeting.day)
    visit.runs("check", meeting.id)
    headlines: tuple[str, ...] = ()
    if found.built is not None and not after:
        try:
            own = office_of(visit)[0].office.own_edition(meeting.series)
            preview = visit.desk.look(
                f"preview {meeting.id} {own}", lambda: preview_of(visit.folders, meeting, own), built=meeting.id
            )
            headlines = preview.headlines
        except ReportpackError:
            headlines = ()  # the pack's own page says what is wrong with it
    return page(
        visit,
        "today.jinja",
        "today",
        next=next_thing(found, figures, after=after),
        asked=_first_asked(figures),
        month=found,
        figures=figures,
        after=after,
        steps=_steps(found, figures, after),
        waits=_waiting(visit, meeting, found, figures),
        headlines=headlines,
        now=visit.now,
    )


def undo(visit: Visit) -> Done:
    """A step that is undone where it was made."""
    number = visit.typed("event")
    if not number.isascii() or not number.isdigit():
        raise InputError("That is no number of a step.", "Look again, and undo it from its own page.")
    updated = undo_event(visit.folders, int(number), visit.typed("why") or "undone at the desk", visit.by(), visit.now)
    return Done(
        f"/register/{updated.row.ref.replace('/', '-')}",
        f"Step {number} is undone. {updated.row.ref} is as it was before; both are kept.",
    )


def sits(visit: Visit) -> Done:
    """Somebody says that they are at the desk; it is kept with what they record."""
    name = " ".join(visit.typed("who").split())
    if not name:
        raise InputError("There is no name.", "Choose yours, or type it.")
    visit.session.who = name[:120]
    back = visit.typed("back")
    return Done(back if back.startswith("/") and not back.startswith("//") else "/", f"At the desk: {visit.session.who}.")


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


def _steps(found: Month, figures: Shelf, after: bool) -> tuple[Step, ...]:
    meeting, unclear = found.meeting, len(found.unclear)
    built = found.built.recorded if found.built is not None else None
    stale = bool(found.changed or found.recorded)
    sent = f"{counted(len(found.sent), 'person', 'people')}" if found.sent else ""
    annex_by = meeting.day + timedelta(days=14)
    steps = [
        Step(
            "Asked for",
            f"done {short_day(found.asked)}" if found.asked is not None else "no letter went",
            "done" if found.asked is not None else "",
        ),
        Step(
            "Figures",
            counted(figures.questions, "question") if figures.questions else f"{counted(len(figures.used), 'workbook')} in",
            "waits" if figures.questions else "done",
        ),
        Step(
            "Papers",
            f"{found.awaited} {'never came' if after else 'awaited'}" if found.awaited else "all in",
            "waits" if found.awaited else "done",
        ),
        Step(
            "Pack",
            f"built {short_day(built)}{', changed since' if stale else ''}" if built is not None else "not built",
            "done" if built is not None and not stale else "waits" if built is not None else "",
        ),
        Step(
            "Sent",
            f"{sent}{f', {unclear} open' if unclear else ''}" if sent else "released" if found.released else "not yet",
            "waits" if unclear else "done" if sent else "",
        ),
        Step("Notes", "in" if found.noted else short_day(meeting.day), "done" if found.noted else ""),
        Step("Annex", _annex_words(found) or f"by {short_day(annex_by)}", "done" if found.agreed is not None else ""),
    ]
    now = next(
        (place for place, one in enumerate(steps) if one.tone in ("", "waits") and one.title not in ("Asked for", "Papers")), None
    )
    return tuple(Step(one.title, one.words, "now") if place == now else one for place, one in enumerate(steps))


def _annex_words(found: Month) -> str:
    if found.agreed is not None:
        return f"agreed {short_day(found.agreed.on)}"
    if found.blocking:
        return f"{found.blocking} to answer"
    return f"issued {short_day(found.issued.on)}" if found.issued is not None else ""


def _waiting(visit: Visit, meeting: Meeting, found: Month, figures: Shelf) -> tuple[Waits, ...]:
    office, at = office_of(visit)[0].office, f"/m/{meeting.id}"
    lines = []
    for one in visit.desk.look("waits", lambda: what_waits(visit.folders, office, None)):
        where = _WHERE.get(one.verb.partition(" ")[0], "/")
        lines.append(
            Waits(
                one.about or one.words,
                "",
                "It changes nothing until you say so.",
                "Look",
                where if where.startswith("/") else f"{at}/{where}",
            )
        )
    titles = {one.id: one.title for one in office.posts}
    for paper in meeting.papers:
        if paper.status is PaperStatus.AWAITED:
            by = f" by {short_day(paper.wanted_by)}" if paper.wanted_by is not None else ""
            lines.append(
                Waits(
                    "A paper has not come",
                    paper.title,
                    f"Wanted from the {titles.get(paper.author, paper.author or 'author')}{by}.",
                    "Go to papers",
                    f"{at}/papers",
                )
            )
    for place, name in enumerate(every_workbook(figures)):
        if any(name == one.source.file for one in figures.unused):
            lines.append(
                Waits(
                    "A workbook that nothing uses",
                    name.rpartition("/")[2],
                    "No measure names it. It is in no pack.",
                    "Open the workbook",
                    f"{at}/figures/{place}",
                )
            )
    if found.queries and not found.blocking:
        lines.append(
            Waits(
                counted(found.queries, "query", "queries"),
                "of the notes",
                "Each can wait.",
                "Go through them",
                f"{at}/annex/queries",
            )
        )
    return tuple(lines[:8])


def _first_asked(figures: Shelf) -> tuple[str, str, int]:
    """The workbook that asks first, what it asks, and its place in the list."""
    asked = next((one for book in figures.used for one in book.asked), next(iter(figures.broken), None))
    if asked is None:
        return "", "", 0
    return asked.source.file, asked.found, every_workbook(figures).index(asked.source.file)


def every_workbook(figures: Shelf) -> tuple[str, ...]:
    """The workbooks by their place, as addresses have them."""
    names = {one.file for one in figures.used} | {one.source.file for one in (*figures.unused, *figures.broken)}
    return tuple(sorted(names))
