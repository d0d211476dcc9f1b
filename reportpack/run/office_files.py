"""What every verb begins with: the settings, the meetings, and where the register lies. No workbook is opened."""

from reportpack.errors import InputError
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem
from reportpack.model.settings import Settings
from reportpack.read.meetings import read_meetings
from reportpack.run.folders import Folders
from reportpack.settings import read_settings

REGISTER = "register.xlsx"


def gather_meetings(folders: Folders) -> tuple[Settings, tuple[Meeting, ...], tuple[Problem, ...]]:
    """The settings and the meetings; InputError with every sentence when there are no settings to go by."""
    settings, of_settings = read_settings(folders.inputs)
    if settings is None:
        raise InputError(
            "\n".join(problem.sentence for problem in of_settings), "Nothing can be built before the settings are put right."
        )
    meetings, of_meetings = read_meetings(folders.inputs, settings.office)
    return settings, meetings, (*of_settings, *of_meetings)
