"""Pack: its pages as they were built, what changed, the cell behind a number, words edited in place; and what each reader will not see."""

from contextlib import suppress
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from reportpack.errors import InputError, RefusedError, ReportpackError
from reportpack.model.edition import EDITIONS, Audience, edition_title, is_wider
from reportpack.model.meeting import Meeting
from reportpack.run.figures import cells_around
from reportpack.run.office_forms import edit_words, words_at
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.preview import Changes, Page, Preview, Printed, changes_of, keep_looked, looked_at, numbers_on
from reportpack.web import frame
from reportpack.web.frame import bare, edition_called, meeting_of, month, office_of, page, page_now, preview
from reportpack.web.guard import PREVIEW_POLICY
from reportpack.web.visit import Done, Visit, whole

CLOSED_POLICY = PREVIEW_POLICY.replace("sandbox allow-same-origin allow-top-navigation-by-user-activation", "sandbox")
"""Of pages shown to others: nothing in them leads anywhere."""


def pack(visit: Visit) -> Response:
    """The pages of the office's own edition."""
    meeting = meeting_of(visit)
    own = _own(visit, meeting)
    visit.runs("pack", meeting.id)
    state, found = visit.desk.state(), month(visit, meeting)
    pages: Preview | None = None
    fresh: Preview | None = None
    why = ""
    try:
        pages = preview(visit, meeting, own)
    except ReportpackError as error:
        why = error.found
    place, shown = pages.page(visit.asked.get("page", "")) if pages is not None else (0, None)
    if shown is not None and (found.changed or found.recorded) and not visit.asked.get("built"):
        try:
            fresh = page_now(visit, meeting, own, shown.id)
        except ReportpackError as error:
            why = error.found
    task = visit.desk.task(_task(meeting.id))
    number = shown.title.partition(" ")[0] if shown is not None else ""  # of the agenda's item, as the heading begins
    return page(visit, "pack.jinja", "pack")(
        title="The pack, and what changed" if pages is not None else "No pack is built yet",
        preview=pages,
        fresh=fresh,
        state=state,
        why=why,
        shown=shown,
        earlier=pages.pages[place - 1].id if pages is not None and place else "",
        later=pages.pages[place + 1].id if pages is not None and place + 1 < len(pages.pages) else "",
        found=found,
        building=task is not None and not task.done.is_set(),
        task=task,
        built=task.result if task is not None and isinstance(task.result, BuiltPack) else None,
        changes=_changes(visit, meeting) if pages else None,
        number_shown=_cell(visit, fresh or pages, fresh.pages[0] if fresh is not None else shown),
        item=number if any(one.number == number for one in meeting.agenda) else "",
        editions=[one.audience for one in EDITIONS if one.audience is not own],
    )


def looked(visit: Visit) -> Done:
    """Whoever is at the desk has looked at the pages as they are; what changes from here on is new to them, and to nobody else."""
    meeting, by, saw = meeting_of(visit), visit.by(), visit.typed("saw")
    if _changes(visit, meeting).source != saw:
        found = "The pack was built again since this page was shown."
        raise RefusedError(found, "Look at what changed since, then say so once more.")
    keep_looked(visit.folders, by, {**looked_at(visit.folders, by), meeting.id: saw})
    return Done(f"{by} has looked at it. What changes from here on is shown to {by} as new.")


def _changes(visit: Visit, meeting: Meeting) -> Changes:
    saw = looked_at(visit.folders, visit.session.who).get(meeting.id, "")
    make = partial(changes_of, visit.folders, meeting, _own(visit, meeting), saw)
    return visit.desk.look(f"changes {meeting.id} {saw}", make)


def build(visit: Visit) -> Done:
    """Begin the build; it goes on by itself, and its page says how far it is."""
    meeting = meeting_of(visit)
    edition = _edition(visit.typed("edition")) if visit.typed("edition") else None
    order = Order(meeting.id, edition, None, visit.now, visit.today)
    folders = visit.folders
    visit.desk.start(_task(meeting.id), lambda say: build_pack(folders, order, say))
    return Done()


def progress(visit: Visit) -> Response:
    """How far a build is, or whether something changed since the page was shown: for the script that looks."""
    meeting = meeting_of(visit)
    task = visit.desk.task(_task(meeting.id))
    if task is not None and not task.done.is_set():
        return JSONResponse({"state": "building", "line": task.line})
    return JSONResponse({"state": visit.desk.state()})


def page_html(visit: Visit) -> Response:
    """One page of the edition, for the frame in the page: no script runs in it."""
    meeting = meeting_of(visit)
    own, name = _own(visit, meeting), visit.named["page"]
    pages = page_now(visit, meeting, own, name) if visit.asked.get("now") else preview(visit, meeting, own)
    _, shown = pages.page(name)
    return sealed(pages.whole(shown, f"/m/{meeting.id}/pack?page={quote(shown.id)}&number="), PREVIEW_POLICY)


