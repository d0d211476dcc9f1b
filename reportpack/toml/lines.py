"""Which line of a TOML text each key, table and array entry stands on. The text has been parsed before: only valid TOML comes here."""

import tomllib
from dataclasses import field

from reportpack import patterns as re
from reportpack.records import Changing

Path = tuple[str | int, ...]
Lines = dict[Path, int]
Spans = dict[Path, tuple[int, int, int]]
"""By path, where in the text a key begins, where its value does, and where that ends."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> Lines:
    """The line (from 1) of every path: `("area", 0, "name")`."""
    return _Walk(text).document()


def spans_of(text: str) -> tuple[Spans, dict[Path, int]]:
    """Where every key with a value of its own stands, and where each table's heading ends."""
    walk = _Walk(text)
    walk.document()
    return walk.spans, walk.headings


class _Walk(Changing):
    """One pass over the text from front to back; a value's own words are skipped."""

    text: str
    at: int = 0
    lines: Lines = field(default_factory=dict)
    spans: Spans = field(default_factory=dict)
    headings: dict[Path, int] = field(default_factory=dict)
    counts: dict[Path, int] = field(default_factory=dict)
    counted_to: int = 0
    line: int = 1
    last: str = ""

    def document(self) -> Lines:
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.heading()
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.lines

    def heading(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the path that the keys below it stand under."""
        line = self.line_here()
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path = self.within_arrays(self.key()[:-1]) if many else self.within_arrays(self.key())
        if many:
            path = (*path, self.last)
            entry = self.counts.get(path, 0)
            self.counts[path] = entry + 1
            self.note(path, line)
            path = (*path, entry)
        self.at += 2 if many else 1
        self.note(path, line)
        self.headings[path] = self.at
        return path

    def key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self.skip(_SPACE)
            match = _STRING.match(self.text, self.at) or _BARE_KEY.match(self.text, self.at)
            if match is None:
                break
            words = match[0]
            parts.append(str(tomllib.loads(f"k = {words}")["k"]) if words[0] in "\"'" else words)
            self.at = match.end()
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        self.last = parts[-1] if parts else ""
        return tuple(parts)

    def within_arrays(self, parts: tuple[str, ...]) -> Path:
        """The path with the entry that is being filled put after the name of each array of tables."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def pair(self, table: Path) -> None:
        line, begins = self.line_here(), self.at
        path: Path = table
        for part in self.key():
            path = (*path, part)
            self.note(path, line)
        self.at += 1
        self.skip(_SPACE)
        value = self.at
        self.value(path)
        self.spans[path] = (begins, value, value + len(self.text[value : self.at].rstrip()))

    def value(self, path: Path) -> None:
        first = self.text[self.at : self.at + 1]
        if first == "[":
            self.array(path)
        elif first == "{":
            self.inline(path)
        else:
            match = _STRING.match(self.text, self.at) if first in ('"', "'") else _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def array(self, path: Path) -> None:
        entry = 0
        self.at += 1
        self.skip(_BLANK)
        while self.at < len(self.text) and self.text[self.at] != "]":
            self.note((*path, entry), self.line_here())
            self.value((*path, entry))
            entry += 1
            self.skip_comma()
        self.at += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        while self.at < len(self.text) and self.text[self.at] != "}":
            self.pair(path)
            self.skip_comma()
        self.at += 1

    def skip_comma(self) -> None:
        self.skip(_BLANK)
        if self.text.startswith(",", self.at):
            self.at += 1
            self.skip(_BLANK)

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def note(self, path: Path, line: int) -> None:
        """The first line that names a path is its line."""
        self.lines.setdefault(path, line)

    def line_here(self) -> int:
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line
