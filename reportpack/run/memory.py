"""Opening the ledger for a run, and giving an earlier build again from what it kept."""

from typing import TYPE_CHECKING

from reportpack.errors import RefusedError, Remedy
from reportpack.ledger import Ledger, is_begun, no_ledger, open_ledger
from reportpack.model.event import Build, Erased, Event, FileRole
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.register.workbook import register_number
from reportpack.run.folders import Folders
from reportpack.run.office_files import REGISTER
from reportpack.settings.ledger_place import ledger_url, second_place

if TYPE_CHECKING:
    from reportpack.run.look import Look


def open_memory(folders: Folders, *, begin: bool = False) -> Ledger:
    """The office's ledger, made with `begin` where there is none yet; without it one that holds nothing stands for it."""
    number = register_number(folders.inputs / REGISTER)
    url = ledger_url(folders.inputs)
    if not begin and number is None and not is_begun(folders.memory, url):
        return no_ledger(folders.memory)
    return open_ledger(folders.memory, url, register_number=number, second=second_place(folders.inputs))


def begun_memory(folders: Folders) -> Ledger:
    """The office's ledger; RefusedError where nothing was ever recorded in it."""
    ledger = open_memory(folders)
    if not ledger.begun:
        found = "Nothing has been built and recorded here yet."
        raise RefusedError(found, Remedy("Build a pack, look at it, and release it first:", "pack"))
    return ledger


def kept_look(ledger: Ledger, build: Build) -> "Look":
    """How the pages of that build looked."""
    from reportpack.run.look import look_of

    texts = [ledger.kept(file.sha256) for file in build.files_of(FileRole.THEME)]
    return look_of(texts, {file.name: ledger.kept(file.sha256) for file in build.files_of(FileRole.ASSET)})


def kept_text(ledger: Ledger, event: Event, role: FileRole, name: str = "") -> bytes | None:
    """The first file of that role (and name, when one is given) that the build kept; None where it kept none, or it was erased since."""
    build = event.what
    files = build.files_of(role) if isinstance(build, Build) else ()
    found = next((file for file in files if name in ("", file.name)), None)
    return ledger.kept(found.sha256) if found is not None and not ledger.is_erased(found.sha256) else None


def erasures_since(ledger: Ledger, build: Build) -> tuple[Problem, ...]:
    """What was erased from the pages of that build since, said without the words."""
    files = [file.sha256 for file in build.files if file.role in (FileRole.PAGE_SOURCE, FileRole.RECORD)]
    return tuple(
        Problem(
            "words-erased",
            Source("inputs/memory"),
            f"Words in this build were erased on {long_date(one.recorded.date())} by {one.who}: {one.what.why}",
            "The pages say where; the words cannot be given again.",
            Weight.NOTE,
        )
        for one in ledger.erasures(files)
        if isinstance(one.what, Erased)
    )
