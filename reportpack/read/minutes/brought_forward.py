"""Matters brought forward: their origin, when they were due, where the notes say they were discussed, and the lines that do discuss them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from reportpack import patterns as re
from reportpack.model.minutes import BroughtForward, MatterEnd, NotedItem
from reportpack.model.office import Office
from reportpack.model.state_words import CARRIES, CLOSES, COMES_BACK, DATES, NOT_REACHED, SUPERSEDES, WITHDRAWS
from reportpack.read.minutes.dates import find_days, find_months, is_soon
from reportpack.read.minutes.dues import read_due
from reportpack.read.minutes.form import FormLines
from reportpack.read.minutes.grammar.classes import DISCUSSING, OTHER_VERBS, is_among, listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Mood, Told, words_of
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.wraps import Passage, sentences_of

_TIME = r"(?:\d+\S*|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*)"
_ENDS = (
    (MatterEnd.SUPERSEDED, rf"{SUPERSEDES}|(?:replaced?|overtaken|subsumed?|absorbed|merged?)(?= (?:by|with|in|into|within)\b)"),
    (MatterEnd.CARRIED, rf"{CARRIES}|{COMES_BACK}|(?:add(?:ed)? to|on|for|to go (?:on|to))(?: the)? [\w ]{{3,30}}? (?:agenda|meeting)|{DATES}(?=\W*(?:to |is |of |for )?{_TIME})"),
    (MatterEnd.CLOSED, rf"{CLOSES}|{WITHDRAWS}|done|finished"),
    (MatterEnd.NOT_REACHED, NOT_REACHED),
)  # fmt: skip
_END = re.compile("|".join(rf"(?P<{end.name}>\b(?:{words})\b)" for end, words in _ENDS), re.IGNORECASE)
_NOT_SO = re.compile(
    r"(?i)\b(?:not|\w+n[\u2019']t|cannot|(?-i:may)|might|part(?:ial)?(?:ly)?)\W+(?:(?:yet|be|been|to|quite|ready|content|happy|agree[d]?|possible)\W+)*$"
)
_ONCE = re.compile(r"(?i)\w*\W*(?:subject to|once|when|if|provided|unless|until)\b")
_YET = re.compile(rf"(?i)(?:.*\bbe closed|.*\bclose)(?: (?:it|this|that))? (?:at|in|by|on) (?:the )?(?:next|{_TIME})")
"""Round a word that closes: that it does not, or not yet."""
_LATER = re.compile(
    rf"(?i)\W*(?:(?:not (?:reached|discussed|taken)|discussed|noted)\W+)?(?:(?:to )?(?:be )?(?:take|taken|hear|heard|review|reviewed|back|return|consider|considered|discuss|look at|see|bring|pick up)"
    rf"(?: (?:it|this|again|up))*\W+)?(?:(?:in|at|for|on|to|until|till)\W+)?(?:the )?(?:next (?:meeting|month)|(?!\d+\.\d|(?-i:may\b)){_TIME})"
)
"""An outcome that says only when: `September`, `next meeting`, `Not reached, take in September`."""
_ALONE = re.compile(
    r"(?i)\W*(?:(?:(?:it|the \w+|we|members|all) )?(?:was |were )?(?:agreed|happy|content)\W+(?:that |for )?(?:this |it |the )?(?:action |item |matter )?(?:to |can |could |should )(?:now )?be )?"
    r"(?:(?:to|now|agreed|content|happy|be|being|there was|the meeting|we|ran|item|matter|this|it|can|for|moved(?= to close)|delayed,|recommend(?:ed)?|propose[ds]?|is|was|has|been|that)\W+)*"
    rf"(?:{_END.pattern})(?=\W*$|[,;:(]| [-\u2013]| (?:back|off|over|forward|on|to|until|till|at|by|with|as|for|in|and|due|from|because|pending|this|it|today|{_TIME})\b)"
)
"""A sentence without a subject: `Put back to July`, `Content to close`."""
_OTHER = re.compile(r"(?i)\W*(?:on |actions? )?(?!m)[a-z]{0,4}[- ]?\d{1,4}/(?:19|20)\d\d\b")
"""What begins with an action's reference is said of that."""
_IT = re.compile(r"(?i)(?:this|it|that)(?: (?:matter|item|one|topic))?\b|the (?:matter|item|topic|above)\b")
_PARTICIPLES = {base: form for form, base in OTHER_VERBS.items()} | {"hold": "held"}
_NO_TIME = re.compile(
    r"(?i)\b(?:(?:(?:out|lack|short) of|insufficient) time|no time (?:for|left)|time (?:did not (?:allow|permit)|ran out)|(?:did|could) not get to (?:this|it)|before (?:this|it) (?:was|could be) (?:reached|taken))\b"
)
_DISCUSS = listed("discuss consider review cover address debate examine reach take look talk")
_RULED = (Mood.DECIDED, Mood.AGREED)
_TELLS = (Mood.STATED, Mood.DECIDED, Mood.AGREED, Mood.WILL)
_DEFER = listed("defer postpone adjourn withdraw")
_SECTION = re.compile(
    r"(?i)\b(?:brought forward|outstanding (?:matters|items)|carried forward|matters (?:arising|outstanding)|items outstanding)\b"
)
_ORIGIN = re.compile(r"(?i)(?P<title>.+?)\s*\((?:from|raised(?: in| at)?|origin(?:ally)?:?|since)\s+(?P<origin>[^()]{3,40})\)\W*")
_DUE = re.compile(r"(?i)\b(?:at|to|for|by) the (?P<when>[^.]{3,40}?) (?:meeting|board|panel)\b")
_POINTER = re.compile(
    r"(?i)\b(?P<which>all (?:of )?(?:the )?above|the above|these|both|this|it)\b[^.]{0,60}\b(?:discussed|covered|addressed|considered|dealt with|taken|picked up)\b[^.]{0,40}?\b(?:item|section|under)s?\s+(?P<item>\d{1,2}(?:\.\d{1,2}){0,3})"
)
_SMALL = listed("the of and for in on at to a an use from review update performance items item matters its with")
_ALIKE = {
    same: group.split()[0]
    for group in (
        "satisfaction satisfied",
        "burglary break-ins burgled", "violence violent assault", "theft steal stolen", "absence sickness sick",
        "staffing staff workforce establishment", "custody detention detainee detained", "complaint grievance",
        "finance budget funding money", "speeding speed", "rural farm countryside", "youth young juvenile", "vetting vetted", "confidence confident",
    )
    for same in group.split()
}  # fmt: skip
"""Words of the field that name one thing; the first of each stands for all."""


