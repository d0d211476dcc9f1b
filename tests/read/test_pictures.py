"""Pictures in people's words: where each stands, as it was cropped, without what a camera writes beside it; or a note of why not."""

import io
import zipfile
from base64 import b64decode
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml import etree
from PIL import Image

from reportpack.model.statement import BlockKind, Statement
from reportpack.read.words.notes import Words, read_notes
from tests.read.documents.making import odt_of
from tests.read.registers import OFFICE
from tests.read.test_notes import AGENDA, MEETING, read

LEAD = "## 2.1.2 Satisfaction\nFrom: DCC\n\n"
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 200)) -> bytes:
    """Red at the left, blue at the right; a photograph says who took it."""
    made, out = Image.new("RGB", size, "red"), io.BytesIO()
    made.paste((0, 0, 255), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x013B] = "Taken by SECRET"
    made.save(out, kind, exif=exif) if kind == "JPEG" else made.save(out, kind)
    return out.getvalue()


def shown(statement: Statement) -> list[tuple[str, Image.Image | None, int]]:
    return [
        (
            one.text,
            Image.open(io.BytesIO(_bytes(one.picture.address))) if one.picture else None,
            one.picture.width if one.picture else 0,
        )
        for one in statement.blocks
    ]


def _bytes(address: str) -> bytes:
    return b64decode(address.partition(",")[2])


def word(folder: Path, data: bytes, alt: str, change: str = "") -> Words:
    document = docx.Document()
    document.add_heading("2.1.2 Satisfaction", 2)
    document.add_paragraph("From: DCC")
    document.add_paragraph("Before.")
    _put(document.add_paragraph(), data, alt, change)
    document.add_paragraph("After.")
    document.save(str(folder / f"{MEETING}.docx"))
    return read_notes(folder, MEETING, AGENDA, OFFICE)


def _put(paragraph: Paragraph, data: bytes, alt: str, change: str = "") -> None:
    run = paragraph.add_run()
    inline = run.add_picture(io.BytesIO(data), width=Mm(90))._inline
    inline.docPr.set("descr", alt)
    fill = inline.graphic.graphicData.pic.blipFill
    if change == "cropped":
        fill.insert(1, parse_xml(f'<a:srcRect {_A} r="50000"/>'))
    elif change == "turned":
        inline.graphic.graphicData.pic.spPr.find(f"{{{_A[9:-1]}}}xfrm").set("rot", "5400000")
    elif change == "covered":
        anchor = parse_xml(etree.tostring(run._r.find(f"{{{paragraph._p.nsmap['w']}}}drawing")))
        next(anchor.iter(f"{{{_A[9:-1]}}}blip")).getparent().remove(next(anchor.iter(f"{{{_A[9:-1]}}}blip")))
        paragraph.add_run()._r.append(anchor)
    elif change == "hidden":
        run.font.hidden = True
    elif change:
        taken = parse_xml(f'<w:{change} xmlns:w="{paragraph._p.nsmap["w"]}" w:id="9" w:author="a"/>')
        paragraph._p.replace(run._r, taken)
        taken.append(run._r)


def test_in_word_it_stands_between_its_paragraphs_as_wide_as_there_without_what_the_camera_wrote(tmp_path: Path) -> None:
    data = picture("JPEG")
    assert b"SECRET" in data
    statements, _, problems = word(tmp_path, data, "Red, then blue.")
    (_, first, _), (told, image, width), (_, last, _) = shown(statements[0])
    assert (first, last, told, width, problems) == (None, None, "Red, then blue.", 340, ())
    assert image is not None
    assert image.size == (400, 200)
    made = statements[0].blocks[1].picture
    assert made is not None
    assert b"SECRET" not in _bytes(made.address)


