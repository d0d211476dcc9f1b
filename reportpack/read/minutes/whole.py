"""What is wrong with a file of notes as a whole: an agenda only, two meetings in one, the notes of another meeting, no notes at all."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes
from reportpack.model.problem import Problem, Weight
from reportpack.model.source import Source
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.papers import AGENDA, OTHER, Paper
from reportpack.read.minutes.queries.sentences import place_of
from reportpack.read.minutes.wraps import Passage

_TITLE = re.compile(
    r"(?:draft )?(?:minutes|notes|meeting notes?|record) (?:of|from)\b|.{0,80}\b(?:meeting )?(?:minutes|notes|meeting note)\W*(?: ?- ?actions)?$|(?:draft )?minutes of (?:the|a) ",
    re.IGNORECASE,
)
_HEAD = ("present", "attend", "apologies", "in attendance", "date", "chair", "venue")


def document_problems(
    minutes: Minutes, passages: Sequence[Passage], source: Source, paper: Paper | None = None, meetings: Sequence[Meeting] = ()
) -> Iterator[Problem]:
    """Each with where and what to do."""
    name = source.file.rsplit("/", maxsplit=1)[-1]
    named = re.match(r"(\d{4}-\d{2}-\d{2})-", name)
    moved = any(minutes.day in one.days and name.rpartition(".")[0] in one.names for one in meetings)
    if named is not None and minutes.day is not None and minutes.day.isoformat() != named[1] and not moved:
        found = f"The file is named after the meeting of {named[1]}, and the notes are of {minutes.day.isoformat()}."
        yield Problem("notes-other-meeting", source, found, "Rename the file, or correct the date in the notes.")
    second = _second_meeting(minutes, passages)
    if second is not None:
        found = f'Notes of a second meeting seem to begin here: "{second.text[:80]}".'
        where = replace(source, cell=place_of(second.line))
        yield Problem("notes-two-meetings", where, found, "Give the notes of each meeting in a file of their own.")
    if paper is not None:
        kept = "What it lists is shown" if paper.lists_actions else "No action, decision or promise is taken from it"
        seems = f"This seems to be {paper.name}, not the notes of a meeting."
        if paper == OTHER:
            seems = "This may not be notes of a meeting: it says neither who met nor what was said."
        kind = "notes-agenda-only" if paper.name == AGENDA else "notes-other-paper"
        yield Problem(kind, source, f"{seems} {kept}.", "Give the notes.")
    elif not minutes.items and not minutes.actions and minutes.day is None:
        found = "No date, agenda or action was found in it: these may not be notes of a meeting."
        yield Problem("notes-not-found", source, found, "Check that this is the right file.", Weight.WRONG)


def _second_meeting(minutes: Minutes, passages: Sequence[Passage]) -> Passage | None:
    """A second title with another date beside it, far below the first."""
    for at, passage in enumerate(passages[12:] if minutes.day is not None else (), 12):
        if passage.mark or not 14 < len(passage.text) <= 120 or not _TITLE.match(passage.text.strip(" :*")):
            continue
        near = " ".join(one.text for one in passages[at : at + 6] if len(one.text) < 120)
        day = next((one.day for one in find_days(near) if one.day), minutes.day)
        if day != minutes.day and any(one.text.lower().startswith(_HEAD) for one in passages[at + 1 : at + 12]):
            return passage
    return None
