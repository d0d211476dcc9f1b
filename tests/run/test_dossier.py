"""The dossier of a topic: everything on record, for whoever may read it, with every number's cell; nothing for those who may not."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from reportpack.cli.look import _dossier
from reportpack.errors import InputError, RefusedError
from reportpack.ledger import open_ledger
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.letter import Addressee, Letter, LetterKind
from reportpack.model.office import Mail
from reportpack.model.outbox import AttemptBegun, AttemptEnded, LetterState, Outcome
from reportpack.render.element import printed_numbers
from reportpack.run.answers import as_json
from reportpack.run.dossier import DossierOrder, MadeDossier, make_dossier
from reportpack.run.letters.outbox import queue_letters
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import update_row
from reportpack.run.steps.recording import Change, recording

ROOT = Path(__file__).parents[2]
TODAY = date(2019, 6, 4)
SECRETS = {
    "a matter": "quillwort",
    "what was said on it": "saxifrage",
    "an action": "harebell",
    "its update": "bogbean",
    "a commitment": "sundew",
    "a question": "marestail",
    "an answer": "butterwort",
    "a note on the data": "stonecrop",
    "words that stood there before": "woodruff",
}


def silent(_: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with rows for the office alone on a topic that the force may read, a pack built and notes issued."""
    folder = tmp_path_factory.mktemp("dossier") / "office"
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("memory"))
    book = openpyxl.load_workbook(folder / "inputs" / "register.xlsx")
    add(book["Matters"], ("M9/2018", "Secret quillwort", "A quillwort", "Satisfaction", "November 2018", "May 2019", "saxifrage"))
    add(
        book["Actions"],
        (
            "40/2019",
            "Do the harebell",
            "",
            "CC",
            "April 2019",
            date(2019, 6, 28),
            "",
            "open",
            "bogbean",
            "",
            "",
            "",
            "Satisfaction",
        ),
    )
    add(book["Commitments"], ("C9/2019", "There will be sundew", "CC", "April 2019", "", "", "", "Satisfaction"))
    add(book["Questions"], ("Why marestail?", "PCC", "April 2019", "Satisfaction", "", "answered", "butterwort"))
    book.save(folder / "inputs" / "register.xlsx")
    measures = folder / "inputs" / "measures.toml"
    text = measures.read_text(encoding="utf-8")
    place = text.index("[[measure]]", text.index('topic = "satisfaction"'))
    note = '[[measure.note]]\non = 2019-01-01\ntext = "stonecrop"\nauthor = "PO"\naudience = "office"\n\n'
    measures.write_text(text[:place] + note + text[place:], encoding="utf-8")
    folders = Folders(folder / "inputs", folder / "build")
    build_pack(folders, Order("", None, None, datetime(2019, 5, 21, 9, tzinfo=UTC), date(2019, 5, 21)), silent)
    now = datetime(2019, 6, 3, 9, tzinfo=UTC)
    issue_annex(folders, AnnexOrder("2019-05-28-assurance", None, now, date(2019, 6, 3)), silent)
    update_row(folders, "14/2018", [("Update", "woodruff")], Change(now))
    update_row(folders, "14/2018", [("Update", "Plan received 24 January 2019.")], Change(now))
    return folder


def add(sheet: Worksheet, cells: Sequence[str | date]) -> None:
    number = sheet.max_row + 1
    for column, value in enumerate(cells, start=1):
        sheet.cell(number, column).value = value or None


def made(office: Path, name: str, edition: Audience = Audience.OFFICE, *, pages: bool = False) -> MadeDossier:
    return make_dossier(Folders(office / "inputs", office / "build"), DossierOrder(name, edition, TODAY, pages=pages), silent)


