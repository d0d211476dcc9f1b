"""References of an annex stay with the words and the item that they were given to."""

from reportpack.merge.noted import given_by_key, turns_of
from reportpack.model.event import GivenReference
from reportpack.model.minutes import ActionKind, NotedAction, NotedState


def action(words: str, item: str, kind: ActionKind = ActionKind.DO) -> NotedAction:
    return NotedAction(words, NotedState.NEW, kind, "1", 0.9, item=item)


def test_the_same_words_in_another_item_are_another_action_and_in_the_same_item_the_same() -> None:
    noted = [action("Send it.", "2"), action("send  it", "2"), action("Send it.", "3"), action("Write.", "3")]
    assert turns_of(noted) == (0, 0, 1, 0)


def test_what_comes_back_is_told_apart_from_what_is_to_be_done_in_the_same_words() -> None:
    assert turns_of([action("Send it.", "2"), action("Send it.", "3", ActionKind.BRING_BACK)]) == (0, 0)


def test_references_of_the_same_words_stand_in_the_order_in_which_they_were_numbered() -> None:
    given = [GivenReference("Actions", ref, "Send it.") for ref in ("10/2019", "9/2019", "1/2020")]
    given.append(GivenReference("Commitments", "C1/2019", "Send it."))
    found = {key: one.ref for key, one in given_by_key(given).items()}
    assert [found["Actions", "send it", turn] for turn in range(3)] == ["9/2019", "10/2019", "1/2020"]
    assert found["Commitments", "send it", 0] == "C1/2019"
