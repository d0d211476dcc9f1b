"""A pack, its appendix and an annex asked for as PDF/UA-2: veraPDF agrees, the full pack says that it is not, and what was asked for is kept."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.errors import RefusedError, TemplateError
from reportpack.model.document import PdfStandard
from reportpack.model.edition import Audience
from reportpack.run.letters.passages import Holding, open_notes
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.release import prepare_release
from reportpack.run.look import read_look
from reportpack.run.minutes.annex_issue import build_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from tests.render.pdf.test_vera import said

ROOT = Path(__file__).parents[2]
MEETING = "2019-05-28-assurance"
BEFORE, AFTER = datetime(2019, 5, 24, 9, tzinfo=UTC), datetime(2019, 6, 3, 9, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    return Folders(tmp_path / "inputs", tmp_path / "build", pdf=PdfStandard.UA2)


def pack(office: Folders, edition: Audience = Audience.OFFICE, on: date | None = None) -> BuiltPack:
    return build_pack(office, Order(MEETING, edition, on, BEFORE, BEFORE.date()), lambda _: None)


def pdf_of(built: BuiltPack, name: str) -> bytes:
    return next(path for path in built.paths if path.name == name).read_bytes()


@pytest.mark.needs("java")
def test_verapdf_passes_pack_appendix_and_annex_in_every_edition(office: Folders) -> None:
    open_notes(office, Holding(MEETING, "", Audience.PUBLIC, AFTER, AFTER.date(), by="A. Person", why="held in public"))
    made: list[Path] = []
    for edition in Audience:
        made += pack(office, edition).paths
        annex = build_annex(office, AnnexOrder(MEETING, edition, AFTER, AFTER.date()), lambda _: None)
        made += annex.paths
    files = {path for path in made if path.suffix == ".pdf" and not path.name.startswith("full-pack")}
    assert {path.name.partition(".")[0] for path in files} == {"briefing-pack", "appendix", "annex", "queries"}
    assert len(files) >= 10
    assert said("ua2,4", *sorted(files)) == []


@pytest.mark.needs("soffice")
def test_the_full_pack_keeps_to_the_standard_of_its_papers_and_says_so_and_comes_again_as_it_was(office: Folders) -> None:
    built = pack(office)
    assert [one.found for one in built.problems if one.kind == "papers-keep-ua1"]
    own, full = pdf_of(built, "briefing-pack.pdf"), pdf_of(built, "full-pack.pdf")
    assert (own[:8], full[:7]) == (b"%PDF-2.0", b"%PDF-1.")
    assert b"pdfuaid:part>2" not in full
    again = pack(Folders(office.inputs, office.build), on=BEFORE.date())
    assert again.again
    assert (pdf_of(again, "briefing-pack.pdf"), pdf_of(again, "full-pack.pdf")) == (own, full)


def test_what_is_released_is_what_was_looked_at(office: Folders) -> None:
    pack(office)
    order = ReleaseOrder(MEETING, "pack", (Audience.OFFICE,), None, "A. Person", BEFORE, BEFORE.date())
    (proposed,) = prepare_release(office, order, lambda _: None).editions
    assert {data[:8] for data in proposed.data.values() if data.startswith(b"%PDF-2")} == {b"%PDF-2.0"}
    with pytest.raises(RefusedError, match="the theme or a picture has changed"):
        prepare_release(Folders(office.inputs, office.build), order, lambda _: None)


def test_an_office_has_it_for_good_in_its_theme_and_a_slip_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('[page]\npdf = "ua2"\n', "utf-8")
    assert read_look(tmp_path).theme.page.pdf is PdfStandard.UA2
    assert read_look(tmp_path, pdf=PdfStandard.UA1).theme.page.pdf is PdfStandard.UA1
    (tmp_path / "theme.toml").write_text('[page]\npdf = "ua3"\n', "utf-8")
    with pytest.raises(TemplateError, match=r"theme\.toml, line 2: .*ua3.*ua1.*ua2"):
        read_look(tmp_path)
