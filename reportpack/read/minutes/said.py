"""What was said at the meeting, whole: whose words they are, and whether they ask or answer; what was decided; figures as they were spoken, each with its
type; and questions, each with the answer that follows it, wherever it stands: in the next turn, the same sentence, or behind `A:`.

Whether it answers is for a person; whether it touches what was asked, puts it off, or gives the assurance that was sought is not."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from reportpack import patterns as re
from reportpack.model.minutes import UNRELATED, Assurance, FigureType, NotedDecision, NotedFigure, NotedQuestion, NotedStatement
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.grammar import classes as of
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Clause, Mood, Told, words_of
from reportpack.read.minutes.labels import DECISION, LETTER, OPENS_RESOLUTIONS
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import GROUPS, People, looks_like_name, split_owners
from reportpack.read.minutes.wraps import Passage, Spoken, line_at, sentences_of
from reportpack.records import Record

_SPEAKER = re.compile(
    r"(?P<who>(?:The |Both )?[A-Z][\w'\u2019/&.-]*(?:\s(?:and the |and |of |the |for )?[A-Z][\w'\u2019/&.-]*){0,5}(?:\s\([A-Za-z]{2,5}\))?)\s(?:then |also |firstly |further )?(?P<verb>[a-z]+)\b"
)
_SAYS = frozenset(form for form, base in (of.SAYING | of.QUERYING).items() if form != base and not form.endswith("s")) | listed(
    "says asks asked requested assured replies responds comments adds queries questions suggests expects wants seeks reported raised described welcomed thanked agreed expressed summarised referred began read wished "
    "introduced presented sought spoke undertook pointed drew gave provided argued offered volunteered concluded indicated accepted disagreed put"
)
_PASSIVE = tuple(
    f"It was {word}" for word in listed("suggested noted reported agreed explained acknowledged stated highlighted felt proposed")
)
_NOT_SPEAKERS = listed("it there what following however although").union(
    of.PRONOUNS, of.DETERMINERS, of.RELATIVES, of.PREPOSITIONS, of.CONDITIONALS
)
_ANSWERING = listed("reply respond answer")


class Turn(Record):
    """A statement with its sentences, and whether it asks or answers."""

    statement: NotedStatement
    sentences: tuple[Spoken, ...]
    asks: bool
    answers: bool


def turns_of(passages: Sequence[Passage], outline: Outline, people: People, skip: frozenset[int]) -> Iterator[Turn]:
    """Statements in their order. A sentence that names no speaker goes on with the one before it in the same paragraph."""
    for at, passage in enumerate(passages):
        if at in skip or at in outline.titles or passage.cells or len(passage.text) < 25 or outline.item_at(at) is None:
            continue
        item = outline.path_at(at)
        open_one, speakers = list[Spoken](), tuple[str, ...]()
        for spoken in sentences_of(passage):
            named = speakers_of(spoken.words, people)
            if open_one and (named or spoken.words.startswith(_PASSIVE)):
                yield _turn(open_one, speakers, item)
                open_one = []
            speakers = speakers if open_one else named
            open_one.append(spoken)
        if open_one:
            yield _turn(open_one, speakers, item)


def _turn(sentences: Sequence[Spoken], speakers: tuple[str, ...], item: str | None) -> Turn:
    statement = NotedStatement(speakers, " ".join(one.words for one in sentences), item, sentences[0].line)
    asks = asks_inside(sentences[0].words) or (bool(speakers) and any(is_question(one.words) for one in sentences))
    return Turn(statement, tuple(sentences), asks, any(answers(one.words) for one in sentences))


def is_question(words: str) -> bool:
    """Whether a sentence puts a question now: `asked whether`, `sought assurance that`, `?`."""
    return any(one.mood is Mood.QUESTION and one.told is Told.NOW and not one.denied for one in clauses_of(words))


def asks_inside(words: str) -> bool:
    """`Q: ...`, or `In reply to the PCC's question on drones, ...`: a question that no verb of asking puts."""
    return words.startswith(("Q:", "Q.")) or (
        words.startswith(("In ", "Answering ", "Asked ", "When asked ")) and "question" in words[:90].lower()
    )


def answers(words: str) -> bool:
    """Whether a sentence says that it answers: `replied`, `was told`, `Yes`."""
    first = next(iter(clauses_of(words)), None)
    told = any(mark in words for mark in (" was told", " were told", " was advised", " was informed"))
    return words.startswith(("A:", "Yes", "No,", "No.")) or told or (first is not None and first.deed in _ANSWERING)


def speakers_of(sentence: str, people: People) -> tuple[str, ...]:
    """Whoever the sentence begins with saying something: posts, initials or names as written."""
    if (match := _SPEAKER.match(sentence[:300])) is None or match["verb"] not in _SAYS:
        # `The CC could not say ...`, `The CC declined to ...`: somebody known, of whom the sentence says what they would not or could not do.
        refused = (one for one in clauses_of(sentence)[:1] if one.denied and one.start == 0 and not one.passive)
        return tuple(who for one in refused if (who := one.actor.removeprefix("The ")) and people.known(who))
    who = match["who"].strip()
    if (first := who.split()[0].lower()) in _NOT_SPEAKERS and first != "the":
        return ()
    parts = tuple(part.removeprefix("the ") for part in split_owners(who.removeprefix("The ").removeprefix("Both ")))
    plain = [part for part in parts if not part.isupper() and len(part.split()) > 1 and not who.startswith("The ")]
    likely = all(people.known(part) or looks_like_name(part) for part in plain)
    return parts if likely and parts else ()


_ALONE = listed("resolved decision decisions agreed")
_INTO_POST = listed("appoint elect adopt ratify")
_RULED = frozenset(of.DECIDING.values()) | listed("appoint elect accept note carry support")


def read_decisions(passages: Sequence[Passage], outline: Outline, taken: frozenset[int]) -> Iterator[NotedDecision]:
    """Labelled decisions first in confidence, then sentences that record one."""
    below = False
    for at, passage in enumerate(passages):
        text = passage.text
        item = outline.item_of_line(passages, passage.line) if passage.column else outline.path_at(at)
        if text.strip(" :.-*\u2013\u2014").lower() in _ALONE or OPENS_RESOLUTIONS.fullmatch(text):
            below = True
            continue
        label = DECISION.fullmatch(text)
        if below and at not in outline.titles and SLOT.fullmatch(text) is None:
            yield NotedDecision(text, item, passage.line, 0.9)
            below = bool(passage.mark)
            continue
        elif label is not None and label["text"]:
            for part in LETTER.split(label["text"])[::2]:  # `(a) that ...; and (b) that ...` are two
                if kept := part.strip(" ;"):
                    yield NotedDecision(kept.removesuffix(" and").rstrip(" ;"), item, passage.line, 0.95)
        elif passage.column and at not in taken and any(decides(one) for one in clauses_of(text)):
            yield NotedDecision(text, item, passage.line, 0.75)
        elif not passage.column and at not in outline.titles and at not in taken and item is not None:
            for spoken in sentences_of(passage):
                if any(decides(one) for one in clauses_of(spoken.words)):
                    yield NotedDecision(spoken.words, item, spoken.line, 0.7)
        below = False


def decides(clause: Clause) -> bool:
    """Whether the meeting decides: nobody in particular, or a body, agrees, resolves, approves."""
    if clause.denied or clause.ready or clause.told is not Told.NOW or clause.mood not in (Mood.DECIDED, Mood.AGREED):
        return False
    if clause.mood is Mood.DECIDED or clause.deed in _INTO_POST:
        return True
    who = clause.actor.lower().split()
    return bool(who) and who[-1] in GROUPS - _POSTS and clause.by in _RULED


_POSTS = listed(
    "chair chairman chairwoman chairperson vice-chair officer commissioner constable director deputy secretary treasurer executive chief head manager lead sergeant inspector superintendent commander analyst clerk organiser minister force officers office"
)


_N = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,9}}(?:\.\d+)?|\b(?:{'|'.join(of.NUMBERS)})\b)"
_PER_CENT = r"\s?(?:%|per ?cent\b)"
_AREA = r"(?:LPAs?|areas?|forces?|districts?|boroughs?|counties|wards|stations|teams|sectors)"
_MOVED = "increase|decrease|reduction|rise|fall|drop|growth|improvement"
_FORMS = {
    FigureType.COUNT_OVER: rf"\b(?P<value>{_N}) (?:of the )?(?:\w+ )?{_AREA} (?:\w+ ){{0,3}}(?:over|above|more than|under|below|at least) \d[\d.,]*{_PER_CENT}?",
    FigureType.POINTS: rf"(?P<value>{_N})\s?(?:percentage[ -]points?|pp\b|ppts?\b|% ?pts?\b)",
    FigureType.RANK: r"\b(?:ranked |ranks |position )?(?P<value>\d{1,3})(?:st|nd|rd|th) (?:place )?(?:out )?of \d{1,3}(?: \w+)?|\branked (?:\w+ )?(?P<other>\d{1,3})(?:st|nd|rd|th)\b",
    FigureType.PER_CENT_CHANGE: rf"(?P<value>{_N}){_PER_CENT} (?:{_MOVED}|up\b|down\b|higher|lower)"
    rf"|(?:increase|decrease|reduc|rise|rose|risen|f[ae]ll|fallen|drop|grow|grew|up|down)\w*(?: in [\w ]{{1,40}})? (?:of|by) (?:about |around |approximately )?(?P<other>{_N}){_PER_CENT}",
    FigureType.SHARE: rf"(?:approximately |about |around |some |only |top |just )?(?P<value>{_N}){_PER_CENT} (?:of|is down to|are|were|is|was|down to)\b",
    FigureType.PER_CENT: rf"(?P<value>{_N}){_PER_CENT}",
    FigureType.MONEY: r"\u00a3(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?)\s?(?P<scale>k\b|m\b|bn\b|million|billion|thousand)?",
}
"""How each is spoken; what an earlier form has taken, a later one does not."""
_PATTERNS = {kind: re.compile(form, re.IGNORECASE) for kind, form in _FORMS.items()}
_SIGNS = listed("% ercent er_cent oint pp pt ranked place \u00a3 st_of nd_of rd_of th_of _out_of")
_SCALES = {"bn": 1e9, "billion": 1e9, "million": 1e6, "m": 1e6, "thousand": 1e3, "k": 1e3}


def read_figures(passages: Sequence[Passage], outline: Outline) -> Iterator[NotedFigure]:
    """Every figure with a type, in the order of the notes; a range of characters is read once."""
    for at, passage in enumerate(passages):
        text, item = passage.text[:20_000], outline.path_at(at)
        found: dict[int, NotedFigure] = {}
        taken = bytearray(len(text))
        for kind, pattern in _PATTERNS.items() if item is not None and any(sign in text for sign in _SIGNS) else ():
            for match in pattern.finditer(text):
                begin, end = match.span()
                if taken.find(1, begin, end) < 0:
                    taken[begin:end] = bytes([1]) * (end - begin)
                    found[begin] = NotedFigure(match[0], kind, _value(match), item, line_at(passage, begin))
        yield from (found[begin] for begin in sorted(found))


def _value(match: re.Match[str]) -> float | None:
    fields = match.groupdict()
    text = (fields.get("value") or fields.get("other") or "").lower().replace(",", "")
    value = float(of.NUMBERS[text]) if text in of.NUMBERS else float(text) if text else None
    return value * _SCALES.get((fields.get("scale") or "").lower(), 1.0) if value is not None else None


_SMALL = listed(
    "that this with from have been would could should there their they what which when were will about into more also said asked asks force the and was "
    "for how his her him are its not but had has did does who whom whose why if whether being some than then them these those through over under very just question"
)
_SETTLES = listed("yes no agreed confirmed disagreed comfortable assured reassured confident satisfied certain sure because")
_ASSURING = listed("assurance reassurance assure assured reassure reassured confident confidence satisfied")
_OPEN = listed("unclear unknown indicative unsure")
_OPEN_PHRASES = listed(
    "too_early remains_to_be_seen not_known not_yet_known not_clear might_be may_be did_not_know did_not_have_it"
)
_LATER = listed("check find look ask establish confirm investigate return come revert")
_GIVING = listed("give offer provide say comment tell answer assure confirm promise guarantee")
_PARTLY = listed("but however although though partly mostly largely except some")
_SAID = frozenset(of.SAYING.values())
_COUNTING = ("how many", "how much", "what number", "how long", "how often", "for the")
_TOLD = (" and was told ", " and were told ", " and was advised ", " and was assured ", " and was informed ")
_REASONS = ("put it down to", "due to", "because", "as a result of", "caused by", "down to")


def read_questions(turns: Sequence[Turn]) -> Iterator[NotedQuestion]:
    """Each question with what answers it: the rest of its own turn, else the next in the same item by somebody else or in the passive."""
    for number, turn in enumerate(turns):
        if not turn.asks:
            continue
        said = turn.statement
        question, answer = _parted(turn.sentences)
        # `In reply to the PCC's question on drones`: whose question it was.
        before = question.partition("question")[0]
        named = before.rpartition(" the ")[2].strip().replace("\u2019", "'").removesuffix("'s").removesuffix("'")
        whose = before != question and named[:1].isupper() and not named.startswith("In ")
        askers = said.speakers or (split_owners(named) if whose else ())
        reply = _reply(turns, number) if not answer else None
        by, at = (reply.statement.speakers, reply.statement.line) if reply is not None else ((), said.line)
        answer = _whole(turns, reply) if reply is not None else answer
        if not answer:
            yield NotedQuestion(question, askers, said.item, said.line)
            continue
        doubt = _doubt(question, answer)
        assurance = _assurance(answer) if not doubt and _seeks(question) else None
        yield NotedQuestion(question, askers, said.item, said.line, answer, by, at, not doubt, doubt, assurance)


def _parted(sentences: Sequence[Spoken]) -> tuple[str, str]:
    asked: list[str] = []
    for at, one in enumerate(sentences):
        low = words_of(one.words).low
        # `He was.`, `They had not.`, `Yes.`: a sentence that can only take up the question before it.
        echoes = 1 < len(low) < 6 and low[0] in of.PRONOUNS | {"it"} and low[1] in of.BE | of.HAVE | of.DO | of.MODALS
        if asked and (echoes or answers(one.words)):
            return " ".join(asked), " ".join(other.words for other in sentences[at:])
        before, after = _split(one.words)
        if after and (asked or is_question(before) or asks_inside(before)):
            return " ".join([*asked, before]), " ".join([after, *(other.words for other in sentences[at + 1 :])])
        asked.append(one.words)
    return " ".join(asked), ""


def _split(words: str) -> tuple[str, str]:
    """One sentence that asks and answers: `...; the DCC put it down to ...`, `... and was told that ...`, `In reply to ..., the CC confirmed ...`."""
    if told := next((mark for mark in _TOLD if mark in words), ""):
        before, _, after = words.partition(told)
        return before.rstrip(","), f"{told.removeprefix(' and ')}{after}"
    if asks_inside(words) and ", " in words:
        before, _, after = words.partition(", ")
        return before, after
    before, mark, after = words.partition("; ")
    return (before, after) if mark and not is_question(after) and any(one.actor for one in clauses_of(after)) else (words, "")


def _reply(turns: Sequence[Turn], number: int) -> Turn | None:
    asked = turns[number].statement
    for turn in turns[number + 1 : number + 3]:
        if turn.statement.item != asked.item or (turn.asks and not turn.answers):
            return None
        if turn.answers or (turn.statement.speakers and turn.statement.speakers != asked.speakers):
            return turn
    return None


def _whole(turns: Sequence[Turn], reply: Turn) -> str:
    words, item = reply.statement.words, reply.statement.item
    below = turns[turns.index(reply) + 1 :] if words.rstrip().endswith(":") else ()
    entries = takewhile(lambda one: not one.statement.speakers and not one.asks and one.statement.item == item, below)
    return "\n".join([words, *(one.statement.words for one in entries)])


def _doubt(question: str, answer: str) -> str:
    """Why nobody can say from the words whether it was answered; empty where they take up what was asked, settle it, or refuse it."""
    found, low = clauses_of(answer), words_of(answer).low
    if _refuses(found):
        return "" if _seeks(question) else "does not give it"
    if any(phrase in answer.lower() for phrase in _OPEN_PHRASES) or not _OPEN.isdisjoint(low):
        return "leaves it open"
    if any(_puts_off(one) for one in found):
        return "puts it off"
    # `said that it was`, `He was not`: a clause that ends with its helper answers what was put as yes or no.
    helpers = [one in of.BE | of.HAVE | of.DO for one in low]
    helped = helpers[-1:] == [True] or any(one and after in (",", "not") for one, after in zip(helpers, low[1:], strict=False))
    settled = not _SETTLES.isdisjoint(low) or helped or any(phrase in answer for phrase in _REASONS)
    counted = any(words in question for words in _COUNTING) and any(word[:1].isdigit() for word in low)
    touched = settled or counted or _stems(_clause(question)) & _stems(answer) or "\n" in answer or answer.rstrip().endswith(":")
    if not touched:
        return UNRELATED
    assured = not _seeks(question) or settled or not _ASSURING.isdisjoint(low) or any(one.denied for one in found)
    return "" if assured else "does not say whether there is the assurance that was asked for"


def _refuses(found: Sequence[Clause]) -> bool:
    denied = [one for one in found if one.denied and one.rest.partition(",")[0] != "no"]
    return any(one.deed in _GIVING or not _ASSURING.isdisjoint(one.rest.lower().split()) for one in denied)


def _puts_off(clause: Clause) -> bool:
    """`would need to check`, `would come back on it`."""
    if clause.denied or clause.mood not in (Mood.WILL, Mood.AGREED, Mood.OUGHT) or clause.speaker not in ("", clause.actor):
        return False
    return clause.deed in _LATER or (clause.deed == "need" and not _LATER.isdisjoint(clause.rest.split()[:3]))


def _seeks(question: str) -> bool:
    return not _ASSURING.isdisjoint(words_of(_clause(question)).low)


def _assurance(answer: str) -> Assurance | None:
    low = words_of(answer).low
    found = clauses_of(answer)
    if _refuses(found):
        return Assurance.REFUSED
    told = next((one for one in found if one.deed not in _SAID), None)
    if (told is not None and told.denied) or low[-1:] == ["no"]:
        return Assurance.NONE
    return Assurance.PARTIAL if not _PARTLY.isdisjoint(low) else Assurance.FULL


def _clause(question: str) -> str:
    asked = next((one for one in clauses_of(question) if one.mood is Mood.QUESTION), None)
    return f"{asked.deed} {asked.rest}" if asked is not None else question


def _stems(text: str) -> frozenset[str]:
    words = (word for word in words_of(text).low if len(word) > 3 and word.isalpha())
    return frozenset(word[:6] for word in words if word not in _SMALL and word not in of.NO and word not in of.QUESTION_WORDS)
