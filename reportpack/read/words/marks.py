"""Marks by which somebody holds words back from an edition where they stand: a comment (`public: withhold, crime`, `public: say instead ...`), a
style of Word named so, or in any file `[public: withhold, crime] ... [end]`. What a mark leaves unclear is held back, and said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.edition import Audience
from reportpack.model.office import Office
from reportpack.model.passage import HeldBack, Mark
from reportpack.model.problem import Problem, Source
from reportpack.read.documents.lines import Line, squeezed

_SAYS = re.compile(
    r"(?is)\s*(?P<edition>force|public)\s*:\s*(?:(?P<held>with+old|with+eld)\b[\s,;:]*(?P<reason>.*)"
    r"|say\s+instead\b(?:\s*,\s*(?P<why>[\w-]+)\s*:)?[\s,:]*(?P<instead>.*))"
)
_LIKE = re.compile(r"(?i)\s*(?:office|force|public)\s*:\s*(?:with|say|hide|hold|redact|remove|omit)")
_STYLE = re.compile(r"(?i)with?h(?:old|eld)")
_TYPED = re.compile(r"(?i)\[\s*(?P<says>(?:force|public)\s*:[^\[\]]{0,400})\]|\[\s*end\s*\]")
_NOISE = re.compile(r"(?i)with?h(?:old|eld)|force|public|from|[^a-z0-9-]+")


def is_mark(says: str) -> bool:
    """Whether a comment is meant as a mark, however it is put."""
    return _SAYS.fullmatch(says) is not None or _LIKE.match(says) is not None


def style_mark(name: str) -> str:
    """What a style of that name says of its words; empty for one that marks nothing."""
    if not _STYLE.search(name):
        return ""
    edition = next((one for one in ("force", "public") if one in name.casefold()), "")
    reason = _NOISE.sub(" ", name).strip()
    return f"{edition}: withhold, {reason}" if edition else f"withhold, {reason}"


def take_typed(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Mark, ...]]:
    """The lines without typed marks, and those. A mark that has no [end] of its own ends with its paragraph."""
    found = [match["says"] for line in lines for text in line.cells or (line.text,) for match in _TYPED.finditer(text)]
    if not any(found):
        return tuple(lines), ()
    reading = _Typed([one is None for one in [*found[1:], ""]])
    kept = tuple(reading.line(one) for one in lines)
    reading.close()
    return kept, tuple(reading.marks)


class _Typed:
    """One reading of typed marks; `ended` says of each that opens or closes whether an end comes next."""

    def __init__(self, ended: list[bool]) -> None:
        self.ended, self.marks = iter(ended), list[Mark]()
        self.open: Mark | None = None

    def line(self, line: Line) -> Line:
        if self.open is not None and self.open.unended and (line.blank or line.level):
            self.close()
        if line.cells:
            cells = tuple(self._text(one, line.name) for one in line.cells)
            return replace(line, cells=cells, text="\t".join(cells))
        return replace(line, text=self._text(line.text, line.name))

    def close(self) -> None:
        self.marks += [self.open] if self.open is not None and self.open.words.strip() else []
        self.open = None

    def _text(self, text: str, name: str) -> str:
        kept, last = "", 0
        for match in _TYPED.finditer(text):
            ended, opens = next(self.ended), match["says"]
            if opens is None and self.open is None:
                continue  # somebody's own words
            kept += self._take(text[last : match.start()])
            last = match.end()
            self.close()
            self.open = Mark(opens, "", name, unended=not ended) if opens is not None else None
        return squeezed(kept + self._take(text[last:])) if last else self._take(text)

    def _take(self, words: str) -> str:
        if self.open is not None:
            self.open = replace(self.open, words=f"{self.open.words} {words}".strip())
        return words


def read_marks(marks: Iterable[Mark], office: Office | None, source: Source) -> tuple[tuple[HeldBack, ...], tuple[Problem, ...]]:
    """What each mark holds back, and what is wrong with it."""
    read = [(one, read_mark(one, office, source.file)) for one in marks]
    faults = (Problem("passage-mark", replace(source, cell=mark.line), *said) for mark, (_, every) in read for said in every)
    return tuple(held for _, (held, _) in read), tuple(faults)


def read_mark(mark: Mark, office: Office | None, file: str) -> tuple[HeldBack, list[tuple[str, str]]]:
    """The words that are held back; and in a sentence each what the mark leaves unclear, with what to write."""
    faults = list(_faults(mark))
    match = _SAYS.fullmatch(mark.says)
    reasons = {one.id.casefold(): one.id for one in office.withholdings} if office is not None else {}
    if match is None:
        found = (
            f'"{mark.says}" marks words, and says neither "withhold, REASON" nor "say instead WORDS" for the force or the public.'
        )
        faults.append((found, _write(reasons)))
        return HeldBack(Audience.FORCE, mark.words, where=file), faults
    given = (match["reason"] or match["why"] or "").strip(" .\"'\u201c\u201d")
    reason = reasons.get(given.casefold(), "")
    instead = squeezed(match["instead"] or "").strip('"\u201c\u201d')
    if not reason and office is not None and (given or not instead):
        told = f'"{given}" is not one of the office\'s reasons' if given else f'"{mark.says}" gives no reason'
        faults.append((f"{told}, so the words are held back without one.", _write(reasons)))
    if match["held"] is None and not instead:
        faults.append((f'"{mark.says}" does not say what to say instead, so the words are withheld.', _write(reasons)))
    return HeldBack(Audience(match["edition"].casefold()), mark.words, reason, instead, file), faults


def _faults(mark: Mark) -> Iterator[tuple[str, str]]:
    if mark.absent:
        found = f'Words bear the style "{mark.absent}", which the document does not have; they are held back as its name says.'
        yield found, "Make the style in Word again, or write it as a comment: public: withhold, REASON."
    if mark.unended:
        yield (
            f'"[{mark.says}]" has no [end]; it is taken to the end of its paragraph.',
            "Write [end] behind the last word that it is about.",
        )


def _write(reasons: dict[str, str]) -> str:
    named = f" The reasons are: {', '.join(reasons.values())}." if reasons else ""
    return f"Write: public: withhold, REASON. A reason is the id of a [[withholding]] of office.toml.{named}"
