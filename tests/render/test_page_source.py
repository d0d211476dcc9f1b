"""The page source: what it holds is read, what it may not hold is named with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import ExitCode, TemplateError
from reportpack.render.element import Document, Element, PageSourceError, plain_text, printed_numbers
from reportpack.render.page_source import parse_page_source

SVG = 'xmlns="http://www.w3.org/2000/svg"'
HEAD_LINES = 3


def page(body: str, head: str = "") -> str:
    """A whole page source; the body begins on line 4."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB">\n'
        f"<head><title>Pack</title>{head}</head>\n<body><section><h1>Title</h1>\n{body}</section></body></html>"
    )


def read(body: str, head: str = "") -> Document:
    return parse_page_source(page(body, head), "pack.html")


def faults(body: str, head: str = "") -> list[tuple[int, str]]:
    with pytest.raises(PageSourceError) as caught:
        read(body, head)
    return [(fault.line, fault.found) for fault in caught.value.faults]


def first(document: Document, tag: str) -> Element:
    return next(element for element in document.walk() if element.tag == tag)


def test_spaces_collapse_as_a_browser_shows_them() -> None:
    document = read("<p> Rose  by <strong> 4.2% </strong> in\n the month. </p>")
    assert plain_text(document) == "Title\nRose by 4.2% in the month."


def test_no_break_spaces_stay() -> None:
    assert plain_text(read("<p>28\u00a0May\u00a0</p>")).endswith("28\u00a0May\u00a0")


def test_words_and_blocks_of_a_list_item() -> None:
    document = read("<ul><li>One <ul><li>inner</li></ul></li><li><p>Two</p></li></ul>")
    assert plain_text(document).splitlines() == ["Title", "One", "inner", "Two"]


def test_quotations_get_their_marks() -> None:
    assert plain_text(read("<p><q>He said <q>no</q></q></p>")).endswith("“He said ‘no’”")


def test_a_printed_number_knows_its_sources_and_section() -> None:
    document = read('<section id="t"><p><data value="79.5" data-source="s3!C12 s3!D1:D9">79.5%</data></p></section>')
    (number,) = printed_numbers(document)
    assert (number.text, number.value, number.sources, number.section) == ("79.5%", "79.5", ("s3!C12", "s3!D1:D9"), "t")


def test_a_number_in_a_chart_is_a_printed_number() -> None:
    chart = f'<svg {SVG} viewBox="0 0 9 9"><title>T</title><text data-value="3" data-source="s1!A1">3%</text></svg>'
    assert [number.text for number in printed_numbers(read(f"<figure>{chart}</figure>"))] == ["3%"]


def test_a_chart_says_its_title_and_description() -> None:
    document = read(f'<figure><svg {SVG} viewBox="0 0 9 9"><title>Burglary.</title><desc>It fell.</desc></svg></figure>')
    assert plain_text(document).endswith("Burglary. It fell.")


