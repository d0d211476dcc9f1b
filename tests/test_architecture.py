"""docs/architecture.md: its picture of the rooms is drawn from the arrows that import-linter holds and from what each room says of itself."""

import ast
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "pictures" / "architecture.svg"
WIDTH, GAP, LINE = 1000, 10, 15


def layers() -> list[list[str]]:
    """The rooms as pyproject.toml orders them, the doors first: what stands in a row imports only what stands below it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    rows = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [[name.strip().removeprefix("reportpack.") for name in row.split("|")] for row in rows]


def promise(room: str) -> str:
    """The first sentence of what a room says of itself."""
    path = ROOT / "reportpack" / room.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    words = " ".join((ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split())
    return words.partition(". ")[0].removesuffix(".")


def drawn() -> str:
    """The picture: a row of boxes for each layer, and beside them which way imports point."""
    boxes: list[str] = []
    top = GAP
    for row in layers():
        width = (WIDTH - 60 - GAP * (len(row) - 1)) / len(row)
        words = [textwrap.wrap(promise(room), max(int(width / 6.4), 8)) for room in row]
        height = 26 + LINE * max(map(len, words))
        for place, (room, lines) in enumerate(zip(row, words, strict=True)):
            boxes += box(room, lines, (GAP + place * (width + GAP), top, width, height))
        top += height + GAP
    arrow = f'<path d="M{WIDTH - 25} {GAP} V{top - 18} m-6 -10 l6 10 l6 -10" fill="none" stroke="#0c4048"/>'
    turned = f'<text transform="translate({WIDTH - 8} {GAP + 20}) rotate(90)">imports point down</text>'
    said = "; ".join(", ".join(row) for row in layers())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" font-family="sans-serif" font-size="12" fill="#16202a">\n'
        f"<title>The rooms of reportpack, each row importing only from those below it: {escape(said)}.</title>\n"
        f'<rect width="{WIDTH}" height="{top}" fill="#ffffff"/>\n' + "\n".join([*boxes, arrow, turned]) + "\n</svg>\n"
    )


def box(room: str, lines: list[str], place: tuple[float, float, float, float]) -> Iterator[str]:
    left, top, width, height = place
    yield f'<rect x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}" fill="#e8eff0" stroke="#0c4048"/>'
    yield f'<text x="{left + 7:.0f}" y="{top + 17:.0f}" font-weight="bold">{escape(room)}</text>'
    for number, line in enumerate(lines):
        yield f'<text x="{left + 7:.0f}" y="{top + 18 + LINE * (number + 1):.0f}">{escape(line)}</text>'


def test_the_picture_shows_the_rooms_as_they_are(golden: Callable[[Path, str], None]) -> None:
    golden(PICTURE, drawn())
    assert "(pictures/architecture.svg)" in GUIDE.read_text(encoding="utf-8")


def test_each_folder_of_the_program_is_in_the_picture() -> None:
    folders = {path.parent.name for path in (ROOT / "reportpack").glob("*/__init__.py")}
    assert folders <= {room.partition(".")[0] for row in layers() for room in row}
    assert all(promise(room) for row in layers() for room in row)
