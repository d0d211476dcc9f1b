"""Unique words planted in everything that was put in, whatever its kind: the model is walked, so that a field that is new is planted too.

Each item is given an audience by lot. What a word may be read by follows from what it stands in: the narrowest of its own audience, its
topic's, its measure's and its agenda line's. What has no audience is the office's, unless it is listed here as open to all.
"""

import random
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any

from reportpack.model.edition import Audience
from reportpack.model.inputs import Inputs, Settings
from reportpack.model.office import Office

LINKS = frozenset(
    {
        *("id", "ref", "kind", "topic", "under", "item", "number", "measure", "area", "post", "series", "meeting", "language"),
        *("raised", "due", "due_meeting", "origin", "said_at", "owner", "lead", "chair", "note_taker", "marks"),
        *("expected", "present", "apologies", "owners", "successors", "earlier", "also", "areas", "short", "abbreviation"),
    }
)
"""Fields by which one record finds another, and references, which any edition may print."""
OPEN_KINDS = frozenset(
    {"Office", "Area", "Post", "Person", "MeetingSeries", "Meeting", "Abbreviation", "Withholding", "Edition", "Period"}
)
OPEN_FIELDS = frozenset({"public_title", "source_title", "withheld"})
DOUBTED = date(2016, 5, 1)
"""Figures of this month alone are doubted: a doubt on each would leave nothing to judge."""
OFFICE_ONLY = frozenset({("Person", "email"), ("Office", "source"), ("Meeting", "source")})
_LETTERS = "abcdefghijklmnopqrstuvw"
_ORDER = list(Audience)


@dataclass(slots=True)
class Planted:
    """Every word with where it stands and who may read it, under one lot."""

    seed: int
    words: dict[str, tuple[str, Audience]] = field(default_factory=dict)
    known: dict[tuple[str, str, Audience], str] = field(default_factory=dict)

    def word(self, place: str, audience: Audience, text: str = "") -> str:
        """A word for that text in that place, the same where both are: a file's name stands in many figures."""
        key = (place, text, audience)
        if key not in self.known:
            self.known[key] = self._new(place, audience)
        return self.known[key]

    def _new(self, place: str, audience: Audience) -> str:
        rest, letters = len(self.words), ""
        for _ in range(4):
            rest, one = divmod(rest, len(_LETTERS))
            letters += _LETTERS[one]
        found = f"zq{letters}{audience.value[0]}x"
        self.words[found] = (place, audience)
        return found

    def lot(self) -> "random.Random":
        """The same for the same seed."""
        return random.Random(self.seed)  # noqa: S311 - a lot for tests

    def beyond(self, edition: Audience) -> dict[str, str]:
        """The words that this edition's readers may not see, with where each stands; by a rule of the test's own."""
        return {word: place for word, (place, audience) in self.words.items() if _ORDER.index(audience) < _ORDER.index(edition)}


def narrowest(*audiences: Audience) -> Audience:
    """Who may read what stands in several things at once."""
    return min(audiences, key=_ORDER.index)


def shuffle_audiences(value: Any, lot: random.Random) -> Any:
    """Every item with an audience by lot; an edition keeps the audience that it is for."""
    if isinstance(value, tuple):
        return tuple(shuffle_audiences(one, lot) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {one.name: shuffle_audiences(getattr(value, one.name), lot) for one in fields(value) if one.init}
    if "audience" in changed and type(value).__name__ not in ("Edition", "Withholding"):
        changed["audience"] = lot.choice(_ORDER)
    return replace(value, **changed)


def plant(settings: Settings, inputs: Inputs, planted: Planted) -> tuple[Settings, Inputs]:
    """Both with a word at the beginning and the end of every text; the words know who may read them."""
    audiences = _Audiences(settings)
    walk = _Walk(planted, audiences)
    return walk.value(settings, Audience.OFFICE, ""), walk.value(inputs, Audience.OFFICE, "")


class _Audiences:
    """The audiences of what others stand in."""

    def __init__(self, settings: Settings) -> None:
        office: Office = settings.office
        self.topics = {one.id: one.audience for one in office.topics}
        self.names = {
            " ".join(name.casefold().split()): one.id for one in office.topics for name in (one.id, one.title, *one.aliases)
        }
        self.measures = {one.id: narrowest(one.audience, self.of_topic(one.topic)) for one in settings.measures}

    def of_topic(self, name: str) -> Audience:
        """Of the topic of that id or name; what names none is limited by nothing here."""
        return self.topics.get(self.names.get(" ".join(name.casefold().split()), ""), Audience.PUBLIC)


class _Walk:
    """One pass over everything."""

    def __init__(self, planted: Planted, audiences: _Audiences) -> None:
        self.planted, self.audiences = planted, audiences
        self.agenda: dict[str, Audience] = {}

    def value(self, value: Any, audience: Audience, place: str) -> Any:
        """The same value with words planted in it."""
        if isinstance(value, tuple):
            return tuple(self.value(one, audience, place) for one in value)
        if type(value) is str:
            word = self.planted.word(place, audience, value)
            return f"{word} {value} {word}" if value else word
        if not is_dataclass(value) or isinstance(value, type):
            return value
        return self.record(value, audience)

    def record(self, value: Any, around: Audience) -> Any:
        """A record: its own audience decides, within those of what it stands in."""
        kind = type(value).__name__
        own = self.audience_of(value, around)
        if kind == "Meeting":
            self.agenda = {one.number: one.audience for one in value.agenda}
        changed = {}
        for one in fields(value):
            if not one.init or one.name in LINKS or one.name in ("audience", "aliases"):
                continue
            if one.name == "doubt" and value.period.start != DOUBTED:
                continue
            inner = Audience.PUBLIC if one.name in OPEN_FIELDS else own
            inner = Audience.OFFICE if (kind, one.name) in OFFICE_ONLY else inner
            inner = around if (kind, one.name) == ("Correction", "source") else inner  # where the printed figure stands
            changed[one.name] = self.value(getattr(value, one.name), inner, f"{kind}.{one.name}")
        if hasattr(value, "aliases"):
            extra = getattr(value, "title", "") or getattr(value, "name", "")
            changed["aliases"] = (*value.aliases, extra, self.planted.word(f"{kind}.aliases", own))
        return replace(value, **changed)

    def audience_of(self, value: Any, around: Audience) -> Audience:
        kind = type(value).__name__
        if kind in ("Withholding", *OPEN_KINDS) and kind != "Edition":
            return Audience.PUBLIC
        if kind == "Edition":
            return Audience(value.audience)
        if kind == "Observation":
            return self.audiences.measures.get(value.measure, Audience.OFFICE)
        if kind == "Source":
            return narrowest(around, Audience.FORCE)
        if kind == "AgendaItem":
            return Audience(value.audience)
        if kind in ("Settings", "Inputs", "Register"):
            return Audience.OFFICE
        if not hasattr(value, "audience"):
            return around
        found = [Audience(value.audience), self.audiences.of_topic(getattr(value, "topic", ""))]
        if kind == "Commitment" and value.measure:
            found.append(self.audiences.measures.get(value.measure, Audience.OFFICE))
        if kind == "Paper":
            found.append(self.agenda.get(value.item, Audience.PUBLIC))
        if kind in ("DatedNote", "Rebase", "Correction"):
            found.append(around)
        return narrowest(*found)
