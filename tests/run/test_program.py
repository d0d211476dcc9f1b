"""The program's templates are compiled once and kept; what is kept is never used for another source, and never for an office's own."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from reportpack import bytecode
from reportpack.bytecode import Compiled
from reportpack.render import sandbox
from reportpack.render.sandbox import TemplateEnvironment
from reportpack.render.templates import TemplateFile, Templates

HELLO = TemplateFile("letters/hello.html", "Hello {{ pack }}", "program/letters/hello.html", own=False)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sandbox, "_KEPT", Compiled("/sandbox.py"))
    return tmp_path


def said(file: TemplateFile) -> str:
    return TemplateEnvironment(Templates((file,)), str, {}, kept=True).get_template(file.name).render(pack="you")


def end_the_run() -> None:
    sandbox._KEPT._keep()
    sandbox._KEPT = Compiled("/sandbox.py")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(HELLO) == "Hello you"
    end_the_run()
    monkeypatch.setattr(TemplateEnvironment, "_parse", None)
    assert said(HELLO) == "Hello you"


@pytest.mark.parametrize(
    "other", [replace(HELLO, text="Goodbye {{ pack }}"), replace(HELLO, text="Goodbye {{ pack }}", shown="moved")]
)
def test_what_was_kept_of_another_source_is_not_used(other: TemplateFile) -> None:
    assert said(HELLO) == "Hello you"
    assert said(other) == "Goodbye you"
    end_the_run()
    assert said(HELLO) == "Hello you"
    assert said(other) == "Goodbye you"


@pytest.mark.parametrize("damage", [slice(0, 0), slice(0, 40), slice(0, -7), slice(5, None)])
def test_what_was_kept_and_is_damaged_is_made_again(kept: Path, damage: slice) -> None:
    said(HELLO)
    end_the_run()
    (path,) = files(kept)
    whole = path.read_bytes()
    path.write_bytes(whole[damage])
    assert said(HELLO) == "Hello you"
    end_the_run()
    assert path.read_bytes() == whole


def test_of_more_than_is_worth_keeping_only_what_this_run_asked_for_stays(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(HELLO)
    end_the_run()
    (path,) = files(kept)
    before = path.stat().st_size
    monkeypatch.setattr(bytecode, "_LARGEST", before)
    said(replace(HELLO, text="Goodbye {{ pack }}"))
    end_the_run()
    assert path.stat().st_size < before * 1.2
    monkeypatch.setattr(TemplateEnvironment, "_parse", None)
    assert said(replace(HELLO, text="Goodbye {{ pack }}")) == "Goodbye you"


def test_an_offices_own_template_is_never_kept(kept: Path) -> None:
    assert said(replace(HELLO, own=True)) == "Hello you"
    assert sandbox._KEPT._known is None
    assert files(kept) == []


def test_where_python_keeps_nothing_nothing_is_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said(HELLO) == "Hello you"
    end_the_run()
    assert files(kept) == []


def test_a_folder_that_cannot_be_written_stops_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kept / "file").write_text("")
    monkeypatch.setattr(sys, "pycache_prefix", str(kept / "file"))
    end_the_run()
    assert said(HELLO) == "Hello you"
    end_the_run()