def test_all_faults_come_at_once_with_name_line_and_remedy() -> None:
    with pytest.raises(TemplateError) as caught:
        read('<p colour="red">x</p>\n<blink>y</blink>\n<h3>z</h3>')
    assert caught.value.exit_code is ExitCode.TEMPLATE
    lines = caught.value.found.splitlines()
    assert [line.split(":")[0] for line in lines] == ["pack.html, line 4", "pack.html, line 5", "pack.html, line 6"]
    assert "Did you mean" in lines[1] or "Leave it out" in lines[1]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h3>deep</h3>", "comes after <h1>"),
        ("<p><script>alert(1)</script></p>", "<script> is not an element"),
        ("stray words", "Words stand directly in <section>"),
        ("<p>a</p><li>b</li>", "<li> stands in <section>"),
        ('<p><a href="#gone">x</a></p>', "nothing has that id"),
        ('<p><a href="javascript:alert(1)">x</a></p>', 'has href="javascript'),
        ('<p><a href="file:///etc/passwd">x</a></p>', 'has href="file'),
        ('<p id="a">x</p><p id="a">y</p>', "was given before, on line 4"),
        ('<p><data value="many" data-source="s1">x</data></p>', 'has value="many"'),
        ('<p><data value="1">x</data></p>', "has no data-source"),
        ('<p><abbr>CC</abbr></p>', "<abbr> has no title"),
        ('<p><time datetime="28 May">x</time></p>', 'has datetime="28 May"'),
        ('<p><img src="a.png"/></p>', "<img> has no alt"),
        ('<p><img src="a.png" alt=" "/></p>', "no alternative text"),
        ('<p><img src="../a.png" alt="x"/></p>', "lies outside"),
        ('<p><img src="https://example.org/a.png" alt="x"/></p>', "lies outside"),
        ("<table><tbody><tr><td>1</td></tr></tbody></table>", "no header cells"),
        ("<table><thead><tr><th>1</th><th>2</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>", "1 columns where the table has 2"),
        ('<table><thead><tr><th rowspan="2">1</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>', "reaches beyond"),
        (f"<table><thead><tr>{'<th>x</th>' * 301}</tr></thead></table>", "301 columns"),
        ("<figure><figcaption>x</figcaption></figure>", "does not hold one svg"),
        (f'<figure><svg {SVG} viewBox="0 0 9 9"/></figure>', "no alternative text"),
        (f'<figure><svg {SVG} viewBox="0 0 9 9"><title>t</title><script>x</script></svg></figure>', "<script> is not an element"),
        (f'<figure><svg {SVG} viewBox="0 0 9 9"><title>t</title><g onclick="x()"/></svg></figure>', "cannot have: onclick"),
        (f'<figure><svg {SVG} viewBox="0 0 9 9"><title>t</title><path d="M0 0L1"/></svg></figure>', "L takes 2 numbers"),
        (f'<figure><svg {SVG} viewBox="0 0 9 9"><title>t</title><rect width="9" height="9" fill="url(#x)"/></svg></figure>', 'fill="url(#x)"'),
        ('<figure><svg viewBox="0 0 9 9"><title>t</title></svg></figure>', "wrong namespace"),
        ('<p><a class="footnote" href="#n">1</a></p>', "nothing has that id"),
        ('<aside class="footnote" id="n"><p>x</p></aside>', "has no mark"),
        ('<p data-lines="4">x</p>', "no room to write"),
        ("<dl><dd>x</dd></dl>", "does not begin with <dt>"),
        ('<ol class="contents"><li>x</li></ol>', "not one link"),
        ("<p>x</p></div>", "not well-formed XML"),
        ("<p>&nbsp;</p>", "not well-formed XML"),
        ("<?php x?>", "processing instruction"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(body: str, said: str) -> None:
    assert any(said in found for _, found in faults(body)), faults(body)


def test_an_unknown_source_is_a_fault_only_when_there_are_sources() -> None:
    number = '<p><data value="1" data-source="s9!A1">1</data></p>'
    assert read(number)
    assert (
        "names “s9”".replace("“", '"').replace("”", '"')
        in faults(f'{number}<section class="sources"><p id="s1">x</p></section>')[0][1]
    )


def test_a_document_type_is_refused_before_its_entities_grow() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + page("<p>&b;</p>")
    with pytest.raises(PageSourceError, match="document type"):
        parse_page_source(bomb, "bomb.html")


def test_a_thousand_nested_groups_are_refused() -> None:
    nested = f'<figure><svg {SVG} viewBox="0 0 9 9"><title>t</title>{"<g>" * 1000}{"</g>" * 1000}</svg></figure>'
    assert "more than 64 levels deep" in faults(nested)[-1][1]
    nested = nested.replace("<g>" * 1000, "<g>" * 40).replace("</g>" * 1000, "</g>" * 40)
    assert "more than 32 deep" in faults(nested)[0][1]


def test_unknown_and_doubled_metas() -> None:
    assert "is not known" in faults("<p>x</p>", '<meta name="colour" content="x"/>')[0][1]
    assert "given twice" in faults("<p>x</p>", '<meta name="version" content="1"/><meta name="version" content="2"/>')[0][1]
    assert read("<p>x</p>", '<meta name="running-title" content="T"/>').meta.running_title == "T"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60))
def test_text_is_text(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    printed = plain_text(read(f"<p>{escaped}</p>")).removeprefix("Title").removeprefix("\n")
    assert printed.split(" ") == [part for part in words.split(" ") if part] or not words.strip(" ")


def outcome(source: str) -> object:
    """The document's sections, or its faults."""
    try:
        return parse_page_source(source, "any.html").sections
    except PageSourceError as error:
        return error.faults


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_read_gives_a_document_or_faults(text: str) -> None:
    for source in (text, page(text)):
        assert outcome(source)
