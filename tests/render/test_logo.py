"""A logo as SVG: drawn as outlines in the PDF, in the web page without what its file hides; what cannot be drawn is named."""

import pypdfium2
import pytest

from reportpack.errors import TemplateError
from reportpack.render.pdf.document import render_pdf
from reportpack.render.web import render_web
from tests.render.pdf.made import document, theme

LOGO = b"""<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi" width="200px" height="100px" sodipodi:docname="C:/Users/jane/logo.svg">
<metadata>Drawn by Jane</metadata><defs><style>.cls-1,.cls-2{fill:rgb(0,128,0)}.cls-2{stroke:none}</style></defs><!-- secret -->
<g transform="translate(0 0)"><rect class="cls-1" width="100" height="100"/><ellipse cx="150" cy="50" rx="50" ry="50" style="fill:red"/></g></svg>"""
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head><title>T</title></head><body><section class="cover"><h1>T</h1></section></body></html>'
OWN = '[logo]\nfile = "logo.svg"\nwidth = 70.5556\nalt = "Northmoor"\n'


def pdf(logo: bytes) -> bytes:
    return render_pdf(document(PAGE), theme(OWN), {"logo.svg": logo}).pdf


def test_it_is_drawn_in_its_colours() -> None:
    with pypdfium2.PdfDocument(pdf(LOGO)) as file:
        image = file[0].render().to_pil().convert("RGB")
    colours = {colour: count for count, colour in image.getcolors(1_000_000)}
    assert colours[0, 128, 0] == pytest.approx(10_000, rel=0.05)
    assert colours[255, 0, 0] == pytest.approx(7_854, rel=0.05)


def test_the_web_page_has_it_without_what_the_file_hides() -> None:
    import base64
    import re

    html = render_web(document(PAGE), theme(OWN), {"logo.svg": LOGO}).decode()
    found = re.search(r'src="data:image/svg\+xml;base64,([^"]+)" alt="Northmoor"', html)
    assert found is not None
    markup = base64.b64decode(found[1])
    assert b'viewBox="0 0 200 100"' in markup
    assert not [one for one in (b"Jane", b"jane", b"secret", b"sodipodi") if one in markup]


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<text x="1" y="1">West Mercia</text>', "holds <text>, which is not drawn"),
        ('<image href="x.png"/>', "holds <image>"),
        ("<script>alert(1)</script>", "holds <script>"),
        ('<rect width="9" height="9" fill="url(#g)"/>', "holds effects"),
        ('<rect width="9" height="9" fill="chartreux"/>', "cannot be read"),
        ("<rect", "cannot be read"),
        ("&e;", "cannot be read"),
    ],
)
def test_what_cannot_be_drawn_is_named_with_the_file(inside: str, said: str) -> None:
    logo = f'<!DOCTYPE svg [<!ENTITY e "x">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'
    with pytest.raises(TemplateError) as told:
        pdf(logo.encode())
    assert "the logo logo.svg" in told.value.found
    assert said in told.value.found


def test_one_without_a_size_is_said() -> None:
    with pytest.raises(TemplateError, match="neither its viewBox nor its size"):
        pdf(b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>')
