"""Pictures: passed through where they can be, converted where they must be, refused with a sentence where they are none."""

import io
import struct
import zlib
from base64 import b64encode

import page
import pikepdf
import pytest
from PIL import Image

from reportpack.errors import TemplateError
from tests.render.pdf.made import made
from tests.render.pdf.structure import walk_structure

IMAGE = '<p><img src="a.png" alt="A plan"/></p>'


def encoded(mode: str, kind: str, size: tuple[int, int] = (40, 20), options: dict[str, object] | None = None) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **(options or {}))
    return out.getvalue()


def embedded(pdf: bytes) -> list[pikepdf.Object]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [image for image in opened.objects if isinstance(image, pikepdf.Stream) and image.get("/Subtype") == "/Image"]
        return [pikepdf.Dictionary({key: image[key] for key in ("/Width", "/Height", "/ColorSpace")}) for image in found]


@pytest.mark.parametrize(
    ("mode", "kind", "options"),
    [
        ("RGB", "PNG", {}), ("L", "PNG", {}), ("P", "PNG", {}), ("1", "PNG", {}), ("RGBA", "PNG", {}), ("LA", "PNG", {}), ("I;16", "PNG", {}),
        ("RGB", "JPEG", {}), ("L", "JPEG", {}), ("CMYK", "JPEG", {}), ("RGB", "JPEG", {"progressive": True}), ("P", "PNG", {"transparency": 0}),
    ],
)  # fmt: skip
def test_every_kind_of_png_and_jpeg_prints(mode: str, kind: str, options: dict[str, object]) -> None:
    pages = made(IMAGE, assets={"a.png": encoded(mode, kind, options=options)})
    assert not [failure for profile in ("ua1", "2a") for failure in page.validate_pdf_bytes(pages.pdf, profile=profile).failures]
    assert int(embedded(pages.pdf)[0].Width) == 40
    assert "A plan" in walk_structure(pages.pdf).text


def test_an_image_used_twice_is_embedded_once() -> None:
    assert len(embedded(made(IMAGE * 3, assets={"a.png": encoded("RGB", "PNG")}).pdf)) == 1


def test_an_image_within_the_source_prints() -> None:
    data = b64encode(encoded("RGB", "PNG")).decode()
    assert embedded(made(f'<figure><img src="data:image/png;base64,{data}" alt="A plan"/></figure>').pdf)


def test_decoration_is_no_content() -> None:
    pages = made('<p>x <img class="decoration" src="a.png" alt=""/></p>', assets={"a.png": encoded("RGB", "PNG")})
    assert "Figure" not in walk_structure(pages.pdf).kinds
    assert embedded(pages.pdf)


def test_more_than_print_can_show_is_reduced_and_said() -> None:
    pages = made('<p><img src="a.png" alt="A plan" width="100"/></p>', assets={"a.png": encoded("RGB", "JPEG", (2400, 1200))})
    assert int(embedded(pages.pdf)[0].Width) < 400
    assert [problem.kind for problem in pages.problems] == ["image-reduced"]
    assert "2400 x 1200" in pages.problems[0].found


def huge_png(width: int, height: int) -> bytes:
    """A PNG whose header promises many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    parts = [struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"OPCC for West Mercia, logo", "neither PNG nor JPEG"),
        (b"", "neither PNG nor JPEG"),
        (b"\x89PNG\r\n\x1a\n\x00", "neither PNG nor JPEG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "neither PNG nor JPEG"),
        (encoded("RGBA", "PNG")[:60], "cannot be read"),
        (huge_png(50_000, 50_000), "50000 x 50000 pixels"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "neither PNG nor JPEG"),
    ],
)
def test_what_is_no_image_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(TemplateError, match=said) as caught:
        made(IMAGE, assets={"a.png": data})
    assert caught.value.found.startswith("pack.html, line 4: ")
    assert caught.value.remedy


def test_a_missing_image_is_named() -> None:
    with pytest.raises(TemplateError, match=r"line 4: the image a\.png was not found"):
        made(IMAGE)


def test_a_logo_that_is_a_text_file_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"the logo logo\.png: the image is neither"):
        made(
            '<p>x</p></section><section class="cover"><h1>Cover</h1>',
            assets={"logo.png": b"text"},
            overlay='[logo]\nfile = "logo.png"\n',
        )


def test_a_logo_prints_on_the_cover_and_says_what_it_is() -> None:
    overlay = '[logo]\nfile = "logo.png"\nalt = "The office"\n'
    pages = made(
        '<p>x</p></section><section class="cover"><h1>Cover</h1>', assets={"logo.png": encoded("RGBA", "PNG")}, overlay=overlay
    )
    assert walk_structure(pages.pdf).findings == []
    assert "The office Cover" in walk_structure(pages.pdf).text