def left_out(visit: Visit) -> Response:
    """What the readers of an edition will not see, by name; in the office's window alone."""
    meeting, edition = meeting_of(visit), _edition(visit.named["edition"])
    if not is_wider(edition, Audience.OFFICE):
        raise InputError("Nothing is left out of the office edition.", "Choose the edition that somebody else gets.")
    found = frame.left_out(visit, meeting, edition)
    visit.runs("why", "REFERENCE", edition=edition.value)
    built = False
    with suppress(ReportpackError):
        built = bool(preview(visit, meeting, edition))
    title = f"What the {edition} will not see"
    return page(visit, "left_out.jinja", "pack")(title=title, edition=edition, found=found, built=built)


def words(visit: Visit) -> Response:
    """The words for one item, each part in its own field."""
    meeting = meeting_of(visit)
    found = words_at(visit.folders, meeting, visit.named["item"])
    return page(visit, "words.jinja", "pack")(title=f"Words for {found.item} {found.title}", found=found)


def save_words(visit: Visit) -> Done:
    """One part is put in its place in the file, unless somebody changed just that meanwhile."""
    meeting, item = meeting_of(visit), visit.named["item"]
    visit.by()
    edit_words(visit.folders, meeting, item, visit.typed("title"), visit.typed("words"), visit.typed("saw"))
    return Done(f"Saved under “{visit.typed('title')}” of {item}. It is in the pack once you build it again.")


def switch(visit: Visit) -> Done:
    """From here on this browser shows that edition and nothing of the office's, until somebody goes back by the button."""
    meeting, edition = meeting_of(visit), _edition(visit.named["edition"])
    if edition is _own(visit, meeting):
        raise InputError("That is the office's own edition.", "Choose the edition that somebody else gets.")
    preview(visit, meeting, edition)
    visit.session.shows = edition.value
    return Done(to=f"/as/{edition}/m/{meeting.id}/pack")


def switch_back(visit: Visit) -> Done:
    """Back to the office's window."""
    visit.session.shows = ""
    return Done()


def as_edition(visit: Visit) -> Response:
    """The pages of another edition, as its readers have them: nothing of the office's stands here or can be opened from here."""
    meeting, edition = meeting_of(visit), _shown_to(visit)
    pages = preview(visit, meeting, edition)
    place, shown = pages.page(visit.asked.get("page", ""))
    return bare(
        "as.jinja",
        meeting_title=meeting.title,
        day=meeting.day,
        meeting_id=meeting.id,
        edition=edition,
        edition_title=edition_title(edition),
        pages=[(one.id, one.title) for one in pages.pages],
        shown=(shown.id, shown.title),
        earlier=pages.pages[place - 1].id if place else "",
        later=pages.pages[place + 1].id if place + 1 < len(pages.pages) else "",
        number=visit.sessions.new_number(),
    )


def as_page_html(visit: Visit) -> Response:
    """One page of that edition."""
    pages = preview(visit, meeting_of(visit), _shown_to(visit))
    return sealed(pages.whole(pages.page(visit.named["page"])[1]), CLOSED_POLICY)


def held_to(visit: Visit) -> Response | None:
    """Where this browser shows another edition, that edition's pages, whatever was asked for; None in the office's window."""
    shows = visit.session.shows
    if not shows or visit.path.startswith(f"/as/{shows}/"):
        return None
    return RedirectResponse(f"/as/{shows}/m/{meeting_of(visit).id}/pack", HTTPStatus.SEE_OTHER)


def _shown_to(visit: Visit) -> Audience:
    edition = _edition(visit.named["edition"])
    if visit.session.shows != edition.value:
        raise RefusedError(f"This window does not show the {edition} edition.", "Switch it from the pack's page.")
    return edition


def sealed(html: str, policy: str) -> Response:
    """A page of an edition for a frame, under a policy of its own."""
    headers = {"content-security-policy": policy, "x-frame-options": "SAMEORIGIN"}
    return HTMLResponse(html, headers=headers)


def _task(meeting: str) -> str:
    return f"pack {meeting}"


def _own(visit: Visit, meeting: Meeting) -> Audience:
    return office_of(visit)[0].office.own_edition(meeting.series)


def _edition(name: str) -> Audience:
    found = edition_called(name)
    if found is None:
        raise InputError("There is no such edition.", "There are: office, force, public.")
    return found


def _cell(
    visit: Visit, pages: Preview | None, shown: Page | None
) -> tuple[Printed, tuple[tuple[str, str, str], ...], tuple[tuple[str, ...], ...]] | None:
    asked = whole(visit.asked.get("number", ""))
    if pages is None or shown is None or asked < 0:
        return None
    make = partial(numbers_on, visit.folders, pages, shown)
    name = f"numbers {pages.meeting.id} {pages.edition} {shown.id} {pages.sources is None}"
    numbers = visit.desk.look(name, make, built=pages.meeting.id)
    if asked >= len(numbers):
        return None
    found = numbers[asked]
    if not found.cells:
        return found, (), ()
    file, sheet, _ = found.cells[0]
    beside = " ".join(cells for name, on, cells in found.cells[:2] if (name, on) == (file, sheet))
    return found, found.cells[:6], cells_around(visit.folders, file, sheet, beside)
