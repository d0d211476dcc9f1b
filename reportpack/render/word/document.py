"""The doorway: a page source as a Word document."""

from collections.abc import Mapping
from types import MappingProxyType

from reportpack.render.element import Document
from reportpack.render.theme import Theme
from reportpack.render.word.body import WordWriter
from reportpack.render.word.parts import word_file

NO_FACTS: Mapping[str, str] = MappingProxyType({})


def render_word(document: Document, theme: Theme, facts: Mapping[str, str] = NO_FACTS, *, tracked: bool = False) -> bytes:
    """The whole file. `facts` are properties of its own by name; `tracked` when what is typed in it is to be tracked."""
    writer = WordWriter(document, theme)
    body = "".join(writer.section(section, first=at == 0) for at, section in enumerate(document.sections))
    return word_file(document, theme, body, writer.links, writer.lists, facts, tracked=tracked)
