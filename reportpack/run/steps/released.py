"""What has been released of a meeting so far, and which version comes next."""

from collections.abc import Collection, Sequence

from reportpack.ledger import Ledger
from reportpack.merge.figures import find_revisions
from reportpack.merge.letters import letters_standing
from reportpack.model.agenda_view import AgendaView
from reportpack.model.document import PACK
from reportpack.model.edition import Audience
from reportpack.model.event import Build
from reportpack.model.journal import versions_of
from reportpack.model.judgement import Disclosed, Told, ToldLine, Versions
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.outbox import LetterSettled, LetterStanding, LetterState
from reportpack.model.period import long_date
from reportpack.model.release import LinesReleased, Published, Released, ReleasedLine


def disclosed_before(ledger: Ledger | None, office: Office) -> Versions:
    """The packs that somebody was given, in editions that hide small numbers, with the figures of the measures that are asked for."""

    def earlier(measures: Collection[str]) -> Sequence[Disclosed]:
        if ledger is None:
            return []
        packs = [one for one in ledger.happened(Released) if one.document == PACK.stem and office.edition(one.edition).hide_small]
        # one that nobody was given is made anew as that version
        last = {(one.meeting, one.edition, one.version): one for one in packs}
        return [version_of(ledger, one, measures) for one in last.values() if was_given(ledger, one)]

    return earlier


def version_of(ledger: Ledger, release: Released, measures: Collection[str] = ()) -> Disclosed:
    """What that release prints and hides."""
    hidden = frozenset(release.hidden) if release.hidden is not None else None
    return Disclosed(ledger.figures_of(release.build, measures), hidden)


def released_lines(ledger: Ledger, meeting: str) -> tuple[ReleasedLine, ...]:
    """The lines of the office's that the force may read now."""
    found = [one.what for one in ledger.releases(meeting) if isinstance(one.what, LinesReleased)]
    return found[-1].lines if found else ()


def last_release(ledger: Ledger, meeting: str, document: str, edition: Audience) -> Released | None:
    """The newest release of that edition; None before the first."""
    return next((one for one in reversed(all_releases(ledger, meeting, document)) if one.edition is edition), None)


def all_releases(ledger: Ledger, meeting: str, document: str = "") -> tuple[Released, ...]:
    """Every release of that meeting's documents (or of that one), oldest first."""
    found = [one.what for one in ledger.releases(meeting) if isinstance(one.what, Released)]
    return tuple(one for one in found if document in ("", one.document))


def sections_given(ledger: Ledger, meeting: str) -> tuple[ToldLine, ...]:
    """Every line of the agenda, by its number, that stood in a version which somebody may have, those that are gone among them."""
    given = (one for one in all_releases(ledger, meeting, PACK.stem) if one.sections and was_given(ledger, one))
    return tuple({line.ref: line for release in given for line in release.sections}.values())


def next_version(ledger: Ledger, meeting: str, document: str, edition: Audience, doubted: int = 0) -> int:
    """The number after the last that was sent or published, by the ledger or by the outbox's journal, which no restore touches.
    A version that nobody was given is made anew under its own number; what was released by the event `doubted` may have been given elsewhere."""
    last = last_release(ledger, meeting, document, edition)
    noted = max(versions_of(ledger.journal.entries, f"{meeting}/{document}", edition.value), default=0)
    if last is None or noted >= last.version:
        return noted + 1
    released = max((one.number for one in ledger.releases(last.meeting) if one.what == last), default=0)
    return last.version + 1 if was_given(ledger, last) or released < doubted else last.version


def was_given(ledger: Ledger, release: Released) -> bool:
    """Whether anybody may have that version: it was published, or went in a letter."""
    return was_published(ledger, release) or any(map(may_have_gone, letters_of(ledger, release)))


def letters_of(ledger: Ledger, release: Released) -> tuple[LetterStanding, ...]:
    """The letters that carry that version."""
    wanted = (release.document, release.edition, release.version)
    standing = letters_standing(ledger.letters(release.meeting))
    return tuple(one for one in standing if (one.letter.document, one.letter.edition, one.letter.version) == wanted)


