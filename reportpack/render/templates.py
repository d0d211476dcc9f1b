"""The templates of a build: the program's folder, overlaid file by file by an office's own. Read once, then only looked up; what nothing uses is said."""

from collections.abc import Iterator
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of
from reportpack.errors import TemplateError
from reportpack.model.problem import Problem, Source
from reportpack.records import Record
from reportpack.toml.text import nearest

_LARGEST = 1_000_000
PROGRAM = "program/"


class TemplateFile(Record):
    """A template's text. `shown` is how a mistake names the file; `own` when it is the office's."""

    name: str
    text: str
    shown: str
    own: bool


class Templates(Record):
    """Each name once, in the order of names; the office's file where it has one. `replaced` are the program's that the office's stand for."""

    files: tuple[TemplateFile, ...]
    replaced: tuple[TemplateFile, ...] = ()

    def file(self, name: str) -> TemplateFile | None:
        """The template of that name; `program/NAME` is always the program's own."""
        bare = name.removeprefix(PROGRAM)
        among = (*self.replaced, *(one for one in self.files if not one.own)) if name != bare else self.files
        return next((one for one in among if one.name == bare), None)


def load_templates(program: Path, office: Path | None = None) -> Templates:
    """Read the program's templates and the office's; TemplateError when one cannot be read as text or stands outside its folder."""
    files = {one.name: one for one in _read_folder(program, own=False)}
    own: dict[str, TemplateFile] = {}
    if office is not None and office.resolve() != program.resolve():
        theirs = _read_folder(office, own=True)  # a copy that nobody changed is the program's still
        own = {one.name: one for one in theirs if one.name not in files or one.text != files[one.name].text}
    replaced = tuple(files[name] for name in sorted(own) if name in files)
    files |= own
    return Templates(tuple(files[name] for name in sorted(files)), replaced)


def _read_folder(folder: Path, *, own: bool) -> list[TemplateFile]:
    paths = sorted((*folder.rglob("*.html"), *folder.rglob("*.txt")))
    return [_read_file(path, folder, own=own) for path in paths if path.name != "README.txt"]


def _read_file(path: Path, folder: Path, *, own: bool) -> TemplateFile:
    shown = str(path)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise TemplateError(
            f"{shown} is a link to a file outside the templates folder.",
            "Put the file itself into the folder, or remove the link.",
        )
    try:
        content = bytes_of(path)
    except OSError as error:
        raise TemplateError(f"{shown} cannot be read: {error.strerror}.", "See that it is a file that you may read.") from error
    if len(content) > _LARGEST:
        raise TemplateError(
            f"{shown} is larger than 1 MB.", "A template holds words and their order; remove what is not a template."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TemplateError(f"{shown}, line {line}: this is not text in UTF-8.", "Save the file again as UTF-8.") from error
    return TemplateFile(path.relative_to(folder).as_posix(), text, shown, own)


_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_EDGE = re.compile(r"\{%-?\s*(?:block\s+(?P<name>\w+)|endblock\b)")
_EXTENDS = re.compile(r"\{%-?\s*extends\s+[\"']([^\"']+)[\"']")


def template_cautions(templates: Templates) -> tuple[Problem, ...]:
    """The office's templates that no other takes in, and blocks of them that the template below them does not have."""
    own = [one for one in templates.files if one.own]
    return tuple(problem for one in own for problem in (*_unused(one, templates), *_unknown_blocks(one, templates)))


def _unused(one: TemplateFile, templates: Templates) -> Iterator[Problem]:
    known = [each.name for each in templates.files if not each.own] + [each.name for each in templates.replaced]
    named = any(f'"{one.name}"' in each.text or f"'{one.name}'" in each.text for each in templates.files if each is not one)
    if one.name not in known and not named:
        found = "Nothing uses this template, so it changes nothing."
        yield Problem("template-unused", Source(one.shown), found, nearest(one.name, known))


def _unknown_blocks(one: TemplateFile, templates: Templates) -> Iterator[Problem]:
    known: list[str] = []
    match, folder = _EXTENDS.search(one.text), ""
    while match is not None and len(known) < 1000:
        below = templates.file(match[1] if match[1].startswith(PROGRAM) else f"{folder}{match[1]}")
        known.extend(_BLOCK.findall(below.text) if below is not None else ())
        match, folder = _EXTENDS.search(below.text) if below is not None else None, PROGRAM
    for name in _outermost(one.text) if known else ():
        if name not in known:
            found = f'{_EXTENDS.findall(one.text)[0]} has no block "{name}", so what stands in it is never printed.'
            yield Problem("template-block-unknown", Source(one.shown), found, nearest(name, known))


def _outermost(text: str) -> Iterator[str]:
    depth = 0
    for match in _EDGE.finditer(text):
        if match["name"] and not depth:
            yield match["name"]
        depth += 1 if match["name"] else -1
