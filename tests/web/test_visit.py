"""What the desk says of a refusal: the sentence, without the command or the option that a terminal would need."""

import pytest

from reportpack.errors import Remedy
from reportpack.web.visit import plain_remedy


@pytest.mark.parametrize(
    ("remedy", "said"),
    [
        (Remedy("Put them there, or begin them with:", "minutes new", "2019-04-30"), "Put them there, or begin them."),
        (Remedy("Build it first:", "pack"), "Build it first."),
        (Remedy("See:", "send status"), ""),
        ("Give the reason (--why): it is kept.", "Give the reason: it is kept."),
        ("Say that it is not known (--not-known) or left (--leave).", "Say that it is not known or left."),
        ("Type it as 2019-06-25.", "Type it as 2019-06-25."),
    ],
)
def test_a_remedy_ends_as_a_sentence_without_its_command(remedy: str, said: str) -> None:
    assert plain_remedy(remedy) == said
