"""Papers bound behind the pack: each mark still leads to its own structure, labels are each paper's own, and nothing hidden comes along."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageChops, ImageStat

from reportpack.errors import TemplateError
from reportpack.render.binding.binding import PaperFile, bind
from reportpack.render.binding.stamps import Stamps
from tests.read.papers.made import annotate, attached, page_outside, paper, scanned, script, signature
from tests.render.binding.bound import MARKING, PACK, bound, everything, opened, sheets
from tests.render.pdf.made import ROOT, every_element, made, theme
from tests.render.pdf.structure import walk_structure

TAGGED = made("<h2>Head</h2><p>Tagged words.</p><table><thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead>"
              "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>").pdf  # fmt: skip
MANY = every_element().pdf


def texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]


def labels(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [str(page.label) for page in pdf.pages]


def claims(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        return {key for key in ("pdfuaid:part", "pdfaid:part") if key in metadata}


def cut_out(data: bytes, keep: int) -> bytes:
    """One page taken out of a larger tagged file, as people cut papers: the tags of all pages stay in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number in reversed(range(len(pdf.pages))):
            if number != keep:
                del pdf.pages[number]
        held = io.BytesIO()
        pdf.save(held)
        return held.getvalue()


def test_every_mark_leads_to_its_own_structure() -> None:
    pack = bound(TAGGED, MANY, paper(annotate("/Link", A=Dictionary(S=Name.URI, URI=String("https://example.org")))))
    walked = walk_structure(pack.pdf)
    assert walked.findings == []
    before = walk_structure(PACK).text.split()
    assert walked.text.split()[: len(before)] == before
    assert walk_structure(MANY).text.replace("\u00a0", " ") in walked.text
    assert "Tagged words." in walked.text
    assert pack.untagged == ("C",)


def test_the_parent_tree_is_in_order_as_readers_that_search_it_by_halves_need_it() -> None:
    with opened(bound(TAGGED, paper(), MANY)) as pdf:
        tree: Any = pdf.Root.StructTreeRoot.ParentTree
        keys = [int(one) for one in list(tree.Nums)[::2]]
    assert keys == sorted(set(keys))


def test_a_language_that_is_an_object_of_its_own_comes_along() -> None:
    spoken = changed(TAGGED, lambda pdf: setattr(pdf.Root, "Lang", pdf.make_indirect(String("cy-GB"))))
    with opened(bound(spoken)) as pdf:
        tree: Any = pdf.Root.StructTreeRoot
        assert [str(one.Lang) for one in tree.K[0].K if "/Lang" in one] == ["cy-GB"]


