"""Which recorded documents had something of a topic in them: packs, annexes as issued, and the letters that went with either or named a row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.compose.setting import anchor
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.dossier import CarriedBy
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.event import AnnexIssued, Build, Event, FileRole, RowChange
from reportpack.model.meeting import Meeting
from reportpack.model.outbox import LetterStanding, LetterState
from reportpack.model.register import Register
from reportpack.model.release import Released, ReleasedRole
from reportpack.records import dataclass
from reportpack.run.memory import kept_text

_WENT = {LetterState.SENT: "sent", LetterState.ARRIVED: "arrived", LetterState.UNCERTAIN: "perhaps sent"}


@dataclass(frozen=True, slots=True)
class Traces:
    """By what a page shows that it has the topic: its places in a pack, the references of its rows."""

    marks: tuple[bytes, ...]
    refs: tuple[str, ...]

    def on(self, source: bytes) -> bool:
        """Whether that page source of a pack has one of the topic's places."""
        return any(mark in source for mark in self.marks)

    def named_in(self, text: str) -> tuple[str, ...]:
        """The references that stand there as words of their own."""
        return tuple(ref for ref in self.refs if re.search(rf"(?<![\w/]){re.escape(ref)}(?![\w/])", text))


def traces_of(topic: str, register: Register) -> Traces:
    """The places and references of that topic as the register has them."""
    own = [
        *(("matter", one.ref) for one in register.matters if one.topic == topic and one.ref),
        *(("action", one.ref) for one in register.actions if one.topic == topic and one.ref),
        *(("commitment", one.ref) for one in register.commitments if one.topic == topic and one.ref),
    ]
    marks = tuple(f'id="{anchor(kind, name)}"'.encode() for kind, name in (("topic", topic), *own))
    return Traces(marks, tuple(sorted({ref for _, ref in own})))


def carried_by(ledger: Ledger, meetings: Sequence[Meeting], traces: Traces, on: date) -> Iterator[CarriedBy]:
    """The last pack of each meeting and edition, each edition of each issued annex, then the letters; as known on that day."""
    changed = [one.what for one in ledger.register_events() if isinstance(one.what, RowChange) and one.what.ref in traces.refs]
    for meeting in sorted(meetings, key=lambda one: one.day):
        for edition in Audience:
            last, source = _last(ledger.builds(meeting.id), edition, ledger, on)
            if last is not None and source is not None and traces.on(source):
                yield CarriedBy("briefing-pack", meeting.id, meeting.day, edition, last.recorded.date())
        caused = {one.ref for one in changed if one.cause.partition(",")[0] == f"annex {meeting.id}"}
        yield from _annexes(ledger, meeting, traces, caused, on)
        yield from _letters(ledger, meeting, traces, on)


def _annexes(ledger: Ledger, meeting: Meeting, traces: Traces, caused: set[str], on: date) -> Iterator[CarriedBy]:
    """The office's own names what it changed in the register; another edition only what its own pages print."""
    issues = [one.what for one in ledger.annexes(meeting.id) if isinstance(one.what, AnnexIssued) and one.what.on <= on]
    if not issues:
        return
    given = {one.ref for issue in issues for one in issue.given}
    builds = ledger.builds(meeting.id, "annex")
    for edition in Audience:
        _, source = _last(builds, edition, ledger, on)
        printed = traces.named_in(source.decode()) if source is not None else ()
        named = {*printed, *(given | caused if shows(edition, Part.WORKINGS) else ())} & set(traces.refs)
        if named:
            last = issues[-1]
            note = f"v{last.version}: {', '.join(sorted(named))}"
            yield CarriedBy("annex", meeting.id, meeting.day, edition, last.on, note)


def _last(builds: Iterable[Event], edition: Audience, ledger: Ledger, on: date) -> tuple[Event | None, bytes | None]:
    found = [one for one in builds if isinstance(one.what, Build) and one.what.edition is edition and one.recorded.date() <= on]
    return (found[-1], kept_text(ledger, found[-1], FileRole.PAGE_SOURCE)) if found else (None, None)


def _letters(ledger: Ledger, meeting: Meeting, traces: Traces, on: date) -> Iterator[CarriedBy]:
    """Those that went, one line for all that are the same document: to which posts, never to which addresses. For the office alone."""
    standing = letters_standing(one for one in ledger.letters(meeting.id) if one.recorded.date() <= on)
    pages = _released_pages(ledger, meeting.id, on)
    alike: dict[tuple[str, str, int, Audience, LetterState, date], list[LetterStanding]] = {}
    for one in standing:
        letter = one.letter
        source = pages.get((letter.document, letter.version, letter.edition))
        pages_have_it = source is not None and (traces.on(source) or traces.named_in(source.decode()))
        if one.state in _WENT and (pages_have_it or traces.named_in(f"{letter.subject}\n{letter.text}")):
            key = (letter.kind.value, letter.document, letter.version, letter.edition, one.state, one.last.date())
            alike.setdefault(key, []).append(one)
    for (kind, _, version, edition, state, day), those in alike.items():
        posts = tuple(dict.fromkeys(one.letter.to.post or one.letter.to.name for one in those))
        note = f"{f'v{version}, ' if those[0].letter.kind.needs_release else ''}{_WENT[state]} to"
        yield CarriedBy(f"letter: {kind}", meeting.id, meeting.day, edition, day, note, Audience.OFFICE, posts)


def _released_pages(ledger: Ledger, meeting: str, on: date) -> dict[tuple[str, int, Audience], bytes]:
    """The page source of each released version; the last release of a version is the one that went."""
    found: dict[tuple[str, int, Audience], bytes] = {}
    for event in ledger.releases(meeting):
        if not isinstance(event.what, Released) or event.recorded.date() > on:
            continue
        file = event.what.file(ReleasedRole.PAGE_SOURCE)
        if file is not None and not ledger.is_erased(file.sha256):
            found[event.what.document, event.what.version, event.what.edition] = ledger.kept(file.sha256)
    return found
