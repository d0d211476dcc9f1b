"""Papers that the notes put off are handed on once the notes are issued, or asked about."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.run.minutes.annex_issue import BuiltAnnex, build_annex, issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders, office_folders
from reportpack.run.papers import look_at_papers
from tests.read.papers.made import paper

ROOT = Path(__file__).resolve().parents[2]
MAY, JULY = "2019-05-28-assurance", "2019-07-30-assurance"
NOTES = """# Monthly Assurance Meeting

Tuesday 28 May 2019, 10:00

Present: Rowan Ashdown, Duncan Harcastle

## 2.1.3 Recorded crime

{inside}

## 3 Any other business

{outside}
"""
ORDER = AnnexOrder(MAY, None, datetime(2019, 6, 3, 9, tzinfo=UTC), date(2019, 6, 3))


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance", "minutes"))
    (tmp_path / "inputs" / "minutes").mkdir()
    (tmp_path / "inputs" / "meetings" / f"{JULY}.toml").write_text("", "utf-8")
    (tmp_path / "inputs" / "papers" / MAY / "2.1.3 Recorded crime (force).pdf").write_bytes(paper())
    return office_folders(tmp_path / "inputs", tmp_path / "build", None)


def noted(
    office: Folders, inside: str = "The PCC heard the figures.", outside: str = "None.", *, issue: bool = True
) -> BuiltAnnex:
    (office.inputs / "minutes" / f"{MAY}.md").write_text(NOTES.format(inside=inside, outside=outside), "utf-8")
    return (issue_annex if issue else build_annex)(office, ORDER, lambda _: None)


def there(office: Folders) -> list[str]:
    return [one.paper.item for one in look_at_papers(office, JULY, ORDER.today).papers]


def asked(built: BuiltAnnex) -> list[str]:
    return [f"{one.found} {one.remedy}" for one in built.problems if one.kind == "paper-put-off"]


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("This item was deferred to the July meeting.", ""),
        ("Deferred to 30 July 2019.", ""),
        ("It was agreed to defer this item to July. The PCC thanked the CC.", ""),
        ("The paper was put back to the July meeting.", ""),
        ("", "Item 2.1.3 was deferred to the July meeting."),
        ("", "The Chair deferred item 2.1.3 to the July meeting."),
        ("", "Items 2.1.3 and 2.1.4 were deferred to July."),
        ("", "Paper D was deferred until the July meeting."),
    ],
)
def test_it_goes_on_to_the_meeting_that_the_notes_name(office: Folders, inside: str, outside: str) -> None:
    draft = noted(office, inside or "The PCC heard the figures.", outside or "None.", issue=False)
    assert there(office) == []
    assert "goes on to the meeting of 30 July 2019 once they are issued" in "".join(asked(draft))
    noted(office, inside or "The PCC heard the figures.", outside or "None.")
    assert there(office) == ["2.1.3"]
    assert "deferred_to = 2019-07-30" in (office.inputs / "meetings" / f"{MAY}.toml").read_text("utf-8")
    assert asked(noted(office, inside or "The PCC heard the figures.", outside or "None.")) == []


@pytest.mark.parametrize(
    "inside",
    [
        "This item was deferred to the September meeting.",  # which is not set
        "This item was deferred.",
        "The crime action was deferred to the July meeting.",  # which may be another
    ],
)
def test_what_is_not_certain_is_asked(office: Folders, inside: str) -> None:
    built = noted(office, inside)
    assert there(office) == []
    (words,) = asked(built)
    assert "still with this meeting" in words
    assert f"reportpack papers defer D {MAY} --to DATE" in words


@pytest.mark.parametrize(
    "inside",
    [
        "Item 2.1.3 could be deferred to July.",
        "The item was not deferred to July.",
        "The CC said that the operation was deferred to July.",
        "Item 2.1.4 was deferred to the July meeting.",
        "The PCC asked for it to be deferred to July.",
        "Action arising: Recorded crime to be brought back to the July meeting.",
    ],
)
def test_what_puts_off_nothing_of_it_is_left(office: Folders, inside: str) -> None:
    built = noted(office, inside)
    assert (there(office), asked(built)) == ([], [])


def test_a_meeting_that_is_set_later_takes_it_when_the_notes_are_issued_again(office: Folders) -> None:
    noted(office, "This item was deferred to the September meeting.")
    (office.inputs / "meetings" / "2019-09-24-assurance.toml").write_text("", "utf-8")
    noted(office, "This item was deferred to the September meeting.")
    assert [one.paper.item for one in look_at_papers(office, "2019-09-24", ORDER.today).papers] == ["2.1.3"]
