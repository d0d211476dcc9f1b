"""Likely slips of words, suggested and never changed, and details about people that a public text should not carry."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.minutes import Query
from reportpack.read.minutes.grammar.classes import MONTHS, listed
from reportpack.read.minutes.grammar.words import Words, words_of
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.queries.sentences import ask
from reportpack.read.minutes.wraps import Passage, line_at
from reportpack.records import dataclass

_DOUBLED = listed("the a an to of and in for is was that with on")
_PASSIVES = "nuanced reviewed considered understood addressed improved completed updated agreed developed discussed clarified resolved monitored"
_MANY = listed("needed need needs are were have to who and will")


@dataclass(frozen=True, slots=True)
class _Slip:
    """Words in their order, each of a class, those that are wrong among them, and what may be meant."""

    words: tuple[frozenset[str], ...]
    first: int
    last: int
    better: str


_SLIPS = tuple(_Slip(tuple(map(listed, words.split("|"))), first, last, better) for words, first, last, better in (
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
"""Slips that a spelling checker passes: each word is one of a class, or any where the class is empty; `*ed` stands for any that ends so."""
_BEGUN = {word: [one for one in _SLIPS if word in one.words[0]] for slip in _SLIPS for word in slip.words[0]}
_PRIVATE = {
    "a person of the public and where they live or what happened to them": r"property owner|home ?owner|(?:rural )?(?:property|house|farm|address|home) (?:outside|near|in) (?:the )?[A-Z]\w+"
    r"|a resident of|resident had|victim[\u2019']s (?:name|address|family)",
    "where an official lives or has lived": r"(?:she|he|they) (?:had been|has been|was|is|lives?|lived) (?:a resident of|in|at) [A-Z]\w+|now as a resident of|(?:her|his) (?:own )?home\b",
    "a post on social media by a member of the public": r"posted on (?:Facebook|Twitter|X|social media|Nextdoor|Instagram)\b",
    "an e-mail address": r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}\b",
    "a telephone number": r"(?:0\d{4} ?\d{6}|0\d{2,4} \d{3,4} \d{3,4}|07\d{3} ?\d{6}|\+44 ?\d[\d ]{8,11})\b",
    "somebody's age or date of birth": r"(?i:aged \d{1,2}|\d{1,2}[- ]year[- ]old|date of birth|d\.?o\.?b\.?\b)",
    "somebody's health or family": r"(?:his|her) (?:wife|husband|son|daughter|diagnosis|illness|pregnancy)\b|sick leave of\b|on long[- ]term sick\b",
}
"""What tells of a person what the public need not know."""
_TELLS = re.compile("|".join(rf"(?P<p{at}>(?<!\w)(?:{words}))" for at, words in enumerate(_PRIVATE.values())))


def slip_queries(passages: Sequence[Passage]) -> Iterator[Query]:
    """One for each likely slip, with what may be meant."""
    for passage in passages:
        text = passage.text[:20_000]
        words = words_of(text)
        closes_twice = "))" in text
        for at, (here, after) in enumerate(pairwise((*words.low, ""))):
            odd = (len(here) > 3 and not here.isalpha()) or (closes_twice and words.shown[at].isupper())
            found = _slip(words, at) if odd or here in _BEGUN or here == after else None
            if found is None:
                continue
            first, last, better = found
            start, end = words.start[first], words.end[last]
            slip = text[start:end]
            left, right = text.rfind(". ", 0, start), text.find(". ", end)
            about = f"{slip} {text[left + 1 : right if right >= 0 else len(text)]}"
            yield ask("slip", line_at(passage, start), about, better, slip=slip, better=better)


def _slip(words: Words, at: int) -> tuple[int, int, str] | None:
    low, shown = words.low, words.shown
    if low[at] in _DOUBLED and low[at + 1 : at + 2] == [low[at]]:
        return at, at + 1, shown[at]
    for one in _BEGUN.get(low[at], ()):
        said = low[at : at + len(one.words)]
        pairs = list(zip(said, one.words, strict=False))
        fits = all(not kind or word in kind or ("*ed" in kind and word.endswith("ed") and len(word) > 3) for word, kind in pairs)
        if len(said) == len(one.words) and fits:
            return at + one.first, at + one.last, one.better.format(*shown[at:])
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
        if outline.item_at(at) is None:
            continue
        match = _TELLS.search(passage.text[:20_000])
        if match is not None:
            what = list(_PRIVATE)[int((match.lastgroup or "p0")[1:])]
            about, line = passage.text[:20_000], line_at(passage, match.start())
            yield ask("private-detail", line, about, what=what, words=match[0])
