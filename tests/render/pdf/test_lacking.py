"""Names print as themselves wherever a face has them; what no face can set is named once."""

import io
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest
from font_source_sans_pro import font_files_ttf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from reportpack.render.pdf.document import chart_style
from tests.render.pdf.made import made, theme
from tests.render.pdf.structure import walk_structure

NAMES = "Siân Gŵyr a Llŷr · Łukasz Żółć · Ionuț Brașov · Nguyễn Thị Hạnh · Ελένη Παπαδοπούλου · Олександр Ґалаґан · Ọláńrewájú"
OWN = '[fonts]\nregular = "own.ttf"\nitalic = "own.ttf"\nbold = "own.ttf"\nbold_italic = "own.ttf"\n'
SVG = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 60"'


@cache
def narrow_face() -> bytes:
    """An office's own face as many are: the letters of Western Europe and no others."""
    font = TTFont(font_files_ttf["SourceSansProBlack"])
    cut = Subsetter(Options(name_IDs=["*"], notdef_outline=True))
    cut.populate(unicodes=[*range(32, 127), *range(160, 256), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D])
    cut.subset(font)
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{NAMES}</p>",
        f"<p><strong>{NAMES}</strong> <em>{NAMES}</em></p>",
        f"<h2>{NAMES}</h2><p>Words.</p>",
        f'<table><thead><tr><th scope="col">{NAMES}</th><th scope="col">n</th></tr></thead><tbody><tr><td>{NAMES}</td><td>1</td></tr></tbody></table>',
        f'<figure><svg {SVG}><title>t</title><text x="400" y="30" font-size="9" text-anchor="middle">{NAMES}</text></svg></figure>',
        f"<ul><li>{NAMES}</li></ul>",
    ],
    ids=["words", "bold-and-italic", "heading", "table", "chart", "list"],
)
def test_names_print_as_themselves_in_an_offices_own_face_that_lacks_their_letters(body: str) -> None:
    pages = made(body, '<meta name="marking" content="ŴYTHNOS"/>', {"own.ttf": narrow_face()}, OWN)
    assert pages.problems == ()
    drawn = "".join(walk_structure(pages.pdf).text.split())
    if "<figure>" not in body:  # the words of a chart are those of its alternative
        assert "".join(NAMES.split()) in drawn
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        fonts = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert any("Black" in one for one in fonts)
    assert any(one.endswith(("-Regular", "-It", "-Semibold")) for one in fonts)
    assert all(len(one.removeprefix("/").partition("+")[0]) == 6 for one in fonts)  # a subset of each
    assert [
        one.rule_id for profile in ("ua1", "2a") for one in page.validate_pdf_bytes(pages.pdf, profile=profile).failures
    ] == []


def test_a_line_of_a_chart_is_measured_in_the_faces_that_draw_it() -> None:
    assets = {"own.ttf": narrow_face()}
    style = chart_style(theme(OWN), assets)
    measured = style.text_width("Llŷr", 10.0, False)
    black, plain = (
        chart_style(theme(OWN), {"own.ttf": Path(font_files_ttf[one]).read_bytes()})
        for one in ("SourceSansProBlack", "SourceSansPro")
    )
    own, shipped = black.text_width("Ll", 10.0, False) + black.text_width("r", 10.0, False), plain.text_width("ŷ", 10.0, False)
    assert measured == pytest.approx(own + shipped)
    body = f'<figure><svg {SVG}><title>t</title><text x="300" y="30" font-size="10" text-anchor="end">Llŷr</text></svg></figure>'
    with pikepdf.open(io.BytesIO(made(body, "", assets, OWN).pdf)) as pdf:
        contents = pdf.pages[0].Contents
        data = (contents[0] if isinstance(contents, pikepdf.Array) else contents).read_bytes().decode("latin-1")
    assert f"BT 1 0 0 -1 {300 - measured:.2f} 30.00 Tm" in data


def test_a_letter_and_what_stands_on_it_come_from_one_face() -> None:
    pages = made("<p>Ada\u0323\u0301m</p>", "", {"own.ttf": narrow_face()}, OWN)
    assert pages.problems == ()
    assert "Adạ́m" in walk_structure(pages.pdf).text


def test_a_file_of_the_theme_prints_letters_that_all_others_lack() -> None:
    font = TTFont(font_files_ttf["SourceSansPro"])
    for table in font["cmap"].tables:
        table.cmap[0x531] = table.cmap[ord("A")]  # an Armenian letter
    held = io.BytesIO()
    font.save(held)
    assert made("<p>\u0531\u0531</p>").problems
    pages = made("<p>\u0531\u0531</p>", "", {"more.ttf": held.getvalue()}, '[fonts]\nmore = "more.ttf"\n')
    assert pages.problems == ()
    assert "\u0531\u0531" in walk_structure(pages.pdf).text


def test_what_needs_shaping_is_named_once_and_not_taken_from_a_face_that_has_its_letters() -> None:
    font = TTFont(font_files_ttf["SourceSansPro"])
    for table in font["cmap"].tables:
        table.cmap.update(dict.fromkeys(range(0x620, 0x650), table.cmap[ord("A")]))
    held = io.BytesIO()
    font.save(held)
    body = "<p>محمد علي spoke.</p><p>محمد علي and वर्मा agreed.</p>"
    pages = made(body, "", {"more.ttf": held.getvalue()}, '[fonts]\nmore = "more.ttf"\n')
    assert [one.kind for one in pages.problems] == ["script-not-set"] * 2
    assert pages.problems[0].found == "“محمد علي” is in Arabic letters, which a PDF cannot set here; it prints [Arabic]."
    assert "“वर्मा” is in Devanagari letters" in pages.problems[1].found
