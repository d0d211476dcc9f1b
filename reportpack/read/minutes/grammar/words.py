"""A sentence as words with their places: contractions undone, quotations and what stands in brackets known; where the verb of a clause stands, with its
helpers; and what a clause says: who does what, said by whom, how it is meant, and when. What it does not say is empty, never a guess."""

from enum import StrEnum
from functools import lru_cache

from reportpack import patterns as re
from reportpack.read.minutes.grammar import classes as of
from reportpack.read.minutes.people import GROUPS
from reportpack.records import Record

_WORD = re.compile(r"[\w\u00a3@#][\w'\u2019&/.@%,-]*|[^\w\s]")
_SHORT = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall"}
_OPEN, _CLOSE = "\u201c\u2018", "\u201d\u2019"


class Words(Record):
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
    found: list[tuple[str, str, int, bool]] = []
    inside = False
    for match in _WORD.finditer(text):
        whole = match.group(0)
        start = match.start()
        if whole.isalpha():
            found.append((whole.lower(), whole, start, inside))
            continue
        shown = whole.rstrip(".,-/'\u2019") or whole
        if len(low := shown.lower().replace("\u2019", "'")) == 1 and low in "\"'\u201c\u201d\u2018\u2019":
            closing = _CLOSE[_OPEN.index(shown)] if shown in _OPEN else shown
            inside = not inside and shown not in _CLOSE and closing in text[start + 1 :]
            continue
        if (base := _SHORT.get(low)) or low.endswith("n't"):
            found.append((base or low[:-3], shown, start, inside))
            found.append(("not", "", start, inside))
        elif low.endswith(("'ll", "'d")):
            mark = low.rindex("'")
            found.append((low[:mark], shown[:mark], start, inside))
            found.append(("will" if low.endswith("ll") else "would", "", start, inside))
        else:
            found.append((low, shown, start, inside))
        if whole.endswith(","):
            found.append((",", ",", match.end() - 1, inside))
    ends = [start + len(shown) for _, shown, start, _ in found]
    return Words(
        [one[0] for one in found], [one[1] for one in found], [one[2] for one in found], ends, [one[3] for one in found], text
    )


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


class Clause(Record):
    """`actor` does the `deed` (a verb's base, or its form where no class knows it) to what `rest` says; `speaker` is who says so, `asker`
    who asks for it, `by` the verb that makes it an undertaking or a decision (`agree`, `offer`). `start` is where the clause begins in its
    sentence, `passive` when the actor is what the deed is done to."""

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


_OBJECT, _SUBJECT = 14, 14  # The most words of who is asked, of who acts.
_MEANT = dict.fromkeys(("will", "would", "shall"), Mood.WILL) | dict.fromkeys(("may", "might", "can", "could"), Mood.MAY)


class Group(Record):
    """A verb with its helpers: `main` is its index."""

    main: int
    mood: Mood | None
    denied: bool
    be: bool
    perfect: str
    to: bool = False
    short: bool = False  # `CC to send`: no helper before `to`.


