"""Posts that may be slips of others, or more people than one."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from reportpack import patterns as re
from reportpack.model.minutes import Minutes, Query
from reportpack.model.office import Office
from reportpack.read.minutes.wraps import Passage
from reportpack.read.posts import post_names


def post_queries(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """An abbreviation that speaks once and is one letter from one that speaks often, and one post that is several people."""
    spoken = Counter(who for one in minutes.statements for who in one.speakers if re.fullmatch(r"[A-Z][A-Z/]{1,6}", who))
    known = frozenset(post_names(office)) if office is not None else frozenset()
    for who, count in spoken.items():
        if who.casefold() in known:
            continue
        if office is None and count > 2:
            continue
        near = [
            other
            for other, often in spoken.items()
            if often >= max(3, 3 * count) and DamerauLevenshtein.distance(who, other) == 1
        ]
        if len(near) > 1:
            near = [other for other in near if other.startswith(who[0]) and len(other) > len(who)] or near
        if near:
            said = next(one for one in minutes.statements if who in one.speakers)
            yield Query(
                "post-unknown",
                _line_with(passages, f"{who} ", said.line),
                f'"{who}" speaks here and nowhere else; the {near[0]} speaks {spoken[near[0]]} times.',
                f"If the {near[0]} is meant, correct it; else say who the {who} is.",
                blocking=True,
                about=f"{who} {said.words}",
                suggested=near[0],
            )
    text = " ".join(passage.text for passage in passages)
    for short in sorted({match.group(1) for match in re.finditer(r"\b([A-Z]{2,5})[\u2019']?s\b", text)}):
        singular = re.search(rf"\b[Tt]he {short}\b(?![\u2019'])", text)
        plural = re.search(rf"\b(?:both|the|The) {short}[\u2019']?s (?!\w+ing\b)", text)
        if singular and plural and not any(short in one.speakers for one in minutes.statements):
            yield Query(
                "post-ambiguous",
                _line_with(passages, f"he {short}", passages[0].line),
                f'"the {short}" is one person here, and elsewhere there are several.',
                "Say which one is meant.",
            )


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
