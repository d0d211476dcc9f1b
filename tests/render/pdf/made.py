"""PDFs of page sources, for tests."""

from functools import cache
from pathlib import Path

from reportpack.render.element import Document
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import Pages, render_pdf
from reportpack.render.theme import Theme, read_theme

ROOT = Path(__file__).parents[3]
EVERY_ELEMENT = Path(__file__).parent / "every-element.html"


@cache
def theme(overlay: str = "") -> Theme:
    """The program's theme, with an office's over it."""
    defaults = (ROOT / "templates" / "theme.toml").read_text("utf-8")
    return read_theme(defaults, overlay or None, ("theme.toml", "own.toml"))


def source(body: str, head: str = "") -> str:
    """A page source with one section."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB">\n'
        f"<head><title>Pack</title>{head}</head>\n<body><section><h1>Title</h1>\n{body}</section></body></html>"
    )


def document(text: str) -> Document:
    """A parsed page source."""
    return parse_page_source(text, "pack.html")


def made(body: str, head: str = "", assets: dict[str, bytes] | None = None, overlay: str = "") -> Pages:
    """The PDF of a page source with one section."""
    return render_pdf(document(source(body, head)), theme(overlay), assets or {})


@cache
def every_element() -> Pages:
    """The PDF of the page source that holds every element."""
    return render_pdf(document(EVERY_ELEMENT.read_text("utf-8")), theme(), {})
