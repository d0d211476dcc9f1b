"""How pages look: the theme's texts and the files it names, read from the program and the office, or from what was kept."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, TemplateError, fails_as
from reportpack.model.document import PdfStandard
from reportpack.model.problem import Problem, Source, Weight
from reportpack.records import Record
from reportpack.render.element import image_sources, plain_text
from reportpack.render.page_source import parse_page_source
from reportpack.render.pdf.document import render_pdf
from reportpack.render.pdf.faces import read_face
from reportpack.render.templates import template_cautions
from reportpack.render.theme import Theme, read_theme, theme_cautions
from reportpack.run.office_files import Folders, write_files
from reportpack.run.program import office_templates, program_templates

THEME = "theme.toml"
_NAMES = (THEME, f"templates/{THEME}", "--pdf")
_LARGEST = 64 * 2**20


class Look(Record):
    """The theme as read, its texts (the program's, the office's, and what was asked for once), and every file that pages take in."""

    theme: Theme
    texts: tuple[bytes, ...]
    assets: Mapping[str, bytes]


def look_of(texts: Iterable[bytes], assets: Mapping[str, bytes], names: Iterable[str] = _NAMES) -> Look:
    """The look of theme texts; TemplateError names each mistake by file and line."""
    texts = tuple(texts)
    decoded = []
    for text, name in zip(texts, names, strict=False):
        try:
            decoded.append(text.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise TemplateError(f"{name} is not text in UTF-8.", "Save it as UTF-8 in the editor.") from error
    theme = read_theme(decoded[0], decoded[1] if len(decoded) > 1 else None, tuple(names), decoded[2:])
    return Look(theme, texts, assets)


def read_look(own: Path | None, images: Iterable[str] = (), pdf: PdfStandard | None = None) -> Look:
    """The program's look, changed by the office's theme.toml and by the PDF that is asked for; `images` are files that a page source asks
    for beside it."""
    folders = [folder for folder in (own, program_templates()) if folder is not None]
    texts = [(program_templates() / THEME).read_bytes()]
    if own is not None and (own / THEME).exists():
        with fails_as(TemplateError, f"{own / THEME} cannot be read", "See that it is a file that you may read."):
            texts.append(bytes_of(own / THEME))
    if pdf is not None:
        texts.append(f'[page]\npdf = "{pdf}"\n'.encode())
    theme = look_of(texts, {}, ("theme.toml", f"{own}/{THEME}", "--pdf")).theme
    names = dict.fromkeys((*theme.files, *images))
    found = {name: _asset(name, folders) for name in names}
    return Look(theme, tuple(texts), {name: data for name, data in found.items() if data is not None})


def look_cautions(folders: Folders, look: Look) -> tuple[Problem, ...]:
    """What the office's own theme and templates do that nobody could want; nothing where it has none."""
    if folders.templates is None:
        return ()
    return (*theme_cautions(look.theme, f"{folders.templates}/{THEME}"), *template_cautions(office_templates(folders)))


def _asset(name: str, folders: Iterable[Path]) -> bytes | None:
    path = next(filter(None, (_inside(folder, name) for folder in folders)), None)
    if path is not None and path.stat().st_size > _LARGEST:
        raise TemplateError(
            f"{path.name} is larger than {_LARGEST // 2**20} MB.", "Save it smaller; a logo needs no more than 1 MB."
        )
    return bytes_of(path) if path is not None else None


def _inside(folder: Path, name: str) -> Path | None:
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


_MOST_BYTES = 256_000_000


class Rendered(Record):
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


def check_look(folders: Folders) -> Rendered:
    """The office's look held against what readers need, and every block of a page set in it, as `specimen.pdf` in the build folder."""
    document = parse_page_source((program_templates() / "specimen.html").read_text("utf-8"), "specimen.html")
    out = folders.build / "specimen.pdf"
    try:
        look = read_look(folders.templates)
    except TemplateError as error:  # what is misnamed beside a theme that cannot be used is said in the same look
        misnamed = (one.sentence for one in template_cautions(office_templates(folders)))
        raise TemplateError("\n".join((error.found, *misnamed)), error.remedy) from error
    pages = render_pdf(document, look.theme, look.assets)
    write_files({out: pages.pdf})
    faces = {name: read_face(look.assets[name], "", name) for name in look.theme.fonts.every if name in look.assets}
    remedy = "These print in another face: take a font that has them, if names are to look alike."
    foreign = (
        Problem("face-lacks-letters", Source(f"{folders.templates}/{name}"), f"It lacks {letters}.", remedy, Weight.NOTE)
        for name, face in faces.items()
        if (letters := " ".join(sorted({*plain_text(document)} - face.known - {*" \n"})))
    )
    return Rendered(out, pages.pages, (*look_cautions(folders, look), *foreign, *pages.problems))


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
    found = ((name, _inside(folder, name)) for name in names)
    return {name: path.read_bytes() for name, path in found if path is not None and path.stat().st_size <= _MOST_BYTES}
