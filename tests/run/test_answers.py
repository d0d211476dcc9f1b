"""Each JSON form names a record that there is, and fields that it has."""

import importlib

import pytest

from reportpack.run.answers import _MADE, FORMS, keys_of


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_of_a_record_and_shows_its_fields(name: str) -> None:
    module, _, called = name.rpartition(".")
    record = getattr(importlib.import_module(f"reportpack.{module}"), called)
    made = _MADE[name].__code__.co_consts if name in _MADE else ()
    for key, (field, *_), _ in keys_of(FORMS[name]):
        assert hasattr(record, field) or key in str(made), f"{name} has no {field}"


def test_what_is_made_is_of_a_form() -> None:
    assert set(_MADE) <= set(FORMS)
