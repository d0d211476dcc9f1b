"""How charts look, and how wide their words come out in the faces that print them.

Meaning is never carried by colour alone: shape, dash and words say the same."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from reportpack import patterns as re
from reportpack.records import Record
from reportpack.render.pdf.faces import Face

TextWidth = Callable[[str, float, bool], float]
"""Width of a text at a size, regular or bold: `(text, size, bold)`, in the unit of the size."""


@cache
def _shipped(bold: bool) -> Face:
    from font_source_sans_pro import font_files_ttf

    return Face(Path(font_files_ttf["SourceSansProSemibold" if bold else "SourceSansPro"]).read_bytes(), "")


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
    text_width: TextWidth = lambda text, size, bold: _shipped(bold).encode(text)[0] * size / 1000

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
