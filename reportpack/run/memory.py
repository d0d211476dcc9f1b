"""Opening the ledger for a run, and giving an earlier build again from what it kept."""

from reportpack.ledger import Ledger, is_begun, open_ledger
from reportpack.model.event import Build, Event, FileRole
from reportpack.read.register.reading import register_number
from reportpack.run.folders import Folders
from reportpack.run.gather import REGISTER
from reportpack.run.look import Look, look_of
from reportpack.settings.ledger_place import ledger_url


def open_memory(folders: Folders, *, begin: bool) -> Ledger | None:
    """The office's ledger; with `begin` a new office's is made, without it None is given where there is none yet."""
    number = register_number(folders.inputs / REGISTER)
    url = ledger_url(folders.inputs)
    if not begin and number is None and not is_begun(folders.memory, url):
        return None
    return open_ledger(folders.memory, url, register_number=number)


def kept_look(ledger: Ledger, build: Build) -> Look:
    """How the pages of that build looked."""
    texts = [ledger.kept(file.sha256) for file in build.files_of(FileRole.THEME)]
    return look_of(texts, {file.name: ledger.kept(file.sha256) for file in build.files_of(FileRole.ASSET)})


def kept_text(ledger: Ledger, event: Event, role: FileRole, name: str = "") -> bytes | None:
    """The first file of that role (and name, when one is given) that the build kept; None where it kept none."""
    build = event.what
    files = build.files_of(role) if isinstance(build, Build) else ()
    found = next((file for file in files if name in ("", file.name)), None)
    return ledger.kept(found.sha256) if found is not None else None
