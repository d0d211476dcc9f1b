"""What must hold in a page source beyond each element by itself: headings, links, notes, tables, figures, sources."""

from collections.abc import Callable, Iterator

from reportpack.render.element import Document, Element, Fault, columns_of, table_grid
from reportpack.render.svg_path import read_path
from reportpack.render.vocabulary import COLUMNS, HEADINGS, MAXIMUM_DRAWN, MAXIMUM_GROUPS, span_of


def check(document: Document) -> list[Fault]:
    """Every fault of the whole document."""
    everything = list(document.walk())
    faults = list(_check_headings(everything))
    if not document.sections:
        faults.append(Fault(1, "The body holds no <section>.", "Put everything into sections."))
    for element in everything:
        rule = _RULES.get(element.tag)
        if rule is not None:
            faults.extend(rule(element))
        if "footnote" in element.attributes.get("class", "") and element.has("footnote"):
            faults.extend(_check_footnote(element))
    faults.extend(_check_links(document, everything))
    if any(element.tag == "section" and element.has("sources") for element in everything):
        faults.extend(_check_sources(document, everything))
    return faults


def _check_headings(everything: list[Element]) -> Iterator[Fault]:
    level = 0
    for element in everything:
        if element.tag in HEADINGS:
            here = int(element.tag[1])
            if here > level + 1:
                before = f"after <h{level}>" if level else "as the first heading"
                yield Fault(element.line, f"<{element.tag}> comes {before}.", f"Use <h{level + 1}>; no level is skipped.")
            level = here
            if not _has_words(element):
                yield Fault(element.line, f"<{element.tag}> is empty.", "Give it words, or leave it out.")


def _check_links(document: Document, everything: list[Element]) -> Iterator[Fault]:
    marks: dict[str, Element] = {}
    notes = {element.get("id"): element for element in everything if element.tag == "aside" and element.has("footnote")}
    for element in document.links:
        if not element.get("href").startswith("#"):
            continue
        target = element.get("href")[1:]
        if target not in document.identifiers:
            yield Fault(element.line, f'A link leads to "#{target}", and nothing has that id.', "Mend the href, or add the id.")
        elif element.has("footnote"):
            if target not in notes:
                yield Fault(element.line, f'"#{target}" is not a footnote.', 'Let it be an <aside class="footnote">.')
            elif target in marks:
                yield Fault(element.line, f'The footnote "{target}" has a second mark.', "Give each note one mark.")
            marks.setdefault(target, element)
    for identifier, note in notes.items():
        if identifier and identifier not in marks:
            remedy = f'Add <a class="footnote" href="#{identifier}"> where it belongs.'
            yield Fault(note.line, f'The footnote "{identifier}" has no mark.', remedy)


def _check_footnote(element: Element) -> Iterator[Fault]:
    if element.tag == "a":
        if not element.get("href").startswith("#") or not _has_words(element):
            remedy = 'Write <a class="footnote" href="#n1">1</a>.'
            yield Fault(element.line, "A footnote's mark has no words or does not lead to a note.", remedy)
    elif element.tag != "aside" or not element.get("id"):
        yield Fault(
            element.line, 'class="footnote" stands on something that is no note.', 'Use <aside class="footnote" id="n1">.'
        )


def _check_sources(document: Document, everything: list[Element]) -> Iterator[Fault]:
    for element in everything:
        if "data-source" not in element.attributes:
            continue
        for reference in element.get("data-source").split():
            identifier = reference.partition("!")[0]
            if identifier not in document.identifiers:
                found = f'data-source names "{identifier}", which is no entry of the Sources.'
                yield Fault(element.line, found, "Add the entry, or mend the reference.")


def _check_table(table: Element) -> Iterator[Fault]:
    order = ["caption", "colgroup", "thead", "tbody", "tfoot"]
    places = [order.index(part.tag) for part in table.elements]
    single = [part.tag for part in table.elements if part.tag != "tbody"]
    if places != sorted(places) or len(single) != len(set(single)):
        yield Fault(table.line, "The parts of a table are out of order or doubled.", f"The order is {', '.join(order)}.")
    grid = table_grid(table)
    yield from grid.faults
    if not grid.rows or not any(row.cells for row in grid.rows):
        yield Fault(table.line, "A table has no cells.", "Give it rows, or leave it out.")
        return
    headed = any(cell.element.tag == "th" for row in grid.rows if row.part.tag == "thead" for cell in row.cells)
    body = [row for row in grid.rows if row.part.tag == "tbody"]
    if not headed and not (body and all(any(cell.element.tag == "th" for cell in row.cells) for row in body)):
        yield Fault(table.line, "A table has no header cells.", "Give it a <thead> with <th>, or a <th> in every row.")
    named = len(columns_of(table))
    if named > grid.columns:
        yield Fault(table.line, f"The table names {named} columns and has {grid.columns}.", "Take the surplus <col> away.")


