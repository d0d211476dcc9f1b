"""Topic: everything on record about one, over all meetings, from its name in the register."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from reportpack.model.edition import Audience
from reportpack.run.dossier import DossierOrder, make_dossier
from reportpack.run.office_files import Folders
from tests.web.conftest import BEFORE, Opened

pytestmark = [pytest.mark.needs("chromium")]


def test_a_row_leads_to_its_topic_which_has_what_the_dossier_has(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/register/1-2019")
    page.locator(".facts a").click()
    expect(page.locator("h1")).to_have_text("Total recorded crime")
    page = go("/topic/satisfaction")
    folders = Folders(desk.office / "inputs", desk.office / "build")
    order = DossierOrder("satisfaction", Audience.OFFICE, date.fromisoformat(BEFORE[:10]))
    found = make_dossier(folders, order, lambda _: None).dossier
    main = page.locator("main")
    refs = [
        *(one.line.ref for one in found.actions),
        *(one.ref for one in found.matters),
        *(one.ref for one in found.commitments),
    ]
    assert found.commitments
    assert len(refs) > 2
    for ref in refs:
        expect(main.get_by_role("link", name=ref).first).to_have_attribute("href", f"/register/{ref.replace('/', '-')}")
    for words in (*(one.text for one in found.summary), *(one.finding.text for one in found.measures)):
        expect(main).to_contain_text(words)


def test_its_charts_are_shown_and_run_no_script(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/topic/satisfaction")
    page.get_by_text("The charts and tables").click()
    frame = page.frame_locator("iframe.preview")
    expect(frame.locator("h1, h2").first).to_have_text("What the figures say")
    assert frame.locator("svg").count() >= 1
    policy = page.request.get(f"{desk.origin}/topic/satisfaction/figures").headers["content-security-policy"]
    assert policy.startswith("sandbox;")


def test_papers_and_words_of_every_meeting_stand_there(go: Callable[[str], Page], desk: Opened) -> None:
    notes = desk.office / "inputs" / "minutes" / "2019-04-30-assurance.md"
    notes.write_text("Date: 30 April 2019\n\n## 2.1.2 Satisfaction\n\nThe CC spoke of Satisfaction and of hedgehogs.\n", "utf-8")
    page = go("/topic/satisfaction")
    expect(page.locator("main")).to_contain_text("The CC spoke of Satisfaction and of hedgehogs.")
    page.get_by_role("button", name="Find “Satisfaction” in everything").click()
    expect(page.locator("h1")).to_contain_text("places")
    assert "Satisfaction" not in page.url
    notes.unlink()
    page = go("/topic/confidence")
    expect(page.locator("main")).not_to_contain_text("hedgehogs")


def test_every_topic_is_listed_and_an_unknown_name_is_answered_with_the_nearest(go: Callable[[str], Page]) -> None:
    page = go("/register")
    page.get_by_text("Topics, over all meetings").click()
    page.get_by_role("link", name="Satisfaction", exact=True).click()
    expect(page.locator("h1")).to_have_text("Satisfaction")
    page = go("/topic/Satisfction")
    expect(page.locator("main")).to_contain_text("Nearest to it: Satisfaction")
