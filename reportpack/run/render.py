"""`render`: one page source file, set as a PDF by hand. Reads the file and what lies beside it, and writes the PDF whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from reportpack.errors import InputError, fails_as
from reportpack.model.problem import Problem
from reportpack.records import dataclass
from reportpack.render.element import image_sources
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.theme import read_theme
from reportpack.run.program import program_templates
from reportpack.run.writing import write_files

_MOST_BYTES = 256_000_000


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF that was written: where, how many pages, and what to know about it."""

    path: Path
    pages: int
    problems: tuple[Problem, ...]


def render_file(source: Path, out: Path, theme: Path | None) -> Rendered:
    """Set a page source as a PDF; `theme` is laid over the program's own."""
    document = parse_page_source(read_words(source, "page source"), source.name)
    overlay = read_words(theme, "theme") if theme is not None else None
    look = read_theme(program_theme(), overlay, ("the program's theme.toml", theme.name if theme is not None else ""))
    assets = read_beside(source.parent, image_sources(document))
    if theme is not None:
        assets.update(read_beside(theme.parent, look.files))
    pages = render_pdf(document, look, assets)
    write_files({out: pages.pdf})
    return Rendered(out, pages.pages, pages.problems)


def program_theme() -> str:
    """The program's own theme.toml."""
    return (program_templates() / "theme.toml").read_text("utf-8")


def read_words(path: Path, what: str) -> str:
    """A text file in UTF-8."""
    with fails_as(InputError, f"{path}: the {what} cannot be read", "Check its name and its folder."):
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path}: is larger than {_MOST_BYTES // 1_000_000} MB.", f"Split the {what}.")
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"{path}: the {what} is not UTF-8 (byte {error.start} cannot be read)."
        raise InputError(found, "Save it with the encoding UTF-8.") from error


def read_beside(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Files by their names in a folder; what is not there, or lies outside, is left out and named where it is used."""
    found: dict[str, bytes] = {}
    inside = folder.resolve()
    for name in names:
        path = (folder / name).resolve()
        if path.is_relative_to(inside) and path.is_file() and path.stat().st_size <= _MOST_BYTES:
            found[name] = path.read_bytes()
    return found
