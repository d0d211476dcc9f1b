"""`make check`: style, types and the arrows between rooms, one command after another, then what no tool knows; the first that fails stops it."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "reportpack"
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
    for name, faults in OWN_CHECKS:
        print(f"check: {name}", flush=True)  # noqa: T201 - as above
        if found := list(faults()):
            print("\n".join(found))  # noqa: T201 - as above
            return 1
    return 0


IMPORTED_BY_OTHERS = {"tzdata": "zoneinfo, where the system has no time zones", "python-multipart": "starlette, to read a form"}


def imports_that_differ() -> Iterator[str]:
    """What is imported and not declared in pyproject.toml, and what is declared and never imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = {_plain(re.split(r"[\[<>=;]", line)[0]) for line in lines}
    makers = {name: {_plain(one) for one in found} for name, found in packages_distributions().items()}
    imported: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for module in _imported(ast.parse(path.read_text(encoding="utf-8"))):
            imported |= makers.get(module, set())
            if module in makers and module != PACKAGE.name and not makers[module] & declared:
                yield f"{path.relative_to(ROOT)}: imports {module}; pyproject.toml does not declare {' or '.join(makers[module])}"
    for name in sorted(declared - imported - set(IMPORTED_BY_OTHERS)):
        yield f"pyproject.toml: declares {name}; nothing in reportpack/ imports it"


CEILINGS = {
    ".": 870,
    "analyse": 3_660,
    "cli": 2_780,
    "compose": 6_280,
    "ledger": 2_870,
    "merge": 3_700,
    "model": 7_630,
    "read": 22_230,
    "render": 10_470,
    "run": 14_770,
    "send": 490,
    "settings": 920,
    "toml": 780,
    "web": 2_700,
}
"""Lines of each room of reportpack/, together with its folders; `.` is what stands in none. One is raised only by lowering another."""


def rooms_above_their_ceiling() -> Iterator[str]:
    """Each room that has more lines than it may have, and each that has no ceiling."""
    lines: dict[str, int] = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).parts
        room = parts[0] if len(parts) > 1 else "."
        lines[room] = lines.get(room, 0) + len(path.read_bytes().splitlines())
    for room, count in sorted(lines.items()):
        if count > CEILINGS.get(room, 0):
            yield f"reportpack/{room} has {count:,} lines, and may have {CEILINGS.get(room, 0):,}: take some away, here or in another room"


GUIDE_WORDS = 25_000
"""Words of docs/ together, as `wc -w` counts them: what two pages say is said once."""


def guides_too_long() -> Iterator[str]:
    """That the guides have more words than they may have."""
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in (ROOT / "docs").rglob("*.md"))
    if words > GUIDE_WORDS:
        yield f"docs/ has {words:,} words, and may have {GUIDE_WORDS:,}: say each thing once"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def _imported(tree: ast.AST) -> Iterator[str]:
    """The first part of each module's name that is imported, at any depth of the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module.partition(".")[0]


def audiences_compared_elsewhere() -> Iterator[str]:
    """Each place but model/edition.py that decides something by an audience."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from (f"{place}: an audience is compared; ask reportpack.model.edition" for place in compared_audiences(path))


OWN_CHECKS: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("audiences are compared in model/edition.py alone", audiences_compared_elsewhere),
    ("what is imported is declared, and the other way round", imports_that_differ),
    ("no room is larger than its ceiling", rooms_above_their_ceiling),
    ("the guides say each thing once", guides_too_long),
)


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
