"""What somebody undertook, was asked or is to do though the notes do not call it an action, and what somebody said would happen, with tests, day and
condition; a wish is neither: two views of the typed clauses.

A test is how a promise will be known: every figure in it that a measure can be held against, with its words; absolute or from where it stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from rapidfuzz import fuzz

from reportpack import patterns as re
from reportpack.model.minutes import NotedCommitment, NotedState, NotedTest
from reportpack.model.period import add_months
from reportpack.read.minutes.dates import MONTHS, find_months
from reportpack.read.minutes.drafts import Draft
from reportpack.read.minutes.dues import read_due
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.grammar.classes import BODIES, NUMBERS, PRONOUNS, RULING, STATIVE, is_among, listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Clause, Mood, Told, Words, words_of
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.owners import agents_in, owners_of
from reportpack.read.minutes.people import ROLES, People, looks_like_name, looks_like_owner, split_owners
from reportpack.read.minutes.said import speakers_of
from reportpack.read.minutes.wraps import Passage, sentences_of

_GAVE = re.compile(
    r"\b(?:gave|made) (?:an?|the|his|her|their) (?:\w+ )?(?:assurance|commitment|pledge|promise|undertaking) (?=that\b)"
)
_SURE = {Mood.AGREED: 0.7, Mood.ASKED: 0.6, Mood.WILL: 0.6, Mood.DECIDED: 0.6}
_CALLED, _UNNAMED, _BY_PRONOUN, _DOUBTFUL = 0.85, 0.55, 0.45, 0.4
_ACTING = listed("directors team executive secretariat chair chairman clerk treasurer secretary officers")
_MINUTED = listed("record note minute thank")
_ALONG = listed("away forward up back out")
_HEADS = listed("head chief director deputy assistant")
_OUTSIDE = ("office", "agency", "authority", "board", "service")
_NOT_ACTORS = listed("government departments department parliament ministers companies uk councils paper report programme")


def find_undertakings(
    passages: Sequence[Passage], outline: Outline, people: People, drafts: Sequence[Draft], taken: frozenset[int]
) -> Iterator[Draft]:
    """Sentences in which a known person, post or team undertakes a deed that no marked action of the item already holds."""
    by_item: dict[str | None, list[Draft]] = {}
    for draft in drafts:
        by_item.setdefault(outline.path_at(draft.at), []).append(draft)
    # The words for a body that the head of the notes has: `the Council` of a parish council's notes acts, of others it is somebody else.
    head = _plain(" ".join(passage.text for passage in passages[: max(1, min(outline.starts, default=3))][:8]))
    own = frozenset(head.split()) & BODIES | {"meeting", "members"}
    columned = any(passage.column for passage in passages)
    said = [set(_plain(draft.words).split()) for draft in drafts[:400]]
    for at, passage in enumerate(passages):
        item = outline.path_at(at)
        before_items = item is None and outline.items and not passage.text[:1].isdigit()
        passed = at in taken or at in outline.titles or passage.cells or passage.column or before_items
        near = [draft for draft in by_item.get(item, []) if 0 <= draft.at - at <= 12]
        old = any(words in passage.text for words in ("actions of", "actions from", "action points "))
        before: tuple[str, ...] = ()
        for spoken in sentences_of(passage) if not passed and len(passage.text) <= 5000 else ():
            words, names = spoken.words, (spoken.line,)
            found, said_before = undertaken(words, people, own, short=not columned), before
            before = speakers_of(words, people) or before
            she = len(said_before) == 1 and words.split(maxsplit=1)[0].lower() in PRONOUNS  # `She said she would`: who spoke last
            if found is None or (found == ("", _BY_PRONOUN) and not she) or _held_by(words, found[0], near):
                continue
            plain = set(_plain(words).split())
            if any(len(other) > 2 and other <= plain for other in said):  # a right-hand column repeats what stands at its left
                continue
            state = NotedState.OPEN if old else NotedState.NEW
            owner, called = said_before[0] if she else found[0], found[1] == _CALLED
            yield Draft(words, at, names, found[1], owner=owner, state=state, marked=called, own_line=spoken.line)


def says_who_acts(words: str) -> bool:
    """Whether a sentence has somebody do something, whoever it is: what an owner alone on the next line may be the owner of."""
    meant = (one for one in clauses_of(words) if not one.denied and one.told is Told.NOW and one.mood in _SURE)
    return any(one.deed not in STATIVE and one.deed != one.by for one in meant)


def undertaken(words: str, people: People, own: frozenset[str] = frozenset(), *, short: bool = True) -> tuple[str, float] | None:
    """Who undertakes it, and how sure that is; None where nobody does. `short` lets `CC to send it` be one: not in notes that have a column for actions."""
    if len(words) > 700:
        return None
    for clause in clauses_of(words):
        sure = _sureness(clause, people, own) if short or clause.by != "to" else None
        if sure is not None:
            words = words.lower()
            called = clause.mood is Mood.AGREED and (" action to " in words or " action point to " in words)
            named = clause.actor if not clause.passive and clause.deed != "come" and clause.actor.lower() not in PRONOUNS else ""
            return named, _CALLED if called else sure
    return None


def _sureness(clause: Clause, people: People, own: frozenset[str]) -> float | None:
    if clause.denied or clause.told is not Told.NOW or clause.mood not in _SURE:
        return None
    marks = clause.deed == "action" and not clause.rest  # `Clerk to action`: who owns what stands before
    if marks or (clause.deed == clause.by and (clause.by != "promise" or clause.passive)):
        return None
    if clause.asker and not acts(clause.asker, people, own):
        return None
    if clause.passive:
        asked = clause.mood is Mood.ASKED and not is_among(clause.deed, _MINUTED)
        asked = asked or (clause.mood is Mood.DECIDED and not is_among(clause.deed, RULING))
        meant = clause.mood in (Mood.WILL, Mood.DECIDED) and not asked
        agents = agents_in(f"{clause.deed} {clause.rest}", people) if meant else ()
        posts = frozenset("".join(word[0] for word in body.replace(" and ", " ").split()) for body in people.bodies)
        held = (people.known(one) or " " in one or one.lower() in posts for one in agents)
        acting = (acts(one, people, own) and ("'s " in one or not one.lower().endswith(_OUTSIDE)) for one in agents)
        return 0.5 if asked or (agents and all(held) and all(acting)) else None
    taken_on = clause.deed in ("take", "carry", "go", "feed") and not _ALONG.isdisjoint(clause.rest.lower().split()[:9])
    worked = clause.deed in ("work", "lead") and clause.rest.lower().startswith(("on ", "with ", "a ", "the ", "up "))
    seen = clause.deed == "see" and clause.rest.startswith(("that ", "to it "))
    stands_in = clause.deed == "attend" and "behalf" in clause.rest
    if clause.deed in STATIVE and not (taken_on or worked or seen or stands_in):
        return None
    if clause.actor.lower() in PRONOUNS:
        return _UNNAMED if clause.mood is Mood.AGREED else _BY_PRONOUN if clause.speaker == clause.actor else None
    will, who = clause.mood is Mood.WILL, clause.actor.lower()
    if will and clause.deed == "come" and who.endswith(("comments", "suggestions", "views", "replies")):
        return 0.5
    reported = clause.speaker not in ("", clause.actor) and not people.known(clause.actor) and not who.endswith("force")
    decided = clause.mood in (Mood.DECIDED, Mood.ASKED)
    if (will and (reported or who.endswith(_OUTSIDE))) or not acts(clause.actor, people, own, decided=decided):
        return None
    return _DOUBTFUL if clause.ready else _SURE[clause.mood]


def acts(written: str, people: People, own: frozenset[str], *, decided: bool = False) -> bool:
    """Whether these words name somebody who can be held to it: of the attendance, a post, a team, the body that meets (not by its own decision)."""
    who = written.removeprefix("The ").removeprefix("the ").strip()
    if not who or who.startswith(("No ", "A ", "An ", "a ")) or len(who) > 110:
        return False
    first, last = who.split(maxsplit=1)[0], who.rsplit(maxsplit=1)[-1].lower()
    if last in BODIES and (decided or not people.known(who)):
        named = who != written or last == "members" or first.isupper() or people.known(first)
        return last not in own if decided else last in own and named
    if len(parts := split_owners(who)) > 1 and not people.known(who):
        return all(acts(part, people, own, decided=decided) for part in parts)
    if last in _NOT_ACTORS or people.known(who):
        return last not in _NOT_ACTORS
    if looks_like_name(who) and len(who.split()) <= 3 and who == written:
        return True
    return looks_like_owner(who, people, sure=False) or (who != written and (last in _ACTING or first.lower() in _HEADS))


def _plain(words: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in words.lower())


def _held_by(words: str, who: str, drafts: Sequence[Draft]) -> bool:
    plain = _plain(words.replace(who, " ")) if who else _plain(words)
    others = ((fuzz.token_set_ratio(plain, other), other.split()) for other in (_plain(draft.words) for draft in drafts))
    last = who.rsplit(maxsplit=1)[-1].lower() if who else ""
    return any(alike >= 62 or (alike >= 42 and last in other and last not in ROLES) for alike, other in others)


_PASSES = listed("fall drop dip slip go rise climb exceed be")
"""`will not fall below 90`: what a promise denies of a figure is a test of it."""
_EACH_OF = re.compile(r"(?i)\b(?:(?:each|all|every one) of|for) the (?:next|coming|following) (?P<many>\w+) months\b")
_NO_ONE = re.compile(r"(?i)no (?!more|fewer|less|greater)")
_UNTIL = re.compile(r"(?i)\b(?:until|till|up to) (?P<when>(?:the end of )?[a-z]+ (?:19|20)\d\d)\b")
_KEEPS = re.compile(r"(?i)(?:keep|hold|maintain|sustain)(?:ing)? (?P<what>[^,;]{3,60}?) (?:at|above|over|below|under)\b")
_COMPARES = ("at", "over", "above", "below", "under", "will", "no")
_PROMISES = (Mood.WILL, Mood.EXPECTED, Mood.AGREED)


def read_commitments(
    passages: Sequence[Passage], outline: Outline, people: People, skip: frozenset[int], at_day: date | None, chair: frozenset[str]
) -> Iterator[NotedCommitment]:  # fmt: skip
    """Sentences that promise or expect, from whoever is not the `chair`: who holds to account wishes, and promises nothing by it."""
    for at, passage in enumerate(passages):
        if at in skip or at in outline.titles or passage.cells or outline.item_at(at) is None or len(passage.text) > 6000:
            continue
        slot = SLOT.fullmatch(passage.text) if passage.text[:10].lower() == "commitment" else None
        if slot is not None and slot["text"]:
            yield _labelled(slot["text"], passage.line, people, at_day)
        for spoken in sentences_of(passage) if slot is None else ():
            found = _said(spoken.words.removeprefix("Answer: "), spoken.line, people, at_day, chair)
            yield from [found] if found is not None else ()


def _said(words: str, line: str, people: People, at_day: date | None, chair: frozenset[str]) -> NotedCommitment | None:
    read = _GAVE.sub("promised ", words)
    clauses = clauses_of(read)
    for clause in clauses:
        if (clause.denied and clause.deed not in _PASSES) or clause.told is not Told.NOW or clause.mood not in _PROMISES:
            continue
        who = clause.speaker or clause.actor
        within = clause.rest.startswith("that ") and any(one.speaker == clause.actor for one in clauses)
        refused = any(one.denied and one.actor == clause.speaker for one in clauses)
        if _bare(who) in chair or within or refused:  # what is undertaken is a clause of its own
            continue
        person = people.known(_bare(who)) or looks_like_owner(who.removeprefix("The "), people, sure=False)
        counted = any(map(str.isdigit, clause.actor))  # `at least 85% of crimes would be recorded in a day`
        told = read[clause.start :] if counted else f"{'not ' * clause.denied}{clause.deed} {clause.rest}"
        no_one = _NO_ONE.match(clause.actor) is not None  # `no month would be under 85`
        told = f"every{clause.actor[2:]} not {clause.deed} {clause.rest}" if no_one else told
        told = told.replace(" would be ", " ").replace(" will be ", " ")
        kept = _KEEPS.match(f"{clause.deed} {clause.rest}")
        subject = "" if no_one or (clause.actor == who and person) else clause.actor
        tests = thresholds_of(words_of(told), kept["what"] if kept is not None and not subject else subject)
        due = _due(words, at_day)
        if tests or (due and undertaken(words, people) is None and clause.mood is not Mood.WILL):
            return _made(words, line, split_owners(_bare(who)) if person else (), tests, due, clause.condition)
    # `There is a target for the year`: that there is one is told, what it is not.
    low = words_of(words).low if "target" in words else []
    held = any(not one.denied and one.told is Told.NOW and one.mood is not Mood.QUESTION for one in clauses)
    named = not {"target", "targets"}.isdisjoint(low) and low[0] in ("there", "a", "the")
    if held and named and not any(word[:1].isdigit() for word in low):
        return NotedCommitment(words, " and ".join(speakers_of(words, people)) or None, None, None, None, line)
    return None


def _bare(who: str) -> str:
    return who.removeprefix("The ").removeprefix("the ").removeprefix("Both ").strip()


def _labelled(text: str, line: str, people: People, at_day: date | None) -> NotedCommitment:
    """The words of a `Commitment:` line, whatever their form: `CC - victim satisfaction at least 81%`, `... will be at least 81% in July (CC)`."""
    owners = tuple(one for one in owners_of(text, people) if not one[:1].islower()) or speakers_of(text, people)
    clause = next(iter(clauses_of(text)), None)
    words = words_of(text.removeprefix(owners[0]).lstrip(" -:\u2013\u2014") if owners else text)
    number = next((at for at, low in enumerate(words.low) if low[:1].isdigit() or low in _COMPARES), 0)
    compared = number + (words.low[number + 1 : number + 2] == ["at"])  # `999 at least 90`: the first is what is measured
    subject = words.between(0, compared) if clause is None or clause.actor in owners else clause.actor
    tests = thresholds_of(words_of(text), "" if _bare(subject) in owners else subject)
    return _made(text, line, tuple(_bare(one) for one in owners), tests, _due(text, at_day), clause.condition if clause else "")


def _made(
    words: str, line: str, owners: Sequence[str], tests: Sequence[NotedTest], due: str | None, condition: str
) -> NotedCommitment:
    first, owner = tests[0] if tests else NotedTest("", None), " and ".join(owners) or None
    return NotedCommitment(words, owner, first.measure, first.test or None, due, line, tuple(tests), condition)


def _due(words: str, at_day: date | None) -> str | None:
    until = _UNTIL.search(words)
    if until is not None and (months := list(find_months(until["when"], at_day))):
        return months[0][0]
    each = _EACH_OF.search(words)
    many = str(NUMBERS.get(each["many"].lower(), each["many"])) if each is not None else ""
    if at_day is not None and many.isdecimal():
        return f"{add_months(at_day, min(int(many), 120)):%Y-%m}"
    due = read_due(words, at_day)
    if due.day is not None:
        within = (due.words or "").startswith(("within", "in ", "over"))
        return f"{due.day:%Y-%m}" if within else due.day.isoformat()
    return due.meeting or due.month


_COMPARATORS = {
    "no more than": "at most", "no fewer than": "at least", "no less than": "at least", "not more than": "at most", "not less than": "at least",
    "more than": "over", "less than": "under", "fewer than": "under", "higher than": "over", "lower than": "under", "greater than": "over",
    "at least": "at least", "at most": "at most", "a minimum of": "at least", "a maximum of": "at most", "up to": "at most",
    "over": "over", "above": "over", "under": "under", "below": "under", "exceed": "over", "exceeding": "over",
}  # fmt: skip
_OTHER_WAY = {"under": "at least", "over": "at most"}
_DENIED = re.compile(
    r"\b(?:not|never|no longer|n't) (?:again |ever )?(?:fall|drop|dip|slip|go|rise|climb|exceed|be)\b(?!.*\b(?:and|but)\b)"
)
_AREAS = listed("lpa lpas area areas district districts borough boroughs policing")
_EVERY = listed("every all each")
_UP = listed("rise rises increase increases grow improve improves go up raise higher")
_DOWN = listed("fall falls reduce reduces decrease decreases cut drop drops down lower shrink")
_REACH = listed(
    "commit committed commits achieve reach reaches hit answer deliver have see be get meet attain maintain to of at and"
)
_MORE = {"more": "up", "additional": "up", "extra": "up", "fewer": "down", "less": "down"}
_UNITS = {"per cent": "", "percent": ""} | dict.fromkeys(
    ("percentage points", "percentage point", "points", "point", "pp"), " points"
)
_TIMES = listed(
    "second seconds minute minutes hour hours day days week weeks month months year years in on at each every again throughout consistently always"
)
_STOPS = listed("by next if unless and but when from until per_cent , ; . : ( )")
_TRAILING = listed("levels level rate rates")


def thresholds_of(words: Words, subject: str = "") -> tuple[NotedTest, ...]:
    """`4 areas over 80`, `at least 90`, `up 5 points`, each with the words of its measure; `subject` is what rises or falls, where that is no person."""
    found: list[NotedTest] = []
    low = words.low
    areas = next((one for one, after in pairwise(low) if one in _EVERY and after in _AREAS), "")
    for at, said in enumerate(low):
        counts = said.isdigit() or said in _EVERY or said in NUMBERS
        among = 6 if low[at + 1 : at + 2] == ["of"] else 4  # `4 of the 6 areas`
        if counts and not _AREAS.isdisjoint(low[at + 1 : at + among]) and not _comparator(low, at):
            areas = said if areas in _EVERY or not areas else areas
            continue
        number = said.rstrip("%").replace(",", "")
        test, after = _test(low, at, number) if _is_amount(low, at) else ("", at)
        if test:
            many = "area" if areas in ("every", "each", "one", "1") else "areas"
            shown = f"{areas} {many} {test}" if areas and not test.startswith(("up", "down")) else test
            found.append(NotedTest(shown, _measure(words, at, after, subject)))
            areas = areas if areas in _EVERY else ""
    return tuple(found)


def _is_amount(low: Sequence[str], at: int) -> bool:
    before, after = low[at - 1] if at else "", low[at + 1] if at + 1 < len(low) else ""
    year = len(low[at]) == 4 and low[at][:2] in ("19", "20") and before in ("by", "in", "of")
    bare = low[at].rstrip("%").replace(",", "").lstrip("\u00a3").replace(".", "", 1)
    return bare.isdigit() and after not in MONTHS and before not in MONTHS and not year


def _comparator(low: Sequence[str], at: int) -> str:
    before = " ".join(low[max(0, at - 3) : at])
    return next((meant for words, meant in _COMPARATORS.items() if f" {before}".endswith(f" {words}")), "")


def _test(low: Sequence[str], at: int, number: str) -> tuple[str, int]:
    sign = low[at].endswith("%")
    unit = next((unit for unit in _UNITS if not sign and list(low[at + 1 : at + 1 + len(unit.split())]) == unit.split()), "")
    after = at + 1 + len(unit.split())
    share = sign or (bool(unit) and not _UNITS[unit])
    before, following = low[at - 1] if at else "", low[at + 1] if at + 1 < len(low) else ""
    way = "down" if not _DOWN.isdisjoint(low[:at]) else "up" if not _UP.isdisjoint(low[:at]) else ""
    comparator = _comparator(low, at)
    if before == "by" and way:
        return f"{way} {number}{' per cent' if share else _UNITS.get(unit, '')}", after
    if following in _MORE and not sign:
        return f"{_MORE[following]} {number}", at + 2
    if comparator:
        denied = _DENIED.search(" ".join(low[max(0, at - 8) : at])) is not None
        return f"{_OTHER_WAY.get(comparator, comparator) if denied else comparator} {number}", after
    if share and before == "to" and way:
        return f"{'at most' if way == 'down' else 'at least'} {number}", after
    return (f"at least {number}", after) if share and before in _REACH else ("", after)


def _measure(words: Words, at: int, after: int, subject: str) -> str | None:
    low = words.low
    if at and low[at - 1] == "by":
        verb = next((here for here in range(at - 2, -1, -1) if low[here] in _UP | _DOWN), at)
        return words.between(verb + 1, at - 1) or subject or None
    begin = end = after + (after < len(low) and low[after] in ("of", "for", "with", "on"))
    while end < len(low) and low[end] not in _STOPS and not (low[end] == "in" and not low[min(end + 1, len(low) - 1)].isdigit()):
        end += 1
    while end > begin and low[end - 1] in _TRAILING:
        end -= 1
    said = words.between(begin, end)
    ahead = low[begin : begin + 1] == ["the"] and not {"next", "coming", "following"}.isdisjoint(low[begin + 1 : begin + 2])
    return subject or None if not said or ahead or low[begin] in _TIMES else said
