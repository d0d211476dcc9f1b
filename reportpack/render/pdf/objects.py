"""The PDF file: numbered objects, packed into object streams as they come, its structure tree, what it says about itself, and the cross-reference stream at the end.

Law: what is written depends on the content alone; the file's /ID is a hash of all that stands before it."""

from datetime import datetime, timedelta, timezone
from hashlib import md5
from html import escape
from pathlib import Path
from string import Template
from zlib import compress

from reportpack.model.document import PdfStandard
from reportpack.render.element import Document

_PACKED = 200
_LEVEL = 5  # 6 takes a third longer for half a per cent of the file
PRODUCER = "reportpack"
_SRGB = Path(__file__).with_name("srgb.icc")
"""The 588 bytes of the sRGB profile that Little CMS makes, its creation date set to 2000-01-01; a test makes it again."""
_PDF_2 = "http://iso.org/pdf2/ssn"
_EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - timezone is imported for offsets anyway


class Output:
    """A file that grows: `take` a number, `put` its object; large data goes out at once as a stream."""

    def __init__(self, version: str = "1.7") -> None:
        self.parts: list[bytes] = [b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version.encode()]
        self.length = len(self.parts[0])
        self.places: list[tuple[int, int, int]] = [(0, 0, 65535)]
        self.waiting: list[tuple[int, str]] = []

    def take(self) -> int:
        """The next free object number."""
        self.places.append((0, 0, 0))
        return len(self.places) - 1

    def add(self, text: str) -> int:
        """Put an object under a new number."""
        number = self.take()
        self.put(number, text)
        return number

    def put(self, number: int, text: str) -> None:
        """Put an object that is no stream: Latin-1 text as it stands in the file."""
        self.waiting.append((number, text))
        if len(self.waiting) == _PACKED:
            self._pack()

    def stream(self, data: bytes, entries: str = "", number: int = 0, *, packed: bool = False) -> int:
        """Write a stream, compressed where that helps; `packed` data is already (the entries name its filter)."""
        number = number or self.take()
        if not packed and len(data) > 60:
            data = compress(data, _LEVEL)
            entries += "/Filter/FlateDecode"
        head = f"{number} 0 obj\n<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
        self.places[number] = (1, self.length, 0)
        self.parts.append(b"".join((head, data, b"\r\nendstream\nendobj\n")))
        self.length += len(self.parts[-1])
        return number

    def _pack(self) -> None:
        number = self.take()
        index, place = [], 0
        for order, (waiting, text) in enumerate(self.waiting):
            self.places[waiting] = (2, number, order)
            index.append(f"{waiting} {place}")
            place += len(text) + 1
        first = " ".join(index) + "\n"
        entries = f"/Type/ObjStm/N {len(self.waiting)}/First {len(first)}"
        body = "\n".join([text for _, text in self.waiting])
        self.waiting = []
        self.stream((first + body).encode("latin-1"), entries, number)

    def close(self, catalog: int, information: int) -> bytes:
        """The whole file; without `information` where that is 0."""
        if self.waiting:
            self._pack()
        table = self.take()
        digest = md5(usedforsecurity=False)
        for part in self.parts:
            digest.update(part)
        start = self.length
        self.places[table] = (1, start, 0)
        rows = b"".join(bytes((kind,)) + a.to_bytes(5, "big") + b.to_bytes(2, "big") for kind, a, b in self.places)
        identity = digest.hexdigest().upper()
        told = f"/Info {information} 0 R" if information else ""
        head = f"/Type/XRef/Size {len(self.places)}/W[1 5 2]/Root {catalog} 0 R{told}"
        self.stream(rows, f"{head}/ID[<{identity}><{identity}>]", table)
        self.parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self.parts)


def text_string(text: str) -> str:
    """A text string object: PDFDocEncoding where ASCII is enough, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def read_date(text: str) -> datetime:
    """The document's date as an instant; without one, the beginning of 2000. A time without a zone is taken as UTC."""
    padded = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        instant = datetime.fromisoformat(padded)
    except ValueError:
        return _EPOCH
    return instant if instant.tzinfo else instant.replace(tzinfo=_EPOCH.tzinfo)


