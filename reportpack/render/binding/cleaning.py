"""What is taken out of a paper before it is bound: scripts, attachments, comments, forms, the makers' own data; and links made plain."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

_OWN_DATA = ("/PieceInfo", "/Metadata", "/LastModified", "/Thumb", "/AA", "/B", "/AF")
_ADDRESSES = ("http:", "https:", "mailto:", "tel:")


def clean(pdf: Pdf) -> None:
    """Take everything out of the opened paper that is not on its pages."""
    root: Any = pdf.Root
    if "/AcroForm" in root:
        if root.AcroForm.get("/NeedAppearances", False):
            pdf.generate_appearance_streams()
        del root.AcroForm
    names = root.get("/Names", {}).get("/Dests")
    named: dict[str, Any] = {str(key): value for key, value in pikepdf.NameTree(names).items()} if names is not None else {}
    named |= dict(root.get("/Dests", {}).items())
    pages = {page.obj.objgen for page in pdf.pages}
    for page in pdf.pages:
        _forget(page.obj)
        if "/Annots" in page.obj:
            marks: Any = page.obj.Annots if isinstance(page.obj.Annots, Array) else []  # where one was taken out there is none
            page.obj.Annots = Array([one for one in marks if isinstance(one, Dictionary) and _stays(one, named, pages)])
        for form in forms_of(page.obj):
            _forget(form)


def _forget(held: Any) -> None:
    for key in _OWN_DATA:
        if key in held:
            del held[key]


def _stays(mark: Any, named: dict[str, Any], pages: set[tuple[int, int]]) -> bool:
    kind, action, aim = str(mark.get("/Subtype", "")), mark.get("/A"), mark.get("/Dest")
    for key in ("/AA", "/PA", "/Popup", "/AF", "/A", "/Dest", "/Parent"):
        if key in mark:
            del mark[key]
    if kind != "/Link":
        return kind == "/Widget" and "/AP" in mark
    if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
        aim = action.get("/D")
    if isinstance(aim, Name | pikepdf.String):
        aim = named.get(str(aim))
    if isinstance(aim, Dictionary):
        aim = aim.get("/D")
    if isinstance(aim, Array) and len(aim) and isinstance(aim[0], Dictionary) and aim[0].objgen in pages:
        mark.Dest = aim
    elif isinstance(action, Dictionary) and str(action.get("/URI", "")).lower().startswith(_ADDRESSES):
        mark.A = Dictionary(S=Name.URI, URI=action.URI)
    return True


def forms_of(page: Any) -> Iterator[Any]:
    """The pieces of drawing that a page's resources hold, and those within them, each once."""
    todo, seen = [page.get("/Resources")], set[tuple[int, int]]()
    while todo:
        held = todo.pop()
        if not isinstance(held, Dictionary) or (held.objgen != (0, 0) and held.objgen in seen):
            continue
        seen.add(held.objgen)
        for one in held.get("/XObject", {}).values():
            if one.objgen not in seen:
                seen.add(one.objgen)
                yield one
                todo.append(one.get("/Resources"))
