"""Sections under the numbers that version 1 had: what is added is 2.1.2A, what is gone is said."""

import pytest

from reportpack.merge.agenda import _kept_numbers
from reportpack.model.edition import Audience
from reportpack.model.judgement import LineKind, ToldLine
from reportpack.model.office import AgendaItem
from reportpack.model.release import ReleasedRole
from reportpack.run.office_files import Folders
from tests.run.test_full_pack import text, words
from tests.run.test_release import NOW, build, built, edition_of, folders, kept, ready, release, released
from tests.run.test_slip import LATER, lie, slip
from tests.run.test_told import draft

__all__ = ["built", "folders", "ready", "released"]


def lines(written: str) -> list[tuple[str, str]]:
    return [(number, title) for number, _, title in (one.partition(" ") for one in written.split(", "))]


@pytest.mark.parametrize(
    ("had", "now", "printed"),
    [
        ("1 A, 2 B, 3 C", "1 A, 2 B, 3 C", "1 2 3"),
        ("1 A, 2 B, 3 C", "1 A, 2 N, 3 B, 4 C", "1 1A 2 3"),
        ("1 A, 2 B, 3 C", "1 N, 2 O, 3 A, 4 B, 5 C", "0A 0B 1 2 3"),
        ("1 A, 2 B, 3 C", "1 A, 2 C", "1 3"),
        ("1 A, 2 B, 3 C", "1 A, 2 C, 3 N", "1 3 3A"),
        ("1 A, 2 B", "1 A, 2 B, 3 N", "1 2 3"),
        ("1 A, 2 B", "1 A, 2 B anew", "1 2"),
        ("1 A, 1A N, 2 B", "1 A, 2 N, 3 O, 4 B", "1 1A 1B 2"),
        ("1 A, 2 B, 2.1 C", "1 A, 2 N, 2.1 O, 3 B, 3.1 P, 3.2 C", "1 1A 1A.1 2 2.0A 2.1"),
        ("1 A, 2 A, 3 B", "1 A, 2 N, 3 A, 4 B", "1 1A 2 3"),
    ],
)
def test_a_line_keeps_its_number_and_a_new_one_takes_that_before_it_with_a_letter(had: str, now: str, printed: str) -> None:
    before = [ToldLine(LineKind.ITEM, number, title, "") for number, title in lines(had)]
    agenda = [AgendaItem(number, title) for number, title in lines(now)]
    assert " ".join(_kept_numbers(agenda, before).values()) == printed


def insert(folders: Folders) -> None:
    """The agenda with a line more before 2.1.3, without 2.1.4, numbered through anew."""
    path = folders.inputs / "office.toml"
    head, *lines = path.read_text("utf-8").split("[[series.agenda]]\n")
    place = next(at for at, one in enumerate(lines) if 'number = "2.1.3"' in one)
    gone = next(at for at, one in enumerate(lines) if 'number = "2.1.4"' in one)
    assert gone == place + 1
    lines[gone] = lines[place].replace('"2.1.3"', '"2.1.4"')
    lines[place] = 'number = "2.1.3"\ntitle = "Stalking orders"\naudience = "force"\n\n'
    path.write_text("[[series.agenda]]\n".join([head, *lines]), "utf-8")


def test_version_2_keeps_version_1_s_numbers_on_agenda_divider_and_slip(ready: Folders) -> None:
    draft(ready, NOW)
    insert(ready)
    lie(ready, "2.1.3 Orders paper (force).pdf", words("Orders"))
    build(ready, now=LATER)
    force = edition_of(release(ready, now=LATER), Audience.FORCE)
    page = slip(ready, force)
    assert "2.1.2A: Stalking orders" in page
    assert "No longer in it" in page
    assert [one for one in force.changed if one.startswith("Item ")] != []
    assert not [one for one in force.changed if one.startswith("Item 2.1.3")], "it is the same line under the same number"
    assert any(one.startswith("Item 2.1.4: ") and "no longer in it" in one for one in force.changed)
    source = kept(ready, force, ReleasedRole.PAGE_SOURCE).decode()
    assert "<td>2.1.2A</td>" in source
    listed = text(kept(ready, force, ReleasedRole.FULL))
    assert "Item 2.1.2A of the agenda Paper" in listed