class Verbs:
    """The words of a sentence, and what their order says of verbs."""

    def __init__(self, words: Words) -> None:
        self.words, self.low, self.end = words, words.low, len(words.low)

    def _low(self, at: int) -> str:
        return self.low[at] if at < self.end else ""

    def _next(self, at: int) -> int:
        """Where a joined clause begins: after a semicolon, or `and`, `but`, `,` with somebody and a verb behind it."""
        for here in range(at, self.end):
            if (low := self.low[here]) == ";" or (low in of.DASHES[:3] and here + 2 < self.end):
                return here + 1
            if low in ("and", "but", ",", "so", "then") and self._begins(here + 1):
                return here + 1
        return self.end

    def _begins(self, at: int) -> bool:
        if (low := self._low(at)) == "which":
            return self._begins(at + 1)
        if low in of.BE and self._low(self._group(at).main) in of.DECIDING:
            return True
        if low in of.MODALS or of.CLOSED_VERBS.get(low, low) != low or low == "that":
            return True
        if low not in of.PRONOUNS and low not in of.DETERMINERS and not self._shown(at)[:1].isupper():
            return False
        verb = self._verb(at, min(self.end, at + 8))
        return verb is not None and verb > at

    def _shown(self, at: int) -> str:
        return self.words.shown[at] if at < self.end else ""

    def _is_earlier(self, first: int, last: int) -> bool:
        """`in March`, `at the October meeting`, `last month`, `previously`: not said at this meeting."""
        span = self.low[first:last]
        dated = any(low in of.MONTHS or (low.isdigit() and low.startswith(("19", "20"))) for low in span)
        earlier = any(low in of.EARLIER or low in ("last", "previous", "ago") for low in span)
        return earlier or (dated and (span[0] in ("in", "at", "on", "since", "during") or span[-2:-1] == ["in"]))

    def _verb(self, at: int, end: int) -> int | None:
        """The first finite verb, or `to` with a deed after somebody, that is not inside a relative clause."""
        inside, here = 0, at
        while here < end:
            if (low := self.low[here]) in of.RELATIVES and here > at:
                inside += 1
            elif low == ";":
                return None
            elif low == "," and here > at and (closing := self._aside(here, end)) is not None:
                here = closing
            elif self._finite(here, at):
                if not inside:
                    return here
                inside -= 1
                here = self._group(here).main
            elif low in of.READY and self._low(here + 1) == "to" and at < here < at + 6 and self._heads(here - 1):
                return here  # `Priya happy to set up a workshop`
            elif low == "to" and here == at:
                return None
            elif low == "to" and not inside and self._tells(here, at):
                return here
            here += 1
        return None

    def _finite(self, here: int, at: int) -> bool:
        low, shown = self.low[here], self._shown(here)
        if low in of.MODALS:
            named = shown[:1].isupper() and not (here == at and self.low[-1] == "?")
            return not named and self._low(here - 1 if here > at else self.end) not in of.DETERMINERS
        if low in of.BE or low in of.HAVE or low in of.DO:
            return low not in ("been", "being", "be", "having")
        base = of.CLOSED_VERBS.get(low) or of.OTHER_VERBS.get(low)
        if base is None:
            return False
        if low == base and low not in of.PAST_ALIKE:
            return here > at and self._low(here - 1) in of.PRONOUNS
        if here == at:
            return low.endswith("d") or low == "undertook"
        before, after = self._low(here - 1), self._low(here + 1)
        if low.endswith("s"):
            other = before in of.DETERMINERS or before in of.PREPOSITIONS
            return after != "of" and not other and (self._shown(here - 1)[:1].isupper() or here - at <= 3)
        return (after != "by" or self._low(here + 2) in of.QUESTION_WORDS) and before not in of.DETERMINERS

    def _tells(self, here: int, at: int) -> bool:
        """`CC to look into`: somebody, `to`, and a word that can be a deed."""
        who, at = here - 1, max((one + 1 for one in range(at, here) if self.low[one] in of.DASHES), default=at)
        while who > at and (self.low[who] in of.ADVERBS or self.low[who] in (")", ",")):
            who -= 1
        beside = of.DETERMINERS | of.HELPS | of.BETWEEN
        named = all(
            self._heads(one) or not self.low[one].isalnum() or self.low[one] in beside or self._shown(one)[:1].isupper()
            for one in range(at, who + 1)
        )
        told = (named and (self._heads(who) or self.low[who] in of.HELPS)) or self._low(here + 1) == "be"
        return here - at <= _OBJECT and told and self._is_deed(here + 1)

    def _aside(self, comma: int, end: int) -> int | None:
        """The comma that closes `, by the end of June,`; None where it opens no aside."""
        low = self._low(comma + 1)
        begins = low in of.PREPOSITIONS or low in of.SUBORDINATORS or low in of.RELATIVES
        if not begins and not of.is_adverb(low) and not low.endswith("ing"):
            return None
        return next((here for here in range(comma + 2, min(end, comma + 16)) if self.low[here] == ","), None)

    def _lists(self, at: int, verb: int) -> bool:
        """Whether what follows a comma goes on with a list of people: `AW, CD and GM`."""
        return all(self._shown(here)[:1].isupper() or self.low[here] in ("and", "the", ",", "of") for here in range(at, verb))

    def _group(self, at: int) -> Group:
        mood: Mood | None = None
        first = at
        denied = be = to = to_be = False
        perfect = ""
        while at < self.end:
            if (low := self.low[at]) in of.NEGATORS or (low == "no" and self._low(at + 1) == "longer"):
                denied = True
                at += low == "no"
            elif low in of.MODALS and mood is None:
                mood = _MEANT.get(low, Mood.OUGHT)
            elif low == "to" and not to and (self._is_deed(at + 1) or self._low(at + 1) == ","):
                mood, to = (Mood.OUGHT if perfect and not be else mood or Mood.WILL), True
            elif low in of.BE:
                be, to_be = True, to
            elif low in of.HAVE and not to and mood is None and not be:
                perfect = low
            elif (low in of.DO and not perfect) or (low == "going" and self._low(at + 1) == "to"):
                pass
            elif low == "," and (closing := self._aside(at, self.end)) is not None:
                at = closing
            elif not of.is_adverb(low):
                break
            at += 1
        passive = (to_be or (be and not to)) and not self._low(at).endswith("ing")
        return Group(min(at, self.end), mood, denied, passive, perfect, to, short=self.low[first] == "to")

    def _over_aside(self, at: int) -> int:
        while of.is_adverb(self._low(at)):
            at += 1
        closing = self._aside(at, self.end) if self._low(at) == "," else None
        return closing + 1 if closing is not None else at

    def _is_deed(self, at: int) -> bool:
        low = self._low(self._over_aside(at))
        never = low in of.DETERMINERS or low in of.PREPOSITIONS or low in of.NEVER_DEEDS
        return not never and low.replace("-", "").isalpha() and not self._shown(at)[:1].isupper()

    def _embedded(self, after: int) -> int | None:
        """Where the clause begins that a verb of saying holds: behind `that`, or at once."""
        for here in range(after, min(self.end, after + 9)):
            if self.low[here] == "that" and self._low(here + 1) != "of":
                return here + 1
            if self.low[here] in (",", ";", ":"):
                break
        low = self._low(after)
        begins = low in of.PRONOUNS or low in of.DETERMINERS or low in of.NUMBERS or low[:1].isdigit()
        if begins or self._shown(after)[:1].isupper() or low in ("it", "there"):
            verb = self._verb(after, min(self.end, after + _SUBJECT))
            return after if verb is not None and verb > after and self.low[verb - 1] not in ("and", "but") else None
        return after + 1 if low == ":" and self.end > after + 2 else None

    def _bare_verb(self, at: int, end: int, *, named: bool) -> int | None:
        """`that the working group draw up a form`, `that a breakdown be supplied`: a deed in its bare form after who is to do it."""
        for here in range(at + 1, min(end, at + _SUBJECT)):
            if (low := self.low[here]) in (",", ";", ":"):
                return None
            if low == "be":
                return here
            titled = self._shown(here - 1)[:1].isupper() and self._shown(here + 1)[:1].isupper()
            named = named and (low not in of.PREPOSITIONS or low == "of" or (low == "for" and titled))
            heads = self._heads(here - 1) and (self._shown(here - 1)[:1].isupper() or self._low(here - 2) != "of")
            if named and heads and self._is_deed(here) and low != "group" and not of.is_bent(low):
                return here
        return None

    def _heads(self, at: int) -> bool:
        return (self._shown(at)[:1].isupper() and self.low[at] not in of.DETERMINERS) or self.low[at] in GROUPS
