"""A small model of the outbox: one letter, its office, a copy of it, a person who tells the truth; every interleaving is walked through.

What a run decides is the program's own rule (`missed_events`, `state_after`); what is abstract is the disk: a ledger and a journal are tuples,
a snapshot is both at an instant. A run is cut off between any two of its steps.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from types import SimpleNamespace
from typing import Any

from reportpack.model.edition import Audience
from reportpack.model.event import Event, Happening
from reportpack.model.journal import Entry, EpochWhy, Step, last_entries
from reportpack.model.letter import Addressee, Letter, LetterKind
from reportpack.model.outbox import (
    AttemptBegun,
    AttemptEnded,
    LetterQueued,
    LetterSettled,
    LetterState,
    OutboxEpoch,
    Outcome,
    state_after,
)
from reportpack.model.release import Released
from reportpack.run.letters.epochs import Doubt, missed_events

_NOW = datetime(2031, 5, 6, 9, tzinfo=UTC)
_TO = Addressee("The CC", "cc@force.example", "cc", Audience.FORCE)
_LETTER = Letter(LetterKind.PACK, "m", "briefing-pack", 1, Audience.FORCE, _TO, "Pack", "Dear", "<p>Dear</p>")
_QUEUED = LetterQueued(_LETTER.key, _LETTER, "policy@opcc.example", "", "<1@opcc.example>", "today")
_RELEASED = Released("m", "briefing-pack", Audience.FORCE, 1, _NOW.date(), 0, "0.3")
_ENDS = {
    Outcome.ACCEPTED: Step.ACCEPTED,
    Outcome.PUT_OFF: Step.PUT_OFF,
    Outcome.UNCERTAIN: Step.UNCERTAIN,
    Outcome.REFUSED: Step.REFUSED,
}
Ledger = tuple[Happening, ...]
Journal = tuple[Entry, ...]


@dataclass(frozen=True)
class Office:
    """What lies on its disk, its mark, and where its run is: `idle`, or the step that comes next."""

    ledger: Ledger
    journal: Journal
    mark: str
    step: str = "idle"
    outcome: Outcome | None = None


@dataclass(frozen=True)
class World:
    """The office, perhaps a copy that lives beside it, a snapshot, the second place, what the server has taken, and what may still befall it."""

    offices: tuple[Office, ...]
    snapshot: tuple[Ledger, Journal, str] | None = None
    second: Journal = ()
    taken: int = 0
    crashes: int = 1
    pasts: int = 1
    answers: int = 2
    copied: bool = False
    settled: int = 1


def start(*, second: bool) -> World:
    """A released letter that nobody was sent."""
    entry = Entry(Step.EPOCH, why=EpochWhy.BEGUN, epoch=1, event=1, past="1", mark="here")
    office = Office((_RELEASED, OutboxEpoch(1, EpochWhy.BEGUN)), (entry,), "here")
    return World((office,), second=(entry,) if second else ())


def worlds(first: World, *, second: bool = True, machine: bool = False) -> Iterator[World]:
    """Every world that can be reached from that one, the nearest first. `machine`: the whole machine may be put back."""
    seen, waiting = {first}, deque([first])
    while waiting:
        world = waiting.popleft()
        yield world
        for after in _next(world, second=second, machine=machine) if world.taken < 2 else ():
            if after not in seen:
                seen.add(after)
                waiting.append(after)


def walk(first: World | None = None, *, second: bool = True, most: int = 10_000) -> tuple[int, list[str]]:
    """So many worlds looked at; gives how many there were, and what is wrong in any."""
    wrong, many = list[str](), 0
    for world in islice(worlds(first or start(second=second), second=second), most):
        many += 1
        if world.taken > 1:
            wrong.append(f"taken {world.taken} times: {world}")
        for office in world.offices:
            if office.step == "idle" and state_of(office) is LetterState.SENT and not world.taken:
                wrong.append(f"said to be sent, and nobody has it: {world}")
    return many, wrong


def state_of(office: Office) -> LetterState:
    """Where its ledger says that the letter stands."""
    return state_after(
        one for one in office.ledger if isinstance(one, LetterQueued | AttemptBegun | AttemptEnded | LetterSettled)
    )


def _next(world: World, *, second: bool, machine: bool) -> Iterator[World]:
    for at, office in enumerate(world.offices):
        yield from _of_run(world, at, office, second=second)
        if office.step != "idle" and world.crashes:
            yield replace(_with(world, at, replace(office, step="idle", outcome=None)), crashes=world.crashes - 1)
        if office.step == "idle" and state_of(office) is LetterState.UNCERTAIN and world.settled and len(world.offices) == 1:
            yield replace(_settled(world, at, office, second=second), settled=world.settled - 1)
    if world.snapshot is None and world.pasts:
        one = world.offices[0]
        yield replace(world, snapshot=(one.ledger, one.journal, one.mark))
    if world.snapshot is not None and world.pasts:
        yield from _pasts(world, *world.snapshot, machine=machine)


def _pasts(world: World, ledger: Ledger, journal: Journal, mark: str, *, machine: bool) -> Iterator[World]:
    """The ledger restored, the folder put back or copied, the machine put back; no run survives what is taken from under it."""
    office = world.offices[0]
    spent = replace(world, pasts=world.pasts - 1)
    yield _with(spent, 0, replace(office, ledger=ledger, step="idle", outcome=None))
    yield _with(spent, 0, Office(ledger, journal, "put back"))
    if machine:
        yield _with(spent, 0, Office(ledger, journal, mark))
    if not world.copied:
        yield replace(spent, offices=(*world.offices, Office(ledger, journal, "copy")), copied=True)


def _of_run(world: World, at: int, office: Office, *, second: bool) -> Iterator[World]:  # noqa: C901 - a step a case
    """The next step of a run, as the program takes it."""
    match office.step:
        case "idle":
            if world.answers and state_of(office) in (LetterState.WAITING, LetterState.UNCERTAIN):
                yield _with(world, at, replace(office, step="look"))
        case "look":
            why = _pending(world, office, second=second)
            if why is not None and _is_new(office, why):
                entries = [Entry(Step.EPOCH, why=why, epoch=max(_known(office), _epoch(office)) + 1)]
                entries += [replace(one, epoch=entries[0].epoch) for one in world.second if second and one not in office.journal]
                yield _with(world, at, _said(office, "look", *entries))
            elif why is not None:
                last = next(one for one in reversed(office.journal) if one.step is Step.EPOCH)
                yield _with(world, at, _recorded(office, "look", OutboxEpoch(_epoch(office), last.why)))
            else:
                yield _with(world, at, _queued(office))
        case "begin":
            begun = _said(office, "claim", Entry(Step.RUN))
            yield replace(_with(world, at, begun), second=begun.journal if second else ())
        case "claim":
            yield _with(world, at, _recorded(office, "note", AttemptBegun("m", _LETTER.key, "mail")))
        case "note":
            yield _with(world, at, _said(office, "hand over", _entry(Step.BEGUN)))
        case "hand over":
            spent = replace(world, answers=world.answers - 1)
            for outcome, taken in ((Outcome.ACCEPTED, 1), (Outcome.UNCERTAIN, 1), (Outcome.UNCERTAIN, 0), (Outcome.PUT_OFF, 0)):
                yield replace(_with(spent, at, replace(office, step="end", outcome=outcome)), taken=world.taken + taken)
        case "end":
            yield _with(world, at, _said(office, "record", _entry(_ENDS[office.outcome or Outcome.UNCERTAIN])))
        case "record":
            ended = AttemptEnded("m", _LETTER.key, office.outcome or Outcome.UNCERTAIN)
            done = replace(_recorded(office, "idle", ended), outcome=None)
            yield replace(_with(world, at, done), second=done.journal if second else ())


def _pending(world: World, office: Office, *, second: bool) -> EpochWhy | None:
    if second and any(one not in office.journal for one in world.second):
        return EpochWhy.BEHIND
    if all(one.mark != office.mark for one in office.journal):
        return EpochWhy.COPIED
    if _epoch(office) > _known(office):
        return EpochWhy.RESTORED
    newest = office.journal[-1]
    return EpochWhy.PUT_BACK if newest.past != _past(office.ledger[: newest.event]) else None


def _is_new(office: Office, why: EpochWhy) -> bool:
    return why is EpochWhy.BEHIND or _epoch(office) <= _known(office) or all(one.mark != office.mark for one in office.journal)


def _queued(office: Office) -> Office:
    """What the program's own rule says of the letter, recorded; and whether it goes."""
    ledger = office.ledger if any(isinstance(one, LetterQueued) for one in office.ledger) else (*office.ledger, _QUEUED)
    events = [Event(one, _NOW, number=number) for number, one in enumerate(ledger, 1)]
    epochs = [one for one in events if isinstance(one.what, OutboxEpoch)]
    last = epochs[-1]
    doubt = Doubt(last.number, "why") if isinstance(last.what, OutboxEpoch) and last.what.why != EpochWhy.BEGUN else Doubt()
    stand_in: Any = SimpleNamespace(
        journal=SimpleNamespace(entries=office.journal, recipient=lambda _: "cc"),
        releases=lambda _: events[:1],
        of_kinds=lambda *kinds: [one for one in events if isinstance(one.what, kinds)],
    )
    of_letter = [one for one in events if not isinstance(one.what, Released | OutboxEpoch)]
    missed = missed_events(stand_in, doubt, last_entries(office.journal), _LETTER, of_letter, goes=True)
    after = replace(office, ledger=(*ledger, *missed))
    return replace(after, step="begin" if state_of(after).may_go else "idle")


