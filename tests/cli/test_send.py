"""What `send` says when it is done."""

from datetime import UTC, datetime

import pytest

from reportpack.cli.send import _report
from reportpack.model.outbox import DeliveryReport, LetterStanding, LetterState
from tests.send.test_message import letter


@pytest.mark.parametrize(("state", "said"), [(LetterState.WAITING, "A rehearsal"), (LetterState.DRAFTED, "no letter waits")])
def test_a_rehearsal_is_said_only_where_something_was_laid_out(
    capsys: pytest.CaptureFixture[str], state: LetterState, said: str
) -> None:
    standing = LetterStanding(letter(), state, "", 1, 0, datetime(2019, 5, 21, tzinfo=UTC))
    _report(DeliveryReport((standing,), folder="build/letters"), as_json=False)
    assert said in capsys.readouterr().err
