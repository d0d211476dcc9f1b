"""What is published, as its readers get it: from a plain web server and from a folder, searched in a real browser, every byte looked through."""

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect
from reportlab.pdfgen.canvas import Canvas

from reportpack.errors import OutputError
from reportpack.model.answer import Verdict
from reportpack.model.edition import Audience
from reportpack.run.check import check_inputs
from reportpack.run.letters.bundle import figures_csv
from reportpack.run.letters.passages import Holding, hold_passage, open_notes
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, publication_of, record_publishing
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.minutes.annex_issue import agree_annex, issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.settling import GivenAnswer, answer_queries
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, standing_register
from reportpack.run.steps.recording import Change
from tests.leaks.searching import texts_of
from tests.run.test_themes import WORDS

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2019, 6, 17, 9, tzinfo=UTC)
MAY, JUNE = "2019-05-28-assurance", "2019-06-24-public"
NOTES = """Monthly Assurance Meeting, May 2019: meeting notes

Date: Tuesday 28 May 2019 @ 10:00

Chair: Rowan Ashdown

Minutes: Ellis Wainfleet

Present: Rowan Ashdown (PCC), Duncan Harcastle (CC), Ellis Wainfleet (PO)

## 2.1.1 Confidence

The PCC gave the example of a farm at Lower Wick where a tractor stood. The CC spoke of hedgehogs.
Mrs O\u2019Hara\u2019s caf\u00e9 had seen hate crime; crime of hate is told to the police.
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """May's notes and June's public pack, published."""
    place = tmp_path_factory.mktemp("published")
    shutil.copytree(ROOT / "inputs", place / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    inputs = place / "inputs"
    (inputs / "minutes" / f"{MAY}.md").write_text(NOTES, encoding="utf-8")
    paper = '[[paper]]\ntitle = "Hare coursing"\nitem = "2"\nfile = "hares.pdf"\naudience = "public"\n'
    (inputs / "papers" / JUNE).mkdir()
    canvas = Canvas(str(inputs / "papers" / JUNE / "hares.pdf"))  # which has no tags
    canvas.drawString(100, 700, "Hares are coursed in the north.")
    canvas.save()
    own = '[[paper]]\ntitle = "Grades of wardens"\nitem = "2"\naudience = "office"\nwithheld = "It is a matter of pay."\n'
    (inputs / "meetings" / f"{JUNE}.toml").write_text(paper + own, encoding="utf-8")
    for name, was, now in (
        (
            "measures.toml",
            'topic = "plan"\ndefinition = "Of the full',
            'topic = "rural-crime"\nwithheld = "It is a matter of pay."\ndefinition = "Of the full',
        ),
        ("office.toml", 'id = "crime"\n', 'id = "crime"\nexemption = "FOIA section 31"\n'),
    ):
        text = (inputs / name).read_text("utf-8")
        assert text.count(was) == 1
        (inputs / name).write_text(text.replace(was, now), encoding="utf-8")
    (inputs / "notes" / f"{JUNE}.md").write_text(
        f"{WORDS}\nIts barn is [public: withhold, crime]the one at Orleton[end] now.\n", encoding="utf-8"
    )
    with (inputs / "office.toml").open("a", encoding="utf-8") as office:
        office.write('\n[[topic]]\nid = "pay"\ntitle = "Pay"\naudience = "office"\nwithheld = "It is a matter of pay."\n')
        office.write('\n[publication]\ncomplaints = "https://opcc.example/complaints"\n')
    made = Folders(inputs, place / "build")
    add_row(
        made,
        "Actions",
        [("Action", "Look at the grades"), ("Owner", "CC"), ("Topic", "Pay"), ("Due", "none"), ("Audience", "office")],
        Change(NOW),
    )
    recommended = [
        ("Recommendation", "Answer rural calls"),
        ("Report", "Rural review"),
        ("Published", "2 May 2019"),
        ("Owner", "CC"),
    ]
    add_row(made, "Recommendations", [*recommended, ("Audience", "public")], Change(NOW))
    order = AnnexOrder(MAY, Audience.PUBLIC, NOW, NOW.date())
    held = Holding(MAY, "a farm at Lower Wick where a tractor stood", Audience.PUBLIC, NOW, NOW.date(), "crime")
    hold_passage(made, held)
    open_notes(made, Holding(MAY, "", Audience.PUBLIC, NOW, NOW.date(), by="R. Ashdown", why="Of interest"))
    issue_annex(made, order, lambda _: None)
    answer_queries(made, order, ("1",), GivenAnswer(Verdict.LEFT, "E. Wainfleet", why="As it was"), lambda _: None)
    agree_annex(made, order, lambda _: None)
    build_pack(made, Order(JUNE, None, None, NOW, NOW.date()), lambda _: None)
    for meeting, document in ((MAY, "annex"), (JUNE, "briefing-pack")):
        publish(made, meeting, document)
    return made


def publish(folders: Folders, meeting: str, document: str, folder: Path | None = None) -> tuple[Path, ...]:
    release = ReleaseOrder(meeting, document, (Audience.PUBLIC,), None, "R. Ashdown", NOW, NOW.date())
    record_release(folders, release, prepare_release(folders, release, lambda _: None))
    order = PublishOrder(meeting, document, folder, "R. Ashdown", NOW, NOW.date())
    return record_publishing(folders, order, prepare_publishing(folders, order))


@pytest.fixture(scope="module")
def address(folders: Folders) -> Iterator[str]:
    """A plain web server over the folder."""
    program = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    with subprocess.Popen(
        program, cwd=folders.build / "public", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().split(" port ")[1].split()[0]
        yield f"http://127.0.0.1:{port}/index.html"
        process.terminate()


@pytest.mark.parametrize("served", [True, False])
def test_the_index_is_searched(browser: Browser, folders: Folders, address: str, served: bool) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address if served else (folders.build / "public" / "index.html").as_uri())
    papers = page.locator("#papers > li")
    expect(papers).to_have_count(2)
    page.get_by_label("Search the papers").fill("quad bike")
    expect(page.get_by_role("status")).to_have_text("1 paper found.")
    expect(papers.locator("visible=true")).to_contain_text(["When will somebody come out when a quad bike is stolen?"])
    page.get_by_label("Search the papers").fill("HEDGEHOGS confidence")
    expect(papers.locator("visible=true")).to_contain_text(["Notes and actions"])
    for words, count in (
        ("O'Hara's cafe", 1),
        ("o\u2019hara CAF\u00c9", 1),
        ('"hate crime"', 1),
        ("hate crime", 1),
        ('"crime hate"', 0),
    ):
        page.get_by_label("Search the papers").fill(words)
        expect(page.get_by_role("status")).to_have_text("1 paper found." if count else "0 papers found.")
    page.get_by_label("Search the papers").fill("o'hara")
    expect(papers.locator("visible=true")).to_contain_text(["Mrs O\u2019Hara\u2019s caf\u00e9"])
    page.get_by_label("Search the papers").fill("Lower Wick")
    expect(page.get_by_role("status")).to_have_text("0 papers found.")
    page.get_by_label("Search the papers").fill("")
    expect(papers.locator("visible=true")).to_have_count(2)
    page.get_by_role("link", name="Accessibility statement").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility statement")
    assert said == []
    page.close()


def test_nothing_that_is_held_back_is_in_any_byte_of_it(folders: Folders) -> None:
    files = [path for path in (folders.build / "public").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".html", ".json", ".csv", ".pdf"}
    for path in files:
        text = " ".join(" ".join(texts_of(path.name, path.read_bytes(), path.suffix)).split())
        for words in ("Lower Wick", "tractor stood", "Lane Farm", "Orleton", "4/2019", "15/2018"):
            assert words not in text, (path.name, words)


def test_what_goes_with_the_papers(folders: Folders) -> None:
    public = folders.build / "public"
    rows = list(csv.reader(io.StringIO((public / "disclosure-log.csv").read_text("utf-8-sig"))))
    assert ["Notes and actions: Monthly Assurance Meeting, 28 May 2019", "A passage"] in [one[:2] for one in rows]
    pack, crime = "Briefing pack: Public meeting, 24 June 2019", "Withheld: publishing it would be likely to prejudice"
    assert [pack, "A paper for item 2", "It is a matter of pay.", "Not stated"] in rows
    assert [pack, "Some measures", "It is a matter of pay.", "Not stated"] in rows
    assert [pack, "A passage", "FOIA section 31"] in [[one[0], one[1], one[3]] for one in rows]  # which the pack's own words hold
    of_crime = [one for one in rows if one[1] == "Item 2.1.7: A matter of operational policing"]
    assert [one[2].startswith(crime) and one[3] == "FOIA section 31" for one in of_crime] == [True]
    register = list(csv.DictReader(io.StringIO((public / "register.csv").read_text("utf-8-sig"))))
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    heads = {sheet.title: [str(cell.value) for cell in sheet[1]] for sheet in book.worksheets}
    every = [
        (dict(zip(heads[sheet.title], row, strict=False)))
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    public_ones = {one["Reference"] for one in every if one.get("Audience") == "public" and one.get("Reference")}
    called = {one.public: one.ref for one in standing_register(folders, 2019)[0]}
    refs = {called[one["Reference"]] for one in register if one["Reference"]}
    assert refs - {""} <= public_ones | {"H1/2019"}  # which only the ledger has
    assert "M1/2019" in refs
    (recommendation,) = [one for one in register if one["Kind"] == "Recommendations"]
    told = [recommendation[one] for one in ("Words", "Report", "Published", "Due")]
    assert told == ["Answer rural calls", "Rural review", "2 May 2019", "27 June 2019"]  # 56 days after it
    statement = (public / "accessibility.html").read_text("utf-8")
    assert "policy@opcc.example" in statement
    assert "<li>Hare coursing, in: Briefing pack: Public meeting, 24 June 2019</li>" in statement
    assert "https://opcc.example/complaints" in (public / "index.html").read_text("utf-8")


def test_the_checklist_is_by_the_kind_of_meeting(folders: Folders) -> None:
    def asked(meeting: str, today: date) -> tuple[str, ...]:
        return publication_of(folders, PublishOrder(meeting, "briefing-pack", None, "", NOW, today))[1]

    june = asked(JUNE, date(2019, 7, 20))
    for rule, begins in (
        ("paragraph 5(a)", "done on 17 June 2019: Date, time and place"),
        ("paragraph 5(b)", "done on 17 June 2019: Agenda and documents"),
        ("paragraph 5(c)", "late, was due 8 July 2019: Minutes"),
        ("paragraph 5(d)", "late, was due 8 July 2019: Each decision"),
        ("Accessibility Regulations 2018", "late, was due 8 July 2019: Recording"),
        ("(Amendment) Order 2021", "to do: Contribution to national priorities"),
    ):
        assert any(one.startswith(begins) and rule in one for one in june), begins
    assert any(one.startswith("done: Complaints") for one in june)
    assert any("Nobody has said that these days were checked against the law" in one for one in june)
    may = asked(MAY, date(2019, 6, 20))
    assert any(one.startswith("done on 17 June 2019 (late): Minutes, where the matters are of public interest") for one in may)
    assert not any("5(a)" in one for one in may)
    april = asked("2019-04-30-assurance", date(2019, 6, 20))
    assert any("A person decides whether matters of significant public interest were discussed" in one for one in april)


def test_a_folder_that_cannot_be_written_is_said(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file in its place", encoding="utf-8")
    with pytest.raises(OutputError, match="site"):
        publish(folders, JUNE, "briefing-pack", tmp_path / "site")


@pytest.mark.parametrize("replaced", [True, False])
def test_a_folder_that_goes_or_changes_while_it_is_read_back_is_said(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replaced: bool
) -> None:
    site = tmp_path / "site"
    real = Path.read_bytes

    def meanwhile(path: Path) -> bytes:
        if site in path.parents:
            shutil.rmtree(site)
            if replaced:
                path.parent.mkdir(parents=True)
                path.write_bytes(b"something else")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", meanwhile)
    with pytest.raises(
        OutputError, match="does not hold what was put there" if replaced else "cannot be read back: No such file"
    ) as said:
        publish(folders, JUNE, "briefing-pack", site)
    assert "publish again" in said.value.remedy


def test_a_pack_without_figures_has_no_empty_table_of_them() -> None:
    """What is published beside it is in the index by its files, so that nothing is linked either."""
    assert figures_csv(b'{"sources": [], "numbers": []}') == b""
    one = b'{"sources": [{"id": "s1", "title": "Home Office"}], "numbers": [{"text": "4", "value": 4, "section": "At a glance", "sources": [{"source": "s1"}]}]}'
    assert figures_csv(one).decode("utf-8-sig").splitlines()[1] == "4,4,At a glance,Home Office"


def test_a_public_series_with_an_agenda_for_the_office_is_said(folders: Folders, tmp_path: Path) -> None:
    shutil.copytree(folders.inputs, tmp_path / "inputs", ignore=shutil.ignore_patterns("outbox"))
    office = tmp_path / "inputs" / "office.toml"
    head, _, rest = office.read_text("utf-8").partition('id = "public"')
    office.write_text(head + 'id = "public"' + rest.replace('audience = "public"', 'audience = "office"', 4), encoding="utf-8")
    found = check_inputs(
        Folders(tmp_path / "inputs", tmp_path / "build"), Order(JUNE, None, None, NOW, NOW.date()), lambda _: None
    )
    assert any("held in public, and no line of its agenda is for the public" in one.found for one in found.problems)