def read_brought_forward(
    passages: Sequence[Passage], outline: Outline, day: date | None, office: Office | None, form: FormLines, coming: date | None,
    register: Collection[str] = (),
) -> tuple[BroughtForward, ...]:  # fmt: skip
    """The matters in their order. `discussed_at` is what the notes claim, `evidence` what they show. The words that the `register` has of a matter
    are no outcome of it, though they say that it is to come back."""
    found: list[BroughtForward] = []
    outcomes = dict(form.outcomes)
    for item, start, end in _matters(passages, outline):
        match = _ORIGIN.fullmatch(item.title)
        body = [one for at, one in enumerate(passages[start + 1 : end], start + 1) if at not in form.passages]
        claims = [claim for one in (passages[start], *body) if (claim := _POINTER.search(one.text)) is not None]
        body = [one for one in body if not _POINTER.search(one.text)]
        named = words_meant(item.title)
        own = next((one for one in body if _became(one, named) is None), body[0] if body else None)
        words = own.text if own is not None else item.title
        due = _DUE.search(words)
        before = words == item.title or " ".join(words.casefold().split()) in register
        told = [one for one in body if one is not own] or ([] if before else body)
        outcome = outcomes.get(item.path) or next((said for one in told if (said := _became(one, named))), None)
        spoken = [one for one in body if one is not own or _became(one, named)]
        here = tuple(name for one in spoken if _discusses(one, named) for name in one.names)
        title, origin = (match["title"], _month(match["origin"], None) or match["origin"]) if match else (item.title, None)
        when = _month(due["when"], None) or _month(due["when"], day) if due is not None else None
        found.append(BroughtForward(title, origin, when, words, item.line, evidence=here, outcome=outcome))
        for claim in claims:
            first = 0 if claim["which"].lower().startswith(("all", "the above", "these", "both")) else len(found) - 1
            found[first:] = [replace(one, discussed_at=claim["item"]) for one in found[first:]]
    ended: list[BroughtForward] = []
    for one in _with_evidence(found, passages, outline, office, form.passages):
        # Also what the words tell which say that it was not reached: `which was deferred to the July meeting`.
        outcome = one.outcome or (outcome_in([one.not_reached], words_meant(one.title)) if one.not_reached else None)
        became, returns = end_of(outcome, day, coming)
        ended.append(replace(one, outcome=outcome, became=became, returns=returns))
    return tuple(ended)


