"""A paper's health sheet, from its bytes. Nothing in the file is run, opened or followed."""

import io
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportpack import archive
from reportpack import patterns as re
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.model.paper import PaperHealth, Remark
from reportpack.read.libreoffice import office_program
from reportpack.read.papers.markings import old_markings
from reportpack.read.papers.office_files import OFFICE_KINDS, as_pdf
from reportpack.read.papers.sentences import pages_are, remark

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

LARGEST = 200_000_000  # Bytes; a pack that is sent or opened on a tablet has no room for more.
PLAIN_MARKS = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet"}  # Annotations that are no comment of anybody's.
_SCRIPTS = {
    f"/{one}"
    for one in ["JavaScript", "Launch", "SubmitForm", "ImportData", "Rendition", "Movie", "Sound", "GoToE", "RichMediaExecute"]
}
_FORMATS = {"A5": (420, 595), "A4": (595, 842), "A3": (842, 1191), "A2": (1191, 1684), "Letter": (612, 792)}
_ROUGHLY = 9
_HIDDEN_SHEET = re.compile(r"""<(?:\w+:)?sheet\s[^>]*\bstate=["'](?:hidden|veryHidden)["'][^>]*>""")
_SHEET_NAME = re.compile(r"""\sname=["']([^"']*)""")


def paper_health(path: Path, name: str) -> PaperHealth:
    """The sheet of a paper of any kind; what cannot be opened is refused in a sentence."""
    suffix = path.suffix.lower()
    try:
        size = path.stat().st_size
        head = bytes_of(path, 1024)
    except OSError as error:
        return PaperHealth(name, "unread", 0, refused=remark("paper-damaged", error.strerror or "it is not there"))
    kind = "PDF" if b"%PDF-" in head or suffix == ".pdf" else OFFICE_KINDS.get(suffix, "")
    if size > LARGEST:
        return PaperHealth(name, kind or "another kind", size, refused=remark("paper-too-large", f"{size // 1_000_000}"))
    data = path.read_bytes()
    if kind == "PDF":
        return replace(pdf_health(data, name), mark=sha256_of(data))
    if kind:
        sheet = _marked(_office_health(data, name, kind), data, suffix)
        return replace(sheet, mark=sha256_of(data))
    return PaperHealth(name, "another kind", size, refused=remark("paper-kind", suffix or "its name says nothing"))


def _marked(sheet: PaperHealth, data: bytes, suffix: str) -> PaperHealth:
    """The sheet with a remark on markings of the old scheme."""
    found = old_markings(data, suffix) if sheet.refused is None else ()
    return replace(sheet, remarks=(*sheet.remarks, remark("paper-marked", ", ".join(found)))) if found else sheet


def readied(data: bytes, sheet: PaperHealth, before: bytes | None) -> tuple[bytes | None, PaperHealth]:
    """A paper as the PDF that is bound, which LibreOffice makes of what is none unless it did `before`, and the sheet of that; None where it
    cannot be bound."""
    if sheet.kind == "PDF":
        return data, sheet
    turned = before if before is not None else as_pdf(data, Path(sheet.file).suffix)
    sheet = replace(sheet, refused=turned) if isinstance(turned, Remark) else pdf_health(turned, sheet.file)
    return turned if isinstance(turned, bytes) and sheet.refused is None else None, sheet


