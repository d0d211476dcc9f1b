"""How typed lines will be read, told at once: the reader of notes reads them as it will read the file, and each line hears what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.draft import ROLL, DraftLine
from reportpack.model.minutes import BroughtForward, Minutes, NotedAction, Query
from reportpack.model.period import long_date, weekday_date
from reportpack.model.problem import Source
from reportpack.read.documents.lines import Document, Line
from reportpack.read.minutes.reading import minutes_of
from reportpack.records import Record
from reportpack.render.word.typed_lines import person
from reportpack.run.minutes.room import Room
from reportpack.signs import SIGN, read_sign

_KINDS = {"a": "Action", "d": "Decision", "q": "Question", "r": "Answer", "p": "Promise", "=": "Outcome", "i": "Item"}
_ELSEWHERE = ("abbreviations",)
"""Kinds of query that are about the notes as a whole, and not about the line at which they are asked."""


class LineReading(Record):
    """What a line will be: its kind, its words, what is told of it (in pairs: what, and who or when), and what is unclear."""

    kind: str
    words: str
    says: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    """The titles of the matters that have an outcome by it."""
    asks: tuple[str, ...] = ()
    """What of it is to be put right: `owner`, `day`, `matter`, or the month of a meeting that is not set, `2019-09`."""


class Reader:
    """Reads what is typed in a room, each item anew only where a line of it changed."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._known: dict[str, tuple[object, dict[str, LineReading]]] = {}

    def read(self, lines: Sequence[DraftLine], item: str | None = None) -> dict[str, LineReading]:
        """How each will be read (or those of one item), beside the others of its item."""
        begun = {one.id: one for one in lines if one.begins}
        listed = {person(one.name, one.post) for one in self.room.form.people}
        others = [one for one in lines if one.item == ROLL and one.words and one.id not in listed]
        of_items: dict[str, list[DraftLine]] = {}
        for one in lines:
            if item in (None, one.item) and one.item != ROLL:
                of_items.setdefault(one.item, []).append(one)
        found: dict[str, LineReading] = {}
        for place, own in of_items.items():
            beside = [*others, *_begun_by(place, begun), *own]
            said = tuple((one.id, one.words if one.item != ROLL else "") for one in beside)
            known, heard = self._known.get(place, (None, {}))
            if known != said:
                self._known[place] = said, (heard := read_lines(self.room, beside))
            found |= {one.id: heard[one.id] for one in own if one.id in heard}
        return found


def _begun_by(item: str, begun: dict[str, DraftLine]) -> Iterator[DraftLine]:
    """The lines with which an unplanned item, and those in which it began, begin."""
    if (line := begun.get(item)) is not None:
        yield from _begun_by(line.item, {name: one for name, one in begun.items() if name != item})
        yield line


def read_lines(room: Room, lines: Sequence[DraftLine]) -> dict[str, LineReading]:
    """How each will be read, beside the others that stand there."""
    kept = [one for one in lines if one.words is not None and one.item != ROLL]
    document = Document(tuple(_document(room, kept, [one.id for one in lines if one.item == ROLL])))
    minutes, _ = minutes_of(document, Source("notes"), room.office, room.meetings, room.register)
    return {one.id: _reading(one, minutes, room) for one in kept} if minutes is not None else {}


def _document(room: Room, lines: Sequence[DraftLine], others: Sequence[str]) -> Iterator[Line]:
    form = room.form
    yield Line(form.title, "title", level=1)
    yield from (Line(f"{label}: {value}", f"field {label}") for label, value in form.fields if value)
    yield Line("Present:", "present")
    yield from (Line(f"{one.name}, {one.post}", f"person {at}") for at, one in enumerate(form.people) if one.name)
    yield from (Line(one, f"other {at}") for at, one in enumerate(others))
    yield from _below(lines, "")
    for item in form.items:
        yield Line(f"{item.number} {item.title}", f"item {item.number}", level=item.level)
        yield from _below(lines, item.number)
        for matter in item.matters:
            yield Line(f"{matter.number} {matter.title} ({matter.origin})", f"matter {matter.number}", level=item.below)
            yield Line(matter.words, f"words {matter.number}")


