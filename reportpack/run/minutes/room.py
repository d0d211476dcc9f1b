"""A meeting as it is known before it begins: what lines that are typed at it are understood by, and the form for its notes, written into inputs/minutes/
and never over a file that is there."""

from datetime import date
from pathlib import Path

from reportpack.compose.minutes_form import compose_minutes_form
from reportpack.errors import InputError
from reportpack.merge.agenda import merge_for_meeting
from reportpack.model.agenda_view import ActionView, AgendaView, MatterView
from reportpack.model.inputs import Inputs
from reportpack.model.meeting import Meeting
from reportpack.model.minutes_form import MinutesForm
from reportpack.model.office import Office
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.read.register.reading import read_register
from reportpack.read.words.notes import read_notes
from reportpack.records import Record
from reportpack.render.letters import LetterTemplates
from reportpack.render.word.document import render_word
from reportpack.run.look import read_look
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.office_files import REGISTER, Folders, gather_meetings, which_meeting, write_files
from reportpack.run.program import office_templates
from reportpack.run.steps.documents import lay_out_document


class Room(Record):
    """What is known at a meeting: its agenda as the form has it, what stands on it, and by whom and what lines are understood."""

    office: Office
    meetings: tuple[Meeting, ...]
    meeting: Meeting
    register: Register
    view: AgendaView
    form: MinutesForm
    problems: tuple[Problem, ...]

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The items by number and title."""
        return tuple((one.number, one.title) for one in self.form.items)

    def actions(self, item: str) -> tuple[ActionView, ...]:
        """The open actions on that item."""
        return tuple(one for one in self.view.actions if one.item.rstrip(".") == item)

    def matters(self, item: str) -> tuple[MatterView, ...]:
        """The matters that were brought forward to that item."""
        return tuple(one for one in self.view.matters if one.item.rstrip(".") == item)


def room_of(folders: Folders, named: str, today: date = date.min) -> Room:
    """The meeting as it is known before it begins."""
    settings, meetings, problems = gather_meetings(folders)
    meeting, office = which_meeting(meetings, named, today), settings.office
    register, of_register = read_register(folders.inputs / REGISTER, REGISTER, office, settings.measures)
    statements, questions, of_notes = read_notes(folders.inputs / "notes", meeting.id, meeting.agenda, office, meeting.also)
    inputs = Inputs((), (), register, meetings, statements, (), questions)
    view, _ = merge_for_meeting(inputs, office, settings.measures, meeting, meeting.day)
    form = compose_minutes_form(view, office)
    return Room(office, meetings, meeting, register, view, form, (*problems, *of_register, *of_notes))


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
