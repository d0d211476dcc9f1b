"""The structure tree: what each piece of a page is, in reading order, written out section by section."""

from reportpack.render.pdf.objects import Output, text_string


class Node:
    """A structure element. `kids` are its contents as they stand in the file; its object number is fixed from the start."""

    __slots__ = ("attributes", "children", "kids", "kind", "number", "page", "parent", "placed")

    def __init__(
        self, tree: "Tree", kind: str, parent: "Node | None", attributes: str = "", *, placed: bool = True, number: int = 0
    ) -> None:
        self.number = number or tree.output.take()
        self.kind = kind
        self.parent = parent
        self.attributes = attributes
        self.kids: list[str] = []
        self.children: list[Node] = []
        self.page = 0
        self.placed = False
        if placed:
            self.place()

    def place(self) -> None:
        """Take the next place below the parent; elements within words do so when they are first drawn."""
        if not self.placed:
            self.placed = True
            if self.parent is not None:
                self.parent.place()
                self.parent.kids.append(f"{self.number} 0 R")
                self.parent.children.append(self)

    def adopt(self, parent: "Node") -> None:
        """Take the next place below a parent that was not known when the element was made."""
        self.parent = parent
        self.placed = False
        self.place()

    def mark(self, page: int, index: int) -> None:
        """Hold the marked content of that index on the page with that object number."""
        if not self.page:
            self.page = page
        self.kids.append(str(index) if page == self.page else f"<</Type/MCR/Pg {page} 0 R/MCID {index}>>")

    def text(self) -> str:
        """As it stands in the file."""
        parent = self.parent.number if self.parent is not None else 0
        page = f"/Pg {self.page} 0 R" if self.page else ""
        kids = "/K " + self.kids[0] if len(self.kids) == 1 else f"/K[{' '.join(self.kids)}]" if self.kids else ""
        return f"<</S/{self.kind}/P {parent} 0 R{page}{self.attributes}{kids}>>"


class Tree:
    """All structure elements of a file."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.root = output.take()
        self.document = Node(self, "Document", None)
        self.identifiers: list[tuple[str, int]] = []

    def finish(self, node: Node) -> None:
        """Write an element and all below it."""
        todo = [node]
        while todo:
            element = todo.pop()
            todo.extend(element.children)
            element.children = []
            self.output.put(element.number, element.text())
            element.kids = []

    def identify(self, name: str, number: int) -> str:
        """Give an element an /ID; gives the attribute."""
        self.identifiers.append((name, number))
        return f"/ID({name})"

    def close(self, parents: list[str], next_key: int) -> int:
        """Write the root, the parent tree (its entries by key) and the tree of identifiers; the root's number."""
        self.document.parent = None
        text = self.document.text().replace("/P 0 0 R", f"/P {self.root} 0 R", 1)
        self.output.put(self.document.number, text)
        tree = self.output.add(f"<</Nums[{' '.join(f'{key} {entry}' for key, entry in enumerate(parents))}]>>")
        names = ""
        if self.identifiers:
            pairs = " ".join(f"({name}) {number} 0 R" for name, number in sorted(self.identifiers))
            names = f"/IDTree {self.output.add(f'<</Names[{pairs}]>>')} 0 R"
        self.output.put(
            self.root,
            f"<</Type/StructTreeRoot/K[{self.document.number} 0 R]/ParentTree {tree} 0 R/ParentTreeNextKey {next_key}{names}>>",
        )
        return self.root


def spoken(key: str, words: str) -> str:
    """An attribute of words: /Alt, /ActualText, /E or /Lang."""
    return f"/{key}{text_string(words)}" if words else ""
