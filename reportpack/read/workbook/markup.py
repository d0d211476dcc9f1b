"""XML read without trust: no document type, no entity of its own, nothing fetched. Names lose their prefix."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from reportpack.read.workbook.faults import DamagedError

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]

MAX_DEPTH = 200


def local(name: str) -> str:
    """`id` for `r:id`."""
    return name.rpartition(":")[2] if ":" in name else name


def walk(blocks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Call `start`, `end` and `text` as the elements come. Raises DamagedError where the XML ends or is not well formed."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def begin(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise DamagedError("its elements are nested too deep")
        start(local(name), attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(local(name))

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise DamagedError("its XML is damaged") from fault


def _refuse_doctype(*_: object) -> None:
    raise DamagedError("it declares entities of its own, as no spreadsheet program does")


def openings(data: bytes) -> list[tuple[str, str, Attributes]]:
    """(parent, name, attributes) of every element of a small part, in order; attribute names without prefix."""
    found: list[tuple[str, str, Attributes]] = []
    path: list[str] = [""]

    def start(name: str, attributes: Attributes) -> None:
        found.append((path[-1], name, {local(key): value for key, value in attributes.items()}))
        path.append(name)

    def end(_: str) -> None:
        path.pop()

    walk((data,), start, end)
    return found


def is_true(value: str | None) -> bool:
    """An XML Schema boolean."""
    return value in {"1", "true", "on"}
