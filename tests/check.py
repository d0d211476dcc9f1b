"""`make check`: style, types and the arrows between rooms, one command after another; the first that fails stops it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

BIN = Path(sys.executable).parent
PACKAGE = Path(__file__).resolve().parents[1] / "reportpack"
CHECKS = (
    ("style", ["ruff", "check", "reportpack", "tests", "bench"]),
    ("format", ["ruff", "format", "--check", "reportpack", "tests", "bench"]),
    ("types", ["mypy"]),
    ("arrows between rooms", ["lint-imports"]),
)


def main() -> int:
    """Run each check; 0 when all pass."""
    for name, (program, *arguments) in CHECKS:
        print(f"check: {name}", flush=True)  # noqa: T201 - a command that prints what it does
        if code := subprocess.run([BIN / program, *arguments], check=False).returncode:
            return code
    print("check: audiences are compared in model/edition.py alone", flush=True)  # noqa: T201 - as above
    found = [place for path in sorted(PACKAGE.rglob("*.py")) for place in compared_audiences(path)]
    for place in found:
        print(f"{place}: an audience is compared; ask reportpack.model.edition")  # noqa: T201 - as above
    return 1 if found else 0


def compared_audiences(path: Path) -> Iterator[str]:
    """Where a module other than model/edition.py decides something by which audience it is: compares, matches or looks up one by name."""
    if path.parts[-2:] == ("model", "edition.py"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _names_of_audience(tree)
    for node in ast.walk(tree):
        sides: list[ast.expr | None] = []
        if isinstance(node, ast.Compare):
            sides = [side for one in (node.left, *node.comparators) for side in _parts(one)]
        elif isinstance(node, ast.Dict):
            sides = [*node.keys]
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        if any(_is_member(side, names) for side in sides):
            yield f"{path}:{getattr(node, 'lineno', 0)}"


def _names_of_audience(tree: ast.AST) -> set[str]:
    """What the module calls the class, whatever it was imported as."""
    imported = (one for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names)
    return {one.asname or one.name for one in imported if one.name == "Audience"}


def _parts(side: ast.expr) -> list[ast.expr]:
    return [*side.elts] if isinstance(side, ast.Tuple | ast.Set | ast.List) else [side]


def _is_member(side: ast.expr | None, names: set[str]) -> bool:
    """`Audience.FORCE`, also as `Audience.FORCE.value` or `Audience("force")`."""
    if isinstance(side, ast.Call):
        side = side.func
        return isinstance(side, ast.Name) and side.id in names
    while isinstance(side, ast.Attribute):
        side = side.value
    return isinstance(side, ast.Name) and side.id in names


if __name__ == "__main__":
    sys.exit(main())
