"""The HTML edition says what the page source says, in one file that fetches nothing and runs nothing."""

import base64
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import TemplateError
from reportpack.render.element import Document, plain_text, split_appendix
from reportpack.render.page_source import parse_page_source
from reportpack.render.theme import contrast, readable_on
from reportpack.render.web import render_web
from tests.render.web_source import PNG, document, source, theme

THEME = theme()
ASSETS = {"map.png": PNG, "logo.png": PNG}
_VOID = {"br", "hr", "img", "meta", "col", "wbr", "link"}


class Reader(HTMLParser):
    """The words inside main, charts and pictures as their alternative text; without what the web adds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.drawing: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag == "img" and "main" in self.open:
            self.words.append(given["alt"])
        added = (
            tag in ("details", "select", "label")
            or "back" in given.get("class", "").split()
            or given.get("class") == "contents added"
        )
        if tag not in _VOID:
            self.open.append("added" if added else tag)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()
        if tag == "svg":
            words = ["".join(self.drawing.get(part, [])) for part in ("title", "desc") if part in self.drawing]
            self.words.append(". ".join(words) if "added" not in self.open else "")
            self.drawing = {}

    def handle_data(self, data: str) -> None:
        if "main" not in self.open or "added" in self.open:
            return
        if "svg" in self.open:
            if self.open[-1] in ("title", "desc") and self.open[-2] == "svg":
                self.drawing.setdefault(self.open[-1], []).append(data)
        else:
            self.words.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def web(of: Document | None = None) -> str:
    return render_web(of or document(), THEME, ASSETS).decode()


def test_main_says_what_the_page_source_says_in_the_same_order() -> None:
    assert squeezed("".join(read(web()).words)) == squeezed(plain_text(document()))


def test_every_element_is_closed_and_every_id_is_unique() -> None:
    reader = read(web())
    assert reader.open == []
    ids = [given["id"] for _, given in reader.tags if "id" in given]
    assert len(ids) == len(set(ids))


def test_every_inner_link_leads_somewhere() -> None:
    reader = read(web())
    ids = {given.get("id") for _, given in reader.tags}
    inner = {given["href"][1:] for tag, given in reader.tags if tag == "a" and given["href"].startswith("#")}
    assert inner <= ids


def test_nothing_is_fetched_and_nothing_runs() -> None:
    html = web()
    tags = read(html).tags
    assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in tags}
    assert not [name for _, given in tags for name in given if name.startswith("on")]
    assert all(given["src"].startswith("data:image/") for tag, given in tags if tag == "img")
    assert html.count("url(") == html.count("url(data:font/woff;base64,") > 0
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_the_marking_stands_at_the_top_at_the_bottom_and_on_printed_pages() -> None:
    html = web()
    assert html.count('<p class="marking">OFFICIAL</p>') == 3
    assert html.count('content:"OFFICIAL"') == 2
    hostile = '"}</style><script>alert(1)</script>'
    marked = web(document(hostile.replace("<", "&lt;").replace('"', "&quot;")))
    assert "<script" not in marked
    assert marked.count("</style>") == 1


def test_landmarks_a_skip_link_and_the_language_are_there() -> None:
    html = web(document(language="cy"))
    tags = [tag for tag, _ in read(html).tags]
    assert [tags.count(tag) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert '<html lang="cy">' in html
    skip = re.search(r'<a class="skip" href="#([^"]+)" lang="en">', html)
    assert skip is not None
    assert f'<main id="{skip[1]}"' in html


def test_a_document_without_contents_gets_a_list_of_its_sections() -> None:
    html = web(
        parse_page_source(
            '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>'
            '<section id="a"><h1>First &amp; foremost</h1></section><section id="b"><h1>Second</h1></section></body></html>',
            "x",
        )
    )
    assert '<li><a href="#a">First &amp; foremost</a></li>' in html


def test_every_number_keeps_its_value_and_its_source_is_a_click_away() -> None:
    html = web()
    assert '<data value="81.3" data-source="s1!C4 s1!C16">81.3%</data>' in html
    assert '<a href="#s1">s1</a> satisfaction.xlsx, sheet Monthly: 79.5% <span class="place">(C12)</span>.' in html
    assert '81.3% <span class="place">(C4, C16)</span>' in html
    summaries = re.findall(r"<summary>Where these numbers come from", html)
    assert len(summaries) == 5  # cover, topic, chart, and two tables


def test_columns_name_their_sources_once_below_them() -> None:
    parts = "".join(
        f'<section class="span-4"><p class="figure"><data value="{n}" data-source="s1!C{n}">{n}</data></p></section>'
        for n in (1, 2)
    )
    sources = '<section class="sources" id="s"><h1>Sources</h1><p id="s1">s1 a.xlsx</p></section>'
    head = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>P</title></head>'
    body = f'<section><h1>Topic</h1><section class="columns">{parts}</section></section>{sources}'
    html = web(parse_page_source(f"{head}<body>{body}</body></html>", "p"))
    assert len(re.findall("<summary>Where these numbers come from", html)) == 1
    assert html.index("<summary>Where these") > html.index(">2</data></p></section></section>")


def test_a_chart_carries_the_numbers_of_the_table_that_it_names() -> None:
    html = web()
    behind = html[html.index("The numbers in this chart") :]
    copied = behind[: behind.index("</details>")]
    assert "Jan 2018" in copied
    assert "id=" not in copied


def test_ranked_bars_carry_their_numbers_even_without_such_a_table() -> None:
    assert '<tr><th scope="row">Force 40</th><td class="number">52</td></tr>' in web()


def test_header_cells_say_what_they_head_and_empty_corners_are_no_headers() -> None:
    html = web()
    assert '<th scope="rowgroup"' in html or 'scope="rowgroup">North</th>' in html
    assert re.search(r'<th class="number" scope="col">Per cent</th>', html)
    assert re.search(r'<td class="number"><data value="79.5"', html)
    assert re.search(r'<thead><tr><td></td><th scope="col">Month 0</th>', html)


def test_a_footnote_leads_there_and_back() -> None:
    html = web()
    assert 'role="doc-noteref" id="n1-mark">1</a></sup>' in html
    assert (
        '<div id="n1" class="aside footnote" role="note"><p><a class="back" href="#n1-mark">1</a>Provisional.</p></div>' in html
    )


def test_room_to_write_shows_ruled_lines() -> None:
    assert 'Outcome<span class="lines" style="--lines:3"></span></p>' in web()


def test_a_picture_that_is_missing_or_none_is_refused_with_its_line() -> None:
    with pytest.raises(TemplateError, match=r'pack.html, line \d+: The image "map.png" is not there'):
        render_web(document(), THEME, {})
    with pytest.raises(TemplateError, match="neither a PNG nor a JPEG"):
        render_web(document(), THEME, {"map.png": b"GIF89a"})
    with pytest.raises(TemplateError, match=r'The logo "logo\.txt" is neither'):
        render_web(document(), theme("logo.txt"), {**ASSETS, "logo.txt": b"text"})


def test_a_logo_stands_in_the_header_with_its_words() -> None:
    html = render_web(document(), theme("logo.png"), ASSETS).decode()
    assert re.search(r'<header>.*<img src="data:image/png;base64,[^"]+" alt="Northmoor" width="151">', html)


def test_chart_words_keep_the_width_they_were_laid_out_for() -> None:
    assert re.search(r'<text [^>]*textLength="[\d.]+" lengthAdjust="spacingAndGlyphs">[^<]* average<', web())


def test_the_same_source_gives_the_same_bytes() -> None:
    assert web() == web()


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda words: bool(words.strip())
)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, st.sampled_from(["p", "td", "li", "strong", "q", "aside"]))
def test_any_words_come_out_as_they_are(before: str, words: str, place: str) -> None:
    def safe(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\ufffe", "").replace("\uffff", "")

    inside = {
        "p": f"<p>{safe(words)}</p>",
        "td": f"<table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>{safe(words)}</td></tr></tbody></table>",
        "li": f"<ul><li>{safe(words)}</li></ul>",
        "strong": f"<p>a <strong>{safe(words)}</strong></p>",
        "q": f"<p>a <q>{safe(words)}</q></p>",
        "aside": f'<aside class="note">{safe(words)}</aside>',
    }[place]
    head = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head>'
    parsed = parse_page_source(f"{head}<body><section><h1>T {safe(before)}</h1>{inside}</section></body></html>", "x")
    assert squeezed("".join(read(render_web(parsed, THEME, {}).decode()).words)) == squeezed(plain_text(parsed))


@given(st.integers(0, 0xFFFFFF), st.sampled_from([("#ffffff", "#eef2f5"), ("#14191f", "#202830")]))
def test_any_colour_of_a_theme_becomes_readable(colour: int, grounds: tuple[str, str]) -> None:
    shade = readable_on(f"#{colour:06x}", grounds)
    assert all(contrast(shade, ground) >= 4.5 for ground in grounds)


def test_a_readable_colour_is_left_as_it_is() -> None:
    assert readable_on("#0b4a6f", ("#ffffff",)) == "#0b4a6f"
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#F46A25", "#FFFFFF"), 2) == 3.03


def test_the_fixture_uses_every_element() -> None:
    used = set(re.findall(r"<([a-z0-9]+)", source()))
    assert {"section", "dl", "aside", "figure", "img", "table", "tfoot", "data", "time", "abbr", "q", "svg", "hr", "br"} <= used


def test_a_chart_carries_its_numbers_as_csv_even_where_their_table_stands_in_the_appendix() -> None:
    kept = source().replace("</head>", '<meta name="appendix" content="own file"/></head>')
    pack, appendix = split_appendix(
        parse_page_source(
            kept.replace('<section id="sources" class="sources">', '<section id="sources" class="appendix">'), "x.html"
        )
    )
    assert appendix is not None
    html = web(pack)
    name, data = re.findall(r'<a download="([^"]*)" href="data:text/csv;charset=utf-8;base64,([^"]*)">', html)[0]
    assert name == "full.csv"
    assert base64.b64decode(data).decode("utf-8-sig").splitlines() == ["Month,Value", "Jan 2018,80.0%"]
