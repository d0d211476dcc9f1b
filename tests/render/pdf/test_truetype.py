"""A font is measured and cut as another program measures and cuts it, byte for byte."""

from io import BytesIO
from pathlib import Path

import font_source_sans_pro
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFile

from reportpack.render.pdf.truetype import TrueType

FILES = sorted((Path(font_source_sans_pro.__file__).parent / "files").glob("*.ttf"))
ACCENTED = [ord(character) for character in "éÅŵñçİǆ"]
"""Most are put together from other glyphs."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_face_measures_as_reportlab_measures_it(file: Path) -> None:
    ours, theirs = TrueType(file.read_bytes()), TTFontFile(BytesIO(file.read_bytes()))
    assert ours.name == theirs.name.decode()
    assert (ours.ascent, ours.descent, ours.cap_height, ours.italic_angle, ours.stem, ours.flags) == (
        theirs.ascent, theirs.descent, theirs.capHeight, theirs.italicAngle, theirs.stemV, theirs.flags,
    )  # fmt: skip
    assert ours.box == list(theirs.bbox)
    widths = {code: ours.advances[glyph] * ours.scale for code, glyph in ours.characters.items() if code != 0xA0}
    assert widths == {code: theirs.charWidths[code] for code in widths}, (
        "but for the space that does not break, which it gives the plain one's"
    )


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_subset_is_reportlabs_byte_for_byte(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FILES))
    ours, theirs = TrueType(file.read_bytes()), TTFontFile(BytesIO(file.read_bytes()))
    known = [code for code in ours.characters if code != 160]  # theirs gives a no-break space the glyph of the space
    codes = data.draw(st.lists(st.sampled_from([0, *ACCENTED, *range(32, 127), *known]), min_size=1, max_size=200))
    assert ours.subset(codes) == theirs.makeSubset(codes)