def _month(words: str, after: date | None) -> str | None:
    return next((month for month, _ in find_months(words, after)), None)


def _became(passage: Passage, named: frozenset[str]) -> str | None:
    return outcome_in((spoken.words for spoken in sentences_of(passage)), named)


def _discusses(passage: Passage, named: frozenset[str]) -> bool:
    said = (one.words for one in sentences_of(passage) if not (outcome_in([one.words], named) or says_not_reached(one.words)))
    return any(clause.mood is Mood.STATED for words in said for clause in clauses_of(words))


def outcome_in(sentences: Iterable[str], named: frozenset[str] = frozenset()) -> str | None:
    """What a sentence says has become of the matter, in its own words; nothing of what has none of the words that it is `named` by."""
    for words in sentences:
        if _OTHER.match(words):
            continue
        for clause in clauses_of(words):
            said = f"{_PARTICIPLES.get(clause.deed, clause.deed)} {clause.rest}".strip()
            told = clause.mood in _TELLS and not clause.denied and clause.told is Told.NOW
            decided = clause.passive and (clause.mood in _RULED or not named.isdisjoint(words_meant(clause.actor)))
            ours = decided or not clause.actor or _IT.match(clause.actor) or _IT.match(clause.rest)
            if told and ours and _END.match(said):
                return said
        if (_ALONE.match(words) and not words.endswith("?")) or _NO_TIME.search(words):
            return words.strip(" .")
    return None


def ends_matter(words: str, *, asked: bool = False) -> bool:
    """Whether a sentence closes, carries or supersedes what it speaks of; `asked`: whether it says only that it could be."""
    for clause in (one for spoken in words.split(". ") for one in clauses_of(spoken)):
        ends = _END.match(f"{clause.deed} {clause.rest}") is not None or (clause.deed == "review" and "again" in clause.rest)
        meant = (clause.mood in (Mood.MAY, Mood.HOPED, Mood.ASKED)) is asked and clause.mood is not Mood.QUESTION
        if ends and meant and not clause.denied:
            return True
    return False


def end_of(outcome: str | None, day: date | None, coming: date | None) -> tuple[MatterEnd | None, str | None]:
    """What an outcome means, by the first word that says so (`not closed` says nothing), and the meeting's month or the day to which it carries the matter."""
    words = outcome or ""
    so = [one for one in _END.finditer(words[:120]) if _NOT_SO.search(words[: one.start()]) is None]
    later = MatterEnd.CLOSED.name  # once something else is done, or not yet
    ended = (one for one in so if one.lastgroup != later or not (_ONCE.match(words[one.end() :]) or _YET.match(words)))
    told = [MatterEnd[one.lastgroup or ""] for one in ended]
    told = [one for one in told if one is not MatterEnd.CLOSED] if _NO_TIME.search(words) else told
    end = next((one for one in told if one is not MatterEnd.NOT_REACHED), next(iter(told), None))
    bare = end in (None, MatterEnd.NOT_REACHED) and _LATER.match(words) is not None
    if end is not MatterEnd.CARRIED and not bare:
        return end, None
    due, said = read_due(words, day, coming), find_days(f" {words}", after=day, short=True)
    on = due.day or (said[0].day if said else None)
    if bare and on and day and not is_soon(on, day):
        return end, None
    end = MatterEnd.CARRIED
    return end, on.isoformat() if on else due.meeting or due.month or _month(words, day)


