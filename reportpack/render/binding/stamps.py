"""What is stamped on the pages of papers, as an artifact: the marking at the top, the page's own label at the foot."""

import io
from collections.abc import Mapping
from hashlib import sha256
from string import ascii_uppercase, digits
from typing import Any

import pikepdf

from reportpack.render.pdf.document import font_files
from reportpack.render.pdf.objects import Output
from reportpack.render.pdf.styles import Style, StyleBook
from reportpack.render.theme import Theme

_EDGE, _ROOM = 12.0, 2.5  # Points from the edge of the page to the words, and white round them.


class Stamps:
    """The words and the fonts of one pack's stamps."""

    def __init__(self, theme: Theme, assets: Mapping[str, bytes], marking: str) -> None:
        self.marking = marking
        self.book = book = StyleBook(theme, font_files(theme, assets))
        self.marked = book.style(8.5, theme.colours.marking, bold=True)
        self.label = book.style(8.5, theme.colours.ink, bold=True)
        for words in (marking, f"{ascii_uppercase}{digits}-"):
            book.line(words, self.marked)
        output = Output()
        fonts = "".join(f"/{name} {number} 0 R" for face in book.faces.values() for name, number in face.write(output))
        root, pages = output.take(), output.take()
        page = output.add(f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]/Resources<</Font<<{fonts}>>>>>>")
        output.put(pages, f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>")
        output.put(root, f"<</Type/Catalog/Pages {pages} 0 R>>")
        data = output.close(root, root)
        self.pdf = pikepdf.open(io.BytesIO(data))
        # before the names of fonts, so that they are no names of the paper's, also where that is a pack with stamps of its own
        self.own = f"Rp{sha256(data).hexdigest()[:8]}"

    def fonts(self, pdf: pikepdf.Pdf) -> dict[str, Any]:
        """The fonts in the pack, by their names."""
        held: Any = self.pdf.pages[0].obj.Resources.Font
        return {f"/{self.own}{name[1:]}": pdf.copy_foreign(font) for name, font in held.items()}

    def operators(self, label: str, page: pikepdf.Page, *, marked: bool = True) -> str:
        """What stamps a page, however it is turned and cropped; a page of ours is `marked` already."""
        left, low, right, high = (float(one) for one in page.cropbox)
        wide, tall = right - left, high - low
        turned = int(page.obj.get("/Rotate", 0)) % 360
        shown = (tall, wide) if turned in (90, 270) else (wide, tall)
        matrix = {
            90: f"0 1 -1 0 {right:.2f} {low:.2f}",
            180: f"-1 0 0 -1 {right:.2f} {high:.2f}",
            270: f"0 -1 1 0 {left:.2f} {high:.2f}",
        }.get(turned, f"1 0 0 1 {left:.2f} {low:.2f}")
        head = self._words(self.marking if marked else "", self.marked, shown[0] / 2, shown[1] - _EDGE - 6, 0.5)
        feet = self._words(label, self.label, shown[0] - 2 * _EDGE, _EDGE, 1.0)
        begun = "/Artifact <</Type/Pagination/Subtype"
        return f"q {matrix} cm {begun}/Header>>BDC {head} EMC {begun}/Footer>>BDC {feet} EMC Q"

    def _words(self, text: str, style: Style, x: float, y: float, share: float) -> str:
        if not text:
            return ""
        width, pieces = self.book.line(text, style)
        left = x - share * width
        box = f"{left - _ROOM:.2f} {y - _ROOM:.2f} {width + 2 * _ROOM:.2f} {style.size + _ROOM:.2f} re f"
        shown = "".join(f"/{self.own}{font} {style.size:.4g} Tf [({code})]TJ " for _, font, code, _, _ in pieces)
        return f"1 g {box} BT {style.code} 1 0 0 1 {left:.2f} {y:.2f} Tm {shown}ET"
