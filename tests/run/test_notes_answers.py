"""What the notes leave open is answered by number, and an answered query does not come back while its words stay the same."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.ledger import open_ledger
from reportpack.model.answer import AskedQuery, Verdict
from reportpack.model.register_row import RegisterRow
from reportpack.run.minutes.annex_issue import agree_annex, build_annex, issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.settling import GivenAnswer, Queries, answer_queries, list_queries
from reportpack.run.office_files import Folders, Progress
from reportpack.run.register.rows import standing_register

ROOT = Path(__file__).parents[2]
MEETING = "2019-05-28-assurance"
BY = "Ellis Wainfleet"


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return tmp_path


@pytest.fixture(scope="module")
def once_issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issued") / "office"
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    issue_annex(*ordered(folder))
    return folder


@pytest.fixture
def issued(once_issued: Path, tmp_path: Path) -> Path:
    shutil.copytree(once_issued, tmp_path / "office")
    return tmp_path / "office"


def ordered(office: Path, day: int = 3) -> tuple[Folders, AnnexOrder, Progress]:
    order = AnnexOrder(MEETING, None, datetime(2019, 6, day, 9, tzinfo=UTC), date(2019, 6, day))
    return Folders(office / "inputs", office / "build"), order, quiet


def asked(office: Path, kind: str, words: str = "") -> AskedQuery:
    """The first query of that kind about those words."""
    found = list_queries(*ordered(office)).asked
    return next(one for one in found if one.query.kind == kind and words in one.query.found)


def answer(
    office: Path, number: str, words: str = "", verdict: Verdict = Verdict.ANSWERED, why: str = "", by: str = BY
) -> Queries:
    folders, order, _ = ordered(office, 5)
    return answer_queries(folders, order, [number], GivenAnswer(verdict, by, words, why), quiet)


def rewrite(office: Path, old: str, new: str) -> None:
    notes = office / "inputs" / "minutes" / f"{MEETING}.md"
    text = notes.read_text(encoding="utf-8")
    assert old in text
    notes.write_text(text.replace(old, new, 1), encoding="utf-8")


def events(office: Path) -> int:
    with open_ledger(office / "inputs" / "memory", register_number=None) as ledger:
        return ledger.size()


def row(office: Path, ref: str) -> RegisterRow:
    found, _ = standing_register(Folders(office / "inputs", office / "build"), 2019)
    return next(one for one in found if one.ref == ref)


def source(office: Path, name: str = "annex") -> str:
    return (
        (office / "build" / MEETING / f"{name}.page-source.html")
        .read_text(encoding="utf-8")
        .replace("\xa0", " ")
        .replace('<span class="verbatim">', "")
        .replace("</span></q>", "</q>")
    )


def test_an_answer_is_kept_when_lines_move_and_asked_again_when_its_words_change(office: Path) -> None:
    answer(office, asked(office, "post-unknown").name, "The PCC")
    rewrite(office, "## 1. OUTSTANDING MATTERS", "Some words more.\n\n## 1. OUTSTANDING MATTERS")
    moved = asked(office, "post-unknown")
    assert moved.answer is not None
    assert (moved.answer.given.words, moved.answer.by) == ("The PCC", BY)
    rewrite(office, "The PC asked whether follow-up", "The PC asked whether call-backs")
    assert asked(office, "post-unknown").answer is None


def test_an_answer_does_not_shift_the_numbers_of_the_others(office: Path) -> None:
    before = [one.key for one in list_queries(*ordered(office)).asked]
    answer(office, "1.1", "It was not reached.")
    assert [one.key for one in list_queries(*ordered(office)).asked] == before


def test_the_same_answer_twice_records_nothing_and_another_takes_its_place(office: Path) -> None:
    answer(office, "1.1", "It was not reached.")
    count = events(office)
    assert answer(office, "1.1", "It was not reached.").changed == ()
    assert events(office) == count
    answer(office, "1.1", "It was discussed at 2.1.2.")
    said = list_queries(*ordered(office)).asked[0].answer
    assert said is not None
    assert said.given.words == "It was discussed at 2.1.2."


def test_an_answer_needs_a_name_and_not_known_and_leave_need_a_reason(office: Path) -> None:
    for verdict, words, why, by in (
        (Verdict.ANSWERED, "Yes", "", ""),
        (Verdict.ANSWERED, "", "", BY),
        (Verdict.NOT_KNOWN, "", "", BY),
        (Verdict.LEFT, "", "", BY),
    ):
        with pytest.raises(InputError):
            answer(office, "1.1", words, verdict, why, by)
    with pytest.raises(InputError, match="There is no query 999"):
        answer(office, "999", "Yes")
    assert all(one.answer is None for one in list_queries(*ordered(office)).asked)


def test_what_stops_agreement_stops_it_until_it_is_answered(issued: Path) -> None:
    with pytest.raises(RefusedError, match="2 of the queries must be answered"):
        agree_annex(*ordered(issued, 25))
    answer(issued, asked(issued, "post-unknown").name, verdict=Verdict.LEFT, why="Nobody remembers who it was.")
    with pytest.raises(RefusedError, match="One of the queries must be answered"):
        agree_annex(*ordered(issued, 25))
    answer(issued, asked(issued, "matter-not-discussed").name, verdict=Verdict.NOT_KNOWN, why="The recording is gone.")
    assert agree_annex(*ordered(issued, 25)).version == "v1 agreed"
    with pytest.raises(RefusedError, match="were agreed on 25 June 2019"):
        answer(issued, "2", "Too late")


def test_an_answer_is_printed_where_it_belongs_and_the_notes_stay_as_they_were(issued: Path) -> None:
    answer(issued, asked(issued, "post-unknown").name, "The PCC")
    answer(issued, asked(issued, "matter-not-discussed").name, "It was not reached")
    said = source(issued)
    assert "The PC asked whether follow-up" in said
    assert "Answered by Ellis Wainfleet on 5 June 2019" in said
    assert said.index("It was not reached") < said.index('id="notes"')
    assert "The PCC" in source(issued, "queries").partition("<h2>Answered</h2>")[2]


def test_what_is_left_as_it_is_is_not_printed_and_not_known_is(issued: Path) -> None:
    answer(issued, asked(issued, "action-without-owner", "pathway").name, verdict=Verdict.NOT_KNOWN, why="Nobody was named.")
    answer(issued, asked(issued, "post-unknown").name, verdict=Verdict.LEFT, why="As it was said.")
    said = source(issued)
    assert "Owner? Not known, said by Ellis Wainfleet on 5 June 2019" in said
    assert "As it was said" not in said


def test_a_day_known_afterwards_goes_into_the_register_and_keeps_the_reference(issued: Path) -> None:
    query = asked(issued, "action-without-date", "CC to send the PCC")
    found = answer(issued, query.name, "14 June 2019")
    assert [(one.ref, one.changes[0].after) for one in found.rows] == [("13/2019", "14 June 2019")]
    assert row(issued, "13/2019").text("Due") == "14 June 2019"
    assert "Not stated" in source(issued)


def test_a_day_that_a_person_put_into_the_register_is_not_changed_by_an_answer(issued: Path) -> None:
    answer(issued, asked(issued, "action-without-date", "CC to send the PCC").name, "14 June 2019")
    found = answer(issued, asked(issued, "action-without-date", "CC to send the PCC").name, "28 June 2019")
    assert found.rows == ()
    assert row(issued, "13/2019").text("Due") == "14 June 2019"


def test_an_answer_that_names_no_day_is_kept_as_words_alone(issued: Path) -> None:
    found = answer(issued, asked(issued, "action-without-date", "CC to send the PCC").name, "It has none")
    assert found.rows == ()
    assert "It has none" in source(issued)


def test_answers_before_the_issue_fill_the_rows_that_it_makes(office: Path) -> None:
    answer(office, asked(office, "action-without-date", "CC to send the PCC").name, "14 June 2019")
    answer(office, asked(office, "matter-without-outcome", "Hate crime").name, "Closed")
    issue_annex(*ordered(office, 6))
    assert row(office, "13/2019").text("Due") == "14 June 2019"
    closed = row(office, "M3/2018")
    assert (closed.text("State"), closed.text("Outcome")) == ("discharged", "28 May 2019: Closed, discussed at 2.1.2.")


def test_an_outcome_known_afterwards_takes_the_place_of_none_recorded(issued: Path) -> None:
    answer(issued, asked(issued, "matter-without-outcome", '"Satisfaction"').name, "Carried to the November meeting")
    assert row(issued, "M2/2018").text("Outcome") == "28 May 2019: Carried to the November meeting, discussed at 2.1.2."
    assert row(issued, "M2/2018").text("State") == "carried forward"


def test_an_issued_annex_is_made_again_with_the_answer_and_then_given_as_it_is(issued: Path) -> None:
    answer(issued, asked(issued, "post-unknown").name, "The PCC")
    before = {path: path.read_bytes() for path in (issued / "build").rglob("*") if path.is_file()}
    count = events(issued)
    assert build_annex(*ordered(issued, 20)).again
    assert issue_annex(*ordered(issued, 21)).again
    assert {path: path.read_bytes() for path in (issued / "build").rglob("*") if path.is_file()} == before
    assert events(issued) == count


def test_a_slip_is_answered_as_suggested_and_printed_as_what_is_meant(office: Path) -> None:
    rewrite(office, "had still been answered in time.", "had a god level of answers.")
    slip = asked(office, "slip", "god level")
    answer(office, slip.name, "as suggested")
    build_annex(*ordered(office))
    said = source(office)
    assert "had a god level of answers" in said
    assert "On <q>god level</q>: <q>good level</q> Answered by Ellis Wainfleet on 5 June 2019" in said


def test_a_post_that_was_meant_is_answered_as_suggested_and_nothing_is_where_nothing_is_suggested(office: Path) -> None:
    answer(office, asked(office, "post-unknown").name, "as suggested")
    build_annex(*ordered(office))
    assert "On <q>PC</q>: <q>PCC</q> Answered by" in source(office)
    with pytest.raises(InputError, match="suggests no words"):
        answer(office, asked(office, "matter-not-discussed").name, "as suggested")


def test_the_force_edition_has_the_answers_and_the_queries_stay_with_the_office(issued: Path) -> None:
    answer(issued, asked(issued, "post-unknown").name, "The PCC")
    force = source(issued, "annex.force")
    assert "Answered by Ellis Wainfleet on 5 June 2019" in force
    assert "speaks here and nowhere else" not in force


def test_what_was_left_as_it_is_is_not_asked_again_at_the_next_meeting(office: Path) -> None:
    may = office / "inputs" / "minutes" / f"{MEETING}.md"
    said = "\n\nAction: ZZ to count the lamps by 30 July 2019.\n\n"
    rewrite(office, "There is\na target for the year", f"There\nis more.{said}There is\na target for the year")
    folders, order, _ = ordered(office)
    (folders.inputs / "meetings" / "2019-06-25-assurance.toml").write_text("", "utf-8")
    june = may.read_text("utf-8").replace("24 June 2019", "29 July 2019").replace("28 May 2019", "25 June 2019")
    june = june.replace("ZZ to count the lamps", "ZZ to read the meters")
    (folders.inputs / "minutes" / "2019-06-25-assurance.md").write_text(june, "utf-8")
    later = AnnexOrder("2019-06-25-assurance", None, order.now, date(2019, 7, 1))
    before = [one for one in list_queries(folders, later, quiet).asked if one.is_open]
    every = list(dict.fromkeys(str(one.number) for one in list_queries(folders, order, quiet).asked if one.is_open))
    answer_queries(folders, order, every, GivenAnswer(Verdict.LEFT, BY, "", "It may stand."), quiet)
    after = [one for one in list_queries(folders, later, quiet).asked if one.is_open]
    assert "owner-unknown" in {one.query.kind for one in before}
    assert {one.query.kind for one in after} == {"matter-not-discussed", "matter-without-outcome"}
    answered = next(one for one in list_queries(folders, later, quiet).asked if one.query.kind == "owner-unknown").answer
    assert answered is not None
    assert answered.given.meeting == MEETING
