"""Markings that are no longer used, abbreviations never spelt out, whether the last notes were agreed, and posts that may be slips of others."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from reportpack import patterns as re
from reportpack.model.minutes import Minutes, Query
from reportpack.model.office import Office
from reportpack.read.documents.lines import Unread, Unseen
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.queries.sentences import ask
from reportpack.read.minutes.wraps import Passage
from reportpack.read.posts import post_names

_AGREED = listed("agreed approved accepted confirmed signed taken_as_read correct_record true_record accurate_record")
_ABBREVIATION = re.compile(r"(?<![\w/(])[A-Z][A-Z&]{1,6}s?(?![\w)])")
_EXPANDED = re.compile(r"\(([A-Z][A-Za-z&]{1,7})\)|\b([A-Z]{2,7}) \u2013 [A-Z]")
_SHOUTED = listed(
    "ACTION ACTIONS DECISION DECISIONS AGREED NOTED RESOLVED UPDATE CLOSED OPEN DONE NEW DUE OWNER LEAD CHAIR DATE TIME VENUE PRESENT DRAFT ITEM ITEMS "
    "NOT AND THE FOR TBC TBA ASAP"
)
"""Words that notes set in capitals."""
_COMMON = listed("UK US EU MP MPS BBC PDF AM PM OK IT TV HR GP AOB NHS ID II III IV VI GPS ALL PLC DR MR MRS")
_OLD_MARKINGS = ("not protectively marked", "npm", "unclassified", "protect", "restricted")


def struck_queries(unread: Sequence[Unread]) -> Iterator[Query]:
    """Words that somebody struck through: whether they stand is for the note taker to say."""
    for one in unread:
        if one.kind is Unseen.STRUCK:
            yield ask("struck-words", one.line, one.words, words=one.words[:160])


def wording_queries(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """Old markings, the notes before, abbreviations."""
    first = passages[0].line
    for marking in dict.fromkeys(minutes.markings):
        if marking.lower() in _OLD_MARKINGS:
            yield ask("marking-old", first, marking=marking)
    text = " ".join(passage.text for passage in passages)
    if len(passages) > 15 and not any(_agrees_last(part) for part in text.lower().split(".")):
        yield ask("last-notes-not-agreed", first)
    known = {part.upper().rstrip("S") for pair in _EXPANDED.findall(text) for part in pair if part}
    if office is not None:
        known |= {short.short.upper().rstrip("S") for short in office.abbreviations} | {
            post.abbreviation.upper() for post in office.posts
        }
    said = {match[0] for one in passages if not one.text.isupper() for match in _ABBREVIATION.finditer(one.text)} - _SHOUTED
    missing = {short for one in said if (short := one.rstrip("s")).upper().rstrip("S") not in known and len(short) > 2} - _COMMON
    if missing and len(missing) < 40:
        yield ask("abbreviations", first, names=", ".join(sorted(missing)[:25]))


def _agrees_last(sentence: str) -> bool:
    at = max(sentence.find("minutes"), sentence.find("notes"))
    return at >= 0 and any(word in sentence[at : at + 170] for word in _AGREED)


def post_queries(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """An abbreviation that speaks once and is one letter from one that speaks often, and one post that is several people."""
    spoken = Counter(
        who
        for one in minutes.statements
        for who in one.speakers
        if 2 <= len(who) <= 7 and who.replace("/", "").isalpha() and who.isupper()
    )
    known = frozenset(post_names(office)) if office is not None else frozenset()
    for who, count in spoken.items():
        if who.casefold() in known or (office is None and count > 2):
            continue
        near = [one for one, often in spoken.items() if often >= max(3, 3 * count) and DamerauLevenshtein.distance(who, one) == 1]
        near = sorted(near, key=lambda one: not (one.startswith(who[0]) and len(one) > len(who)))
        if near:
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
