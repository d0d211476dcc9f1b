"""Each rule, broken on purpose in a good file, is caught: by page-validation, or by our own walk."""

import io
from collections.abc import Callable, Iterator

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.render.pdf.made import every_element
from tests.render.pdf.structure import walk_structure

Breaking = Callable[[Pdf], None]
MUTATIONS: dict[str, Breaking] = {}


def breaks(rule: str) -> Callable[[Breaking], Breaking]:
    def register(breaking: Breaking) -> Breaking:
        MUTATIONS[rule] = breaking
        return breaking

    return register


def elements(pdf: Pdf, kind: str) -> list[Object]:
    return [element for element in _all(pdf.Root.StructTreeRoot.K[0]) if str(element.S) == f"/{kind}"]


def _all(element: Object) -> Iterator[Object]:
    yield element
    kids = element.get("/K")
    for kid in [] if kids is None else kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _all(kid)


def content(pdf: Pdf, number: int) -> Object:
    contents = pdf.pages[number].Contents
    return contents[0] if isinstance(contents, Array) else contents


def edit_xmp(pdf: Pdf, old: bytes, new: bytes) -> None:
    metadata = pdf.Root.Metadata
    before = metadata.read_bytes()
    assert old in before
    metadata.write(before.replace(old, new))


@breaks("a figure without alternative text")
def _no_alt(pdf: Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


@breaks("a header cell without scope")
def _no_scope(pdf: Pdf) -> None:
    for element in elements(pdf, "TH"):
        if "/A" in element:
            del element.A


@breaks("painting outside marked content")
def _unmarked(pdf: Pdf) -> None:
    stream = content(pdf, 1)
    data = stream.read_bytes()
    start = data.index(b"/Artifact")
    begin, end = data.index(b"BDC", start) + 3, data.index(b"EMC", start)
    stream.write(data[:start] + data[begin:end] + data[end + 3 :])


@breaks("an annotation without its parent")
def _no_struct_parent(pdf: Pdf) -> None:
    del pdf.pages[0].Annots[0].StructParent


@breaks("a link without words")
def _no_contents(pdf: Pdf) -> None:
    for annotation in pdf.pages[0].Annots:
        del annotation.Contents


@breaks("a link whose element does not hold it")
def _no_objr(pdf: Pdf) -> None:
    link = next(element for element in elements(pdf, "Link") if isinstance(element.K, Array))
    link.K = Array([kid for kid in link.K if not isinstance(kid, Dictionary)])


@breaks("a file that does not call itself tagged")
def _unmarked_file(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@breaks("a skipped heading level")
def _skipped(pdf: Pdf) -> None:
    for element in elements(pdf, "H2"):
        element.S = Name("/H4")


@breaks("a font without its characters")
def _no_unicode(pdf: Pdf) -> None:
    for font in pdf.pages[1].Resources.Font.values():
        del font.ToUnicode


@breaks("a font that is not embedded")
def _not_embedded(pdf: Pdf) -> None:
    for font in pdf.pages[1].Resources.Font.values():
        del font.FontDescriptor.FontFile2


@breaks("no title")
def _no_title(pdf: Pdf) -> None:
    edit_xmp(pdf, b"dc:title", b"dc:nothing")


@breaks("the title not shown")
def _title_hidden(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@breaks("no language")
def _no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@breaks("no tab order")
def _no_tabs(pdf: Pdf) -> None:
    del pdf.pages[0].Tabs


@breaks("no PDF/UA identifier")
def _no_identifier(pdf: Pdf) -> None:
    edit_xmp(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@breaks("an item outside a list")
def _stray_item(pdf: Pdf) -> None:
    element = elements(pdf, "L")[0]
    element.S = Name("/Sect")
    del element.A


@breaks("a row that holds a paragraph")
def _row_holds_paragraph(pdf: Pdf) -> None:
    elements(pdf, "TD")[0].S = Name("/P")


@breaks("a row of another length")
def _short_row(pdf: Pdf) -> None:
    row = elements(pdf, "TR")[4]
    row.K = Array(list(row.K)[:-1])


@breaks("two entries of the parent tree swapped")
def _swapped(pdf: Pdf) -> None:
    row = pdf.Root.StructTreeRoot.ParentTree.Nums[3]
    row[0], row[5] = row[5], row[0]


@breaks("a page missing from the parent tree")
def _missing_row(pdf: Pdf) -> None:
    tree = pdf.Root.StructTreeRoot.ParentTree
    tree.Nums = Array(list(tree.Nums)[2:])


@breaks("marked content used twice")
def _used_twice(pdf: Pdf) -> None:
    stream = content(pdf, 1)
    stream.write(stream.read_bytes().replace(b"<</MCID 1>>", b"<</MCID 0>>", 1))


@breaks("sections in another order")
def _reversed(pdf: Pdf) -> None:
    root = pdf.Root.StructTreeRoot.K[0]
    root.K = Array(list(root.K)[::-1])


@breaks("a type of element that nobody knows")
def _unknown_type(pdf: Pdf) -> None:
    elements(pdf, "P")[3].S = Name("/Blurb")


@breaks("no colour space that colours are meant in")
def _no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@breaks("alternative text that is empty")
def _empty_alt(pdf: Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("")


@breaks("an element that points at another holder")
def _wrong_parent(pdf: Pdf) -> None:
    elements(pdf, "P")[2].P = pdf.Root.StructTreeRoot


def broken(breaking: Breaking) -> bytes:
    """The good file with one thing wrong."""
    with pikepdf.open(io.BytesIO(every_element().pdf)) as pdf:
        breaking(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("rule", MUTATIONS)
def test_a_broken_rule_is_caught(rule: str) -> None:
    pdf = broken(MUTATIONS[rule])
    assert walk_structure(pdf).findings or any(page.validate_pdf_bytes(pdf, profile=name).failures for name in ("ua1", "2a"))


def test_the_unbroken_file_saved_again_is_good() -> None:
    pdf = broken(lambda _: None)
    assert walk_structure(pdf).findings == []
    assert not any(page.validate_pdf_bytes(pdf, profile=name).failures for name in ("ua1", "2a"))
