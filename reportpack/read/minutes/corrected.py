"""Notes with their accepted corrections put in, so that what follows from the new words is read as from any words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from reportpack import patterns as re
from reportpack.model.correction import Correction, CorrectionKind
from reportpack.model.minutes import NotedPassage
from reportpack.read.documents.lines import Document, Line

_QUOTED = re.compile("\u201c(.+)\u201d", re.DOTALL)  # How the tables and lists of an annex give words of the notes.


def passage_of(correction: Correction, passages: Sequence[NotedPassage]) -> tuple[NotedPassage, int] | None:
    """The passage of the notes that it changes, or that is quoted where it stands, and where in it; None for a comment on nothing or other words."""
    found = correction.proposed.found
    if found.kind is CorrectionKind.MOVED or (found.kind is CorrectionKind.COMMENT and not found.removed):
        return None
    spots = [(one, found.start) for one in passages if one.words == found.passage]
    quoted = _QUOTED.search(found.passage)
    if not spots and quoted is not None and quoted.start(1) <= found.start <= quoted.end(1) - len(found.removed):
        start = found.start - quoted.start(1)
        spots = [(one, one.words.find(quoted[1]) + start) for one in passages if quoted[1] in one.words]
    return next((spot for spot in spots if found.place.line in spot[0].lines), spots[0] if spots else None)


def at_odds(passages: Sequence[NotedPassage], corrections: Sequence[Correction]) -> tuple[Correction, Correction] | None:
    """Two accepted corrections that say of the same words what should stand there, and differ; None where no two do."""
    known = [(spot, one) for one in corrections if one.accepted and (spot := passage_of(one, passages)) is not None]
    for ((passage, start), one), ((other, begin), two) in combinations(known, 2):
        ends = start + len(one.proposed.found.removed), begin + len(two.proposed.found.removed)
        if (
            passage is other
            and start < ends[1]
            and begin < ends[0]
            and (start, ends[0], _put(one)) != (begin, ends[1], _put(two))
        ):
            return one, two
    return None


def _put(correction: Correction) -> str:
    """What stands in the place of the words that it takes out."""
    return (correction.settled.words if correction.settled is not None else "") or correction.proposed.found.inserted


def correct_notes(document: Document, passages: Sequence[NotedPassage], corrections: Sequence[Correction]) -> Document:
    """The document as it reads with those of them that were accepted."""
    edits: dict[NotedPassage, list[tuple[int, Correction]]] = defaultdict(list)
    for one in corrections:
        spot = passage_of(one, passages) if one.accepted else None
        if spot is not None:
            edits[spot[0]].append((spot[1], one))
    by_line = {name: passage for passage in edits for name in passage.lines}
    lines: list[Line] = []
    for line in document.lines:
        passage = by_line.get(line.name)
        if passage is None:
            lines.append(line)
        elif line.name == passage.lines[0]:
            lines.extend(_corrected(line, passage, edits[passage]))
    return replace(document, lines=tuple(lines))


def _corrected(line: Line, passage: NotedPassage, edits: Sequence[tuple[int, Correction]]) -> Iterator[Line]:
    """One line for all of the passage, and below it what was added; a row of a table cell by cell."""
    words, cells, below = passage.words, line.cells, list[str]()
    made: set[tuple[int, str, str]] = set()  # in the notes and where the annex quotes them: made once
    for at, one in sorted(edits, key=lambda edit: edit[0], reverse=True):
        found = one.proposed.found
        put = _put(one)
        if (change := (at, found.removed, put)) in made:
            continue
        made.add(change)
        if found.kind is CorrectionKind.ADDED:
            below[:0] = put.strip().split("\n")
        else:
            words = words[:at] + put + words[at + len(found.removed) :]
            cells = tuple(cell.replace(found.removed, put) if found.removed else cell for cell in cells)
    if words.strip():
        yield replace(line, text="\t".join(cells) if cells else words, cells=cells)
    for text in below:
        yield from (Line("", line.name), Line(text, line.name))
    if below:
        yield Line("", line.name)
