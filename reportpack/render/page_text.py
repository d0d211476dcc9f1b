"""What a page source says: its text in reading order, its printed numbers, its images."""

from collections.abc import Iterator

from reportpack.records import dataclass
from reportpack.render.element import Document, Element
from reportpack.render.vocabulary import INLINE

QUOTES = ("“”", "‘’")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed: `text` is how it reads, `value` the number, `sources` its references (`s3!C12`), `section` an id."""

    text: str
    value: str
    sources: tuple[str, ...]
    section: str
    line: int


def plain_text(document: Document) -> str:
    """All words in reading order, a line a block; a figure says its alternative text."""
    return "\n".join(line for section in document.sections for line in block_lines(section))


def printed_numbers(document: Document) -> Iterator[PrintedNumber]:
    """Every `data`, and every text of a chart that carries a `data-value`, in reading order."""
    return (number for section in document.sections for number in _numbers(section))


def image_sources(document: Document) -> tuple[str, ...]:
    """The `src` of every image beside the page source, each once, in order."""
    found = (image.get("src") for image in document.images)
    return tuple(dict.fromkeys(source for source in found if not source.startswith("data:")))


def alternative(drawing: Element) -> str:
    """What a picture says to those who cannot see it; of a chart its title, then its description."""
    if drawing.tag == "img":
        return drawing.get("alt")
    if drawing.get("aria-hidden") == "true":
        return ""
    words = ["".join(str(part) for part in child.children) for child in drawing.elements if child.tag in ("title", "desc")]
    return ". ".join(word.rstrip(".") if index < len(words) - 1 else word for index, word in enumerate(words))


def words_of(element: Element) -> str:
    """The words of an element that holds words, as they print."""
    children = element.children
    return (
        children[0]
        if len(children) == 1 and isinstance(children[0], str)
        else "".join([words for child in children for words in _inline_words(child, 0)])
    )


def block_lines(element: Element) -> Iterator[str]:
    """A line for each run of words in an element, in reading order."""
    run: list[str] = []
    for child in element.children:
        if type(child) is Element and child.tag not in INLINE:
            if run:
                yield "".join(run).strip(" ")
                run = []
            yield from block_lines(child)
        else:
            run.extend(_inline_words(child, 0))
    text = "".join(run).strip(" ")
    if text:
        yield text


def _inline_words(child: Element | str, quoted: int) -> Iterator[str]:
    if isinstance(child, str):
        yield child
    elif child.tag == "q":
        marks = QUOTES[quoted % 2]
        yield marks[0]
        for inner in child.children:
            yield from _inline_words(inner, quoted + 1)
        yield marks[1]
    elif child.tag == "br":
        yield " "
    elif child.tag in ("svg", "img"):
        yield alternative(child)
    else:
        for inner in child.children:
            yield from _inline_words(inner, quoted)


def _numbers(top: Element) -> Iterator[PrintedNumber]:
    waiting = [(child, top.get("id")) for child in reversed(top.children) if type(child) is Element]
    while waiting:
        element, section = waiting.pop()
        given = element.attributes
        if given:
            section = given.get("id", section) if element.tag == "section" else section
            value = given.get("value" if element.tag == "data" else "data-value")
            if value:
                yield PrintedNumber(words_of(element), value, tuple(element.get("data-source").split()), section, element.line)
        waiting.extend([(child, section) for child in reversed(element.children) if type(child) is Element])
