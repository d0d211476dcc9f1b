"""Papers, each on its line; and the notes of the meeting brought in, or begun as a form."""

from starlette.responses import RedirectResponse, Response

from reportpack.errors import InputError
from reportpack.model.edition import EDITIONS
from reportpack.model.meeting import Meeting
from reportpack.model.release import Released
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.minutes.room import new_minutes
from reportpack.run.office_forms import MINUTES, PAPERS, take_in
from reportpack.run.papers import PapersLook, bring_paper, look_at_papers, put_paper, stray_papers
from reportpack.web.frame import edition_called, meeting_of, month, office_of, page
from reportpack.web.visit import Done, Visit, file_called, whole


def papers(visit: Visit) -> Response:
    """What is on each line of the agenda, and what lies there on none."""
    meeting = meeting_of(visit)
    visit.runs("meeting list")
    office, look = office_of(visit)[0].office, papers_of(visit, meeting)
    return page(visit, "papers.jinja", "papers")(
        title="Papers by others",
        papers=[*enumerate(look.papers)],
        late=[one for one in look.papers if one.late],
        titles={one.number: one.title for one in meeting.agenda},
        without=[one.number for one in meeting.agenda if not any(paper.item == one.number for paper in meeting.papers)],
        strays=stray_papers(visit.folders, meeting),
        posts=office.posts,
        by_post={one.id: one.title for one in office.posts},
        audiences=[one.audience for one in EDITIONS],
    )


def papers_of(visit: Visit, meeting: Meeting) -> PapersLook:
    """The meeting's papers with how their files are, looked at once."""
    make = lambda: look_at_papers(visit.folders, meeting.id, visit.today)  # noqa: E731 - as the other pages ask
    return visit.desk.look(f"papers {meeting.id}", make, of=("meetings", "papers", "office.toml"), recorded=(Released,))


def bring(visit: Visit) -> Done:
    """The file of an awaited paper."""
    meeting = meeting_of(visit)
    visit.by()
    uploads, place = visit.files("files"), whole(visit.typed("place"))
    if len(uploads) != 1 or place < 0:
        raise InputError("No file was chosen.", "Choose the paper's file.")
    own = bring_paper(visit.folders, meeting, place, visit.typed("title"), *file_called(uploads[0]))
    return Done(f"{own} is on its line. It is in the pack once you build it again.")


def add(visit: Visit) -> Done:
    """A paper on a line: awaited, brought now, or one that lies in the folder already."""
    meeting = meeting_of(visit)
    visit.by()
    audience = edition_called(visit.typed("audience"))
    if audience is None:
        raise InputError("It is not said who may read it.", "Choose office, force or public. Nothing was changed.")
    file = visit.typed("file")
    if file and file not in stray_papers(visit.folders, meeting):
        raise InputError("That file does not lie there any more.", "Look again. Nothing was changed.")
    for one in visit.files("files"):
        file = take_in(visit.folders, PAPERS, *file_called(one), below=meeting.id).name.rpartition("/")[2]
    put_paper(visit.folders, meeting, visit.typed("item"), visit.typed("title"), visit.typed("author"), audience, file)
    return Done(f"“{visit.typed('title')}” is on line {visit.typed('item')}.")


def notes(visit: Visit) -> Response:
    """The notes of the meeting: in, or to be brought, or to be begun."""
    meeting = meeting_of(visit)
    there = minutes_of(visit.folders, meeting)
    visit.runs("minutes new", meeting.id)
    return page(visit, "notes.jinja", "notes")(
        title="The notes are in" if there else "The notes of the meeting are not in yet",
        there=[one.name for one in there],
        live=any(one.suffix.lower() == ".docx" for one in there),
        found=month(visit, meeting),
    )


def bring_notes(visit: Visit) -> Done:
    """The file of notes, under the meeting's name; never over one that says something else."""
    meeting = meeting_of(visit)
    uploads = visit.files("files")
    if len(uploads) != 1:
        raise InputError("No file was chosen.", "Choose the one file that holds the notes.")
    there = minutes_of(visit.folders, meeting)
    name, data = file_called(uploads[0])
    if there and not any(one.suffix.lower() == f".{name.rpartition('.')[2].lower()}" for one in there):
        found = f"The notes are there already: {there[0].name}."
        raise InputError(found, "Change them in that file, or take it away first. Nothing was kept.")
    taken = take_in(visit.folders, MINUTES, name, data, called=meeting.id)
    said = "are here already, byte for byte" if taken.known else "are in. What they leave open is asked beside their lines"
    return Done(f"The notes {said}.", f"/m/{meeting.id}/annex/queries")


def begin_notes(visit: Visit) -> Done:
    """A form for them in Word, to take the notes in."""
    meeting = meeting_of(visit)
    path, _ = new_minutes(visit.folders, meeting.id, visit.today, markdown=False)
    return Done(f"The form is made: {path.name}. Open it below, or in the folder of minutes.")


def notes_file(visit: Visit) -> Response:
    """The file of notes itself, to open in Word."""
    there = minutes_of(visit.folders, meeting_of(visit))
    if not there:
        return RedirectResponse(f"/m/{visit.named['meeting']}/notes", 303)
    headers = {"content-disposition": f'attachment; filename="{there[0].name}"'}
    return Response(there[0].read_bytes(), media_type="application/octet-stream", headers=headers)
