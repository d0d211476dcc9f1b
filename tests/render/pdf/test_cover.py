"""A cover: white words on a band that goes from edge to edge, figures large beside what they say, page numbers in a column of their own."""

import io
import re

import page as page_validation
import pikepdf

from reportpack.render.pdf.document import Pages, render_pdf
from tests.render.pdf.made import document, source, theme
from tests.render.pdf.structure import walk_structure

BAND = (
    '<section class="band"><p class="lead">Office <span class="quiet">quiet</span></p><p class="marking">OFFICIAL</p></section>'
)
HEADS = (
    '<ol class="headlines"><li><span class="figure">79.4%</span> Victims are less satisfied.<p class="note">Since May.</p></li>'
    '<li><span class="figure">a figure of very many words indeed</span> It stays beside its words.</li><li>Without a figure</li></ol>'
)
PAGES = '<table><thead><tr><th>Subject</th><th>Page</th></tr></thead><tbody><tr><th>Further on</th><td><a class="page alone" href="#on">9</a></td></tr></tbody></table>'


def cover(*blocks: str) -> Pages:
    text = source(f'{"".join(blocks)}</section><section id="on"><h1>Further on</h1>')
    return render_pdf(document(text.replace("<section>", '<section class="cover">', 1)), theme(), {})


def test_the_band_is_read_first_and_everything_passes_both_standards() -> None:
    pages = cover(BAND, HEADS, PAGES)
    read = walk_structure(pages.pdf)
    assert read.findings == []
    assert "Office quiet OFFICIAL" in read.text
    assert "79.4% Victims are less satisfied. Since May." in read.text
    assert "Without a figure" in read.text
    for profile in ("ua1", "2a"):
        assert not page_validation.validate_pdf_bytes(pages.pdf, profile=profile).failures


def drawn(pages: Pages) -> str:
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        first = pdf.pages[0]
        first.contents_coalesce()
        return first.Contents.read_bytes().decode("latin-1")


def test_the_band_goes_from_edge_to_edge_behind_white_words() -> None:
    operators = drawn(cover(BAND, "<p>below</p>"))
    left, bottom, width, height = map(float, re.findall(r"rg ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f", operators)[0])
    assert (left, round(width), round(bottom + height)) == (0.0, 595, 842)
    assert "1 1 1 rg" in operators
    assert "1 1 1 rg" not in drawn(cover("<p>below</p>"))


def test_a_figure_is_as_large_as_its_column_lets_it_be() -> None:
    def size(words: str) -> float:
        item = f'<ol class="headlines"><li><span class="figure">{words}</span> Words</li></ol>'
        return float(re.findall(r"/\w+ ([\d.]+) Tf", drawn(cover(item)).partition("/Lbl")[2])[0])

    assert size("79.4%") > 25
    assert size("79.4% of all of them there are") < 20


def test_a_page_number_alone_stands_in_place_of_the_words() -> None:
    assert "Further on 2" in walk_structure(cover(PAGES).pdf).text
