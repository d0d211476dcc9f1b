"""A letter is the same letter however often it is asked for, and stands where its events say."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.ledger.event_text import StoredEvent, restore, store
from reportpack.model.duty import DutyKind, LettersHeld
from reportpack.model.edition import Audience
from reportpack.model.event import Event, Happening
from reportpack.model.letter import Addressee, Enclosure, Letter, LetterKind, letter_key
from reportpack.model.outbox import (
    AttemptBegun,
    AttemptEnded,
    DraftDone,
    DraftWritten,
    LetterEvent,
    LetterQueued,
    LetterRehearsed,
    LetterSettled,
    LetterState,
    Outcome,
    state_after,
)
from reportpack.model.release import LinesReleased, Published, Released, ReleasedFile, ReleasedLine, ReleasedRole

NOON = datetime(2019, 5, 21, 12, 0, tzinfo=UTC)
MEETING = "2019-05-28-assurance"
KEY = letter_key("cc@force.example", MEETING, "briefing-pack", 1, Audience.FORCE)
SHEET = ReleasedFile(ReleasedRole.SHEET, "ab" * 32, "cc", ("telford",))


def queued() -> LetterQueued:
    to = Addressee("Duncan Harcastle", "cc@force.example", "cc", Audience.FORCE)
    files = (Enclosure("pack.pdf", "application/pdf", "cd" * 32),)
    letter = Letter(
        LetterKind.PACK, MEETING, "briefing-pack", 1, Audience.FORCE, to, "OFFICIAL: pack", "Dear", "<p>Dear</p>", files
    )
    return LetterQueued(KEY, letter, "policy@opcc.example", "", "<key@opcc.example>", "Tue, 21 May 2019 12:00:00 +0000")


def test_capitals_and_spaces_around_an_address_make_no_other_person() -> None:
    again = letter_key("  CC@Force.Example ", MEETING, "briefing-pack", 1, Audience.FORCE)
    assert again == KEY
    assert letter_key("cc@force.example", MEETING, "briefing-pack", 2, Audience.FORCE) != KEY
    assert letter_key("cc@force.example", MEETING, "briefing-pack", 1, Audience.OFFICE) != KEY
    assert letter_key("cc@force.example", MEETING, "annex", 1, Audience.FORCE) != KEY


def test_a_letter_has_the_key_of_its_addressee_and_document() -> None:
    to = Addressee("Duncan Harcastle", "CC@force.example", "cc", Audience.FORCE)
    letter = Letter(LetterKind.PACK, MEETING, "briefing-pack", 1, Audience.FORCE, to, "Pack", "text", "<p>text</p>")
    assert letter.key == KEY


@pytest.mark.parametrize(
    "what",
    [
        queued(),
        AttemptBegun(MEETING, KEY, "mail.example:587", "ef" * 32),
        AttemptEnded(MEETING, KEY, Outcome.PUT_OFF, "451 try later"),
        LetterSettled(MEETING, KEY, True, "she has it"),
        LetterRehearsed(MEETING, KEY, "letters/cc.eml"),
        DraftWritten(MEETING, KEY, "drafts/cc.eml"),
        DraftDone(MEETING, KEY),
        Released(
            MEETING,
            "briefing-pack",
            Audience.FORCE,
            1,
            NOON.date(),
            4,
            "0.1.0",
            48,
            (SHEET,),
            (ReleasedLine("2.1.2-1", "Why?", "satisfaction"),),
        ),
        LinesReleased(MEETING, Audience.FORCE, (ReleasedLine("2.1.2-1", "Why?", "satisfaction"),)),
        Published(MEETING, "briefing-pack", Audience.PUBLIC, 1, NOON.date(), "build/public", (SHEET,)),
    ],
)
def test_what_happens_to_letters_and_releases_comes_back_as_it_was_recorded(what: Happening) -> None:
    event = Event(what, NOON, "officer", 7)
    assert restore(7, store(event)) == event


def stored(kind: str, body: dict[str, object]) -> Event:
    return restore(7, StoredEvent(kind, "x", NOON.isoformat(), "", json.dumps(body)))


def test_letters_that_earlier_programs_queued_and_held_are_letters_still() -> None:
    enclosures = [["pack.pdf", "application/pdf", "cd" * 32]]
    whose = {"name": "Duncan Harcastle", "email": "cc@force.example", "post": "cc"}
    of_letter = {"kind": "pack", "meeting": MEETING, "document": "briefing-pack", "version": 1, "edition": "force"}
    said = {"title": "OFFICIAL: pack", "text": "Dear", "html": "<p>Dear</p>"}
    sent = {"key": KEY, "sender": "policy@opcc.example", "reply_to": "", "message_id": "<key@opcc.example>"}
    body = {**of_letter, **whose, **said, **sent, "dated": "Tue, 21 May 2019 12:00:00 +0000", "enclosures": enclosures}
    assert stored("letter queued", body).what == queued()
    held = [*of_letter.values(), *whose.values(), *said.values(), enclosures]
    event = stored("letters held", {"duty": "reminder", "about": "", "occasion": "", "letters": [held], "until": None})
    assert event.what == LettersHeld(DutyKind.REMINDER, "", "", (queued().letter,))
    assert restore(7, store(event)) == event


def test_a_letter_keeps_its_files_and_fetches_them() -> None:
    files: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        files[sha256(data).hexdigest()] = data
        return sha256(data).hexdigest()

    letter = replace(queued().letter, enclosures=(Enclosure.of("a.pdf", "application/pdf", b"%PDF"),))
    kept = letter.kept(keep)
    assert (kept, kept.enclosures[0].data) == (letter, b"")
    assert kept.fetched(files.__getitem__).enclosures[0].data == b"%PDF"


def test_an_attempt_without_an_end_is_uncertain_and_one_that_ended_is_what_it_ended_as() -> None:
    begun = AttemptBegun(MEETING, KEY, "mail")
    assert state_after([queued()]) is LetterState.WAITING
    assert state_after([queued(), begun]) is LetterState.UNCERTAIN
    assert state_after([queued(), begun, AttemptEnded(MEETING, KEY, Outcome.ACCEPTED)]) is LetterState.SENT
    assert state_after([queued(), begun, AttemptEnded(MEETING, KEY, Outcome.REFUSED)]) is LetterState.REFUSED
    assert state_after([queued(), begun, AttemptEnded(MEETING, KEY, Outcome.PUT_OFF)]) is LetterState.WAITING
    assert state_after([queued(), begun, AttemptEnded(MEETING, KEY, Outcome.UNCERTAIN)]) is LetterState.UNCERTAIN


def test_a_rehearsal_changes_nothing_and_a_draft_waits_for_a_person() -> None:
    assert state_after([queued(), LetterRehearsed(MEETING, KEY, "x.eml")]) is LetterState.WAITING
    assert state_after([queued(), DraftWritten(MEETING, KEY, "x.eml")]) is LetterState.DRAFTED
    assert state_after([queued(), DraftWritten(MEETING, KEY, "x.eml"), DraftDone(MEETING, KEY)]) is LetterState.SENT


@given(
    st.lists(st.sampled_from([queued(), LetterRehearsed(MEETING, KEY, "x"), AttemptEnded(MEETING, KEY, Outcome.ACCEPTED)])),
    st.lists(st.sampled_from([queued(), LetterRehearsed(MEETING, KEY, "x")])),
)
def test_a_letter_that_may_have_gone_waits_again_only_when_somebody_says_so(
    before: list[LetterEvent], after: list[LetterEvent]
) -> None:
    events = [*before, AttemptBegun(MEETING, KEY, "mail"), *after]
    assert not state_after(events).may_go
    assert state_after([*events, LetterSettled(MEETING, KEY, False)]).may_go