class _RefusedError(Exception):
    """A paper is not opened, as `remark` says."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.found)
        self.remark = remark


class _Archive(archive.Archive):
    """Raises _RefusedError."""

    largest = LARGEST

    def refusal(self, fault: archive.Fault, part: str = "") -> Exception:
        """As the sheet says it."""
        if fault is archive.Fault.TOO_LARGE:
            return _RefusedError(remark("paper-too-large", f"{self.size(part) // 1_000_000}"))
        return _RefusedError(remark("paper-damaged", "it is locked, or no file of that kind"))


def _office_health(data: bytes, name: str, kind: str) -> PaperHealth:
    refused = None if office_program() else remark("paper-no-office")
    remarks: tuple[Remark, ...] = ()
    try:
        held = _Archive(data)
        if (large := next((part for part in held.names if held.size(part) > LARGEST), None)) is not None:
            raise held.refusal(archive.Fault.TOO_LARGE, large)
        words = held.read("word/document.xml") if held.has("word/document.xml") else b""
        if b"<w:ins " in words or b"<w:del " in words or held.has("word/comments.xml"):
            remarks = (remark("paper-tracked"),)
        book = held.read("xl/workbook.xml").decode("utf-8", "replace") if held.has("xl/workbook.xml") else ""
        if hidden := [unescape(said[1]) for one in _HIDDEN_SHEET.findall(book) if (said := _SHEET_NAME.search(one))]:
            remarks = (*remarks, remark("paper-hidden-sheets", ", ".join(hidden[:5])))
    except _RefusedError as error:
        if name.lower().endswith("x"):  # the kinds before 2007 are no zipped files
            refused = error.remark
    return PaperHealth(name, kind, len(data), remarks=remarks, refused=refused)


def pdf_health(data: bytes, name: str) -> PaperHealth:
    """The sheet of a PDF."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            sheet = _sheet(pdf, name, len(data))
        return _marked(sheet, data, ".pdf")
    except pikepdf.PasswordError:
        return PaperHealth(name, "PDF", len(data), encrypted=True, refused=remark("paper-password"))
    except (pikepdf.PdfError, TypeError, ValueError, AttributeError, LookupError, RecursionError) as error:
        told = str(error).split(":", 1)[-1].strip()[:80] if isinstance(error, pikepdf.PdfError) else ""
        why = "it is empty" if not data.strip() else told or "nothing in it can be found"
        return PaperHealth(name, "PDF", len(data), refused=remark("paper-damaged", why.rstrip(".")))


def _sheet(pdf: "Pdf", name: str, size: int) -> PaperHealth:
    root, pages = pdf.Root, list(pdf.pages)
    if not pages:
        return PaperHealth(name, "PDF", size, refused=remark("paper-no-pages"))
    looked = _Look(pdf)
    form = root.get("/AcroForm")
    health = PaperHealth(
        name,
        "PDF",
        size,
        len(pages),
        tuple(dict.fromkeys(page_format(page) for page in pages)),
        is_tagged(pdf),
        claims_ua(pdf),
        str(root.get("/Lang", "")),
        " ".join(str(pdf.docinfo.get("/Title", "")).split())[:120],
        tuple(sorted(looked.fonts)),
        looked.scanned,
        form is not None and any(_signatures(form)),
        pdf.is_encrypted,
        looked.fields,
        tuple(looked.left_out()),
        refused=refusal(pdf, looked.redactions),
    )
    return replace(health, remarks=tuple(_remarks(pdf, health, looked)))


def refusal(pdf: "Pdf", redactions: int) -> Remark | None:
    """Why it cannot be bound; None where it can."""
    root = pdf.Root
    form, layers = root.get("/AcroForm"), hidden_layers(pdf)
    if "/Collection" in root:
        return remark("paper-portfolio", ", ".join(list(pdf.attachments)[:5]) or "empty")
    if layers:
        return remark("paper-hidden-layers", ", ".join(layers[:5]))
    if redactions:
        return remark("paper-redactions")
    return remark("paper-form-program") if form is not None and "/XFA" in form and root.get("/NeedsRendering") else None


def _remarks(pdf: "Pdf", health: PaperHealth, looked: "_Look") -> Iterator[Remark]:
    count = health.pages
    if any("damaged" in str(one) or "xref" in str(one) for one in pdf.get_warnings()):
        yield remark("paper-mended")
    if health.scanned:
        yield remark("paper-scanned", pages_are(health.scanned, count))
    elif not health.tagged:
        yield remark("paper-not-tagged")
    if health.fonts:
        yield remark("paper-fonts", ", ".join(health.fonts[:4]))
    for kind, there in (("paper-signed", health.signed), ("paper-locked", health.encrypted), ("paper-form", health.fields)):
        if there:
            yield remark(kind)
    if health.left_out:
        yield remark("paper-left-out", ", ".join(health.left_out))
    for kind, number in (("paper-cropped", looked.cropped), ("paper-turned", looked.turned)):
        if number:
            yield remark(kind, pages_are(number, count))


