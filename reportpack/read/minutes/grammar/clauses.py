"""The parser: a sentence as its clauses, from left to right. What it cannot follow it leaves out."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from reportpack.read.minutes.grammar import classes as of
from reportpack.read.minutes.grammar.clause import Clause, Mood, Told
from reportpack.read.minutes.grammar.verbs import Group, Verbs
from reportpack.read.minutes.grammar.words import words_of
from reportpack.records import dataclass

_FRAME, _OBJECT = 30, 14
"""The most words of what stands before a clause, and of who is asked."""
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a clause hangs on: who said it, how it is meant for that, and when."""

    speaker: str = ""
    asker: str = ""
    mood: Mood = Mood.STATED
    told: Told = Told.NOW
    denied: bool = False
    subject: str = ""
    pronoun: str = ""
    by: str = ""
    condition: str = ""
    bare: bool = False


@lru_cache(maxsize=4096)
def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence in their order; of an overlong one only what begins it."""
    words = words_of(sentence[:_LONGEST])
    if not words.low:
        return ()
    found = tuple(_Parser(words).sentence())
    if words.low[-1] == "?":
        found = tuple(replace(one, mood=Mood.QUESTION) for one in found)
    return found


class _Parser(Verbs):
    """One reading of one sentence."""

    def sentence(self) -> Iterator[Clause]:
        """The main clause, then those that are joined to it."""
        at, frame = self._label(0)
        reached, subject, pronoun = at, "", ""
        while reached < self.end:
            last = reached
            for clause, after in self._clause(reached, frame):
                if clause.deed:
                    yield self._attributed(clause)
                subject, reached = clause.actor or subject, max(reached, after)
                pronoun = clause.speaker or clause.actor or pronoun
            reached = self._next(max(reached, last + 1))
            speaker = pronoun if self._low(reached) == "that" else ""
            frame = _Frame(subject=subject, pronoun=pronoun, speaker=speaker, bare=frame.bare)

    def _label(self, at: int) -> tuple[int, _Frame]:
        """`Agreed: ...`, `RESOLVED that ...`, `That the Chairman write ...`: what is decided."""
        if self._low(at) in of.DECIDING and self.end > at + 2:
            if self.low[at + 1] in (":", "-", "\u2013", "\u2014"):
                return at + 2, _Frame(mood=Mood.DECIDED, bare=True)
            if self.low[at + 1] == "that":
                return at + 2, _Frame(mood=Mood.DECIDED, bare=True)
        if self._low(at) == "that" and self.words.shown[at] == "That":
            return at + 1, _Frame(mood=Mood.DECIDED, bare=True)
        return at, _Frame()

    def _attributed(self, clause: Clause) -> Clause:
        """`I'll send the note, said the CC`: who says `I` is named last."""
        if clause.actor.lower() not in ("i", "we"):
            return clause
        for at in range(self.end - 1, max(0, self.end - 8), -1):
            if self.low[at] in of.SAYING and self.low[at].endswith(("d", "s")):
                speaker = self.words.between(at + 1, self.end) or self._before(at)
                return replace(clause, speaker=speaker.rstrip("."), actor=speaker.rstrip("."), told=Told.NOW)
        return clause

    def _before(self, at: int) -> str:
        begin = at
        while begin > 0 and self.low[begin - 1] not in (",", ".", "!") and not self.words.quoted[begin - 1]:
            begin -= 1
        return self.words.between(begin, at)

    def _clause(self, at: int, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """A clause with those inside it, each with where it has been read to."""
        at = self._over_links(at)
        at, frame = self._frame(at, frame)
        verb = self._verb(at, self.end)
        while verb is not None and verb > at and self._before_verb(verb - 1, at):
            verb -= 1
        at = max((here + 1 for here in range(at, verb or at) if self.low[here] in of.DASHES), default=at)
        asked = frame.bare or frame.mood is Mood.AGREED
        bare = self._bare_verb(at, self.end if verb is None else verb, named=frame.bare) if asked else None
        if bare is not None:
            yield self._subjunctive(bare, at, frame)
        elif verb is not None:
            subject, told = self._subject(at, verb, frame)
            yield from self._predicate(self._group(verb), subject, at, replace(frame, told=told))

    def _before_verb(self, here: int, at: int) -> bool:
        """Whether a word belongs to the verb behind it: `never`, `also`; `All` at the beginning is somebody."""
        return self.low[here] in of.NEGATORS or (here > at and self.low[here] in of.ADVERBS)

    def _over_links(self, at: int) -> int:
        while self._low(at) in of.LINKS:
            at += 1
        return at

    def _frame(self, at: int, frame: _Frame) -> tuple[int, _Frame]:
        """`In March, ...`, `If the grant came through she ...`: what stands before the subject, and what it says of time and condition."""
        low = self._low(at)
        if low not in of.PREPOSITIONS and low not in of.SUBORDINATORS and low not in of.EARLIER and low != "having":
            return at, frame
        end = next((here for here in range(at, min(self.end, at + _FRAME)) if self.low[here] == ","), None)
        if end is None or self._verb(end + 1, self.end) is None:
            end = self._frame_without_comma(at, low)
        if end is None:
            return at, frame
        told = Told.EARLIER if self._is_earlier(at, end) else frame.told
        condition = self.words.between(at, end) if low in ("if", "once", "provided", "unless", "subject", "should") else ""
        return end + (self._low(end) == ","), replace(frame, told=told, condition=condition or frame.condition)

    def _frame_without_comma(self, at: int, low: str) -> int | None:
        """Where the subject begins: the last pronoun or article, or the last word in capitals, before the verb."""
        verb = self._verb(at + 1, self.end)
        if verb is None:
            return None
        if low in of.CONDITIONALS:
            verb = self._verb(self._group(verb).main + 1, self.end) or verb
        for here in range(verb - 1, at, -1):
            if self.low[here] in of.PRONOUNS or self.low[here] in of.DETERMINERS:
                return here
        return next(
            (here for here in range(at + 1, verb) if self._shown(here)[:1].isupper() and self.low[here] not in of.MONTHS), None
        )

    def _subject(self, at: int, verb: int, frame: _Frame) -> tuple[str, Told]:
        first = at
        stop = next((here for here in range(at, verb) if self.low[here] == "," and not self._lists(here + 1, verb)), verb)
        if self._low(at) in of.PREPOSITIONS:
            first = next(
                (here for here in range(verb - 1, at, -1) if self.low[here] in of.DETERMINERS or self.low[here] in of.PRONOUNS),
                at,
            )
            stop = verb
        relative = next((here for here in range(first + 1, stop) if self.low[here] in of.RELATIVES), stop)
        while relative > first + 1 and (self.low[relative - 1] in of.ADVERBS or self.low[relative - 1].endswith("ly")):
            relative -= 1
        text = self.words.between(first, relative)
        told = Told.QUOTED if self.words.quoted[verb] else frame.told
        pronoun = next((here for here in range(verb - 1, first, -1) if self.low[here] in of.PRONOUNS), None)
        text = self.words.between(pronoun, verb) if pronoun is not None and frame.speaker else text
        if text.lower() in of.PRONOUNS or (not text and first == verb):
            known = frame.speaker or (frame.pronoun if text else frame.subject)
            text = text if text.lower() in ("i", "we") and not frame.speaker else known or text
        return text, told

    def _predicate(self, group: Group, subject: str, at: int, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """What is said of the subject, by the class of the verb."""
        main = group.main
        low = self._low(main)
        told = frame.told if group.perfect != "had" or frame.told is Told.QUOTED else Told.EARLIER
        frame = replace(frame, told=told)
        counted = self._low(main + 2) in ("more", "fewer", "less", "later", "longer", "higher", "lower")
        none = self._low(main + 1) in of.NO or (group.main > at and low in of.NO)
        denied = group.denied or frame.denied or (none and not counted)
        if group.be and low in of.READY | of.UNABLE and self._low(main + 1) == "to":
            refuses = low in of.UNABLE
            yield self._deed(
                main + 2, subject, at, replace(frame, by="be"), Mood.AGREED, denied=denied or refuses, ready=not refuses
            )
        elif self._takes_task(main):
            yield from self._task(main, subject, at, replace(frame, denied=denied), passive=group.be)
        elif low in of.REFUSING:
            step = main + 1 + (self._low(main + 1) == "to")
            yield self._deed(step, subject, at, frame, Mood.AGREED, denied=not denied)
        elif (
            (low in of.COMMISSIVE or (low in of.DECIDING and group.mood is None))
            and not group.to
            and not (group.be and group.mood)
        ):
            yield from self._agrees(group, subject, at, replace(frame, denied=denied))
        elif group.mood is Mood.WILL and not group.be and low in of.ASKING | of.EXPECTING | of.HOPING | of.QUERYING:
            yield self._made(main, subject, at, frame, self._mood(group, frame), denied=denied)
        elif low in of.ASKING:
            yield from self._asks(group, subject, at, replace(frame, denied=denied))
        elif low in of.QUERYING or self._seeks_assurance(main):
            yield self._made(main, subject, at, frame, Mood.QUESTION, denied=denied)
        elif low in of.EXPECTING or low in of.HOPING:
            yield from self._expects(group, subject, at, replace(frame, denied=denied))
        elif low in of.SAYING and not group.be and (group.mood is None or not group.to):
            yield from self._says(group, subject, at, replace(frame, denied=denied))
        else:
            passive = group.be and of.is_participle(low)
            frame = replace(frame, by="to") if group.short else frame
            going = self._low(main - 1) in of.BE | of.NEGATORS and low.endswith("ing") and group.mood is Mood.WILL
            group = replace(group, mood=Mood.EXPECTED) if going else group
            yield self._made(
                main - (group.be and not passive and not going),
                subject,
                at,
                frame,
                self._mood(group, frame),
                denied=denied,
                passive=passive,
            )

    def _mood(self, group: Group, frame: _Frame) -> Mood:
        if frame.mood in (Mood.EXPECTED, Mood.HOPED, Mood.ASKED, Mood.QUESTION):
            return frame.mood
        if frame.mood is Mood.DECIDED and group.mood in (Mood.WILL, Mood.OUGHT):
            return Mood.DECIDED
        if frame.mood is Mood.AGREED and group.mood is Mood.WILL:
            return Mood.AGREED
        return group.mood or (frame.mood if frame.mood is Mood.DECIDED and group.to else Mood.STATED)

    def _made(
        self,
        main: int,
        subject: str,
        at: int,
        frame: _Frame,
        mood: Mood,
        *,
        denied: bool,
        passive: bool = False,
        ready: bool = False,
    ) -> tuple[Clause, int]:
        low = self._low(main)
        deed = of.CLOSED_VERBS.get(low) or of.OTHER_VERBS.get(low, low)
        if low in of.BE:
            deed = "be"
        if not deed.isalpha() and "-" not in deed:
            deed = ""
        rest = self.words.between(main + 1, self.end)
        condition = frame.condition or self._condition(main + 1)
        start = self.words.start[at] if at < self.end else 0
        clause = Clause(
            subject, deed, rest, mood, denied, frame.told, frame.speaker, frame.asker, frame.by, condition, passive, start, ready
        )
        return clause, main + 1

    def _deed(
        self, at: int, subject: str, begin: int, frame: _Frame, mood: Mood, *, denied: bool, ready: bool = False
    ) -> tuple[Clause, int]:
        """`to VERB` after a verb that says how it is meant."""
        while self._low(at) in of.ADVERBS or (self._low(at).endswith("ly") and self._low(at) not in ("reply", "supply", "apply")):
            at += 1
        passive = self._low(at) == "be" and self._low(at + 1).endswith(("ed", "en", "ne"))
        return self._made(at + passive, subject, begin, frame, mood, denied=denied, passive=passive, ready=ready)

    def _condition(self, at: int) -> str:
        """`only if the PCC paid for it`: what the deed waits for."""
        for here in range(at, self.end):
            if self.low[here] in ("if", "unless", "provided", "providing", "once") or (
                self.low[here] == "subject" and self._low(here + 1) == "to"
            ):
                first = here - (self.low[here - 1] == "only")
                last = next(
                    (
                        stop
                        for stop in range(here, self.end)
                        if self.low[stop] in (";", ".") or (self.low[stop] == "," and stop > here + 2)
                    ),
                    self.end,
                )
                return self.words.between(first, last)
        return ""

    def _takes_task(self, main: int) -> bool:
        """`took away`, `accepted the request to`, `was given an action to`, `agreed to the request to`."""
        low = self._low(main)
        if low in of.TAKING and self._low(main + 1) in ("away", "forward", "up"):
            return True
        return low in of.TAKING | of.GIVEN | {"agreed"} and self._task_noun(main) is not None

    def _task_noun(self, main: int) -> int | None:
        return next((here for here in range(main + 1, min(self.end, main + 6)) if self.low[here] in of.TASKS), None)

    def _task(self, main: int, subject: str, at: int, frame: _Frame, *, passive: bool) -> Iterator[tuple[Clause, int]]:
        noun = self._task_noun(main)
        to = (
            next((here for here in range(noun, min(self.end, noun + 4)) if self.low[here] == "to"), None)
            if noun is not None
            else None
        )
        if to is not None and self._is_deed(to + 1):
            yield self._deed(to + 1, subject, at, frame, Mood.AGREED, denied=frame.denied)
        elif noun is None and not passive:
            yield self._made(main, subject, at, frame, Mood.AGREED, denied=frame.denied)
        elif not passive:
            yield self._made(main, subject, at, frame, Mood.STATED, denied=frame.denied)

    def _seeks_assurance(self, main: int) -> bool:
        return self._low(main) in ("sought", "seeks", "seek", "wanted", "requested") and any(
            "assurance" in self._low(here) or self._low(here) == "clarification" for here in (main + 1, main + 2)
        )

    def _agrees(self, group: Group, subject: str, at: int, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """`agreed to`, `agreed that`, `agreed he would`, `it was agreed that`: an undertaking, or what everybody decided."""
        main = group.main
        nobody = (
            not subject
            or subject.lower() in ("it", "members", "this")
            or group.be
            or (main + 1 >= self.end and subject[-1].islower())
        )
        mood = Mood.DECIDED if nobody else Mood.AGREED
        if group.mood in (Mood.MAY, Mood.OUGHT) or (group.mood is Mood.WILL):
            mood = group.mood
        frame = (
            frame
            if mood is Mood.WILL
            else replace(frame, by=of.COMMISSIVE.get(self._low(main)) or of.DECIDING.get(self._low(main), ""))
        )
        after = self._over_aside(main + 1)
        denied = frame.denied or self._low(after) == "not"
        after += self._low(after) == "not"
        if self._low(after) == "to" and self._is_deed(after + 1):
            yield self._deed(after + 1, subject, at, frame, mood, denied=denied)
            return
        embedded = self._embedded(after)
        if embedded is not None:
            speaker = "" if nobody else subject
            inner = replace(frame, speaker=speaker, mood=mood, denied=denied, condition="", bare=mood is Mood.DECIDED)
            yield self._made(main, subject, at, frame, mood, denied=denied)[0], embedded
            yield from self._clause(embedded, inner)
            return
        stated = (
            Mood.STATED
            if (self._low(after) == "with" and not group.be)
            or (group.be and of.COMMISSIVE.get(self._low(main), "agree") != "agree")
            else mood
        )
        yield self._made(main, subject, at, frame, stated, denied=denied, passive=group.be)

    def _asks(self, group: Group, subject: str, at: int, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """Somebody is asked to act, or asked a question."""
        main = group.main
        after = self._over_aside(main + 1)
        if self._low(after) in of.QUESTION_WORDS:
            yield self._made(main, subject, at, frame, Mood.QUESTION, denied=frame.denied)
        elif self._low(after) == "that":
            yield from self._clause(after + 1, replace(frame, asker=subject, mood=Mood.ASKED, bare=True))
        elif group.be and self._low(after) == "with" and self._low(after + 1).endswith("ing"):
            yield self._made(after + 1, subject, at, frame, Mood.ASKED, denied=frame.denied)
        elif group.be and self._low(main) != "invited" and self._low(after) == "to" and self._is_deed(after + 1):
            yield self._deed(
                after + 1, subject, at, frame, Mood.ASKED if group.mood is not Mood.MAY else Mood.MAY, denied=frame.denied
            )
        elif not group.be and self._low(after) != "to":
            to = next(
                (
                    here
                    for here in range(after, min(self.end, after + _OBJECT))
                    if self.low[here] == "to" or self.low[here] in of.QUESTION_WORDS
                ),
                None,
            )
            if to is not None and self.low[to] == "to" and self._is_deed(to + 1):
                told_there = self._low(to + 1) in of.ANSWERING or "assurance" in self.low[to + 2 : to + 4]
                mood = Mood.QUESTION if told_there else Mood.ASKED
                yield self._deed(
                    to + 1, self.words.between(after, to), at, replace(frame, asker=subject), mood, denied=frame.denied
                )
            else:
                mood = Mood.QUESTION if self._low(main).startswith(("ask", "request")) else Mood.STATED
                yield self._made(main, subject, at, frame, mood, denied=frame.denied)
        else:
            yield self._made(main, subject, at, frame, self._mood(group, frame), denied=frame.denied, passive=group.be)

    def _expects(self, group: Group, subject: str, at: int, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """`expects to`, `is expected to`, `would like the CC to`, `expects no more than 20`."""
        main = group.main
        mood = Mood.EXPECTED if self._low(main) in of.EXPECTING else Mood.HOPED
        if group.mood is Mood.MAY:
            mood = Mood.MAY
        after = self._over_aside(main + 1)
        if self._low(after) == "to" and self._is_deed(after + 1):
            yield self._deed(after + 1, subject, at, frame, mood, denied=frame.denied)
            return
        embedded = self._embedded(after)
        to = next((here for here in range(after, min(self.end, after + _OBJECT)) if self.low[here] == "to"), None)
        if embedded is not None and (to is None or self._low(after) == "that"):
            yield from self._clause(embedded, replace(frame, speaker=subject or frame.speaker, mood=mood))
        elif to is not None and self._is_deed(to + 1):
            yield self._deed(
                to + 1, self.words.between(after, to), at, replace(frame, speaker=subject), mood, denied=frame.denied
            )
        else:
            yield self._made(main, subject, at, frame, mood, denied=frame.denied, passive=group.be)

    def _says(self, group: Group, subject: str, at: int, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """`said that`, `said he would`: who speaks, then what they say."""
        main = group.main
        embedded = self._embedded(self._over_aside(main + 1))
        spoken = self._made(
            main, subject, at, frame, self._mood(group, frame) if group.mood else Mood.STATED, denied=frame.denied
        )
        if embedded is None:
            yield spoken
            return
        told = Told.EARLIER if self._is_earlier(main + 1, embedded) else frame.told
        yield spoken[0], embedded
        inner = replace(frame, speaker=subject, told=told, mood=Mood.STATED, condition="", bare=False)
        yield from self._clause(embedded, replace(inner, denied=frame.denied and group.mood is None))

    def _subjunctive(self, verb: int, at: int, frame: _Frame) -> tuple[Clause, int]:
        subject = self.words.between(at, verb)
        if self.low[verb] != "be":
            return self._made(verb, subject, at, frame, frame.mood, denied=frame.denied)
        if self._low(verb + 1) in of.ASKING and self._low(verb + 2) == "to":
            return self._deed(verb + 3, subject, at, frame, Mood.ASKED, denied=frame.denied)
        return self._made(verb + 1, subject, at, frame, frame.mood, denied=frame.denied, passive=True)
