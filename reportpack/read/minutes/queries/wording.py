"""Markings that are no longer used, abbreviations never spelt out, and whether the last notes were agreed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import Minutes, Query
from reportpack.model.office import Office
from reportpack.read.documents.lines import Unread, Unseen
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.wraps import Passage

_AGREES_LAST = re.compile(
    r"\b(?:minutes|notes)\b[^.]{0,120}\b(?:agreed|approved|accepted|confirmed|signed|taken as read|correct record|true record|accurate record)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<![\w/(])[A-Z][A-Z&]{1,6}s?(?![\w)])")
_EXPANDED = re.compile(r"\(([A-Z][A-Za-z&]{1,7})\)|\b([A-Z]{2,7}) \u2013 [A-Z]")
_SHOUTED = re.compile(
    r"ACTIONS?|DECISIONS?|AGREED|NOTED|RESOLVED|UPDATE|CLOSED|OPEN|DONE|NEW|DUE|OWNER|LEAD|CHAIR|DATE|TIME|VENUE|PRESENT|DRAFT|ITEMS?|NOT|AND|THE|FOR|TBC|TBA|ASAP"
)
"""Words that notes set in capitals."""
_COMMON = listed("UK US EU MP MPS BBC PDF AM PM OK IT TV HR GP AOB NHS ID II III IV VI GPS ALL PLC DR MR MRS")
_OLD_MARKING = re.compile(r"not protectively marked|npm|unclassified|protect\b|restricted", re.IGNORECASE)


def struck_queries(unread: Sequence[Unread]) -> Iterator[Query]:
    """Words that somebody struck through: whether they stand is for the note taker to say."""
    for one in unread:
        if one.kind is Unseen.STRUCK:
            found = f'"{one.words[:160]}" is struck through, and is not read.'
            yield Query("struck-words", one.line, found, "Delete it, or take the line out if it stands.", about=one.words)


def wording_queries(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """Old markings, the notes before, abbreviations."""
    for marking in dict.fromkeys(minutes.markings):
        if _OLD_MARKING.fullmatch(marking):
            yield Query(
                "marking-old",
                passages[0].line,
                f'The notes are marked "{marking}", a marking that was withdrawn in April 2014.',
                "Choose a marking of today for the new document; the old one stays on the old.",
            )
    text = " ".join(passage.text for passage in passages)
    if len(passages) > 15 and not _AGREES_LAST.search(text):
        yield Query(
            "last-notes-not-agreed",
            passages[0].line,
            "The notes do not say that those of the meeting before were agreed.",
            "Add it if they were, or leave it.",
        )
    expanded = {part.upper().rstrip("S") for pair in _EXPANDED.findall(text) for part in pair if part}
    listed = (
        {short.short.upper().rstrip("S") for short in office.abbreviations} | {post.abbreviation.upper() for post in office.posts}
        if office is not None
        else set()
    )
    used = Counter(
        match.group(0).rstrip("s")
        for passage in passages
        if not passage.text.isupper()
        for match in _ABBREVIATION.finditer(passage.text)
        if _SHOUTED.fullmatch(match.group(0)) is None
    )
    missing = sorted(
        short for short in used if short.upper().rstrip("S") not in expanded | listed and short not in _COMMON and len(short) > 2
    )
    if missing and len(missing) < 40:
        yield Query(
            "abbreviations",
            passages[0].line,
            f"Never spelt out: {', '.join(missing[:25])}.",
            "Spell each out at its first use, or add it to the abbreviations in office.toml.",
        )