@pytest.mark.needs("pdftoppm")
def test_two_engines_show_the_same_on_every_page(tmp_path: Path) -> None:
    def turned(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = 90
        pdf.pages[1].obj.CropBox = Array([100, 200, 500, 800])

    path = tmp_path / "full.pdf"
    path.write_bytes(bound(TAGGED, MANY, paper(turned), paper(scanned, size=(1191, 842))).pdf)
    subprocess.run(["pdftoppm", "-cropbox", "-r", "36", "-gray", str(path), str(tmp_path / "page")], check=True)
    with pypdfium2.PdfDocument(path) as pdf:
        shown = [page.render(scale=0.5).to_pil().convert("L") for page in pdf]
    drawn = [Image.open(one).convert("L") for one in sorted(tmp_path.glob("page-*"))]
    assert len(shown) == len(drawn)
    for one, other in zip(shown, drawn, strict=True):
        assert abs(one.width - other.width) <= 1
        assert abs(one.height - other.height) <= 1
        small = (one.width // 8, one.height // 8)
        differ = ImageChops.difference(one.resize(small, Image.Resampling.BOX), other.resize(small, Image.Resampling.BOX))
        assert ImageStat.Stat(differ).mean[0] < 5


def test_each_page_has_the_words_that_it_had_with_label_and_marking() -> None:
    pack = bound(TAGGED, paper(pages=3))
    pages = texts(pack.pdf)
    assert len(pages) == pack.pages
    by_label = dict(zip(labels(pack.pdf), pages, strict=True))
    assert all(word in by_label["A-1"] for word in ("Tagged words.", MARKING, "A-1"))
    for number in (1, 2, 3):
        assert f"Victim plan, page {number}" in by_label[f"B-{number}"]
        assert MARKING in by_label[f"B-{number}"]
        assert f"B-{number}" in by_label[f"B-{number}"]
    assert pages[: len(texts(PACK))] == texts(PACK)
    assert "Page 2 of" not in by_label["A"]


def test_a_pack_with_stamps_of_its_own_is_a_paper_like_others() -> None:
    files = [PaperFile("Z", "Title Z", paper(pages=2), accessible=False)]
    before = bind(PACK, sheets(files), files, Stamps(theme(), {}, "QXJK")).pdf
    by_label = dict(zip(labels(bound(before).pdf), texts(bound(before).pdf), strict=True))
    last = f"A-{len(texts(before))}"
    assert all(word in by_label[last] for word in ("Victim plan, page 2", "QXJK", MARKING, last))


def test_a_late_paper_moves_no_label() -> None:
    first = labels(bound(paper(pages=2), paper(pages=3), letters="AB").pdf)
    then = labels(bound(paper(pages=1), paper(pages=2), paper(pages=3), letters="CAB").pdf)
    assert first[-7:] == ["A", "A-1", "A-2", "B", "B-1", "B-2", "B-3"]
    assert then[-9:] == ["C", "C-1", *first[-7:]]


def test_links_and_bookmarks_lead_to_the_dividers() -> None:
    with opened(bound(TAGGED, TAGGED)) as pdf:
        places = {page.obj.objgen: str(page.label) for page in pdf.pages}
        links = [
            (str(page.label), str(mark.Contents), places[mark.Dest[0].objgen])
            for page in pdf.pages
            for mark in page.obj.get("/Annots", [])
        ]
        root: Any = pdf.Root
        mark = root.Outlines.Last
        assert str(mark.Title) == "Papers"
        named = [str(mark.First.Title), str(mark.Last.Title)]
        assert [places[mark.First.Dest[0].objgen], places[mark.Last.Dest[0].objgen]] == ["A", "B"]
    assert named == ["Paper A: Title A", "Paper B: Title B"]
    assert links == [
        ("1", "Paper A, page A", "A"), ("1", "Paper B, page B", "B"), ("Papers", "Paper A, page A", "A"),
        ("Papers", "Paper B, page B", "B"), ("A", "All papers", "Papers"), ("B", "All papers", "Papers"),
    ]  # fmt: skip


def test_cells_that_name_their_heads_find_those_of_their_own_paper() -> None:
    def headed(pdf: Pdf) -> None:
        root: Any = pdf.Root.StructTreeRoot
        section = root.K[0].K
        head = pdf.make_indirect(Dictionary(S=Name.TH, P=section, ID=String("h1"), K=Array()))
        cell = Dictionary(S=Name.TD, P=section, K=Array(), A=Dictionary(O=Name.Table, Headers=Array([String("h1")])))
        section.K.extend([head, pdf.make_indirect(cell)])
        root.IDTree = Dictionary(Names=Array([String("h1"), head]))

    with opened(bound(changed(TAGGED, headed), changed(TAGGED, headed))) as pdf:
        tree: Any = pdf.Root.StructTreeRoot
        names = dict(pikepdf.NameTree(tree.IDTree).items())
        parts = [one for one in tree.K[0].K if Name.Part == one.S]
        for letter, part in zip("AB", parts, strict=True):
            head, cell = list(part.K[0].K.K)[-2:]
            assert str(head.ID) == str(cell.A.Headers[0]) == f"{letter}-h1"
            assert names[f"{letter}-h1"].objgen == head.objgen


def test_one_name_with_two_meanings_is_two_names() -> None:
    def role(standard: str) -> Any:
        def change(pdf: Pdf) -> None:
            root: Any = pdf.Root.StructTreeRoot
            root.RoleMap = Dictionary(Head=Name(standard))
            root.K[0].K.K[0].S = Name.Head

        return change

    with opened(bound(changed(TAGGED, role("/H1")), changed(TAGGED, role("/P")))) as pdf:
        tree: Any = pdf.Root.StructTreeRoot
        used = [str(tree.RoleMap[str(one.K[0].K.K[0].S)]) for one in tree.K[0].K if Name.Part == one.S]
    assert used == ["/H1", "/P"]


def test_what_is_hidden_in_a_paper_does_not_come_along() -> None:
    secret = paper(
        attached, script, page_outside, annotate("/Text", Contents=String("secret comment")),
        annotate("/Link", A=Dictionary(S=Name.JavaScript, JS=String("secret link"))),
        lambda pdf: pdf.pages[0].obj.__setitem__("/PieceInfo", Dictionary(Maker=String("secret maker"))),
    )  # fmt: skip
    assert everything(secret).count(b"secret") >= 6
    assert b"secret" not in everything(bound(secret).pdf)


def test_a_page_cut_out_of_a_larger_file_brings_nothing_of_the_other_pages() -> None:
    larger = made("<p>Kept words</p>" + "".join(f"<p>secret words {number}</p>" for number in range(120))).pdf  # fmt: skip

    def described(pdf: Pdf) -> None:
        section: Any = pdf.Root.StructTreeRoot.K[0].K
        for number, element in enumerate(section.K):
            element["/Alt"] = String(f"description {number:03}.")

    one = cut_out(changed(larger, described), 0)
    pack = bound(one).pdf
    left = everything(pack)
    on_the_page = texts(larger)[0].count("words")
    assert on_the_page < 60
    assert b"description 119." in everything(one)
    assert b"description 001." in left
    assert not [number for number in range(on_the_page + 2, 122) if b"description %03d." % number in left]
    assert walk_structure(pack).findings == []


def test_tags_that_contradict_themselves_are_not_relied_on() -> None:
    def broken(pdf: Pdf) -> None:
        del pdf.Root.StructTreeRoot["/ParentTree"]

    pack = bound(changed(TAGGED, broken), TAGGED)
    assert pack.untagged == ("A",)
    assert walk_structure(pack.pdf).findings == []
    assert "Tagged words." in texts(pack.pdf)[labels(pack.pdf).index("A-1")]


def test_a_tree_of_tags_without_a_tag_is_none() -> None:
    def bare(pdf: Pdf) -> None:
        del pdf.Root.StructTreeRoot["/K"]

    def gap(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot.K = Array([None])

    pack = bound(changed(TAGGED, bare), changed(TAGGED, gap), whole=True)
    assert pack.untagged == ("A", "B")
    assert walk_structure(pack.pdf).findings == []


def test_marks_that_lead_nowhere_do_not_meet_those_of_the_pack() -> None:
    def marked(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(M=Dictionary(MCID=0))
        page.Contents = pdf.make_stream(
            b"/P <</MCID 0>>BDC BT /F1 12 Tf 72 700 Td (One) Tj ET EMC /P /M BDC BT /F1 12 Tf 72 600 Td (Two) Tj ET EMC"
        )
        page.Annots = Array([None])

    pack = bound(paper(marked, pages=1))
    walked = walk_structure(pack.pdf)
    assert walked.findings == []
    assert walked.text.endswith(" " + "\ufffd" * len("OneTwo"))  # in one paragraph; its font says no letters


@pytest.mark.parametrize("ending", [b" q 0.1 0 0 0.1 300 300 cm q 0 0 9 9 re W n", b" % ends within a comment", b" Q Q"])
def test_what_a_page_leaves_open_does_not_move_or_swallow_its_stamp(ending: bytes) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        drawn = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
        page.Contents = Array([*drawn, pdf.make_stream(ending)])

    for data in (paper(change, pages=1), changed(TAGGED, change)):
        full = bound(data).pdf
        with pypdfium2.PdfDocument(full) as pdf:
            page = pdf[labels(full).index("A-1")]
            wide, tall = (int(one) for one in page.get_size())
            image = page.render().to_pil().convert("L")
            assert image.crop((wide - 45, tall - 25, wide, tall)).getextrema()[0] < 100
            assert image.crop((wide // 3, 0, wide * 2 // 3, 25)).getextrema()[0] < 150


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_and_cropped_page_is_stamped_where_it_is_seen(turn: int) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn
        pdf.pages[0].obj.CropBox = Array([100, 200, 500, 800])

    data = bound(paper(change, pages=1)).pdf
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[labels(data).index("A-1")]
        wide, tall = page.get_size()
        words = page.get_textpage()
        where = words.get_charbox(words.get_text_range().index("A-1"))
        image = page.render().to_pil().convert("L")
        corner = image.crop((int(wide) - 45, int(tall) - 25, int(wide), int(tall)))
        assert corner.getextrema()[0] < 100, where
        assert image.crop((0, int(tall) - 25, 60, int(tall))).getextrema()[0] > 200


def test_fields_stand_as_they_are_filled_in_and_a_signature_is_none() -> None:
    shown = paper(signature, lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", Array([pdf.Root.AcroForm.Fields[0]])))
    with opened(bound(shown)) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert b"/Sig" not in everything(bound(shown).pdf).replace(b"/SigFlags", b"")


def test_the_claim_stays_only_where_every_part_makes_it() -> None:
    assert claims(PACK) == {"pdfuaid:part", "pdfaid:part"}
    assert claims(bound(TAGGED).pdf) == {"pdfuaid:part"}
    assert claims(bound(TAGGED, accessible=False).pdf) == set()
    assert claims(bound(TAGGED, paper()).pdf) == set()


def test_the_same_papers_make_the_same_bytes() -> None:
    assert bound(TAGGED, paper(scanned)).pdf == bound(TAGGED, paper(scanned)).pdf


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "full.pdf"
    path.write_bytes(bound(TAGGED, MANY, paper(scanned, annotate("/Link"))).pdf)
    assert subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True).returncode == 0


@pytest.mark.needs("java")
def test_verapdf_passes_what_is_made_of_parts_that_it_passes(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(bound(TAGGED, MANY, changed(TAGGED, lambda pdf: setattr(pdf.pages[0].obj, "Rotate", 90))).pdf)
    bad.write_bytes(bound(TAGGED, paper()).pdf)
    program = str(ROOT / "tests" / "render" / "pdf" / "vera.py")
    done = subprocess.run(
        [sys.executable, program, "ua1", str(good), str(bad)], capture_output=True, check=True, text=True, cwd=ROOT
    )
    broken = [line for line in done.stdout.splitlines() if " ua1 " in line]
    assert {line.split()[0] for line in broken} == {"bad.pdf"}


def changed(data: bytes, *changes: Any) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for change in changes:
            change(pdf)
        held = io.BytesIO()
        pdf.save(held)
        return held.getvalue()


def test_sheets_that_share_a_page_are_the_templates_mistake() -> None:
    with pytest.raises(TemplateError, match="on a page of its own"):
        bind(PACK, made("<p>Papers</p>").pdf, [PaperFile("A", "Title", TAGGED, accessible=True)], Stamps(theme(), {}, MARKING))
