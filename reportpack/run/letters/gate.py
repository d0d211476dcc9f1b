"""The gate before anything leaves: the finished bytes of an edition are looked through for every text that its readers may not have.

It asks who may read what by itself, of everything that was put in, and knows nothing of how pages are composed: a mistake there stops here.
"""

from calendar import day_name, month_name
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from reportpack import patterns as re
from reportpack.compose.audience import Claims, cite, claims_for
from reportpack.compose.passages import Passages, held_for, held_in
from reportpack.errors import RefusedError, Remedy
from reportpack.ledger.seen_words import UnopenedError, plain, words_in
from reportpack.merge.occasions import settle_topics
from reportpack.model.edition import Audience, Part, as_read, may_read, shows
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.noted import NotedView
from reportpack.model.passage import HeldBack
from reportpack.model.register_row import RegisterRow
from reportpack.model.release import Released
from reportpack.read.register.reading import register_of_rows
from reportpack.read.words.notes import read_notes
from reportpack.records import Record
from reportpack.run.office_files import Folders
from reportpack.run.program import office_templates

_SHORT, _LONG = 5, 8
"""So many words in a row are known as a text again; those of a longer one may meet by chance where they are fewer than the second."""
_TOLD = ("public_title", "source_title", "withheld", "number")  # Fields that are for whoever may not have the rest.
_FOUND_BY = frozenset(
    {"id", "topic", "under", "item", "measure", "meeting", "series", "due_meeting", "origin", "raised", "owners", "said_at"}
    | {"file", "sheet", "cell", "sha256", "places", "unit"}
)
"""Fields by which the program finds things: nobody's words, and too short to tell from them."""
_WORD = re.compile(r"\w+")
_SMALL = re.compile(r"(?<![\w@./#&-])[a-z]{4,}(?![\w@/-])")
_DAYS = frozenset(one.casefold() for one in (*month_name, *day_name))
_Text = tuple[str, bool, str]


def leak_gate(
    folders: Folders,
    settings: Settings,
    meeting: Meeting,
    rows: Sequence[RegisterRow],
    release: Released,
    notes: NotedView | None,
    held: Iterable[HeldBack] = (),
) -> "Gate":
    """What readers of the edition that is released may not have. An annex goes by its `notes`: who was there may read them, but for what is private.
    `held` are passages of any meeting's words that not every edition carries."""
    office, measures, edition = settings.office, settings.measures, release.edition
    register, _ = settle_topics(register_of_rows(rows, office, measures)[0], office, measures)
    said = read_notes(folders.inputs / "notes", meeting.id, meeting.agenda, office, meeting.also)[:2]
    every = held_for(edition, (*held, *held_in(said), *(notes.held if notes is not None else ())))
    gone = {_said(one.words): one.words for one in every}
    private = frozenset[str]()
    if notes is not None and not shows(edition, Part.PRIVATE_PASSAGES):
        private = Passages(edition, every, office).in_notes(notes).private
    readers = _Readers(claims_for(office, meeting, measures), edition, private)
    texts = list(readers.texts((register, meeting, *said, *measures, *((notes.minutes,) if notes is not None else ()))))
    texts += readers.texts(
        (office.name, office.name_before, office.force, office.posts, office.people, office.areas, office.topics, office.series)
    )
    texts += ((line.words, True, "") for line in release.lines)
    if notes is not None:  # what the register has of them may go on from one passage to the next
        spoken = (one.words for one in notes.minutes.passages if private.isdisjoint(one.lines))
        texts.append((" ".join(spoken), True, ""))
        placed: list[Any] = [*notes.actions, *notes.commitments, *notes.matters]
        texts += [(one.ref, True, "ref") for one in placed if may_read(edition, one.audience)]
    told = cite(
        tuple(texts), edition, office.citing
    )  # what they may have is said with the public's references, and never the office's own
    changed = [(was, new) for was, new in zip(texts, told, strict=True) if was != new]
    texts = [new if was[1] else was for was, new in zip(texts, told, strict=True)]
    texts += [(text, False, name) for (text, _, name), _ in changed if name == "ref"]
    own = [_without(_said(text), gone) for text, shown, _ in texts if shown]
    allowed = {run for text in own for run in _runs(text.split())}
    closed: dict[str, str] = {}
    for text in (text for text, shown, _ in texts if not shown):
        closed |= dict.fromkeys((run for run in _runs(_said(text).split(), own=True) if run not in allowed), text)
    for one, of in gone.items():
        closed |= {run: of for run in _runs(one.split()) if len(run.split()) == _SHORT and run not in allowed}
    own += (_said(one.text) for one in office_templates(folders).files)
    short = {one: of for one, of in gone.items() if len(one.split()) < _SHORT and not any(one in text for text in own)}
    return Gate(edition, closed, _short_ones(texts, "\n".join(own)) | short)