def _settled(world: World, at: int, office: Office, *, second: bool) -> World:
    """A person has asked, and says what is so."""
    sent = world.taken > 0
    said = _said(office, "idle", _entry(Step.SENT if sent else Step.NOT_SENT))
    after = _recorded(said, "idle", LetterSettled("m", _LETTER.key, sent))
    return replace(_with(world, at, after), second=after.journal if second else ())


def _entry(step: Step) -> Entry:
    return Entry(step, "m/briefing-pack", 1, "force", "cc")


def _said(office: Office, step: str, *entries: Entry) -> Office:
    past = _past(office.ledger)
    event = len(office.ledger)
    journal = office.journal
    for one in entries:
        journal = (*journal, replace(one, epoch=one.epoch or _epoch(office), event=event, past=past, mark=office.mark))
    return replace(office, journal=journal, step=step)


def _recorded(office: Office, step: str, *happened: Happening) -> Office:
    return replace(office, ledger=(*office.ledger, *happened), step=step)


def _past(ledger: Sequence[Happening]) -> str:
    return str(len(ledger)) if len(ledger) < 2 else str(hash(tuple(ledger)))


def _epoch(office: Office) -> int:
    return max(one.epoch for one in office.journal)


def _known(office: Office) -> int:
    return max((one.number for one in office.ledger if isinstance(one, OutboxEpoch)), default=0)


def _with(world: World, at: int, office: Office) -> World:
    return replace(world, offices=(*world.offices[:at], office, *world.offices[at + 1 :]))
