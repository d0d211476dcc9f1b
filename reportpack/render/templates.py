"""The templates of a build: the program's folder, overlaid file by file by an office's own. Read once, then only looked up."""

from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import TemplateError
from reportpack.records import dataclass

_LARGEST = 1_000_000
PROGRAM = "program/"


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template's text. `shown` is how a mistake names the file; `own` when it is the office's."""

    name: str
    text: str
    shown: str
    own: bool


@dataclass(frozen=True, slots=True)
class Templates:
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
        own = {one.name: one for one in _read_folder(office, own=True)}
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
