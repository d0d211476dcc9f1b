"""Packs bound from papers, for tests."""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf

from reportpack.render.binding.binding import BoundPack, PaperFile, bind
from reportpack.render.binding.stamps import Stamps
from reportpack.render.pdf.document import render_pdf
from tests.render.pdf.made import document, made, theme

MARKING = "OFFICIAL – SENSITIVE"
PACK = made('<p><a href="#later">Paper A</a> and <a href="#later">Paper B</a></p><p id="later">Later words</p>').pdf


def sheets(papers: Sequence[PaperFile]) -> bytes:
    """The list of papers, and a divider before each."""
    rows = "".join(f'<tr><th scope="row"><a href="#p-{one.letter}">Paper {one.letter}</a></th></tr>' for one in papers)
    dividers = "".join(
        f'<section id="p-{one.letter}"><h1 class="break-before">Paper {one.letter}: {one.title}</h1><p><a href="#papers">All papers</a></p></section>'
        for one in papers
    )
    table = f'<table><thead><tr><th scope="col">Paper</th></tr></thead><tbody>{rows}</tbody></table>'
    return render_pdf(
        document(
            '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB">\n<head><title>Papers</title></head>\n<body>'
            f'<section id="papers"><h1>Papers</h1>{table}</section>{dividers}</body></html>'
        ),
        theme(),
        {},
    ).pdf


def bound(*papers: bytes, accessible: bool = True, letters: str = "ABCDEFGH", whole: bool = False) -> BoundPack:
    """The pack with these papers."""
    files = [PaperFile(letter, f"Title {letter}", data, accessible, whole) for letter, data in zip(letters, papers, strict=False)]
    return bind(PACK, sheets(files), files, Stamps(theme(), {}, MARKING))


def opened(pack: BoundPack) -> pikepdf.Pdf:
    """The pack as an object."""
    return pikepdf.open(io.BytesIO(pack.pdf))


def everything(data: bytes) -> bytes:
    """Every byte that anybody could find in a PDF: each object as text, each stream unpacked."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            held: Any = one
            found.append(held.unparse(resolved=True) if not isinstance(held, pikepdf.Stream) else b"")
            if isinstance(held, pikepdf.Stream):
                found.extend((pikepdf.Dictionary(dict(held.stream_dict.items())).unparse(), held.read_bytes()))
    return b"\n".join(found)
