"""Breaks words into lines, as many words on each as fit; a word wider than the column is cut."""

from reportpack import patterns as re
from reportpack.render.pdf.styles import BREAK, Piece, Style, Word

Line = tuple[float, list[Word], str]
"""Its width, its words, and what stands at its end for those who hear or copy it: a space, or nothing within a word."""

_OPPORTUNITY = re.compile("(?<=[^\\W\\d_]{3})[-–—/](?=[^\\W\\d_]{2})|(?<=[^\\s]{12})[/_.@?&=](?=\\S?\\w)|\u200b|\u00ad")

_BOUND = re.compile("\u00a0")
"""Where a run of bound words that is wider than its column breaks after all."""


def break_lines(words: list[Word], limit: float, space: float) -> list[Line]:
    """Lines no wider than the limit."""
    lines: list[Line] = []
    line: list[Word] = []
    x = 0.0
    limit += 0.01
    for word in words:
        width = word[0]
        if line:
            after = x + space + width
            if width >= 0.0 and after <= limit:
                line.append(word)
                x = after
                continue
        elif 0.0 <= width <= limit:
            line.append(word)
            x = width
            continue
        if word is BREAK:
            lines.append((x, line, " "))
            line, x = [], 0.0
        else:
            line, x = _force(lines, line, x, word, limit, space)
    if line or not lines:
        lines.append((x, line, " "))
    return lines


def _force(lines: list[Line], line: list[Word], x: float, word: Word, limit: float, space: float) -> tuple[list[Word], float]:
    """Place a word that does not fit on the line; gives the line that is open afterwards, and its width."""
    while True:
        start = x + space if line else 0.0
        halves, tail = split_word(word, limit - start), ""
        if halves is None and word[0] > limit:
            halves, tail = split_word(word, limit - start, _BOUND), " "
        if halves is not None:
            lines.append((start + halves[0][0], [*line, halves[0]], tail))
            word = halves[1]
            line, x = [], 0.0
        elif line:
            lines.append((x, line, " "))
            line, x = [], 0.0
        if word[0] <= limit:
            return [word], word[0]
        if halves is None and split_word(word, limit) is None and split_word(word, limit, _BOUND) is None:
            break
    chunks = shatter(word, limit)
    lines.extend((chunk[0], [chunk], "") for chunk in chunks[:-1])
    return [chunks[-1]], chunks[-1][0]


def split_word(word: Word, room: float, places: re.Pattern[str] = _OPPORTUNITY) -> tuple[Word, Word] | None:
    """The word at its last hyphen, soft hyphen or slash that lets the first half fit; None when there is none."""
    found = _last_place(word[1], room, places)
    if found is None:
        return None
    index, before, start, end = found
    pieces = word[1]
    rest = pieces[index][0].word(pieces[index][4][end:])  # measured once: for every place it would cost the square of a long word
    after = pieces[index + 1 :]
    return (before + start[0], pieces[:index] + start[1]), (rest[0] + _width(after), rest[1] + after)


def _last_place(pieces: tuple[Piece, ...], room: float, places: re.Pattern[str]) -> tuple[int, float, Word, int] | None:
    """The last place that fits: its piece, the width before that, what of it stays on the line, and where the rest begins."""
    before = 0.0
    best: tuple[int, float, Word, int] | None = None
    for index, piece in enumerate(pieces):
        style, text = piece[0], piece[4]
        for match in places.finditer(text):
            end = match.end()
            head = text[: end - 1] + "-" if match[0] == "\u00ad" else text[:end].rstrip("\u00a0")
            start = style.word(head)
            if before + start[0] > room:
                return best
            best = index, before, start, end
        before += piece[3]
    return best


def shatter(word: Word, limit: float) -> list[Word]:
    """A word wider than the column in chunks that fit, cut at any character."""
    chunks: list[Word] = []
    held: list[Piece] = []
    x = 0.0
    for piece in word[1]:
        style, _, _, width, text = piece
        if x + width > limit and held and len(text) < 2:
            chunks.append((x, tuple(held)))
            held, x = [], 0.0
        if x + width <= limit or len(text) < 2:
            held.append(piece)
            x += width
            continue
        for run in _runs(style, text, limit - x, limit):
            if run and held:
                chunks.append((x, tuple(held)))
                held = []
            x, pieces = style._measure(run)
            held = list(pieces)
        x = _width(tuple(held))
    chunks.append((_width(tuple(held)), tuple(held)))
    return chunks


def _runs(style: Style, text: str, room: float, limit: float) -> list[str]:
    widths, size = style.face.widths, style.size / 1000
    runs, start, x = [], 0, 0.0
    limit = limit * 0.985 - 0.01
    room = min(room, limit)
    for index, character in enumerate(text):
        x += widths.get(character, 0.0) * size
        if x > room and index > start:
            runs.append(text[start:index])
            start, x, room = index, widths.get(character, 0.0) * size, limit
    runs.append(text[start:])
    return runs


def _width(pieces: tuple[Piece, ...]) -> float:
    return sum(piece[3] for piece in pieces)
