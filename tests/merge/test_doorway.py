"""What the room gives by name is there, comes from where the types say, and is what it says whatever was imported before."""

import ast
import importlib
from pathlib import Path
from types import ModuleType

import reportpack.merge as room


def test_nothing_that_the_room_gives_has_the_name_of_one_of_its_files() -> None:
    assert [name for name in room.__all__ if isinstance(getattr(room, name), ModuleType)] == []
    assert not {path.stem for path in Path(room.__file__).parent.glob("*.py")} & set(room.__all__)


def test_every_name_is_given_from_where_it_is_declared() -> None:
    source = ast.parse(Path(room.__file__).read_text(encoding="utf-8"))
    typed = {
        name.asname or name.name: (one.module, name.name)
        for one in ast.walk(source)
        if isinstance(one, ast.ImportFrom) and one.module is not None and one.module.startswith("reportpack.merge.")
        for name in one.names
    }
    assert set(typed) == set(room.__all__)
    for given, (module, own) in typed.items():
        assert getattr(room, given) is getattr(importlib.import_module(module), own), given
