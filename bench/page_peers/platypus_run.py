"""Platypus' part of bench.pages, as most people write it: paragraphs, tables with paragraphs in cells, reportlab.graphics, multiBuild.

python -m bench.page_peers.platypus_run SOURCE.html OUT.pdf"""

import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import font_source_sans_pro
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Table
from reportlab.platypus.tableofcontents import TableOfContents

from reportpack.render.element import Element, table_grid, words_of
from reportpack.render.page_source import parse_page_source
from reportpack.render.vocabulary import INLINE

FONT, BOLD = "Sans", "SansBold"
BODY = ParagraphStyle("body", fontName=FONT, fontSize=9.8, leading=13.2, spaceAfter=6)
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=8.6, leading=10.8)
HEADS = {
    f"h{level}": ParagraphStyle(
        f"h{level}", fontName=BOLD, fontSize=size, leading=size * 1.2, spaceBefore=9, spaceAfter=4, keepWithNext=1
    )
    for level, size in ((1, 20), (2, 13), (3, 10.6), (4, 9.8))
}
BULLET = ParagraphStyle("bullet", parent=BODY, leftIndent=11, spaceAfter=2.5)


def flowables(element: Element) -> list[Any]:
    """What platypus sets for an element."""
    tag = element.tag
    if tag in HEADS:
        return [Paragraph(escape(words_of(element)), HEADS[tag])]
    if tag == "p":
        return [Paragraph(markup(element.children), BODY)]
    if tag == "table":
        return table(element)
    if tag == "svg":
        return [drawing(element)]
    found: list[Any] = []
    run: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag not in INLINE | {"svg"}:
            found.extend([Paragraph(markup(run), BULLET if tag == "li" else BODY)] if run else [])
            run = []
            found.extend(flowables(child))
        elif isinstance(child, Element) and child.tag == "svg" and tag == "figure":
            found.append(drawing(child))
        else:
            run.append(child)
    if run:
        style = BULLET if tag == "li" else BODY
        found.append(Paragraph(markup(run), style, bulletText="•" if tag == "li" else None))
    return found


def markup(children: Any) -> str:
    """Words in the mark-up of Paragraph."""
    parts = []
    for child in children:
        if isinstance(child, str):
            parts.append(escape(child))
        elif child.tag == "br":
            parts.append("<br/>")
        elif child.tag != "svg":
            inner = markup(child.children)
            parts.append(f"<b>{inner}</b>" if child.tag == "strong" else f"<i>{inner}</i>" if child.tag == "em" else inner)
    return "".join(parts)


def table(element: Element) -> list[Any]:
    """A table with paragraphs in its cells and a head that repeats."""
    grid = table_grid(element)
    rows: list[list[Any]] = [["" for _ in range(grid.columns)] for _ in grid.rows]
    style: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), 0.35, HexColor("#c3cad1")), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for index, row in enumerate(grid.rows):
        for cell in row.cells:
            rows[index][cell.column] = (
                [Paragraph(markup(cell.element.children), CELL)]
                if all(isinstance(child, str) or child.tag in INLINE for child in cell.element.children)
                else flowables(cell.element)
            )
            if cell.columns > 1 or cell.rows > 1:
                style.append(("SPAN", (cell.column, index), (cell.column + cell.columns - 1, index + cell.rows - 1)))
    heads = sum(1 for row in grid.rows if row.part.tag == "thead")
    width = 480 / grid.columns
    return [Table(rows, [width] * grid.columns, repeatRows=heads, style=style)]


def drawing(svg: Element) -> Drawing:
    """A chart with reportlab.graphics: lines, rectangles, circles, words."""
    _, _, width, height = (float(number) for number in svg.get("viewBox").split())
    made = Drawing(width, height)
    for element in svg.walk():
        shape = shape_of(element, height)
        if shape is not None:
            made.add(shape)
    return made


def shape_of(element: Element, height: float) -> Any:
    """One shape, its y turned over."""

    def number(name: str) -> float:
        return float(element.get(name, "0"))

    if element.tag == "line":
        return Line(number("x1"), height - number("y1"), number("x2"), height - number("y2"), strokeWidth=0.5)
    if element.tag in ("polyline", "polygon"):
        values = [float(value) for value in element.get("points").replace(",", " ").split()]
        return PolyLine([value if index % 2 == 0 else height - value for index, value in enumerate(values)], strokeWidth=1)
    if element.tag == "rect":
        return Rect(
            number("x"),
            height - number("y") - number("height"),
            number("width"),
            number("height"),
            fillColor=HexColor("#eef2f5"),
            strokeColor=None,
        )
    if element.tag == "circle":
        return Circle(number("cx"), height - number("cy"), number("r"))
    if element.tag == "text":
        return String(number("x"), height - number("y"), words_of(element), fontName=FONT, fontSize=7)
    return None


class Template(BaseDocTemplate):  # type: ignore[misc] # reportlab has no types
    """Pages with a header, and headings that report to the contents."""

    def __init__(self, out: str, title: str) -> None:
        BaseDocTemplate.__init__(self, out, pagesize=A4, title=title)
        self.addPageTemplates([PageTemplate("page", [Frame(56, 54, 482, 730, 0, 0, 0, 0)], onPage=self.header)])

    def header(self, canvas: Any, _: Any) -> None:
        """The title and the number of the page."""
        canvas.setFont(FONT, 8)
        canvas.drawString(56, 806, self.title)
        canvas.drawRightString(538, 30, f"Page {self.page}")

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 - platypus' name
        """Tell the contents of headings."""
        if isinstance(flowable, Paragraph) and flowable.style.name in ("h1", "h2"):
            self.notify("TOCEntry", (int(flowable.style.name[1]) - 1, flowable.getPlainText(), self.page))


def main(source: str, out: str) -> None:
    """Set the page source."""
    pdfmetrics.registerFont(TTFont(FONT, font_source_sans_pro.font_files_ttf["SourceSansPro"]))
    pdfmetrics.registerFont(TTFont(BOLD, font_source_sans_pro.font_files_ttf["SourceSansProSemibold"]))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    document = parse_page_source(Path(source).read_text("utf-8"), source)
    contents = TableOfContents()
    contents.levelStyles = [BODY, BULLET]
    story: list[Any] = [contents]
    for section in document.sections:
        story.append(PageBreak())
        story.extend(flowables(section))
    Template(out, document.title).multiBuild(story)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
