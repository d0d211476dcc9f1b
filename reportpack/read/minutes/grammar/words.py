"""A sentence as words with their places: contractions undone, quotations and what stands in brackets known; and what a clause of it says: who does
what, said by whom, how it is meant, and when. What it does not say is empty, never a guess."""

from enum import StrEnum
from functools import lru_cache

from reportpack import patterns as re
from reportpack.records import dataclass

_WORD = re.compile(r"[\w\u00a3@#][\w'\u2019&/.@%,-]*|[^\w\s]")
_SHORT = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall"}
_OPEN, _CLOSE = "\u201c\u2018", "\u201d\u2019"


@dataclass(frozen=True, slots=True)
class Words:
    """Words in small letters, as written, where each begins and ends, and whether it stands in a quotation."""

    low: list[str]
    shown: list[str]
    start: list[int]
    end: list[int]
    quoted: list[bool]
    text: str

    def between(self, first: int, last: int) -> str:
        """The text from one word up to another, which is not part of it."""
        last = min(last, len(self.low))
        return self.text[self.start[first] : self.end[last - 1]].strip(" ,;:-\u2013*") if first < last else ""


@lru_cache(maxsize=8192)
def words_of(text: str) -> Words:
    """The words of a sentence; `won't` is two, an opening quotation mark that is never closed quotes nothing. Not to be changed."""
    words = Words([], [], [], [], [], text)
    inside = False
    for match in _WORD.finditer(text):
        whole = match.group(0)
        start = match.start()
        if whole.isalpha():
            _put(words, whole.lower(), whole, start, inside)
            continue
        shown = whole.rstrip(".,-/'\u2019") or whole
        low = shown.lower().replace("\u2019", "'")
        if len(low) == 1 and low in "\"'\u201c\u201d\u2018\u2019":
            closing = _CLOSE[_OPEN.index(shown)] if shown in _OPEN else shown
            inside = not inside and shown not in _CLOSE and closing in text[start + 1 :]
            continue
        base = _SHORT.get(low)
        if base or low.endswith("n't"):
            _put(words, base or low[:-3], shown, start, inside)
            _put(words, "not", "", start, inside)
        elif low.endswith(("'ll", "'d")):
            mark = low.rindex("'")
            _put(words, low[:mark], shown[:mark], start, inside)
            _put(words, "will" if low.endswith("ll") else "would", "", start, inside)
        else:
            _put(words, low, shown, start, inside)
        if whole.endswith(","):
            _put(words, ",", ",", match.end() - 1, inside)
    return words


def _put(words: Words, low: str, shown: str, start: int, inside: bool) -> None:
    words.low.append(low)
    words.shown.append(shown)
    words.start.append(start)
    words.end.append(start + len(shown))
    words.quoted.append(inside)


def has(text: str, words: frozenset[str]) -> bool:
    """Whether a text has one of these words."""
    return not words.isdisjoint(words_of(text).low)


class Mood(StrEnum):
    """How the deed is meant."""

    STATED = "stated"
    WILL = "will"
    AGREED = "agreed"
    ASKED = "asked"
    DECIDED = "decided"
    EXPECTED = "expected"
    HOPED = "hoped"
    OUGHT = "ought"
    MAY = "may"
    QUESTION = "question"


class Told(StrEnum):
    """Whether it is said of this meeting, of an earlier one, or in somebody else's words."""

    NOW = "now"
    EARLIER = "earlier"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Clause:
    """`actor` does the `deed` (a verb's base, or its form where no class knows it) to what `rest` says; `speaker` is who says so, `asker` who asks for it,
    `by` the verb that makes it an undertaking or a decision (`agree`, `offer`).

    `start` is where the clause begins in its sentence, `passive` when the actor is what the deed is done to.
    """

    actor: str
    deed: str
    rest: str
    mood: Mood = Mood.STATED
    denied: bool = False
    told: Told = Told.NOW
    speaker: str = ""
    asker: str = ""
    by: str = ""
    condition: str = ""
    passive: bool = False
    start: int = 0
    ready: bool = False
