"""What is held back of people's words is out of an edition before it is composed: cut where it stands, with the reason or what is said instead;
and whatever was taken from it, or says it again, goes with it. The original stays as it is."""

import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple, TypeVar

from reportpack import patterns as re
from reportpack.compose.annex_parts import place_words
from reportpack.compose.audience import remade
from reportpack.model.action import Action
from reportpack.model.commitment import Commitment
from reportpack.model.edition import NOT_HERE, Audience, may_read
from reportpack.model.matter import Matter
from reportpack.model.meeting import Paper
from reportpack.model.minutes import NotedPassage
from reportpack.model.noted import NotedView, PlacedItem
from reportpack.model.office import Office
from reportpack.model.pack import find_values
from reportpack.model.passage import HeldBack
from reportpack.model.statement import Block, BlockKind, Question, Statement
from reportpack.records import Record

REWORDED = "Words in square brackets stand in this edition in the place of others."
_WORD = re.compile(r"\w+")
_LEAST, _LONG = 4, 8
"""So many words in a row are told from chance where they are half of a text; and so many wherever they stand."""
_WORDED = (Statement, Question, Matter, Action, Commitment, Paper)
_TEXTS = frozenset(
    {"words", "title", "said", "condition", "update", "evidence", "outcome", "answer", "public_title"}
    | {"due_as_written", "owners_as_written", "redatings"}
)
_TAKEN = frozenset({"condition", "update", "due_as_written", "due_doubt", "put_off", "test", "measure", "outcome", "not_reached"})
"""Fields of what was taken from notes that are words of theirs."""
_Value = TypeVar("_Value")


class Span(NamedTuple):
    """A part of the text of that number."""

    text: int
    start: int
    end: int


def folded(word: str) -> str:
    """As two spellings of one word are compared."""
    return unicodedata.normalize("NFKC", word).casefold()


def find_words(words: str, texts: Sequence[str]) -> list[list[Span]]:
    """Every place where the words stand, whatever their case, spacing and points; each as the parts of texts, in their order, that hold it."""
    wanted = [folded(one) for one in _WORD.findall(words)]
    found = ((at, one) for at, text in enumerate(texts) for one in _WORD.finditer(text))
    stream = [(folded(one[0]), Span(at, one.start(), one.end())) for at, one in found]
    said, spans = [word for word, _ in stream], [at for _, at in stream]
    places = [at for at in range(len(said) - len(wanted) + 1) if wanted and said[at : at + len(wanted)] == wanted]
    return [_parts(spans[at : at + len(wanted)]) for at in places]


def _parts(found: Sequence[Span]) -> list[Span]:
    parts: dict[int, Span] = {}
    for at in found:
        parts[at.text] = Span(at.text, parts[at.text].start if at.text in parts else at.start, at.end)
    return list(parts.values())


def find_in_notes(words: str, texts: Sequence[str], titles: Container[int]) -> list[list[Span]]:
    """The same in the texts of notes, where the numbered ones are titles: words that go on under the next item's title are read over it."""
    if found := find_words(words, texts):
        return found
    kept = [at for at in range(len(texts)) if at not in titles]
    places = find_words(words, [texts[at] for at in kept])
    return [[one._replace(text=kept[one.text]) for one in place] for place in places]


class Printed(Record):
    """A text that an edition prints, and where; `item` is the item of notes that it is of, empty for a whole paper."""

    place: str
    text: str
    item: str = ""


def placed_texts(view: NotedView) -> Iterator[tuple[Printed, PlacedItem | None, tuple[str, ...]]]:
    """Every text of the notes with its item and its lines: what stands before the first item, then each item's title, which has no lines, and
    its passages."""
    before: list[tuple[PlacedItem | None, tuple[NotedPassage, ...]]] = [(None, view.loose)]
    for item, passages in (*before, *((one, one.passages) for one in view.items)):
        path, number = (item.noted.path, item.number) if item is not None else ("", "")
        if item is not None:
            yield Printed(f"the title of {number or item.noted.title}", item.noted.title, path), item, ()
        for one in passages:
            place = f"{f'item {number}, ' if number else ''}{place_words(one.lines[0]).lower()}"
            yield from ((Printed(place, text, path), item, one.lines) for text in _of_passage(one))


def stream_of(view: NotedView) -> tuple[list[str], frozenset[int]]:
    """All texts of the notes in which words can be held back, and which of them are titles."""
    placed = list(placed_texts(view))
    return [one.text for one, _, _ in placed], frozenset(at for at, (_, _, lines) in enumerate(placed) if not lines)


def _of_passage(passage: NotedPassage) -> tuple[str, ...]:
    return passage.cells or (passage.words,)


def held_for(edition: Audience, held: Iterable[HeldBack]) -> tuple[HeldBack, ...]:
    """What that edition does not carry: what is held back from it, and from a narrower one; the longest words first, its own before others."""
    own = (one for one in held if not may_read(edition, Audience.OFFICE) and may_read(one.edition, edition))
    return tuple(sorted(own, key=lambda one: (-len(_WORD.findall(one.words)), not may_read(edition, one.edition))))


def told(held: HeldBack, office: Office) -> str:
    """What stands in the place of the words: `[a rural property]`, `[Withheld: it is personal.]`."""
    return f"[{held.instead or office.reason(held.reason) or NOT_HERE}]"


