"""Inside a room imports point one way too, also those that stand inside a function: no module is imported by what it imports."""

import ast
from collections import defaultdict
from collections.abc import Container
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = sorted(path.name for path in (ROOT / "reportpack").iterdir() if (path / "__init__.py").is_file())


def arrows(room: str) -> dict[str, set[str]]:
    """By module of the room, the modules of the room that it imports."""
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in (ROOT / "reportpack" / room).rglob("*.py")}
    trees = {name.removesuffix(".__init__"): ast.parse(path.read_text("utf-8")) for name, path in files.items()}
    return {name: imported(tree, trees) & trees.keys() for name, tree in trees.items()}


def imported(tree: ast.Module, known: Container[str]) -> set[str]:
    """What it imports, a module that is known rather than the package that it stands in."""
    pairs = [(node.module or "", one.name) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names]
    return {deeper if (deeper := f"{module}.{name}") in known else module for module, name in pairs}


def ordered(graph: dict[str, set[str]]) -> None:
    """Fails with the circle where there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_of_a_room_is_imported_by_what_it_imports(room: str) -> None:
    graph = arrows(room)
    assert len(graph) > 1
    ordered({name: {one for one in found if one != name} for name, found in graph.items()})


def test_no_part_of_the_line_is_imported_by_what_it_imports() -> None:
    parts: dict[str, set[str]] = defaultdict(set)
    for name, found in arrows("run").items():
        parts[part_of(name)] |= {part_of(one) for one in found} - {part_of(name)}
    assert {"due", "letters", "meetings", "minutes", "register", "steps"} <= set(parts)
    ordered(parts)


def part_of(module: str) -> str:
    """The folder inside run that the module stands in, else the module."""
    return module.removeprefix("reportpack.run.").split(".")[0]
