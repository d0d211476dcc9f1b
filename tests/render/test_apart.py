"""One page source, two files: the pack, and its appendix where that stands in a file of its own."""

from reportpack.render.element import Document, plain_text, split_appendix
from reportpack.render.page_source import parse_page_source
from reportpack.render.theme import read_theme
from reportpack.render.web import render_web
from reportpack.run.look import program_theme

OWN_FILE = '<meta name="appendix" content="own file"/>'
BOUND = '<meta name="appendix" content="bound"/>'
BODY = """
<section id="cover"><h1>Cover</h1><ol class="contents"><li><a href="#glance">At a glance</a></li>
<li><a href="#sources">Sources</a></li></ol></section>
<section id="glance"><h1>At a glance</h1><p><data value="4.2" data-source="s1!C4">4.2%</data>: see <a class="page" href="#method">how to read</a>
and <a href="#cover">the cover</a>.</p></section>
<section id="method" class="appendix"><h1>How to read</h1><p>Begin with <a href="#glance">the glance</a>, then <a href="#sources">sources</a>.</p></section>
<section id="sources" class="appendix sources"><h1>Sources</h1><dl><dt id="s1">survey.xlsx, sheet All</dt><dd>As at 7 May</dd></dl></section>
"""


def read(meta: str) -> Document:
    head = f'<head><title>Pack</title><meta name="running-title" content="Assurance, 28 May"/>{meta}</head>'
    return parse_page_source(f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB">{head}<body>{BODY}</body></html>', "pack")


def split(meta: str = OWN_FILE) -> tuple[Document, Document]:
    pack, appendix = split_appendix(read(meta))
    assert appendix is not None
    return pack, appendix


def web(document: Document) -> str:
    return render_web(document, read_theme(program_theme(), None, ("theme", "")), {}).decode()


def test_what_is_appendix_stands_in_a_file_of_its_own_and_nowhere_else() -> None:
    pack, appendix = split()
    assert [one.get("id") for one in pack.sections] == ["cover", "glance"]
    assert [one.get("id") for one in appendix.sections] == ["method", "sources"]
    assert (pack.title, appendix.title) == ("Pack", "Appendix: Assurance, 28 May")


def test_bound_in_or_from_before_there_was_a_choice_it_is_one_document() -> None:
    for meta in (BOUND, ""):
        document = read(meta)
        assert split_appendix(document) == (document, None)


def test_a_link_to_the_other_file_is_words_and_the_contents_list_what_is_here() -> None:
    pack, appendix = split()
    assert [link.get("href") for link in pack.links] == ["#glance", "#cover"]
    assert [link.get("href") for link in appendix.links] == ["#sources"]
    assert plain_text(pack).splitlines() == ["Cover", "At a glance", "At a glance", "4.2%: see how to read and the cover."]


def test_a_number_still_names_its_file_where_the_list_of_files_is_elsewhere() -> None:
    pack, _ = split()
    page = web(pack)
    assert "survey.xlsx, sheet All: 4.2% <span" in page
    assert 'href="#s1"' not in page
    assert 'href="#s1"' in web(read(BOUND))
