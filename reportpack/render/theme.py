"""How pages look: theme.toml, the program's own with an office's laid over it, as one Theme.

Each key of theme.toml is a field of the record of its table."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.model.document import PdfStandard
from reportpack.model.problem import Problem, Source
from reportpack.records import Record
from reportpack.toml.text import WRONG, Table, read_toml

POINTS_PER_MILLIMETRE = 72 / 25.4
SIZES = {"A3": (841.89, 1190.55), "A4": (595.28, 841.89), "A5": (419.53, 595.28), "Letter": (612.0, 792.0)}
FAMILY = "SourceSansPro"
WORDS = 4.5  # The contrast that WCAG asks of words of ordinary size; 3 of shapes.
_RANGES = {
    **dict.fromkeys(("public", "least"), (0.0, 400.0)),
    **dict.fromkeys(("hairline", "rule"), (0.0, 10.0)),
    **dict.fromkeys(("padding", "gap"), (0.0, 60.0)),
}
"""Least and most, where they are not 3 and 400."""
_MILLIMETRES = frozenset(("margin_top", "margin_bottom", "margin_left", "margin_right", "measure", "width"))
"""What a theme gives in millimetres; all else is in points."""


class PageTheme(Record):
    """The sheet (A4, A3, A5 or Letter), the margin from each edge, in points, and the standards that a PDF of such pages keeps."""

    size: str
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    pdf: PdfStandard = PdfStandard.UA1

    @property
    def width(self) -> float:
        """From edge to edge."""
        return SIZES[self.size][0]

    @property
    def height(self) -> float:
        """From edge to edge."""
        return SIZES[self.size][1]


class FontTheme(Record):
    """Names of the Source Sans family, or .ttf or .otf files beside the theme; `more` is a fifth, for letters that all others lack."""

    regular: str
    italic: str
    bold: str
    bold_italic: str
    more: str = ""

    def chain(self, *, bold: bool, italic: bool) -> tuple[str, ...]:
        """What prints such words: the first that has a letter prints it. Source Sans is there for all."""
        upright, shipped = (self.bold, f"{FAMILY}Semibold") if bold else (self.regular, FAMILY)
        slanted = (self.bold_italic if bold else self.italic, f"{shipped}It") if italic else ()
        return tuple(dict.fromkeys(name for name in (*slanted, upright, shipped, self.more) if name))

    @property
    def every(self) -> tuple[str, ...]:
        """Each file once."""
        ways = (self.chain(bold=bold, italic=italic) for bold in (False, True) for italic in (False, True))
        return tuple(dict.fromkeys(name for chain in ways for name in chain))


class TextTheme(Record):
    """Sizes in points: of paragraphs, from line to line, the widest that a paragraph gets, of notes and captions, of headings and the cover; the least of what is for the public, and of everything (large print; 0 for as it is)."""

    size: float
    leading: float
    measure: float
    small: float
    h1: float
    h2: float
    h3: float
    h4: float
    cover: float
    public: float
    least: float = 0.0


class TableTheme(Record):
    """Sizes in points: of words in cells and from line to line; above and below words, between columns; rules between rows, at head and foot."""

    size: float
    leading: float
    padding: float
    gap: float
    hairline: float
    rule: float


class ColourTheme(Record):
    """Each #rrggbb: `tint` of callouts and marked rows, `rule` of hairlines, `accent` of the rules of headings."""

    ink: str
    quiet: str
    rule: str
    accent: str
    tint: str
    link: str
    good: str
    bad: str
    watch: str
    marking: str


class LogoTheme(Record):
    """A PNG, JPEG or SVG beside the theme, its width in points, what it shows."""

    file: str
    width: float
    alt: str


class Theme(Record):
    """Everything that an office may change about how pages look."""

    page: PageTheme
    fonts: FontTheme
    text: TextTheme
    tables: TableTheme
    colours: ColourTheme
    logo: LogoTheme

    def enlarged(self, audience: str = "") -> "Theme":
        """Words, those of tables too, of `text.least` at least, for the public also of `text.public`; notes and captions five sixths of that."""
        text, tables = self.text, self.tables
        least = max(text.least, text.public if audience == "public" else 0.0)
        if not least:
            return self
        size, cell = max(text.size, least), max(tables.size, least)
        heads = {name: max(getattr(text, name), size) for name in ("h2", "h3", "h4")}
        small = max(text.small, least * 5 / 6)
        return replace(
            self,
            text=replace(text, size=size, leading=text.leading * size / text.size, small=small, **heads),
            tables=replace(tables, size=cell, leading=tables.leading * cell / tables.size),
        )

    @property
    def files(self) -> tuple[str, ...]:
        """The files beside the theme that it names: fonts and the logo."""
        own = tuple(face for face in self.fonts.every if not face.startswith(FAMILY) or "." in face)
        return own + ((self.logo.file,) if self.logo.file else ())