def _below(lines: Sequence[DraftLine], item: str) -> Iterator[Line]:
    """The lines of an item, then those of the unplanned ones that began in it."""
    own = [one for one in lines if one.item == item]
    for one in (*(one for one in own if not one.begins), *(one for one in own if one.begins)):
        yield Line(one.words or "", one.id)
        if one.begins:
            yield from _below(lines, one.id)


def _reading(line: DraftLine, minutes: Minutes, room: Room) -> LineReading:
    words = line.words or ""
    sign = SIGN.fullmatch(words)
    letter = "" if sign is None or sign["prose"] else (sign["letter"] or "=").lower()
    said = sign["prose"] or sign["words"] if sign is not None else words
    at = _At(line, letter, said, minutes, room)
    if letter in _READERS:
        found = _READERS[letter](at)
        return replace(found, asks=(*at.asks, *found.asks))
    actions = [one for one in minutes.actions if one.line == line.id and (letter or one.marked)]
    if actions:
        return LineReading("Action", actions[0].words, tuple(_of_action(actions[0], room)), at.marks, asks=at.asks)
    decisions = [one.words for one in minutes.decisions if one.line == line.id]
    kind = _KINDS.get(letter) or ("Decision" if decisions else "Prose")
    if words[:1] in ("/", "=") and words[1:2] != words[:1] and not decisions:
        return LineReading(kind, words, (), (_NO_SIGN if letter not in _KINDS else _NOTHING,))
    return LineReading(kind, decisions[0] if decisions else said)


class _At(Record):
    """A line with what was read of it: its letter, what stands behind that, and where."""

    line: DraftLine
    letter: str
    said: str
    minutes: Minutes
    room: Room

    @property
    def queries(self) -> tuple[Query, ...]:
        return tuple(one for one in self.minutes.queries if one.line == self.line.id and one.kind not in _ELSEWHERE)

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(map(_mark, self.queries))

    @property
    def asks(self) -> tuple[str, ...]:
        kinds = dict.fromkeys(one.kind for one in self.queries)
        months = (
            one.due_meeting for one in self.minutes.actions if one.line == self.line.id and "meeting-not-scheduled" in kinds
        )
        return tuple(dict.fromkeys(filter(None, (*map(_ASKED_BY.get, kinds), *months))))


def _mark(query: Query) -> str:
    missing = "" if "cannot be right" in query.found else _MISSING.get(query.kind, "")
    return missing or query.found.replace(", and no post of office.toml", ", and no post")


_MISSING = {
    "action-without-owner": "no owner said: asked about afterwards",
    "action-without-date": "no day said: asked about afterwards",
}
_ASKED_BY = dict.fromkeys(("action-without-owner", "owner-ambiguous", "owner-unknown", "promise-without-owner"), "owner") | {
    "action-without-date": "day"
}
_NOTHING = "It says nothing yet that is understood. It is kept as it is typed."

_NO_SIGN = "There is no such sign: / alone lists them all. It is kept as it is typed."


def _outcome(at: _At) -> LineReading:
    sign = read_sign(at.line.words or "", lambda _: "")
    ref, text = (sign.ref, sign.text.partition(": ")[2]) if sign is not None else ("", "")
    due = [one.matter for one in at.room.matters(at.line.item)]
    titles = [one.title for one in (at.room.register.matters if ref else due) if ref.casefold() in ("", one.ref.casefold())]
    ended = [one for one in at.minutes.brought_forward if one.line == at.line.id or (one.outcome == text and one.title in titles)]
    told = [one for one in at.minutes.actions if one.line == at.line.id]
    says = (*(_ended(one) for one in ended), *(pair for one in told for pair in _told(one)))
    unset = {mark: one.returns or "" for one in ended if (mark := _unset(one.returns, at.room))}
    if any(not (one.ref or one.due or one.due_meeting) for one in told):
        unset[_NO_MEETING] = "day"
    which = not says or any(one.became is None for one in ended)
    marks = (*at.marks, *unset) or (() if says else (_NO_MATTER if text else _NOTHING,))
    asks = (*unset.values(), *(["matter"] if text and which and not at.marks else ()))
    return LineReading("Outcome", at.said, says, marks, tuple(one.title for one in ended if one.became), asks)


