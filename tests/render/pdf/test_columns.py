"""Columns side by side: read one after the other, apart from each other, and never lost where a page cannot hold them."""

import io
import re
import subprocess

import page as page_validation
import pikepdf
import pytest

from reportpack.errors import TemplateError
from reportpack.render.pdf.document import Pages
from tests.render.pdf.made import made
from tests.render.pdf.structure import walk_structure

WIDE = '<section class="span-8"><h2>Left</h2><p>{left}</p></section>'
NARROW = '<section class="span-4 ruled"><h2 id="there">Right</h2><p>{right}</p></section>'
ASK = '<section class="span-8 boxed"><h2>Ask</h2><p>Why?</p><p class="write" data-lines="2"></p></section>'


def columns(left: str = "left words", right: str = "right words", more: str = "") -> str:
    return f'<section class="columns">{WIDE.format(left=left)}{NARROW.format(right=right)}{more}</section>'


def set_page(body: str) -> Pages:
    return made(body)


def places(pages: Pages) -> dict[str, tuple[float, float, int]]:
    """Where each word stands first: from the left, from the top, on which page."""
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pages.pdf, capture_output=True, check=True).stdout.decode()
    known: dict[str, tuple[float, float, int]] = {}
    for number, text in enumerate(found.split("<page ")[1:], 1):
        for x, y, word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', text):
            known.setdefault(word, (float(x), float(y), number))
    return known


@pytest.mark.needs("pdftotext")
def test_columns_stand_beside_each_other_and_what_follows_below_both() -> None:
    at = places(set_page(columns(right="tall " * 60) + "<p>afterwards</p>"))
    assert at["Left"][1] == pytest.approx(at["Right"][1], abs=6)
    assert at["Left"][0] < at["Right"][0]
    assert at["afterwards"][1] > max(y for word, (_, y, _) in at.items() if word == "tall") + 40


def test_they_are_read_one_after_the_other_and_pass_both_standards() -> None:
    pages = set_page(columns() + '<p><a href="#there">to the right</a></p>')
    assert walk_structure(pages.pdf).text == "Title Left left words Right right words to the right"
    assert walk_structure(pages.pdf).findings == []
    for profile in ("ua1", "2a"):
        assert not page_validation.validate_pdf_bytes(pages.pdf, profile=profile).failures


def test_headings_in_columns_are_bookmarks_and_ids_there_are_led_to() -> None:
    pages = set_page(columns() + '<p><a href="#there">to the right</a></p>')
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf, pdf.open_outline() as outline:
        assert [one.title for one in outline.root[0].children] == ["Left", "Right"]
        (link,) = [one for one in pdf.pages[0].Annots if one.Subtype == "/Link"]
        assert float(link.Dest[3]) > 0


@pytest.mark.needs("pdftotext")
def test_columns_that_no_page_can_hold_stand_one_below_the_other_with_every_word() -> None:
    long = " ".join(f"word{number}" for number in range(2500))
    pages = set_page(columns(left=long, right="right words"))
    at = places(pages)
    assert pages.pages > 1
    assert {f"word{number}" for number in range(2500)} <= set(at)
    assert at["Right"][2] == pages.pages


@pytest.mark.needs("pdftotext")
def test_room_to_write_takes_what_the_page_leaves() -> None:
    def ruled(body: str) -> int:
        with pikepdf.open(io.BytesIO(set_page(body).pdf)) as pdf:
            contents = pdf.pages[0].Contents
            data = b"".join(one.read_bytes() for one in (contents if isinstance(contents, pikepdf.Array) else [contents]))
        return data.count(b"0.4 w") - 1  # less the box itself

    alone = ruled(f'<section class="columns fill">{ASK}</section>')
    below = ruled(f'<p>{"words " * 560}</p><section class="columns fill">{ASK}</section>')
    assert alone == 12
    assert 0 < below < alone


def test_a_footnote_in_a_column_stands_at_the_foot() -> None:
    note = '<aside class="footnote" id="n1"><p>the note</p></aside>'
    left = f'said<a class="footnote" href="#n1">1</a></p>{note}<p>more'
    assert "the note" in walk_structure(set_page(columns(left=left)).pdf).text


@pytest.mark.parametrize(
    "part", ["<p>words</p>", "<section><p>words</p></section>", '<section class="span-13"><p>words</p></section>']
)
def test_what_is_no_column_is_named_with_its_line(part: str) -> None:
    with pytest.raises(TemplateError, match="is no column, or does not say how wide it is"):
        set_page(f'<section class="columns">{part}</section>')


def test_columns_within_columns_and_a_box_without_room_to_write_are_set_whole() -> None:
    inside = (
        f'<section class="span-8">{columns().replace("there", "deep")}</section><section class="span-4"><p>beside</p></section>'
    )
    bare = '<section class="columns fill"><section class="span-6"><p>alone</p></section><section class="span-12"></section></section>'
    pages = set_page(f'<section class="columns">{inside}</section>{bare}<p><a href="#deep">deep</a></p>')
    assert walk_structure(pages.pdf).text == "Title Left left words Right right words beside alone deep"
    assert walk_structure(pages.pdf).findings == []
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf, pdf.open_outline() as outline:
        assert [one.title for one in outline.root[0].children] == ["Left", "Right"]
