"""How pages look: theme.toml, the program's own with an office's laid over it, as one Theme."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TypeVar

from reportpack.errors import TemplateError
from reportpack.records import dataclass
from reportpack.toml.text import Key, Keys, Table, number, read_toml, table, text

T = TypeVar("T")
POINTS_PER_MILLIMETRE = 72 / 25.4
SIZES = {"A3": (841.89, 1190.55), "A4": (595.28, 841.89), "A5": (419.53, 595.28), "Letter": (612.0, 792.0)}
FAMILY = "SourceSansPro"
_RANGES = {"hairline": (0.0, 10.0), "rule": (0.0, 10.0), "padding": (0.0, 60.0), "gap": (0.0, 60.0)}
"""Least and most, where they are not 3 and 400."""


class PageKeys(Keys):
    """`[page]`."""

    size = text("A4, A3, A5 or Letter")
    margin_top = number("millimetres")
    margin_bottom = number("millimetres")
    margin_left = number("millimetres")
    margin_right = number("millimetres")


class FontKeys(Keys):
    """`[fonts]`: names from the Source Sans family, or .ttf files beside the theme."""

    regular = text("upright")
    italic = text("italic")
    bold = text("bold, or semibold")
    bold_italic = text("bold italic")


class TextKeys(Keys):
    """`[text]`: sizes in points, the measure in millimetres."""

    size = number("of paragraphs")
    leading = number("from line to line")
    measure = number("the widest a paragraph gets, in millimetres")
    small = number("of notes and captions")
    h1 = number("of first headings")
    h2 = number("of second headings")
    h3 = number("of third headings")
    h4 = number("of fourth headings")
    cover = number("of the title on the cover")


class TableKeys(Keys):
    """`[tables]`, in points."""

    size = number("of the words in cells")
    leading = number("from line to line in cells")
    padding = number("above and below the words of a cell")
    gap = number("between columns")
    hairline = number("rules between rows")
    rule = number("rules at the head and foot")


class ColourKeys(Keys):
    """`[colours]`: each #rrggbb."""

    ink = text("words")
    quiet = text("notes and running heads")
    rule = text("hairlines")
    accent = text("rules of headings, numbers of the headlines")
    tint = text("callouts and marked rows")
    link = text("links")
    good = text("class good")
    bad = text("class bad")
    watch = text("class watch")
    marking = text("the marking")


class LogoKeys(Keys):
    """`[logo]`."""

    file = text("a PNG or JPEG beside the theme")
    width = number("millimetres")
    alt = text("what it shows")


class ThemeKeys(Keys):
    """The whole of theme.toml."""

    page = table("the sheet", PageKeys)
    fonts = table("the faces", FontKeys)
    text = table("sizes", TextKeys)
    tables = table("tables", TableKeys)
    colours = table("colours", ColourKeys)
    logo = table("the logo", LogoKeys)


@dataclass(frozen=True, slots=True)
class PageTheme:
    """The sheet, in points; margins from each edge."""

    size: str
    width: float
    height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float


@dataclass(frozen=True, slots=True)
class FontTheme:
    """Names of the Source Sans family, or files beside the theme."""

    regular: str
    italic: str
    bold: str
    bold_italic: str


@dataclass(frozen=True, slots=True)
class TextTheme:
    """Sizes in points."""

    size: float
    leading: float
    measure: float
    small: float
    h1: float
    h2: float
    h3: float
    h4: float
    cover: float


@dataclass(frozen=True, slots=True)
class TableTheme:
    """Sizes in points."""

    size: float
    leading: float
    padding: float
    gap: float
    hairline: float
    rule: float


@dataclass(frozen=True, slots=True)
class ColourTheme:
    """Each #rrggbb."""

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


