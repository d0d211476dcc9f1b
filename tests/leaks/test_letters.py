"""A leak hunt over what goes with letters: own sheets, reply forms and the letters' own words hold no more than their edition may."""

import pytest

from reportpack.compose.commission import compose_own_sheet, compose_reply_form
from reportpack.compose.letters import compose_letter
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee
from reportpack.model.office import Gets
from reportpack.model.release import Planned, Released
from reportpack.render.letters import LetterTemplates
from reportpack.render.page import read_rendered, render_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.sheet import reply_form_bytes
from reportpack.render.templates import load_templates
from reportpack.run.look import read_look
from reportpack.run.program import program_templates
from tests.leaks.searching import found_in
from tests.leaks.test_packs import BEYOND, leaks_in, packed, sown

TEMPLATES = load_templates(program_templates(), None)


def own_papers(seed: int, edition: Audience, *, pages: bool) -> dict[str, bytes]:
    """Every post's sheet and form in that edition; as PDFs too where they are asked for."""
    pack, view, _ = packed(seed, edition)
    office = sown(seed).settings.office
    areas = tuple(area.id for area in office.areas)
    files: dict[str, bytes] = {}
    for post in office.posts:
        for which in ((), areas):
            sheet = compose_own_sheet(pack, view, office, post, which, "v1")
            source = render_page_source(sheet, TEMPLATES)
            files[f"{post.id}{len(which)}.page-source.html"] = source.encode()
            if pages:
                document = read_rendered(source, sheet, TEMPLATES)
                look = read_look(None)
                files[f"{post.id}{len(which)}.pdf"] = render_pdf(document, look.theme, look.assets).pdf
        form = compose_reply_form(pack, view, post, "briefing-pack v1", "policy@opcc.example")
        files[f"{post.id}.xlsx"] = reply_form_bytes(form)
    return files


@pytest.mark.parametrize(("seed", "edition"), BEYOND, ids=[f"{edition} {seed}" for seed, edition in BEYOND])
def test_own_sheets_and_reply_forms_hold_nothing_beyond_their_edition(seed: int, edition: Audience) -> None:
    assert leaks_in(seed, edition, own_papers(seed, edition, pages=False)) == []


def test_no_byte_of_a_sheet_s_pages_does() -> None:
    assert leaks_in(0, Audience.FORCE, own_papers(0, Audience.FORCE, pages=True)) == []


@pytest.mark.parametrize(("seed", "edition"), BEYOND, ids=[f"{edition} {seed}" for seed, edition in BEYOND])
@pytest.mark.parametrize("document", ["briefing-pack", "annex"])
def test_a_letter_s_own_words_hold_nothing_beyond_its_edition(seed: int, edition: Audience, document: str) -> None:
    _, view, _ = packed(seed, edition)
    office = sown(seed).settings.office
    release = Released(view.meeting.id, document, edition, 1, view.meeting.day, 1, "0", 40)
    to = Addressee("Somebody", "somebody@force.example", "cc", edition)
    words = compose_letter(Planned(to, release, frozenset(Gets), (), ("cc",)), view.meeting, office, (), ())
    text, page = LetterTemplates(TEMPLATES).render("annex" if document == "annex" else "pack", words)
    files = {"letter.txt": text.encode(), "letter.html": page.encode(), "subject.txt": words.title.encode()}
    assert leaks_in(seed, edition, files) == []


def test_the_office_s_own_papers_do_hold_what_was_planted() -> None:
    planted = sown(0).planted
    found = {
        word for name, data in own_papers(0, Audience.OFFICE, pages=False).items() for word in found_in(name, data, planted.words)
    }
    assert found
