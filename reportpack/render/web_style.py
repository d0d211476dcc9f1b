"""The stylesheet of the HTML edition: light and dark, from 320 pixels to print. Colours are the theme's, made readable where they are not."""

from pathlib import Path
from string import Template

from reportpack.render.contrast import WORDS, readable_on
from reportpack.render.theme import ColourTheme

_LIGHT = "#ffffff"
_DARK = "#14191f"
_DARK_TINT = "#202830"
_WORDS = ("quiet", "accent", "link", "good", "bad", "watch", "marking")


def stylesheet(colours: ColourTheme, marking: str) -> str:
    """All rules in one text that is safe inside a `style` element."""
    light = _variables(colours, (_LIGHT, colours.tint), colours.rule, colours.ink, WORDS)
    dark = _variables(colours, (_DARK, _DARK_TINT), "#46515c", "#e9edf1", 6.5)
    rules = Template(Path(__file__).with_name("web.css").read_text("utf-8").rstrip("\n"))
    return rules.substitute(light=light, dark=dark, pages=_pages(marking))


def _pages(marking: str) -> str:
    """The marking at the head and foot of every printed page."""
    words = f"{{content:{_css_string(marking)};font:600 9pt sans-serif}}"
    count = '@bottom-right{content:"Page " counter(page) " of " counter(pages);font:9pt sans-serif}'
    return f"@page{{margin:18mm 15mm;@top-center{words}@bottom-left{words}{count}}}@page wide{{size:A4 landscape}}"


def _variables(colours: ColourTheme, grounds: tuple[str, str], rule: str, ink: str, least: float) -> str:
    given = {"ground": grounds[0], "tint": grounds[1], "rule": rule, "ink": readable_on(ink, grounds, 7.0)}
    given |= {name: readable_on(getattr(colours, name), grounds, least) for name in _WORDS}
    return "".join(f"--{name}:{value};" for name, value in given.items())


def _css_string(words: str) -> str:
    """A CSS string in which everything but letters, digits and spaces is escaped."""
    return '"' + "".join(one if one.isascii() and (one.isalnum() or one == " ") else f"\\{ord(one):06x}" for one in words) + '"'
