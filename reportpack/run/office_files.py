"""What every verb begins with: the settings, the meetings, where the register lies, and what lies in the inbox. No workbook is opened."""

from collections.abc import Sequence
from pathlib import Path

from reportpack.errors import InputError, RefusedError
from reportpack.model.edition import AUDIENCE_FAULTS
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem
from reportpack.read.meetings import read_meetings
from reportpack.run.folders import Folders
from reportpack.settings import read_settings

INBOX = "inbox"


def inbox_files(folders: Folders) -> tuple[Path, ...]:
    """What lies in the inbox itself, the tool's own folder below it left out."""
    folder = folders.inputs / INBOX
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(path for path in found if path.is_file() and not path.name.startswith((".", "~")))


REGISTER = "register.xlsx"


def gather_meetings(folders: Folders) -> tuple[Settings, tuple[Meeting, ...], tuple[Problem, ...]]:
    """The settings and the meetings; InputError with every sentence when there are no settings to go by."""
    settings, of_settings = read_settings(folders.inputs)
    if settings is None:
        refuse_audiences(of_settings)
        found = "\n".join(problem.sentence for problem in of_settings)
        raise InputError(found, "Nothing can be built before the settings are put right.")
    meetings, of_meetings = read_meetings(folders.inputs, settings.office)
    return settings, meetings, (*of_settings, *of_meetings)


def refuse_audiences(problems: Sequence[Problem]) -> None:
    """RefusedError where somebody could be shown what is not for them, accepted or not."""
    found = [one.sentence for one in problems if one.kind in AUDIENCE_FAULTS]
    if found:
        raise RefusedError("\n".join(found), "Nothing is built before it is clear who may read what.")
