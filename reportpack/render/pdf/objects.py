"""The PDF file: numbered objects, packed into object streams as they come, and the cross-reference stream at the end.

Law: what is written depends on the content alone; the file's /ID is a hash of all that stands before it."""

from hashlib import md5
from zlib import compress

_PACKED = 200
_LEVEL = 5  # 6 takes a third longer for half a per cent of the file


class Output:
    """A file that grows: `take` a number, `put` its object; large data goes out at once as a stream."""

    def __init__(self) -> None:
        self.parts: list[bytes] = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
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
        """The whole file."""
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
        self.stream(
            rows,
            f"/Type/XRef/Size {len(self.places)}/W[1 5 2]/Root {catalog} 0 R/Info {information} 0 R/ID[<{identity}><{identity}>]",
            table,
        )
        self.parts.append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self.parts)


def text_string(text: str) -> str:
    """A text string object: PDFDocEncoding where ASCII is enough, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
