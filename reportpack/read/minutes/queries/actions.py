"""Actions without an owner or a date, told twice, or under a number that the register does not know."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import ActionKind, Attended, Minutes, NotedAction, NotedState, Query
from reportpack.model.office import Office
from reportpack.model.register import Register
from reportpack.read.minutes.pairing import people_meant
from reportpack.read.minutes.people import plain_name
from reportpack.read.minutes.queries.places import place_of
from reportpack.read.minutes.wraps import Passage


def action_queries(
    minutes: Minutes, passages: Sequence[Passage], meetings: Sequence[Meeting], office: Office | None
) -> Iterator[Query]:
    """Each action without an owner or a date, or due at a meeting that is not set."""
    months = {f"{meeting.day:%Y-%m}" for meeting in meetings if not meeting.cancelled}
    for action in minutes.actions:
        if action.state is NotedState.CLOSED:
            continue
        shown = action.words if len(action.words) < 90 else f"{action.words[:87]}..."
        if not action.owners:
            yield Query(
                "action-without-owner",
                action.line,
                f'No one is named to do: "{shown}"',
                "Name the post that owns it, or say that it is not known.",
                about=action.words,
            )
        if action.due_doubt:
            yield Query(
                "action-without-date",
                action.line,
                f'The day given for "{shown}" cannot be right ({action.due_as_written}: {action.due_doubt}).',
                "Give the day or the meeting that is meant.",
                blocking=True,
                about=action.words,
            )
        elif action.due is None and action.due_meeting is None:
            kind = (
                "The notes do not say to which meeting this comes back"
                if action.kind is ActionKind.BRING_BACK
                else "No date is given for"
            )
            said = f" (they say: {action.due_as_written})" if action.due_as_written else ""
            yield Query(
                "action-without-date",
                action.line,
                f'{kind}: "{shown}"{said}',
                "Give a date or a meeting, or say that it has none.",
                about=action.words,
            )
        if action.due_meeting and meetings and action.due_meeting not in months:
            yield Query(
                "meeting-not-scheduled",
                action.line,
                f"This comes back to {_with_article(action.due_as_written or 'a meeting')}, and no meeting is set in {_month(action.due_meeting)}.",
                "Set the meeting, or name another.",
                about=f"{action.words} {action.due_meeting}",
            )
        yield from _owner_queries(action, minutes, passages, office)


def _owner_queries(action: NotedAction, minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """Owners who may be several people, whom nobody knows, or who were not there."""
    for owner in action.owners:
        said = owner.as_written
        meant = people_meant(said, minutes.attendance)
        about = f"{action.words} {said}"
        if len({plain_name(one.name or "") for one in meant}) > 1:
            names = " or ".join(dict.fromkeys(one.name or "" for one in meant))
            yield Query(
                "owner-ambiguous", action.line, f'"{said}" may be {names}.', "Write the name.", blocking=True, about=about
            )
        elif (
            office is not None
            and not meant
            and owner.post is None
            and _is_short(said)
            and not _known(said, minutes, passages, office)
        ):
            yield Query(
                "owner-unknown",
                action.line,
                f'"{said}" is nobody of those listed, and no post of office.toml.',
                "Write the post or the name, or list them among those present.",
                about=about,
            )
        if any(one.status is Attended.APOLOGIES for one in meant):
            yield Query(
                "owner-absent",
                action.line,
                f"{said} is to act and sent apologies.",
                "Make sure that they know of it.",
                about=about,
            )


def _is_short(said: str) -> bool:
    return 2 <= len(said) <= 4 and said.isupper() and said.isalpha() and said not in ("ALL", "TBC", "TBA")


def _known(said: str, minutes: Minutes, passages: Sequence[Passage], office: Office) -> bool:
    """Whether letters are those of a capacity that the notes list, spelt out somewhere, or an abbreviation of the office's."""
    listed = ("".join(word[0] for word in (one.post or "").split() if word[:1].isupper()) for one in minutes.attendance)
    spelt = any(f"({said})" in passage.text for passage in passages)
    return spelt or said in listed or any(one.short == said for one in office.abbreviations)


def _with_article(meeting: str) -> str:
    """`November meeting` as it is said in a sentence."""
    return meeting if re.match(r"(?:the|a|an|its|our)\b", meeting, re.IGNORECASE) else f"the {meeting}"


def _month(month: str) -> str:
    """`2019-11` as `November 2019`."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def repeat_queries(minutes: Minutes) -> Iterator[Query]:
    """The same words under two numbers, or in two places."""
    seen: dict[str, str] = {}
    for action in minutes.actions:
        words = " ".join(action.words.casefold().split()).strip(".")
        if words in seen and len(words) > 12:
            yield _told_twice(action, action.line, seen[words])
        for line in action.repeated:
            yield _told_twice(action, line, place_of(action.line))
        seen.setdefault(words, place_of(action.line))


def _told_twice(action: NotedAction, line: str, first: str) -> Query:
    found = f'The same action stands at {first}: "{action.words[:90]}"'
    return Query("action-twice", line, found, "Strike one, or say how they differ.", about=action.words)


def reference_queries(minutes: Minutes, register: Register | None) -> Iterator[Query]:
    """A number given twice, and a number that the register does not have."""
    seen: dict[str, str] = {}
    known = {action.ref for action in register.actions} if register is not None else None
    for action in minutes.actions:
        if not action.ref:
            continue
        if action.ref in seen and "(" not in action.ref:
            yield Query(
                "reference-twice",
                action.line,
                f"The number {action.ref} is given to two actions; the other is at {seen[action.ref]}.",
                "Give one of them another number.",
                blocking=True,
                about=f"{action.ref} {action.words}",
            )
        seen.setdefault(action.ref, place_of(action.line))
        if known is not None and action.state is not NotedState.NEW and "/" in action.ref and action.ref not in known:
            yield Query(
                "action-unknown",
                action.line,
                f"The notes report action {action.ref} as {action.state.value}, and the register has no such action.",
                "Correct the number, or add the action to the register.",
                blocking=True,
                about=f"{action.ref} {action.words}",
            )