@dataclass(frozen=True, slots=True)
class LogoTheme:
    """A file beside the theme, its width in points, what it shows."""

    file: str
    width: float
    alt: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that an office may change about how pages look."""

    page: PageTheme
    fonts: FontTheme
    text: TextTheme
    tables: TableTheme
    colours: ColourTheme
    logo: LogoTheme

    @property
    def files(self) -> tuple[str, ...]:
        """The files beside the theme that it names: fonts and the logo."""
        faces = (self.fonts.regular, self.fonts.italic, self.fonts.bold, self.fonts.bold_italic)
        own = tuple(dict.fromkeys(face for face in faces if not face.startswith(FAMILY) or "." in face))
        return own + ((self.logo.file,) if self.logo.file else ())


def read_theme(defaults: str, overlay: str | None, names: Sequence[str]) -> Theme:
    """The theme of two TOML texts, the second over the first; TemplateError names every mistake by file and line."""
    base = read_toml(defaults, ThemeKeys)
    over = read_toml(overlay, ThemeKeys) if overlay is not None else None
    reading = _Reading(base, over)
    theme = reading.theme()
    tables = [(base, names[0])] + ([(over, names[1])] if over is not None else [])
    said = (f"{name}, line {one.line}: {one.found} {one.remedy}" for source, name in tables for one in source.faults)
    lines = list(dict.fromkeys(said))
    if lines or theme is None:
        raise TemplateError(
            "\n".join(lines) or f"{names[0]}: is not complete.", "Mend the theme; docs/templates.md shows its keys."
        )
    return theme


class _Reading:
    """Takes each value from the overlay where it is written there, else from the defaults."""

    def __init__(self, base: Table, over: Table | None) -> None:
        self.base = base
        self.over = over

    def theme(self) -> Theme | None:
        page = self._page()
        fonts = FontTheme(**self._texts("fonts", FontKeys))
        self._check_fonts()
        colours = ColourTheme(**self._texts("colours", ColourKeys, colour=True))
        sizes = self._numbers("text", TextKeys)
        sizes["measure"] *= POINTS_PER_MILLIMETRE
        tables = TableTheme(**self._numbers("tables", TableKeys))
        logo_words = self._texts("logo", LogoKeys)
        logo = LogoTheme(logo_words["file"], self._numbers("logo", LogoKeys)["width"] * POINTS_PER_MILLIMETRE, logo_words["alt"])
        return Theme(page, fonts, TextTheme(**sizes), tables, colours, logo) if page is not None else None

    def _section(self, name: str) -> list[Table]:
        """The table of that name in the overlay (if there), then in the defaults."""
        keys: dict[str, Key[dict[str, object]]] = {key.name: key for key in ThemeKeys.declared}  # type: ignore[misc]
        return [
            source.one(keys[name])
            for source in (self.over, self.base)
            if source is not None and (source is self.base or source.has(keys[name]))
        ]

    def _take(self, sections: list[Table], key: Key[T]) -> tuple[T, Table]:
        for section in sections:
            if section.has(key):
                return section.take(key), section
        return key.default, sections[-1]

    def _texts(self, name: str, shape: type[Keys], *, colour: bool = False) -> dict[str, str]:
        sections = self._section(name)
        values: dict[str, str] = {}
        for key in shape.declared:
            if not isinstance(key.default, str):
                continue
            value, section = self._take(sections, key)
            values[key.name] = str(value)
            if colour and not _is_colour(str(value)):
                section.fault(key.name, "not-a-colour", f'"{key.name}" is "{value}".', "Give a colour such as #0b4a6f.")
        return values

    def _numbers(self, name: str, shape: type[Keys]) -> dict[str, float]:
        sections = self._section(name)
        values: dict[str, float] = {}
        for key in shape.declared:
            if not isinstance(key.default, float):
                continue
            count = sum(len(section.faults) for section in sections)
            value, section = self._take(sections, key)
            least, most = _RANGES.get(key.name, (3.0, 400.0))
            values[key.name] = float(str(value))
            if not least <= values[key.name] <= most:
                if sum(len(one.faults) for one in sections) == count:
                    found = f'"{key.name}" is {values[key.name]:g}.'
                    section.fault(key.name, "out-of-range", found, f"Give {least:g} to {most:g}.")
                values[key.name] = 10.0
        return values

    def _page(self) -> PageTheme | None:
        sections = self._section("page")
        size, section = self._take(sections, PageKeys.size)
        margins = {name: value * POINTS_PER_MILLIMETRE for name, value in self._numbers("page", PageKeys).items()}
        known = {name.casefold(): name for name in SIZES}
        if size.casefold() not in known:
            section.fault("size", "unknown-size", f'"size" is "{size}".', f"Give one of {', '.join(SIZES)}.")
            return None
        width, height = SIZES[known[size.casefold()]]
        page = PageTheme(known[size.casefold()], width, height, **margins)
        if page.margin_left + page.margin_right > width - 100 or page.margin_top + page.margin_bottom > height - 100:
            sections[0].fault("", "no-room", "The margins leave no room for words.", "Make them smaller.")
            return None
        return page

    def _check_fonts(self) -> None:
        """An overlay that names one face of its own names all four, or words in bold would come out in another fount."""
        if self.over is None:
            return
        section = self._section("fonts")[0]
        named = [key.name for key in FontKeys.declared if section.has(key)]
        missing = [key.name for key in FontKeys.declared if not section.has(key)]
        if named and missing:
            found = f"[fonts] names {', '.join(named)} and not {', '.join(missing)}."
            section.fault("", "font-missing", found, "Name all four faces, or none; one file may stand for two.")


def _is_colour(value: str) -> bool:
    return len(value) == 7 and value[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in value[1:])


assert len(fields(ColourTheme)) == len(ColourKeys.declared)  # noqa: S101 - the two lists above are one list
