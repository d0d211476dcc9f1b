"""One page as it is drawn: operators, marked content, annotations, and what is added to it once all pages are known.

Law: every operator that paints stands in marked content, either of a structure element or of an artifact."""

from functools import cache

from reportpack.records import Changing
from reportpack.render.pdf.objects import Node, Output

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Link(Changing):
    """Where words lead: an address or, after `#`, an id. `page` asks for the page number after them."""

    target: str
    words: str
    node: Node
    page: bool = False


class Page:
    """A page that is open for drawing, until `close` writes its content."""

    __slots__ = (
        "annotations", "band", "content", "cover", "fill", "font", "ground", "height", "hidden", "index", "late", "marked", "number", "output", "owner", "rise", "slots", "stream",
        "title", "under", "width",
    )  # fmt: skip

    def __init__(self, output: Output, index: int, width: float, height: float) -> None:
        self.output = output
        self.number = output.take()
        self.index, self.width, self.height = index, width, height
        self.ground: list[str] = []
        self.under: list[str] = []
        self.content: list[str] = []
        self.late: list[str] = []
        self.marked: list[int] = []
        self.annotations: list[tuple[int, Box, Link]] = []
        self.stream = 0
        self.title = ""
        self.hidden = self.cover = self.band = False
        self.slots = 0
        self.forget()

    def forget(self) -> None:
        """Nothing is known of the graphics state (at the start of a stream)."""
        self.owner: Node | None = None
        self.font = ""
        self.fill = ""
        self.rise = 0.0

    def begin(self, node: Node) -> str:
        """The operator that begins marked content of an element; of an artifact while `hidden` holds (a table's head, repeated)."""
        if self.hidden:
            return "/Artifact <</Type/Pagination>>BDC"
        index = len(self.marked)
        self.marked.append(node.number)
        node.place()
        node.mark(self.number, index)
        return f"/{node.kind} <</MCID {index}>>BDC"

    def leave_slot(self) -> int:
        """Room in the content for what is known only when all pages are."""
        self.content.append("")
        self.slots += 1
        return len(self.content) - 1

    def fill_slot(self, slot: int, operators: str) -> None:
        """Fill room that was left; the page is written when all of it is filled."""
        self.content[slot] = operators
        self.slots -= 1
        if not self.slots:
            self.close()

    def artifact(self, operators: str, kind: str = "/Type/Layout") -> None:
        """Paint something that is no content, above what is there."""
        self.content.append(f"/Artifact <<{kind}>>BDC {operators} EMC")

    def beneath(self, operators: str) -> None:
        """Paint an artifact below everything."""
        self.under.append(f"/Artifact <</Type/Layout>>BDC {operators} EMC")

    def link(self, box: Box, link: Link) -> None:
        """A rectangle that leads somewhere, as content of the link's element."""
        number = self.output.take()
        self.annotations.append((number, box, link))
        link.node.kids.append(f"<</Type/OBJR/Pg {self.number} 0 R/Obj {number} 0 R>>")

    def figure(self, node: Node | None, operators: str, box: Box, placement: str) -> None:
        """Draw a figure, as content of its element where it has one; its layout attributes say where it stands."""
        if node is None:
            self.artifact(operators)
            return
        if "/BBox" not in node.attributes:
            left, bottom, right, top = box
            node.attributes += f"/A<</O/Layout/BBox[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]/Placement/{placement}>>"
        self.content.extend((self.begin(node), operators, "EMC"))

    def rectangle(self, box: Box, colour: str) -> None:
        """A tint below everything, rules too; `colour` as operands of rg."""
        left, bottom, right, top = box
        shape = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f"
        self.ground.append(f"/Artifact <</Type/Layout>>BDC q {colour} rg {shape} Q EMC")

    def rule(self, left: float, right: float, y: float, weight: float, colour: str) -> None:
        """A horizontal rule; `colour` as operands of RG."""
        self.beneath(f"q {colour} RG {weight:g} w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S Q")

    def close(self) -> None:
        """Write the content, unless something is still to come; marked content and links stay."""
        if self.slots:
            return
        data = "\n".join((*self.ground, *self.under, *self.content)).encode("latin-1")
        self.stream = self.output.stream(data)
        self.ground = []
        self.under = []
        self.content = []
        self.forget()

    def write(self, pages: int, resources: int) -> None:
        """Write the page object, and what was added late as a second stream."""
        output = self.output
        contents = f"{self.stream} 0 R"
        if self.late:
            contents = f"[{contents} {output.stream(chr(10).join(self.late).encode('latin-1'))} 0 R]"
        numbers = " ".join(f"{number} 0 R" for number, _, _ in self.annotations)
        links = f"/Annots[{numbers}]" if numbers else ""
        keys = f"/StructParents {self.index}" if self.marked else ""
        output.put(
            self.number,
            f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {self.width:g} {self.height:g}]/Resources {resources} 0 R"
            f"/Contents {contents}{links}{keys}/Tabs/S>>",
        )


@cache
def colour_operands(colour: str) -> str:
    """`#0b4a6f` as operands of rg and RG."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return " ".join(f"{int(digits[place : place + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for place in (0, 2, 4))
