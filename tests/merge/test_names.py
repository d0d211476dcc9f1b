"""What the room gives by name is there, and comes from where the types say."""

import ast
import importlib
from pathlib import Path

import reportpack.merge as room


def test_every_name_is_given_and_none_is_that_of_a_file() -> None:
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
    assert not {path.stem for path in Path(room.__file__).parent.glob("*.py")} & set(room.__all__)
