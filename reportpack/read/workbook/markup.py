"""XML read without trust: no document type, no entity of its own, nothing fetched."""

from collections.abc import Callable, Container, Iterable
from xml.parsers import expat

from reportpack.read.workbook.faults import DamagedError
from reportpack.read.workbook.limits import MAX_DEPTH, MAX_LISTED, MAX_TOKEN_BYTES

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def local(name: str) -> str:
    """`id` for `r:id`."""
    return name.rpartition(":")[2] if ":" in name else name


def walk(blocks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Call `start`, `end` and `text` as the elements come, names as written. Raises DamagedError where it is not well formed."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def begin(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise DamagedError("its elements are nested too deep")
        start(name, attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    unended = 0
    try:
        for block in blocks:
            last = block.rfind(b">")
            unended = unended + len(block) if last < 0 else len(block) - last
            if unended > MAX_TOKEN_BYTES:
                raise DamagedError("it has a tag or a text of absurd length")
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as fault:
        raise DamagedError("its XML is damaged") from fault


def walk_local(blocks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """The same, names without their prefix."""
    short = _LocalNames()
    walk(blocks, lambda name, attributes: start(short[name], attributes), end and (lambda name: end(short[name])), text)


class _LocalNames(dict[str, str]):
    def __missing__(self, name: str) -> str:
        if len(self) > 10_000:
            self.clear()
        found = self[name] = local(name)
        return found


def _refuse_doctype(*_: object) -> None:
    raise DamagedError("it declares entities of its own, as no spreadsheet program does")


def openings(data: bytes, wanted: Container[str]) -> list[tuple[str, str, Attributes]]:
    """(parent, name, attributes) of the wanted elements of a small part, in order; names without prefix."""
    found: list[tuple[str, str, Attributes]] = []
    path: list[str] = [""]

    def start(name: str, attributes: Attributes) -> None:
        if name in wanted:
            found.append((path[-1], name, {local(key): value for key, value in attributes.items()}))
            if len(found) > MAX_LISTED:
                raise DamagedError("it lists absurdly many things")
        path.append(name)

    def end(_: str) -> None:
        path.pop()

    walk_local((data,), start, end)
    return found


def whole(text: str | None, otherwise: int = 0) -> int:
    """A number that counts something, of seven digits at most."""
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise


def is_true(value: str | None) -> bool:
    """An XML Schema boolean."""
    return value in {"1", "true", "on"}
