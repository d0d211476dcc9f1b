"""office.toml and measures.toml changed by a form: by the line, with every comment kept, and only where the file is what the person saw."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, RefusedError, fails_as
from reportpack.model.problem import Problem
from reportpack.run.office_files import Folders
from reportpack.run.writing import write_files
from reportpack.settings import read_settings
from reportpack.toml.edit import Value, with_entry, with_keys

OFFICE, MEASURES = "office.toml", "measures.toml"


def seen(folders: Folders, file: str) -> str:
    """What a form must bring back, so that it changes what was shown and nothing else."""
    return sha256_of(_content(folders, file))


def change_entry(
    folders: Folders, file: str, array: str, place: int, words: Mapping[str, Value | None], saw: str, comment: str = ""
) -> None:
    """Set keys of the table at that place of the array, or take them out (None)."""
    content = _unchanged(folders, file, saw)
    _write(folders, file, with_keys(content, file, words, comment, (array, place)))


def add_entry(folders: Folders, file: str, array: str, words: Mapping[str, Value], saw: str) -> None:
    """One more table at the end of the array."""
    _write(folders, file, with_entry(_unchanged(folders, file, saw), file, array, words))


def entries(folders: Folders, file: str, array: str) -> Sequence[Mapping[str, object]]:
    """The tables of that array as they stand in the file."""
    try:
        whole = tomllib.loads(_content(folders, file).decode("utf-8-sig"))
    except ValueError as error:
        raise InputError(f"{file} cannot be read: {error}.", "Put it right in an editor first.") from error
    found = whole.get(array, [])
    return found if isinstance(found, list) else []


def name_area(folders: Folders, area: str, name: str) -> str:
    """The name is one more that the area has; gives what the area is called in print."""
    listed = entries(folders, OFFICE, "area")
    place = next((place for place, one in enumerate(listed) if one.get("id") == area), None)
    if place is None:
        raise InputError("There is no such area.", "Choose one of the list.")
    known = listed[place].get("aliases", [])
    names = [str(one) for one in known] if isinstance(known, list) else []
    if name not in names:
        change_entry(folders, OFFICE, "area", place, {"aliases": [*names, name]}, "")
    return str(listed[place].get("name", area))


def accept_problem(folders: Folders, problem: Problem, by: str, why: str, until: date) -> None:
    """A person takes a problem as known until a day; it comes back when it is another."""
    if not why.strip():
        raise InputError("No reason is given.", "Say why it may stay, in a few words.")
    words: dict[str, Value] = {"problem": problem.fingerprint, "by": by, "reason": " ".join(why.split()), "until": until}
    add_entry(folders, OFFICE, "accepted", words, "")


def _content(folders: Folders, file: str) -> bytes:
    with fails_as(InputError, f"{file} cannot be read", "Close the program that holds it, then try again."):
        return bytes_of(folders.inputs / file)


def _unchanged(folders: Folders, file: str, saw: str) -> bytes:
    content = _content(folders, file)
    if saw and sha256_of(content) != saw:
        raise RefusedError(
            "Somebody changed the settings while you were writing. Theirs stand.",
            "Look again, then say yours once more: your words are still here.",
        )
    return content


def _write(folders: Folders, file: str, content: bytes) -> None:
    """The file as it is now; refused where the settings would not be read as well with it as before."""
    _, problems = read_settings(folders.inputs)
    known = {one.found for one in problems}
    with TemporaryDirectory() as trial:
        for name in (OFFICE, MEASURES):
            (Path(trial) / name).write_bytes(content if name == file else _content(folders, name))
        settings, problems = read_settings(Path(trial))
    new = [one for one in problems if one.found not in known]
    if settings is None or new:
        found, remedy = (new[0].found, new[0].remedy) if new else ("The settings could not be read with that.", "")
        raise InputError(found, f"{remedy} Nothing was changed.".strip())
    write_files({folders.inputs / file: content})