class _Look:
    """One look at every page and every object of a file."""

    def __init__(self, pdf: "Pdf") -> None:
        self.pdf = pdf
        self.fonts: set[str] = set()
        self.seen: dict[tuple[int, int], tuple[bool, bool]] = {}
        self.scanned = self.fields = self.cropped = self.turned = self.comments = self.redactions = 0
        self.attached, self.unseen = list(pdf.attachments), 0
        self.scripts = sum(1 for one in ("/OpenAction", "/AA") if _has_script(pdf.Root.get(one)))
        self.scripts += "/JavaScript" in pdf.Root.get("/Names", {})
        for page in pdf.pages:
            self.page(page)
        self.elsewhere()

    def page(self, page: "Page") -> None:
        words, picture = self.resources(page.obj.get("/Resources") or page.resources)
        self.scanned += picture and not words
        self.turned += int(page.obj.get("/Rotate", 0)) % 360 != 0
        media, crop = ([float(one) for one in box] for box in (page.mediabox, page.cropbox))
        self.cropped += crop[2] - crop[0] < media[2] - media[0] - 1 or crop[3] - crop[1] < media[3] - media[1] - 1
        self.scripts += _has_script(page.obj.get("/AA"))
        for mark in (one for one in page.obj.get("/Annots", []) if one is not None):
            self.mark(mark)

    def mark(self, mark: Any) -> None:
        kind = str(mark.get("/Subtype", ""))
        self.scripts += any(_has_script(mark.get(one)) for one in ("/A", "/AA"))
        self.fields += kind == "/Widget" and str(mark.get("/FT", "")) != "/Sig"
        self.redactions += kind == "/Redact"
        if kind == "/FileAttachment":
            self.attached.append(str(mark.get("/FS", {}).get("/UF", "without a name")))
        elif kind not in PLAIN_MARKS:
            self.comments += 1

    def resources(self, held: Any) -> tuple[bool, bool]:
        """Whether there are fonts and pictures in these resources, and in the forms that they hold, which may hold themselves."""
        import pikepdf

        first = held.objgen if isinstance(held, pikepdf.Dictionary) else (0, 0)
        if first in self.seen:
            return self.seen[first]
        todo, met, words, picture = [held], set[tuple[int, int]](), False, False
        while todo:
            one = todo.pop()
            if not isinstance(one, pikepdf.Dictionary):
                continue
            fonts = [font for font in one.get("/Font", {}).values() if isinstance(font, pikepdf.Dictionary)]
            self.fonts |= {_font_name(font) for font in fonts if not is_embedded(font)}
            words = words or bool(fonts)
            for each in one.get("/XObject", {}).values():
                if isinstance(each, pikepdf.Stream) and each.objgen not in met:
                    met.add(each.objgen)
                    picture = picture or str(each.get("/Subtype", "")) == "/Image"
                    todo += [each.get("/Resources")] if str(each.get("/Subtype", "")) == "/Form" else []
        if first != (0, 0):
            self.seen[first] = words, picture
        return words, picture

    def elsewhere(self) -> None:
        """Pages and files that are in none of the places where they are looked for."""
        import pikepdf

        shown = {page.obj.objgen for page in self.pdf.pages}
        for one in self.pdf.objects:
            if isinstance(one, pikepdf.Dictionary):
                if one.get("/Type") == "/Page":
                    self.unseen += one.objgen not in shown and "/Contents" in one
                elif "/EF" in one and (name := str(one.get("/UF", one.get("/F", "without a name")))) not in self.attached:
                    self.attached.append(name)

    def left_out(self) -> Iterator[str]:
        counts = (len(self.attached), self.scripts, self.comments, self.unseen)
        for count, one in zip(counts, ("file", "script", "comment or mark", "unseen page"), strict=True):
            if count:
                many = "comments or marks" if " or " in one else f"{one}s"
                named = f" ({', '.join(self.attached[:5])})" if one == "file" else ""
                yield f"{count} {one if count == 1 else many}{named}"


