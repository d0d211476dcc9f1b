"""The frame of every page: whose words the window shows, the meeting, who is at the desk, the month's order with what waits, and a foot with
what the page ran, what was recorded last and how that is undone."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from reportpack import patterns as re
from reportpack.drive_files import sha256_of
from reportpack.errors import ReportpackError
from reportpack.model.edition import EDITIONS, Audience
from reportpack.model.event import Undone, WorkbookSeen
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.observation import FigureAnswered
from reportpack.model.office import Side
from reportpack.model.period import weekday_date
from reportpack.run.figures import Shelf, shelf_of
from reportpack.run.month import Month, OfNotes, last_step, month_of, notes_of
from reportpack.run.office_files import gather_meetings, which_meeting
from reportpack.run.pack import Briefing, prepare_to_look
from reportpack.run.preview import LeftOut, Preview, left_out_of, page_now_of, preview_of
from reportpack.run.program import program_templates
from reportpack.web.guard import LARGEST
from reportpack.web.visit import Visit, plain_remedy

_NOTES = ("minutes", "register.xlsx", "office.toml", "measures.toml", "meetings", "papers")
_FIGURES = ("performance", "office.toml", "measures.toml", "meetings")


def office_of(visit: Visit) -> tuple[Settings, tuple[Meeting, ...]]:
    """The settings and the meetings as they are now."""
    of = ("office.toml", "measures.toml", "meetings")
    settings, meetings, _ = visit.desk.look("office", lambda: gather_meetings(visit.folders), of=of, recorded=None)
    return settings, meetings


def meeting_of(visit: Visit) -> Meeting:
    """The meeting of the address, else the next, else the latest."""
    return which_meeting(office_of(visit)[1], visit.named.get("meeting", ""), visit.today)


def month(visit: Visit, meeting: Meeting) -> Month:
    """How far its month is."""

    def of_notes(one: Meeting) -> OfNotes:
        make = partial(notes_of, visit.folders, one, visit.now, visit.today)
        return visit.desk.look(f"notes {one.id}", make, of=_NOTES)

    make = partial(month_of, visit.folders, meeting.id, visit.today, of_notes)
    return visit.desk.look(f"month {meeting.id}", make, built=meeting.id)


def shelf(visit: Visit, meeting: Meeting) -> Shelf:
    """Its figures; read anew only where a workbook, a setting or an answer changed."""
    make = lambda: shelf_of(prepared(visit, meeting), visit.today)  # noqa: E731 - as the other pages ask
    return visit.desk.look(f"shelf {meeting.id}", make, of=_FIGURES, recorded=(FigureAnswered, WorkbookSeen, Undone))


def prepared(visit: Visit, meeting: Meeting) -> Briefing:
    """Everything that a build of now would be composed from."""
    return visit.desk.look(f"prepared {meeting.id}", lambda: prepare_to_look(visit.folders, meeting.id, visit.now, visit.today))


def preview(visit: Visit, meeting: Meeting, edition: Audience) -> Preview:
    """The pages of that edition, as they were built; InputError where there are none."""
    return visit.desk.look(
        f"preview {meeting.id} {edition}", lambda: preview_of(visit.folders, meeting, edition), built=meeting.id
    )


def page_now(visit: Visit, meeting: Meeting, edition: Audience, name: str) -> Preview:
    """That page alone, as a build of now would have it."""
    make = lambda: page_now_of(visit.folders, prepared(visit, meeting), edition, name)  # noqa: E731 - as the other pages ask
    return visit.desk.look(f"page now {meeting.id} {edition} {name}", make)


def left_out(visit: Visit, meeting: Meeting, edition: Audience) -> LeftOut:
    """What the readers of that edition will not see."""
    make = lambda: left_out_of(visit.folders, prepared(visit, meeting), edition, visit.today)  # noqa: E731 - as above
    return visit.desk.look(f"left out {meeting.id} {edition}", make)


def edition_called(name: str) -> Audience | None:
    """The edition of that name."""
    return next((one.audience for one in EDITIONS if one.audience.value == name), None)


def page(visit: Visit, template: str, here: str) -> Callable[..., Response]:
    """A page in the frame, which is given the names that its template has."""
    office, meeting = office_of(visit)[0].office, meeting_of(visit)
    ours = [one.id for one in office.posts if one.side is Side.OFFICE]
    short = f"{office.short_name} for {office.name.rpartition(' for ')[2]}" if office.short_name else office.name
    last = visit.desk.look("last step", lambda: last_step(visit.folders), of=("none",))
    people = sorted({one.name for one in office.people if one.holds_on(visit.today) and one.post in ours})
    reached, asks = month(visit, meeting), shelf(visit, meeting).questions
    known = {
        "visit": visit,
        "office": office,
        "office_short": short,
        "marking": office.edition(Audience.OFFICE).marked_on(visit.today),
    }
    known |= {"meeting": meeting, "where": f"/m/{meeting.id}", "here": here, "reached": reached, "asks": asks, "last": last}
    known |= {"said": visit.said, "number": visit.sessions.new_number(), "people": people, "most": LARGEST // 1_000_000}
    return partial(bare, template, **known)


def wrong(visit: Visit, error: ReportpackError) -> Response:
    """A page that could not be made says why; where not even the office can be read, without its frame."""
    words = {"found": error.found, "remedy": plain_remedy(error.remedy)}
    if not visit.session.shows:  # somebody else looks on where it shows another edition: the frame is the office's
        try:
            return page(visit, "wrong.jinja", "")(**words)
        except ReportpackError:
            pass  # not even the office can be read
    return bare("bare.jinja", **words)


def bare(template: str, **names: Any) -> HTMLResponse:
    """A page without the frame: nothing of the office's is in it but what is given."""
    return HTMLResponse(templates().get_template(template).render(**names))


@cache
def templates() -> Environment:
    """The desk's own templates; what they are given is escaped."""
    desk = FileSystemLoader(program_templates() / "desk")
    made = Environment(loader=desk, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "day": weekday_date,
        "short_day": lambda day: f"{day.day} {day:%B}",
        "clock": "{:%H:%M}".format,
        "plain": plain_remedy,
        "counted": counted,
        "name": lambda path: path.rpartition("/")[2],
        "marked": marked,
        "known": lambda words: sha256_of(words.encode())[:12],
    }
    return made


def counted(count: int, one: str, several: str = "") -> str:
    """`1 question`, `2 questions`."""
    return f"{count} {one if count == 1 else several or f'{one}s'}"


def marked(words: str, phrases: Sequence[str]) -> Markup:
    """The words with what was looked for marked; everything else is text."""
    found = re.compile("|".join(re.escape(one) for one in sorted(phrases, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)
    parts, at = [], 0
    for one in found.finditer(words):
        parts += [escape(words[at : one.start()]), Markup("<mark>"), escape(one[0]), Markup("</mark>")]
        at = one.end()
    return Markup("").join([*parts, escape(words[at:])])
