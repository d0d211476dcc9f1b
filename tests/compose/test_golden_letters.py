"""Who is sent what, and every letter, as text and as a page, in the editions that it has: a person looked at what they say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reportpack.compose.commission import compose_commission, own_actions
from reportpack.compose.letters import (
    calendar_notice,
    chase_notice,
    commissioning_notice,
    compose_letter,
    document_name,
    needed_editions,
    paper_name,
    plan_letters,
    reminder_notice,
    report_notice,
    what_it_is,
)
from reportpack.compose.pack import compose_pack
from reportpack.model.agenda_view import AgendaView
from reportpack.model.commission import CommissioningNote, WantedFigures
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee, EnclosureLine, LinkLine, Notice, NoticeLists
from reportpack.model.meeting_event import MeetingCancelled, MeetingMoved
from reportpack.model.office import Gets, Mail, Office, Person, Post, Recipient, Side
from reportpack.model.pack import ActionLine, Pack
from reportpack.model.release import Released, ReleasedFile, ReleasedRole
from reportpack.render.letters import LetterTemplates
from reportpack.render.templates import load_templates
from tests.compose import northmoor
from tests.outline import outline

Golden = Callable[[Path, str], None]
ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests" / "golden" / "northmoor" / "expected"
MEETING, ON = northmoor.a_meeting(), northmoor.ON
TEMPLATES = LetterTemplates(load_templates(ROOT / "templates"))
WORK = tuple(Gets)


def an_office() -> Office:
    """With somebody for every reason to be sent something, and for every reason not to be."""
    office = northmoor.an_office()
    force, own = Audience.FORCE, Audience.OFFICE
    people = (
        replace(office.people[0], email="mayor@northmoor.example"),
        *(replace(one, email="chief@police.example") for one in office.people[1:3]),
        Person("Lowri Penn", "analyst"),
        Person("Huw Rees", "analyst", email=" huw@police.example "),
        Person("Sian Cole", "clerk", email="clerk@northmoor.example"),
    )
    recipients = (
        Recipient("mayor", edition=own, gets=WORK),
        Recipient("chief", edition=force, gets=(Gets.PACK, Gets.SHEET, Gets.REPLY_FORM), areas=("vale",)),
        Recipient("chief", "A staff officer", "Chief@Police.example", edition=force, gets=(Gets.ANNEX,)),
        Recipient("second", edition=force, gets=WORK),
        Recipient("analyst", edition=force, gets=(Gets.SHEET, Gets.REPLY_FORM)),
        Recipient("second", "", "second@police.example", edition=force, gets=(Gets.REPLY_FORM,)),
        Recipient("", "The press", "press@news.example", gets=(Gets.PACK, Gets.SHEET)),
        Recipient("", "", "nobody@news.example", gets=(Gets.REMINDERS,)),
        Recipient("chief", "", "mixed@police.example", edition=own, gets=WORK),
        Recipient("", "Two minds", "two@news.example", edition=own, gets=WORK),
        Recipient("", "Two minds", "two@news.example", edition=force, gets=WORK),
        Recipient("clerk", edition=own, gets=WORK, series=("board",)),
        Recipient("clerk", edition=own, gets=(Gets.SHEET,), series=("scrutiny",)),
    )
    posts = (*office.posts, Post("clerk", "Clerk", "", Side.OFFICE))
    mail = Mail(sender="office@northmoor.example", reply_to="policy@northmoor.example")
    return replace(office, people=people, posts=posts, recipients=recipients, mail=mail)


def released(document: str, edition: Audience, version: int, pages: int = 12) -> Released:
    roles = (
        (ReleasedRole.SHEET, "chief", ("vale",)),
        (ReleasedRole.REPLY_FORM, "chief", ()),
        (ReleasedRole.SHEET, "analyst", ()),
    )
    own = tuple(ReleasedFile(role, f"{at}" * 64, post, areas) for at, (role, post, areas) in enumerate(roles))
    return Released(MEETING.id, document, edition, version, ON, 1, "1.0", pages, own)


FILES = (EnclosureLine("pack.pdf", "the briefing pack"), EnclosureLine("days.ics", "the days, for your calendar"))
LINKS = (LinkLine("papers.pdf", "https://office.example/papers"), LinkLine("more.pdf", "S:/packs/more.pdf"))


@pytest.mark.parametrize("document", ["briefing-pack", "annex", "supplement"])
def test_who_is_sent_a_document_and_what_is_said_to_them(document: str, golden: Golden) -> None:
    """Two editions are released, for the first time and anew; the public's is not."""
    office = an_office()
    releases = [released(document, Audience.OFFICE, 1, 1), released(document, Audience.FORCE, 2)]
    planned, not_sent = plan_letters(office, "scrutiny", document, releases, ON)
    changed = tuple(f"Figure {at}: was {at}, is {at + 1}" for at in range(9))
    quiet, loud = (
        compose_letter(one, replace(MEETING, start_time=start), office, FILES, LINKS, turned, said)
        for one, start, turned, said in ((planned[0], None, (), ()), (planned[1], MEETING.start_time, ("It is worse.",), changed))
    )
    told = {
        "editions": needed_editions(office, "scrutiny", document),
        "planned": planned,
        "not sent": not_sent,
        "letters": (quiet, loud),
        "files": tuple(document_name(MEETING, one, ".pdf") for one in releases),
        "papers": tuple(paper_name(MEETING, releases[1], one, office) for one in releases[1].files),
        "what they are": (what_it_is(releases[0]), *(what_it_is(releases[1], one) for one in releases[1].files)),
    }
    golden(EXPECTED / f"letters-{document}.txt", outline(told, without=("release",)))
    text, page = TEMPLATES.render("pack" if document == "briefing-pack" else document, loud)
    golden(EXPECTED / f"letter-{document}.force.txt", text)
    golden(EXPECTED / f"letter-{document}.force.html", page)


