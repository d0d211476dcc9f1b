"""The parser: a sentence as its clauses, from left to right. What it cannot follow it leaves out."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from reportpack.read.minutes.grammar import classes as of
from reportpack.read.minutes.grammar.words import Clause, Group, Mood, Told, Verbs, words_of
from reportpack.records import Record

_FRAME, _OBJECT = 30, 14  # The most words of what stands before a clause, and of who is asked.
_LONGEST = 1500
_TO = frozenset({"to"})


class _Frame(Record):
    """What a clause hangs on: who said it, how it is meant for that, and when; then who acts in it, and where it begins."""

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
    actor: str = ""
    begin: int = 0


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
    def sentence(self) -> Iterator[Clause]:
        at, frame = self._label(0)
        reached, subject, pronoun = at, "", ""
        while reached < self.end:
            last = reached
            for clause, after in self._clause(reached, frame):
                if clause.deed:
                    yield self._attributed(clause)
                own = clause.speaker if clause.passive else ""  # `agreed that it ought to be scored and would amend it`
                subject, reached = own or clause.actor or subject, max(reached, after)
                pronoun = clause.speaker or clause.actor or pronoun
            reached = self._next(max(reached, last + 1))
            speaker = pronoun if self._low(reached) == "that" else ""
            frame = _Frame(subject=subject, pronoun=pronoun, speaker=speaker, bare=frame.bare)

    def _label(self, at: int) -> tuple[int, _Frame]:
        """`Agreed: ...`, `RESOLVED that ...`, `That the Chairman write ...`: what is decided."""
        if self._low(at) == "(" and self._low(at + 2) == ")":
            at += 3
        if self._low(at) in of.DECIDING and self.end > at + 2 and self.low[at + 1] in (*of.DASHES, "that"):
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
                begin = at
                while begin > 0 and self.low[begin - 1] not in (",", ".", "!") and not self.words.quoted[begin - 1]:
                    begin -= 1
                speaker = self.words.between(at + 1, self.end) or self.words.between(begin, at)
                return replace(clause, speaker=speaker.rstrip("."), actor=speaker.rstrip("."), told=Told.NOW)
        return clause

    def _clause(self, at: int, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        while self._low(at) in of.LINKS:
            at += 1
        at, frame = self._frame(at, frame)
        verb = self._verb(at, self.end)
        # `never` and `also` belong to the verb behind them; `All` at the beginning is somebody.
        before = verb - 1 if verb is not None else -1
        while before >= at and (self.low[before] in of.NEGATORS or (before > at and self.low[before] in of.ADVERBS)):
            verb, before = before, before - 1
        at = max((here + 1 for here in range(at, verb or at) if self.low[here] in of.DASHES), default=at)
        asked = frame.bare or frame.mood is Mood.AGREED
        bare = self._bare_verb(at, self.end if verb is None else verb, named=frame.bare) if asked else None
        if bare is not None:
            yield self._subjunctive(bare, replace(frame, actor=self.words.between(at, bare), begin=at))
        elif verb is not None:
            actor, told = self._subject(at, verb, frame)
            yield from self._predicate(self._group(verb), replace(frame, actor=actor, begin=at, told=told))

    def _frame(self, at: int, frame: _Frame) -> tuple[int, _Frame]:
        """`In March, ...`, `If the grant came through she ...`: what stands before the subject, and what it says of time and condition."""
        low = self._low(at)
        if low not in of.PREPOSITIONS and low not in of.SUBORDINATORS and low not in of.EARLIER and low != "having":
            return at, frame
        end = next((here for here in range(at, min(self.end, at + _FRAME)) if self.low[here] == ","), None)
        if end is None or self._low(end + 1) in of.RELATIVES or self._verb(end + 1, self.end) is None:
            end = self._frame_without_comma(at, low)
        if end is None:
            return at, frame
        told = Told.EARLIER if self._is_earlier(at, end) else frame.told
        condition = self.words.between(at, end) if low in ("if", "once", "provided", "unless", "subject", "should") else ""
        return end + (self._low(end) == ","), replace(frame, told=told, condition=condition or frame.condition)

    def _frame_without_comma(self, at: int, low: str) -> int | None:
        """Where the subject begins: the last pronoun or article, or the last word in capitals, before the verb."""
        if (verb := self._verb(at + 1, self.end)) is None:
            return None
        if low in of.CONDITIONALS:
            verb = self._verb(self._group(verb).main + 1, self.end) or verb
        for here in range(verb - 1, at, -1):
            if self.low[here] in of.PRONOUNS or self.low[here] in of.DETERMINERS or self.low[here] == "it":
                return here
        named = (here for here in range(at + 1, verb) if self._shown(here)[:1].isupper() and self.low[here] not in of.MONTHS)
        return next(named, None)

    def _subject(self, at: int, verb: int, frame: _Frame) -> tuple[str, Told]:
        first = at
        stop = next((here for here in range(at, verb) if self.low[here] == "," and not self._lists(here + 1, verb)), verb)
        if self._low(at) in of.PREPOSITIONS:
            said = ((here, self.low[here]) for here in range(verb - 1, at, -1))
            first, stop = next((here for here, low in said if low in of.DETERMINERS or low in of.PRONOUNS), at), verb
        relative = next((here for here in range(first + 1, stop) if self.low[here] in of.RELATIVES), stop)
        while relative > first + 1 and of.is_adverb(self.low[relative - 1]):
            relative -= 1
        text = self.words.between(first, relative)
        told = Told.QUOTED if self.words.quoted[verb] else frame.told
        pronoun = next((here for here in range(verb - 1, first, -1) if self.low[here] in of.PRONOUNS), None)
        text = self.words.between(pronoun, verb) if pronoun is not None and frame.speaker else text
        if text.lower() in of.PRONOUNS or (not text and first == verb):
            carried = frame.pronoun if text or self.low[verb] in of.COMMISSIVE else frame.subject
            known = frame.speaker or carried
            text = text if text.lower() in ("i", "we") and not frame.speaker else known or text
        return text, told

    def _predicate(self, group: Group, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        main = group.main
        low = self._low(main)
        told = frame.told if group.perfect != "had" or frame.told is Told.QUOTED else Told.EARLIER
        counted = self._low(main + 2) in ("more", "fewer", "less", "later", "longer", "higher", "lower")
        none = self._low(main + 1) in of.NO or (group.main > frame.begin and low in of.NO)
        frame = replace(frame, told=told, denied=group.denied or frame.denied or (none and not counted))
        commits = low in of.COMMISSIVE or (low in of.DECIDING and group.mood is None)
        if low in of.READY | (of.UNABLE if group.be else of.READY) and self._low(main + 1) == "to":
            refuses = low in of.UNABLE
            frame = replace(frame, by="be", denied=frame.denied or refuses)
            yield self._deed(main + 2, frame, Mood.AGREED, ready=not refuses)
        elif low in of.TAKING and self._low(main + 1) in of.AWAY:
            yield self._made(main, frame, Mood.AGREED)
        elif low in of.TAKING | of.GIVEN | {"agreed"} and (noun := self._first(main + 1, 5, of.TASKS)) is not None:
            yield from self._task(group, frame, noun)
        elif low in of.REFUSING:
            step = main + 1 + (self._low(main + 1) == "to")
            yield self._deed(step, replace(frame, denied=not frame.denied), Mood.AGREED)
        elif commits and not group.to and not (group.be and group.mood):
            yield from self._agrees(group, frame)
        elif group.mood is Mood.WILL and not group.be and low in of.ASKING | of.EXPECTING | of.HOPING | of.QUERYING:
            yield self._made(main, frame, self._mood(group, frame))
        elif low in of.ASKING or (group.be and low == "left" and self._low(main + 1) in ("with", "to", "for")):
            yield from self._asks(group, frame)
        elif low in of.QUERYING or self._seeks_assurance(main):
            yield self._made(main, frame, Mood.QUESTION)
        elif low in of.EXPECTING or low in of.HOPING:
            yield from self._expects(group, frame)
        elif low in of.SAYING and not group.be and (group.mood is None or not group.to):
            yield from self._says(group, frame)
        else:
            passive = group.be and of.is_participle(low)
            frame = replace(frame, by="to") if group.short else frame
            going = self._low(main - 1) in of.BE | of.NEGATORS and low.endswith("ing") and group.mood is Mood.WILL
            group = replace(group, mood=Mood.EXPECTED) if going else group
            verb = main - (group.be and not passive and not going)
            yield self._made(verb, frame, self._mood(group, frame), passive=passive)

    def _mood(self, group: Group, frame: _Frame) -> Mood:
        if frame.mood in (Mood.EXPECTED, Mood.HOPED, Mood.ASKED, Mood.QUESTION):
            return frame.mood
        if frame.mood is Mood.DECIDED and (group.mood in (Mood.WILL, Mood.OUGHT) or (group.mood is None and group.to)):
            return Mood.DECIDED
        return Mood.AGREED if frame.mood is Mood.AGREED and group.mood is Mood.WILL else group.mood or Mood.STATED

    def _made(self, main: int, frame: _Frame, mood: Mood, *, passive: bool = False, ready: bool = False) -> tuple[Clause, int]:
        low = self._low(main)
        deed = "be" if low in of.BE else of.CLOSED_VERBS.get(low) or of.OTHER_VERBS.get(low, low)
        clause = Clause(
            frame.actor, deed if deed.isalpha() or "-" in deed else "", self.words.between(main + 1, self.end), mood,
            frame.denied, frame.told, frame.speaker, frame.asker, frame.by, frame.condition or self._condition(main + 1),
            passive, self.words.start[frame.begin] if frame.begin < self.end else 0, ready,
        )  # fmt: skip
        return clause, main + 1

    def _deed(self, at: int, frame: _Frame, mood: Mood, *, ready: bool = False) -> tuple[Clause, int]:
        while of.is_adverb(self._low(at)):
            at += 1
        passive = self._low(at) == "be" and self._low(at + 1).endswith(("ed", "en", "ne"))
        return self._made(at + passive, frame, mood, passive=passive, ready=ready)

    def _first(self, at: int, most: int, words: frozenset[str]) -> int | None:
        return next((here for here in range(at, min(self.end, at + most)) if self.low[here] in words), None)

    def _condition(self, at: int) -> str:
        """`only if the PCC paid for it`: what the deed waits for."""
        for here in range(at, self.end):
            low = self.low[here]
            if low in ("if", "unless", "provided", "providing", "once") or (low == "subject" and self._low(here + 1) == "to"):
                ends = [(";", "."), (";", ".", ",")]
                stops = (stop for stop in range(here, self.end) if self.low[stop] in ends[stop > here + 2])
                return self.words.between(here - (self.low[here - 1] == "only"), next(stops, self.end))
        return ""

    def _task(self, group: Group, frame: _Frame, noun: int) -> Iterator[tuple[Clause, int]]:
        """`accepted the request to`, `was given an action to`, `agreed to the request to`."""
        if (to := self._first(noun, 4, _TO)) is not None and self._is_deed(to + 1):
            yield self._deed(to + 1, frame, Mood.AGREED)
        elif not group.be:
            yield self._made(group.main, frame, Mood.STATED)

    def _seeks_assurance(self, main: int) -> bool:
        after = (self._low(main + 1), self._low(main + 2))
        sought = self._low(main) in ("sought", "seeks", "seek", "wanted", "requested")
        return sought and any("assurance" in low or low == "clarification" for low in after)

    def _agrees(self, group: Group, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """`agreed to`, `agreed that`, `agreed he would`, `it was agreed that`: an undertaking, or what everybody decided."""
        main, low, who = group.main, self._low(group.main), frame.actor
        nobody = not who or who.lower() in ("it", "members", "this") or group.be or (main + 1 >= self.end and who[-1].islower())
        mood = Mood.DECIDED if nobody else Mood.AGREED
        mood = group.mood if group.mood in (Mood.MAY, Mood.OUGHT, Mood.WILL) else mood
        by = frame.by if mood is Mood.WILL else of.COMMISSIVE.get(low) or of.DECIDING.get(low, "")
        after = self._over_aside(main + 1)
        refused = self._low(after) == "not"
        after += refused
        frame = replace(frame, by=by, denied=frame.denied or refused)
        embedded = self._embedded(after)
        if self._low(after) == "to" and nobody and self._low(after + 1) in of.ASKING:  # `resolved to ask the Clerk to obtain`
            yield from self._asks(replace(group, main=after + 1, be=False, mood=None), replace(frame, actor=""))
        elif self._low(after) == "to" and self._is_deed(after + 1):
            yield self._deed(after + 1, frame, mood)
        elif embedded is not None:
            yield self._made(main, frame, mood)[0], embedded
            nobody = nobody or who.split()[-1].lower() in of.BODIES
            mood = Mood.DECIDED if nobody and mood is Mood.AGREED else mood
            speaker, bare = "" if nobody else who, mood is Mood.DECIDED
            yield from self._clause(embedded, replace(frame, speaker=speaker, mood=mood, condition="", bare=bare))
        else:
            only_said = of.COMMISSIVE.get(low, "agree") != "agree" if group.be else self._low(after) == "with"
            yield self._made(main, frame, Mood.STATED if only_said else mood, passive=group.be)

    def _asks(self, group: Group, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        main = group.main
        after = self._over_aside(main + 1)
        if self._low(main) == "left":  # `It was left with the CC to speak to them`
            group, frame, after = replace(group, be=False), replace(frame, actor=""), after + 1
        low = self._low(after)
        asker = "" if group.be else frame.actor
        if low in of.QUESTION_WORDS and not (group.be and low == "with"):
            yield self._made(main, frame, Mood.QUESTION)
        elif low == "that":
            yield from self._clause(after + 1, replace(frame, asker=asker, mood=Mood.ASKED, bare=True))
        elif group.be and low == "with":  # `was tasked with finding`, `with a strategy`
            yield self._made(after + 1 if self._low(after + 1).endswith("ing") else main, frame, Mood.ASKED)
        elif group.be and self._low(main) != "invited" and low == "to" and self._is_deed(after + 1):
            yield self._deed(after + 1, frame, Mood.MAY if group.mood is Mood.MAY else Mood.ASKED)
        elif not group.be and low != "to":
            to = self._first(after, _OBJECT, _TO | of.QUESTION_WORDS)
            if to is not None and self.low[to] == "to" and self._is_deed(to + 1):
                spoken = self._low(to + 1) in ("speak", "talk") and self._low(to + 2) in ("to", "with")  # to others, later
                told_there = (self._low(to + 1) in of.ANSWERING and not spoken) or "assurance" in self.low[to + 2 : to + 4]
                asked = replace(frame, asker=frame.actor, actor=self.words.between(after, to))
                yield self._deed(to + 1, asked, Mood.QUESTION if told_there else Mood.ASKED)
            else:
                yield self._made(main, frame, Mood.QUESTION if self._low(main).startswith(("ask", "request")) else Mood.STATED)
        else:
            yield self._made(main, frame, self._mood(group, frame), passive=group.be)

    def _expects(self, group: Group, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """`expects to`, `is expected to`, `would like the CC to`, `expects no more than 20`."""
        main = group.main
        mood = Mood.EXPECTED if self._low(main) in of.EXPECTING else Mood.HOPED
        mood = Mood.MAY if group.mood is Mood.MAY else mood
        after = self._over_aside(main + 1)
        embedded, to = self._embedded(after), self._first(after, _OBJECT, _TO)
        if self._low(after) == "to" and self._is_deed(after + 1):
            yield self._deed(after + 1, frame, mood)
        elif embedded is not None and (to is None or self._low(after) == "that"):
            yield from self._clause(embedded, replace(frame, speaker=frame.actor or frame.speaker, mood=mood))
        elif to is not None and self._is_deed(to + 1):
            yield self._deed(to + 1, replace(frame, speaker=frame.actor, actor=self.words.between(after, to)), mood)
        else:
            yield self._made(main, frame, mood, passive=group.be)

    def _says(self, group: Group, frame: _Frame) -> Iterator[tuple[Clause, int]]:
        """`said that`, `said he would`: who speaks, then what they say."""
        main = group.main
        embedded = self._embedded(self._over_aside(main + 1))
        spoken = self._made(main, frame, self._mood(group, frame) if group.mood else Mood.STATED)
        if embedded is None:
            yield spoken
            return
        told = Told.EARLIER if self._is_earlier(main + 1, embedded) else frame.told
        denied = frame.denied and group.mood is None
        yield spoken[0], embedded
        inner = replace(frame, speaker=frame.actor, told=told, mood=Mood.STATED, condition="", bare=False, denied=denied)
        yield from self._clause(embedded, inner)

    def _subjunctive(self, verb: int, frame: _Frame) -> tuple[Clause, int]:
        if self.low[verb] != "be":
            return self._made(verb, frame, frame.mood)
        if self._low(verb + 1) in of.ASKING and self._low(verb + 2) == "to":
            return self._deed(verb + 3, frame, Mood.ASKED)
        return self._made(verb + 1, frame, frame.mood, passive=True)
