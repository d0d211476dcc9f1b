"""What a page carries and nobody said: markings, page numbers, running footers, the buttons of a web page. Taken out, and remembered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.read.documents.lines import Line, squeezed
from reportpack.records import dataclass

MARKING = re.compile(
    r"(?i)(?:government )?(?:not protectively marked|npm|protectively marked|unclassified|official(?:[ :-]+sensitive)?(?:[ :/-]+[a-z ]{0,30})?"
    r"|protect|restricted(?:[ -]+[a-z]{1,20})?|confidential|secret|handling:? .{1,40})"
)
_PAGE = re.compile(r"(?i)(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|-\s*\d{1,4}\s*-|\d{1,3}\s+of\s+\d{1,3}")
_VERSION = re.compile(r"(?i)(?:\d{1,4}\s+)?(?:ver|version|v|rev)[. ]?\d[\w.]{0,12}")
_WEB = re.compile(
    r"(?i)(?:accessibility settings )?skip to (?:main )?content|accessibility settings|share this item|additional documents:?|print(?: this page)?|back to top|related content"
    r"|supporting documents|view the (?:background to|declarations).{0,60}|pdf icon.{0,30}|link to this page"
)
_WEB_TAIL = re.compile(r"(?i)\s+(?:pdf icon )?pdf \d+(?:\.\d+)? ?[km]b$")
_GLUED = re.compile(r"(?<=[a-z.,;:])OFFICIAL$")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Cleared:
    """The lines that are left, with blanks where furniture stood, and the markings that were seen."""

    lines: tuple[Line, ...]
    markings: tuple[tuple[str, str], ...]


def clear_furniture(lines: Sequence[Line], pages: int) -> Cleared:
    """Everything that is not the notes' own words becomes a blank line of the same name."""
    repeated = _repeated(lines, pages)
    kept: list[Line] = []
    markings: list[tuple[str, str]] = []
    for at, line in enumerate(lines):
        line = replace(line, text=_WEB_TAIL.sub("", line.text)) if line.text.endswith(("KB", "MB", "kb", "Kb")) else line  # noqa: PLW2901 - the words of a link
        line = replace(line, text=_GLUED.sub("", line.text)) if line.text.endswith("OFFICIAL") else line  # noqa: PLW2901 - a footer glued to the last words
        text = squeezed(line.text)
        if len(text) > 90 or line.cells:
            kept.append(line)
            continue
        if MARKING.fullmatch(text) and len(text) > 6:
            markings.append((text, line.name))
            kept.append(replace(line, text=""))
        elif _is_furniture(text, at, lines, pages) or (text and _DIGITS.sub("#", text) in repeated and not line.mark):
            kept.append(replace(line, text=""))
        else:
            kept.append(line)
    return Cleared(tuple(kept), tuple(markings))


def is_running(text: str) -> bool:
    """Whether the words at the head or foot of pages are what pages carry: a marking, the number of the page, a version."""
    words = list(dict.fromkeys(re.sub(r"\b(?:page|of)\b|\d+|[|/-]", " ", text, flags=re.IGNORECASE).split()))
    bare = " ".join(words)
    return not bare or MARKING.fullmatch(bare) is not None or _VERSION.fullmatch(text) is not None


def _is_furniture(text: str, at: int, lines: Sequence[Line], pages: int) -> bool:
    if _WEB.fullmatch(text) or _VERSION.fullmatch(text) or _PAGE.fullmatch(text):
        return True
    if pages < 2 or not text.isdigit() or len(text) > 4:
        return False
    before, after = (
        [line for line in near if line.page == lines[at].page and line.text]
        for near in (lines[max(0, at - 8) : at], lines[at + 1 : at + 8])
    )
    ends = len(after) <= 1 and all(len(line.text) < 40 for line in after)
    begins = all(MARKING.fullmatch(squeezed(line.text)) for line in before)
    return ends or (begins and int(text) in (lines[at].page, lines[at].page - 1))


def _repeated(lines: Sequence[Line], pages: int) -> frozenset[str]:
    """Lines that stand at the head or foot of three pages or more, whatever their numbers."""
    if pages < 3:
        return frozenset()
    edges: Counter[str] = Counter()
    by_page: dict[int, list[str]] = {}
    for line in lines:
        if line.text:
            by_page.setdefault(line.page, []).append(squeezed(line.text))
    for texts in by_page.values():
        if len(texts) > 4:
            edges.update({_DIGITS.sub("#", text) for text in (*texts[:1], *texts[-2:]) if len(text) < 80})
    return frozenset(text for text, count in edges.items() if count >= 3 and len(text) > 3)
