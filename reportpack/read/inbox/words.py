"""Plain text out of letters: without what no file could hold."""

from reportpack.read.documents.text import squeezed, tidy


def clean(text: str) -> str:
    """Words without control characters and without halves of characters, which no file could hold."""
    return tidy(text.encode("utf-8", "replace").decode())


def line_of(text: str, longest: int = 300) -> str:
    """The same as one line."""
    return squeezed(clean(text).replace("\n", " "))[:longest]
