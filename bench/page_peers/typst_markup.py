"""A page source as Typst markup: the same words, tables and charts, for measuring."""

from pathlib import Path

from reportpack.render.element import Document, Element, alternative, table_grid, words_of
from reportpack.render.vocabulary import INLINE, SVG

_ESCAPES = {character: f"\\{character}" for character in "\\#*_`$<>@[]=-+/~'\""}
_HEAD = """#set document(title: "{title}")
#set page(paper: "a4", margin: 20mm, header: [#set text(8pt); {marking} #h(1fr) {running}], footer: context [#set text(8pt); {marking} #h(1fr) Page #counter(page).display() of #counter(page).final().first()])
#set text(font: "Source Sans Pro", size: 9.8pt, lang: "en")
#set table(stroke: (x: none, y: 0.35pt + rgb("#c3cad1")), inset: (x: 5pt, y: 2.6pt))
#show table: set text(size: 8.6pt)
#show heading.where(level: 1): it => [#pagebreak(weak: true) #it]
#outline()
"""


def write_typst(document: Document, folder: Path) -> None:
    """`source.typ` and its charts in the folder."""
    writer = _Writer(folder)
    head = _HEAD.format(
        title=document.title.replace('"', "'"), marking=escape(document.meta.marking), running=escape(document.meta.running_title)
    )
    body = "".join(writer.block(section) for section in document.sections)
    (folder / "source.typ").write_text(head + body, "utf-8")


def escape(text: str) -> str:
    """Text that Typst reads as it stands."""
    return "".join(_ESCAPES.get(character, character) for character in text)


class _Writer:
    """Blocks and words as markup; charts as files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.charts = 0

    def block(self, element: Element) -> str:
        """One block, with an empty line after it."""
        tag = element.tag
        if tag in ("h1", "h2", "h3", "h4"):
            return f"{'=' * int(tag[1])} {self.words(element)}\n\n"
        if tag in ("ul", "ol"):
            name = "list" if tag == "ul" else "enum"
            return f"#{name}({', '.join(f'[{self.mixed(item)}]' for item in element.elements)})\n\n"
        if tag == "dl":
            return (
                "".join(
                    f"{'*' if part.tag == 'dt' else ''}{self.mixed(part).strip()}{'*' if part.tag == 'dt' else ''}\\\n"
                    for part in element.elements
                )
                + "\n"
            )
        if tag == "table":
            return self.table(element)
        if tag == "figure":
            caption = next((self.words(part) for part in element.elements if part.tag == "figcaption"), "")
            content = next(part for part in element.elements if part.tag != "figcaption")
            shown = (
                self.picture(content) if content.tag == "svg" else f"[{self.block(content)}]" if content.tag == "table" else "[]"
            )
            return f"#figure({shown}, caption: [{caption}])\n\n"
        if tag == "aside":
            return f'#block(fill: rgb("#eef2f5"), inset: 8pt, width: 100%)[{self.mixed(element)}]\n\n'
        return self.mixed(element) + "\n\n"

    def mixed(self, element: Element) -> str:
        """Words, then blocks."""
        parts = []
        for child in element.children:
            if isinstance(child, Element) and child.tag not in INLINE:
                parts.append("\n\n" + self.block(child))
            else:
                parts.append(self.inline(child))
        return "".join(parts)

    def words(self, element: Element) -> str:
        """The words of an element that holds words."""
        return "".join(self.inline(child) for child in element.children)

    def inline(self, child: Element | str) -> str:
        """A run of words."""
        if isinstance(child, str):
            return escape(child)
        inner = self.words(child)
        if child.tag == "strong":
            return f"#strong[{inner}]"
        if child.tag == "em":
            return f"#emph[{inner}]"
        if child.tag == "a" and child.get("href").startswith("http"):
            return f'#link("{child.get("href")}")[{inner}]'
        if child.tag == "br":
            return " \\ "
        if child.tag == "svg":
            return f"#box({self.picture(child)})"
        if child.tag == "q":
            return f"“{inner}”"
        return inner

    def table(self, table: Element) -> str:
        """A table with its head, which repeats."""
        grid = table_grid(table)
        head = [row for row in grid.rows if row.part.tag == "thead"]
        body = [row for row in grid.rows if row.part.tag != "thead"]
        heads = ", ".join(self.cell(cell.element) for row in head for cell in row.cells)
        cells = ",\n".join(", ".join(self.cell(cell.element) for cell in row.cells) for row in body)
        caption = next((words_of(part) for part in table.elements if part.tag == "caption"), "")
        header = f"table.header({heads}),\n" if heads else ""
        lines = f"#table(columns: {grid.columns},\n{header}{cells})\n\n"
        return (f"#strong[{escape(caption)}]\n\n" if caption else "") + lines

    def cell(self, cell: Element) -> str:
        """A cell with its spans."""
        spans = [f"{name}: {cell.get(name)}" for name in ("colspan", "rowspan") if cell.get(name, "1") != "1"]
        words = self.mixed(cell).strip()
        return f"table.cell({', '.join(spans)})[{words}]" if spans else f"[{words}]"

    def picture(self, svg: Element) -> str:
        """A chart as an SVG file beside the source."""
        self.charts += 1
        name = f"chart{self.charts}.svg"
        (self.folder / name).write_text(svg_text(svg), "utf-8")
        alt = alternative(svg).replace("\\", " ").replace('"', "'") or "decoration"
        width = svg.get("width") or svg.get("viewBox").split()[2]
        return f'image("{name}", width: {min(float(width), 480):g}pt, alt: "{alt}")'


def svg_text(element: Element, *, outermost: bool = True) -> str:
    """An inline svg as a file of its own."""
    names = {**element.attributes, **({"xmlns": SVG, "font-family": "Source Sans Pro"} if outermost else {})}
    attributes = "".join(f' {name}="{_xml(value)}"' for name, value in names.items())
    inner = "".join(_xml(child) if isinstance(child, str) else svg_text(child, outermost=False) for child in element.children)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