def _without(said: str, gone: Iterable[str]) -> str:
    for words in gone:
        said = said.replace(words, " | ")
    return said


def _short_ones(texts: Sequence[_Text], own: str) -> dict[str, str]:
    """Texts of few words by how they stand, which nothing says that the readers may have: references, what has a name in it, and three words."""
    usual = frozenset(own.split()) | _DAYS
    found: dict[str, str] = {}
    for text, shown, name in texts:
        said = _said(text)
        words = said.split()
        if shown or not 0 < len(words) < _SHORT or said in own or type(text) is not str or name in _FOUND_BY:
            continue
        long = [one for one in words if one.isalpha() and len(one) >= 4 and one not in _DAYS]
        called = {plain(one) for one in _WORD.findall(text) if one[:1].isupper()} - usual
        if name == "ref" or (len(long) > 1 and len(words) > 2) or not called.isdisjoint(long):
            found[said] = text
            if name != "ref" and len(words) > 1:
                found[f" {' '.join((words[-1], *words[:-1]))} "] = text
    return found


class Gate(Record):
    """What an edition's readers may not have: runs of words, and short texts whole, each with the text that it is of."""

    edition: Audience
    runs: dict[str, str]
    short: dict[str, str]

    def refuse(self, role: str, data: bytes) -> str:
        """The name of that file of it, looked through; RefusedError where it holds any of that, or cannot be looked into."""
        name = f"{role} of the {self.edition} edition"
        try:
            found = self._found(list(words_in(data)) if self.runs or self.short else [])
        except UnopenedError as error:
            remedy = "Build it again and look at it: what the program cannot read itself is not given out."
            raise RefusedError(f"The {name} cannot be looked through: {error}.", remedy) from error
        if found:
            words = " ".join(found.split())[:80]
            why = Remedy("Nothing was given out. Whom it is for is said by:", "why", "REFERENCE", edition=self.edition.value)
            raise RefusedError(f'The {name} holds words that are not for its readers: "{words}".', why)
        return str(role)

    def _found(self, texts: Sequence[str]) -> str:
        for text in texts:
            said = _said(text)
            words = said.split()
            if run := next((one for one in _runs(words) if one in self.runs), ""):
                return self.runs[run]
            if short := next((of for one, of in self.short.items() if one in said and _is_itself(of, text, texts)), ""):
                return short
        return ""


def _is_itself(short: str, text: str, texts: Sequence[str]) -> bool:
    """Whether that is meant: a reference as it is written, and one word where the file does not write it small, as it does no name."""
    if any(one.isdigit() for one in short):
        return re.search(rf"(?<![\w/.-]){re.escape(plain(short).strip())}(?![\w/-])", plain(text)) is not None
    word, *more = _said(short).split()
    return bool(more) or (short[:1].isupper() and not any(word in _SMALL.findall(one) for one in texts))


def _said(text: str) -> str:
    return f" {' '.join(_WORD.findall(plain(text)))} "


def _runs(words: Sequence[str], *, own: bool = False) -> Iterator[str]:
    """Its runs of words; of its `own` the longest alone, by which a text is known wherever it stands."""
    for length in (min(len(words), _LONG),) if own and len(words) >= _SHORT else range(_SHORT, _LONG + 1):
        yield from (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


class _Readers(Record):
    """Who reads an edition; `private` are lines of notes that they may not have."""

    claims: Claims
    edition: Audience
    private: Container[str]

    def texts(self, value: Any, *, shown: bool = True, name: str = "") -> Iterator[_Text]:
        """Every text of a record and of what it holds, whether they may have it, and its field: an item that says whom it is for is asked."""
        if isinstance(value, str):
            yield value, shown, name
        elif isinstance(value, tuple):
            for one in value:
                yield from self.texts(one, shown=shown, name=name)
        elif is_dataclass(value) and not isinstance(value, type):
            is_item = isinstance(getattr(value, "audience", None), Audience)
            ruling = self.claims.rule(self.edition, value) if is_item else None  # type: ignore[arg-type]  # it has an audience
            mine = (ruling.shown if ruling is not None else shown) and getattr(value, "line", "") not in self.private
            readable = as_read(self.edition, value) if is_item and mine else value
            named = ruling is not None and getattr(value, "public_title", "") != ""
            told = (*_TOLD, "ref") if named or shows(self.edition, Part.REFERENCES) else _TOLD
            for one in fields(value):
                held = getattr(value, one.name)
                theirs = one.name in told or (mine and getattr(readable, one.name) == held)
                yield from self.texts(held, shown=theirs, name=one.name)
