"""Likely slips of words, suggested and never changed, and details about people that a public text should not carry."""

import re
from collections.abc import Callable, Iterator, Sequence

from reportpack.model.minutes import Query
from reportpack.model.months import MONTHS
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.sentences import line_at
from reportpack.read.minutes.wraps import Passage


def _next_year(match: re.Match[str]) -> str:
    year = int(match["year"])
    return match["slip"] if int(match["next"]) == (year + 1) % 100 else f"{year}/{(year + 1) % 100:02}"


_DOUBLED = "|".join(
    f"{word} {word}" for word in ("the", "a", "an", "to", "of", "and", "in", "for", "is", "was", "that", "with", "on")
)
_PASSIVES = "nuanced|reviewed|considered|understood|addressed|improved|completed|updated|agreed|developed|discussed|clarified|resolved|monitored"
_LOOSE = (
    "indicative|at|a|an|the|due|able|needed|required|more|less|seen|used|useful|helpful|possible|affected|linked|related|\\w+ed"
)
_MONTHS = "|".join(MONTHS)
_SLIPS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (" ", re.compile(rf"\b(?P<slip>{_DOUBLED})\b"), lambda match: match["slip"].split()[0]),
    (
        "god ",
        re.compile(r"\b(?P<slip>god (?:level|idea|practice|work|progress|response|understanding|relationships?))\b"),
        lambda match: match["slip"].replace("god", "good"),
    ),
    ("ad ", re.compile(r"\b(?P<slip>ad) (?:how|the|to|that|is|are|in|what|why|when)\b"), lambda _: "and"),
    ("maybe ", re.compile(rf"\b(?P<slip>maybe) (?:{_LOOSE})\b"), lambda _: "may be"),
    (
        " delivery",
        re.compile(r"\b(?P<slip>(?:is|are|was|were) delivery) (?:the|a|an|its|their|this|same)\b"),
        lambda match: match["slip"].replace("delivery", "delivering"),
    ),
    ("ndepth", re.compile(r"\b(?P<slip>[Ii]ndepth)\b"), lambda _: "in-depth"),
    (
        "need",
        re.compile(rf"\b(?P<slip>needs? to (?P<rest>{_PASSIVES}))\b"),
        lambda match: f"{match['slip'].split()[0]} to be {match['rest']}",
    ),
    ("right for ", re.compile(r"\bright for (?P<slip>(?P<word>\w+) be)\b"), lambda match: f"{match['word']} to be"),
    ("it is there", re.compile(r"\b(?P<slip>it is there) (?:will|is|are|was)\b"), lambda _: "there"),
    ("replies that", re.compile(r"\b(?P<slip>replies) that\b"), lambda _: "replied"),
    ("had been to ", re.compile(r"\b(?P<slip>had been to) (?:holding|scrutiny|reviewing)\b"), lambda _: "had been brought to"),
    ("))", re.compile(r"(?P<slip>\((?P<word>[A-Z]{2,6})\)\))"), lambda match: f"({match['word']})"),
    (
        "20",
        re.compile(rf"\b(?P<slip>(?P<word>{_MONTHS})(?P<year>20\d\d))\b"),
        lambda match: f"{match['word']} {match['year']}",
    ),
    (
        "s ",
        re.compile(r"\b(?P<slip>(?P<word>[A-Z]{2,5})[\u2019']s) (?:needed|need|needs|are|were|have|to|who|and|will)\b"),
        lambda match: f"{match['word']}s",
    ),
    ("both ", re.compile(r"\bboth (?P<slip>(?P<word>[A-Z]{2,5})[\u2019']s)\b"), lambda match: f"{match['word']}s"),
    ("\u00a3", re.compile(r"(?P<slip>\u00a3\d{1,3}(?:,\d{3})+k)\b"), lambda match: match["slip"][:-1]),
    ("20", re.compile(r"\b(?P<slip>(?P<year>20\d\d)/(?P<next>\d\d))\b(?!/)"), _next_year),
)
"""What a text must hold, the slip in it, and what may be meant."""
_PRIVATE = (
    (
        "a person of the public and where they live or what happened to them",
        re.compile(
            r"\b(?:property owner|home ?owner|(?:rural )?(?:property|house|farm|address|home) (?:outside|near|in) (?:the )?[A-Z]\w+|a resident of|resident had|victim[\u2019']s (?:name|address|family))"
        ),
    ),
    (
        "where an official lives or has lived",
        re.compile(
            r"\b(?:she|he|they|they) (?:had been|has been|was|is|lives?|lived) (?:a resident of|in|at) [A-Z]\w+|\bnow as a resident of\b|\bher (?:own )?home\b|\bhis (?:own )?home\b"
        ),
    ),
    (
        "a post on social media by a member of the public",
        re.compile(r"\bposted on (?:Facebook|Twitter|X|social media|Nextdoor|Instagram)\b"),
    ),
    ("an e-mail address", re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}\b")),
    ("a telephone number", re.compile(r"\b(?:0\d{4} ?\d{6}|0\d{2,4} \d{3,4} \d{3,4}|07\d{3} ?\d{6}|\+44 ?\d[\d ]{8,11})\b")),
    (
        "somebody's age or date of birth",
        re.compile(r"\b(?:aged \d{1,2}|\d{1,2}[- ]year[- ]old|date of birth|d\.?o\.?b\.?\b)", re.IGNORECASE),
    ),
    (
        "somebody's health or family",
        re.compile(
            r"\b(?:his|her) (?:wife|husband|son|daughter|diagnosis|illness|pregnancy)\b|\bsick leave of\b|\bon long[- ]term sick\b"
        ),
    ),
)


def slip_queries(passages: Sequence[Passage]) -> Iterator[Query]:
    """One for each likely slip, with what may be meant."""
    for passage in passages:
        text = passage.text[:20_000]
        for sign, pattern, meant in _SLIPS:
            if sign not in text:
                continue
            for match in pattern.finditer(text):
                slip = match["slip"]
                better = meant(match)
                if better != slip:
                    yield Query(
                        "slip",
                        line_at(passage, match.start()),
                        f'"{slip}" may be a slip.',
                        f'If "{better}" is meant, correct it; else leave it as it is.',
                        about=f"{slip} {_around(text, match.start(), match.end())}",
                        suggested=better,
                    )


def _around(text: str, start: int, end: int) -> str:
    """The sentence that it stands in."""
    left, right = text.rfind(". ", 0, start), text.find(". ", end)
    return text[left + 1 : right if right >= 0 else len(text)]


def private_queries(passages: Sequence[Passage], outline: Outline) -> Iterator[Query]:
    """One for each passage that tells of somebody what the public need not know."""
    for at, passage in enumerate(passages):
        if outline.item_at(at) is None:
            continue
        found = [
            (match.start(), what, match.group(0))
            for what, pattern in _PRIVATE
            if (match := pattern.search(passage.text[:20_000])) is not None
        ]
        if found:
            position, what, words = min(found)
            yield Query(
                "private-detail",
                line_at(passage, position),
                f'The passage tells {what}: "{words}".',
                "Take it out of the copy that is published, or record why it may stand.",
                blocking=True,
                about=passage.text[:20_000],
            )
