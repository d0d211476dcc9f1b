"""Posts that may be slips of others, or more people than one."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from reportpack import patterns as re
from reportpack.model.minutes import Minutes, Query
from reportpack.model.office import Office
from reportpack.read.minutes.queries.sentences import ask
from reportpack.read.minutes.wraps import Passage
from reportpack.read.posts import post_names


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
    return next(
        (
            name
            for passage in passages
            for name, text in passage.lines
            if f"The {words}" in text or f"the {words}" in text or words in text.split(". ")[-1][:12]
        ),
        otherwise,
    )
