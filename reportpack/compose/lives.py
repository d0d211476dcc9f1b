"""The lives of rows in words: what was recorded of them, how often they were put off, and why."""

from collections.abc import Iterable, Sequence

from reportpack import patterns as re
from reportpack.compose.enquiry_words import meeting_label
from reportpack.model.action import ActionState, Redating
from reportpack.model.dossier import LifeLine, RowStep
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.matter import Matter, MatterState
from reportpack.model.period import long_date
from reportpack.model.register_columns import DAY_HEADINGS, Heading
from reportpack.model.register_row import CellChange

_STATES = {state.value for kind in (ActionState, MatterState) for state in kind}
_WHEN = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d-[a-z0-9-]+|none")


def life_lines(steps: Iterable[RowStep], edition: Audience) -> tuple[LifeLine, ...]:
    """A line for each recorded step. Beyond the office only states and days are said, never other words or who changed them."""
    lines: list[LifeLine] = []
    for number, step in enumerate(steps):
        told = [one for one in step.changes if one.before != one.after and _may_be_told(one, edition)]
        words = f"{'; '.join(map(_change, told))}{_by(step, edition)}" if told else ""
        if number == 0:
            state = next((one.after for one in step.changes if one.header == Heading.STATE), "")
            words = f"Entered in the register{_by(step, edition)}{f': {state}' if state.casefold() in _STATES else ''}"
        if words:
            lines.append(LifeLine(step.recorded.date(), words))
    return tuple(lines)


def _may_be_told(change: CellChange, edition: Audience) -> bool:
    if shows(edition, Part.CHANGES):
        return True
    if change.header == Heading.STATE:
        return {change.before.casefold(), change.after.casefold()} <= {"", *_STATES}
    return change.header in DAY_HEADINGS and all(not one or _WHEN.fullmatch(one) for one in (change.before, change.after))


def _change(change: CellChange) -> str:
    before, after = _short(change.before), _short(change.after) or "nothing"
    return f"{change.header}: {before} became {after}" if before else f"{change.header}: {after}"


def _by(step: RowStep, edition: Audience) -> str:
    """What recorded it, for the office: the workbook, the notes of a meeting, a command."""
    if not shows(edition, Part.CHANGES):
        return ""
    if step.cause.startswith("annex "):
        return f" (notes of {meeting_label(step.cause.removeprefix('annex ').partition(',')[0])})"
    return f" ({step.cause.removeprefix('reportpack ')})"


def _short(text: str) -> str:
    text = " ".join(text.split())
    text = meeting_label(text) if re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z0-9-]+", text) else text
    return text if len(text) <= 120 else f"{text[:117]}..."


def redating_lines(redatings: Sequence[Redating]) -> tuple[str, ...]:
    """`From 28 February 2019 to 30 April 2019: the audit was late`, in the register's own words where a meeting stands for a day."""
    lines = []
    for one in redatings:
        before, after = (long_date(day) if day is not None else "no date" for day in (one.before, one.after))
        move = one.words.partition(":")[0].strip() if one.after is None and one.words else f"From {before} to {after}"
        lines.append(f"{move}: {one.reason or 'no reason recorded'}")
    return tuple(lines)


def carried_lines(matter: Matter) -> tuple[str, ...]:
    """`From May 2019 to September 2019: the survey was late`, each time it was carried again."""
    return tuple(
        f"From {meeting_label(one.before) or one.before} to {meeting_label(one.after) or one.after}: {one.reason or 'no reason recorded'}"
        for one in matter.carryings
    )


def matter_state(matter: Matter) -> str:
    """`Carried forward`, `Carried forward, put off twice`, `Discharged`."""
    times = len(matter.carryings)
    often = {0: "", 1: ", put off once more", 2: ", put off twice more"}.get(times, f", put off {times} times more")
    return f"{matter.state.value.capitalize()}{often if matter.state is MatterState.CARRIED else ''}"
