"""What is asked of the note taker, in its sentences: for each kind what was found, what to do, and whether the notes cannot be agreed before it is
answered. And what the wording leaves to ask: old markings, abbreviations never spelt out, likely slips, suggested and never changed, and details
about people that a public text should not carry."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from reportpack import patterns as re
from reportpack.model.minutes import Minutes, Query
from reportpack.model.office import Office, instead_of
from reportpack.read.documents.lines import Unread, Unseen
from reportpack.read.minutes.grammar.classes import MONTHS, listed
from reportpack.read.minutes.grammar.words import Words, words_of
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.wraps import Passage, line_at
from reportpack.read.posts import post_names

_STOPS = True
SENTENCES: dict[str, tuple[str, str] | tuple[str, str, bool]] = {
    "header-unpaired": ("The labels at the head and the values below them differ in number, so none was paired with another.",
        "Write each value after its label.", _STOPS),
    "weekday": ("The date {day} is not a {weekday}, as written.", "Correct the weekday or the date.", _STOPS),
    "date-missing": ("The notes do not say on what day the meeting was held.", "Add the date at the head.", _STOPS),
    "attendance-missing": ("The notes do not say who was there.", "List who was present and who sent apologies.", _STOPS),
    "attendance-unknown": ("The notes do not say who was present and who sent apologies: {names}.", "Say of each whether they were present.", _STOPS),
    "attendance-contradiction": ("{name} is listed as present and among the apologies.", "Strike one of the two.", _STOPS),
    "attendance-twice": ("{name} is listed twice.", "Strike one of the two."),
    "capacities-unpaired": ("{names} without a capacity, and {count} without a name ({posts}); none was paired by order.",
        "Write each name with its capacity.", _STOPS),
    "capacity-twice": ("The capacity {post} is listed {count} times.", "Say who else held it, or strike one.", _STOPS),
    "note-taker-absent": ("The note taker, {name}, is not in the attendance.", "Add them as in attendance."),
    "chair-missing": ("The notes do not say who was in the chair.", "Add it at the head.", _STOPS),
    "matters-missing": ("Nothing is said of what was due at this meeting: {titles}.", "Say what became of each, or that it was not reached.", _STOPS),
    "next-meeting-date": ("The next meeting is named without a day.", "Add its date, or say that it is not set."),
    "next-meeting-venue": ("The next meeting, {day}, is named without a place.", "Add where it is held."),
    "next-meeting-earlier": ("The next meeting is not after this one.", "Correct its date.", _STOPS),
    "action-without-owner": ('No one is named to do: "{words}"', "Name the post that owns it, or say that it is not known."),
    "action-without-date": ('{lacks}: "{words}"{said}', "Give a date or a meeting, or say that it has none."),
    "action-without-date: doubted": ('The day given for "{words}" cannot be right ({said}: {doubt}).', "Give the day or the meeting that is meant.", _STOPS),
    "meeting-not-scheduled": ("This comes back to {meeting}, and no meeting is set in {month}.", "Set the meeting, or name another."),
    "owner-ambiguous": ('"{owner}" may be {names}.', "Write the name.", _STOPS),
    "owner-unknown": ('"{owner}" is nobody of those listed, and no post of office.toml.', "Write the post or the name, or list them among those present."),
    "owner-absent": ("{owner} is to act and sent apologies.", "Make sure that they know of it."),
    "action-twice": ('The same action stands at {first}: "{words}"', "Strike one, or say how they differ."),
    "reference-twice": ("The number {ref} is given to two actions; the other is at {first}.", "Give one of them another number.", _STOPS),
    "action-unknown": ("The notes report action {ref} as {state}, and the register has no such action.",
        "Correct the number, or add the action to the register.", _STOPS),
    "matter-not-discussed": ("{found}", "{remedy}", _STOPS),
    "matter-without-outcome": ("{found}", "Say: closed, carried to a meeting, superseded by an action, or not known."),
    "asker-answers": ('The {who} asks at {place}, and the {who} answers: "{words}"', "Correct the speaker, or put back the words that are missing.", _STOPS),
    "question-unanswered": ('No answer follows: "{words}"', "Add the answer, or say that none was given."),
    "assurance-refused": ('The assurance that was asked for was not given: "{words}"', "Nothing to correct: it is recorded as not answered. Say so if that is wrong."),
    "answer-unclear": ('The answer at {place} {doubt}: "{words}"', "Say whether it was answered, in part, or not."),
    "promise-without-owner": ('Nobody is named who promises: "{words}"', "Name the post that said so, or say that it is not known."),
    "promise-without-number": ('A target without its number: "{words}"', "Ask what it is and add it, or say that it is not known."),
    "post-unknown": ('"{who}" speaks here and nowhere else; the {near} speaks {often} times.',
        "If the {near} is meant, correct it; else say who the {who} is.", _STOPS),
    "post-ambiguous": ('"the {short}" is one person here, and elsewhere there are several.', "Say which one is meant."),
    "struck-words": ('"{words}" is struck through, and is not read.', "Delete it, or take the line out if it stands."),
    "marking-old": ('The notes are marked "{marking}", a marking that was withdrawn in April 2014.',
        "Choose a marking of today for the new document; the old one stays on the old."),
    "last-notes-not-agreed": ("The notes do not say that those of the meeting before were agreed.", "Add it if they were, or leave it."),
    "abbreviations": ("Never spelt out: {names}.", "Spell each out at its first use, or add it to the abbreviations in office.toml."),
    "slip": ('"{slip}" may be a slip.', 'If "{better}" is meant, correct it; else leave it as it is.'),
    "private-detail": ('The passage tells {what}: "{words}".', "Take it out of the copy that is published, or record why it may stand.", _STOPS),
}  # fmt: skip


def ask(kind: str, line: str, about: str = "", suggested: str = "", **words: object) -> Query:
    """A query of that kind with these words in its sentences."""
    found, remedy, *stops = SENTENCES[kind]
    return Query(kind.partition(":")[0], line, found.format(**words), remedy.format(**words), bool(stops), about, suggested)


def place_of(line: str) -> str:
    """`line 12`, or `p12` as it stands."""
    return f"line {line}" if line.isdigit() else line


_AGREED = listed("agreed approved accepted confirmed signed taken_as_read correct_record true_record accurate_record")
_ABBREVIATION = re.compile(r"(?<![\w/(])[A-Z][A-Z&]{1,6}s?(?![\w)])")
_EXPANDED = re.compile(r"\(([A-Z][A-Za-z&]{1,7})\)|\b([A-Z]{2,7}) \u2013 [A-Z]")
_SHOUTED = listed(
    "ACTION ACTIONS DECISION DECISIONS AGREED NOTED RESOLVED UPDATE CLOSED OPEN DONE NEW DUE OWNER LEAD CHAIR DATE TIME VENUE PRESENT DRAFT ITEM ITEMS "
    "NOT AND THE FOR TBC TBA ASAP"
)
_COMMON = listed("UK US EU MP MPS BBC PDF AM PM OK IT TV HR GP AOB NHS ID II III IV VI GPS ALL PLC DR MR MRS")


def struck_queries(unread: Sequence[Unread]) -> Iterator[Query]:
    """Words that somebody struck through: whether they stand is for the note taker to say."""
    for one in unread:
        if one.kind is Unseen.STRUCK:
            yield ask("struck-words", one.line, one.words, words=one.words[:160])


def wording_queries(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """Old markings, the notes before, abbreviations."""
    first = passages[0].line
    for marking in dict.fromkeys(minutes.markings):
        if instead_of(marking):
            yield ask("marking-old", first, marking=marking)
    text = " ".join(passage.text for passage in passages)
    told = ((one, max(one.find("minutes"), one.find("notes"))) for one in text.lower().split("."))
    agreed = (word in one[at : at + 170] for one, at in told if at >= 0 for word in _AGREED)
    if len(passages) > 15 and not any(agreed):
        yield ask("last-notes-not-agreed", first)
    known = {part.upper().rstrip("S") for pair in _EXPANDED.findall(text) for part in pair if part}
    if office is not None:
        known |= {short.short.upper().rstrip("S") for short in office.abbreviations}
        known |= {post.abbreviation.upper() for post in office.posts}
    said = {match[0] for one in passages if not one.text.isupper() for match in _ABBREVIATION.finditer(one.text)} - _SHOUTED
    missing = {short for one in said if (short := one.rstrip("s")).upper().rstrip("S") not in known and len(short) > 2} - _COMMON
    if missing and len(missing) < 40:
        yield ask("abbreviations", first, names=", ".join(sorted(missing)[:25]))


def post_queries(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """An abbreviation that speaks once and is one letter from one that speaks often, and one post that is several people."""
    speakers = (who for one in minutes.statements for who in one.speakers if 2 <= len(who) <= 7 and who.isupper())
    spoken = Counter(who for who in speakers if who.replace("/", "").isalpha())
    known = frozenset(post_names(office)) if office is not None else frozenset()
    for who, count in spoken.items():
        if who.casefold() in known or (office is None and count > 2):
            continue
        near = [one for one, often in spoken.items() if often >= max(3, 3 * count) and DamerauLevenshtein.distance(who, one) == 1]
        if near := sorted(near, key=lambda one: not (one.startswith(who[0]) and len(one) > len(who))):
            said = next(one for one in minutes.statements if who in one.speakers)
            line, about = _line_with(passages, f"{who} ", said.line), f"{who} {said.words}"
            yield ask("post-unknown", line, about, near[0], who=who, near=near[0], often=spoken[near[0]])
    text = " ".join(passage.text for passage in passages)
    for short in sorted({match.group(1) for match in re.finditer(r"\b([A-Z]{2,5})[\u2019']?s\b", text)}):
        singular = re.search(rf"\b[Tt]he {short}\b(?![\u2019'])", text)
        plural = re.search(rf"\b(?:both|the|The) {short}[\u2019']?s (?!\w+ing\b)", text)
        if singular and plural and not any(short in one.speakers for one in minutes.statements):
            yield ask("post-ambiguous", _line_with(passages, f"he {short}", passages[0].line), short=short)


def _line_with(passages: Sequence[Passage], words: str, otherwise: str) -> str:
    lines = (line for passage in passages for line in passage.lines)
    said = (f"The {words}", f"the {words}")
    found = (name for name, text in lines if any(one in text for one in said) or words in text.split(". ")[-1][:12])
    return next(found, otherwise)


_DOUBLED = listed("the a an to of and in for is was that with on")
_PASSIVES = "nuanced reviewed considered understood addressed improved completed updated agreed developed discussed clarified resolved monitored"
_MANY = listed("needed need needs are were have to who and will")


_SLIPS = tuple((tuple(map(listed, words.split("|"))), first, last, better) for words, first, last, better in (
        ("god|level idea practice work progress response understanding relationship relationships", 0, 1, "good {1}"),
        ("ad|how the to that is are in what why when", 0, 0, "and"),
        ("maybe|indicative at a an the due able more less seen useful helpful possible *ed", 0, 0, "may be"),
        ("is are was were|delivery|the a an its their this same", 0, 1, "{0} delivering"),
        ("indepth", 0, 0, "in-depth"),
        (f"need needs|to|{_PASSIVES}", 0, 2, "{0} to be {2}"),
        ("right|for||be", 2, 3, "{2} to be"),
        ("it|is|there|is are was were will", 0, 2, "there"),
        ("replies|that", 0, 0, "replied"),
        ("had|been|to|holding scrutiny reviewing", 0, 2, "had been brought to"),
))  # fmt: skip
"""Slips that a spelling checker passes: each word is one of a class, or any where the class is empty; `*ed` stands for any that ends so; then the
first and the last of them that are wrong, and what may be meant."""
_BEGUN = {word: [one for one in _SLIPS if word in one[0][0]] for kinds, *_ in _SLIPS for word in kinds[0]}
_PRIVATE = {
    "a person of the public and where they live or what happened to them": r"[Pp]roperty owner|[Hh]ome ?owner|(?:rural )?(?:property|house|farm|address|home) (?:outside|near|in) (?:the )?[A-Z]\w+"
    r"|[Aa] resident of|[Rr]esident had|[Vv]ictim[\u2019']s (?:name|address|family)",
    "where an official lives or has lived": r"(?:she|he|they) (?:had been|has been|was|is|lives?|lived) (?:a resident of|in|at) [A-Z]\w+|now as a resident of|(?:her|his) (?:own )?home\b",
    "a post on social media by a member of the public": r"posted on (?:Facebook|Twitter|X|social media|Nextdoor|Instagram)\b",
    "an e-mail address": r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}\b",
    "a telephone number": r"(?:0\d{4} ?\d{6}|0\d{2,4} \d{3,4} \d{3,4}|07\d{3} ?\d{6}|\+44 ?\d[\d ]{8,11})\b",
    "somebody's age or date of birth": r"(?i:aged \d{1,2}|\d{1,2}[- ]year[- ]old|date of birth|d\.?o\.?b\.?\b)",
    "somebody's health or family": r"(?:his|her) (?:wife|husband|son|daughter|diagnosis|illness|pregnancy)\b|sick leave of\b|on long[- ]term sick\b",
}
_TELLS = re.compile("|".join(rf"(?P<p{at}>(?<!\w)(?:{words}))" for at, words in enumerate(_PRIVATE.values())))


def slip_queries(passages: Sequence[Passage]) -> Iterator[Query]:
    """One for each likely slip, with what may be meant."""
    for passage in passages:
        text = passage.text[:20_000]
        words = words_of(text)
        closes_twice = "))" in text
        for at, (here, after) in enumerate(pairwise((*words.low, ""))):
            odd = (len(here) > 3 and not here.isalpha()) or (closes_twice and words.shown[at].isupper())
            if (found := _slip(words, at) if odd or here in _BEGUN or here == after else None) is not None:
                first, last, better = found
                start, end = words.start[first], words.end[last]
                sentence = f"{text[text.rfind('. ', 0, start) + 1 : end]}{text[end:].partition('. ')[0]}"
                about = f"{text[start:end]} {sentence}"
                yield ask("slip", line_at(passage, start), about, better, slip=text[start:end], better=better)


def _slip(words: Words, at: int) -> tuple[int, int, str] | None:
    low, shown = words.low, words.shown
    if low[at] in _DOUBLED and low[at + 1 : at + 2] == [low[at]]:
        return at, at + 1, shown[at]
    for kinds, first, last, better in _BEGUN.get(low[at], ()):
        said = low[at : at + len(kinds)]
        pairs = list(zip(said, kinds, strict=False))
        fits = all(not kind or word in kind or ("*ed" in kind and word.endswith("ed") and len(word) > 3) for word, kind in pairs)
        if len(said) == len(kinds) and fits:
            return at + first, at + last, better.format(*shown[at:])
    return _misspelt(words, at)


def _misspelt(words: Words, at: int) -> tuple[int, int, str] | None:
    """A slip inside one word: `June2019`, `CC's needed`, `\u00a31,000k`, `2018/20`, `(CC))`."""
    here, shown, after = words.low[at], words.shown[at], words.low[at + 1] if at + 1 < len(words.low) else ""
    name, year = here.rstrip("0123456789"), here.lstrip("abcdefghijklmnopqrstuvwxyz")
    if name in MONTHS and len(year) == 4 and year.startswith("20"):
        return at, at, f"{shown[: len(name)]} {year}"
    short, before = shown[:-2], words.low[at - 1] if at else ""
    several = here.endswith(("'s", "\u2019s")) and (after in _MANY or before == "both")
    if several and short.isupper() and 2 <= len(short) <= 5:
        return at, at, f"{short}s"
    if here.startswith("\u00a3") and here.endswith("k") and "," in here and here[1:-1].replace(",", "").isdigit():
        return at, at, shown[:-1]
    first, slash, second = here.partition("/")
    if slash and len(first) == 4 and first.startswith("20") and first.isdigit() and len(second) == 2 and second.isdigit():
        following = (int(first) + 1) % 100
        return (at, at, f"{first}/{following:02}") if int(second) != following else None
    twice = before == "(" and words.low[at + 1 : at + 3] == [")", ")"]
    return (at - 1, at + 2, f"({shown})") if twice and shown.isupper() and 2 <= len(shown) <= 6 else None


def private_queries(passages: Sequence[Passage], outline: Outline) -> Iterator[Query]:
    """One for each passage that tells of somebody what the public need not know."""
    for at, passage in enumerate(passages):
        about = passage.text[:20_000]
        if outline.item_at(at) is not None and (match := _TELLS.search(about)) is not None:
            what = list(_PRIVATE)[int((match.lastgroup or "p0")[1:])]
            yield ask("private-detail", line_at(passage, match.start()), about, what=what, words=match[0])
