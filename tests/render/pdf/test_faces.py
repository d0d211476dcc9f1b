"""Fonts: kerning as the font says, every character its own code, and files that are no fonts refused."""

import io
from pathlib import Path

import page
import pikepdf
import pytest
from font_source_sans_pro import font_files_ttf
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import TemplateError
from reportpack.render.pdf import objects
from reportpack.render.pdf.faces import Face, read_face
from tests.render.pdf.made import made
from tests.render.pdf.structure import walk_structure

REGULAR = Path(font_files_ttf["SourceSansPro"]).read_bytes()


def face() -> Face:
    return read_face(REGULAR, "R", "regular.ttf")


def test_pairs_stand_closer_where_the_font_says_so() -> None:
    found = face()
    apart = sum(found.encode(letter)[0] for letter in "AV")
    assert found.encode("AV")[0] < apart
    assert found.encode("AV")[1] == "A)14(V"


def test_figures_are_as_wide_as_one_another() -> None:
    assert len({face().encode(figure)[0] for figure in "0123456789"}) == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(sorted(face().known - set("\u00ad\u200b\u2060 "))), min_size=1, max_size=400))
def test_every_character_of_the_font_comes_out_as_itself(characters: list[str]) -> None:
    words = " ".join("".join(characters[start : start + 7]) for start in range(0, len(characters), 7))
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    from unicodedata import normalize

    shown = walk_structure(made(f"<p>{escaped}</p>").pdf).text.removeprefix("Title")
    assert "".join(shown.split()) == "".join(normalize("NFC", words).split())


@pytest.mark.parametrize(
    "data", [b"", b"not a font", REGULAR[:200], REGULAR[:20_000], b"OTTO" + REGULAR[4:], b"wOFF" + REGULAR[4:]]
)
def test_what_is_no_truetype_font_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateError, match=r"own\.ttf: is not a TrueType or OpenType font") as caught:
        read_face(data, "R", "own.ttf")
    assert "[fonts]" in caught.value.remedy


def test_a_theme_that_names_no_bold_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"own\.toml, line 1: \[fonts\] names regular and not italic, bold, bold_italic"):
        made("<p>x</p>", overlay='[fonts]\nregular = "own.ttf"\n')


def test_a_theme_with_fonts_of_its_own_embeds_them() -> None:
    overlay = '[fonts]\nregular = "own.ttf"\nitalic = "own.ttf"\nbold = "own.ttf"\nbold_italic = "own.ttf"\n'
    pages = made("<p>x <strong>y</strong></p>", assets={"own.ttf": REGULAR}, overlay=overlay)
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        assert len(pdf.pages[0].Resources.Font) == 1


def test_a_missing_font_file_is_named() -> None:
    overlay = '[fonts]\nregular = "own.ttf"\nitalic = "own.ttf"\nbold = "own.ttf"\nbold_italic = "own.ttf"\n'
    with pytest.raises(TemplateError, match=r"font own\.ttf was not found"):
        made("<p>x</p>", overlay=overlay)


def test_the_colour_profile_is_the_one_that_little_cms_makes() -> None:
    from PIL import ImageCms

    fresh = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    kept = objects._SRGB.read_bytes()
    assert len(kept) == 588
    assert kept[:24] + kept[36:] == bytes(fresh[:24] + fresh[36:])


@pytest.mark.needs("otf")
def test_a_font_with_postscript_outlines_prints_with_the_glyphs_that_are_shown() -> None:
    file = min(Path("/usr/share/fonts").rglob("*.otf")).read_bytes()
    overlay = '[fonts]\nregular = "own.otf"\nitalic = "own.otf"\nbold = "own.otf"\nbold_italic = "own.otf"\n'
    pages = made("<p>80% of Herefordshire, <em>café</em></p>", assets={"own.otf": file}, overlay=overlay)
    assert pages.problems == ()
    assert not page.validate_pdf_bytes(pages.pdf, profile="2a").failures
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        program = font.FontDescriptor.FontFile3.read_bytes()
        assert (str(font.Subtype), str(font.FontDescriptor.FontFile3.Subtype)) == ("/Type1", "/Type1C")
    widths = dict(enumerate(map(float, font.Widths), int(font.FirstChar)))
    own = read_face(file, "R", "own.otf")
    assert all(abs(widths[ord(one)] - own.widths[one]) < 0.5 for one in "80%ofHerdsi,")
    assert len(program) < len(file)
    assert "80% of Herefordshire, café" in walk_structure(pages.pdf).text
