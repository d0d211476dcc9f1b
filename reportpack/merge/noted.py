"""Notes joined to the agenda and the register. What fits nothing is the office's alone; nothing is matched that is only nearly the same."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.merge.occasions import Calendar, agenda_line, calendar_of, plain_words, topic_names
from reportpack.model import noted as model
from reportpack.model.edition import Audience, narrowest
from reportpack.model.event import GivenReference
from reportpack.model.matter import Matter
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import ActionKind, BroughtForward, Minutes, NotedAction, NotedCommitment, NotedItem
from reportpack.model.office import AgendaItem, Office
from reportpack.model.problem import Source
from reportpack.model.register import Register
from reportpack.model.register_columns import SheetName
from reportpack.model.state_words import told_commitment

PRIVATE = "private-detail"
_BRACKET = " ("
_BESIDE = ".,;:()[]\u201c\u201d\u2018\u2019\"'"
_PART_END = re.compile(r"(?<=[.;!?]) +|, (?=(?:and|but|so) )")  # Where a sentence ends, or what is said in it beside.
Key = tuple[str, str, int]
"""What a reference is given to: a sheet, plain words, and how many items before ask for the same in the same words."""


def place_notes(
    minutes: Minutes,
    meeting: Meeting,
    meetings: Sequence[Meeting],
    office: Office,
    register: Register,
    standing: model.AnnexStanding = model.DRAFTED,
    given: Sequence[GivenReference] = (),
) -> model.NotedView:
    """Each thing in the notes with its place. `register` has its topics settled; `given` are the references that its words have."""
    placing = _Placing(minutes, meeting, calendar_of(meetings, meeting.series), office, register)
    # Who may not read a passage reads nothing that was taken from it.
    asked = frozenset(one.line for one in minutes.queries if one.kind == PRIVATE)
    passages = (one.lines for one in minutes.passages if not asked.isdisjoint(one.lines))
    # A promise with several tests is one for each: each is held against its own measure.
    promises = [
        tuple(replace(one, test=each.test, measure=each.measure) for each in one.tests) or (one,) for one in minutes.commitments
    ]
    view = model.NotedView(
        minutes=minutes,
        meeting=meeting,
        series=office.series_of(meeting.series),
        items=placing.items,
        matters=tuple(placing.matter(one) for one in minutes.brought_forward),
        actions=tuple(placing.action(one, turn) for one, turn in zip(minutes.actions, turns_of(minutes.actions), strict=True)),
        commitments=tuple(placing.commitment(part, turn) for parts in promises for turn, part in enumerate(parts)),
        decisions=tuple(
            model.PlacedDecision(one, placing.item(one.item), placing.audience(one.item)) for one in minutes.decisions
        ),
        settled=placing.settled(),
        loose=tuple(one for one in minutes.passages if one.item is None),
        private=asked.union(*passages),
        standing=standing,
        held=minutes.held,
    )
    return give_references(view, given)


class _Placing:
    """One reading of the notes against what is known."""

    def __init__(self, minutes: Minutes, meeting: Meeting, calendar: Calendar, office: Office, register: Register) -> None:
        self.minutes, self.meeting, self.calendar, self.office, self.register = minutes, meeting, calendar, office, register
        self.topics = topic_names(office)
        self.items = tuple(self._place(item) for item in minutes.items)
        self.by_path = {one.noted.path: one for one in self.items}

    def item(self, path: str | None) -> model.PlacedItem | None:
        return self.by_path.get(path or "")

    def item_of_line(self, line: str) -> model.PlacedItem | None:
        """The item whose passages hold that line."""
        return next((one for one in self.items if any(line in passage.lines for passage in one.passages)), None)

    def audience(self, path: str | None) -> Audience:
        item = self.item(path)
        return item.audience if item is not None else Audience.OFFICE

    def matter(self, noted: BroughtForward) -> model.PlacedMatter:
        known = self._known_matter(noted)
        item = next((one for one in self.items if one.noted.line == noted.line), None)
        due = self.calendar.bind_due(noted.returns, "", self.meeting.series, self.meeting) if noted.returns else None
        return model.PlacedMatter(
            noted, known.ref if known is not None else "", item, known.audience if known is not None else Audience.OFFICE, due
        )

    def action(self, noted: NotedAction, turn: int) -> model.PlacedAction:
        item = self.item(noted.item)
        written, series = noted.due_as_written or "", self.meeting.series
        due = self.calendar.bind_due(noted.due_meeting, written, series, self.meeting) if noted.due_meeting else None
        return model.PlacedAction(noted, noted.ref or "", item, due, item.audience if item is not None else Audience.OFFICE, turn)

    def commitment(self, noted: NotedCommitment, turn: int) -> model.PlacedCommitment:
        item = self.item_of_line(noted.line)
        due = self.calendar.bind_due(noted.due, "", self.meeting.series, self.meeting) if noted.due else None
        recorded = (
            noted.owner is not None and " asked" not in noted.words and "?" not in noted.words and bool(noted.test or noted.due)
        )
        audience = item.audience if item is not None else Audience.OFFICE
        return model.PlacedCommitment(noted, "", item, due, recorded, audience, turn)

    def settled(self) -> tuple[model.SettledCommitment, ...]:
        """What a sentence with a commitment's reference says became of it. A row of a table is one sentence."""
        known = {one.ref.casefold(): one for one in self.register.commitments if one.ref}
        found: dict[str, model.SettledCommitment] = {}
        for item, passage in ((one, passage) for one in self.items for passage in one.passages):
            for words in (passage.words,) if passage.cells else _PART_END.split(passage.words):
                named = [known[word] for token in words.casefold().split() if (word := token.strip(_BESIDE)) in known]
                state = told_commitment(words) if named else None
                for one in named:
                    if state is None:
                        continue
                    audience = narrowest(item.audience, one.audience)
                    found[one.ref] = model.SettledCommitment(one.ref, state, words.strip(), passage.lines[0], item, audience)
        return tuple(found.values())

    def _place(self, item: NotedItem) -> model.PlacedItem:
        passages = tuple(one for one in self.minutes.passages if one.item == item.path)
        number = "" if item.path.startswith("#") else item.path.partition("(")[0].replace("/", ".")
        brought = next((one for one in self.minutes.brought_forward if one.line == item.line), None)
        below = self._known_matter(brought) if brought is not None else None
        if below is not None:
            return model.PlacedItem(item, number, below.topic, below.audience, passages)
        topic = self._topic(item.title)
        found = self.office.topic(topic)
        line = agenda_line(topic, self.meeting.agenda, self.office) if topic else self._same_line(number, item.title)
        audience = narrowest(
            line.audience if line is not None else Audience.OFFICE, found.audience if found is not None else Audience.PUBLIC
        )
        public = line.public_title if line is not None else ""
        why = (line.withheld if line is not None else "") or (found.withheld if found is not None else "")
        return model.PlacedItem(item, number, topic, audience, passages, public, why)

    def _known_matter(self, noted: BroughtForward) -> Matter | None:
        """The one matter of that origin with those words, else that title or that topic; None where several fit or none."""
        words, title, topic = plain_words(noted.words), plain_words(noted.title), self._topic(noted.title)
        fits = [one for one in self.register.matters if plain_words(one.words) == words]
        fits = fits or [one for one in self.register.matters if plain_words(one.title) == title]
        fits = fits or [one for one in self.register.matters if topic and one.topic == topic]
        if len(fits) > 1 and noted.origin:
            fits = [one for one in fits if one.origin.startswith(noted.origin[:7])]
        return fits[0] if len(fits) == 1 else None

    def _topic(self, title: str) -> str:
        names = [title, title.partition(_BRACKET)[0]]
        return next((self.topics[plain_words(name)] for name in names if plain_words(name) in self.topics), "")

    def _same_line(self, number: str, title: str) -> AgendaItem | None:
        """The agenda's line of that number, where the titles share their words; or the one of that very title."""
        words = _words(title)
        for line in self.meeting.agenda:
            own = _words(line.title)
            if line.number == number and len(words & own) * 2 > min(len(words), len(own)) > 0:
                return line
        return next((line for line in self.meeting.agenda if _words(line.title) == words), None)


