"""Abbreviations in a page source: spelt out where they are first read, and explained once in each section after that.

People's own words (`q`, `aside class="quote"`, `class="verbatim"`), headings, table heads and links stay as typed: there an
abbreviation only gets its meaning as `abbr`. What has `class="literal"` (names of files, the list of abbreviations) is left alone."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from reportpack import patterns as re
from reportpack.model.office import Abbreviation

_TAG = re.compile(r"(<svg\b.*?</svg>|<data\b[^>]*>[^<]*</data>|<[^>]*>)", re.DOTALL)
"""A tag, or what is passed over whole: a drawing, a number."""
_NAME = re.compile(r"</?([a-z0-9]+)")
_SKIPPED = frozenset({"head", "abbr", "time", "data"})
_LITERAL = re.compile(r'class="[^"]*\bliteral\b')
_BLOCKS = frozenset({"p", "li", "dd", "dt", "td", "aside", "figcaption", "br"})
_AS_TYPED = frozenset({"q", "h1", "h2", "h3", "h4", "th", "a", "caption"})
_LIST = re.compile(r'<h2>[^<]*</h2>\s*<dl class="facts literal">.*?</dl>\n?', re.DOTALL)
_CLASSES = re.compile(r'class="[^"]*\b(?:quote|verbatim|marking)\b')


def spell_out(source: str, abbreviations: Iterable[Abbreviation]) -> str:
    """The page source with its abbreviations explained; nothing else in it changes."""
    told = (one for one in abbreviations if one.short.strip() and one.long)
    known = {escape(one.short, quote=False): escape(one.long, quote=False).replace('"', "&quot;") for one in told}
    return source if not known else _Reading(known).read(_without_unused(source, known))


def _without_unused(source: str, known: Iterable[str]) -> str:
    """Its list of abbreviations without those that it uses nowhere else, which would tell of what other editions say; no list of none."""
    used = set(_pattern(known).findall(_LIST.sub("", source)))
    unused = [one for one in known if one not in used]
    entries = re.compile(rf"<dt>(?:{'|'.join(map(re.escape, unused))})</dt><dd>[^<]*</dd>\n?")
    return _LIST.sub(lambda found: kept if "<dt>" in (kept := entries.sub("", found[0])) else "", source) if unused else source


def _pattern(known: Iterable[str]) -> re.Pattern[str]:
    """What stands before each is looked at after it, so that the engine need only stop at the letters with which one begins."""
    whole = (rf"{one}(?<![\w&/-]{one})" for one in map(re.escape, sorted(known, key=len, reverse=True)))
    return re.compile(rf"(?:{'|'.join(whole)})(?![\w/-])")


class _Reading:
    def __init__(self, known: dict[str, str]) -> None:
        self.known = known
        self.pattern = _pattern(known)
        self.spelt: set[str] = set()
        self.explained: set[str] = set()
        self.skipping: list[str] = []
        self.as_typed: list[str] = []
        self.sections = 0
        self.before = ""

    def read(self, source: str) -> str:
        parts = _TAG.split(source)
        for place, part in enumerate(parts):
            if place % 2:
                self._enter(part)
            elif part:
                if not self.skipping:
                    parts[place] = self.pattern.sub(self._replace, part)
                self.before = (self.before + part)[-200:]
        return "".join(parts)

    def _enter(self, tag: str) -> None:
        name, opens, skips, typed = _told_by(tag)
        if name in _BLOCKS:
            self.before = ""
        elif name == "data" and opens is None:
            self.before = (self.before + tag[tag.index(">") + 1 : -len("</data>")])[-200:]
        if opens is False:
            for stack in (self.skipping, self.as_typed):
                if stack and stack[-1] == name:
                    stack.pop()
            self.sections -= name == "section"
        elif opens:
            if name == "section":
                self.explained = set() if not self.sections else self.explained
                self.sections += 1
            if skips or name in self.skipping:
                self.skipping.append(name)
            if typed or name in self.as_typed:
                self.as_typed.append(name)

    def _replace(self, found: re.Match[str]) -> str:
        short = found[0]
        long = self.known[short]
        whole, inside = long.casefold(), found[0].casefold()
        starts = [at for at in range(len(whole)) if whole.startswith(inside, at)]
        around = found.string.casefold()
        if any(at <= found.start() and around.startswith(whole, found.start() - at) for at in starts):
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


@lru_cache(maxsize=256)
def _told_by(tag: str) -> tuple[str, bool | None, bool, bool]:
    """An element's name, whether it is opened here (None when it is whole), and whether what it holds is passed over, or stays as typed."""
    match = _NAME.match(tag)
    if match is None or match[1] == "svg":
        return "", None, False, False
    name = match[1]
    opens = None if tag.endswith(("/>", "</data>")) and tag != "</data>" else not tag.startswith("</")
    return name, opens, name in _SKIPPED or bool(_LITERAL.search(tag)), name in _AS_TYPED or bool(_CLASSES.search(tag))
