"""Abbreviations in a page source: spelt out where they are first read, and explained once in each section after that.

People's own words (`q`, `aside class="quote"`, `class="verbatim"`), headings, table heads and links stay as typed: there an
abbreviation only gets its meaning as `abbr`. What has `class="literal"` (names of files, the list of abbreviations) is left alone.
"""

from collections.abc import Iterable
from html import escape

from reportpack import patterns as re
from reportpack.model.office import Abbreviation

_TAG = re.compile(r"(<svg\b.*?</svg>|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"</?([a-z0-9]+)")
_SKIPPED = frozenset({"head", "abbr", "time", "data"})
_LITERAL = re.compile(r'class="[^"]*\bliteral\b')
_BLOCKS = frozenset({"p", "li", "dd", "dt", "td", "aside", "figcaption", "br"})
_AS_TYPED = frozenset({"q", "h1", "h2", "h3", "h4", "th", "a", "caption"})
_CLASSES = re.compile(r'class="[^"]*\b(?:quote|verbatim|marking)\b')


def spell_out(source: str, abbreviations: Iterable[Abbreviation]) -> str:
    """The page source with its abbreviations explained; nothing else in it changes."""
    known = {
        escape(one.short, quote=False): escape(one.long, quote=False).replace('"', "&quot;")
        for one in abbreviations
        if one.short.strip() and one.long
    }
    if not known:
        return source
    return "".join(_Reading(known).read(source))


class _Reading:
    """One pass over the tags and words of a page source."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known
        self.pattern = re.compile(rf"(?<![\w&/-])(?:{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?![\w/-])")
        self.spelt: set[str] = set()
        self.explained: set[str] = set()
        self.skipping: list[str] = []
        self.as_typed: list[str] = []
        self.sections = 0
        self.before = ""

    def read(self, source: str) -> Iterable[str]:
        for part in _TAG.split(source):
            if not part.startswith("<"):
                yield part if self.skipping else self.pattern.sub(self._replace, part)
                self.before = (self.before + part)[-200:]
                continue
            if not part.startswith("<svg"):
                self._enter(part)
            yield part

    def _enter(self, tag: str) -> None:
        match = _NAME.match(tag)
        if match is None:
            return
        name = match[1]
        if name in _BLOCKS:
            self.before = ""
        if tag.endswith("/>"):
            return
        if tag.startswith("</"):
            for stack in (self.skipping, self.as_typed):
                if stack and stack[-1] == name:
                    stack.pop()
            self.sections -= name == "section"
            return
        if name == "section":
            self.explained = set() if not self.sections else self.explained
            self.sections += 1
        if name in _SKIPPED or _LITERAL.search(tag) or name in self.skipping:
            self.skipping.append(name)
        if name in _AS_TYPED or _CLASSES.search(tag) or name in self.as_typed:
            self.as_typed.append(name)

    def _replace(self, found: re.Match[str]) -> str:
        short = found[0]
        long = self.known[short]
        if _stands_within(found, long):
            return short
        text = f"{self.before}{found.string[: found.start()]}"
        introduced = text.casefold().endswith(f"{long} (".casefold())
        spell = short not in self.spelt and not introduced and not self.as_typed
        if introduced or spell:
            self.spelt.add(short)
        if short in self.explained and not spell:
            return short
        self.explained.add(short)
        if spell and not text.strip():
            long = long[:1].upper() + long[1:]
        marked = f'<abbr title="{self.known[short]}">{short}</abbr>'
        return f"{long} ({marked})" if spell else marked


def _stands_within(found: re.Match[str], long: str) -> bool:
    """Whether the words around it are the long form itself: `Mayor` in `Mayor of Midshire`."""
    whole, inside = long.casefold(), found[0].casefold()
    starts = [at for at in range(len(whole)) if whole.startswith(inside, at)]
    around = found.string.casefold()
    return any(at <= found.start() and around.startswith(whole, found.start() - at) for at in starts)
