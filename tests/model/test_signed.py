"""A sign before or behind an answer is the state that it stands for, and no words."""

import pytest

from reportpack.model.action import ActionState
from reportpack.model.state_words import signed

DONE, OPEN = ActionState.PROPOSED, ActionState.OPEN


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("\u2705 Shared on 31 May", "Shared on 31 May", DONE),
        ("Shared on 31 May \u2705", "Shared on 31 May", DONE),
        ("Shared \u2714\ufe0f.", "Shared", DONE),
        ("8/2019: \u2611 Shared in May.", "8/2019: Shared in May.", DONE),
        ("\u274c Not yet", "Not yet", OPEN),
        ("\u2610 Yes", "Yes", OPEN),
        ("\u2705", "", DONE),
        ("\U0001f44d Fine", "\U0001f44d Fine", None),
        ("\u26d4 Blocked", "\u26d4 Blocked", None),
        ("\u2612 Yes \u2610 No", "\u2612 Yes \u2610 No", None),
        ("So \u2705 it is", "So \u2705 it is", None),
        ("", "", None),
    ],
)
def test_a_sign_before_or_behind_an_answer(text: str, words: str, state: ActionState | None) -> None:
    assert signed(text) == (words, state)
