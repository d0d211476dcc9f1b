"""`minutes new`: a form for the notes of a meeting, written into inputs/minutes/ and never over a file that is there."""

from datetime import date
from pathlib import Path

from reportpack.compose.minutes_form import compose_minutes_form
from reportpack.errors import InputError
from reportpack.merge.agenda import merge_for_meeting
from reportpack.model.inputs import Inputs
from reportpack.model.problem import Problem
from reportpack.read.register.reading import read_register
from reportpack.read.words.notes import read_notes
from reportpack.render.letters import LetterTemplates
from reportpack.render.word.document import render_word
from reportpack.run.look import read_look
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.office_files import REGISTER, Folders, gather_meetings, which_meeting, write_files
from reportpack.run.program import office_templates
from reportpack.run.steps.documents import lay_out_document


def new_minutes(folders: Folders, named: str, today: date, *, markdown: bool) -> tuple[Path, tuple[Problem, ...]]:
    """Write the form and give its path; refused when notes of the meeting are there in any form."""
    settings, meetings, problems = gather_meetings(folders)
    meeting = which_meeting(meetings, named, today)
    there = minutes_of(folders, meeting)
    if there:
        found = f"{there[0]} is there already; it was left as it is."
        raise InputError(found, "Type in that file, or move it away and run this again.")
    register, of_register = read_register(folders.inputs / REGISTER, REGISTER, settings.office, settings.measures)
    notes, office = folders.inputs / "notes", settings.office
    statements, questions, of_notes = read_notes(notes, meeting.id, meeting.agenda, office, meeting.also)
    inputs = Inputs((), (), register, meetings, statements, (), questions)
    view, _ = merge_for_meeting(inputs, settings.office, settings.measures, meeting, meeting.day)
    form = compose_minutes_form(view, settings.office)
    path = folders.inputs / "minutes" / f"{meeting.id}.{'md' if markdown else 'docx'}"
    templates = office_templates(folders)
    if markdown:
        made = LetterTemplates(templates).render_text("minutes-form.txt", form=form).encode()
    else:
        laid = lay_out_document(form, templates, folders)
        made = render_word(laid.document, read_look(folders.templates).theme)
    write_files({path: made})
    return path, (*problems, *of_register, *of_notes)
