"""Matters brought forward: their origin, when they were due, where the notes say they were discussed, and the lines that do discuss them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.minutes import BroughtForward, NotedItem
from reportpack.model.office import Office
from reportpack.read.minutes.dates import find_months
from reportpack.read.minutes.form import FormLines
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.wraps import Passage

_SECTION = re.compile(
    r"\b(?:brought forward|outstanding (?:matters|items)|carried forward|matters (?:arising|outstanding)|items outstanding)\b",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"(?P<title>.+?)\s*\((?:from|raised(?: in| at)?|origin(?:ally)?:?|since)\s+(?P<origin>[^()]{3,40})\)\W*", re.IGNORECASE
)
_DUE = re.compile(r"\b(?:at|to|for|by) the (?P<when>[^.]{3,40}?) (?:meeting|board|panel)\b", re.IGNORECASE)
_POINTER = re.compile(
    r"\b(?P<which>all (?:of )?(?:the )?above|the above|these|both|this|it)\b[^.]{0,60}\b(?:discussed|covered|addressed|considered|dealt with|taken|picked up)\b[^.]{0,40}?\b(?:item|section|under)s?\s+(?P<item>\d{1,2}(?:\.\d{1,2}){0,3})",
    re.IGNORECASE,
)
_SMALL = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "on",
        "at",
        "to",
        "a",
        "an",
        "use",
        "from",
        "review",
        "update",
        "performance",
        "items",
        "item",
        "matters",
    ]
)


def read_brought_forward(
    passages: Sequence[Passage], outline: Outline, day: date | None, office: Office | None, form: FormLines
) -> tuple[BroughtForward, ...]:
    """The matters in their order. `discussed_at` is what the notes claim, `evidence` what they show."""
    found: list[BroughtForward] = []
    outcomes = dict(form.outcomes)
    spans: list[tuple[int, int]] = []
    for item, start, end in _matters(passages, outline):
        match = _ORIGIN.fullmatch(item.title)
        body = [
            one
            for at, one in enumerate(passages[start + 1 : end], start + 1)
            if at not in form.passages and not _POINTER.search(one.text)
        ]
        words = body[0].text if body else item.title
        due = _DUE.search(words)
        months = tuple(find_months(due["when"], None)) if due is not None else ()
        spoken = tuple(find_months(due["when"], day)) if due is not None and not months else months
        origins = tuple(find_months(match["origin"], None)) if match else ()
        origin = origins[0][0] if origins else (match["origin"] if match else None)
        due_month = spoken[0][0] if spoken else None
        title = match["title"] if match else item.title
        found.append(BroughtForward(title, origin, due_month, words, item.line, outcome=outcomes.get(item.path)))
        spans.append((start, end))
    found = _claimed(found, spans, passages)
    return tuple(_with_evidence(found, passages, outline, office, form.passages))


def _matters(passages: Sequence[Passage], outline: Outline) -> Iterator[tuple[NotedItem, int, int]]:
    """Items that say where they come from, or stand below a heading of matters brought forward."""
    ends = [*outline.starts[1:], len(passages)]
    section = ""
    for item, start, end in zip(outline.items, outline.starts, ends, strict=False):
        below = bool(section) and item.path.startswith(f"{section}.")
        if _SECTION.search(item.title) and not below and not item.path.startswith("#"):
            section = item.path
        elif _ORIGIN.fullmatch(item.title) or below:
            yield item, start, end


def _claimed(found: list[BroughtForward], spans: Sequence[tuple[int, int]], passages: Sequence[Passage]) -> list[BroughtForward]:
    """`All the above items were discussed as part of agenda item 2.1` speaks of every matter before it."""
    claimed = list(found)
    for number, (start, end) in enumerate(spans):
        for passage in passages[start:end]:
            match = _POINTER.search(passage.text)
            if match is None:
                continue
            every = match["which"].lower().startswith(("all", "the above", "these", "both"))
            for at in range(0 if every else number, number + 1):
                claimed[at] = replace(claimed[at], discussed_at=match["item"])
    return claimed


def _with_evidence(
    found: Sequence[BroughtForward], passages: Sequence[Passage], outline: Outline, office: Office | None, silent: frozenset[int]
) -> Iterator[BroughtForward]:
    """A passage is evidence when it has every word of the matter's name, or stands in an item of that name; the closest name takes it."""
    names = [_names(one.title, office) for one in found]
    evidence: list[list[str]] = [[] for _ in found]
    for at, passage in enumerate(passages):
        item = outline.item_at(at)
        if item is None or at in outline.titles or at in silent or any(item.line == one.line for one in found) or passage.cells:
            continue
        best, most = -1, 0
        for number, forms in enumerate(names):
            fits = max((len(form) * 2 for form in forms if form <= _words(passage.text)), default=0)
            fits = max(fits, max((len(form) * 2 - 1 for form in forms if form == _words(item.title)), default=0))
            if _is_within(item.path, found[number].discussed_at) and fits > most:
                best, most = number, fits
        if best >= 0 and not _POINTER.search(passage.text):
            evidence[best].extend(passage.names)
    for one, lines in zip(found, evidence, strict=True):
        yield replace(one, evidence=tuple(dict.fromkeys(lines)))


def _is_within(path: str, claimed: str | None) -> bool:
    """Whether an item is the claimed one or below it; anywhere when none is claimed."""
    return claimed is None or path == claimed or path.startswith((f"{claimed}.", f"{claimed}/"))


def _names(title: str, office: Office | None) -> tuple[frozenset[str], ...]:
    """The words of a matter's name under each of its names."""
    forms = [title]
    if office is not None:
        for topic in office.topics:
            own = [topic.title, *topic.aliases]
            if any(_words(name) == _words(title) for name in own):
                forms.extend(own)
    spelt = [re.sub(r"\bDA\b", "domestic abuse", form) for form in forms if re.search(r"\bDA\b", form)]
    return tuple({words for form in (*forms, *spelt) if (words := _words(form))})


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _SMALL)