def overtaken_by(ledger: Ledger, release: Released) -> tuple[LetterSettled, ...]:
    """For every letter of that edition that waits still, even in a run that is trying again: it is not to go any more as it is."""
    standing = letters_standing(ledger.letters(release.meeting))
    of_edition = (one for one in standing if (one.letter.document, one.letter.edition) == (release.document, release.edition))
    waiting = [one.key for one in of_edition if one.state.may_go]
    why = f"v{release.version} was released since"
    return tuple(LetterSettled(release.meeting, key, sent=False, why=why) for key in waiting)


def is_overtaken(ledger: Ledger, standing: LetterStanding) -> bool:
    """Whether what the letter carries is no longer what is released."""
    letter = standing.letter
    if not letter.kind.needs_release:
        return False
    release = last_release(ledger, letter.meeting, letter.document, letter.edition)
    if release is None or release.version != letter.version:
        return True
    released = {one.sha256 for one in release.files}
    carried = {one.sha256 for one in letter.enclosures if not one.media_type.startswith("text/calendar")}
    return not carried <= released


def may_have_gone(standing: LetterStanding) -> bool:
    """Whether somebody may have it."""
    return standing.state in (LetterState.SENT, LetterState.ARRIVED, LetterState.UNCERTAIN, LetterState.DRAFTED)


def was_published(ledger: Ledger, release: Released) -> bool:
    """Whether that version lies where the web site takes it from."""
    published = [one.what for one in ledger.releases(release.meeting) if isinstance(one.what, Published)]
    wanted = (release.document, release.edition, release.version)
    return any((one.document, one.edition, one.version) == wanted for one in published)


def printed_before(ledger: Ledger, view: AgendaView) -> Sequence[Observation]:
    """The figures of the last build for the series' previous meeting that had one."""
    meeting = _built_before(ledger, view)
    return ledger.figures_of(ledger.builds(meeting.id)[-1]) if meeting is not None else ()


def figures_had(ledger: Ledger, view: AgendaView) -> dict[str, tuple[Observation, ...]]:
    """What the packs of the meetings that matters came from said of those matters' measures, by meeting; nothing where none was built.
    A pack that was built anew after its meeting is not what the meeting had."""
    wanted: dict[Meeting, set[str]] = {}
    for one in view.matters:
        if one.origin.meeting is not None and one.measures and one.origin.meeting.id != view.meeting.id:
            wanted.setdefault(one.origin.meeting, set()).update(one.measures)
    had: dict[str, tuple[Observation, ...]] = {}
    for meeting, measures in wanted.items():
        if found := ledger.builds(meeting.id):
            before = [one for one in found if one.recorded.date() <= meeting.day]
            had[meeting.id] = ledger.figures_of(before[-1] if before else found[0], measures)
    return had


def told_before(
    ledger: Ledger, view: AgendaView, printed: Sequence[Observation], now: Sequence[Observation], edition: Audience, version: str
) -> tuple[Told, ...]:
    """By that edition, before that version of it (`draft`: the next), where the verdicts were recorded; `printed` are the last meeting's figures."""
    told = []
    before = version_before(ledger, view.meeting.id, edition, version)
    meeting = _built_before(ledger, view)
    build = next((one for one in ledger.builds(view.meeting.id) if before is not None and one.number == before.build), None)
    if before is not None and build is not None:
        called, had = f"v{before.version}", tuple(ledger.figures_of(build))
        told.append(Told(called, before.program, before.judgements, had, find_revisions(had, now, called), True, before.has))
    if meeting is not None:
        released = last_release(ledger, meeting.id, PACK.stem, edition)
        built = ledger.last_build(meeting.id, edition)
        last = released or (built.what if built is not None else None)
        program, judgements = (last.program, last.judgements) if isinstance(last, Build | Released) else ("", ())
        called = f"the pack for {long_date(meeting.day)}"
        told.append(Told(called, program, judgements, tuple(printed), find_revisions(printed, now, called)))
    return tuple(one for one in told if one.judgements or one.again)


def version_before(ledger: Ledger, meeting: str, edition: Audience, version: str) -> Released | None:
    """The last release of that edition's pack before that version of it (`draft`: the next); None before the first."""
    number = int(version[1:]) if version.startswith("v") else next_version(ledger, meeting, PACK.stem, edition)
    releases = reversed(all_releases(ledger, meeting, PACK.stem))
    return next((one for one in releases if one.edition is edition and one.version < number), None)


def _built_before(ledger: Ledger, view: AgendaView) -> Meeting | None:
    return next((one for one in view.previous if ledger.builds(one.id)), None)
