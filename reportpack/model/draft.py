"""Notes as they are typed at a meeting, before anything of them is recorded: entries of a journal that is only added to, folded into lines.

A line has an id that its window gave it, so that what is sent twice is kept once. `stands` is what the Word file has of it; where Word has
something else than was put there, Word's counts, and both are kept until a person chooses."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum

from reportpack.records import Record

ROLL = "attendance"  # The item of lines that say who is there; their id is the person.


class Does(StrEnum):
    """What an entry does. The words are stored."""

    LINE = "line"
    EDIT = "edit"
    OUT = "out"
    UNFINISHED = "unfinished"
    """What stands in a window's typing line; the line or nothing takes its place."""
    WORDS = "keep Word's"
    MINE = "put mine back"
    SAVING = "saving"
    """What is about to be in the Word file (`put`), and what Word was found to have in its place (`theirs`)."""
    SAVED = "saved"


class DraftEntry(Record):
    """An entry of the journal: its own id, when and by whom, in which window; the `line` that it is about, with its item and words."""

    id: str
    does: Does
    at: str
    by: str = ""
    window: str = ""
    line: str = ""
    item: str = ""
    words: str = ""
    sha256: str = ""
    put: Mapping[str, str | None] = field(default_factory=dict)
    theirs: Mapping[str, str | None] = field(default_factory=dict)


class DraftLine(Record):
    """A line: who typed it when, the item that it belongs to, its words (None: taken out) and those in the Word file (None: nowhere there)."""

    id: str
    item: str
    at: str
    by: str
    window: str
    words: str | None
    changed: str = ""
    """When it was changed last, and by whom it was; empty where it stands as it was typed."""
    changed_by: str = ""
    stands: str | None = None
    differs: bool = False
    """Whether Word has something else, and nobody has chosen yet."""

    @property
    def is_saved(self) -> bool:
        """Whether nothing of it has to go into the Word file."""
        return self.differs or self.stands == self.words

    @property
    def begins(self) -> str:
        """The title of the unplanned item that it begins; empty for any other line."""
        sign, _, title = (self.words or "").partition("+")
        return title.strip() if sign.strip().lower() == "/i" else ""


class Draft(Record):
    """What the journal says: its lines in their order, what stands unfinished in each window, the last saving, and how many entries there are."""

    lines: tuple[DraftLine, ...] = ()
    unfinished: Mapping[str, DraftEntry] = field(default_factory=dict)
    saved: str = ""
    """The sha256 of the Word file as it was written last; empty where it never was."""
    saved_at: str = ""
    entries: int = 0

    def line(self, name: str) -> DraftLine | None:
        """The line of that id."""
        return next((one for one in self.lines if one.id == name), None)

    @property
    def is_saved(self) -> bool:
        """Whether everything is in the Word file."""
        return all(one.is_saved for one in self.lines)


def fold(entries: Iterable[DraftEntry], file: str = "") -> Draft:
    """The draft that the entries make. `file` is the sha256 of the Word file as it is now: a saving that was cut off before it was
    confirmed counts where the file is what it would have written."""
    lines: dict[str, DraftLine] = {}
    unfinished: dict[str, DraftEntry] = {}
    seen: set[str] = set()
    draft, saving = Draft(), None
    for one in entries:
        if one.id in seen:
            continue
        seen.add(one.id)
        if one.does is Does.SAVING:
            saving = one
        elif one.does is Does.UNFINISHED:
            unfinished[one.window] = one
        elif one.does is not Does.SAVED:
            lines[one.line] = _changed(lines.get(one.line), one)
            unfinished.pop(one.window, None)
        if saving is not None and (one.does is Does.SAVED or saving.sha256 == file):
            _save(lines, saving)
            draft, saving = replace(draft, saved=saving.sha256, saved_at=saving.at), None
    told = {name: one for name, one in unfinished.items() if one.words}
    return replace(draft, lines=tuple(lines.values()), unfinished=told, entries=len(seen))


def _changed(line: DraftLine | None, entry: DraftEntry) -> DraftLine:
    if line is None:
        words = None if entry.does is Does.OUT else entry.words
        return DraftLine(entry.line, entry.item, entry.at, entry.by, entry.window, words)
    if entry.does is Does.MINE:
        return replace(line, differs=False)
    if entry.does is Does.WORDS:
        return replace(line, words=line.stands, differs=False)
    words = None if entry.does is Does.OUT else entry.words
    if words == line.words and not line.differs:
        return line
    return replace(line, words=words, changed=entry.at, changed_by=entry.by, differs=False)


def _save(lines: dict[str, DraftLine], saving: DraftEntry) -> None:
    for name, words in saving.put.items():
        if name in lines:
            lines[name] = replace(lines[name], stands=words)
    for name, words in saving.theirs.items():
        if name in lines:
            lines[name] = replace(lines[name], stands=words, differs=words != lines[name].words)
