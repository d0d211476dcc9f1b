"""How charts look, and how wide their words come out; so a chart is laid out without any font file.

Meaning is never carried by colour alone: shape, dash and words say the same."""

import unicodedata
from collections.abc import Callable

from reportpack import patterns as re
from reportpack.records import Record

TextWidth = Callable[[str, float, bool], float]
"""Width of a text at a size, regular or bold: `(text, size, bold)`, in the unit of the size."""


# Advance widths of U+0020 to U+007E in Source Sans, thousandths of the size.
_REGULAR, _BOLD = (
    tuple(int(number) for number in widths.split())
    for widths in (
        """
200 289 425 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497 497 497
497 497 249 249 497 497 497 425 847 544 588 571 615 527 494 617 652 263 480 579 486 727 647 664
566 664 569 534 536 645 515 786 513 476 539 303 350 303 497 500 542 504 553 456 555 496 292 504
544 246 247 495 255 829 547 542 555 555 347 419 338 544 467 718 446 467 425 303 241 303 497""",
        """
200 340 536 528 528 857 667 300 344 344 457 528 300 332 300 339 528 528 528 528 528 528 528 528
528 528 300 300 528 528 528 463 903 573 605 582 635 548 524 638 674 301 509 614 518 762 665 684
596 684 613 556 556 665 556 813 567 525 541 344 339 344 528 500 555 527 573 467 573 518 341 534
571 276 278 548 286 857 572 555 573 573 398 443 383 568 523 776 514 521 460 344 268 344 528""",
    )
)


_OTHER = {
    "\u00a0": 200, "·": 300, "–": 480, "—": 800, "‘": 300, "’": 300, "“": 536, "”": 536, "…": 977, "−": 528, "£": 528, "€": 528,
}  # fmt: skip


def source_sans_width(text: str, size: float, bold: bool = False) -> float:
    """Never less than what Source Sans takes without kerning, for Latin, Greek and Cyrillic."""
    table = _BOLD if bold else _REGULAR
    return sum(_advance(character, table) for character in text) * size / 1000


def _advance(character: str, table: tuple[int, ...]) -> int:
    if " " <= character <= "~":
        return table[ord(character) - 32]
    if character in _OTHER:
        return _OTHER[character]
    base = unicodedata.normalize("NFD", character)[0]
    if " " <= base <= "~":
        return table[ord(base) - 32]
    if unicodedata.combining(character):
        return 0
    return 1000 if unicodedata.east_asian_width(character) in "WF" or not character.islower() else 700


class ChartStyle(Record):
    """Colours as `#RRGGBB`, lengths in points. `text_width` measures in the face that will print."""

    ink: str = "#1D2530"
    """The latest value, the average, outlines."""
    line: str = "#44515C"
    """The line through the values."""
    quiet: str = "#595959"
    """Axis text, the limits; 7:1 on white."""
    grid: str = "#DFE4E8"
    band: str = "#EFF3F6"
    ground: str = "#FFFFFF"
    common: str = "#6F6F6F"
    improvement: str = "#12436D"
    concern: str = "#F46A25"
    neutral: str = "#8000C0"
    target: str = "#801650"
    muted_bar: str = "#9FB0BF"
    font_size: float = 9.0
    width: float = 493.0
    """The text width of the A4 page, so that words print at their own size."""
    plot_height: float = 124.0
    text_width: TextWidth = source_sans_width

    @property
    def line_height(self) -> float:
        """Between the base lines of two lines of a label."""
        return self.font_size * 1.2


def wrap_words(text: str, room: float, size: float, bold: bool, width: TextWidth, most_lines: int = 3) -> tuple[str, ...]:
    """Lines no wider than `room`; a word too wide is broken, and what is past the last line becomes an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, room, size, bold, width):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
        if len(lines) > most_lines:
            break
    lines.append(line)
    if len(lines) <= most_lines:
        return tuple(lines)
    last = lines[most_lines - 1]
    while last and width(last + "…", size, bold) > room:
        last = last[:-1]
    return (*lines[: most_lines - 1], last.rstrip() + "…")


def _pieces(text: str, room: float, size: float, bold: bool, width: TextWidth) -> list[str]:
    pieces: list[str] = []
    for word in re.split(r"[ \t\r\n]+", text[:2000]):
        rest = word
        while rest and width(rest, size, bold) > room and len(rest) > 1:
            end = next((n for n in range(len(rest) - 1, 1, -1) if width(rest[:n], size, bold) <= room), 1)
            pieces.append(rest[:end])
            rest = rest[end:]
        if rest:
            pieces.append(rest)
    return pieces
