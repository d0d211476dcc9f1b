"""A supplement: a paper that came after the pack went, with the slip and the agenda, bound, released and sent as a document of its own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pikepdf import String

from reportpack.errors import RefusedError
from reportpack.model.document import SUPPLEMENT
from reportpack.model.edition import Audience
from reportpack.model.release import Released, ReleasedRole
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
from reportpack.run.office_files import Folders
from tests.read.papers.made import annotate, paper
from tests.render.binding.bound import everything
from tests.render.pdf.structure import walk_structure
from tests.run.test_full_pack import LETTER, labels, text, words
from tests.run.test_release import MEETING, NOW, build, built, edition_of, folders, kept, plan, ready, release, released
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