def _check_columns(section: Element) -> Iterator[Fault]:
    for part in section.elements if section.has("columns") else ():
        if part.tag != "section" or not span_of(part.classes):
            remedy = f'Write <section class="span-4"> with a number from 1 to {COLUMNS}.'
            yield Fault(part.line, f"<{part.tag}> is no column, or does not say how wide it is.", remedy)


def _check_figure(figure: Element) -> Iterator[Fault]:
    tags = [child.tag for child in figure.elements]
    content = [tag for tag in tags if tag != "figcaption"]
    if len(content) != 1 or tags.count("figcaption") > 1 or (len(tags) == 2 and "figcaption" not in (tags[0], tags[1])):
        yield Fault(figure.line, "A figure does not hold one svg, img or table.", "Give it one, and a figcaption first or last.")


def _check_image(image: Element) -> Iterator[Fault]:
    source = image.get("src")
    decoration = image.has("decoration") or image.has("icon")
    if "alt" in image.attributes and not image.get("alt").strip() and not decoration:
        yield Fault(image.line, "An image has no alternative text.", "Say in alt what it shows.")
    if source.startswith("data:"):
        if not source.startswith(("data:image/png;base64,", "data:image/jpeg;base64,")):
            yield Fault(image.line, "A data: image is not PNG or JPEG in base64.", "Write data:image/png;base64,...")
    elif source.startswith(("/", "\\")) or ":" in source or ".." in source.replace("\\", "/").split("/") or not source:
        yield Fault(
            image.line, f'An image lies outside: src="{source[:60]}".', "Put it beside the page source and give its path there."
        )


def _check_drawing(svg: Element) -> Iterator[Fault]:
    hidden = svg.get("aria-hidden") == "true"
    first = next(svg.elements, None)
    if not hidden and (first is None or first.tag != "title" or not _has_words(first)):
        remedy = "Begin it with <title>, and <desc> for the details."
        yield Fault(svg.line, "A chart has no alternative text.", remedy)
    box = svg.get("viewBox").replace(",", " ").split()
    if len(box) == 4 and (float(box[2]) <= 0 or float(box[3]) <= 0):
        yield Fault(svg.line, "The viewBox of a chart has no width or height.", 'Write viewBox="0 0 500 150".')
    if sum(1 for _ in svg.walk()) > MAXIMUM_DRAWN:
        yield Fault(svg.line, f"A chart has more than {MAXIMUM_DRAWN:,} elements.", "Draw fewer points.")
    yield from _check_groups(svg, 0)


def _check_groups(element: Element, depth: int) -> Iterator[Fault]:
    if depth > MAXIMUM_GROUPS:
        yield Fault(element.line, f"Groups stand more than {MAXIMUM_GROUPS} deep in a chart.", "Flatten them.")
        return
    for child in element.elements:
        if child.tag in ("g", "tspan"):
            yield from _check_groups(child, depth + 1)


def _check_path(path: Element) -> Iterator[Fault]:
    try:
        read_path(path.get("d"))
    except ValueError as error:
        yield Fault(path.line, f"A path cannot be drawn: {error}.", "Mend its d.")


def _check_list(items: Element) -> Iterator[Fault]:
    if not items.children:
        yield Fault(items.line, f"A <{items.tag}> has no items.", "Give it <li>, or leave it out.")
    if not items.has("contents"):
        return
    for item in items.elements:
        parts = list(item.elements)
        good = len(parts) == len(item.children) and parts and parts[0].tag == "a" and parts[0].get("href").startswith("#")
        if not good or len(parts) > 2 or (len(parts) == 2 and not (parts[1].tag == "ol" and parts[1].has("contents"))):
            yield Fault(item.line, "An entry of the contents is not one link.", 'Write <li><a href="#id">Title</a></li>.')


def _check_attributes(element: Element) -> Iterator[Fault]:
    if "data-lines" in element.attributes and not element.has("write"):
        yield Fault(element.line, "data-lines stands where there is no room to write.", 'Add class="write".')
    if "data-value" in element.attributes and "data-source" not in element.attributes:
        yield Fault(element.line, f"<{element.tag}> has a data-value without a data-source.", "Say where the number comes from.")
    if len(element.get("points").replace(",", " ").split()) % 2:
        yield Fault(element.line, f"The points of a <{element.tag}> do not come in pairs.", "Give an x and a y for each.")
    tags = [child.tag for child in element.elements] if element.tag == "dl" else []
    if tags and (tags[0] != "dt" or tags[-1] != "dd"):
        yield Fault(element.line, "A <dl> does not begin with <dt> and end with <dd>.", "Give every term its definition.")


def _has_words(element: Element) -> bool:
    return any(bool(child.strip()) if isinstance(child, str) else _has_words(child) for child in element.children)


_RULES: dict[str, Callable[[Element], Iterator[Fault]]] = {
    "table": _check_table, "figure": _check_figure, "img": _check_image, "svg": _check_drawing, "path": _check_path,
    "section": _check_columns, "ul": _check_list, "ol": _check_list,
    **dict.fromkeys(("polyline", "polygon", "text", "tspan", "dl", "p", "td"), _check_attributes),
}  # fmt: skip
