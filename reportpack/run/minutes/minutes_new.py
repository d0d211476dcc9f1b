"""`minutes new`: a form for the notes of a meeting, written into inputs/minutes/ and never over a file that is there."""

from datetime import date
from pathlib import Path

from reportpack.errors import InputError
from reportpack.model.problem import Problem
from reportpack.render.letters import LetterTemplates
from reportpack.render.word.document import render_word
from reportpack.run.look import read_look
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.minutes.room import room_of
from reportpack.run.office_files import Folders, write_files
from reportpack.run.program import office_templates
from reportpack.run.steps.documents import lay_out_document


def new_minutes(folders: Folders, named: str, today: date, *, markdown: bool) -> tuple[Path, tuple[Problem, ...]]:
    """Write the form and give its path; refused when notes of the meeting are there in any form."""
    room = room_of(folders, named, today)
    meeting, form = room.meeting, room.form
    there = minutes_of(folders, meeting)
    if there:
        found = f"{there[0]} is there already; it was left as it is."
        raise InputError(found, "Type in that file, or move it away and run this again.")
    path = folders.inputs / "minutes" / f"{meeting.id}.{'md' if markdown else 'docx'}"
    templates = office_templates(folders)
    if markdown:
        made = LetterTemplates(templates).render_text("minutes-form.txt", form=form).encode()
    else:
        laid = lay_out_document(form, templates, folders)
        made = render_word(laid.document, read_look(folders.templates).theme)
    write_files({path: made})
    return path, room.problems