def test_a_dossier_holds_what_was_said_promised_asked_and_done(office: Path) -> None:
    dossier = made(office, "victims' Satisfaction").dossier
    matter = dossier.matters[0]
    assert (matter.ref, matter.origin, matter.state) == ("M2/2018", "From the meeting of 27 November 2018", "Carried forward")
    assert matter.due == "Was due 28 May 2019 and is still outstanding"
    assert "six months" in matter.said
    assert {one.ref: one.verdict for one in dossier.commitments}["C1/2019"] == "Not met by the figures, to be confirmed"
    assert "Why do some areas keep victims better informed than others?" in {one.words for one in dossier.questions}
    assert [one.line.ref for one in dossier.actions] == ["40/2019", "14/2018"]
    assert dossier.measures[0].chart is not None
    assert dossier.below == ("Hate crime satisfaction", "Domestic abuse satisfaction")


def test_each_pack_and_annex_that_carried_it_is_listed(office: Path) -> None:
    carried = made(office, "satisfaction").dossier.carried
    assert [(one.document, one.meeting, one.made) for one in carried] == [
        ("Briefing pack", "28 May 2019", date(2019, 5, 21)),
        ("Meeting notes and actions", "28 May 2019", date(2019, 6, 3)),
        ("Meeting notes and actions", "28 May 2019", date(2019, 6, 3)),
    ]
    assert made(office, "rural crime").dossier.carried == ()


def test_a_row_s_life_is_told_from_what_was_recorded(office: Path) -> None:
    (action,) = [one for one in made(office, "satisfaction").dossier.actions if one.line.ref == "14/2018"]
    assert [(step.day, step.words) for step in action.life] == [
        (date(2019, 5, 21), "Entered in the register (register.xlsx): closed"),
        (date(2019, 6, 3), "Update: Plan received 24 January 2019. became woodruff (register update)"),
        (date(2019, 6, 3), "Update: woodruff became Plan received 24 January 2019. (register update)"),
    ]


def test_every_number_of_it_names_its_cell(office: Path) -> None:
    read = made(office, "satisfaction")
    known = {one.id for one in read.dossier.sources}
    numbers = tuple(printed_numbers(read.laid.document))
    figures = [one for one in numbers if one.section.startswith("measure-")]
    assert len(figures) > 30
    assert all(one.sources for one in figures)
    assert {source.partition("!")[0] for one in numbers for source in one.sources} <= known


@pytest.mark.parametrize(("name", "suggested"), [("satisfied", "Satisfaction"), ("hate crimes", "Hate crime satisfaction")])
def test_a_name_that_is_only_nearly_a_topic_s_is_answered_with_the_nearest(office: Path, name: str, suggested: str) -> None:
    with pytest.raises(InputError) as error:
        made(office, name)
    assert error.value.found == f'No topic is called "{name}".'
    assert suggested in error.value.remedy


def test_a_topic_that_is_not_for_an_edition_s_readers_is_refused(office: Path) -> None:
    with pytest.raises(RefusedError, match="Serious and organised crime is not for the public edition"):
        made(office, "SOC", Audience.PUBLIC)


def test_the_office_s_own_dossier_holds_all_of_it(office: Path) -> None:
    everything = repr(made(office, "satisfaction").dossier)
    assert [what for what, word in SECRETS.items() if word not in everything] == []


def test_nothing_for_the_office_alone_is_anywhere_in_the_force_s_dossier(office: Path) -> None:
    read = made(office, "satisfaction", Audience.FORCE, pages=True)
    pdf, web = read.paths
    found = PdfReader(pdf)
    texts = [
        "\n".join(page.extract_text() for page in found.pages),
        str(found.metadata),
        web.read_text(encoding="utf-8"),
        json.dumps(as_json(read)),
        "\n".join(_dossier(read.dossier)),
        repr(read.dossier),
    ]
    assert [(what, place) for what, word in SECRETS.items() for place, text in enumerate(texts) if word in text] == []
    assert {(one.section, one.ref) for one in read.dossier.withheld} >= {
        ("Outstanding matters", "M9/2018"),
        ("Open actions", "40/2019"),
        ("Commitments", "C9/2019"),
    }
    assert {(one.document, one.edition) for one in read.dossier.carried} == {("Meeting notes and actions", "Force edition")}


