"""Papers as they come, made with pikepdf: one fault each."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

A4 = (595, 842)


def paper(*changes: Callable[[Pdf], None], pages: int = 2, size: tuple[int, int] = A4, **save: object) -> bytes:
    """An untagged paper with words on each page, changed, as bytes."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (Victim plan, page %d) Tj ET" % number)
    for change in changes:
        change(pdf)
    held = io.BytesIO()
    pdf.save(held, **save)  # type: ignore[arg-type]
    return held.getvalue()


def annotate(kind: str, **more: Any) -> Callable[[Pdf], None]:
    """An annotation of that kind on the first page."""

    def change(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=Array([10, 10, 90, 30]), **more)
        pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", []), pdf.make_indirect(note)])

    return change


def scanned(pdf: Pdf) -> None:
    """The first page is a picture and nothing else."""
    picture = pdf.make_stream(b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    picture.ColorSpace = Name.DeviceGray
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=picture))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")


def hidden_layer(pdf: Pdf) -> None:
    """The first page's words are in a layer that is not shown."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Workings")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def attached(pdf: Pdf) -> None:
    """A workbook is in it."""
    pdf.attachments["names.xlsx"] = b"PK secret workbook"


def portfolio(pdf: Pdf) -> None:
    """It is a folder of files."""
    attached(pdf)
    pdf.Root.Collection = Dictionary(Type=Name.Collection)


def script(pdf: Pdf) -> None:
    """It does something when it is opened."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('secret script')"))


def page_outside(pdf: Pdf) -> None:
    """A page that is in the file and in no place of it."""
    page = Dictionary(Type=Name.Page, Contents=pdf.make_stream(b"BT (secret page) Tj ET"))
    pdf.Root.Left = pdf.make_indirect(page)


def signature(pdf: Pdf) -> None:
    """Somebody signed it."""
    signed = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("signature"), Name=String("DCC"))
    widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("S"), V=signed, Rect=Array([0, 0, 0, 0]))
    pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([pdf.make_indirect(widget)]))


def locked(owner: str = "", user: str = "") -> pikepdf.Encryption:
    """Under a password to open it (`user`), or one to change it (`owner`)."""
    return pikepdf.Encryption(owner=owner, user=user)
