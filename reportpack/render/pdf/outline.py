"""The bookmarks: first and second headings as a tree."""

from dataclasses import dataclass, field

from reportpack.render.pdf.objects import Output, text_string
from reportpack.render.pdf.page import Page

Heading = tuple[int, str, Page, float]
"""Level, words, page, height on the page."""
_DEEPEST = 2


@dataclass(slots=True)
class _Mark:
    """A bookmark."""

    number: int
    heading: Heading | None
    kids: "list[_Mark]" = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many bookmarks stand below."""
        return sum(1 + kid.count for kid in self.kids)


def write_outline(output: Output, headings: list[Heading]) -> str:
    """Write all bookmarks; what the catalog says of them."""
    shown = [heading for heading in headings if heading[0] <= _DEEPEST]
    if not shown:
        return ""
    root = _Mark(output.take(), None)
    open_marks = [root]
    for heading in shown:
        del open_marks[heading[0] :]
        mark = _Mark(output.take(), heading)
        open_marks[-1].kids.append(mark)
        open_marks.append(mark)
    ends = f"/First {root.kids[0].number} 0 R/Last {root.kids[-1].number} 0 R"
    output.put(root.number, f"<</Type/Outlines{ends}/Count {len(root.kids)}>>")
    _write(output, root)
    return f"/Outlines {root.number} 0 R/PageMode/UseOutlines"


def _write(output: Output, parent: _Mark) -> None:
    for index, mark in enumerate(parent.kids):
        if mark.heading is None:
            continue
        _, words, page, y = mark.heading
        text = f"<</Title{text_string(words)}/Parent {parent.number} 0 R/Dest[{page.number} 0 R/XYZ 0 {y:.2f} null]"
        if index:
            text += f"/Prev {parent.kids[index - 1].number} 0 R"
        if index + 1 < len(parent.kids):
            text += f"/Next {parent.kids[index + 1].number} 0 R"
        if mark.kids:
            text += f"/First {mark.kids[0].number} 0 R/Last {mark.kids[-1].number} 0 R/Count {-len(mark.kids)}"
        output.put(mark.number, f"{text}>>")
        _write(output, mark)