def test_the_public_s_dossier_names_published_sources_only(office: Path) -> None:
    read = made(office, "rural crime", Audience.PUBLIC, pages=True)
    assert [one.name for one in read.paths] == ["rural-crime.public.pdf", "rural-crime.public.html"]
    assert not [one.file for one in read.dossier.sources if one.file.endswith((".xlsx", ".toml"))]
    assert "Matters" in read.paths[1].read_text(encoding="utf-8")


def test_the_files_are_a_sound_pdf_and_a_page_beside_it(office: Path) -> None:
    read = made(office, "satisfaction", pages=True)
    assert [path.relative_to(office).as_posix() for path in read.paths] == [
        "build/dossiers/satisfaction.pdf",
        "build/dossiers/satisfaction.html",
    ]
    assert PdfReader(read.paths[0]).metadata.title == "Dossier: Satisfaction, as at 4 June 2019"  # type: ignore[union-attr]


def test_the_command_answers_on_the_terminal_and_records_nothing(office: Path) -> None:
    before = (office / "inputs" / "memory" / "ledger.sqlite").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "reportpack", "register", "topic", "hate", "satisfaction", "--now", "2019-06-04T09:00"],
        cwd=office,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "M3/2018 Hate crime satisfaction: Carried forward" in done.stdout
    assert "Re-dated: From 28 February 2019 to 30 April 2019: call-backs began only in January" in done.stdout
    assert (office / "inputs" / "memory" / "ledger.sqlite").read_bytes() == before


def test_letters_that_went_are_listed_by_post_and_for_the_office_alone(office: Path, tmp_path: Path) -> None:
    place = tmp_path / "office"
    shutil.copytree(office, place)
    folders = Folders(place / "inputs", place / "build")
    _send_annex(folders, LetterState.SENT, "cc", "cc@force.example")
    _send_annex(folders, LetterState.UNCERTAIN, "dcc", "dcc@force.example")
    _send_annex(folders, LetterState.REFUSED, "acc", "acc@force.example")
    told = [one for one in made(place, "satisfaction").dossier.carried if one.document == "Letter with the meeting notes"]
    assert [(one.edition, one.made, one.note) for one in told] == [
        ("Force edition", date(2019, 6, 4), "v1, sent to CC"),
        ("Force edition", date(2019, 6, 4), "v1, perhaps sent to DCC"),
    ]
    assert not any("Letter" in one.document for one in made(place, "rural crime").dossier.carried)
    force = made(place, "satisfaction", Audience.FORCE).dossier.carried
    assert ("Meeting notes and actions", "Force edition") in {(one.document, one.edition) for one in force}
    assert not any("Letter" in one.document or "DCC" in one.note for one in force)


def _send_annex(folders: Folders, state: LetterState, post: str, email: str) -> None:
    """A letter about a row of the topic, and what came of it."""
    outcomes = {one.name: one for one in Outcome}
    outcome = outcomes["ACCEPTED" if state is LetterState.SENT else state.name]
    then = datetime(2019, 6, 4, 9, tzinfo=UTC)
    letter = Letter(
        LetterKind.ANNEX,
        "2019-05-28-assurance",
        "annex",
        1,
        Audience.FORCE,
        Addressee("Somebody", email, post, Audience.FORCE),
        "Notes",
        "With action 14/2018, and what follows from it.",
        "",
    )
    with open_ledger(folders.memory) as ledger:
        with recording(folders, then, ledger=ledger) as record:
            queue_letters(record, [letter], Mail(sender="policy@opcc.example"))
        ledger.record([Event(AttemptBegun(letter.meeting, letter.key, "mail"), then)])
        ledger.record([Event(AttemptEnded(letter.meeting, letter.key, outcome), then)])
