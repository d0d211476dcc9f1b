"""A supplement: a paper that came after the pack went, with the slip and the agenda, bound, released and sent as a document of its own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pikepdf import String

from reportpack.compose.letters import MEGABYTE
from reportpack.errors import RefusedError
from reportpack.model.document import SUPPLEMENT
from reportpack.model.edition import Audience
from reportpack.model.release import Released, ReleasedRole
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from tests.read.papers.made import annotate, paper
from tests.render.binding.bound import everything
from tests.render.pdf.structure import walk_structure
from tests.run.test_full_pack import LETTER, heavy, labels, text, words
from tests.run.test_release import MEETING, NOW, build, built, edit, edition_of, folders, kept, plan, ready, release, released
from tests.run.test_slip import LATER, lie
from tests.run.test_told import draft

__all__ = ["built", "folders", "ready", "released"]
LAST = datetime(2019, 5, 27, 15, 0, tzinfo=UTC)
PDF = "supplement.pdf"


def in_build(folders: Folders, edition: str = "") -> bytes | None:
    path = folders.build / MEETING / f"supplement{edition}.pdf"
    return path.read_bytes() if path.exists() else None


def supplement(folders: Folders, edition: Audience = Audience.FORCE, now: datetime = LATER) -> Released:
    return edition_of(release(folders, now=now, document=SUPPLEMENT.stem), edition)


def test_without_a_version_that_somebody_has_or_a_paper_that_can_be_bound_there_is_none(ready: Folders) -> None:
    lie(ready, LETTER, paper(pages=0))
    build(ready, now=LATER)
    assert in_build(ready) is None
    with pytest.raises(RefusedError, match="nothing for a supplement"):
        release(ready, now=LATER, document=SUPPLEMENT.stem)
    draft(ready, NOW)
    build(ready, now=LATER)
    assert in_build(ready) is None
    with pytest.raises(RefusedError, match="can be bound"):
        release(ready, now=LATER, document=SUPPLEMENT.stem)


def test_a_late_paper_is_all_that_it_brings_with_the_slip_and_the_agenda_once_to_each(ready: Folders) -> None:
    lie(ready, "2.1.2 Early plan (force).pdf", words("Early words"))
    build(ready)
    release(ready)
    draft(ready, NOW)
    lie(ready, LETTER, paper(annotate("/Text", Contents=String("secret comment")), pages=2))
    lie(ready, "2.1.3 Secret crime plan.pdf", words("Secret"))
    build(ready, now=LATER)
    assert labels(in_build(ready)) == ["1", "2", "Papers", "E", "E-1", "C", "C-1", "C-2"]
    one = supplement(ready)
    data = kept(ready, one, ReleasedRole.PDF)
    assert (one.named, one.pages, labels(data)) == ("supplement 1", 6, ["1", "2", "Papers", "C", "C-1", "C-2"])
    shown = text(data)
    has = ("Supplement 1: ", "What changed since v", "Agenda and papers", "Victim plan, page 2", "Force edition, Supplement 1")
    assert [each for each in has if each not in shown] == []
    assert "Early words" not in shown
    assert b"ecret" not in everything(data)
    assert walk_structure(data).findings == []

    letters = {one.to.email: one for one in plan(ready, LATER).to_go if one.document == SUPPLEMENT.stem}
    letter = letters["cc@force.example"]
    assert "Supplement 1: " in letter.subject
    assert [one.name for one in letter.enclosures] == ["2019-05-28 assurance supplement 1 force.pdf"]
    assert "Paper C: Serious and organised crime: finished performance report: was awaited" in letter.text
    assert "supplement 1 to the briefing pack" in letter.html
    draft(ready, LATER)
    assert not [one for one in plan(ready, LAST).to_go if one.document == SUPPLEMENT.stem]

    lie(ready, "2.1.4 Later plan (force).pdf", words("Later words"))
    build(ready, now=LAST)
    second = edition_of(release(ready, Audience.FORCE, now=LAST, document=SUPPLEMENT.stem), Audience.FORCE)
    shown = text(kept(ready, second, ReleasedRole.PDF))
    assert (second.version, "Later words" in shown, "Victim plan" in shown) == (2, True, False)
    assert second.changed == ("Paper F: Later plan: was not in it, is received",), "what Supplement 1 brought it does not bring"
    assert "What changed since v2 and Supplement 1" in shown
    one_more = '[[recipient]]\nname = "Staff officer"\nemail = "staff@force.example"\nedition = "force"\ngets = ["pack"]\n\n'
    edit(ready, '[[recipient]]\npost = "dcc"', f'{one_more}[[recipient]]\npost = "dcc"')
    asked = [one for one in plan(ready, LAST).to_go if one.document == SUPPLEMENT.stem and one.to.email == "staff@force.example"]
    assert [one.version for one in asked] == [1, 2], "who has had neither lacks the papers of both"

    draft(ready, LAST)
    build(ready, now=LAST)
    release(ready, now=LAST)
    assert not [one for one in plan(ready, LAST).to_go if one.document == SUPPLEMENT.stem], "the next version has every paper"


def test_one_too_large_for_a_reader_s_mail_goes_to_them_in_parts_that_each_fit(ready: Folders) -> None:
    edit(ready, '[[recipient]]\npost = "dcc"', '[[recipient]]\npost = "dcc"\nattach_up_to = 1')
    draft(ready, NOW)
    lie(ready, "2.1.3 Maps (force).pdf", heavy("Map", 2, 140))
    lie(ready, "2.1.4 Scan (force).pdf", heavy("Scan", 5, 200))
    build_pack(ready, Order(MEETING, Audience.FORCE, None, LATER, LATER.date()), lambda _: None)
    build(ready, now=LATER)
    one = supplement(ready)
    names = [file.part for file in one.files if file.part]
    assert names == [f"part {number} of {len(names)}" for number in range(1, len(names) + 1)]
    every = {path.name for path in (ready.build / MEETING).glob("supplement part *.force.pdf")}
    assert every == {f"supplement {name}.force.pdf" for name in names}
    letters = [each for each in plan(ready, LATER).to_go if each.document == SUPPLEMENT.stem]
    small = [each for each in letters if each.to.post == "dcc"]
    assert len(small) == len({each.key for each in small}) > 2
    parts = [file for each in small for file in each.enclosures]
    assert [file.name.rpartition(", ")[2] for file in parts] == [f"{name}.pdf" for name in names]
    assert all(sum(len(file.data) for file in each.enclosures) <= MEGABYTE for each in small)
    assert all(walk_structure(file.data).findings == [] for file in parts)
    papers = [label for file in parts for label in labels(file.data) if label[1:2] == "-"]
    assert papers == ["D-1", "D-2", "E-1", "E-2", "E-3", "E-4", "E-5"]
    shown = [text(file.data) for file in parts]
    assert "What changed since v" in shown[0]
    assert f"Part {len(names)} of {len(names)} of Supplement 1" in shown[-1]
    assert not any("briefing pack and its papers" in page for page in shown)
    assert f"this is the first of {len(small)}" in small[0].text
    assert f"the supplement: {names[0]}" in small[0].text
    assert "was not in it" not in small[1].text
    assert f"letter 2 of {len(small)}" in small[1].text
    assert {len(each.enclosures) for each in letters if each.to.post == "cc"} == {1}
    draft(ready, LATER)
    assert not [each for each in plan(ready, LAST).to_go if each.document == SUPPLEMENT.stem]
    for name in ("2.1.3 Maps (force).pdf", "2.1.4 Scan (force).pdf"):
        (ready.inputs / "papers" / MEETING / name).unlink()
    build_pack(ready, Order(MEETING, Audience.FORCE, None, LAST, LAST.date()), lambda _: None)
    assert not list((ready.build / MEETING).glob("supplement part *"))


def test_each_supplement_for_the_public_keeps_its_line_in_the_index(ready: Folders, tmp_path: Path) -> None:
    build(ready, Audience.PUBLIC)
    release(ready, Audience.PUBLIC)
    for document in ("briefing-pack", "supplement"):
        if document == "supplement":
            lie(ready, "2.1.4 Open plan (public).pdf", words("Open words"))
            build(ready, Audience.PUBLIC, now=LATER)
            release(ready, Audience.PUBLIC, now=LATER, document=document)
        order = PublishOrder(MEETING, document, tmp_path / "public", "A", LATER, LATER.date())
        record_publishing(ready, order, prepare_publishing(ready, order))
    index = (tmp_path / "public" / "index.html").read_text("utf-8")
    assert "Supplement 1: " in index
    assert "Briefing pack: " in index
