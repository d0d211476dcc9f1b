"""Wherever a file can show a word, it is read or said; where it hides one, it is said and never read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.model.problem import Problem
from reportpack.read.documents.lines import Document
from reportpack.read.documents.opening import document_from
from tests.read.documents.making import docx_of, odt_of, p, row, table

WORD = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=6, max_size=12).map(lambda one: f"zq{one}")
WHITE = '<w:color w:val="FFFFFF"/>'
HIDDEN = "<w:vanish/>"
LEAD = p("Notes of the meeting of 28 May 2019")
BOX = "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
PICTURE = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="P" descr="{}"/><a:graphic><a:graphicData/></a:graphic></wp:inline></w:drawing>'
)
CHART = '<w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="charts__chart1"/></a:graphicData></a:graphic></wp:inline></w:drawing>'


def run(inside: str) -> str:
    return f"<w:p><w:r><w:t>x</w:t></w:r><w:r>{inside}</w:r></w:p>"


def control(inside: str, settings: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


WORD_SHOWS = {
    "paragraph": lambda word: docx_of(LEAD + p(word)),
    "inserted": lambda word: docx_of(LEAD + f'<w:p><w:ins w:author="A"><w:r><w:t>{word}</w:t></w:r></w:ins></w:p>'),
    "moved in": lambda word: docx_of(LEAD + f'<w:p><w:moveTo w:author="A"><w:r><w:t>{word}</w:t></w:r></w:moveTo></w:p>'),
    "link": lambda word: docx_of(LEAD + f'<w:p><w:hyperlink r:id="link"><w:r><w:t>{word}</w:t></w:r></w:hyperlink></w:p>'),
    "field": lambda word: docx_of(LEAD + f'<w:p><w:fldSimple w:instr="X"><w:r><w:t>{word}</w:t></w:r></w:fldSimple></w:p>'),
    "control": lambda word: docx_of(LEAD + control(p(word))),
    "control in a line": lambda word: docx_of(LEAD + f"<w:p>{control(f'<w:r><w:t>{word}</w:t></w:r>')}</w:p>"),
    "control around a row": lambda word: docx_of(LEAD + table(control(row(word, "b")))),
    "control around a cell": lambda word: docx_of(LEAD + table(f"<w:tr>{control(f'<w:tc>{p(word)}</w:tc>')}</w:tr>")),
    "cell": lambda word: docx_of(LEAD + table(row("a", word), row("b", "c"))),
    "merged cell": lambda word: docx_of(
        LEAD + table(row("a", "b", "c"), f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{p(word)}</w:tc></w:tr>')
    ),
    "table in a cell": lambda word: docx_of(LEAD + table(row("a", p("b") + table(row("c", word)) + p("d")))),
    "table in the only cell": lambda word: docx_of(LEAD + table(row(p("b") + table(row("c", word))))),
    "white on a ground": lambda word: docx_of(
        LEAD + table(f'<w:tr><w:tc><w:tcPr><w:shd w:fill="003366"/></w:tcPr>{p(word, WHITE)}</w:tc></w:tr>')
    ),
    "text box": lambda word: docx_of(LEAD + run(BOX.format(p(word)))),
    "text box in a cell": lambda word: docx_of(LEAD + table(row("a", run(BOX.format(p(word)))))),
    "text box of both kinds": lambda word: docx_of(
        LEAD + run(f"<mc:AlternateContent><mc:Choice>{BOX.format(p(word))}</mc:Choice><mc:Fallback/></mc:AlternateContent>")
    ),
    "old text box": lambda word: docx_of(
        LEAD + run(f"<w:pict><v:shape><v:textbox><w:txbxContent>{p(word)}</w:txbxContent></v:textbox></v:shape></w:pict>")
    ),
    "word art": lambda word: docx_of(LEAD + run(f'<w:pict><v:shape><v:textpath string="{word}"/></v:shape></w:pict>')),
    "footnote": lambda word: docx_of(
        LEAD + run('<w:footnoteReference w:id="2"/>'), footnotes=f'<w:footnote w:id="2">{p(word)}</w:footnote>'
    ),
    "footnote of a cell": lambda word: docx_of(
        LEAD + table(row("a", run('<w:footnoteReference w:id="2"/>'))), footnotes=f'<w:footnote w:id="2">{p(word)}</w:footnote>'
    ),
    "endnote": lambda word: docx_of(
        LEAD + run('<w:endnoteReference w:id="2"/>'), endnotes=f'<w:endnote w:id="2">{p(word)}</w:endnote>'
    ),
    "header": lambda word: docx_of(LEAD, header1=p(word)),
    "footer": lambda word: docx_of(LEAD, footer1=table(row("a", word))),
    "comment": lambda word: docx_of(
        LEAD + run('<w:commentReference w:id="0"/>'), comments=f'<w:comment w:id="0" w:author="A">{p(word)}</w:comment>'
    ),
    "equation": lambda word: docx_of(
        LEAD + f"<w:p><m:oMath><m:f><m:num><m:r><m:t>{word}</m:t></m:r></m:num><m:den/></m:f></m:oMath></w:p>"
    ),
    "picture": lambda word: docx_of(LEAD + run(PICTURE.format(word))),
    "picture in a cell": lambda word: docx_of(LEAD + table(row("a", run(PICTURE.format(word))))),
    "chart": lambda word: docx_of(LEAD + run(CHART), charts__chart1=f"<a:p><a:r><a:t>{word}</a:t></a:r></a:p>"),
    "choice of an old form": lambda word: docx_of(
        LEAD
        + run(
            f'<w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="{word}"/></w:ddList></w:ffData></w:fldChar>'
        )
    ),
    "number of a list": lambda word: docx_of(
        LEAD + p("x", paragraph='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        numbering=f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="({word} %1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
    "struck": lambda word: docx_of(LEAD + p(word, "<w:strike/>")),
    "angle brackets": lambda word: docx_of(LEAD + p(f"&lt;{word} A&gt;")),
}
WORD_HIDES = {
    "run": lambda word: docx_of(LEAD + p(word, HIDDEN)),
    "style": lambda word: docx_of(
        LEAD + p(word, paragraph='<w:pStyle w:val="Own"/>'),
        styles='<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style>',
    ),
    "style of letters": lambda word: docx_of(
        LEAD + p(word, '<w:rStyle w:val="Own"/>'), styles='<w:style w:styleId="Own"><w:rPr><w:vanish/></w:rPr></w:style>'
    ),
    "row": lambda word: docx_of(LEAD + table(row("a", "b"), row(word, "c", settings="<w:trPr><w:hidden/></w:trPr>"))),
    "white": lambda word: docx_of(LEAD + p(word, WHITE)),
    "colour of the page": lambda word: docx_of(LEAD + p(word, '<w:color w:themeColor="background1" w:val="FFFFFF"/>')),
    "one point": lambda word: docx_of(LEAD + p(word, '<w:sz w:val="2"/>')),
    "footnote": lambda word: docx_of(
        LEAD + run('<w:footnoteReference w:id="2"/>'), footnotes=f'<w:footnote w:id="2">{p(word, HIDDEN)}</w:footnote>'
    ),
}
ODT_LEAD = "<text:p>Notes of the meeting of 28 May 2019</text:p>"
HIDING = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
ODT_SHOWS = {
    "paragraph": lambda word: odt_of(f"{ODT_LEAD}<text:p>{word}</text:p>"),
    "heading": lambda word: odt_of(f'{ODT_LEAD}<text:h text:outline-level="2">{word}</text:h>'),
    "section": lambda word: odt_of(f"{ODT_LEAD}<text:section><text:p>{word}</text:p></text:section>"),
    "list": lambda word: odt_of(f"{ODT_LEAD}<text:list><text:list-item><text:p>{word}</text:p></text:list-item></text:list>"),
    "head of a list": lambda word: odt_of(
        f"{ODT_LEAD}<text:list><text:list-header><text:p>{word}</text:p></text:list-header></text:list>"
    ),
    "link": lambda word: odt_of(f'{ODT_LEAD}<text:p><text:a xlink:href="https://example.org">{word}</text:a> x</text:p>'),
    "footnote": lambda word: odt_of(
        f"{ODT_LEAD}<text:p>x<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{word}</text:p></text:note-body></text:note></text:p>"
    ),
    "cell": lambda word: odt_of(
        f"{ODT_LEAD}<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>{word}</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "head row": lambda word: odt_of(
        f"{ODT_LEAD}<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>{word}</text:p></table:table-cell></table:table-row></table:table-header-rows></table:table>"
    ),
    "text box": lambda word: odt_of(
        f"{ODT_LEAD}<text:p>x<draw:frame><draw:text-box><text:p>{word}</text:p></draw:text-box></draw:frame></text:p>"
    ),
    "shape": lambda word: odt_of(f"{ODT_LEAD}<text:p>x<draw:custom-shape><text:p>{word}</text:p></draw:custom-shape></text:p>"),
    "picture": lambda word: odt_of(
        f"{ODT_LEAD}<text:p><draw:frame><draw:image/><svg:desc>{word}</svg:desc></draw:frame></text:p>"
    ),
    "comment": lambda word: odt_of(
        f"{ODT_LEAD}<text:p>x<office:annotation><dc:creator>A</dc:creator><text:p>{word}</text:p></office:annotation></text:p>"
    ),
    "control of a form": lambda word: odt_of(
        f'<office:forms><form:form><form:text form:current-value="{word}"/></form:form></office:forms>{ODT_LEAD}'
    ),
    "control": lambda word: odt_of(f"{ODT_LEAD}<text:p><loext:content-control>{word}</loext:content-control></text:p>"),
    "header": lambda word: odt_of(
        ODT_LEAD,
        named=f"<office:master-styles><style:master-page><style:header><text:p>{word}</text:p></style:header></style:master-page></office:master-styles>",
    ),
}
ODT_HIDES = {
    "run": lambda word: odt_of(f'{ODT_LEAD}<text:p>x <text:span text:style-name="H">{word}</text:span></text:p>', HIDING),
    "section": lambda word: odt_of(f'{ODT_LEAD}<text:section text:display="none"><text:p>{word}</text:p></text:section>'),
    "hidden text": lambda word: odt_of(
        f'{ODT_LEAD}<text:p>x<text:hidden-text text:is-hidden="true">{word}</text:hidden-text></text:p>'
    ),
    "row": lambda word: odt_of(
        f'{ODT_LEAD}<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>{word}</text:p></table:table-cell></table:table-row></table:table>'
    ),
    "white": lambda word: odt_of(
        f'{ODT_LEAD}<text:p text:style-name="P">{word}</text:p>',
        '<style:style style:name="P" style:family="paragraph"><style:text-properties fo:color="#ffffff"/></style:style>',
    ),
}

PAGE_SHOWS = {
    "line": lambda word: f"{word} said so",
    "angle brackets": lambda word: f"<{word} A> said so",
    "link": lambda word: f"see [{word}](https://example.org/plan)",
    "cell": lambda word: f"| a | b |\n|---|---|\n| c \\| {word} | d |",
    "footnote": lambda word: f"said[^1]\n\n[^1]: {word}",
    "picture": lambda word: f"![{word}](a.png)",
    "picture of a page": lambda word: f'<p>a</p><img src="a.png" alt="{word}">',
    "struck": lambda word: f"~~{word}~~",
    "struck on a page": lambda word: f"<p>one <del>{word}</del> two</p>",
    "quotation": lambda word: f"> {word}",
}
PAGE_HIDES = {
    "comment": lambda word: f"a <!-- {word} -->",
    "style": lambda word: f'<div style="display: none">{word}</div><p>a</p>',
    "attribute": lambda word: f"<p hidden>{word}</p><p>a</p>",
}


def read(data: bytes, suffix: str) -> tuple[Document, tuple[Problem, ...]]:
    document, _, problems = document_from(data, f"notes{suffix}", suffix)
    assert document is not None, problems
    return document, problems


def words_of(document: Document) -> str:
    return "\n".join(f"{line.mark} {line.text} {' '.join(line.cells)}" for line in document.lines)


@pytest.mark.parametrize("place", WORD_SHOWS)
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_word_shows_is_read_or_said(place: str, word: str) -> None:
    document, problems = read(WORD_SHOWS[place](word), ".docx")
    assert word in words_of(document) or any(word in problem.found for problem in problems)


@pytest.mark.parametrize("place", ODT_SHOWS)
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_libreoffice_shows_is_read_or_said(place: str, word: str) -> None:
    document, problems = read(ODT_SHOWS[place](word), ".odt")
    assert word in words_of(document) or any(word in problem.found for problem in problems)


@pytest.mark.parametrize("place", WORD_HIDES)
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_word_hides_is_said_and_never_told(place: str, word: str) -> None:
    document, problems = read(WORD_HIDES[place](word), ".docx")
    assert word not in words_of(document)
    assert [problem.kind for problem in problems] == ["notes-hidden"]
    assert word not in problems[0].sentence


@pytest.mark.parametrize("place", ODT_HIDES)
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_libreoffice_hides_is_said_and_never_told(place: str, word: str) -> None:
    document, problems = read(ODT_HIDES[place](word), ".odt")
    assert word not in words_of(document)
    assert [problem.kind for problem in problems] == ["notes-hidden"]
    assert word not in problems[0].sentence


@pytest.mark.parametrize("place", PAGE_SHOWS)
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_a_page_shows_is_read_or_said(place: str, word: str) -> None:
    document, problems = read(f"# Notes\n\n{PAGE_SHOWS[place](word)}\n".encode(), ".md")
    assert word in words_of(document) or any(word in problem.found for problem in problems)


@pytest.mark.parametrize("place", PAGE_HIDES)
@settings(deadline=None, max_examples=10)
@given(word=WORD)
def test_what_a_page_hides_is_said_and_never_told(place: str, word: str) -> None:
    document, problems = read(f"# Notes\n\n{PAGE_HIDES[place](word)}\n".encode(), ".md")
    assert word not in words_of(document)
    assert [problem.kind for problem in problems] == ["notes-hidden"]
    assert word not in problems[0].sentence
