"""A page source as a Word document: the same words, real headings, lists and tables, and nothing of the person who made it."""

import io
import zipfile
from xml.sax.saxutils import escape

import docx
from hypothesis import given
from hypothesis import strategies as st

from reportpack.read.returned import read_copy
from reportpack.render.element import plain_text
from reportpack.render.page_source import parse_page_source
from reportpack.render.word.document import render_word
from reportpack.run.look import read_look

LOOK = read_look(None)


def page(body: str, more: str = "") -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>Notes</title><meta name="marking" content="OFFICIAL"/>'
        f'<meta name="version" content="v1 for accuracy"/><meta name="author" content="The office"/>{more}</head>'
        f'<body><section id="a"><h1>Notes</h1>{body}</section></body></html>'
    )


def word(body: str, *, tracked: bool = False) -> bytes:
    document = parse_page_source(page(body), "test")
    return render_word(document, LOOK.theme, {"reportpack meeting": "m"}, tracked=tracked)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


TABLE = (
    '<table><colgroup><col data-width="5"/><col/></colgroup><thead><tr><th scope="col">Reference</th><th scope="col">Action</th></tr></thead>'
    '<tbody><tr><th scope="row">1/2019</th><td>To do <q>this</q><br/>by then</td></tr></tbody></table>'
)


def test_the_same_page_source_gives_the_same_bytes() -> None:
    assert word(TABLE) == word(TABLE)


def test_headings_lists_and_tables_are_real_ones_and_the_head_of_a_table_is_repeated() -> None:
    document = docx.Document(io.BytesIO(word(f"<h2>Part</h2><ul><li>One</li></ul>{TABLE}")))
    assert [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None][:3] == [
        "Heading 1",
        "Heading 2",
        "List Paragraph",
    ]
    assert "numPr" in document.paragraphs[2]._p.xml
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml
    assert "tblHeader" not in document.tables[0].rows[1]._tr.xml
    assert document.tables[0].cell(1, 1).text == "To do “this”\nby then"


def test_the_running_matter_carries_marking_version_and_page_numbers() -> None:
    data = word("<p>Words</p>")
    assert "OFFICIAL" in part(data, "word/header1.xml")
    assert "v1 for accuracy" in part(data, "word/header1.xml")
    assert "NUMPAGES" in part(data, "word/footer1.xml")
    assert 'w:val="en-GB"' in part(data, "word/styles.xml")


def test_nobody_is_named_in_the_properties_and_their_dates_are_the_documents() -> None:
    properties = docx.Document(io.BytesIO(word("<p>Words</p>"))).core_properties
    assert (properties.author, properties.last_modified_by, properties.title) == ("The office", "", "Notes")
    assert properties.modified is not None
    assert properties.modified.year == 2000


def test_only_a_copy_to_be_checked_tracks_what_is_typed() -> None:
    assert "trackRevisions" in part(word("<p>Words</p>", tracked=True), "word/settings.xml")
    assert "trackRevisions" not in part(word("<p>Words</p>"), "word/settings.xml")


def test_links_and_spans_of_cells_are_kept() -> None:
    rows = '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr><tr><td colspan="2">4</td></tr></tbody></table>'
    data = word(f'<p id="here">There</p><p><a href="#here">See</a> <a href="https://example.org/?a=1&amp;b=2">out</a></p>{rows}')
    document = docx.Document(io.BytesIO(data))
    assert document.tables[0].cell(2, 0).text == "1"
    assert document.tables[0].cell(3, 1).text == "4"
    assert "place1" in part(data, "word/document.xml")
    assert "https://example.org/?a=1&amp;b=2" in part(data, "word/_rels/document.xml.rels")


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\xa0\u202f\ufffe\uffff"), max_size=60)


@given(st.lists(WORDS, max_size=5))
def test_whatever_is_typed_stands_in_the_document_as_typed(typed: list[str]) -> None:
    body = "".join(f"<p>{escape(words)}</p>" for words in typed)
    source = parse_page_source(page(body), "test")
    copy = read_copy(render_word(source, LOOK.theme))
    said = [" ".join(one.before.split()) for one in copy.paragraphs]
    assert said == [" ".join(line.split()) for line in plain_text(source).splitlines() if line.split()]
