"""`annex withhold`, `restore`, `open` and `close`: a person holds a passage of what was said or written back from an edition, or takes that back; and
says that notes of a meeting that was not public are to be published, passage by passage. The original stays in the office's edition."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeAlias

from reportpack import patterns as re
from reportpack.compose.passages import Passages, Printed, find_in_notes, find_words, held_in, placed_texts, stream_of
from reportpack.compose.still_named import printed_notes, still_named
from reportpack.errors import InputError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.noted_corrections import standing_passages
from reportpack.model.edition import Audience, may_read
from reportpack.model.event import Event
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.noted import NotedView
from reportpack.model.office import Office
from reportpack.model.passage import HeldBack, NotesOpened, PassageHeld, PassageRestored
from reportpack.model.statement import Question, Statement
from reportpack.read.words.notes import read_notes
from reportpack.records import Record
from reportpack.run.letters.bundle import texts_now
from reportpack.run.letters.publish import published_papers
from reportpack.run.minutes.annex_reading import AnnexOrder, read_for_annex
from reportpack.run.office_files import Folders, gather_meetings, open_memory, which_meeting
from reportpack.run.steps.recording import recording

_NOTHING = "Nothing was recorded."


_Written: TypeAlias = tuple[tuple[Statement, ...], tuple[Question, ...]]


class Holding(Record):
    """What a person says of words: from which edition they are held back, why, what stands there instead, and who says so."""

    meeting: str
    words: str
    edition: Audience
    now: datetime
    today: date
    reason: str = ""
    instead: str = ""
    by: str = ""
    why: str = ""


class Held(Record):
    """The passages of a meeting that are held back, and what was done now, in words."""

    meeting: Meeting
    passages: tuple[HeldBack, ...]
    said: str = ""
    asked: tuple[str, ...] = ()  # where names of theirs stand still, and what is published with their words


def held_passages(folders: Folders, given: Holding) -> Held:
    """Every passage of that meeting's notes and words that is held back, marked there or by a person."""
    settings, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, given.meeting, given.today)
    with open_memory(folders) as ledger:
        held, opened = standing_passages(ledger.passages(meeting.id))
        view, written = _noted(folders, meeting, given, ledger), _written(folders, meeting, settings)
        marked = tuple(dict.fromkeys((*(view.held if view is not None else ()), *held, *held_in(written))))
        asked = tuple(_asked(ledger, settings.office, meetings, view, written, marked))
    return Held(meeting, marked, f"the notes are {'open' if opened else 'not open'} to the public", asked)


def hold_passage(folders: Folders, given: Holding) -> Held:
    """Hold the words back; InputError where they stand nowhere or twice, or the reason is none of the office's."""
    settings, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, given.meeting, given.today)
    if may_read(given.edition, Audience.OFFICE):
        raise InputError("The office's edition keeps what was said.", f"Say --edition force or --edition public. {_NOTHING}")
    reasons = [one.id for one in settings.office.withholdings]
    if given.reason not in reasons:
        known = f"They are: {', '.join(reasons)}." if reasons else "There is none yet."
        remedy = f"Name one by its id, or add yours to office.toml as [[withholding]]. {known} {_NOTHING}"
        raise InputError(f'"{given.reason}" is not one of the office\'s reasons.', remedy)
    with recording(folders, given.now) as record:
        view = _noted(folders, meeting, given, record.ledger)
        written = _written(folders, meeting, settings)
        places, words = _find(given.words, view, written, meeting)
        held, _ = standing_passages(record.ledger.passages(meeting.id))
        made = HeldBack(given.edition, words, given.reason, " ".join(given.instead.split()))
        new = () if made in held else (made,)
        record.record([Event(PassageHeld(meeting.id, one), given.now, given.by.strip()) for one in new])
        asked = tuple(_asked(record.ledger, settings.office, meetings, view, written, (made,), held))
    return Held(meeting, (*held, *new), "; ".join(places) if new else "it was so already", asked)


