"""The HTML edition: one file from the page source, with its faces, no script and nothing fetched; what the PDF says, it says."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template

from reportpack.render.element import Document, words_of
from reportpack.render.pdf.document import chart_style
from reportpack.render.theme import WORDS, ColourTheme, Theme, readable_on
from reportpack.render.vocabulary import HEADINGS
from reportpack.render.web_elements import WebWriter, image_address
from reportpack.render.web_faces import face_rules

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
_LIGHT = "#ffffff"
_DARK = "#14191f"
_DARK_TINT = "#202830"
_READ = ("quiet", "accent", "link", "good", "bad", "watch", "marking")


def render_web(document: Document, theme: Theme, assets: Mapping[str, bytes]) -> bytes:
    """The whole file, in UTF-8. `assets` holds the images and the logo by the names that the page source and the theme give them."""
    writer = WebWriter(document, assets, chart_style(theme, assets).text_width)
    sections, letters = list[bytes](), set(_header(document, theme, assets))
    for section in document.sections:
        letters.update(text := writer.element(section))
        sections.append(text.encode())
    main, contents = writer.identify("content"), _contents(document, writer)
    start = (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n{_head(document, theme, face_rules(theme, assets, letters))}</head>\n<body>\n'
        f'<a class="skip" href="#{main}"{writer.own}>Skip to the content</a>\n{_header(document, theme, assets)}'
        f'<main id="{main}" tabindex="-1">\n{contents}'
    )
    parts = (document.meta.running_title or document.title, document.meta.edition, document.meta.version)
    foot = "".join(f"<p>{escape(part)}</p>" for part in parts if part)
    end = f"\n</main>\n<footer>{foot}{_marking(document)}</footer>\n</body>\n</html>\n"
    return b"".join((start.encode(), *sections, end.encode()))


def _head(document: Document, theme: Theme, faces: str) -> str:
    meta = document.meta
    named = {"description": meta.description, "author": meta.author, "keywords": meta.keywords}
    lines = "".join(f'<meta name="{name}" content="{escape(words)}">\n' for name, words in named.items() if words)
    return (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n{lines}<style>{faces}{_stylesheet(theme.colours, meta.marking)}</style>\n"
    )


def _marking(document: Document) -> str:
    return f'<p class="marking">{escape(document.meta.marking)}</p>' if document.meta.marking else ""


def _header(document: Document, theme: Theme, assets: Mapping[str, bytes]) -> str:
    logo = ""
    content = assets.get(theme.logo.file) if theme.logo.file else None
    if content is not None:
        address = image_address(content, f'The logo "{theme.logo.file}"')
        logo = f'<img src="{address}" alt="{escape(theme.logo.alt)}" width="{theme.logo.width * 96 / 72:.0f}">'
    running = escape(document.meta.running_title or document.title)
    return f"<header>{_marking(document)}{logo}<p>{running}</p></header>\n"


def _contents(document: Document, writer: WebWriter) -> str:
    if any(section.has("contents") for section in document.sections):
        return ""
    first = (
        (section.get("id"), next((one for one in section.walk() if one.tag in HEADINGS), section))
        for section in document.sections
    )
    heads = {name: words_of(head) for name, head in first if name and head.tag in HEADINGS}
    items = [(name, heading) for name, heading in heads.items() if heading]
    if len(items) < 2:
        return ""
    lines = "".join(f'<li><a href="#{escape(name)}">{escape(heading)}</a></li>' for name, heading in items)
    return f'<nav class="contents added" aria-label="Contents"{writer.own}><ol class="contents" role="list">{lines}</ol></nav>\n'


def _stylesheet(colours: ColourTheme, marking: str) -> str:
    """All rules in one text that is safe inside a `style` element. Colours are the theme's, made readable where they are not."""
    light = _variables(colours, (_LIGHT, colours.tint), colours.rule, colours.ink, WORDS)
    dark = _variables(colours, (_DARK, _DARK_TINT), "#46515c", "#e9edf1", 6.5)
    safe = "".join(one if one.isascii() and (one.isalnum() or one == " ") else f"\\{ord(one):06x}" for one in marking)
    words = f'{{content:"{safe}";font:600 9pt sans-serif}}'
    count = '@bottom-right{content:"Page " counter(page) " of " counter(pages);font:9pt sans-serif}'
    pages = f"@page{{margin:18mm 15mm;@top-center{words}@bottom-left{words}{count}}}@page wide{{size:A4 landscape}}"
    rules = Template(Path(__file__).with_name("web.css").read_text("utf-8").rstrip("\n"))
    return rules.substitute(light=light, dark=dark, pages=pages)


def _variables(colours: ColourTheme, grounds: tuple[str, str], rule: str, ink: str, least: float) -> str:
    given = {"ground": grounds[0], "tint": grounds[1], "rule": rule, "ink": readable_on(ink, grounds, 7.0)}
    given |= {name: readable_on(getattr(colours, name), grounds, least) for name in _READ}
    return "".join(f"--{name}:{value};" for name, value in given.items())