def write_properties(output: Output, document: Document, standard: PdfStandard) -> tuple[int, int, int]:
    """Write the XMP packet, the information dictionary (PDF 2.0 has none: 0) and the output intent; their object numbers."""
    instant, meta = read_date(document.meta.date), document.meta
    packet = _packet(document, instant, standard)
    metadata = output.stream(packet.encode("utf-8"), "/Type/Metadata/Subtype/XML", packed=True)
    profile = output.stream(_SRGB.read_bytes(), "/N 3")
    intent = output.add(
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {profile} 0 R>>"
    )
    if standard is PdfStandard.UA2:
        return metadata, 0, intent
    entries = {"Title": document.title, "Author": meta.author, "Subject": meta.description, "Keywords": meta.keywords}
    words = "".join(f"/{name}{text_string(value)}" for name, value in entries.items() if value)
    minutes = int((instant.utcoffset() or timedelta()).total_seconds() // 60)
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}'{abs(minutes) % 60:02d}'"
    stamp = f"D:{instant:%Y%m%d%H%M%S}{zone}"
    said = f"<<{words}/Creator({PRODUCER})/Producer({PRODUCER})/CreationDate({stamp})/ModDate({stamp})>>"
    return metadata, output.add(said), intent


def _packet(document: Document, instant: datetime, standard: PdfStandard) -> str:
    """`packet.xmp` filled in; what `claims-ua1.xmp` says of PDF/UA's own schema, PDF/A-2 wants said (ISO 19005-2, 6.6.2.3.3)."""
    meta = document.meta
    author, about, keywords = _words(meta.author), _words(meta.description), _words(meta.keywords)
    abstract = f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{about}</rdf:li></rdf:Alt></dc:description>'
    return Template(Path(__file__).with_name("packet.xmp").read_text("utf-8").rstrip("\n")).substitute(
        mark="\ufeff",
        claims=Path(__file__).with_name(f"claims-{standard}.xmp").read_text("utf-8").rstrip("\n"),
        title=_words(document.title),
        language=_words(document.language),
        author=f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>" if author else "",
        description=abstract if about else "",
        producer=PRODUCER,
        stamp=instant.replace(microsecond=0).isoformat(),
        keywords=f"<pdf:Keywords>{keywords}</pdf:Keywords>" if keywords else "",
    )


def _words(text: str) -> str:
    return escape("".join(one for one in text if one >= " " and not "\ud800" <= one <= "\udfff"), quote=False)


class Node:
    """A structure element. `kids` are its contents as they stand in the file; its object number is fixed from the start."""

    __slots__ = ("attributes", "children", "kids", "kind", "number", "page", "parent", "placed")

    def __init__(
        self, tree: "Tree", kind: str, parent: "Node | None", attributes: str = "", *, placed: bool = True, number: int = 0
    ) -> None:
        self.number = number or tree.output.take()
        self.kind, self.parent, self.attributes = kind, parent, attributes
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

    def refer(self, number: int) -> None:
        """Point at another element (/Ref, the last of the attributes), beside those that it points at already."""
        before, _, held = self.attributes.partition("/Ref[")
        if f" {number} 0 R" not in held:
            self.attributes = f"{before}/Ref[{held.removesuffix(']')} {number} 0 R]"

    def text(self) -> str:
        """As it stands in the file."""
        parent = self.parent.number if self.parent is not None else 0
        page = f"/Pg {self.page} 0 R" if self.page else ""
        kids = "/K " + self.kids[0] if len(self.kids) == 1 else f"/K[{' '.join(self.kids)}]" if self.kids else ""
        return f"<</S/{self.kind}/P {parent} 0 R{page}{self.attributes}{kids}>>"


class Tree:
    """All structure elements of a file. `space` is the entry by which an element is one of PDF 2.0, empty in a file of PDF/UA-1."""

    def __init__(self, output: Output, standard: PdfStandard) -> None:
        self.output = output
        self.root = output.take()
        self.space = f"/NS {output.add(f'<</Type/Namespace/NS({_PDF_2})>>')} 0 R" if standard is PdfStandard.UA2 else ""
        self.document = Node(self, "Document", None, self.space)
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

    def lead(self, page: int, element: int, where: str) -> str:
        """The entry that leads to a place on a page; in PDF 2.0 to the element there, for a reader that knows elements."""
        plain = f"[{page} 0 R/XYZ {where} null]"
        return f"/A<</S/GoTo/D{plain}/SD[{element} 0 R/XYZ {where} null]>>" if self.space else f"/Dest{plain}"

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
        names += self.space.replace("/NS ", "/Namespaces[") + "]" if self.space else ""
        self.output.put(
            self.root,
            f"<</Type/StructTreeRoot/K[{self.document.number} 0 R]/ParentTree {tree} 0 R/ParentTreeNextKey {next_key}{names}>>",
        )
        return self.root


def spoken(key: str, words: str) -> str:
    """An attribute of words: /Alt, /ActualText, /E or /Lang."""
    return f"/{key}{text_string(words)}" if words else ""