class Passages:
    """What is held back from one edition, and how it is told; nothing for the office's own."""

    def __init__(self, edition: Audience, held: Iterable[HeldBack], office: Office) -> None:
        self.held = held_for(edition, held)
        self.gaps = [told(one, office) for one in self.held]
        self.words = [[folded(word) for word in _WORD.findall(one.words)] for one in self.held]

    def cut(self, texts: Sequence[str], titles: Container[int] = ()) -> list[str]:
        """The texts with everything that is held back cut out, wherever it stands in them; what stands over several leaves a gap in each."""
        gaps: dict[int, list[tuple[int, int, str]]] = {}
        for held, gap in zip(self.held, self.gaps, strict=True):
            for place in find_in_notes(held.words, texts, titles):
                for number, (at, start, end) in enumerate(place):
                    gaps.setdefault(at, []).append((start, end, gap if number == 0 else "[...]"))
        return [_without(text, sorted(gaps.get(at, ()), key=lambda one: one[:2])) for at, text in enumerate(texts)]

    def without(self, text: str) -> str:
        """A text that stands by itself: what is held back is cut out; one that says much of it again is all gap."""
        text = self.cut([text])[0]
        words = [folded(one) for one in _WORD.findall(text)]
        for gap, whole in zip(self.gaps, self.words, strict=True):
            most = SequenceMatcher(None, words, whole, autojunk=False).find_longest_match().size
            if most >= _LONG or (most >= _LEAST and 2 * most >= len(words)):
                return gap
        return text

    def everywhere(self, value: _Value) -> _Value:
        """The value with every text of it so; names by which things are found are left alone."""
        if not self.held:
            return value

        def change(one: Any) -> Any:
            return self.without(one) if isinstance(one, str) and " " in one.strip() else None

        return remade(value, change)

    def in_rows(self, value: _Value) -> _Value:
        """The value with what people wrote in it so: statements, questions, papers and rows of the register."""
        if not self.held:
            return value

        def change(one: Any) -> Any:
            if not isinstance(one, _WORDED):
                return None
            if isinstance(one, Statement):
                return replace(one, blocks=self._blocks(one.blocks))
            names = [each.name for each in fields(one) if each.name in _TEXTS]
            return replace(one, **{name: self._texts(getattr(one, name)) for name in names})

        return remade(value, change)

    def _blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Where anything is cut, the pictures go too: nobody can tell what they show of it."""
        texts = [text for one in blocks for text in (one.text, *(cell for row in one.rows for cell in row))]
        kept = self.cut(texts)
        left, whole = iter(kept), kept == texts
        cut = (replace(one, text=next(left), rows=tuple(tuple(next(left) for _ in row) for row in one.rows)) for one in blocks)
        return tuple(
            one if one.picture is None or whole else replace(one, kind=BlockKind.PARAGRAPH, text="[...]", picture=None)
            for one in cut
        )

    def _texts(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.without(value)
        return remade(value, lambda one: self.without(one) if isinstance(one, str) else None)

    def in_notes(self, view: NotedView) -> NotedView:
        """The notes without what is held back: their passages cut, what was taken from the very words out, and lines with private details
        that a person has looked at so shown."""
        if not self.held:
            return view
        left = iter(self.cut(*stream_of(view)))
        loose = tuple(_again(one, left) for one in view.loose)
        items = tuple(
            replace(one, noted=replace(one.noted, title=next(left)), passages=tuple(_again(each, left) for each in one.passages))
            for one in view.items
        )
        pairs = list(zip(_passages(view), _passages(replace(view, loose=loose, items=items)), strict=True))
        cut = {line: " ".join(_of_passage(new)) for old, new in pairs if old != new for line in old.lines}
        by_path = {one.noted.path: one for one in items}

        def kept(every: Iterable[Any]) -> tuple[Any, ...]:
            """What was taken from words that stand, in its item as that reads now."""
            found = []
            for one in every:
                noted = getattr(one, "noted", one)
                if noted.line in cut and not find_words(self.cut([noted.words])[0], [cut[noted.line]]):
                    continue
                again = replace(one, item=by_path.get(one.item.noted.path) if one.item is not None else None)
                clear = noted is one or noted.line not in cut
                found.append(again if clear else replace(again, noted=self._bare(noted)))
            return tuple(found)

        return replace(
            view,
            loose=loose,
            items=items,
            matters=kept(view.matters),
            actions=kept(view.actions),
            commitments=kept(view.commitments),
            decisions=kept(view.decisions),
            settled=kept(view.settled),
            private=view.private - cut.keys(),
        )

    def _bare(self, noted: Any) -> Any:
        """What was taken from words of which some are held back, without what of it stands among those."""
        said = ((one.name, getattr(noted, one.name)) for one in fields(noted) if one.name in _TAKEN)
        gone = {name: type(text)() for name, text in said if text and any(find_words(text, [one.words]) for one in self.held)}
        return replace(noted, **gone) if gone else noted


def _passages(view: NotedView) -> Iterator[NotedPassage]:
    yield from view.loose
    for one in view.items:
        yield from one.passages


def _again(passage: NotedPassage, left: Iterator[str]) -> NotedPassage:
    texts = tuple(next(left) for _ in _of_passage(passage))
    if not passage.cells:
        return replace(passage, words=texts[0])
    return replace(passage, words="\t".join(texts), cells=texts) if texts != passage.cells else passage


def _without(text: str, gaps: Sequence[tuple[int, int, str]]) -> str:
    """Gaps that overlap are one, told as the first of them."""
    kept, last = "", 0
    for start, end, gap in gaps:
        kept += text[last:start] + gap if start >= last else ""
        last = max(last, end)
    return kept + text[last:]


def held_in(value: object) -> tuple[HeldBack, ...]:
    """Every passage that something, such as a view of a meeting, knows to be held back, each once."""
    return tuple(dict.fromkeys(find_values(value, HeldBack)))