def give_references(view: model.NotedView, given: Sequence[GivenReference]) -> model.NotedView:
    """The same view with the references that its words were given."""
    refs = {key: one.ref for key, one in given_by_key(given).items()}
    actions = tuple(replace(one, ref=one.ref or refs.get(key_of(one), "")) for one in view.actions)
    return replace(
        view, actions=actions, commitments=tuple(replace(one, ref=refs.get(key_of(one), "")) for one in view.commitments)
    )


def given_by_key(given: Sequence[GivenReference]) -> dict[Key, GivenReference]:
    """Each reference by what it was given to: those of the same words as they were numbered."""
    found: dict[tuple[str, str], list[GivenReference]] = {}
    for one in sorted(given, key=_number):
        found.setdefault((one.sheet, plain_words(one.words)), []).append(one)
    return {(*words, turn): one for words, every in found.items() for turn, one in enumerate(every)}


def key_of(placed: model.PlacedAction | model.PlacedCommitment) -> Key:
    """What its reference is given to."""
    sheet = sheet_of(placed.noted) if isinstance(placed, model.PlacedAction) else SheetName.COMMITMENTS.value
    return sheet, plain_words(placed.noted.words), placed.turn


def _number(one: GivenReference) -> tuple[str, int]:
    number, _, year = one.ref.partition("/")
    digits = "".join(letter for letter in number if letter.isdigit())
    return year, int(digits or 0)


def sheet_of(noted: NotedAction) -> str:
    """The sheet that its row stands on: what is to come back is a matter."""
    return (SheetName.MATTERS if noted.kind is ActionKind.BRING_BACK else SheetName.ACTIONS).value


def turns_of(actions: Sequence[NotedAction]) -> tuple[int, ...]:
    """For each action, how many items before its own ask for the same in the same words: each of them is one of its own."""
    items: dict[tuple[str, str], list[str]] = {}
    turns: list[int] = []
    for one in actions:
        known = items.setdefault((sheet_of(one), plain_words(one.words)), [])
        item = one.item or ""
        if item not in known:
            known.append(item)
        turns.append(known.index(item))
    return tuple(turns)


_INITIALS = {"aob": {"any", "other", "business"}}
_SMALL = frozenset(
    ["and", "or", "of", "the", "a", "an", "to", "for", "from", "on", "in", "at", "with", "items", "item", "confirmation"]
)


def _words(title: str) -> frozenset[str]:
    kept = "".join(letter if letter.isalnum() else " " for letter in title.casefold()).split()
    return frozenset(word for one in kept for word in _INITIALS.get(one, {one}) if word not in _SMALL)


def line_of(view: model.NotedView, line: str = "") -> Source:
    """A line of the notes, as the register names where its rows come from."""
    return Source(f"minutes/{view.minutes.file}", cell=f"line {line}" if line.isdigit() else line, sha256=view.minutes.sha256)