def is_tagged(pdf: "Pdf") -> bool:
    """Whether its author tagged it: it says so, and has a tree of tags."""
    root: Any = pdf.Root
    return bool(root.get("/MarkInfo", {}).get("/Marked", False)) and "/K" in root.get("/StructTreeRoot", {})


def claims_ua(pdf: "Pdf") -> bool:
    """Whether it says of itself that it keeps to PDF/UA-1, as the pack that it is bound into: PDF/UA-2 has tags that such a pack does not know."""
    import pikepdf

    metadata = pdf.Root.get("/Metadata")
    try:
        said = bytes(metadata.read_bytes()) if metadata is not None else b""
        return said.partition(b"pdfuaid:part")[2].lstrip(b" \r\n>=\"'")[:1] == b"1"
    except (pikepdf.PdfError, AttributeError):  # what cannot be unpacked claims nothing
        return False


def hidden_layers(pdf: "Pdf") -> list[str]:
    """The names of the layers that are not shown when it is opened."""
    layers: Any = pdf.Root.get("/OCProperties")
    if layers is None:
        return []
    shown: Any = layers.get("/D", {})
    hidden = list(shown.get("/OFF", []))
    if str(shown.get("/BaseState", "/ON")) == "/OFF":
        on = {one.objgen for one in shown.get("/ON", [])}
        hidden += [one for one in layers.get("/OCGs", []) if one.objgen not in on]
    return [str(one.get("/Name", "without a name")) for one in hidden]


def page_format(page: "Page") -> str:
    """`A4`, `A3 landscape`, `210 × 99 mm`, as the page is shown."""
    left, low, right, high = (float(one) for one in page.cropbox)
    wide, tall = abs(right - left), abs(high - low)
    if int(page.obj.get("/Rotate", 0)) % 180:
        wide, tall = tall, wide
    short, long = sorted((wide, tall))
    fits = (name for name, size in _FORMATS.items() if abs(size[0] - short) < _ROUGHLY and abs(size[1] - long) < _ROUGHLY)
    name = next(fits, f"{wide / 72 * 25.4:.0f} × {tall / 72 * 25.4:.0f} mm")
    return f"{name} landscape" if wide > tall and "mm" not in name else name


def is_embedded(font: Any) -> bool:
    """Whether a font's shapes are in the file."""
    if str(font.get("/Subtype", "")) == "/Type3":
        return True
    below = font.get("/DescendantFonts")
    described: Any = ((below[0] if below else font) or {}).get("/FontDescriptor") or {}
    return any(one in described for one in ("/FontFile", "/FontFile2", "/FontFile3"))


def _font_name(font: Any) -> str:
    name = font.get("/BaseFont")
    told = (
        bytes(name).decode(errors="replace") if name is not None else "one without a name"
    )  # of fonts of old machines it is no text
    return told.lstrip("/").rpartition("+")[2]


def _has_script(action: Any) -> bool:
    """Whether an action, or one of a set of them, does more than lead to a page or an address."""
    import pikepdf

    if not isinstance(action, pikepdf.Dictionary):
        return False
    return str(action.get("/S")) in _SCRIPTS if "/S" in action else any(_has_script(one) for one in action.values())


def _signatures(form: Any) -> Iterator[bool]:
    todo = list(form.get("/Fields", []))
    for _ in range(100_000):
        if not todo:
            return
        one = todo.pop()
        todo.extend(one.get("/Kids", []))
        yield str(one.get("/FT", "")) == "/Sig" and "/V" in one
