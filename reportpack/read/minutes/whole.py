"""What is wrong with a file of notes as a whole: an agenda only, two meetings in one, the notes of another meeting, no notes at all."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes
from reportpack.model.problem import Problem, Weight
from reportpack.model.source import Source
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.papers import AGENDA, OTHER, Paper
from reportpack.read.minutes.wraps import Passage

_TITLE = re.compile(
    r"(?:draft )?(?:minutes|notes|meeting notes?|record) (?:of|from)\b|.{0,80}\b(?:meeting )?(?:minutes|notes|meeting note)\W*(?: ?- ?actions)?",
    re.IGNORECASE,
)


def document_problems(
    minutes: Minutes, passages: Sequence[Passage], source: Source, paper: Paper | None = None, meetings: Sequence[Meeting] = ()
) -> tuple[Problem, ...]:
    """Each with where and what to do."""
    found: list[Problem] = []
    name = source.file.rsplit("/", maxsplit=1)[-1]
    named = re.match(r"(\d{4}-\d{2}-\d{2})-", name)
    moved = any(minutes.day in one.days and name.rpartition(".")[0] in one.names for one in meetings)
    if named is not None and minutes.day is not None and minutes.day.isoformat() != named[1] and not moved:
        found.append(
            Problem(
                "notes-other-meeting",
                source,
                f"The file is named after the meeting of {named[1]}, and the notes are of {minutes.day.isoformat()}.",
                "Rename the file, or correct the date in the notes.",
            )
        )
    second = _second_meeting(minutes, passages)
    if second is not None:
        found.append(
            Problem(
                "notes-two-meetings",
                replace(source, cell=_place(second.line)),
                f'Notes of a second meeting seem to begin here: "{second.text[:80]}".',
                "Give the notes of each meeting in a file of their own.",
            )
        )
    if paper is not None:
        kept = "What it lists is shown" if paper.lists_actions else "No action, decision or promise is taken from it"
        seems = f"This seems to be {paper.name}, not the notes of a meeting."
        if paper == OTHER:
            seems = "This may not be notes of a meeting: it says neither who met nor what was said."
        found.append(
            Problem(
                "notes-agenda-only" if paper.name == AGENDA else "notes-other-paper",
                source,
                f"{seems} {kept}.",
                "Give the notes.",
            )
        )
        return tuple(found)
    if not minutes.items and not minutes.actions and minutes.day is None:
        found.append(
            Problem(
                "notes-not-found",
                source,
                "No date, agenda or action was found in it: these may not be notes of a meeting.",
                "Check that this is the right file.",
                Weight.WRONG,
            )
        )
    return tuple(found)


def _second_meeting(minutes: Minutes, passages: Sequence[Passage]) -> Passage | None:
    """A second title with another date beside it, far below the first."""
    if minutes.day is None:
        return None
    for at, passage in enumerate(passages[12:], 12):
        if (
            not 14 < len(passage.text) <= 120
            or passage.mark
            or (
                not _TITLE.fullmatch(passage.text.strip(" :*"))
                and not re.match(r"(?:draft )?minutes of (?:the|a) ", passage.text, re.IGNORECASE)
            )
        ):
            continue
        near = " ".join(one.text for one in passages[at : at + 6] if len(one.text) < 120)
        days = [one.day for one in find_days(near) if one.day]
        head = any(
            re.match(r"(?:present|attend|apologies|in attendance|date|chair|venue)\b", one.text, re.IGNORECASE)
            for one in passages[at + 1 : at + 12]
        )
        if days and days[0] != minutes.day and head:
            return passage
    return None


def _place(line: str) -> str:
    return f"line {line}" if line.isdigit() else line
