"""A Word copy that came back: its tracked changes kept apart (each paragraph as it was before them, the pieces it is made of, the comments), and every
difference from the copy that was issued: tracked changes, comments, and changes without tracking.

What LibreOffice and Google Docs leave out (styles, properties, the ranges of comments) is not missed: only the words count."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby

from rapidfuzz import fuzz

from reportpack import patterns as re
from reportpack.model.correction import CorrectionKind, CorrectionPlace, FoundCorrection
from reportpack.read.documents.blocks import ADDED, TAKEN_OUT, Block, Paragraph, Piece, Table, Touch
from reportpack.read.documents.lines import MOST_LINES
from reportpack.read.documents.word import CopyComment, read_comments, read_word
from reportpack.records import Changing, Record


class CopyParagraph(Record):
    """A paragraph as it stood before the tracked changes. `level` is that of a heading; `row` and `column` are the words of a table's first
    cell in that row and of its head; `whole` stands for a row that was added or taken out as a whole."""

    pieces: tuple[Piece, ...]
    level: int = 0
    row: str = ""
    column: str = ""
    whole: bool = False

    @property
    def before(self) -> str:
        """Its words before the tracked changes."""
        return "".join(piece.words for piece in self.pieces if piece.stood_before)


class ReturnedCopy(Record):
    """A document as it came back. `facts` are its own properties, `margins` the paragraphs of its headers and footers by which they are."""

    paragraphs: tuple[CopyParagraph, ...]
    comments: tuple[CopyComment, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    margins: tuple[tuple[str, CopyParagraph], ...] = ()


def read_copy(data: bytes) -> ReturnedCopy:
    """The document; UnreadableNotesError when nothing can be had from it."""
    file = read_word(data)
    reading = _Reading()
    reading.blocks(file.body)
    margins: list[tuple[str, CopyParagraph]] = []
    for part, blocks in file.margins:
        around = _Reading()
        around.blocks(blocks)
        margins.extend((_MARGINS["footer" in part], one) for one in around.done)
    custom = file.parts.archive.xml("docProps/custom.xml")
    facts = tuple((one.get("name", ""), "".join(one.itertext()).strip()) for one in (custom if custom is not None else ()))
    return ReturnedCopy(tuple(reading.done), tuple(read_comments(file.parts)), facts, tuple(margins))


_MARGINS = ("Page header", "Page footer")


class _Reading(Changing):
    """Goes down the blocks once. Paragraphs whose mark was inserted are one with what follows, as they were."""

    done: list[CopyParagraph] = field(default_factory=list)
    waiting: list[Piece] = field(default_factory=list)
    waiting_level: int = 0

    def blocks(self, blocks: Sequence[Block], row: str = "", column: str = "") -> None:
        for block in blocks:
            if len(self.done) >= MOST_LINES:
                return
            if isinstance(block, Paragraph):
                self.paragraph(block, row, column)
            else:
                self.flush(row, column)
                self.table(block)
        self.flush(row, column)

    def table(self, table: Table) -> None:
        heads: list[str] = []
        for row in table.rows:
            names = [_said(cell.blocks, before=True) for cell in row.cells]
            change = row.change
            if heads and change is not None and change.touch in (*ADDED, *TAKEN_OUT):
                self.row(change, [_said(cell.blocks, before=change.touch in TAKEN_OUT) for cell in row.cells], heads)
                continue
            for at, cell in enumerate(row.cells):
                self.blocks(cell.blocks, names[0] if heads else "", heads[at] if at < len(heads) else "")
            heads = heads or names

    def row(self, change: Piece, cells: Sequence[str], heads: Sequence[str]) -> None:
        """A row that was added or taken out as a whole: its cells in one paragraph, each after its head."""
        lines = [f"{head}: {words}" for head, words in zip(heads, cells, strict=False) if words]
        piece = Piece("\n".join(lines), change.touch, change.author, change.made)
        self.done.append(CopyParagraph((piece,), row=cells[0] if change.touch in TAKEN_OUT else "", whole=True))

    def paragraph(self, paragraph: Paragraph, row: str, column: str) -> None:
        self.waiting_level = self.waiting_level or paragraph.style.level
        for one in paragraph.pieces:
            if not one.hidden:
                words = one.words.replace("\xa0", " ").replace("\u202f", " ")
                self.waiting.append(Piece(words, one.touch, one.author, one.made, one.comments))
        if (mark := paragraph.mark) is not None and mark.touch in ADDED:
            self.waiting.append(Piece("\n", mark.touch, mark.author, mark.made))
        else:
            self.flush(row, column)
        if paragraph.hung:
            self.blocks(paragraph.hung, row, column)

    def flush(self, row: str, column: str) -> None:
        if any(piece.words.strip() for piece in self.waiting):
            runs = groupby(self.waiting, key=lambda piece: (piece.touch, piece.author, piece.made, piece.comments))
            alike = ([*run] for _, run in runs)
            pieces = tuple(replace(run[0], words="".join(piece.words for piece in run)) for run in alike)
            self.done.append(CopyParagraph(pieces, self.waiting_level, row, column))
        self.waiting, self.waiting_level = [], 0


def _said(blocks: Sequence[Block], *, before: bool) -> str:
    """The words of a cell: those before the changes, or its own, whichever change they carry."""
    shown = ([one for one in paragraph.pieces if not one.hidden] for paragraph in _paragraphs(blocks))
    words = ("".join(one.words for one in pieces if one.stood_before or not before) for pieces in shown)
    return " ".join(" ".join(words).replace("\xa0", " ").split())


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (one for row in block.rows for cell in row.cells for one in _paragraphs(cell.blocks))


_ALIKE = 55
_NUMBERS = re.compile(r"\d+")
_MOVES = (Touch.MOVED_IN, Touch.MOVED_OUT)


class IssuedParagraph(Record):
    """A paragraph of the copy as it was issued, with its place."""

    words: str
    place: CorrectionPlace


def issued_paragraphs(issued: ReturnedCopy) -> tuple[IssuedParagraph, ...]:
    """The paragraphs of the issued copy, each under its headings."""
    found: list[IssuedParagraph] = []
    section = heading = ""
    for one in issued.paragraphs:
        words = one.before.strip()
        if one.level:
            section, heading = (section, words) if one.level > 2 else (words, "")
        found.append(IssuedParagraph(words, CorrectionPlace(section, heading, one.row, one.column)))
    return (*found, *(IssuedParagraph(one.before.strip(), CorrectionPlace(margin)) for margin, one in issued.margins))


def how_alike(issued: Sequence[IssuedParagraph], copy: ReturnedCopy) -> float:
    """The share of the issued paragraphs that stand in the copy, 0 to 1."""
    there = {_key(one.before) for one in copy.paragraphs}
    wanted = [_key(one.words) for one in issued if one.place.section not in _MARGINS]
    return sum(one in there for one in wanted) / len(wanted) if wanted else 0.0


def find_corrections(issued: Sequence[IssuedParagraph], copy: ReturnedCopy) -> tuple[FoundCorrection, ...]:
    """Every difference, in the order of the document; then the comments that stand at no words."""
    found: list[FoundCorrection] = []
    spoken: dict[str, tuple[IssuedParagraph, str]] = {}
    last = IssuedParagraph("", CorrectionPlace())
    # A row that was taken out as a whole is one correction, not one for each of its cells.
    gone = {one.row for one in copy.paragraphs if one.whole and one.row}
    around = [one for one in issued if one.place.section in _MARGINS]
    kept = [one for one in issued if one not in around and (not gone or one.place.row not in gone)]
    for stood, now in _rows_together(_paired(kept, copy.paragraphs), {one.place.row for one in kept}):
        at = stood or last
        if now is not None and now.whole:
            place = replace(at.place, row=now.row, column="")
            if now.pieces[0].touch is Touch.KEPT:
                found.append(FoundCorrection(CorrectionKind.ADDED, place, inserted=now.before, tracked=False))
            found.extend(_tracked(now, IssuedParagraph(now.before, place)))
            continue
        if now is None:
            found.append(FoundCorrection(CorrectionKind.REMOVED, at.place, at.words, 0, at.words, tracked=False))
        elif stood is None and now.before.strip():
            words, end = now.before.strip(), len(at.words)
            found.append(FoundCorrection(CorrectionKind.ADDED, at.place, at.words, end, inserted=words, tracked=False))
            found.extend(_tracked(now, replace(at, words=now.before)))
        else:
            found.extend(_tracked(now, at))
            if stood is not None:
                found.extend(_untracked(stood, now))
        for piece, comment in ((said, one) for said in (now.pieces if now is not None else ()) for one in said.comments):
            words = piece.words if piece.touch not in (Touch.DELETED, Touch.MOVED_OUT) else ""
            spoken[comment] = (spoken[comment][0] if comment in spoken else at, spoken.get(comment, (at, ""))[1] + words)
        last = stood or last
    for margin, one in copy.margins:
        found.extend(_tracked(one, IssuedParagraph(one.before.strip(), CorrectionPlace(margin))))
        # Against the line there that is most like it; the numbers of pages are every program's own.
        likeness = {it.words: fuzz.ratio(_key(it.words), _key(one.before)) for it in around if it.place.section == margin}
        best = max(likeness, key=likeness.__getitem__, default="")
        if best and likeness[best] >= _ALIKE and _NUMBERS.sub("", _key(best)) != _NUMBERS.sub("", _key(one.before)):
            found.extend(_untracked(IssuedParagraph(best, CorrectionPlace(margin)), one))
    return (*found, *_comments(copy.comments, spoken))


_Pair = tuple[IssuedParagraph | None, CopyParagraph | None]


def _rows_together(pairs: Iterator[_Pair], rows: set[str]) -> Iterator[_Pair]:
    """The cells of a row that was added though nothing was tracked are one paragraph, each after its head, as those of a tracked row are."""
    row: list[CopyParagraph] = []
    for stood, now in (*pairs, (None, None)):
        added = now is not None and stood is None and now.column and not now.whole and now.row not in rows - {""}
        cell = now if now is not None and added and all(one.touch is Touch.KEPT for one in now.pieces) else None
        if row and (cell is None or cell.row != row[0].row or cell.column in [one.column for one in row]):
            words = "\n".join(f"{one.column}: {one.before.strip()}" for one in row)
            yield from [(None, CopyParagraph((Piece(words),), whole=True))] if len(row) > 1 else [(None, one) for one in row]
            row = []
        if cell is not None:
            row.append(cell)
        elif stood is not None or now is not None:
            yield stood, now


def _paired(issued: Sequence[IssuedParagraph], copy: Sequence[CopyParagraph]) -> Iterator[_Pair]:
    """Each issued paragraph beside what it became; those that only one of the two has stand alone."""
    old, new = [_key(one.words) for one in issued], [_key(one.before) for one in copy]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, left, left_end, right, right_end in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(issued[left:left_end], copy[right:right_end], strict=True)
        else:
            yield from _nearest(issued[left:left_end], copy[right:right_end])


def _nearest(issued: Sequence[IssuedParagraph], copy: Sequence[CopyParagraph]) -> Iterator[_Pair]:
    """In a stretch where nothing is the same: each paragraph with the next that is like it, in order."""
    at = 0
    for stood in issued:
        near, key = range(at, min(at + 40, len(copy))), _key(stood.words)
        if (like := next((place for place in near if fuzz.ratio(key, _key(copy[place].before)) >= _ALIKE), None)) is None:
            yield stood, None
            continue
        yield from ((None, one) for one in copy[at:like])
        yield stood, copy[like]
        at = like + 1
    yield from ((None, one) for one in copy[at:])


def _key(words: str) -> str:
    """How paragraphs are compared: what word processors do to spaces and quotation marks does not count."""
    return " ".join(words.translate(_QUOTES).split())


_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2011", "''\"\"--", "\u00ad")


def _tracked(now: CopyParagraph, stood: IssuedParagraph) -> Iterator[FoundCorrection]:
    pieces = [piece for piece in now.pieces if piece.words]
    lead = len(now.before) - len(now.before.lstrip())
    passage = now.before.strip()
    run: list[Piece] = []
    start = at = 0
    for place, piece in enumerate(pieces):
        after = pieces[place + (piece.touch is Touch.KEPT and piece.words == " ") :][:1]
        if run and not any(
            one.touch is not Touch.KEPT and (one.author, one.made) == (run[0].author, run[0].made) for one in after
        ):
            yield from _correction(run, max(start - lead, 0), passage, stood.place)
            run = []
        if not run:
            start = at
        if run or piece.touch is not Touch.KEPT:
            run.append(piece)
        at += len(piece.words) if piece.stood_before else 0
    if run:
        yield from _correction(run, max(start - lead, 0), passage, stood.place)


def _correction(run: Sequence[Piece], start: int, passage: str, place: CorrectionPlace) -> Iterator[FoundCorrection]:
    while run and run[-1].touch is Touch.KEPT:
        run = run[:-1]
    removed = "".join(piece.words for piece in run if piece.stood_before)
    inserted = "".join(piece.words for piece in run if piece.touch in (Touch.KEPT, Touch.INSERTED, Touch.MOVED_IN))
    if not removed.strip() and not inserted.strip():
        return
    first = run[0]
    kind = CorrectionKind.CHANGE
    if any(piece.touch in _MOVES for piece in run):
        kind = CorrectionKind.MOVED
    elif not inserted.strip() and removed.strip() == passage.strip():
        kind = CorrectionKind.REMOVED
    elif not removed.strip() and (not passage or ("\n" in inserted and start in (0, len(passage)))):
        kind = CorrectionKind.ADDED
    yield FoundCorrection(kind, place, passage, start, removed, inserted, author=first.author, made=first.made)


def _untracked(stood: IssuedParagraph, now: CopyParagraph) -> Iterator[FoundCorrection]:
    if _key(stood.words) == _key(now.before):
        return
    old, new = _words(stood.words), _words(now.before.strip())
    matcher = difflib.SequenceMatcher(None, [_key(word) for word in old], [_key(word) for word in new], autojunk=False)
    for tag, left, left_end, right, right_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = sum(map(len, old[:left]))
        removed, inserted = "".join(old[left:left_end]), "".join(new[right:right_end])
        if removed.strip() or inserted.strip():
            yield FoundCorrection(CorrectionKind.CHANGE, stood.place, stood.words, start, removed, inserted, tracked=False)


def _words(text: str) -> list[str]:
    """Words and the spaces between them, so that together they are the text again."""
    return ["".join(letters) for _, letters in groupby(text, str.isspace)]


def _comments(comments: Sequence[CopyComment], spoken: dict[str, tuple[IssuedParagraph, str]]) -> Iterator[FoundCorrection]:
    by_words = {one.words: spoken[one.id] for one in comments if one.id in spoken}
    for one in comments:
        stood, words = spoken.get(one.id) or by_words.get(one.reply_to) or (IssuedParagraph("", CorrectionPlace()), "")
        about = words.strip()
        start = max(stood.words.find(about), 0)
        yield FoundCorrection(
            CorrectionKind.COMMENT, stood.place, stood.words, start, about, comment=one.words, author=one.author,
            made=one.made, resolved=one.resolved, reply_to=one.reply_to,
        )  # fmt: skip
