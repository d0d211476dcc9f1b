"""A remedy is words and a command that exists, with the options that it has; each door can render it in its own way."""

import ast
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from reportpack.cli.main import app
from reportpack.errors import Command, Remedy
from reportpack.model.problem import Problem, Source
from reportpack.run.answers import as_json

PACKAGE = Path(__file__).resolve().parents[1] / "reportpack"


def commands_named() -> list[tuple[str, set[str]]]:
    """Each verb that a remedy in the program names, with its options."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Remedy":
                verb = node.args[1]
                assert isinstance(verb, ast.Constant)
                found.append((str(verb.value), {one.arg for one in node.keywords if one.arg} - {"then"}))
    return found


def test_every_command_that_a_remedy_names_exists_with_its_options() -> None:
    named = commands_named()
    assert len(named) > 30
    for verb, options in named:
        command = typer.main.get_command(app)
        for word in verb.split():
            assert isinstance(command, TyperGroup), verb
            command = command.commands[word]
        if isinstance(command, TyperGroup) and options:
            command = command.commands[command.default]  # type: ignore[attr-defined]  # the verb that may be left out
        assert {f"--{one}" for one in options} <= {name for one in command.params for name in one.opts}, verb


@pytest.mark.parametrize(
    ("remedy", "text"),
    [
        (Remedy("See:", "register show", "12/2019"), "See: reportpack register show 12/2019"),
        (Remedy("Add:", "send", drafts="", by="A B", then="."), "Add: reportpack send --drafts --by 'A B'."),
    ],
)
def test_as_text_it_is_the_words_with_the_command_as_it_is_typed(remedy: Remedy, text: str) -> None:
    assert remedy == text


def test_a_problem_gives_its_command_to_other_programs() -> None:
    remedy = Remedy("First:", "annex issue", "2019-05-28", edition="force")
    assert remedy.action == Command("annex issue", ("2019-05-28",), (("edition", "force"),))
    told = as_json(Problem("a", Source("b"), "It is not issued.", remedy))
    assert told["action"] == {"verb": "annex issue", "about": ["2019-05-28"], "options": {"edition": "force"}}
    assert as_json(Problem("a", Source("b"), "It is late.", "Wait."))["action"] is None