def asked_for(edition: Audience) -> tuple[CommissioningNote, Pack, AgendaView]:
    """The commissioning note of the made-up office, whose analyst still owes figures."""
    view, office, findings = northmoor.a_view(), an_office(), northmoor.the_findings()
    paper = replace(view.items[2].papers[0], author="chief")
    view = replace(view, meeting=replace(MEETING, papers=(paper,)))
    pack = compose_pack(view, edition, office, findings, (), (), ON, "draft")
    measures = [replace(one.measure, expected_days=20, supplier="HA") for one in findings.measures]
    return compose_commission(pack, view, office, [(one, northmoor.FIRST.shifted(35)) for one in measures], 7), pack, view


def notices(edition: Audience) -> dict[str, Notice]:
    """Each kind of notice that asks or tells, to the chief officer as a reader of that edition, in each way that it begins."""
    office, to = an_office(), Addressee("Tom Garrow", "chief@police.example", "chief", edition)
    note, pack, view = asked_for(edition)
    chief = office.post("chief")
    assert chief is not None
    own: tuple[ActionLine, ...] = own_actions(pack, view, chief)
    titled = replace(northmoor.ACTION, title="The audit", public_title="An audit")
    due = [(titled, ON), (northmoor.OFFICE_ACTION, date(2031, 3, 20)), (northmoor.ACTION, date(2031, 3, 1))]
    figures = [WantedFigures("Residential burglary", "HA", "February 2031", "3 March 2031")]
    papers = view.meeting.papers
    off = MeetingCancelled(MEETING.id, MEETING.day, 1)
    moved = MeetingMoved(MEETING.id, ON, MEETING.day, None, "", 1)
    bare = replace(MEETING, start_time=None, venue="")
    lists = NoticeLists(failed=("One failed",), waiting=("Two wait",), missing=("Three", "Four"), done=("Five",))
    return {
        "commission": commissioning_notice(note, to, office, own, FILES),
        "commission, bare": commissioning_notice(
            replace(note, time="", venue="", papers=()), replace(to, post="x"), office, (), ()
        ),
        "reminder": reminder_notice(due, ON, to, office),
        "reminder, one": reminder_notice(due[:1], ON, to, office),
        "chase": chase_notice(MEETING, papers, figures, ON, to, office),
        "chase, papers": chase_notice(MEETING, [replace(papers[0], wanted_by=None)], [], ON, to, office),
        "calendar": calendar_notice(MEETING, None, ON, to, office, FILES),
        "calendar, off": calendar_notice(replace(MEETING, cancelled=True), moved, ON, to, office, FILES),
        "calendar, on again": calendar_notice(MEETING, off, ON, to, office, ()),
        "calendar, changed": calendar_notice(bare, moved, ON, to, office, ()),
        "report": report_notice(ON, lists, to, office, FILES),
        "report, nothing failed": report_notice(ON, replace(lists, failed=(), missing=()), to, office),
    }


@pytest.mark.parametrize("edition", list(Audience))
def test_what_a_notice_asks_and_tells(edition: Audience, golden: Golden) -> None:
    """The office's also as pages."""
    rendered = {name: TEMPLATES.render(name.partition(",")[0], one) for name, one in notices(edition).items()}
    titles = {name: one.title for name, one in notices(edition).items()}
    texts = [f"=== {name}\nSubject: {titles[name]}\n\n{text}" for name, (text, _) in rendered.items()]
    golden(EXPECTED / f"notices.{edition}.txt", "\n".join(texts))
    if edition is Audience.OFFICE:
        pages = (page for name, (_, page) in rendered.items() if "," not in name)
        golden(EXPECTED / "notices.office.html", "\n".join(pages))
