"""Whose words follow: nobody is given words that somebody else may have written."""

from dataclasses import replace

import pytest

from reportpack.model.office import Post, Side
from reportpack.read.words.agenda_headings import Voice, read_voice
from tests.read.registers import OFFICE

CHIEF_FINANCE = Post("cfo", "Chief Finance Officer", "CFO", Side.OFFICE)
LOCAL = Post("acc-local", "Assistant Chief Constable (Local)", "ACC (Local)", Side.FORCE)
MAYORS = replace(OFFICE, posts=(CHIEF_FINANCE, LOCAL))


def test_an_officers_note_is_not_the_chief_finance_officers() -> None:
    assert read_voice("Officer's note", MAYORS) == Voice("Officer", False)
    assert read_voice("Chief Finance Officer's note", MAYORS) == Voice("cfo", False)
    assert read_voice("Officer's note", OFFICE) == Voice("officer", False)


@pytest.mark.parametrize(
    "line", ["Force commentary (ACC (Local))", "Comment from the ACC (Local)", "Commentary (ACC (Local))", "ACC (Local)'s note"]
)
def test_a_post_whose_abbreviation_ends_in_brackets_is_known(line: str) -> None:
    assert read_voice(line, MAYORS) == Voice("acc-local", False)
