"""The gate before anything leaves: the finished bytes of an edition are looked through for every text that its readers may not have.

It asks who may read what by itself, of everything that was put in, and knows nothing of how pages are composed: a mistake there stops here.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from reportpack import patterns as re
from reportpack.compose.audience import Claims, claims_for
from reportpack.errors import RefusedError, Remedy
from reportpack.ledger.seen_words import UnopenedError, plain, words_in
from reportpack.merge.occasions import settle_topics
from reportpack.model.edition import Audience, Part, as_read, shows
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.noted import NotedView
from reportpack.model.register_row import RegisterRow
from reportpack.model.release import Released
from reportpack.read.register.reading import register_of_rows
from reportpack.read.words.notes import read_notes
from reportpack.records import Record
from reportpack.run.office_files import Folders

_SHORT, _LONG = 5, 8
"""So many words in a row are known as a text again; those of a longer one may meet by chance where they are fewer than the second."""
_TOLD = ("public_title", "source_title", "withheld")
"""Fields that are for whoever may not have the rest."""
_WORD = re.compile(r"\w+")


def refuse_leaks(
    folders: Folders,
    settings: Settings,
    meeting: Meeting,
    rows: Sequence[RegisterRow],
    release: Released,
    kept: Callable[[str], bytes],
    notes: NotedView | None = None,
) -> None:
    """RefusedError for the first file of the release that holds what its readers may not have, or that cannot be looked into.

    An annex goes by its `notes`: who was there may read them, but for what is private.
    """
    office, measures, edition = settings.office, settings.measures, release.edition
    register, _ = settle_topics(register_of_rows(rows, office, measures)[0], office, measures)
    said = read_notes(folders.inputs / "notes", meeting.id, meeting.agenda, office, meeting.also)[:2]
    private = notes.private if notes is not None and not shows(edition, Part.PRIVATE_PASSAGES) else frozenset[str]()
    readers = _Readers(claims_for(office, meeting, measures), edition, private)
    closed: dict[str, str] = {}
    allowed = {run for line in release.lines for run in _runs(line.words)}
    for text, shown in readers.texts((register, meeting, *said, *measures, *((notes.minutes,) if notes is not None else ()))):
        closed |= {} if shown else dict.fromkeys(_own_runs(text), text)
        allowed.update(_runs(text) if shown else ())
    closed = {run: text for run, text in closed.items() if run not in allowed}
    for file in release.files if closed else ():
        name = f"{file.role.value} of the {edition} edition"
        try:
            found = next((run for text in words_in(kept(file.sha256)) for run in _runs(text) if run in closed), "")
        except UnopenedError as error:
            remedy = "Build it again and look at it: what the program cannot read itself is not given out."
            raise RefusedError(f"The {name} cannot be looked through: {error}.", remedy) from error
        if found:
            words = " ".join(closed[found].split())[:80]
            why = Remedy("Nothing was given out. Whom it is for is said by:", "why", "REFERENCE", edition=edition.value)
            raise RefusedError(f'The {name} holds words that are not for its readers: "{words}".', why)


def _own_runs(text: str) -> Iterator[str]:
    """What the text is known by wherever it stands: each of its longest runs; nothing where it is short."""
    words = _WORD.findall(plain(text))
    return _of_length(words, min(len(words), _LONG)) if len(words) >= _SHORT else iter(())


def _runs(text: str) -> Iterator[str]:
    words = _WORD.findall(plain(text))
    for length in range(_SHORT, _LONG + 1):
        yield from _of_length(words, length)


def _of_length(words: Sequence[str], length: int) -> Iterator[str]:
    return (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


class _Readers(Record):
    """Who reads an edition; `private` are lines of notes that they may not have."""

    claims: Claims
    edition: Audience
    private: Container[str]

    def texts(self, value: Any, *, shown: bool = True) -> Iterator[tuple[str, bool]]:
        """Every text of a record and of what it holds, and whether they may have it: an item that says whom it is for is asked, and its fields."""
        if isinstance(value, str):
            yield value, shown
        elif isinstance(value, tuple):
            for one in value:
                yield from self.texts(one, shown=shown)
        elif is_dataclass(value) and not isinstance(value, type):
            is_item = isinstance(getattr(value, "audience", None), Audience)
            mine = self.claims.rule(self.edition, value).shown if is_item else shown  # type: ignore[arg-type]  # it has an audience
            mine = mine and getattr(value, "line", "") not in self.private
            readable = as_read(self.edition, value) if is_item and mine else value
            for one in fields(value):
                held = getattr(value, one.name)
                yield from self.texts(held, shown=one.name in _TOLD or (mine and getattr(readable, one.name) == held))
