"""veraPDF finds nothing to say against the page source that holds every element, and does against a broken one: of either kind of PDF."""

import io
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Object

from reportpack.render.element import words_of
from reportpack.render.pdf.document import render_pdf
from tests.render.pdf.made import EVERY_ELEMENT, ROOT, document, every_element, theme
from tests.render.pdf.structure import walk_structure
from tests.render.pdf.test_mutations import MUTATIONS, broken

UA2 = '[page]\npdf = "ua2"\n'


@cache
def as_ua2() -> bytes:
    return render_pdf(document(EVERY_ELEMENT.read_text("utf-8")), theme(UA2), {}).pdf


def said(standards: str, *files: Path) -> list[str]:
    program = str(Path(__file__).parent / "vera.py")
    command = [sys.executable, program, standards, *map(str, files)]
    return subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout.splitlines()


@pytest.mark.needs("java")
def test_verapdf_passes_every_element_and_catches_a_broken_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(every_element().pdf)
    bad.write_bytes(broken(MUTATIONS["a figure without alternative text"]))
    found = said("ua1,2a", good, bad)
    assert {line.split()[0] for line in found} == {"bad.pdf"}
    assert any("7.3-1" in line for line in found)


@pytest.mark.needs("java")
def test_verapdf_passes_every_element_as_pdf_2_and_catches_a_link_to_a_page_alone(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(as_ua2())
    with pikepdf.open(io.BytesIO(as_ua2())) as pdf:
        mark = next(mark for page in pdf.pages for mark in page.obj.get("/Annots", []) if "/SD" in mark.A)
        del mark.A.SD
        pdf.save(bad)
    assert [line.split()[:3] for line in said("ua2,4", good, bad)] == [["bad.pdf", "ua2", "8.8-2"]]


def elements(held: Object) -> Iterator[Object]:
    yield held
    kids = held.get("/K")
    for kid in [] if kids is None else kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from elements(kid)


def test_as_pdf_2_it_says_the_same_and_its_bookmarks_lead_to_the_headings() -> None:
    walked = walk_structure(as_ua2())
    assert walked.findings == []
    assert walked.text == walk_structure(every_element().pdf).text
    heads = [
        one
        for section in document(EVERY_ELEMENT.read_text("utf-8")).sections
        for one in section.walk()
        if one.tag in ("h1", "h2")
    ]
    with pikepdf.open(io.BytesIO(as_ua2())) as pdf, pdf.open_outline() as outline:
        marks = [mark for top in outline.root for mark in (top, *top.children)]
        aims = [mark.action.SD[0] for mark in marks if mark.action is not None]
        assert [mark.title for mark in marks] == [words_of(one).strip() for one in heads]
        assert [str(aim.S)[1:].lower() for aim in aims] == [one.tag for one in heads]
        assert len({aim.objgen for aim in aims}) == len(heads)


def test_as_pdf_2_a_footnote_and_its_mark_point_at_each_other_and_no_information_is_told_twice() -> None:
    with pikepdf.open(io.BytesIO(as_ua2())) as pdf:
        every = list(elements(pdf.Root.StructTreeRoot.K[0]))
        notes = [one for one in every if one.S == "/FENote"]
        assert notes
        for note in notes:
            assert [str(one.S) for one in note.Ref] == ["/Link"]
            assert [one.objgen for one in note.Ref[0].Ref] == [note.objgen]
        assert (pdf.pdf_version, "/Info" in pdf.trailer) == ("2.0", False)
        assert not [one for one in every if one.S == "/Note"]
