"""Markings that are no longer used, abbreviations never spelt out, and whether the last notes were agreed."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import Minutes, Query
from reportpack.model.office import Office
from reportpack.read.documents.lines import Unread, Unseen
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.queries.sentences import ask
from reportpack.read.minutes.wraps import Passage

_AGREED = (
    "agreed",
    "approved",
    "accepted",
    "confirmed",
    "signed",
    "taken as read",
    "correct record",
    "true record",
    "accurate record",
)
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
