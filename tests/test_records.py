"""A record is what the standard frozen dataclass with slots would be, in everything that the program relies on."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.records import Changing, Record


class Ours(Record, order=True):
    """A record."""

    number: int
    words: str = "none"
    noted: list[int] = field(default_factory=list, compare=False)


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Theirs:
    """The same by the standard library."""

    number: int
    words: str = "none"
    noted: list[int] = field(default_factory=list, compare=False)


class Plain(Record):
    """A record that says itself how it prints."""

    number: int

    def __repr__(self) -> str:
        return "plain"

    @property
    def double(self) -> int:
        """Twice the number."""
        return 2 * self.number


class Longer(Ours):
    """A record with all of another's fields and one of its own."""

    place: str = "here"
    kind: ClassVar[str] = "longer"


class Moving(Changing):
    """What is no record: it changes, and `__post_init__` sets a field."""

    number: int
    twice: int = field(init=False)
    noted: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.twice = 2 * self.number


def test_a_record_can_be_the_base_of_another() -> None:
    one = Longer(1, "two", place="there")
    assert (one.number, one.words, one.place, one.noted) == (1, "two", "there", [])
    assert [each.name for each in fields(Longer)] == ["number", "words", "noted", "place"]
    assert replace(one, number=2) == Longer(2, "two", [], "there") != one
    assert not hasattr(one, "__dict__")
    assert one.kind == Longer.kind == "longer"


def test_what_is_no_record_changes() -> None:
    one = Moving(2)
    one.number = 3
    assert (one.number, one.twice, one.noted) == (3, 4, [])
    assert one != Moving(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


@given(st.integers(0, 3), st.text(max_size=2), st.integers(0, 3), st.text(max_size=2))
def test_records_are_equal_sorted_and_hashed_as_the_standard_ones(a: int, one: str, b: int, other: str) -> None:
    ours, theirs = (Ours(a, one), Ours(b, other, [1])), (Theirs(a, one), Theirs(b, other, [1]))
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert (ours[0] < ours[1], ours[0] >= ours[1]) == (theirs[0] < theirs[1], theirs[0] >= theirs[1])
    assert hash(ours[0]) == hash(theirs[0])
    assert repr(ours[0]) == repr(theirs[0]).replace("Theirs", "Ours")


def test_a_record_is_a_dataclass_with_slots() -> None:
    assert [one.name for one in fields(Ours)] == list(Ours.__slots__) == ["number", "words", "noted"]
    assert replace(Ours(1), words="two") == Ours(1, "two")
    assert Ours(1).noted is not Ours(1).noted
    match Ours(1, "two"):
        case Ours(number, words):
            assert (number, words) == (1, "two")


def test_a_record_never_changes() -> None:
    one: Any = Ours(1)
    with pytest.raises(FrozenInstanceError):
        one.number = 2
    with pytest.raises(FrozenInstanceError):
        one.other = 2
    with pytest.raises(FrozenInstanceError):
        del one.number


def test_a_record_can_be_copied_and_sent_to_another_process() -> None:
    assert copy.copy(Ours(1, "two")) == pickle.loads(pickle.dumps(Ours(1, "two"))) == copy.deepcopy(Ours(1, "two"))  # noqa: S301


def test_what_a_record_says_of_itself_stands() -> None:
    assert (repr(Plain(2)), Plain(2).double, Plain(2) == Plain(2)) == ("plain", 4, True)


def test_a_missing_or_unknown_field_is_named() -> None:
    with pytest.raises(TypeError, match=r"Ours.__init__\(\) missing 1 required positional argument: 'number'"):
        Ours()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        Ours(1, colour=2)  # type: ignore[call-arg]
