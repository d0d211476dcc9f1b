"""A page source as a PDF: tagged, archival, set in one pass. The doorway of this room."""

import gc
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reportpack.errors import TemplateError
from reportpack.model.problem import Problem
from reportpack.records import Record
from reportpack.render.chart_style import ChartStyle
from reportpack.render.element import Document, Element
from reportpack.render.pdf.flow import Area, Flow, Heading
from reportpack.render.pdf.objects import Node, Tree, spoken, text_string, write_properties
from reportpack.render.pdf.page import Page, colour_operands
from reportpack.render.pdf.prose import heads_of, set_blocks, set_note
from reportpack.render.pdf.running import Running
from reportpack.render.pdf.setting import Column, Setting, TextLook
from reportpack.render.pdf.styles import StyleBook
from reportpack.render.pdf.tables import set_table
from reportpack.render.theme import FAMILY, Theme


class Pages(Record):
    """A finished PDF: its bytes, what to know about it, and how many pages it has."""

    pdf: bytes
    problems: tuple[Problem, ...]
    pages: int


def render_pdf(document: Document, theme: Theme, assets: Mapping[str, bytes]) -> Pages:
    """Set the document. `assets` holds images by their `src` and the theme's files by their names."""
    setter = _Typesetter(document, theme.enlarged(document.meta.audience), assets)
    collecting = gc.isenabled()
    gc.disable()
    try:
        return setter.run()
    finally:
        for one in (setter.setting, setter):  # each holds the other: all that they hold goes now, before the next document is set
            vars(one).clear()
        if collecting:
            gc.enable()


