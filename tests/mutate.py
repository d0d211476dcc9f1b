"""`make mutate`: one operator or number of the program changed at a time, at random, and the room's own tests run: what they do not notice is listed.

Outside the tests of every day, since each change costs a run of the room's tests. Some changes change nothing that can be seen; a person tells.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 600
"""Seconds for one run of a room's tests: a change that makes them hang is noticed."""
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REACHED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


@dataclass(frozen=True)
class Change:
    """One expression of one line that reads otherwise."""

    path: Path
    line: int
    start: int
    end: int
    before: str
    after: str

    @property
    def room(self) -> str:
        return self.path.relative_to(ROOT / "reportpack").parts[0]

    @property
    def shown(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.before}  ->  {self.after}"


def changes(path: Path) -> Iterator[Change]:
    """Every change that can be made to a module, in the order of its lines; what stands on several lines is left alone."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.expr) or node.end_lineno != node.lineno:
            continue
        for after in otherwise(node):
            line = lines[node.lineno - 1].encode()
            before, start = line[node.col_offset : node.end_col_offset].decode(), len(line[: node.col_offset].decode())
            yield Change(path, node.lineno, start, start + len(before), before, after)


def otherwise(node: ast.expr) -> Iterator[str]:
    """What an expression reads when its operator, its sign or its number is another."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARED:
            yield ast.unparse(ast.Compare(left, [COMPARED[type(op)]()], [right]))
        case ast.BoolOp(op=op, values=values):
            turned = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"({ast.unparse(ast.BoolOp(turned, values))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"bool({ast.unparse(operand)})"
        case ast.BinOp(left=left, op=op, right=right) if type(op) in REACHED and not _words(left, right):
            yield f"({ast.unparse(ast.BinOp(left, REACHED[type(op)](), right))})"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield f"({ast.unparse(ast.IfExp(test, orelse, body))})"
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() as value):
            yield str(value + 1)


def _words(*sides: ast.expr) -> bool:
    """Whether a sum joins words or lists, where nothing else could be done."""
    texts = (ast.JoinedStr, ast.List, ast.Tuple)
    return any(isinstance(one, texts) or (isinstance(one, ast.Constant) and isinstance(one.value, str)) for one in sides)


def drawn(count: int, seed: int, rooms: set[str]) -> list[Change]:
    """So many changes, each of another line."""
    every = [one for path in sorted((ROOT / "reportpack").rglob("*.py")) for one in changes(path)]
    tested = {one.room for one in every if (ROOT / "tests" / one.room).is_dir()}
    wanted = [one for one in every if one.room in (rooms or tested) & tested]
    random.Random(seed).shuffle(wanted)  # noqa: S311 - a draw that can be repeated, no secret
    lines = {(one.path, one.line): one for one in wanted}
    return list(lines.values())[:count]


def noticed(change: Change, copy: Path) -> bool:
    """Whether the room's own tests fail, or never end, once the change is made."""
    path = copy / change.path.relative_to(ROOT)
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    line = lines[change.line - 1]
    lines[change.line - 1] = line[: change.start] + change.after + line[change.end :]
    path.write_text("".join(lines), encoding="utf-8")
    try:
        return is_red(change.room, copy)
    finally:
        path.write_text(text, encoding="utf-8")


def is_red(room: str, copy: Path) -> bool:
    """Whether the room's own tests fail, or never end."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/{room}"]
    try:
        run = subprocess.run(
            command, cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, capture_output=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return run.returncode != 0


def main() -> int:
    """Print what was noticed of each room, and what was not; 1 when it is less than eight in ten, 2 when a room's tests fail as they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutate", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100, help="how many changes")
    parser.add_argument("--seed", type=int, default=1, help="another draw")
    parser.add_argument("--room", action="append", default=[], help="only of this room (again for each)")
    asked = parser.parse_args()
    made, missed = Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "reportpack"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "build", "__pycache__", "memory", "outbox", ".*_cache")
        )
        (Path(folder) / "shared").symlink_to(ROOT.parent / "shared")
        every = drawn(asked.count, asked.seed, set(asked.room))
        if red := [room for room in sorted({one.room for one in every}) if is_red(room, copy)]:
            print(f"nothing is changed yet, and these fail: {', '.join(red)}")  # noqa: T201 - as below
            return 2
        for change in every:
            made[change.room] += 1
            if not noticed(change, copy):
                missed.append(change)
                print("not noticed:", change.shown, flush=True)  # noqa: T201 - a command that prints what it finds
    lost = Counter(one.room for one in missed)
    for room, count in sorted(made.items()):
        print(f"{room:10} {count - lost[room]} of {count}")  # noqa: T201 - as above
    caught = made.total() - len(missed)
    print(f"noticed {caught} of {made.total()} (seed {asked.seed})")  # noqa: T201 - as above
    return 0 if caught >= 0.8 * made.total() else 1


if __name__ == "__main__":
    sys.exit(main())
