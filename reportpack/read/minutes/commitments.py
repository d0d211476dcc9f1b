"""What somebody said would happen though nobody made it an action: expectations, promises, review points, ambitions; not opinions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.minutes import NotedCommitment
from reportpack.read.minutes.dates import find_days, find_months, relative_day
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People
from reportpack.read.minutes.sentences import Spoken, sentences_of
from reportpack.read.minutes.statements import speakers_of
from reportpack.read.minutes.wraps import Passage

_EXPECTS = re.compile(
    r"\b(?:expects?|anticipates?|aims?|commits?|committed|undertakes?|promised|plans?|intends?) (?:to (?:see|have|achieve|reach|deliver|be|reduce|increase|improve)|that)\b",
    re.IGNORECASE,
)
_WILL_BE = re.compile(
    r"\b(?:will|would) (?:now |all |also )?be (?:\w+ed|followed through|a focus|in place|felt|scrutinised|brought|taken forward|concluded)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:there is|there's|has|have|set|agreed) (?:a|an|the)(?: \w+)? target\b|\btarget (?:for|around|of)\b", re.IGNORECASE
)
_WANTS = re.compile(r"\b(?:wants|wanted|would like|expects?) the [A-Z][\w ]+ to\b")
_HORIZON = re.compile(
    r"\b(?:over the next|in|within) (?:the next )?\w+ (?:months|years)\b|\bby (?:the )?(?:end of|new year|next|summer|autumn|spring)\b|\bnext (?:month|quarter|year)\b",
    re.IGNORECASE,
)
_NEEDS = re.compile(r"\bneeds? to be (?:followed through|reviewed|better understood|completed|implemented)\b", re.IGNORECASE)
_AIM = re.compile(r"\bshould be aiming (?:to|for)\b|\btop quartile\b", re.IGNORECASE)
_OPINION = re.compile(r"\b(?:should have|could be having|may be|maybe)\b", re.IGNORECASE)
_THRESHOLD = re.compile(
    r"(?P<areas>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|all|every|each) (?:(?:local|policing|neighbourhood|command) ){0,2}(?:LPAs?|areas?|districts?|boroughs?)(?: \w+){0,3}? "
    r"(?P<comparator>over|above|more than|at least|under|below|less than|at most) (?P<number>\d[\d,.]*\d|\d)\s?(?:%|per ?cent)?(?P<measure> (?!(?:next|by|in|on)\b)[a-z][a-z -]{2,40}?)?(?= levels| rates?|[.,;]| next| by| in |$)",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"\b(?P<comparator>over|above|more than|at least|under|below|less than|at most) (?P<number>\d[\d,.]*\d|\d)\s?(?:%|per ?cent)(?P<measure> (?!(?:next|by|in|on)\b)[a-z][a-z -]{2,40}?)?(?= levels| rates?|[.,;]| next| by| in |$)",
    re.IGNORECASE,
)
_SAME = {"above": "over", "more than": "over", "below": "under", "less than": "under"}
_HAPPENING = re.compile(r"\b(?:should|could|might)\b", re.IGNORECASE)


def read_commitments(
    passages: Sequence[Passage], outline: Outline, people: People, skip: frozenset[int], at_day: date | None
) -> Iterator[NotedCommitment]:
    """Sentences that promise, expect or aim; the owner only where the sentence begins with one."""
    for at, passage in enumerate(passages):
        if at in skip or at in outline.titles or passage.cells or outline.item_at(at) is None or len(passage.text) > 6000:
            continue
        slot = SLOT.fullmatch(passage.text) if passage.text[:10].lower() == "commitment" else None
        if slot is not None:
            if slot["text"]:
                yield _commitment(Spoken(slot["text"], passage.line, at), people, at_day)
            continue
        speaker: tuple[str, ...] = ()
        for spoken in sentences_of(passage, at):
            speaker = speakers_of(spoken.words, people) or speaker
            if _commits(spoken.words):
                yield _commitment(replace(spoken, words=spoken.words.removeprefix("Answer: ")), people, at_day)


_TRIGGER = re.compile(
    r"\b(?:will|would|expect|target|need|aim|commit|promis|want|anticipat|plan|intend|undertak|there is|there's|top quartile)",
    re.IGNORECASE,
)


def _commits(words: str) -> bool:
    if _TRIGGER.search(words) is None:
        return False
    if "?" in words or (re.search(r"\b(?:asked|queried|questioned)\b", words) and not _HORIZON.search(words)):
        return False
    promised = (
        _EXPECTS.search(words)
        or _WILL_BE.search(words)
        or _TARGET.search(words)
        or _WANTS.search(words)
        or _NEEDS.search(words)
        or _AIM.search(words)
    )
    if promised is None:
        return re.search(r"\b(?:will|would|expects?)\b", words) is not None and _HORIZON.search(words) is not None
    hedged = _OPINION.search(words) is not None and _HORIZON.search(words) is None
    return not hedged


def _commitment(spoken: Spoken, people: People, at_day: date | None) -> NotedCommitment:
    owners = speakers_of(spoken.words, people)
    test, measure = test_of(spoken.words)
    return NotedCommitment(spoken.words, " and ".join(owners) or None, measure, test, _due(spoken.words, at_day), spoken.line)


def test_of(words: str) -> tuple[str | None, str | None]:
    """`4 areas over 80` and the measure's words, where a number says how it will be known."""
    match = _THRESHOLD.search(words)
    if match is not None:
        comparator = _SAME.get(match["comparator"].lower(), match["comparator"].lower())
        return f"{match['areas'].lower()} areas {comparator} {match['number']}", (match["measure"] or "").strip() or None
    single = _SINGLE.search(words)
    if single is not None:
        comparator = _SAME.get(single["comparator"].lower(), single["comparator"].lower())
        return f"{comparator} {single['number']}", (single["measure"] or "").strip() or None
    return None, None


def _due(words: str, at_day: date | None) -> str | None:
    """The day or the month by which it is to show, resolved at the meeting's day."""
    if at_day is None:
        return None
    if re.search(r"\bnext month\b", words, re.IGNORECASE):
        return f"{at_day.year + at_day.month // 12}-{at_day.month % 12 + 1:02}"
    days = find_days(words, after=at_day)
    if days and days[0].day:
        return days[0].day.isoformat()
    spoken = relative_day(re.sub(r"over the next", "within", words, flags=re.IGNORECASE), at_day)
    if spoken is not None:
        return f"{spoken:%Y-%m}"
    months = [
        month
        for month, said in find_months(words, at_day)
        if re.search(rf"\b(?:by|in|until|from) (?:the end of )?{re.escape(said)}", words)
    ]
    return months[0] if months else None