def font_files(theme: Theme, assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bytes of the faces that print under a theme: from the Source Sans package, or files beside the theme."""
    found: dict[str, bytes] = {}
    for name in theme.fonts.every:
        if name in assets:
            found[name] = assets[name]
        elif name.startswith(FAMILY) and "." not in name:
            from font_source_sans_pro import font_files_ttf

            if name not in font_files_ttf:
                names = ", ".join(sorted(font_files_ttf))
                raise TemplateError(f"The theme's font {name} is not of the Source Sans family.", f"It has {names}.")
            found[name] = Path(font_files_ttf[name]).read_bytes()
        else:
            raise TemplateError(f"The theme's font {name} was not found.", "Put the file beside theme.toml, or mend [fonts].")
    return found


def chart_style(theme: Theme, assets: Mapping[str, bytes]) -> ChartStyle:
    """How charts look under a theme: as wide as its pages, and measured in the faces that print them."""
    page, ink, book = theme.page, theme.colours.ink, StyleBook(theme, font_files(theme, assets))
    return ChartStyle(
        ink=ink,
        font_size=theme.enlarged().text.small,
        width=page.width - page.margin_left - page.margin_right,
        text_width=lambda text, size, bold: book.line(text, book.style(size, ink, bold=bold))[0],
    )


class _Typesetter:
    def __init__(self, document: Document, theme: Theme, assets: Mapping[str, bytes]) -> None:
        self.document, self.theme = document, theme
        self.setting = Setting(document, theme, assets, font_files(theme, assets), (set_table, set_note))
        self.pages: list[Page] = []
        self.flow = Flow(self.begin_page, self.finish_page, colour_operands(theme.colours.quiet), self.setting.places)
        self.running = Running(self.setting)
        self.section: Element = document.sections[0]
        self.title = ""
        self.ended: list[Node] = []
        self.section_pages = 0

    def run(self) -> Pages:
        for section in self.document.sections:
            self.set_section(section)
        self.flow.end_page()
        self.running.fill_numbers(self.pages)
        return Pages(self.close(), tuple(self.setting.problems), len(self.pages))

    def sheet(self) -> tuple[float, float]:
        page = self.theme.page
        return (page.height, page.width) if self.section.has("landscape") else (page.width, page.height)

    def set_section(self, section: Element) -> None:
        before, self.section = self.section, section
        below_cover = before.has("cover") and self.section_pages > 1
        self.title = heads_of(section.children)
        self.section_pages = 0
        theme, setting = self.theme, self.setting
        width, height = self.sheet()
        setting.sheet = height - theme.page.margin_top - theme.page.margin_bottom
        node = Node(setting.tree, "Sect", setting.tree.document, setting.language(section))
        text = TextLook(theme.text.size, theme.text.leading, theme.colours.ink, after=theme.text.leading * 0.45)
        left, right = theme.page.margin_left, width - theme.page.margin_right
        column = Column(left, right, node, text, theme.text.measure, cover=section.has("cover"))
        setting.section = column
        alone = [one.has("landscape") or one.has("cover") for one in (before, section)]
        self.flow.begin_section(shares=below_cover or not any(alone))
        self.flow.next_anchors += (section.get("id"),) if section.get("id") else ()
        self.set_children(section, column)
        self.flow.flush()
        self.ended.append(node)

    def set_children(self, section: Element, column: Column) -> None:
        setting, flow = self.setting, self.flow
        for child in section.elements:
            if child.attributes and child.has("break-before"):
                flow.flush()
                if not flow.fresh:
                    flow.end_page()
            if child.tag == "section" and not (child.has("keep-together") or child.has("columns") or child.has("band")):
                node = Node(setting.tree, "Sect", column.node, setting.language(child))
                flow.next_anchors += setting.anchors(child)
                self.set_children(child, replace(column, node=node))
                continue
            for block in set_blocks(setting, child, column):
                flow.add(block)

    def begin_page(self) -> tuple[Page, Area]:
        width, height = self.sheet()
        page = Page(self.setting.output, len(self.pages), width, height)
        page.title = self.title if self.section_pages or self.flow.shared else ""
        self.section_pages += 1
        margins = self.theme.page
        top = height - margins.margin_top
        area = Area(margins.margin_left, width - margins.margin_right, top, margins.margin_bottom)
        page.cover = self.section.has("cover")
        if page.cover and self.section_pages == 1:
            area.top = self.running.draw_logo(page, area)
        self.pages.append(page)
        return page, area

    def finish_page(self, page: Page) -> None:
        self.running.draw(page)
        page.close()
        if not self.setting.tree.space:
            self.finish_sections()

    def finish_sections(self) -> None:
        """Write the elements of the sections that ended: their footnotes stand on the page that ends here. In PDF 2.0 they point at each other."""
        for node in self.ended:
            self.setting.tree.finish(node)
        self.ended = []

    def close(self) -> bytes:
        setting = self.setting
        output, tree = setting.output, setting.tree
        pages = output.take()
        resources = output.take()
        parents = [f"[{' '.join(f'{number} 0 R' for number in page.marked)}]" for page in self.pages]
        for page in self.pages:
            self.running.write_links(page, parents)
            page.write(pages, resources)
        self.finish_sections()
        kids = " ".join(f"{page.number} 0 R" for page in self.pages)
        output.put(pages, f"<</Type/Pages/Count {len(self.pages)}/Kids[{kids}]>>")
        output.put(resources, self.resources())
        root = tree.close(parents, len(parents))
        metadata, information, intent = write_properties(output, self.document, self.theme.page.pdf)
        outline = _write_outline(tree, [heading for heading in self.flow.headings if heading[0] <= _DEEPEST])
        catalog = output.add(
            f"<</Type/Catalog/Pages {pages} 0 R/StructTreeRoot {root} 0 R/MarkInfo<</Marked true>>{spoken('Lang', self.document.language)}"
            f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {metadata} 0 R/OutputIntents[{intent} 0 R]"
            f"/PageLabels<</Nums[0<</S/D>>]>>{outline}>>"
        )
        return output.close(catalog, information)

    def resources(self) -> str:
        setting, output = self.setting, self.setting.output
        fonts = "".join(f"/{name} {number} 0 R" for face in setting.book.faces.values() for name, number in face.write(output))
        pictures = "".join(f"/{name} {number} 0 R" for name, number in setting.images.objects.values())
        states = "".join(f"/{name}<</ca {fill:g}/CA {stroke:g}>>" for (fill, stroke), name in setting.opacities.items())
        return f"<</Font<<{fonts}>>/XObject<<{pictures}>>/ExtGState<<{states}>>>>"


_DEEPEST = 2


def _write_outline(tree: Tree, headings: list[Heading]) -> str:
    if not headings:
        return ""
    output = tree.output
    root = output.take()
    kids: dict[int, list[int]] = {root: []}
    marks: list[tuple[int, int, int, Heading]] = []
    branch = [root]
    for heading in headings:
        del branch[heading[0] :]
        number, parent = output.take(), branch[-1]
        marks.append((number, parent, len(kids[parent]), heading))
        kids[parent].append(number)
        kids[number] = []
        branch.append(number)
    output.put(root, f"<</Type/Outlines/First {kids[root][0]} 0 R/Last {kids[root][-1]} 0 R/Count {len(kids[root])}>>")
    for number, parent, place, (_, words, aim) in marks:
        beside, below = kids[parent], kids[number]
        leads = tree.lead(aim.page.number, aim.element, f"0 {aim.y:.2f}")
        text = f"<</Title{text_string(words)}/Parent {parent} 0 R{leads}"
        text += f"/Prev {beside[place - 1]} 0 R" if place else ""
        text += f"/Next {beside[place + 1]} 0 R" if place + 1 < len(beside) else ""
        text += f"/First {below[0]} 0 R/Last {below[-1]} 0 R/Count {-len(below)}" if below else ""
        output.put(number, f"{text}>>")
    return f"/Outlines {root} 0 R/PageMode/UseOutlines"