def restore_passage(folders: Folders, given: Holding) -> Held:
    """Let the words stand in that edition again."""
    meeting = which_meeting(gather_meetings(folders)[1], given.meeting, given.today)
    with recording(folders, given.now) as record:
        held, _ = standing_passages(record.ledger.passages(meeting.id))
        fits = [one for one in held if one.edition is given.edition and find_words(given.words, [one.words])]
        if len(fits) != 1:
            found = f"{'Several passages have' if fits else 'No passage has'} these words of those held back from the {given.edition} edition."
            raise InputError(found, Remedy("They are listed by:", "annex passages", meeting.id, then=f". {_NOTHING}"))
        if fits[0].where:
            found = f"These words are marked in {fits[0].where} itself."
            raise InputError(found, f"Take the mark out there, and issue the notes again. {_NOTHING}")
        what = PassageRestored(meeting.id, given.edition, fits[0].words, given.why.strip())
        record.record([Event(what, given.now, given.by.strip())])
    return Held(meeting, tuple(one for one in held if one != fits[0]), "restored")


def open_notes(folders: Folders, given: Holding, *, opened: bool = True) -> Held:
    """Say that notes of a meeting that was not public may be published; or, not `opened`, that they may not after all."""
    meeting = which_meeting(gather_meetings(folders)[1], given.meeting, given.today)
    if not (given.by.strip() and given.why.strip()):
        raise InputError("It is not said who decides it, and why.", f"Give --by and --why: they are kept. {_NOTHING}")
    what = NotesOpened(meeting.id, Audience.PUBLIC, given.today, given.why.strip(), opened)
    with recording(folders, given.now) as record:
        record.record([Event(what, given.now, given.by.strip())])
    return held_passages(folders, given)


def _asked(
    ledger: Ledger, office: Office, meetings: Sequence[Meeting], view: NotedView | None, written: _Written,
    held: Sequence[HeldBack], beside: Sequence[HeldBack] = (),
) -> Iterator[str]:  # fmt: skip
    every = (*held, *beside)
    pages, stale = texts_now(ledger, tuple(published_papers(ledger, meetings)), Passages(Audience.PUBLIC, every, office))
    yield from stale
    for edition in dict.fromkeys(one.edition for one in held):
        printed = list(printed_notes(replace(view, held=(*view.held, *every)), edition, office)) if view is not None else []
        readable = (one for each in Passages(edition, every, office).in_rows(written) for one in each)
        texts = (text for one in readable if may_read(edition, one.audience) for text in _texts(one))
        printed += [Printed(where, text) for text, where in texts]
        own = [one for one in held if one.edition is edition]
        yield from still_named(own, (*printed, *pages), office)


def _noted(folders: Folders, meeting: Meeting, given: Holding, ledger: Ledger) -> NotedView | None:
    if not [path for name in meeting.names for path in folders.inputs.glob(f"minutes/{name}.*")]:
        return None
    return read_for_annex(folders, AnnexOrder(meeting.id, None, given.now, given.today), ledger, lambda _: None).view


def _written(folders: Folders, meeting: Meeting, settings: Settings) -> _Written:
    return read_notes(folders.inputs / "notes", meeting.id, meeting.agenda, settings.office, meeting.also)[:2]


def _texts(said: Statement | Question) -> list[tuple[str, str]]:
    if isinstance(said, Question):
        return [(said.words, said.source.where)]
    return [(text, said.source.where) for one in said.blocks for text in (one.text, *(cell for row in one.rows for cell in row))]


def _find(words: str, view: NotedView | None, written: _Written, meeting: Meeting) -> tuple[tuple[str, ...], str]:
    """Where the words stand, part by part, and as they stand there: once, in the notes or in what people wrote."""
    texts = [text for each in written for one in each for text in _texts(one)]
    stream, titles = stream_of(view) if view is not None else ([], frozenset())
    noted = [(one.text, one.place) for one, _, _ in placed_texts(view)] if view is not None else []
    for at in titles:  # as a person copies them, with the number and the title between two items
        words = re.sub(rf"(?i)\s\(?[\d.]+\)?\s+{re.escape(stream[at])}\s", " ", words)
    found = [(noted, place) for place in find_in_notes(words, stream, titles)]
    found += [(texts, place) for place in find_words(words, [text for text, _ in texts])]
    if len(found) != 1:
        places = "; ".join(dict.fromkeys(of[place[0].text][1] for of, place in found))
        nowhere = f"are not in the notes of {meeting.id}, nor in what people wrote for it"
        said = f"stand {len(found)} times: {places}" if found else nowhere
        more = "Give more of the words around them, so that one place is meant" if found else "Give them as they stand there"
        raise InputError(f'The words "{words[:80]}" {said}.', f"{more}. {_NOTHING}")
    of, place = found[0]
    return tuple(of[one.text][1] for one in place), " ".join(of[one.text][0][one.start : one.end] for one in place)