def read_theme(defaults: str, overlay: str | None, names: Sequence[str], more: Iterable[str] = ()) -> Theme:
    """The theme of TOML texts, each over those before it; TemplateError names every mistake by file and line."""
    texts = [read_toml(one, Theme) for one in (defaults, overlay, *more) if one is not None]
    theme = Theme(**{one.name: _read(one.name, one.type, texts) for one in fields(Theme)})
    faults = ((name, one) for each, name in zip(texts, names, strict=False) for one in each.faults)
    lines = dict.fromkeys(f"{name}, line {one.line}: {one.found} {one.remedy}" for name, one in faults)
    if lines:
        raise TemplateError("\n".join(lines), "Mend the theme; docs/templates.md shows its keys.")
    return theme


def _read(name: str, record: Any, texts: Sequence[Table[Theme]]) -> Any:
    sections = [one.each(record)[0] for one in reversed(texts) if one is texts[0] or one.has(name)]
    keys = [one.name for one in fields(record)]
    made = record(**{one: _value(one, next((each for each in sections if each.has(one)), sections[-1])) for one in keys})
    if isinstance(made, PageTheme):
        across, down = made.width - made.margin_left - made.margin_right, made.height - made.margin_top - made.margin_bottom
        if min(across, down) < 100:
            sections[0].fault("", "no-room", "The margins leave no room for words.", "Make them smaller.")
    elif isinstance(made, FontTheme):
        # one that names one face of its own names all four, or words in bold would come out in another fount
        four = [one for one in keys if one != "more"]
        named = [one for one in four if sections[0].has(one)]
        missing = [one for one in four if one not in named]
        if named and missing:
            found = f"[fonts] names {', '.join(named)} and not {', '.join(missing)}."
            sections[0].fault("", "font-missing", found, "Name all four faces, or none; one file may stand for two.")
    return made


def _value(name: str, section: Table[Any]) -> Any:
    value = getattr(section.made, name)
    if isinstance(value, float):
        least, most = _RANGES.get(name, (3.0, 400.0))
        if not least <= value <= most:
            here = (WRONG, section.path, section.line(name))
            if not any((one.kind, one.path, one.line) == here for one in section.faults):
                section.fault(name, "out-of-range", f'"{name}" is {value:g}.', f"Give {least:g} to {most:g}.")
            value = 10.0
        return value * POINTS_PER_MILLIMETRE if name in _MILLIMETRES else value
    if section.path == ("colours",) and not re.fullmatch("#[0-9a-fA-F]{6}", value):
        section.fault(name, "not-a-colour", f'"{name}" is "{value}".', "Give a colour such as #0b4a6f.")
    if name == "size":
        known = {one.casefold(): one for one in SIZES}
        if value.casefold() not in known:
            section.fault(name, "unknown-size", f'"{name}" is "{value}".', f"Give one of {', '.join(SIZES)}.")
        return known.get(value.casefold(), "A4")
    return value


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb`, 1 to 21 (WCAG 2.2, relative luminance and contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: str, grounds: Iterable[str], least: float = WORDS) -> str:
    """The colour, or as little darker or lighter as gives this contrast on every ground."""
    against = tuple(grounds)
    end = "#000000" if _luminance(against[0]) > 0.18 else "#ffffff"
    for step in range(21):
        pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(end[1:]), strict=True)
        shade = f"#{bytes(round(a + (b - a) * step / 20) for a, b in pairs).hex()}"
        if all(contrast(shade, ground) >= least for ground in against):
            return shade
    return end


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in bytes.fromhex(colour[1:])]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


_PAPER = "#ffffff"
_WORDS = ("ink", "quiet", "link", "accent", "good", "bad", "watch", "marking")
_ON_TINT = ("ink", "link")
_LEAST = 9.0  # Points below which words on paper are hard to read.


def theme_cautions(theme: Theme, name: str) -> tuple[Problem, ...]:
    """Colours of words that have not the contrast that WCAG 2.2 asks of words, on the paper or on the tint that they stand on; type that is too small."""
    colours = theme.colours
    pairs = [(key, "the paper", _PAPER) for key in _WORDS] + [(key, "the tint", colours.tint) for key in _ON_TINT]
    ratios = ((key, ground, contrast(getattr(colours, key), colour)) for key, ground, colour in pairs)
    sizes = (("[text] size", theme.text.size), ("[text] small", theme.text.small), ("[tables] size", theme.tables.size))
    small = tuple(
        Problem("type-too-small", Source(name), f"{key} is {size:g} points; words need {_LEAST:g}.", f"Give {_LEAST:g} or more.")
        for key, size in sizes
        if size < _LEAST
    )
    return small + tuple(
        Problem(
            "colour-hard-to-read",
            Source(name),
            f"[colours] {key} has a contrast of {ratio:.2f} to 1 on {ground}; words need {WORDS} to 1.",
            "Take a darker colour for it, or a lighter ground.",
        )
        for key, ground, ratio in ratios
        if ratio < WORDS
    )
