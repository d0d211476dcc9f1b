"""Actions without an owner or a date, told twice, or under a number that the register does not know."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack.model.meeting import Meeting
from reportpack.model.minutes import ActionKind, Attended, Minutes, NotedAction, NotedState, Query
from reportpack.model.office import Office
from reportpack.model.register import Register
from reportpack.read.minutes.pairing import people_meant
from reportpack.read.minutes.people import plain_name
from reportpack.read.minutes.queries.sentences import ask, place_of
from reportpack.read.minutes.wraps import Passage

_ARTICLES = ("the ", "a ", "an ", "its ", "our ")


def action_queries(
    minutes: Minutes, passages: Sequence[Passage], meetings: Sequence[Meeting], office: Office | None
) -> Iterator[Query]:
    """Each action without an owner or a date, or due at a meeting that is not set."""
    months = {f"{meeting.day:%Y-%m}" for meeting in meetings if not meeting.cancelled}
    for action in minutes.actions:
        if action.state is NotedState.CLOSED:
            continue
        words = action.words if len(action.words) < 90 else f"{action.words[:87]}..."
        written = action.due_as_written
        if not action.owners:
            yield ask("action-without-owner", action.line, action.words, words=words)
        if action.due_doubt:
            yield ask(
                "action-without-date: doubted", action.line, action.words, words=words, said=written, doubt=action.due_doubt
            )
        elif action.due is None and action.due_meeting is None:
            returns = action.kind is ActionKind.BRING_BACK
            lacks = "The notes do not say to which meeting this comes back" if returns else "No date is given for"
            said = f" (they say: {written})" if written else ""
            yield ask("action-without-date", action.line, action.words, lacks=lacks, words=words, said=said)
        if action.due_meeting and meetings and action.due_meeting not in months:
            named = written or "a meeting"
            meeting = named if named.lower().startswith(_ARTICLES) else f"the {named}"
            month = f"{date.fromisoformat(f'{action.due_meeting}-01'):%B %Y}"
            about = f"{action.words} {action.due_meeting}"
            yield ask("meeting-not-scheduled", action.line, about, meeting=meeting, month=month)
        yield from _owner_queries(action, minutes, passages, office)


def _owner_queries(action: NotedAction, minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """Owners who may be several people, whom nobody knows, or who were not there."""
    for owner in action.owners:
        said = owner.as_written
        meant = people_meant(said, minutes.attendance)
        about = f"{action.words} {said}"
        short = 2 <= len(said) <= 4 and said.isupper() and said.isalpha() and said not in ("ALL", "TBC", "TBA")
        if len({plain_name(one.name or "") for one in meant}) > 1:
            names = " or ".join(dict.fromkeys(one.name or "" for one in meant))
            yield ask("owner-ambiguous", action.line, about, owner=said, names=names)
        elif office is not None and not meant and owner.post is None and short and not _known(said, minutes, passages, office):
            yield ask("owner-unknown", action.line, about, owner=said)
        if any(one.status is Attended.APOLOGIES for one in meant):
            yield ask("owner-absent", action.line, about, owner=said)


def _known(said: str, minutes: Minutes, passages: Sequence[Passage], office: Office) -> bool:
    """Whether letters are those of a capacity that the notes list, spelt out somewhere, or an abbreviation of the office's."""
    listed = ("".join(word[0] for word in (one.post or "").split() if word[:1].isupper()) for one in minutes.attendance)
    spelt = any(f"({said})" in passage.text for passage in passages)
    return spelt or said in listed or any(one.short == said for one in office.abbreviations)


def repeat_queries(minutes: Minutes) -> Iterator[Query]:
    """The same words under two numbers, or in two places."""
    seen: dict[str, str] = {}
    for action in minutes.actions:
        words, place = " ".join(action.words.casefold().split()).strip("."), place_of(action.line)
        again = [(action.line, seen[words])] if words in seen and len(words) > 12 else []
        for line, first in (*again, *((line, place) for line in action.repeated)):
            yield ask("action-twice", line, action.words, first=first, words=action.words[:90])
        seen.setdefault(words, place)


def reference_queries(minutes: Minutes, register: Register | None) -> Iterator[Query]:
    """A number given twice, and a number that the register does not have."""
    seen: dict[str, str] = {}
    known = {action.ref for action in register.actions} if register is not None else None
    for action in minutes.actions:
        ref, about = action.ref, f"{action.ref} {action.words}"
        if not ref:
            continue
        if ref in seen and "(" not in ref:
            yield ask("reference-twice", action.line, about, ref=ref, first=seen[ref])
        seen.setdefault(ref, place_of(action.line))
        if known is not None and action.state is not NotedState.NEW and "/" in ref and ref not in known:
            yield ask("action-unknown", action.line, about, ref=ref, state=action.state.value)