def _matters(passages: Sequence[Passage], outline: Outline) -> Iterator[tuple[NotedItem, int, int]]:
    ends = [*outline.starts[1:], len(passages)]
    section = ""
    for item, start, end in zip(outline.items, outline.starts, ends, strict=False):
        below = bool(section) and item.path.startswith(f"{section}.")
        if _SECTION.search(item.title) and not below and not item.path.startswith("#"):
            section = item.path
        elif _ORIGIN.fullmatch(item.title) or below:
            yield item, start, end


def _with_evidence(
    found: Sequence[BroughtForward], passages: Sequence[Passage], outline: Outline, office: Office | None, silent: frozenset[int]
) -> Iterator[BroughtForward]:
    """A sentence that has every word of the matter's name, or stands in an item of that name, proves that it was discussed, unless it says
    that it was not; the closest name takes it. That it was put off stands with the matter."""
    names = [_names(one.title, office) for one in found]
    evidence: list[list[str]] = [[] for _ in found]
    missed = [""] * len(found)
    own = {one.line for one in found}
    for at, passage in enumerate(passages if found else ()):
        item = outline.item_at(at)
        if item is None or at in outline.titles | silent or item.line in own or passage.cells or _POINTER.search(passage.text):
            continue
        titled = words_meant(item.title)
        whole = _closest(names, words_meant(passage.text), titled, found, item.path)
        for spoken in sentences_of(passage) if whole >= 0 else ():
            best = _closest(names, words_meant(spoken.words), titled, found, item.path)
            if says_not_reached(spoken.words):
                missed[best if best >= 0 else whole] = spoken.words
            else:
                evidence[whole].extend(passage.names)
    for one, lines, words in zip(found, evidence, missed, strict=True):
        every = dict.fromkeys((*one.evidence, *lines))
        there = {name for passage in passages if words and words in passage.text for name in passage.names}
        proved = () if words and not set(every) - there else tuple(every)
        yield replace(one, evidence=proved, not_reached="" if proved else words)


def _closest(
    names: Sequence[tuple[frozenset[str], ...]], words: frozenset[str], titled: frozenset[str], found: Sequence[BroughtForward], path: str
) -> int:  # fmt: skip
    best, most = -1, 0
    for number, (forms, one) in enumerate(zip(names, found, strict=True)):
        fits = max((len(form) * 2 - (not form <= words) for form in forms if form <= words or form == titled), default=0)
        claimed = one.discussed_at or path
        if fits > most and (path == claimed or path.startswith((f"{claimed}.", f"{claimed}/"))):
            best, most = number, fits
    return best


def says_not_reached(words: str) -> bool:
    """`was not discussed`, `no time to discuss`, `was deferred to July`, `will be taken at the next meeting`: no proof of a discussion."""
    if _NO_TIME.search(words):
        return True
    for clause in clauses_of(words):
        discusses = is_among(clause.deed, _DISCUSS)
        later = discusses and clause.passive and clause.mood in (Mood.WILL, Mood.EXPECTED)
        if clause.denied and (discusses or not DISCUSSING.keys().isdisjoint(clause.rest.lower().split())):
            return True
        if not clause.denied and (later or is_among(clause.deed, _DEFER)):
            return True
    return False


def _names(title: str, office: Office | None) -> tuple[frozenset[str], ...]:
    topics = [[topic.title, *topic.aliases] for topic in office.topics] if office is not None else []
    forms = [title, *(form for own in topics if words_meant(title) in map(words_meant, own) for form in own)]
    spelt = [" ".join("domestic abuse" if word == "DA" else word for word in form.split()) for form in forms]
    return tuple({words for form in (*forms, *spelt) if (words := words_meant(form))})


@lru_cache(maxsize=2048)
def words_meant(text: str) -> frozenset[str]:
    """The words of a text that mean something, each by what it is one of."""
    low = words_of(text.replace("/", " ").replace("content with", "satisfied with")).low
    return frozenset(_base(word) for word in low if word[:1].isalnum() and word not in _SMALL)


def _base(word: str) -> str:
    word = word.removesuffix("'s")
    plural = f"{word[:-3]}y" if word.endswith("ies") else word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return _ALIKE.get(word) or _ALIKE.get(plural, plural)
