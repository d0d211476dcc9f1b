"""The full pack: every paper that an edition may have, behind the pack, built, given again, released and sent."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reportpack.compose.letters import MEGABYTE
from reportpack.model.edition import Audience
from reportpack.model.release import ReleasedRole
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.letters.send import SendOrder, plan_send, send_planned
from reportpack.run.letters.send_settle import drafts_done, letters_of_meeting
from reportpack.run.office_files import Folders, office_folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.papers import look_at_papers
from tests.read.papers.made import annotate, hidden_layer, locked, paper
from tests.render.binding.bound import everything
from tests.render.pdf.made import made
from tests.render.pdf.structure import walk_structure

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.fromisoformat("2019-05-24T09:00:00+01:00")
MAY = "2019-05-28-assurance"
LETTER = "2.1.7 Serious and organised crime finished performance report.pdf"


def words(text: str, pages: int = 1) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())

    return paper(change, pages=pages)


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    """The example with PDFs alone, so that no other program is needed."""
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance", "*.docx"))
    meeting = tmp_path / "inputs" / "meetings" / f"{MAY}.toml"
    meeting.write_text(meeting.read_text("utf-8").replace("progress note.docx", "progress note.pdf"), "utf-8")
    folders = office_folders(tmp_path / "inputs", tmp_path / "build", None)
    lie(folders, "Victim Satisfaction Delivery Plan - progress note.pdf", words("Words for the force", 2))
    return folders


def lie(folders: Folders, name: str, data: bytes) -> None:
    folder = folders.inputs / "papers" / MAY
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)


def build(folders: Folders, edition: Audience = Audience.OFFICE, on: bool = False) -> BuiltPack:
    return build_pack(folders, Order(MAY, edition, NOW.date() if on else None, NOW, NOW.date()), lambda _: None)


def full(built: BuiltPack) -> bytes | None:
    return next((path.read_bytes() for path in built.paths if path.name.startswith("full-pack")), None)


def text(data: bytes | None) -> str:
    assert data is not None
    with pypdfium2.PdfDocument(data) as pdf:
        return " ".join(" ".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf))).split())


def labels(data: bytes | None) -> list[str]:
    assert data is not None
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [str(page.label) for page in pdf.pages]


def test_each_edition_has_the_papers_that_it_may_have_and_no_byte_of_others(office: Folders) -> None:
    lie(office, "2.1.3 Secret crime plan.pdf", words("Secret office words"))
    lie(office, "2.1.4 Everyones plan (public).pdf", words("Words for everybody"))
    for edition, has in ((Audience.OFFICE, "ABC"), (Audience.FORCE, "AB"), (Audience.PUBLIC, "B")):
        data = full(build(office, edition))
        shown = text(data)
        assert ("Secret office words" in shown, "Words for the force" in shown) == ("A" in has and "C" in has, "A" in has)
        assert "Words for everybody" in shown
        assert data is not None
        if edition is not Audience.OFFICE:
            assert b"Secret" not in everything(data)
        if edition is Audience.PUBLIC:
            assert b"Delivery Plan" not in everything(data)


def test_its_first_pages_are_the_pack_and_its_structure_holds(office: Folders) -> None:
    built = build(office)
    data = full(built)
    assert data is not None
    assert labels(data)[-4:] == ["Papers", "A", "A-1", "A-2"]
    pack = next(path.read_bytes() for path in built.paths if path.name == "briefing-pack.pdf")
    assert walk_structure(data).findings == []
    assert walk_structure(data).text.startswith(walk_structure(pack).text)
    assert "It has no tags" in text(data)
    assert "Paper C, item 2.1.7" in text(data)


def test_a_late_paper_moves_no_label_and_no_letter(office: Folders) -> None:
    first = labels(full(build(office)))
    lie(office, "2.1.1 Before all others (force).pdf", words("First on the agenda"))
    then = labels(full(build(office)))
    assert first[-3:] == ["A", "A-1", "A-2"]
    assert then[-5:] == ["D", "D-1", *first[-3:]]


def test_what_cannot_be_bound_is_named_with_its_reason_for_the_office_alone(office: Folders) -> None:
    lie(office, "2.1.3 Locked plan (force).pdf", paper(encryption=locked(owner="x", user="y")))
    lie(office, "2.1.4 Layered plan (force).pdf", paper(hidden_layer))
    built = build(office)
    assert {"paper-password", "paper-hidden-layers"} <= {one.kind for one in built.problems}
    assert "Workings" in text(full(built))
    force = text(full(build(office, Audience.FORCE)))
    assert "Locked plan. It has come, and cannot be bound; ask the office for it." in force
    assert "Workings" not in force


def test_where_no_paper_can_be_bound_there_is_no_full_pack_and_it_is_said_why(office: Folders) -> None:
    lie(office, "Victim Satisfaction Delivery Plan - progress note.pdf", paper(pages=0))
    built = build(office)
    assert full(built) is None
    assert "paper-no-pages" in {one.kind for one in built.problems}


def test_where_nothing_is_bound_the_binder_is_not_even_loaded(office: Folders) -> None:
    lying = office.inputs / "papers" / MAY / "Victim Satisfaction Delivery Plan - progress note.pdf"
    lying.rename(lying.with_suffix(".docx"))
    with zipfile.ZipFile(lying.with_suffix(".docx"), "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")
    meeting = office.inputs / "meetings" / f"{MAY}.toml"
    meeting.write_text(meeting.read_text("utf-8").replace("progress note.pdf", "progress note.docx"), "utf-8")
    code = (
        "import sys; from reportpack.cli.main import app\n"
        f"app(['--inputs', {str(office.inputs)!r}, 'pack', {MAY!r}, '--build', {str(office.build)!r}], standalone_mode=False)\n"
        "print('loaded' if 'pikepdf' in sys.modules else 'not loaded')"
    )
    bare = {**os.environ, "PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=bare, check=True)
    assert done.stdout.splitlines()[-1] == "not loaded", done.stderr
    assert "LibreOffice, which is not installed here" in done.stderr


@pytest.mark.needs("soffice")
def test_what_libreoffice_cannot_open_is_said_by_the_pack(office: Folders) -> None:
    lie(office, "2.1.3 Broken (force).rtf", b"\x00\x01 no document")
    built = build(office)
    kinds = {one.kind for one in built.problems}
    assert "Broken" in text(full(built))
    assert kinds & {"paper-not-turned", "paper-not-tagged"}


def test_a_pack_without_papers_has_no_full_pack_and_an_old_one_does_not_stay(office: Folders) -> None:
    assert full(build(office)) is not None
    (office.inputs / "papers" / MAY / "Victim Satisfaction Delivery Plan - progress note.pdf").unlink()
    assert full(build(office)) is None
    assert not list((office.build / MAY).glob("full-pack*"))


def test_a_day_s_full_pack_is_given_again_whatever_lies_there_now(office: Folders) -> None:
    before = full(build(office))
    lie(office, "Victim Satisfaction Delivery Plan - progress note.pdf", words("Other words"))
    again = build(office, on=True)
    assert again.again
    assert full(again) == before


def test_it_is_released_and_sent_as_it_was_seen(office: Folders) -> None:
    lie(office, LETTER, words("Organised crime words"))
    build(office)
    build(office, Audience.FORCE)
    order = ReleaseOrder(MAY, "briefing-pack", (Audience.FORCE,), None, "Ellis Wainfleet", NOW, NOW.date())
    proposal = prepare_release(office, order, lambda _: None)
    paths = record_release(office, order, proposal)
    released = proposal.editions[0].release.file(ReleasedRole.FULL)
    assert released is not None
    name = "2019-05-28 assurance briefing pack v1 force with papers.pdf"
    assert name in {path.name for path in paths}
    plan = plan_send(office, SendOrder(MAY, ("briefing-pack",), (), NOW, NOW.date()))
    with_pack = [one for one in plan.letters if any(each.name.endswith("v1 force.pdf") for each in one.enclosures)]
    assert with_pack
    for letter in with_pack:
        enclosed = next(one for one in letter.enclosures if one.name == name)
        assert enclosed.sha256 == released.sha256
        assert "Organised crime words" in text(enclosed.data)
    assert prepare_release(office, order, lambda _: None).nothing_new


def test_a_paper_after_the_release_is_said_and_goes_with_the_next_version(office: Folders) -> None:
    build(office)
    order = ReleaseOrder(MAY, "briefing-pack", (Audience.OFFICE,), None, "Ellis Wainfleet", NOW, NOW.date())
    record_release(office, order, prepare_release(office, order, lambda _: None))
    lie(office, LETTER, words("Late words"))
    late = next(one for one in look_at_papers(office, MAY, NOW.date()).papers if one.paper.item == "2.1.7")
    assert late.remarks == (
        "came after v1 of the office edition was released: it goes with the next version, or as a supplement",
    )
    known = next(one for one in look_at_papers(office, MAY, NOW.date()).papers if one.paper.item == "2.1.2")
    assert not any("came after" in one for one in known.remarks)


@pytest.mark.needs("soffice")
def test_a_word_paper_is_turned_once_and_bound_with_its_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    folders = office_folders(tmp_path / "inputs", tmp_path / "build", None)
    first = full(build(folders))
    assert "A follow-up desk in Telford" in text(first)
    assert first is not None
    assert walk_structure(first).findings == []
    with pikepdf.open(io.BytesIO(first)) as pdf, pdf.open_metadata() as metadata:
        assert "pdfuaid:part" in metadata
    monkeypatch.setattr("reportpack.read.libreoffice.subprocess.run", lambda *_, **__: pytest.fail("turned twice"))
    assert full(build(folders)) == first


def test_comments_in_a_paper_reach_nobody(office: Folders) -> None:
    lie(office, LETTER, paper(annotate("/Text", Contents=pikepdf.String("Secret comment"))))
    data = full(build(office, Audience.FORCE))
    assert data is not None
    assert b"Secret comment" not in everything(data)


def test_what_hangs_on_a_paper_s_tags_alone_reaches_nobody(office: Folders) -> None:
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(made("<p>Words with tags</p>").pdf)) as pdf:
        stream = pdf.make_stream(b"Secret workings", Type=pikepdf.Name.EmbeddedFile)
        file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, UF=pikepdf.String("x.xml"), EF=pikepdf.Dictionary(F=stream))
        comment = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=pikepdf.String("Secret comment")
        )
        top = pdf.Root.StructTreeRoot.K[0]
        top["/AF"] = pikepdf.Array([pdf.make_indirect(file)])
        comment.Rect = pikepdf.Array([0, 0, 9, 9])
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(comment)])
        here = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=pdf.pages[0].obj.Annots[0], Pg=pdf.pages[0].obj)
        top.K = pikepdf.Array([*(top.K if isinstance(top.K, pikepdf.Array) else [top.K]), here])
        pdf.save(held)
    lie(office, LETTER, held.getvalue())
    data = full(build(office, Audience.FORCE))
    assert data is not None
    assert "Words with tags" in text(data)
    assert walk_structure(data).text.endswith("Words with tags")
    assert b"Secret" not in everything(data)


def heavy(title: str, pages: int, kilobytes: int) -> bytes:
    """Pages that no packing makes smaller."""

    def change(pdf: pikepdf.Pdf) -> None:
        for number, page in enumerate(pdf.pages, 1):
            size = kilobytes * 1000
            picture = {
                "Subtype": pikepdf.Name.Image,
                "Width": size,
                "Height": 1,
                "BitsPerComponent": 8,
                "ColorSpace": pikepdf.Name.DeviceGray,
            }
            noise = pdf.make_stream(hashlib.shake_256(f"{title} {number}".encode()).digest(size), **picture)
            page.obj.Resources.XObject = pikepdf.Dictionary(Noise=noise)
            page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({title} {number} of {pages}) Tj ET".encode())

    return paper(change, pages=pages)


def test_a_pack_too_large_for_a_letter_comes_in_parts_that_each_fit(office: Folders) -> None:
    settings = office.inputs / "office.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('folder = "letters"', 'folder = "letters"\nattach_up_to = 1'), "utf-8"
    )
    lie(office, "2.1.3 Maps (force).pdf", heavy("Map", 2, 140))
    lie(office, "2.1.4 Scan (force).pdf", heavy("Scan", 5, 200))
    first = build(office, Audience.FORCE)
    every = {path.name: path.read_bytes() for path in first.paths if " part " in path.name}
    of = len(every)
    assert list(every) == [f"full-pack part {number} of {of}.force.pdf" for number in range(1, of + 1)]
    assert all(len(data) <= MEGABYTE and walk_structure(data).findings == [] for data in every.values())
    papers = [label for data in every.values() for label in labels(data) if label[1:2] == "-"]
    assert papers == ["A-1", "A-2", "D-1", "D-2", "E-1", "E-2", "E-3", "E-4", "E-5"]
    whole = full(first)
    shown = text(whole)
    assert all(text(data).count(f"Scan {number} of 5") <= 1 for data in every.values() for number in range(1, 6))
    assert all(f"Scan {number} of 5" in shown for number in range(1, 6))
    first_part, *_, last = every.values()
    assert f"Part {of} of {of} of the briefing pack and its papers" in text(last)
    assert f"Part {of}: paper E, page" in text(first_part)
    with pikepdf.open(io.BytesIO(first_part)) as pdf:
        marks = [
            one
            for page in pdf.pages
            for one in page.obj.get("/Annots", [])
            if str(one.get("/Contents", "")).startswith("Paper E")
        ]
        places = {page.obj.objgen: str(page.label) for page in pdf.pages}
        assert {places[one.Dest[0].objgen] for one in marks} == {"Papers"}
    lie(office, "2.1.4 Scan (force).pdf", heavy("Other", 1, 1))
    again = build_pack(office, Order(MAY, Audience.FORCE, NOW.date(), NOW, NOW.date()), lambda _: None)
    assert {path.name: path.read_bytes() for path in again.paths if " part " in path.name} == every


def test_parts_go_in_letters_of_their_own_to_whom_one_letter_cannot_bring_them(office: Folders) -> None:
    settings = office.inputs / "office.toml"
    words = settings.read_text("utf-8").replace('[[recipient]]\npost = "dcc"', '[[recipient]]\npost = "dcc"\nattach_up_to = 1')
    settings.write_text(words, "utf-8")
    lie(office, "2.1.4 Scan (force).pdf", heavy("Scan", 5, 200))
    build(office)
    build(office, Audience.FORCE)
    order = ReleaseOrder(MAY, "briefing-pack", (Audience.FORCE,), None, "Ellis Wainfleet", NOW, NOW.date())
    record_release(office, order, prepare_release(office, order, lambda _: None))
    asked = SendOrder(MAY, ("briefing-pack",), (), NOW, NOW.date())
    plan = plan_send(office, asked)
    small = [one for one in plan.letters if one.to.post == "dcc"]
    parts = [each.name for one in small for each in one.enclosures if ", part " in each.name]
    assert len(small) == len({one.key for one in small}) > 2
    assert [f"part {number} of {len(parts)}.pdf" in one for number, one in enumerate(parts, 1)] == [True] * len(parts)
    assert all(sum(len(each.data) for each in one.enclosures) <= MEGABYTE for one in small)
    assert "the first of" in small[0].text
    assert f"letter 2 of {len(small)}" in small[1].subject
    others = [one for one in plan.letters if one.to.post == "cc"]
    assert len({one.to.email for one in others}) == len(others)
    assert all(any(each.name.endswith("with papers.pdf") for each in one.enclosures) for one in others)
    send_planned(office, asked, plan, lambda _: None, drafts=True)
    drafts_done(office, (small[0].to.email,), "Ellis Wainfleet", NOW)
    gone = [one.key for one in letters_of_meeting(office, MAY, NOW) if one.state.has_gone]
    assert sorted(gone) == sorted(one.key for one in small)