_NO_MEETING = "It is not said to which meeting, or no meeting is called so. It stays as typed."
_NO_MATTER = "No matter was brought forward to this item. Name the one that is meant, such as =M3/2018 carry nov"


def _ended(matter: BroughtForward) -> tuple[str, str]:
    if matter.became is None:
        return matter.title, "which of the matters? name it, such as =M3/2018 carry nov"
    return matter.title, f"{matter.became}{f' to {_when(matter.returns)}' if matter.returns else ''}"


def _told(action: NotedAction) -> Iterator[tuple[str, str]]:
    yield (f"{action.ref} {action.words}" if action.ref else action.words), action.update
    if action.due is not None or action.due_meeting is not None:
        yield "due" if action.ref else "comes back", _due(action)


def _unset(returns: str | None, room: Room) -> str:
    if returns is None or any(one.day.isoformat().startswith(returns) for one in room.meetings):
        return ""
    return f"No meeting is set in {_when(returns)}. It stays as typed."


def _item(at: _At) -> LineReading:
    title = at.line.begins
    if title:
        return LineReading(
            "Item", title[:1].upper() + title[1:], (("unplanned item", "of the office alone until the agenda has it"),)
        )
    known = dict(at.room.places).get(at.said.rstrip("."))
    marks = () if known else ("No item of the agenda has that number. For a new one: /i + title",)
    return LineReading("Item", at.line.words or "", (("goes to", known),) if known else (), marks)


def _question(at: _At) -> LineReading:
    found = [one for one in at.minutes.questions if one.line == at.line.id]
    asked = tuple(("asked by", _who(one.asked_by, at.room)) for one in found if one.asked_by)
    return LineReading("Question", found[0].words if found else at.said, asked, () if found else (_NOTHING,))


def _answer(at: _At) -> LineReading:
    answers = [one for one in at.minutes.questions if one.answer_line == at.line.id]
    says = tuple(("answers the question above", _who(one.answered_by, at.room)) for one in answers)
    words = next((one.answer for one in answers if one.answer), at.said)
    return LineReading("Answer", words, says, () if answers else ("No question stands above it.",))


def _promise(at: _At) -> LineReading:
    found = [one for one in at.minutes.commitments if one.line == at.line.id]
    if not found:
        return LineReading("Promise", at.said, (), at.marks or (_NOTHING,))
    one = found[0]
    says = [("promised by", _who((one.owner,), at.room))] if one.owner else []
    says += [("of", one.measure)] if one.measure else []
    says += [("test", one.test)] if one.test else []
    says += [("when", _when(one.due))] if one.due else []
    marks = at.marks if one.owner else (*at.marks, "It is not said who promises it.")
    return LineReading("Promise", one.words, tuple(says), marks, asks=() if one.owner else ("owner",))


_READERS = {"=": _outcome, "i": _item, "q": _question, "r": _answer, "p": _promise}


def _of_action(action: NotedAction, room: Room) -> Iterator[tuple[str, str]]:
    if action.owners:
        yield "owner", _who([one.as_written for one in action.owners], room)
    if action.due is not None or action.due_meeting is not None:
        yield "due", _due(action)
    elif action.due_as_written:
        yield "due as written", action.due_as_written


def _due(action: NotedAction) -> str:
    return weekday_date(action.due) if action.due is not None else _when(action.due_meeting)


def _when(month: str | None) -> str:
    """`the September 2019 meeting`, or the day."""
    if month is None or len(month) != len("2019-09"):
        return long_date(date.fromisoformat(month)) if month else ""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def _who(owners: Sequence[str], room: Room) -> str:
    return " and ".join(_holder(one, room) for one in owners)


def _holder(owner: str, room: Room) -> str:
    post = next((one for one in room.office.posts if owner in (one.abbreviation, one.title, one.id)), None)
    if post is None:
        return owner
    holders = room.office.holders_on(post.id, room.meeting.day)
    return ", ".join((post.title, *(one.name for one in holders)))
