"""A paper's health sheet says what is wrong with its file, in a sentence each."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reportpack.model.paper import PaperHealth
from reportpack.read.papers import health as room
from reportpack.read.papers.health import LARGEST, paper_health, pdf_health, readied
from tests.read.papers.made import (
    annotate,
    attached,
    hidden_layer,
    locked,
    page_outside,
    paper,
    portfolio,
    scanned,
    script,
    signature,
)
from tests.render.pdf.made import made

WORD = next((Path(__file__).parents[3] / "inputs" / "papers").rglob("*.docx"))


def kinds(sheet: PaperHealth) -> list[str]:
    return [one.kind for one in sheet.remarks]


def test_a_good_paper_has_one_line_and_no_remark() -> None:
    sheet = pdf_health(made("<p>Words.</p>").pdf, "papers/plan.pdf")
    assert sheet.line.startswith("PDF, 1 page, A4; ")
    assert sheet.line.endswith("; tagged, en-GB, Pack; fonts embedded")
    assert (sheet.accessible, sheet.problems) == (True, ())


def test_a_paper_without_tags_and_fonts_says_both() -> None:
    sheet = pdf_health(paper(), "plan.pdf")
    assert "not tagged, no language, no title; fonts not embedded: 1" in sheet.line
    assert kinds(sheet) == ["paper-not-tagged", "paper-fonts"]
    assert "Helvetica" in sheet.problems[1].found
    assert sheet.refused is None


def in_itself(pdf: Pdf) -> None:
    """Forms of drawing whose own resources, in no object of their own, hold each of them again."""
    forms = [pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])) for _ in range(40)]
    for one in forms:
        one.Resources = Dictionary(XObject=Dictionary({f"/X{number}": each for number, each in enumerate(forms)}))
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=forms[0])


def old_font(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font.F1.BaseFont = Object.parse(b"/#ba#da#cc#e5-EUC")


def gap_among_marks(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([None, pdf.make_indirect(Dictionary(Subtype=Name.Link)), None])


def no_font(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font = Dictionary(F1=Dictionary(Subtype=Name.Type0, DescendantFonts=Array([None])), F2=None)


@pytest.mark.parametrize("change", [in_itself, old_font, gap_among_marks, no_font])
def test_what_other_readers_pass_over_is_no_reason_to_refuse_a_paper(change: Callable[[Pdf], None]) -> None:
    sheet = pdf_health(paper(change), "plan.pdf")
    assert (sheet.refused, sheet.pages, sheet.accessible) == (None, 2, False)


def test_metadata_that_cannot_be_unpacked_claims_nothing() -> None:
    with Pdf.new() as pdf:
        pdf.Root.Metadata = pdf.make_stream(b"no ascii 85 \xff", Filter=Name.ASCII85Decode)
        assert not room.claims_ua(pdf)


@pytest.mark.parametrize(
    ("said", "claims"),
    [
        (b"<pdfuaid:part>1</pdfuaid:part>", True),
        (b'<rdf:Description pdfuaid:part="1"/>', True),
        (b"<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>", False),
        (b"<pdfaid:part>1</pdfaid:part>", False),
    ],
)
def test_only_what_keeps_to_the_part_of_the_pack_lets_the_pack_keep_its_claim(said: bytes, claims: bool) -> None:
    with Pdf.new() as pdf:
        pdf.Root.Metadata = pdf.make_stream(said)
        assert room.claims_ua(pdf) is claims


def test_what_python_says_of_a_contradiction_is_not_said_to_people() -> None:
    sheet = pdf_health(paper(lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", Name.Sideways)), "plan.pdf")
    assert sheet.refused is not None
    assert sheet.refused.found == "It is damaged and cannot be opened: nothing in it can be found."


def test_a_file_that_hangs_on_the_tags_alone_is_named() -> None:
    def hung(pdf: Pdf) -> None:
        stream = pdf.make_stream(b"secret", Type=Name.EmbeddedFile)
        held = Dictionary(Type=Name.Filespec, UF=String("workings.xml"), EF=Dictionary(F=stream))
        pdf.Root.StructTreeRoot.K[0]["/AF"] = Array([pdf.make_indirect(held)])

    with Pdf.open(io.BytesIO(made("<p>Words.</p>").pdf)) as pdf:
        hung(pdf)
        held = io.BytesIO()
        pdf.save(held)
    assert pdf_health(held.getvalue(), "plan.pdf").left_out == ("1 file (workings.xml)",)


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (paper(scanned), "paper-scanned", "1 of its 2 pages is pictures without words"),
        (paper(signature), "paper-signed", "bears none"),
        (paper(encryption=locked(owner="x")), "paper-locked", "the copy in the pack is not locked"),
        (paper(attached), "paper-left-out", "1 file (names.xlsx)"),
        (paper(script), "paper-left-out", "1 script"),
        (paper(annotate("/Text"), annotate("/Highlight"), annotate("/Link")), "paper-left-out", "2 comments or marks"),
        (paper(page_outside), "paper-left-out", "1 unseen page."),
        (
            paper(lambda pdf: setattr(pdf.pages[0].obj, "CropBox", Array([0, 0, 300, 842]))),
            "paper-cropped",
            "1 of its 2 pages is",
        ),
        (paper(lambda pdf: setattr(pdf.pages[0].obj, "Rotate", 90)), "paper-turned", "1 of its 2 pages is turned"),
        (paper(annotate("/Widget", FT=Name.Tx)), "paper-form", "as they are filled in"),
        (paper()[:-200], "paper-mended", "mended"),
    ],
)
def test_what_is_in_a_paper_is_said(data: bytes, kind: str, words: str) -> None:
    sheet = pdf_health(data, "plan.pdf")
    assert sheet.refused is None
    assert words in next(one.found for one in sheet.remarks if one.kind == kind)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (paper(encryption=locked(owner="x", user="y")), "paper-password"),
        (paper(pages=0), "paper-no-pages"),
        (paper(portfolio), "paper-portfolio"),
        (paper(hidden_layer), "paper-hidden-layers"),
        (paper(annotate("/Redact")), "paper-redactions"),
        (b"%PDF-1.7\nnothing more", "paper-damaged"),
        (b"", "paper-damaged"),
    ],
)
def test_what_cannot_be_bound_is_refused_with_its_reason(data: bytes, kind: str) -> None:
    sheet = pdf_health(data, "plan.pdf")
    assert sheet.refused is not None
    assert sheet.refused.kind == kind
    assert sheet.problems[0].remedy
    assert sheet.line.endswith("cannot be bound")


def test_sizes_are_those_that_a_reader_sees() -> None:
    def turned(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = 90

    assert pdf_health(paper(turned), "a").sizes == ("A4 landscape", "A4")
    assert pdf_health(paper(size=(1191, 842)), "a").sizes == ("A3 landscape",)
    assert pdf_health(paper(size=(300, 300)), "a").sizes == ("106 × 106 mm",)


def test_a_file_of_400_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * LARGEST)
    sheet = paper_health(path, "plan.pdf")
    assert sheet.refused is not None
    assert sheet.refused.found.startswith("It is 400 MB")


def test_word_needs_libreoffice_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "office_program", lambda: None)
    sheet = paper_health(WORD, "plan.docx")
    assert sheet.kind == "Word"
    assert sheet.refused is not None
    assert "not installed here" in sheet.refused.found


@pytest.mark.parametrize(
    ("size", "hurt", "kind"), [(2_000, True, "paper-damaged"), (LARGEST + 1, False, "paper-too-large")], ids=["damaged", "bomb"]
)
def test_a_word_file_that_cannot_be_unpacked_is_refused(tmp_path: Path, size: int, hurt: bool, kind: str) -> None:
    made, part = io.BytesIO(), "word/document.xml"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(part, b"<w:t>words</w:t>" * (size // 16 + 1))
    data = bytearray(made.getvalue())
    for at in range(data.index(part.encode()) + len(part) + 3, data.index(part.encode()) + len(part) + 12) if hurt else ():
        data[at] ^= 0xFF
    (tmp_path / "plan.docx").write_bytes(data)
    sheet = paper_health(tmp_path / "plan.docx", "plan.docx")
    assert sheet.refused is not None
    assert sheet.refused.kind == kind


def test_what_is_no_paper_is_said(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    sheet = paper_health(path, "picture.jpg")
    assert sheet.refused is not None
    assert sheet.refused.kind == "paper-kind"
    assert paper_health(tmp_path / "gone.pdf", "gone.pdf").refused is not None


def test_a_pdf_is_one_by_its_name_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"")
    empty = paper_health(path, "plan.pdf").refused
    assert empty is not None
    assert (empty.kind, "it is empty" in empty.found) == ("paper-damaged", True)
    late = b" " * 2000 + paper()
    path.write_bytes(late)
    sheet = paper_health(path, "plan.pdf")
    assert sheet.kind == "PDF"
    assert sheet.refused is not None or readied(late, sheet, None) == (late, sheet)


@pytest.mark.needs("soffice")
def test_word_becomes_a_tagged_pdf_in_its_own_language() -> None:
    from reportpack.read.papers.office_files import as_pdf

    made_of = as_pdf(WORD.read_bytes(), ".docx")
    assert isinstance(made_of, bytes)
    sheet = pdf_health(made_of, "plan.pdf")
    assert (sheet.tagged, sheet.accessible, sheet.fonts, sheet.refused) == (True, True, (), None)
    assert "Delivery Plan" in sheet.title


@given(st.binary(max_size=40), st.integers(0, 700), st.integers(1, 30))
def test_no_bytes_make_it_fall_over(junk: bytes, at: int, cut: int) -> None:
    data = paper(signature, script)
    sheet = pdf_health(data[:at] + junk + data[at + cut :], "plan.pdf")
    assert sheet.line


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NOT PROTECTIVELY MARKED", "NOT PROTECTIVELY MARKED"),
        ("This paper is not protectively marked", "not protectively marked"),
        ("PROTECT - PERSONAL", "PROTECT - PERSONAL"),
        ("RESTRICTED   Page 1 of 3", "RESTRICTED"),
        ("Protective marking: Restricted", "Protective marking: Restricted"),
        ("CONFIDENTIAL (when complete)", "CONFIDENTIAL (when complete)"),
        ("OFFICIAL (previously RESTRICTED)", ""),
        ("Protect", ""),  # one of the four strands of a strategy
        ("The restricted premises stay confidential.", ""),
    ],
)
def test_a_marking_of_the_old_scheme_inside_a_paper_is_said(tmp_path: Path, words: str, found: str) -> None:
    document = docx.Document()
    document.add_paragraph("The plan is on time.")
    document.sections[0].header.paragraphs[0].text = words
    document.save(str(tmp_path / "plan.docx"))
    for sheet in (
        paper_health(tmp_path / "plan.docx", "plan.docx"),
        pdf_health(made(f"<p>{words}</p><p>On time.</p>").pdf, "p.pdf"),
    ):
        said = [one.found for one in sheet.remarks if one.kind == "paper-marked"]
        assert said == (
            [f'It is marked "{found}", of the scheme that ended on 2 April 2014, and its pages show it in the pack.']
            if found
            else []
        )


@pytest.mark.needs("soffice")
def test_sheets_that_a_workbook_hides_are_said_and_not_bound(tmp_path: Path) -> None:
    from reportpack.read.papers.office_files import as_pdf

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Budget", 1])
    for name, state in (("Pay & grades", "hidden"), ("Lookups", "veryHidden"), ("Notes", "visible")):
        sheet = book.create_sheet(name)
        sheet.append([f"In {name}"])
        sheet.sheet_state = state
    book.save(tmp_path / "costs.xlsx")
    sheet = paper_health(tmp_path / "costs.xlsx", "costs.xlsx")
    assert [(one.kind, one.found) for one in sheet.remarks] == [
        ("paper-hidden-sheets", "Sheets of it are hidden and left out of the pack: Pay & grades, Lookups.")
    ]
    turned = as_pdf((tmp_path / "costs.xlsx").read_bytes(), ".xlsx")
    assert isinstance(turned, bytes)
    assert len(Pdf.open(io.BytesIO(turned)).pages) == 2, "a page of each that is seen"
