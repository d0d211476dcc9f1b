"""The words of a letter: markup taken off, and what its sender wrote told from what was only quoted."""

from html.parser import HTMLParser

from reportpack import patterns as re
from reportpack.read.documents.text import squeezed, tidy
from reportpack.read.inbox.limits import MAX_TEXT

_BREAKS = frozenset({"p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "blockquote", "hr"})
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})
_QUOTE_STARTS = re.compile(
    r"(?:-{2,}\s*(?:original message|forwarded message|original appointment).*"
    r"|_{20,}\s*|on .{6,200}\bwrote:|from:\s.*|begin forwarded message:)",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Words without control characters and without halves of characters, which no file could hold."""
    return tidy(text.encode("utf-8", "replace").decode())


def line_of(text: str, longest: int = 300) -> str:
    """The same as one line."""
    return squeezed(clean(text).replace("\n", " "))[:longest]


def plain_text(markup: str) -> str:
    """HTML as the words that it shows, a line for each of its blocks."""
    reader = _Words()
    try:
        reader.feed(markup[: 20 * MAX_TEXT])
        reader.close()
    except (AssertionError, ValueError):
        pass  # what could be read until then is shown
    lines = ("".join(reader.found)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's own signature
        self._hidden = 0 if tag == "body" else self._hidden + (tag in _HIDDEN)
        if tag in _BREAKS:
            self.found.append("\n")
        elif tag == "td":
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        if tag in _BREAKS and tag != "br":
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(" ".join(data.split("\n")))


def own_words(text: str) -> tuple[str, int]:
    """What the sender wrote, and how many lines of an earlier letter were left out below it or between."""
    lines = [clean(line).rstrip() for line in text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    end = next((at for at, line in enumerate(lines) if _begins_quote(lines, at)), len(lines))
    own = [line for line in lines[:end] if not line.lstrip().startswith(">")]
    left_out = sum(1 for line in lines[:end] if line.lstrip().startswith(">")) + sum(1 for line in lines[end:] if line.strip())
    return "\n".join(own).strip(), left_out


def _begins_quote(lines: list[str], at: int) -> bool:
    """Whether an earlier letter begins here; `From:` alone does not, only with the other heads of a letter under it."""
    line = lines[at].replace("*", "").strip()
    if not _QUOTE_STARTS.fullmatch(line):
        return False
    if not line.lower().startswith("from:"):
        return True
    heads = " ".join(one.replace("*", "").strip().lower() for one in lines[at + 1 : at + 6])
    return "to:" in heads and ("sent:" in heads or "date:" in heads or "subject:" in heads)