@pytest.mark.parametrize(
    ("data", "alt", "change"),
    [
        (picture(), "", ""),
        (picture(), "Turned.", "turned"),
        (picture(), "Cropped.", "cropped"),
        (picture(), "Covered.", "covered"),
        (picture(), "Taken out.", "del"),
        (picture(), "Hidden.", "hidden"),
    ],
)
def test_one_that_cannot_be_printed_as_it_is_seen_is_asked_about(tmp_path: Path, data: bytes, alt: str, change: str) -> None:
    statements, _, problems = word(tmp_path, data, alt, change)
    assert [one.text for one in statements[0].blocks] == ["Before.", "After."]
    (said,) = [one for one in problems if one.kind == "notes-picture"]
    assert (said.source.cell, "description" in said.remedy) == ("p4", True)
    assert alt in said.found


def test_one_in_a_cell_stands_below_its_table(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("2.1.2 Satisfaction", 2)
    document.add_paragraph("From: DCC")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Area"
    _put(table.cell(1, 1).paragraphs[0], picture(), "In a cell.")
    document.save(str(tmp_path / f"{MEETING}.docx"))
    blocks = read_notes(tmp_path, MEETING, AGENDA, OFFICE)[0][0].blocks
    assert [(one.kind, one.text) for one in blocks] == [(BlockKind.TABLE, ""), (BlockKind.PICTURE, "In a cell.")]


def test_in_markdown_it_is_a_file_beside_the_note_which_then_is_no_misnamed_one(tmp_path: Path) -> None:
    (tmp_path / f"{MEETING}.call backs.png").write_bytes(picture(size=(5000, 100)))
    statements, _, problems = read(
        tmp_path, f'{LEAD}As ![Red, then blue](<{MEETING}.call%20backs.png> "a title") shows, it rose.\n\nAfter.\n'
    )
    (said, *_), (told, image, width), _ = shown(statements[0])
    assert (said, told, width, problems) == ("As  shows, it rose.", "Red, then blue", 5000, ())
    assert image is not None
    assert image.size == (2055, 41)


@pytest.mark.parametrize("target", ["../outside.png", "none.png", "broken.png", "leads-out.png", "https://force.example/a.png"])
def test_one_that_lies_elsewhere_or_is_none_is_said_with_its_line(tmp_path: Path, target: str) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (tmp_path / "outside.png").write_bytes(picture())
    (notes / "broken.png").write_bytes(picture()[:60])
    (notes / "leads-out.png").symlink_to(tmp_path / "outside.png")
    statements, _, problems = read(notes, f"{LEAD}Words.\n\n![A chart]({target})\n")
    assert all(one.picture is None for one in statements[0].blocks)
    assert [(one.kind, one.source.cell) for one in problems if "A chart" in one.found] == [("notes-picture", "line 6")]


def test_one_among_questions_is_no_question(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture())
    statements, questions, problems = read(
        tmp_path, "## 2.1.2 Satisfaction\n### PCC's questions\n\n1. Why?\n\n![A chart](a.png)\n"
    )
    assert [one.words for one in questions] == ["Why?"]
    assert [one.kind for one in problems] == ["notes-misnamed"]
    assert [(one.author, one.blocks[0].text) for one in statements] == [("pcc", "A chart")]


def test_an_opendocument_text_is_read_alike(tmp_path: Path) -> None:
    frame = '<text:p><draw:frame svg:width="9cm"><draw:image xlink:href="Pictures/1.png"/><svg:desc>Red, then blue.</svg:desc></draw:frame></text:p>'
    body = f"<text:h text:outline-level='2'>2.1.2 Satisfaction</text:h><text:p>From: DCC</text:p><text:p>Before.</text:p>{frame}"
    made = io.BytesIO(odt_of(body))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("Pictures/1.png", picture())
    (tmp_path / f"{MEETING}.odt").write_bytes(made.getvalue())
    statements, _, problems = read_notes(tmp_path, MEETING, AGENDA, OFFICE)
    _, (told, image, width) = shown(statements[0])
    assert (statements[0].author, told, width, problems) == ("dcc", "Red, then blue.", 340, ())
    assert image is not None
